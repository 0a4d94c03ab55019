/* when.h - dates and times as people say them: "tomorrow 10am", "fri", "20 nov", "in two weeks", "2026-11-20T09:00".
 *
 * Read once against a moment and a zone that the caller gives, in English, without a locale.  What could be two dates
 * ("3/4") is refused with both readings; nothing is guessed silently.
 */
#pragma once

#include <base/zone.h>
#include <glib.h>
#include <stdbool.h>

/* Which way a weekday or a day without a year is looked for. */
typedef enum {
	WHEN_AHEAD, /* "fri" is the next one after today: interviews, promises */
	WHEN_BACK,  /* "fri" is today or the last one: what happened */
} WhenDirection;

typedef struct When {
	Day day;
	int second;     /* of the day; 0 where has_time is false */
	bool has_day;   /* a day was said; else it is now's */
	bool has_time;  /* a time of day was said */
	bool afternoon; /* a time after noon was meant, whether or not one was said ("tomorrow afternoon") */
	int64_t at;     /* the instant, in the zone (an ISO time with an offset is taken at its word) */
} When;

/* Reads the whole text. INVALID, with examples of what would be right, on anything it does not understand, a day that
 * does not exist, or one outside the years of limits.h. Words: now, today, tomorrow, yesterday, the day after
 * tomorrow, weekdays (with next, last, this; beside a date, which they have to fit), day and month in either order with
 * or without a year, the 18th, YYYY-MM-DD, 17/11 where it can be but one day, in N days/weeks/months/hours/minutes,
 * N … ago, N … from friday, next week (its Monday), next month (its first), end of (next) week (Friday), end of (next)
 * month; morning, afternoon, evening; times 10am, 10:30, 10.30pm, 14h, noon, at 10. "at 3" and "3:30" are in the
 * afternoon, 03:30 is not. */
bool when_parse(
	const char *text, const Zone *zone, int64_t now, WhenDirection direction, When *ret_when,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "45m", "1h", "1h30", "90 minutes", "1.5h" in seconds: 1 minute to 24 hours. */
bool duration_parse(const char *text, int64_t *ret_seconds, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How a person says it: "Friday 20 November, 09:00" (the year where it is another than now's), "today, 15:00",
 * "tomorrow, 09:00"; without the time for a day. Free with g_free. */
char *when_say(const Zone *zone, int64_t at, int64_t now);
char *when_say_day(const Zone *zone, Day day, int64_t now);

/* The same without "today" and its neighbours, for what is said back or told of the past: "Friday 20 November". */
char *when_name_day(const Zone *zone, Day day, int64_t now);
