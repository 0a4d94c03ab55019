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

static int number_of(const MustacheValue *values, const char *key)
{
	const char *text = mustache_value_get_text(mustache_object_find(values, key));
	return text == NULL ? 0 : atoi(text);
}

static void set_number(MustacheValue *values, const char *key, int number)
{
	g_autofree char *text = g_strdup_printf("%d", number);
	mustache_object_set_string(values, key, text);
}

/* Which part of all is shown, where it is not all, and where the parts before and after it are. */
static void add_part(MustacheValue *values, const char *find)
{
	const GPtrArray *shown = mustache_list_get_items(mustache_object_find(values, "opportunities"));
	int offset = number_of(values, "offset"), last = offset + (int)shown->len;
	mustache_object_set_bool(
		values, "in_parts", offset > 0 || mustache_value_is_true(mustache_object_find(values, "more")) || find != NULL);
	mustache_object_set_bool(values, "some", last > offset);
	mustache_object_set_bool(values, "earlier", offset > 0);
	mustache_object_set_string(values, "find", find == NULL ? "" : find);
	set_number(values, "first_shown", offset + 1);
	set_number(values, "last_shown", last);
	set_number(values, "next_offset", last);
	set_number(values, "before_offset", MAX(0, offset - BOARD_MAX));
}

bool answer_board(Visit *visit, GError **error)
{
	const char *find = fields_find(visit->request->query, "find"),
			   *offset = fields_find(visit->request->query, "offset");
	g_autofree char *limit = g_strdup_printf("%d", BOARD_MAX);
	MustacheValue *values = NULL;
	if (find != NULL && find[0] == '\0')
		find = NULL;
	if (!desk_tell(visit->desk, "list", &values, error, "opportunity", find, "limit", limit, "offset", offset, NULL))
		return false;
	add_part(values, find);
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
