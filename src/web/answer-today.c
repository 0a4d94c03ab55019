/* answer-today.c - the first page: what to do today, by when, and why.
 */
#include "answers.h"
#include "page.h"

static bool is_empty(const MustacheValue *values, const char *key)
{
	return !mustache_value_is_true(mustache_object_find(values, key));
}

/* Nothing to do, to answer or to choose; perhaps nothing at all yet. */
static void add_mood(MustacheValue *values)
{
	const MustacheValue *tasks = mustache_object_find(values, "tasks");
	bool calm = is_empty(tasks, "late") && is_empty(tasks, "to_do") && is_empty(values, "questions") &&
				is_empty(values, "inbox");
	bool first = mustache_value_is_true(mustache_object_find(values, "empty"));
	mustache_object_set_bool(values, "is_first", first);
	mustache_object_set_bool(values, "is_calm", calm && !first);
}

bool answer_today(Visit *visit, GError **error)
{
	MustacheValue *values = NULL;
	if (!desk_tell(visit->desk, "today", &values, error, NULL))
		return false;
	add_mood(values);
	const Page page = {.template_name = "today", .title = "Today", .section = "today", .values = values};
	return page_show(visit, &page, error);
}
