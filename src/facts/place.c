/* place.c - the text of a place, and the one way of this room to refuse something.
 *
 * A sentence begins with the place, so that a reader finds it, and the error carries it too, so that a program does.
 */
#include "place.h"

#include <base/error.h>

static void append_place(const Place *place, GString *text)
{
	if (place->up != NULL)
		append_place(place->up, text);
	if (place->key == NULL)
		g_string_append_printf(text, "[%d]", place->index);
	else
		g_string_append_printf(text, "%s%s", place->up != NULL ? "." : "", place->key);
}

char *place_text(const Place *place)
{
	GString *text = g_string_new(NULL);
	append_place(place, text);
	return g_string_free(text, FALSE);
}

bool place_refuse(const Place *place, GError **error, const char *format, ...)
{
	g_autofree char *where = place_text(place);
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *rest = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return base_error_set(error, BASE_ERROR_INVALID, where, "%s %s", where, rest);
}
