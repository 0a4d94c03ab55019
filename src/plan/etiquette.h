/* etiquette.h - what holds for every step in every playbook (E1, E5, E6, E7, E9, E13), and the state that follows.
 *
 * Private to the room.
 */
#pragma once

#include "planner.h"

/* Given a step with its times: what it has to hold, its channels, whether it is skipped, held back or blocked, its
 * state; and lowers the plan's next_at to the first time at which that changes. */
void etiquette_apply(const Planner *planner, PlanStep *step, const Subject *subject);
