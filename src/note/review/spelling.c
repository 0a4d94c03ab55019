/* spelling.c - words no dictionary knows, and neither the facts nor the user.
 *
 * Names cannot be spelt wrong by a dictionary's measure: a word with a capital inside a sentence is a finding only
 * where it is a slip away from a word that always has one (Wednesday).
 */
#include "distance.h"
#include "rules.h"

#include <string.h>

enum {
	SUGGEST_MAX = 40,  /* findings: suggestions are slow, and a text with more is not English */
	SUGGEST_WORDS = 5, /* offered for one word */
	SLIPS_MAX = 4,     /* as far as suggestions are told apart */
};

static bool right(const Reading *reading, const char *word, size_t length)
{
	const Speller *speller = reading->request->speller;
	return length > 0 && speller->check(speller->data, word, length);
}

/* Half of a word run together from two: "code" and "base". Not a word of every sentence, or "everthing" would pass, nor
 * an ending people misspell ("gratefull"). */
static bool is_piece(const Reading *reading, const char *word, size_t length)
{
	WordId number = lists_find(reading->lists, word, length);
	if (length < 4 || length > 7 || lists_in_set(reading->lists, number, SET_STOP) ||
		(length == 4 && strncmp(word, "full", 4) == 0))
		return false;
	if (length == 4 && strncmp(word + 1, "ing", 3) == 0)
		return false;
	return right(reading, word, length);
}

/* "cutover", "handoffs", "workaround": a verb and where it goes, made one. */
static bool is_verb_and_way(const Reading *reading, const char *lower, size_t length)
{
	static const char *const ways[] = {"over", "out", "down", "off", "back", "through", "around", "up"};
	size_t end = length > 6 && lower[length - 1] == 's' ? length - 1 : length;
	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		size_t way = strlen(ways[i]);
		if (end < way + 3 || strncmp(lower + end - way, ways[i], way) != 0)
			continue;
		WordId verb = lists_find(reading->lists, lower, end - way);
		return !lists_in_set(reading->lists, verb, SET_STOP) && right(reading, lower, end - way);
	}
	return false;
}

/* "fermenter", "relabellers", "cycler": who or what does it. */
static bool is_doer(const Reading *reading, const char *lower, size_t length)
{
	size_t end = length > 7 && lower[length - 1] == 's' ? length - 1 : length;
	return end >= 6 && strncmp(lower + end - 2, "er", 2) == 0 &&
		   (right(reading, lower, end - 2) || right(reading, lower, end - 1));
}

/* "recertification", "unmoor". */
static bool is_again(const Reading *reading, const char *lower, size_t length)
{
	return length >= 8 && (strncmp(lower, "re", 2) == 0 || strncmp(lower, "un", 2) == 0) &&
		   right(reading, lower + 2, length - 2);
}

/* "microservices", "codebase": words that dictionaries do not list because anybody can make them. */
static bool is_compound(const Reading *reading, const char *lower, size_t length)
{
	if (is_verb_and_way(reading, lower, length) || is_again(reading, lower, length))
		return true;
	for (size_t first = 3; first + 4 <= length && first <= 7; first++) {
		if ((lower[first] & 0xc0) == 0x80)
			continue;
		bool prefix = lists_in_set(reading->lists, lists_find(reading->lists, lower, first), SET_PREFIX);
		if (prefix && first + 5 <= length && right(reading, lower + first, length - first))
			return true;
		if (is_piece(reading, lower, first) && is_piece(reading, lower + first, length - first))
			return true;
	}
	return false;
}

/* Words beside a hyphen may be halves: "e-mail", "co-op". */
static bool is_half(const NoteText *text, uint32_t at)
{
	const Token *token = text_token(text, at);
	bool after = at + 1 < text->tokens->len && (text_token(text, at + 1)->flags & TOKEN_HYPHEN);
	return (after || (token->flags & TOKEN_HYPHEN)) && token->lower_length <= 3;
}

static bool is_skipped(const Reading *reading, uint32_t at)
{
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at);
	if (token->kind != TOKEN_WORD || (token->flags & (TOKEN_GLUED | TOKEN_SPLIT | TOKEN_DIGITS | TOKEN_DOTTED)))
		return true;
	if (token->caps == CAPS_INNER || (token->known & KNOWN_EXACT) || token->lower_length < 2 || is_half(text, at))
		return true;
	if (token->caps == CAPS_ALL && lists_in_set(text->lists, token->word, SET_ACRONYM))
		return true;
	return lists_in_set(text->lists, token->word, SET_RIGHT) || lists_in_set(text->lists, token->word, SET_STOP) ||
		   lists_in_set(text->lists, token->word, SET_TITLE);
}

static bool is_known(const Reading *reading, const Token *token)
{
	const char *lower = text_lower(&reading->text, token);
	const char *note = reading->text.note;
	size_t length = token->lower_length;
	if (right(reading, lower, length))
		return true;
	if (token->caps == CAPS_NONE || (token->flags & TOKEN_POSSESSIVE))
		return lists_in_set(reading->lists, token->word, SET_PROPER);
	return right(reading, note + token->start, token->end - token->start);
}

/* A capital that only the place in the sentence asks for. */
static bool capital_by_place(const NoteText *text, uint32_t at)
{
	const Sentence *sentence = text_sentence(text, text_token(text, at)->sentence);
	uint32_t first = sentence->first;
	while (first < at && text_token(text, first)->kind == TOKEN_MARK)
		first++;
	return first == at || text_part_of(text, sentence) == PART_SUBJECT;
}

/* A word of that set, a slip away; NULL where there is none. */
static const char *near_word_of(const Reading *reading, const Token *token, WordSetId set)
{
	const ReviewLists *lists = reading->lists;
	const char *lower = text_lower(&reading->text, token);
	if (token->lower_length < 5)
		return NULL;
	for (uint32_t i = 1; i < lists->word_count; i++) {
		const ListWord *word = &lists->words[i];
		int allowed = token->lower_length >= 8 && set == SET_PROPER ? 2 : 1;
		if (lists_in_set(lists, (WordId)i, set) && word->length >= 5 && lists->chars[word->text] == lower[0] &&
			slips_between(lower, token->lower_length, lists->chars + word->text, word->length, allowed) <= allowed)
			return lists->chars + word->text;
	}
	return NULL;
}

/* The writer's own words: who signs or is greeted so is called so. */
static bool is_signed_so(const NoteText *text, const Token *token)
{
	for (uint32_t i = text->signature_first; i < text->signature_last; i++)
		if (strcmp(text_lower(text, text_token(text, i)), text_lower(text, token)) == 0)
			return true;
	for (uint32_t i = text->greeting_first; i < text->greeting_last; i++)
		if (strcmp(text_lower(text, text_token(text, i)), text_lower(text, token)) == 0)
			return true;
	return false;
}

/* How many slips of the hand make the one of the other; more than `limit` is limit + 1. */
static int slips_to(const Token *token, const char *lower, const char *word, int limit)
{
	g_autofree char *other = g_utf8_strdown(word, -1);
	return slips_between(lower, token->lower_length, other, strlen(other), limit);
}

/* The suggestions nearest first, as they came where two are as near; at most SUGGEST_WORDS are kept. */
static void sort_suggestions(const Token *token, const char *lower, char **suggest)
{
	guint count = g_strv_length(suggest);
	for (guint i = 1; i < count; i++) {
		char *word = suggest[i];
		int slips = slips_to(token, lower, word, SLIPS_MAX);
		guint at = i;
		for (; at > 0 && slips < slips_to(token, lower, suggest[at - 1], SLIPS_MAX); at--)
			suggest[at] = suggest[at - 1];
		suggest[at] = word;
	}
	for (guint i = SUGGEST_WORDS; i < count; i++)
		g_clear_pointer(&suggest[i], g_free);
}

/* A plain word one slip away is what was meant, though the letters make two words as well ("coll league"). */
static bool is_one_slip(const Token *token, const char *lower, char **suggest)
{
	return suggest[0] && !strpbrk(suggest[0], " -") && slips_to(token, lower, suggest[0], 1) <= 1;
}

/* A word far from all that the dictionary has is no slip of the hand but a term it lacks. */
static bool is_far(const Token *token, const char *lower, char **suggest)
{
	int allowed = token->lower_length <= 5 ? 1 : 2;
	return suggest[0] == NULL || slips_to(token, lower, suggest[0], allowed) > allowed;
}

/* True if the best suggestion is a common word a slip or two away: then the word is meant for that, not a name. */
static bool is_common_misspelt(const Reading *reading, const Token *token, char **suggest)
{
	const char *lower = text_lower(&reading->text, token);
	for (guint i = 0; suggest[i] && i < 3; i++) {
		bool common =
			g_unichar_islower(g_utf8_get_char(suggest[i])) && !strchr(suggest[i], ' ') && !strchr(suggest[i], '-');
		int allowed = slips_allowed(token->lower_length);
		if (common && slips_between(lower, token->lower_length, suggest[i], strlen(suggest[i]), allowed) <= allowed)
			return true;
	}
	return false;
}

/* Where the dictionary knows nothing but names beside a word, it is one of another language: "sencha". */
static bool names_only(char **suggest)
{
	for (guint i = 0; suggest[i] && i < 3; i++)
		if (g_unichar_islower(g_utf8_get_char(suggest[i])))
			return false;
	return true;
}

static void suggest_word(Finding *finding, const Token *token, const char *word)
{
	gunichar first = g_utf8_get_char(word);
	g_autoptr(GString) shown = g_string_new(NULL);
	if (token->caps != CAPS_NONE)
		g_string_append_unichar(shown, g_unichar_toupper(first));
	g_string_append(shown, token->caps != CAPS_NONE ? g_utf8_next_char(word) : word);
	if (token->flags & TOKEN_POSSESSIVE)
		g_string_append(shown, "'s");
	finding_suggest(finding, shown->str);
}

static void report(Reading *reading, uint32_t at, char **suggest)
{
	const Token *token = text_token(&reading->text, at);
	g_autofree char *quote = reading_quote(reading, at, at + 1);
	g_autofree char *meant = suggest[0] ? g_strdup_printf("; \"%s\" may be meant", suggest[0]) : NULL;
	Finding *finding = reading_add_tokens(
		reading, REVIEW_SPELLING, at, at + 1, "\"%s\" is in no dictionary%s.", quote, meant ? meant : "");
	for (char **word = suggest; *word; word++)
		suggest_word(finding, token, *word);
}

/* True where it is a finding. */
static bool check_word(Reading *reading, uint32_t at)
{
	const NoteText *text = &reading->text;
	const Speller *speller = reading->request->speller;
	const Token *token = text_token(text, at);
	if (is_skipped(reading, at) || is_known(reading, token))
		return false;
	const char *proper = near_word_of(reading, token, SET_PROPER);
	if (proper) {
		g_autofree char *capital = g_strdup(proper);
		capital[0] = g_ascii_toupper(capital[0]);
		char *suggest[] = {capital, NULL};
		report(reading, at, suggest);
		return true;
	}
	const char *lower = text_lower(text, token), *term = near_word_of(reading, token, SET_RIGHT);
	bool name = token->caps != CAPS_NONE && !capital_by_place(text, at);
	if (name || (token->caps == CAPS_ALL && token->lower_length <= 6))
		return false;
	g_auto(GStrv) suggest = speller->suggest(speller->data, lower, token->lower_length);
	if (term && (suggest[0] == NULL || !is_one_slip(token, lower, suggest))) {
		report(reading, at, (char *[]){(char *)term, NULL});
		return true;
	}
	sort_suggestions(token, lower, suggest);
	if (is_doer(reading, lower, token->lower_length) ||
		(is_compound(reading, lower, token->lower_length) && !is_one_slip(token, lower, suggest)))
		return false;
	/* An accent belongs to another language more often than to a slip. */
	bool foreign = token->caps != CAPS_NONE && token->lower_length > g_utf8_strlen(lower, token->lower_length);
	bool joined =
		token->flags & TOKEN_HYPHEN || (at + 1 < text->tokens->len && text_token(text, at + 1)->flags & TOKEN_HYPHEN);
	if (!is_common_misspelt(reading, token, suggest) && (token->caps != CAPS_NONE || joined || names_only(suggest)))
		return false;
	if (foreign || is_far(token, lower, suggest) || (token->caps != CAPS_NONE && is_signed_so(text, token)))
		return false;
	report(reading, at, suggest);
	return true;
}

void rules_spelling(Reading *reading)
{
	const NoteText *text = &reading->text;
	if (reading->request->speller == NULL || (reading->request->disabled & REVIEW_RULE_BIT(REVIEW_SPELLING)))
		return;
	for (uint32_t i = 0, found = 0; i < text->tokens->len && found < SUGGEST_MAX; i++) {
		Part part = text_part_of(text, text_sentence(text, text_token(text, i)->sentence));
		bool greeted = i >= text->greeting_first && i < text->greeting_last;
		if (part != PART_SIGNATURE && part != PART_QUOTED && !greeted &&
			!(i >= text->signature_first && i < text->signature_last))
			found += check_word(reading, i);
	}
}
