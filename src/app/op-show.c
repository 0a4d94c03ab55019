/* op-show.c - followup show: the whole story of one opportunity with its plan.
 */
#include "called-off.h"
#include "ending.h"
#include "intake.h"
#include "note-file.h"
#include "ops.h"
#include "tell-note.h"
#include "watch.h"

/* ---- what happened ---- */

typedef struct Moment {
	int64_t at;
	int order; /* among those of one instant */
	char *text;
	const char *kind; /* "interview", "debrief", or an event's */
	int interview;    /* index, or NO_INTERVIEW */
	int event;        /* index, or -1 */
	char *quote;      /* the sentence it was read from, or NULL */
} Moment;

static void clear_moment(void *data)
{
	Moment *moment = data;
	g_free(moment->text);
	g_free(moment->quote);
}

static int compare_moments(const void *a, const void *b)
{
	const Moment *one = a, *other = b;
	return one->at != other->at ? (one->at < other->at ? -1 : 1) : one->order - other->order;
}

static void add_moment(GArray *moments, const Moment *what)
{
	Moment moment = *what;
	moment.order = (int)moments->len;
	g_array_append_val(moments, moment);
}

/* " at 12 Main Street, by https://…"; "" where nobody said. Free with g_free. */
static char *say_where(const Interview *interview)
{
	const char *place = interview->place, *link = interview->link;
	return g_strconcat(
		place == NULL ? "" : " at ", place == NULL ? "" : place, place != NULL && link != NULL ? "," : "",
		link == NULL ? "" : " by ", link == NULL ? "" : link, NULL);
}

static void add_interview(const App *app, const Facts *facts, int index, GArray *moments)
{
	const Interview *interview = facts_interview(facts, index);
	g_autofree char *people = say_people(facts, index), *promise = say_promise(app, facts, &interview->promise);
	g_autofree char *where = say_where(interview);
	bool several = facts->interviews->len > 1;
	char *text = g_strdup_printf(
		"%s with %s%s%s%s%s%s%s", word_text(WORDS_INTERVIEW_KIND, (int)interview->kind), people, where,
		several ? " (--id " : "", several ? interview->id : "", several ? ")" : "",
		promise[0] == '\0' ? "" : "; they promised ", promise);
	add_moment(
		moments, &(Moment){.at = interview->start, .text = text, .kind = "interview", .interview = index, .event = -1});
}

static GArray *list_moments(const App *app, const Facts *facts)
{
	GArray *moments = g_array_new(FALSE, FALSE, sizeof(Moment));
	g_array_set_clear_func(moments, clear_moment);
	for (guint i = 0; i < facts->interviews->len; i++)
		add_interview(app, facts, (int)i, moments);
	for (guint i = 0; i < facts->debriefs->len; i++) {
		const Debrief *debrief = facts_debrief(facts, (int)i);
		add_moment(
			moments, &(Moment){
						 .at = debrief->at,
						 .text = g_strdup("debrief"),
						 .kind = "debrief",
						 .interview = debrief->interview,
						 .event = -1});
	}
	for (guint i = 0; i < facts->events->len; i++) {
		const Event *event = facts_event(facts, (int)i);
		add_moment(
			moments, &(Moment){
						 .at = event->at,
						 .text = say_event(app, facts, event),
						 .kind = word_text(WORDS_EVENT, (int)event->kind),
						 .interview = event->interview,
						 .event = (int)i});
	}
	g_array_sort(moments, compare_moments);
	return moments;
}

static void quote_moments(const App *app, const Case *item, const GPtrArray *mails, GArray *moments)
{
	for (guint i = 0; i < mails->len; i++) {
		const InboxItem *mail = mails->pdata[i];
		int event = mail->quote == NULL ? -1 : inbox_find_event(app, mail, item);
		for (guint j = 0; event >= 0 && j < moments->len; j++) {
			Moment *moment = &g_array_index(moments, Moment, j);
			if (moment->event == event && moment->quote == NULL)
				moment->quote = g_strdup(mail->quote);
		}
	}
}

static void tell_moment(const App *app, const Case *item, const Moment *moment, Printer *printer)
{
	const Facts *facts = item->record->facts;
	const Event none = EVENT_INIT(EVENT_SENT), *event = moment->event < 0 ? &none : facts_event(facts, moment->event);
	g_autofree char *when = when_say(facts->zone, moment->at, app->now);
	printer_object(printer, NULL);
	printer_time(printer, "at", facts->zone, moment->at);
	printer_string(printer, "text", NULL, moment->text);
	printer_string(printer, "when", NULL, when);
	printer_string(printer, "kind", NULL, moment->kind);
	printer_string(
		printer, "interview", NULL,
		moment->interview == NO_INTERVIEW ? NULL : facts_interview(facts, moment->interview)->id);
	tell_whom(facts, event->person, "who", "who_name", printer);
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, event->step));
	printer_string(printer, "channel", NULL, word_text(WORDS_CHANNEL, event->channel));
	printer_string(printer, "result", NULL, word_text(WORDS_CALL_RESULT, event->result));
	printer_string(printer, "says", NULL, word_text(WORDS_SAYS, event->says));
	printer_boolean(printer, "ahead", moment->at > app->now);
	printer_boolean(printer, "undo", moment->event >= 0 && moment->event == case_find_undoable(item));
	printer_string(printer, "quote", NULL, moment->quote);
	printer_row(printer, (const char *const[]){when, moment->text, NULL});
	if (moment->quote != NULL) {
		g_autofree char *quote = g_strdup_printf("\"%s\"", moment->quote);
		printer_row(printer, (const char *const[]){"", quote, NULL});
	}
	printer_object_end(printer);
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

static void tell_timeline(const App *app, const Case *item, const GPtrArray *mails, Printer *printer)
{
	const Facts *facts = item->record->facts;
	g_autofree char *place = say_clock(app, facts);
	g_autoptr(GArray) moments = list_moments(app, facts);
	quote_moments(app, item, mails, moments);
	printer_break(printer);
	if (moments->len > 0)
		printer_say(printer, SAY_HEADING, "What happened%s", place);
	printer_list(printer, "timeline");
	for (guint i = 0; i < moments->len; i++)
		tell_moment(app, item, &g_array_index(moments, Moment, i), printer);
	printer_list_end(printer);
}

static void tell_debrief(const App *app, const Facts *facts, const Debrief *debrief, Printer *printer)
{
	g_autofree char *when = when_say(facts->zone, debrief->at, app->now);
	printer_object(printer, NULL);
	printer_string(printer, "interview", NULL, facts_interview(facts, debrief->interview)->id);
	printer_time(printer, "at", facts->zone, debrief->at);
	printer_string(printer, "when", NULL, when);
	printer_list(printer, "topics");
	for (guint i = 0; i < debrief->topics->len; i++) {
		const Topic *topic = &g_array_index(debrief->topics, Topic, i);
		printer_object(printer, NULL);
		tell_whom(facts, topic->with, "with", "with_name", printer);
		printer_string(printer, "text", NULL, topic->text);
		printer_object_end(printer);
	}
	printer_list_end(printer);
	tell_texts(debrief->strong, "strong", printer);
	tell_texts(debrief->weak, "weak", printer);
	tell_texts(debrief->unsaid, "unsaid", printer);
	tell_texts(debrief->fit, "fit", printer);
	printer_object_end(printer);
}

static void tell_debriefs(const App *app, const Facts *facts, Printer *printer)
{
	printer_list(printer, "debriefs");
	for (guint i = 0; i < facts->debriefs->len; i++)
		tell_debrief(app, facts, facts_debrief(facts, (int)i), printer);
	printer_list_end(printer);
}

/* ---- the plan ---- */

static bool is_ahead(const PlanStep *step)
{
	return plan_step_is_open(step) || step->state == STATE_UPCOMING;
}

static void tell_plan(const App *app, const Case *item, Printer *printer)
{
	g_autofree char *verdict = plan_explain_verdict(item->plan);
	printer_object(printer, "plan");
	printer_string(printer, "verdict", NULL, verdict_word(item->plan->verdict));
	printer_string(printer, "text", NULL, item->record->facts->interviews->len == 0 ? NULL : verdict);
	printer_time(printer, "next_at", item->record->facts->zone, item->plan->next_at);
	printer_list(printer, "steps");
	for (guint i = 0; i < item->plan->steps->len && printer->for_programs; i++) {
		printer_object(printer, NULL);
		tell_step(app, item, plan_step(item->plan, i), printer);
		tell_reasons(item, plan_step(item->plan, i), printer);
		printer_object_end(printer);
	}
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

static void tell_kept_note(const App *app, const Case *item, int index, Printer *printer)
{
	const Facts *facts = item->record->facts;
	const Draft *draft = record_draft(item->record, index);
	const OutboxRow *row = case_find_outbox(item, index);
	int64_t send_at = row == NULL ? TIME_NONE : row->send_at, sent_at = row == NULL ? TIME_NONE : row->sent_at;
	g_autofree char *when = row == NULL ? NULL : say_time(app, facts, sent_at == TIME_NONE ? send_at : sent_at);
	tell_note_head(item, index, printer);
	printer_string(printer, "draft_state", NULL, draft_state_word((int)draft->state));
	printer_string(printer, "outbox_state", NULL, row == NULL ? NULL : outbox_state_word((int)row->state));
	printer_string(printer, "variant", NULL, draft->variant);
	printer_time(printer, "created_at", facts->zone, draft->created_at);
	printer_time(printer, "edited_at", facts->zone, draft->edited_at);
	printer_time(printer, "approved_at", facts->zone, draft->approved_at);
	printer_string(printer, "message_id", NULL, row == NULL ? NULL : row->message_id);
	printer_time(printer, "send_at", facts->zone, send_at);
	printer_time(printer, "sent_at", facts->zone, sent_at);
	printer_string(printer, "when", NULL, when);
	printer_string(printer, "error", NULL, row == NULL ? NULL : row->last_error);
}

static void tell_notes(const App *app, const Case *item, Printer *printer)
{
	bool any = false;
	printer_break(printer);
	const Facts *facts = item->record->facts;
	printer_list(printer, "notes");
	for (guint i = 0; i < item->record->drafts->len; i++) {
		const Draft *draft = record_draft(item->record, (int)i);
		if (draft->state == DRAFT_DISCARDED)
			continue;
		if (!any)
			printer_say(printer, SAY_HEADING, "Notes");
		any = true;
		const char *name = draft->person == NOBODY ? "" : facts_person(facts, draft->person)->name;
		printer_object(printer, NULL);
		tell_kept_note(app, item, (int)i, printer);
		printer_row(
			printer, (const char *const[]){
						 word_text(WORDS_STEP, draft->step), name,
						 draft->channel == WORD_NONE ? "" : say_channel(draft->channel), note_state_word(item, (int)i),
						 draft->subject == NULL ? "" : draft->subject, NULL});
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

static void tell_people(const Facts *facts, Printer *printer)
{
	printer_list(printer, "people");
	for (guint i = 0; i < facts->people->len; i++) {
		printer_object(printer, NULL);
		tell_person(facts_person(facts, (int)i), printer);
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

/* What is known of the opportunity itself. */
static void tell_opportunity(const App *app, const Case *item, Printer *printer)
{
	const Facts *facts = item->record->facts;
	const Event *ending = facts_find_ending(facts, app->now);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "company", NULL, facts->company);
	printer_string(printer, "position", NULL, facts->position);
	printer_string(printer, "timezone", NULL, zone_get_name(facts->zone));
	printer_string(printer, "playbook", NULL, playbook_get_name(item->playbook));
	printer_string(printer, "pace", NULL, word_text(WORDS_PACE, (int)facts->pace));
	printer_string(printer, "stage", NULL, word_text(WORDS_STAGE, (int)facts->stage));
	tell_texts(facts->requirements, "requirements", printer);
	printer_time(printer, "created_at", facts->zone, item->record->created_at);
	printer_string(printer, "ended", NULL, ending == NULL ? NULL : ending_word(ending));
	printer_time(printer, "ended_at", facts->zone, ending == NULL ? TIME_NONE : ending->at);
}

static void tell_promise(const Promise *promise, Printer *printer)
{
	printer_object(printer, "promise");
	printer_day(printer, "decision_by", promise->decision_by);
	printer_day(printer, "follow_up_after", promise->follow_up_after);
	if (promise->process_weeks == 0)
		printer_string(printer, "process_weeks", NULL, NULL);
	else
		printer_integer(printer, "process_weeks", NULL, promise->process_weeks);
	printer_object_end(printer);
}

static void tell_interviews(const App *app, const Facts *facts, Printer *printer)
{
	printer_list(printer, "interviews");
	for (guint i = 0; i < facts->interviews->len; i++) {
		const Interview *interview = facts_interview(facts, (int)i);
		printer_object(printer, NULL);
		printer_string(printer, "id", NULL, interview->id);
		printer_string(printer, "kind", NULL, word_text(WORDS_INTERVIEW_KIND, (int)interview->kind));
		printer_time(printer, "start", facts->zone, interview->start);
		printer_time(printer, "end", facts->zone, interview->end);
		printer_string(printer, "place", NULL, interview->place);
		printer_string(printer, "link", NULL, interview->link);
		printer_list(printer, "with");
		for (guint w = 0; w < interview->with->len; w++)
			printer_string(printer, NULL, NULL, facts_person(facts, g_array_index(interview->with, int, w))->id);
		printer_list_end(printer);
		g_autofree char *text = say_interview(app, facts, (int)i), *people = say_people(facts, (int)i);
		printer_string(printer, "text", NULL, text);
		printer_string(printer, "with_names", NULL, people);
		tell_promise(&interview->promise, printer);
		printer_boolean(printer, "debriefed", interview_is_debriefed(facts, (int)i));
		printer_boolean(printer, "ahead", interview->start > app->now);
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
	g_autoptr(GPtrArray) mails = NULL;
	if (!case_load(app, args, &item, error) ||
		!store_inbox_of_load(app->store, ACCOUNT_SELF, item->record->id, &mails, error))
		return false;
	if (op_args_has(args, "eml"))
		return note_file_tell(app, item, op_args_get_int(args, "eml", -1), printer, error);
	const Facts *facts = item->record->facts;
	g_autofree char *what = say_opportunity(facts), *verdict = plan_explain_verdict(item->plan);
	printer_object(printer, NULL);
	tell_opportunity(app, item, printer);
	printer_say_text(printer, SAY_HEADING, what);
	printer_say(
		printer, SAY_DETAIL, "#%" G_GINT64_FORMAT ", times in %s, playbook %s", item->record->id,
		zone_get_name(facts->zone), playbook_get_name(item->playbook));
	if (facts->interviews->len > 0)
		printer_say_text(printer, SAY_TEXT, verdict);
	else if (printer->for_people)
		say_first_interview(app, item, printer);
	tell_later(app, item, printer);
	tell_people(facts, printer);
	tell_interviews(app, facts, printer);
	tell_debriefs(app, facts, printer);
	tell_timeline(app, item, mails, printer);
	tell_notes(app, item, printer);
	tell_plan(app, item, printer);
	if (printer->for_people) {
		say_ahead(app, item, printer);
		say_settled(app, item, printer);
	}
	printer_object_end(printer);
	return true;
}
