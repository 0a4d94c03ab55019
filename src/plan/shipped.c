/* shipped.c - the playbooks that are built into the program.
 */
#include "playbook-fault.h"
#include "playbook-model.h"
#include "shipped-playbooks.h"

#include <base/error.h>
#include <plan/playbook.h>
#include <string.h>

/* A playbook's file without its ending. */
static bool is_named(const EmbeddedFile *file, const char *name)
{
	size_t length = strlen(name);
	return strncmp(file->name, name, length) == 0 && strcmp(file->name + length, ".playbook") == 0;
}

static const EmbeddedFile *find_shipped(const char *name)
{
	for (const EmbeddedFile *file = shipped_playbooks; file->name; file++)
		if (is_named(file, name))
			return file;
	return NULL;
}

const char *const *playbook_shipped_names(void)
{
	static const char *const names[] = {
		"morning-after", "note-and-email", "rule-of-three", "seven-steps", "standard", "stay-in-touch", NULL};
	return names;
}

bool playbook_load_shipped(const char *name, Playbook **ret_playbook, GError **error)
{
	const EmbeddedFile *file = find_shipped(name);
	if (!file) {
		g_autofree char *names = g_strjoinv(", ", (char **)(void *)playbook_shipped_names());
		return base_error_set(error, BASE_ERROR_MISSING, NULL, "there is no playbook “%s”; there are %s", name, names);
	}
	g_autoptr(GPtrArray) faults = playbook_faults_new();
	g_autoptr(Playbook) playbook = playbook_read(file->text, file->length, name, true, faults);
	if (faults->len > 0)
		return base_error_set(
			error, BASE_ERROR_INTERNAL, NULL, "the shipped playbook “%s” is damaged; install the program again", name);
	*ret_playbook = g_steal_pointer(&playbook);
	return true;
}

const char *playbook_find_shipped_text(const char *name)
{
	const EmbeddedFile *file = find_shipped(name);
	return file ? file->text : NULL;
}
