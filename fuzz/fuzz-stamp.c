/* fuzz-stamp.c - any bytes as a date, as a time, and as the name of a time zone.
 *
 * What is read as a date or a time is written again and read as the same.
 */
#include <base/zone.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_day(const char *text)
{
	char buffer[DAY_TEXT_BYTES];
	Day day;
	if (day_parse(text, &day))
		g_assert_cmpstr(day_format(day, buffer), ==, text);
}

static void check_stamp(const char *text)
{
	char buffer[STAMP_TEXT_BYTES];
	Stamp stamp, again;
	if (!stamp_parse(text, &stamp))
		return;
	int64_t at = (int64_t)stamp.day * DAY_SECONDS + stamp.second - stamp.offset;
	g_assert_cmpint(stamp_format(at, stamp.offset, buffer), ==, 25);
	g_assert_true(stamp_parse(buffer, &again));
	g_assert_true(again.day == stamp.day && again.second == stamp.second && again.offset == stamp.offset);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	check_day(text);
	check_stamp(text);
	g_autoptr(Zone) zone = zone_load(text, NULL);
	if (zone != NULL)
		g_assert_cmpstr(zone_get_name(zone), ==, text);
	return 0;
}
