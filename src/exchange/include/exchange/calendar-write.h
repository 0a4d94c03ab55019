/* calendar-write.h - interviews and follow-ups as an iCalendar file (RFC 5545).
 *
 * Plain data in, text out; what is worth an event is decided by the caller.  The same events give the same bytes. Times
 * are written in their zone, with the VTIMEZONE that says what it means, so that a reader without our zone files shows
 * the right moment.
 */
#pragma once

#include <base/zone.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { CALENDAR_ALARMS_MAX = 4 };

/* All borrowed; texts are UTF-8, of one line unless said otherwise. */
typedef struct CalendarEvent {
	const char *uid; /* always the same for the same thing */
	const char *summary;
	const char *description; /* lines; or NULL */
	const char *category;    /* or NULL */
	const char *place;       /* or NULL */
	const char *link;        /* or NULL */
	const Zone *zone;
	int64_t start, end; /* end is not before start */
	int64_t stamp;      /* when this was written */
	int64_t sequence;   /* goes up with every change */
	bool busy;          /* the time is taken: an interview, not a reminder */
	int alarm_count;
	int alarms[CALENDAR_ALARMS_MAX]; /* seconds after the start, mostly negative */
} CalendarEvent;

/* One calendar of all events (CalendarEvent*), in their order. name, or NULL, is how a reader may call it. INVALID
 * where an event has no uid or no summary. Free *ret_text with g_string_free. */
bool exchange_write_calendar(const GPtrArray *events, const char *name, GString **ret_text, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
