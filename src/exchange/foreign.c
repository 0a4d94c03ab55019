/* foreign.c - from bytes of unknown spelling to clean text.
 */
#include "foreign.h"

#include <stdint.h>
#include <string.h>

/* What ISO-8859-1 leaves to control characters and Windows fills with letters and marks, from 0x80. */
static const gunichar WINDOWS_1252[32] = {
	0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static char *from_windows(const char *bytes, size_t length)
{
	GString *text = g_string_sized_new(length + length / 4);
	for (size_t i = 0; i < length; i++) {
		guchar byte = (guchar)bytes[i];
		if (byte >= 0x80)
			g_string_append_unichar(text, byte < 0xa0 ? WINDOWS_1252[byte - 0x80] : byte);
		else if (byte != '\0')
			g_string_append_c(text, (char)byte);
	}
	return g_string_free(text, FALSE);
}

/* Whether bytes that are not UTF-8 throughout are still UTF-8 with a fault in it: more of its letters are whole than
 * broken. */
static bool is_damaged_utf8(const char *bytes, size_t length)
{
	size_t whole = 0, broken = 0;
	for (size_t i = 0; i < length;) {
		gunichar c = (guchar)bytes[i] < 0x80 ? 0 : g_utf8_get_char_validated(bytes + i, (gssize)(length - i));
		bool is_whole = c != 0 && c < (gunichar)-2;
		whole += is_whole;
		broken += c >= (gunichar)-2;
		i += is_whole ? (size_t)g_unichar_to_utf8(c, NULL) : 1;
	}
	return whole > broken;
}

/* A name such as "utf-8" says nothing that the bytes have not said; shifting codes look like ASCII and must be named.
 */
static bool is_shifting(const char *charset)
{
	return charset != NULL && g_ascii_strncasecmp(charset, "iso-2022", 8) == 0;
}

static char *from_declared(const char *bytes, size_t length, const char *charset)
{
	if (charset == NULL || *charset == '\0' || strlen(charset) > 40)
		return NULL;
	gsize written = 0;
	char *text = g_convert(bytes, (gssize)length, "UTF-8", charset, NULL, &written, NULL);
	if (text != NULL && (strlen(text) != written || !g_utf8_validate(text, -1, NULL)))
		g_clear_pointer(&text, g_free);
	return text;
}

char *foreign_to_utf8(const char *bytes, size_t length, const char *charset)
{
	if (!is_shifting(charset) && g_utf8_validate(bytes, (gssize)length, NULL))
		return g_strndup(bytes, length);
	char *text = from_declared(bytes, length, charset);
	if (text != NULL)
		return text;
	return is_damaged_utf8(bytes, length) ? g_utf8_make_valid(bytes, (gssize)length) : from_windows(bytes, length);
}

/* 1 where the file is UTF-16 with the low byte first, 2 with the high byte first, else 0. */
static int find_utf16_order(const guchar *bytes, size_t length)
{
	if (length < 4)
		return 0;
	if (bytes[0] == 0xff && bytes[1] == 0xfe)
		return 1;
	if (bytes[0] == 0xfe && bytes[1] == 0xff)
		return 2;
	size_t nuls[2] = {0, 0}, looked = MIN(length, 64) & ~(size_t)1;
	for (size_t i = 0; i < looked; i++)
		nuls[i & 1] += bytes[i] == 0;
	if (nuls[0] == 0 && nuls[1] > looked / 3)
		return 1;
	return nuls[1] == 0 && nuls[0] > looked / 3 ? 2 : 0;
}

GString *foreign_from_utf16(const char *file, size_t length)
{
	const guchar *bytes = (const guchar *)file;
	int order = find_utf16_order(bytes, length);
	if (order == 0)
		return NULL;
	GString *text = g_string_sized_new(length);
	size_t low = order == 1 ? 0 : 1;
	for (size_t i = 0; i + 1 < length; i += 2) {
		gunichar c = (gunichar)bytes[i + low] | (gunichar)bytes[i + 1 - low] << 8;
		if (c >= 0xd800 && c < 0xdc00 && i + 3 < length) {
			gunichar next = (gunichar)bytes[i + 2 + low] | (gunichar)bytes[i + 3 - low] << 8;
			if (next >= 0xdc00 && next < 0xe000) {
				c = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
				i += 2;
			}
		}
		if (c != 0 && c != 0xfeff)
			g_string_append_unichar(text, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
	}
	return text;
}

/* Appends c as a text of that kind may hold it: white space as one space, line breaks as "\n", what may not stand there
 * not at all. */
static void append_fitting(GString *out, gunichar c, TextKind kind)
{
	char bytes[8];
	size_t length = (size_t)g_unichar_to_utf8(c, bytes);
	if (kind == TEXT_BLOCK) {
		if (c == '\n' || c == '\t' || (c != '\r' && text_find_fault(bytes, length, sizeof bytes, TEXT_BLOCK) == NULL))
			g_string_append_len(out, bytes, (gssize)length);
	} else if (g_unichar_isspace(c) || c == 0x85) {
		if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	} else if (text_find_fault(bytes, length, sizeof bytes, kind) == NULL) {
		g_string_append_len(out, bytes, (gssize)length);
	}
}

/* Whether nothing is to be done: printable ASCII, spaces only between words, in a block also ends of lines. */
static bool is_clean(const char *text, size_t length, TextKind kind)
{
	char before = ' ';
	for (size_t i = 0; i < length; i++) {
		bool space = text[i] == ' ' || (text[i] == '\n' && kind == TEXT_BLOCK);
		if (!space && (text[i] <= ' ' || text[i] >= 0x7f))
			return false;
		if (space && before == ' ' && (i == 0 || kind != TEXT_BLOCK))
			return false;
		before = space ? ' ' : text[i];
	}
	return length > 0 && before != ' ';
}

char *foreign_clean(const char *text, size_t limit, TextKind kind)
{
	if (text == NULL)
		return NULL;
	size_t length = strnlen(text, limit + 1);
	if (length <= limit && is_clean(text, length, kind))
		return g_strndup(text, length);
	/* Composing can make a text longer and cleaning shorter, so that the cut comes last; far more is not looked at. */
	g_autofree char *start = g_utf8_make_valid(text, (gssize)strnlen(text, limit * 4));
	g_autofree char *composed = g_utf8_normalize(start, -1, G_NORMALIZE_NFC);
	g_autoptr(GString) out = g_string_new(NULL);
	for (const char *at = composed; at != NULL && *at != '\0' && out->len < limit + 8; at = g_utf8_next_char(at))
		append_fitting(out, g_utf8_get_char(at), kind);
	if (out->len > limit) {
		size_t cut = limit;
		while (cut > 0 && ((guchar)out->str[cut] & 0xc0) == 0x80)
			cut--;
		g_string_truncate(out, cut);
	}
	g_strstrip(out->str);
	return text_is_blank(out->str) ? NULL : g_strdup(out->str);
}

/* The length of an HTML tag at text ("<b>", "</p>", "<a href=…>"), or 0. */
static size_t tag_length(const char *text)
{
	if (*text != '<' || !(g_ascii_isalpha(text[1]) || text[1] == '/' || text[1] == '!'))
		return 0;
	const char *end = strpbrk(text + 1, "<>");
	return end == NULL || *end == '<' ? 0 : (size_t)(end - text) + 1;
}

static bool breaks_line(const char *tag)
{
	static const char *const names[] = {"<br", "</p", "</div", "</li", "</tr", "</h"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strncasecmp(tag, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static size_t append_entity(GString *out, const char *text)
{
	static const char *const entities[][2] = {{"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
											  {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}};
	for (size_t i = 0; i < G_N_ELEMENTS(entities); i++)
		if (g_str_has_prefix(text, entities[i][0])) {
			g_string_append(out, entities[i][1]);
			return strlen(entities[i][0]);
		}
	g_string_append_c(out, *text);
	return 1;
}

char *foreign_strip_tags(const char *text)
{
	if (strstr(text, "</") == NULL && strstr(text, "<br") == NULL && strstr(text, "<BR") == NULL)
		return g_strdup(text);
	GString *out = g_string_new(NULL);
	while (*text != '\0') {
		size_t tag = tag_length(text);
		if (tag > 0 && breaks_line(text))
			g_string_append_c(out, '\n');
		text += tag > 0 ? tag : append_entity(out, text);
	}
	return g_string_free(out, FALSE);
}
