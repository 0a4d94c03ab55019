/* condition.c - reads conditions into masks.
 */
#include "condition.h"

#include <base/error.h>
#include <base/limits.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[IF_COUNT] = {
	[IF_PHONE_SCREEN] = "phone-screen",
	[IF_VIDEO] = "video",
	[IF_IN_PERSON] = "in-person",
	[IF_PANEL] = "panel",
	[IF_FAST_PACE] = "fast-pace",
	[IF_EARLY] = "early",
	[IF_NEAR_END] = "near-end",
	[IF_DECISION_DATE] = "decision-date",
	[IF_FOLLOW_UP_DATE] = "follow-up-date",
	[IF_DATES] = "dates",
	[IF_COUNTED_DATE] = "counted-date",
	[IF_LENGTH] = "length",
	[IF_POSTAL_ADDRESS] = "postal-address",
	[IF_FIRST_MET] = "first-met",
	[IF_PRIMARY] = "primary-contact",
	[IF_UNSAID] = "unsaid",
	[IF_THANKED] = "thanked",
	[IF_THANK_YOU_BLOCKED] = "thank-you-blocked",
	[IF_CARD_GOES_ALONG] = "card-goes-along",
	[IF_CARD_SENT] = "card-sent",
	[IF_CARD_LATE] = "card-late",
	[IF_CALL_BACK] = "call-back",
	[IF_WILL_CONTACT] = "will-contact",
	[IF_ANSWERED] = "answered",
	[IF_ANSWERED_LATER] = "answered-later",
	[IF_POSTPONED] = "postponed",
};

const char *if_word(If word)
{
	return words[word];
}

static int find_word(const char *text)
{
	for (int i = 0; i < IF_COUNT; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	return -1;
}

static bool set_unknown(const char *text, GError **error)
{
	g_autoptr(GString) list = g_string_new(NULL);
	for (int i = 0; i < IF_COUNT; i++)
		g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", words[i]);
	return base_error_set(
		error, BASE_ERROR_INVALID, NULL,
		"“%s” is no condition; one of these is expected, with and, or, not: %s, length up to N weeks", text, list->str);
}

/* "length up to N weeks", at words[0]; the number of words read, or 0. */
static int read_length(char **at, Term *term)
{
	if (!at[1] || !at[2] || !at[3] || !at[4] || strcmp(at[1], "up") != 0 || strcmp(at[2], "to") != 0)
		return 0;
	char *end;
	gint64 weeks = g_ascii_strtoll(at[3], &end, 10);
	bool unit = strcmp(at[4], "week") == 0 || strcmp(at[4], "weeks") == 0;
	if (*end != '\0' || weeks < 1 || weeks > LIMIT_WEEKS || !unit)
		return 0;
	term->weeks = (int)weeks;
	return 5;
}

/* One word with its "not", at at[0]; the number of words read, or 0 with *error set. */
static int read_word(char **at, Term *term, GError **error)
{
	bool not = strcmp(at[0], "not") == 0;
	char **rest = at + not ;
	if (!rest[0]) {
		(void)base_error_set(error, BASE_ERROR_INVALID, NULL, "a condition ends in “not”; a word is expected after it");
		return 0;
	}
	int word = find_word(rest[0]);
	int length = word == IF_LENGTH && !not ? read_length(rest, term) : 0;
	if (length > 0)
		return length;
	if (word < 0) {
		(void)set_unknown(rest[0], error);
		return 0;
	}
	*(not ? &term->none : &term->all) |= IF_BIT(word);
	return not ? 2 : 1;
}

static char **split_words(const char *text)
{
	g_autofree char *copy = g_strstrip(g_strdup(text));
	GStrv parts = g_strsplit_set(copy, " \t", -1);
	int kept = 0;
	for (int i = 0; parts[i]; i++) {
		if (*parts[i])
			parts[kept++] = parts[i];
		else
			g_free(parts[i]);
	}
	parts[kept] = NULL;
	return parts;
}

bool condition_parse(const char *text, Condition *ret_condition, GError **error)
{
	g_auto(GStrv) parts = split_words(text);
	if (!parts[0])
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL, "a condition is empty; a word such as phone-screen is expected");
	Condition condition = {.count = 1};
	for (char **at = parts;;) {
		int length = read_word(at, &condition.terms[condition.count - 1], error);
		if (length == 0)
			return false;
		at += length;
		if (!*at)
			break;
		bool is_or = strcmp(*at, "or") == 0;
		if (!is_or && strcmp(*at, "and") != 0)
			return base_error_set(
				error, BASE_ERROR_INVALID, NULL, "“%s” follows a condition; and or or is expected", *at);
		if (!*++at)
			return base_error_set(
				error, BASE_ERROR_INVALID, NULL, "a condition ends in “%s”; a word is expected after it", at[-1]);
		condition.count += is_or;
		if (condition.count > CONDITION_TERMS_MAX)
			return base_error_set(
				error, BASE_ERROR_INVALID, NULL, "a condition has more than %d parts joined by or",
				CONDITION_TERMS_MAX);
	}
	*ret_condition = condition;
	return true;
}
