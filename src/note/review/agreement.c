/* agreement.c - whether a subject of several words agrees with its verb: "My work in the two wards have …".
 *
 * Reads the words between where a clause begins and its verb: a noun with what stands before it, what hangs on it by
 * prepositions, a short clause about it.  Where it does not understand a word it says nothing: that costs less than a
 * warning about a good sentence.
 */
#include "rules.h"

#include <string.h>

typedef enum { NUMBER_UNKNOWN, NUMBER_ONE, NUMBER_MANY } Number;

typedef struct Phrase {
	Number number;
	uint32_t end;    /* first token behind it */
	bool determined; /* by an article or the like */
	bool amount;     /* "two weeks" may be one span of time */
	int words;
} Phrase;

static bool is_one_of(const NoteText *text, uint32_t at, const char *const *words)
{
	const char *lower = text_lower(text, text_token(text, at));
	for (; *words; words++)
		if (strcmp(lower, *words) == 0)
			return true;
	return false;
}

#define IS(text, at, ...) is_one_of(text, at, (const char *const[]){__VA_ARGS__, NULL})

static bool in_set(const NoteText *text, uint32_t at, unsigned set)
{
	const Token *token = text_token(text, at);
	return token->kind != TOKEN_MARK && lists_in_set(text->lists, token->word, set);
}

static bool is_thing(const NoteText *text, uint32_t at)
{
	return in_set(text, at, SET_NOUN) || in_set(text, at, SET_NOUNS) || in_set(text, at, SET_MASS_NOUN) ||
		   in_set(text, at, SET_ALSO_NOUN);
}

static bool is_modifier(const NoteText *text, uint32_t at)
{
	return in_set(text, at, SET_ADJECTIVE) || in_set(text, at, SET_NUMBER_WORD) || in_set(text, at, SET_VERB_ING) ||
		   text_token(text, at)->kind == TOKEN_NUMBER || (text_token(text, at)->flags & TOKEN_POSSESSIVE) ||
		   (text_token(text, at)->flags & TOKEN_HYPHEN);
}

static Number number_of_thing(const NoteText *text, uint32_t at)
{
	if (in_set(text, at, SET_COLLECTIVE) || (in_set(text, at, SET_NOUN) && in_set(text, at, SET_NOUNS)))
		return NUMBER_UNKNOWN;
	return in_set(text, at, SET_NOUNS) ? NUMBER_MANY : NUMBER_ONE;
}

/* An article or what stands in its place; the number it gives. */
static bool read_determiner(const NoteText *text, uint32_t at, Number *ret_number)
{
	*ret_number = NUMBER_UNKNOWN;
	if (IS(text, at, "this", "that", "a", "an", "each", "every", "another"))
		*ret_number = NUMBER_ONE;
	else if (IS(text, at, "these", "those"))
		*ret_number = NUMBER_MANY;
	else
		return IS(text, at, "the", "my", "your", "our", "his", "her", "their", "its");
	return true;
}

/* "matches your …": a word that may be a thing is a verb before an article or a pronoun. */
static bool is_verb_here(const NoteText *text, uint32_t at, uint32_t last)
{
	bool form_s = in_set(text, at, SET_VERB_S);
	if ((!form_s && !in_set(text, at, SET_VERB)) || at + 1 >= last)
		return false;
	return IS(text, at + 1, "the", "a", "an", "my", "your", "our", "their", "his", "me", "us", "them", "him") ||
		   (form_s && IS(text, at + 1, "you"));
}

/* "the two new nurses": false where a word is not understood. */
static bool read_noun_phrase(const NoteText *text, uint32_t at, uint32_t last, Phrase *phrase)
{
	Number given = NUMBER_UNKNOWN, head = NUMBER_UNKNOWN;
	uint32_t start = at;
	bool found = false;
	if (at < last && IS(text, at, "all", "both"))
		at++;
	phrase->determined = at < last && read_determiner(text, at, &given);
	at += phrase->determined;
	if (!phrase->determined && at < last && in_set(text, at, SET_VERB_ING))
		return false;
	for (; at < last && (is_thing(text, at) || is_modifier(text, at)); at++) {
		if (found && is_verb_here(text, at, last))
			break;
		phrase->amount =
			phrase->amount || in_set(text, at, SET_NUMBER_WORD) || text_token(text, at)->kind == TOKEN_NUMBER;
		found = is_thing(text, at) && !(text_token(text, at)->flags & TOKEN_POSSESSIVE);
		head = found ? number_of_thing(text, at) : head;
	}
	if (found && (text_token(text, at - 1)->flags & TOKEN_HYPHEN))
		return false; /* "a forty-minute …": more belongs to it */
	phrase->end = at;
	phrase->words = (int)(at - start);
	phrase->number = head;
	return found && (given == NUMBER_UNKNOWN || head == given);
}

/* "on your team", "of these wards": what hangs on the noun. */
static uint32_t skip_prepositions(const NoteText *text, uint32_t at, uint32_t last)
{
	for (int i = 0; i < 2 && at + 1 < last && in_set(text, at, SET_PREPOSITION); i++) {
		Phrase inner = {0};
		if (IS(text, at, "to") && in_set(text, at + 1, SET_VERB))
			return at; /* "a note to say": what follows is no verb of the note's */
		if (IS(text, at + 1, "me", "you", "us", "them", "him", "her", "there"))
			inner.end = at + 2;
		else if (text_token(text, at + 1)->caps != CAPS_NONE && text_token(text, at + 1)->kind == TOKEN_WORD)
			inner.end = at + 2;
		else if (!read_noun_phrase(text, at + 1, last, &inner))
			return at;
		at = inner.end;
	}
	return at;
}

/* "that you showed me", "I met": a short clause about the noun. */
static uint32_t skip_clause(const NoteText *text, uint32_t at, uint32_t last)
{
	uint32_t from = at;
	if (at < last && IS(text, at, "that", "which", "who"))
		at++;
	if (at + 2 >= last || !IS(text, at, "i", "you", "we", "they", "he", "she"))
		return from;
	at++;
	if (!in_set(text, at, SET_VERB_PAST) && !in_set(text, at, SET_VERB))
		return from;
	at++;
	if (at < last && IS(text, at, "me", "us", "them", "him", "her", "about", "on", "with", "most", "there"))
		at++;
	return at;
}

static uint32_t skip_adverbs(const NoteText *text, uint32_t at, uint32_t last)
{
	while (at < last &&
		   (in_set(text, at, SET_MID_ADVERB) || g_str_has_suffix(text_lower(text, text_token(text, at)), "ly")))
		at++;
	return at;
}

/* What number the verb's form wants, and the form for the other number. */
static Number read_verb(const NoteText *text, uint32_t at, uint32_t last, const char **ret_other)
{
	static const char *const pairs[][2] = {{"is", "are"}, {"was", "were"}, {"has", "have"}, {"does", "do"}};
	const Token *token = text_token(text, at);
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
		for (int many = 0; many < 2; many++)
			if (strcmp(text_lower(text, token), pairs[i][many]) == 0) {
				*ret_other = pairs[i][!many];
				return many ? NUMBER_MANY : NUMBER_ONE;
			}
	bool past = in_set(text, at, SET_VERB_PAST) || in_set(text, at, SET_VERB_PARTICIPLE);
	if (((is_thing(text, at) || in_set(text, at, SET_ADJECTIVE)) && !is_verb_here(text, at, last)) || past)
		return NUMBER_UNKNOWN;
	bool one = in_set(text, at, SET_VERB_S), many = in_set(text, at, SET_VERB);
	if (one == many)
		return NUMBER_UNKNOWN;
	*ret_other = lists_find_form(text->lists, token->word, one ? SET_VERB : SET_VERB_S);
	return *ret_other == NULL ? NUMBER_UNKNOWN : one ? NUMBER_ONE : NUMBER_MANY;
}

/* The subject that begins at `at`, with all that hangs on it. */
static bool read_subject(const NoteText *text, uint32_t at, uint32_t last, Phrase *subject)
{
	if (!read_noun_phrase(text, at, last, subject))
		return false;
	subject->end = skip_prepositions(text, subject->end, last);
	if (subject->end + 1 < last && IS(text, subject->end, "and")) {
		Phrase other = {0};
		bool me = IS(text, subject->end + 1, "i", "you", "he", "she");
		if (!me && !(read_noun_phrase(text, subject->end + 1, last, &other) && other.determined))
			return false;
		subject->end = me ? subject->end + 2 : skip_prepositions(text, other.end, last);
		subject->number = NUMBER_MANY;
	}
	subject->end = skip_clause(text, subject->end, last);
	return subject->number != NUMBER_UNKNOWN;
}

/* "Meeting you and your colleagues": one thing, whatever it was done with. */
static bool read_doing(const NoteText *text, uint32_t at, uint32_t last, Phrase *subject)
{
	Phrase object = {0};
	uint32_t next = at + 1;
	if (next >= last || !in_set(text, at, SET_VERB_ING))
		return false;
	if (in_set(text, next, SET_PREPOSITION) && next + 1 < last && !is_thing(text, at))
		next++;
	if (IS(text, next, "you", "them", "him", "her"))
		next++;
	else if (read_noun_phrase(text, next, last, &object) && (object.determined || !is_thing(text, at)))
		next = object.end;
	else
		return false;
	if (next + 1 < last && IS(text, next, "and") && read_noun_phrase(text, next + 1, last, &object))
		next = object.end;
	*subject = (Phrase){.number = NUMBER_ONE, .end = skip_prepositions(text, next, last), .determined = true};
	return true;
}

/* True where a subject may begin: at the sentence's start, or behind a word that opens a clause. */
static bool begins_clause(const NoteText *text, const Sentence *sentence, uint32_t at)
{
	if (at == sentence->first)
		return true;
	if (at == sentence->first + 1)
		return IS(
			text, at - 1, "and", "but", "so", "also", "now", "then", "that", "because", "when", "if", "since", "where",
			"while", "although", "though", "whether", "as");
	return IS(
		text, at - 1, "that", "because", "when", "if", "since", "where", "while", "although", "though", "whether",
		"think", "believe", "hope", "how");
}

/* "If the plan were", "I suggest that the team have": forms of their own. */
static bool may_be_wished(const NoteText *text, const Sentence *sentence, uint32_t at, uint32_t verb)
{
	bool were = IS(text, verb, "were");
	for (uint32_t i = sentence->first; i < at; i++) {
		if (were && IS(text, i, "if", "wish", "though", "whether", "as", "suppose"))
			return true;
		if (!were && g_str_has_prefix(text_lower(text, text_token(text, i)), "suggest"))
			return true;
		if (IS(text, i, "recommend", "recommended", "ask", "asked", "insist", "insisted", "propose", "proposed", "let",
			   "make", "made", "help", "important", "request", "requested", "require", "requires"))
			return true;
	}
	return false;
}

/* "lead" of the "Warehouse shift lead" one applied to be. */
static bool in_position(const NoteText *text, uint32_t at)
{
	return at > 0 && (text_token(text, at)->known & text_token(text, at - 1)->known & KNOWN_POSITION);
}

static void check_subject(Reading *reading, const Sentence *sentence, uint32_t at)
{
	const NoteText *text = &reading->text;
	Phrase subject = {0};
	const char *other;
	bool doing = at == sentence->first && read_doing(text, at, sentence->last, &subject);
	if (!doing && !read_subject(text, at, sentence->last, &subject))
		return;
	if (!subject.determined && subject.words < 2)
		return;
	uint32_t verb = skip_adverbs(text, subject.end, sentence->last);
	if (verb >= sentence->last || (text_token(text, verb)->flags & TOKEN_HYPHEN) || in_position(text, verb))
		return;
	Number wanted = read_verb(text, verb, sentence->last, &other);
	if (wanted == NUMBER_UNKNOWN || wanted == subject.number || may_be_wished(text, sentence, at, verb))
		return;
	if (subject.amount && subject.number == NUMBER_MANY)
		return;
	g_autofree char *who = reading_quote(reading, at, subject.end), *quote = reading_quote(reading, verb, verb + 1);
	Finding *finding = reading_add_tokens(
		reading, REVIEW_GRAMMAR, verb, verb + 1, "\"%s\" does not agree with \"%s\": \"%s\" would be right.", quote,
		who, other);
	finding_suggest(finding, other);
}

void rules_agreement(Reading *reading)
{
	const NoteText *text = &reading->text;
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		const Sentence *sentence = text_sentence(text, i);
		if (!part_is_prose(text_part_of(text, sentence)))
			continue;
		for (uint32_t at = sentence->first; at + 1 < sentence->last; at++)
			if (text_token(text, at)->kind == TOKEN_WORD && begins_clause(text, sentence, at))
				check_subject(reading, sentence, at);
	}
}
