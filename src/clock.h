/* clock.h - the one place that reads the clock: for main.c and main-quick.c alone.
 */
#pragma once

#include <stdint.h>
#include <time.h>

/* Unix seconds. */
static inline int64_t read_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec;
}
