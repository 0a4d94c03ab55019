/* playbook-rules.h - whether rules that were read make sense each and together.
 *
 * Private to the room.
 */
#pragma once

#include "playbook-model.h"

/* Notes every rule that is incomplete, contradicts itself or can never play. */
void playbook_check_rules(const Playbook *playbook, GPtrArray *faults);
