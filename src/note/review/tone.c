/* tone.c - the rules that are lists of patterns: every match is a finding, its reason the list's.
 *
 * Knows no word itself; what a list of a user's says counts as much as what is built in.
 */
#include "rules.h"

#include <string.h>

/* What a pattern's reason says begins with a verb ("pleads: …"), so that with the quoted words it is a sentence. */
static void report(Reading *reading, const Match *match)
{
	const char *reason = reading->lists->chars + match->pattern->reason;
	g_autofree char *quote = reading_quote(reading, match->mark_first, match->mark_last);
	g_auto(GStrv) suggest = match_suggest(&reading->text, match);
	Finding *finding;
	if (suggest[0] && suggest[0][0])
		finding = reading_add_tokens(
			reading, (ReviewRule)match->pattern->rule, match->mark_first, match->mark_last,
			"\"%s\" %s: \"%s\" would be right.", quote, reason, suggest[0]);
	else
		finding = reading_add_tokens(
			reading, (ReviewRule)match->pattern->rule, match->mark_first, match->mark_last, "\"%s\" %s.", quote,
			reason);
	for (char **word = suggest; *word; word++)
		finding_suggest(finding, *word);
}

static bool applies(const Reading *reading, const Match *match)
{
	const NoteText *text = &reading->text;
	Part part = text_part_of(text, text_sentence(text, text_token(text, match->first)->sentence));
	if (match->pattern->rule == WORD_NONE || match->mark_first >= match->mark_last)
		return false;
	return part != PART_SIGNATURE && part != PART_QUOTED;
}

/* Words of the facts are not held against the writer: a company may be called Awesome, and a topic of the talk have
 * been "speeding up the permits". */
static bool is_named_so(const Reading *reading, const Match *match)
{
	uint32_t names = KNOWN_COMPANY | KNOWN_POSITION | KNOWN_PERSON | KNOWN_ME;
	uint32_t told = KNOWN_TOPIC | KNOWN_UNSAID | KNOWN_STRONG | KNOWN_FIT;
	bool all_named = true, all_told = rule_is_tone(match->pattern->rule);
	int own = 0;
	for (uint32_t i = match->mark_first; i < match->mark_last; i++) {
		const Token *token = text_token(&reading->text, i);
		bool named = (token->known & names) && token->caps != CAPS_NONE;
		bool empty = token->kind == TOKEN_MARK || token_in_set(&reading->text, token, SET_STOP);
		all_named = all_named && named;
		all_told = all_told && (empty || named || (token->known & told));
		own += text_is_own_word(&reading->text, token);
	}
	return all_named || (all_told && own > 0);
}

/* "There is no need to call back", "I do not expect an answer": the opposite of what presses. */
static bool is_waived(const Reading *reading, const Match *match)
{
	static const char *const pairs[][2] = {{"no", "need"},  {"no", "hurry"}, {"no", "rush"},  {"not", "expect"},
										   {"not", "need"}, {"need", "not"}, {"no", "bother"}};
	const NoteText *text = &reading->text;
	if (match->pattern->rule != REVIEW_PUSHY)
		return false;
	for (uint32_t i = text_sentence(text, text_token(text, match->first)->sentence)->first; i + 1 < match->mark_last;
		 i++)
		for (size_t p = 0; p < G_N_ELEMENTS(pairs); p++)
			if (strcmp(text_lower(text, text_token(text, i)), pairs[p][0]) == 0 &&
				strcmp(text_lower(text, text_token(text, i + 1)), pairs[p][1]) == 0)
				return true;
	return false;
}

/* A user's own lists mean what they say. */
static bool is_belied(const Reading *reading, const Match *match, int rule)
{
	return !reading->lists->owned && learned_belies(reading, match, rule);
}

/* What is fair to ask at other times is pressure after a no. */
static void check_after_no(Reading *reading, const Match *match)
{
	if (match->pattern->sense != SENSE_RECONSIDER || match->first >= match->last ||
		is_belied(reading, match, REVIEW_FEEDBACK_PRESSURE))
		return;
	g_autofree char *quote = reading_quote(reading, match->first, match->last);
	reading_add_tokens(
		reading, REVIEW_FEEDBACK_PRESSURE, match->first, match->last,
		"\"%s\" asks for another look or for reasons; after a no, thanks alone leave the door open.", quote);
}

void rules_tone(Reading *reading)
{
	for (guint i = 0; i < reading->matches->len; i++) {
		const Match *match = &g_array_index(reading->matches, Match, i);
		if (applies(reading, match) && !is_named_so(reading, match) && !is_waived(reading, match) &&
			!is_belied(reading, match, match->pattern->rule))
			report(reading, match);
		if (request_is_after_no(reading->request))
			check_after_no(reading, match);
	}
}
