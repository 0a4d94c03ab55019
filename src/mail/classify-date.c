/* classify-date.c - one small reader for each way to say a date; the first that fits is taken.
 *
 * Every reader looks at tokens from a place on and says how many it took, or 0.
 */
#include "classify-date.h"

#include <string.h>

enum { UNIT_DAY = 1, UNIT_BUSINESS_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR, LENGTH_MAX = 366, ORDER_TOKENS = 1000 };

typedef struct Cursor {
	const WordsText *text;
	uint32_t at, end, start;
	const DateBase *base;
} Cursor;

static const Token *peek(const Cursor *cursor, uint32_t ahead)
{
	return cursor->at + ahead < cursor->end ? words_token(cursor->text, cursor->at + ahead) : NULL;
}

/* Whether the token `ahead` is one of the words of a list that spaces part. */
static bool is_any(const Cursor *cursor, uint32_t ahead, const char *list)
{
	const Token *token = peek(cursor, ahead);
	if (token == NULL)
		return false;
	const char *own = cursor->text->text + token->at;
	char first = g_ascii_tolower(*own);
	for (const char *word = list; word != NULL; word = strchr(word, ' ')) {
		word += *word == ' ';
		if (*word == first && g_ascii_strncasecmp(own, word, token->length) == 0 &&
			(word[token->length] == ' ' || word[token->length] == '\0'))
			return true;
	}
	return false;
}

/* The same for the token `back` places before the cursor. */
static bool was_any(const Cursor *cursor, uint32_t back, const char *list)
{
	if (cursor->at < cursor->start + back)
		return false;
	Cursor before = *cursor;
	before.at -= back;
	return is_any(&before, 0, list);
}

static bool was_near(const Cursor *cursor, uint32_t reach, const char *list)
{
	for (uint32_t back = 1; back <= reach; back++)
		if (was_any(cursor, back, list))
			return true;
	return false;
}

static int value_of(const Cursor *cursor, uint32_t ahead, ValueKind kind)
{
	const Token *token = peek(cursor, ahead);
	return token == NULL ? 0 : words_value(token, kind);
}

static bool is_mark(const Cursor *cursor, uint32_t ahead, char mark)
{
	const Token *token = peek(cursor, ahead);
	return token != NULL && token->length == 1 && cursor->text->text[token->at] == mark;
}

/* The digits a token is made of; -1 where it is another. */
static int digits_of(const Cursor *cursor, uint32_t ahead)
{
	const Token *token = peek(cursor, ahead);
	return token != NULL && g_ascii_isdigit(cursor->text->text[token->at]) ? token->number : -1;
}

/* "27th", "1er", "3": a day of the month; 0 where the token is none. *ret_ordinal: whether an ending was written. */
static int month_day(const Cursor *cursor, uint32_t ahead, bool *ret_ordinal)
{
	static const char *const endings[] = {"st", "nd", "rd", "th", "er", "e", "o", "a", "de", "ste"};
	const Token *token = peek(cursor, ahead);
	const char *text = token == NULL ? "" : cursor->text->text + token->at;
	int day = 0;
	size_t i = 0;
	while (token != NULL && i < token->length && i < 2 && g_ascii_isdigit(text[i]))
		day = day * 10 + (text[i++] - '0');
	*ret_ordinal = false;
	if (token == NULL || day < 1 || day > 31 || (i < token->length && g_ascii_isdigit(text[i])))
		return 0;
	for (size_t j = 0; i < token->length && j < G_N_ELEMENTS(endings); j++)
		*ret_ordinal = *ret_ordinal || (token->length - i == strlen(endings[j]) &&
										g_ascii_strncasecmp(text + i, endings[j], token->length - i) == 0);
	return i == token->length || *ret_ordinal ? day : 0;
}

/* ---- days ---- */

static bool is_business_day(const DateBase *base, Day day)
{
	return base->facts == NULL ? day_weekday(day) <= 5 : facts_is_business_day(base->facts, day);
}

Day date_business_after(const DateBase *base, Day day, int count)
{
	for (int i = 0; count > 0 && i < 4 * LENGTH_MAX; i++) {
		day++;
		count -= is_business_day(base, day);
	}
	return day;
}

static Day monday_of(Day day)
{
	return day - (day_weekday(day) - 1);
}

static Day month_end(int year, int month)
{
	for (int day = 31; day > 28; day--)
		if (civil_is_valid(year, month, day))
			return civil_to_day((Civil){year, month, day});
	return civil_to_day((Civil){year, month, 28});
}

static Day add_months(Day day, int months)
{
	Civil civil = civil_from_day(day);
	int month = civil.month - 1 + months;
	int year = civil.year + month / 12;
	month = month % 12 + 1;
	Day last = month_end(year, month);
	return civil_is_valid(year, month, civil.day) ? civil_to_day((Civil){year, month, civil.day}) : last;
}

/* A day and month without a year: of this year, unless that is long over or still far off. DAY_NONE where it does not
 * exist. */
static Day nearest_year(Day today, int month, int day)
{
	int year = civil_from_day(today).year;
	Day best = DAY_NONE;
	for (int i = -1; i <= 1; i++) {
		if (year + i < 1 || !civil_is_valid(year + i, month, day))
			continue;
		Day there = civil_to_day((Civil){year + i, month, day});
		if (there >= today - 90 && (best == DAY_NONE || best < today - 90))
			best = there;
	}
	return best;
}

static Day with_year(Day today, int year, int month, int day)
{
	if (year == 0)
		return nearest_year(today, month, day);
	year += year < 100 ? 2000 : 0;
	return civil_is_valid(year, month, day) ? civil_to_day((Civil){year, month, day}) : DAY_NONE;
}

/* ---- readers: each returns how many tokens it took, or 0 ---- */

/* 2026-11-27 */
static uint32_t read_iso(const Cursor *cursor, Day *ret_day)
{
	int year = digits_of(cursor, 0), month = digits_of(cursor, 2), day = digits_of(cursor, 4);
	if (year < 1990 || !is_mark(cursor, 1, '-') || !is_mark(cursor, 3, '-') || month < 1 || day < 1)
		return 0;
	if (!civil_is_valid(year, month, day))
		return 0;
	*ret_day = civil_to_day((Civil){year, month, day});
	return 5;
}

/* A year behind a numeric date, or 0. */
static int read_year(const Cursor *cursor, uint32_t at, uint32_t *ret_took)
{
	int year = digits_of(cursor, at);
	const Token *token = peek(cursor, at);
	bool fits =
		token != NULL && ((token->length == 4 && year >= 1990 && year < 2200) || (token->length == 2 && year >= 0));
	*ret_took = fits ? 1 : 0;
	return fits ? year : 0;
}

/* Whether another date of the text can only be read month first, "11/23", or day first: 1, -1; 0 where none tells. */
static int find_order(const WordsText *text)
{
	for (uint32_t at = 0; at + 2 < MIN(text->tokens->len, ORDER_TOKENS); at++) {
		const Token *slash = words_token(text, at + 1), *other = slash + 1;
		int first = words_token(text, at)->number, second = other->number;
		if (text->text[slash->at] != '/' || slash->blank || other->blank || MIN(first, second) < 1 ||
			MIN(first, second) > 12 || MAX(first, second) <= 12 || MAX(first, second) > 31)
			continue;
		return second > 12 ? 1 : -1;
	}
	return 0;
}

/* Of the two readings of "3/4" the one of the text's other dates; else the one that is to come and nearer. */
static Day choose_reading(const Cursor *cursor, int first, int second, int year)
{
	const DateBase *base = cursor->base;
	Day day_first = second <= 12 ? with_year(base->today, year, second, first) : DAY_NONE;
	Day month_first = first <= 12 ? with_year(base->today, year, first, second) : DAY_NONE;
	bool west = base->offset <= -3 * 3600;
	if (day_first == DAY_NONE || month_first == DAY_NONE)
		return day_first == DAY_NONE ? month_first : day_first;
	int order = find_order(cursor->text);
	if (order != 0)
		return order > 0 ? month_first : day_first;
	Day last = base->today + 120;
	bool day_fits = day_first >= base->today && day_first <= last;
	bool month_fits = month_first >= base->today && month_first <= last;
	if (day_fits != month_fits)
		return day_fits ? day_first : month_first;
	return west ? month_first : day_first;
}

/* 27.11., 27.11.2026, 11/27, 27/11/26, 27-11-2026 */
static uint32_t read_numeric(const Cursor *cursor, Day *ret_day)
{
	int first = digits_of(cursor, 0), second = digits_of(cursor, 2);
	const Token *next = peek(cursor, 1);
	char mark = next == NULL ? ' ' : cursor->text->text[next->at];
	uint32_t took = 3, year_took = 0;
	if (first < 1 || second < 1 || first > 31 || second > 31 || strchr("./-", mark) == NULL || next->blank ||
		peek(cursor, 2)->blank)
		return 0;
	int year = 0;
	if (is_mark(cursor, 3, mark)) {
		year = read_year(cursor, 4, &year_took);
		took += year_took > 0 ? 2 : mark == '.';
	}
	bool dotted = mark == '.' && took == 3, dashed = mark == '-' && year_took == 0;
	if (dotted || dashed || (first == 24 && second == 7) || first == 0)
		return 0;
	*ret_day =
		mark == '/' ? choose_reading(cursor, first, second, year) : with_year(cursor->base->today, year, second, first);
	return *ret_day == DAY_NONE ? 0 : took;
}

/* What may stand between a day and its month: "of", "de", ".". */
static uint32_t skip_link(const Cursor *cursor, uint32_t at)
{
	return is_any(cursor, at, "of de . di do - d") ? 1 : 0;
}

/* November 27th, 27. November 2026, the 27th of November */
static uint32_t read_named(const Cursor *cursor, Day *ret_day)
{
	bool ordinal = false;
	uint32_t stop = is_mark(cursor, 1, '.') ? 1 : 0, took = 2 + stop, year_took = 0;
	int month = value_of(cursor, 0, VALUE_MONTH), day = month > 0 ? month_day(cursor, 1 + stop, &ordinal) : 0;
	if (day == 0) {
		day = month_day(cursor, 0, &ordinal);
		uint32_t link = skip_link(cursor, 1);
		month = day == 0 ? 0 : value_of(cursor, 1 + link, VALUE_MONTH);
		took = 2 + link;
	}
	if (day == 0 || month == 0)
		return 0;
	uint32_t comma = is_mark(cursor, took, ',') || is_any(cursor, took, "de del of .") ? 1 : 0;
	const Token *token = peek(cursor, took + comma);
	int year = token != NULL && token->length == 4 ? read_year(cursor, took + comma, &year_took) : 0;
	*ret_day = with_year(cursor->base->today, year, month, day);
	return *ret_day == DAY_NONE ? 0 : took + (year_took > 0 ? comma + 1 : 0);
}

/* "the 27th": the next day of the month that has that number */
static uint32_t read_ordinal(const Cursor *cursor, Day *ret_day)
{
	bool ordinal = false;
	int number = month_day(cursor, 0, &ordinal);
	if (number == 0 || !(ordinal || was_any(cursor, 1, "the")) || !was_near(cursor, 2, "the on by until till before"))
		return 0;
	if (value_of(cursor, 1, VALUE_UNIT) > 0 ||
		(!ordinal && peek(cursor, 1) != NULL && !is_any(cursor, 1, ". , or and at")))
		return 0;
	Civil civil = civil_from_day(cursor->base->today);
	for (int i = 0; i < 3; i++) {
		Day day = civil_is_valid(civil.year, civil.month, number)
					  ? civil_to_day((Civil){civil.year, civil.month, number})
					  : DAY_NONE;
		if (day != DAY_NONE && day > cursor->base->today) {
			*ret_day = day;
			return 1;
		}
		civil.month = civil.month % 12 + 1;
		civil.year += civil.month == 1;
	}
	return 0;
}

/* Thursday, this Friday, next Friday, Friday week, Friday of next week, a week on Friday */
static uint32_t read_weekday(const Cursor *cursor, Day *ret_day)
{
	Day today = cursor->base->today;
	uint32_t at = 0;
	bool next = is_any(cursor, 0, "next nächsten nachsten nächster volgende"),
		 this = is_any(cursor, 0, "this coming kommenden diesen ce este");
	at += next || this;
	int weekday = value_of(cursor, at, VALUE_WEEKDAY);
	if (weekday == 0 ||
		(is_any(cursor, at, "sat sun mon") && at == 0 && !was_near(cursor, 1, "on by until till and or before")))
		return 0;
	at++;
	Day day = today + (weekday - day_weekday(today) + 7) % 7;
	day += day == today && !this ? 7 : 0;
	bool week_on = was_any(cursor, 2, "week") && was_any(cursor, 1, "on from");
	if (is_any(cursor, at, "next") && is_any(cursor, at + 1, "week")) {
		next = true;
		at += 2;
	} else if (is_any(cursor, at, "of in") && is_any(cursor, at + 1, "next") && is_any(cursor, at + 2, "week")) {
		next = true;
		at += 3;
	} else if (is_any(cursor, at, "prochain prochaine prossimo proximo próximo")) {
		at++;
	}
	if (next && !is_any(cursor, 0, "nächsten nachsten nächster"))
		day = monday_of(today) + 7 + weekday - 1;
	if (week_on || (is_any(cursor, at, "week") && !is_any(cursor, at + 1, "of")))
		day += 7;
	at += is_any(cursor, at, "week") ? 1 : 0;
	if (is_any(cursor, at, "after") && is_any(cursor, at + 1, "next")) {
		day = monday_of(today) + 7 + weekday - 1;
		day += 7;
		at += 2;
	}
	*ret_day = day;
	return at;
}

/* What a week or a month is cut into. */
typedef enum { PART_NONE, PART_START, PART_EARLY, PART_MIDDLE, PART_LATE, PART_END } Part;

static Part read_part(const Cursor *cursor, uint32_t *ret_took)
{
	*ret_took = 1;
	if (is_any(cursor, 0, "early anfang début debut principios begin"))
		return PART_EARLY;
	if (is_any(cursor, 0, "mid middle mitte mi mediados midden")) {
		*ret_took += is_mark(cursor, 1, '-') ? 1 : 0;
		return PART_MIDDLE;
	}
	if (is_any(cursor, 0, "late later"))
		return PART_LATE;
	if (is_any(cursor, 0, "end ende fin final fine einde finales close latter"))
		return PART_END;
	if (is_any(cursor, 0, "beginning start first"))
		return PART_START;
	*ret_took = 0;
	return PART_NONE;
}

static Day part_of_week(Day monday, Part part)
{
	static const int days[] = {
		[PART_NONE] = 4, [PART_START] = 0, [PART_EARLY] = 1, [PART_MIDDLE] = 2, [PART_LATE] = 4, [PART_END] = 4};
	return monday + days[part];
}

static Day part_of_month(int year, int month, Part part)
{
	static const int days[] = {[PART_START] = 1, [PART_EARLY] = 7, [PART_MIDDLE] = 15, [PART_LATE] = 25};
	return part == PART_NONE || part == PART_END ? month_end(year, month)
												 : civil_to_day((Civil){year, month, days[part]});
}

static Day part_of_year(int year, Part part)
{
	static const int months[] = {
		[PART_NONE] = 12, [PART_START] = 1, [PART_EARLY] = 1, [PART_MIDDLE] = 6, [PART_LATE] = 12, [PART_END] = 12};
	return month_end(year, months[part]);
}

/* "of the", "of", "part of", "der", "de la" */
static uint32_t skip_of(const Cursor *cursor, uint32_t at)
{
	uint32_t from = at;
	while (at - from < 4 && is_any(cursor, at, "of the part half der des de la du del van een in - to"))
		at++;
	return at - from;
}

/* The end of next week, early November, mid-December, next month, this week */
static uint32_t read_period(const Cursor *cursor, Day *ret_day)
{
	Day today = cursor->base->today, monday = monday_of(today);
	uint32_t at = 0;
	Part part = read_part(cursor, &at);
	at += part == PART_NONE ? 0 : skip_of(cursor, at);
	bool next = is_any(
		cursor, at,
		"next following coming upcoming kommenden kommende nächste nächster nachste nachster volgende próxima proxima "
		"komende");
	bool this = is_any(cursor, at, "this the current dieser diese cette esta deze");
	at += next || this;
	int unit = value_of(cursor, at, VALUE_UNIT), month = value_of(cursor, at, VALUE_MONTH);
	bool after = unit != 0 && is_any(cursor, at + 1, "prochaine prochain próxima proxima prossima after entrante que");
	bool after_next = after && is_any(cursor, at + 1, "after") && is_any(cursor, at + 2, "next");
	if (after && is_any(cursor, at + 1, "after") && !after_next)
		after = false;
	if (part == PART_NONE && !next && !(this && unit == UNIT_WEEK && is_any(cursor, 0, "this")) && !after)
		return 0;
	if (unit == UNIT_WEEK && !is_any(cursor, at, "weeks")) {
		/* Said at a weekend, "the end of the week" is that of the week to come. */
		Day first = monday + (next || after ? 7 : 0);
		Day day = part_of_week(first, part);
		*ret_day = after_next ? day + 7 : day < today ? day + 7 : day;
		return at + 1 + (after ? 1 : 0) + after_next;
	}
	if (unit == UNIT_MONTH && !is_any(cursor, at, "months")) {
		Civil civil = civil_from_day(add_months(today, next || after ? 1 : 0));
		*ret_day = part_of_month(civil.year, civil.month, part);
		return at + 1;
	}
	if (unit == UNIT_YEAR && part != PART_NONE) {
		*ret_day = part_of_year(civil_from_day(today).year + (next || after), part);
		return at + 1;
	}
	bool day_follows = digits_of(cursor, at + 1) > 0 && digits_of(cursor, at + 1) <= 31;
	if (month == 0 || part == PART_NONE || day_follows)
		return 0;
	Day there = nearest_year(today, month, 15);
	Civil civil = civil_from_day(there == DAY_NONE ? today : there);
	*ret_day = part_of_month(civil.year, civil.month, part);
	return at + 1;
}

/* In January: over with its last day; until January, or until June 2027: its first. */
static uint32_t read_month(const Cursor *cursor, Day *ret_day)
{
	int month = value_of(cursor, 0, VALUE_MONTH);
	bool within = was_any(cursor, 1, "in im en during"), until = was_any(cursor, 1, "until till til bis hasta");
	if (month == 0 || !(within || until) || (digits_of(cursor, 1) > 0 && digits_of(cursor, 1) <= 31))
		return 0;
	uint32_t year_took = 0;
	int year = digits_of(cursor, 1) > 31 ? read_year(cursor, 1, &year_took) : 0;
	Day there = with_year(cursor->base->today, year, month, 15);
	if (there == DAY_NONE)
		return 0;
	*ret_day = within ? month_end(civil_from_day(there).year, month) : there - 14;
	return 1 + year_took;
}

/* The second week of December: the first Friday on or after its eighth; with a weekday, "first Friday in December". */
static uint32_t read_nth(const Cursor *cursor, Day *ret_day)
{
	int order = value_of(cursor, 0, VALUE_ORDER), weekday = value_of(cursor, 1, VALUE_WEEKDAY);
	bool week = value_of(cursor, 1, VALUE_UNIT) == UNIT_WEEK;
	uint32_t at = 2 + skip_of(cursor, 2);
	int month = value_of(cursor, at, VALUE_MONTH);
	if (order == 0 || month == 0 || (!week && weekday == 0))
		return 0;
	Day middle = nearest_year(cursor->base->today, month, 15);
	if (middle == DAY_NONE)
		return 0;
	Day first = civil_to_day((Civil){civil_from_day(middle).year, month, 1}) + 7 * (order - 1);
	*ret_day = first + ((week ? 5 : weekday) - day_weekday(first) + 7) % 7;
	return at + 1;
}

/* "10", "ten", "a couple of", "a few"; *ret_few for what is only a few. */
static int read_count(const Cursor *cursor, uint32_t *ret_took, bool *ret_few)
{
	uint32_t at = *ret_took;
	at += is_any(cursor, at, "a the") && (is_any(cursor, at + 1, "couple few fortnight further single good")) ? 1 : 0;
	int count = value_of(cursor, at, VALUE_NUMBER);
	*ret_few = is_any(cursor, at, "few einige einigen algunos quelques");
	if (count == 0)
		return 0;
	at++;
	at += is_any(cursor, at, "of more further") ? 1 : 0;
	*ret_took = at;
	return count;
}

static Day add_units(const DateBase *base, int count, int unit, bool business)
{
	count = MIN(count, LENGTH_MAX);
	if (unit == UNIT_BUSINESS_DAY || (unit == UNIT_DAY && business))
		return date_business_after(base, base->today, count);
	return unit == UNIT_DAY    ? base->today + count
		   : unit == UNIT_WEEK ? base->today + 7 * count
							   : add_months(base->today, MIN(count, 24));
}

/* Whether a length of time at the cursor lies ahead: "in two weeks", "another week", not "two weeks ago". */
static bool is_ahead(const Cursor *cursor, uint32_t took)
{
	static const char *const before = "in within another over next after about take takes taking need needs needed "
									  "require requires give allow least until "
									  "further roughly approximately around another up extra additional coming "
									  "following under for by innerhalb binnen dans en "
									  "dentro entro tra over nächsten nachsten kommenden noch d ici";
	static const char *const behind = "more longer from or";
	if (is_any(cursor, took, "ago earlier before since old notice experience") ||
		was_near(cursor, 2, "last past previous ago every per"))
		return false;
	return is_any(cursor, 0, "another") || was_near(cursor, 3, before) || is_any(cursor, took, behind) ||
		   is_any(cursor, took - 2, "more further");
}

/* "in ten days", "one or two weeks", "5-7 business days", "a week or two", "another week", "a fortnight" */
static uint32_t read_length(const Cursor *cursor, Day *ret_day)
{
	uint32_t took = is_any(cursor, 0, "another next") ? 1 : 0;
	bool few = false, business = false;
	int count = read_count(cursor, &took, &few);
	if (count == 0 && is_any(cursor, 0, "another"))
		count = 1;
	if (count == 0)
		return 0;
	if (count == 14 && is_any(cursor, took - 1, "fortnight")) {
		*ret_day = cursor->base->today + 14;
		return is_ahead(cursor, took) ? took : 0;
	}
	if (is_any(cursor, took, "or to - – and bis à a o oder ou")) {
		uint32_t second = took + 1;
		int more = read_count(cursor, &second, &few);
		count = more > 0 ? MAX(count, more) : count;
		took = more > 0 ? second : took;
	}
	if (is_any(cursor, took, "business working work workdays week") &&
		value_of(cursor, took + 1, VALUE_UNIT) == UNIT_DAY) {
		business = true;
		took++;
	}
	int unit = value_of(cursor, took, VALUE_UNIT);
	if (unit == 0 || unit == UNIT_YEAR || (is_any(cursor, 0, "one first") && was_any(cursor, 1, "the")))
		return 0;
	took++;
	if (is_any(cursor, took, "or") && value_of(cursor, took + 1, VALUE_NUMBER) > 0 &&
		value_of(cursor, took + 2, VALUE_UNIT) == 0) {
		count = MAX(count, value_of(cursor, took + 1, VALUE_NUMBER));
		took += 2;
	}
	*ret_day = add_units(cursor->base, count, unit, business || (few && unit == UNIT_DAY));
	return is_ahead(cursor, took) ? took : 0;
}

/* tomorrow, today, EOD, EOW, Friday's abbreviations of offices */
static uint32_t read_word(const Cursor *cursor, Day *ret_day)
{
	Day today = cursor->base->today;
	bool greeting = was_any(cursor, 1, "guten good la por de il");
	if (is_any(cursor, 0, "tomorrow demain") || (is_any(cursor, 0, "morgen mañana domani") && !greeting)) {
		*ret_day = today + 1;
		return 1;
	}
	if (is_any(cursor, 0, "eow")) {
		Day friday = monday_of(today) + 4;
		*ret_day = friday < today ? friday + 7 : friday;
		return 1;
	}
	if (is_any(cursor, 0, "eom")) {
		Civil civil = civil_from_day(today);
		*ret_day = month_end(civil.year, civil.month);
		return 1;
	}
	if (is_any(cursor, 0, "today tonight heute vandaag") ||
		(is_any(cursor, 0, "eod cob") && value_of(cursor, 1, VALUE_WEEKDAY) == 0 &&
		 !is_any(cursor, 1, "on tomorrow next this"))) {
		*ret_day = today;
		return 1;
	}
	return 0;
}

/* "the week of 23 November", "w/c Monday": the Friday of that week; the cursor is at what follows */
static bool is_week_of(const Cursor *cursor)
{
	return (was_any(cursor, 1, "of commencing beginning starting the") && was_near(cursor, 3, "week")) ||
		   (was_any(cursor, 1, "c") && was_any(cursor, 2, "/") && was_any(cursor, 3, "w"));
}

/* What a token is to the beginning of a date: one bit. */
enum {
	MAY_DIGITS = 1 << 0,
	MAY_MONTH = 1 << 1,
	MAY_WEEKDAY = 1 << 2,
	MAY_NUMBER = 1 << 3,
	MAY_UNIT = 1 << 4,
	MAY_ORDER = 1 << 5,
	MAY_NEXT = 1 << 6, /* "next", "this" */
	MAY_PART = 1 << 7, /* "end", "mid" */
	MAY_WORD = 1 << 8, /* "tomorrow", "another" */
	MAY_THE = 1 << 9,
};

static unsigned beginning_of(const Cursor *cursor)
{
	static const unsigned kinds[] = {
		[VALUE_MONTH] = MAY_MONTH,
		[VALUE_WEEKDAY] = MAY_WEEKDAY,
		[VALUE_NUMBER] = MAY_NUMBER,
		[VALUE_UNIT] = MAY_UNIT,
		[VALUE_ORDER] = MAY_ORDER};
	static const unsigned starts[] = {0, MAY_NEXT, MAY_PART, MAY_WORD, MAY_THE};
	const Token *token = peek(cursor, 0), *next = peek(cursor, 1);
	if (g_ascii_isdigit(cursor->text->text[token->at]))
		return MAY_DIGITS;
	for (size_t kind = VALUE_MONTH; kind < G_N_ELEMENTS(kinds); kind++)
		if (words_value(token, (ValueKind)kind) > 0)
			return kinds[kind];
	unsigned start = starts[MIN((size_t)words_value(token, VALUE_START), G_N_ELEMENTS(starts) - 1)];
	return start == MAY_THE && (next == NULL || !words_has_value(cursor->text, next)) ? 0 : start;
}

typedef struct Reader {
	uint32_t (*read)(const Cursor *cursor, Day *ret_day);
	unsigned begins; /* what it may begin with */
} Reader;

bool date_read(const WordsText *text, uint32_t at, uint32_t end, const DateBase *base, DateFind *ret_find)
{
	static const Reader readers[] = {
		{read_iso, MAY_DIGITS},
		{read_numeric, MAY_DIGITS},
		{read_named, MAY_DIGITS | MAY_MONTH},
		{read_month, MAY_MONTH},
		{read_nth, MAY_ORDER},
		{read_period, MAY_NEXT | MAY_PART | MAY_THE | MAY_ORDER | MAY_UNIT},
		{read_length, MAY_NEXT | MAY_WORD | MAY_THE | MAY_NUMBER | MAY_DIGITS | MAY_ORDER},
		{read_weekday, MAY_WEEKDAY | MAY_NEXT},
		{read_ordinal, MAY_DIGITS},
		{read_word, MAY_WORD},
	};
	uint32_t start = at;
	if (at >= end || !words_has_value(text, words_token(text, at)))
		return false;
	while (start > 0 && at - start < 6)
		start--;
	Cursor cursor = {text, at, end, start, base};
	/* "Friday 27 November": the date is what the weekday only adorns. */
	uint32_t adorned = value_of(&cursor, 0, VALUE_WEEKDAY) > 0 ? 1 : 0;
	while (adorned > 0 && adorned < 4 && is_any(&cursor, adorned, ", . the den le der"))
		adorned++;
	for (size_t pass = adorned > 0 ? 0 : 1; pass < 2; pass++) {
		Cursor here = cursor;
		here.at += pass == 0 ? adorned : 0;
		unsigned begins = here.at < here.end ? beginning_of(&here) : 0;
		for (size_t i = 0; i < (pass == 0 ? 3 : G_N_ELEMENTS(readers)); i++) {
			Day day = DAY_NONE;
			uint32_t took = (readers[i].begins & begins) != 0 ? readers[i].read(&here, &day) : 0;
			if (took == 0)
				continue;
			bool week = is_week_of(&cursor) && i < 3;
			*ret_find = (DateFind){week ? monday_of(day) + 4 : day, at, MIN(here.at + took, end)};
			return true;
		}
	}
	return false;
}

Day date_latest(const WordsText *text, const Sentence *sentence, uint32_t from, const DateBase *base)
{
	Day latest = DAY_NONE;
	for (uint32_t at = MAX(from, sentence->first); at < sentence->last;) {
		DateFind find;
		if (!date_read(text, at, sentence->last, base, &find)) {
			at++;
			continue;
		}
		if (find.day >= base->today && find.day <= base->today + 2 * LENGTH_MAX &&
			(latest == DAY_NONE || find.day > latest))
			latest = find.day;
		at = MAX(find.last, at + 1);
	}
	return latest;
}
