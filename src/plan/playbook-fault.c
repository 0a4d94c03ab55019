/* playbook-fault.c - the list of mistakes that grows while a playbook is read.
 */
#include "playbook-fault.h"

static void fault_free(gpointer data)
{
	PlaybookFault *fault = data;
	g_free(fault->where);
	g_free(fault->message);
	g_free(fault);
}

GPtrArray *playbook_faults_new(void)
{
	return g_ptr_array_new_with_free_func(fault_free);
}

static char *make_place(const char *group, const char *key)
{
	if (!group)
		return g_strdup("the file");
	return key ? g_strdup_printf("[%s] %s", group, key) : g_strdup_printf("[%s]", group);
}

void playbook_fault_add(GPtrArray *faults, const char *group, const char *key, const char *format, ...)
{
	PlaybookFault *fault = g_new(PlaybookFault, 1);
	va_list arguments;
	va_start(arguments, format);
	fault->message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	fault->where = make_place(group, key);
	g_ptr_array_add(faults, fault);
}
