/* op-send.c - followup send, deliver and settle: what is approved leaves; and what became of a note nobody knows of.
 */
#include "dispatch.h"
#include "ops.h"

#include <unistd.h>

/* The waiting notes that the options mean, as indexes into the record's outbox. */
static bool pick_waiting(const Case *item, const OpArgs *args, GArray *indexes, GError **error)
{
	const char *step = op_args_get(args, "step");
	int person = NOBODY;
	if (op_args_has(args, "person") && !case_find_person(item, op_args_get(args, "person"), &person, error))
		return false;
	for (int i = 0; i < (int)item->record->outbox->len; i++) {
		const OutboxRow *row = record_outbox(item->record, i);
		const Draft *draft = row->draft == NO_DRAFT ? NULL : record_draft(item->record, row->draft);
		bool waits = row->state == OUTBOX_READY || row->state == OUTBOX_RETRY;
		bool wanted = draft != NULL && (person == NOBODY || draft->person == person) &&
					  (step == NULL || draft->step == word_find(WORDS_STEP, step));
		if (waits && wanted)
			g_array_append_val(indexes, i);
	}
	if (indexes->len > 0)
		return true;
	g_autofree char *handle = say_handle(item->record);
	return base_error_set(
		error, BASE_ERROR_CONFLICT, NULL, "Nothing approved waits there; approve a draft first: followup approve %s",
		handle);
}

/* --now: the note leaves at once, whatever the hour; what etiquette forbids it still forbids. */
static bool hurry(App *app, Case *item, const GArray *indexes, GError **error)
{
	g_autoptr(Change) change = change_new(item->record);
	for (guint i = 0; i < indexes->len; i++)
		change_move_outbox(change, g_array_index(indexes, int, i), app->now);
	return case_save(app, item, change, error);
}

static int tell_waiting(const App *app, const Case *item, const GArray *indexes, Printer *printer)
{
	int waiting = 0;
	for (guint i = 0; i < indexes->len; i++) {
		const OutboxRow *row = record_outbox(item->record, g_array_index(indexes, int, i));
		if (row->send_at <= app->now)
			continue;
		g_autofree char *when = say_time(app, item->record->facts, row->send_at);
		printer_say(
			printer, SAY_TEXT, "\"%s\" to %s leaves %s; --now sends it at once.", row->subject, row->to_name, when);
		waiting++;
	}
	return waiting;
}

static void tell_counts(const DispatchCounts *counts, Printer *printer)
{
	printer_list_end(printer);
	printer_integer(printer, "sent", NULL, counts->sent);
	printer_integer(printer, "refused", NULL, counts->refused);
	printer_integer(printer, "retry", NULL, counts->retry);
	printer_integer(printer, "unknown", NULL, counts->unknown);
	printer_integer(printer, "held", NULL, counts->held);
	printer_integer(printer, "waiting", NULL, counts->waiting);
	if (counts->sent + counts->refused + counts->retry + counts->unknown + counts->held + counts->waiting == 0)
		printer_say(printer, SAY_TEXT, "Nothing waits to be sent.");
	printer_object_end(printer);
}

bool op_send(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	DispatchCounts counts = {0};
	printer_object(printer, NULL);
	printer_list(printer, "notes");
	if (op_args_has(args, "opportunity")) {
		g_autoptr(Case) item = NULL;
		g_autoptr(GArray) indexes = g_array_new(FALSE, FALSE, sizeof(int));
		if (!case_load(app, args, &item, error) || !pick_waiting(item, args, indexes, error) ||
			(op_args_has(args, "now") && !hurry(app, item, indexes, error)))
			return false;
		if (!op_args_has(args, "now"))
			counts.waiting = tell_waiting(app, item, indexes, printer);
	}
	if (!dispatch_run(app, printer, &counts, error))
		return false;
	tell_counts(&counts, printer);
	if (counts.refused + counts.unknown == 0)
		return true;
	return base_error_set(
		error, counts.unknown > 0 ? BASE_ERROR_UNCERTAIN : BASE_ERROR_CONFLICT, NULL,
		"Not every note went; \"followup\" shows what to do about it.");
}

/* Waits, a few seconds at a time, until the outbox wants a deliverer. */
static bool wait_for_next(App *app, GError **error)
{
	enum { STEP_SECONDS = 5 };
	int64_t next = TIME_NONE;
	do {
		sleep(STEP_SECONDS);
		app->now = app->clock();
		if (!store_outbox_next_at(app->store, &next, error))
			return false;
	} while (next == TIME_NONE || next > app->now);
	return true;
}

bool op_deliver(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	DispatchCounts counts = {0};
	if (op_args_has(args, "once")) {
		printer_object(printer, NULL);
		printer_list(printer, "notes");
		if (!dispatch_run(app, printer, &counts, error))
			return false;
		tell_counts(&counts, printer);
		return true;
	}
	for (;;) {
		g_autoptr(GError) failure = NULL;
		if (!dispatch_run(app, printer, &counts, &failure)) {
			if (!g_error_matches(failure, BASE_ERROR, BASE_ERROR_TEMPORARY)) {
				g_propagate_error(error, g_steal_pointer(&failure));
				return false;
			}
			printer_say(printer, SAY_WARNING, "%s", failure->message);
		}
		if (!wait_for_next(app, error))
			return false;
	}
}

static OutboxRow *find_unknown(const Case *item, int person)
{
	for (int i = (int)item->record->outbox->len - 1; i >= 0; i--) {
		OutboxRow *row = record_outbox(item->record, i);
		if (row->state == OUTBOX_UNKNOWN && row->draft != NO_DRAFT &&
			(person == NOBODY || record_draft(item->record, row->draft)->person == person))
			return row;
	}
	return NULL;
}

bool op_settle(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	int person = NOBODY;
	if (!case_load(app, args, &item, error) || !case_find_person(item, op_args_get(args, "person"), &person, error))
		return false;
	OutboxRow *row = find_unknown(item, person);
	if (row == NULL)
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL, "There is no note to %s of which it is not known whether it went.",
			facts_person(item->record->facts, person)->name);
	bool went = strcmp(op_args_get(args, "answer"), "sent") == 0;
	Draft *draft = record_draft(item->record, row->draft);
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
	Change *change = change_new(item->record);
	g_ptr_array_add(changes, change);
	OutboxResult result = {
		.row = row,
		.state = went ? OUTBOX_SENT : OUTBOX_READY,
		.at = app->now,
		.send_at = app->now,
		.last_error = went ? NULL : "it had not gone"};
	if (went) {
		Event event = EVENT_INIT(EVENT_SENT);
		event.at = app->now;
		event.step = draft->step;
		event.interview = draft->interview;
		event.person = draft->person;
		event.channel = CHANNEL_EMAIL;
		facts_add_event(item->record->facts, &event);
		change_put(change, PART_EVENT, (int)item->record->facts->events->len - 1);
		draft->state = DRAFT_USED;
		change_put(change, PART_DRAFT, row->draft);
	}
	OutboxState before = row->state;
	row->state = result.state;
	case_replan(app, item);
	item->record->next_at = case_agenda_at(item);
	row->state = before;
	if (!store_outbox_settle(app->store, &result, 1, changes, error))
		return false;
	printer_object(printer, NULL);
	printer_string(printer, "state", NULL, outbox_state_word((int)result.state));
	printer_say(
		printer, SAY_GOOD, went ? "On record as sent: \"%s\"." : "\"%s\" waits again; \"followup send\" sends it.",
		row->subject);
	printer_object_end(printer);
	return true;
}
