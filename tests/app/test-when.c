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
	{"", NULL, NULL},
	{"soon", NULL, NULL},
	{"3/4", NULL, NULL},
	{"31 nov", NULL, NULL},
	{"2026-02-30", NULL, NULL},
	{"25:00", NULL, NULL},
	{"13pm", NULL, NULL},
	{"fri sat", NULL, NULL},
	{"9am 10am", NULL, NULL},
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
	} durations[] = {{"45m", 45},    {"1h", 60}, {"1h30", 90}, {"1h 15m", 75}, {"90 minutes", 90},
	                 {"1.5h", 90},   {"", 0},    {"0m", 0},    {"25h", 0},     {"ten", 0},
	                 {"-1h", 0},     {"1x", 0},  {"nan", 0},   {"1e9h", 0},    {"2 hours", 120}};
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
