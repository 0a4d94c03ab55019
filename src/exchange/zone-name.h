/* zone-name.h - what other programs call a time zone, as a zone of the IANA database.
 *
 * For the files of this room only.  Names of Windows and of Outlook's menus, lists of towns, paths of old calendar
 * programs, abbreviations and plain offsets.
 */
#pragma once

#include <base/zone.h>
#include <glib.h>
#include <stdbool.h>

/* The IANA name that a table has for a foreign one, letters of either case; NULL where it has none; static. */
const char *zone_table_find(const char *name);

/* A zone by any name; NULL where nobody knows it. Release with zone_unref. */
Zone *zone_find_by_name(const char *name);

/* Whether the name is, or begins with, a plain offset from Greenwich: "UTC+2", "GMT-0530", "(UTC-05:00) Somewhere". */
bool zone_name_find_offset(const char *name, int *ret_offset);

/* Well-known zones, one for each rule of the world's larger places, to find one that a definition describes;
 * NULL-terminated. */
const char *const *zone_table_get_common(void);
