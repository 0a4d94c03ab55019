/* remind.h - its user is told what is due: on the desktop, each thing once; and in the morning by mail.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

#define REMIND_QUIET_USUAL "21:00-08:00" /* where nothing else is said */

/* How reminders are set up. */
typedef struct RemindSetup {
	bool desktop;                /* notices are shown, unless switched off */
	int quiet_from, quiet_until; /* seconds of the day; the same: no quiet hours */
	int digest;                  /* second of the day, or -1: none is sent */
} RemindSetup;

RemindSetup remind_setup(const App *app);

/* Reads "21:00-08:00" and "08:00"; false where it is something else. */
bool remind_read_span(const char *text, int *ret_from, int *ret_until);
bool remind_read_time(const char *text, int *ret_second);

/* What became of a pass; release with remind_counts_clear. */
typedef struct RemindCounts {
	int told;          /* things that notices were shown of, */
	GPtrArray *things; /* of DueThing: these; or NULL */
	int waiting;       /* that wait until the quiet hours are over */
	int digest;        /* mails sent to oneself: 1 at most */
} RemindCounts;

void remind_counts_clear(RemindCounts *counts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RemindCounts, remind_counts_clear)

/* Shows a notice of everything that is due and was told by none before, unless it is quiet; and sends the day's mail,
 * if it is time and something is due that day. What one of them cannot do does not keep the other from it. */
bool remind_give(App *app, RemindCounts *ret_counts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The result of a pass as a document. */
void remind_tell(const RemindCounts *counts, Printer *printer);

/* remind-digest.c: the second part alone. */
bool remind_digest(App *app, RemindCounts *counts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes over the options of "config reminders". */
bool remind_configure(App *app, const OpArgs *args, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a pass would have anything to look at: spares a document each minute. */
bool remind_is_wanted(const App *app);

/* ---- remind-words.c ---- */

/* Something due, as its user is told of it; strings are its own. */
typedef struct DueThing {
	int64_t opportunity;
	char *company, *text, *command;
	GPtrArray *keys; /* of char*: what it is known by */
} DueThing;

void due_thing_free(void *thing);

/* What is due or can be done now at a case and is not put off; of DueThing. */
GPtrArray *remind_list_due(App *app, const Case *item);

/* Adds what there is to do at a case until an instant, with the last words on each person; false where it is nothing.
 */
bool remind_describe(App *app, const Case *item, int64_t until, GString *text);
