/* column.c - see column.h.
 */
#include "column.h"

#include "ending.h"

static bool is_ask(const PlanStep *step)
{
	return step->kind == STEP_SECOND_NOTE || step->kind == STEP_CHECK_IN || step->kind == STEP_FINAL_CHECK;
}

/* Something open that its user is expected to do; of the asks, or of all else that comes after an interview. */
static bool has_open(const Case *item, bool asks)
{
	for (guint i = 0; i < item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(item->plan, i);
		if (plan_step_is_open(step) && !step->optional && step->kind != STEP_PREPARE_CLOSE && is_ask(step) == asks)
			return true;
	}
	return false;
}

static bool has_interview_ahead(const Case *item)
{
	const Facts *facts = item->record->facts;
	for (guint i = 0; i < facts->interviews->len; i++)
		if (facts_interview(facts, (int)i)->end > item->plan->now)
			return true;
	return facts->interviews->len == 0;
}

Column column_of(const Case *item)
{
	const Event *ending = facts_find_ending(item->record->facts, item->plan->now);
	if (ending != NULL)
		return item->plan->verdict == VERDICT_OFFER ? COLUMN_OFFER : COLUMN_CLOSED;
	if (has_open(item, false))
		return COLUMN_THANK;
	if (has_open(item, true))
		return COLUMN_ASK;
	if (has_interview_ahead(item))
		return COLUMN_AHEAD;
	return item->plan->verdict == VERDICT_MOVE_ON ? COLUMN_ASK : COLUMN_WAITING;
}

const char *column_word(Column column)
{
	static const char *const words[COLUMN_COUNT] = {"ahead", "thank", "waiting", "ask", "offer", "closed"};
	return words[column];
}

/* 0: to be done, 1: to come, 2: may be done; -1: none of these. */
static int rank_of(const PlanStep *step)
{
	if (step_can_be_done(step))
		return step->optional ? 2 : 0;
	return step->state == STATE_UPCOMING && step->opens != TIME_NONE ? 1 : -1;
}

const PlanStep *case_find_next_step(const Case *item)
{
	const PlanStep *found = NULL;
	int64_t found_at = 0;
	int found_rank = 0;
	for (guint i = 0; i < item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(item->plan, i);
		int rank = rank_of(step);
		int64_t at = rank == 1 ? step->opens : step->due;
		if (rank < 0 || (found != NULL && (rank > found_rank || (rank == found_rank && at >= found_at))))
			continue;
		found = step;
		found_at = at;
		found_rank = rank;
	}
	return found;
}
