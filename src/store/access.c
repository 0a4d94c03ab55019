/* access.c - see store/access.h.
 */
#include <store/access.h>

#include "store-private.h"

static const char *const KINDS[ACCESS_KIND_COUNT] = {"browser", "token"};

const char *access_kind_word(int kind)
{
	return row_state_word(KINDS, ACCESS_KIND_COUNT, kind);
}

int access_kind_find(const char *word)
{
	return row_state_find(KINDS, ACCESS_KIND_COUNT, word);
}

Access *access_new(void)
{
	Access *access = g_new0(Access, 1);
	access->expires_at = TIME_NONE;
	return access;
}

void access_free(Access *access)
{
	if (access == NULL)
		return;
	g_free(access->name);
	g_free(access);
}

static void free_access(void *data)
{
	access_free(data);
}

static const RowField FIELDS[] = {
	{.column = "number", .kind = ROW_INT64, .offset = offsetof(Access, number)},
	{.column = "kind",
	 .kind = ROW_STATE,
	 .offset = offsetof(Access, kind),
	 .state_word = access_kind_word,
	 .state_find = access_kind_find},
	{.column = "name", .kind = ROW_TEXT, .offset = offsetof(Access, name)},
	{.column = "created_at", .kind = ROW_INT64, .offset = offsetof(Access, created_at)},
	{.column = "seen_at", .kind = ROW_INT64, .offset = offsetof(Access, seen_at)},
	{.column = "expires_at", .kind = ROW_TIME, .offset = offsetof(Access, expires_at)},
};
static const RowShape SHAPE = {"access", FIELDS, G_N_ELEMENTS(FIELDS)};

/* A statement with $1 the account and $2 a number of whatever kind. */
static SqlQuery *query_with(Store *store, const char *text, int64_t account, int64_t number, GError **error)
{
	SqlQuery *query = sql_query(store->sql, text, error);
	return query == NULL ? NULL : sql_bind_int(sql_bind_int(query, 1, account), 2, number);
}

static const char DROP_EXPIRED[] = "DELETE FROM access WHERE account = $1 AND expires_at <= $2";
static const char FIND_HASH[] = "SELECT count(*) FROM access WHERE account = $1 AND secret_hash = $2";
static const char NEXT_NUMBER[] = "SELECT coalesce(max(number), 0) + 1 FROM access WHERE account = $1";
static const char INSERT_ACCESS[] =
	"INSERT INTO access (account, number, kind, name, secret_hash, may_send, created_at, seen_at, expires_at) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static bool check_hash_free(Store *store, int64_t account, const guint8 *hash, GError **error)
{
	int64_t found = 0;
	SqlQuery *query = sql_query(store->sql, FIND_HASH, error);
	if (query == NULL)
		return false;
	sql_bind_bytes(sql_bind_int(query, 1, account), 2, hash, ACCESS_HASH_BYTES);
	if (!sql_run_int(query, &found, error))
		return false;
	return found == 0 ||
		   base_error_set(
			   error, BASE_ERROR_CONFLICT, NULL, "That secret is in use already; take another that nobody can guess.");
}

static bool insert_access(
	Store *store, int64_t account, const Access *access, const guint8 *hash, int64_t *ret_number, GError **error)
{
	SqlQuery *query = query_with(store, DROP_EXPIRED, account, access->created_at, error);
	if (query == NULL || !sql_run(query, NULL, error) || !check_hash_free(store, account, hash, error))
		return false;
	query = sql_query(store->sql, NEXT_NUMBER, error);
	if (query == NULL || !sql_run_int(sql_bind_int(query, 1, account), ret_number, error))
		return false;
	query = query_with(store, INSERT_ACCESS, account, *ret_number, error);
	if (query == NULL)
		return false;
	sql_bind_text(sql_bind_text(query, 3, KINDS[access->kind]), 4, access->name);
	sql_bind_int(sql_bind_bytes(query, 5, hash, ACCESS_HASH_BYTES), 6, access->may_send);
	sql_bind_int(sql_bind_int(query, 7, access->created_at), 8, access->created_at);
	return sql_run(row_bind_time(query, 9, access->expires_at), NULL, error);
}

bool store_access_add(
	Store *store, int64_t account, Access *access, const guint8 hash[ACCESS_HASH_BYTES], GError **error)
{
	int64_t number = 0;
	if (!sql_begin(store->sql, SQL_WRITE, error))
		return false;
	if (!insert_access(store, account, access, hash, &number, error) || !sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	access->number = number;
	access->seen_at = access->created_at;
	return true;
}

static bool read_access(SqlQuery *query, const RowReader *reader, Access *access, GError **error)
{
	if (!row_read(reader, access, error))
		return false;
	access->may_send = sql_int(query, sql_column(query, "may_send")) != 0;
	return true;
}

#define SELECT_ACCESS                                                                                                  \
	"SELECT number, kind, name, may_send, created_at, seen_at, expires_at FROM access "                                \
	"WHERE account = $1 AND (expires_at IS NULL OR expires_at > $2) "
static const char SELECT_ONE[] = SELECT_ACCESS "AND secret_hash = $3";
static const char SELECT_ALL[] = SELECT_ACCESS "ORDER BY seen_at DESC, number DESC";

/* Appends what the query gives to list. */
static bool read_all(Store *store, SqlQuery *query, GPtrArray *list, GError **error)
{
	const RowReader reader = row_reader(store->sql, query, &SHAPE);
	SqlStep step;
	while ((step = sql_step(query, error)) == SQL_ROW) {
		Access *access = access_new();
		g_ptr_array_add(list, access);
		if (!read_access(query, &reader, access, error)) {
			sql_end(query);
			return false;
		}
	}
	return step == SQL_DONE;
}

bool store_access_find(
	Store *store, int64_t account, const guint8 hash[ACCESS_HASH_BYTES], int64_t now, Access **ret_access,
	GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_access);
	SqlQuery *query = query_with(store, SELECT_ONE, account, now, error);
	if (query == NULL || !read_all(store, sql_bind_bytes(query, 3, hash, ACCESS_HASH_BYTES), list, error))
		return false;
	*ret_access = list->len == 0 ? NULL : g_ptr_array_steal_index(list, 0);
	return true;
}

bool store_access_list(Store *store, int64_t account, int64_t now, GPtrArray **ret_list, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_access);
	SqlQuery *query = query_with(store, SELECT_ALL, account, now, error);
	if (query == NULL || !read_all(store, query, list, error))
		return false;
	*ret_list = g_steal_pointer(&list);
	return true;
}

static const char TOUCH[] = "UPDATE access SET seen_at = $3 WHERE account = $1 AND number = $2 AND seen_at < $3";

bool store_access_touch(Store *store, int64_t account, int64_t number, int64_t at, GError **error)
{
	SqlQuery *query = query_with(store, TOUCH, account, number, error);
	return query != NULL && sql_run(sql_bind_int(query, 3, at), NULL, error);
}

static const char END_ONE[] = "DELETE FROM access WHERE account = $1 AND number = $2";

bool store_access_end(Store *store, int64_t account, int64_t number, GError **error)
{
	int changed = 0;
	SqlQuery *query = query_with(store, END_ONE, account, number, error);
	if (query == NULL || !sql_run(query, &changed, error))
		return false;
	return changed == 1 ||
		   base_error_set(
			   error, BASE_ERROR_MISSING, "number",
			   "Nobody of the number %" G_GINT64_FORMAT " may come in; \"followup access\" lists who may.", number);
}

static const char END_OTHERS[] = "DELETE FROM access WHERE account = $1 AND number <> $2 AND kind = $3";

bool store_access_end_others(
	Store *store, int64_t account, AccessKind kind, int64_t kept, int *ret_count, GError **error)
{
	SqlQuery *query = query_with(store, END_OTHERS, account, kept, error);
	return query != NULL && sql_run(sql_bind_text(query, 3, KINDS[kind]), ret_count, error);
}

/* ---- the password ---- */

static const char SELECT_PASSWORD[] = "SELECT desk_password FROM account WHERE id = $1";
static const char UPDATE_PASSWORD[] = "UPDATE account SET desk_password = $2 WHERE id = $1";

bool store_desk_password_load(Store *store, int64_t account, char **ret_hash, GError **error)
{
	SqlQuery *query = sql_query(store->sql, SELECT_PASSWORD, error);
	SqlStep step = query == NULL ? SQL_FAILED : sql_step(sql_bind_int(query, 1, account), error);
	if (step == SQL_FAILED)
		return false;
	*ret_hash = step == SQL_DONE || sql_is_null(query, 0) ? NULL : g_strdup(sql_text(query, 0, NULL));
	if (step == SQL_ROW)
		sql_end(query);
	return true;
}

bool store_desk_password_save(Store *store, int64_t account, const char *hash, GError **error)
{
	SqlQuery *query = sql_query(store->sql, UPDATE_PASSWORD, error);
	return query != NULL && sql_run(sql_bind_text(sql_bind_int(query, 1, account), 2, hash), NULL, error);
}
