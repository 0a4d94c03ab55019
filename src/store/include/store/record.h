/* record.h - what the store keeps, as plain rows: an account, an opportunity with all that happened to it, a draft, a
 * note on its way.
 *
 * A Record is one opportunity whole.  The number of a person, interview, debrief, event, draft or outbox row is its
 * index in the Record, in memory and in the database.  Strings are owned by their row; a missing one is NULL.  Nothing
 * here decides anything.
 */
#pragma once

#include <facts/facts.h>

/* The one account of a SQLite file. */
#define ACCOUNT_SELF 1

#define NO_DRAFT (-1) /* an index into drafts that names none */

/* The person who uses the program, and what counts for all their opportunities. */
typedef struct Account {
	int64_t id;
	int64_t revision; /* raised by every save; a save of an older one is a CONFLICT */
	char *zone;       /* name of their own time zone, or NULL */
	Me me;
	GArray *holidays;     /* of Day, ascending, each once */
	GHashTable *settings; /* char* to char*; never a password or token */
} Account;

typedef enum {
	DRAFT_OPEN,      /* being written */
	DRAFT_APPROVED,  /* as it is to go out; an e-mail has an outbox row */
	DRAFT_USED,      /* it went: sent, said, mailed */
	DRAFT_DISCARDED, /* not wanted */
	DRAFT_STATE_COUNT
} DraftState;

/* A note for one step to one person. Never removed, only discarded. */
typedef struct Draft {
	int step;      /* StepKind */
	int interview; /* index, or NO_INTERVIEW */
	int person;    /* index, or NOBODY */
	int channel;   /* Channel */
	char *subject; /* or NULL */
	char *body;    /* lines end in \n */
	DraftState state;
	char *playbook; /* that asked for it, or NULL */
	char *variant;  /* of the template it came from, or NULL */
	int64_t created_at;
	int64_t edited_at;   /* by the person, or TIME_NONE */
	int64_t approved_at; /* or TIME_NONE */
} Draft;

typedef enum {
	OUTBOX_READY,     /* waits for send_at */
	OUTBOX_CLAIMED,   /* a deliverer has it until lease_until; nothing has left the house */
	OUTBOX_SENDING,   /* it may leave at any moment: committed before the final dot */
	OUTBOX_SENT,      /* the server took it */
	OUTBOX_REFUSED,   /* the server said no for good */
	OUTBOX_RETRY,     /* the server said not now; waits for send_at */
	OUTBOX_UNKNOWN,   /* it may or may not have gone: look it up or ask, never repeat it blindly */
	OUTBOX_CANCELLED, /* taken back before it went */
	OUTBOX_STATE_COUNT
} OutboxState;

/* A note on its way, exactly as approved. Which row: account, opportunity, number. */
typedef struct OutboxRow {
	int64_t account;
	int64_t opportunity;
	int number;       /* its index in the Record */
	int draft;        /* index into the Record's drafts, or NO_DRAFT */
	char *message_id; /* with its angle brackets; fixed at approval, once in an account */
	char *from_name;  /* or NULL */
	char *from_address;
	char *to_name; /* or NULL */
	char *to_address;
	char *subject;
	char *body;        /* lines end in \n */
	char *in_reply_to; /* a Message-ID, or NULL */
	char *references;  /* Message-IDs, oldest first, a space between; or NULL */
	int64_t created_at;
	int64_t send_at; /* not before; moved by a retry */
	OutboxState state;
	int attempts;        /* how often it was about to leave */
	int64_t claims;      /* how often it was claimed; tells a deliverer that its lease was given to another */
	int64_t lease_until; /* or TIME_NONE */
	int64_t sent_at;     /* or TIME_NONE */
	char *response;      /* the server's last words, or NULL */
	char *last_error;    /* one sentence, or NULL */
	char *review_seal;   /* of all that its review read when it was approved, or NULL: not known */
} OutboxRow;

/* One opportunity whole. Loaded as an outline, its drafts and outbox rows have no body and no seal (NULL); such a draft
 * cannot be saved. */
typedef struct Record {
	int64_t account;
	int64_t id;       /* 0: not stored yet */
	int64_t revision; /* 0: not stored yet */
	char *playbook;   /* name, or NULL: the account's */
	int64_t next_at;  /* from when it belongs on the agenda, or TIME_NONE: never */
	int64_t created_at;
	int64_t later_until; /* put off until then, or TIME_NONE; */
	int64_t later_since; /* when that was said, or TIME_NONE */
	Facts *facts;      /* me and holidays are the account's */
	GPtrArray *drafts; /* of Draft */
	GPtrArray *outbox; /* of OutboxRow */
	struct {
		guint people, interviews, debriefs, events, drafts, outbox;
	} stored; /* the store's own: how many of each it has */
} Record;

/* An account with empty lists. */
Account *account_new(int64_t id);
void account_free(Account *account);

/* A record that is not stored yet; takes the facts. */
Record *record_new(int64_t account, Facts *facts);
void record_free(Record *record);

/* Appends an empty row (times none, indexes none, state open or ready) to the record's list, to be filled; borrowed. */
Draft *record_add_draft(Record *record);
OutboxRow *record_add_outbox(Record *record);

Draft *draft_new(void);
void draft_free(Draft *draft);
OutboxRow *outbox_row_new(void);
void outbox_row_free(OutboxRow *row);

static inline Draft *record_draft(const Record *record, int index)
{
	return (Draft *)g_ptr_array_index(record->drafts, index);
}
static inline OutboxRow *record_outbox(const Record *record, int index)
{
	return (OutboxRow *)g_ptr_array_index(record->outbox, index);
}

/* Spellings in the database, in exports and in results; NULL, or WORD_NONE, where there is none. */
const char *draft_state_word(int state);
int draft_state_find(const char *word);
const char *outbox_state_word(int state);
int outbox_state_find(const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Account, account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Record, record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Draft, draft_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OutboxRow, outbox_row_free)
