/* passage.c - see passage.h.
 *
 * PASSAGE_SOURCE says what the tables hold; the table passage holds what is in the index, and the index is told of
 * every change of it.  The language of the index is SQLite's; an engine with another has a file of its own.
 */
#include "passage.h"

static const char *const KINDS[FOUND_COUNT] = {"opportunity", "person", "debrief", "event", "note", "mail"};

const char *found_kind_word(int kind)
{
	return row_state_word(KINDS, FOUND_COUNT, kind);
}

int found_kind_find(const char *word)
{
	return row_state_find(KINDS, FOUND_COUNT, word);
}

/* A text to be found, and where it stands. */
typedef struct Passage {
	int64_t id; /* in the index; 0: not there */
	FoundKind kind;
	int64_t number, part;
	char *text;
} Passage;

static const RowField PASSAGE_FIELDS[] = {
	{.column = "id", .kind = ROW_INT64, .offset = offsetof(Passage, id)},
	{.column = "kind",
	 .kind = ROW_STATE,
	 .offset = offsetof(Passage, kind),
	 .state_word = found_kind_word,
	 .state_find = found_kind_find},
	{.column = "number", .kind = ROW_INT64, .offset = offsetof(Passage, number)},
	{.column = "part", .kind = ROW_INT64, .offset = offsetof(Passage, part)},
	{.column = "text", .kind = ROW_TEXT, .offset = offsetof(Passage, text)},
};
static const RowShape PASSAGE_SHAPE = {"text to be found", PASSAGE_FIELDS, G_N_ELEMENTS(PASSAGE_FIELDS)};

static void free_passage(void *data)
{
	Passage *passage = data;
	g_free(passage->text);
	g_free(passage);
}

/* By where they stand. */
static int compare(const Passage *one, const Passage *other)
{
	if (one->kind != other->kind)
		return one->kind < other->kind ? -1 : 1;
	if (one->number != other->number)
		return one->number < other->number ? -1 : 1;
	return one->part < other->part ? -1 : one->part > other->part;
}

static int compare_places(const void *a, const void *b)
{
	return compare(*(const Passage *const *)a, *(const Passage *const *)b);
}

/* What can be found, and where it stands: number and part are those of the kind's own table; a mail stands under
 * opportunity 0, because it may be about none, or come to be about another. That a note went has no text of its own. */
#define PASSAGE_SOURCE                                                                                                 \
	"(SELECT account, id AS opportunity, 'opportunity' AS kind, 0 AS number, 0 AS part, company || "                   \
	"coalesce(char(10) || position, '') || coalesce(char(10) || requirements, '') AS text FROM opportunity "           \
	"UNION ALL SELECT account, opportunity, 'person', number, 0, name || coalesce(char(10) || email, '') || "          \
	"coalesce(char(10) || phone, '') || coalesce(char(10) || address, '') || coalesce(char(10) || linkedin, '') "      \
	"FROM person "                                                                                                     \
	"UNION ALL SELECT account, opportunity, 'debrief', debrief, number, text FROM debrief_item "                       \
	"UNION ALL SELECT account, opportunity, 'event', number, 0, kind || coalesce(' ' || step, '') || "                 \
	"coalesce(' ' || result, '') || coalesce(' ' || says, '') || coalesce(' ' || address, '') FROM event "             \
	"WHERE kind <> 'sent' "                                                                                            \
	"UNION ALL SELECT account, opportunity, 'note', number, 0, coalesce(subject || char(10), '') || body FROM draft "  \
	"WHERE state <> 'discarded' "                                                                                      \
	"UNION ALL SELECT account, 0, 'mail', number, 0, coalesce(subject || char(10), '') || "                            \
	"coalesce(quote || char(10), '') || coalesce(from_name || ' ', '') || coalesce(from_address, '') FROM mail"        \
	") AS passage_source"

/* $1 the account, $2 the opportunity, and of one part of it $3 its kind, $4 its number. */
#define OF_ALL " WHERE account = $1 AND opportunity = $2"
#define OF_PART OF_ALL " AND kind = $3 AND number = $4"
#define SELECT_STORED "SELECT id, kind, number, part, text FROM passage"
#define SELECT_SOURCE "SELECT 0 AS id, kind, number, part, text FROM " PASSAGE_SOURCE

static const char STORED_OF_ALL[] = SELECT_STORED OF_ALL, STORED_OF_PART[] = SELECT_STORED OF_PART,
				  SOURCE_OF_ALL[] = SELECT_SOURCE OF_ALL, SOURCE_OF_PART[] = SELECT_SOURCE OF_PART;

/* Those of a scope, in order; *ret_rows is of Passage. */
static bool load_passages(
	Store *store, const char *all, const char *part, const PassageScope *scope, GPtrArray **ret_rows, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_passage);
	bool whole = scope->kind == FOUND_COUNT;
	SqlQuery *query = sql_query(store->sql, whole ? all : part, error);
	if (query == NULL)
		return false;
	sql_bind_int(sql_bind_int(query, 1, scope->account), 2, scope->opportunity);
	if (!whole)
		sql_bind_int(sql_bind_text(query, 3, KINDS[scope->kind]), 4, scope->number);
	const RowReader reader = row_reader(store->sql, query, &PASSAGE_SHAPE);
	if (!row_read_all(&reader, sizeof(Passage), rows, error))
		return false;
	g_ptr_array_sort(rows, compare_places);
	*ret_rows = g_steal_pointer(&rows);
	return true;
}

static const char INSERT_PASSAGE[] =
	"INSERT INTO passage (account, opportunity, kind, number, part, text) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
static const char DELETE_PASSAGE[] = "DELETE FROM passage WHERE id = $1";
static const char INDEX_ADD[] = "INSERT INTO passage_index (rowid, text) VALUES ($1, $2)";
static const char INDEX_REMOVE[] = "INSERT INTO passage_index (passage_index, rowid, text) VALUES ('delete', $1, $2)";

static bool add_passage(Store *store, const PassageScope *scope, const Passage *passage, GError **error)
{
	int64_t id = 0;
	SqlQuery *query = sql_query(store->sql, INSERT_PASSAGE, error);
	if (query == NULL)
		return false;
	sql_bind_int(sql_bind_int(query, 1, scope->account), 2, scope->opportunity);
	sql_bind_int(sql_bind_text(query, 3, KINDS[passage->kind]), 4, passage->number);
	sql_bind_text(sql_bind_int(query, 5, passage->part), 6, passage->text);
	if (!sql_run_int(query, &id, error))
		return false;
	query = sql_query(store->sql, INDEX_ADD, error);
	return query != NULL && sql_run(sql_bind_text(sql_bind_int(query, 1, id), 2, passage->text), NULL, error);
}

/* The index is told what it was given, which it does not keep. */
static bool remove_passage(Store *store, const Passage *passage, GError **error)
{
	SqlQuery *query = sql_query(store->sql, INDEX_REMOVE, error);
	if (query == NULL || !sql_run(sql_bind_text(sql_bind_int(query, 1, passage->id), 2, passage->text), NULL, error))
		return false;
	query = sql_query(store->sql, DELETE_PASSAGE, error);
	return query != NULL && sql_run(sql_bind_int(query, 1, passage->id), NULL, error);
}

/* Both lists side by side, as they stand: what differs goes, and comes anew. */
static bool write_difference(
	Store *store, const PassageScope *scope, const GPtrArray *stored, const GPtrArray *source, GError **error)
{
	for (guint i = 0, j = 0; i < stored->len || j < source->len;) {
		const Passage *old = i < stored->len ? g_ptr_array_index(stored, i) : NULL;
		const Passage *fresh = j < source->len ? g_ptr_array_index(source, j) : NULL;
		int order = old == NULL ? 1 : fresh == NULL ? -1 : compare(old, fresh);
		bool same = order == 0 && g_str_equal(old->text, fresh->text);
		if (!same && order <= 0 && !remove_passage(store, old, error))
			return false;
		if (!same && order >= 0 && !add_passage(store, scope, fresh, error))
			return false;
		i += order <= 0;
		j += order >= 0;
	}
	return true;
}

bool passages_update(Store *store, const PassageScope *scope, GError **error)
{
	g_autoptr(GPtrArray) stored = NULL, source = NULL;
	if (!load_passages(store, SOURCE_OF_ALL, SOURCE_OF_PART, scope, &source, error))
		return false;
	if (scope->fresh)
		stored = g_ptr_array_new();
	else if (!load_passages(store, STORED_OF_ALL, STORED_OF_PART, scope, &stored, error))
		return false;
	return write_difference(store, scope, stored, source, error);
}

#define GOING                                                                                                          \
	"account = $1 AND (opportunity BETWEEN $2 AND $3 OR (opportunity = 0 AND kind = 'mail' AND number IN "             \
	"(SELECT number FROM mail WHERE account = $1 AND opportunity BETWEEN $2 AND $3)))"

/* In the index all of them at once: nothing is read into memory. */
static const char *const DELETE_ALL[] = {
	"INSERT INTO passage_index (passage_index, rowid, text) SELECT 'delete', id, text FROM passage WHERE " GOING,
	"DELETE FROM passage WHERE " GOING,
};

bool passages_delete(Store *store, int64_t account, int64_t id, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(DELETE_ALL); i++) {
		SqlQuery *query = sql_query(store->sql, DELETE_ALL[i], error);
		if (query == NULL)
			return false;
		sql_bind_int(sql_bind_int(sql_bind_int(query, 1, account), 2, id), 3, id == 0 ? INT64_MAX : id);
		if (!sql_run(query, NULL, error))
			return false;
	}
	return true;
}

static const char LAST_PASSAGE[] = "SELECT max(id) FROM passage";
static const char INDEX_OPTIMIZE[] = "INSERT INTO passage_index (passage_index) VALUES ('optimize')";
static const char INDEX_EMPTY[] = "INSERT INTO passage_index (passage_index) VALUES ('delete-all')";

bool passages_scrub(Store *store, GError **error)
{
	int64_t last = 0;
	SqlQuery *query = sql_query(store->sql, LAST_PASSAGE, error);
	if (query == NULL || !sql_run_int(query, &last, error))
		return false;
	query = sql_query(store->sql, last == 0 ? INDEX_EMPTY : INDEX_OPTIMIZE, error);
	return query != NULL && sql_run(query, NULL, error);
}
