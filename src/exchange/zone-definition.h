/* zone-definition.h - a time zone as a calendar file defines it itself (VTIMEZONE, RFC 5545 section 3.6.5).
 *
 * For the files of this room only.  Answers which offset it gives to a local time; knows no names and no IANA zone.
 */
#pragma once

#include "recur.h"

#include <base/civil.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A wall-clock time without a zone. */
typedef struct LocalTime {
	Day day;
	int second; /* of the day */
} LocalTime;

typedef struct ZoneDefinition ZoneDefinition;

/* One STANDARD or DAYLIGHT part. */
typedef struct Observance {
	LocalTime start;
	int from, to;    /* seconds east of Greenwich before and from its onsets on */
	RecurRule *rule; /* or NULL; owned */
	GArray *more;    /* of LocalTime: further onsets (RDATE); or NULL, owned */
} Observance;

ZoneDefinition *zone_definition_new(void);
void zone_definition_free(ZoneDefinition *definition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZoneDefinition, zone_definition_free)

/* Takes over what the observance owns. False (and it is released) where there are too many. */
bool zone_definition_take(ZoneDefinition *definition, Observance *observance);
bool zone_definition_is_empty(const ZoneDefinition *definition);

/* The offset in force at a local time: of one that happens twice the first, of one that is skipped the offset before.
 * False where the time lies before all onsets. ret_usual, where not NULL, is set to whether `expected` is among the
 * offsets that it gives in the years around. */
bool zone_definition_find(
	ZoneDefinition *definition, LocalTime local, int expected, int64_t *budget, int *ret_offset, bool *ret_usual);

/* The offset before the first onset, for a time of which zone_definition_find knows nothing. */
int zone_definition_get_first(const ZoneDefinition *definition);
