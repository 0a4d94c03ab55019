/* grammar.c - grammar that needs more than a pattern: a or an, and words that stand twice.
 *
 * Where ear and eye may differ ("an SQL query"), both pass.
 */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

typedef enum { SOUND_EITHER, SOUND_VOWEL, SOUND_CONSONANT } Sound;

static Sound number_sound(const char *number)
{
	size_t digits = strspn(number, "0123456789");
	if (number[0] == '8')
		return SOUND_VOWEL;
	if (digits == 2 && (strncmp(number, "11", 2) == 0 || strncmp(number, "18", 2) == 0))
		return SOUND_VOWEL;
	return digits && number[0] != '0' ? SOUND_CONSONANT : SOUND_EITHER;
}

/* Letter by letter or as a word: only where both ways sound alike is it certain. */
static Sound acronym_sound(char first)
{
	if (strchr("aeio", first))
		return SOUND_VOWEL;
	return strchr("bcdgjkpqtvwyz", first) ? SOUND_CONSONANT : SOUND_EITHER;
}

static Sound word_sound(const NoteText *text, const Token *token)
{
	const char *lower = text_lower(text, token);
	if (token->kind == TOKEN_NUMBER)
		return number_sound(lower);
	if (token->kind != TOKEN_WORD || token->lower_length < 2 || token_in_set(text, token, SET_EITHER_SOUND) ||
		(unsigned char)lower[0] >= 0x80)
		return SOUND_EITHER;
	if (token_in_set(text, token, SET_VOWEL_SOUND))
		return SOUND_VOWEL;
	if (token_in_set(text, token, SET_CONSONANT_SOUND))
		return SOUND_CONSONANT;
	if (token->caps == CAPS_ALL || (token->flags & (TOKEN_DIGITS | TOKEN_DOTTED)))
		return acronym_sound(lower[0]);
	if (lower[0] == 'u' &&
		(strncmp(lower, "uni", 3) == 0 || strncmp(lower, "use", 3) == 0 || strncmp(lower, "usu", 3) == 0))
		return strncmp(lower, "unin", 4) == 0 || strncmp(lower, "unim", 4) == 0 ? SOUND_VOWEL : SOUND_CONSONANT;
	if (strncmp(lower, "eu", 2) == 0)
		return SOUND_CONSONANT;
	return strchr("aeiou", lower[0]) ? SOUND_VOWEL : SOUND_CONSONANT;
}

static void check_article(Reading *reading, uint32_t at)
{
	const NoteText *text = &reading->text;
	const Token *article = text_token(text, at), *next = text_token(text, at + 1);
	const char *lower = text_lower(text, article);
	bool has_an = strcmp(lower, "an") == 0;
	bool letter = article->caps == CAPS_FIRST && !has_an && at > text_sentence(text, article->sentence)->first;
	if ((!has_an && strcmp(lower, "a") != 0) || letter || article->caps == CAPS_ALL || (next->flags & TOKEN_HYPHEN))
		return;
	Sound sound = word_sound(text, next);
	if (sound == SOUND_EITHER || has_an == (sound == SOUND_VOWEL))
		return;
	const char *rest = has_an ? "" : "n";
	g_autofree char *fixed = g_strdup_printf("%c%s", text->note[article->start], rest);
	g_autofree char *quote = reading_quote(reading, at + 1, at + 2);
	Finding *finding = reading_add_tokens(
		reading, REVIEW_GRAMMAR, at, at + 1, "\"%s\" stands before \"%s\"; \"%s\" would be right.", lower, quote,
		fixed);
	finding_suggest(finding, fixed);
}

static void check_twice(Reading *reading, uint32_t at)
{
	const NoteText *text = &reading->text;
	const Token *first = text_token(text, at), *second = text_token(text, at + 1);
	bool plain = first->kind == TOKEN_WORD && second->kind == TOKEN_WORD &&
				 !((first->flags | second->flags) & (TOKEN_GLUED | TOKEN_SPLIT));
	if (!plain || first->sentence != second->sentence || (second->flags & TOKEN_HYPHEN) ||
		strcmp(text_lower(text, first), text_lower(text, second)) != 0 || token_in_set(text, first, SET_DOUBLED))
		return;
	if ((first->known & KNOWN_EXACT) && first->caps != CAPS_NONE && second->caps != CAPS_NONE)
		return;
	g_autofree char *quote = reading_quote(reading, at, at + 1);
	Finding *finding = reading_add_tokens(reading, REVIEW_GRAMMAR, at, at + 2, "\"%s\" stands twice.", quote);
	finding_suggest(finding, quote);
}

void rules_grammar(Reading *reading)
{
	const NoteText *text = &reading->text;
	for (uint32_t i = 0; i + 1 < text->tokens->len; i++) {
		Part part = text_part_of(text, text_sentence(text, text_token(text, i)->sentence));
		if (part == PART_SIGNATURE || part == PART_QUOTED || text_token(text, i)->kind == TOKEN_MARK)
			continue;
		check_article(reading, i);
		check_twice(reading, i);
	}
}
