/* calendar-zone.c - which changes a zone has in some years, and the yearly rules behind them.
 *
 * Asks the zone and nothing else.  A rule is only written where it gives exactly the changes of the coming years: some
 * readers want rules, but a wrong one is worse than a list.
 */
#include "calendar-zone.h"

#include "content-write.h"

#include <stdlib.h>

enum { YEARS_TRIED = 12, CHANGES_MAX = 200 };

/* The clocks go from one offset to another. */
typedef struct Change {
	int64_t at;
	int before, after; /* seconds east */
} Change;

/* "the second Sunday of March at 02:00", by the clock before the change. */
typedef struct Rule {
	int month, weekday;
	int nth; /* 1 to 4, or -1: the last */
	int second;
} Rule;

/* The instant of the one change between two instants at which the offsets differ. */
static int64_t find_change(const Zone *zone, int64_t from, int64_t until)
{
	int before = zone_offset_at(zone, from);
	while (until - from > 1) {
		int64_t middle = from + (until - from) / 2;
		if (zone_offset_at(zone, middle) == before)
			from = middle;
		else
			until = middle;
	}
	return until;
}

static GArray *list_changes(const Zone *zone, int64_t from, int64_t until)
{
	GArray *changes = g_array_new(FALSE, FALSE, sizeof(Change));
	int before = zone_offset_at(zone, from);
	for (int64_t at = from; at < until && changes->len < CHANGES_MAX; at += DAY_SECONDS) {
		int after = zone_offset_at(zone, at + DAY_SECONDS);
		if (after == before)
			continue;
		Change change = {find_change(zone, at, at + DAY_SECONDS), before, after};
		g_array_append_val(changes, change);
		before = after;
	}
	return changes;
}

/* The local day of a change, by the clock before it, and the second of that day. */
static Day day_of(const Change *change, int *ret_second)
{
	int64_t local = change->at + change->before;
	int64_t day = local / DAY_SECONDS - (local % DAY_SECONDS < 0);
	*ret_second = (int)(local - day * DAY_SECONDS);
	return (Day)day;
}

static bool is_last_of_month(Civil date)
{
	return !civil_is_valid(date.year, date.month, date.day + 7);
}

/* Whether the change of a year is the rule's; *rule is made from the first. */
static bool follows_rule(const Change *change, bool first, Rule *rule)
{
	int second = 0;
	Day day = day_of(change, &second);
	Civil date = civil_from_day(day);
	int nth = (date.day - 1) / 7 + 1, weekday = day_weekday(day);
	if (first) {
		*rule = (Rule){date.month, weekday, nth >= 4 && is_last_of_month(date) ? -1 : nth, second};
		return true;
	}
	bool same_week = rule->nth == -1 ? is_last_of_month(date) : rule->nth == nth;
	return date.month == rule->month && weekday == rule->weekday && second == rule->second && same_week;
}

/* The rule of the changes that stand at `first`, `first` + 2, and so on: each year's. A fourth week that was the last
 * of its month by chance is tried as the fourth too. */
static bool find_rule(const GArray *changes, guint first, Rule *ret_rule)
{
	Rule rule = {0};
	const Change *model = &g_array_index(changes, Change, first);
	(void)follows_rule(model, true, &rule);
	for (int tries = 0; tries < 2; tries++) {
		bool good = true;
		for (guint i = first; i < changes->len && good; i += 2) {
			const Change *change = &g_array_index(changes, Change, i);
			good =
				change->before == model->before && change->after == model->after && follows_rule(change, false, &rule);
		}
		*ret_rule = rule;
		if (good)
			return true;
		rule.nth = 4;
	}
	return false;
}

static void append_offset(GString *out, const char *name, int offset)
{
	int all = abs(offset);
	g_string_append_printf(out, "%s:%c%02d%02d", name, offset < 0 ? '-' : '+', all / 3600, all / 60 % 60);
	if (all % 60 != 0)
		g_string_append_printf(out, "%02d", all % 60);
	g_string_append(out, "\r\n");
}

/* One part of the definition; rule NULL: it holds from that moment once. */
static void append_part(GString *out, const Change *change, bool summer, const Rule *rule)
{
	static const char *const days[] = {"", "MO", "TU", "WE", "TH", "FR", "SA", "SU"};
	const char *kind = summer ? "DAYLIGHT" : "STANDARD";
	int second = 0;
	Civil date = civil_from_day(day_of(change, &second));
	g_string_append_printf(
		out, "BEGIN:%s\r\nDTSTART:%04d%02d%02dT%02d%02d%02d\r\n", kind, date.year, date.month, date.day, second / 3600,
		second / 60 % 60, second % 60);
	append_offset(out, "TZOFFSETFROM", change->before);
	append_offset(out, "TZOFFSETTO", change->after);
	if (rule != NULL)
		g_string_append_printf(
			out, "RRULE:FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s\r\n", rule->month, rule->nth, days[rule->weekday]);
	g_string_append_printf(out, "END:%s\r\n", kind);
}

/* Two changes a year, each by a rule that holds for years: DTSTART is then the first of each. */
static bool append_rules(GString *out, const GArray *changes)
{
	Rule rules[2];
	if (changes->len < 2 * YEARS_TRIED - 1 || !find_rule(changes, 0, &rules[0]) || !find_rule(changes, 1, &rules[1]))
		return false;
	for (guint i = 0; i < 2; i++) {
		const Change *change = &g_array_index(changes, Change, i);
		append_part(out, change, change->after > change->before, &rules[i]);
	}
	return true;
}

static void append_list(GString *out, const GArray *changes, int64_t from, int64_t until, int offset)
{
	const Change begin = {from, offset, offset};
	append_part(out, &begin, false, NULL);
	for (guint i = 0; i < changes->len; i++) {
		const Change *change = &g_array_index(changes, Change, i);
		if (change->at <= until)
			append_part(out, change, change->after > change->before, NULL);
	}
}

void calendar_append_zone(GString *out, const Zone *zone, int64_t from, int64_t until)
{
	/* From the new year before that, so that the same definition stands with all events of a year. */
	Civil first = civil_from_day(zone_to_day(zone, from, NULL));
	int64_t begin = zone_to_instant(zone, civil_to_day((Civil){first.year - 1, 1, 1}), 0);
	int64_t end = MAX(until, begin) + (int64_t)YEARS_TRIED * 366 * DAY_SECONDS;
	g_autoptr(GArray) changes = list_changes(zone, begin, end);
	g_string_append(out, "BEGIN:VTIMEZONE\r\n");
	content_append_property(out, "TZID", zone_get_name(zone));
	if (!append_rules(out, changes))
		append_list(out, changes, begin, until, zone_offset_at(zone, begin));
	g_string_append(out, "END:VTIMEZONE\r\n");
}
