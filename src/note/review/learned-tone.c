/* learned-tone.c - the tones that no list names: sentences that are like the examples of one.
 *
 * A list knows what is always wrong; here what is likely is said, where nothing certain was, and with the words that
 * made it so.
 */
#include "rules.h"

/* From which likeness on a sentence is told of, so that of some hundred good ones at most one is; and below which a
 * word of the lists in it is taken for another use of the word. */
static const struct {
	ReviewRule rule;
	int sure, belied;
} tones[LEARNED_TONES] = {
	[LEARNED_PUSHY] = {REVIEW_PUSHY, -12, -58},
	[LEARNED_DESPERATE] = {REVIEW_DESPERATE, -38, -60},
	[LEARNED_PRESUMPTUOUS] = {REVIEW_PRESUMPTUOUS, -20, -85},
	[LEARNED_NEGATIVE] = {REVIEW_NEGATIVE, -4, -85},
	[LEARNED_FEEDBACK_PRESSURE] = {REVIEW_FEEDBACK_PRESSURE, -8, -65},
	[LEARNED_INFORMAL] = {REVIEW_INFORMAL, -16, -78},
	[LEARNED_STIFF] = {REVIEW_STIFF, -12, -75},
	[LEARNED_OVERCLAIMING] = {REVIEW_OVERCLAIMING, -20, -66},
};

/* How much so many words on either side of the match, and it, are like the kind; LEARNED_UNKNOWN where they are too
 * few. */
static int likeness_around(const Reading *reading, const Match *match, LearnedKind kind, uint32_t words)
{
	const Sentence *sentence = text_sentence(&reading->text, text_token(&reading->text, match->first)->sentence);
	uint32_t first = MAX(sentence->first, match->first - MIN(match->first, words));
	return learned_read(&reading->text, first, MIN(sentence->last, match->last + words)).of[kind];
}

/* A clause may strike a tone within a sentence that does not: near the match, around it and as a whole it has to be
 * about something else. */
bool learned_belies(const Reading *reading, const Match *match, int rule)
{
	enum { NEAR = 4, AROUND = 7 };
	uint32_t sentence = text_token(&reading->text, match->first)->sentence;
	for (int i = 0; i < LEARNED_TONES; i++) {
		LearnedKind kind = (LearnedKind)i;
		if ((int)tones[kind].rule != rule)
			continue;
		int around = likeness_around(reading, match, kind, AROUND);
		int most =
			MAX(around, MAX(likeness_around(reading, match, kind, NEAR), reading_likeness(reading, sentence, kind)));
		return around != LEARNED_UNKNOWN && most < tones[kind].belied;
	}
	return false;
}

/* What the lists most often say of that tone: it stands behind the quoted words. */
static const char *find_reason(const ReviewLists *lists, ReviewRule rule)
{
	g_autoptr(GHashTable) counts = g_hash_table_new(g_direct_hash, g_direct_equal);
	const char *reason = "strikes a wrong tone";
	int most = 0;
	for (uint32_t i = 0; i < lists->pattern_count; i++) {
		const ListPattern *pattern = &lists->patterns[i];
		if (pattern->rule != (int)rule || pattern->reason == 0)
			continue;
		void *key = GUINT_TO_POINTER(pattern->reason);
		int count = GPOINTER_TO_INT(g_hash_table_lookup(counts, key)) + 1;
		g_hash_table_insert(counts, key, GINT_TO_POINTER(count));
		if (count > most) {
			most = count;
			reason = lists->chars + pattern->reason;
		}
	}
	return reason;
}

/* What a list said of the sentence's tone is certain, and enough. */
static bool is_judged(const Reading *reading, const Sentence *sentence)
{
	uint32_t start = text_token(&reading->text, sentence->first)->start;
	uint32_t end = text_token(&reading->text, sentence->last - 1)->end;
	for (guint i = 0; i < reading->findings->len; i++) {
		const Finding *finding = &g_array_index(reading->findings, Finding, i);
		if (rule_is_tone((int)finding->rule) && finding->start < end && start < finding->end)
			return true;
	}
	return false;
}

/* "; what counts here: …", of the two words that weigh most, in their order; free with g_free. */
static char *say_what_counts(const Reading *reading, const Sentence *sentence, LearnedKind kind)
{
	uint32_t one = learned_find_weighty(&reading->text, sentence, kind, sentence->last);
	uint32_t other = learned_find_weighty(&reading->text, sentence, kind, one);
	if (one == sentence->last)
		return g_strdup("");
	g_autofree char *first = reading_quote(reading, MIN(one, other), MIN(one, other) + 1);
	if (other == sentence->last)
		return g_strdup_printf(" (what counts here: \"%s\")", first);
	g_autofree char *second = reading_quote(reading, MAX(one, other), MAX(one, other) + 1);
	return g_strdup_printf(" (what counts here: \"%s\", \"%s\")", first, second);
}

static void report(Reading *reading, const Sentence *sentence, LearnedKind kind)
{
	uint32_t last = sentence->last;
	while (last > sentence->first + 1 && text_token(&reading->text, last - 1)->kind == TOKEN_MARK)
		last--;
	g_autofree char *quote = reading_quote(reading, sentence->first, last);
	g_autofree char *counts = say_what_counts(reading, sentence, kind);
	reading_add_tokens(
		reading, tones[kind].rule, sentence->first, last, "\"%s\" %s%s.", quote,
		find_reason(reading->lists, tones[kind].rule), counts);
}

static void check_sentence(Reading *reading, uint32_t index)
{
	const Sentence *sentence = text_sentence(&reading->text, index);
	bool after_no = request_is_after_no(reading->request);
	int best = -1, most = 0;
	for (int kind = 0; kind < LEARNED_TONES; kind++) {
		int above = reading_likeness(reading, index, kind) - tones[kind].sure;
		bool applies = kind != LEARNED_FEEDBACK_PRESSURE || after_no;
		if (above >= 0 && applies && (best < 0 || above > most)) {
			best = kind;
			most = above;
		}
	}
	if (best >= 0 && !is_judged(reading, sentence))
		report(reading, sentence, (LearnedKind)best);
}

void rules_learned(Reading *reading)
{
	for (uint32_t i = 0; i < reading->text.sentences->len; i++)
		if (part_is_prose(text_part_of(&reading->text, text_sentence(&reading->text, i))))
			check_sentence(reading, i);
}
