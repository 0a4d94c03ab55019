/* dispatch-time.c - when a note may leave: in working hours where the employer is.
 */
#include "dispatch.h"

enum { WORK_BEGINS = 8 * 3600, WORK_ENDS = 18 * 3600 };

int64_t dispatch_fitting_time(const Facts *facts, int64_t now, int64_t opens, int64_t due)
{
	int64_t from = opens != TIME_NONE && opens > now ? opens : now;
	int second = 0;
	Day day = zone_to_day(facts->zone, from, &second);
	if (facts_is_business_day(facts, day) && second >= WORK_BEGINS && second < WORK_ENDS)
		return from;
	if (second >= WORK_BEGINS)
		day++;
	while (!facts_is_business_day(facts, day))
		day++;
	int64_t next = zone_to_instant(facts->zone, day, WORK_BEGINS);
	bool would_pass = due != TIME_NONE && due > from && next >= due;
	return would_pass ? from : next;
}

int64_t dispatch_window_end(const Facts *facts, int64_t send_at)
{
	return MAX(send_at, zone_to_instant(facts->zone, zone_to_day(facts->zone, send_at, NULL), WORK_ENDS));
}
