/* recur.h - repeat rules, answered day by day within a bound.
 *
 * For the files of this room only.  libical reads a rule; its iterator is not used, because it can be made to run for
 * hours by a rule that never comes true.  Here every day that is looked at is paid for from a budget.
 */
#pragma once

#include <base/civil.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { RECUR_LIST_MAX = 32, RECUR_BUDGET = 30 * 1000 * 1000 };

/* A rule (RFC 5545 section 3.3.10) by days; what it says about hours is not in it. */
typedef struct RecurRule {
	int frequency; /* of libical */
	int interval;
	int count;      /* or 0 */
	int week_start; /* 1 is Monday */
	bool has_until, until_is_utc;
	Day until_day;            /* the last day */
	int until_second;         /* of that day, 86399 where the rule gives a date */
	uint16_t months;          /* bit by month, 0: all */
	uint32_t month_days;      /* bit by day, from the month's first */
	uint32_t month_days_back; /* bit by day, from the month's last */
	uint8_t weekdays;         /* bit by weekday, without a number */
	int nth_count, year_day_count, set_pos_count;
	struct {
		int8_t weekday;
		int16_t nth;
	} nth[RECUR_LIST_MAX];
	int16_t year_days[RECUR_LIST_MAX];
	int16_t set_pos[RECUR_LIST_MAX];
} RecurRule;

typedef enum {
	RECUR_DAYS,  /* ret_rule is filled */
	RECUR_OTHER, /* a rule, but of hours, weeks of the year, or another calendar: its days are not listed */
	RECUR_BAD,   /* no rule */
} RecurKind;

RecurKind recur_parse(const char *text, RecurRule *ret_rule);

/* Appends to days the days of the rule from `from` to `to`, at most max, of a series that begins on start. Each day
 * that is looked at takes one from *budget; at 0 it ends. */
typedef struct RecurSpan {
	Day start, from, to;
	guint max;
} RecurSpan;
void recur_list(const RecurRule *rule, RecurSpan span, int64_t *budget, GArray *days);

/* The last day of the rule not after `before`, looking back at most three years; else DAY_NONE. */
Day recur_find_last(const RecurRule *rule, Day start, Day before, int64_t *budget);
