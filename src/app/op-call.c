/* op-call.c - followup call: the sheet for a call, on the terminal and on paper, and how its result is recorded.
 *
 * It records nothing itself: the commands it shows do, and a door that can ask runs the same ones.
 */
#include "intake.h"
#include "ops.h"
#include "paper.h"

#include <base/text.h>

enum { NOTES_MAX = 16, NOTE_BYTES = 400 };

/* The sheet being put together; texts are owned. */
typedef struct CallPlan {
	App *app;
	Case *item;
	NoteTarget target;
	int draft;
	char *heading, *subject;
	GPtrArray *said, *notes; /* of char* */
	Promise promise;
} CallPlan;

/* How a call ends, and the key that says so. */
static const struct {
	const char *key, *words;
	CallResult result;
} endings[] = {
	{"r", "you reached them", CALL_REACHED},       {"m", "you left a message", CALL_MESSAGE_LEFT},
	{"b", "you are to call back", CALL_CALL_BACK}, {"w", "they will contact you", CALL_WILL_CONTACT},
	{"n", "nobody answered", CALL_NO_ANSWER},
};

static void call_plan_clear(CallPlan *plan)
{
	case_free(plan->item);
	g_free(plan->heading);
	g_free(plan->subject);
	g_clear_pointer(&plan->said, g_ptr_array_unref);
	g_clear_pointer(&plan->notes, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CallPlan, call_plan_clear)

static const Facts *facts_of(const CallPlan *plan)
{
	return plan->item->record->facts;
}

static const Person *person_of(const CallPlan *plan)
{
	return facts_person(facts_of(plan), plan->target.person);
}

/* ---- which call ---- */

/* What the plan calls for, the first of these that there is: a call that is open; a step that is open and can be made
 * by telephone; a call that is to come. */
static const PlanStep *find_step(const Case *item, int kind, int person)
{
	for (int pass = 0; pass < 3; pass++)
		for (guint i = 0; i < item->plan->steps->len; i++) {
			const PlanStep *step = plan_step(item->plan, i);
			bool state = pass < 2 ? plan_step_is_open(step) : step->state == STATE_UPCOMING;
			bool call = pass == 1 ? note_can_go_by(step->kind, CHANNEL_CALL) : plan_step_goes_by(step, CHANNEL_CALL);
			bool meant = (kind == WORD_NONE || (int)step->kind == kind) && (person == NOBODY || step->to == person);
			if (state && call && meant && step->to != NOBODY && note_can_go_by(step->kind, CHANNEL_CALL))
				return step;
		}
	return NULL;
}

static bool refuse_call(const Case *item, GError **error)
{
	g_autofree char *verdict = plan_explain_verdict(item->plan);
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "person", "The plan for %s asks for no call; say whom you want to call. %s",
		item->record->facts->company, verdict);
}

static bool pick(const Case *item, const OpArgs *args, NoteTarget *ret_target, GError **error)
{
	int person = NOBODY, kind = desk_word(WORDS_STEP, op_args_get(args, "step"));
	const char *name = op_args_get(args, "person");
	if (name != NULL && !case_find_person(item, name, &person, error))
		return false;
	if (kind != WORD_NONE && !note_can_go_by((StepKind)kind, CHANNEL_CALL))
		return base_error_set(
			error, BASE_ERROR_INVALID, "step", "A %s is not made by telephone; thank-you, check-in and the like are.",
			word_text(WORDS_STEP, kind));
	const PlanStep *step = find_step(item, kind, person);
	if (step != NULL) {
		*ret_target = note_target_of(step, CHANNEL_CALL);
		return true;
	}
	if (person == NOBODY && (kind == WORD_NONE || !case_find_person(item, NULL, &person, NULL)))
		return refuse_call(item, error);
	*ret_target = note_target_find(
		item->plan, item->record->facts, kind == WORD_NONE ? STEP_CHECK_IN : kind, person, NO_INTERVIEW, CHANNEL_CALL);
	return true;
}

/* ---- what is known ---- */

static void add_text(GPtrArray *list, const char *before, const char *text)
{
	g_autofree char *shown = text_to_show(text, NOTE_BYTES);
	if (list->len < NOTES_MAX)
		g_ptr_array_add(list, g_strconcat(before, shown, NULL));
}

static void add_all(GPtrArray *list, const char *before, const GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++)
		add_text(list, before, g_ptr_array_index(texts, i));
}

/* What was talked about with them, and what was noted down beside it; the last debrief first. */
static void gather_notes(CallPlan *plan)
{
	const Facts *facts = facts_of(plan);
	for (guint d = facts->debriefs->len; d-- > 0;) {
		const Debrief *debrief = facts_debrief(facts, (int)d);
		if (debrief->at > plan->app->now)
			continue;
		for (guint i = 0; i < debrief->topics->len; i++) {
			const Topic *topic = &g_array_index(debrief->topics, Topic, i);
			if (topic->with == plan->target.person || topic->with == NOBODY)
				add_text(plan->notes, "Talked about: ", topic->text);
		}
		add_all(plan->notes, "Went well: ", debrief->strong);
		add_all(plan->notes, "To clear up: ", debrief->weak);
		add_all(plan->notes, "Left unsaid: ", debrief->unsaid);
		add_all(plan->notes, "A good match: ", debrief->fit);
	}
}

/* The last of what they said, of the calls and of what was sent: one each, the latest first. */
static void gather_said(CallPlan *plan)
{
	static const EventKind kinds[] = {EVENT_REPLY, EVENT_PROMISE, EVENT_CALLED, EVENT_SENT};
	const Facts *facts = facts_of(plan);
	for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
		const Event *last = NULL;
		for (guint i = 0; i < facts->events->len; i++) {
			const Event *event = facts_event(facts, (int)i);
			bool ours = event->kind == EVENT_CALLED || event->kind == EVENT_SENT;
			if (event->kind == kinds[k] && event->at <= plan->app->now &&
				(!ours || event->person == plan->target.person) && (last == NULL || event->at >= last->at))
				last = event;
		}
		if (last == NULL)
			continue;
		g_autofree char *when = say_time(plan->app, facts, last->at), *what = say_event(plan->app, facts, last);
		g_ptr_array_add(plan->said, g_strdup_printf("%s: %s.", when, what));
	}
	int interview = plan->target.interview;
	plan->promise = interview == NO_INTERVIEW ? PROMISE_NONE : plan_promise(plan->item->plan, interview);
}

static char *say_subject(const CallPlan *plan)
{
	g_autofree char *opportunity = say_opportunity(facts_of(plan));
	const PlanStep *step = plan->target.planned;
	if (step == NULL || step->due == TIME_NONE)
		return g_strdup_printf("%s, %s", opportunity, word_text(WORDS_STEP, plan->target.step));
	g_autofree char *due = say_time(plan->app, facts_of(plan), step->due);
	return g_strdup_printf(
		"%s, %s, %s %s", opportunity, word_text(WORDS_STEP, plan->target.step),
		step->state == STATE_OVERDUE ? "was due" : "by", due);
}

static bool call_plan_load(App *app, const OpArgs *args, CallPlan *plan, GError **error)
{
	plan->app = app;
	plan->draft = NO_DRAFT;
	plan->said = g_ptr_array_new_with_free_func(g_free);
	plan->notes = g_ptr_array_new_with_free_func(g_free);
	if (!case_load(app, args, &plan->item, error) || !pick(plan->item, args, &plan->target, error))
		return false;
	plan->heading = g_strdup_printf("Call %s", person_of(plan)->name);
	plan->subject = say_subject(plan);
	gather_said(plan);
	gather_notes(plan);
	return true;
}

/* A save plans anew: the step is another one then, though it says the same. */
static bool find_script(CallPlan *plan, GError **error)
{
	g_autoptr(Change) change = change_new(plan->item->record);
	guint before = plan->item->record->drafts->len;
	if (!paper_note_find(plan->app, plan->item, change, &plan->target, &plan->draft, error))
		return false;
	if (plan->item->record->drafts->len == before)
		return true;
	if (!case_save(plan->app, plan->item, change, error))
		return false;
	if (plan->target.planned != NULL)
		plan->target.planned = find_step(plan->item, plan->target.step, plan->target.person);
	return true;
}

static char *command_for(const CallPlan *plan, CallResult result)
{
	g_autofree char *handle = say_handle(plan->app, plan->item->record);
	g_autofree char *who = say_person_handle(facts_of(plan), plan->target.person);
	return g_strdup_printf(
		"followup log %s %s --step %s --result %s", handle, who, word_text(WORDS_STEP, plan->target.step),
		word_text(WORDS_CALL_RESULT, (int)result));
}

/* ---- on paper ---- */

static const char *script_of(const CallPlan *plan)
{
	return record_draft(plan->item->record, plan->draft)->body;
}

static char *say_promised(const CallPlan *plan)
{
	g_autofree char *text = say_promise(plan->app, facts_of(plan), &plan->promise);
	return text[0] == '\0' ? NULL : g_strdup_printf("They promised %s.", text);
}

/* Boxes to tick, with what puts them on record. Of char*, NULL at the end. */
static GPtrArray *list_choices(const CallPlan *plan)
{
	GPtrArray *choices = g_ptr_array_new_with_free_func(g_free);
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *command = command_for(plan, endings[i].result);
		g_ptr_array_add(choices, g_strdup_printf("%s   %s\t%s", endings[i].key, endings[i].words, command));
	}
	g_ptr_array_add(choices, NULL);
	return choices;
}

static bool print_sheet(const CallPlan *plan, GString **ret_pdf, int *ret_pages, GError **error)
{
	const PrintModule *print = NULL;
	g_auto(GStrv) script = g_strsplit(script_of(plan), "\n", -1);
	g_autoptr(GPtrArray) choices = list_choices(plan), said = g_ptr_array_new(), notes = g_ptr_array_new();
	g_autofree char *promised = say_promised(plan);
	if (promised != NULL)
		g_ptr_array_add(said, promised);
	for (guint i = 0; i < plan->said->len; i++)
		g_ptr_array_add(said, g_ptr_array_index(plan->said, i));
	for (guint i = 0; i < plan->notes->len; i++)
		g_ptr_array_add(notes, g_ptr_array_index(plan->notes, i));
	g_ptr_array_add(said, NULL);
	g_ptr_array_add(notes, NULL);
	SheetPart parts[4] = {{"What to say", SHEET_SCRIPT, (const char *const *)script}};
	guint count = 1;
	if (said->len > 1)
		parts[count++] = (SheetPart){"What was last said", SHEET_LIST, (const char *const *)said->pdata};
	if (notes->len > 1)
		parts[count++] = (SheetPart){"From the interview", SHEET_LIST, (const char *const *)notes->pdata};
	parts[count++] = (SheetPart){"How it went", SHEET_CHOICES, (const char *const *)choices->pdata};
	CallSheet sheet = {
		.info = paper_info(plan->app, plan->item, plan->heading),
		.letter = paper_is_letter(plan->app),
		.heading = plan->heading,
		.subject = plan->subject,
		.number = person_of(plan)->phone,
		.parts = parts,
		.count = count,
	};
	return paper_load(plan->app, &print, error) && print->call_sheet_print(&sheet, ret_pdf, ret_pages, error);
}

/* ---- on the terminal ---- */

static void tell_list(Printer *printer, const char *key, const char *title, const GPtrArray *lines)
{
	if (lines->len > 0 && title != NULL)
		printer_say_text(printer, SAY_HEADING, title);
	printer_list(printer, key);
	for (guint i = 0; i < lines->len; i++) {
		printer_string(printer, NULL, NULL, g_ptr_array_index(lines, i));
		printer_say_text(printer, SAY_ITEM, g_ptr_array_index(lines, i));
	}
	printer_list_end(printer);
	if (lines->len > 0)
		printer_break(printer);
}

/* What stands against calling now. */
static void say_doubts(const CallPlan *plan, Printer *printer)
{
	const PlanStep *step = plan->target.planned;
	g_autofree char *handle = say_handle(plan->app, plan->item->record);
	g_autofree char *who = say_person_handle(facts_of(plan), plan->target.person);
	if (step == NULL || (!plan_step_is_open(step) && step->state != STATE_UPCOMING)) {
		printer_say_text(printer, SAY_WARNING, "The plan asks for no such call now.");
	} else {
		g_autofree char *why = plan_step_explain(plan->item->plan, step);
		g_autofree char *opens = say_time(plan->app, facts_of(plan), step->opens);
		if (step->state == STATE_UPCOMING)
			printer_say(printer, SAY_WARNING, "Not before %s.", opens);
		else if (!plan_step_goes_by(step, CHANNEL_CALL))
			printer_say_text(printer, SAY_WARNING, "The plan has this by another channel today.");
		printer_say_text(printer, SAY_DETAIL, why);
	}
	if (person_of(plan)->phone == NULL) {
		printer_say(printer, SAY_WARNING, "No number of %s is on record.", person_of(plan)->name);
		printer_say(printer, SAY_COMMAND, "followup people %s %s --phone NUMBER", handle, who);
	}
}

static void tell_head(const CallPlan *plan, Printer *printer)
{
	const Person *person = person_of(plan);
	const char *form = person_get_address_form(person);
	printer_integer(printer, "opportunity", NULL, plan->item->record->id);
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, plan->target.step));
	printer_string(printer, "to", NULL, person->id);
	printer_string(printer, "number", NULL, person->phone);
	printer_string(printer, "ask_for", NULL, form);
	printer_string(printer, "script", NULL, script_of(plan));
	printer_say(
		printer, SAY_HEADING, "%s%s%s", plan->heading, person->phone == NULL ? "" : ": ",
		person->phone == NULL ? "" : person->phone);
	printer_say_text(printer, SAY_SUBJECT, plan->subject);
	if (strcmp(form, person->name) != 0)
		printer_say(printer, SAY_DETAIL, "Ask for %s.", form);
	say_doubts(plan, printer);
	printer_break(printer);
	printer_say_text(printer, SAY_QUOTE, script_of(plan));
	printer_break(printer);
}

static void tell_promise(const CallPlan *plan, Printer *printer)
{
	g_autofree char *promised = say_promised(plan);
	printer_object(printer, "promise");
	printer_day(printer, "decision_by", plan->promise.decision_by);
	printer_day(printer, "follow_up_after", plan->promise.follow_up_after);
	printer_integer(printer, "process_weeks", NULL, plan->promise.process_weeks);
	printer_object_end(printer);
	if (promised == NULL)
		return;
	printer_say_text(printer, SAY_TEXT, promised);
	printer_break(printer);
}

static void tell_endings(const CallPlan *plan, Printer *printer)
{
	printer_say_text(printer, SAY_HEADING, "When it is over");
	printer_list(printer, "record");
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *command = command_for(plan, endings[i].result);
		printer_object(printer, NULL);
		printer_string(printer, "key", NULL, endings[i].key);
		printer_string(printer, "result", NULL, word_text(WORDS_CALL_RESULT, (int)endings[i].result));
		printer_string(printer, "command", NULL, command);
		printer_say(printer, SAY_ITEM, "%s  %s", endings[i].key, endings[i].words);
		printer_say_text(printer, SAY_COMMAND, command);
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

static bool write_sheet(const CallPlan *plan, const OpArgs *args, Printer *printer, bool *ret_alone, GError **error)
{
	const char *path = op_args_get(args, "pdf");
	g_autoptr(GString) pdf = NULL;
	int pages = 0;
	if (path == NULL)
		return true;
	if (!print_sheet(plan, &pdf, &pages, error) || !paper_write(path, op_args_has(args, "force"), pdf, printer, error))
		return false;
	*ret_alone = strcmp(path, "-") == 0;
	return true;
}

bool op_call(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_auto(CallPlan) plan = {0};
	bool alone = false;
	if (!call_plan_load(app, args, &plan, error) || !find_script(&plan, error) ||
		!write_sheet(&plan, args, printer, &alone, error))
		return false;
	if (alone)
		return true;
	printer_object(printer, NULL);
	tell_head(&plan, printer);
	tell_promise(&plan, printer);
	tell_list(printer, "said", "What was last said", plan.said);
	tell_list(printer, "notes", "From the interview", plan.notes);
	tell_endings(&plan, printer);
	if (op_args_has(args, "pdf")) {
		printer_string(printer, "file", NULL, op_args_get(args, "pdf"));
		printer_say(printer, SAY_GOOD, "On paper: %s", op_args_get(args, "pdf"));
	}
	printer_object_end(printer);
	return true;
}

/* ---- for a door that asks ---- */

void call_form_free(CallForm *form)
{
	if (form == NULL)
		return;
	g_free(form->opportunity);
	g_free(form->person);
	g_clear_pointer(&form->zone, zone_unref);
	g_free(form);
}

bool app_call_form_load(App *app, const OpArgs *args, CallForm **ret_form, GError **error)
{
	g_auto(CallPlan) plan = {0};
	if (!desk_open(app, OP_STORE_READ, error) || !call_plan_load(app, args, &plan, error))
		return false;
	CallForm *form = g_new0(CallForm, 1);
	form->opportunity = g_strdup_printf("#%" G_GINT64_FORMAT, plan.item->record->id);
	form->person = g_strdup(person_of(&plan)->id);
	form->step = word_text(WORDS_STEP, plan.target.step);
	form->zone = zone_ref(facts_of(&plan)->zone);
	form->now = app->now;
	*ret_form = form;
	return true;
}
