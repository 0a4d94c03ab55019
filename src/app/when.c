/* when.c - dates and times as people say them.
 *
 * The text is cut into words and numbers; a handful of readers each try to take what they know from the front ("in two
 * weeks", "20 nov", "10:30 am") until nothing is left.  A word nobody takes ends it with one sentence.
 */
#include <app/when.h>
#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { TOKENS_MAX = 12, WORD_BYTES = 16 };

typedef struct Token {
	char word[WORD_BYTES]; /* lower case; "" for a number */
	int number;            /* of a number token */
	int digits;            /* how many digits it was written with */
	char after;            /* the character that follows at once: ':', '.', '/', '-', 'a'..., or 0 */
} Token;

typedef struct Reading {
	Token tokens[TOKENS_MAX];
	int count, next;
	const Zone *zone;
	int64_t now;
	Day today;
	int second_now;
	WhenDirection direction;
	bool has_day, has_time, has_instant;
	Day day;
	bool day_is_weekday; /* the day is known by its weekday alone; a date may follow */
	int weekday;         /* 1 to 7, or 0 where none was said */
	bool morning;        /* said apart from the time; so is */
	bool afternoon;      /* "in the afternoon", "tonight" */
	bool is_short;       /* the time was said as "at 3" or "3:30", which has two readings */
	int second;
	int64_t instant;
	const char *fault; /* a sentence's end, where something was understood but is wrong */
} Reading;

static bool tokenize(const char *text, Reading *reading)
{
	const char *p = text;
	while (*p != '\0') {
		if (isspace((unsigned char)*p) || *p == ',') {
			p++;
			continue;
		}
		if (reading->count == TOKENS_MAX)
			return false;
		Token *token = &reading->tokens[reading->count++];
		if (*p == '@') {
			g_strlcpy(token->word, "at", sizeof token->word);
			p++;
		} else if (isdigit((unsigned char)*p)) {
			while (isdigit((unsigned char)*p) && token->digits < 8) {
				token->number = token->number * 10 + (*p++ - '0');
				token->digits++;
			}
			token->after = isspace((unsigned char)*p) || *p == ',' ? '\0' : *p;
			if (strchr(":./-", *p) != NULL && *p != '\0')
				p++;
		} else if (isalpha((unsigned char)*p)) {
			size_t length = 0;
			for (; isalpha((unsigned char)*p) || *p == '.'; p++)
				if (*p != '.' && length + 1 < WORD_BYTES)
					token->word[length++] = g_ascii_tolower(*p);
		} else {
			return false;
		}
	}
	return reading->count > 0;
}

static const Token *peek(Reading *reading, int ahead)
{
	static const Token none;
	int index = reading->next + ahead;
	return index < reading->count ? &reading->tokens[index] : &none;
}

static bool is_number(const Token *token)
{
	return token->digits > 0;
}

static bool take_word(Reading *reading, const char *word)
{
	if (strcmp(peek(reading, 0)->word, word) != 0)
		return false;
	reading->next++;
	return true;
}

/* The place of a word among names, by its first three letters or more ("fri", "friday", "thurs"); 1 based, or 0. */
static int name_index(const char *word, const char *(*name)(int), int count)
{
	size_t length = strlen(word);
	for (int i = 1; length >= 3 && i <= count; i++)
		if (g_ascii_strncasecmp(word, name(i), length) == 0)
			return i;
	if (strcmp(word, "sept") == 0 && count == 12)
		return 9;
	return strcmp(word, "weds") == 0 && count == 7 ? 3 : 0;
}

static void set_day(Reading *reading, Day day)
{
	if (reading->has_day && !reading->day_is_weekday)
		reading->fault = "names two days";
	reading->has_day = true;
	reading->day_is_weekday = false;
	reading->day = day;
}

/* "thu", or the "thu" of "thu 19 nov": beside a date it is only held against it. */
static void set_weekday(Reading *reading, int weekday, Day day)
{
	if (reading->weekday != 0)
		reading->fault = "names two days";
	reading->weekday = weekday;
	if (reading->has_day)
		return;
	reading->has_day = reading->day_is_weekday = true;
	reading->day = day;
}

static void set_time(Reading *reading, int hour, int minute)
{
	if (reading->has_time)
		reading->fault = "names two times of day";
	else if (hour > 23 || minute > 59)
		reading->fault = "names a time of day that does not exist";
	reading->has_time = true;
	reading->second = hour * 3600 + minute * 60;
}

static int small_number(const Token *token)
{
	static const char *const words[] = {"a",     "one",   "two",  "three", "four",   "five",  "six",
										"seven", "eight", "nine", "ten",   "eleven", "twelve"};
	if (is_number(token))
		return token->number <= 1000 ? token->number : -1;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(token->word, words[i]) == 0)
			return i == 0 ? 1 : (int)i;
	return strcmp(token->word, "an") == 0 ? 1 : -1;
}

/* The day a number of months away, or the last of that month. */
static Day add_months(Day day, int months)
{
	Civil civil = civil_from_day(day);
	int month = civil.year * 12 + civil.month - 1 + months;
	Civil moved = {month / 12, month % 12 + 1, civil.day};
	while (!civil_is_valid(moved.year, moved.month, moved.day))
		moved.day--;
	return civil_to_day(moved);
}

static Day first_of_month(Day day)
{
	return day - civil_from_day(day).day + 1;
}

static bool shift(Reading *reading, int amount, const char *unit)
{
	if (g_str_has_prefix(unit, "day") || strcmp(unit, "d") == 0)
		set_day(reading, reading->today + amount);
	else if (g_str_has_prefix(unit, "week") || strcmp(unit, "w") == 0)
		set_day(reading, reading->today + 7 * amount);
	else if (g_str_has_prefix(unit, "month"))
		set_day(reading, add_months(reading->today, amount));
	else if (g_str_has_prefix(unit, "hour") || strcmp(unit, "h") == 0)
		reading->instant = reading->now + 3600 * (int64_t)amount, reading->has_instant = true;
	else if (g_str_has_prefix(unit, "min") || strcmp(unit, "m") == 0)
		reading->instant = reading->now + 60 * (int64_t)amount, reading->has_instant = true;
	else
		return false;
	return true;
}

/* "end of week", "by the end of next week", "end of the month". */
static bool read_end_of(Reading *reading)
{
	int start = reading->next;
	(void)(take_word(reading, "by") || take_word(reading, "at"));
	(void)take_word(reading, "the");
	if (take_word(reading, "end") && take_word(reading, "of")) {
		(void)(take_word(reading, "the") || take_word(reading, "this"));
		bool next = take_word(reading, "next");
		if (take_word(reading, "week")) {
			set_day(reading, reading->today - day_weekday(reading->today) + 5 + (next ? 7 : 0));
			return true;
		}
		if (take_word(reading, "month")) {
			set_day(reading, add_months(first_of_month(reading->today), next ? 2 : 1) - 1);
			return true;
		}
	}
	reading->next = start;
	return false;
}

static Day weekday_day(const Reading *reading, int weekday, bool next, bool last)
{
	int today = day_weekday(reading->today);
	if (next) /* the one of next week, as "next fri" is said on a Tuesday of the week before */
		return reading->today - today + 7 + weekday;
	if (last || reading->direction == WHEN_BACK) {
		int back = (today - weekday + 7) % 7;
		return reading->today - (back == 0 && last ? 7 : back);
	}
	int ahead = (weekday - today + 7) % 7;
	return reading->today + (ahead == 0 ? 7 : ahead);
}

/* "the day after tomorrow", "the day before yesterday". */
static bool read_next_but_one(Reading *reading)
{
	int start = reading->next;
	(void)take_word(reading, "the");
	if (take_word(reading, "day")) {
		bool after = take_word(reading, "after") && take_word(reading, "tomorrow");
		if (after || (take_word(reading, "before") && take_word(reading, "yesterday"))) {
			set_day(reading, reading->today + (after ? 2 : -2));
			return true;
		}
	}
	reading->next = start;
	return false;
}

static bool read_named_day(Reading *reading)
{
	static const struct {
		const char *word;
		int offset;
	} names[] = {{"today", 0}, {"tonight", 0}, {"tomorrow", 1}, {"tmr", 1}, {"yesterday", -1}};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (take_word(reading, names[i].word)) {
			reading->afternoon = reading->afternoon || strcmp(names[i].word, "tonight") == 0;
			set_day(reading, reading->today + names[i].offset);
			return true;
		}
	}
	if (read_next_but_one(reading))
		return true;
	int start = reading->next;
	(void)(take_word(reading, "on") || take_word(reading, "by"));
	bool next = take_word(reading, "next"), last = !next && take_word(reading, "last");
	if (!next && !last)
		(void)take_word(reading, "this");
	int weekday = name_index(peek(reading, 0)->word, weekday_name, 7);
	if (weekday != 0) {
		reading->next++;
		set_weekday(reading, weekday, weekday_day(reading, weekday, next, last));
		return true;
	}
	if (next && take_word(reading, "week")) {
		set_day(reading, reading->today - day_weekday(reading->today) + 8);
		return true;
	}
	if (next && take_word(reading, "month")) {
		set_day(reading, add_months(first_of_month(reading->today), 1));
		return true;
	}
	reading->next = start;
	return false;
}

/* Days and weeks (or months) on from the day that was named last. */
static bool move_day(Reading *reading, int amount, const char *unit)
{
	bool weeks = g_str_has_prefix(unit, "week");
	if (g_str_has_prefix(unit, "month"))
		reading->day = add_months(reading->day, amount);
	else if (weeks || g_str_has_prefix(unit, "day"))
		reading->day += amount * (weeks ? 7 : 1);
	else
		return false;
	reading->day_is_weekday = false;
	reading->weekday = 0;
	return true;
}

/* "two", "a", "a couple of"; -1 where there is none. */
static int take_amount(Reading *reading)
{
	int start = reading->next;
	(void)take_word(reading, "a");
	if (take_word(reading, "couple")) {
		(void)take_word(reading, "of");
		return 2;
	}
	reading->next = start;
	int amount = small_number(peek(reading, 0));
	if (amount >= 0)
		reading->next++;
	return amount;
}

/* "in two weeks", "3 days ago", "a week from friday". */
static bool read_distance(Reading *reading)
{
	int start = reading->next;
	bool in = take_word(reading, "in");
	int amount = take_amount(reading);
	const char *unit = peek(reading, 0)->word;
	reading->next++;
	bool ago = !in && take_word(reading, "ago"), from = !in && !ago && take_word(reading, "from");
	if (amount >= 0 && from && take_word(reading, "now"))
		in = true;
	else if (amount >= 0 && from && read_named_day(reading))
		return move_day(reading, amount, unit);
	if (amount >= 0 && (in || ago) && shift(reading, ago ? -amount : amount, unit))
		return true;
	reading->next = start;
	return false;
}

/* The day of a month in the year that fits the direction, where no year was said. */
static bool set_month_day(Reading *reading, int day, int month, int year)
{
	bool fixed = year != 0;
	if (!fixed)
		year = civil_from_day(reading->today).year;
	if (!civil_is_valid(year, month, day) && (fixed || !civil_is_valid(2024, month, day))) {
		reading->fault = "names a day that does not exist";
		return true;
	}
	for (int tries = 0; tries < 9 && !fixed; tries++) {
		bool exists = civil_is_valid(year, month, day);
		Day found = exists ? civil_to_day((Civil){year, month, day}) : 0;
		bool fits = reading->direction == WHEN_AHEAD ? found >= reading->today - 31 : found <= reading->today;
		if (exists && fits)
			break;
		year += reading->direction == WHEN_AHEAD ? 1 : -1;
	}
	set_day(reading, civil_to_day((Civil){year, month, day}));
	return true;
}

/* "the 18th": of this month or the nearest that fits the direction. */
static bool set_day_of_month(Reading *reading, int day)
{
	int step = reading->direction == WHEN_AHEAD ? 1 : -1;
	Day first = first_of_month(reading->today);
	for (int tries = 0; tries < 4; tries++, first = add_months(first, step)) {
		Civil civil = civil_from_day(first);
		Day found = first + day - 1;
		bool fits = step > 0 ? found >= reading->today : found <= reading->today;
		if (civil_is_valid(civil.year, civil.month, day) && fits) {
			set_day(reading, found);
			return true;
		}
	}
	reading->fault = "names a day that does not exist";
	return true;
}

static int take_year(Reading *reading)
{
	const Token *token = peek(reading, 0);
	if (token->digits != 4 || token->after == ':')
		return 0;
	reading->next++;
	return token->number;
}

/* "20 nov [2026]", "20th of november", "nov 20[, 2026]". */
static bool read_month_day(Reading *reading)
{
	int start = reading->next;
	(void)(take_word(reading, "on") || take_word(reading, "by") || take_word(reading, "the"));
	int month = name_index(peek(reading, 0)->word, month_name, 12);
	int day = 0;
	if (month != 0) {
		reading->next++;
		day = is_number(peek(reading, 0)) ? peek(reading, 0)->number : 0;
		reading->next++;
	} else if (is_number(peek(reading, 0)) && peek(reading, 0)->digits <= 2) {
		day = peek(reading, 0)->number;
		reading->next++;
	}
	static const char *const ordinals[] = {"st", "nd", "rd", "th"};
	bool ordinal = false;
	for (size_t i = 0; i < G_N_ELEMENTS(ordinals) && !ordinal; i++)
		ordinal = take_word(reading, ordinals[i]);
	(void)take_word(reading, "of");
	if (month == 0 && day != 0) {
		month = name_index(peek(reading, 0)->word, month_name, 12);
		reading->next += month != 0;
	}
	if (month != 0 && day != 0)
		return set_month_day(reading, day, month, take_year(reading));
	if (ordinal && day != 0)
		return set_day_of_month(reading, day);
	reading->next = start;
	return false;
}

/* "17/11" and "11/17" are one day each, "5/5" too; "3/4" could be two. */
static bool set_slashed(Reading *reading, int one, int other, int year)
{
	if (one != other && one >= 1 && one <= 12 && other >= 1 && other <= 12) {
		reading->fault = "can be read as two dates; write the month as a word, as in 3 apr";
		return true;
	}
	return set_month_day(reading, MAX(one, other), MIN(one, other), year);
}

/* The year behind two numbers, with two digits or four. */
static int take_short_year(Reading *reading)
{
	const Token *token = peek(reading, 0);
	if (token->digits != 2)
		return take_year(reading);
	reading->next++;
	return 2000 + token->number;
}

/* True if a time of day comes that far ahead, so that "17.11" before it is a day. */
static bool is_time_ahead(Reading *reading, int ahead)
{
	const Token *token = peek(reading, ahead), *after = peek(reading, ahead + 1);
	bool half = strcmp(after->word, "am") == 0 || strcmp(after->word, "pm") == 0;
	return strcmp(token->word, "at") == 0 || strcmp(token->word, "noon") == 0 ||
		   (is_number(token) && token->digits <= 2 && (token->after == ':' || token->after == 'h' || half));
}

/* "2026-11-20", "20.11.2026", "20.11.", "20/11". */
static bool read_numeric_day(Reading *reading)
{
	const Token *a = peek(reading, 0), *b = peek(reading, 1), *c = peek(reading, 2);
	bool slashed = is_number(b) && (a->after == '/' || (a->after == '-' && b->after == '-' && c->digits == 4));
	if (a->digits == 4 && (a->after == '-' || a->after == '/') && b->after == a->after && is_number(c)) {
		reading->next += 3;
		return set_month_day(reading, c->number, b->number, a->number);
	}
	if (a->digits > 2 || b->digits > 2 || !is_number(a) || !is_number(b))
		return false;
	if (a->after == '.' && (b->after == '.' || is_time_ahead(reading, 2))) {
		reading->next += 2;
		return set_month_day(reading, a->number, b->number, b->after == '.' ? take_year(reading) : 0);
	}
	if (slashed) {
		reading->next += 2;
		return set_slashed(reading, a->number, b->number, b->after == a->after ? take_short_year(reading) : 0);
	}
	return false;
}

static bool take_half(Reading *reading, bool *pm)
{
	*pm = strcmp(peek(reading, 0)->word, "pm") == 0 || strcmp(peek(reading, 0)->word, "p") == 0;
	if (!*pm && strcmp(peek(reading, 0)->word, "am") != 0 && strcmp(peek(reading, 0)->word, "a") != 0)
		return false;
	reading->next++;
	return true;
}

/* "10am", "10:30", "10.30 pm", "14h", "14h30", "noon", "at 10". */
static bool read_time(Reading *reading)
{
	int start = reading->next;
	bool at = take_word(reading, "at");
	if (take_word(reading, "noon") || take_word(reading, "midday")) {
		set_time(reading, 12, 0);
		return true;
	}
	if (take_word(reading, "midnight")) {
		set_time(reading, 0, 0);
		return true;
	}
	const Token *hour = peek(reading, 0);
	if (is_number(hour) && hour->digits <= 2) {
		int minute = 0;
		bool split = hour->after == ':' || hour->after == '.' || hour->after == 'h';
		reading->next++;
		if (hour->after == 'h')
			(void)take_word(reading, "h");
		if (split && peek(reading, 0)->digits == 2) {
			minute = peek(reading, 0)->number;
			reading->next++;
		}
		bool pm = false, half = take_half(reading, &pm);
		if (half && (hour->number < 1 || hour->number > 12))
			reading->fault = "names a time of day that does not exist";
		if (half || split || at) {
			set_time(reading, half ? hour->number % 12 + (pm ? 12 : 0) : hour->number, minute);
			reading->is_short = !half && hour->after != 'h' && (hour->digits == 1 || hour->number > 9);
			return true;
		}
	}
	reading->next = start;
	return false;
}

/* "morning", "in the afternoon", "this evening". */
static bool read_half(Reading *reading)
{
	int start = reading->next;
	bool this = take_word(reading, "this");
	if (!this && take_word(reading, "in"))
		(void)take_word(reading, "the");
	bool afternoon = take_word(reading, "afternoon") || take_word(reading, "evening") || take_word(reading, "night");
	if (!afternoon && !take_word(reading, "morning")) {
		reading->next = start;
		return false;
	}
	reading->afternoon = reading->afternoon || afternoon;
	reading->morning = reading->morning || !afternoon;
	if (this && !reading->has_day)
		set_day(reading, reading->today);
	return true;
}

/* "10am EST": the zone is the employer's, and known. */
static bool read_zone(Reading *reading)
{
	static const char *const names[] = {"et", "est", "edt", "ct",  "cst", "cdt", "mt",  "mst", "mdt",
										"pt", "pst", "pdt", "gmt", "utc", "bst", "cet", "cest"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (take_word(reading, names[i])) {
			reading->fault = "names a time zone; leave it out, times are in the employer's, which --zone says";
			return true;
		}
	}
	return false;
}

/* "monday morning 10pm" is a slip; "tonight 1am" is not. */
static bool fits_half(const Reading *reading)
{
	int hour = reading->second / 3600;
	bool late = reading->morning && hour >= 12, early = reading->afternoon && hour >= 5 && hour < 12;
	return !reading->has_time || (!late && !early);
}

static bool read_all(Reading *reading)
{
	while (reading->next < reading->count && reading->fault == NULL) {
		if (take_word(reading, "now")) {
			reading->has_instant = true;
			reading->instant = reading->now;
			continue;
		}
		if (!read_distance(reading) && !read_end_of(reading) && !read_named_day(reading) && !read_month_day(reading) &&
			!read_numeric_day(reading) && !read_time(reading) && !read_half(reading) && !read_zone(reading))
			return false;
	}
	if (reading->has_day && reading->weekday != 0 && reading->weekday != day_weekday(reading->day))
		reading->fault = "names a day of the week on which that date does not fall";
	/* Nobody is interviewed at three in the night; who means it writes 03:00 or 3am. */
	int hour = reading->second / 3600;
	int latest = reading->afternoon ? 11 : reading->morning ? 0 : 6;
	if (reading->is_short && hour >= 1 && hour <= latest)
		reading->second += 12 * 3600;
	if (!fits_half(reading))
		reading->fault = "names a time that is not in that part of the day";
	return reading->fault == NULL;
}

static bool refuse(const char *text, const char *fault, GError **error)
{
	g_autofree char *shown = text_to_show(text, 60);
	if (fault != NULL)
		return base_error_set(error, BASE_ERROR_INVALID, NULL, "\"%s\" %s.", shown, fault);
	return base_error_set(
		error, BASE_ERROR_INVALID, NULL,
		"\"%s\" is not a date that can be read; try \"tomorrow 10am\", \"fri\", \"20 nov\" or \"2026-11-20 14:00\".",
		shown);
}

static bool finish(const Reading *reading, const char *text, When *ret_when, GError **error)
{
	When when = {
		.day = reading->today,
		.second = reading->second,
		.has_day = reading->has_day || reading->has_instant,
		.has_time = reading->has_time,
		.afternoon = reading->afternoon};
	if (reading->has_instant) {
		if (reading->has_day || reading->has_time)
			return refuse(text, "names a moment and a day beside it", error);
		when.at = reading->instant;
		when.day = zone_to_day(reading->zone, when.at, &when.second);
		when.has_time = true;
	} else {
		if (reading->has_day)
			when.day = reading->day;
		Civil civil = civil_from_day(when.day);
		if (civil.year < LIMIT_YEAR_MIN || civil.year > LIMIT_YEAR_MAX)
			return refuse(text, "lies in a year that no interview is held in", error);
		when.at = zone_to_instant(reading->zone, when.day, when.second);
	}
	*ret_when = when;
	return true;
}

/* An ISO time or date is taken as it is written. */
static bool read_iso(const char *text, const Zone *zone, When *ret_when)
{
	Stamp stamp = {0};
	Day day = 0;
	When when = {0};
	if (stamp_parse(text, &stamp)) {
		when.at = zone_resolve(zone, stamp);
		when.has_day = when.has_time = true;
		when.day = zone_to_day(zone, when.at, &when.second);
	} else if (day_parse(text, &day)) {
		when.has_day = true;
		when.day = day;
		when.at = zone_to_instant(zone, day, 0);
	} else {
		return false;
	}
	int year = civil_from_day(when.day).year;
	if (year < LIMIT_YEAR_MIN || year > LIMIT_YEAR_MAX)
		return false;
	*ret_when = when;
	return true;
}

bool when_parse(
	const char *text, const Zone *zone, int64_t now, WhenDirection direction, When *ret_when, GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text));
	if (strlen(trimmed) > LIMIT_NAME_BYTES)
		return refuse(trimmed, NULL, error);
	if (read_iso(trimmed, zone, ret_when))
		return true;
	Reading reading = {.zone = zone, .now = now, .direction = direction};
	reading.today = zone_to_day(zone, now, &reading.second_now);
	if (!tokenize(trimmed, &reading) || !read_all(&reading))
		return refuse(trimmed, reading.fault, error);
	return finish(&reading, trimmed, ret_when, error);
}

static bool read_duration(const char *text, double *ret_minutes)
{
	double minutes = 0;
	const char *p = text;
	while (*p != '\0') {
		char *end = NULL;
		double number = g_ascii_strtod(p, &end);
		if (end == p || !(number >= 0 && number <= 10000))
			return false;
		while (*end == ' ')
			end++;
		size_t length = strspn(end, "abcdefghijklmnopqrstuvwxyz");
		if (length == 0 && p != text && *end == '\0') /* the 30 of "1h30" */
			minutes += number;
		else if (*end == 'h' && length <= 5)
			minutes += number * 60;
		else if (*end == 'm' && length <= 7)
			minutes += number;
		else
			return false;
		for (p = end + length; *p == ' '; p++)
			continue;
	}
	*ret_minutes = minutes;
	return p != text;
}

bool duration_parse(const char *text, int64_t *ret_seconds, GError **error)
{
	double minutes = 0;
	if (!read_duration(text, &minutes) || minutes < 1 || minutes > 24 * 60) {
		g_autofree char *shown = text_to_show(text, 60);
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL,
			"\"%s\" is not a length of time; try \"45m\", \"1h\" or \"1h30\", up to 24 hours.", shown);
	}
	*ret_seconds = (int64_t)(minutes * 60 + 0.5);
	return true;
}

char *when_name_day(const Zone *zone, Day day, int64_t now)
{
	Day today = zone_to_day(zone, now, NULL);
	Civil civil = civil_from_day(day);
	GString *text = g_string_new(weekday_name(day_weekday(day)));
	g_string_append_c(text, ' ');
	text_append_number(text, civil.day, 1);
	g_string_append_c(text, ' ');
	g_string_append(text, month_name(civil.month));
	if (civil.year != civil_from_day(today).year && (day < today || day - today >= 90)) {
		g_string_append_c(text, ' ');
		text_append_number(text, civil.year, 1);
	}
	return g_string_free(text, FALSE);
}

char *when_say_day(const Zone *zone, Day day, int64_t now)
{
	Day today = zone_to_day(zone, now, NULL);
	if (day < today - 1 || day > today + 1)
		return when_name_day(zone, day, now);
	return g_strdup(day == today ? "today" : day < today ? "yesterday" : "tomorrow");
}

char *when_say(const Zone *zone, int64_t at, int64_t now)
{
	int second = 0;
	g_autofree char *day = when_say_day(zone, zone_to_day(zone, at, &second), now);
	GString *text = g_string_new(day);
	g_string_append(text, ", ");
	text_append_clock(text, second);
	return g_string_free(text, FALSE);
}
