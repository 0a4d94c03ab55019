/* today-rows.c - rows of the agenda, collected opportunity by opportunity, then put in order and told.
 *
 * Each row is a tape of what it says.  Steps are told twice: one by one, and as the tasks that people see.
 */
#include "today-rows.h"

#include "tape.h"
#include "tell.h"
#include "watch.h"

typedef enum {
	LIST_QUESTIONS,
	LIST_INBOX,
	LIST_DUE,
	LIST_OPTIONAL,
	LIST_MOVE_ON,
	LIST_COMING,
	LIST_TASKS_LATE, /* in the object "tasks", from here on */
	LIST_TASKS_TO_DO,
	LIST_TASKS_OPTIONAL,
	LIST_COUNT
} TodayList;

static const char *const keys[LIST_COUNT] = {"questions", "inbox", "due",   "optional", "move_on",
											 "coming",    "late",  "to_do", "optional"};

typedef struct Row {
	TodayList list;
	int64_t at;
	guint order;
	Tape *tape;
} Row;

struct TodayRows {
	App *app;
	GArray *rows; /* of Row */
	int64_t next_at;
	Tape *next; /* what comes first, or NULL */
};

static void clear_row(void *row)
{
	tape_free(((Row *)row)->tape);
}

TodayRows *today_rows_new(App *app)
{
	TodayRows *rows = g_new0(TodayRows, 1);
	rows->app = app;
	rows->next_at = TIME_NONE;
	rows->rows = g_array_new(FALSE, FALSE, sizeof(Row));
	g_array_set_clear_func(rows->rows, clear_row);
	return rows;
}

void today_rows_free(TodayRows *rows)
{
	if (rows == NULL)
		return;
	g_array_unref(rows->rows);
	tape_free(rows->next);
	g_free(rows);
}

int64_t today_rows_get_next(const TodayRows *rows)
{
	return rows->next_at;
}

static Printer *add_bare_row(TodayRows *rows, TodayList list, int64_t at)
{
	Row row = {.list = list, .at = at, .order = rows->rows->len, .tape = tape_new()};
	g_array_append_val(rows->rows, row);
	return tape_get_printer(row.tape);
}

static void tell_opportunity(const Case *item, Printer *printer)
{
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "company", NULL, item->record->facts->company);
	printer_string(printer, "position", NULL, item->record->facts->position);
}

/* A new row, begun with what each has. */
static Printer *add_row(TodayRows *rows, const Case *item, TodayList list, int64_t at)
{
	Printer *row = add_bare_row(rows, list, at);
	tell_opportunity(item, row);
	return row;
}

/* ---- steps and tasks ---- */

static void add_step(TodayRows *rows, const Case *item, const PlanStep *step, const char *handle)
{
	Printer *row = add_row(rows, item, step->optional ? LIST_OPTIONAL : LIST_DUE, step->due);
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	g_ptr_array_add(steps, (void *)step);
	const Task task = {.item = item, .action = task_action_of(item, step), .steps = steps};
	g_autoptr(GPtrArray) commands = task_list_commands(&task, handle);
	tell_step(rows->app, item, step, row);
	printer_string(row, "command", NULL, g_ptr_array_index(commands, 0));
}

static TodayList list_of(const App *app, const PlanStep *step)
{
	bool late = step->due != TIME_NONE && step->due <= app->now;
	return step->optional ? LIST_TASKS_OPTIONAL : late ? LIST_TASKS_LATE : LIST_TASKS_TO_DO;
}

/* When the first of an opportunity's tasks in a list is due: there all of them stand together. */
static int64_t first_due(const App *app, const GPtrArray *tasks, TodayList list)
{
	int64_t first = INT64_MAX;
	for (guint i = 0; i < tasks->len; i++) {
		const PlanStep *step = task_step(g_ptr_array_index(tasks, i));
		if (list_of(app, step) == list)
			first = MIN(first, step->due);
	}
	return first;
}

static void add_task(TodayRows *rows, const GPtrArray *tasks, const Task *task, const char *handle)
{
	const PlanStep *step = task_step(task);
	TodayList list = list_of(rows->app, step);
	Printer *row = add_row(rows, task->item, list, first_due(rows->app, tasks, list));
	g_autofree char *text = task_say(task), *when = task_say_due(rows->app, task), *why = task_explain(task);
	g_autofree char *state = task_say_state(rows->app, task);
	g_autoptr(GPtrArray) commands = task_list_commands(task, handle);
	const Facts *facts = task->item->record->facts;
	printer_string(row, "action", NULL, task_action_word(task->action));
	printer_boolean(row, "is_late", list == LIST_TASKS_LATE);
	printer_string(row, "step", NULL, word_text(WORDS_STEP, (int)step->kind));
	printer_string(row, "interview", NULL, facts_interview(facts, step->interview)->id);
	tell_whom(facts, step->to, "to", "to_name", row);
	tell_whom(facts, step->about, "about", "about_name", row);
	printer_string(
		row, "channel", NULL, step->channel_count == 0 ? NULL : word_text(WORDS_CHANNEL, (int)step->channels[0]));
	printer_string(row, "text", NULL, text);
	printer_string(row, "when", NULL, when);
	printer_string(row, "because", NULL, why);
	printer_string(row, "state_text", NULL, state);
	printer_time(row, "due", task->item->record->facts->zone, step->due);
	tell_texts(commands, "commands", row);
	printer_list(row, "steps");
	for (guint i = 0; i < task->steps->len; i++) {
		printer_object(row, NULL);
		tell_step(rows->app, task->item, g_ptr_array_index(task->steps, i), row);
		printer_object_end(row);
	}
	printer_list_end(row);
}

static int compare_due(const void *a, const void *b)
{
	int64_t one = task_step(*(Task *const *)a)->due, other = task_step(*(Task *const *)b)->due;
	return one < other ? -1 : one > other;
}

static void add_tasks(TodayRows *rows, const Case *item, const char *handle)
{
	g_autoptr(GPtrArray) tasks = task_list_new(item, step_can_be_done);
	g_ptr_array_sort(tasks, compare_due);
	for (guint i = 0; i < tasks->len; i++)
		if (!task_is_asked_elsewhere(tasks, g_ptr_array_index(tasks, i)))
			add_task(rows, tasks, g_ptr_array_index(tasks, i), handle);
}

/* ---- the rest ---- */

static void add_question(TodayRows *rows, const Case *item, const OutboxRow *row, const char *handle)
{
	const Draft *draft = row->draft == NO_DRAFT ? NULL : record_draft(item->record, row->draft);
	Printer *values = add_row(rows, item, LIST_QUESTIONS, row->send_at);
	g_autofree char *command = NULL, *person = NULL;
	printer_string(values, "subject", NULL, row->subject);
	tell_whom(item->record->facts, draft == NULL ? NOBODY : draft->person, "person", "person_name", values);
	printer_string(values, "to", NULL, row->to_address);
	printer_string(values, "to_name", NULL, row->to_name);
	printer_string(values, "step", NULL, draft == NULL ? NULL : word_text(WORDS_STEP, draft->step));
	printer_string(values, "state", NULL, outbox_state_word((int)row->state));
	printer_string(values, "error", NULL, row->last_error);
	if (draft != NULL && draft->person != NOBODY) {
		person = say_person_handle(item->record->facts, draft->person);
		command = g_strdup_printf("followup settle %s %s sent", handle, person);
	}
	printer_string(values, "command", NULL, command);
}

void today_rows_add_mail(TodayRows *rows, const InboxItem *item, const Facts *facts)
{
	Printer *values = add_bare_row(rows, LIST_INBOX, item->at);
	g_autofree char *question = inbox_say_question(item, facts), *reading = inbox_say_reading(rows->app, item);
	g_autofree char *sender = inbox_say_sender(item, facts),
					*when = when_say(rows->app->zone, item->at, rows->app->now);
	g_autofree char *command = g_strdup_printf("followup inbox %" G_GINT64_FORMAT " --confirm", item->number);
	printer_integer(values, "opportunity", NULL, item->opportunity);
	printer_string(values, "company", NULL, facts == NULL ? NULL : facts->company);
	printer_string(values, "position", NULL, facts == NULL ? NULL : facts->position);
	printer_integer(values, "number", NULL, item->number);
	printer_string(values, "kind", NULL, inbox_kind_word((int)item->kind));
	printer_string(values, "question", NULL, question);
	printer_string(values, "reading", NULL, reading[0] == '\0' ? NULL : reading);
	printer_string(values, "person", NULL, item->person);
	printer_string(values, "from", NULL, item->from_address);
	printer_string(values, "from_name", NULL, sender);
	printer_time(values, "at", rows->app->zone, item->at);
	printer_string(values, "when", NULL, when);
	printer_string(values, "subject", NULL, item->subject);
	printer_string(values, "says", NULL, word_text(WORDS_SAYS, item->says));
	printer_day(values, "decision_by", item->decision_by);
	printer_string(values, "quote", NULL, item->quote);
	printer_string(values, "reason", NULL, inbox_reason_word(item->reason));
	printer_string(values, "reason_text", NULL, inbox_say_reason(item));
	printer_string(values, "command", NULL, command);
}

/* What comes first at an opportunity; NULL where nothing does. */
static const PlanStep *find_coming(const Plan *plan)
{
	const PlanStep *found = NULL;
	for (guint i = 0; i < plan->steps->len; i++) {
		const PlanStep *step = plan_step(plan, i);
		bool comes = step->state == STATE_UPCOMING && step->opens != TIME_NONE;
		if (comes && (found == NULL || step->opens < found->opens))
			found = step;
	}
	return found;
}

static bool has_work(const Case *item)
{
	for (guint i = 0; i < item->plan->steps->len; i++)
		if (step_can_be_done(plan_step(item->plan, i)))
			return true;
	return item->plan->verdict == VERDICT_MOVE_ON;
}

/* When there is something to do again; TIME_NONE where nothing is known to come. */
static int64_t coming_at(const Case *item, const PlanStep *step)
{
	int64_t later = case_later_until(item), move_on = item->plan->move_on_at,
			at = step == NULL ? TIME_NONE : step->opens;
	if (later != TIME_NONE && has_work(item))
		return later;
	if (move_on != TIME_NONE && move_on > item->plan->now && (at == TIME_NONE || move_on < at))
		at = move_on;
	return at != TIME_NONE && later != TIME_NONE ? MAX(at, later) : at;
}

static void tell_coming(const App *app, const Case *item, const PlanStep *step, Printer *printer)
{
	const Facts *facts = item->record->facts;
	g_autofree char *text = step == NULL ? NULL : task_say_step(item, step);
	g_autofree char *when = step == NULL ? NULL : say_step_when(app, item, step);
	printer_string(printer, "step", NULL, step == NULL ? NULL : word_text(WORDS_STEP, (int)step->kind));
	printer_string(printer, "interview", NULL, step == NULL ? NULL : facts_interview(facts, step->interview)->id);
	tell_whom(facts, step == NULL ? NOBODY : step->to, "to", "to_name", printer);
	tell_whom(facts, step == NULL ? NOBODY : step->about, "about", "about_name", printer);
	printer_boolean(printer, "optional", step != NULL && step->optional);
	printer_time(printer, "opens", facts->zone, step == NULL ? TIME_NONE : step->opens);
	printer_string(printer, "text", NULL, text);
	printer_string(printer, "when", NULL, when);
}

static Printer *add_case(TodayRows *rows, const Case *item, TodayList list)
{
	int64_t later = case_later_until(item), at = later == TIME_NONE ? item->plan->next_at : case_agenda_at(item);
	Printer *values = add_row(rows, item, list, at);
	g_autofree char *why = plan_explain_verdict(item->plan);
	printer_time(values, "next_at", item->record->facts->zone, at);
	printer_time(values, "later_until", item->record->facts->zone, later);
	printer_string(values, "because", NULL, why);
	return values;
}

void today_rows_add_due(TodayRows *rows, const Case *item)
{
	g_autofree char *handle = say_handle(rows->app, item->record);
	for (guint i = 0; i < item->record->outbox->len; i++)
		if (record_outbox(item->record, (int)i)->state == OUTBOX_UNKNOWN)
			add_question(rows, item, record_outbox(item->record, (int)i), handle);
	if (case_later_until(item) != TIME_NONE)
		return;
	for (guint i = 0; i < item->plan->steps->len; i++)
		if (step_can_be_done(plan_step(item->plan, i)))
			add_step(rows, item, plan_step(item->plan, i), handle);
	add_tasks(rows, item, handle);
	if (item->plan->verdict == VERDICT_MOVE_ON) {
		g_autofree char *command = g_strdup_printf("followup outcome %s withdrawn", handle);
		printer_string(add_case(rows, item, LIST_MOVE_ON), "command", NULL, command);
	}
}

/* "Nothing until Friday 20 November, 09:00; then: check in with Huck Finn (Globex)." */
static char *say_next(const TodayRows *rows, const Case *item, const PlanStep *step)
{
	const Facts *facts = item->record->facts;
	g_autofree char *when = say_from(rows->app, facts, rows->next_at);
	if (case_later_until(item) == rows->next_at)
		return g_strdup_printf("Nothing until %s; then: %s, which was put off.", when, facts->company);
	if (step == NULL || step->opens != rows->next_at)
		return g_strdup_printf("Nothing until %s; then: see whether to move on from %s.", when, facts->company);
	g_autofree char *text = task_say_step(item, step);
	text[0] = g_ascii_tolower(text[0]);
	return g_strdup_printf("Nothing until %s; then: %s (%s).", when, text, facts->company);
}

static void keep_next(TodayRows *rows, const Case *item, const PlanStep *step)
{
	g_autofree char *text = say_next(rows, item, step);
	Printer *next = tape_get_printer(rows->next);
	printer_object(next, "next");
	tell_opportunity(item, next);
	printer_time(next, "at", rows->app->zone, rows->next_at);
	printer_string(next, "sentence", NULL, text);
	tell_coming(rows->app, item, step, next);
	printer_object_end(next);
}

void today_rows_add_coming(TodayRows *rows, const Case *item)
{
	const PlanStep *step = find_coming(item->plan);
	int64_t at = coming_at(item, step);
	tell_coming(rows->app, item, step, add_case(rows, item, LIST_COMING));
	if (at == TIME_NONE || (rows->next_at != TIME_NONE && rows->next_at <= at))
		return;
	tape_free(rows->next);
	rows->next = tape_new();
	rows->next_at = at;
	keep_next(rows, item, step);
}

static int compare_rows(const void *a, const void *b)
{
	const Row *one = a, *other = b;
	if (one->list != other->list)
		return one->list < other->list ? -1 : 1;
	if (one->at != other->at)
		return one->at < other->at ? -1 : 1;
	return one->order < other->order ? -1 : one->order > other->order;
}

static void tell_row(const Row *row, Printer *printer)
{
	printer_object(printer, NULL);
	tape_tell(row->tape, printer);
	printer_object_end(printer);
}

static void tell_next(const TodayRows *rows, Printer *printer)
{
	printer_time(printer, "next_at", rows->app->zone, rows->next_at);
	if (rows->next == NULL)
		printer_string(printer, "next", NULL, NULL);
	else
		tape_tell(rows->next, printer);
}

void today_rows_tell(TodayRows *rows, int coming_max, Printer *printer)
{
	guint next = 0;
	g_array_sort(rows->rows, compare_rows);
	for (int list = 0; list < LIST_COUNT; list++) {
		if (list == LIST_TASKS_LATE)
			printer_object(printer, "tasks");
		printer_list(printer, keys[list]);
		for (; next < rows->rows->len && (int)g_array_index(rows->rows, Row, next).list == list; next++)
			if (list != LIST_COMING || coming_max-- > 0)
				tell_row(&g_array_index(rows->rows, Row, next), printer);
		printer_list_end(printer);
	}
	printer_object_end(printer);
	tell_next(rows, printer);
}
