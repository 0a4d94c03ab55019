/* steps.h - the steps of a plan, each with its times, channels and state.
 *
 * Private to the room.
 */
#pragma once

#include <plan/plan.h>

/* Fills plan->steps from plan->history, the playbook and now, in the order in which they are made; lowers plan->next_at
 * (from INT64_MAX) to the first time at which one of them changes; sets plan->move_on_at. */
void steps_plan(Plan *plan);
