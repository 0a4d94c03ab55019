/* planner.h - what the parts of the engine hand each other while a plan is made.
 *
 * Private to the room.
 */
#pragma once

#include "history.h"
#include "playbook-model.h"
#include "step-shape.h"

#include <plan/plan.h>

typedef struct Planner {
	Plan *plan;
	const History *history;
	const Playbook *playbook;
	const Calendar *calendar;
	/* Of the round that is planned: */
	const Round *round;
	int index;
	Context context;
	Anchors anchors;
	int interval;       /* days */
	Day card_late_from; /* a card mailed from that day on comes after the decision; or DAY_NONE */
} Planner;

/* Whom or what a step is for, and what is known about it. */
typedef struct Subject {
	StepKind kind;
	int interview;
	int person;      /* or NOBODY */
	int64_t over;    /* when the interview ends */
	Day day;         /* and on which day */
	int64_t done_at; /* or TIME_NONE */
	Context context;
	Anchors anchors;
} Subject;

/* The bits that say of which kind an interview is. */
#define IF_KINDS (IF_BIT(IF_PHONE_SCREEN) | IF_BIT(IF_VIDEO) | IF_BIT(IF_IN_PERSON) | IF_BIT(IF_PANEL))
