/* search.c - what a person types, as a question to the index; each word in quotes, so that nothing in it is an
 * operator.
 */
#include "passage.h"

#include <string.h>

void search_hit_free(SearchHit *hit)
{
	if (hit == NULL)
		return;
	g_free(hit->company);
	g_free(hit->position);
	g_free(hit->text);
	g_free(hit);
}

static void free_hit(void *data)
{
	search_hit_free(data);
}

static bool has_letters(const char *word)
{
	for (const char *at = word; *at != '\0'; at = g_utf8_next_char(at))
		if (g_unichar_isalnum(g_utf8_get_char(at)))
			return true;
	return false;
}

/* "glob \"fin" becomes "glob"* """fin"*: what is in quotes is text, and one of its quotes is written twice. */
static bool make_question(const char *text, char **ret_question, GError **error)
{
	g_autoptr(GString) question = g_string_new(NULL);
	g_auto(GStrv) words = g_strsplit_set(text == NULL ? "" : text, " \t\r\n", -1);
	int count = 0;
	for (char **word = words; *word != NULL; word++) {
		if (!has_letters(*word))
			continue;
		count++;
		g_string_append(question, question->len == 0 ? "\"" : " \"");
		for (const char *at = *word; *at != '\0'; at++)
			g_string_append(g_string_append_c(question, *at), *at == '"' ? "\"" : "");
		g_string_append(question, "\"*");
	}
	if (count == 0)
		return base_error_set(
			error, BASE_ERROR_INVALID, "words", "Say a word to look for, or how it begins: globex, forecast, finn.");
	if (count > SEARCH_WORDS_MAX)
		return base_error_set(
			error, BASE_ERROR_INVALID, "words", "%d words are too many to look for at once; %d at most.", count,
			SEARCH_WORDS_MAX);
	*ret_question = g_string_free(g_steal_pointer(&question), FALSE);
	return true;
}

static const RowField HIT_FIELDS[] = {
	{.column = "kind",
	 .kind = ROW_STATE,
	 .offset = offsetof(SearchHit, kind),
	 .state_word = found_kind_word,
	 .state_find = found_kind_find},
	{.column = "opportunity", .kind = ROW_INT64, .offset = offsetof(SearchHit, opportunity)},
	{.column = "number", .kind = ROW_INT64, .offset = offsetof(SearchHit, number)},
	{.column = "company", .kind = ROW_TEXT, .offset = offsetof(SearchHit, company)},
	{.column = "position", .kind = ROW_TEXT, .offset = offsetof(SearchHit, position)},
	{.column = "text", .kind = ROW_TEXT, .offset = offsetof(SearchHit, text)},
};
static const RowShape HIT_SHAPE = {"text that was found", HIT_FIELDS, G_N_ELEMENTS(HIT_FIELDS)};

/* By rank alone, so that a piece of text is cut out for those only that are shown; the index is asked first. */
static const char SEARCH[] =
	"SELECT p.kind AS kind, coalesce(m.opportunity, p.opportunity) AS opportunity, p.number AS number, "
	"o.company AS company, o.position AS position, snippet(passage_index, 0, $5, $6, $7, 24) AS text "
	"FROM passage_index CROSS JOIN passage AS p ON p.id = passage_index.rowid "
	"LEFT JOIN mail AS m ON p.kind = 'mail' AND m.account = p.account AND m.number = p.number "
	"LEFT JOIN opportunity AS o ON o.account = p.account AND o.id = coalesce(m.opportunity, p.opportunity) "
	"WHERE passage_index MATCH $2 AND p.account = $1 ORDER BY rank LIMIT $3 OFFSET $4";

bool store_search(Store *store, int64_t account, const ListPart *part, GPtrArray **ret_hits, GError **error)
{
	static const char begin[] = {SEARCH_BEGIN, '\0'}, end[] = {SEARCH_END, '\0'};
	g_autofree char *question = NULL;
	g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func(free_hit);
	if (!make_question(part->text, &question, error))
		return false;
	SqlQuery *query = sql_query(store->sql, SEARCH, error);
	if (query == NULL)
		return false;
	const RowReader reader = row_reader(store->sql, query, &HIT_SHAPE);
	sql_bind_text(sql_bind_int(query, 1, account), 2, question);
	sql_bind_int(sql_bind_int(query, 3, part->limit), 4, part->offset);
	sql_bind_text(sql_bind_text(sql_bind_text(query, 5, begin), 6, end), 7, "…");
	if (!row_read_all(&reader, sizeof(SearchHit), hits, error))
		return false;
	*ret_hits = g_steal_pointer(&hits);
	return true;
}
