/* ical.c - calendars, their events, and what stands between them.
 *
 * Line by line: an event is read, handed over and forgotten, so that a large file takes no more memory than its items.
 * A part that is not ended ends where the next begins.
 */
#include "format.h"

#include "content-line.h"
#include "foreign.h"
#include "ical-event.h"
#include "ical-zone.h"
#include "problem.h"
#include "zone-book.h"

#include <base/error.h>
#include <base/limits.h>
#include <string.h>

typedef struct Reading {
	const ReadRequest *request;
	LineReader lines;
	ContentLine *line, *ahead;
	ZoneBook *book;
	Problems *problems;
	GPtrArray *items;
	GHashTable *series; /* char* uid to Item*, of the present calendar: those that repeat */
	ItemMethod method;
	bool in_calendar;
	bool found; /* any part of a calendar */
} Reading;

static void reading_init(Reading *reading, const ReadRequest *request, const char *bytes, size_t length)
{
	reading->request = request;
	reading->lines = line_reader(bytes, length, request->charset);
	reading->line = content_line_new();
	reading->ahead = content_line_new();
	reading->book = zone_book_new(request->zone);
	reading->problems = problems_new();
	reading->series = g_hash_table_new(g_str_hash, g_str_equal);
}

static void reading_clear(Reading *reading)
{
	content_line_free(reading->line);
	content_line_free(reading->ahead);
	zone_book_free(reading->book);
	problems_free(reading->problems);
	g_hash_table_unref(reading->series);
}

static ItemMethod method_from(const char *text)
{
	static const char *const names[METHOD_COUNT] = {
		[METHOD_PUBLISH] = "PUBLISH", [METHOD_REQUEST] = "REQUEST",
		[METHOD_ADD] = "ADD",         [METHOD_CANCEL] = "CANCEL",
		[METHOD_REPLY] = "REPLY",     [METHOD_COUNTER] = "COUNTER",
		[METHOD_REFRESH] = "REFRESH", [METHOD_DECLINE_COUNTER] = "DECLINECOUNTER",
	};
	g_autofree char *bare = g_strstrip(g_strdup(text));
	for (int method = METHOD_PUBLISH; method < METHOD_COUNT; method++)
		if (g_ascii_strcasecmp(bare, names[method]) == 0)
			return (ItemMethod)method;
	return METHOD_NONE;
}

/* A calendar's zones may stand behind its events, so they are looked for ahead. */
static void start_calendar(Reading *reading)
{
	reading->in_calendar = reading->found = true;
	reading->method = METHOD_NONE;
	g_hash_table_remove_all(reading->series);
	zone_book_forget_definitions(reading->book);
	ical_zones_gather(reading->lines, reading->ahead, reading->book);
}

/* What a series' own instance replaces is no longer one of its next starts. */
static void leave_out_instance(Reading *reading, const Item *item, bool all_later)
{
	Item *series = item->uid == NULL ? NULL : g_hash_table_lookup(reading->series, item->uid);
	if (series == NULL || item->recurrence == TIME_NONE)
		return;
	for (guint i = series->next->len; i > 0; i--) {
		int64_t at = g_array_index(series->next, int64_t, i - 1);
		if (at == item->recurrence || (all_later && at > item->recurrence))
			g_array_remove_index(series->next, i - 1);
	}
}

static void hand_over(Reading *reading, Item *item, bool all_later)
{
	if (reading->items->len >= LIMIT_IMPORT_ITEMS) {
		item_free(item);
		return;
	}
	g_ptr_array_add(reading->items, item);
	if (item->recurrence == TIME_NONE && item->uid != NULL && item->next->len > 0)
		g_hash_table_insert(reading->series, item->uid, item);
	leave_out_instance(reading, item, all_later);
	problems_hand_over(reading->problems, reading->items);
}

/* A line that is none; where there are too many, the reader is moved to the end. */
static void add_fault(Reading *reading)
{
	const ContentLine *line = reading->line;
	problems_add(reading->problems, line->number, "Line %d (“%s”) %s.", line->number, line->name, line->fault);
	if (problems_are_too_many(reading->problems))
		reading->lines.at = reading->lines.length;
}

static bool ends_calendar(const ContentLine *line)
{
	return content_line_is(line, "END", "VCALENDAR") || content_line_is(line, "BEGIN", "VCALENDAR");
}

/* Reads on to the end of a part; false where something began that cannot lie in it, which is then the next line again.
 */
static bool read_part(Reading *reading, const char *name, EventDraft *draft)
{
	int depth = 0;
	LineReader before = reading->lines;
	for (; line_reader_next(&reading->lines, reading->line); before = reading->lines) {
		const ContentLine *line = reading->line;
		if (content_line_is(line, "END", name))
			return true;
		if (ends_calendar(line) || content_line_is(line, "BEGIN", name)) {
			reading->lines = before;
			return false;
		}
		if (content_line_is(line, "BEGIN", NULL))
			depth++;
		else if (content_line_is(line, "END", NULL))
			depth -= depth > 0;
		else if (line->fault != NULL && draft != NULL)
			add_fault(reading);
		else if (depth == 0 && draft != NULL)
			event_draft_add(draft, line);
	}
	return false;
}

static void read_event(Reading *reading)
{
	EventSetting setting = {reading->request, reading->book, reading->problems, reading->method};
	int begin = reading->line->number;
	g_autoptr(EventDraft) draft = event_draft_new(&setting, begin);
	if (!read_part(reading, "VEVENT", draft))
		problems_add(
			reading->problems, begin, "The event that begins on line %d is not ended; END:VEVENT is expected.", begin);
	hand_over(reading, event_draft_finish(draft), event_draft_is_range(draft));
}

/* A task or a journal entry: told, so that nobody wonders where it went, but nothing to follow up. */
static void read_other(Reading *reading, const char *name)
{
	EventSetting setting = {reading->request, reading->book, reading->problems, reading->method};
	g_autoptr(EventDraft) draft = event_draft_new(&setting, reading->line->number);
	(void)read_part(reading, name, draft);
	Item *item = event_draft_finish(draft);
	item->kind = ITEM_UNKNOWN;
	g_clear_pointer(&item->error, g_free);
	hand_over(reading, item, false);
}

static void read_begin(Reading *reading)
{
	g_autofree char *name = g_ascii_strup(reading->line->value, -1);
	if (strcmp(name, "VCALENDAR") == 0) {
		start_calendar(reading);
		return;
	}
	if (!reading->in_calendar)
		start_calendar(reading);
	if (strcmp(name, "VEVENT") == 0)
		read_event(reading);
	else if (strcmp(name, "VTODO") == 0 || strcmp(name, "VJOURNAL") == 0)
		read_other(reading, name);
	else
		(void)read_part(reading, name, NULL);
}

static void read_line(Reading *reading)
{
	const ContentLine *line = reading->line;
	if (content_line_is(line, "BEGIN", NULL))
		read_begin(reading);
	else if (content_line_is(line, "END", "VCALENDAR"))
		reading->in_calendar = false;
	else if (line->fault != NULL && reading->in_calendar)
		add_fault(reading);
	else if (content_line_is(line, "METHOD", NULL) && reading->in_calendar && reading->method == METHOD_NONE)
		reading->method = method_from(line->value);
}

static void read_all(Reading *reading)
{
	while (line_reader_next(&reading->lines, reading->line)) {
		read_line(reading);
		if (reading->items->len >= LIMIT_IMPORT_ITEMS) {
			problems_add(
				reading->problems, reading->line->number,
				"%s has more than %d entries; what comes after line %d was not read, divide it into smaller files.",
				reading->request->file, LIMIT_IMPORT_ITEMS, reading->line->number);
			break;
		}
	}
	if (reading->items->len == 0 && reading->problems->count == 0)
		problems_add(
			reading->problems, 1, "%s holds no event; a calendar with one is expected.", reading->request->file);
	problems_end(reading->problems, reading->items);
}

bool ical_read(const ReadRequest *request, GPtrArray *items, GError **error)
{
	g_autoptr(GString) wide = foreign_from_utf16(request->bytes, request->length);
	Reading reading = {.items = items};
	reading_init(
		&reading, request, wide == NULL ? request->bytes : wide->str, wide == NULL ? request->length : wide->len);
	read_all(&reading);
	bool found = reading.found;
	reading_clear(&reading);
	return found || base_error_set(
						error, BASE_ERROR_INVALID, request->file, "%s holds no calendar; BEGIN:VCALENDAR is expected.",
						request->file);
}
