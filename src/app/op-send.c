/* op-send.c - followup send, deliver and settle: what is approved leaves; and what became of a note nobody knows of.
 */
#include "dispatch.h"
#include "intake.h"
#include "ops.h"
#include "watch.h"

#include <limits.h>
#include <unistd.h>

static bool waits(const OutboxRow *row)
{
	return row->state == OUTBOX_READY || row->state == OUTBOX_RETRY;
}

static bool is_meant(const Case *item, const OutboxRow *row, const DispatchFilter *filter)
{
	const Draft *draft = row->draft == NO_DRAFT ? NULL : record_draft(item->record, row->draft);
	return waits(row) && draft != NULL && (filter->person == NOBODY || draft->person == filter->person) &&
		   (filter->step == WORD_NONE || draft->step == filter->step) &&
		   (filter->draft == NO_DRAFT || row->draft == filter->draft);
}

/* --now: what waits leaves at once, whatever the hour; what etiquette forbids it still forbids. */
static bool hurry(App *app, Case *item, const DispatchFilter *filter, GError **error)
{
	g_autoptr(Change) change = change_new(item->record);
	for (int i = 0; i < (int)item->record->outbox->len; i++)
		if (is_meant(item, record_outbox(item->record, i), filter))
			change_move_outbox(change, i, app->now);
	return case_save(app, item, change, error);
}

static bool hurry_all(App *app, GError **error)
{
	const DispatchFilter any = {.person = NOBODY, .step = WORD_NONE, .draft = NO_DRAFT};
	g_autoptr(GArray) ids = NULL;
	if (!dispatch_find_waiting(app, app->now, INT64_MAX, &ids, error))
		return false;
	for (guint i = 0; i < ids->len; i++) {
		g_autoptr(Case) item = NULL;
		if (!case_load_id(app, g_array_index(ids, int64_t, i), &item, error) || !hurry(app, item, &any, error))
			return false;
	}
	return true;
}

/* Notes that are meant and whose time is still to come. */
static void tell_waiting(
	const App *app, const Case *item, const DispatchFilter *filter, int *ret_count, Printer *printer)
{
	for (guint i = 0; i < item->record->outbox->len; i++) {
		const OutboxRow *row = record_outbox(item->record, (int)i);
		if (!is_meant(item, row, filter) || row->send_at <= app->now)
			continue;
		g_autofree char *when = say_time(app, item->record->facts, row->send_at);
		printer_say(
			printer, SAY_TEXT, "\"%s\" to %s leaves %s; --now sends it at once.", row->subject, row->to_name, when);
		++*ret_count;
	}
}

/* The notes of one opportunity: which are meant, and that there are any. */
static bool narrow(
	App *app, const OpArgs *args, DispatchFilter *filter, DispatchCounts *counts, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	bool any = false;
	if (!case_load(app, args, &item, error))
		return false;
	if (op_args_has(args, "person") && !case_find_person(item, op_args_get(args, "person"), &filter->person, error))
		return false;
	filter->opportunity = item->record->id;
	filter->step = desk_word(WORDS_STEP, op_args_get(args, "step"));
	filter->draft = (int)CLAMP(op_args_get_int(args, "draft", NO_DRAFT), NO_DRAFT, INT_MAX);
	for (guint i = 0; i < item->record->outbox->len; i++)
		any = any || is_meant(item, record_outbox(item->record, (int)i), filter);
	g_autofree char *handle = say_handle(app, item->record);
	if (!any)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL,
			"Nothing approved waits there; approve a draft first: followup approve %s", handle);
	if (op_args_has(args, "now"))
		return hurry(app, item, filter, error);
	tell_waiting(app, item, filter, &counts->waiting, printer);
	return true;
}

static int count_all(const DispatchCounts *counts)
{
	return counts->sent + counts->refused + counts->retry + counts->unknown + counts->held + counts->cancelled +
		   counts->waiting;
}

/* Says what else there is to say; where what was asked for could not be done, that is an error. */
static bool conclude(App *app, const DispatchCounts *counts, Printer *printer, GError **error)
{
	const OutboxSpan next = {ACCOUNT_SELF, INT64_MIN, INT64_MAX, 1};
	g_autoptr(GPtrArray) rows = NULL;
	if (counts->unknown > 0)
		return base_error_set(
			error, BASE_ERROR_UNCERTAIN, NULL,
			"It is not known of every note whether it went; \"followup\" shows what to do about it.");
	if (counts->refused + counts->cancelled > 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL, "Not every note went; \"followup\" shows what to do about it.");
	if (count_all(counts) > 0)
		return true;
	if (!store_outbox_waiting(app->store, &next, &rows, error))
		return false;
	if (rows->len == 0) {
		printer_say(printer, SAY_TEXT, "Nothing waits to be sent.");
		return true;
	}
	g_autofree char *when = when_say(app->zone, ((const OutboxRow *)g_ptr_array_index(rows, 0))->send_at, app->now);
	printer_say(printer, SAY_TEXT, "Nothing is to leave now; the next note leaves %s.", when);
	return true;
}

bool op_send(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	DispatchCounts counts = {0};
	DispatchFilter filter = {.person = NOBODY, .step = WORD_NONE, .draft = NO_DRAFT};
	bool narrowed = op_args_has(args, "opportunity");
	printer_object(printer, NULL);
	printer_list(printer, "notes");
	if (narrowed && !narrow(app, args, &filter, &counts, printer, error))
		return false;
	if (!narrowed && op_args_has(args, "now") && !hurry_all(app, error))
		return false;
	if (!dispatch_run(app, narrowed ? &filter : NULL, printer, &counts, error))
		return false;
	dispatch_tell_counts(&counts, printer);
	return conclude(app, &counts, printer, error);
}

/* Waits, a few seconds at a time, until the outbox wants a deliverer. */
static bool wait_for_next(App *app, int64_t not_before, GError **error)
{
	enum { STEP_SECONDS = 5 };
	int64_t next = TIME_NONE;
	do {
		sleep(STEP_SECONDS);
		app->now = app->clock();
		if (!store_outbox_next_at(app->store, &next, error))
			return false;
	} while (app->now < not_before || next == TIME_NONE || next > app->now);
	return true;
}

/* While the server cannot be reached, a pass ends early; it is tried again a little later each time. */
static bool deliver_on(App *app, Printer *printer, GError **error)
{
	enum { WAIT_FIRST = 30, WAIT_LONGEST = 900 };
	for (int64_t wait = 0;;) {
		g_autoptr(GError) failure = NULL;
		DispatchCounts counts = {0};
		bool good = dispatch_pass(app, printer, &counts, &failure);
		if (!good && !g_error_matches(failure, BASE_ERROR, BASE_ERROR_TEMPORARY)) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return false;
		}
		wait = good ? 0 : CLAMP(wait * 2, WAIT_FIRST, WAIT_LONGEST);
		if (!good) {
			printer_list_end(printer);
			printer_string(printer, "failure", NULL, failure->message);
			printer_say_text(printer, SAY_WARNING, failure->message);
			printer_object_end(printer);
		}
		printer_flush(printer);
		if (!wait_for_next(app, app->now + wait, error))
			return false;
	}
}

bool op_deliver(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	DispatchCounts counts = {0};
	if (op_args_has(args, "once"))
		return dispatch_pass(app, printer, &counts, error);
	if (app->now_text != NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "now", "deliver waits by the real clock; with --now, say --once too.");
	return deliver_on(app, printer, error);
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

/* What its user found out; else what is among their sent mail, if that proves anything. */
static bool find_answer(App *app, const OpArgs *args, const OutboxRow *row, bool *ret_went, GError **error)
{
	g_auto(InboxSetup) setup = {0};
	g_autofree char *why = NULL;
	Mailbox *mailbox = NULL;
	if (op_args_has(args, "answer")) {
		*ret_went = strcmp(op_args_get(args, "answer"), "sent") == 0;
		return true;
	}
	if (!inbox_is_set_up(app))
		return base_error_set(
			error, BASE_ERROR_INVALID, "answer", "Say what you found among your sent mail: sent or not-sent.");
	if (!inbox_setup_load(app, &setup, error) || !inbox_open(app, &setup, &mailbox, error))
		return false;
	bool looked = watch_find_sent(app, mailbox, row, ret_went, &why, error);
	app->mail->mailbox_close(mailbox);
	if (!looked || *ret_went)
		return looked;
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "answer", "%s Say which it is: followup settle %s %s sent, or not-sent.", why,
		op_args_get(args, "opportunity"), op_args_get(args, "person"));
}

bool op_settle(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	int person = NOBODY;
	int64_t at = 0;
	if (!case_load(app, args, &item, error) || !case_find_person(item, op_args_get(args, "person"), &person, error) ||
		!intake_at(app, args, item->record->facts->zone, &at, error))
		return false;
	OutboxRow *row = find_unknown(item, person);
	if (row == NULL)
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL, "There is no note to %s of which it is not known whether it went.",
			facts_person(item->record->facts, person)->name);
	bool went = false, asked = op_args_has(args, "answer");
	if (!find_answer(app, args, row, &went, error))
		return false;
	OutboxResult result = {
		.row = row,
		.state = went ? OUTBOX_SENT : OUTBOX_READY,
		.at = asked ? at : MIN(row->send_at, at),
		.send_at = app->now,
		.response = row->response,
		.last_error = went ? NULL : "It had not gone."};
	if (!dispatch_settle(app, item, &result, error))
		return false;
	g_autofree char *handle = say_handle(app, item->record), *name = say_person_handle(item->record->facts, person);
	printer_object(printer, NULL);
	printer_string(printer, "state", NULL, outbox_state_word((int)result.state));
	printer_say(
		printer, SAY_GOOD, went ? "On record as sent: \"%s\"." : "\"%s\" waits to be sent again.", row->subject);
	if (!went)
		printer_say(printer, SAY_COMMAND, "followup send %s %s", handle, name);
	printer_object_end(printer);
	return true;
}
