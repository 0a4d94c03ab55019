/* plan.h - what to do next, when, and why: a pure function of facts, a playbook and a moment.
 *
 * No clock, no files, no environment, no locale, no randomness.  plan_compute() allocates nothing once a Plan has been
 * used for facts of that size; texts for people are made only when asked for.  The rules are the playbook's
 * (playbook.h) and the etiquette that holds in every playbook (E1 to E13).
 */
#pragma once

#include <facts/facts.h>
#include <plan/playbook.h>

typedef enum {
	STATE_UPCOMING,
	STATE_DUE,
	STATE_OVERDUE,
	STATE_DONE,
	STATE_BLOCKED,
	STATE_SKIPPED,
	STATE_MISSED,
	STATE_COUNT
} StepState;

typedef enum {
	REASON_NONE,
	REASON_NEXT_ROUND,
	REASON_OFFER,
	REASON_REJECTED,
	REASON_WITHDRAWN,
	REASON_FAST_PACE,
	REASON_LATE,
	REASON_COUNT
} SkipReason;

typedef enum { VERDICT_ACT, VERDICT_WAIT, VERDICT_MOVE_ON, VERDICT_OFFER, VERDICT_CLOSED, VERDICT_COUNT } Verdict;

/* What a blocked step lacks, as bits. */
typedef enum { NEED_EMAIL = 1, NEED_PHONE = 2, NEED_ADDRESS = 4 } Need;

/* One step of a plan. Indexes are into the facts it was computed from. */
typedef struct PlanStep {
	StepKind kind;
	StepState state;
	bool optional;
	int interview; /* never none */
	int to;        /* index into people, or NOBODY */
	int about;     /* get-contact: whose address is missing; or NOBODY */
	int attempt;   /* 1, 2, … */
	SkipReason reason;
	int channel_count;
	Channel channels[CHANNEL_COUNT]; /* in order of preference */
	int64_t opens, due, closes;      /* or TIME_NONE */
	int64_t done_at;                 /* or TIME_NONE */
	unsigned needs;                  /* of Need */
	unsigned must;                   /* bit (1 << Must) */
	const PlaybookRule *rule;        /* the rule that made the step; NULL of an ask that the playbook does not have */
	uint64_t also;                   /* bit (1 << index): rules of the playbook that changed it */
	int64_t basis;      /* the instant the opening time was counted from, or TIME_NONE (for the reason's text) */
	int64_t planned;    /* when it would open by its rule alone, or TIME_NONE */
	unsigned etiquette; /* bit (1 << n): etiquette rule En changed this step */
	int round;          /* which date with interviews it belongs to, from 0 */
	uint32_t context;   /* what held when it was planned; the room's own */
} PlanStep;

typedef struct Plan {
	const Facts *facts;       /* borrowed */
	const Playbook *playbook; /* borrowed */
	const Zone
		*reader; /* borrowed; where its texts are read, or NULL: a time of day names its place if clocks differ */
	int64_t now;
	Verdict verdict;
	int64_t next_at;         /* or TIME_NONE */
	GArray *steps;           /* of PlanStep, by opens, then as the playbook lists them */
	int64_t move_on_at;      /* when the verdict can turn to move-on, or TIME_NONE */
	struct History *history; /* the facts as the rules see them, and memory that is reused; the room's own */
	GArray *scratch, *sorted;
} Plan;

Plan *plan_new(void);
void plan_free(Plan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Plan, plan_free)

/* Computes the plan at an instant, reusing the memory of `plan`; facts must have passed facts_check. facts and playbook
 * are borrowed for as long as the plan is read. */
void plan_compute(const Facts *facts, const Playbook *playbook, int64_t now, Plan *plan);

static inline const PlanStep *plan_step(const Plan *plan, guint index)
{
	return &g_array_index(plan->steps, PlanStep, index);
}

/* True if a person can act on the step now: due, overdue or blocked. */
bool plan_step_is_open(const PlanStep *step);

/* True if the channel is among those it can still go by. */
bool plan_step_goes_by(const PlanStep *step, Channel channel);

/* The step of that kind to that person which a note written now would be for: the open one, else the next upcoming one,
 * else NULL. to may be NOBODY (any), interview NO_INTERVIEW (any). Borrowed. */
const PlanStep *plan_find_step(const Plan *plan, StepKind kind, int to, int interview);

/* A card for an interview, if it is mailed as soon as it can be (E13). */
typedef struct PlanCard {
	Day mailed;   /* today; before the interview is over, the day it ends */
	Day arrives;  /* the third business day after that */
	Day decision; /* of the interview's round, in force; or DAY_NONE */
	Day last;     /* the last day to mail it on, if it is to arrive by the decision; or DAY_NONE */
} PlanCard;
PlanCard plan_card(const Plan *plan, int interview);

/* What the employer said last about when, in that interview's round; what was only counted from it is left out. */
Promise plan_promise(const Plan *plan, int interview);

/* Why the step is there and why then, in a sentence a person understands ("They said Thursday 19 November; the morning
 * after is Friday 20 November."), with names and dates of the facts. Free with g_free. */
char *plan_step_explain(const Plan *plan, const PlanStep *step);

/* One rule that had a say in a step. */
typedef struct PlanReason {
	const char *rule, *source; /* its id ("M3"), and the article or what else it comes from; the playbook's or static */
	char *text;                /* what it says of this step */
} PlanReason;

/* The same sentence by sentence: the rule that made the step, those that changed it, then etiquette; one at least. Of
 * PlanReason; the caller owns it. */
GPtrArray *plan_step_list_reasons(const Plan *plan, const PlanStep *step);

/* Why the verdict: one sentence ("Nothing until Friday 20 November, 09:00."). Free with g_free. */
char *plan_explain_verdict(const Plan *plan);

/* Appends the plan as one JSON object of the contract (version 1). */
void plan_format(const Plan *plan, bool indented, GString *text);

/* Spellings of the contract; static. */
const char *step_state_word(StepState state);
const char *skip_reason_word(SkipReason reason);
const char *verdict_word(Verdict verdict);
