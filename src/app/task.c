/* task.c - steps that read as one, and the commands that do them, from where their drafts stand.
 */
#include "task.h"

#include "note-text.h"

#include <string.h>

void task_free(Task *task)
{
	if (task == NULL)
		return;
	g_ptr_array_unref(task->steps);
	g_free(task);
}

static int draft_of(const Case *item, const PlanStep *step)
{
	return case_find_draft(item, (int)step->kind, step->interview, step->to, WORD_NONE);
}

static TaskAction note_action(const Case *item, const PlanStep *step)
{
	int index = draft_of(item, step);
	if (index == NO_DRAFT)
		return TASK_DRAFT;
	const Draft *draft = record_draft(item->record, index);
	if (draft->channel != CHANNEL_EMAIL)
		return TASK_LOG;
	if (draft->state == DRAFT_OPEN)
		return TASK_APPROVE;
	const OutboxRow *row = case_find_outbox(item, index);
	return row != NULL && row->state == OUTBOX_UNKNOWN ? TASK_SETTLE : TASK_SEND;
}

TaskAction task_action_of(const Case *item, const PlanStep *step)
{
	if (step->kind == STEP_GET_CONTACT)
		return TASK_ASK_FOR_CONTACT;
	if (step->state == STATE_BLOCKED)
		return TASK_ADDRESS;
	return step->kind == STEP_DEBRIEF         ? TASK_DEBRIEF
		   : step->kind == STEP_SOUND_OUT     ? TASK_SOUND_OUT
		   : step->kind == STEP_PREPARE_CLOSE ? TASK_PREPARE
											  : note_action(item, step);
}

const char *task_action_word(TaskAction action)
{
	static const char *const words[] = {
		[TASK_DEBRIEF] = "debrief",
		[TASK_SOUND_OUT] = "sound-out",
		[TASK_PREPARE] = "prepare",
		[TASK_ADDRESS] = "address",
		[TASK_ASK_FOR_CONTACT] = "ask-for-contact",
		[TASK_DRAFT] = "draft",
		[TASK_APPROVE] = "approve",
		[TASK_SEND] = "send",
		[TASK_LOG] = "log",
		[TASK_SETTLE] = "settle",
	};
	return words[action];
}

static bool same_channels(const PlanStep *a, const PlanStep *b)
{
	return a->channel_count == b->channel_count &&
		   memcmp(a->channels, b->channels, (size_t)a->channel_count * sizeof a->channels[0]) == 0;
}

static bool belongs(const Task *task, const PlanStep *step, TaskAction action)
{
	const PlanStep *first = task_step(task);
	bool alike = first->kind == step->kind && first->round == step->round && first->state == step->state &&
				 first->opens == step->opens && first->due == step->due && first->attempt == step->attempt &&
				 first->needs == step->needs && same_channels(first, step) && task->action == action;
	return alike && (step->kind == STEP_GET_CONTACT ? step->to == first->to : step->to != NOBODY);
}

static Task *find_task(const GPtrArray *tasks, const PlanStep *step, TaskAction action)
{
	for (guint i = 0; i < tasks->len; i++)
		if (belongs(g_ptr_array_index(tasks, i), step, action))
			return g_ptr_array_index(tasks, i);
	return NULL;
}

GPtrArray *task_list_new(const Case *item, bool (*wanted)(const PlanStep *step))
{
	GPtrArray *tasks = g_ptr_array_new_with_free_func((GDestroyNotify)task_free);
	for (guint i = 0; i < item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(item->plan, i);
		if (!wanted(step))
			continue;
		TaskAction action = task_action_of(item, step);
		Task *task = find_task(tasks, step, action);
		if (task == NULL) {
			task = g_new0(Task, 1);
			task->item = item;
			task->action = action;
			task->steps = g_ptr_array_sized_new(2);
			g_ptr_array_add(tasks, task);
		}
		g_ptr_array_add(task->steps, (void *)step);
	}
	return tasks;
}

bool task_is_asked_elsewhere(const GPtrArray *tasks, const Task *task)
{
	for (guint i = 0; i < tasks->len && task->action == TASK_ADDRESS; i++) {
		const Task *other = g_ptr_array_index(tasks, i);
		for (guint s = 0; s < other->steps->len && other->action == TASK_ASK_FOR_CONTACT; s++)
			if (((const PlanStep *)g_ptr_array_index(other->steps, s))->about == task_step(task)->to)
				return true;
	}
	return task->action == TASK_SETTLE;
}

/* ---- words ---- */

/* Whom a step is to, or, of get-contact, about. */
static int person_of(const PlanStep *step)
{
	return step->kind == STEP_GET_CONTACT ? step->about : step->to;
}

static char *say_persons(const Task *task)
{
	g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(int));
	for (guint i = 0; i < task->steps->len; i++) {
		int person = person_of(g_ptr_array_index(task->steps, i));
		g_array_append_val(people, person);
	}
	return say_names(task->item->record->facts, people);
}

static const char *const formats[STEP_COUNT] = {
	[STEP_PREPARE_CLOSE] = "Prepare how to close the interview with %s",
	[STEP_DEBRIEF] = "Write down how it went with %s",
	[STEP_SOUND_OUT] = "Talk the interview with %s over with a friend",
	[STEP_THANK_YOU] = "Thank %s",
	[STEP_CARD] = "Send %s a handwritten card",
	[STEP_CONNECT] = "Connect with %s on LinkedIn",
	[STEP_GET_CONTACT] = "how to reach %s",
	[STEP_ADDITIONAL_INFO] = "Send %s what was left unsaid",
	[STEP_SECOND_NOTE] = "Write to %s a second time",
	[STEP_CHECK_IN] = "Check in with %s",
	[STEP_FINAL_CHECK] = "Ask %s one last time",
	[STEP_THANK_FOR_ANSWER] = "Thank %s for the answer",
	[STEP_KEEP_IN_TOUCH] = "Send %s a friendly word",
};

static bool is_about_interview(StepKind kind)
{
	return kind == STEP_PREPARE_CLOSE || kind == STEP_DEBRIEF || kind == STEP_SOUND_OUT;
}

/* Steps whose one channel the sentence names anyway. */
static bool names_channel(StepKind kind)
{
	return is_about_interview(kind) || kind == STEP_CARD || kind == STEP_CONNECT;
}

static void append_channels(GString *text, const PlanStep *step)
{
	for (int i = 0; i < step->channel_count; i++) {
		g_string_append(text, i == 0 ? " by " : " or ");
		g_string_append(text, say_channel((int)step->channels[i]));
	}
}

static GString *say_bare(const Task *task)
{
	const PlanStep *step = task_step(task);
	const Facts *facts = task->item->record->facts;
	g_autofree char *who = is_about_interview(step->kind) ? say_people(facts, step->interview) : say_persons(task);
	GString *text = g_string_new(NULL);
	if (step->kind == STEP_GET_CONTACT)
		g_string_append_printf(
			text, "Ask %s ", step->to == NOBODY ? "their HR department" : facts_person(facts, step->to)->name);
	const char *format = formats[step->kind], *gap = strstr(format, "%s");
	g_string_append_len(text, format, gap - format);
	g_string_append(text, who[0] == '\0' ? facts->company : who);
	g_string_append(text, gap + 2);
	return text;
}

char *task_say(const Task *task)
{
	const PlanStep *step = task_step(task);
	GString *text = say_bare(task);
	if (!names_channel(step->kind))
		append_channels(text, step);
	if (task->steps->len > 1 && (step->kind == STEP_THANK_YOU || step->kind == STEP_CARD))
		g_string_append(text, ", each with words of their own");
	return g_string_free(text, FALSE);
}

char *task_say_step(const Case *item, const PlanStep *step)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	g_ptr_array_add(steps, (void *)step);
	return g_string_free(say_bare(&(Task){.item = item, .steps = steps}), FALSE);
}

char *task_say_due(const App *app, const Task *task)
{
	const PlanStep *step = task_step(task);
	const Facts *facts = task->item->record->facts;
	bool late = step->due != TIME_NONE && step->due <= app->now;
	if (late && step->optional && step->closes != TIME_NONE) {
		g_autofree char *day = when_say_day(facts->zone, zone_to_day(facts->zone, step->closes - 1, NULL), app->now);
		return g_strconcat("good until ", day, NULL);
	}
	g_autofree char *due = say_time(app, facts, step->due);
	return g_strconcat(late ? "was due " : "by ", due, NULL);
}

char *task_explain(const Task *task)
{
	char *why = plan_step_explain(task->item->plan, task_step(task));
	int person = person_of(task_step(task));
	if (task->steps->len == 1 || person == NOBODY)
		return why;
	GString *text = g_string_new(why);
	const char *all = task_step(task)->kind == STEP_GET_CONTACT ? "them" : "each of them";
	g_string_replace(text, facts_person(task->item->record->facts, person)->name, all, 0);
	g_free(why);
	return g_string_free(text, FALSE);
}

static char *say_needs(unsigned needs)
{
	static const struct {
		unsigned need;
		const char *word;
	} words[] = {{NEED_EMAIL, "e-mail address"}, {NEED_PHONE, "phone number"}, {NEED_ADDRESS, "postal address"}};
	GString *text = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if ((needs & words[i].need) != 0)
			g_string_append_printf(text, "%s%s", text->len == 0 ? "" : " or ", words[i].word);
	return g_string_free(text, FALSE);
}

static char *say_note_state(const App *app, const Task *task)
{
	const Facts *facts = task->item->record->facts;
	int index = draft_of(task->item, task_step(task));
	const OutboxRow *row = case_find_outbox(task->item, index);
	if (row == NULL)
		return NULL;
	const char *why = row->last_error == NULL ? "" : row->last_error;
	if (task->action == TASK_APPROVE && row->state == OUTBOX_REFUSED)
		return g_strdup_printf("The server refused it: %s", why[0] == '\0' ? "no reason was given." : why);
	if (task->action == TASK_APPROVE && row->state == OUTBOX_CANCELLED && why[0] != '\0')
		return g_strdup_printf("It was taken back: %s", why);
	if (task->action != TASK_SEND)
		return NULL;
	g_autofree char *when = say_time(app, facts, row->send_at);
	if (row->send_at > app->now)
		return g_strdup_printf("Approved; it leaves from %s on.%s%s", when, why[0] == '\0' ? "" : " ", why);
	return g_strdup("Approved; it leaves when notes are sent next.");
}

char *task_say_state(const App *app, const Task *task)
{
	const PlanStep *step = task_step(task);
	if (task->action != TASK_ADDRESS)
		return say_note_state(app, task);
	g_autofree char *needs = say_needs(step->needs);
	return g_strdup_printf("It waits for %s %s.", task->steps->len > 1 ? "each one's" : "their", needs);
}

/* ---- commands ---- */

static int count_drafts(const Case *item, int person, DraftState state)
{
	int count = 0;
	for (guint i = 0; i < item->record->drafts->len; i++) {
		const Draft *draft = record_draft(item->record, (int)i);
		count += draft->state == state && (person == NOBODY || draft->person == person) && draft->person != NOBODY;
	}
	return count;
}

static int count_open_notes(const Case *item, int person)
{
	int count = 0;
	for (guint i = 0; i < item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(item->plan, i);
		count += plan_step_is_open(step) && !step->optional && step->to != NOBODY &&
				 (person == NOBODY || step->to == person);
	}
	return count;
}

/* True if a command that does not name the step could be taken for another. */
static bool needs_step(const Task *task, int person)
{
	int alike = person == NOBODY ? (int)task->steps->len : 1;
	switch (task->action) {
	case TASK_DRAFT:
		return task_step(task)->optional || count_open_notes(task->item, person) > alike;
	case TASK_APPROVE:
		return count_drafts(task->item, person, DRAFT_OPEN) + count_drafts(task->item, person, DRAFT_APPROVED) > alike;
	default:
		return true;
	}
}

static char *note_command(const Task *task, const char *verb, const char *handle, int person)
{
	const PlanStep *step = task_step(task);
	g_autofree char *name = person == NOBODY ? NULL : say_person_handle(task->item->record->facts, person);
	bool step_named = task->action != TASK_SEND && needs_step(task, person);
	return g_strconcat(
		"followup ", verb, " ", handle, name == NULL ? "" : " ", name == NULL ? "" : name,
		task->action == TASK_APPROVE && person == NOBODY ? " --all" : "", step_named ? " --step " : "",
		step_named ? word_text(WORDS_STEP, (int)step->kind) : "", NULL);
}

/* A command about an interview, which it names where several have that step open. */
static char *interview_command(const Task *task, const char *verb, const char *step, const char *handle)
{
	const Facts *facts = task->item->record->facts;
	const GArray *steps = task->item->plan->steps;
	int alike = 0;
	for (guint i = 0; i < steps->len; i++) {
		const PlanStep *other = &g_array_index(steps, PlanStep, i);
		alike += other->kind == task_step(task)->kind && plan_step_is_open(other);
	}
	g_autofree char *id = alike < 2 ? NULL : shell_word(facts_interview(facts, task_step(task)->interview)->id);
	return g_strconcat(
		"followup ", verb, " ", handle, step == NULL ? "" : " --step ", step == NULL ? "" : step,
		id == NULL ? NULL : " --interview ", id, NULL);
}

/* The command that is made for a channel: it writes the words too, where there are none; or NULL. */
static const char *verb_for(const PlanStep *step, int channel)
{
	bool carded = step->kind == STEP_CARD || step->kind == STEP_THANK_YOU;
	if (channel == CHANNEL_CARD && carded)
		return "card";
	return channel == CHANNEL_CALL && note_can_go_by(step->kind, CHANNEL_CALL) ? "call" : NULL;
}

/* The channel a task's notes are written for; where there are none yet, the one its step goes by best. */
static int channel_of(const Task *task)
{
	const PlanStep *step = task_step(task);
	int draft = draft_of(task->item, step);
	if (draft != NO_DRAFT)
		return record_draft(task->item->record, draft)->channel;
	return step->channel_count == 0 ? WORD_NONE : (int)step->channels[0];
}

static bool has_other_call(const Task *task, const PlanStep *step)
{
	for (guint i = 0; i < task->item->plan->steps->len; i++) {
		const PlanStep *other = plan_step(task->item->plan, i);
		if (other->kind != step->kind && other->to == step->to && plan_step_is_open(other) &&
			plan_step_goes_by(other, CHANNEL_CALL))
			return true;
	}
	return false;
}

static char *say_call_command(const Task *task, const PlanStep *step, const char *handle)
{
	g_autofree char *name = say_person_handle(task->item->record->facts, step->to);
	bool named = has_other_call(task, step);
	return g_strconcat(
		"followup call ", handle, " ", name, named ? " --step " : "",
		named ? word_text(WORDS_STEP, (int)step->kind) : "", NULL);
}

/* Cards of one task are printed together; each call is one of its own. A step that can go another way has a command
 * for that too. */
static bool add_channel_commands(const Task *task, const char *handle, GPtrArray *commands)
{
	const PlanStep *first = task_step(task);
	const char *verb = verb_for(first, channel_of(task));
	if (verb == NULL)
		return false;
	if (strcmp(verb, "card") == 0) {
		g_autofree char *name =
			task->steps->len > 1 ? g_strdup("") : say_person_handle(task->item->record->facts, first->to);
		g_ptr_array_add(commands, g_strconcat("followup card ", handle, name[0] == '\0' ? "" : " ", name, NULL));
	}
	for (guint i = 0; i < task->steps->len && strcmp(verb, "call") == 0; i++)
		g_ptr_array_add(commands, say_call_command(task, g_ptr_array_index(task->steps, i), handle));
	return true;
}

static void add_draft_commands(const Task *task, const char *handle, GPtrArray *commands)
{
	const PlanStep *step = task_step(task);
	int person = task->steps->len == 1 ? step->to : NOBODY;
	g_autofree char *command = note_command(task, "draft", handle, person);
	if (!add_channel_commands(task, handle, commands)) {
		g_ptr_array_add(commands, g_steal_pointer(&command));
		return;
	}
	for (int i = 1; i < step->channel_count; i++)
		if (verb_for(step, (int)step->channels[i]) == NULL)
			g_ptr_array_add(
				commands, g_strconcat(command, " --channel ", word_text(WORDS_CHANNEL, (int)step->channels[i]), NULL));
}

/* The sheet of a call asks for its result; a card whose words are there was most likely printed with them. */
static void add_log_commands(const Task *task, const char *handle, GPtrArray *commands)
{
	bool called = channel_of(task) == CHANNEL_CALL;
	if (called)
		(void)add_channel_commands(task, handle, commands);
	for (guint i = 0; i < task->steps->len; i++) {
		const PlanStep *step = g_ptr_array_index(task->steps, i);
		int channel = record_draft(task->item->record, draft_of(task->item, step))->channel;
		g_autofree char *begin = note_command(task, "log", handle, step->to);
		g_ptr_array_add(
			commands, channel == CHANNEL_CALL ? g_strconcat(begin, " --result reached", NULL)
					  : step->kind == STEP_CARD || step->kind == STEP_CONNECT || channel == WORD_NONE
						  ? g_strdup(begin)
						  : g_strdup_printf("%s --channel %s", begin, word_text(WORDS_CHANNEL, channel)));
	}
	if (!called)
		(void)add_channel_commands(task, handle, commands);
}

static void add_address_commands(const Task *task, const char *handle, GPtrArray *commands)
{
	unsigned needs = task_step(task)->needs;
	bool email = task->action == TASK_ASK_FOR_CONTACT || (needs & NEED_EMAIL) != 0;
	for (guint i = 0; i < task->steps->len; i++) {
		g_autofree char *name =
			say_person_handle(task->item->record->facts, person_of(g_ptr_array_index(task->steps, i)));
		g_ptr_array_add(
			commands, g_strdup_printf(
						  "followup people %s %s %s", handle, name,
						  email                       ? "--email ADDRESS"
						  : (needs & NEED_PHONE) != 0 ? "--phone NUMBER"
													  : "--address ADDRESS"));
	}
}

static void add_settle_commands(const Task *task, const char *handle, GPtrArray *commands)
{
	g_autofree char *name = say_person_handle(task->item->record->facts, task_step(task)->to);
	g_ptr_array_add(commands, g_strdup_printf("followup settle %s %s sent", handle, name));
	g_ptr_array_add(commands, g_strdup_printf("followup settle %s %s not-sent", handle, name));
}

GPtrArray *task_list_commands(const Task *task, const char *handle)
{
	GPtrArray *commands = g_ptr_array_new_with_free_func(g_free);
	int person = task->steps->len == 1 ? task_step(task)->to : NOBODY;
	switch (task->action) {
	case TASK_DEBRIEF:
		g_ptr_array_add(commands, interview_command(task, "debrief", NULL, handle));
		break;
	case TASK_SOUND_OUT:
		g_ptr_array_add(commands, interview_command(task, "log", "sound-out", handle));
		break;
	case TASK_PREPARE:
		g_ptr_array_add(commands, interview_command(task, "draft", "prepare-close", handle));
		break;
	case TASK_SETTLE:
		add_settle_commands(task, handle, commands);
		break;
	case TASK_DRAFT:
		add_draft_commands(task, handle, commands);
		break;
	case TASK_LOG:
		add_log_commands(task, handle, commands);
		break;
	case TASK_ASK_FOR_CONTACT:
		if (task_step(task)->to != NOBODY)
			g_ptr_array_add(commands, note_command(task, "draft", handle, task_step(task)->to));
		/* fall through */
	case TASK_ADDRESS:
		add_address_commands(task, handle, commands);
		break;
	default:
		g_ptr_array_add(commands, note_command(task, task->action == TASK_SEND ? "send" : "approve", handle, person));
	}
	return commands;
}

static bool is_pressing(const PlanStep *step)
{
	return step_can_be_done(step) && !step->optional;
}

static int compare_due(const void *a, const void *b)
{
	int64_t one = task_step(*(Task *const *)a)->due, other = task_step(*(Task *const *)b)->due;
	return one < other ? -1 : one > other;
}

void task_say_next(App *app, const Case *item, Printer *printer)
{
	enum { SAID_MAX = 3 };
	if (!printer->for_people)
		return;
	g_autoptr(GPtrArray) tasks = task_list_new(item, is_pressing);
	g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *handle = tasks->len == 0 ? NULL : say_handle(app, item->record);
	g_ptr_array_sort(tasks, compare_due);
	for (guint i = 0; i < tasks->len && said->len < SAID_MAX; i++) {
		g_autoptr(GPtrArray) commands = task_list_commands(g_ptr_array_index(tasks, i), handle);
		const char *command = g_ptr_array_index(commands, 0);
		if (g_ptr_array_find_with_equal_func(said, command, g_str_equal, NULL))
			continue;
		printer_say_text(printer, SAY_COMMAND, command);
		g_ptr_array_add(said, g_strdup(command));
	}
}
