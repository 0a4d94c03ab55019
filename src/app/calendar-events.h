/* calendar-events.h - interviews and follow-ups as the events of a calendar.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

#include <exchange/module.h>

/* One event with what it is made of. */
typedef struct CalendarEntry {
	CalendarEvent event; /* borrows from the rest */
	char *uid, *summary, *description, *place, *link;
	Zone *zone;
	int64_t opportunity;
	bool is_interview;
} CalendarEntry;

/* Every interview on record, and each follow-up that is to be done or will be, of all opportunities: by opportunity. A
 * follow-up stands at the time from which it is right; those alike (a panel's thank-yous) are one. The same thing has
 * the same uid, whenever it is asked. *ret_entries: of CalendarEntry; the caller owns it. */
bool calendar_entries_load(App *app, GPtrArray **ret_entries, GError **error) G_GNUC_WARN_UNUSED_RESULT;
