/* determiners.c - what may stand behind "your", "its" or "you're": words that sound alike, told apart by what follows.
 * follows.
 *
 * "Your" wants something that one has behind it, "you're" does not.  Words joined by a hyphen are left alone ("your
 * in-house team").
 */
#include "rules.h"

#include <string.h>

typedef struct Owner {
	const char *word, *instead;
} Owner;

static const Owner owners[] = {{"your", "you're"}, {"their", "there"}, {"its", "it's"}, {"my", NULL}, {"our", NULL}};

static bool in_set(const NoteText *text, const Token *token, unsigned set)
{
	return token->kind == TOKEN_WORD && lists_in_set(text->lists, token->word, set);
}

/* True if nothing begins here that one could have: an article, a preposition, a verb, the sentence's end. */
static bool owns_nothing(const NoteText *text, const Sentence *sentence, uint32_t at)
{
	if (at >= sentence->last)
		return sentence->ended;
	const Token *token = text_token(text, at), *next = at + 1 < text->tokens->len ? text_token(text, at + 1) : NULL;
	if (token->kind == TOKEN_MARK)
		return at + 1 == sentence->last && strchr(".!?", text->note[token->start]);
	if ((next && (next->flags & TOKEN_HYPHEN)) || token->caps == CAPS_ALL)
		return false;
	bool aside = next && next->kind == TOKEN_MARK && strchr("/)\"", text->note[next->start]);
	return in_set(text, token, SET_NO_THING) && !aside;
}

static void check_owner(Reading *reading, const Sentence *sentence, uint32_t at)
{
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at);
	for (size_t i = 0; i < G_N_ELEMENTS(owners); i++) {
		if (strcmp(text_lower(text, token), owners[i].word) != 0 || !owns_nothing(text, sentence, at + 1))
			continue;
		g_autofree char *quote = reading_quote(reading, at, at + 1);
		if (owners[i].instead == NULL) {
			reading_add_tokens(reading, REVIEW_GRAMMAR, at, at + 1, "Behind \"%s\" a word is missing.", quote);
			return;
		}
		g_autofree char *instead = g_strdup(owners[i].instead);
		if (token->caps == CAPS_FIRST)
			instead[0] = g_ascii_toupper(instead[0]);
		Finding *finding = reading_add_tokens(
			reading, REVIEW_GRAMMAR, at, at + 1, "\"%s\" is another word that sounds alike: \"%s\" would be right.",
			quote, instead);
		finding_suggest(finding, instead);
	}
}

/* "You're time": a thing, where "you are" could only be followed by what you are. */
static void check_you_are(Reading *reading, const Sentence *sentence, uint32_t at)
{
	static const char *const are[] = {"part",  "home",   "family",  "head",   "fun",  "proof",
									  "heart", "people", "friends", "second", "first"};
	const NoteText *text = &reading->text;
	const Token *you = text_token(text, at), *thing = at + 2 < sentence->last ? text_token(text, at + 2) : NULL;
	bool contracted = (you->flags & TOKEN_SPLIT) && strcmp(text_lower(text, you), "you") == 0 &&
					  strcmp(text_lower(text, text_token(text, at + 1)), "are") == 0;
	if (!contracted || thing == NULL || in_set(text, thing, SET_ADJECTIVE) || in_set(text, thing, SET_VERB_ING) ||
		in_set(text, thing, SET_VERB_PARTICIPLE))
		return;
	bool several = in_set(text, thing, SET_NOUNS);
	bool things = several || in_set(text, thing, SET_NOUN) || in_set(text, thing, SET_MASS_NOUN);
	const Token *next = at + 3 < sentence->last ? text_token(text, at + 3) : NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(are); i++)
		things = things && strcmp(text_lower(text, thing), are[i]) != 0;
	if (!things || (next && ((!several && in_set(text, next, SET_NOUNS)) || (next->flags & TOKEN_HYPHEN))))
		return;
	const char *your = you->caps == CAPS_FIRST ? "Your" : "your";
	g_autofree char *quote = reading_quote(reading, at, at + 2);
	Finding *finding = reading_add_tokens(
		reading, REVIEW_GRAMMAR, at, at + 2, "\"%s\" is another word that sounds alike: \"%s\" would be right.", quote,
		your);
	finding_suggest(finding, your);
}

void rules_determiners(Reading *reading)
{
	const NoteText *text = &reading->text;
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		const Sentence *sentence = text_sentence(text, i);
		if (!part_is_prose(text_part_of(text, sentence)))
			continue;
		for (uint32_t at = sentence->first; at < sentence->last; at++) {
			if (text_token(text, at)->kind != TOKEN_WORD)
				continue;
			check_owner(reading, sentence, at);
			check_you_are(reading, sentence, at);
		}
	}
}
