/* csv-dates.c - dates as sheets have them.
 */
#include "csv-dates.h"

#include "csv-text.h"

#include <base/limits.h>
#include <stdio.h>
#include <string.h>

enum { EXCEL_FIRST = 32874, EXCEL_LAST = 109574, EXCEL_OF_1970 = 25569 }; /* 1990 to 2199 */

static const struct {
	const char *begins;
	int month;
} MONTHS[] = {
	{"jan", 1}, {"ene", 1},  {"gen", 1},  {"feb", 2},  {"fev", 2},  {"mar", 3},  {"mae", 3},  {"mrz", 3},
	{"apr", 4}, {"avr", 4},  {"abr", 4},  {"may", 5},  {"mai", 5},  {"mag", 5},  {"jun", 6},  {"juin", 6},
	{"giu", 6}, {"juil", 7}, {"jul", 7},  {"lug", 7},  {"aug", 8},  {"aou", 8},  {"ago", 8},  {"sep", 9},
	{"set", 9}, {"okt", 10}, {"oct", 10}, {"ott", 10}, {"nov", 11}, {"dec", 12}, {"dez", 12}, {"dic", 12},
};

bool csv_date_is_missing(const char *cell)
{
	static const char *const none[] = {"no",      "yes",   "false", "true", "ja",   "nein",    "oui",     "non", "si",
									   "not yet", "keine", "offen", "asap", "todo", "pending", "invalid", NULL};
	g_autofree char *folded = csv_text_fold(cell, false);
	return csv_text_is_missing(cell) || g_strv_contains(none, folded);
}

static int full_year(int year)
{
	return year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year;
}

static bool take_day(int year, int month, int day, Day *ret_day)
{
	if (!civil_is_valid(year, month, day))
		return false;
	*ret_day = civil_to_day((Civil){year, month, day});
	return true;
}

/* "15:30", "15:30:19.000", "3:21 PM", "3pm", "15h30" at the beginning of a text. */
static bool parse_time(const char *text, int *ret_second)
{
	unsigned hour = 0, minute = 0, second = 0;
	int used = 0;
	char mark = 0;
	while (*text == ' ' || *text == ',' || *text == 'T')
		text++;
	if (sscanf(text, "%2u%c%n", &hour, &mark, &used) != 2 || !g_ascii_isdigit(text[0]))
		return false;
	if (mark == ':' || mark == '.' || mark == 'h' || mark == 'H') {
		int more = 0;
		if (sscanf(text + used, "%2u%n", &minute, &more) != 1)
			return false;
		used += more;
		if (text[used] == ':' && sscanf(text + used + 1, "%2u%n", &second, &more) == 1)
			used += more + 1;
	} else if (g_ascii_tolower(mark) == 'a' || g_ascii_tolower(mark) == 'p' || mark == ' ')
		used--;
	while (text[used] == ' ' || (unsigned char)text[used] == 0xE2 || (unsigned char)text[used] == 0x80 ||
		   (unsigned char)text[used] == 0xAF)
		used++; /* also the narrow space that some programs write before PM */
	char half = g_ascii_tolower(text[used]);
	bool has_half = (half == 'a' || half == 'p') && (g_ascii_tolower(text[used + 1]) == 'm' || text[used + 1] == '.');
	if (mark == ' ' && !has_half)
		return false;
	if (has_half && hour >= 1 && hour <= 12)
		hour = hour % 12 + (half == 'p' ? 12 : 0);
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	*ret_second = (int)(hour * 3600 + minute * 60 + MIN(second, 59));
	return true;
}

static void take_time(const char *text, CsvDate *date)
{
	date->has_time = parse_time(text, &date->second_of_day);
}

/* "2025-07-28T08:45:19.000Z" is a moment: its day is that of the zone. */
static bool parse_stamp(const char *cell, const Zone *zone, CsvDate *date)
{
	Stamp stamp;
	g_autofree char *text = g_strdup(cell);
	if (strlen(text) < 16 || !(text[10] == 'T' || text[10] == ' ') || !stamp_parse(text, &stamp))
		return false;
	date->day = zone_to_day(zone, zone_resolve(zone, stamp), &date->second_of_day);
	date->has_time = true;
	return true;
}

/* Three numbers with the same mark between them. */
static bool parse_numbers(const char *cell, CsvDate *date)
{
	int one = 0, two = 0, three = 0, used = 0;
	char mark = 0, again = 0;
	if (sscanf(cell, "%4d%c %2d%c %4d%n", &one, &mark, &two, &again, &three, &used) != 5 || mark != again ||
		strchr("/-. ", mark) == NULL || one < 0 || two < 0 || three < 0)
		return false;
	if (g_ascii_isdigit(cell[used]))
		return false;
	take_time(cell + used, date);
	if (one >= 1000)
		return take_day(one, two, three, &date->day);
	date->first = one;
	date->second = two;
	date->year = full_year(three);
	if (mark == '.') /* nobody writes a month first with dots */
		return take_day(date->year, two, one, &date->day);
	return civil_is_valid(date->year, two, one) || civil_is_valid(date->year, one, two);
}

static bool parse_ideographs(const char *cell, CsvDate *date)
{
	int year = 0, month = 0, day = 0;
	return sscanf(cell, "%4d年%2d月%2d日", &year, &month, &day) == 3 && take_day(year, month, day, &date->day);
}

static int find_month(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(MONTHS); i++)
		if (g_str_has_prefix(word, MONTHS[i].begins))
			return MONTHS[i].month;
	return 0;
}

/* A number with what may stand behind it: "12", "12th", "1er". */
static int read_number(const char *word)
{
	char *end = NULL;
	guint64 value = g_ascii_strtoull(word, &end, 10);
	static const char *const ends[] = {"", "st", "nd", "rd", "th", "er", "e", "o", NULL};
	return end != word && value <= 9999 && g_strv_contains(ends, end) ? (int)value : -1;
}

/* The time of day around the first colon of a text. */
static void take_clock(const char *text, CsvDate *date)
{
	const char *colon = strchr(text, ':'), *at = colon;
	while (at != NULL && at > text && g_ascii_isdigit(at[-1]) && colon - at < 2)
		at--;
	if (at != colon)
		take_time(at, date);
}

/* "12 Mar 2023", "March 12th, 2023 3:21 PM", "Mon, 3. März 2025": a month's name, a day and a year. */
static bool parse_words(const char *cell, CsvDate *date)
{
	g_autofree char *folded = csv_text_fold(cell, false);
	g_auto(GStrv) words = g_strsplit(folded, " ", 12);
	int month = 0, numbers[2] = {0}, count = 0;
	for (char **word = words; *word != NULL && (count < 2 || month == 0); word++) {
		int number = read_number(*word), named = g_ascii_isalpha((*word)[0]) ? find_month(*word) : 0;
		if (number >= 0 && count < 2)
			numbers[count++] = number;
		else if (named != 0 && month == 0)
			month = named;
	}
	if (count < 2 || month == 0)
		return false;
	bool year_first = numbers[0] > 31;
	if (!take_day(full_year(numbers[year_first ? 0 : 1]), month, numbers[year_first ? 1 : 0], &date->day))
		return false;
	take_clock(cell, date);
	return true;
}

/* Excel's day numbers, 20250728, and seconds or milliseconds since 1970. */
static bool parse_serial(const char *cell, const Zone *zone, CsvDate *date)
{
	char *end = NULL;
	double value = g_ascii_strtod(cell, &end);
	size_t whole = strspn(cell, "0123456789");
	if (end == cell || *end != '\0' || whole == 0)
		return false;
	if (whole == 5 && value >= EXCEL_FIRST && value < EXCEL_LAST) {
		date->day = (Day)value - EXCEL_OF_1970;
		date->second_of_day = (int)((value - (double)(int)value) * DAY_SECONDS + 0.5) % DAY_SECONDS;
		date->has_time = date->second_of_day != 0;
		return true;
	}
	if (whole == 8 && cell[8] == '\0')
		return take_day((int)value / 10000, (int)value / 100 % 100, (int)value % 100, &date->day);
	if ((whole != 10 && whole != 13) || cell[whole] != '\0')
		return false;
	date->day = zone_to_day(zone, (int64_t)(whole == 13 ? value / 1000 : value), &date->second_of_day);
	date->has_time = true;
	return true;
}

bool csv_date_parse(const char *cell, const Zone *zone, CsvDate *ret_date)
{
	CsvDate date = {.day = DAY_NONE};
	while (g_ascii_isspace(*cell) || *cell == '\'')
		cell++;
	if (strlen(cell) > 80)
		return false;
	bool good = parse_stamp(cell, zone, &date) || parse_ideographs(cell, &date) || parse_numbers(cell, &date) ||
				parse_serial(cell, zone, &date) || parse_words(cell, &date);
	if (good)
		*ret_date = date;
	return good;
}

static bool can_be_day_first(const CsvDate *date)
{
	return civil_is_valid(date->year, date->second, date->first);
}

static bool can_be_month_first(const CsvDate *date)
{
	return civil_is_valid(date->year, date->first, date->second);
}

bool csv_date_is_open(const CsvDate *date)
{
	return date->day == DAY_NONE && can_be_day_first(date) && can_be_month_first(date) && date->first != date->second;
}

void csv_date_weigh(const CsvDate *date, CsvDateEvidence *evidence)
{
	if (date->day != DAY_NONE)
		return;
	if (csv_date_is_open(date))
		evidence->open++;
	else if (!can_be_month_first(date))
		evidence->day_first++;
	else if (!can_be_day_first(date))
		evidence->month_first++;
}

DateOrder csv_date_decide(const CsvDateEvidence *evidence)
{
	if ((evidence->day_first > 0) == (evidence->month_first > 0))
		return DATE_ORDER_OPEN;
	return evidence->day_first > 0 ? DATE_ORDER_DAY_FIRST : DATE_ORDER_MONTH_FIRST;
}

Day csv_date_day(const CsvDate *date, DateOrder order)
{
	Day day = date->day;
	bool month_first = order == DATE_ORDER_MONTH_FIRST ? can_be_month_first(date) : !can_be_day_first(date);
	if (day == DAY_NONE &&
		!take_day(date->year, month_first ? date->first : date->second, month_first ? date->second : date->first, &day))
		return DAY_NONE;
	Civil civil = civil_from_day(day);
	return civil.year >= LIMIT_YEAR_MIN && civil.year <= LIMIT_YEAR_MAX ? day : DAY_NONE;
}
