/* match.c - a small backtracking matcher over the words of one sentence.
 *
 * Patterns are short (LIST_PATTERN_WORDS) and gaps narrow, so that the steps of one try are bounded whatever the note.
 */
#include "match.h"

#include <string.h>

typedef struct Attempt {
	const NoteText *text;
	const ListElement *elements;
	uint32_t count;
	uint32_t sentence_first, sentence_last;
	uint32_t first; /* token the first part begins at */
	uint32_t mark_first, mark_last, last;
	uint32_t lowest, highest; /* tokens that parts behind "&" took */
	int steps;                /* left */
} Attempt;

enum {
	STEPS_MAX = 4000,
	PART_REACH = 9, /* tokens */
};

static bool has_ending(const NoteText *text, const Token *token, const char *ending)
{
	size_t size = strlen(ending);
	return token->kind == TOKEN_WORD && token->lower_length > size + 2 &&
		   memcmp(text_lower(text, token) + token->lower_length - size, ending, size) == 0;
}

static bool is_of_class(const NoteText *text, const Token *token, WordClass class)
{
	switch (class) {
	case CLASS_CAPITAL:
		return token->kind == TOKEN_WORD && token->caps != CAPS_NONE;
	case CLASS_NUMBER:
		return token->kind == TOKEN_NUMBER;
	case CLASS_ANY:
		return token->kind != TOKEN_MARK;
	case CLASS_ING:
		return has_ending(text, token, "ing");
	case CLASS_ED:
		return has_ending(text, token, "ed");
	case CLASS_LY:
		return has_ending(text, token, "ly");
	case CLASS_OWNS:
		return (token->flags & TOKEN_POSSESSIVE) != 0;
	case CLASS_COUNT:
		break;
	}
	return false;
}

static bool fits_choice(const NoteText *text, const Token *token, uint16_t choice)
{
	if (choice >= CHOICE_CLASS)
		return is_of_class(text, token, (WordClass)(choice & 0xff));
	if (choice & CHOICE_SET)
		return token_in_set(text, token, choice & ~CHOICE_SET) ||
			   (token->alt && lists_in_set(text->lists, token->alt, choice & ~CHOICE_SET));
	return choice == token->word || choice == token->stem || choice == token->alt;
}

/* Which of the element's choices the token is; -1 where none. */
static int find_choice(const NoteText *text, const ListElement *element, const Token *token)
{
	for (uint32_t i = 0; i < element->count; i++)
		if (fits_choice(text, token, text->lists->choices[element->choices + i]))
			return (int)i;
	return -1;
}

static bool only_marks(const NoteText *text, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i < last; i++)
		if (text_token(text, i)->kind != TOKEN_MARK)
			return false;
	return true;
}

static bool match_from(Attempt *attempt, uint32_t e, uint32_t at);

static bool match_gap(Attempt *attempt, uint32_t e, uint32_t at)
{
	for (uint32_t skip = 0; skip <= attempt->elements[e].reach && at + skip <= attempt->sentence_last; skip++)
		if (match_from(attempt, e + 1, at + skip))
			return true;
	return false;
}

static bool match_word(Attempt *attempt, uint32_t e, uint32_t at)
{
	const ListElement *element = &attempt->elements[e];
	bool there = at < attempt->sentence_last;
	bool fits;
	if (element->kind == ELEMENT_COMMA)
		fits = there && token_is_mark(attempt->text, text_token(attempt->text, at), ',');
	else
		fits = there && find_choice(attempt->text, element, text_token(attempt->text, at)) >= 0;
	if (element->negated)
		return !fits && match_from(attempt, e + 1, at);
	return (fits && match_from(attempt, e + 1, at + 1)) || (element->optional && match_from(attempt, e + 1, at));
}

/* Where the part that begins at element e ends: before the next "&". */
static uint32_t part_end(const Attempt *attempt, uint32_t e)
{
	while (e < attempt->count && attempt->elements[e].kind != ELEMENT_ALSO)
		e++;
	return e;
}

/* The part behind an "&" anywhere in the sentence, but not far from the first part: in a long sentence, what stands at
 * the other end speaks of something else. */
static bool find_part(Attempt *attempt, uint32_t e, uint32_t end)
{
	bool nowhere = attempt->elements[e - 1].negated;
	uint32_t first = attempt->sentence_first, last = attempt->sentence_last;
	if (!nowhere && attempt->first > first + PART_REACH)
		first = attempt->first - PART_REACH;
	if (!nowhere && attempt->last + PART_REACH < last)
		last = attempt->last + PART_REACH;
	for (uint32_t at = first; at < last && attempt->steps > 0; at++) {
		Attempt part = *attempt;
		part.count = end;
		bool found = match_from(&part, e, at);
		attempt->steps = part.steps;
		if (!found)
			continue;
		attempt->lowest = MIN(attempt->lowest, at);
		attempt->highest = MAX(attempt->highest, part.last);
		return true;
	}
	return false;
}

/* All parts from the "&" at element e on hold; `last` is where the first part ended. */
static bool match_parts(Attempt *attempt, uint32_t e, uint32_t last)
{
	attempt->last = last;
	while (e < attempt->count) {
		uint32_t end = part_end(attempt, e + 1), lowest = attempt->lowest, highest = attempt->highest;
		bool negated = attempt->elements[e].negated;
		if (find_part(attempt, e + 1, end) == negated)
			return false;
		if (negated) {
			attempt->lowest = lowest;
			attempt->highest = highest;
		}
		e = end;
	}
	return true;
}

static bool match_from(Attempt *attempt, uint32_t e, uint32_t at)
{
	if (attempt->steps-- <= 0)
		return false;
	if (e == attempt->count) {
		attempt->last = at;
		return true;
	}
	switch ((ElementKind)attempt->elements[e].kind) {
	case ELEMENT_START:
		return only_marks(attempt->text, attempt->sentence_first, at) && match_from(attempt, e + 1, at);
	case ELEMENT_END:
		return only_marks(attempt->text, at, attempt->sentence_last) && match_from(attempt, e + 1, at);
	case ELEMENT_OPEN:
	case ELEMENT_CLOSE:
		if (!match_from(attempt, e + 1, at))
			return false;
		*(attempt->elements[e].kind == ELEMENT_OPEN ? &attempt->mark_first : &attempt->mark_last) = at;
		return true;
	case ELEMENT_ALSO:
		return match_parts(attempt, e, at);
	case ELEMENT_GAP:
		return match_gap(attempt, e, at);
	case ELEMENT_WORD:
	case ELEMENT_COMMA:
		return match_word(attempt, e, at);
	}
	return false;
}

static void try_pattern(NoteText *text, uint32_t number, uint32_t at, GArray *matches)
{
	const ListPattern *pattern = &text->lists->patterns[number];
	Sentence *sentence = &g_array_index(text->sentences, Sentence, text_token(text, at)->sentence);
	Attempt attempt = {
		.text = text,
		.elements = text->lists->elements + pattern->elements,
		.count = pattern->element_count,
		.sentence_first = sentence->first,
		.sentence_last = sentence->last,
		.first = at,
		.mark_first = UINT32_MAX,
		.lowest = UINT32_MAX,
		.steps = STEPS_MAX};
	if (!match_from(&attempt, 0, at))
		return;
	Match match = {
		.pattern = pattern,
		.first = at,
		.last = attempt.last,
		.mark_first = MIN(at, attempt.lowest),
		.mark_last = MAX(attempt.last, attempt.highest)};
	if (attempt.mark_first != UINT32_MAX) {
		match.mark_first = attempt.mark_first;
		match.mark_last = attempt.mark_last;
	}
	if (pattern->sense != WORD_NONE)
		sentence->senses |= 1u << pattern->sense;
	g_array_append_val(matches, match);
}

static void match_at(NoteText *text, uint32_t at, GArray *matches)
{
	const Token *token = text_token(text, at);
	WordId numbers[] = {token->word, token->alt, token->stem};
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
		const ListWord *word = &text->lists->words[numbers[i]];
		for (uint32_t start = 0; start < word->start_count; start++)
			try_pattern(text, text->lists->starts[word->starts + start], at, matches);
	}
}

void match_note(NoteText *text, GArray *matches)
{
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		const Sentence *sentence = text_sentence(text, i);
		if (text_part_of(text, sentence) == PART_QUOTED)
			continue;
		for (uint32_t at = sentence->first; at < sentence->last; at++)
			if (text_token(text, at)->kind != TOKEN_MARK)
				match_at(text, at, matches);
	}
}

/* The choice taken at the pointed-at word that has as many choices as there are replacements. */
static int choice_taken(const NoteText *text, const Match *match, uint32_t choices)
{
	const ListElement *elements = text->lists->elements + match->pattern->elements;
	uint32_t at = match->mark_first;
	bool marks = false, opened;
	for (uint32_t e = 0; e < match->pattern->element_count; e++)
		marks = marks || elements[e].kind == ELEMENT_OPEN;
	opened = !marks;
	for (uint32_t e = 0; e < match->pattern->element_count && at < match->mark_last; e++) {
		opened = opened || elements[e].kind == ELEMENT_OPEN;
		if (!opened || elements[e].kind != ELEMENT_WORD || elements[e].negated)
			continue;
		if (elements[e].count == choices)
			return find_choice(text, &elements[e], text_token(text, at));
		at++;
	}
	return -1;
}

static char *fit_case(const NoteText *text, const Token *token, const char *replacement)
{
	gunichar first = g_utf8_get_char(replacement);
	if (token->caps == CAPS_NONE || g_unichar_isupper(first) ||
		(token->end - token->start == 1 && token->caps == CAPS_FIRST && !(text->note[token->start] == 'A')))
		return g_strdup(replacement);
	g_autoptr(GString) capital = g_string_new(NULL);
	g_string_append_unichar(capital, g_unichar_toupper(first));
	g_string_append(capital, g_utf8_next_char(replacement));
	return g_string_free(g_steal_pointer(&capital), FALSE);
}

/* "to @verb" with the form of the pointed-at word that is asked for; NULL where none is known. */
static char *fill_form(const NoteText *text, const Match *match, const char *wording)
{
	static const char *const names[] = {"verb", "verb-s", "verb-ing", "verb-past", "verb-participle", "noun", "nouns"};
	const char *at = strchr(wording, '@');
	if (at == NULL)
		return g_strdup(wording);
	size_t length = strcspn(at + 1, " ");
	for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
		if (strlen(names[i]) != length || strncmp(at + 1, names[i], length) != 0)
			continue;
		const char *form = NULL;
		for (uint32_t t = match->mark_first; t < match->mark_last && form == NULL; t++)
			form = lists_find_form(text->lists, text_token(text, t)->word, SET_VERB + i);
		return form ? g_strdup_printf("%.*s%s%s", (int)(at - wording), wording, form, at + 1 + length) : NULL;
	}
	return NULL;
}

char **match_suggest(const NoteText *text, const Match *match)
{
	g_autoptr(GPtrArray) suggest = g_ptr_array_new();
	const char *replace = text->lists->chars + match->pattern->replace;
	g_auto(GStrv) wordings = g_strsplit(match->pattern->replace ? replace : "", " ; ", -1);
	for (char **wording = wordings; *wording; wording++) {
		g_auto(GStrv) choices = g_strsplit(*wording, "|", -1);
		int taken = g_strv_length(choices) > 1 ? choice_taken(text, match, g_strv_length(choices)) : 0;
		if (taken < 0 || taken >= (int)g_strv_length(choices) || match->mark_first >= text->tokens->len)
			continue;
		g_autofree char *filled = fill_form(text, match, g_strstrip(choices[taken]));
		if (filled)
			g_ptr_array_add(suggest, fit_case(text, text_token(text, match->mark_first), filled));
	}
	g_ptr_array_add(suggest, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&suggest), FALSE);
}
