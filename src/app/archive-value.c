/* archive-value.c - what every part of a document that is read is held against.
 */
#include "archive.h"

#include <base/text.h>
#include <string.h>

bool archive_is_fit(const char *text, size_t limit, TextKind kind)
{
	return text == NULL || text_find_fault(text, strlen(text), limit, kind) == NULL;
}

bool archive_check_keys(const JsonValue *object, const char *where, const char *const *known, GError **error)
{
	JsonMember member = {0};
	while (json_value_next_member(object, &member)) {
		if (g_strv_contains(known, member.key))
			continue;
		g_autofree char *shown = text_to_show(member.key, 40);
		g_autofree char *place = g_strdup_printf("%s%s%s", where, where[0] == '\0' ? "" : ".", shown);
		return base_error_set(error, BASE_ERROR_INVALID, place, "%s is a key that an export does not have.", place);
	}
	return true;
}
