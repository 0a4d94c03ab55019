/* import.c - an import and its way back, each one transaction.
 *
 * The revision right after the import is kept with each opportunity: while it is still the stored one, nothing was
 * built on what came in.  What was there before is a text that this room never reads.
 */
#include <store/import.h>

#include "store-private.h"

Invitation *invitation_new(const char *uid, int64_t opportunity, const char *interview, int64_t sequence)
{
	Invitation *invitation = g_new0(Invitation, 1);
	*invitation = (Invitation){g_strdup(uid), opportunity, g_strdup(interview), sequence};
	return invitation;
}

void invitation_free(Invitation *invitation)
{
	if (invitation == NULL)
		return;
	g_free(invitation->uid);
	g_free(invitation->interview);
	g_free(invitation);
}

static void part_free(void *data)
{
	ImportPart *part = data;
	change_free(part->change);
	g_clear_pointer(&part->invitations, g_ptr_array_unref);
	g_clear_pointer(&part->mails, g_ptr_array_unref);
	g_free(part->before);
	g_free(part);
}

Import *import_new(int64_t account, int64_t at, const char *name)
{
	Import *import = g_new0(Import, 1);
	*import = (Import){account, at, g_strdup(name), g_ptr_array_new_with_free_func(part_free)};
	import->mails = g_ptr_array_new_with_free_func((GDestroyNotify)inbox_item_free);
	return import;
}

void import_free(Import *import)
{
	if (import == NULL)
		return;
	g_free(import->name);
	g_ptr_array_unref(import->parts);
	g_ptr_array_unref(import->mails);
	g_free(import->before);
	g_free(import);
}

ImportPart *import_add_part(Import *import)
{
	ImportPart *part = g_new0(ImportPart, 1);
	g_ptr_array_add(import->parts, part);
	return part;
}

/* ---- invitations ---- */

static const RowField INVITATION_FIELDS[] = {
	{.column = "uid", .kind = ROW_TEXT, .offset = offsetof(Invitation, uid)},
	{.column = "opportunity", .kind = ROW_INT64, .offset = offsetof(Invitation, opportunity)},
	{.column = "interview", .kind = ROW_TEXT, .offset = offsetof(Invitation, interview)},
	{.column = "sequence", .kind = ROW_INT64, .offset = offsetof(Invitation, sequence)},
};
static const RowShape INVITATION_SHAPE = {"invitation", INVITATION_FIELDS, G_N_ELEMENTS(INVITATION_FIELDS)};

static bool read_invitations(Store *store, SqlQuery *query, GPtrArray *invitations, GError **error)
{
	const RowReader reader = row_reader(store->sql, query, &INVITATION_SHAPE);
	return row_read_all(&reader, sizeof(Invitation), invitations, error);
}

static const char FIND_INVITATION[] =
	"SELECT uid, opportunity, interview, sequence FROM invitation WHERE account = $1 AND uid = $2";

bool store_invitation_load(Store *store, int64_t account, const char *uid, Invitation **ret_invitation, GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)invitation_free);
	SqlQuery *query = sql_query(store->sql, FIND_INVITATION, error);
	if (query == NULL)
		return false;
	sql_bind_text(sql_bind_int(query, 1, account), 2, uid);
	if (!read_invitations(store, query, found, error))
		return false;
	*ret_invitation = found->len == 0 ? NULL : g_ptr_array_steal_index(found, 0);
	return true;
}

static const char LIST_INVITATIONS[] =
	"SELECT uid, opportunity, interview, sequence FROM invitation WHERE account = $1 AND opportunity = $2";

bool store_invitation_list(
	Store *store, int64_t account, int64_t opportunity, GPtrArray **ret_invitations, GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)invitation_free);
	SqlQuery *query = sql_query(store->sql, LIST_INVITATIONS, error);
	if (query == NULL)
		return false;
	sql_bind_int(sql_bind_int(query, 1, account), 2, opportunity);
	if (!read_invitations(store, query, found, error))
		return false;
	*ret_invitations = g_steal_pointer(&found);
	return true;
}

static const char CLEAR_INVITATIONS[] = "DELETE FROM invitation WHERE account = $1 AND opportunity = $2";
static const char PUT_INVITATION[] =
	"INSERT INTO invitation (account, opportunity, uid, interview, sequence) VALUES ($1, $2, $3, $4, $5) "
	"ON CONFLICT (account, uid) DO UPDATE SET opportunity = excluded.opportunity, interview = excluded.interview, "
	"sequence = excluded.sequence";

static bool put_invitations(
	Store *store, int64_t account, int64_t opportunity, const GPtrArray *invitations, GError **error)
{
	SqlQuery *query = sql_query(store->sql, CLEAR_INVITATIONS, error);
	if (query == NULL || !sql_run(sql_bind_int(sql_bind_int(query, 1, account), 2, opportunity), NULL, error))
		return false;
	for (guint i = 0; i < invitations->len; i++) {
		const Invitation *invitation = g_ptr_array_index(invitations, i);
		query = sql_query(store->sql, PUT_INVITATION, error);
		if (query == NULL)
			return false;
		sql_bind_text(sql_bind_int(sql_bind_int(query, 1, account), 2, opportunity), 3, invitation->uid);
		sql_bind_int(sql_bind_text(query, 4, invitation->interview), 5, invitation->sequence);
		if (!sql_run(query, NULL, error))
			return false;
	}
	return true;
}

/* ---- saving ---- */

static const char FORGET[] = "DELETE FROM import WHERE account = $1";

static bool forget(Store *store, int64_t account, GError **error)
{
	SqlQuery *query = sql_query(store->sql, FORGET, error);
	return query != NULL && sql_run(sql_bind_int(query, 1, account), NULL, error);
}

static const char PUT_IMPORT[] = "INSERT INTO import (account, at, name, before) VALUES ($1, $2, $3, $4)";
static const char PUT_PART[] = "INSERT INTO import_part (account, opportunity, revision, before) "
							   "SELECT account, id, revision, $3 FROM opportunity WHERE account = $1 AND id = $2";

static bool put_part(Store *store, const Import *import, const ImportPart *part, int64_t id, GError **error)
{
	SqlQuery *query = sql_query(store->sql, PUT_PART, error);
	if (query == NULL)
		return false;
	sql_bind_text(sql_bind_int(sql_bind_int(query, 1, import->account), 2, id), 3, part->before);
	return sql_run(query, NULL, error) &&
		   (part->invitations == NULL || put_invitations(store, import->account, id, part->invitations, error));
}

static bool put_import(Store *store, const Import *import, const GArray *ids, GError **error)
{
	if (!forget(store, import->account, error))
		return false;
	SqlQuery *query = sql_query(store->sql, PUT_IMPORT, error);
	if (query == NULL)
		return false;
	sql_bind_text(sql_bind_int(sql_bind_int(query, 1, import->account), 2, import->at), 3, import->name);
	if (!sql_run(sql_bind_text(query, 4, import->before), NULL, error))
		return false;
	for (guint i = 0; i < import->parts->len; i++)
		if (!put_part(store, import, g_ptr_array_index(import->parts, i), g_array_index(ids, int64_t, i), error))
			return false;
	return true;
}

static bool put_mails(Store *store, const Import *import, const GArray *ids, GError **error)
{
	g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
	for (guint i = 0; i < import->parts->len; i++) {
		const ImportPart *part = g_ptr_array_index(import->parts, i);
		for (guint j = 0; part->mails != NULL && j < part->mails->len; j++)
			((InboxItem *)part->mails->pdata[j])->opportunity = g_array_index(ids, int64_t, i);
		if (part->mails != NULL && !inbox_put(store, import->account, part->mails, numbers, error))
			return false;
	}
	return inbox_put(store, import->account, import->mails, numbers, error);
}

/* The changes of the parts that have one; borrowed. */
static GPtrArray *changes_of(const Import *import)
{
	GPtrArray *changes = g_ptr_array_new();
	for (guint i = 0; i < import->parts->len; i++) {
		const ImportPart *part = g_ptr_array_index(import->parts, i);
		if (part->change != NULL)
			g_ptr_array_add(changes, part->change);
	}
	return changes;
}

bool store_import_save(Store *store, const Import *import, GError **error)
{
	g_autoptr(GArray) ids = NULL;
	g_autoptr(GPtrArray) changes = changes_of(import);
	g_assert(changes->len == import->parts->len);
	if (!sql_begin(store->sql, SQL_WRITE, error))
		return false;
	if ((import->me != NULL && !account_write(store, import->me, error)) || !save_apply(store, changes, &ids, error) ||
		!put_import(store, import, ids, error) || !put_mails(store, import, ids, error) ||
		!sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	save_confirm(changes, ids);
	if (import->me != NULL)
		import->me->revision++;
	return true;
}

/* ---- loading ---- */

static const char LOAD_IMPORT[] = "SELECT at, name, before FROM import WHERE account = $1";
static const char LOAD_PARTS[] =
	"SELECT opportunity, revision, before FROM import_part WHERE account = $1 ORDER BY opportunity";

static const RowField PART_FIELDS[] = {
	{.column = "opportunity", .kind = ROW_INT64, .offset = offsetof(ImportPart, opportunity)},
	{.column = "revision", .kind = ROW_INT64, .offset = offsetof(ImportPart, revision)},
	{.column = "before", .kind = ROW_TEXT, .offset = offsetof(ImportPart, before)},
};
static const RowShape PART_SHAPE = {"import", PART_FIELDS, G_N_ELEMENTS(PART_FIELDS)};

static const RowField IMPORT_FIELDS[] = {
	{.column = "at", .kind = ROW_INT64, .offset = offsetof(Import, at)},
	{.column = "name", .kind = ROW_TEXT, .offset = offsetof(Import, name)},
	{.column = "before", .kind = ROW_TEXT, .offset = offsetof(Import, before)},
};
static const RowShape IMPORT_SHAPE = {"import", IMPORT_FIELDS, G_N_ELEMENTS(IMPORT_FIELDS)};

static bool load_import(Store *store, Import *import, GError **error)
{
	SqlQuery *query = sql_query(store->sql, LOAD_IMPORT, error);
	if (query == NULL)
		return false;
	RowReader reader = row_reader(store->sql, query, &IMPORT_SHAPE);
	SqlStep step = sql_step(sql_bind_int(query, 1, import->account), error);
	if (step == SQL_DONE)
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL, "There is no import to take back; only the last one can be, and once.");
	bool good = step == SQL_ROW && row_read(&reader, import, error);
	if (step == SQL_ROW)
		sql_end(query);
	return good;
}

static bool load_parts(Store *store, Import *import, GError **error)
{
	SqlQuery *query = sql_query(store->sql, LOAD_PARTS, error);
	if (query == NULL)
		return false;
	const RowReader reader = row_reader(store->sql, sql_bind_int(query, 1, import->account), &PART_SHAPE);
	return row_read_all(&reader, sizeof(ImportPart), import->parts, error);
}

bool store_import_load(Store *store, int64_t account, Import **ret_import, GError **error)
{
	g_autoptr(Import) import = import_new(account, TIME_NONE, NULL);
	if (!sql_begin(store->sql, SQL_SNAPSHOT, error))
		return false;
	bool good = load_import(store, import, error) && load_parts(store, import, error);
	sql_rollback(store->sql);
	if (good)
		*ret_import = g_steal_pointer(&import);
	return good;
}

/* ---- taking back ---- */

static const char COUNT_CHANGED[] =
	"SELECT (SELECT count(*) FROM import_part JOIN opportunity ON opportunity.account = import_part.account AND "
	"opportunity.id = import_part.opportunity WHERE import_part.account = $1 AND opportunity.revision <> "
	"import_part.revision) + (SELECT count(*) FROM import WHERE account = $1 AND at <> $2)";

static bool refuse_changed(Store *store, const Import *import, GError **error)
{
	int64_t changed = 0;
	SqlQuery *query = sql_query(store->sql, COUNT_CHANGED, error);
	if (query == NULL ||
		!sql_run_int(sql_bind_int(sql_bind_int(query, 1, import->account), 2, import->at), &changed, error))
		return false;
	return changed == 0 || base_error_set(
							   error, BASE_ERROR_CONFLICT, NULL,
							   "What was imported was changed by another program in the meantime; try again.");
}

static bool undo_parts(Store *store, const Import *import, const GPtrArray *changes, GArray **ret_ids, GError **error)
{
	if (!refuse_changed(store, import, error) || !save_apply(store, changes, ret_ids, error))
		return false;
	for (guint i = 0; i < import->parts->len; i++) {
		const ImportPart *part = g_ptr_array_index(import->parts, i);
		bool done = part->change == NULL
						? delete_rows(store, import->account, part->opportunity, error)
						: part->invitations == NULL ||
							  put_invitations(store, import->account, part->opportunity, part->invitations, error);
		if (!done)
			return false;
	}
	return inbox_drop(store, import->account, import->mails, error) &&
		   (import->me == NULL || account_write(store, import->me, error)) && forget(store, import->account, error);
}

bool store_import_undo(Store *store, const Import *import, GError **error)
{
	g_autoptr(GArray) ids = NULL;
	g_autoptr(GPtrArray) changes = changes_of(import);
	if (!sql_begin(store->sql, SQL_WRITE, error))
		return false;
	if (!undo_parts(store, import, changes, &ids, error) || !sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	save_confirm(changes, ids);
	if (import->me != NULL)
		import->me->revision++;
	return sql_scrub(store->sql, false, error);
}
