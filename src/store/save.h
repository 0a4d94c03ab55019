/* save.h - one change on its way into the tables, within a transaction.
 */
#pragma once

#include "store-private.h"

typedef struct Saver {
	Store *store;
	const Change *change;
	const Record *record;
	int64_t id; /* of the opportunity; a new one has it from here on */
} Saver;

/* A statement with $1 the account and $2 the opportunity bound; NULL on error. */
SqlQuery *save_query(const Saver *saver, const char *text, GError **error);

/* Each writes the part at index, after taking away what is stored of it, where something is. */
bool save_part(const Saver *saver, Part part, int index, bool stored, GError **error);

/* Brings what can be found of that part up to date, after it was written. */
bool save_found(const Saver *saver, Part part, int index, bool stored, GError **error);

/* Takes away the stored facts and drafts of the opportunity, outbox and all else left as they are. */
bool save_clear_parts(const Saver *saver, GError **error);

#define OUTLINE_COLUMNS                                                                                                \
	"account, opportunity, number, draft, message_id, from_name, from_address, to_name, to_address, subject, "         \
	"in_reply_to, reference_ids, created_at, send_at, state, attempts, claims, lease_until, sent_at, response, "       \
	"last_error"
#define OUTBOX_COLUMNS OUTLINE_COLUMNS ", review_seal, body"

/* Appends the rows of a query to rows (of OutboxRow). */
bool outbox_rows_read(Store *store, SqlQuery *query, const RowShape *shape, GPtrArray *rows, GError **error);

/* Writes one outbox row, which must be new. */
bool save_outbox_row(const Saver *saver, int index, GError **error);

/* Writes the number of its draft into a stored outbox row. */
bool save_outbox_draft(const Saver *saver, int index, GError **error);

/* The outbox rows of the opportunity as they are stored now, without bodies. *ret_rows: of OutboxRow; the caller owns
 * it. */
bool save_read_outbox(const Saver *saver, GPtrArray **ret_rows, GError **error);

/* Takes back a waiting note, or sends it at another time. */
bool save_outbox_move(const Saver *saver, const OutboxMove *move, GError **error);
