/* test-learned.c - what the examples teach: sentences that stand in none of them.
 *
 * Each kind finds sentences of its own and leaves those alone that use the same words; the examples themselves are read
 * at build time, and a faulty line stops the build.
 */
#include "review/learned.h"

#include <note/review-lists.h>
#include <note/review.h>
#include <string.h>

static LearnedScores score(const char *sentence)
{
	g_auto(NoteText) text;
	note_text_init(&text, sentence, strlen(sentence), &review_lists_built_in);
	return learned_read(&text, 0, text.tokens->len);
}

static void test_kinds(void)
{
	static const struct {
		LearnedKind kind;
		const char *like, *unlike;
	} cases[] = {
		{LEARNED_PUSHY, "I will be at your gate at eight on Monday and expect somebody to come down with an answer.",
		 "I could be at your gate at eight on Monday if you would like to show me the early shift."},
		{LEARNED_DESPERATE, "Without this post I do not know how I shall feed the twins after Christmas.",
		 "Feeding twins has taught me to plan a week of meals on a Sunday."},
		{LEARNED_PRESUMPTUOUS, "I have already told my landlord that I am moving to be near your office.",
		 "You told me that most of the team live near the office."},
		{LEARNED_NEGATIVE, "My present supervisor could not organise a queue and blames us for it.",
		 "My present supervisor taught me how to organise a busy queue."},
		{LEARNED_FEEDBACK_PRESSURE,
		 "I cannot understand how somebody with less experience was preferred, and would like to know the reason.",
		 "I understand the decision, and I wish the person you chose every success."},
		{LEARNED_INFORMAL, "You guys are a hoot, let's get wasted after work some time!",
		 "You were all very welcoming, and I enjoyed the tour after work."},
		{LEARNED_STIFF,
		 "The undersigned begs to tender herewith his most humble thanks for the audience graciously accorded.",
		 "Thank you for seeing me at such short notice."},
		{LEARNED_OVERCLAIMING, "No other engineer in this country could fix your backlog as fast as I can.",
		 "I fixed a backlog of sixty tickets in my first month, with two colleagues."},
		{LEARNED_INTEREST, "I went home thinking that this is where I would like to work.",
		 "I went home on the late train and read your report on the way."},
		{LEARNED_OFFER_INFO, "Should you want to see the drawings, I can send them tonight.",
		 "The drawings on your wall were the first thing I saw."},
		{LEARNED_ASK_DECISION, "Could you tell me whether the panel has come to a decision yet?",
		 "The panel asked me how I come to a decision."},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int like = score(cases[i].like).of[cases[i].kind], unlike = score(cases[i].unlike).of[cases[i].kind];
		g_test_message("%d %s / %d %s", like, cases[i].like, unlike, cases[i].unlike);
		g_assert_cmpint(like, >, 0);
		g_assert_cmpint(unlike, <, like - 40);
	}
}

/* Who it is, which day and how many makes no difference. */
static void test_names(void)
{
	static const char *const pairs[][2] = {
		{"Please tell Huck that I expect his call on Monday.",
		 "Please tell Wilhelmina that I expect his call on Thursday."},
		{"I wrote 3 times to Globex.", "I wrote 17 times to Wonka."},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
		for (int kind = 0; kind < LEARNED_COUNT; kind++)
			g_assert_cmpint(score(pairs[i][0]).of[kind], ==, score(pairs[i][1]).of[kind]);
}

static void test_unknown(void)
{
	static const char *const texts[] = {
		"", "Zxq.", "Bwlch y groes!", "\xe3\x81\x82\xe3\x82\x8a\xe3\x81\x8c\xe3\x81\xa8\xe3\x81\x86", "Yes."};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_assert_cmpint(score(texts[i]).of[LEARNED_PUSHY], ==, LEARNED_UNKNOWN);
}

static bool finds_with(const ReviewLists *lists, const char *note, ReviewRule rule, bool rejected)
{
	g_autoptr(GError) error = NULL;
	ReviewRequest request = REVIEW_REQUEST_INIT;
	g_autoptr(Review) review = NULL;
	request.note = note;
	request.length = strlen(note);
	request.rejected = rejected;
	request.lists = lists;
	g_assert_true(review_note(&request, &review, &error));
	bool found = false;
	for (guint i = 0; i < review->findings->len; i++)
		found = found || review_finding(review, i)->rule == rule;
	return found;
}

static bool finds(const char *note, ReviewRule rule, bool rejected)
{
	return finds_with(NULL, note, rule, rejected);
}

/* A user's own lists mean what they say, whatever the examples; what they would put where it stands is no finding. */
static void test_own_lists(void)
{
	static const ListSource own[] = {
		{"mine.words",
		 "[rule pushy]\n= presses\nnight shifts\n[rule grammar]\n= is wrong\n{ call } -> call\n{ about } -> of\n"}};
	static const char note[] = "Thanks for the call today about the night shifts.";
	g_autoptr(GError) error = NULL;
	g_autoptr(ReviewLists) lists = NULL;
	g_assert_true(review_lists_with_own(own, G_N_ELEMENTS(own), &lists, &error));
	g_assert_true(finds_with(lists, note, REVIEW_PUSHY, false));
	g_assert_true(finds_with(lists, note, REVIEW_GRAMMAR, false));
	g_assert_false(finds_with(lists, "Thanks for the call on nights.", REVIEW_GRAMMAR, false));
}

/* What no pattern knows is a finding; what a pattern knows, in a sentence that is about something else, is none. */
static void test_findings(void)
{
	static const char asks[] = "I cannot understand how somebody with less experience was preferred.";
	g_assert_true(finds(
		"I will be at your gate on Monday and expect somebody to come down with an answer.", REVIEW_PUSHY, false));
	g_assert_false(finds("Thanks for the call today about the night shifts.", REVIEW_PUSHY, false));
	g_assert_true(finds(asks, REVIEW_FEEDBACK_PRESSURE, true));
	g_assert_false(finds(asks, REVIEW_FEEDBACK_PRESSURE, false));
	g_assert_false(finds(
		"I'm sorry it wasn't me this time, but I enjoyed seeing how your team works.", REVIEW_FEEDBACK_PRESSURE, true));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/note/review/learned/kinds", test_kinds);
	g_test_add_func("/note/review/learned/names", test_names);
	g_test_add_func("/note/review/learned/unknown", test_unknown);
	g_test_add_func("/note/review/learned/findings", test_findings);
	g_test_add_func("/note/review/learned/own-lists", test_own_lists);
	return g_test_run();
}
