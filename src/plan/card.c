/* card.c - when a card comes to the one it is for, and what they said about when.
 *
 * E13's arithmetic for whoever is not the planner: the engine leaves out what comes too late, this says by how much.
 */
#include <plan/plan.h>

#include "history.h"

enum { DAYS_IN_THE_POST = 3 };

static const Round *round_of(const Plan *plan, int interview)
{
	return history_round(plan->history, history_interview(plan->history, interview)->round);
}

PlanCard plan_card(const Plan *plan, int interview)
{
	const Calendar *calendar = &plan->history->calendar;
	bool over = plan->now >= facts_interview(plan->facts, interview)->end;
	PlanCard card = {
		.mailed = over ? plan->history->today : history_interview(plan->history, interview)->end_day,
		.decision = round_of(plan, interview)->dates.decision,
		.last = DAY_NONE,
	};
	card.arrives = calendar_nth_after(calendar, card.mailed, DAYS_IN_THE_POST);
	if (card.decision != DAY_NONE)
		card.last = calendar_nth_before(calendar, card.decision + 1, DAYS_IN_THE_POST) - 1;
	return card;
}

Promise plan_promise(const Plan *plan, int interview)
{
	const Round *round = round_of(plan, interview);
	return (Promise){
		.decision_by = round->dates.counted ? DAY_NONE : round->dates.decision,
		.follow_up_after = round->dates.counted ? DAY_NONE : round->dates.follow_up,
		.process_weeks = round->length.weeks,
	};
}
