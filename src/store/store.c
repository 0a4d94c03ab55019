/* store.c - opens and closes a store, and brings an older one up to date.
 *
 * Migrations are numbered from 1 and run in order, each in a transaction of its own that holds the writer's lock, so
 * that two programs that start at once do it once.  A file of a newer version is left alone.
 */
#include "outline.h"
#include "store-private.h"

#include "migrations.h"

static int newest_version(void)
{
	return (int)G_N_ELEMENTS(store_migrations) - 1;
}

static bool refuse_newer(const Sql *sql, int version, GError **error)
{
	return base_error_set(
		error, BASE_ERROR_CONFLICT, NULL,
		"%s was written by a newer version of this program (form %d; this one knows %d); install that version.",
		sql_get_name(sql), version, newest_version());
}

/* One migration, unless another program was faster. */
static bool migrate_once(Sql *sql, int *ret_version, GError **error)
{
	int version;
	if (!sql_begin(sql, SQL_WRITE, error))
		return false;
	bool good = sql_load_version(sql, &version, error);
	if (good && version < newest_version()) {
		good = sql_migrate(sql, store_migrations[version].text, version + 1, error);
		version++;
	}
	if (!good || !sql_commit(sql, error)) {
		sql_rollback(sql);
		return false;
	}
	*ret_version = version;
	return true;
}

static bool open_writable(const char *path, Sql **ret_sql, GError **error)
{
	g_autoptr(Sql) sql = NULL;
	int version;
	if (!sql_open(path, SQL_READ_WRITE, &sql, &version, error))
		return false;
	while (version < newest_version())
		if (!migrate_once(sql, &version, error))
			return false;
	if (version > newest_version())
		return refuse_newer(sql, version, error);
	*ret_sql = g_steal_pointer(&sql);
	return true;
}

/* An older file has to be written to before it can be read. */
static bool open_readable(const char *path, SqlMode mode, Sql **ret_sql, GError **error)
{
	g_autoptr(Sql) sql = NULL;
	int version;
	if (!sql_open(path, mode, &sql, &version, error))
		return false;
	if (version > newest_version())
		return refuse_newer(sql, version, error);
	if (version < newest_version()) {
		sql_close(g_steal_pointer(&sql));
		return open_writable(path, ret_sql, error);
	}
	*ret_sql = g_steal_pointer(&sql);
	return true;
}

static void unref_zone(void *data)
{
	zone_unref(data);
}

bool store_open(const char *path, StoreMode mode, Store **ret_store, GError **error)
{
	Sql *sql = NULL;
	SqlMode reading = mode == STORE_GLANCE ? SQL_GLANCE : SQL_READ_ONLY;
	if (!(mode == STORE_WRITE ? open_writable(path, &sql, error) : open_readable(path, reading, &sql, error)))
		return false;
	Store *store = g_new0(Store, 1);
	store->sql = sql;
	store->zones = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref_zone);
	store->outline_stamp = outline_stamp_new();
	*ret_store = store;
	return true;
}

void store_close(Store *store)
{
	if (store == NULL)
		return;
	sql_close(store->sql);
	g_hash_table_unref(store->zones);
	g_free(store);
}

Zone *store_zone_find(Store *store, const char *name, GError **error)
{
	Zone *zone = g_hash_table_lookup(store->zones, name);
	if (zone != NULL)
		return zone;
	zone = zone_load(name, error);
	if (zone != NULL)
		g_hash_table_insert(store->zones, g_strdup(name), zone);
	return zone;
}

bool store_change_number(Store *store, int64_t *ret_number, GError **error)
{
	/* What other connections committed, and what this one did. */
	static const char others[] = "PRAGMA data_version", own[] = "SELECT total_changes()";
	int64_t by_others = 0, by_us = 0;
	SqlQuery *query = sql_query(store->sql, others, error);
	if (query == NULL || !sql_run_int(query, &by_others, error))
		return false;
	query = sql_query(store->sql, own, error);
	if (query == NULL || !sql_run_int(query, &by_us, error))
		return false;
	*ret_number = (by_others << 32) + by_us;
	return true;
}
