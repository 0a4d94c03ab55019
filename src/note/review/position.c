/* position.c - wrong-position: the title of another job, or this one's misspelt.
 *
 * A title is looked for where the job applied for must stand ("the … role", "as your next …", the subject).  A shorter
 * form of the title is right ("the analyst role" for "Data analyst"); a further rank or field is not.
 */
#include "distance.h"
#include "rules.h"

#include <string.h>

enum { TITLE_WORDS = 6 };

static bool in_title(const NoteText *text, const Token *token)
{
	return token->kind == TOKEN_WORD && !token_in_set(text, token, SET_STOP) && !(token->flags & TOKEN_GLUED);
}

static bool ends_in_one_of(const NoteText *text, const Token *token, const char *const *endings)
{
	for (; *endings; endings++)
		if (token->lower_length > strlen(*endings) + 2 && g_str_has_suffix(text_lower(text, token), *endings))
			return true;
	return false;
}

/* "analyst", but not "analysts": those are people, not a title. */
static bool is_job(const NoteText *text, const Token *token)
{
	const char *lower = text_lower(text, token);
	bool plural =
		token->lower_length > 3 && lower[token->lower_length - 1] == 's' && lower[token->lower_length - 2] != 's';
	return token->kind == TOKEN_WORD && !plural && token_in_set(text, token, SET_JOB);
}

static bool is_title_word(const NoteText *text, const Token *token)
{
	/* "pastry chef", but not "the demanding chef role" */
	static const char *const adjectives[] = {"ing",  "ed",  "ly", "ful", "ous", "ive", "able",
											 "ible", "est", "ic", "ish", "ant", "ent", NULL};
	return is_job(text, token) || token_in_set(text, token, SET_JOB_WORD) || token_in_set(text, token, SET_JOB_RANK) ||
		   (text_is_own_word(text, token) && !ends_in_one_of(text, token, adjectives));
}

/* "my last", "a similar": a job of one's own, not the one applied for. */
static bool is_own_job(const NoteText *text, uint32_t first)
{
	static const char *const owners[] = {"my",     "a",    "an",      "his",     "her",   "their", "previous",
										 "former", "last", "current", "earlier", "first", "old"};
	const char *before = first > 0 ? text_lower(text, text_token(text, first - 1)) : "";
	for (size_t i = 0; i < G_N_ELEMENTS(owners); i++)
		if (strcmp(owners[i], before) == 0)
			return true;
	return false;
}

/* The word of the position that the token may be a misspelling of; NULL where there is none. Free with g_free. */
static char *find_near_word(const Reading *reading, const Token *token)
{
	const char *lower = text_lower(&reading->text, token);
	size_t length = token->lower_length;
	if (length < 4 || (token->known & (KNOWN_EXACT | KNOWN_POSITION)) || reading_is_word(reading, token))
		return NULL;
	g_auto(GStrv) words = g_strsplit_set(reading->request->facts->position, " -/,().", -1);
	for (char **word = words; *word; word++) {
		g_autofree char *position = g_utf8_strdown(*word, -1);
		int allowed = slips_allowed(MAX(length, strlen(position)));
		if (strlen(position) >= 4 && slips_between(lower, length, position, strlen(position), allowed) <= allowed)
			return g_strdup(*word);
	}
	return NULL;
}

static void report(Reading *reading, uint32_t first, uint32_t last, const char *right)
{
	g_autofree char *quote = reading_quote(reading, first, last);
	Finding *finding = reading_add_tokens(
		reading, REVIEW_WRONG_POSITION, first, last, "\"%s\" stands where the facts have \"%s\".", quote, right);
	finding_suggest(finding, right);
}

/* "CFO" for "Chief financial officer". */
static bool is_initials(const Reading *reading, const Token *token)
{
	g_auto(GStrv) words = g_strsplit_set(reading->request->facts->position, " -/,().", -1);
	const char *lower = text_lower(&reading->text, token);
	size_t at = 0;
	for (char **word = words; *word && at < token->lower_length; word++)
		if (g_ascii_tolower(**word) == lower[at])
			at++;
	return token->caps == CAPS_ALL && at == token->lower_length;
}

/* The words [first, last) name a job: the last one says what, those before it which. */
static void check_title(Reading *reading, uint32_t first, uint32_t last)
{
	const NoteText *text = &reading->text;
	while (last > first && !is_job(text, text_token(text, last - 1)))
		last--;
	uint32_t start = last;
	while (start > first && is_title_word(text, text_token(text, start - 1)))
		start--;
	bool wrong = false;
	if (last == start + 1 && is_initials(reading, text_token(text, start)))
		return;
	bool hiring = start > 0 && strcmp(text_lower(text, text_token(text, start - 1)), "hiring") == 0;
	for (uint32_t i = start; i < last && !hiring; i++)
		wrong = wrong || !(text_token(text, i)->known & KNOWN_POSITION);
	if (wrong)
		report(reading, start, last, reading->request->facts->position);
}

/* What stands before token `at`, in its sentence. */
static void check_before(Reading *reading, uint32_t at)
{
	const NoteText *text = &reading->text;
	uint32_t first = at, floor = at ? text_sentence(text, text_token(text, at - 1)->sentence)->first : 0;
	while (first > floor && at - first < TITLE_WORDS && in_title(text, text_token(text, first - 1)))
		first--;
	if (first < at && !is_own_job(text, first))
		check_title(reading, first, at);
}

static void check_after(Reading *reading, uint32_t at)
{
	const NoteText *text = &reading->text;
	uint32_t last = at;
	while (last < text->tokens->len && last - at < TITLE_WORDS && in_title(text, text_token(text, last)) &&
		   text_token(text, last)->sentence == text_token(text, at)->sentence)
		last++;
	if (last > at)
		check_title(reading, at, last);
}

/* In the subject a title needs no other word beside it. */
static void check_subject(Reading *reading)
{
	const NoteText *text = &reading->text;
	const Paragraph *subject = text->paragraphs->len ? text_paragraph(text, 0) : NULL;
	if (subject == NULL || subject->part != PART_SUBJECT)
		return;
	for (uint32_t i = subject->first; i < subject->last; i++)
		if (is_job(text, text_token(text, i)) && (i + 1 == subject->last || !is_job(text, text_token(text, i + 1))))
			check_before(reading, i + 1);
}

static void check_spelt(Reading *reading)
{
	const NoteText *text = &reading->text;
	for (uint32_t i = 0; i < text->tokens->len; i++) {
		const Token *token = text_token(text, i);
		bool beside = (i > 0 && (text_token(text, i - 1)->known & KNOWN_POSITION)) ||
					  (i + 1 < text->tokens->len && ((text_token(text, i + 1)->known & KNOWN_POSITION) ||
													 token_in_set(text, text_token(text, i + 1), SET_JOB)));
		if (!beside || token->kind != TOKEN_WORD || (token->flags & TOKEN_GLUED))
			continue;
		g_autofree char *right = find_near_word(reading, token);
		if (right)
			report(reading, i, i + 1, right);
	}
}

/* The title of another opportunity on record, word for word. */
static void check_other(Reading *reading, const char *position)
{
	const NoteText *text = &reading->text;
	g_autofree char *lower = g_utf8_strdown(position, -1);
	g_auto(GStrv) words = g_strsplit_set(lower, " -/,().", -1);
	guint count = g_strv_length(words);
	for (uint32_t at = 0; count && at + count <= text->tokens->len; at++) {
		guint same = 0, known = 0;
		while (same < count && strcmp(text_lower(text, text_token(text, at + same)), words[same]) == 0) {
			known += (text_token(text, at + same)->known & KNOWN_POSITION) != 0;
			same++;
		}
		if (same == count && known < count && count > 1 && !is_own_job(text, at) && !is_own_job(text, at ? at - 1 : 0))
			report(reading, at, at + count, reading->request->facts->position);
	}
}

void rules_position(Reading *reading)
{
	const Facts *facts = reading->request->facts;
	if (facts == NULL || facts->position == NULL)
		return;
	for (guint i = 0; i < reading->matches->len; i++) {
		const Match *match = &g_array_index(reading->matches, Match, i);
		if (match->pattern->sense == SENSE_POSITION_AFTER)
			check_before(reading, match->first);
		else if (match->pattern->sense == SENSE_YOUR_POSITION && match->last < reading->text.tokens->len)
			check_after(reading, match->last);
	}
	check_subject(reading);
	check_spelt(reading);
	for (const char *const *other = reading->request->other_positions; other && *other; other++)
		check_other(reading, *other);
}
