/* test-sentence.c - sentences of a playbook and their slots.
 */
#include "sentence.h"

#include <base/error.h>

static void test_pieces(void)
{
	g_autoptr(Sentence) sentence = NULL;
	g_assert_true(sentence_parse("They said {decision-day}; so {opening-day}.", &sentence, NULL));
	g_assert_cmpint(sentence->count, ==, 5);
	g_assert_cmpint(sentence->pieces[0].slot, ==, SLOT_NONE);
	g_assert_cmpint(sentence->pieces[0].length, ==, 10);
	g_assert_cmpint(sentence->pieces[1].slot, ==, SLOT_DECISION_DAY);
	g_assert_cmpint(sentence->pieces[3].slot, ==, SLOT_OPENING_DAY);
	g_assert_cmpint(sentence->pieces[4].length, ==, 1);
}

static void test_mistakes(void)
{
	static const struct {
		const char *text;
		const char *says;
	} cases[] = {
		{"They said {day}.", "*{day} stands for nothing*{person}*"},
		{"They said {", "*“{” without its “}”*"},
		{"{}", "*{} stands for nothing*"},
		{"{person}{person}{person}{person}{person}{person}{person}{person}{person}{person}{person}{person}{person}{"
		 "person}{person}"
		 "{person}{person}{person}{person}{person}{person}{person}{person}{person}{person}",
		 "*more than 24 parts*"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		Sentence *sentence = NULL;
		g_assert_false(sentence_parse(cases[i].text, &sentence, &error));
		g_assert_null(sentence);
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_true(g_pattern_match_simple(cases[i].says, error->message));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plan/sentence/pieces", test_pieces);
	g_test_add_func("/plan/sentence/mistakes", test_mistakes);
	return g_test_run();
}
