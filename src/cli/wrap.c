/* wrap.c - columns, line ends, and texts that are safe to show.
 *
 * Nearly every text is plain ASCII, which is one column a byte and needs no second look.
 */
#include "wrap.h"

#include <base/text.h>
#include <string.h>

/* Looks at every byte, without a way out between, so that the compiler takes many at a time. */
static bool is_plain(const char *text, size_t length)
{
	unsigned strange = 0;
	for (size_t i = 0; i < length; i++)
		strange |= (unsigned)((unsigned char)text[i] - 0x20u >= 0x5fu);
	return strange == 0;
}

/* wrap_fit of a text that is longer than the line. */
static size_t fit_plain(const char *text, size_t length, int columns, bool cut)
{
	const char *space = memrchr(text + 1, ' ', (size_t)columns);
	if (space != NULL)
		return (size_t)(space - text);
	if (cut)
		return (size_t)columns;
	const char *word_end = memchr(text + columns, ' ', length - (size_t)columns);
	return word_end == NULL ? length : (size_t)(word_end - text);
}

static int char_columns(const char *at)
{
	gunichar c = g_utf8_get_char(at);
	return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

int wrap_columns(const char *text, size_t length)
{
	int columns = 0;
	if (is_plain(text, length))
		return (int)length;
	for (const char *p = text; p < text + length; p = g_utf8_next_char(p))
		columns += char_columns(p);
	return columns;
}

size_t wrap_fit(const char *text, size_t length, int columns, bool cut)
{
	const char *end = text + length, *space = NULL, *p = text;
	if (columns > 0 && length <= (size_t)columns) /* no character is wider than its bytes are many */
		return length;
	if (columns > 0 && is_plain(text, (size_t)columns + 1))
		return fit_plain(text, length, columns, cut);
	for (int used = 0; p < end; p = g_utf8_next_char(p)) {
		if (*p == ' ' && p > text)
			space = p;
		used += (unsigned char)*p < 0x80 ? 1 : char_columns(p);
		if (used > columns)
			break;
	}
	if (p >= end)
		return length;
	if (space != NULL)
		return (size_t)(space - text);
	if (cut)
		return (size_t)(p == text ? g_utf8_next_char(p) - text : p - text);
	const char *word_end = memchr(p, ' ', (size_t)(end - p));
	return word_end == NULL ? length : (size_t)(word_end - text);
}

size_t wrap_shell_word(const char *text, size_t length)
{
	char quote = '\0';
	size_t i = 0;
	for (; i < length && (quote != '\0' || text[i] != ' '); i++) {
		if (text[i] == '\\' && quote != '\'' && i + 1 < length)
			i++;
		else if (quote != '\0')
			quote = text[i] == quote ? '\0' : quote;
		else if (text[i] == '\'' || text[i] == '"')
			quote = text[i];
	}
	return i;
}

char *wrap_find_safe(const char *text, size_t length)
{
	if (is_plain(text, length) || text_find_fault(text, length, length, TEXT_NAME) == NULL)
		return NULL;
	GString *spaced = g_string_new_len(text, (gssize)length);
	g_string_replace(spaced, "\t", "    ", 0);
	char *shown = text_to_show(spaced->str, spaced->len * 8 + 8);
	g_string_free(spaced, TRUE);
	return shown;
}
