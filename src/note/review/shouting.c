/* shouting.c - shouting: words in capitals and heaps of exclamation marks; informal: faces and emoji.
 *
 * Capitals shout only where the word has small letters of its own: an acronym does not, nor does a word of the facts.
 */
#include "rules.h"

#include <string.h>

enum { MARKS_IN_A_NOTE = 4 };

static bool is_shouted(const Reading *reading, const Token *token)
{
	const NoteText *text = &reading->text;
	if (token->kind != TOKEN_WORD || token->caps != CAPS_ALL || (token->flags & (TOKEN_GLUED | TOKEN_DIGITS)))
		return false;
	if ((token->known & KNOWN_EXACT) || token_in_set(text, token, SET_ACRONYM) || token_in_set(text, token, SET_TITLE))
		return false;
	if (token->lower_length <= 3)
		return token_in_set(text, token, SET_SHOUTED);
	return reading_is_word(reading, token);
}

/* "SUM() OVER" is code. */
static bool beside_bracket(const NoteText *text, uint32_t at)
{
	bool before = at > 0 && (token_is_mark(text, text_token(text, at - 1), ')') ||
							 token_is_mark(text, text_token(text, at - 1), '('));
	return before || (at + 1 < text->tokens->len && token_is_mark(text, text_token(text, at + 1), '('));
}

/* Words in capitals beside each other are one finding. */
static void find_capitals(Reading *reading)
{
	const NoteText *text = &reading->text;
	for (uint32_t i = 0; i < text->tokens->len; i++) {
		Part part = text_part_of(text, text_sentence(text, text_token(text, i)->sentence));
		uint32_t last = i;
		if (part == PART_SIGNATURE || part == PART_QUOTED)
			continue;
		while (last < text->tokens->len && is_shouted(reading, text_token(text, last)) && !beside_bracket(text, last))
			last++;
		if (last == i)
			continue;
		uint32_t start = text_token(text, i)->start, end = text_token(text, last - 1)->end;
		g_autofree char *quote = reading_quote(reading, i, last);
		g_autofree char *lower = g_utf8_strdown(quote, -1);
		Finding *finding =
			reading_add(reading, REVIEW_SHOUTING, start, end, "\"%s\" shouts; small letters say the same.", quote);
		if (strlen(quote) == end - start)
			finding_suggest(finding, lower);
		i = last;
	}
}

static uint32_t marks_end(const NoteText *text, uint32_t at)
{
	while (at < text->tokens->len &&
		   (token_is_mark(text, text_token(text, at), '!') || token_is_mark(text, text_token(text, at), '?')))
		at++;
	return at;
}

static void find_exclamations(Reading *reading)
{
	const NoteText *text = &reading->text;
	int count = 0;
	for (uint32_t i = 0; i < text->tokens->len; i++) {
		uint32_t last = marks_end(text, i);
		if (last > i && token_is_mark(text, text_token(text, i), '!'))
			count++;
		if (last >= i + 3) {
			g_autofree char *quote = reading_quote(reading, i, last);
			Finding *finding =
				reading_add_tokens(reading, REVIEW_SHOUTING, i, last, "\"%s\" shouts; one mark is enough.", quote);
			finding_suggest(finding, "!");
		}
		if (count == MARKS_IN_A_NOTE && last == i + 1 && token_is_mark(text, text_token(text, i), '!'))
			reading_add_tokens(
				reading, REVIEW_SHOUTING, i, last,
				"This is the fourth exclamation mark of the note; full stops would calm it.");
		i = MAX(i, last ? last - 1 : i);
	}
}

static bool is_emoji(gunichar c)
{
	return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || c == 0x2764;
}

/* :) ;-) :D and the like, between spaces. */
static size_t face_length(const char *at)
{
	size_t length = 1;
	if (*at != ':' && *at != ';')
		return 0;
	length += at[length] == '-';
	if (at[length] == '\0' || !strchr(")(DPp/|", at[length]))
		return 0;
	length++;
	return at[length] == '\0' || g_ascii_isspace(at[length]) || strchr(".,!?", at[length]) ? length : 0;
}

static void find_faces(Reading *reading)
{
	g_autofree char *note = g_strndup(reading->text.note, reading->text.length);
	for (const char *at = note; *at; at = g_utf8_next_char(at)) {
		size_t length = at > note && (at[-1] == ' ' || at[-1] == '.' || at[-1] == '!') ? face_length(at) : 0;
		if (is_emoji(g_utf8_get_char(at)))
			length = (size_t)(g_utf8_next_char(at) - at);
		if (length == 0)
			continue;
		uint32_t start = (uint32_t)(at - note);
		Finding *finding = reading_add(
			reading, REVIEW_INFORMAL, start, start + (uint32_t)length,
			"A face stands among the words; the words say enough.");
		finding_suggest(finding, "");
		at += length - 1;
	}
}

void rules_shouting(Reading *reading)
{
	find_capitals(reading);
	find_exclamations(reading);
	find_faces(reading);
}
