/* list.c - looking for opportunities and people by name, and counting.
 *
 * What is typed is looked for at the beginning of a name first, by index; only where nothing begins so, every word of
 * every name is looked at.
 */
#include "store-private.h"

#include <store/import.h>

#include <string.h>

#define LAST_CHARACTER "\xf4\x8f\xbf\xbf" /* U+10FFFF, after every other */

static bool is_listed_alone(const char *prefix)
{
	return prefix == NULL || *prefix == '\0';
}

/* "% glob%", in which nothing the person typed is a wildcard. */
static char *word_pattern_new(const char *key)
{
	GString *pattern = g_string_new("% ");
	for (const char *at = key; *at != '\0'; at++) {
		if (strchr("%_\\", *at) != NULL)
			g_string_append_c(pattern, '\\');
		g_string_append_c(pattern, *at);
	}
	g_string_append_c(pattern, '%');
	return g_string_free(pattern, FALSE);
}

typedef struct Search {
	int64_t account;
	const char *prefix;
	int limit, offset;
} Search;

/* Binds account, what the names begin with (or have a word of), the limit and the offset. */
static void bind_search(SqlQuery *query, const Search *search, bool words)
{
	g_autofree char *key = match_key_new(search->prefix != NULL ? search->prefix : "", NULL);
	sql_bind_int(sql_bind_int(sql_bind_int(query, 1, search->account), 4, search->limit), 5, search->offset);
	if (words) {
		g_autofree char *pattern = word_pattern_new(key);
		sql_bind_text(sql_bind_text(query, 2, pattern), 3, "\\");
		return;
	}
	g_autofree char *end = g_strconcat(key, LAST_CHARACTER, NULL);
	sql_bind_text(sql_bind_text(query, 2, key), 3, end);
}

typedef struct Listing {
	const RowShape *shape;
	const char *by_prefix, *by_word; /* by_word NULL: only by the beginning */
	size_t size;
	GDestroyNotify free;
} Listing;

static bool read_rows(
	Store *store, const Listing *listing, const Search *search, bool words, GPtrArray *rows, GError **error)
{
	SqlQuery *query = sql_query(store->sql, words ? listing->by_word : listing->by_prefix, error);
	if (query == NULL)
		return false;
	bind_search(query, search, words);
	const RowReader reader = row_reader(store->sql, query, listing->shape);
	return row_read_all(&reader, listing->size, rows, error);
}

/* Whether something begins so, though not this far down the list. */
static bool begins_so(Store *store, const Listing *listing, const Search *search, bool *ret_some, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(listing->free);
	const Search first = {search->account, search->prefix, 1, 0};
	if (search->offset > 0 && !read_rows(store, listing, &first, false, rows, error))
		return false;
	*ret_some = rows->len > 0;
	return true;
}

static bool find_rows(Store *store, const Listing *listing, const Search *search, GPtrArray **ret_rows, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(listing->free);
	bool some = false;
	if (!read_rows(store, listing, search, false, rows, error))
		return false;
	if (rows->len == 0 && listing->by_word != NULL && !is_listed_alone(search->prefix)) {
		if (!begins_so(store, listing, search, &some, error) ||
			(!some && !read_rows(store, listing, search, true, rows, error)))
			return false;
	}
	*ret_rows = g_steal_pointer(&rows);
	return true;
}

void list_row_free(ListRow *row)
{
	if (row == NULL)
		return;
	g_free(row->company);
	g_free(row->position);
	g_free(row);
}

static void free_list_row(void *data)
{
	list_row_free(data);
}

static const RowField LIST_FIELDS[] = {
	{.column = "id", .kind = ROW_INT64, .offset = offsetof(ListRow, id)},
	{.column = "company", .kind = ROW_TEXT, .offset = offsetof(ListRow, company)},
	{.column = "position", .kind = ROW_TEXT, .offset = offsetof(ListRow, position)},
	{.column = "next_at", .kind = ROW_TIME, .offset = offsetof(ListRow, next_at)},
	{.column = "created_at", .kind = ROW_INT64, .offset = offsetof(ListRow, created_at)},
	{.column = "people", .kind = ROW_INT, .offset = offsetof(ListRow, people)},
	{.column = "interviews", .kind = ROW_INT, .offset = offsetof(ListRow, interviews)},
	{.column = "last_at", .kind = ROW_TIME, .offset = offsetof(ListRow, last_at)},
};
static const RowShape LIST_SHAPE = {"opportunity", LIST_FIELDS, G_N_ELEMENTS(LIST_FIELDS)};

#define SELECT_LIST                                                                                                    \
	"SELECT o.id AS id, o.company AS company, o.position AS position, o.next_at AS next_at, o.created_at AS "          \
	"created_at, "                                                                                                     \
	"(SELECT count(*) FROM person AS p WHERE p.account = o.account AND p.opportunity = o.id) AS people, "              \
	"(SELECT count(*) FROM interview AS i WHERE i.account = o.account AND i.opportunity = o.id) AS interviews, "       \
	"(SELECT max(e.at) FROM event AS e WHERE e.account = o.account AND e.opportunity = o.id) AS last_at "              \
	"FROM opportunity AS o WHERE o.account = $1 AND "
static const char LIST_BY_PREFIX[] =
	SELECT_LIST "o.match_key >= $2 AND o.match_key < $3 ORDER BY o.match_key, o.id LIMIT $4 OFFSET $5";
static const char LIST_BY_WORD[] =
	SELECT_LIST "o.match_key LIKE $2 ESCAPE $3 ORDER BY o.match_key, o.id LIMIT $4 OFFSET $5";

bool store_list_part(Store *store, int64_t account, const ListPart *part, GPtrArray **ret_rows, GError **error)
{
	static const Listing listing = {&LIST_SHAPE, LIST_BY_PREFIX, LIST_BY_WORD, sizeof(ListRow), free_list_row};
	const Search search = {account, part->text, part->limit, part->offset};
	return find_rows(store, &listing, &search, ret_rows, error);
}

bool store_list(Store *store, int64_t account, const char *prefix, int limit, GPtrArray **ret_rows, GError **error)
{
	return store_list_part(store, account, &(ListPart){prefix, limit, 0}, ret_rows, error);
}

bool store_list_beginning(
	Store *store, int64_t account, const char *prefix, int limit, GPtrArray **ret_rows, GError **error)
{
	static const Listing listing = {&LIST_SHAPE, LIST_BY_PREFIX, NULL, sizeof(ListRow), free_list_row};
	const Search search = {account, prefix, limit, 0};
	return find_rows(store, &listing, &search, ret_rows, error);
}

void person_row_free(PersonRow *row)
{
	if (row == NULL)
		return;
	g_free(row->company);
	g_free(row->id);
	g_free(row->name);
	g_free(row);
}

static void free_person_row(void *data)
{
	person_row_free(data);
}

static const RowField PERSON_ROW_FIELDS[] = {
	{.column = "opportunity", .kind = ROW_INT64, .offset = offsetof(PersonRow, opportunity)},
	{.column = "number", .kind = ROW_INT, .offset = offsetof(PersonRow, index)},
	{.column = "company", .kind = ROW_TEXT, .offset = offsetof(PersonRow, company)},
	{.column = "id", .kind = ROW_TEXT, .offset = offsetof(PersonRow, id)},
	{.column = "name", .kind = ROW_TEXT, .offset = offsetof(PersonRow, name)},
};
static const RowShape PERSON_ROW_SHAPE = {"person", PERSON_ROW_FIELDS, G_N_ELEMENTS(PERSON_ROW_FIELDS)};

#define SELECT_FOUND                                                                                                   \
	"SELECT p.opportunity AS opportunity, p.number AS number, o.company AS company, p.id AS id, p.name AS name "       \
	"FROM person AS p JOIN opportunity AS o ON o.account = p.account AND o.id = p.opportunity WHERE p.account = $1 "   \
	"AND "
static const char PEOPLE_BY_PREFIX[] = SELECT_FOUND
	"p.match_key >= $2 AND p.match_key < $3 ORDER BY p.match_key, p.opportunity, p.number LIMIT $4 OFFSET $5";
static const char PEOPLE_BY_WORD[] =
	SELECT_FOUND "p.match_key LIKE $2 ESCAPE $3 ORDER BY p.match_key, p.opportunity, p.number LIMIT $4 OFFSET $5";

bool store_people_find(
	Store *store, int64_t account, const char *prefix, int limit, GPtrArray **ret_rows, GError **error)
{
	static const Listing listing = {
		&PERSON_ROW_SHAPE, PEOPLE_BY_PREFIX, PEOPLE_BY_WORD, sizeof(PersonRow), free_person_row};
	const Search search = {account, prefix, limit, 0};
	return find_rows(store, &listing, &search, ret_rows, error);
}

bool store_people_named(
	Store *store, int64_t account, const char *name, int limit, GPtrArray **ret_rows, GError **error)
{
	static const Listing listing = {&PERSON_ROW_SHAPE, PEOPLE_BY_PREFIX, NULL, sizeof(PersonRow), free_person_row};
	g_autofree char *whole = g_strconcat(name, " ", NULL); /* a person's key is the name and the id */
	const Search search = {account, whole, limit, 0};
	return find_rows(store, &listing, &search, ret_rows, error);
}

void person_entry_free(PersonEntry *entry)
{
	if (entry == NULL)
		return;
	g_free(entry->company);
	g_free(entry->position);
	person_clear(&entry->person);
	g_free(entry);
}

static void free_person_entry(void *data)
{
	person_entry_free(data);
}

#define OF_PERSON(name, row_kind)                                                                                      \
	{                                                                                                                  \
		.column = #name, .kind = (row_kind), .offset = offsetof(PersonEntry, person) + offsetof(Person, name)          \
	}
static const RowField ENTRY_FIELDS[] = {
	{.column = "opportunity", .kind = ROW_INT64, .offset = offsetof(PersonEntry, opportunity)},
	{.column = "company", .kind = ROW_TEXT, .offset = offsetof(PersonEntry, company)},
	{.column = "position", .kind = ROW_TEXT, .offset = offsetof(PersonEntry, position)},
	OF_PERSON(id, ROW_TEXT),
	OF_PERSON(name, ROW_TEXT),
	OF_PERSON(salutation, ROW_TEXT),
	{.column = "role",
	 .kind = ROW_WORD,
	 .offset = offsetof(PersonEntry, person) + offsetof(Person, role),
	 .set = WORDS_ROLE},
	OF_PERSON(email, ROW_TEXT),
	OF_PERSON(phone, ROW_TEXT),
	OF_PERSON(address, ROW_TEXT),
	OF_PERSON(linkedin, ROW_TEXT),
};
static const RowShape ENTRY_SHAPE = {"person", ENTRY_FIELDS, G_N_ELEMENTS(ENTRY_FIELDS)};

/* $2 and $3 are as bind_search binds them: with every name beginning with nothing, or as a pattern. */
#define SELECT_ENTRIES                                                                                                 \
	"SELECT p.opportunity AS opportunity, o.company AS company, o.position AS position, p.id AS id, p.name AS name, "  \
	"p.salutation AS salutation, p.role AS role, p.email AS email, p.phone AS phone, p.address AS address, "           \
	"p.linkedin AS linkedin "                                                                                          \
	"FROM person AS p JOIN opportunity AS o ON o.account = p.account AND o.id = p.opportunity WHERE p.account = $1 "   \
	"AND "
#define BY_NAME " ORDER BY p.match_key, p.opportunity, p.number LIMIT $4 OFFSET $5"
static const char EVERYBODY[] = SELECT_ENTRIES "p.match_key >= $2 AND p.match_key < $3" BY_NAME;
static const char SOMEBODY[] =
	SELECT_ENTRIES "(' ' || p.match_key || ' ' || o.match_key || ' ' || coalesce(lower(p.email), '')) LIKE $2 ESCAPE "
				   "$3" BY_NAME;

bool store_people_list(Store *store, int64_t account, const ListPart *part, GPtrArray **ret_entries, GError **error)
{
	static const Listing listing = {&ENTRY_SHAPE, EVERYBODY, SOMEBODY, sizeof(PersonEntry), free_person_entry};
	const Search search = {account, part->text, part->limit, part->offset};
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_person_entry);
	if (!read_rows(store, &listing, &search, !is_listed_alone(part->text), rows, error))
		return false;
	*ret_entries = g_steal_pointer(&rows);
	return true;
}

static const char COUNT_DUE[] = "SELECT count(*) FROM opportunity WHERE account = $1 AND next_at <= $2";

bool store_due_count(Store *store, int64_t account, int64_t until, int64_t *ret_count, GError **error)
{
	SqlQuery *query = sql_query(store->sql, COUNT_DUE, error);
	return query != NULL && sql_run_int(sql_bind_int(sql_bind_int(query, 1, account), 2, until), ret_count, error);
}
