/* names.c - wrong-name: who is greeted, who is named, who signs.
 *
 * The greeting and the signature must name the right person; elsewhere others may be named, so only a misspelt name, a
 * wrong title, or somebody of another opportunity is a finding.
 */
#include "distance.h"
#include "rules.h"

#include <string.h>

typedef struct Names {
	Reading *reading;
	const NoteText *text;
	const Known *known;
	const Facts *facts; /* may be NULL: then only other records' people are known */
	int to;
} Names;

static bool is_title(const NoteText *text, const Token *token)
{
	return token->kind == TOKEN_WORD && token_in_set(text, token, SET_TITLE);
}

static bool is_greeted_word(const NoteText *text, const Token *token)
{
	return token_in_set(text, token, SET_GREETED) || token_in_set(text, token, SET_STOP) || token->kind != TOKEN_WORD;
}

static bool same_name(const Names *names, const Token *token, const KnownName *name)
{
	if (strcmp(text_lower(names->text, token), name->lower) == 0)
		return true;
	return name->given && token->caps != CAPS_NONE && lists_are_kin(names->text->lists, token->word, name->word);
}

static bool is_owner(int owner, int wanted)
{
	return owner == wanted || (wanted == NOBODY && owner >= 0);
}

/* The name of `owner` (NOBODY: anybody of the facts) that the token is; NULL where it is none. */
static const KnownName *find_name(const Names *names, const Token *token, int owner)
{
	for (guint i = 0; i < names->known->names->len; i++)
		if (is_owner(known_name(names->known, i)->owner, owner) && same_name(names, token, known_name(names->known, i)))
			return known_name(names->known, i);
	return NULL;
}

/* The name of `owner` that the token may be a misspelling of; NULL where there is none. */
static const KnownName *find_near_name(const Names *names, const Token *token, int owner, bool strict)
{
	const char *lower = text_lower(names->text, token);
	size_t length = token->lower_length;
	for (guint i = 0; i < names->known->names->len; i++) {
		const KnownName *name = known_name(names->known, i);
		size_t longer = (size_t)MAX(g_utf8_strlen(lower, (gssize)length), g_utf8_strlen(name->lower, -1));
		int allowed = slips_allowed(longer);
		if (length < 2 || allowed == 0 || !is_owner(name->owner, owner) || (strict && lower[0] != name->lower[0]))
			continue;
		if (slips_between(lower, length, name->lower, strlen(name->lower), allowed) <= allowed)
			return name;
	}
	return NULL;
}

/* The titles that mean the same have one letter: mr, ms, dr, prof; Mrs and Miss are said to those who say so. In other
 * languages they are not told apart: capitals. */
static char title_kind(const char *lower)
{
	static const struct {
		const char *title;
		char kind;
	} kinds[] = {{"mr", 'm'},       {"mister", 'm'}, {"ms", 'f'},     {"mrs", 'w'},     {"miss", 'i'},
				 {"mx", 'x'},       {"dr", 'd'},     {"doctor", 'd'}, {"prof", 'p'},    {"professor", 'p'},
				 {"madame", 'F'},   {"mme", 'F'},    {"frau", 'F'},   {"signora", 'F'}, {"señora", 'F'},
				 {"monsieur", 'M'}, {"herr", 'M'},   {"signor", 'M'}, {"señor", 'M'}};
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(kinds[i].title, lower) == 0)
			return kinds[i].kind;
	return '\0';
}

/* The title a person's salutation has ("Mr." of "Mr. Finn"); NULL where it has none. Free with g_free. */
static char *title_of(const Names *names, int person)
{
	const char *salutation = person >= 0 ? facts_person(names->facts, person)->salutation : NULL;
	if (salutation == NULL)
		return NULL;
	g_auto(GStrv) words = g_strsplit(salutation, " ", 2);
	g_autofree char *lower = g_utf8_strdown(words[0] ? words[0] : "", -1);
	if (g_str_has_suffix(lower, "."))
		lower[strlen(lower) - 1] = '\0';
	return title_kind(lower) ? g_strdup(words[0]) : NULL;
}

static bool same_title(char a, char b)
{
	bool woman = (a == 'F' && strchr("fwiF", b)) || (b == 'F' && strchr("fwiF", a));
	bool man = (a == 'M' && strchr("mM", b)) || (b == 'M' && strchr("mM", a));
	return a == b || woman || man;
}

static bool check_title(const Names *names, uint32_t at, int person)
{
	g_autofree char *title = title_of(names, person);
	if (title == NULL)
		return true;
	g_autofree char *right = g_utf8_strdown(title, g_str_has_suffix(title, ".") ? (gssize)strlen(title) - 1 : -1);
	char here = title_kind(text_lower(names->text, text_token(names->text, at)));
	if (here == '\0' || same_title(here, title_kind(right)))
		return true;
	g_autofree char *quote = reading_quote(names->reading, at, at + 1);
	Finding *finding = reading_add_tokens(
		names->reading, REVIEW_WRONG_NAME, at, at + 1, "\"%s\" stands where the facts have \"%s\".", quote,
		facts_person(names->facts, person)->salutation);
	finding_suggest(finding, title);
	return false;
}

static void report_misspelt(const Names *names, uint32_t at, const KnownName *name)
{
	g_autofree char *quote = reading_quote(names->reading, at, at + 1);
	Finding *finding = reading_add_tokens(
		names->reading, REVIEW_WRONG_NAME, at, at + 1, "\"%s\" stands where the facts have \"%s\".", quote,
		name->shown);
	bool possessive = text_token(names->text, at)->flags & TOKEN_POSSESSIVE;
	g_autofree char *fixed = g_strconcat(name->shown, possessive ? "'s" : "", NULL);
	finding_suggest(finding, fixed);
}

/* The greeting names somebody who is not the reader: names [first, last). */
static void report_stranger(const Names *names, uint32_t first, uint32_t last, const KnownName *other)
{
	const Person *to = facts_person(names->facts, names->to);
	g_autofree char *quote = reading_quote(names->reading, first, last);
	const char *who = other == NULL                  ? "nobody on record"
					  : other->owner == OWNER_RECORD ? "somebody of another opportunity"
					  : other->owner == OWNER_ME     ? "yourself"
													 : "somebody else of this opportunity";
	Finding *finding = reading_add_tokens(
		names->reading, REVIEW_WRONG_NAME, first, last, "\"%s\" is addressed, %s; the note goes to \"%s\".", quote, who,
		to->name);
	bool titled = is_title(names->text, text_token(names->text, first));
	g_auto(GStrv) words = g_strsplit(to->name, " ", 2);
	finding_suggest(finding, titled || to->salutation ? person_get_address_form(to) : words[0]);
}

static const KnownName *find_anybody(const Names *names, const Token *token)
{
	const KnownName *name = names->facts ? find_name(names, token, NOBODY) : NULL;
	if (name == NULL)
		name = find_name(names, token, OWNER_RECORD);
	return name ? name : find_name(names, token, OWNER_ME);
}

/* "Mr. Huck" for "Mr. Finn". */
static void check_title_with_given(const Names *names, uint32_t at, uint32_t last, const KnownName *name)
{
	bool before = at > 0 && is_title(names->text, text_token(names->text, at - 1));
	bool more = at + 1 < last && text_token(names->text, at + 1)->kind == TOKEN_WORD;
	const char *salutation = names->to >= 0 ? facts_person(names->facts, names->to)->salutation : NULL;
	g_autofree char *title = title_of(names, names->to);
	if (!before || more || !name->given || name->surname || title == NULL || strstr(salutation, name->shown))
		return;
	g_autofree char *quote = reading_quote(names->reading, at - 1, at + 1);
	Finding *finding = reading_add_tokens(
		names->reading, REVIEW_WRONG_NAME, at - 1, at + 1,
		"\"%s\" puts a title before a first name; the facts have \"%s\".", quote, salutation);
	finding_suggest(finding, salutation);
}

/* One greeted name; false where it is not the reader's. */
static bool check_greeted(const Names *names, uint32_t at, uint32_t last)
{
	const Token *token = text_token(names->text, at);
	const KnownName *name = find_name(names, token, names->to);
	if (name) {
		check_title_with_given(names, at, last, name);
		return true;
	}
	const KnownName *other = find_anybody(names, token);
	const KnownName *near = other ? NULL : find_near_name(names, token, names->to, false);
	if (near)
		report_misspelt(names, at, near);
	return near != NULL;
}

static bool greets_reader(const Names *names, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i < last; i++)
		if (find_name(names, text_token(names->text, i), names->to))
			return true;
	return false;
}

static void check_greeting(const Names *names, uint32_t first, uint32_t last)
{
	bool reader = greets_reader(names, first, last);
	const KnownName *other = NULL;
	uint32_t stranger = UINT32_MAX;
	if (first < last && is_title(names->text, text_token(names->text, first)) && reader && names->to >= 0)
		check_title(names, first, names->to);
	for (uint32_t i = first; i < last; i++) {
		const Token *token = text_token(names->text, i);
		if (is_title(names->text, token) || is_greeted_word(names->text, token) || token->kind != TOKEN_WORD ||
			token->lower_length < 2 || (token->flags & TOKEN_DOTTED))
			continue;
		if (check_greeted(names, i, last) || stranger != UINT32_MAX)
			continue;
		stranger = i;
		other = find_anybody(names, token);
	}
	if (stranger != UINT32_MAX && !reader && names->to >= 0)
		report_stranger(names, first, last, other);
}

/* True if a capital is no sign of a name here: a sentence's first word, the subject. */
static bool capital_means_nothing(const NoteText *text, uint32_t at)
{
	const Sentence *sentence = text_sentence(text, text_token(text, at)->sentence);
	uint32_t first = sentence->first;
	while (first < at && text_token(text, first)->kind == TOKEN_MARK)
		first++;
	return first == at || text_part_of(text, sentence) == PART_SUBJECT;
}

static bool may_be_name(const Names *names, uint32_t at)
{
	const Token *token = text_token(names->text, at);
	if (token->kind != TOKEN_WORD || token->caps == CAPS_NONE || (token->flags & (TOKEN_GLUED | TOKEN_SPLIT)))
		return false;
	if (token->known & KNOWN_EXACT)
		return false;
	if (token_in_set(names->text, token, SET_STOP) || token_in_set(names->text, token, SET_STOCK) ||
		token_in_set(names->text, token, SET_PROPER) || token_in_set(names->text, token, SET_ACRONYM))
		return false;
	return !capital_means_nothing(names->text, at) || !reading_is_word(names->reading, token);
}

static void check_body_name(const Names *names, uint32_t at)
{
	const Token *token = text_token(names->text, at);
	bool titled = at > 0 && is_title(names->text, text_token(names->text, at - 1));
	const KnownName *name = find_name(names, token, NOBODY);
	if (titled && name && name->surname) {
		check_title(names, at - 1, name->owner);
		return;
	}
	if (name || !may_be_name(names, at) || find_name(names, token, OWNER_ME))
		return;
	const KnownName *near = find_near_name(names, token, NOBODY, true);
	if (near == NULL)
		near = find_near_name(names, token, OWNER_ME, true);
	if (near)
		report_misspelt(names, at, near);
}

/* "Ms. Keller" or "Nora Keller", who belongs to another opportunity. */
static void check_record_name(const Names *names, uint32_t at)
{
	const Token *token = text_token(names->text, at);
	const KnownName *name = token->caps == CAPS_NONE || at == 0 ? NULL : find_name(names, token, OWNER_RECORD);
	if (name == NULL || !name->surname || (token->known & KNOWN_EXACT))
		return;
	const KnownName *given = find_name(names, text_token(names->text, at - 1), OWNER_RECORD);
	if (!is_title(names->text, text_token(names->text, at - 1)) && (given == NULL || !given->given))
		return;
	g_autofree char *quote = reading_quote(names->reading, at - 1, at + 1);
	reading_add_tokens(
		names->reading, REVIEW_WRONG_NAME, at - 1, at + 1,
		"\"%s\" belongs to another opportunity; nobody of this one has that name.", quote);
}

/* "Thank you again, Mary." */
static void check_addressed(const Names *names)
{
	for (guint i = 0; i < names->reading->matches->len; i++) {
		const Match *match = &g_array_index(names->reading->matches, Match, i);
		uint32_t at = match->last;
		if (match->pattern->sense != SENSE_ADDRESSED || at >= names->text->tokens->len)
			continue;
		uint32_t last = at;
		while (last < names->text->tokens->len && text_token(names->text, last)->kind == TOKEN_WORD &&
			   text_token(names->text, last)->caps != CAPS_NONE)
			last++;
		const Token *after = last < names->text->tokens->len ? text_token(names->text, last) : NULL;
		bool closed = after == NULL || after->kind == TOKEN_MARK || (after->flags & TOKEN_BREAK);
		bool signature = at >= names->text->signature_first && at < names->text->signature_last;
		if (last == at || last > at + 3 || !closed || signature || greets_reader(names, at, last))
			continue;
		const KnownName *other = find_anybody(names, text_token(names->text, last - 1));
		bool titled = is_title(names->text, text_token(names->text, at)) && last > at + 1;
		if ((other ? other->owner != OWNER_ME : titled) && !(text_token(names->text, at)->known & KNOWN_COMPANY))
			report_stranger(names, at, last, other);
	}
}

static bool is_initial_of(const NoteText *text, const Token *token, const KnownName *name)
{
	return token->lower_length == 1 && text_lower(text, token)[0] == name->lower[0];
}

/* Whether a word of the signature is mine: my name, its initial, or a short form of the first name. */
static bool is_mine(const Names *names, const Token *token)
{
	for (guint i = 0; i < names->known->names->len; i++) {
		const KnownName *name = known_name(names->known, i);
		size_t shared = MIN(strlen(name->lower), (size_t)token->lower_length);
		if (name->owner != OWNER_ME)
			continue;
		if (same_name(names, token, name) || is_initial_of(names->text, token, name) ||
			(shared >= 3 && name->given && strncmp(name->lower, text_lower(names->text, token), shared) == 0))
			return true;
	}
	return false;
}

static void report_signature(const Names *names, uint32_t first, uint32_t last)
{
	const KnownName *near = NULL;
	uint32_t at = first;
	for (; at < last && near == NULL; at++)
		near = find_near_name(names, text_token(names->text, at), OWNER_ME, false);
	if (near) {
		report_misspelt(names, at - 1, near);
		return;
	}
	g_autofree char *quote = reading_quote(names->reading, first, last);
	Finding *finding = reading_add_tokens(
		names->reading, REVIEW_WRONG_NAME, first, last, "\"%s\" signs the note; the facts have \"%s\".", quote,
		names->facts->me.name);
	finding_suggest(finding, names->facts->me.name);
}

static void check_signature(const Names *names)
{
	const NoteText *text = names->text;
	uint32_t first = text->signature_first, last = first;
	bool mine = false;
	for (uint32_t i = first; i < text->signature_last; i++)
		mine = mine || is_mine(names, text_token(text, i));
	if (names->facts->me.name == NULL || first == text->signature_last)
		return;
	while (first < text->signature_last && text_token(text, first)->kind == TOKEN_MARK)
		first++;
	for (last = first; last < text->signature_last && text_token(text, last)->kind == TOKEN_WORD; last++)
		if (last > first && (text_token(text, last)->flags & TOKEN_BREAK))
			break;
	if (first == last || last - first > 4)
		return;
	if (!mine) {
		report_signature(names, first, last);
		return;
	}
	for (uint32_t i = first; i < last; i++) {
		const KnownName *near =
			is_mine(names, text_token(text, i)) ? NULL : find_near_name(names, text_token(text, i), OWNER_ME, true);
		if (near)
			report_misspelt(names, i, near);
	}
}

static bool is_named_elsewhere(const Names *names, uint32_t at)
{
	const NoteText *text = names->text;
	Part part = text_part_of(text, text_sentence(text, text_token(text, at)->sentence));
	bool greeting = at >= text->greeting_first && at < text->greeting_last;
	bool signature = at >= text->signature_first && at < text->signature_last;
	return !greeting && !signature && (part_is_prose(part) || part == PART_SUBJECT || part == PART_CLOSING);
}

void rules_names(Reading *reading)
{
	Names names = {reading, &reading->text, &reading->known, reading->request->facts, reading->request->to};
	if (reading->known.names->len == 0)
		return;
	if (names.facts && names.facts->people->len)
		check_greeting(&names, names.text->greeting_first, names.text->greeting_last);
	for (uint32_t i = 0; i < names.text->tokens->len; i++) {
		if (!is_named_elsewhere(&names, i))
			continue;
		if (names.facts)
			check_body_name(&names, i);
		check_record_name(&names, i);
	}
	if (names.facts && names.to >= 0)
		check_addressed(&names);
	if (names.facts)
		check_signature(&names);
}
