/* match-key.c - names as they are matched: what a person types for "Zoë" or "GLOBEX" is "zoe" or "glob".
 */
#include "store-private.h"

static void append_folded(GString *key, const char *text)
{
	g_autofree char *plain = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
	g_autofree char *folded = plain != NULL ? g_utf8_casefold(plain, -1) : NULL;
	for (const char *at = folded; at != NULL && *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (!g_unichar_ismark(character))
			g_string_append_unichar(key, character);
	}
}

char *match_key_new(const char *first, const char *second)
{
	GString *key = g_string_new(NULL);
	append_folded(key, first);
	if (second != NULL) {
		g_string_append_c(key, ' ');
		append_folded(key, second);
	}
	return g_string_free(key, FALSE);
}
