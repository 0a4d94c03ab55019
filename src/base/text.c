/* text.c - what may stand in a foreign text.
 *
 * Plain ASCII, which nearly every text is, passes eight bytes at a time; the rest is looked at character by character.
 * It judges and shows text, and never changes it.
 */
#include <base/text.h>
#include <stdint.h>
#include <string.h>

typedef struct Range {
	gunichar first, last;
} Range;

/* Symbols that are pictures (Unicode's emoji that are no letter, digit or punctuation), the marks that turn a character
 * into one, and tags. Signs of trade (©, ®, ™) are none. */
static const Range PICTURES[] = {
	{0x20E3, 0x20E3}, {0x2194, 0x2199},   {0x21A9, 0x21AA},   {0x231A, 0x231B},   {0x2328, 0x2328}, {0x23CF, 0x23CF},
	{0x23E9, 0x23FA}, {0x25AA, 0x25AB},   {0x25B6, 0x25B6},   {0x25C0, 0x25C0},   {0x25FB, 0x25FE}, {0x2600, 0x2767},
	{0x2794, 0x27BF}, {0x2934, 0x2935},   {0x2B05, 0x2B07},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50}, {0x2B55, 0x2B55},
	{0xFE0F, 0xFE0F}, {0x1F000, 0x1F0FF}, {0x1F10D, 0x1FAFF}, {0xE0000, 0xE007F},
};

/* Marks, overrides and isolates of writing direction. */
static const Range DIRECTIONS[] = {{0x061C, 0x061C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};

static bool in_ranges(gunichar c, const Range *ranges, size_t count)
{
	for (size_t i = 0; i < count && c >= ranges[i].first; i++)
		if (c <= ranges[i].last)
			return true;
	return false;
}

static bool is_direction(gunichar c)
{
	return in_ranges(c, DIRECTIONS, G_N_ELEMENTS(DIRECTIONS));
}

static bool is_control(gunichar c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

static bool is_line_break(gunichar c)
{
	return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_nothing(gunichar c)
{
	return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

/* True if the eight bytes are all 0x20 to 0x7E. */
static bool eight_are_plain(const char *at)
{
	uint64_t bytes;
	memcpy(&bytes, at, sizeof bytes);
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = UINT64_C(0x8080808080808080);
	uint64_t low = bytes - ones * 0x20; /* a top bit where a byte is under 0x20, or is not ASCII */
	uint64_t high = bytes + ones;       /* a top bit where a byte is over 0x7E, or is not ASCII */
	return ((bytes | low | high) & tops) == 0;
}

static size_t plain_length(const char *text, size_t length)
{
	size_t i = 0;
	while (i + 8 <= length && eight_are_plain(text + i))
		i += 8;
	while (i < length && text[i] >= 0x20 && text[i] < 0x7F)
		i++;
	return i;
}

static const char *find_fault_of(gunichar c, TextKind kind)
{
	if (kind == TEXT_BLOCK && (is_line_break(c) || c == '\t'))
		return NULL;
	if (is_line_break(c))
		return "holds a line break; one line is expected";
	if (is_control(c))
		return "holds a control character; plain text is expected";
	if (is_nothing(c))
		return "holds a code point that is no character; plain text is expected";
	if (kind != TEXT_NAME)
		return NULL;
	if (is_direction(c))
		return "holds an invisible mark of writing direction; a name without it is expected";
	if (in_ranges(c, PICTURES, G_N_ELEMENTS(PICTURES)))
		return "holds an emoji; a name without it is expected";
	return NULL;
}

const char *text_find_fault(const char *text, size_t length, size_t limit, TextKind kind)
{
	if (length > limit)
		return "is too long; a shorter one is expected";
	size_t plain = plain_length(text, length);
	if (plain == length)
		return NULL;
	if (memchr(text + plain, '\0', length - plain) != NULL)
		return "holds a control character; plain text is expected";
	if (!g_utf8_validate(text + plain, (gssize)(length - plain), NULL))
		return "is not valid UTF-8; UTF-8 is expected";
	const char *end = text + length;
	for (const char *at = text + plain; at < end; at = g_utf8_next_char(at)) {
		at += plain_length(at, (size_t)(end - at));
		if (at == end)
			break;
		const char *fault = find_fault_of(g_utf8_get_char(at), kind);
		if (fault != NULL)
			return fault;
	}
	return NULL;
}

bool text_is_blank(const char *text)
{
	if (text == NULL)
		return true;
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		if ((unsigned char)*text > ' ' && (unsigned char)*text < 0x7F)
			return false;
		gunichar c = g_utf8_get_char_validated(text, -1);
		if (c >= (gunichar)-2 || !g_unichar_isspace(c))
			return false;
	}
	return true;
}

/* The visible form of the character at `at`, which ends before `end`; returns its length in bytes. */
static size_t show_char(const char *at, const char *end, char piece[16])
{
	gunichar c = g_utf8_get_char_validated(at, end - at);
	if (c >= (gunichar)-2) {
		g_snprintf(piece, 16, "\\x%02x", (unsigned char)*at);
		return 1;
	}
	if (c == '\n' || c == '\r' || c == '\t')
		g_snprintf(piece, 16, "\\%c", c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
	else if (is_control(c) || is_line_break(c) || is_direction(c) || is_nothing(c))
		g_snprintf(piece, 16, "\\u%04x", c);
	else
		piece[g_unichar_to_utf8(c, piece)] = '\0';
	return (size_t)g_unichar_to_utf8(c, NULL);
}

char *text_to_show(const char *text, size_t limit)
{
	static const char cut[] = "…";
	const size_t cut_length = sizeof cut - 1;
	GString *shown = g_string_new(NULL);
	size_t fits = 0; /* the length up to which the sign of a cut would still fit */
	const char *end = text + strlen(text);
	while (text < end) {
		char piece[16];
		text += show_char(text, end, piece);
		g_string_append(shown, piece);
		if (shown->len > limit) {
			g_string_truncate(shown, fits);
			if (fits + cut_length <= limit)
				g_string_append_len(shown, cut, (gssize)cut_length);
			break;
		}
		if (shown->len + cut_length <= limit)
			fits = shown->len;
	}
	return g_string_free(shown, FALSE);
}

void text_append_path_part(GString *out, const char *text)
{
	if (strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
		g_string_append_c(out, '=');
	g_string_append_uri_escaped(out, text, NULL, FALSE);
}

char *text_read_path_part(const char *part, size_t length)
{
	size_t mark = length > 0 && part[0] == '=' ? 1 : 0;
	g_autofree char *text = g_uri_unescape_segment(part + mark, part + length, NULL);
	return text == NULL || !g_utf8_validate(text, -1, NULL) ? NULL : g_steal_pointer(&text);
}

void text_append_number(GString *text, int64_t number, int digits)
{
	char reversed[24], *at = reversed + sizeof reversed;
	uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0 || reversed + sizeof reversed - at < MIN(digits, 20));
	if (number < 0)
		*--at = '-';
	g_string_append_len(text, at, reversed + sizeof reversed - at);
}

void text_append_clock(GString *text, int second)
{
	text_append_number(text, second / 3600, 2);
	g_string_append_c(text, ':');
	text_append_number(text, second / 60 % 60, 2);
}
