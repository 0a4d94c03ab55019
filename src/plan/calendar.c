/* calendar.c - walks from business day to business day, holidays beside it.
 *
 * Weekends are arithmetic; the holidays are entered once by binary search and then walked along with the days.
 */
#include "calendar.h"

Calendar calendar_of(const Facts *facts)
{
	return (Calendar){facts->zone, (const Day *)(void *)facts->holidays->data, facts->holidays->len};
}

/* The index of the first holiday that is not before a day. */
static guint find_holiday(const Calendar *calendar, Day day)
{
	guint low = 0, high = calendar->holiday_count;
	while (low < high) {
		guint middle = low + (high - low) / 2;
		if (calendar->holidays[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* 0 is Monday. 1970-01-01 was a Thursday. */
static int weekday_from_monday(Day day)
{
	int rest = (int)(((int64_t)day + 3) % 7);
	return rest < 0 ? rest + 7 : rest;
}

bool calendar_is_business_day(const Calendar *calendar, Day day)
{
	if (weekday_from_monday(day) >= 5)
		return false;
	guint index = find_holiday(calendar, day);
	return index == calendar->holiday_count || calendar->holidays[index] != day;
}

Day calendar_on_or_after(const Calendar *calendar, Day day)
{
	return calendar_nth_after(calendar, day - 1, 1);
}

Day calendar_nth_after(const Calendar *calendar, Day day, int count)
{
	guint index = find_holiday(calendar, day + 1);
	int weekday = weekday_from_monday(day);
	while (count > 0) {
		day++;
		weekday = weekday == 6 ? 0 : weekday + 1;
		bool holiday = index < calendar->holiday_count && calendar->holidays[index] == day;
		index += holiday;
		count -= weekday < 5 && !holiday;
	}
	return day;
}

Day calendar_nth_before(const Calendar *calendar, Day day, int count)
{
	guint index = find_holiday(calendar, day);
	int weekday = weekday_from_monday(day);
	while (count > 0) {
		day--;
		weekday = weekday == 0 ? 6 : weekday - 1;
		bool holiday = index > 0 && calendar->holidays[index - 1] == day;
		index -= holiday;
		count -= weekday < 5 && !holiday;
	}
	return day;
}
