/* plan.c - facts, a playbook and a moment in; steps, a verdict and the next moment out.
 *
 * The memory of a Plan is reused; nothing is allocated once it has held facts of that size.
 */
#include "history.h"
#include "playbook-model.h"
#include "steps.h"

#include <plan/plan.h>

Plan *plan_new(void)
{
	Plan *plan = g_new0(Plan, 1);
	plan->steps = g_array_sized_new(FALSE, FALSE, sizeof(PlanStep), 16);
	plan->sorted = g_array_sized_new(FALSE, FALSE, sizeof(PlanStep), 16);
	plan->scratch = g_array_new(FALSE, FALSE, sizeof(int64_t) * 2);
	plan->history = history_new();
	plan->next_at = plan->move_on_at = TIME_NONE;
	return plan;
}

void plan_free(Plan *plan)
{
	if (!plan)
		return;
	g_array_unref(plan->steps);
	g_array_unref(plan->sorted);
	g_array_unref(plan->scratch);
	history_free(plan->history);
	g_free(plan);
}

/* ---- order ---- */

/* A step's place: when it opens (one that was done: when it was done), then as the playbook lists it, then as it was
 * made. */
typedef struct Place {
	int64_t at;
	uint32_t rule;
	uint32_t index;
} Place;

static Place place_of(const PlanStep *step, guint index)
{
	int64_t at = step->opens != TIME_NONE ? step->opens : step->done_at;
	return (Place){at != TIME_NONE ? at : INT64_MAX, step->rule ? (uint32_t)step->rule->index : UINT32_MAX, index};
}

static bool place_is_before(const Place *a, const Place *b)
{
	if (a->at != b->at)
		return a->at < b->at;
	return a->rule != b->rule ? a->rule < b->rule : a->index < b->index;
}

/* Shell's sort: in place, and no two places are alike. */
static void sort_places(Place *places, guint count)
{
	static const guint gaps[] = {8861, 3938, 1750, 701, 301, 132, 57, 23, 10, 4, 1};
	for (guint g = 0; g < G_N_ELEMENTS(gaps); g++) {
		guint gap = gaps[g];
		for (guint i = gap; i < count; i++) {
			Place moved = places[i];
			guint j = i;
			for (; j >= gap && place_is_before(&moved, &places[j - gap]); j -= gap)
				places[j] = places[j - gap];
			places[j] = moved;
		}
	}
}

static void sort_steps(Plan *plan)
{
	guint count = plan->steps->len;
	g_array_set_size(plan->scratch, count);
	g_array_set_size(plan->sorted, count);
	Place *places = (Place *)(void *)plan->scratch->data;
	for (guint i = 0; i < count; i++)
		places[i] = place_of(plan_step(plan, i), i);
	sort_places(places, count);
	for (guint i = 0; i < count; i++)
		g_array_index(plan->sorted, PlanStep, i) = *plan_step(plan, places[i].index);
	GArray *made = plan->steps;
	plan->steps = plan->sorted;
	plan->sorted = made;
}

/* ---- the verdict ---- */

/* Whether a step that is not optional waits for its user. */
static bool has_something_to_do(const Plan *plan)
{
	for (guint i = 0; i < plan->steps->len; i++)
		if (!plan_step(plan, i)->optional && plan_step_is_open(plan_step(plan, i)))
			return true;
	return false;
}

static Verdict find_verdict(const Plan *plan)
{
	EndingKind ending = plan->history->ending.kind;
	if (ending == ENDING_OFFER)
		return VERDICT_OFFER;
	bool act = has_something_to_do(plan);
	if (ending == ENDING_WITHDRAWN || (ending == ENDING_REJECTED && !act))
		return VERDICT_CLOSED;
	if (act)
		return VERDICT_ACT;
	return plan->move_on_at != TIME_NONE && plan->now >= plan->move_on_at ? VERDICT_MOVE_ON : VERDICT_WAIT;
}

void plan_compute(const Facts *facts, const Playbook *playbook, int64_t now, Plan *plan)
{
	plan->facts = facts;
	plan->playbook = playbook;
	plan->now = now;
	plan->next_at = INT64_MAX;
	plan->move_on_at = TIME_NONE;
	g_array_set_size(plan->steps, 0);
	history_read(plan->history, facts, now);
	steps_plan(plan);
	if (plan->move_on_at > now)
		plan->next_at = MIN(plan->next_at, plan->move_on_at);
	if (plan->next_at == INT64_MAX)
		plan->next_at = TIME_NONE;
	sort_steps(plan);
	plan->verdict = find_verdict(plan);
}

/* ---- looking into a plan ---- */

bool plan_step_is_open(const PlanStep *step)
{
	return step->state == STATE_DUE || step->state == STATE_OVERDUE || step->state == STATE_BLOCKED;
}

bool plan_step_goes_by(const PlanStep *step, Channel channel)
{
	for (int i = 0; i < step->channel_count; i++)
		if (step->channels[i] == channel)
			return true;
	return false;
}

const PlanStep *plan_find_step(const Plan *plan, StepKind kind, int to, int interview)
{
	const PlanStep *upcoming = NULL;
	for (guint i = 0; i < plan->steps->len; i++) {
		const PlanStep *step = plan_step(plan, i);
		if (step->kind != kind || (to != NOBODY && step->to != to) ||
			(interview != NO_INTERVIEW && step->interview != interview))
			continue;
		if (plan_step_is_open(step))
			return step;
		if (step->state == STATE_UPCOMING && !upcoming)
			upcoming = step;
	}
	return upcoming;
}
