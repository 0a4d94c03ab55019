/* test-when.c - dates as people say them, held against a table.
 *
 * The clock of the table stands at Thursday 19 November 2026, 15:30 in Phoenix.
 */
#include <app/when.h>

#include <base/error.h>
#include <glib.h>
#include <string.h>

static const struct {
	const char *text, *ahead, *back; /* back NULL: as ahead; ahead NULL: refused */
} cases[] = {
	{"2026-11-20T09:00", "2026-11-20T09:00:00-07:00", NULL},
	{"2026-11-20T09:00-05:00", "2026-11-20T07:00:00-07:00", NULL},
	{"2026-11-20", "2026-11-20", NULL},
	{"now", "2026-11-19T15:30:00-07:00", NULL},
	{"today", "2026-11-19", NULL},
	{"today 10am", "2026-11-19T10:00:00-07:00", NULL},
	{"tomorrow 10am", "2026-11-20T10:00:00-07:00", NULL},
	{"Tomorrow, 10:30 PM", "2026-11-20T22:30:00-07:00", NULL},
	{"10am tomorrow", "2026-11-20T10:00:00-07:00", NULL},
	{"yesterday noon", "2026-11-18T12:00:00-07:00", NULL},
	{"fri", "2026-11-20", "2026-11-13"},
	{"thu", "2026-11-26", "2026-11-19"},
	{"next thu", "2026-11-26", NULL},
	{"last thursday", "2026-11-12", NULL},
	{"on Wednesday at 14", "2026-11-25T14:00:00-07:00", "2026-11-18T14:00:00-07:00"},
	{"20 nov", "2026-11-20", "2025-11-20"},
	{"nov 20", "2026-11-20", "2025-11-20"},
	{"20th of November 2027", "2027-11-20", NULL},
	{"November 20, 2026 9.15", "2026-11-20T09:15:00-07:00", NULL},
	{"1 dec", "2026-12-01", "2025-12-01"},
	{"3 jan", "2027-01-03", "2026-01-03"},
	{"29 feb", "2028-02-29", "2024-02-29"},
	{"20.11.2026", "2026-11-20", NULL},
	{"1.12.", "2026-12-01", "2025-12-01"},
	{"in two weeks", "2026-12-03", NULL},
	{"in 3 days 9am", "2026-11-22T09:00:00-07:00", NULL},
	{"in a month", "2026-12-19", NULL},
	{"3 days ago", "2026-11-16", NULL},
	{"in 2 hours", "2026-11-19T17:30:00-07:00", NULL},
	{"90 minutes ago", "2026-11-19T14:00:00-07:00", NULL},
	{"next week", "2026-11-23", NULL},
	{"end of week", "2026-11-20", NULL},
	{"end of next week", "2026-11-27", NULL},
	{"by the end of next week", "2026-11-27", NULL},
	{"end of the month", "2026-11-30", NULL},
	{"14h30", "2026-11-19T14:30:00-07:00", NULL},
	{"midnight", "2026-11-19T00:00:00-07:00", NULL},
	{"12am", "2026-11-19T00:00:00-07:00", NULL},
	{"12pm", "2026-11-19T12:00:00-07:00", NULL},
	{"thu 26 nov 10:00", "2026-11-26T10:00:00-07:00", "refused"},
	{"Tuesday, Nov 24 at 10:00 AM", "2026-11-24T10:00:00-07:00", "refused"},
	{"24 nov, tuesday", "2026-11-24", "refused"},
	{"weds", "2026-11-25", "2026-11-18"},
	{"wednesday the 25th at 9", "2026-11-25T09:00:00-07:00", "refused"},
	{"the 25th", "2026-11-25", "2026-10-25"},
	{"19th", "2026-11-19", NULL},
	{"the 31st", "2026-12-31", "2026-10-31"},
	{"the day after tomorrow at 11", "2026-11-21T11:00:00-07:00", NULL},
	{"day before yesterday", "2026-11-17", NULL},
	{"a week from today 10am", "2026-11-26T10:00:00-07:00", NULL},
	{"two weeks from friday", "2026-12-04", "2026-11-27"},
	{"3 days from now", "2026-11-22", NULL},
	{"in a couple of weeks", "2026-12-03", NULL},
	{"next month", "2026-12-01", NULL},
	{"17/11", "2026-11-17", NULL},
	{"11/17 3:30pm", "2026-11-17T15:30:00-07:00", NULL},
	{"24/11/2026 15:30", "2026-11-24T15:30:00-07:00", NULL},
	{"24/11/26", "2026-11-24", NULL},
	{"24-11-2026", "2026-11-24", NULL},
	{"12/12", "2026-12-12", "2025-12-12"},
	{"2026/11/24 10:00", "2026-11-24T10:00:00-07:00", NULL},
	{"24.11 9:30", "2026-11-24T09:30:00-07:00", "2025-11-24T09:30:00-07:00"},
	{"24.11. at 10", "2026-11-24T10:00:00-07:00", "2025-11-24T10:00:00-07:00"},
	{"20 nov at 3", "2026-11-20T15:00:00-07:00", "2025-11-20T15:00:00-07:00"},
	{"tomorrow 3:30", "2026-11-20T15:30:00-07:00", NULL},
	{"tomorrow 03:30", "2026-11-20T03:30:00-07:00", NULL},
	{"tomorrow 3h", "2026-11-20T03:00:00-07:00", NULL},
	{"tomorrow at 7", "2026-11-20T07:00:00-07:00", NULL},
	{"tomorrow evening at 7", "2026-11-20T19:00:00-07:00", NULL},
	{"tomorrow morning at 9", "2026-11-20T09:00:00-07:00", NULL},
	{"tomorrow morning at 6", "2026-11-20T06:00:00-07:00", NULL},
	{"tomorrow night at 1am", "2026-11-20T01:00:00-07:00", NULL},
	{"tomorrow at 4 in the afternoon", "2026-11-20T16:00:00-07:00", NULL},
	{"at 11 tonight", "2026-11-19T23:00:00-07:00", NULL},
	{"this morning", "2026-11-19", NULL},
	{"tomorrow @ 10am", "2026-11-20T10:00:00-07:00", NULL},
	{"", NULL, NULL},
	{"fri 19 nov", NULL, NULL},
	{"thu fri", NULL, NULL},
	{"13/14", NULL, NULL},
	{"0/5", NULL, NULL},
	{"31/11", NULL, NULL},
	{"the 32nd", NULL, NULL},
	{"10am EST", NULL, NULL},
	{"a week from", NULL, NULL},
	{"from now", NULL, NULL},
	{"3 hours from friday", NULL, NULL},
	{"day after", NULL, NULL},
	{"in the", NULL, NULL},
	{"///", NULL, NULL},
	{"1/", NULL, NULL},
	{"soon", NULL, NULL},
	{"3/4", NULL, NULL},
	{"31 nov", NULL, NULL},
	{"2026-02-30", NULL, NULL},
	{"25:00", NULL, NULL},
	{"13pm", NULL, NULL},
	{"fri sat", NULL, NULL},
	{"9am 10am", NULL, NULL},
	{"monday morning 10pm", NULL, NULL},
	{"this afternoon 9am", NULL, NULL},
	{"tonight at 9:30am", NULL, NULL},
	{"9999-01-01", NULL, NULL},
	{"1 jan 9999", NULL, NULL},
	{"20 nov tomorrow", NULL, NULL},
	{"10", NULL, NULL},
	{"in 99999999999 days", NULL, NULL},
};

static int64_t instant(const Zone *zone, const char *text)
{
	Stamp stamp = {0};
	g_assert_true(stamp_parse(text, &stamp));
	return zone_resolve(zone, stamp);
}

static void check(const Zone *zone, const char *text, WhenDirection direction, const char *expected)
{
	g_autoptr(GError) error = NULL;
	When when = {0};
	char shown[STAMP_TEXT_BYTES] = "refused";
	int64_t now = instant(zone, "2026-11-19T15:30");
	bool good = when_parse(text, zone, now, direction, &when, &error);
	if (good && when.has_time)
		zone_format(zone, when.at, shown);
	else if (good)
		day_format(when.day, shown);
	g_test_message("\"%s\" is %s%s%s", text, shown, error == NULL ? "" : ": ", error == NULL ? "" : error->message);
	g_assert_cmpstr(shown, ==, expected == NULL ? "refused" : expected);
	g_assert_true(good || g_error_matches(error, BASE_ERROR, BASE_ERROR_INVALID));
}

static void test_table(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Zone) zone = zone_load("America/Phoenix", &error);
	g_assert_no_error(error);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		check(zone, cases[i].text, WHEN_AHEAD, cases[i].ahead);
		check(zone, cases[i].text, WHEN_BACK, cases[i].back == NULL ? cases[i].ahead : cases[i].back);
	}
}

static void test_durations(void)
{
	static const struct {
		const char *text;
		int64_t minutes; /* 0: refused */
	} durations[] = {{"45m", 45},  {"1h", 60}, {"1h30", 90}, {"1h 15m", 75}, {"90 minutes", 90},
					 {"1.5h", 90}, {"", 0},    {"0m", 0},    {"25h", 0},     {"ten", 0},
					 {"-1h", 0},   {"1x", 0},  {"nan", 0},   {"1e9h", 0},    {"2 hours", 120}};
	for (size_t i = 0; i < G_N_ELEMENTS(durations); i++) {
		int64_t seconds = 0;
		g_test_message("%s", durations[i].text);
		g_assert_cmpint(duration_parse(durations[i].text, &seconds, NULL), ==, durations[i].minutes != 0);
		g_assert_cmpint(seconds, ==, durations[i].minutes * 60);
	}
}

static void test_saying(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Zone) zone = zone_load("America/Phoenix", &error);
	g_assert_no_error(error);
	static const char *const said[][2] = {
		{"2026-11-19T09:00", "today, 09:00"},
		{"2026-11-20T09:00", "tomorrow, 09:00"},
		{"2026-11-18T23:59", "yesterday, 23:59"},
		{"2026-11-24T12:00", "Tuesday 24 November, 12:00"},
		{"2027-01-04T12:00", "Monday 4 January, 12:00"},
		{"2027-06-01T12:00", "Tuesday 1 June 2027, 12:00"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(said); i++) {
		g_autofree char *text = when_say(zone, instant(zone, said[i][0]), instant(zone, "2026-11-19T15:30"));
		g_assert_cmpstr(text, ==, said[i][1]);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/app/when/table", test_table);
	g_test_add_func("/app/when/durations", test_durations);
	g_test_add_func("/app/when/saying", test_saying);
	return g_test_run();
}
