/* compare.h - two plans of the same facts at the same moment, step by step: what only one has, and what each has at
 * another time, in another way or order.
 *
 * For the files of this room only.
 */
#pragma once

#include <plan/plan.h>

/* In what two steps differ, as bits. */
typedef enum {
	DIFFERS_THERE = 1, /* only one of the plans has it */
	DIFFERS_OPENS = 2,
	DIFFERS_DUE = 4,
	DIFFERS_CLOSES = 8,
	DIFFERS_CHANNELS = 16, /* others, or preferred in another order */
	DIFFERS_OPTIONAL = 32,
	DIFFERS_ORDER = 64, /* of the steps that both have it comes sooner in one than in the other */
} Differs;

enum { DIFFERS_COUNT = 7 };

/* "there", "opens", "due", "closes", "channels", "optional", "order"; static. */
const char *differs_word(unsigned bit);

typedef struct StepDifference {
	const PlanStep *one, *other; /* borrowed; NULL where that plan has none, or skips it */
	unsigned what;               /* of Differs */
	int one_place, other_place;  /* among the steps that both have, from 1 on; 0 where only one has it */
} StepDifference;

/* The steps that differ, as the first plan has them, then those that only the second has. Steps are the same where they
 * are of one kind, interview, person and attempt. Of StepDifference; the caller owns it, the plans outlive it. */
GArray *plans_compare(const Plan *one, const Plan *other);

/* The last moment at which a playbook still had its say: now; where it is over, right before that. */
int64_t facts_last_say(const Facts *facts, int64_t now);
