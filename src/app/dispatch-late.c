/* dispatch-late.c - notes leave by themselves, but not those whose moment has long passed.
 *
 * A computer that was off for days, or a server that was away, makes a thank-you late that was right when it was
 * approved.  Whether it should still go is its user's to say: it is a draft again, and approving it sends it.
 */
#include "dispatch.h"

static bool is_late(const Case *item, const OutboxRow *row, int64_t now)
{
	bool waits = row->state == OUTBOX_READY || row->state == OUTBOX_RETRY;
	return waits && row->send_at + DAY_SECONDS < now &&
		   dispatch_window_end(item->record->facts, row->send_at) + DAY_SECONDS < now;
}

static void tell(App *app, const Case *item, const OutboxRow *row, Printer *printer)
{
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, row->opportunity);
	printer_string(printer, "to", NULL, row->to_address);
	printer_string(printer, "subject", NULL, row->subject);
	printer_string(printer, "message_id", NULL, row->message_id);
	printer_string(printer, "state", NULL, "late");
	printer_string(printer, "why", NULL, row->last_error);
	printer_time(printer, "send_at", app->zone, row->send_at);
	printer_say(
		printer, SAY_WARNING, "Not sent: \"%s\" to %s, %s. %s", row->subject,
		row->to_name == NULL ? row->to_address : row->to_name, item->record->facts->company, row->last_error);
	printer_object_end(printer);
}

static void take_back(App *app, Case *item, OutboxRow *row, Change *change)
{
	g_autofree char *when = when_say(app->zone, row->send_at, app->now);
	g_autofree char *why =
		g_strdup_printf("It was to leave %s, and could not; should it still go? Approve it again then.", when);
	const OutboxResult result = {.row = row, .state = OUTBOX_CANCELLED, .at = app->now, .last_error = why};
	change_cancel_outbox(change, row->number, why);
	dispatch_apply(item, change, &result, false);
}

static bool find_late(const Case *item, int64_t now, GPtrArray *late)
{
	for (int i = 0; i < (int)item->record->outbox->len; i++)
		if (is_late(item, record_outbox(item->record, i), now))
			g_ptr_array_add(late, record_outbox(item->record, i));
	return late->len > 0;
}

/* All late notes of one opportunity, if it is still there. */
static bool ask_case(App *app, int64_t id, Printer *printer, DispatchCounts *counts, GError **error)
{
	g_autoptr(Case) item = NULL;
	g_autoptr(GError) failure = NULL;
	g_autoptr(GPtrArray) late = g_ptr_array_new();
	if (!case_load_id(app, id, &item, &failure))
		return g_error_matches(failure, BASE_ERROR, BASE_ERROR_MISSING) ||
			   (g_propagate_error(error, g_steal_pointer(&failure)), false);
	if (!find_late(item, app->now, late))
		return true;
	g_autoptr(Change) change = change_new(item->record);
	for (guint i = 0; i < late->len; i++)
		take_back(app, item, late->pdata[i], change);
	if (!case_save(app, item, change, error))
		return false;
	for (guint i = 0; i < late->len; i++)
		tell(app, item, late->pdata[i], printer);
	counts->late += (int)late->len;
	return true;
}

/* Where another program saves at the same moment, what it saved is looked at: a note that is not asked about would
 * leave with the others. */
static bool ask_patiently(App *app, int64_t id, Printer *printer, DispatchCounts *counts, GError **error)
{
	enum { TRIES = 5 };
	for (int left = TRIES; left > 0; left--) {
		g_autoptr(GError) failure = NULL;
		if (ask_case(app, id, printer, counts, &failure))
			return true;
		if (left > 1 && g_error_matches(failure, BASE_ERROR, BASE_ERROR_CONFLICT))
			continue;
		g_propagate_error(error, g_steal_pointer(&failure));
	}
	return false;
}

/* What a deliverer had in hand when it was killed waits again, and may be late like any other. */
bool dispatch_ask_late(App *app, Printer *printer, DispatchCounts *counts, GError **error)
{
	g_autoptr(GArray) ids = NULL;
	if (!store_outbox_end_leases(app->store, app->now, error) ||
		!dispatch_find_waiting(app, INT64_MIN, app->now - DAY_SECONDS - 1, &ids, error))
		return false;
	for (guint i = 0; i < ids->len; i++)
		if (!ask_patiently(app, g_array_index(ids, int64_t, i), printer, counts, error))
			return false;
	return true;
}

void dispatch_tell_counts(const DispatchCounts *counts, Printer *printer)
{
	printer_list_end(printer);
	printer_integer(printer, "sent", NULL, counts->sent);
	printer_integer(printer, "refused", NULL, counts->refused);
	printer_integer(printer, "retry", NULL, counts->retry);
	printer_integer(printer, "unknown", NULL, counts->unknown);
	printer_integer(printer, "held", NULL, counts->held);
	printer_integer(printer, "cancelled", NULL, counts->cancelled);
	printer_integer(printer, "late", NULL, counts->late);
	printer_integer(printer, "waiting", NULL, counts->waiting);
	printer_object_end(printer);
}

bool dispatch_pass(App *app, Printer *printer, DispatchCounts *ret_counts, GError **error)
{
	printer_object(printer, NULL);
	printer_list(printer, "notes");
	if (!dispatch_ask_late(app, printer, ret_counts, error) || !dispatch_run(app, NULL, printer, ret_counts, error))
		return false;
	dispatch_tell_counts(ret_counts, printer);
	return true;
}
