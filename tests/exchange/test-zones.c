/* test-zones.c - what zones are called, and the bound on what rules may cost.
 */
#include "recur.h"
#include "zone-name.h"

#include <string.h>

static void test_names(void)
{
	static const char *const cases[][2] = {
		{"Eastern Standard Time", "America/New_York"},
		{"eastern standard time", "America/New_York"},
		{"W. Europe Standard Time", "Europe/Berlin"},
		{"Central Standard Time (Mexico)", "America/Mexico_City"},
		{"UTC", "UTC"},
		{"UTC-11", "Etc/GMT+11"},
		{"tzone://Microsoft/Utc", "UTC"},
		{"tzone://Microsoft/Custom", NULL},
		{"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "Europe/Brussels"},
		{"(GMT-06.00) Central Time (US & Canada)", "America/Chicago"},
		{"(UTC) Dublin, Edinburgh, Lisbon, London", "Europe/Dublin"},
		{"(GMT+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"},
		{"Eastern", "America/New_York"},
		{"PDT", "America/Los_Angeles"},
		{"US/Pacific", "America/Los_Angeles"},
		{"america/new_york", "America/New_York"},
		{"America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"},
		{"/freeassociation.example/Tzfile/America/New_York", "America/New_York"},
		{"/globex.example/Olson_1/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"},
		{"right/Europe/Berlin", "Europe/Berlin"},
		{"../../etc/passwd", NULL},
		{"Nowhere", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i][0]);
		g_autoptr(Zone) zone = zone_find_by_name(cases[i][0]);
		g_assert_cmpstr(zone == NULL ? NULL : zone_get_name(zone), ==, cases[i][1]);
	}
}

/* The table is searched by halves: each name must be found, and what it gives must be a zone. */
static void test_table(void)
{
	static const char *const names[] = {
		"AUS Central Standard Time",
		"Yukon Standard Time",
		"(US",
		"Z",
		"Zulu",
		"Aleutian Standard Time",
		"UTC+13",
		"Brasília",
		"Nuku'alofa",
		"Western European",
		"Pacific Time (US & Canada); Tijuana",
		"Abu Dhabi",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *found = zone_table_find(names[i]);
		g_assert_true((found == NULL) == (strcmp(names[i], "(US") == 0));
	}
	for (const char *const *name = zone_table_get_common(); *name != NULL; name++) {
		g_autoptr(Zone) zone = zone_load(*name, NULL);
		g_assert_nonnull(zone);
	}
}

static void test_offsets(void)
{
	static const struct {
		const char *name;
		int offset; /* in minutes; -1 where there is none */
	} cases[] = {
		{"UTC+2", 120}, {"GMT-0530", -330}, {"(UTC-05:00) Somewhere", -300},
		{"GMT", 0},     {"+0100", 60},      {"(GMT) Here", 0},
		{"GMT+99", -1}, {"Gmtrain", -1},    {"", -1},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		int offset = 0;
		bool found = zone_name_find_offset(cases[i].name, &offset);
		g_assert_cmpint(found ? offset / 60 : -1, ==, cases[i].offset);
	}
}

static void test_rules(void)
{
	static const struct {
		const char *rule;
		RecurKind kind;
	} cases[] = {
		{"FREQ=WEEKLY;BYDAY=MO,TU;WKST=SU", RECUR_DAYS},
		{"freq=daily", RECUR_DAYS},
		{"FREQ=YEARLY;BYHOUR=2;BYMINUTE=0;BYDAY=-1SU;BYMONTH=10", RECUR_DAYS},
		{"FREQ=HOURLY", RECUR_OTHER},
		{"FREQ=DAILY;BYHOUR=9,17", RECUR_OTHER},
		{"FREQ=YEARLY;BYWEEKNO=20", RECUR_OTHER},
		{"RSCALE=CHINESE;FREQ=YEARLY", RECUR_OTHER},
		{"W1 MO WE #5", RECUR_OTHER},
		{"FREQ=SOMETIMES", RECUR_BAD},
		{"", RECUR_BAD},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].rule);
		RecurRule rule;
		g_assert_cmpint(recur_parse(cases[i].rule, &rule), ==, cases[i].kind);
	}
}

static void test_budget(void)
{
	RecurRule rule;
	g_assert_cmpint(recur_parse("FREQ=YEARLY;BYDAY=MO;BYSETPOS=300", &rule), ==, RECUR_DAYS);
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(Day));
	int64_t budget = 10000;
	recur_list(&rule, (RecurSpan){0, 1, 1000000, 10}, &budget, days);
	g_assert_cmpuint(days->len, ==, 0);
	g_assert_cmpint(budget, <=, 0);
	g_assert_cmpint(budget, >, -1000);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/exchange/zones/names", test_names);
	g_test_add_func("/exchange/zones/table", test_table);
	g_test_add_func("/exchange/zones/offsets", test_offsets);
	g_test_add_func("/exchange/zones/rules", test_rules);
	g_test_add_func("/exchange/zones/budget", test_budget);
	return g_test_run();
}
