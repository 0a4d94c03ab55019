/* address.c - where an address on one line breaks.
 */
#include <print/address.h>

#include <stdbool.h>
#include <string.h>

/* True if the character ends a line of an address; the marks of other scripts mean the same as ours. */
static bool is_break(gunichar c, bool explicit)
{
	if (c == '\n' || c == ';' || c == '|')
		return true;
	return !explicit && (c == ',' || c == 0xff0c || c == 0x3001 || c == 0x060c);
}

/* "5", "12a", "100-0001": a number that belongs to a street or a town. */
static bool is_number(const char *part)
{
	size_t digits = strspn(part, "0123456789-/ "), rest = strlen(part) - digits;
	return digits > 0 && digits <= 10 && (rest == 0 || (rest == 1 && g_ascii_isalpha(part[digits])));
}

/* "Suite 400", "Apt 3", "#12": a part of a house. */
static bool is_unit(const char *part)
{
	static const char *const words[] = {"Suite ", "Ste ",  "Ste. ", "Apt ", "Apt. ",
										"Unit ",  "Flat ", "Room ", "#",    NULL};
	for (const char *const *word = words; *word != NULL; word++)
		if (g_ascii_strncasecmp(part, *word, strlen(*word)) == 0 && strlen(part) < 16)
			return true;
	return false;
}

/* "AZ 85001", "AZ", "ON M5V 2T6", "NSW 2000": what stands behind a town. */
static bool is_region(const char *part)
{
	size_t letters = 0;
	while (g_ascii_isupper(part[letters]))
		letters++;
	if (letters < 2 || letters > 3 || (part[letters] != ' ' && part[letters] != '\0'))
		return false;
	const char *code = part + letters;
	return strlen(code) <= 11 && strspn(code, " -0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(code);
}

/* True if two parts of an address read as one line. */
static bool belong_together(const char *before, const char *after, bool first)
{
	return is_region(after) || is_unit(after) || is_number(after) || (first && is_number(before));
}

static GPtrArray *split_at_breaks(const char *address, bool explicit)
{
	GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
	const char *start = address;
	for (const char *p = address;; p = g_utf8_next_char(p)) {
		if (*p != '\0' && !is_break(g_utf8_get_char(p), explicit))
			continue;
		char *part = g_strstrip(g_strndup(start, (size_t)(p - start)));
		if (part[0] == '\0')
			g_free(part);
		else
			g_ptr_array_add(parts, part);
		if (*p == '\0')
			return parts;
		start = g_utf8_next_char(p);
	}
}

char **address_split(const char *address)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new();
	bool explicit = address != NULL && strpbrk(address, "\n;|") != NULL;
	g_autoptr(GPtrArray) parts = split_at_breaks(address == NULL ? "" : address, explicit);
	for (guint i = 0; i < parts->len; i++) {
		const char *part = g_ptr_array_index(parts, i);
		char *last = lines->len == 0 ? NULL : g_ptr_array_index(lines, lines->len - 1);
		bool together = last != NULL && !explicit && belong_together(last, part, i == 1);
		if (!together && lines->len < ADDRESS_LINES_MAX) {
			g_ptr_array_add(lines, g_strdup(part));
			continue;
		}
		g_ptr_array_index(lines, lines->len - 1) = g_strconcat(last, ", ", part, NULL);
		g_free(last);
	}
	g_ptr_array_add(lines, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&lines), FALSE);
}
