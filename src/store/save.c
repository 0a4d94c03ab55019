/* save.c - writes changes: all of them, or nothing.
 *
 * The revision of an opportunity goes up with every save, in the same transaction that checks that it is still the one
 * the caller saw.  What a save does to the Record in memory (id, revision, what is stored) happens after the commit.
 */
#include "save.h"
#include "outline.h"
#include "passage.h"

static const char *name_of(const Saver *saver)
{
	return saver->record->facts->company;
}

static const char FIND_OPPORTUNITY[] = "SELECT revision FROM opportunity WHERE account = $1 AND id = $2";

/* *ret_revision is 0 where there is none. */
static bool find_revision(const Saver *saver, int64_t *ret_revision, GError **error)
{
	*ret_revision = 0;
	SqlQuery *query = save_query(saver, FIND_OPPORTUNITY, error);
	return query != NULL && sql_run_int(query, ret_revision, error);
}

/* Before anything is written that hangs on it. */
static bool check_revision(const Saver *saver, GError **error)
{
	int64_t revision;
	if (!find_revision(saver, &revision, error))
		return false;
	if (revision == 0)
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL, "%s (opportunity %" G_GINT64_FORMAT ") was deleted in the meantime.",
			name_of(saver), saver->id);
	return revision == saver->record->revision ||
		   base_error_set(
			   error, BASE_ERROR_CONFLICT, NULL, "%s was changed by another program in the meantime; try again.",
			   name_of(saver));
}

/* Last of all, because the outbox rows may have changed without a save since the Record was loaded: what counts is what
 * is stored now. */
static bool make_outline(const Saver *saver, GByteArray **ret_outline, GError **error)
{
	g_autoptr(GPtrArray) outbox = NULL;
	if (!save_read_outbox(saver, &outbox, error))
		return false;
	*ret_outline = outline_format(saver->record, outbox, saver->store->outline_stamp, saver->record->revision + 1);
	return true;
}

static const char RAISE_REVISION[] = "UPDATE opportunity SET revision = $3, next_at = $4, outline = $5 "
									 "WHERE account = $1 AND id = $2";

static bool raise_revision(const Saver *saver, GError **error)
{
	g_autoptr(GByteArray) outline = NULL;
	if (!make_outline(saver, &outline, error))
		return false;
	SqlQuery *query = save_query(saver, RAISE_REVISION, error);
	if (query == NULL)
		return false;
	row_bind_time(sql_bind_int(query, 3, saver->record->revision + 1), 4, saver->record->next_at);
	if (outline == NULL)
		sql_bind_null(query, 5);
	else
		sql_bind_bytes(query, 5, outline->data, outline->len);
	return sql_run(query, NULL, error);
}

static const char UPDATE_OPPORTUNITY[] =
	"UPDATE opportunity SET company = $3, position = $4, pace = $5, stage = $6, requirements = $7, zone = $8, "
	"playbook = $9, match_key = $10, later_until = $11, later_since = $12 WHERE account = $1 AND id = $2";

static bool save_opportunity(const Saver *saver, GError **error)
{
	const Facts *facts = saver->record->facts;
	SqlQuery *query = save_query(saver, UPDATE_OPPORTUNITY, error);
	if (query == NULL)
		return false;
	g_autofree char *key = match_key_new(facts->company, facts->position);
	row_bind(query, 3, &OPPORTUNITY_SHAPE, facts);
	sql_bind_text(sql_bind_text(query, 8, zone_get_name(facts->zone)), 9, saver->record->playbook);
	row_bind_time(sql_bind_text(query, 10, key), 11, saver->record->later_until);
	return sql_run(row_bind_time(query, 12, saver->record->later_since), NULL, error);
}

/* Ids are never given twice, so that what a person noted down never means another opportunity. */
static const char GIVE_ID[] =
	"UPDATE account SET last_opportunity = last_opportunity + 1 WHERE id = $1 RETURNING last_opportunity";

static bool give_id(Saver *saver, GError **error)
{
	SqlQuery *query = sql_query(saver->store->sql, GIVE_ID, error);
	if (query == NULL)
		return false;
	SqlStep step = sql_step(sql_bind_int(query, 1, saver->record->account), error);
	if (step == SQL_ROW) {
		saver->id = sql_int(query, 0);
		sql_end(query);
	}
	return step == SQL_ROW ||
		   (step == SQL_DONE && base_error_set(
									error, BASE_ERROR_MISSING, NULL, "There is no account %" G_GINT64_FORMAT " in %s.",
									saver->record->account, sql_get_name(saver->store->sql)));
}

static const char KEEP_ID[] = "UPDATE account SET last_opportunity = $2 WHERE id = $1 AND last_opportunity < $2";

/* An imported opportunity keeps its id. */
static bool keep_id(const Saver *saver, GError **error)
{
	int64_t revision;
	if (!find_revision(saver, &revision, error))
		return false;
	if (revision != 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL, "There is an opportunity %" G_GINT64_FORMAT " already.", saver->id);
	SqlQuery *query = save_query(saver, KEEP_ID, error);
	return query != NULL && sql_run(query, NULL, error);
}

static const char INSERT_OPPORTUNITY[] =
	"INSERT INTO opportunity (account, id, revision, next_at, created_at, playbook, company, position, pace, stage, "
	"requirements, zone, match_key, later_until, later_since) "
	"VALUES ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

static bool insert_opportunity(Saver *saver, GError **error)
{
	const Record *record = saver->record;
	if (!(record->id == 0 ? give_id(saver, error) : keep_id(saver, error)))
		return false;
	SqlQuery *query = save_query(saver, INSERT_OPPORTUNITY, error);
	if (query == NULL)
		return false;
	g_autofree char *key = match_key_new(record->facts->company, record->facts->position);
	row_bind_time(query, 3, record->next_at);
	sql_bind_text(sql_bind_int(query, 4, record->created_at), 5, record->playbook);
	row_bind(query, 6, &OPPORTUNITY_SHAPE, record->facts);
	sql_bind_text(sql_bind_text(query, 11, zone_get_name(record->facts->zone)), 12, key);
	row_bind_time(row_bind_time(query, 13, record->later_until), 14, record->later_since);
	return sql_run(query, NULL, error);
}

typedef struct PartRange {
	Part part;
	guint stored, count;
} PartRange;

/* In this order what is named comes before what names it; the database checks it at the commit only. */
static bool save_added(const Saver *saver, bool all, GError **error)
{
	const Record *record = saver->record;
	const PartRange ranges[] = {
		{PART_PERSON, record->stored.people, record->facts->people->len},
		{PART_INTERVIEW, record->stored.interviews, record->facts->interviews->len},
		{PART_DEBRIEF, record->stored.debriefs, record->facts->debriefs->len},
		{PART_EVENT, record->stored.events, record->facts->events->len},
		{PART_DRAFT, record->stored.drafts, record->drafts->len},
	};
	for (guint range = 0; range < G_N_ELEMENTS(ranges); range++)
		for (guint i = all ? 0 : ranges[range].stored; i < ranges[range].count; i++)
			if (!save_part(saver, ranges[range].part, (int)i, false, error) ||
				(!all && !save_found(saver, ranges[range].part, (int)i, false, error)))
				return false;
	for (guint i = record->stored.outbox; i < record->outbox->len; i++)
		if (!save_outbox_row(saver, (int)i, error))
			return false;
	return true;
}

static bool is_stored(const Record *record, const NamedPart *named)
{
	const guint stored[PART_COUNT] = {
		[PART_OPPORTUNITY] = 1,
		[PART_PERSON] = record->stored.people,
		[PART_INTERVIEW] = record->stored.interviews,
		[PART_DEBRIEF] = record->stored.debriefs,
		[PART_EVENT] = record->stored.events,
		[PART_DRAFT] = record->stored.drafts,
	};
	return named->index >= 0 && (guint)named->index < stored[named->part];
}

static bool save_named(const Saver *saver, GError **error)
{
	for (guint i = 0; i < saver->change->parts->len; i++) {
		const NamedPart *named = &g_array_index(saver->change->parts, NamedPart, i);
		if (!is_stored(saver->record, named))
			continue;
		if (!(named->part == PART_OPPORTUNITY ? save_opportunity(saver, error)
											  : save_part(saver, named->part, named->index, true, error)) ||
			!save_found(saver, named->part, named->index, true, error))
			return false;
	}
	return true;
}

static bool save_anew(const Saver *saver, GError **error)
{
	if (!save_opportunity(saver, error) || !save_clear_parts(saver, error) || !save_added(saver, true, error))
		return false;
	for (guint i = 0; i < saver->record->stored.outbox; i++)
		if (!save_outbox_draft(saver, (int)i, error))
			return false;
	return true;
}

static bool save_moves(const Saver *saver, GError **error)
{
	for (guint i = 0; i < saver->change->moves->len; i++)
		if (!save_outbox_move(saver, &g_array_index(saver->change->moves, OutboxMove, i), error))
			return false;
	return true;
}

/* What can be found of a record that was written whole. */
static bool save_all_found(const Saver *saver, bool is_new, GError **error)
{
	const PassageScope scope = {saver->record->account, saver->id, FOUND_COUNT, 0, is_new};
	return passages_update(saver->store, &scope, error);
}

static bool save_one(Saver *saver, GError **error)
{
	bool is_new = saver->record->revision == 0;
	if (!facts_check(saver->record->facts, error))
		return false;
	if (is_new)
		return insert_opportunity(saver, error) && save_added(saver, true, error) &&
			   save_all_found(saver, true, error) && raise_revision(saver, error);
	if (!check_revision(saver, error))
		return false;
	bool good = saver->change->all ? save_anew(saver, error) && save_all_found(saver, false, error)
								   : save_named(saver, error) && save_added(saver, false, error);
	return good && save_moves(saver, error) && raise_revision(saver, error);
}

bool save_apply(Store *store, const GPtrArray *changes, GArray **ret_ids, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	for (guint i = 0; i < changes->len; i++) {
		const Change *change = changes->pdata[i];
		Saver saver = {.store = store, .change = change, .record = change->record, .id = change->record->id};
		if (!save_one(&saver, error))
			return false;
		g_array_append_val(ids, saver.id);
	}
	*ret_ids = g_steal_pointer(&ids);
	return true;
}

static void confirm_moves(const Change *change)
{
	for (guint i = 0; i < change->moves->len; i++) {
		const OutboxMove *move = &g_array_index(change->moves, OutboxMove, i);
		OutboxRow *row = record_outbox(change->record, move->index);
		if (move->cancel) {
			row->state = OUTBOX_CANCELLED;
			row->lease_until = TIME_NONE;
			g_free(row->last_error);
			row->last_error = g_strdup(move->why);
		} else {
			row->send_at = move->send_at;
		}
	}
}

void save_confirm(const GPtrArray *changes, const GArray *ids)
{
	for (guint i = 0; i < changes->len; i++) {
		const Change *change = changes->pdata[i];
		Record *record = change->record;
		record->id = g_array_index(ids, int64_t, i);
		record->revision++;
		record_note_stored(record);
		for (guint row = 0; row < record->outbox->len; row++)
			record_outbox(record, (int)row)->opportunity = record->id;
		confirm_moves(change);
	}
}

bool store_save_many(Store *store, const GPtrArray *changes, GError **error)
{
	g_autoptr(GArray) ids = NULL;
	if (!sql_begin(store->sql, SQL_WRITE, error))
		return false;
	if (!save_apply(store, changes, &ids, error) || !sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	save_confirm(changes, ids);
	return true;
}

bool store_save(Store *store, const Change *change, GError **error)
{
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	g_ptr_array_add(one, (gpointer)change);
	return store_save_many(store, one, error);
}

static const char UPDATE_NEXT_AT[] =
	"UPDATE opportunity SET next_at = $4 WHERE account = $1 AND id = $2 AND revision = $3";

static bool write_next_at(Store *store, int64_t account, const NextAt *next, int *ret_written, GError **error)
{
	int changed = 0;
	SqlQuery *query = sql_query(store->sql, UPDATE_NEXT_AT, error);
	if (query == NULL)
		return false;
	sql_bind_int(sql_bind_int(sql_bind_int(query, 1, account), 2, next->id), 3, next->revision);
	row_bind_time(query, 4, next->next_at);
	if (!sql_run(query, &changed, error))
		return false;
	*ret_written += changed;
	return true;
}

bool store_next_at_save(Store *store, int64_t account, const GArray *next, int *ret_written, GError **error)
{
	int written = 0;
	if (!sql_begin(store->sql, SQL_WRITE, error))
		return false;
	bool good = true;
	for (guint i = 0; good && i < next->len; i++)
		good = write_next_at(store, account, &g_array_index(next, NextAt, i), &written, error);
	if (!good || !sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	if (ret_written != NULL)
		*ret_written = written;
	return true;
}
