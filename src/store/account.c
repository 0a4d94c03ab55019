/* account.c - the person who uses the program: what counts for all their opportunities, and their settings.
 */
#include "store-private.h"

static const char SELECT_SETTINGS[] = "SELECT key, value FROM setting WHERE account = $1";

static bool read_settings(Store *store, Account *account, GError **error)
{
	SqlQuery *query = sql_query(store->sql, SELECT_SETTINGS, error);
	if (query == NULL)
		return false;
	int key = sql_column(query, "key"), value = sql_column(query, "value");
	sql_bind_int(query, 1, account->id);
	SqlStep step;
	while ((step = sql_step(query, error)) == SQL_ROW)
		g_hash_table_replace(
			account->settings, g_strdup(sql_text(query, key, NULL)), g_strdup(sql_text(query, value, NULL)));
	return step == SQL_DONE;
}

static const char SELECT_ACCOUNT[] =
	"SELECT revision, zone, name, email, phone, linkedin, skills, holidays FROM account WHERE id = $1";

bool account_read(Store *store, int64_t id, bool settings, Account **ret_account, GError **error)
{
	g_autoptr(Account) account = account_new(id);
	SqlQuery *query = sql_query(store->sql, SELECT_ACCOUNT, error);
	if (query == NULL)
		return false;
	RowReader rows = row_reader(store->sql, query, &ACCOUNT_SHAPE);
	SqlStep step = sql_step(sql_bind_int(query, 1, id), error);
	if (step == SQL_DONE)
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL, "There is no account %" G_GINT64_FORMAT " in %s.", id,
			sql_get_name(store->sql));
	if (step == SQL_FAILED || !row_read(&rows, account, error))
		return false;
	account->revision = sql_int(query, sql_column(query, "revision"));
	sql_end(query);
	if (settings && !read_settings(store, account, error))
		return false;
	*ret_account = g_steal_pointer(&account);
	return true;
}

void account_fill_facts(const Account *account, Facts *facts)
{
	facts->me.name = g_strdup(account->me.name);
	facts->me.email = g_strdup(account->me.email);
	facts->me.phone = g_strdup(account->me.phone);
	facts->me.linkedin = g_strdup(account->me.linkedin);
	for (guint i = 0; i < account->me.skills->len; i++)
		g_ptr_array_add(facts->me.skills, g_strdup(account->me.skills->pdata[i]));
	g_array_append_vals(facts->holidays, account->holidays->data, account->holidays->len);
}

bool store_account_load(Store *store, int64_t id, Account **ret_account, GError **error)
{
	g_autoptr(Account) account = NULL;
	if (!sql_begin(store->sql, SQL_SNAPSHOT, error))
		return false;
	if (!account_read(store, id, true, &account, error) || !sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	*ret_account = g_steal_pointer(&account);
	return true;
}

static const char UPDATE_ACCOUNT[] =
	"UPDATE account SET revision = revision + 1, zone = $3, name = $4, email = $5, phone = $6, linkedin = $7, "
	"skills = $8, holidays = $9 WHERE id = $1 AND revision = $2";

static bool write_account(Store *store, const Account *account, GError **error)
{
	int changed = 0;
	SqlQuery *query = sql_query(store->sql, UPDATE_ACCOUNT, error);
	if (query == NULL)
		return false;
	sql_bind_int(sql_bind_int(query, 1, account->id), 2, account->revision);
	if (!sql_run(row_bind(query, 3, &ACCOUNT_SHAPE, account), &changed, error))
		return false;
	return changed == 1 || base_error_set(
							   error, BASE_ERROR_CONFLICT, NULL,
							   "The settings were changed by another program in the meantime; try again.");
}

static const char DELETE_SETTINGS[] = "DELETE FROM setting WHERE account = $1";

static bool delete_settings(Store *store, const Account *account, GError **error)
{
	SqlQuery *query = sql_query(store->sql, DELETE_SETTINGS, error);
	return query != NULL && sql_run(sql_bind_int(query, 1, account->id), NULL, error);
}

static const char INSERT_SETTING[] = "INSERT INTO setting (account, key, value) VALUES ($1, $2, $3)";

static bool insert_settings(Store *store, const Account *account, GError **error)
{
	GHashTableIter iter;
	gpointer key, value;
	g_hash_table_iter_init(&iter, account->settings);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		SqlQuery *query = sql_query(store->sql, INSERT_SETTING, error);
		if (query == NULL)
			return false;
		sql_bind_text(sql_bind_text(sql_bind_int(query, 1, account->id), 2, key), 3, value);
		if (!sql_run(query, NULL, error))
			return false;
	}
	return true;
}

/* What every opportunity takes over must be fit for facts: a bad name here would be found in each of them. */
static bool check_account(const Account *account, GError **error)
{
	g_autoptr(Zone) zone = zone_load(account->zone != NULL ? account->zone : "UTC", error);
	if (zone == NULL)
		return false;
	g_autoptr(Facts) facts = facts_new(zone);
	facts->company = g_strdup("-");
	account_fill_facts(account, facts);
	return facts_check(facts, error);
}

bool account_write(Store *store, const Account *account, GError **error)
{
	return check_account(account, error) && write_account(store, account, error) &&
		   delete_settings(store, account, error) && insert_settings(store, account, error);
}

bool store_account_save(Store *store, Account *account, GError **error)
{
	if (!sql_begin(store->sql, SQL_WRITE, error))
		return false;
	if (!account_write(store, account, error) || !sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	account->revision++;
	return true;
}
