/* remind-words.c - what a reminder says: the next action, by when, the command; and what was last with whom.
 */
#include "remind.h"

#include "task.h"

#include <base/text.h>

void due_thing_free(void *data)
{
	DueThing *thing = data;
	g_free(thing->company);
	g_free(thing->text);
	g_free(thing->command);
	g_ptr_array_unref(thing->keys);
	g_free(thing);
}

static bool is_pressing(const PlanStep *step)
{
	return step_can_be_done(step) && !step->optional;
}

static char *step_key(const Facts *facts, const PlanStep *step)
{
	int person = step->kind == STEP_GET_CONTACT ? step->about : step->to;
	return g_strdup_printf(
		"%s %s %s %d", word_text(WORDS_STEP, (int)step->kind), facts_interview(facts, step->interview)->id,
		person == NOBODY ? "-" : facts_person(facts, person)->id, step->attempt);
}

static DueThing *add_thing(GPtrArray *things, const Case *item)
{
	DueThing *thing = g_new0(DueThing, 1);
	thing->opportunity = item->record->id;
	thing->company = g_strdup(item->record->facts->company);
	thing->keys = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(things, thing);
	return thing;
}

static void add_task(App *app, GPtrArray *things, const Case *item, const Task *task, const char *handle)
{
	DueThing *thing = add_thing(things, item);
	g_autofree char *what = task_say(task), *due = task_say_due(app, task);
	g_autoptr(GPtrArray) commands = task_list_commands(task, handle);
	thing->text = g_strconcat(what, ", ", due, NULL);
	thing->command = g_strdup(commands->pdata[0]);
	for (guint i = 0; i < task->steps->len; i++)
		g_ptr_array_add(thing->keys, step_key(item->record->facts, task->steps->pdata[i]));
}

static void add_question(GPtrArray *things, const Case *item, const OutboxRow *row, const char *handle)
{
	DueThing *thing = add_thing(things, item);
	thing->text = g_strdup_printf("It is not known whether \"%s\" went", row->subject);
	thing->command = g_strdup_printf("followup show %s", handle);
	g_ptr_array_add(thing->keys, g_strdup_printf("unknown %s", row->message_id));
}

GPtrArray *remind_list_due(App *app, const Case *item)
{
	GPtrArray *things = g_ptr_array_new_with_free_func(due_thing_free);
	g_autofree char *handle = say_handle(app, item->record);
	for (int i = 0; i < (int)item->record->outbox->len; i++)
		if (record_outbox(item->record, i)->state == OUTBOX_UNKNOWN)
			add_question(things, item, record_outbox(item->record, i), handle);
	if (case_later_until(item) != TIME_NONE)
		return things;
	g_autoptr(GPtrArray) tasks = task_list_new(item, is_pressing);
	for (guint i = 0; i < tasks->len; i++) {
		const Task *task = tasks->pdata[i];
		/* What is approved leaves by itself, and a note of which it is not known whether it went is asked about above.
		 */
		if (task->action != TASK_SEND && task->action != TASK_SETTLE)
			add_task(app, things, item, task, handle);
	}
	return things;
}

/* ---- the digest ---- */

static char *name_day(const App *app, const Facts *facts, int64_t at)
{
	return when_name_day(facts->zone, zone_to_day(facts->zone, at, NULL), app->now);
}

/* The last things talked about with a person. */
static void append_topics(const App *app, const Facts *facts, int person, GString *text)
{
	enum { TOPICS_MAX = 2, SHOWN_BYTES = 300 };
	int said = 0;
	for (int d = (int)facts->debriefs->len - 1; d >= 0; d--) {
		const Debrief *debrief = facts_debrief(facts, d);
		for (guint t = debrief->topics->len; t-- > 0 && said < TOPICS_MAX;) {
			const Topic *topic = &g_array_index(debrief->topics, Topic, t);
			if (topic->with != person && topic->with != NOBODY)
				continue;
			g_autofree char *day = name_day(app, facts, facts_interview(facts, debrief->interview)->start);
			g_autofree char *shown = text_to_show(topic->text, SHOWN_BYTES);
			g_string_append_printf(text, "    %s, talked about: %s\n", day, shown);
			said++;
		}
	}
}

/* What was last between a person and the program's user. */
static void append_events(const App *app, const Facts *facts, int person, GString *text)
{
	enum { EVENTS_MAX = 3 };
	int said = 0;
	for (int i = (int)facts->events->len - 1; i >= 0 && said < EVENTS_MAX; i--) {
		const Event *event = facts_event(facts, i);
		if (event->person != person || event->at > app->now)
			continue;
		g_autofree char *what = say_event(app, facts, event), *day = name_day(app, facts, event->at);
		g_string_append_printf(text, "    %s: %s\n", day, what);
		said++;
	}
}

static void append_person(const App *app, const Case *item, int person, GHashTable *told, GString *text)
{
	const Facts *facts = item->record->facts;
	if (person == NOBODY || !g_hash_table_add(told, GINT_TO_POINTER(person + 1)))
		return;
	GString *known = g_string_new(NULL);
	append_topics(app, facts, person, known);
	append_events(app, facts, person, known);
	if (known->len > 0)
		g_string_append_printf(text, "  Last with %s:\n%s", facts_person(facts, person)->name, known->str);
	g_string_free(known, TRUE);
}

/* Whom a step is about: the people of its interview, where it is to nobody. */
static void append_people(const App *app, const Case *item, const Task *task, GHashTable *told, GString *text)
{
	const GArray *with = facts_interview(item->record->facts, task_step(task)->interview)->with;
	for (guint i = 0; i < task->steps->len; i++) {
		const PlanStep *step = task->steps->pdata[i];
		append_person(app, item, step->kind == STEP_GET_CONTACT ? step->about : step->to, told, text);
	}
	for (guint i = 0; task_step(task)->to == NOBODY && i < with->len; i++)
		append_person(app, item, g_array_index(with, int, i), told, text);
}

static bool is_ahead(const PlanStep *step)
{
	return !step->optional && (step_can_be_done(step) || (step->state == STATE_UPCOMING && step->opens != TIME_NONE));
}

bool remind_describe(App *app, const Case *item, int64_t until, GString *text)
{
	g_autoptr(GPtrArray) tasks = task_list_new(item, is_ahead);
	g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
	g_autofree char *handle = say_handle(app, item->record), *what = say_opportunity(item->record->facts);
	int64_t later = case_later_until(item);
	bool any = false;
	for (guint i = 0; i < tasks->len && (later == TIME_NONE || later < until); i++) {
		const Task *task = tasks->pdata[i];
		const PlanStep *step = task_step(task);
		if (step->state == STATE_UPCOMING && step->opens >= until)
			continue;
		g_autofree char *action = task_say(task), *due = task_say_due(app, task);
		g_autoptr(GPtrArray) commands = task_list_commands(task, handle);
		g_string_append_printf(text, "%s%s- %s, %s.\n", any ? "" : what, any ? "" : "\n", action, due);
		g_string_append_printf(text, "  %s\n", (const char *)commands->pdata[0]);
		append_people(app, item, task, told, text);
		any = true;
	}
	if (any)
		g_string_append_c(text, '\n');
	return any;
}
