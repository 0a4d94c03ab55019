/* remind.c - what was told, and what was published: a row each.
 */
#include <store/remind.h>

#include "store-private.h"

/* ---- reminded ---- */

/* Binds $1 the account, $2 the opportunity, $3 the thing. */
static SqlQuery *query_thing(
	Store *store, const char *text, int64_t account, int64_t opportunity, const char *what, GError **error)
{
	SqlQuery *query = sql_query(store->sql, text, error);
	if (query != NULL)
		sql_bind_text(sql_bind_int(sql_bind_int(query, 1, account), 2, opportunity), 3, what);
	return query;
}

static const char IS_TOLD[] = "SELECT count(*) FROM reminded WHERE account = $1 AND opportunity = $2 AND what = $3";

bool store_reminded_load(
	Store *store, int64_t account, int64_t opportunity, const char *what, bool *ret_told, GError **error)
{
	int64_t count = 0;
	SqlQuery *query = query_thing(store, IS_TOLD, account, opportunity, what, error);
	if (query == NULL || !sql_run_int(query, &count, error))
		return false;
	*ret_told = count > 0;
	return true;
}

static const char TAKE[] = "INSERT INTO reminded (account, opportunity, what, at) VALUES ($1, $2, $3, $4) "
						   "ON CONFLICT (account, opportunity, what) DO NOTHING";

bool store_reminded_take(
	Store *store, int64_t account, int64_t opportunity, const char *what, int64_t at, bool *ret_first, GError **error)
{
	int changed = 0;
	SqlQuery *query = query_thing(store, TAKE, account, opportunity, what, error);
	if (query == NULL || !sql_run(sql_bind_int(query, 4, at), &changed, error))
		return false;
	*ret_first = changed == 1;
	return true;
}

static const char DROP[] = "DELETE FROM reminded WHERE account = $1 AND opportunity = $2 AND what = $3";

bool store_reminded_drop(Store *store, int64_t account, int64_t opportunity, const char *what, GError **error)
{
	SqlQuery *query = query_thing(store, DROP, account, opportunity, what, error);
	return query != NULL && sql_run(query, NULL, error);
}

static const char FORGET[] = "DELETE FROM reminded WHERE account = $1 AND at < $2";

bool store_reminded_forget(Store *store, int64_t account, int64_t before, GError **error)
{
	SqlQuery *query = sql_query(store->sql, FORGET, error);
	return query != NULL && sql_run(sql_bind_int(sql_bind_int(query, 1, account), 2, before), NULL, error);
}

/* ---- published ---- */

Published *published_new(const char *uid, const char *etag, const char *seal)
{
	Published *published = g_new0(Published, 1);
	*published = (Published){g_strdup(uid), g_strdup(etag), g_strdup(seal)};
	return published;
}

void published_free(Published *published)
{
	if (published == NULL)
		return;
	g_free(published->uid);
	g_free(published->etag);
	g_free(published->seal);
	g_free(published);
}

static const RowField PUBLISHED_FIELDS[] = {
	{.column = "uid", .kind = ROW_TEXT, .offset = offsetof(Published, uid)},
	{.column = "etag", .kind = ROW_TEXT, .offset = offsetof(Published, etag)},
	{.column = "seal", .kind = ROW_TEXT, .offset = offsetof(Published, seal)},
};
static const RowShape PUBLISHED_SHAPE = {"published event", PUBLISHED_FIELDS, G_N_ELEMENTS(PUBLISHED_FIELDS)};

static const char LIST[] = "SELECT uid, etag, seal FROM published WHERE account = $1 AND collection = $2 ORDER BY uid";

bool store_published_list(Store *store, int64_t account, const char *collection, GPtrArray **ret_events, GError **error)
{
	g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func((GDestroyNotify)published_free);
	SqlQuery *query = sql_query(store->sql, LIST, error);
	if (query == NULL)
		return false;
	const RowReader reader = row_reader(store->sql, query, &PUBLISHED_SHAPE);
	sql_bind_text(sql_bind_int(query, 1, account), 2, collection);
	if (!row_read_all(&reader, sizeof(Published), events, error))
		return false;
	*ret_events = g_steal_pointer(&events);
	return true;
}

static const char PUT[] =
	"INSERT INTO published (account, collection, uid, etag, seal) VALUES ($1, $2, $3, $4, $5) "
	"ON CONFLICT (account, collection, uid) DO UPDATE SET etag = excluded.etag, seal = excluded.seal";

bool store_published_put(Store *store, int64_t account, const char *collection, const Published *event, GError **error)
{
	SqlQuery *query = sql_query(store->sql, PUT, error);
	if (query == NULL)
		return false;
	sql_bind_text(sql_bind_int(query, 1, account), 2, collection);
	return sql_run(row_bind(query, 3, &PUBLISHED_SHAPE, event), NULL, error);
}

static const char REMOVE[] = "DELETE FROM published WHERE account = $1 AND collection = $2 AND uid = $3";

bool store_published_remove(Store *store, int64_t account, const char *collection, const char *uid, GError **error)
{
	SqlQuery *query = sql_query(store->sql, REMOVE, error);
	return query != NULL &&
		   sql_run(sql_bind_text(sql_bind_text(sql_bind_int(query, 1, account), 2, collection), 3, uid), NULL, error);
}
