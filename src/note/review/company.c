/* company.c - wrong-company: another company's name, or this one's misspelt.
 *
 * Another company may well be named in a note (a former employer), so an unknown name is a finding only where the
 * reader's company must stand ("the position at …", "join …"), and a company of another opportunity on record
 * everywhere.
 */
#include "distance.h"
#include "rules.h"

#include <string.h>

enum { COMPANY_WORDS = 6, ALIKE_BYTES = 5 };

/* A company's name as lower-case words, forms like "Inc" left out. */
typedef struct CompanyWords {
	char *words[COMPANY_WORDS];
	uint32_t count;
} CompanyWords;

static void company_words_clear(CompanyWords *company)
{
	for (uint32_t i = 0; i < company->count; i++)
		g_free(company->words[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CompanyWords, company_words_clear)

static CompanyWords split_company(const ReviewLists *lists, const char *name)
{
	CompanyWords company = {.count = 0};
	g_auto(GStrv) words = g_strsplit_set(name ? name : "", " \t,.-&()/", -1);
	for (char **word = words; *word && company.count < COMPANY_WORDS; word++) {
		g_autofree char *lower = g_utf8_strdown(*word, -1);
		bool form = lists_in_set(lists, lists_find(lists, lower, strlen(lower)), SET_COMPANY_FORM);
		if (*lower && (!form || (company.count == 0 && word[1] == NULL)))
			company.words[company.count++] = g_steal_pointer(&lower);
	}
	return company;
}

static bool is_checked(const NoteText *text, uint32_t at)
{
	Part part = text_part_of(text, text_sentence(text, text_token(text, at)->sentence));
	return part_is_prose(part) || part == PART_SUBJECT || part == PART_CLOSING;
}

/* How many tokens from `at` are the company's words; 0 where they are not. */
static uint32_t match_company(const NoteText *text, uint32_t at, const CompanyWords *company)
{
	uint32_t i = at;
	for (uint32_t word = 0; word < company->count; word++, i++) {
		while (i < text->tokens->len && i > at && text_token(text, i)->kind == TOKEN_MARK && i < at + COMPANY_WORDS * 2)
			i++;
		if (i >= text->tokens->len || strcmp(text_lower(text, text_token(text, i)), company->words[word]) != 0)
			return 0;
	}
	return i - at;
}

static bool first_of_sentence(const NoteText *text, uint32_t at)
{
	return at == text_sentence(text, text_token(text, at)->sentence)->first;
}

static void report_as(Reading *reading, uint32_t first, uint32_t last, const char *company)
{
	g_autofree char *quote = reading_quote(reading, first, last);
	Finding *finding = reading_add_tokens(
		reading, REVIEW_WRONG_COMPANY, first, last, "\"%s\" stands where the facts have \"%s\".", quote, company);
	bool possessive = text_token(&reading->text, last - 1)->flags & TOKEN_POSSESSIVE;
	g_autofree char *fixed = g_strconcat(company, possessive ? "'s" : "", NULL);
	finding_suggest(finding, fixed);
}

static void report(Reading *reading, uint32_t first, uint32_t last)
{
	report_as(reading, first, last, reading->request->facts->company);
}

/* All the words are in the facts: as a topic, a person, a former employer. */
static bool is_in_facts(const NoteText *text, uint32_t first, uint32_t count)
{
	for (uint32_t i = first; i < first + count; i++)
		if (text_token(text, i)->kind != TOKEN_MARK && !(text_token(text, i)->known & KNOWN_EXACT))
			return false;
	return true;
}

static void report_other(Reading *reading, uint32_t first, uint32_t last)
{
	const Facts *facts = reading->request->facts;
	g_autofree char *quote = reading_quote(reading, first, last);
	Finding *finding = reading_add_tokens(
		reading, REVIEW_WRONG_COMPANY, first, last, "\"%s\" is another opportunity; %s%s.", quote,
		facts ? "this note goes to " : "is it meant here", facts ? facts->company : "");
	finding_suggest(finding, facts ? facts->company : NULL);
}

static void check_other_company(Reading *reading, GHashTable *note_words, const char *name)
{
	const NoteText *text = &reading->text;
	g_auto(CompanyWords) company = split_company(reading->lists, name);
	if (company.count == 0 || !g_hash_table_contains(note_words, company.words[0]))
		return;
	for (uint32_t at = 0; at < text->tokens->len; at++) {
		const Token *token = text_token(text, at);
		uint32_t count = is_checked(text, at) ? match_company(text, at, &company) : 0;
		bool plain_word = company.count == 1 && reading_is_word(reading, token);
		if (count == 0 || is_in_facts(text, at, count) ||
			(plain_word && (token->caps == CAPS_NONE || first_of_sentence(text, at))))
			continue;
		report_other(reading, at, at + count);
	}
}

static bool is_near(const char *lower, const char *word)
{
	size_t longer = (size_t)MAX(g_utf8_strlen(lower, -1), g_utf8_strlen(word, -1));
	int allowed = slips_allowed(longer), slips = slips_between(lower, strlen(lower), word, strlen(word), allowed);
	return slips > 0 && slips <= allowed && (lower[0] == word[0] || longer > 5);
}

/* A capital, or no word of the language: it may be meant for a name. */
static bool may_be_company(Reading *reading, uint32_t at)
{
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at);
	if (token->kind != TOKEN_WORD || (token->known & KNOWN_EXACT) || (token->flags & (TOKEN_GLUED | TOKEN_SPLIT)) ||
		token_in_set(text, token, SET_STOP) || token_in_set(text, token, SET_STOCK) ||
		token_in_set(text, token, SET_PROPER))
		return false;
	bool capital = token->caps != CAPS_NONE && !first_of_sentence(text, at);
	return capital || !reading_is_word(reading, token);
}

/* One word misspelt among the company's words, the others right. */
static bool is_misspelt_at(Reading *reading, uint32_t at, const CompanyWords *company)
{
	const NoteText *text = &reading->text;
	int near = 0;
	if (at + company->count > text->tokens->len)
		return false;
	for (uint32_t word = 0; word < company->count; word++) {
		const char *lower = text_lower(text, text_token(text, at + word));
		if (strcmp(lower, company->words[word]) == 0)
			continue;
		if (!may_be_company(reading, at + word) || !is_near(lower, company->words[word]))
			return false;
		near++;
	}
	return near > 0;
}

/* A company of two words is often called by its first: "Vandaley" for "Vandelay Industries". */
static void check_first_word(Reading *reading, uint32_t at, const CompanyWords *company)
{
	const Token *token = text_token(&reading->text, at);
	const char *lower = text_lower(&reading->text, token);
	if (company->count < 2 || strlen(company->words[0]) < 5 || token->caps == CAPS_NONE ||
		reading_is_word(reading, token) || !may_be_company(reading, at) || !is_near(lower, company->words[0]))
		return;
	g_auto(GStrv) words = g_strsplit_set(reading->request->facts->company, " -", 2);
	report_as(reading, at, at + 1, words[0]);
}

/* "Brightwood" for "Brightwater Health": a name that begins like the company's and ends otherwise. */
static bool begins_alike(Reading *reading, uint32_t at, const CompanyWords *company)
{
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at);
	const char *lower = text_lower(text, token), *name = company->words[0];
	size_t shared = 0;
	while (lower[shared] != '\0' && lower[shared] == name[shared])
		shared++;
	return shared >= ALIKE_BYTES && token->caps != CAPS_NONE && name[shared] != '\0' && lower[shared] != '\0' &&
		   !reading_is_word(reading, token) && may_be_company(reading, at);
}

/* "Copper Kitchen" for "Copper Kettle", "Bridgewater Family Services" for "Bridgeway Family Services": one word of
 * several is another that begins alike, with a capital, the others right. */
static bool has_other_word(Reading *reading, uint32_t at, const CompanyWords *company)
{
	const NoteText *text = &reading->text;
	uint32_t others = 0;
	if (company->count < 2 || at + company->count > text->tokens->len)
		return false;
	for (uint32_t word = 0; word < company->count; word++) {
		const Token *token = text_token(text, at + word);
		const char *lower = text_lower(text, token);
		if (strcmp(lower, company->words[word]) == 0)
			continue;
		bool capital = token->kind == TOKEN_WORD && token->caps != CAPS_NONE && lower[0] == company->words[word][0];
		if (!capital || (token->known & KNOWN_EXACT))
			return false;
		others++;
	}
	return others == 1;
}

/* "globex", or "Global Tech" as one word, or "Globex" as two. */
static uint32_t written_otherwise(Reading *reading, uint32_t at, const CompanyWords *company)
{
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at);
	g_autofree char *whole = NULL, *two = NULL;
	bool capital = g_unichar_isupper(g_utf8_get_char(reading->request->facts->company));
	if (company->count == 1 && strcmp(text_lower(text, token), company->words[0]) == 0)
		return capital && token->caps == CAPS_NONE && token->kind == TOKEN_WORD && !reading_is_word(reading, token) ? 1
																													: 0;
	if (company->count > 1) {
		whole = g_strconcat(company->words[0], company->words[1], company->count > 2 ? company->words[2] : NULL, NULL);
		return company->count <= 3 && strcmp(text_lower(text, token), whole) == 0 ? 1 : 0;
	}
	if (at + 1 >= text->tokens->len || token->caps == CAPS_NONE || (token->known & KNOWN_EXACT))
		return 0;
	two = g_strconcat(text_lower(text, token), text_lower(text, text_token(text, at + 1)), NULL);
	return strcmp(two, company->words[0]) == 0 ? 2 : 0;
}

static void check_own_company(Reading *reading, const CompanyWords *company)
{
	const NoteText *text = &reading->text;
	for (uint32_t at = 0; company->count && at < text->tokens->len; at++) {
		if (!is_checked(text, at))
			continue;
		uint32_t other = written_otherwise(reading, at, company);
		if (is_misspelt_at(reading, at, company) || has_other_word(reading, at, company))
			report(reading, at, at + company->count);
		else if (begins_alike(reading, at, company))
			report(reading, at, at + 1);
		else if (other)
			report(reading, at, at + other);
		else
			check_first_word(reading, at, company);
	}
}

static bool is_initials(const char *word, const CompanyWords *company)
{
	if (strlen(word) < 2 || strlen(word) > company->count)
		return false;
	for (uint32_t i = 0; word[i]; i++)
		if (word[i] != company->words[i][0])
			return false;
	return true;
}

/* The end of a capitalised name that begins at `at`; `at` where none does. */
static uint32_t name_end(const NoteText *text, uint32_t at)
{
	uint32_t stop = at, end = at < text->tokens->len ? text_sentence(text, text_token(text, at)->sentence)->last : at;
	while (stop < end && stop < at + 3 && text_token(text, stop)->kind == TOKEN_WORD &&
		   text_token(text, stop)->caps != CAPS_NONE && !(text_token(text, stop)->flags & TOKEN_BREAK && stop > at))
		stop++;
	return stop;
}

static bool is_no_company(const NoteText *text, const Token *token)
{
	uint32_t known = KNOWN_EXACT | KNOWN_ME | KNOWN_PERSON | KNOWN_COMPANY | KNOWN_POSITION | KNOWN_SKILL;
	return (token->known & known) || token_in_set(text, token, SET_DEPARTMENT) ||
		   token_in_set(text, token, SET_PROPER) || token_in_set(text, token, SET_STOP) ||
		   token_in_set(text, token, SET_TITLE) || token_in_set(text, token, SET_JOB) ||
		   token_in_set(text, token, SET_GREETED);
}

/* A name where the reader's company must stand; where it only may (`likely`), a name that is no word: cities and tools
 * stand there too. */
static void check_place(Reading *reading, uint32_t at, const CompanyWords *company, bool likely)
{
	const NoteText *text = &reading->text;
	while (at < text->tokens->len && strcmp(text_lower(text, text_token(text, at)), "the") == 0)
		at++;
	uint32_t stop = name_end(text, at);
	if (stop == at || !is_checked(text, at))
		return;
	for (uint32_t i = at; i < stop; i++)
		if (is_no_company(text, text_token(text, i)) || is_initials(text_lower(text, text_token(text, i)), company) ||
			(likely && stop - at < 2 && reading_is_word(reading, text_token(text, i))))
			return;
	report(reading, at, stop);
}

static void check_places(Reading *reading, const CompanyWords *company)
{
	const NoteText *text = &reading->text;
	for (guint i = 0; i < reading->matches->len; i++) {
		const Match *match = &g_array_index(reading->matches, Match, i);
		int sense = match->pattern->sense;
		if (sense == SENSE_YOUR_COMPANY || sense == SENSE_COMPANY_LIKELY)
			check_place(reading, match->last, company, sense == SENSE_COMPANY_LIKELY);
	}
	for (uint32_t at = 1; at < text->tokens->len; at++)
		if (strcmp(text_lower(text, text_token(text, at)), "at") == 0 &&
			text_part_of(text, text_sentence(text, text_token(text, at)->sentence)) == PART_SUBJECT)
			check_place(reading, at + 1, company, false);
}

/* There may be thousands on record: only those whose first word stands in the note are looked at. */
static void check_other_companies(Reading *reading)
{
	const Facts *facts = reading->request->facts;
	g_autoptr(GHashTable) note_words = g_hash_table_new(g_str_hash, g_str_equal);
	for (uint32_t i = 0; reading->request->other_companies && i < reading->text.tokens->len; i++)
		g_hash_table_add(note_words, (gpointer)text_lower(&reading->text, text_token(&reading->text, i)));
	for (const char *const *other = reading->request->other_companies; other && *other; other++)
		if (facts == NULL || facts->company == NULL || g_ascii_strcasecmp(*other, facts->company) != 0)
			check_other_company(reading, note_words, *other);
}

void rules_company(Reading *reading)
{
	const Facts *facts = reading->request->facts;
	g_auto(CompanyWords) company = split_company(reading->lists, facts ? facts->company : NULL);
	check_other_companies(reading);
	if (company.count == 0)
		return;
	check_own_company(reading, &company);
	check_places(reading, &company);
}
