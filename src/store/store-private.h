/* store-private.h - what the files of the room share: the open store, the shapes of its rows, and three inner steps.
 */
#pragma once

#include "row.h"

#include <store/inbox.h>
#include <store/outbox.h>
#include <store/store.h>

struct Store {
	Sql *sql;
	GHashTable *zones;     /* name to Zone: most opportunities share a few */
	guint32 outline_stamp; /* of the outlines this program believes */
};

typedef enum { ITEM_TOPIC, ITEM_STRONG, ITEM_WEAK, ITEM_UNSAID, ITEM_FIT, ITEM_KIND_COUNT } ItemKind;

/* An entry of a debrief, as stored. */
typedef struct DebriefItem {
	int debrief;
	int kind;   /* ItemKind */
	int person; /* of a topic, or NOBODY */
	char *text;
} DebriefItem;

extern const RowShape ACCOUNT_SHAPE;     /* Account: all but id, revision, settings */
extern const RowShape RECORD_SHAPE;      /* Record: id, revision, next_at, created_at, later_…, playbook */
extern const RowShape OPPORTUNITY_SHAPE; /* Facts: company, position, pace, stage, requirements */
extern const RowShape PERSON_SHAPE;      /* Person */
extern const RowShape INTERVIEW_SHAPE;   /* Interview: all but with */
extern const RowShape DEBRIEF_SHAPE;     /* Debrief: interview, at */
extern const RowShape ITEM_SHAPE;        /* DebriefItem */
extern const RowShape EVENT_SHAPE;       /* Event */
extern const RowShape DRAFT_SHAPE;       /* Draft, its body last */
extern const RowShape DRAFT_OUTLINE;     /* the same without the body */
extern const RowShape OUTBOX_SHAPE;      /* OutboxRow, its keys first, its body last */
extern const RowShape OUTBOX_OUTLINE;    /* the same without the seal and the body */

/* A record for the next opportunity of the same account, which is to be read whole into it; what is the account's
 * stays. In less time than a new one takes. */
void record_reuse(Record *record, Zone *zone);

/* From here on the store has all that the Record holds. */
void record_note_stored(Record *record);

/* A text as names are matched: without case and accents. Free with g_free. */
char *match_key_new(const char *first, const char *second);

/* The account's row; settings only where asked. MISSING where there is none. Within a transaction. */
bool account_read(Store *store, int64_t id, bool settings, Account **ret_account, GError **error);

/* Writes the account whole, settings included, if it is fit for facts. Within a transaction; who commits raises
 * account->revision. */
bool account_write(Store *store, const Account *account, GError **error);

/* Copies me and holidays, which every opportunity of the account shares. */
void account_fill_facts(const Account *account, Facts *facts);

/* Writes changes within a transaction; *ret_ids holds the id of each, for save_confirm after the commit. */
bool save_apply(Store *store, const GPtrArray *changes, GArray **ret_ids, GError **error);
void save_confirm(const GPtrArray *changes, const GArray *ids);

/* Writes mails (of InboxItem) within a transaction and appends the number of each to numbers (of int64_t); and deletes
 * those of their Message-IDs. */
bool inbox_put(Store *store, int64_t account, const GPtrArray *items, GArray *numbers, GError **error);
bool inbox_drop(Store *store, int64_t account, const GPtrArray *items, GError **error);

/* Deletes all rows of an opportunity, or (id 0) of all; within a transaction. */
bool delete_rows(Store *store, int64_t account, int64_t id, GError **error);

struct Change {
	Record *record;
	bool all;
	GArray *parts; /* of NamedPart */
	GArray *moves; /* of OutboxMove */
};

typedef struct NamedPart {
	Part part;
	int index;
} NamedPart;

/* What is to happen to a stored outbox row. */
typedef struct OutboxMove {
	int index;
	bool cancel;
	char *why;       /* of a cancel, or NULL */
	int64_t send_at; /* else */
} OutboxMove;
