/* draft-shape.c - measures and tidies the text of a draft.
 *
 * A card is written by hand, so it has 40 to 70 words; LinkedIn refuses more than its limit.
 */
#include "draft-shape.h"

#include <facts/words.h>
#include <string.h>

#define CARD_WORDS_LEAST 40
#define CARD_WORDS_MOST 70

Shape shape_of(int channel, int linkedin_characters)
{
	if (channel == CHANNEL_CARD)
		return (Shape){.least_words = CARD_WORDS_LEAST, .most_words = CARD_WORDS_MOST};
	if (channel == CHANNEL_LINKEDIN)
		return (Shape){.most_characters = linkedin_characters};
	return (Shape){0};
}

static int count_units(const char *text)
{
	int units = 0;
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
		units += g_utf8_get_char(at) > 0xffff ? 2 : 1;
	return units;
}

static int count_words(const char *text)
{
	int words = 0;
	bool inside = false;
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (g_unichar_isspace(character))
			inside = false;
		else if (!inside && g_unichar_isalnum(character)) {
			inside = true;
			words++;
		}
	}
	return words;
}

int shape_miss(const Shape *shape, const char *text)
{
	int words = count_words(text), miss = 0;
	if (shape->most_characters > 0)
		miss = MAX(miss, count_units(text) - shape->most_characters);
	if (shape->most_words > 0)
		miss = MAX(miss, words - shape->most_words);
	return MAX(miss, shape->least_words - words);
}

char *shape_cut(const Shape *shape, const char *text)
{
	if (shape->most_characters <= 0 || count_units(text) <= shape->most_characters)
		return g_strdup(text);
	int units = 0;
	const char *word_end = text;
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		units += character > 0xffff ? 2 : 1;
		if (units > shape->most_characters)
			break;
		if (g_unichar_isspace(character))
			word_end = at;
	}
	char *cut = g_strndup(text, (gsize)(word_end - text));
	g_strchomp(cut);
	char *whole = g_strconcat(cut, "\n", NULL);
	g_free(cut);
	return whole;
}

/* ---- tidying ---- */

/* Whether a full stop here would be one too many. */
static bool ends_sentence(const GString *out)
{
	if (out->len == 0)
		return false;
	char last = out->str[out->len - 1];
	bool dots = out->len > 1 && last == '.' && out->str[out->len - 2] == '.';
	return (!dots && strchr(".?!", last) != NULL) || g_str_has_suffix(out->str, "\xe2\x80\xa6");
}

static void tidy_line(const char *line, gsize length, GString *out)
{
	for (gsize i = 0; i < length; i++) {
		char next = i + 1 < length ? line[i + 1] : '\0';
		bool blank_before = out->len == 0 || out->str[out->len - 1] == ' ';
		bool stop_before = line[i] == '.' && next != '.' && ends_sentence(out);
		if ((line[i] == ' ' && blank_before) || stop_before)
			continue;
		if (line[i] != '\r')
			g_string_append_c(out, line[i]);
	}
	while (out->len > 0 && (out->str[out->len - 1] == ' ' || out->str[out->len - 1] == '\t'))
		g_string_truncate(out, out->len - 1);
}

char *tidy(const char *text)
{
	GString *out = g_string_new(NULL);
	int blank = 0;
	for (const char *at = text; *at != '\0';) {
		gsize length = strcspn(at, "\n");
		GString *line = g_string_new(NULL);
		tidy_line(at, length, line);
		at += length + (at[length] == '\n' ? 1 : 0);
		if (line->len == 0)
			blank++;
		else {
			if (blank > 0 && out->len > 0)
				g_string_append_c(out, '\n');
			g_string_append_printf(out, "%s\n", line->str);
			blank = 0;
		}
		g_string_free(line, TRUE);
	}
	return g_string_free(out, FALSE);
}
