/* content-write.c - content lines, folded and escaped.
 */
#include "content-write.h"

#include <base/text.h>
#include <string.h>

enum { FOLD_OCTETS = 75 };

void content_append_line(GString *out, const GString *line)
{
	size_t at = 0, room = FOLD_OCTETS;
	while (line->len - at > room) {
		size_t length = room;
		while (((guchar)line->str[at + length] & 0xc0) == 0x80)
			length--;
		g_string_append_len(out, line->str + at, (gssize)length);
		g_string_append(out, "\r\n ");
		at += length;
		room = FOLD_OCTETS - 1;
	}
	g_string_append(out, line->str + at);
	g_string_append(out, "\r\n");
}

void content_append_escaped(GString *line, const char *value)
{
	for (; value != NULL && *value != '\0'; value++) {
		if (*value == '\n')
			g_string_append(line, "\\n");
		else if (strchr("\\,;", *value) != NULL)
			g_string_append_printf(line, "\\%c", *value);
		else if ((guchar)*value >= ' ' || *value == '\t')
			g_string_append_c(line, *value);
	}
}

void content_append_property(GString *out, const char *name, const char *value)
{
	if (text_is_blank(value))
		return;
	g_autoptr(GString) line = g_string_new(name);
	g_string_append_c(line, ':');
	content_append_escaped(line, value);
	content_append_line(out, line);
}

void content_append_uri(GString *out, const char *name, const char *value)
{
	if (text_is_blank(value))
		return;
	g_autoptr(GString) line = g_string_new(name);
	g_string_append_c(line, ':');
	for (; *value != '\0'; value++)
		if ((guchar)*value > ' ')
			g_string_append_c(line, *value);
	content_append_line(out, line);
}
