/* watch.h - reading the mailbox: what came, what it is about, and what becomes of it.
 *
 * For the files of this room only.  An answer in a thread of ours is put on record at once, with the sentence it was
 * read from; what is less sure waits in the inbox for its user's word.  No mail is taken in twice.
 */
#pragma once

#include "watch-known.h"
#include "watch-setup.h"

#include <store/inbox.h>

typedef struct WatchCounts {
	int recorded, proposed, noted, settled;
} WatchCounts;

/* What came since the last look is taken in, and told: each mail as an element of a list, or (quiet) as sentences
 * alone. Notes of which it is not known whether they went are looked for among the sent ones. */
typedef struct WatchOrder {
	App *app;
	const InboxSetup *setup;
	Mailbox *mailbox;
	Printer *printer;
	bool quiet;
} WatchOrder;

bool watch_read(const WatchOrder *order, WatchCounts *ret_counts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Before notes leave: the mailbox is read once more, where one is set up, at most once a minute. That it cannot be
 * reached is no error: app->mailbox_fault says it then. */
bool watch_before_sending(App *app, Printer *printer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- watch-sent.c ---- */

/* How a sentence begins that says what was found out of a note which is not there. */
#define WATCH_NOT_AMONG_SENT "It is not among your sent mail"

/* Looks for a note, of which it is not known whether it went, among the sent ones. *ret_found: it is there. Else
 * *ret_why says what that means, in one sentence (free with g_free). */
bool watch_find_sent(App *app, Mailbox *mailbox, const OutboxRow *row, bool *ret_found, char **ret_why, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The same of all there are; those that are found are settled as sent, and told. */
bool watch_settle_unknown(const WatchOrder *order, int *ret_settled, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- watch-mail.c: one mail ---- */

/* Opportunities as they are read, each once; int64_t* to Case*. */
GHashTable *watch_cases_new(void);
bool watch_case(App *app, GHashTable *cases, int64_t id, Case **ret_case, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A mail that concerns an opportunity. */
typedef struct WatchMail {
	InboxItem *item;
	bool thread;       /* it answers or returns a note of ours, as its headers say */
	bool foreign;      /* it returns another note than ours */
	bool relay;        /* an applicant system sent it */
	double confidence; /* of the reading */
} WatchMail;

void watch_mail_free(WatchMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WatchMail, watch_mail_free)

typedef struct WatchDesk {
	App *app;
	const Known *known;
	GHashTable *cases;
} WatchDesk;

/* Reads a whole mail. *ret_mail is NULL where it is of no concern. */
bool watch_mail_read(const WatchDesk *desk, const char *bytes, size_t length, WatchMail **ret_mail, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* ---- watch-record.c: what becomes of it ---- */

/* Decides the state of the mail's item. Where what it says is to be recorded at once, the event is added to the
 * opportunity it is about, as its last; true then. */
bool watch_decide(const App *app, WatchMail *mail, Case *about);

/* The event that an item comes to; false where it comes to none, or the case lacks what it is about. Strings borrowed
 * from the item and the case. */
bool inbox_make_event(const App *app, const InboxItem *item, const Case *about, Event *ret_event);

/* Decides and saves mails (of WatchMail, each of another Message-ID). Those that another program took in meanwhile are
 * removed. */
bool watch_save(App *app, GPtrArray *mails, GHashTable *cases, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- inbox-say.c ---- */

/* "What did Huck Finn say?", "Take over the appointment of Rita Rook?". facts may be NULL. Free with g_free, as all
 * that follow. */
char *inbox_say_question(const InboxItem *item, const Facts *facts);
/* "It reads as more time, a decision by Friday 4 December." */
char *inbox_say_reading(const App *app, const InboxItem *item);
/* Why its user is asked; static, or NULL. */
const char *inbox_say_reason(const InboxItem *item);
/* Whom it is from: a name on record, else the mail's. */
char *inbox_say_sender(const InboxItem *item, const Facts *facts);
/* The event that was made of the item, if one was: an index, or -1. */
int inbox_find_event(const App *app, const InboxItem *item, const Case *about);
/* All of it as data, into the object that is open. */
void inbox_tell(const App *app, const InboxItem *item, const Facts *facts, Printer *printer);
