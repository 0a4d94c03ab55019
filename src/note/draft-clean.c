/* draft-clean.c - puts the marks of a jotted-down text in order.
 *
 * Works from the outside in: white space and quotes, the first sentence, shorthand marks, capitals, length.  What it
 * does not know it leaves alone.
 */
#include "draft-clean.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define CHARACTERS_LEAST 20 /* what has to be left in front of a comma */
#define ELLIPSIS "\xe2\x80\xa6"

/* ---- spaces and quotes ---- */

static char *join_words_of(const char *raw)
{
	g_auto(GStrv) halves = g_strsplit(raw, "\xe2\x80\x99", -1); /* a curly apostrophe */
	g_autofree char *straight = g_strjoinv("'", halves);
	g_auto(GStrv) words = g_strsplit_set(straight, " \t\r\n", -1);
	GString *text = g_string_new(NULL);
	for (guint i = 0; words[i] != NULL; i++)
		if (words[i][0] != '\0')
			g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", words[i]);
	return g_string_free(text, FALSE);
}

static void strip_quotes(char *text)
{
	static const char *const pairs[][2] = {{"\"", "\""}, {"\xe2\x80\x9c", "\xe2\x80\x9d"}, {"\xc2\xab", "\xc2\xbb"}};
	size_t length = strlen(text);
	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
		size_t before = strlen(pairs[i][0]), after = strlen(pairs[i][1]);
		if (length <= before + after || !g_str_has_prefix(text, pairs[i][0]) || !g_str_has_suffix(text, pairs[i][1]) ||
			strstr(text + before, pairs[i][1]) != text + length - after)
			continue;
		memmove(text, text + before, length - before - after);
		text[length - before - after] = '\0';
		return;
	}
}

/* Marks at both ends that no sentence of ours needs; a list's bullet too. */
static void strip_marks(char *text)
{
	size_t skip = strspn(text, "-*.,;:!> ");
	bool dots = g_str_has_prefix(text, "...");
	if (skip > 0 && !dots && text[skip] != '\0')
		memmove(text, text + skip, strlen(text + skip) + 1);
	size_t length = strlen(text);
	while (length > 0 && strchr(".,;:! -", text[length - 1]) != NULL && !g_str_has_suffix(text, "...") &&
		   !g_str_has_suffix(text, "?!"))
		text[--length] = '\0';
	if (g_str_has_suffix(text, "?!"))
		text[length - 1] = '\0';
}

/* Leaves the first sentence, where another follows it. */
static void cut_to_sentence(char *text)
{
	for (char *stop = strpbrk(text, ".!?"); stop != NULL; stop = strpbrk(stop + 1, ".!?")) {
		const char *word = stop;
		while (word > text && word[-1] != ' ')
			word--;
		size_t length = (size_t)(stop - word);
		bool other = stop[1] == ' ' && (g_ascii_isupper(stop[2]) || (guchar)stop[2] >= 0x80);
		if (!other || (*stop == '.' && (length <= 3 || memchr(word, '.', length) != NULL)))
			continue;
		stop[*stop == '?' ? 1 : 0] = '\0';
		return;
	}
}

/* ---- shorthand ---- */

static bool begins_small(const char *word)
{
	return word != NULL && g_unichar_islower(g_utf8_get_char(word));
}

/* What a mark that stands alone is said as behind the word before it; NULL where it is left. */
static const char *say_mark(const char *mark, const char *before, const char *after)
{
	static const char *const commas[] = {"-", "--", "\xe2\x80\x93", "\xe2\x80\x94", "|"};
	if (strcmp(mark, "->") == 0 || strcmp(mark, "=>") == 0 || strcmp(mark, "\xe2\x86\x92") == 0)
		return " to";
	if (strcmp(mark, "&") == 0 || strcmp(mark, "+") == 0)
		return begins_small(before) || begins_small(after) ? " and" : NULL;
	if (strcmp(mark, "w/") == 0)
		return " with";
	for (guint i = 0; i < G_N_ELEMENTS(commas); i++)
		if (strcmp(mark, commas[i]) == 0)
			return ",";
	return NULL;
}

static char *say_marks(const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	GString *said = g_string_new(words[0]);
	for (guint i = 1; words[0] != NULL && words[i] != NULL; i++) {
		const char *mark = words[i + 1] != NULL ? say_mark(words[i], words[i - 1], words[i + 1]) : NULL;
		if (mark != NULL)
			g_string_append(said, mark);
		else
			g_string_append_printf(said, " %s", words[i]);
	}
	return g_string_free(said, FALSE);
}

/* "a; b; c" as "a, b and c", where no comma stands in them. */
static char *join_list(char *text)
{
	if (strstr(text, "; ") == NULL || strchr(text, ',') != NULL)
		return text;
	g_auto(GStrv) parts = g_strsplit(text, "; ", -1);
	guint count = g_strv_length(parts);
	GString *list = g_string_new(parts[0]);
	for (guint i = 1; i < count; i++)
		g_string_append_printf(list, "%s%s", i < count - 1 ? ", " : " and ", parts[i]);
	g_free(text);
	return g_string_free(list, FALSE);
}

/* "challenge: legacy code" is about the legacy code; "the book he recommended: Emma" about both. */
static char *drop_label(char *text)
{
	char *colon = strstr(text, ": ");
	if (colon == NULL || colon == text || colon[-1] == '?')
		return text;
	g_autofree char *label = g_strndup(text, (gsize)(colon - text));
	g_auto(GStrv) words = g_strsplit(label, " ", -1);
	static const char *const articles[] = {"the", "a", "an", "his", "her", "their", "my", "our", "how", "why", "what"};
	bool full = g_strv_length(words) > 3;
	for (guint i = 0; i < G_N_ELEMENTS(articles); i++)
		full = full || g_ascii_strcasecmp(words[0], articles[i]) == 0;
	char *whole = full ? g_strconcat(label, ", ", colon + 2, NULL) : g_strdup(colon + 2);
	g_free(text);
	return whole;
}

/* ---- capitals ---- */

/* More than abbreviations: no small letter, and a word of six capitals or more. */
static bool is_shouting(const char *text)
{
	int run = 0, longest = 0;
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (g_unichar_islower(character))
			return false;
		run = g_unichar_isupper(character) ? run + 1 : 0;
		longest = MAX(longest, run);
	}
	return longest >= 6 && strchr(text, ' ') != NULL;
}

/* "i" and "i'm" as they are written. */
static void raise_i(char *text)
{
	for (char *at = text; *at != '\0'; at++) {
		bool begins = at == text || at[-1] == ' ' || at[-1] == '(' || at[-1] == '"';
		bool ends = at[1] == '\0' || at[1] == ' ' || at[1] == '\'' || at[1] == ',';
		if (*at == 'i' && begins && ends)
			*at = 'I';
	}
}

/* ---- length ---- */

/* Shortens a very long text before a comma, else before a word that begins a further part, else behind a word. */
static char *cut_to_length(char *text, int most)
{
	static const char *const joints[] = {", ", " which ", " and ", " that ", " with ", " where ", " because "};
	if (g_utf8_strlen(text, -1) <= most)
		return text;
	char *stop = g_utf8_offset_to_pointer(text, most);
	for (guint i = 0; i < G_N_ELEMENTS(joints); i++) {
		char *joint = g_strrstr_len(text, stop - text, joints[i]);
		if (joint == NULL || joint - text < CHARACTERS_LEAST)
			continue;
		*joint = '\0';
		return text;
	}
	if (most < CLEAN_CHARACTERS)
		return cut_to_length(text, CLEAN_CHARACTERS);
	char *space = g_strrstr_len(text, stop - text, " ");
	*(space != NULL ? space : stop) = '\0';
	char *shorter = g_strconcat(text, ELLIPSIS, NULL);
	g_free(text);
	return shorter;
}

char *clean_text(const char *raw, int most)
{
	g_autofree char *joined = join_words_of(raw);
	strip_quotes(joined);
	cut_to_sentence(joined);
	char *text = say_marks(joined);
	strip_marks(text);
	strip_quotes(text);
	text = drop_label(join_list(text));
	if (is_shouting(text)) {
		char *lower = g_utf8_strdown(text, -1);
		g_free(text);
		text = lower;
	}
	raise_i(text);
	return cut_to_length(text, most);
}
