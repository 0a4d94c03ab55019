/* test-calendar.c - walks from business day to business day, over weekends and holidays.
 */
#include "calendar.h"

#include <glib.h>

static Day day_of(const char *text)
{
	Day day = DAY_NONE;
	g_assert_true(day_parse(text, &day));
	return day;
}

static Facts *make_facts(void)
{
	g_autoptr(Zone) zone = zone_load("America/New_York", NULL);
	Facts *facts = facts_new(zone);
	static const char *const holidays[] = {"2026-11-26", "2026-12-25", "2026-12-26", "2027-01-01"};
	for (guint i = 0; i < G_N_ELEMENTS(holidays); i++)
		facts_add_holiday(facts, day_of(holidays[i]));
	return facts;
}

static void test_steps(void)
{
	static const struct {
		const char *from;
		int count; /* 0: on or after; else the n-th after, or before where negative */
		const char *expected;
	} cases[] = {
		{"2026-11-19", 0, "2026-11-19"},  {"2026-11-21", 0, "2026-11-23"},  {"2026-11-26", 0, "2026-11-27"},
		{"2026-12-25", 0, "2026-12-28"},  {"2026-11-19", 1, "2026-11-20"},  {"2026-11-20", 1, "2026-11-23"},
		{"2026-11-25", 1, "2026-11-27"},  {"2026-11-21", 1, "2026-11-23"},  {"2026-11-20", 3, "2026-11-25"},
		{"2026-11-24", 5, "2026-12-02"},  {"2026-11-24", 2, "2026-11-27"},  {"2026-12-24", 1, "2026-12-28"},
		{"2026-12-31", 1, "2027-01-04"},  {"2026-11-20", -1, "2026-11-19"}, {"2026-11-23", -1, "2026-11-20"},
		{"2026-11-27", -1, "2026-11-25"}, {"2026-11-30", -3, "2026-11-24"}, {"2026-11-22", -1, "2026-11-20"},
		{"2026-12-28", -2, "2026-12-23"},
	};
	g_autoptr(Facts) facts = make_facts();
	Calendar calendar = calendar_of(facts);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		Day from = day_of(cases[i].from), got;
		if (cases[i].count == 0)
			got = calendar_on_or_after(&calendar, from);
		else if (cases[i].count > 0)
			got = calendar_nth_after(&calendar, from, cases[i].count);
		else
			got = calendar_nth_before(&calendar, from, -cases[i].count);
		char text[DAY_TEXT_BYTES];
		g_test_message("%s %d", cases[i].from, cases[i].count);
		g_assert_cmpstr(day_format(got, text), ==, cases[i].expected);
	}
}

/* Against the plain definition, day by day, over three years. */
static void test_same_as_counting(void)
{
	g_autoptr(Facts) facts = make_facts();
	Calendar calendar = calendar_of(facts);
	for (Day day = day_of("2026-01-01"); day < day_of("2028-12-31"); day++) {
		Day counted = day;
		for (int count = 1; count <= 6; count++) {
			do
				counted++;
			while (!facts_is_business_day(facts, counted));
			g_assert_cmpint(calendar_nth_after(&calendar, day, count), ==, counted);
			if (facts_is_business_day(facts, day))
				g_assert_cmpint(calendar_nth_before(&calendar, counted, count), ==, day);
		}
	}
}

static void test_clock(void)
{
	g_autoptr(Facts) facts = make_facts();
	Calendar calendar = calendar_of(facts);
	char text[STAMP_TEXT_BYTES];
	zone_format(facts->zone, calendar_at(&calendar, day_of("2026-11-02"), NINE_O_CLOCK), text);
	g_assert_cmpstr(text, ==, "2026-11-02T09:00:00-05:00");
	zone_format(facts->zone, calendar_at(&calendar, day_of("2026-10-30"), NINE_O_CLOCK), text);
	g_assert_cmpstr(text, ==, "2026-10-30T09:00:00-04:00");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plan/calendar/steps", test_steps);
	g_test_add_func("/plan/calendar/same-as-counting", test_same_as_counting);
	g_test_add_func("/plan/calendar/clock", test_clock);
	return g_test_run();
}
