/* save-outbox.c - the outbox rows of a record, as a save writes and reads them.
 *
 * What becomes of a row on its way out is outbox.c's; here it enters, is taken back, or is moved to another time.
 */
#include "save.h"

static void free_row(void *data)
{
	outbox_row_free(data);
}

bool outbox_rows_read(Store *store, SqlQuery *query, const RowShape *shape, GPtrArray *rows, GError **error)
{
	const RowReader reader = row_reader(store->sql, query, shape);
	return row_read_all(&reader, sizeof(OutboxRow), rows, error);
}

static const char FIND_MESSAGE_ID[] = "SELECT count(*) FROM outbox WHERE account = $1 AND message_id = $2";

static bool refuse_taken_id(const Saver *saver, const char *message_id, GError **error)
{
	int64_t found = 0;
	SqlQuery *query = sql_query(saver->store->sql, FIND_MESSAGE_ID, error);
	if (query == NULL)
		return false;
	sql_bind_text(sql_bind_int(query, 1, saver->record->account), 2, message_id);
	if (!sql_run_int(query, &found, error))
		return false;
	return found == 0 ||
		   base_error_set(
			   error, BASE_ERROR_CONFLICT, NULL, "A note with the Message-ID %s is stored already.", message_id);
}

static const char INSERT_OUTBOX[] =
	"INSERT INTO outbox (" OUTBOX_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
	"$16, $17, $18, $19, $20, $21, $22, $23)";

bool save_outbox_row(const Saver *saver, int index, GError **error)
{
	if (!refuse_taken_id(saver, record_outbox(saver->record, index)->message_id, error))
		return false;
	SqlQuery *query = save_query(saver, INSERT_OUTBOX, error);
	if (query == NULL)
		return false;
	row_bind(query, 1, &OUTBOX_SHAPE, record_outbox(saver->record, index));
	/* A new opportunity has its id only now. */
	sql_bind_int(sql_bind_int(query, 1, saver->record->account), 2, saver->id);
	return sql_run(sql_bind_int(query, 3, index), NULL, error);
}

static const char SELECT_STORED[] =
	"SELECT " OUTLINE_COLUMNS " FROM outbox WHERE account = $1 AND opportunity = $2 ORDER BY number";

bool save_read_outbox(const Saver *saver, GPtrArray **ret_rows, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
	SqlQuery *query = save_query(saver, SELECT_STORED, error);
	if (query == NULL || !outbox_rows_read(saver->store, query, &OUTBOX_OUTLINE, rows, error))
		return false;
	*ret_rows = g_steal_pointer(&rows);
	return true;
}

static const char UPDATE_DRAFT[] =
	"UPDATE outbox SET draft = $4 WHERE account = $1 AND opportunity = $2 AND number = $3";

bool save_outbox_draft(const Saver *saver, int index, GError **error)
{
	int draft = record_outbox(saver->record, index)->draft;
	SqlQuery *query = save_query(saver, UPDATE_DRAFT, error);
	if (query == NULL)
		return false;
	sql_bind_int(query, 3, index);
	if (draft == NO_DRAFT)
		sql_bind_null(query, 4);
	else
		sql_bind_int(query, 4, draft);
	return sql_run(query, NULL, error);
}

static const char CANCEL[] = "UPDATE outbox SET state = 'cancelled', lease_until = NULL, last_error = $4 WHERE account "
							 "= $1 AND opportunity = $2 "
							 "AND number = $3 AND state IN ('ready', 'retry', 'claimed', 'unknown')";
static const char MOVE[] = "UPDATE outbox SET send_at = $4 WHERE account = $1 AND opportunity = $2 AND number = $3 AND "
						   "state IN ('ready', 'retry')";

bool save_outbox_move(const Saver *saver, const OutboxMove *move, GError **error)
{
	int changed = 0;
	SqlQuery *query = save_query(saver, move->cancel ? CANCEL : MOVE, error);
	if (query == NULL)
		return false;
	sql_bind_int(query, 3, move->index);
	if (move->cancel)
		sql_bind_text(query, 4, move->why);
	else
		sql_bind_int(query, 4, move->send_at);
	if (!sql_run(query, &changed, error))
		return false;
	return changed == 1 || base_error_set(
							   error, BASE_ERROR_CONFLICT, NULL,
							   "The note to %s is on its way or has gone; it cannot be changed any more.",
							   record_outbox(saver->record, move->index)->to_address);
}
