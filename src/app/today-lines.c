/* today-lines.c - lines of the agenda, collected opportunity by opportunity, then put in order and said.
 *
 * Parts come by how pressing they are; within one, opportunities by what is due first there.
 */
#include "today-lines.h"

#include "task.h"
#include "watch.h"

typedef enum { IN_QUESTION, IN_INBOX, IN_LATE, IN_TO_DO, IN_OPTIONAL, IN_MOVE_ON, IN_LATER, IN_COUNT } TodayPart;

static const char *const titles[IN_COUNT] = {"Did it go?",  "What came by mail", "Late", "To do",
											 "If you like", "Time to move on",   "Later"};

/* All strings are its own. */
typedef struct Line {
	TodayPart part;
	int64_t first; /* when the first task of its opportunity in this part is due */
	guint order;   /* of its opportunity, in cases */
	int64_t due;
	char *what, *why, *state; /* state may be NULL */
	GPtrArray *commands;      /* of char*, or NULL */
} Line;

struct TodayLines {
	App *app;
	GPtrArray *lines; /* of Line */
	GPtrArray *cases; /* of char*: what each opportunity is called */
	bool pressing;    /* what need not be done is only counted */
	int counted;
};

static void line_free(void *data)
{
	Line *line = data;
	g_free(line->what);
	g_free(line->why);
	g_free(line->state);
	g_clear_pointer(&line->commands, g_ptr_array_unref);
	g_free(line);
}

TodayLines *today_lines_new(App *app)
{
	TodayLines *lines = g_new0(TodayLines, 1);
	lines->app = app;
	lines->lines = g_ptr_array_new_with_free_func(line_free);
	lines->cases = g_ptr_array_new_with_free_func(g_free);
	return lines;
}

void today_lines_free(TodayLines *lines)
{
	if (lines == NULL)
		return;
	g_ptr_array_unref(lines->lines);
	g_ptr_array_unref(lines->cases);
	g_free(lines);
}

void today_lines_set_pressing(TodayLines *lines)
{
	lines->pressing = true;
}

/* A new opportunity, whose lines come next. */
static void add_case(TodayLines *lines, const Case *item)
{
	g_ptr_array_add(lines->cases, say_opportunity(item->record->facts));
}

static Line *add_line(TodayLines *lines, TodayPart part, int64_t due)
{
	Line *line = g_new0(Line, 1);
	*line = (Line){.part = part, .first = due, .order = lines->cases->len - 1, .due = due};
	g_ptr_array_add(lines->lines, line);
	return line;
}

/* ---- tasks ---- */

static bool is_late(const App *app, const PlanStep *step)
{
	return step->due != TIME_NONE && step->due <= app->now;
}

static void add_task(TodayLines *lines, const Task *task, const char *handle)
{
	const PlanStep *step = task_step(task);
	bool late = is_late(lines->app, step);
	Line *line = add_line(lines, step->optional ? IN_OPTIONAL : late ? IN_LATE : IN_TO_DO, step->due);
	g_autofree char *what = task_say(task), *due = task_say_due(lines->app, task);
	line->what = g_strconcat(what, ", ", due, ".", NULL);
	line->why = task_explain(task);
	line->state = task_say_state(lines->app, task);
	line->commands = task_list_commands(task, handle);
}

static void add_tasks(TodayLines *lines, const Case *item, const char *handle)
{
	g_autoptr(GPtrArray) tasks = task_list_new(item, step_can_be_done);
	int64_t first[IN_COUNT];
	guint begin = lines->lines->len;
	for (int part = 0; part < IN_COUNT; part++)
		first[part] = INT64_MAX;
	for (guint i = 0; i < tasks->len; i++) {
		const Task *task = g_ptr_array_index(tasks, i);
		if (lines->pressing && task_step(task)->optional)
			lines->counted++;
		else if (!task_is_asked_elsewhere(tasks, task))
			add_task(lines, task, handle);
	}
	for (guint i = begin; i < lines->lines->len; i++) {
		const Line *line = g_ptr_array_index(lines->lines, i);
		first[line->part] = MIN(first[line->part], line->due);
	}
	for (guint i = begin; i < lines->lines->len; i++) {
		Line *line = g_ptr_array_index(lines->lines, i);
		line->first = first[line->part];
	}
}

/* ---- the rest ---- */

static void add_question(TodayLines *lines, const Case *item, const OutboxRow *row, const char *handle)
{
	int to = row->draft == NO_DRAFT ? NOBODY : record_draft(item->record, row->draft)->person;
	g_autofree char *person = say_person_handle(item->record->facts, to);
	Line *line = add_line(lines, IN_QUESTION, row->send_at);
	line->what = g_strdup_printf(
		"It is not known whether \"%s\" to %s went.", row->subject,
		row->to_name == NULL ? row->to_address : row->to_name);
	bool looked = row->last_error != NULL && g_str_has_prefix(row->last_error, WATCH_NOT_AMONG_SENT);
	line->why = g_strdup(looked ? row->last_error : "Look in your Sent folder, then say which it is.");
	line->commands = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(line->commands, g_strdup_printf("followup settle %s %s sent", handle, person));
	g_ptr_array_add(line->commands, g_strdup_printf("followup settle %s %s not-sent", handle, person));
}

void today_lines_add_mail(TodayLines *lines, const InboxItem *item, const Facts *facts)
{
	g_autofree char *question = inbox_say_question(item, facts), *reading = inbox_say_reading(lines->app, item);
	g_ptr_array_add(lines->cases, facts == NULL ? g_strdup("A mail") : say_opportunity(facts));
	Line *line = add_line(lines, IN_INBOX, item->at);
	line->what = g_strdup_printf("%s%s%s", question, reading[0] == '\0' ? "" : " ", reading);
	line->why = item->quote == NULL ? NULL : g_strdup_printf("\"%s\"", item->quote);
	line->state = g_strdup(inbox_say_reason(item));
	line->commands = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(line->commands, g_strdup_printf("followup inbox %" G_GINT64_FORMAT " --confirm", item->number));
	g_ptr_array_add(line->commands, g_strdup("followup inbox"));
}

static void add_ending(TodayLines *lines, const Case *item, const char *handle)
{
	Line *line = add_line(lines, IN_MOVE_ON, item->record->next_at);
	line->why = plan_explain_verdict(item->plan);
	line->commands = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(line->commands, g_strdup_printf("followup outcome %s withdrawn", handle));
}

void today_lines_add_due(TodayLines *lines, const Case *item)
{
	g_autofree char *handle = say_handle(lines->app, item->record);
	add_case(lines, item);
	for (guint i = 0; i < item->record->outbox->len; i++)
		if (record_outbox(item->record, (int)i)->state == OUTBOX_UNKNOWN)
			add_question(lines, item, record_outbox(item->record, (int)i), handle);
	if (case_later_until(item) != TIME_NONE)
		return;
	add_tasks(lines, item, handle);
	if (item->plan->verdict == VERDICT_MOVE_ON)
		add_ending(lines, item, handle);
}

void today_lines_add_coming(TodayLines *lines, const Case *item)
{
	int64_t later = case_later_until(item);
	g_autofree char *when = later == TIME_NONE ? NULL : say_from(lines->app, item->record->facts, later);
	g_autofree char *verdict =
		when == NULL ? plan_explain_verdict(item->plan) : g_strdup_printf("Put off until %s.", when);
	add_case(lines, item);
	Line *line = add_line(lines, IN_LATER, case_agenda_at(item));
	line->what = g_strconcat(g_ptr_array_index(lines->cases, line->order), ": ", verdict, NULL);
}

/* ---- saying ---- */

static int compare_lines(const void *a, const void *b)
{
	const Line *one = *(const Line *const *)a, *other = *(const Line *const *)b;
	if (one->part != other->part)
		return one->part < other->part ? -1 : 1;
	if (one->first != other->first)
		return one->first < other->first ? -1 : 1;
	if (one->order != other->order)
		return one->order < other->order ? -1 : 1;
	return one->due < other->due ? -1 : one->due > other->due;
}

static void say_line(const Line *line, Printer *printer)
{
	bool urgent = line->part == IN_LATE || line->part == IN_QUESTION || line->part == IN_INBOX;
	if (line->what != NULL)
		printer_say_text(printer, urgent ? SAY_URGENT : SAY_ITEM, line->what);
	if (line->why != NULL)
		printer_say_text(printer, SAY_DETAIL, line->why);
	if (line->state != NULL)
		printer_say_text(printer, SAY_DETAIL, line->state);
	for (guint i = 0; line->commands != NULL && i < line->commands->len; i++)
		printer_say_text(printer, SAY_COMMAND, g_ptr_array_index(line->commands, i));
}

static void say_counted(const TodayLines *lines, Printer *printer)
{
	if (lines->counted == 0)
		return;
	printer_break(printer);
	printer_say_text(printer, SAY_HEADING, titles[IN_OPTIONAL]);
	printer_say(
		printer, SAY_ITEM, "%d more %s, none of them pressing: \"followup show COMPANY\" tells %s.", lines->counted,
		lines->counted == 1 ? "thing" : "things", lines->counted == 1 ? "it" : "them");
}

void today_lines_say(TodayLines *lines, int coming_max, Printer *printer)
{
	const Line *before = NULL;
	g_ptr_array_sort(lines->lines, compare_lines);
	for (guint i = 0; i < lines->lines->len; i++) {
		const Line *line = g_ptr_array_index(lines->lines, i);
		bool new_part = before == NULL || before->part != line->part;
		if (line->part == IN_LATER && coming_max-- <= 0)
			break;
		if (new_part) {
			printer_break(printer);
			printer_say_text(printer, SAY_HEADING, titles[line->part]);
		}
		if (line->part != IN_LATER && (new_part || before->order != line->order))
			printer_say_text(printer, SAY_SUBJECT, g_ptr_array_index(lines->cases, line->order));
		say_line(line, printer);
		before = line;
	}
	say_counted(lines, printer);
}
