/* calendar-write.c - events as iCalendar text.
 *
 * By hand, as the cards of write.c: what is written is a handful of properties, and a line that is folded and escaped
 * in one place is easier to answer for than a library's tree.  Events are private: others who see the calendar see that
 * its owner is busy, not with whom.
 */
#include <exchange/calendar-write.h>

#include "calendar-zone.h"
#include "content-write.h"

#include <base/error.h>
#include <base/text.h>
#include <stdlib.h>
#include <string.h>

static void append_time(GString *out, const char *name, const Zone *zone, int64_t at)
{
	int second = 0;
	Civil date = civil_from_day(zone_to_day(zone, at, &second));
	bool utc = strcmp(zone_get_name(zone), "UTC") == 0;
	g_autoptr(GString) line = g_string_new(name);
	if (!utc)
		g_string_append_printf(line, ";TZID=%s", zone_get_name(zone));
	g_string_append_printf(
		line, ":%04d%02d%02dT%02d%02d%02d%s", date.year, date.month, date.day, second / 3600, second / 60 % 60,
		second % 60, utc ? "Z" : "");
	content_append_line(out, line);
}

static void append_stamp(GString *out, int64_t at)
{
	Civil date = civil_from_day((Day)(at / DAY_SECONDS));
	int second = (int)(at % DAY_SECONDS);
	g_string_append_printf(
		out, "DTSTAMP:%04d%02d%02dT%02d%02d%02dZ\r\n", date.year, date.month, date.day, second / 3600, second / 60 % 60,
		second % 60);
}

/* A duration as RFC 5545 has it, in the largest unit that fits: "-PT15M", "-P1D". */
static void append_alarm(GString *out, const CalendarEvent *event, int after)
{
	int seconds = abs(after);
	g_string_append(out, "BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
	content_append_property(out, "DESCRIPTION", event->summary);
	g_string_append_printf(out, "TRIGGER:%sP", after < 0 ? "-" : "");
	if (seconds > 0 && seconds % DAY_SECONDS == 0)
		g_string_append_printf(out, "%dD\r\n", seconds / DAY_SECONDS);
	else if (seconds > 0 && seconds % 3600 == 0)
		g_string_append_printf(out, "T%dH\r\n", seconds / 3600);
	else
		g_string_append_printf(out, "T%dM\r\n", seconds / 60);
	g_string_append(out, "END:VALARM\r\n");
}

/* An address is no text: nothing in it is escaped (RFC 5545, 3.8.4.6), so that only one without spaces is one. */
static void append_link(GString *out, const char *link)
{
	if (link != NULL && g_str_has_prefix(link, "https://") && strpbrk(link, " \t\r\n") == NULL)
		g_string_append_printf(out, "URL:%s\r\n", link);
}

static void append_event(GString *out, const CalendarEvent *event)
{
	g_string_append(out, "BEGIN:VEVENT\r\n");
	content_append_property(out, "UID", event->uid);
	append_stamp(out, event->stamp);
	g_string_append_printf(out, "SEQUENCE:%" G_GINT64_FORMAT "\r\n", event->sequence);
	append_time(out, "DTSTART", event->zone, event->start);
	append_time(out, "DTEND", event->zone, event->end);
	content_append_property(out, "SUMMARY", event->summary);
	content_append_property(out, "DESCRIPTION", event->description);
	content_append_property(out, "LOCATION", event->place);
	append_link(out, event->link);
	content_append_property(out, "CATEGORIES", event->category);
	g_string_append_printf(out, "CLASS:PRIVATE\r\nTRANSP:%s\r\n", event->busy ? "OPAQUE" : "TRANSPARENT");
	for (int i = 0; i < event->alarm_count; i++)
		append_alarm(out, event, event->alarms[i]);
	g_string_append(out, "END:VEVENT\r\n");
}

/* The definition of a zone, once, for all events in it. */
static void append_zones(GString *out, const GPtrArray *events)
{
	g_autoptr(GHashTable) written = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < events->len; i++) {
		const CalendarEvent *first = events->pdata[i];
		const char *name = zone_get_name(first->zone);
		int64_t from = first->start, until = first->end;
		if (strcmp(name, "UTC") == 0 || !g_hash_table_add(written, (void *)name))
			continue;
		for (guint other = i; other < events->len; other++) {
			const CalendarEvent *event = events->pdata[other];
			if (strcmp(zone_get_name(event->zone), name) != 0)
				continue;
			from = MIN(from, event->start);
			until = MAX(until, event->end);
		}
		calendar_append_zone(out, first->zone, from, until);
	}
}

bool exchange_write_calendar(const GPtrArray *events, const char *name, GString **ret_text, GError **error)
{
	GString *out =
		g_string_new("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//followup//followup//EN\r\nCALSCALE:GREGORIAN\r\n");
	content_append_property(out, "X-WR-CALNAME", name);
	for (guint i = 0; i < events->len; i++) {
		const CalendarEvent *event = events->pdata[i];
		if (!text_is_blank(event->uid) && !text_is_blank(event->summary))
			continue;
		g_string_free(out, TRUE);
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL, "Event %u of the calendar lacks a uid or a summary; both are needed.",
			i + 1);
	}
	append_zones(out, events);
	for (guint i = 0; i < events->len; i++)
		append_event(out, events->pdata[i]);
	g_string_append(out, "END:VCALENDAR\r\n");
	*ret_text = out;
	return true;
}
