/* explain.h - why a step is there and why then, in sentences, rule by rule.
 *
 * Private to the room; plan_step_explain and plan_explain_verdict are in plan.h.
 */
#pragma once

#include <plan/plan.h>

/* One rule that had a say in a step; both borrowed. */
typedef struct Because {
	const char *rule;   /* its id */
	const char *source; /* the article, or what a user's playbook names */
} Because;

/* Where a walk through the rules of a step is. */
typedef struct BecauseWalk {
	const Plan *plan;
	const PlanStep *step;
	uint64_t also;
	unsigned etiquette;
	bool begun;
} BecauseWalk;

BecauseWalk because_walk(const Plan *plan, const PlanStep *step);

/* The next rule that had a say: the playbook's, those that changed the step, then etiquette. Replaces sentence by what
 * it says. False at the end; there is at least one. */
bool because_next(BecauseWalk *walk, Because *ret_because, GString *sentence);
