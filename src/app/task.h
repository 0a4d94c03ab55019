/* task.h - steps of a plan as a person sees them: what is done in one go is one task, with its reason and the commands
 * that do it.
 *
 * For the files of this room only.  Three people of a panel who are to be thanked by the same hour are one task; each
 * still gets a note of their own (E11).
 */
#pragma once

#include "desk.h"

/* What is to be done next about a step. */
typedef enum {
	TASK_DEBRIEF,
	TASK_SOUND_OUT,
	TASK_PREPARE, /* the closing statement */
	TASK_ADDRESS, /* an address is missing */
	TASK_ASK_FOR_CONTACT,
	TASK_DRAFT,
	TASK_APPROVE,
	TASK_SEND,   /* approved; it waits for its time */
	TASK_LOG,    /* the note is written: when it is said, mailed or handed in, that is put on record */
	TASK_SETTLE, /* nobody knows whether the note went */
} TaskAction;

typedef struct Task {
	const Case *item;
	TaskAction action;
	GPtrArray *steps; /* of const PlanStep*, one at least; alike in all but their person */
} Task;

void task_free(Task *task);

/* The steps that are wanted as tasks, in the plan's order; a task stands where its first step does. Of Task. */
GPtrArray *task_list_new(const Case *item, bool (*wanted)(const PlanStep *step));

static inline const PlanStep *task_step(const Task *task)
{
	return g_ptr_array_index(task->steps, 0);
}

/* True if a task of the list is not to be shown: a thank-you that lacks an address beside the question for that
 * address; a note of which it is not known whether it went, which is a question of its own. */
bool task_is_asked_elsewhere(const GPtrArray *tasks, const Task *task);

TaskAction task_action_of(const Case *item, const PlanStep *step);

/* "debrief", "sound-out", "prepare", "address", "ask-for-contact", "draft", "approve", "send", "log", "settle"; static.
 */
const char *task_action_word(TaskAction action);

/* "Thank Huck Finn and Ada Okoro by e-mail, each with a note of their own". Free with g_free, as all that follow. */
char *task_say(const Task *task);

/* The same of one step, without its channels: "Thank Huck Finn". */
char *task_say_step(const Case *item, const PlanStep *step);

/* "by tomorrow, 11:30", "was due today, 09:00"; of what is optional and late: "good until Tuesday 1 December". */
char *task_say_due(const App *app, const Task *task);

/* Why, in a sentence. */
char *task_explain(const Task *task);

/* Where it stands beyond that: an address that is missing, a note that waits or was refused; NULL where there is
 * nothing to say. */
char *task_say_state(const App *app, const Task *task);

/* The commands that do it next, one at least; handle is say_handle's of the opportunity. Words in capitals are for the
 * person to fill in. Of char*. */
GPtrArray *task_list_commands(const Task *task, const char *handle);

/* Says the commands of what is to be done first at an opportunity, if anything is. */
void task_say_next(App *app, const Case *item, Printer *printer);
