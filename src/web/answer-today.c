/* answer-today.c - the first page: what to do today, by when, and why.
 */
#include "answers.h"
#include "page.h"

#include <app/when.h>

static bool is_empty(const MustacheValue *values, const char *key)
{
	return !mustache_value_is_true(mustache_object_find(values, key));
}

/* What need not be done is a pleasure only as long as it is little: the first few, and how many more there are. */
static void shorten_optional(MustacheValue *values, bool all)
{
	enum { SHOWN = 8 };
	MustacheValue *tasks = mustache_object_find_own(values, "tasks");
	MustacheValue *optional = tasks == NULL ? NULL : mustache_object_find_own(tasks, "optional");
	guint count = optional == NULL ? 0 : mustache_list_get_items(optional)->len;
	if (all || count <= SHOWN)
		return;
	g_autofree char *more = g_strdup_printf("%u", count - SHOWN);
	mustache_list_shorten(optional, SHOWN);
	mustache_object_set_string(values, "optional_more", more);
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

static void add_day(const Visit *visit, MustacheValue *values)
{
	const Zone *zone = app_get_zone(visit->desk->app);
	int64_t now = app_get_now(visit->desk->app);
	g_autofree char *day = when_name_day(zone, zone_to_day(zone, now, NULL), now);
	mustache_object_set_string(values, "today", day);
}

bool answer_today(Visit *visit, GError **error)
{
	MustacheValue *values = NULL;
	if (!desk_tell(visit->desk, "today", &values, error, NULL))
		return false;
	add_mood(values);
	add_day(visit, values);
	if (visit->desk->unserved != NULL && !app_is_served(visit->desk->app))
		mustache_object_set_string(values, "unserved", visit->desk->unserved);
	shorten_optional(values, fields_find(visit->request->query, "all") != NULL);
	const Page page = {.template_name = "today", .title = "Today", .section = "today", .values = values};
	return page_show(visit, &page, error);
}
