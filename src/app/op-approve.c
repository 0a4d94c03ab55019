/* op-approve.c - followup approve: a note may go as it stands (E12); and settle: what became of one nobody knows of.
 */
#include "dispatch.h"
#include "note-text.h"
#include "ops.h"

/* Findings of level error hold a note back. */
static bool passes_review(App *app, const Case *item, int index, int64_t send_at, Printer *printer, GError **error)
{
	const Draft *draft = record_draft(item->record, index);
	g_autoptr(Review) review = NULL;
	if (!case_review_draft(app, item, index, send_at, true, &review, error))
		return false;
	g_autofree char *text = note_text_join(draft->subject, draft->body);
	const char *name = draft->person == NOBODY ? "nobody" : facts_person(item->record->facts, draft->person)->name;
	int errors = review_count(review, FINDING_ERROR);
	if (review->findings->len > 0)
		printer_say(printer, SAY_HEADING, "The %s for %s", word_text(WORDS_STEP, draft->step), name);
	tell_review(review, text, printer);
	if (errors == 0)
		return true;
	g_autofree char *handle = say_handle(item->record), *person = say_person_handle(item->record->facts, draft->person);
	return base_error_set(
		error, BASE_ERROR_CONFLICT, review_rule_name((int)review_finding(review, 0)->rule),
		"The %s for %s is not approved: %d finding%s of level error; mend %s with: followup edit %s %s --step %s",
		word_text(WORDS_STEP, draft->step), name, errors, errors == 1 ? "" : "s", errors == 1 ? "it" : "them", handle,
		person, word_text(WORDS_STEP, draft->step));
}

static void tell_approved(App *app, const Case *item, int index, int64_t send_at, Printer *printer)
{
	const Draft *draft = record_draft(item->record, index);
	const Facts *facts = item->record->facts;
	const char *step = word_text(WORDS_STEP, draft->step),
			   *name = draft->person == NOBODY ? "" : facts_person(facts, draft->person)->name;
	g_autofree char *handle = say_handle(item->record), *person = say_person_handle(facts, draft->person);
	const OutboxRow *row = case_find_outbox(item, index);
	printer_string(printer, "step", NULL, step);
	printer_string(printer, "to", NULL, draft->person == NOBODY ? NULL : facts_person(facts, draft->person)->id);
	printer_string(printer, "channel", NULL, word_text(WORDS_CHANNEL, draft->channel));
	printer_string(printer, "message_id", NULL, row == NULL ? NULL : row->message_id);
	printer_time(printer, "send_at", facts->zone, row == NULL ? TIME_NONE : send_at);
	if (row != NULL) {
		g_autofree char *when = say_time(app, facts, send_at);
		printer_say(
			printer, SAY_GOOD, "Approved: the %s to %s leaves %s.", step, name, send_at <= app->now ? "now" : when);
		printer_say(
			printer, SAY_COMMAND, send_at <= app->now ? "followup send %s %s" : "followup send %s %s --now", handle,
			person);
	} else {
		printer_say(
			printer, SAY_GOOD, "Approved: the %s to %s, by %s. When it is done, say so:", step, name,
			say_channel(draft->channel));
		printer_say(
			printer, SAY_COMMAND, "followup log %s %s --step %s%s", handle, person, step,
			draft->channel == CHANNEL_CALL ? " --result reached" : "");
	}
}

static bool approve_one(App *app, Case *item, Change *change, int index, bool at_once, Printer *printer, GError **error)
{
	Draft *draft = record_draft(item->record, index);
	NoteTarget target =
		note_target_find(item->plan, item->record->facts, draft->step, draft->person, draft->interview, draft->channel);
	int64_t send_at =
		at_once ? app->now : dispatch_fitting_time(item->record->facts, app->now, target.opens, target.due);
	printer_object(printer, NULL);
	if (!passes_review(app, item, index, draft->channel == CHANNEL_EMAIL ? send_at : TIME_NONE, printer, error))
		return false;
	draft->state = DRAFT_APPROVED;
	draft->approved_at = app->now;
	change_put(change, PART_DRAFT, index);
	if (draft->channel == CHANNEL_EMAIL && !dispatch_enqueue(app, item, change, index, send_at, error))
		return false;
	tell_approved(app, item, index, send_at, printer);
	printer_object_end(printer);
	return true;
}

/* The open drafts meant: the one that is named, or all. */
static bool pick(const Case *item, const OpArgs *args, GArray *indexes, GError **error)
{
	if (!op_args_has(args, "all")) {
		int index = NO_DRAFT;
		if (!case_pick_draft(item, args, &index, error))
			return false;
		g_array_append_val(indexes, index);
		return true;
	}
	for (int i = 0; i < (int)item->record->drafts->len; i++)
		if (record_draft(item->record, i)->state == DRAFT_OPEN && record_draft(item->record, i)->person != NOBODY)
			g_array_append_val(indexes, i);
	return indexes->len > 0 ||
		   base_error_set(
			   error, BASE_ERROR_MISSING, "all",
			   "There is no draft to approve; \"followup draft %s\" writes what is due.", item->record->facts->company);
}

bool op_approve(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	g_autoptr(GArray) indexes = g_array_new(FALSE, FALSE, sizeof(int));
	if (!case_load(app, args, &item, error) || !pick(item, args, indexes, error))
		return false;
	g_autoptr(Change) change = change_new(item->record);
	printer_object(printer, NULL);
	printer_list(printer, "approved");
	for (guint i = 0; i < indexes->len; i++) {
		int index = g_array_index(indexes, int, i);
		const Draft *draft = record_draft(item->record, index);
		if (draft->state == DRAFT_APPROVED)
			return base_error_set(
				error, BASE_ERROR_CONFLICT, NULL, "The %s for %s is approved already.",
				word_text(WORDS_STEP, draft->step),
				draft->person == NOBODY ? "nobody" : facts_person(item->record->facts, draft->person)->name);
		if (!approve_one(app, item, change, index, op_args_has(args, "now"), printer, error))
			return false;
	}
	printer_list_end(printer);
	printer_object_end(printer);
	return case_save(app, item, change, error);
}
