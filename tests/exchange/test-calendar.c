/* test-calendar.c - calendars as they are written: read back they are what was meant, and no text can break out.
 *
 * A zone's definition is read under a name that nobody knows, so that it alone can say when an event is.
 */
#include "reading.h"

#include <exchange/calendar-write.h>
#include <string.h>

static char *write_calendar(CalendarEvent *events, guint count)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	GString *text = NULL;
	for (guint i = 0; i < count; i++)
		g_ptr_array_add(list, &events[i]);
	g_assert_true(exchange_write_calendar(list, "Jobs", &text, &error));
	g_assert_no_error(error);
	return g_string_free(text, FALSE);
}

static Zone *load_zone(const char *name)
{
	Zone *zone = zone_load(name, NULL);
	g_assert_nonnull(zone);
	return zone;
}

static void test_fields(void)
{
	g_autoptr(Zone) zone = load_zone("America/New_York");
	CalendarEvent event = {
		.uid = "one@followup",
		.summary = "Interview: Globex, Ltd; the \"big\" one\\",
		.description = "With Huck Finn\nand Ada",
		.category = "Interview",
		.zone = zone,
		.start = 1795190400,
		.end = 1795194000,
		.stamp = NOW,
		.sequence = 7,
		.busy = true,
		.alarm_count = 3,
		.alarms = {-DAY_SECONDS, -5400, 0}};
	g_autofree char *text = write_calendar(&event, 1), *again = write_calendar(&event, 1);
	g_autoptr(GPtrArray) items = read_items(text);
	const Item *item = item_at(items, 0);
	g_assert_cmpuint(items->len, ==, 1);
	g_assert_null(item->error);
	g_assert_cmpstr(item->uid, ==, event.uid);
	g_assert_cmpstr(item->summary, ==, event.summary);
	g_assert_cmpstr(item->description, ==, event.description);
	g_assert_cmpstr(item->zone, ==, "America/New_York");
	g_assert_cmpint(item->start, ==, event.start);
	g_assert_cmpint(item->end, ==, event.end);
	g_assert_cmpint(item->stamp, ==, event.stamp);
	g_assert_cmpint(item->sequence, ==, 7);
	static const char *const lines[] = {
		"TRIGGER:-P1D\r\n", "TRIGGER:-PT90M\r\n", "TRIGGER:PT0M\r\n", "CLASS:PRIVATE\r\n", "TRANSP:OPAQUE\r\n"};
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		g_assert_nonnull(strstr(text, lines[i]));
	g_assert_cmpstr(text, ==, again);
}

/* Nothing that stands in a text ends its line, or is longer than a line may be. */
static void test_hostile_text(void)
{
	g_autoptr(Zone) zone = load_zone("UTC");
	g_autofree char *name = g_strnfill(5000, 'x');
	g_autofree char *summary = g_strconcat("é\r\nEND:VCALENDAR\r\nBEGIN:VEVENT ", name, NULL);
	CalendarEvent events[2] = {
		{.uid = "a", .summary = summary, .description = "\r\nATTENDEE:mailto:x", .zone = zone, .stamp = NOW},
		{.uid = "b", .summary = "second", .zone = zone, .start = 60, .end = 60, .stamp = NOW}};
	g_autofree char *text = write_calendar(events, 2);
	g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
	int ends = 0;
	for (char **line = lines; *line != NULL; line++) {
		ends += strcmp(*line, "END:VCALENDAR") == 0;
		g_assert_cmpuint(strlen(*line), <=, 75);
		g_assert_true(g_utf8_validate(*line, -1, NULL));
		g_assert_false(g_str_has_prefix(*line, "ATTENDEE"));
	}
	g_assert_cmpint(ends, ==, 1);
	g_autoptr(GPtrArray) items = read_items(text);
	g_assert_cmpuint(items->len, ==, 2);
}

static void test_refused(void)
{
	g_autoptr(Zone) zone = load_zone("UTC");
	CalendarEvent event = {.uid = "a", .summary = " ", .zone = zone};
	g_autoptr(GPtrArray) list = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	GString *text = NULL;
	g_ptr_array_add(list, &event);
	g_assert_false(exchange_write_calendar(list, NULL, &text, &error));
	g_assert_nonnull(error);
	g_assert_null(text);
}

/* Every month of some years, read back by the definition alone. */
static void test_zones(void)
{
	static const struct {
		const char *name;
		bool by_rules;
	} cases[] = {
		{"America/New_York", true},  {"America/Phoenix", false},   {"Europe/Berlin", true},
		{"Europe/Dublin", true},     {"Australia/Sydney", true},   {"Australia/Lord_Howe", true},
		{"Asia/Kathmandu", false},   {"Africa/Casablanca", false}, {"America/Sao_Paulo", false},
		{"America/Santiago", false}, {"Pacific/Chatham", false},    {"Africa/Cairo", false},
		{"America/St_Johns", true},  {"Asia/Gaza", false},         {"Antarctica/Troll", true},
	};
	enum { MONTHS = 36 };
	for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
		g_autoptr(Zone) zone = load_zone(cases[c].name);
		CalendarEvent events[MONTHS];
		char *uids[MONTHS] = {NULL};
		g_test_message("%s", cases[c].name);
		for (int i = 0; i < MONTHS; i++) {
			int64_t at = INT64_C(1767268800) + (int64_t)i * 30 * DAY_SECONDS;
			uids[i] = g_strdup_printf("%d", i);
			events[i] = (CalendarEvent){
				.uid = uids[i], .summary = "x", .zone = zone, .start = at, .end = at + 600, .stamp = NOW};
		}
		g_autofree char *written = write_calendar(events, MONTHS);
		g_autoptr(GString) text = g_string_new(written);
		g_string_replace(text, cases[c].name, "Globex own clock", 0);
		g_autoptr(GPtrArray) items = read_items(text->str);
		g_assert_cmpuint(items->len, ==, MONTHS);
		for (int i = 0; i < MONTHS; i++)
			g_assert_cmpint(item_at(items, (guint)i)->start, ==, events[i].start);
		if (cases[c].by_rules)
			g_assert_nonnull(strstr(written, "RRULE:FREQ=YEARLY"));
		for (int i = 0; i < MONTHS; i++)
			g_clear_pointer(&uids[i], g_free);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/exchange/calendar/fields", test_fields);
	g_test_add_func("/exchange/calendar/hostile-text", test_hostile_text);
	g_test_add_func("/exchange/calendar/refused", test_refused);
	g_test_add_func("/exchange/calendar/zones", test_zones);
	return g_test_run();
}
