/* outbox.c - the states of a note on its way, each change a commit.
 *
 * The state and the number of the claim stand in the WHERE of every change: whoever lost a row, by its lease or because
 * the note was taken back, changes nothing.
 */
#include "save.h"

static void free_row(void *data)
{
	outbox_row_free(data);
}

/* Nothing left the house under a claim alone; what was being sent may have. */
static const char END_LEASES[] =
	"UPDATE outbox SET state = CASE state WHEN 'claimed' THEN 'ready' ELSE 'unknown' END, lease_until = NULL "
	"WHERE state IN ('claimed', 'sending') AND lease_until <= $1";

static bool end_leases(Store *store, int64_t now, GError **error)
{
	SqlQuery *query = sql_query(store->sql, END_LEASES, error);
	return query != NULL && sql_run(sql_bind_int(query, 1, now), NULL, error);
}

bool store_outbox_end_leases(Store *store, int64_t now, GError **error)
{
	if (!sql_begin(store->sql, SQL_WRITE, error))
		return false;
	if (end_leases(store, now, error) && sql_commit(store->sql, error))
		return true;
	sql_rollback(store->sql);
	return false;
}

/* The state is asked for twice, because an engine that waits for another's lock looks only at the row again after it.
 */
static const char CLAIM[] = "UPDATE outbox SET state = 'claimed', claims = claims + 1, lease_until = $2 "
							"WHERE (account, opportunity, number) IN (SELECT account, opportunity, number FROM outbox "
							"WHERE state IN ('ready', 'retry') AND send_at <= $1 ORDER BY send_at LIMIT $3) "
							"AND state IN ('ready', 'retry') RETURNING " OUTBOX_COLUMNS;

static SqlQuery *query_claim(Store *store, int limit, GError **error)
{
	SqlQuery *query = sql_query(store->sql, CLAIM, error);
	return query == NULL ? NULL : sql_bind_int(query, 3, limit);
}

static const char CLAIM_OF[] =
	"UPDATE outbox SET state = 'claimed', claims = claims + 1, lease_until = $2 "
	"WHERE account = $3 AND opportunity = $4 AND state IN ('ready', 'retry') AND send_at <= $1 "
	"AND draft IN (SELECT number FROM draft WHERE account = $3 AND opportunity = $4 "
	"AND person = COALESCE($5, person) AND step = COALESCE($6, step) AND number = COALESCE($7, number)) "
	"RETURNING " OUTBOX_COLUMNS;

static SqlQuery *query_claim_of(Store *store, const OutboxScope *scope, GError **error)
{
	SqlQuery *query = sql_query(store->sql, CLAIM_OF, error);
	if (query == NULL)
		return NULL;
	sql_bind_int(sql_bind_int(query, 3, scope->account), 4, scope->opportunity);
	if (scope->person == NOBODY)
		sql_bind_null(query, 5);
	else
		sql_bind_int(query, 5, scope->person);
	if (scope->draft == NO_DRAFT)
		sql_bind_null(query, 7);
	else
		sql_bind_int(query, 7, scope->draft);
	return sql_bind_text(query, 6, word_text(WORDS_STEP, scope->step));
}

static int compare_send_at(const void *left, const void *right)
{
	const OutboxRow *one = *(OutboxRow *const *)left, *other = *(OutboxRow *const *)right;
	if (one->send_at != other->send_at)
		return one->send_at < other->send_at ? -1 : 1;
	if (one->opportunity != other->opportunity)
		return one->opportunity < other->opportunity ? -1 : 1;
	return one->number - other->number;
}

/* Of what waits, all that is due or, with a scope, that of it. */
static bool claim(
	Store *store, const OutboxScope *scope, const int64_t times[2], int limit, GPtrArray **ret_rows, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
	if (!sql_begin(store->sql, SQL_WRITE, error))
		return false;
	bool good = end_leases(store, times[0], error);
	SqlQuery *query = !good           ? NULL
					  : scope == NULL ? query_claim(store, limit, error)
									  : query_claim_of(store, scope, error);
	if (query == NULL ||
		!outbox_rows_read(
			store, sql_bind_int(sql_bind_int(query, 1, times[0]), 2, times[1]), &OUTBOX_SHAPE, rows, error) ||
		!sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	g_ptr_array_sort(rows, compare_send_at);
	*ret_rows = g_steal_pointer(&rows);
	return true;
}

bool store_outbox_claim(Store *store, int64_t now, int lease_seconds, int limit, GPtrArray **ret_rows, GError **error)
{
	return claim(store, NULL, (int64_t[]){now, now + lease_seconds}, limit, ret_rows, error);
}

bool store_outbox_claim_of(
	Store *store, const OutboxScope *scope, int64_t now, int lease_seconds, GPtrArray **ret_rows, GError **error)
{
	return claim(store, scope, (int64_t[]){now, now + lease_seconds}, 0, ret_rows, error);
}

static SqlQuery *bind_key(SqlQuery *query, const OutboxRow *row)
{
	sql_bind_int(sql_bind_int(query, 1, row->account), 2, row->opportunity);
	return sql_bind_int(query, 3, row->number);
}

static const char MARK_SENDING[] =
	"UPDATE outbox SET state = 'sending', attempts = attempts + 1, lease_until = $5 "
	"WHERE account = $1 AND opportunity = $2 AND number = $3 AND claims = $4 AND state = 'claimed'";

static bool mark_row(Store *store, const OutboxRow *row, int64_t lease_until, int *ret_changed, GError **error)
{
	SqlQuery *query = sql_query(store->sql, MARK_SENDING, error);
	return query != NULL &&
		   sql_run(
			   sql_bind_int(sql_bind_int(bind_key(query, row), 4, row->claims), 5, lease_until), ret_changed, error);
}

/* ours: of int, for each row whether it was marked. */
static bool mark_rows(Store *store, const OutboxTurn *turn, GArray *ours, GError **error)
{
	for (guint i = 0; i < turn->leaving->len; i++) {
		int changed = 0;
		if (!mark_row(store, turn->leaving->pdata[i], turn->now + turn->lease_seconds, &changed, error))
			return false;
		g_array_append_val(ours, changed);
	}
	return true;
}

static void confirm_marks(const OutboxTurn *turn, const GArray *ours)
{
	for (guint i = ours->len; i-- > 0;) {
		OutboxRow *row = turn->leaving->pdata[i];
		if (g_array_index(ours, int, i) == 0) {
			g_ptr_array_remove_index(turn->leaving, i);
			continue;
		}
		row->state = OUTBOX_SENDING;
		row->attempts++;
		row->lease_until = turn->now + turn->lease_seconds;
	}
}

static const char FIND_ROW[] = "SELECT count(*) FROM outbox WHERE account = $1 AND opportunity = $2 AND number = $3";

/* A row that was deleted is nobody's business any more; one that is another's is a conflict. */
static bool refuse_lost(Store *store, const OutboxRow *row, GError **error)
{
	int64_t found = 0;
	SqlQuery *query = sql_query(store->sql, FIND_ROW, error);
	if (query == NULL || !sql_run_int(bind_key(query, row), &found, error))
		return false;
	return found == 0 || base_error_set(
							 error, BASE_ERROR_CONFLICT, NULL,
							 "The note to %s is in other hands, or settled already; look at it anew.", row->to_address);
}

static const char SETTLE[] =
	"UPDATE outbox SET state = $5, lease_until = NULL, send_at = $6, sent_at = $7, response = $8, last_error = $9 "
	"WHERE account = $1 AND opportunity = $2 AND number = $3 AND claims = $4 AND state IN ('claimed', 'sending', "
	"'unknown')";

static bool settle_row(Store *store, const OutboxResult *result, GError **error)
{
	int changed = 0;
	bool waits = result->state == OUTBOX_RETRY || result->state == OUTBOX_READY;
	SqlQuery *query = sql_query(store->sql, SETTLE, error);
	if (query == NULL)
		return false;
	sql_bind_int(bind_key(query, result->row), 4, result->row->claims);
	sql_bind_text(query, 5, outbox_state_word(result->state));
	sql_bind_int(query, 6, waits ? result->send_at : result->row->send_at);
	row_bind_time(query, 7, result->state == OUTBOX_SENT ? result->at : TIME_NONE);
	sql_bind_text(sql_bind_text(query, 8, result->response), 9, result->last_error);
	return sql_run(query, &changed, error) && (changed == 1 || refuse_lost(store, result->row, error));
}

static bool settle_rows(Store *store, const OutboxResult *results, int count, GError **error)
{
	for (int i = 0; i < count; i++)
		if (!settle_row(store, &results[i], error))
			return false;
	return true;
}

bool store_outbox_turn(Store *store, const OutboxTurn *turn, GError **error)
{
	g_autoptr(GArray) ids = NULL;
	g_autoptr(GArray) ours = g_array_new(FALSE, FALSE, sizeof(int));
	if (!sql_begin(store->sql, SQL_WRITE, error))
		return false;
	if (!settle_rows(store, turn->results, turn->count, error) ||
		(turn->changes != NULL && !save_apply(store, turn->changes, &ids, error)) ||
		(turn->leaving != NULL && !mark_rows(store, turn, ours, error)) || !sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	if (turn->changes != NULL)
		save_confirm(turn->changes, ids);
	confirm_marks(turn, ours);
	return true;
}

bool store_outbox_mark_sending(Store *store, GPtrArray *rows, int64_t now, int lease_seconds, GError **error)
{
	const OutboxTurn turn = {.leaving = rows, .now = now, .lease_seconds = lease_seconds};
	return store_outbox_turn(store, &turn, error);
}

bool store_outbox_settle(Store *store, const OutboxResult *results, int count, GPtrArray *changes, GError **error)
{
	const OutboxTurn turn = {.results = results, .count = count, .changes = changes};
	return store_outbox_turn(store, &turn, error);
}

/* All rows of a query that is bound; NULL: it could not be made. */
static bool list_rows(Store *store, SqlQuery *query, const RowShape *shape, GPtrArray **ret_rows, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
	if (query == NULL || !outbox_rows_read(store, query, shape, rows, error))
		return false;
	*ret_rows = g_steal_pointer(&rows);
	return true;
}

static const char SELECT_STATE[] =
	"SELECT " OUTBOX_COLUMNS " FROM outbox WHERE account = $1 AND state = $2 ORDER BY send_at LIMIT $3";

bool store_outbox_list(
	Store *store, int64_t account, OutboxState state, int limit, GPtrArray **ret_rows, GError **error)
{
	SqlQuery *query = sql_query(store->sql, SELECT_STATE, error);
	if (query != NULL)
		sql_bind_int(sql_bind_text(sql_bind_int(query, 1, account), 2, outbox_state_word(state)), 3, limit);
	return list_rows(store, query, &OUTBOX_SHAPE, ret_rows, error);
}

/* One range of the index for each state; the two are merged as they come. */
#define WAITING(state)                                                                                                 \
	"SELECT " OUTLINE_COLUMNS " FROM outbox WHERE account = $1 AND state = '" state "' AND send_at > $2 "              \
	"AND send_at <= $3"

static const char SELECT_WAITING[] = WAITING("ready") " UNION ALL " WAITING("retry") " ORDER BY send_at LIMIT $4";

bool store_outbox_waiting(Store *store, const OutboxSpan *span, GPtrArray **ret_rows, GError **error)
{
	SqlQuery *query = sql_query(store->sql, SELECT_WAITING, error);
	if (query != NULL) {
		sql_bind_int(sql_bind_int(query, 1, span->account), 2, span->after);
		sql_bind_int(sql_bind_int(query, 3, span->until), 4, span->limit);
	}
	return list_rows(store, query, &OUTBOX_OUTLINE, ret_rows, error);
}

static const char SELECT_NEXT[] =
	"SELECT min(at) FROM (SELECT min(send_at) AS at FROM outbox WHERE state IN ('ready', 'retry') UNION ALL "
	"SELECT min(lease_until) FROM outbox WHERE state IN ('claimed', 'sending')) AS next";

bool store_outbox_next_at(Store *store, int64_t *ret_at, GError **error)
{
	SqlQuery *query = sql_query(store->sql, SELECT_NEXT, error);
	if (query == NULL || sql_step(query, error) != SQL_ROW)
		return false;
	*ret_at = sql_is_null(query, 0) ? TIME_NONE : sql_int(query, 0);
	sql_end(query);
	return true;
}
