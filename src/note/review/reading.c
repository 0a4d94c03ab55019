/* reading.c - adding findings, and the small questions every rule asks.
 *
 * Here alone a rule that is switched off is kept from speaking, and a rule gets its level.
 */
#include "reading.h"

#include <base/text.h>
#include <string.h>

enum { QUOTE_BYTES = 80 };

FindingLevel reading_level(const ReviewRequest *request, ReviewRule rule)
{
	if (rule <= REVIEW_MISSING_SPECIFIC || rule == REVIEW_ALIKE)
		return FINDING_ERROR;
	if (rule == REVIEW_FEEDBACK_PRESSURE && request_is_after_no(request))
		return FINDING_ERROR;
	if (rule >= REVIEW_SPELLING && request->spelling_is_error)
		return FINDING_ERROR;
	return FINDING_WARNING;
}

static Finding *add(Reading *reading, ReviewRule rule, uint32_t start, uint32_t end, char *message)
{
	Finding finding = {
		.rule = rule,
		.level = reading_level(reading->request, rule),
		.start = start,
		.end = MAX(start, end),
		.message = message,
		.suggest = g_new0(char *, 1)};
	g_array_append_val(reading->findings, finding);
	return &g_array_index(reading->findings, Finding, reading->findings->len - 1);
}

Finding *reading_add(Reading *reading, ReviewRule rule, uint32_t start, uint32_t end, const char *format, ...)
{
	if (reading->request->disabled & REVIEW_RULE_BIT(rule))
		return NULL;
	va_list arguments;
	va_start(arguments, format);
	char *message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return add(reading, rule, start, end, message);
}

Finding *reading_add_tokens(Reading *reading, ReviewRule rule, uint32_t first, uint32_t last, const char *format, ...)
{
	if (reading->request->disabled & REVIEW_RULE_BIT(rule))
		return NULL;
	va_list arguments;
	va_start(arguments, format);
	char *message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return add(
		reading, rule, text_token(&reading->text, first)->start, text_token(&reading->text, last - 1)->end, message);
}

void finding_suggest(Finding *finding, const char *replacement)
{
	if (finding == NULL || replacement == NULL)
		return;
	guint count = g_strv_length(finding->suggest);
	if (g_strv_contains((const char *const *)finding->suggest, replacement))
		return;
	finding->suggest = g_renew(char *, finding->suggest, count + 2);
	finding->suggest[count] = g_strdup(replacement);
	finding->suggest[count + 1] = NULL;
}

void finding_set_level(Finding *finding, FindingLevel level)
{
	if (finding)
		finding->level = level;
}

void finding_clear(Finding *finding)
{
	g_free(finding->message);
	g_strfreev(finding->suggest);
}

char *reading_quote(const Reading *reading, uint32_t first, uint32_t last)
{
	uint32_t start = text_token(&reading->text, first)->start, end = text_token(&reading->text, last - 1)->end;
	g_autofree char *words = g_strndup(reading->text.note + start, end - start);
	for (char *at = words; *at; at++)
		if (*at == '\n' || *at == '\r' || *at == '\t')
			*at = ' ';
	return text_to_show(words, QUOTE_BYTES);
}

bool reading_has_sense(const Reading *reading, Sense sense)
{
	for (uint32_t i = 0; i < reading->text.sentences->len; i++) {
		const Sentence *sentence = text_sentence(&reading->text, i);
		if ((sentence->senses >> sense & 1) && part_is_prose(text_part_of(&reading->text, sentence)))
			return true;
	}
	return false;
}

bool reading_is_word(const Reading *reading, const Token *token)
{
	const Speller *speller = reading->request->speller;
	if (token->word && token->kind == TOKEN_WORD)
		return true;
	return speller && token->kind == TOKEN_WORD &&
		   speller->check(speller->data, text_lower(&reading->text, token), token->lower_length);
}

bool text_is_own_word(const NoteText *text, const Token *token)
{
	uint32_t named = KNOWN_COMPANY | KNOWN_POSITION | KNOWN_PERSON | KNOWN_ME;
	if (token->kind != TOKEN_WORD || token->lower_length < 3 || (token->flags & TOKEN_GLUED) || (token->known & named))
		return false;
	/* A day or a language is a name, unless the facts speak of it. */
	if (token_in_set(text, token, SET_PROPER) && !(token->known & KNOWN_SUBSTANCE))
		return false;
	return !token_in_set(text, token, SET_STOP) && !token_in_set(text, token, SET_STOCK) &&
		   !token_in_set(text, token, SET_TITLE) && !token_in_set(text, token, SET_DAYTIME);
}
