/* zone.h - a time zone of the IANA database as a table: immutable, and fast to ask.
 *
 * Loaded once by name from the system's zone files (RFC 8536), then answered from memory alone: the planner asks it
 * without touching files or the environment.  Right for years 1970 to 2199.
 */
#pragma once

#include <base/civil.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Zone Zone;

/* Loads "America/Phoenix" and the like; "UTC" always exists. INVALID where the name is none of the IANA database's (an
 * offset such as "+02:00" is refused too). Names are bounded, and cannot leave the zone folder (TZDIR, else
 * /usr/share/zoneinfo); without that folder it is MISSING. Release with zone_unref. */
Zone *zone_load(const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
Zone *zone_ref(Zone *zone);
void zone_unref(Zone *zone);

/* The name it was loaded by; borrowed. */
const char *zone_get_name(const Zone *zone);

/* Adds the place it is named after: "New York" of "America/New_York". */
void zone_append_place(const Zone *zone, GString *text);

/* Seconds east of Greenwich in force at an instant. */
int zone_offset_at(const Zone *zone, int64_t at);

/* The instant of a wall-clock time. A time that happens twice is the first of the two; one that the clocks skip is read
 * with the offset before the change (02:30 becomes 03:30), as Python's zoneinfo does with fold=0. */
int64_t zone_to_instant(const Zone *zone, Day day, int second_of_day);

/* The local day of an instant, and the second of that day where ret_second is not NULL. */
Day zone_to_day(const Zone *zone, int64_t at, int *ret_second);

/* An instant as ISO 8601 with the zone's offset then; returns the length written. */
int zone_format(const Zone *zone, int64_t at, char buffer[STAMP_TEXT_BYTES]);

/* The instant of a stamp: its own offset where it has one, else this zone's. */
int64_t zone_resolve(const Zone *zone, Stamp stamp);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Zone, zone_unref)
