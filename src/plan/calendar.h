/* calendar.h - business days and wall-clock times where the employer is.
 *
 * A business day is Monday to Friday and no holiday of the facts.  Pure arithmetic: a look-up costs a binary search in
 * the holidays at most, and nothing is allocated.
 */
#pragma once

#include <facts/facts.h>

#define NINE_O_CLOCK (9 * 3600)

typedef struct Calendar {
	const Zone *zone;    /* borrowed */
	const Day *holidays; /* ascending; borrowed */
	guint holiday_count;
} Calendar;

Calendar calendar_of(const Facts *facts);

bool calendar_is_business_day(const Calendar *calendar, Day day);

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
