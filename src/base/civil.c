/* civil.c - calendar arithmetic and ISO 8601, by integers alone.
 *
 * The conversions count in eras of 400 years (146097 days) that begin on 1 March, so that the leap day is the last day
 * of a year and needs no special case.
 */
#include <base/civil.h>
#include <stddef.h>
#include <string.h>

#define ERA_DAYS 146097
#define EPOCH_SHIFT 719468 /* days from 0000-03-01 to 1970-01-01 */

Day civil_to_day(Civil civil)
{
	int year = civil.month <= 2 ? civil.year - 1 : civil.year;
	int era = (year >= 0 ? year : year - 399) / 400;
	int of_era = year - era * 400;
	int of_year = (153 * (civil.month > 2 ? civil.month - 3 : civil.month + 9) + 2) / 5 + civil.day - 1;
	return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH_SHIFT;
}

Civil civil_from_day(Day day)
{
	int64_t shifted = (int64_t)day + EPOCH_SHIFT;
	int era = (int)((shifted >= 0 ? shifted : shifted - (ERA_DAYS - 1)) / ERA_DAYS);
	int of_era = (int)(shifted - (int64_t)era * ERA_DAYS);
	int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA_DAYS - 1)) / 365;
	int of_year = of_era - (365 * year + year / 4 - year / 100);
	int month = (5 * of_year + 2) / 153; /* from March */
	Civil civil = {
		.year = year + era * 400 + (month >= 10),
		.month = month < 10 ? month + 3 : month - 9,
		.day = of_year - (153 * month + 2) / 5 + 1,
	};
	return civil;
}

static int month_days(int year, int month)
{
	static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && leap);
}

bool civil_is_valid(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= month_days(year, month);
}

int day_weekday(Day day)
{
	int since_monday = (int)(((int64_t)day + 3) % 7); /* 1970-01-01 was a Thursday */
	return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

/* Reads exactly `count` digits; -1 where there are fewer. */
static int read_digits(const char *text, int count)
{
	int value = 0;
	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

/* The date at the start of text; NULL, or what follows it. */
static const char *read_date(const char *text, Day *ret_day)
{
	int year = read_digits(text, 4);
	if (year < 0 || text[4] != '-')
		return NULL;
	int month = read_digits(text + 5, 2);
	if (month < 0 || text[7] != '-')
		return NULL;
	int day = read_digits(text + 8, 2);
	if (!civil_is_valid(year, month, day))
		return NULL;
	*ret_day = civil_to_day((Civil){year, month, day});
	return text + 10;
}

bool day_parse(const char *text, Day *ret_day)
{
	Day day;
	const char *rest = read_date(text, &day);
	if (rest == NULL || *rest != '\0')
		return false;
	*ret_day = day;
	return true;
}

static char *write_digits(char *to, int value, int count)
{
	for (int i = count - 1; i >= 0; i--, value /= 10)
		to[i] = (char)('0' + value % 10);
	return to + count;
}

static char *write_date(char *to, Day day)
{
	Civil civil = civil_from_day(day);
	to = write_digits(to, civil.year, 4);
	*to++ = '-';
	to = write_digits(to, civil.month, 2);
	*to++ = '-';
	return write_digits(to, civil.day, 2);
}

/* What has more than four digits of a year is shown as the nearest day that has not. */
static Day clamp_day(int64_t day)
{
	const Day first = -719162, last = 2932896; /* 0001-01-01, 9999-12-31 */
	return day < first ? first : day > last ? last : (Day)day;
}

char *day_format(Day day, char buffer[DAY_TEXT_BYTES])
{
	*write_date(buffer, clamp_day(day)) = '\0';
	return buffer;
}

/* ":SS" and ".fraction", both optional; NULL, or what follows them. */
static const char *read_seconds(const char *text, int *ret_second)
{
	*ret_second = 0;
	if (*text != ':')
		return text;
	int second = read_digits(text + 1, 2);
	if (second < 0 || second > 60)
		return NULL;
	*ret_second = second == 60 ? 59 : second;
	text += 3;
	if (*text != '.')
		return text;
	size_t fraction = strspn(text + 1, "0123456789");
	return fraction > 0 ? text + 1 + fraction : NULL;
}

/* "Z", "+HH:MM", "+HHMM", "+HH" or the end of the text. */
static bool read_offset(const char *text, Stamp *stamp)
{
	stamp->has_offset = *text != '\0';
	stamp->offset = 0;
	if (*text == '\0' || strcmp(text, "Z") == 0)
		return true;
	if (*text != '+' && *text != '-')
		return false;
	int hours = read_digits(text + 1, 2);
	if (hours < 0 || hours > 23)
		return false;
	int minutes = 0;
	const char *rest = text + 3;
	if (*rest != '\0') {
		rest += *rest == ':';
		minutes = read_digits(rest, 2);
		if (minutes < 0 || minutes > 59 || rest[2] != '\0')
			return false;
	}
	stamp->offset = (hours * 3600 + minutes * 60) * (*text == '-' ? -1 : 1);
	return true;
}

bool stamp_parse(const char *text, Stamp *ret_stamp)
{
	Stamp stamp;
	const char *rest = read_date(text, &stamp.day);
	if (rest == NULL || (*rest != 'T' && *rest != ' '))
		return false;
	int hour = read_digits(rest + 1, 2);
	if (hour < 0 || hour > 23 || rest[3] != ':')
		return false;
	int minute = read_digits(rest + 4, 2);
	if (minute < 0 || minute > 59)
		return false;
	int second;
	rest = read_seconds(rest + 6, &second);
	if (rest == NULL || !read_offset(rest, &stamp))
		return false;
	stamp.second = hour * 3600 + minute * 60 + second;
	*ret_stamp = stamp;
	return true;
}

static char *write_clock(char *to, int hours, int minutes)
{
	to = write_digits(to, hours, 2);
	*to++ = ':';
	return write_digits(to, minutes, 2);
}

int stamp_format(int64_t at, int offset, char buffer[STAMP_TEXT_BYTES])
{
	const int64_t reach = INT64_C(1000000000000); /* beyond the year 9999 either way; keeps the sum in range */
	int64_t local = (at < -reach ? -reach : at > reach ? reach : at) + offset;
	int64_t day = local / DAY_SECONDS - (local % DAY_SECONDS < 0);
	int second = (int)(local - day * DAY_SECONDS);
	char *to = write_date(buffer, clamp_day(day));
	*to++ = 'T';
	to = write_clock(to, second / 3600, second / 60 % 60);
	*to++ = ':';
	to = write_digits(to, second % 60, 2);
	*to++ = offset < 0 ? '-' : '+';
	int distance = offset < 0 ? -offset : offset;
	to = write_clock(to, distance / 3600 % 100, distance / 60 % 60);
	*to = '\0';
	return (int)(to - buffer);
}

const char *weekday_name(int weekday)
{
	static const char *const names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
	return weekday >= 1 && weekday <= 7 ? names[weekday - 1] : NULL;
}

const char *month_name(int month)
{
	static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
										"July",    "August",   "September", "October", "November", "December"};
	return month >= 1 && month <= 12 ? names[month - 1] : NULL;
}
