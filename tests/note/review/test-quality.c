/* test-quality.c - how many planted faults are found, rule by rule, over all good notes.
 *
 * Every operator is tried on every note; 95 of 100 planted faults must be found where they were
 * planted for.  Prints the share for each.
 */
#include "operators.h"

#include <string.h>

enum { REACH_PERCENT = 95 };

typedef struct Plot {
	const GPtrArray *good;
	const Operator *operator;
} Plot;

static bool is_found(const Case *one, const char *note, ReviewRule rule)
{
	Case planted = *one;
	if (rule == REVIEW_MISSING_ATTACHMENT)
		planted.request.has_attachment = false;
	g_autoptr(Review) before = case_review(&planted, one->note), after = case_review(&planted, note);
	int more = 0;
	for (guint i = 0; i < after->findings->len; i++)
		more += review_finding(after, i)->rule == rule;
	for (guint i = 0; i < before->findings->len; i++)
		more -= review_finding(before, i)->rule == rule;
	return more > 0;
}

static void test_operator(gconstpointer data)
{
	const Plot *plot = data;
	int planted = 0, found = 0;
	/* A part of the set is enough to see a rule break; the benchmark counts all of it. */
	guint every = g_test_slow() ? 1 : 4, first = (guint)(plot->operator- operators) % every;
	for (guint i = first; i < plot->good->len; i += every) {
		const Case *one = plot->good->pdata[i];
		g_autoptr(GRand) random = g_rand_new_with_seed(i + 1);
		g_autofree char *note = plot->operator->plant(one, random);
		if (note == NULL)
			continue;
		planted++;
		if (is_found(one, note, plot->operator->rule))
			found++;
		else
			g_test_message("missed in \"%s\":\n%s", one->name, note);
	}
	g_test_message(
		"%s: %d of %d (%s)", plot->operator->name, found, planted, review_rule_name((int)plot->operator->rule));
	g_assert_true(planted > 0 || plot->operator->rule == REVIEW_SPELLING);
	bool few_missed = every > 1 && planted - found <= 1;
	g_assert_true(few_missed || found * 100 >= planted * REACH_PERCENT);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	GPtrArray *good = cases_load(g_test_get_dir(G_TEST_DIST), "good.cases");
	g_autofree Plot *plots = g_new0(Plot, operator_count);
	for (size_t i = 0; i < operator_count; i++) {
		g_autofree char *name = g_strdelimit(g_strdup(operators[i].name), " '", '-');
		g_autofree char *path = g_strdup_printf("/note/quality/%s", name);
		plots[i] = (Plot){good, &operators[i]};
		g_test_add_data_func(path, &plots[i], test_operator);
	}
	int status = g_test_run();
	g_ptr_array_unref(good);
	cases_close_speller();
	return status;
}
