/* ical-value.h - dates, times, durations and offsets as iCalendar writes them (RFC 5545 section 3.3).
 *
 * For the files of this room only.  libical reads what the standard has; forms that programs write beside it are read
 * too.
 */
#pragma once

#include "zone-definition.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct IcalTime {
	LocalTime local;
	bool is_date;    /* no time of day: local.second is 0 */
	bool has_offset; /* "Z", or an offset written with it */
	int offset;
} IcalTime;

/* Reads a date or a date with time. False, and ret_time untouched, where it is neither or does not exist. */
bool ical_time_parse(const char *text, IcalTime *ret_time);

/* A duration: whole days (which keep the clock's time) and seconds beside them. */
typedef struct IcalDuration {
	int days;
	int64_t seconds;
} IcalDuration;

/* Reads a duration that is not negative and shorter than a hundred years. */
bool ical_duration_parse(const char *text, IcalDuration *ret_duration);

/* Reads "+0200", "-053000" into seconds east of Greenwich; less than a day. */
bool ical_offset_parse(const char *text, int *ret_offset);
