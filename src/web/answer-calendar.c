/* answer-calendar.c - a month of interviews and follow-ups, as a grid and as a list.
 */
#include "answers.h"
#include "page.h"

#include <app/when.h>
#include <base/limits.h>
#include <stdio.h>
#include <string.h>

enum { WEEK = 7 };

/* The month of "?month=2026-11", else the present one. */
static Civil month_of(const Visit *visit)
{
	const App *app = visit->desk->app;
	const char *text = fields_find(visit->request->query, "month");
	int year = 0, month = 0, length = 0;
	Civil civil = civil_from_day(zone_to_day(app_get_zone(app), app_get_now(app), NULL));
	if (text != NULL && sscanf(text, "%4d-%2d%n", &year, &month, &length) == 2 && text[length] == '\0' &&
		year >= LIMIT_YEAR_MIN && year <= LIMIT_YEAR_MAX && month >= 1 && month <= 12) {
		civil.year = year;
		civil.month = month;
	}
	civil.day = 1;
	return civil;
}

static Civil next_month(Civil month, int by)
{
	int number = month.year * 12 + month.month - 1 + by;
	return (Civil){.year = number / 12, .month = number % 12 + 1, .day = 1};
}

static void set_month(MustacheValue *values, const char *key, Civil month)
{
	g_autofree char *text = g_strdup_printf("%04d-%02d", month.year, month.month);
	if (month.year >= LIMIT_YEAR_MIN && month.year <= LIMIT_YEAR_MAX)
		mustache_object_set_string(values, key, text);
}

/* The day on which an event begins, by its reader's own clock. */
static Day day_of(const Zone *zone, const MustacheValue *event)
{
	const MustacheValue *start = mustache_object_find(event, "start");
	const char *iso = start == NULL ? NULL : mustache_value_get_text(mustache_object_find(start, "iso"));
	Stamp stamp;
	return iso != NULL && stamp_parse(iso, &stamp) ? zone_to_day(zone, zone_resolve(zone, stamp), NULL) : DAY_NONE;
}

/* What a day of the grid shows of an event. */
static MustacheValue *make_entry(const Zone *zone, const MustacheValue *event)
{
	static const char *const keys[] = {"opportunity", "kind", "summary", NULL};
	MustacheValue *entry = mustache_value_new_object();
	Stamp stamp;
	int second = 0;
	const char *iso = mustache_value_get_text(mustache_object_find(mustache_object_find(event, "start"), "iso"));
	for (const char *const *key = keys; *key != NULL; key++)
		mustache_object_set_string(entry, *key, mustache_value_get_text(mustache_object_find(event, *key)));
	if (stamp_parse(iso, &stamp))
		zone_to_day(zone, zone_resolve(zone, stamp), &second);
	g_autofree char *clock = g_strdup_printf("%02d:%02d", second / 3600, second / 60 % 60);
	mustache_object_set_string(entry, "clock", clock);
	return entry;
}

static MustacheValue *make_day(const App *app, Day day, Civil month, const GPtrArray *events)
{
	const Zone *zone = app_get_zone(app);
	Civil civil = civil_from_day(day);
	char number[8], iso[DAY_TEXT_BYTES];
	MustacheValue *value = mustache_value_new_object(), *list = mustache_value_new_list();
	g_autofree char *name = when_name_day(zone, day, app_get_now(app));
	g_snprintf(number, sizeof number, "%d", civil.day);
	mustache_object_set_string(value, "number", number);
	mustache_object_set_string(value, "iso", day_format(day, iso));
	mustache_object_set_string(value, "name", name);
	mustache_object_set_bool(value, "is_today", day == zone_to_day(zone, app_get_now(app), NULL));
	mustache_object_set_bool(value, "is_other", civil.month != month.month);
	for (guint i = 0; i < events->len; i++)
		if (day_of(zone, g_ptr_array_index(events, i)) == day)
			mustache_list_take(list, make_entry(zone, g_ptr_array_index(events, i)));
	mustache_object_set_bool(value, "has_entries", mustache_value_is_true(list));
	mustache_object_take(value, "entries", list);
	return value;
}

static MustacheValue *list_weeks(const App *app, Day first, Day last, Civil month, const GPtrArray *events)
{
	MustacheValue *weeks = mustache_value_new_list();
	for (Day begin = first; begin <= last; begin += WEEK) {
		MustacheValue *week = mustache_value_new_object(), *days = mustache_value_new_list();
		for (Day day = begin; day < begin + WEEK; day++)
			mustache_list_take(days, make_day(app, day, month, events));
		mustache_object_take(week, "days", days);
		mustache_list_take(weeks, week);
	}
	return weeks;
}

static MustacheValue *list_week_names(void)
{
	MustacheValue *names = mustache_value_new_list();
	for (int weekday = 1; weekday <= WEEK; weekday++)
		mustache_list_take(names, mustache_value_new_string(weekday_name(weekday)));
	return names;
}

bool answer_calendar(Visit *visit, GError **error)
{
	const App *app = visit->desk->app;
	Civil month = month_of(visit);
	Day begin = civil_to_day(month), end = civil_to_day(next_month(month, 1)) - 1;
	Day first = begin - (day_weekday(begin) - 1), last = end + (WEEK - day_weekday(end));
	char from[DAY_TEXT_BYTES], until[DAY_TEXT_BYTES];
	MustacheValue *values = NULL;
	if (!desk_tell(
			visit->desk, "calendar", &values, error, "action", "list", "from", day_format(first, from), "until",
			day_format(last, until), NULL))
		return false;
	const GPtrArray *events = mustache_list_get_items(mustache_object_find(values, "events"));
	mustache_object_take(values, "week_names", list_week_names());
	mustache_object_take(values, "weeks", list_weeks(app, first, last, month, events));
	set_month(values, "before", next_month(month, -1));
	set_month(values, "after", next_month(month, 1));
	g_autofree char *title = g_strdup_printf("%s %d", month_name(month.month), month.year);
	mustache_object_set_string(values, "month", title);
	const Page page = {.template_name = "calendar", .title = title, .section = "calendar", .values = values};
	return page_show(visit, &page, error);
}
