/* op-show.c - followup list and show: what is on record, and the whole story of one opportunity with its plan.
 */
#include "intake.h"
#include "ops.h"
#include "task.h"

enum { LIST_LIMIT = 1000 };

bool op_list(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	if (!store_list(app->store, ACCOUNT_SELF, op_args_get(args, "opportunity"), LIST_LIMIT, &rows, error))
		return false;
	printer_object(printer, NULL);
	printer_list(printer, "opportunities");
	for (guint i = 0; i < rows->len; i++) {
		const ListRow *row = g_ptr_array_index(rows, i);
		g_autofree char *number = g_strdup_printf("#%" G_GINT64_FORMAT, row->id);
		g_autofree char *next = row->next_at == TIME_NONE  ? g_strdup("-")
								: row->next_at <= app->now ? g_strdup("now")
														   : when_say(app->zone, row->next_at, app->now);
		printer_object(printer, NULL);
		printer_integer(printer, "opportunity", NULL, row->id);
		printer_string(printer, "company", NULL, row->company);
		printer_string(printer, "position", NULL, row->position);
		printer_time(printer, "next_at", app->zone, row->next_at);
		printer_integer(printer, "people", NULL, row->people);
		printer_integer(printer, "interviews", NULL, row->interviews);
		printer_row(
			printer,
			(const char *const[]){number, row->company, row->position == NULL ? "" : row->position, next, NULL});
		printer_object_end(printer);
	}
	printer_list_end(printer);
	if (rows->len == 0)
		printer_say(
			printer, SAY_TEXT, "Nothing on record%s.", op_args_has(args, "opportunity") ? " begins with that" : " yet");
	if (rows->len == LIST_LIMIT)
		printer_say(
			printer, SAY_WARNING, "Only the first %d are shown; say the start of a name for others.", LIST_LIMIT);
	printer_object_end(printer);
	return true;
}

typedef struct Moment {
	int64_t at;
	int order; /* among those of one instant */
	char *text;
} Moment;

static void clear_moment(void *moment)
{
	g_free(((Moment *)moment)->text);
}

static int compare_moments(const void *a, const void *b)
{
	const Moment *one = a, *other = b;
	return one->at != other->at ? (one->at < other->at ? -1 : 1) : one->order - other->order;
}

static void add_moment(GArray *moments, int64_t at, char *text)
{
	Moment moment = {at, (int)moments->len, text};
	g_array_append_val(moments, moment);
}

/* " (times in New York)" where the clocks there show another time than here. */
static char *say_clock(const App *app, const Facts *facts)
{
	if (app->zone == NULL || zone_offset_at(app->zone, app->now) == zone_offset_at(facts->zone, app->now))
		return g_strdup("");
	GString *text = g_string_new(" (times in ");
	zone_append_place(facts->zone, text);
	g_string_append_c(text, ')');
	return g_string_free(text, FALSE);
}

static void tell_timeline(const App *app, const Facts *facts, Printer *printer)
{
	g_autofree char *place = say_clock(app, facts);
	g_autoptr(GArray) moments = g_array_new(FALSE, FALSE, sizeof(Moment));
	g_array_set_clear_func(moments, clear_moment);
	for (guint i = 0; i < facts->interviews->len; i++) {
		const Interview *interview = facts_interview(facts, (int)i);
		g_autofree char *people = say_people(facts, (int)i), *promise = say_promise(app, facts, &interview->promise);
		bool several = facts->interviews->len > 1;
		add_moment(
			moments, interview->start,
			g_strdup_printf(
				"%s with %s%s%s%s%s%s", word_text(WORDS_INTERVIEW_KIND, (int)interview->kind), people,
				several ? " (--id " : "", several ? interview->id : "", several ? ")" : "",
				promise[0] == '\0' ? "" : "; they promised ", promise));
	}
	for (guint i = 0; i < facts->debriefs->len; i++)
		add_moment(moments, facts_debrief(facts, (int)i)->at, g_strdup("debrief"));
	for (guint i = 0; i < facts->events->len; i++)
		add_moment(moments, facts_event(facts, (int)i)->at, say_event(app, facts, facts_event(facts, (int)i)));
	g_array_sort(moments, compare_moments);
	printer_break(printer);
	if (moments->len > 0)
		printer_say(printer, SAY_HEADING, "What happened%s", place);
	printer_list(printer, "timeline");
	for (guint i = 0; i < moments->len; i++) {
		const Moment *moment = &g_array_index(moments, Moment, i);
		g_autofree char *when = when_say(facts->zone, moment->at, app->now);
		printer_object(printer, NULL);
		printer_time(printer, "at", facts->zone, moment->at);
		printer_string(printer, "text", NULL, moment->text);
		printer_row(printer, (const char *const[]){when, moment->text, NULL});
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

/* ---- the plan ---- */

static bool is_ahead(const PlanStep *step)
{
	return plan_step_is_open(step) || step->state == STATE_UPCOMING;
}

static void tell_step(const Case *item, const PlanStep *step, Printer *printer)
{
	const Facts *facts = item->record->facts;
	g_autofree char *why = plan_step_explain(item->plan, step);
	printer_object(printer, NULL);
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, (int)step->kind));
	printer_string(printer, "interview", NULL, facts_interview(facts, step->interview)->id);
	printer_string(printer, "to", NULL, step->to == NOBODY ? NULL : facts_person(facts, step->to)->id);
	printer_string(printer, "about", NULL, step->about == NOBODY ? NULL : facts_person(facts, step->about)->id);
	printer_integer(printer, "attempt", NULL, step->attempt);
	printer_string(printer, "state", NULL, step_state_word(step->state));
	printer_string(printer, "reason", NULL, skip_reason_word(step->reason));
	printer_boolean(printer, "optional", step->optional);
	printer_time(printer, "opens", facts->zone, step->opens);
	printer_time(printer, "due", facts->zone, step->due);
	printer_time(printer, "done_at", facts->zone, step->done_at);
	printer_string(printer, "because", NULL, why);
	printer_object_end(printer);
}

static void tell_plan(const Case *item, Printer *printer)
{
	printer_object(printer, "plan");
	printer_string(printer, "verdict", NULL, verdict_word(item->plan->verdict));
	printer_time(printer, "next_at", item->record->facts->zone, item->plan->next_at);
	printer_list(printer, "steps");
	for (guint i = 0; i < item->plan->steps->len && printer->for_programs; i++)
		tell_step(item, plan_step(item->plan, i), printer);
	printer_list_end(printer);
	printer_object_end(printer);
}

static char *say_when(const App *app, const Task *task)
{
	const PlanStep *step = task_step(task);
	const Facts *facts = task->item->record->facts;
	g_autofree char *opens = say_time(app, facts, step->opens);
	if (step->state != STATE_UPCOMING)
		return task_say_due(app, task);
	return step->opens == TIME_NONE ? g_strdup("not yet") : g_strdup_printf("from %s on", opens);
}

static void say_ahead(const App *app, const Case *item, Printer *printer)
{
	g_autoptr(GPtrArray) tasks = task_list_new(item, is_ahead);
	printer_break(printer);
	if (tasks->len > 0)
		printer_say(printer, SAY_HEADING, "What is next");
	for (guint i = 0; i < tasks->len; i++) {
		const Task *task = g_ptr_array_index(tasks, i);
		const PlanStep *step = task_step(task);
		g_autofree char *what = task_say(task), *when = say_when(app, task), *why = task_explain(task);
		g_autofree char *state = plan_step_is_open(step) ? task_say_state(app, task) : NULL;
		bool late = plan_step_is_open(step) && step->due != TIME_NONE && step->due <= app->now && !step->optional;
		printer_say(
			printer, late ? SAY_URGENT : SAY_ITEM, "%s, %s%s.", what, when, step->optional ? ", if you like" : "");
		printer_say_text(printer, SAY_DETAIL, why);
		if (state != NULL)
			printer_say_text(printer, SAY_DETAIL, state);
	}
}

static void say_settled(const App *app, const Case *item, Printer *printer)
{
	g_autofree char *place = say_clock(app, item->record->facts);
	bool any = false;
	printer_break(printer);
	for (guint i = 0; i < item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(item->plan, i);
		if (is_ahead(step))
			continue;
		if (!any)
			printer_say(printer, SAY_HEADING, "What is settled%s", place);
		any = true;
		g_autofree char *what = task_say_step(item, step);
		g_autofree char *when = step->state == STATE_DONE && step->done_at != TIME_NONE
									? when_say(item->record->facts->zone, step->done_at, app->now)
									: g_strdup(step->reason == REASON_NONE ? "" : skip_reason_word(step->reason));
		printer_row(printer, (const char *const[]){step_state_word(step->state), when, what, NULL});
	}
}

/* ---- the whole ---- */

/* Where a note stands: on its way as the outbox has it, else as a draft. */
static const char *say_note_state(const Case *item, int index, const OutboxRow *row)
{
	const Draft *draft = record_draft(item->record, index);
	if (draft->state == DRAFT_OPEN && !case_draft_is_live(item, index))
		return "outdated";
	if (row != NULL && (draft->state == DRAFT_APPROVED || row->state == OUTBOX_SENT))
		return outbox_state_word((int)row->state);
	return row != NULL && row->state == OUTBOX_REFUSED ? "refused" : draft_state_word((int)draft->state);
}

static void tell_notes(const Case *item, Printer *printer)
{
	bool any = false;
	printer_break(printer);
	const Facts *facts = item->record->facts;
	printer_list(printer, "notes");
	for (guint i = 0; i < item->record->drafts->len; i++) {
		const Draft *draft = record_draft(item->record, (int)i);
		const OutboxRow *row = case_find_outbox(item, (int)i);
		if (draft->state == DRAFT_DISCARDED)
			continue;
		if (!any)
			printer_say(printer, SAY_HEADING, "Notes");
		any = true;
		const char *state = say_note_state(item, (int)i, row);
		const char *name = draft->person == NOBODY ? "" : facts_person(facts, draft->person)->name;
		printer_object(printer, NULL);
		printer_string(printer, "step", NULL, word_text(WORDS_STEP, draft->step));
		printer_string(printer, "to", NULL, draft->person == NOBODY ? NULL : facts_person(facts, draft->person)->id);
		printer_string(printer, "channel", NULL, word_text(WORDS_CHANNEL, draft->channel));
		printer_string(printer, "state", NULL, state);
		printer_string(printer, "subject", NULL, draft->subject);
		printer_string(printer, "body", NULL, draft->body);
		printer_string(printer, "message_id", NULL, row == NULL ? NULL : row->message_id);
		printer_time(printer, "send_at", facts->zone, row == NULL ? TIME_NONE : row->send_at);
		printer_row(
			printer, (const char *const[]){
						 word_text(WORDS_STEP, draft->step), name,
						 draft->channel == WORD_NONE ? "" : say_channel(draft->channel), state,
						 draft->subject == NULL ? "" : draft->subject, NULL});
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

static void tell_interviews(const Facts *facts, Printer *printer)
{
	printer_list(printer, "interviews");
	for (guint i = 0; i < facts->interviews->len; i++) {
		const Interview *interview = facts_interview(facts, (int)i);
		printer_object(printer, NULL);
		printer_string(printer, "id", NULL, interview->id);
		printer_string(printer, "kind", NULL, word_text(WORDS_INTERVIEW_KIND, (int)interview->kind));
		printer_time(printer, "start", facts->zone, interview->start);
		printer_time(printer, "end", facts->zone, interview->end);
		printer_list(printer, "with");
		for (guint w = 0; w < interview->with->len; w++)
			printer_string(printer, NULL, NULL, facts_person(facts, g_array_index(interview->with, int, w))->id);
		printer_list_end(printer);
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

static void tell_later(App *app, const Case *item, Printer *printer)
{
	int64_t until = case_later_until(item);
	printer_time(printer, "later_until", item->record->facts->zone, until);
	if (until == TIME_NONE || !printer->for_people)
		return;
	g_autofree char *when = say_from(app, item->record->facts, until), *handle = say_handle(app, item->record);
	printer_say(printer, SAY_WARNING, "Put off until %s: not on your list, and no question leaves, until then.", when);
	printer_say(printer, SAY_COMMAND, "followup later %s now", handle);
}

/* Without an interview there is nothing to plan. */
static void say_first_interview(App *app, const Case *item, Printer *printer)
{
	g_autofree char *handle = say_handle(app, item->record);
	printer_say(printer, SAY_TEXT, "No interview is on record yet; add it when you know when it is, and with whom:");
	printer_say(printer, SAY_COMMAND, "followup interview %s \"tomorrow 10am\" --with \"NAME <ADDRESS>\"", handle);
}

bool op_show(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	if (!case_load(app, args, &item, error))
		return false;
	const Facts *facts = item->record->facts;
	g_autofree char *what = say_opportunity(facts), *verdict = plan_explain_verdict(item->plan);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "company", NULL, facts->company);
	printer_string(printer, "position", NULL, facts->position);
	printer_string(printer, "timezone", NULL, zone_get_name(facts->zone));
	printer_string(printer, "playbook", NULL, playbook_get_name(item->playbook));
	printer_say_text(printer, SAY_HEADING, what);
	printer_say(
		printer, SAY_DETAIL, "#%" G_GINT64_FORMAT ", times in %s, playbook %s", item->record->id,
		zone_get_name(facts->zone), playbook_get_name(item->playbook));
	if (facts->interviews->len > 0)
		printer_say_text(printer, SAY_TEXT, verdict);
	else if (printer->for_people)
		say_first_interview(app, item, printer);
	tell_later(app, item, printer);
	tell_interviews(facts, printer);
	tell_timeline(app, facts, printer);
	tell_notes(item, printer);
	tell_plan(item, printer);
	if (printer->for_people) {
		say_ahead(app, item, printer);
		say_settled(app, item, printer);
	}
	printer_object_end(printer);
	return true;
}
