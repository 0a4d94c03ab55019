/* playbook-model.h - a playbook as the engine sees it: rows of compiled lines.
 *
 * Private to the room.  Whatever differs between two playbooks is in here; the engine asks no playbook for its name.
 */
#pragma once

#include "condition.h"
#include "moment.h"
#include "sentence.h"

#include <plan/playbook.h>

#define RULES_MAX 64 /* so that a set of rules fits 64 bits */
#define ASKS_MAX 8   /* in one list */

typedef struct Channels {
	int count;
	Channel list[CHANNEL_COUNT];
} Channels;

/* One line of several from which the first counts whose condition holds. Which member is used follows from the key. */
typedef struct Choice {
	Condition when;
	union {
		Moment moment;
		Channels channels;
		bool flag;
		int number; /* a rule's index; days; a SkipReason */
		Sentence *sentence;
	};
} Choice;

typedef struct Choices {
	Choice *items;
	int count;
} Choices;

struct PlaybookRule {
	char *group; /* "D2 card" */
	char *id;    /* "D2" */
	char *source;
	char *summary;
	int index;        /* in the order of the playbook */
	int step;         /* StepKind that it makes, or WORD_NONE */
	unsigned changes; /* bits of StepKind that others make and it changes */
	Condition when;
	Choices opens, due, closes, not_before; /* moments */
	Choices channels;
	Choices optional; /* flags */
	Choices skip;     /* numbers: SkipReason */
	Choices reason;   /* sentences */
	unsigned must;    /* bits of Must */
	bool after_rejection;
	unsigned questions; /* of PlaybookQuestion */
	bool spelling_error;
};

typedef struct AskList {
	int count;
	Choices asks[ASKS_MAX]; /* numbers: indexes of rules */
} AskList;

typedef enum { WAIT_NEVER, WAIT_DAYS, WAIT_BUSINESS_DAYS, WAIT_INTERVAL } WaitKind;

struct Playbook {
	char *name;
	char *title;
	char *summary;
	bool built_in; /* a table of the program's own, which nobody frees */
	int rule_count;
	PlaybookRule *rules;
	uint64_t makers[STEP_COUNT];   /* rules that make a step of the kind: bit (1 << index) */
	uint64_t changers[STEP_COUNT]; /* rules that change one */
	AskList asks;                  /* from the start of a round */
	AskList postponed;             /* after a postponement */
	int ask_limit;                 /* the most asks without an answer, or 0 */
	Choices interval;              /* numbers: days */
	WaitKind wait_kind;
	int wait;
	bool spelling_error;
};

/* The first item whose condition holds, or NULL. */
static inline const Choice *choices_find(const Choices *choices, Context context)
{
	for (int i = 0; i < choices->count; i++)
		if (condition_holds(&choices->items[i].when, context))
			return &choices->items[i];
	return NULL;
}

/* Reads a playbook and notes every mistake: faults is an array of PlaybookFault*. What is returned is fit for use only
 * where no fault was noted. Free with playbook_free. */
Playbook *playbook_read(const char *text, size_t length, const char *name, GPtrArray *faults);
