/* civil.h - days of the proleptic Gregorian calendar, and ISO 8601 as text.
 *
 * A Day counts days since 1970-01-01; DAY_NONE is "no date".  An instant is int64_t seconds since
 * 1970-01-01T00:00:00Z; TIME_NONE is "no time".  Nothing here knows a clock, a locale or a holiday.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef int32_t Day;

#define DAY_NONE INT32_MIN
#define TIME_NONE INT64_MIN
#define DAY_SECONDS 86400

typedef struct Civil {
	int year;  /* 1 to 9999 */
	int month; /* 1 to 12 */
	int day;   /* 1 to 31 */
} Civil;

/* A local wall-clock time as it was written: no offset, or with one. */
typedef struct Stamp {
	Day day;
	int second;      /* of the day, 0 to 86399 */
	bool has_offset; /* whether "Z" or "+hh:mm" was written */
	int offset;      /* seconds east of Greenwich, where has_offset */
} Stamp;

Day civil_to_day(Civil civil);
Civil civil_from_day(Day day);

/* True if the three numbers name a day that exists. */
bool civil_is_valid(int year, int month, int day);

/* 1 is Monday, 7 is Sunday (ISO 8601). */
int day_weekday(Day day);

/* Reads exactly "YYYY-MM-DD". False, and *ret_day untouched, on anything else or a day that does not exist. */
bool day_parse(const char *text, Day *ret_day);

/* Writes "YYYY-MM-DD" and a NUL; returns buffer. */
#define DAY_TEXT_BYTES 16
char *day_format(Day day, char buffer[DAY_TEXT_BYTES]);

/* Reads "YYYY-MM-DDTHH:MM[:SS[.fraction]][Z|+HH:MM|-HH:MM|+HHMM|+HH]"; a space may stand for the T. A fraction of a
 * second is cut off. A bare date is not a time. Seconds may be 60 (a leap second, read as 59). */
bool stamp_parse(const char *text, Stamp *ret_stamp);

/* Writes "YYYY-MM-DDTHH:MM:SS+HH:MM" for an instant seen at an offset (seconds east); returns the length written. */
#define STAMP_TEXT_BYTES 32
int stamp_format(int64_t at, int offset, char buffer[STAMP_TEXT_BYTES]);

/* English names: "Monday" (weekday 1 to 7), "November" (month 1 to 12); static. */
const char *weekday_name(int weekday);
const char *month_name(int month);
