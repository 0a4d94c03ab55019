/* calendar-publish.h - the events of calendar-events.h on a CalDAV server.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

/* How it is set up; borrowed from the account. CONFLICT where it is not. */
typedef struct CalendarSetup {
	DavServer server;
	MailSecretSource secret;
	bool has_login;
} CalendarSetup;

bool calendar_setup_load(const App *app, CalendarSetup *ret_setup, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Logs in, and proves that a calendar is there. */
bool calendar_open(App *app, const CalendarSetup *setup, DavSession **ret_session, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

typedef struct PublishCounts {
	int created, updated, removed, kept;
	int foreign; /* left alone: somebody else's changes came in between */
	bool over;   /* all was done; else it was broken off, and goes on where it stands the next time */
} PublishCounts;

/* How patient it is. */
typedef struct PublishOrder {
	int timeout_ms; /* for each request; 0: as long as usual */
	int seconds;    /* for all of it; 0: as long as it takes */
} PublishOrder;

/* Makes the calendar's events of ours those that there are now; nobody else's is touched. */
bool calendar_publish(App *app, const PublishOrder *order, PublishCounts *ret_counts, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* A hash of the events that there are now, and where they are published: what it is equal to was published already.
 * Free with g_free. */
bool calendar_seal(App *app, char **ret_seal, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Tells what became of it. */
void calendar_tell(const PublishCounts *counts, Printer *printer);
