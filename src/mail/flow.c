/* flow.c - breaks and stuffs lines as RFC 3676 has it.
 *
 * Works on a validated text; each byte of it appears in the output once, in order, or is a space at a line's end.
 */
#include "flow.h"

#include <stdbool.h>
#include <string.h>

static int width_of(gunichar c)
{
	return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

/* The bytes of the first piece: all that fits, else up to and with the last space that fits, else up to the first
 * space. */
static size_t measure_piece(const char *line, size_t length, int columns)
{
	size_t piece = 0;
	int width = 0;
	for (size_t i = 0; i < length; i += (size_t)(g_utf8_next_char(line + i) - (line + i))) {
		width += width_of(g_utf8_get_char(line + i));
		if (width > columns && piece > 0)
			return piece;
		/* Not there: what is left of it would be the mark of a signature. */
		if (line[i] == ' ' && !(i == 2 && memcmp(line, "--", 2) == 0))
			piece = i + 1;
	}
	return width > columns && piece > 0 ? piece : length;
}

static bool wants_stuffing(const char *line, size_t length)
{
	return length > 0 && (line[0] == ' ' || line[0] == '>' || (length >= 5 && memcmp(line, "From ", 5) == 0));
}

static void append_line(GString *out, const char *line, size_t length)
{
	bool is_mark = length == 3 && memcmp(line, "-- ", 3) == 0;
	while (!is_mark && length > 0 && line[length - 1] == ' ')
		length--;
	do {
		bool stuffed = wants_stuffing(line, length);
		size_t piece = measure_piece(line, length, FLOW_COLUMNS - (stuffed ? 1 : 0));
		if (stuffed)
			g_string_append_c(out, ' ');
		g_string_append_len(out, line, (gssize)piece);
		g_string_append_c(out, '\n');
		line += piece;
		length -= piece;
	} while (length > 0);
}

GString *flow_wrap(const char *text)
{
	GString *out = g_string_sized_new(strlen(text) * 33 / 32 + 64);
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		append_line(out, text, length > 0 && text[length - 1] == '\r' ? length - 1 : length);
		text += length + (text[length] == '\n');
	}
	return out;
}
