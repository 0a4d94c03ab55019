/* test-lists.c - the lists' format, the matcher, stems and slips.
 *
 * Lists are parsed from small texts here, beside the built-in sets that the code needs; every mistake must name its
 * line.
 */
#include "review/distance.h"
#include "review/lists.h"
#include "review/match.h"
#include "review/stem.h"

#include <base/error.h>
#include <string.h>

/* The sets the code asks for, each with one word. */
static char *needed_sets(void)
{
#define NEEDED_SET(name, text) "[set " text "]\nzz" text "\n",
	static const char *const sets[] = {LIST_SETS(NEEDED_SET)};
#undef NEEDED_SET
	GString *text = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(sets); i++) {
		g_auto(GStrv) lines = g_strsplit(sets[i], "\n", -1);
		g_strdelimit(lines[1], "-", 'x');
		g_string_append_printf(text, "%s\n%s\n", lines[0], lines[1]);
	}
	return g_string_free(text, FALSE);
}

static ReviewLists *parse(const char *text, GError **error)
{
	g_autofree char *sets = needed_sets();
	ListSource sources[] = {{"sets.words", sets}, {"mine.words", text}};
	ReviewLists *lists = NULL;
	return review_lists_parse(sources, 2, &lists, error) ? lists : NULL;
}

static void test_faults(void)
{
	static const struct {
		const char *text, *says;
	} faults[] = {
		{"hello", "mine.words:1"},
		{"[set mine\nword", "mine.words:1"},
		{"[list mine]\nword", "mine.words:1"},
		{"[rule no-such]\n", "no rule is called"},
		{"[sense no-such]\n", "no sense is called"},
		{"[rule pushy]\nright now", "a reason"},
		{"[rule pushy]\n= presses\n..3 now", "begins with a word"},
		{"[rule pushy]\n= presses\nANY now", "begins with a word"},
		{"[rule pushy]\n= presses\nnow? soon?", "begins with a word"},
		{"[rule pushy]\n= presses\n!now soon", "begins with a word"},
		{"[rule pushy]\n= presses\nnow ..99 soon", "a gap is"},
		{"[rule pushy]\n= presses\nnow||soon", "alternatives"},
		{"[rule pushy]\n= presses\nright-now", "hyphen"},
		{"[rule pushy]\n= presses\n@nowhere now", "nowhere"},
		{"[rule pushy]\n= presses\nnow &", "behind"},
		{"[rule pushy]\n= presses\nnow & &! soon", "behind"},
		{"[rule pushy]\n= presses\n& now", "begins with a word"},
		{"[set mine]\n(word", "hyphen"},
		{"[verbs]\nsee/saw//", "forms"},
		{"[verbs]\na/b/c/d/e", "forms"},
		{"[nouns]\nman/men/mans", "forms"},
		{"[set mine]\nabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij", "48 bytes"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(ReviewLists) lists = parse(faults[i].text, &error);
		g_test_message("%s: %s", faults[i].text, error ? error->message : "no error");
		g_assert_null(lists);
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_nonnull(strstr(error->message, faults[i].says));
	}
}

static void test_missing_set(void)
{
	ListSource source = {"empty.words", ""};
	g_autoptr(ReviewLists) lists = NULL;
	g_autoptr(GError) error = NULL;
	g_assert_false(review_lists_parse(&source, 1, &lists, &error));
	g_assert_nonnull(strstr(error->message, "[set stop]"));
}

/* Forms are made by the rules of spelling, or as they are listed. */
static void test_forms(void)
{
	static const struct {
		const char *word, *form;
		unsigned set;
	} cases[] = {
		{"tries", "try", SET_VERB},
		{"planned", "plan", SET_VERB},
		{"make", "making", SET_VERB_ING},
		{"walk", "walks", SET_VERB_S},
		{"catch", "catches", SET_VERB_S},
		{"went", "gone", SET_VERB_PARTICIPLE},
		{"go", "went", SET_VERB_PAST},
		{"begin", "beginning", SET_VERB_ING},
		{"prefer", "preferring", SET_VERB_ING},
		{"visit", "visited", SET_VERB_PAST},
		{"children", "child", SET_NOUN},
		{"city", "cities", SET_NOUNS},
		{"walk", NULL, SET_NOUN},
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(ReviewLists) lists = parse(
		"[verbs]\ntry plan make walk catch visit go/went/gone begin/began/begun/beginning prefer/preferred\n"
		"[nouns]\nchild/children city",
		&error);
	g_assert_no_error(error);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		WordId word = lists_find(lists, cases[i].word, strlen(cases[i].word));
		g_test_message("%s", cases[i].word);
		g_assert_cmpstr(lists_find_form(lists, word, cases[i].set), ==, cases[i].form);
	}
}

/* long: a table. One pattern, one sentence: what is pointed at, and the first replacement. */
static void test_patterns(void)
{
	static const struct {
		const char *pattern, *note, *marked, *suggest;
	} cases[] = {
		{"need this job", "I need this job.", "need this job", NULL},
		{"need this job", "I need that job.", NULL, NULL},
		{"need this|that job", "I need that job.", "need that job", NULL},
		{"need really? this", "I need this.", "need this", NULL},
		{"need really? this", "I need really this.", "need really this", NULL},
		{"need ..2 job", "I need a good job.", "need a good job", NULL},
		{"need ..2 job", "I need a very good job.", NULL, NULL},
		{"need ..2 job", "I need it. A job is fine.", NULL, NULL},
		{"^ need", "Need it.", "Need", NULL},
		{"^ need", "I need it.", NULL, NULL},
		{"need it $", "I need it!", "need it", NULL},
		{"need it $", "I need it now.", NULL, NULL},
		{"~hire me", "Hiring me is wise.", "Hiring me", NULL},
		{"well , need", "Well, need it.", "Well, need", NULL},
		{"well ,? need", "Well need it.", "Well need", NULL},
		{"need !it", "I need it.", NULL, NULL},
		{"need !it", "I need them.", "need", NULL},
		{"i { has } -> have", "I has it.", "has", "have"},
		{"i { has|is } -> have|am", "I is it.", "is", "am"},
		{"{ your } the -> you're", "Your the one.", "Your", "You're"},
		{"to { hear|meet } -> hearing|meeting", "to meet.", "meet", "meeting"},
		{"meet CAPITAL", "I meet John.", "meet John", NULL},
		{"meet CAPITAL", "I meet john.", NULL, NULL},
		{"needs NUMBER", "He needs 12.", "needs 12", NULL},
		{"can not", "I can't do it.", "can't", NULL},
		{"i am", "I\xe2\x80\x99m here.", "I\xe2\x80\x99m", NULL},
		{"it { 's } own", "it's own", "'s", NULL},
		{"follow up", "I follow-up.", "follow-up", NULL},
		{"need @things", "I need bread.", "need bread", NULL},
		{"need @things", "I need milk.", NULL, NULL},
		{"need & job", "I need the job.", "need the job", NULL},
		{"need & job", "A job is what I need.", "job is what I need", NULL},
		{"need & job", "I need it. A job is fine.", NULL, NULL},
		{"need & job", "I need a pen and some ink and paper and a lamp for this job.", NULL, NULL},
		{"need &! job", "I need it.", "need", NULL},
		{"need &! job", "A job is what I need.", NULL, NULL},
		{"need & it &! job|work", "It I need.", "It I need", NULL},
		{"need & it &! job|work", "I need it for work.", NULL, NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = g_strdup_printf("[set things]\nbread\n[rule pushy]\n= presses\n%s\n", cases[i].pattern);
		g_autoptr(GError) error = NULL;
		g_autoptr(ReviewLists) lists = parse(text, &error);
		g_autoptr(Review) review = NULL;
		g_assert_no_error(error);
		ReviewRequest request = REVIEW_REQUEST_INIT;
		request.note = cases[i].note;
		request.length = strlen(cases[i].note);
		request.lists = lists;
		request.disabled = ~REVIEW_RULE_BIT(REVIEW_PUSHY);
		g_test_message("%s / %s", cases[i].pattern, cases[i].note);
		g_assert_true(review_note(&request, &review, &error));
		g_assert_cmpuint(review->findings->len, ==, cases[i].marked ? 1 : 0);
		if (cases[i].marked == NULL)
			continue;
		const Finding *finding = review_finding(review, 0);
		g_autofree char *marked = g_strndup(cases[i].note + finding->start, finding->end - finding->start);
		g_assert_cmpstr(marked, ==, cases[i].marked);
		g_assert_cmpstr(finding->suggest[0], ==, cases[i].suggest);
	}
}

static void test_built_in(void)
{
	const ReviewLists *lists = &review_lists_built_in;
	WordId bob = lists_find(lists, "bob", 3), robert = lists_find(lists, "robert", 6),
		   anna = lists_find(lists, "anna", 4);
	g_assert_cmpuint(bob, !=, 0);
	g_assert_true(lists_are_kin(lists, bob, robert));
	g_assert_false(lists_are_kin(lists, bob, anna));
	g_assert_false(lists_are_kin(lists, 0, 0));
	g_assert_true(lists_in_set(lists, lists_find(lists, "tuesday", 7), SET_PROPER));
	g_assert_cmpuint(lists_find(lists, "tuesdayy", 8), ==, 0);
}

static void test_stems(void)
{
	static const char *const same[][2] = {{"moving", "move"},   {"moved", "moves"},   {"planning", "plan"},
										  {"planned", "plans"}, {"studies", "study"}, {"calling", "call"},
										  {"classes", "class"}, {"hired", "hiring"}};
	static const char *const other[][2] = {
		{"ring", "r"}, {"bed", "b"}, {"is", "i"}, {"news", "newer"}, {"class", "clas"}};
	static const char *const roots[][2] = {
		{"automation", "automate"}, {"deployment", "deploying"}, {"forecasting", "forecasts"}};
	char a[STEM_BYTES], b[STEM_BYTES];
	for (size_t i = 0; i < G_N_ELEMENTS(same); i++) {
		stem_inflected(same[i][0], strlen(same[i][0]), a);
		stem_inflected(same[i][1], strlen(same[i][1]), b);
		g_assert_cmpstr(a, ==, b);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(other); i++) {
		stem_inflected(other[i][0], strlen(other[i][0]), a);
		stem_inflected(other[i][1], strlen(other[i][1]), b);
		g_assert_cmpstr(a, !=, b);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(roots); i++) {
		stem_root(roots[i][0], strlen(roots[i][0]), a);
		stem_root(roots[i][1], strlen(roots[i][1]), b);
		g_assert_cmpstr(a, ==, b);
	}
}

static void test_slips(void)
{
	static const struct {
		const char *a, *b;
		int slips;
	} pairs[] = {{"john", "john", 0},           {"jon", "john", 1},  {"jhon", "john", 1},
				 {"tomás", "tomas", 1},         {"mary", "marc", 1}, {"", "ab", 2},
				 {"wednesday", "wendesday", 1}, {"abc", "xyz", 3},   {"abcdef", "x", 4}};
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
		g_assert_cmpint(
			slips_between(pairs[i].a, strlen(pairs[i].a), pairs[i].b, strlen(pairs[i].b), 3), ==, pairs[i].slips);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/note/lists/faults", test_faults);
	g_test_add_func("/note/lists/missing-set", test_missing_set);
	g_test_add_func("/note/lists/patterns", test_patterns);
	g_test_add_func("/note/lists/built-in", test_built_in);
	g_test_add_func("/note/lists/forms", test_forms);
	g_test_add_func("/note/lists/stems", test_stems);
	g_test_add_func("/note/lists/slips", test_slips);
	return g_test_run();
}
