/* shipped.h - the shipped playbooks, read when the program was built.
 *
 * Private to the room.
 */
#pragma once

#include "playbook-model.h"

extern const Playbook shipped_tables[]; /* in alphabetical order */
extern const int shipped_table_count;
