/* moment.c - reads moments, and works them out.
 *
 * The grammar, in words: [N hours|days|weeks after|before] ANCHOR, or HH:MM[:SS] on the day of ANCHOR, … the day after
 * ANCHOR, … the day N days after ANCHOR, … the [next | Nth] business day after ANCHOR, … the business day on or after
 * [N days|weeks after | the interval after] ANCHOR.
 */
#include "moment.h"

#include <base/error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_MAX 3660
#define BUSINESS_DAYS_MAX 260

static const char *const anchors[ANCHOR_COUNT] = {
	[ANCHOR_START] = "start",
	[ANCHOR_END] = "end",
	[ANCHOR_ROUND_END] = "round-end",
	[ANCHOR_DEBRIEF] = "debrief",
	[ANCHOR_THANK_YOU] = "thank-you",
	[ANCHOR_FIRST_THANK_YOU] = "first-thank-you",
	[ANCHOR_LAST_WORD] = "last-word",
	[ANCHOR_LAST_ASK] = "last-ask",
	[ANCHOR_LAST_REPLY] = "last-reply",
	[ANCHOR_ANSWER] = "answer",
	[ANCHOR_OPENING] = "opening",
	[ANCHOR_DECISION_DATE] = "decision-date",
	[ANCHOR_FOLLOW_UP_DATE] = "follow-up-date",
};

/* The rest of a text, word by word. */
typedef struct Reader {
	char **at;
} Reader;

/* Takes the words of a phrase if they come next. */
static bool take(Reader *reader, const char *phrase)
{
	g_auto(GStrv) expected = g_strsplit(phrase, " ", -1);
	char **at = reader->at;
	for (int i = 0; expected[i]; i++, at++)
		if (!*at || strcmp(*at, expected[i]) != 0)
			return false;
	reader->at = at;
	return true;
}

static bool take_number(Reader *reader, const char *suffix, int *ret_number)
{
	if (!*reader->at || !g_ascii_isdigit(**reader->at))
		return false;
	char *end;
	gint64 number = g_ascii_strtoll(*reader->at, &end, 10);
	if (strcmp(end, suffix) != 0 || number < 1 || number > DAYS_MAX)
		return false;
	reader->at++;
	*ret_number = (int)number;
	return true;
}

static bool take_anchor(Reader *reader, Anchor *ret_anchor, GError **error)
{
	for (int i = 0; i < ANCHOR_COUNT; i++) {
		if (!take(reader, anchors[i]))
			continue;
		*ret_anchor = (Anchor)i;
		return true;
	}
	g_autoptr(GString) list = g_string_new(NULL);
	for (int i = 0; i < ANCHOR_COUNT; i++)
		g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", anchors[i]);
	return base_error_set(
		error, BASE_ERROR_INVALID, NULL, "“%s” is nothing to count from; one of these is expected: %s",
		*reader->at ? *reader->at : "", list->str);
}

/* "N days after", "N weeks after", "the interval after". Takes nothing where none of these comes next. */
static void take_calendar_span(Reader *reader, Moment *moment)
{
	Reader ahead = *reader;
	int number = 0;
	if (take(&ahead, "the interval after")) {
		moment->interval = true;
	} else if (take_number(&ahead, "", &number)) {
		bool weeks = take(&ahead, "weeks after") || take(&ahead, "week after");
		if (!weeks && !take(&ahead, "days after") && !take(&ahead, "day after"))
			return;
		moment->days = weeks ? 7 * number : number;
	} else {
		return;
	}
	*reader = ahead;
}

static bool take_business_day(Reader *reader, Moment *moment)
{
	static const char *const ordinals[] = {"st", "nd", "rd", "th"};
	Reader ahead = *reader;
	bool counted = take(&ahead, "the next");
	moment->business = 1;
	if (!counted && take(&ahead, "the"))
		for (guint i = 0; i < G_N_ELEMENTS(ordinals) && !counted; i++)
			counted = take_number(&ahead, ordinals[i], &moment->business);
	if (!counted || moment->business > BUSINESS_DAYS_MAX || !take(&ahead, "business day after")) {
		moment->business = 0;
		return false;
	}
	*reader = ahead;
	return true;
}

static bool take_day(Reader *reader, Moment *moment, GError **error)
{
	if (take(reader, "the business day on or after")) {
		moment->business = -1;
		take_calendar_span(reader, moment);
	} else if (take(reader, "the day after")) {
		moment->days = 1;
	} else if (take_business_day(reader, moment) || take(reader, "the day of")) {
		/* nothing to add */
	} else if (take(reader, "the day")) {
		take_calendar_span(reader, moment);
	} else {
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL,
			"after a time of day, “on the day of”, “on the day after”, “on the next business day after”, “on the 3rd "
			"business day "
			"after” or “on the business day on or after” is expected");
	}
	return take_anchor(reader, &moment->anchor, error);
}

/* "09:00" or "23:59:59" */
static bool take_clock(Reader *reader, int64_t *ret_second)
{
	int hour = 0, minute = 0, second = 0, length = 0;
	const char *text = *reader->at;
	if (!text || sscanf(text, "%2d:%2d%n", &hour, &minute, &length) != 2)
		return false;
	if (text[length] == ':' && sscanf(text, "%2d:%2d:%2d%n", &hour, &minute, &second, &length) != 3)
		return false;
	if (text[length] != '\0' || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
		return false;
	reader->at++;
	*ret_second = hour * 3600 + minute * 60 + second;
	return true;
}

/* "24 hours after end", "7 days after answer", "end" */
static bool take_elapsed(Reader *reader, Moment *moment, GError **error)
{
	static const struct {
		const char *phrase;
		int seconds;
	} units[] = {{"hours", 3600},
				 {"hour", 3600},
				 {"days", DAY_SECONDS},
				 {"day", DAY_SECONDS},
				 {"weeks", 7 * DAY_SECONDS},
				 {"week", 7 * DAY_SECONDS}};
	int number = 0;
	if (take_number(reader, "", &number)) {
		for (guint i = 0; i < G_N_ELEMENTS(units) && moment->seconds == 0; i++)
			if (take(reader, units[i].phrase))
				moment->seconds = (int64_t)number * units[i].seconds;
		bool before = take(reader, "before");
		if (moment->seconds == 0 || (!before && !take(reader, "after")))
			return base_error_set(
				error, BASE_ERROR_INVALID, NULL,
				"after a number, “hours after”, “days after”, “weeks after” or the same with “before” is expected");
		moment->seconds = before ? -moment->seconds : moment->seconds;
	}
	if (!take_anchor(reader, &moment->anchor, error))
		return false;
	if (moment->anchor >= ANCHOR_DECISION_DATE)
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL,
			"“%s” is a date without a time of day; “09:00 on the next business day after %s” is expected",
			anchors[moment->anchor], anchors[moment->anchor]);
	return true;
}

bool moment_parse(const char *text, Moment *ret_moment, GError **error)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	Reader reader = {words};
	Moment moment = {0};
	moment.on_a_day = take_clock(&reader, &moment.seconds);
	if (moment.on_a_day && !take(&reader, "on"))
		return base_error_set(error, BASE_ERROR_INVALID, NULL, "after a time of day “on” and a day are expected");
	bool good = moment.on_a_day ? take_day(&reader, &moment, error) : take_elapsed(&reader, &moment, error);
	if (!good)
		return false;
	if (*reader.at)
		return base_error_set(error, BASE_ERROR_INVALID, NULL, "“%s” follows a time that is complete", *reader.at);
	*ret_moment = moment;
	return true;
}

int64_t moment_get(const Moment *moment, const Anchors *from, const Calendar *calendar, int interval)
{
	int64_t at = from->at[moment->anchor];
	if (at == TIME_NONE)
		return TIME_NONE;
	if (!moment->on_a_day)
		return at + moment->seconds;
	Day day = moment->anchor >= ANCHOR_DECISION_DATE ? (Day)at : calendar_day(calendar, at);
	day += moment->days + (moment->interval ? interval : 0);
	if (moment->business < 0)
		day = calendar_on_or_after(calendar, day);
	else if (moment->business > 0)
		day = calendar_nth_after(calendar, day, moment->business);
	return calendar_at(calendar, day, (int)moment->seconds);
}

bool span_parse(const char *text, int *ret_days, bool *ret_business, GError **error)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	Reader reader = {words};
	int number = 0;
	bool weeks = false, business = false;
	bool good = take_number(&reader, "", &number);
	if (good && ret_business)
		business = take(&reader, "business");
	if (good && !business)
		weeks = take(&reader, "weeks") || take(&reader, "week");
	good = good && (weeks || take(&reader, "days") || take(&reader, "day")) && !*reader.at;
	if (!good || (business && number > BUSINESS_DAYS_MAX))
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL, "“%s” is no span of time; “7 days”, “2 weeks”%s is expected", text,
			ret_business ? " or “5 business days”" : "");
	*ret_days = weeks ? 7 * number : number;
	if (ret_business)
		*ret_business = business;
	return true;
}
