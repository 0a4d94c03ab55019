/* op-approve.c - followup approve: a note may go as it stands (E12), once etiquette allows it.
 *
 * What passes is approved although another note is not; what does not is an error that says why.
 */
#include "dispatch.h"
#include "leaving.h"
#include "note-text.h"
#include "ops.h"

typedef struct Approval {
	App *app;
	Case *item;
	Change *change;
	Printer *printer;
	bool at_once;
	int approved;
	GPtrArray *refusals; /* of char*: a sentence for each that is not approved */
	char *where;         /* the rule of the first */
} Approval;

static const char *name_of(const Approval *approval, const Draft *draft)
{
	return draft->person == NOBODY ? "nobody" : facts_person(approval->item->record->facts, draft->person)->name;
}

static void refuse(Approval *approval, const Draft *draft, const char *where, const char *why)
{
	printer_boolean(approval->printer, "approved", false);
	printer_string(approval->printer, "why", NULL, why);
	if (approval->where == NULL)
		approval->where = g_strdup(where);
	g_ptr_array_add(
		approval->refusals,
		g_strdup_printf(
			"The %s to %s is not approved: %s", word_text(WORDS_STEP, draft->step), name_of(approval, draft), why));
}

static const Finding *first_error(const Review *review)
{
	for (guint i = 0; i < review->findings->len; i++)
		if (review_finding(review, i)->level == FINDING_ERROR)
			return review_finding(review, i);
	return NULL;
}

/* Findings of level error hold a note back; *ret_passes is whether there are none. */
static bool ask_review(Approval *approval, int index, int64_t send_at, bool *ret_passes, GError **error)
{
	const Draft *draft = record_draft(approval->item->record, index);
	g_autoptr(Review) review = NULL;
	if (!case_review_draft(approval->app, approval->item, index, send_at, true, &review, error))
		return false;
	g_autofree char *text = note_text_join(draft->subject, draft->body);
	const Finding *fault = first_error(review);
	if (review->findings->len > 0) {
		printer_break(approval->printer);
		printer_say(
			approval->printer, SAY_HEADING, "The %s to %s", word_text(WORDS_STEP, draft->step),
			name_of(approval, draft));
	}
	tell_review(review, text, approval->printer);
	*ret_passes = fault == NULL;
	if (fault == NULL)
		return true;
	refuse(approval, draft, review_rule_name((int)fault->rule), fault->message);
	g_autofree char *handle = say_handle(approval->app, approval->item->record);
	g_autofree char *which = case_say_draft(approval->item, index);
	printer_say(approval->printer, SAY_COMMAND, "followup edit %s %s", handle, which);
	return true;
}

static void tell_approved(const Approval *approval, int index)
{
	const Draft *draft = record_draft(approval->item->record, index);
	const Facts *facts = approval->item->record->facts;
	Printer *printer = approval->printer;
	const char *step = word_text(WORDS_STEP, draft->step), *name = name_of(approval, draft);
	g_autofree char *handle = say_handle(approval->app, approval->item->record);
	g_autofree char *person = say_person_handle(facts, draft->person);
	const OutboxRow *row = case_find_outbox(approval->item, index);
	printer_boolean(printer, "approved", true);
	printer_string(printer, "message_id", NULL, row == NULL ? NULL : row->message_id);
	printer_time(printer, "send_at", facts->zone, row == NULL ? TIME_NONE : row->send_at);
	if (row == NULL) {
		g_autofree char *what = say_contact(draft->step, name, draft->channel);
		printer_say(printer, SAY_GOOD, "Approved: the %s. When it is done, say so:", what);
		printer_say(
			printer, SAY_COMMAND, "followup log %s %s --step %s%s", handle, person, step,
			draft->channel == CHANNEL_CALL ? " --result reached" : "");
		return;
	}
	bool now = row->send_at <= approval->app->now;
	g_autofree char *when = say_time(approval->app, facts, row->send_at);
	printer_say(
		printer, SAY_GOOD, "Approved: the %s to %s leaves %s%s.", step, name,
		now ? "with \"followup send\", now" : when, now ? "" : ", or with --now at once");
}

/* The way on for what is approved by mail: one command, however many there are. */
static void say_send(const Approval *approval, const GArray *indexes)
{
	const Draft *only = NULL;
	int count = 0;
	for (guint i = 0; i < indexes->len; i++) {
		const Draft *draft = record_draft(approval->item->record, g_array_index(indexes, int, i));
		if (draft->state != DRAFT_APPROVED || draft->channel != CHANNEL_EMAIL)
			continue;
		only = draft;
		count++;
	}
	if (count == 0)
		return;
	g_autofree char *handle = say_handle(approval->app, approval->item->record);
	g_autofree char *person = say_person_handle(approval->item->record->facts, only->person);
	if (desk_setting(approval->app, "mail.host") != NULL) {
		printer_say(
			approval->printer, SAY_COMMAND, "followup send %s%s%s", handle, count == 1 ? " " : "",
			count == 1 ? person : "");
		return;
	}
	printer_say(
		approval->printer, SAY_TEXT,
		"To send from here, set up your mail account; what you sent yourself, put on record:");
	printer_say(approval->printer, SAY_COMMAND, "followup config mail --address ADDRESS");
	printer_say(
		approval->printer, SAY_COMMAND, "followup log %s %s --step %s --channel email", handle, person,
		word_text(WORDS_STEP, only->step));
}

static bool approve_one(Approval *approval, int index, GError **error)
{
	Case *item = approval->item;
	Draft *draft = record_draft(item->record, index);
	const Facts *facts = item->record->facts;
	bool is_mail = draft->channel == CHANNEL_EMAIL, passes = false;
	g_auto(Leaving) leaving = {0};
	leaving_find(approval->app, item, index, approval->at_once, &leaving);
	printer_integer(approval->printer, "id", NULL, index);
	printer_string(approval->printer, "step", NULL, word_text(WORDS_STEP, draft->step));
	printer_string(
		approval->printer, "to", NULL, draft->person == NOBODY ? NULL : facts_person(facts, draft->person)->id);
	printer_string(approval->printer, "channel", NULL, word_text(WORDS_CHANNEL, draft->channel));
	if (is_mail && !leaving.may) {
		refuse(approval, draft, NULL, leaving.why);
		return true;
	}
	if (!ask_review(approval, index, is_mail ? leaving.send_at : TIME_NONE, &passes, error))
		return false;
	if (!passes)
		return true;
	draft->state = DRAFT_APPROVED;
	draft->approved_at = approval->app->now;
	change_put(approval->change, PART_DRAFT, index);
	if (is_mail && !dispatch_enqueue(approval->app, item, approval->change, index, leaving.send_at, error))
		return false;
	approval->approved++;
	tell_approved(approval, index);
	return true;
}

/* All that fit and are to somebody. */
static bool pick_all(App *app, const Case *item, const OpArgs *args, GArray *indexes, GError **error)
{
	if (!case_pick_drafts(app, item, args, DRAFT_OPEN, indexes, error))
		return false;
	for (guint i = indexes->len; i-- > 0;)
		if (record_draft(item->record, g_array_index(indexes, int, i))->person == NOBODY)
			g_array_remove_index(indexes, i);
	g_autofree char *handle = say_handle(app, item->record);
	return indexes->len > 0 || base_error_set(
								   error, BASE_ERROR_CONFLICT, NULL,
								   "Only words for yourself are written there, which need no approval; this writes "
								   "what is due: followup draft "
								   "%s",
								   handle);
}

/* The open drafts meant: the one that is named, or all that fit. */
static bool pick(App *app, const Case *item, const OpArgs *args, GArray *indexes, GError **error)
{
	int index = NO_DRAFT;
	if (op_args_has(args, "all"))
		return pick_all(app, item, args, indexes, error);
	if (!case_pick_draft(app, item, args, &index, error))
		return false;
	g_array_append_val(indexes, index);
	const Draft *draft = record_draft(item->record, index);
	if (draft->person == NOBODY)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "step", "The %s is for yourself; it goes nowhere, and needs no approval.",
			word_text(WORDS_STEP, draft->step));
	return draft->state != DRAFT_APPROVED ||
		   base_error_set(
			   error, BASE_ERROR_CONFLICT, NULL, "The %s to %s is approved already.",
			   word_text(WORDS_STEP, draft->step),
			   draft->person == NOBODY ? "nobody" : facts_person(item->record->facts, draft->person)->name);
}

static bool approve_all(Approval *approval, const GArray *indexes, GError **error)
{
	printer_list(approval->printer, "approved");
	for (guint i = 0; i < indexes->len; i++) {
		printer_object(approval->printer, NULL);
		if (!approve_one(approval, g_array_index(indexes, int, i), error))
			return false;
		printer_object_end(approval->printer);
	}
	printer_list_end(approval->printer);
	say_send(approval, indexes);
	return approval->approved == 0 || case_save(approval->app, approval->item, approval->change, error);
}

static bool conclude(const Approval *approval, GError **error)
{
	guint refused = approval->refusals->len;
	if (refused == 0)
		return true;
	const char *first = g_ptr_array_index(approval->refusals, 0);
	if (refused == 1)
		return base_error_set(error, BASE_ERROR_CONFLICT, approval->where, "%s", first);
	return base_error_set(
		error, BASE_ERROR_CONFLICT, approval->where, "%u notes are not approved; the first: %s", refused, first);
}

bool op_approve(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	g_autoptr(GArray) indexes = g_array_new(FALSE, FALSE, sizeof(int));
	g_autoptr(GPtrArray) refusals = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) refusal = NULL;
	if (!case_load(app, args, &item, error) || !pick(app, item, args, indexes, error))
		return false;
	g_autoptr(Change) change = change_new(item->record);
	Approval approval = {
		.app = app,
		.item = item,
		.change = change,
		.printer = printer,
		.at_once = op_args_has(args, "now"),
		.refusals = refusals};
	printer_object(printer, NULL);
	bool good = approve_all(&approval, indexes, error);
	g_autofree char *where = approval.where;
	if (!good)
		return false;
	if (!conclude(&approval, &refusal)) {
		printer_error(printer, refusal);
		printer_object_end(printer);
		g_propagate_error(error, g_steal_pointer(&refusal));
		return false;
	}
	printer_object_end(printer);
	return true;
}
