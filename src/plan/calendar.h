/* calendar.h - business days and wall-clock times where the employer is.
 *
 * A business day is Monday to Friday and no holiday of the facts.  Pure arithmetic: a walk costs a binary search in
 * the holidays and a step for each day, and nothing is allocated.
 */
#pragma once

#include <facts/facts.h>

#define NINE_O_CLOCK (9 * 3600)

typedef struct Calendar {
	const Zone *zone;   /* borrowed */
	const Facts *facts; /* whose holidays count; borrowed */
} Calendar;

Calendar calendar_of(const Facts *facts);

/* That day if it is a business day, else the next one that is. */
Day calendar_on_or_after(const Calendar *calendar, Day day);

/* The count-th business day strictly after a day; count is at least 1. */
Day calendar_nth_after(const Calendar *calendar, Day day, int count);

/* The count-th business day strictly before a day. */
Day calendar_nth_before(const Calendar *calendar, Day day, int count);

/* The instant of a wall-clock time, and the local day of an instant. */
static inline int64_t calendar_at(const Calendar *calendar, Day day, int second_of_day)
{
	return zone_to_instant(calendar->zone, day, second_of_day);
}
static inline Day calendar_day(const Calendar *calendar, int64_t at)
{
	return zone_to_day(calendar->zone, at, NULL);
}
