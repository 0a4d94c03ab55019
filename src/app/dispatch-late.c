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

static void tell(App *app, const Case *item, const OutboxRow *row, const char *why, Printer *printer)
{
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, row->opportunity);
	printer_string(printer, "to", NULL, row->to_address);
	printer_string(printer, "subject", NULL, row->subject);
	printer_string(printer, "message_id", NULL, row->message_id);
	printer_string(printer, "state", NULL, "late");
	printer_string(printer, "why", NULL, why);
	printer_time(printer, "send_at", app->zone, row->send_at);
	printer_say(
		printer, SAY_WARNING, "Not sent: \"%s\" to %s, %s. %s", row->subject,
		row->to_name == NULL ? row->to_address : row->to_name, item->record->facts->company, why);
	printer_object_end(printer);
}

static void take_back(App *app, Case *item, OutboxRow *row, Change *change, Printer *printer)
{
	g_autofree char *when = when_say(app->zone, row->send_at, app->now);
	g_autofree char *why =
		g_strdup_printf("It was to leave %s, and could not; should it still go? Approve it again then.", when);
	const OutboxResult result = {.row = row, .state = OUTBOX_CANCELLED, .at = app->now, .last_error = why};
	tell(app, item, row, why, printer);
	change_cancel_outbox(change, row->number, why);
	dispatch_apply(item, change, &result, false);
}

/* All late notes of one opportunity. What another program has just saved or sent is left to the next pass. */
static bool ask_case(App *app, int64_t id, Printer *printer, DispatchCounts *counts, GError **error)
{
	g_autoptr(Case) item = NULL;
	g_autoptr(GError) failure = NULL;
	if (!case_load_id(app, id, &item, &failure))
		return g_error_matches(failure, BASE_ERROR, BASE_ERROR_MISSING) ||
			   (g_propagate_error(error, g_steal_pointer(&failure)), false);
	g_autoptr(Change) change = change_new(item->record);
	int asked = 0;
	for (int i = 0; i < (int)item->record->outbox->len; i++) {
		OutboxRow *row = record_outbox(item->record, i);
		if (!is_late(item, row, app->now))
			continue;
		take_back(app, item, row, change, printer);
		asked++;
	}
	if (asked == 0 || case_save(app, item, change, &failure)) {
		counts->late += asked;
		return true;
	}
	return g_error_matches(failure, BASE_ERROR, BASE_ERROR_CONFLICT) ||
		   (g_propagate_error(error, g_steal_pointer(&failure)), false);
}

bool dispatch_ask_late(App *app, Printer *printer, DispatchCounts *counts, GError **error)
{
	enum { AT_ONCE = 200 };
	static const OutboxState states[] = {OUTBOX_READY, OUTBOX_RETRY};
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	for (size_t s = 0; s < G_N_ELEMENTS(states); s++) {
		g_autoptr(GPtrArray) rows = NULL;
		if (!store_outbox_list(app->store, ACCOUNT_SELF, states[s], AT_ONCE, &rows, error))
			return false;
		for (guint i = 0; i < rows->len; i++) {
			const OutboxRow *row = rows->pdata[i];
			if (row->send_at + DAY_SECONDS >= app->now)
				break;
			if (g_hash_table_add(seen, g_memdup2(&row->opportunity, sizeof row->opportunity)) &&
				!ask_case(app, row->opportunity, printer, counts, error))
				return false;
		}
	}
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
