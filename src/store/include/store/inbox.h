/* inbox.h - what the mailbox brought: how far each mailbox was read, and the mails that concern an opportunity.
 *
 * A mail is kept as a few lines: who, when, what it was read as and from which sentence; never its text.  It is known
 * again by its Message-ID, so that no mail is recorded twice, however often it is read.  Goes with its opportunity.
 */
#pragma once

#include <store/store.h>

typedef enum {
	INBOX_OPEN,      /* waits for its user's word */
	INBOX_RECORDED,  /* put on record at once */
	INBOX_CONFIRMED, /* put on record by its user's word */
	INBOX_DISMISSED, /* nothing, says its user */
	INBOX_NOTED,     /* of no consequence: a delay, an answer by a program without a date */
	INBOX_STATE_COUNT
} InboxState;

typedef enum {
	INBOX_REPLY,
	INBOX_AUTO_REPLY,
	INBOX_BOUNCE, /* the address is dead */
	INBOX_DELAY,  /* it came back, or has not arrived yet, for a reason that may pass */
	INBOX_INVITATION,
	INBOX_CANCELLATION, /* of an invitation */
	INBOX_KIND_COUNT
} InboxKind;

/* Why it was not put on record at once. */
typedef enum {
	INBOX_BY_ADDRESS,  /* it is known by its sender's address alone */
	INBOX_BY_DOMAIN,   /* by the company's domain alone */
	INBOX_BY_RELAY,    /* an applicant system sent it */
	INBOX_UNSURE,      /* what it says was not clear enough */
	INBOX_APPOINTMENT, /* an appointment is taken over by its user's word */
	INBOX_REASON_COUNT
} InboxReason;

/* Strings are its own; a missing one is NULL. */
typedef struct InboxItem {
	int64_t number;   /* 0: not stored yet */
	char *message_id; /* without brackets; of a mail that has none something that stands for it */
	InboxState state;
	InboxKind kind;
	int reason; /* InboxReason, or WORD_NONE */
	int64_t at; /* when it was written */
	char *from_name, *from_address;
	char *subject;
	int says;            /* Says, or WORD_NONE */
	Day decision_by;     /* or DAY_NONE */
	Day back_on;         /* or DAY_NONE */
	char *address;       /* of what came back: the address that did not work */
	char *quote;         /* the sentence it was read from, or how it begins */
	int64_t opportunity; /* 0: none is known */
	char *person;        /* id in the opportunity, or NULL */
	char *answers;       /* Message-ID of the note of ours that it answers or returns, with its brackets; or NULL */
	int step;            /* StepKind of that note, or WORD_NONE */
	GBytes *calendar;    /* of an invitation that is open; else NULL */
} InboxItem;

InboxItem *inbox_item_new(void);
void inbox_item_free(InboxItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(InboxItem, inbox_item_free)

/* Spellings in the database and in results; NULL, or WORD_NONE, where there is none. */
const char *inbox_state_word(int state);
int inbox_state_find(const char *word);
const char *inbox_kind_word(int kind);
int inbox_kind_find(const char *word);
const char *inbox_reason_word(int reason);
int inbox_reason_find(const char *word);

/* How far a mailbox was read. *ret_mark is NULL, and *ret_read_at TIME_NONE, where it never was. */
bool store_mailbox_load(
	Store *store, int64_t account, const char *name, GBytes **ret_mark, int64_t *ret_read_at,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether that mail is known. */
bool store_inbox_knows(Store *store, int64_t account, const char *message_id, bool *ret_known, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Items by time, up to limit: the open ones, or all, the newest then first. *ret_items: of InboxItem, without their
 * calendars; the caller owns it. */
bool store_inbox_list(Store *store, int64_t account, bool all, int limit, GPtrArray **ret_items, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* One item whole. MISSING where there is none of that number. */
bool store_inbox_load(Store *store, int64_t account, int64_t number, InboxItem **ret_item, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* All of one opportunity, without their calendars, in no order. */
bool store_inbox_of_load(Store *store, int64_t account, int64_t opportunity, GPtrArray **ret_items, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* All of an account whole, a batch at a time: those with number > after (0 to begin), by number, up to limit; an empty
 * batch is the end. */
bool store_inbox_batch_load(
	Store *store, int64_t account, int64_t after, int limit, GPtrArray **ret_items,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many are open, of an opportunity or (id 0) of all. */
bool store_inbox_count(Store *store, int64_t account, int64_t opportunity, int64_t *ret_count, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What one look into a mailbox, or one word of its user's, comes to. */
typedef struct InboxSave {
	int64_t account;
	const GPtrArray *changes; /* of Change, or NULL */
	GPtrArray *items;         /* of InboxItem, or NULL: with a number they replace what is stored, else they are new */
	const char *mailbox;      /* or NULL */
	GBytes *mark;             /* of that mailbox; NULL: it is forgotten */
	int64_t read_at;
} InboxSave;

/* All of it in one transaction; new items have their number then. CONFLICT, and nothing written, where a record was
 * saved by another program in between, or one of the new mails is known by now. */
bool store_inbox_save(Store *store, const InboxSave *save, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A note of ours that may be answered. */
typedef struct SentNote {
	int64_t opportunity;
	int number;       /* in its record's outbox */
	char *message_id; /* with its brackets */
	char *to_address;
} SentNote;

/* Somebody who may write. */
typedef struct Correspondent {
	int64_t opportunity;
	char *person; /* id */
	char *email;
} Correspondent;

/* Whom and what incoming mail may be about, without loading a record. *ret_notes: of SentNote, of those that left or
 * may have, by time; *ret_people: of Correspondent. The caller owns both. */
bool store_correspondence_load(
	Store *store, int64_t account, GPtrArray **ret_notes, GPtrArray **ret_people,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* When the first opportunity was put on record; TIME_NONE where there is none. */
bool store_first_created_at(Store *store, int64_t account, int64_t *ret_at, GError **error) G_GNUC_WARN_UNUSED_RESULT;
