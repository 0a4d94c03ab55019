/* playbook-fault.h - mistakes in a playbook, noted while it is read.
 *
 * Private to the room.
 */
#pragma once

#include <plan/playbook-check.h>

/* An empty array that frees its PlaybookFaults. */
GPtrArray *playbook_faults_new(void);

/* Notes a mistake in a group, or in a key of it where key is not NULL: "[D3] opens". */
void playbook_fault_add(GPtrArray *faults, const char *group, const char *key, const char *format, ...)
	G_GNUC_PRINTF(4, 5);
