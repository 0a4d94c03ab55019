/* op-calendar.c - followup calendar: interviews and follow-ups for a calendar program, as a file or on its server.
 */
#include "calendar-events.h"
#include "calendar-publish.h"
#include "foreign-file.h"
#include "ops.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static bool write_events(App *app, const GPtrArray *entries, GString **ret_text, GError **error)
{
	const ExchangeModule *exchange = NULL;
	g_autoptr(GPtrArray) events = g_ptr_array_new();
	for (guint i = 0; i < entries->len; i++)
		g_ptr_array_add(events, &((CalendarEntry *)entries->pdata[i])->event);
	return desk_exchange_load(app, &exchange, error) &&
		   exchange->write_calendar(events, "Interviews and follow-ups", ret_text, error);
}

/* The file has its name when it is complete: a calendar program may be reading the one before. */
static bool write_file(const char *path, const GString *text, GError **error)
{
	g_autoptr(GError) failure = NULL;
	return g_file_set_contents_full(
			   path, text->str, (gssize)text->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
			   &failure) ||
		   base_error_set(
			   error, BASE_ERROR_TEMPORARY, path, "The calendar cannot be written to \"%s\": %s.", path,
			   failure->message);
}

static void tell_entry(const App *app, const CalendarEntry *entry, Printer *printer)
{
	g_autofree char *when = when_say(app->zone, entry->event.start, app->now);
	printer_object(printer, NULL);
	printer_string(printer, "uid", NULL, entry->uid);
	printer_integer(printer, "opportunity", NULL, entry->opportunity);
	printer_string(printer, "kind", NULL, entry->is_interview ? "interview" : "follow-up");
	printer_string(printer, "summary", NULL, entry->summary);
	printer_time(printer, "start", entry->zone, entry->event.start);
	printer_time(printer, "end", entry->zone, entry->event.end);
	printer_string(printer, "when", NULL, when);
	printer_row(printer, (const char *const[]){when, entry->summary, NULL});
	printer_object_end(printer);
}

static int compare_start(const void *a, const void *b)
{
	const CalendarEntry *one = *(CalendarEntry *const *)a, *other = *(CalendarEntry *const *)b;
	return one->event.start < other->event.start ? -1 : one->event.start > other->event.start;
}

static bool read_span(const App *app, const OpArgs *args, int64_t *ret_from, int64_t *ret_until, GError **error)
{
	When from = {.at = app->now}, until = {.at = INT64_MAX};
	if ((op_args_has(args, "from") && !desk_when(app, args, "from", app->zone, WHEN_AHEAD, &from, error)) ||
		(op_args_has(args, "until") && !desk_when(app, args, "until", app->zone, WHEN_AHEAD, &until, error)))
		return false;
	bool whole_from = op_args_has(args, "from") && !from.has_time;
	bool whole_until = op_args_has(args, "until") && !until.has_time;
	*ret_from = whole_from ? zone_to_instant(app->zone, from.day, 0) : from.at;
	*ret_until = whole_until ? zone_to_instant(app->zone, until.day + 1, 0) : until.at;
	return true;
}

/* All entries, or those of the opportunity that is named. */
static bool load_entries(App *app, const OpArgs *args, GPtrArray **ret_entries, GError **error)
{
	g_autoptr(GPtrArray) entries = NULL;
	g_autoptr(Case) item = NULL;
	bool one = op_args_has(args, "opportunity");
	if ((one && !case_load(app, args, &item, error)) || !calendar_entries_load(app, &entries, error))
		return false;
	for (guint i = entries->len; one && i-- > 0;)
		if (((const CalendarEntry *)entries->pdata[i])->opportunity != item->record->id)
			g_ptr_array_remove_index(entries, i);
	*ret_entries = g_steal_pointer(&entries);
	return true;
}

/* What begins in a span of days, in order. */
static bool list(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GPtrArray) entries = NULL;
	int64_t from = 0, until = 0;
	int shown = 0;
	if (!desk_open(app, OP_STORE_READ, error) || !read_span(app, args, &from, &until, error) ||
		!load_entries(app, args, &entries, error))
		return false;
	g_ptr_array_sort(entries, compare_start);
	printer_object(printer, NULL);
	printer_list(printer, "events");
	for (guint i = 0; i < entries->len; i++) {
		const CalendarEntry *entry = entries->pdata[i];
		if (entry->event.start < from || entry->event.start >= until)
			continue;
		tell_entry(app, entry, printer);
		shown++;
	}
	printer_list_end(printer);
	if (shown == 0)
		printer_say(printer, SAY_TEXT, "Nothing in these days.");
	printer_object_end(printer);
	return true;
}

static void tell_entries(const App *app, const GPtrArray *entries, const char *path, Printer *printer)
{
	int interviews = 0;
	printer_object(printer, NULL);
	printer_string(printer, "file", NULL, path);
	printer_list(printer, "events");
	for (guint i = 0; i < entries->len; i++) {
		const CalendarEntry *entry = entries->pdata[i];
		interviews += entry->is_interview;
		if (printer->for_programs && !printer->for_people)
			tell_entry(app, entry, printer);
	}
	printer_list_end(printer);
	int others = (int)entries->len - interviews;
	printer_say(
		printer, SAY_GOOD, "%d interview%s and %d follow-up%s are in \"%s\".", interviews, interviews == 1 ? "" : "s",
		others, others == 1 ? "" : "s", path);
	printer_object_end(printer);
}

static bool calendar_write(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *path = op_args_get(args, "output");
	g_autoptr(GPtrArray) entries = NULL;
	GString *text = NULL;
	if (!desk_open(app, OP_STORE_READ, error) || !load_entries(app, args, &entries, error) ||
		!write_events(app, entries, &text, error))
		return false;
	bool to_file = path != NULL && strcmp(path, "-") != 0;
	bool good = !to_file || write_file(path, text, error);
	if (good && to_file)
		tell_entries(app, entries, path, printer);
	else if (good)
		printer_document(printer, text->str, text->len);
	g_string_free(text, TRUE);
	return good;
}

static bool publish(App *app, Printer *printer, GError **error)
{
	const PublishOrder order = {0};
	PublishCounts counts = {0};
	if (!desk_open(app, OP_STORE_WRITE, error) || !calendar_publish(app, &order, &counts, error))
		return false;
	calendar_tell(&counts, printer);
	return true;
}

bool op_calendar(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *action = op_args_get(args, "action");
	if (g_strcmp0(action, "publish") == 0)
		return publish(app, printer, error);
	return action != NULL ? list(app, args, printer, error) : calendar_write(app, args, printer, error);
}
