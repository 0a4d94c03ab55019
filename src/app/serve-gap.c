/* serve-gap.c - gaps: found by two clocks, and what fell into them.
 */
#include "serve-gap.h"

#include <time.h>

enum { GAP_MIN = 60 }; /* seconds: less is the clock's own drift, or a busy machine */

ServeClock serve_clock_read(const App *app)
{
	return (ServeClock){app->clock(), g_get_monotonic_time()};
}

int64_t serve_clock_gap(const ServeClock *before, const ServeClock *after, int64_t expected)
{
	int64_t wall = after->wall - before->wall, steady = (after->steady - before->steady) / 1000000;
	int64_t gap = wall < 0 ? wall : MAX(wall - steady, wall - expected);
	return ABS(gap) < GAP_MIN ? 0 : gap;
}

static void tell_note(const App *app, const OutboxRow *row, Printer *printer)
{
	g_autofree char *when = when_say(app->zone, row->send_at, app->now);
	printer_object(printer, NULL);
	printer_string(printer, "subject", NULL, row->subject);
	printer_string(printer, "to", NULL, row->to_address);
	printer_time(printer, "send_at", app->zone, row->send_at);
	printer_say(
		printer, SAY_ITEM, "\"%s\" to %s was to leave %s.", row->subject,
		row->to_name == NULL ? row->to_address : row->to_name, when);
	printer_object_end(printer);
}

static bool tell_notes(App *app, int64_t from, int64_t until, Printer *printer, GError **error)
{
	const OutboxSpan span = {ACCOUNT_SELF, from, until, INT_MAX};
	g_autoptr(GPtrArray) rows = NULL;
	if (!store_outbox_waiting(app->store, &span, &rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++)
		tell_note(app, rows->pdata[i], printer);
	return true;
}

bool serve_tell_gap(App *app, int64_t from, int64_t until, Printer *printer, GError **error)
{
	int64_t before = 0, after = 0;
	g_autofree char *begin = when_say(app->zone, from, app->now), *end = when_say(app->zone, until, app->now);
	if (!store_due_count(app->store, ACCOUNT_SELF, from, &before, error) ||
		!store_due_count(app->store, ACCOUNT_SELF, until, &after, error))
		return false;
	int64_t due = MAX(after - before, 0);
	printer_object(printer, NULL);
	printer_time(printer, "missed_from", app->zone, from);
	printer_time(printer, "missed_until", app->zone, until);
	printer_integer(printer, "came_due", NULL, due);
	printer_say(printer, SAY_WARNING, "Nobody was here from %s to %s.", begin, end);
	if (due > 0)
		printer_say(
			printer, SAY_ITEM, "At %" G_GINT64_FORMAT " %s something came due: \"followup\" shows it.", due,
			due == 1 ? "opportunity" : "opportunities");
	printer_list(printer, "missed_notes");
	bool good = tell_notes(app, from, until, printer, error);
	printer_list_end(printer);
	printer_object_end(printer);
	return good;
}
