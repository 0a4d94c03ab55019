/* test-zone.c - names, offsets and wall clocks of known zones, and zone files of our own.
 *
 * The rules at the end of a file are tried one by one, and a real file is damaged byte by byte.  Every zone there is,
 * is compared with Python's by compare-zones.
 */
#include <base/error.h>
#include <base/zone.h>
#include <stdio.h>
#include <string.h>

static Zone *load(const char *name)
{
	g_autoptr(GError) error = NULL;
	Zone *zone = zone_load(name, &error);
	g_assert_no_error(error);
	return zone;
}

static int64_t at_utc(const char *text)
{
	Stamp stamp;
	g_assert_true(stamp_parse(text, &stamp));
	return (int64_t)stamp.day * DAY_SECONDS + stamp.second - stamp.offset;
}

static void test_names(void)
{
	static const char *const bad[] = {
		"",
		"Mars/Olympus",
		"+02:00",
		"+0200",
		"../../../etc/passwd",
		"/etc/passwd",
		"America",
		"America/",
		"America//New_York",
		"posixrules",
		"localtime",
		"tzdata.zi",
		"leapseconds",
		"zone.tab",
		"posix/UTC",
		"right/UTC",
		"Europe/../UTC",
		"UTC\n",
		"-UTC",
		"america/phoenix\x1b[0m",
		"Europe Paris",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		g_test_message("%s", bad[i]);
		g_assert_null(zone_load(bad[i], &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_null(strpbrk(error->message, "\n\x1b"));
	}
	g_autoptr(GError) error = NULL;
	g_assert_null(zone_load("Mars/Olympus", &error));
	g_assert_cmpstr(
		error->message, ==,
		"The time zone \"Mars/Olympus\" does not exist; one like \"America/New_York\" is expected.");
	g_autoptr(Zone) utc = load("UTC");
	g_assert_cmpstr(zone_get_name(utc), ==, "UTC");
	g_autoptr(Zone) fixed = load("Etc/GMT+5");
	g_assert_cmpint(zone_offset_at(fixed, 0), ==, -18000);
}

static const struct {
	const char *zone, *at;
	int offset;
} OFFSETS[] = {
	{"America/Phoenix", "2026-07-01T00:00Z", -25200},
	{"America/New_York", "2026-03-08T06:59:59Z", -18000},
	{"America/New_York", "2026-03-08T07:00:00Z", -14400},
	{"America/New_York", "2026-11-01T05:59:59Z", -14400},
	{"America/New_York", "2026-11-01T06:00:00Z", -18000},
	{"America/New_York", "2150-07-01T00:00Z", -14400},
	{"America/New_York", "2199-12-31T23:59Z", -18000},
	{"Europe/Dublin", "2037-07-01T00:00Z", 3600},
	{"Europe/Dublin", "2038-01-15T00:00Z", 0},
	{"Europe/Dublin", "2038-07-01T00:00Z", 3600},
	{"Europe/Dublin", "2198-07-01T00:00Z", 3600},
	{"Asia/Kathmandu", "2026-01-01T00:00Z", 20700},
	{"Australia/Lord_Howe", "2060-01-01T00:00Z", 39600},
	{"Australia/Lord_Howe", "2060-07-01T00:00Z", 37800},
	{"Pacific/Apia", "2011-12-30T09:59:59Z", -36000},
	{"Pacific/Apia", "2011-12-30T10:00:00Z", 50400},
	{"UTC", "1970-01-01T00:00Z", 0},
	{"America/New_York", "1970-01-01T00:00Z", -18000},
};

static void test_offsets(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(OFFSETS); i++) {
		g_autoptr(Zone) zone = load(OFFSETS[i].zone);
		g_test_message("%s %s", OFFSETS[i].zone, OFFSETS[i].at);
		g_assert_cmpint(zone_offset_at(zone, at_utc(OFFSETS[i].at)), ==, OFFSETS[i].offset);
	}
}

/* A wall-clock time in a zone, and the instant it stands for as that zone writes it. */
static const struct {
	const char *name, *zone, *wall, *instant;
} WALLS[] = {
	{"plain", "America/Phoenix", "2026-11-17T10:00", "2026-11-17T10:00:00-07:00"},
	{"own offset", "America/Phoenix", "2026-11-17T10:00Z", "2026-11-17T03:00:00-07:00"},
	{"skipped", "America/New_York", "2026-03-08T02:30", "2026-03-08T03:30:00-04:00"},
	{"just before the gap", "America/New_York", "2026-03-08T01:59:59", "2026-03-08T01:59:59-05:00"},
	{"first of the gap", "America/New_York", "2026-03-08T02:00", "2026-03-08T03:00:00-04:00"},
	{"after the gap", "America/New_York", "2026-03-08T03:00", "2026-03-08T03:00:00-04:00"},
	{"twice", "America/New_York", "2026-11-01T01:30", "2026-11-01T01:30:00-04:00"},
	{"after the overlap", "America/New_York", "2026-11-01T02:00", "2026-11-01T02:00:00-05:00"},
	{"half an hour", "Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T02:45:00+11:00"},
	{"a day that never was", "Pacific/Apia", "2011-12-30T12:00", "2011-12-31T12:00:00+14:00"},
	{"far skipped", "Europe/Paris", "2199-03-31T02:30", "2199-03-31T03:30:00+02:00"},
	{"far twice", "Europe/Paris", "2199-10-27T02:30", "2199-10-27T02:30:00+02:00"},
};

static void test_walls(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(WALLS); i++) {
		g_autoptr(Zone) zone = load(WALLS[i].zone);
		Stamp stamp;
		char buffer[STAMP_TEXT_BYTES];
		g_test_message("%s", WALLS[i].name);
		g_assert_true(stamp_parse(WALLS[i].wall, &stamp));
		int length = zone_format(zone, zone_resolve(zone, stamp), buffer);
		g_assert_cmpstr(buffer, ==, WALLS[i].instant);
		g_assert_cmpint(length, ==, (int)strlen(buffer));
	}
}

static void test_days(void)
{
	g_autoptr(Zone) zone = load("America/Phoenix");
	int second = -1;
	Day day = zone_to_day(zone, at_utc("2026-11-18T06:59:59Z"), &second);
	g_assert_cmpint(day, ==, 20774);
	g_assert_cmpint(second, ==, 86399);
	g_assert_cmpint(zone_to_day(zone, at_utc("2026-11-18T07:00:00Z"), NULL), ==, 20775);
	g_assert_cmpint(zone_to_day(zone, at_utc("1970-01-01T06:00:00Z"), &second), ==, -1);
	g_assert_cmpint(second, ==, 82800);
}

/* The environment's own zone is nobody's business here. */
static void test_environment(void)
{
	g_setenv("TZ", "Asia/Tokyo", TRUE);
	g_autoptr(Zone) zone = load("America/Phoenix");
	g_assert_cmpint(zone_offset_at(zone, 0), ==, -25200);
	g_unsetenv("TZ");
}

/* A folder of our own with one file, "Test", as the database. */
static char *make_folder(void)
{
	char *folder = g_dir_make_tmp("zones-XXXXXX", NULL);
	g_setenv("TZDIR", folder, TRUE);
	return folder;
}

static void write_zone(const char *folder, const void *bytes, size_t length)
{
	g_autofree char *path = g_build_filename(folder, "Test", NULL);
	g_assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

static void remove_folder(const char *folder)
{
	g_autofree char *path = g_build_filename(folder, "Test", NULL);
	g_unsetenv("TZDIR");
	g_assert_cmpint(remove(path), ==, 0);
	g_assert_cmpint(remove(folder), ==, 0);
}

static GByteArray *make_zone(const char *rule)
{
	static const guint8 header[44] = {'T', 'Z', 'i', 'f', '2', [39] = 1, [43] = 1};
	static const guint8 type[7] = {0, 0, 0x0e, 0x10, 0, 0, 0}; /* an hour east, and an empty abbreviation */
	GByteArray *file = g_byte_array_new();
	for (int i = 0; i < 2; i++) {
		g_byte_array_append(file, header, sizeof header);
		g_byte_array_append(file, type, sizeof type);
	}
	g_byte_array_append(file, (const guint8 *)"\n", 1);
	g_byte_array_append(file, (const guint8 *)rule, (guint)strlen(rule));
	g_byte_array_append(file, (const guint8 *)"\n", 1);
	return file;
}

/* The rule, and the offsets it gives in 2027 on 1 January, 1 March, 1 July; bad rules have no offsets. */
static const struct {
	const char *rule;
	bool good;
	int january, march, july;
} RULES[] = {
	{"", true, 3600, 3600, 3600},
	{"XXX-1", true, 3600, 3600, 3600},
	{"XXX-1YYY,M4.1.0,M10.5.0", true, 3600, 3600, 7200},
	{"XXX-1YYY-3,M4.1.0,M10.5.0/3", true, 3600, 3600, 10800},
	{"<+01>-1<+02>,J60/0,J300", true, 3600, 7200, 7200},
	{"XXX-1YYY,59/0,300", true, 3600, 7200, 7200},
	{"XXX-1YYY,60/0,300", true, 3600, 3600, 7200},
	{"XXX-1YYY0,M10.5.0,M3.5.0/1", true, 0, 0, 3600},
	{"XXX-1YYY,0/0,J365/25", true, 7200, 7200, 7200},
	{"XXX-1YYY,M2.5.0/26,M10.5.0", true, 3600, 7200, 7200},
	{"XXX", false, 0, 0, 0},
	{"-1", false, 0, 0, 0},
	{"<+01-1", false, 0, 0, 0},
	{"XXX-200", false, 0, 0, 0},
	{"XXX-1:", false, 0, 0, 0},
	{"XXX-1YYY", false, 0, 0, 0},
	{"XXX-1YYY,M13.1.0,M10.5.0", false, 0, 0, 0},
	{"XXX-1YYY,M4.6.0,M10.5.0", false, 0, 0, 0},
	{"XXX-1YYY,M4.1.7,M10.5.0", false, 0, 0, 0},
	{"XXX-1YYY,J0,J300", false, 0, 0, 0},
	{"XXX-1YYY,J60,J366", false, 0, 0, 0},
	{"XXX-1YYY,M4.1.0,M10.5.0/", false, 0, 0, 0},
	{"XXX-1YYY,M4.1.0,M10.5.0 ", false, 0, 0, 0},
	{"XXX-1YYY,M4.1.0", false, 0, 0, 0},
};

static void test_rules(void)
{
	g_autofree char *folder = make_folder();
	for (size_t i = 0; i < G_N_ELEMENTS(RULES); i++) {
		g_autoptr(GByteArray) file = make_zone(RULES[i].rule);
		write_zone(folder, file->data, file->len);
		g_autoptr(Zone) zone = zone_load("Test", NULL);
		g_test_message("%s", RULES[i].rule);
		g_assert_true((zone != NULL) == RULES[i].good);
		if (zone == NULL)
			continue;
		g_assert_cmpint(zone_offset_at(zone, at_utc("2027-01-01T12:00Z")), ==, RULES[i].january);
		g_assert_cmpint(zone_offset_at(zone, at_utc("2027-03-01T12:00Z")), ==, RULES[i].march);
		g_assert_cmpint(zone_offset_at(zone, at_utc("2027-07-01T12:00Z")), ==, RULES[i].july);
	}
	remove_folder(folder);
}

/* Cut short anywhere, or with any byte changed, a file is refused or read, and nothing else. */
static void test_damage(void)
{
	g_autofree char *bytes = NULL;
	gsize length = 0;
	if (!g_file_get_contents("/usr/share/zoneinfo/Europe/Dublin", &bytes, &length, NULL)) {
		g_test_skip("no time zone database here");
		return;
	}
	g_autofree char *folder = make_folder();
	for (gsize cut = 0; cut < length; cut += cut < 100 || cut > length - 100 ? 1 : 37) {
		write_zone(folder, bytes, cut);
		g_assert_null(zone_load("Test", NULL));
	}
	for (gsize at = 0; at < length; at += at < 100 || at > length - 100 ? 1 : 37) {
		char was = bytes[at];
		bytes[at] = (char)(was ^ 0x55);
		write_zone(folder, bytes, length);
		g_autoptr(Zone) zone = zone_load("Test", NULL);
		if (zone != NULL)
			zone_to_instant(zone, 30000, 0);
		bytes[at] = was;
	}
	remove_folder(folder);
}

/* A clock that counts leap seconds is not the one instants are counted by. */
static void test_leap_seconds(void)
{
	g_autofree char *bytes = NULL;
	gsize length = 0;
	if (!g_file_get_contents("/usr/share/zoneinfo/right/UTC", &bytes, &length, NULL)) {
		g_test_skip("no zones with leap seconds here");
		return;
	}
	g_autofree char *folder = make_folder();
	write_zone(folder, bytes, length);
	g_assert_null(zone_load("Test", NULL));
	remove_folder(folder);
}

static void test_no_database(void)
{
	g_autoptr(GError) error = NULL;
	g_setenv("TZDIR", "/nowhere/zones", TRUE);
	g_assert_null(zone_load("America/Phoenix", &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_MISSING);
	g_autoptr(Zone) utc = load("UTC");
	g_assert_cmpint(zone_offset_at(utc, 0), ==, 0);
	g_unsetenv("TZDIR");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/zone/names", test_names);
	g_test_add_func("/zone/offsets", test_offsets);
	g_test_add_func("/zone/walls", test_walls);
	g_test_add_func("/zone/days", test_days);
	g_test_add_func("/zone/environment", test_environment);
	g_test_add_func("/zone/rules", test_rules);
	g_test_add_func("/zone/damage", test_damage);
	g_test_add_func("/zone/leap-seconds", test_leap_seconds);
	g_test_add_func("/zone/no-database", test_no_database);
	return g_test_run();
}
