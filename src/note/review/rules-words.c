/* rules-words.c - the contract's words for rules, groups and levels.
 *
 * Linked into the build's list reader too: it depends on nothing but the header.
 */
#include <note/review.h>
#include <string.h>

static const char *const names[REVIEW_RULE_COUNT] = {
	[REVIEW_WRONG_NAME] = "wrong-name",
	[REVIEW_WRONG_COMPANY] = "wrong-company",
	[REVIEW_WRONG_POSITION] = "wrong-position",
	[REVIEW_PLACEHOLDER] = "placeholder",
	[REVIEW_WRONG_DAY] = "wrong-day",
	[REVIEW_MISSING_ATTACHMENT] = "missing-attachment",
	[REVIEW_MISSING_THANKS] = "missing-thanks",
	[REVIEW_MISSING_SPECIFIC] = "missing-specific",
	[REVIEW_MISSING_INTEREST] = "missing-interest",
	[REVIEW_MISSING_FIT] = "missing-fit",
	[REVIEW_MISSING_SKILLS] = "missing-skills",
	[REVIEW_MISSING_NEW_DETAIL] = "missing-new-detail",
	[REVIEW_MISSING_QUESTION] = "missing-question",
	[REVIEW_MISSING_OFFER_INFO] = "missing-offer-info",
	[REVIEW_MISSING_CARD_MENTION] = "missing-card-mention",
	[REVIEW_MISSING_OWN_NAME] = "missing-own-name",
	[REVIEW_MISSING_SUBJECT] = "missing-subject",
	[REVIEW_MISSING_SIGNATURE] = "missing-signature",
	[REVIEW_PUSHY] = "pushy",
	[REVIEW_DESPERATE] = "desperate",
	[REVIEW_PRESUMPTUOUS] = "presumptuous",
	[REVIEW_NEGATIVE] = "negative",
	[REVIEW_FEEDBACK_PRESSURE] = "feedback-pressure",
	[REVIEW_INFORMAL] = "informal",
	[REVIEW_STIFF] = "stiff",
	[REVIEW_SHOUTING] = "shouting",
	[REVIEW_OVERCLAIMING] = "overclaiming",
	[REVIEW_TOO_LONG] = "too-long",
	[REVIEW_TOO_SHORT] = "too-short",
	[REVIEW_GENERIC] = "generic",
	[REVIEW_ALIKE] = "alike",
	[REVIEW_REPEATED] = "repeated",
	[REVIEW_SPELLING] = "spelling",
	[REVIEW_GRAMMAR] = "grammar",
	[REVIEW_PUNCTUATION] = "punctuation",
};

const char *review_rule_name(int rule)
{
	return rule >= 0 && rule < REVIEW_RULE_COUNT ? names[rule] : NULL;
}

int review_rule_find(const char *name)
{
	for (int rule = 0; rule < REVIEW_RULE_COUNT; rule++)
		if (strcmp(names[rule], name) == 0)
			return rule;
	return WORD_NONE;
}

const char *review_rule_group(ReviewRule rule)
{
	if (rule <= REVIEW_MISSING_ATTACHMENT)
		return "who and what";
	if (rule <= REVIEW_MISSING_SIGNATURE)
		return "must have";
	if (rule <= REVIEW_OVERCLAIMING)
		return "tone";
	return rule <= REVIEW_REPEATED ? "shape" : "language";
}

const char *review_level_name(FindingLevel level)
{
	static const char *const levels[] = {"hint", "warning", "error"};
	return level < FINDING_LEVEL_COUNT ? levels[level] : NULL;
}
