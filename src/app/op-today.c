/* op-today.c - followup, without more: what to do today, by when, why, and with which command.
 *
 * Reads only the part of the agenda whose time has come, so that it takes the same time however much is on record.
 * People see tasks, grouped by how pressing they are and by opportunity; programs get every step by itself.
 */
#include "ops.h"
#include "task.h"

enum {
	DUE_LIMIT = 200,
	COMING_LIMIT = 5,
	CALM_MAX = 5, /* with more opportunities to see to, what comes later is not shown too */
};

typedef struct Today {
	App *app;
	Printer *printer;
	GPtrArray *due;    /* of Case: their time has come */
	GPtrArray *coming; /* of Case: what is next, after now */
	bool cut;          /* there are more than are shown */
	guint shown;
} Today;

/* Adds records to cases, planned. */
static bool load_cases(App *app, GPtrArray *records, GPtrArray *cases, GError **error)
{
	for (guint i = 0; i < records->len; i++) {
		Case *item = NULL;
		if (!case_take(app, g_steal_pointer(&records->pdata[i]), &item, error))
			return false;
		g_ptr_array_add(cases, item);
	}
	return true;
}

/* True if the case belongs on the agenda of this moment; *ret_at is when it does. */
static bool is_pending(const Today *today, const Case *item, int64_t *ret_at)
{
	*ret_at = case_agenda_at(item);
	return *ret_at != TIME_NONE && *ret_at <= today->app->now;
}

/* Opportunities that were on the agenda and have nothing to do any more get their new place, so that they are not read
 * again and again. Where the store cannot be written this is left out; under --now it would be wrong by the clock. */
static void keep_places(const Today *today, const GArray *places)
{
	g_autoptr(Store) store = NULL;
	if (places->len > 0 && today->app->now_text == NULL && store_open(today->app->db_path, STORE_WRITE, &store, NULL))
		(void)!store_next_at_save(store, ACCOUNT_SELF, places, NULL, NULL);
}

/* What is due by the store, but not by its plan any more, is for later or for never. */
static void set_aside(Today *today)
{
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(NextAt));
	for (guint i = today->due->len; i-- > 0;) {
		Case *item = g_ptr_array_index(today->due, i);
		NextAt place = {item->record->id, item->record->revision, 0};
		if (is_pending(today, item, &place.next_at))
			continue;
		g_array_append_val(places, place);
		g_ptr_array_steal_index(today->due, i);
		if (place.next_at == TIME_NONE)
			case_free(item);
		else
			g_ptr_array_add(today->coming, item);
	}
	keep_places(today, places);
}

static int compare_coming(const void *a, const void *b)
{
	int64_t one = (*(Case *const *)a)->plan->next_at, other = (*(Case *const *)b)->plan->next_at;
	return one < other ? -1 : one > other;
}

static bool load(Today *today, GError **error)
{
	App *app = today->app;
	g_autoptr(GPtrArray) due = NULL, later = NULL;
	if (!store_due_load(app->store, ACCOUNT_SELF, app->now, DUE_LIMIT, &due, error))
		return false;
	today->cut = due->len == DUE_LIMIT;
	if (!load_cases(app, due, today->due, error))
		return false;
	set_aside(today);
	if (!today->printer->for_programs && today->due->len > CALM_MAX) {
		g_ptr_array_set_size(today->coming, 0);
		return true;
	}
	if (!store_coming_load(app->store, ACCOUNT_SELF, app->now, COMING_LIMIT, &later, error) ||
		!load_cases(app, later, today->coming, error))
		return false;
	g_ptr_array_sort(today->coming, compare_coming);
	g_ptr_array_set_size(today->coming, MIN((int)today->coming->len, COMING_LIMIT));
	return true;
}

/* ---- for programs ---- */

static void tell_step(const Today *today, const Case *item, const PlanStep *step)
{
	Printer *printer = today->printer;
	const Facts *facts = item->record->facts;
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	g_ptr_array_add(steps, (void *)step);
	Task task = {.item = item, .action = task_action_of(item, step), .steps = steps};
	g_autofree char *why = task_explain(&task);
	g_autoptr(GPtrArray) commands = task_list_commands(today->app, &task);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "company", NULL, facts->company);
	printer_string(printer, "position", NULL, facts->position);
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, (int)step->kind));
	printer_string(printer, "interview", NULL, facts_interview(facts, step->interview)->id);
	printer_string(printer, "to", NULL, step->to == NOBODY ? NULL : facts_person(facts, step->to)->id);
	printer_string(printer, "about", NULL, step->about == NOBODY ? NULL : facts_person(facts, step->about)->id);
	printer_string(printer, "state", NULL, step_state_word(step->state));
	printer_boolean(printer, "optional", step->optional);
	printer_time(printer, "due", facts->zone, step->due);
	printer_string(printer, "because", NULL, why);
	printer_string(printer, "command", NULL, g_ptr_array_index(commands, 0));
	printer_object_end(printer);
}

typedef struct Entry {
	const Case *item;
	const PlanStep *step;
} Entry;

static int compare_entries(const void *a, const void *b)
{
	int64_t one = ((const Entry *)a)->step->due, other = ((const Entry *)b)->step->due;
	return one < other ? -1 : one > other;
}

static void tell_steps(const Today *today, bool optional, const char *key)
{
	g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(Entry));
	for (guint i = 0; i < today->due->len; i++) {
		const Case *item = g_ptr_array_index(today->due, i);
		for (guint s = 0; s < item->plan->steps->len; s++) {
			Entry entry = {item, plan_step(item->plan, s)};
			if (step_can_be_done(entry.step) && entry.step->optional == optional)
				g_array_append_val(entries, entry);
		}
	}
	g_array_sort(entries, compare_entries);
	printer_list(today->printer, key);
	for (guint i = 0; i < entries->len; i++)
		tell_step(today, g_array_index(entries, Entry, i).item, g_array_index(entries, Entry, i).step);
	printer_list_end(today->printer);
}

static void tell_case(const Today *today, const Case *item)
{
	g_autofree char *why = plan_explain_verdict(item->plan);
	printer_object(today->printer, NULL);
	printer_integer(today->printer, "opportunity", NULL, item->record->id);
	printer_string(today->printer, "company", NULL, item->record->facts->company);
	printer_time(today->printer, "next_at", item->record->facts->zone, item->plan->next_at);
	printer_string(today->printer, "because", NULL, why);
	printer_object_end(today->printer);
}

static void tell_row(const Today *today, const Case *item, const OutboxRow *row)
{
	printer_object(today->printer, NULL);
	printer_integer(today->printer, "opportunity", NULL, item->record->id);
	printer_string(today->printer, "subject", NULL, row->subject);
	printer_string(today->printer, "to", NULL, row->to_address);
	printer_string(today->printer, "state", NULL, outbox_state_word((int)row->state));
	printer_string(today->printer, "error", NULL, row->last_error);
	printer_object_end(today->printer);
}

static void tell_data(const Today *today)
{
	Printer *printer = today->printer;
	printer_object(printer, NULL);
	printer_time(printer, "now", today->app->zone, today->app->now);
	printer_list(printer, "questions");
	for (guint i = 0; i < today->due->len; i++) {
		const Case *item = g_ptr_array_index(today->due, i);
		for (guint o = 0; o < item->record->outbox->len; o++)
			if (record_outbox(item->record, (int)o)->state == OUTBOX_UNKNOWN)
				tell_row(today, item, record_outbox(item->record, (int)o));
	}
	printer_list_end(printer);
	tell_steps(today, false, "due");
	tell_steps(today, true, "optional");
	printer_list(printer, "move_on");
	for (guint i = 0; i < today->due->len; i++)
		if (((const Case *)g_ptr_array_index(today->due, i))->plan->verdict == VERDICT_MOVE_ON)
			tell_case(today, g_ptr_array_index(today->due, i));
	printer_list_end(printer);
	printer_list(printer, "coming");
	for (guint i = 0; i < today->coming->len; i++)
		tell_case(today, g_ptr_array_index(today->coming, i));
	printer_list_end(printer);
	printer_boolean(printer, "cut", today->cut);
	printer_object_end(printer);
}

/* ---- for people ---- */

typedef enum { PART_LATE, PART_TO_DO, PART_OPTIONAL } TodayPart;

/* A task in its place among all others. */
typedef struct Line {
	const Task *task;
	TodayPart part;
	int64_t first; /* when the first task of its opportunity in this part is due */
	guint order;   /* of its opportunity */
} Line;

static int compare_lines(const void *a, const void *b)
{
	const Line *one = a, *other = b;
	int64_t due = task_step(one->task)->due, other_due = task_step(other->task)->due;
	if (one->part != other->part)
		return one->part < other->part ? -1 : 1;
	if (one->first != other->first)
		return one->first < other->first ? -1 : 1;
	if (one->order != other->order)
		return one->order < other->order ? -1 : 1;
	return due < other_due ? -1 : due > other_due;
}

static bool is_late(const App *app, const PlanStep *step)
{
	return step->due != TIME_NONE && step->due <= app->now;
}

/* A thank-you that lacks an address is not shown beside the question for that address; nor is a note of which it is not
 * known whether it went beside that question. */
static bool is_asked_elsewhere(const GPtrArray *tasks, const Task *task)
{
	for (guint i = 0; i < tasks->len && task->action == TASK_ADDRESS; i++) {
		const Task *other = g_ptr_array_index(tasks, i);
		for (guint s = 0; s < other->steps->len && other->action == TASK_ASK_FOR_CONTACT; s++)
			if (((const PlanStep *)g_ptr_array_index(other->steps, s))->about == task_step(task)->to)
				return true;
	}
	return task->action == TASK_SETTLE;
}

/* Adds the tasks of a case, each with the part it belongs to; they are borrowed. */
static void add_lines(const Today *today, guint order, const GPtrArray *tasks, GArray *lines)
{
	int64_t first[] = {INT64_MAX, INT64_MAX, INT64_MAX};
	guint begin = lines->len;
	for (guint i = 0; i < tasks->len; i++) {
		const Task *task = g_ptr_array_index(tasks, i);
		const PlanStep *step = task_step(task);
		Line line = {task, step->optional ? PART_OPTIONAL : is_late(today->app, step) ? PART_LATE : PART_TO_DO, 0, order};
		if (is_asked_elsewhere(tasks, task))
			continue;
		first[line.part] = MIN(first[line.part], step->due);
		g_array_append_val(lines, line);
	}
	for (guint i = begin; i < lines->len; i++)
		g_array_index(lines, Line, i).first = first[g_array_index(lines, Line, i).part];
}

static void say_task(const Today *today, const Line *line)
{
	Printer *printer = today->printer;
	const Task *task = line->task;
	g_autofree char *what = task_say(task), *why = task_explain(task), *state = task_say_state(today->app, task);
	g_autofree char *due = say_time(today->app, task->item->record->facts, task_step(task)->due);
	g_autoptr(GPtrArray) commands = task_list_commands(today->app, task);
	printer_say(
		printer, line->part == PART_LATE ? SAY_URGENT : SAY_ITEM, "%s, %s %s.", what,
		is_late(today->app, task_step(task)) ? "was due" : "by", due);
	printer_say(printer, SAY_DETAIL, "%s", why);
	if (state != NULL)
		printer_say(printer, SAY_DETAIL, "%s", state);
	for (guint i = 0; i < commands->len; i++)
		printer_say(printer, SAY_COMMAND, "%s", (const char *)g_ptr_array_index(commands, i));
}

static void say_tasks(Today *today)
{
	static const char *const titles[] = {"Late", "To do", "If you like"};
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Line));
	g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	for (guint i = 0; i < today->due->len; i++) {
		GPtrArray *tasks = task_list_new(g_ptr_array_index(today->due, i), step_can_be_done);
		g_ptr_array_add(lists, tasks);
		add_lines(today, i, tasks, lines);
	}
	g_array_sort(lines, compare_lines);
	for (guint i = 0; i < lines->len; i++) {
		const Line *line = &g_array_index(lines, Line, i), *before = i == 0 ? NULL : line - 1;
		bool new_part = before == NULL || before->part != line->part;
		g_autofree char *company = say_opportunity(line->task->item->record->facts);
		if (new_part) {
			printer_break(today->printer);
			printer_say(today->printer, SAY_HEADING, "%s", titles[line->part]);
		}
		if (new_part || before->order != line->order)
			printer_say(today->printer, SAY_SUBJECT, "%s", company);
		say_task(today, line);
	}
	today->shown += lines->len;
}

static void say_question(Today *today, const Case *item, const OutboxRow *row)
{
	Printer *printer = today->printer;
	g_autofree char *handle = say_handle(today->app, item->record);
	int to = row->draft == NO_DRAFT ? NOBODY : record_draft(item->record, row->draft)->person;
	g_autofree char *person = say_person_handle(item->record->facts, to);
	if (today->shown++ == 0)
		printer_say(printer, SAY_HEADING, "Did it go?");
	printer_say(
		printer, SAY_URGENT, "%s: it is not known whether \"%s\" to %s went. Look in your Sent folder, then say which.",
		item->record->facts->company, row->subject, row->to_name == NULL ? row->to_address : row->to_name);
	printer_say(printer, SAY_COMMAND, "followup settle %s %s sent", handle, person);
	printer_say(printer, SAY_COMMAND, "followup settle %s %s not-sent", handle, person);
}

static void say_questions(Today *today)
{
	for (guint i = 0; i < today->due->len; i++) {
		const Case *item = g_ptr_array_index(today->due, i);
		for (guint o = 0; o < item->record->outbox->len; o++)
			if (record_outbox(item->record, (int)o)->state == OUTBOX_UNKNOWN)
				say_question(today, item, record_outbox(item->record, (int)o));
	}
}

static void say_endings(Today *today)
{
	bool any = false;
	for (guint i = 0; i < today->due->len; i++) {
		const Case *item = g_ptr_array_index(today->due, i);
		if (item->plan->verdict != VERDICT_MOVE_ON)
			continue;
		g_autofree char *why = plan_explain_verdict(item->plan), *company = say_opportunity(item->record->facts);
		g_autofree char *handle = say_handle(today->app, item->record);
		if (!any) {
			printer_break(today->printer);
			printer_say(today->printer, SAY_HEADING, "Time to move on");
		}
		any = true;
		printer_say(today->printer, SAY_SUBJECT, "%s", company);
		printer_say(today->printer, SAY_DETAIL, "%s", why);
		printer_say(today->printer, SAY_COMMAND, "followup outcome %s withdrawn", handle);
		today->shown++;
	}
}

/* Nothing on record yet: the way to the first interview. */
static void say_welcome(Printer *printer)
{
	printer_say(
		printer, SAY_TEXT,
		"Nothing is on record yet. Right after an interview, or before it, say when it is and with whom:");
	printer_say(
		printer, SAY_COMMAND,
		"followup interview Globex \"today 10am\" --position \"Data analyst\" --with \"Huck Finn "
		"<finn@globex.example>\"");
	printer_say(
		printer, SAY_TEXT,
		"From then on \"followup\" says what to do next, by when, and why; \"followup help\" lists all commands.");
}

static void say_coming(const Today *today)
{
	if (today->coming->len > 0) {
		printer_break(today->printer);
		printer_say(today->printer, SAY_HEADING, "Later");
	}
	for (guint i = 0; i < today->coming->len; i++) {
		const Case *item = g_ptr_array_index(today->coming, i);
		g_autofree char *verdict = plan_explain_verdict(item->plan), *company = say_opportunity(item->record->facts);
		printer_say(today->printer, SAY_ITEM, "%s: %s", company, verdict);
	}
}

static bool is_empty(const Today *today, bool *ret_empty, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	*ret_empty = false;
	if (today->coming->len > 0)
		return true;
	if (!store_list(today->app->store, ACCOUNT_SELF, NULL, 1, &rows, error))
		return false;
	*ret_empty = rows->len == 0;
	return true;
}

static bool say_all(Today *today, GError **error)
{
	bool empty = false;
	say_questions(today);
	say_tasks(today);
	say_endings(today);
	if (today->shown == 0 && !is_empty(today, &empty, error))
		return false;
	if (empty)
		say_welcome(today->printer);
	else if (today->shown == 0)
		printer_say(today->printer, SAY_GOOD, "Nothing to do now.");
	if (today->cut)
		printer_say(today->printer, SAY_WARNING, "There is more: only the first %d opportunities are shown.", DUE_LIMIT);
	say_coming(today);
	return true;
}

bool op_today(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GPtrArray) due = g_ptr_array_new_with_free_func((GDestroyNotify)case_free);
	g_autoptr(GPtrArray) coming = g_ptr_array_new_with_free_func((GDestroyNotify)case_free);
	Today today = {.app = app, .printer = printer, .due = due, .coming = coming};
	if (!load(&today, error))
		return false;
	if (printer->for_programs)
		tell_data(&today);
	return !printer->for_people || say_all(&today, error);
}
