/* op-today.c - followup, without more: what to do today, by when, why, and with which command.
 *
 * Reads only the part of the agenda whose time has come, so that it takes the same time however much is on record.
 */
#include "ops.h"

enum { DUE_LIMIT = 200, COMING_LIMIT = 5 };

typedef struct Today {
	App *app;
	Printer *printer;
	GPtrArray *cases; /* of Case */
	int shown;
} Today;

static bool load_cases(App *app, GPtrArray *records, GPtrArray **ret_cases, GError **error)
{
	g_autoptr(GPtrArray) cases = g_ptr_array_new_full(records->len, (GDestroyNotify)case_free);
	while (records->len > 0) {
		Case *item = NULL;
		if (!case_take(app, g_ptr_array_steal_index(records, 0), &item, error))
			return false;
		g_ptr_array_add(cases, item);
	}
	*ret_cases = g_steal_pointer(&cases);
	return true;
}

static void tell_because(const Case *item, const PlanStep *step, Printer *printer)
{
	g_autofree char *why = plan_step_explain(item->plan, step);
	printer_string(printer, "because", NULL, why);
	printer_say(printer, SAY_DETAIL, "%s", why);
}

/* Where a step stands that cannot just be done. */
static void tell_condition(const Today *today, const Case *item, const PlanStep *step)
{
	const Facts *facts = item->record->facts;
	int index = case_find_draft(item, (int)step->kind, step->interview, step->to, WORD_NONE);
	const OutboxRow *row = case_find_outbox(item, index);
	if (step->state == STATE_BLOCKED)
		printer_say(
			today->printer, SAY_DETAIL, "It waits for their %s%s%s.",
			(step->needs & NEED_EMAIL) != 0 ? "e-mail address" : "",
			(step->needs & NEED_PHONE) != 0 ? ((step->needs & NEED_EMAIL) != 0 ? " or phone number" : "phone number")
											: "",
			(step->needs & NEED_ADDRESS) != 0
				? ((step->needs & ~(unsigned)NEED_ADDRESS) != 0 ? " or postal address" : "postal address")
				: "");
	if (row != NULL && (row->state == OUTBOX_READY || row->state == OUTBOX_RETRY)) {
		g_autofree char *when = say_time(today->app, facts, row->send_at);
		printer_say(
			today->printer, SAY_DETAIL, "Approved; it leaves %s%s.",
			row->send_at <= today->app->now ? "with the next \"followup send\", since " : "", when);
	}
}

static void tell_step(Today *today, const Case *item, const PlanStep *step)
{
	Printer *printer = today->printer;
	const Facts *facts = item->record->facts;
	g_autofree char *what = say_step(item, step), *company = say_opportunity(facts),
					*due = say_time(today->app, facts, step->due);
	g_autofree char *command = say_command(today->app, item, step);
	bool late = step->state == STATE_OVERDUE || (step->due != TIME_NONE && step->due <= today->app->now);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "company", NULL, facts->company);
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, (int)step->kind));
	printer_string(printer, "interview", NULL, facts_interview(facts, step->interview)->id);
	printer_string(printer, "to", NULL, step->to == NOBODY ? NULL : facts_person(facts, step->to)->id);
	printer_string(printer, "state", NULL, step_state_word(step->state));
	printer_boolean(printer, "optional", step->optional);
	printer_time(printer, "due", facts->zone, step->due);
	printer_say(
		printer, late && !step->optional ? SAY_URGENT : SAY_ITEM, "%s: %s, %s %s.", company, what,
		late ? "was due" : "by", due);
	tell_because(item, step, printer);
	tell_condition(today, item, step);
	printer_string(printer, "command", NULL, command);
	if (command != NULL)
		printer_say(printer, SAY_COMMAND, "%s", command);
	printer_object_end(printer);
	today->shown++;
}

typedef struct Entry {
	const Case *item;
	const PlanStep *step;
} Entry;

static int compare_entries(const void *a, const void *b)
{
	const PlanStep *one = ((const Entry *)a)->step, *other = ((const Entry *)b)->step;
	return one->due < other->due ? -1 : one->due > other->due;
}

static void tell_open(Today *today, bool optional, const char *key, const char *title)
{
	g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(Entry));
	for (guint i = 0; i < today->cases->len; i++) {
		const Case *item = g_ptr_array_index(today->cases, i);
		for (guint s = 0; s < item->plan->steps->len; s++) {
			Entry entry = {item, plan_step(item->plan, s)};
			if (step_can_be_done(entry.step) && entry.step->optional == optional)
				g_array_append_val(entries, entry);
		}
	}
	g_array_sort(entries, compare_entries);
	if (entries->len > 0)
		printer_say(today->printer, SAY_HEADING, "%s", title);
	printer_list(today->printer, key);
	for (guint i = 0; i < entries->len; i++) {
		Entry *entry = &g_array_index(entries, Entry, i);
		tell_step(today, entry->item, entry->step);
	}
	printer_list_end(today->printer);
	if (entries->len > 0)
		printer_break(today->printer);
}

static void tell_outbox_row(Today *today, const Case *item, const OutboxRow *row)
{
	Printer *printer = today->printer;
	g_autofree char *handle = say_handle(item->record);
	const Draft *draft = row->draft == NO_DRAFT ? NULL : record_draft(item->record, row->draft);
	g_autofree char *person = draft == NULL ? g_strdup("") : say_person_handle(item->record->facts, draft->person);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "subject", NULL, row->subject);
	printer_string(printer, "to", NULL, row->to_address);
	printer_string(printer, "state", NULL, outbox_state_word((int)row->state));
	printer_string(printer, "error", NULL, row->last_error);
	if (row->state == OUTBOX_UNKNOWN) {
		printer_say(
			printer, SAY_URGENT, "%s: \"%s\" to %s may or may not have gone; look in your Sent folder, then say which.",
			item->record->facts->company, row->subject, row->to_address);
		printer_say(printer, SAY_COMMAND, "followup settle %s %s sent|not-sent", handle, person);
	} else {
		printer_say(
			printer, SAY_URGENT, "%s: \"%s\" to %s was refused: %s", item->record->facts->company, row->subject,
			row->to_address, row->last_error == NULL ? "no reason was given." : row->last_error);
		printer_say(printer, SAY_COMMAND, "followup people %s %s --email ADDRESS", handle, person);
	}
	printer_object_end(printer);
	today->shown++;
}

static void tell_questions(Today *today)
{
	printer_list(today->printer, "questions");
	for (guint i = 0; i < today->cases->len; i++) {
		const Case *item = g_ptr_array_index(today->cases, i);
		for (guint o = 0; o < item->record->outbox->len; o++) {
			const OutboxRow *row = record_outbox(item->record, (int)o);
			if (row->state == OUTBOX_UNKNOWN || (row->state == OUTBOX_REFUSED && row->draft != NO_DRAFT &&
												 record_draft(item->record, row->draft)->state == DRAFT_APPROVED))
				tell_outbox_row(today, item, row);
		}
	}
	printer_list_end(today->printer);
}

static void tell_endings(Today *today)
{
	printer_list(today->printer, "move_on");
	for (guint i = 0; i < today->cases->len; i++) {
		const Case *item = g_ptr_array_index(today->cases, i);
		if (item->plan->verdict != VERDICT_MOVE_ON)
			continue;
		g_autofree char *why = plan_explain_verdict(item->plan), *company = say_opportunity(item->record->facts);
		g_autofree char *handle = say_handle(item->record);
		printer_object(today->printer, NULL);
		printer_integer(today->printer, "opportunity", NULL, item->record->id);
		printer_string(today->printer, "company", NULL, item->record->facts->company);
		printer_string(today->printer, "because", NULL, why);
		printer_say(today->printer, SAY_ITEM, "%s: time to move on.", company);
		printer_say(today->printer, SAY_DETAIL, "%s", why);
		printer_say(today->printer, SAY_COMMAND, "followup outcome %s withdrawn", handle);
		printer_object_end(today->printer);
		today->shown++;
	}
	printer_list_end(today->printer);
}

static void tell_coming(Today *today, const GPtrArray *coming)
{
	if (coming->len > 0)
		printer_say(today->printer, SAY_HEADING, "Coming");
	printer_list(today->printer, "coming");
	for (guint i = 0; i < coming->len; i++) {
		const Case *item = g_ptr_array_index(coming, i);
		g_autofree char *verdict = plan_explain_verdict(item->plan), *company = say_opportunity(item->record->facts);
		printer_object(today->printer, NULL);
		printer_integer(today->printer, "opportunity", NULL, item->record->id);
		printer_string(today->printer, "company", NULL, item->record->facts->company);
		printer_time(today->printer, "next_at", item->record->facts->zone, item->record->next_at);
		printer_string(today->printer, "because", NULL, verdict);
		printer_say(today->printer, SAY_ITEM, "%s: %s", company, verdict);
		printer_object_end(today->printer);
	}
	printer_list_end(today->printer);
}

/* Nothing on record yet: the way to the first interview. */
static void tell_newcomer(Printer *printer)
{
	printer_say(
		printer, SAY_TEXT,
		"Nothing is on record yet. Right after an interview, or before it, say when it is and with whom:");
	printer_say(
		printer, SAY_COMMAND,
		"followup interview Globex \"today 10am\" --position \"Data analyst\" --with \"Huck Finn "
		"<finn@globex.example>\"");
	printer_say(printer, SAY_TEXT, "From then on \"followup\" says what to do next, by when, and why.");
}

bool op_today(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GPtrArray) due_records = NULL, coming_records = NULL, due = NULL, coming = NULL;
	if (!store_due_load(app->store, ACCOUNT_SELF, app->now, DUE_LIMIT, &due_records, error) ||
		!store_coming_load(app->store, ACCOUNT_SELF, app->now, COMING_LIMIT, &coming_records, error))
		return false;
	bool cut = due_records->len == DUE_LIMIT;
	if (!load_cases(app, due_records, &due, error) || !load_cases(app, coming_records, &coming, error))
		return false;
	Today today = {.app = app, .printer = printer, .cases = due};
	printer_object(printer, NULL);
	printer_time(printer, "now", app->zone, app->now);
	if (due->len + coming->len == 0)
		tell_newcomer(printer);
	tell_questions(&today);
	tell_open(&today, false, "due", "To do");
	tell_open(&today, true, "optional", "If you like");
	tell_endings(&today);
	if (due->len + coming->len > 0 && today.shown == 0)
		printer_say(printer, SAY_GOOD, "Nothing to do now.");
	if (cut)
		printer_say(printer, SAY_WARNING, "Only the %d most urgent opportunities are shown.", DUE_LIMIT);
	tell_coming(&today, coming);
	printer_object_end(printer);
	return true;
}
