/* ical-value.c - single values, by libical where it knows them.
 */
#include "ical-value.h"

#include <glib.h>
#include <libical/ical.h>
#include <string.h>

enum { DAYS_MAX = 36525, TEXT_BYTES = 40 };

/* "20261117T100000" and its kind: a date, then a time with or without seconds, then perhaps a Z or, as some programs
 * write against the RFC, an offset. */
static bool parse_basic(const char *text, IcalTime *ret_time)
{
	size_t digits = strspn(text, "0123456789");
	if (digits != 8)
		return false;
	size_t clock = text[8] == 'T' || text[8] == 't' || text[8] == ' ' ? strspn(text + 9, "0123456789") : 0;
	if (text[8] != '\0' && clock != 6 && clock != 4)
		return false;
	const char *end = text + 8 + (clock == 0 ? 0 : 1 + clock);
	bool utc = *end == 'Z' || *end == 'z', offset = clock != 0 && (*end == '+' || *end == '-');
	int seconds_east = 0;
	if (offset ? !ical_offset_parse(end, &seconds_east) : end[utc] != '\0')
		return false;
	g_autofree char *whole = g_strdup_printf(
		"%.8s%s%.*s%s%s", text, clock == 0 ? "" : "T", (int)clock, text + 9, clock == 4 ? "00" : "",
		utc && clock != 0 ? "Z" : "");
	struct icaltimetype time = icaltime_from_string(whole);
	if (!civil_is_valid(time.year, time.month, time.day) || time.hour > 24 || time.minute > 59 || time.second > 60)
		return false;
	int second = time.hour * 3600 + time.minute * 60 + MIN(time.second, 59);
	Day day = civil_to_day((Civil){time.year, time.month, time.day});
	if (second > DAY_SECONDS)
		return false;
	*ret_time = (IcalTime){
		.local = {day + second / DAY_SECONDS, second % DAY_SECONDS},
		.is_date = clock == 0,
		.has_offset = (utc || offset) && clock != 0,
		.offset = seconds_east};
	return true;
}

/* "2026-11-17T10:00:00+01:00", "2026-11-17". */
static bool parse_extended(const char *text, IcalTime *ret_time)
{
	Stamp stamp;
	Day day;
	if (day_parse(text, &day)) {
		*ret_time = (IcalTime){.local = {day, 0}, .is_date = true};
		return true;
	}
	if (!stamp_parse(text, &stamp))
		return false;
	*ret_time = (IcalTime){.local = {stamp.day, stamp.second}, .has_offset = stamp.has_offset, .offset = stamp.offset};
	return true;
}

bool ical_time_parse(const char *text, IcalTime *ret_time)
{
	char bare[TEXT_BYTES];
	while (g_ascii_isspace(*text) || *text == '"')
		text++;
	if (g_strlcpy(bare, text, sizeof bare) >= sizeof bare)
		return false;
	g_strdelimit(bare, "\"", ' ');
	g_strchomp(bare);
	return parse_basic(bare, ret_time) || parse_extended(bare, ret_time);
}

bool ical_duration_parse(const char *text, IcalDuration *ret_duration)
{
	char bare[TEXT_BYTES];
	if (g_strlcpy(bare, text, sizeof bare) >= sizeof bare)
		return false;
	struct icaldurationtype duration = icaldurationtype_from_string(g_strstrip(bare));
	if (icaldurationtype_is_bad_duration(duration) || duration.is_neg)
		return false;
	int64_t days = (int64_t)duration.weeks * 7 + duration.days;
	int64_t seconds = (int64_t)duration.hours * 3600 + (int64_t)duration.minutes * 60 + duration.seconds;
	if (days + seconds / DAY_SECONDS > DAYS_MAX)
		return false;
	*ret_duration = (IcalDuration){(int)days, seconds};
	return true;
}

bool ical_offset_parse(const char *text, int *ret_offset)
{
	while (*text == ' ')
		text++;
	bool is_signed = *text == '+' || *text == '-';
	g_autofree char *digits = g_strdup(text + is_signed);
	char *colon;
	while ((colon = strchr(digits, ':')) != NULL)
		memmove(colon, colon + 1, strlen(colon));
	g_strchomp(digits);
	size_t length = strlen(digits);
	if ((length != 4 && length != 6) || strspn(digits, "0123456789") != length)
		return false;
	int number = (int)g_ascii_strtoll(digits, NULL, 10), seconds = length == 6 ? number % 100 : 0;
	number = length == 6 ? number / 100 : number;
	int offset = number / 100 * 3600 + number % 100 * 60 + seconds;
	if (offset >= DAY_SECONDS)
		return false;
	*ret_offset = *text == '-' ? -offset : offset;
	return true;
}
