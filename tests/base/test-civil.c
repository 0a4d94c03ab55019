/* test-civil.c - days, stamps and their texts.
 *
 * Every day of the calendar is walked through once; texts are tables of good and bad ones.
 */
#include <base/civil.h>
#include <glib.h>
#include <string.h>

static void test_every_day(void)
{
	Civil expected = {1, 1, 1};
	Day first = civil_to_day(expected);
	int weekday = 1; /* 0001-01-01 was a Monday */
	for (Day day = first; expected.year <= 9999; day++) {
		Civil civil = civil_from_day(day);
		g_assert_true(civil.year == expected.year && civil.month == expected.month && civil.day == expected.day);
		g_assert_cmpint(civil_to_day(civil), ==, day);
		g_assert_cmpint(day_weekday(day), ==, weekday);
		weekday = weekday % 7 + 1;
		expected.day++;
		if (civil_is_valid(expected.year, expected.month, expected.day))
			continue;
		expected =
			expected.month == 12 ? (Civil){expected.year + 1, 1, 1} : (Civil){expected.year, expected.month + 1, 1};
	}
}

static void test_fixed_days(void)
{
	g_assert_cmpint(civil_to_day((Civil){1970, 1, 1}), ==, 0);
	g_assert_cmpint(civil_to_day((Civil){2000, 3, 1}), ==, 11017);
	g_assert_cmpint(civil_to_day((Civil){2026, 11, 17}), ==, 20774);
	g_assert_cmpint(day_weekday(20774), ==, 2);
	g_assert_cmpint(day_weekday(-1), ==, 3);
	g_assert_true(civil_is_valid(2000, 2, 29));
	g_assert_false(civil_is_valid(1900, 2, 29));
	g_assert_false(civil_is_valid(0, 1, 1));
	g_assert_false(civil_is_valid(2026, 13, 1));
	g_assert_false(civil_is_valid(2026, 4, 31));
}

static void test_day_parse(void)
{
	static const char *const bad[] = {
		"",           "2026",       "2026-11",    "2026-11-1",   "2026-11-17 ",      " 2026-11-17", "2026-11-17T10:00",
		"2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00",  "0000-01-01",       "26-11-17",    "2026/11/17",
		"+026-11-17", "2026-1 -17", "20261117",   "12026-11-17", "2026-11-\xd9\xa1", "tomorrow",
	};
	char buffer[DAY_TEXT_BYTES];
	Day day = 5;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_test_message("%s", bad[i]);
		g_assert_false(day_parse(bad[i], &day));
	}
	g_assert_cmpint(day, ==, 5);
	g_assert_true(day_parse("2028-02-29", &day));
	g_assert_cmpstr(day_format(day, buffer), ==, "2028-02-29");
	g_assert_true(day_parse("0001-01-01", &day));
	g_assert_cmpstr(day_format(day, buffer), ==, "0001-01-01");
	g_assert_true(day_parse("9999-12-31", &day));
	g_assert_cmpstr(day_format(day, buffer), ==, "9999-12-31");
	g_assert_cmpstr(day_format(DAY_NONE, buffer), ==, "0001-01-01");
	g_assert_cmpstr(day_format(INT32_MAX, buffer), ==, "9999-12-31");
}

static const struct {
	const char *text;
	int second;
	bool has_offset;
	int offset;
} GOOD_STAMPS[] = {
	{"2026-11-17T10:00", 36000, false, 0},
	{"2026-11-17 10:00", 36000, false, 0},
	{"2026-11-17T10:00:07", 36007, false, 0},
	{"2026-11-17T10:00:07.999", 36007, false, 0},
	{"2026-11-17T23:59:60", 86399, false, 0},
	{"2026-11-17T00:00Z", 0, true, 0},
	{"2026-11-17T10:00:00-07:00", 36000, true, -25200},
	{"2026-11-17T10:00:00.5+05:45", 36000, true, 20700},
	{"2026-11-17T10:00+0530", 36000, true, 19800},
	{"2026-11-17T10:00+02", 36000, true, 7200},
	{"2026-11-17T10:00-00:00", 36000, true, 0},
};

static void test_stamp_parse(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(GOOD_STAMPS); i++) {
		Stamp stamp;
		g_test_message("%s", GOOD_STAMPS[i].text);
		g_assert_true(stamp_parse(GOOD_STAMPS[i].text, &stamp));
		g_assert_cmpint(stamp.day, ==, 20774);
		g_assert_cmpint(stamp.second, ==, GOOD_STAMPS[i].second);
		g_assert_true(stamp.has_offset == GOOD_STAMPS[i].has_offset);
		g_assert_cmpint(stamp.offset, ==, GOOD_STAMPS[i].offset);
	}
}

static void test_stamp_refuse(void)
{
	static const char *const bad[] = {
		"",
		"2026-11-17",
		"2026-11-17T",
		"2026-11-17T10",
		"2026-11-17T10:0",
		"2026-11-17T1:00",
		"2026-11-17T24:00",
		"2026-11-17T10:60",
		"2026-11-17T10:00:61",
		"2026-11-17T10:00:",
		"2026-11-17T10:00:0",
		"2026-11-17T10:00:00.",
		"2026-11-17T10:00.5",
		"2026-11-17T10:00z",
		"2026-11-17T10:00ZZ",
		"2026-11-17T10:00 ",
		"2026-11-17T10:00+",
		"2026-11-17T10:00+2",
		"2026-11-17T10:00+24:00",
		"2026-11-17T10:00+02:60",
		"2026-11-17T10:00+02:000",
		"2026-11-17T10:00+02:",
		"2026-02-30T10:00",
		"2026-11-17t10:00",
		"2026-11-17  10:00",
		"10:00",
	};
	Stamp stamp;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_test_message("%s", bad[i]);
		g_assert_false(stamp_parse(bad[i], &stamp));
	}
}

static const struct {
	int64_t at;
	int offset;
	const char *text;
} WRITTEN_STAMPS[] = {
	{0, 0, "1970-01-01T00:00:00+00:00"},
	{-1, 0, "1969-12-31T23:59:59+00:00"},
	{1794934800, -25200, "2026-11-17T10:00:00-07:00"},
	{1794934800, 20700, "2026-11-17T22:45:00+05:45"},
	{INT64_MIN, -3600, "0001-01-01T21:13:20-01:00"},
	{INT64_MAX, 3600, "9999-12-31T02:46:40+01:00"},
};

static void test_stamp_format(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(WRITTEN_STAMPS); i++) {
		char buffer[STAMP_TEXT_BYTES];
		int length = stamp_format(WRITTEN_STAMPS[i].at, WRITTEN_STAMPS[i].offset, buffer);
		g_assert_cmpstr(buffer, ==, WRITTEN_STAMPS[i].text);
		g_assert_cmpint(length, ==, (int)strlen(buffer));
	}
}

static void test_names(void)
{
	g_assert_cmpstr(weekday_name(1), ==, "Monday");
	g_assert_cmpstr(weekday_name(7), ==, "Sunday");
	g_assert_cmpstr(month_name(11), ==, "November");
	g_assert_null(weekday_name(0));
	g_assert_null(month_name(13));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/civil/every-day", test_every_day);
	g_test_add_func("/civil/fixed-days", test_fixed_days);
	g_test_add_func("/civil/day-parse", test_day_parse);
	g_test_add_func("/civil/stamp-parse", test_stamp_parse);
	g_test_add_func("/civil/stamp-refuse", test_stamp_refuse);
	g_test_add_func("/civil/stamp-format", test_stamp_format);
	g_test_add_func("/civil/names", test_names);
	return g_test_run();
}
