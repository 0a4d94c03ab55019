/* playbook-check.c - the mistakes of a playbook, all of them.
 */
#include "playbook-fault.h"
#include "playbook-model.h"

GPtrArray *playbook_check(const char *text, size_t length)
{
	GPtrArray *faults = playbook_faults_new();
	playbook_free(playbook_read(text, length, "checked", faults));
	return faults;
}
