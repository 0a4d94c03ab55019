/* test-condition.c - conditions of a playbook: what they mean, and what is said of bad ones.
 */
#include "condition.h"

#include <base/error.h>

static void test_meaning(void)
{
	static const struct {
		const char *text;
		uint32_t flags;
		int weeks;
		bool holds;
	} cases[] = {
		{"panel", IF_BIT(IF_PANEL), 0, true},
		{"panel", IF_BIT(IF_VIDEO), 0, false},
		{"not panel", IF_BIT(IF_VIDEO), 0, true},
		{"not panel", IF_BIT(IF_PANEL), 0, false},
		{"in-person or panel", IF_BIT(IF_PANEL), 0, true},
		{"in-person or panel", IF_BIT(IF_PHONE_SCREEN), 0, false},
		{"decision-date and not follow-up-date", IF_BIT(IF_DECISION_DATE), 0, true},
		{"decision-date and not follow-up-date", IF_BIT(IF_DECISION_DATE) | IF_BIT(IF_FOLLOW_UP_DATE), 0, false},
		{"early or near-end and fast-pace", IF_BIT(IF_EARLY), 0, true},
		{"early or near-end and fast-pace", IF_BIT(IF_NEAR_END), 0, false},
		{"early or near-end and fast-pace", IF_BIT(IF_NEAR_END) | IF_BIT(IF_FAST_PACE), 0, true},
		{"length", IF_BIT(IF_LENGTH), 5, true},
		{"length up to 2 weeks", IF_BIT(IF_LENGTH), 2, true},
		{"length up to 2 weeks", IF_BIT(IF_LENGTH), 3, false},
		{"length up to 2 weeks", 0, 0, false},
		{"length up to 1 week or early", IF_BIT(IF_EARLY), 9, true},
		{"  panel   and  not   early ", IF_BIT(IF_PANEL), 0, true},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		Condition condition;
		g_test_message("%s", cases[i].text);
		bool good = condition_parse(cases[i].text, &condition, &error);
		g_assert_no_error(error);
		g_assert_true(good);
		g_assert_cmpint(condition_holds(&condition, (Context){cases[i].flags, cases[i].weeks}), ==, cases[i].holds);
	}
	g_assert_true(condition_holds(&(Condition){0}, (Context){0, 0}));
}

static void test_every_word(void)
{
	for (int i = 0; i < IF_COUNT; i++) {
		Condition condition;
		g_assert_nonnull(if_word((If)i));
		g_assert_true(condition_parse(if_word((If)i), &condition, NULL));
		g_assert_true(condition_holds(&condition, (Context){IF_BIT(i), 0}));
		g_assert_false(condition_holds(&condition, (Context){~IF_BIT(i), 0}));
	}
}

static void test_mistakes(void)
{
	static const struct {
		const char *text;
		const char *says;
	} cases[] = {
		{"", "*empty*"},
		{"panle", "*“panle” is no condition*phone-screen*"},
		{"panel and", "*ends in “and”*"},
		{"not", "*ends in “not”*"},
		{"panel video", "*“video” follows a condition; and or or*"},
		{"length up to 0 weeks", "*“up” follows*"},
		{"length up to many weeks", "*“up” follows*"},
		{"not length up to 2 weeks", "*“up” follows*"},
		{"early or video or panel or in-person or phone-screen", "*more than 4 parts*"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		Condition condition = {.count = 77};
		g_assert_false(condition_parse(cases[i].text, &condition, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_test_message("%s: %s", cases[i].text, error->message);
		g_assert_true(g_pattern_match_simple(cases[i].says, error->message));
		g_assert_cmpint(condition.count, ==, 77);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plan/condition/meaning", test_meaning);
	g_test_add_func("/plan/condition/every-word", test_every_word);
	g_test_add_func("/plan/condition/mistakes", test_mistakes);
	return g_test_run();
}
