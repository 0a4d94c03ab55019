/* calendar.c - walks from business day to business day, holidays beside it.
 *
 * Weekends are arithmetic; the holidays are entered once by binary search and then walked along with the days.
 */
#include "calendar.h"

Calendar calendar_of(const Facts *facts)
{
	return (Calendar){facts->zone, facts};
}

static bool is_holiday(const Calendar *calendar, guint index, Day day)
{
	const GArray *holidays = calendar->facts->holidays;
	return index < holidays->len && g_array_index(holidays, Day, index) == day;
}

/* 0 is Monday. 1970-01-01 was a Thursday. */
static int weekday_from_monday(Day day)
{
	int rest = (int)(((int64_t)day + 3) % 7);
	return rest < 0 ? rest + 7 : rest;
}

Day calendar_on_or_after(const Calendar *calendar, Day day)
{
	return calendar_nth_after(calendar, day - 1, 1);
}

Day calendar_nth_after(const Calendar *calendar, Day day, int count)
{
	guint index = facts_find_holiday(calendar->facts, day + 1);
	int weekday = weekday_from_monday(day);
	while (count > 0) {
		day++;
		weekday = weekday == 6 ? 0 : weekday + 1;
		bool holiday = is_holiday(calendar, index, day);
		index += holiday;
		count -= weekday < 5 && !holiday;
	}
	return day;
}

Day calendar_nth_before(const Calendar *calendar, Day day, int count)
{
	guint index = facts_find_holiday(calendar->facts, day);
	int weekday = weekday_from_monday(day);
	while (count > 0) {
		day--;
		weekday = weekday == 0 ? 6 : weekday - 1;
		bool holiday = index > 0 && is_holiday(calendar, index - 1, day);
		index -= holiday;
		count -= weekday < 5 && !holiday;
	}
	return day;
}
