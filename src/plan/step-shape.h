/* step-shape.h - what holds for every step of a kind, whatever the playbook: whose it is, and when it closes.
 *
 * Private to the room.
 */
#pragma once

#include "moment.h"

#include <facts/words.h>

/* What there is one step of the kind for. */
typedef enum {
	FOR_EACH_INTERVIEW,
	FOR_EACH_PERSON, /* of a round */
	FOR_THE_ROUND,   /* to its primary contact */
	FOR_AN_ASK,      /* likewise, one after the other */
	FOR_THE_ANSWER,  /* to whoever sent the rejection */
} StepTarget;

typedef struct StepShape {
	StepTarget target;
	bool has_channels;
	bool closes;
	Anchor closes_from;
	int closes_days; /* of 24 hours */
} StepShape;

static const StepShape step_shapes[STEP_COUNT] = {
	[STEP_PREPARE_CLOSE] = {FOR_EACH_INTERVIEW, false, true, ANCHOR_START, 0},
	[STEP_DEBRIEF] = {FOR_EACH_INTERVIEW, false, true, ANCHOR_END, 3},
	[STEP_SOUND_OUT] = {FOR_EACH_INTERVIEW, false, true, ANCHOR_END, 7},
	[STEP_THANK_YOU] = {FOR_EACH_PERSON, true, true, ANCHOR_END, 14},
	[STEP_CARD] = {FOR_EACH_PERSON, true, true, ANCHOR_END, 14},
	[STEP_CONNECT] = {FOR_EACH_PERSON, true, true, ANCHOR_END, 30},
	[STEP_GET_CONTACT] = {FOR_EACH_PERSON, false, true, ANCHOR_END, 14},
	[STEP_ADDITIONAL_INFO] = {FOR_THE_ROUND, true, true, ANCHOR_ROUND_END, 14},
	[STEP_SECOND_NOTE] = {FOR_AN_ASK, true, true, ANCHOR_OPENING, 14},
	[STEP_CHECK_IN] = {FOR_AN_ASK, true, true, ANCHOR_OPENING, 14},
	[STEP_FINAL_CHECK] = {FOR_AN_ASK, true, true, ANCHOR_OPENING, 14},
	[STEP_THANK_FOR_ANSWER] = {FOR_THE_ANSWER, true, false, ANCHOR_OPENING, 0},
	[STEP_KEEP_IN_TOUCH] = {FOR_THE_ANSWER, true, false, ANCHOR_OPENING, 0},
};

/* Whether an anchor can happen to a step for that target. */
static inline bool anchor_fits(Anchor anchor, StepTarget target)
{
	switch (anchor) {
	case ANCHOR_OPENING:
		return true;
	case ANCHOR_ANSWER:
		return target == FOR_THE_ANSWER;
	case ANCHOR_START:
	case ANCHOR_END:
	case ANCHOR_DEBRIEF:
		return target == FOR_EACH_INTERVIEW || target == FOR_EACH_PERSON;
	case ANCHOR_THANK_YOU:
		return target == FOR_EACH_PERSON;
	default:
		return target != FOR_THE_ANSWER;
	}
}

/* Steps that want news. */
#define ASK_STEPS ((1u << STEP_SECOND_NOTE) | (1u << STEP_CHECK_IN) | (1u << STEP_FINAL_CHECK))
static inline bool step_is_ask(int kind)
{
	return kind >= 0 && (ASK_STEPS >> kind & 1u);
}
