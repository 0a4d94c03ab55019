/* test-words.c - the closed vocabularies.
 *
 * The spellings are the contract, so a few of each set stand here again; the rest must find its way back.
 */
#include <facts/words.h>
#include <glib.h>

static const struct {
	WordSet set;
	int value;
	const char *text;
} WORDS[] = {
	{WORDS_CHANNEL, CHANNEL_HAND_DELIVERED, "hand-delivered"},
	{WORDS_ROLE, ROLE_HIRING_MANAGER, "hiring-manager"},
	{WORDS_ROLE, ROLE_HR, "hr"},
	{WORDS_INTERVIEW_KIND, INTERVIEW_PHONE_SCREEN, "phone-screen"},
	{WORDS_INTERVIEW_KIND, INTERVIEW_PANEL, "panel"},
	{WORDS_PACE, PACE_FAST, "fast"},
	{WORDS_STAGE, STAGE_NEAR_END, "near-end"},
	{WORDS_STEP, STEP_PREPARE_CLOSE, "prepare-close"},
	{WORDS_STEP, STEP_THANK_FOR_ANSWER, "thank-for-answer"},
	{WORDS_STEP, STEP_KEEP_IN_TOUCH, "keep-in-touch"},
	{WORDS_EVENT, EVENT_AUTO_REPLY, "auto-reply"},
	{WORDS_EVENT, EVENT_SOUNDED_OUT, "sounded-out"},
	{WORDS_EVENT, EVENT_REOPENED, "reopened"},
	{WORDS_CALL_RESULT, CALL_WILL_CONTACT, "will-contact"},
	{WORDS_CALL_RESULT, CALL_NO_ANSWER, "no-answer"},
	{WORDS_SAYS, SAYS_NEXT_ROUND, "next-round"},
	{WORDS_MUST, MUST_NO_FEEDBACK_REQUEST, "no-feedback-request"},
	{WORDS_MUST, MUST_MENTIONS_CARD, "mentions-card"},
};

static void test_spelling(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(WORDS); i++) {
		g_assert_cmpstr(word_text(WORDS[i].set, WORDS[i].value), ==, WORDS[i].text);
		g_assert_cmpint(word_find(WORDS[i].set, WORDS[i].text), ==, WORDS[i].value);
	}
}

static void test_there_and_back(void)
{
	for (int set = 0; set < WORDS_SET_COUNT; set++) {
		g_assert_cmpint(word_count((WordSet)set), >, 1);
		for (int value = 0; value < word_count((WordSet)set); value++)
			g_assert_cmpint(word_find((WordSet)set, word_text((WordSet)set, value)), ==, value);
		g_assert_null(word_text((WordSet)set, WORD_NONE));
		g_assert_null(word_text((WordSet)set, word_count((WordSet)set)));
		g_assert_cmpint(word_find((WordSet)set, ""), ==, WORD_NONE);
		g_assert_cmpint(word_find((WordSet)set, "Email"), ==, WORD_NONE);
	}
}

static void test_list(void)
{
	g_autofree char *channels = word_list(WORDS_CHANNEL);
	g_autofree char *paces = word_list(WORDS_PACE);
	g_assert_cmpstr(channels, ==, "email, call, card, linkedin or hand-delivered");
	g_assert_cmpstr(paces, ==, "normal or fast");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/words/spelling", test_spelling);
	g_test_add_func("/words/there-and-back", test_there_and_back);
	g_test_add_func("/words/list", test_list);
	return g_test_run();
}
