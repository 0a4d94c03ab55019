/* answer-board.c - all opportunities in columns by where they stand, and all people.
 */
#include "answers.h"
#include "page.h"

#include <stdlib.h>

enum { BOARD_MAX = 400 };

/* The columns in the order of a search, each with its cards. */
static MustacheValue *divide(MustacheValue *cards)
{
	static const struct {
		const char *key, *id, *title, *empty, *outcome;
	} columns[] = {
		{"column_is_ahead", "ahead", "Ahead", "No interview is to come.", NULL},
		{"column_is_thank", "thank", "To thank", "Everybody has been thanked.", NULL},
		{"column_is_waiting", "waiting", "Waiting", "Nobody owes you a word.", NULL},
		{"column_is_ask", "ask", "To ask", "Nothing is to be asked now.", NULL},
		{"column_is_offer", "offer", "Offer", "Not yet.", "offer"},
		{"column_is_closed", "closed", "Closed", "None.", "withdrawn"},
	};
	MustacheValue *list = mustache_value_new_list();
	for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
		MustacheValue *column = mustache_value_new_object();
		MustacheValue *own = mustache_list_take_if(cards, columns[i].key);
		g_autofree char *count = g_strdup_printf("%u", mustache_list_get_items(own)->len);
		mustache_object_set_string(column, "id", columns[i].id);
		mustache_object_set_string(column, "heading", columns[i].title);
		mustache_object_set_string(column, "nothing", columns[i].empty);
		mustache_object_set_string(column, "drop", columns[i].outcome == NULL ? "" : columns[i].outcome);
		mustache_object_set_string(column, "count", count);
		mustache_object_take(column, "cards", own);
		mustache_list_take(list, column);
	}
	return list;
}

bool answer_board(Visit *visit, GError **error)
{
	g_autofree char *limit = g_strdup_printf("%d", BOARD_MAX);
	MustacheValue *values = NULL;
	if (!desk_tell(visit->desk, "list", &values, error, "limit", limit, NULL))
		return false;
	mustache_object_take(values, "columns", divide(mustache_object_find_own(values, "opportunities")));
	const Page page = {.template_name = "board", .title = "Board", .section = "board", .values = values};
	return page_show(visit, &page, error);
}

bool answer_people(Visit *visit, GError **error)
{
	const char *find = fields_find(visit->request->query, "find"),
			   *offset = fields_find(visit->request->query, "offset");
	MustacheValue *values = NULL;
	if (!desk_tell(
			visit->desk, "people", &values, error, "all", "", "find", find == NULL || find[0] == '\0' ? NULL : find,
			"limit", "60", "offset", offset, NULL))
		return false;
	const GPtrArray *shown = mustache_list_get_items(mustache_object_find(values, "people"));
	const char *begun = mustache_value_get_text(mustache_object_find(values, "offset"));
	g_autofree char *next = g_strdup_printf("%d", (begun == NULL ? 0 : atoi(begun)) + (int)shown->len);
	mustache_object_set_string(values, "next_offset", next);
	mustache_object_set_string(values, "find", find);
	const Page page = {.template_name = "people", .title = "People", .section = "people", .values = values};
	return page_show(visit, &page, error);
}
