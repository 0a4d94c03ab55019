/* delete.c - counts what there is, and deletes it so that it cannot be read back.
 */
#include "passage.h"

/* Two texts, so that the counts of an account come from the smallest index there is. */
#define COUNT(of_id, of_opportunity)                                                                                   \
	"SELECT (SELECT count(*) FROM opportunity WHERE account = $1" of_id ") AS opportunities, "                         \
	"(SELECT count(*) FROM person WHERE account = $1" of_opportunity ") AS people, "                                   \
	"(SELECT count(*) FROM interview WHERE account = $1" of_opportunity ") AS interviews, "                            \
	"(SELECT count(*) FROM debrief WHERE account = $1" of_opportunity ") AS debriefs, "                                \
	"(SELECT count(*) FROM event WHERE account = $1" of_opportunity ") AS events, "                                    \
	"(SELECT count(*) FROM draft WHERE account = $1" of_opportunity ") AS drafts, "                                    \
	"(SELECT count(*) FROM outbox WHERE account = $1" of_opportunity                                                   \
	" AND state IN ('ready', 'retry', 'claimed', 'sending')) AS waiting, "                                             \
	"(SELECT count(*) FROM outbox WHERE account = $1" of_opportunity " AND state = 'sent') AS sent"
static const char COUNT_ONE[] = COUNT(" AND id = $2", " AND opportunity = $2");
static const char COUNT_ALL[] = COUNT("", "");

static const RowField COUNT_FIELDS[] = {
	{.column = "opportunities", .kind = ROW_INT64, .offset = offsetof(StoreCounts, opportunities)},
	{.column = "people", .kind = ROW_INT64, .offset = offsetof(StoreCounts, people)},
	{.column = "interviews", .kind = ROW_INT64, .offset = offsetof(StoreCounts, interviews)},
	{.column = "debriefs", .kind = ROW_INT64, .offset = offsetof(StoreCounts, debriefs)},
	{.column = "events", .kind = ROW_INT64, .offset = offsetof(StoreCounts, events)},
	{.column = "drafts", .kind = ROW_INT64, .offset = offsetof(StoreCounts, drafts)},
	{.column = "waiting", .kind = ROW_INT64, .offset = offsetof(StoreCounts, waiting)},
	{.column = "sent", .kind = ROW_INT64, .offset = offsetof(StoreCounts, sent)},
};
static const RowShape COUNT_SHAPE = {"count", COUNT_FIELDS, G_N_ELEMENTS(COUNT_FIELDS)};

bool store_count(Store *store, int64_t account, int64_t id, StoreCounts *ret_counts, GError **error)
{
	StoreCounts counts;
	SqlQuery *query = sql_query(store->sql, id == 0 ? COUNT_ALL : COUNT_ONE, error);
	if (query == NULL)
		return false;
	RowReader reader = row_reader(store->sql, query, &COUNT_SHAPE);
	sql_bind_int(query, 1, account);
	if (id != 0)
		sql_bind_int(query, 2, id);
	if (sql_step(query, error) != SQL_ROW)
		return false;
	bool good = row_read(&reader, &counts, error);
	sql_end(query);
	if (good)
		*ret_counts = counts;
	return good;
}

/* Binds $1 the account, $2 and $3 the first and last id: of one opportunity, or (id 0) of all. */
static SqlQuery *scope_query(Store *store, const char *text, int64_t account, int64_t id, GError **error)
{
	SqlQuery *query = sql_query(store->sql, text, error);
	if (query == NULL)
		return NULL;
	sql_bind_int(sql_bind_int(query, 1, account), 2, id == 0 ? 1 : id);
	return sql_bind_int(query, 3, id == 0 ? INT64_MAX : id);
}

static const char COUNT_SENDING[] =
	"SELECT count(*) FROM outbox WHERE account = $1 AND opportunity BETWEEN $2 AND $3 AND state = 'sending' "
	"AND lease_until > $4";

/* Its result could not be recorded any more. */
static bool refuse_sending(Store *store, int64_t account, int64_t id, int64_t now, GError **error)
{
	int64_t sending = 0;
	SqlQuery *query = scope_query(store, COUNT_SENDING, account, id, error);
	if (query == NULL || !sql_run_int(sql_bind_int(query, 4, now), &sending, error))
		return false;
	return sending == 0 ||
		   base_error_set(
			   error, BASE_ERROR_CONFLICT, NULL, "A note is being sent at this moment; delete again when it has gone.");
}

/* From the leaves to the root, which spares the database looking for what hangs on each row. */
static const char *const DELETE_ALL[] = {
	"DELETE FROM import_part WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM invitation WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM mail WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM reminded WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM outbox WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM draft WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM event WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM debrief_item WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM debrief WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM interview_person WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM interview WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM person WHERE account = $1 AND opportunity BETWEEN $2 AND $3",
	"DELETE FROM opportunity WHERE account = $1 AND id BETWEEN $2 AND $3",
};

bool delete_rows(Store *store, int64_t account, int64_t id, GError **error)
{
	if (!passages_delete(store, account, id, error))
		return false;
	for (guint i = 0; i < G_N_ELEMENTS(DELETE_ALL); i++) {
		SqlQuery *query = scope_query(store, DELETE_ALL[i], account, id, error);
		if (query == NULL || !sql_run(query, NULL, error))
			return false;
	}
	return true;
}

static const char *const CLEAR_ACCOUNT[] = {
	"DELETE FROM import WHERE account = $1",
	"DELETE FROM mail WHERE account = $1",
	"DELETE FROM mailbox WHERE account = $1",
	"DELETE FROM reminded WHERE account = $1",
	"DELETE FROM published WHERE account = $1",
	"DELETE FROM access WHERE account = $1",
	"DELETE FROM setting WHERE account = $1",
	"UPDATE account SET revision = revision + 1, zone = NULL, name = NULL, email = NULL, phone = NULL, linkedin = "
	"NULL, "
	"skills = NULL, holidays = NULL, desk_password = NULL WHERE id = $1",
};

static bool clear_account(Store *store, int64_t account, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(CLEAR_ACCOUNT); i++) {
		SqlQuery *query = sql_query(store->sql, CLEAR_ACCOUNT[i], error);
		if (query == NULL || !sql_run(sql_bind_int(query, 1, account), NULL, error))
			return false;
	}
	return true;
}

static bool delete_within(
	Store *store, int64_t account, int64_t id, int64_t now, StoreCounts *ret_counts, GError **error)
{
	if (!refuse_sending(store, account, id, now, error) || !store_count(store, account, id, ret_counts, error))
		return false;
	if (id != 0 && ret_counts->opportunities == 0)
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL,
			"There is no opportunity %" G_GINT64_FORMAT "; the list shows those there are.", id);
	return delete_rows(store, account, id, error) && (id != 0 || clear_account(store, account, error)) &&
		   passages_scrub(store, error);
}

bool store_delete(Store *store, int64_t account, int64_t id, int64_t now, StoreCounts *ret_counts, GError **error)
{
	StoreCounts counts;
	if (!sql_begin(store->sql, SQL_WRITE, error))
		return false;
	if (!delete_within(store, account, id, now, &counts, error) || !sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	if (ret_counts != NULL)
		*ret_counts = counts;
	return sql_scrub(store->sql, id == 0, error);
}
