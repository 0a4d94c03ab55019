/* calendar-events.c - what of an opportunity is worth an event, when, and in which words.
 *
 * The words name days in full: a calendar is read on another day than it was written.
 */
#include "calendar-events.h"

#include "task.h"

#include <base/text.h>

enum {
	BATCH = 500,
	FOLLOW_UP_SECONDS = 1800, /* how long a follow-up stands in the calendar */
	BEFORE_INTERVIEW = 3600,  /* alarms: */
	BEFORE_DUE = 3600,
	ROOM_FOR_TWO_ALARMS = 7200,
};

static void entry_free(void *data)
{
	CalendarEntry *entry = data;
	g_free(entry->uid);
	g_free(entry->summary);
	g_free(entry->place);
	g_free(entry->link);
	g_free(entry->description);
	zone_unref(entry->zone);
	g_free(entry);
}

/* What tells one event from all others of all databases, in the form of a version 5 UUID (RFC 4122). */
static char *make_uid(const Record *record, const char *what)
{
	g_autofree char *seed = g_strdup_printf(
		"followup event\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%s", record->account,
		record->id, record->created_at, what);
	g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA1, seed, -1);
	return g_strdup_printf(
		"%.8s-%.4s-5%.3s-%c%.3s-%.12s@followup", hash, hash + 8, hash + 13, "89ab"[g_ascii_xdigit_value(hash[16]) & 3],
		hash + 17, hash + 20);
}

static CalendarEntry *add_entry(const App *app, GPtrArray *entries, const Record *record, int64_t start, int64_t end)
{
	CalendarEntry *entry = g_new0(CalendarEntry, 1);
	entry->zone = zone_ref(record->facts->zone);
	entry->opportunity = record->id;
	entry->event = (CalendarEvent){
		.zone = entry->zone, .start = start, .end = end, .stamp = app->now, .sequence = record->revision};
	g_ptr_array_add(entries, entry);
	return entry;
}

static void finish_entry(CalendarEntry *entry, const char *category)
{
	entry->event.uid = entry->uid;
	entry->event.summary = entry->summary;
	entry->event.place = entry->place;
	entry->event.link = entry->link;
	entry->event.description = entry->description;
	entry->event.category = category;
}

static void add_alarm(CalendarEntry *entry, int64_t after)
{
	entry->event.alarms[entry->event.alarm_count++] = (int)after;
}

/* ---- interviews ---- */

static void append_known(GString *text, const char *value)
{
	if (value != NULL)
		g_string_append_printf(text, ", %s", value);
}

static char *describe_interview(const Facts *facts, const Interview *interview)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < interview->with->len; i++) {
		const Person *person = facts_person(facts, g_array_index(interview->with, int, i));
		g_string_append_printf(text, "%s%s", i == 0 ? "With " : "\nand ", person->name);
		append_known(text, person->phone);
		append_known(text, person->email);
	}
	return g_string_free(text, FALSE);
}

static void add_interview(const App *app, GPtrArray *entries, const Record *record, int index)
{
	static const char *const kinds[] = {"Phone screen", "Video interview", "Interview", "Panel interview"};
	const Facts *facts = record->facts;
	const Interview *interview = facts_interview(facts, index);
	g_autofree char *where = say_opportunity(facts), *key = g_strconcat("interview\n", interview->id, NULL);
	CalendarEntry *entry = add_entry(app, entries, record, interview->start, interview->end);
	entry->uid = make_uid(record, key);
	entry->summary = g_strdup_printf("%s: %s", kinds[interview->kind], where);
	entry->description = describe_interview(facts, interview);
	entry->place = g_strdup(interview->place != NULL ? interview->place : interview->link);
	entry->link = g_strdup(interview->link);
	entry->is_interview = true;
	entry->event.busy = true;
	add_alarm(entry, -DAY_SECONDS);
	add_alarm(entry, -BEFORE_INTERVIEW);
	finish_entry(entry, "Interview");
}

/* ---- follow-ups ---- */

static bool is_wanted(const PlanStep *step)
{
	return !step->optional && step->opens != TIME_NONE && (plan_step_is_open(step) || step->state == STATE_UPCOMING);
}

static bool is_alike(const PlanStep *one, const PlanStep *other)
{
	return one->kind == other->kind && one->interview == other->interview && one->attempt == other->attempt &&
		   one->opens == other->opens;
}

/* Steps that are one event; how far each of them is makes no difference here. */
static GPtrArray *group_steps(const Case *item)
{
	GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)task_free);
	for (guint i = 0; i < item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(item->plan, i);
		Task *group = NULL;
		if (!is_wanted(step))
			continue;
		for (guint g = 0; g < groups->len && group == NULL; g++)
			if (is_alike(task_step(groups->pdata[g]), step))
				group = groups->pdata[g];
		if (group == NULL) {
			group = g_new0(Task, 1);
			*group = (Task){item, task_action_of(item, step), g_ptr_array_new()};
			g_ptr_array_add(groups, group);
		}
		g_ptr_array_add(group->steps, (void *)step);
	}
	return groups;
}

/* The step as its uid has it; where two groups are alike in all but their time, the later has its number behind. */
static char *group_key(const Case *item, const GPtrArray *groups, guint index)
{
	const PlanStep *step = task_step(groups->pdata[index]);
	int before = 0;
	for (guint i = 0; i < index; i++) {
		const PlanStep *other = task_step(groups->pdata[i]);
		before += other->kind == step->kind && other->interview == step->interview && other->attempt == step->attempt;
	}
	return g_strdup_printf(
		"step\n%s\n%s\n%d\n%d", word_text(WORDS_STEP, (int)step->kind),
		facts_interview(item->record->facts, step->interview)->id, step->attempt, before);
}

static char *describe_task(const App *app, const Task *task, int64_t due)
{
	const Facts *facts = task->item->record->facts;
	GString *text = g_string_new(NULL);
	g_autofree char *why = task_explain(task), *handle = g_strdup_printf("#%" G_GINT64_FORMAT, task->item->record->id);
	if (due != TIME_NONE) {
		int second = 0;
		g_autofree char *day = when_name_day(facts->zone, zone_to_day(facts->zone, due, &second), app->now);
		g_string_append_printf(text, "By %s, ", day);
		text_append_clock(text, second);
		g_string_append(text, " in ");
		zone_append_place(facts->zone, text);
		g_string_append(text, ".\n");
	}
	g_string_append_printf(text, "%s\nfollowup show \"%s\"", why, handle);
	return g_string_free(text, FALSE);
}

static void add_group(const App *app, GPtrArray *entries, const Case *item, const GPtrArray *groups, guint index)
{
	const Task *task = groups->pdata[index];
	const PlanStep *step = task_step(task);
	int64_t later = case_later_until(item), start = later == TIME_NONE ? step->opens : MAX(step->opens, later);
	g_autofree char *key = group_key(item, groups, index), *what = task_say(task);
	CalendarEntry *entry = add_entry(app, entries, item->record, start, start + FOLLOW_UP_SECONDS);
	entry->uid = make_uid(item->record, key);
	entry->summary = g_strdup_printf("%s: %s", item->record->facts->company, what);
	entry->description = describe_task(app, task, step->due);
	add_alarm(entry, 0);
	if (step->due != TIME_NONE && step->due - start > ROOM_FOR_TWO_ALARMS)
		add_alarm(entry, step->due - start - BEFORE_DUE);
	finish_entry(entry, "Follow-up");
}

static void add_case(const App *app, GPtrArray *entries, const Case *item)
{
	g_autoptr(GPtrArray) groups = group_steps(item);
	for (guint i = 0; i < item->record->facts->interviews->len; i++)
		add_interview(app, entries, item->record, (int)i);
	for (guint i = 0; i < groups->len; i++)
		add_group(app, entries, item, groups, i);
}

bool calendar_entries_load(App *app, GPtrArray **ret_entries, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(entry_free);
	for (int64_t after = 0;;) {
		g_autoptr(GPtrArray) records = NULL;
		if (!store_outline_load(app->store, ACCOUNT_SELF, after, BATCH, &records, error))
			return false;
		if (records->len == 0)
			break;
		g_ptr_array_set_free_func(records, NULL); /* each case takes its own */
		for (guint i = 0; i < records->len; i++) {
			g_autoptr(Case) item = NULL;
			after = ((const Record *)records->pdata[i])->id;
			if (!case_take(app, records->pdata[i], &item, error)) {
				while (++i < records->len)
					record_free(records->pdata[i]);
				return false;
			}
			add_case(app, entries, item);
		}
	}
	*ret_entries = g_steal_pointer(&entries);
	return true;
}
