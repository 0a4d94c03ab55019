/* shipped.c - the playbooks that are built into the program: their tables, and their texts to begin one's own from.
 */
#include "shipped.h"
#include "shipped-playbooks.h"

#include <base/error.h>
#include <plan/playbook.h>
#include <string.h>

const char *const *playbook_shipped_names(void)
{
	static const char *const names[] = {
		"morning-after", "note-and-email", "rule-of-three", "seven-steps", "standard", "stay-in-touch", NULL};
	return names;
}

bool playbook_load_shipped(const char *name, Playbook **ret_playbook, GError **error)
{
	for (int i = 0; i < shipped_table_count; i++) {
		if (strcmp(shipped_tables[i].name, name) == 0) {
			*ret_playbook = (Playbook *)&shipped_tables[i]; /* nobody changes a playbook, nor frees one of these */
			return true;
		}
	}
	g_autofree char *names = g_strjoinv(", ", (char **)(void *)playbook_shipped_names());
	return base_error_set(error, BASE_ERROR_MISSING, NULL, "there is no playbook “%s”; there are %s", name, names);
}

const char *playbook_find_shipped_text(const char *name)
{
	size_t length = strlen(name);
	for (const EmbeddedFile *file = shipped_playbooks; file->name; file++)
		if (strncmp(file->name, name, length) == 0 && strcmp(file->name + length, ".playbook") == 0)
			return file->text;
	return NULL;
}
