/* dispatch.h - the way of an approved note: into the outbox, and out of the house.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

/* When an approved note fits: at once within working hours of the employer's zone (Monday to Friday, no holiday, 08:00
 * to 18:00), else when they begin next, unless the due time would pass; never before the step opens. */
int64_t dispatch_fitting_time(const Facts *facts, int64_t now, int64_t opens, int64_t due);

/* When the working hours end in which a note is to leave, or that moment itself, if it is later. */
int64_t dispatch_window_end(const Facts *facts, int64_t send_at);

/* How the mail account is set up; strings borrowed from the app's account. CONFLICT where it is not. */
typedef struct MailSetup {
	SmtpServer server;
	MailSecretSource secret;
	const char *from_name, *from_address;
} MailSetup;

bool dispatch_setup_load(const App *app, MailSetup *ret_setup, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The note that one for this step and person answers or continues: the last that went to them; NULL where a thread
 * begins anew. Borrowed. */
const OutboxRow *dispatch_find_thread(const Case *item, int step, int person);

/* Puts a draft into the outbox, whose review for send_at had no error: its Message-ID is fixed here, and the thread it
 * continues. */
bool dispatch_enqueue(App *app, Case *item, Change *change, int draft, int64_t send_at, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The opportunities with a note that waits for after < send_at <= until, the earliest first. *ret_ids: of int64_t. */
bool dispatch_find_waiting(App *app, int64_t after, int64_t until, GArray **ret_ids, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What follows from what became of a note, put into the case and named in the change: the sent event and the draft's
 * state. address_refused: the server did not know the address, so the note was sent and came back (E9). */
void dispatch_apply(Case *item, Change *change, const OutboxResult *result, bool address_refused);

/* The same of a note of which that was not known, saved. */
bool dispatch_settle(App *app, Case *item, const OutboxResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What became of notes in one pass. */
typedef struct DispatchCounts {
	int sent, refused, retry, unknown, held, cancelled, waiting;
	int late; /* their moment has passed: their user is asked */
} DispatchCounts;

/* Which notes are meant; NULL: all. */
typedef struct DispatchFilter {
	int64_t opportunity;
	int person; /* or NOBODY: any */
	int step;   /* or WORD_NONE: any */
	int draft;  /* or NO_DRAFT: any */
} DispatchFilter;

/* What nobody looks at while it is sent: notes whose working hours passed more than a day ago, because nothing could be
 * sent then, are taken back, and their user is asked whether they should still go. Tells each, as an element of a
 * list. */
bool dispatch_ask_late(App *app, Printer *printer, DispatchCounts *counts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One pass of what is sent by itself: both of these, told as one document. */
bool dispatch_pass(App *app, Printer *printer, DispatchCounts *ret_counts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The end of such a document: the list and what became of how many. */
void dispatch_tell_counts(const DispatchCounts *counts, Printer *printer);

/* Sends what is approved and whose time has come: claims, checks again (E1, E2, E12), composes, sends, settles. Tells
 * each note, as an element of a list. A mail account or server that does not work is an error; what was claimed and
 * did not go is given back, whatever happens. */
bool dispatch_run(App *app, const DispatchFilter *only, Printer *printer, DispatchCounts *ret_counts, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
