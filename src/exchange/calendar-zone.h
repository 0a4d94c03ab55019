/* calendar-zone.h - a zone as a VTIMEZONE.
 */
#pragma once

#include <base/zone.h>
#include <glib.h>

/* Appends the zone's definition as it holds from one instant to another: by yearly rules where its changes follow such,
 * else change by change. */
void calendar_append_zone(GString *out, const Zone *zone, int64_t from, int64_t until);
