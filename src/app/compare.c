/* compare.c - see compare.h.
 */
#include "compare.h"

#include "ending.h"

#include <string.h>

const char *differs_word(unsigned bit)
{
	static const char *const words[DIFFERS_COUNT] = {"there",    "opens",    "due",  "closes",
													 "channels", "optional", "order"};
	for (int i = 0; i < DIFFERS_COUNT; i++)
		if (bit == 1U << i)
			return words[i];
	return NULL;
}

static bool is_same_step(const PlanStep *one, const PlanStep *other)
{
	return one->kind == other->kind && one->interview == other->interview && one->to == other->to &&
		   one->about == other->about && one->attempt == other->attempt;
}

/* A step that was never to be done says nothing about its playbook. */
static bool is_said(const PlanStep *step)
{
	return step->state != STATE_SKIPPED;
}

static const PlanStep *find_same(const Plan *plan, const PlanStep *step)
{
	for (guint i = 0; i < plan->steps->len; i++)
		if (is_same_step(plan_step(plan, i), step) && is_said(plan_step(plan, i)))
			return plan_step(plan, i);
	return NULL;
}

static bool has_other_channels(const PlanStep *one, const PlanStep *other)
{
	return one->channel_count != other->channel_count ||
		   memcmp(one->channels, other->channels, (size_t)one->channel_count * sizeof one->channels[0]) != 0;
}

static unsigned difference_of(const PlanStep *one, const PlanStep *other)
{
	return (one->opens != other->opens ? DIFFERS_OPENS : 0) | (one->due != other->due ? DIFFERS_DUE : 0) |
		   (one->closes != other->closes ? DIFFERS_CLOSES : 0) |
		   (has_other_channels(one, other) ? DIFFERS_CHANNELS : 0) |
		   (one->optional != other->optional ? DIFFERS_OPTIONAL : 0);
}

/* Where a step stands among those that both plans have. */
static int place_of(const Plan *plan, const Plan *other, const PlanStep *step)
{
	int place = 1;
	for (guint i = 0; i < plan->steps->len && plan_step(plan, i) != step; i++)
		place += is_said(plan_step(plan, i)) && find_same(other, plan_step(plan, i)) != NULL;
	return place;
}

static StepDifference compare_steps(const Plan *one, const Plan *other, const PlanStep *step, const PlanStep *same)
{
	if (same == NULL)
		return (StepDifference){.one = step, .what = DIFFERS_THERE};
	StepDifference difference = {
		.one = step,
		.other = same,
		.what = difference_of(step, same),
		.one_place = place_of(one, other, step),
		.other_place = place_of(other, one, same)};
	if (difference.one_place != difference.other_place)
		difference.what |= DIFFERS_ORDER;
	return difference;
}

GArray *plans_compare(const Plan *one, const Plan *other)
{
	GArray *differences = g_array_new(FALSE, FALSE, sizeof(StepDifference));
	for (guint i = 0; i < one->steps->len; i++) {
		const PlanStep *step = plan_step(one, i);
		if (!is_said(step))
			continue;
		const StepDifference difference = compare_steps(one, other, step, find_same(other, step));
		if (difference.what != 0)
			g_array_append_val(differences, difference);
	}
	for (guint i = 0; i < other->steps->len; i++) {
		const StepDifference difference = {.other = plan_step(other, i), .what = DIFFERS_THERE};
		if (is_said(difference.other) && find_same(one, difference.other) == NULL)
			g_array_append_val(differences, difference);
	}
	return differences;
}

int64_t facts_last_say(const Facts *facts, int64_t now)
{
	const Event *ending = facts_find_ending(facts, now);
	return ending == NULL ? now : ending->at - 1;
}
