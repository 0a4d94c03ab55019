/* test-quality.c - how many planted faults are found, rule by rule, over all good notes.
 *
 * Every operator is tried on every note; 95 of 100 planted faults must be found where they were
 * planted for.  Prints the share for each.
 */
#include "operators.h"

#include <string.h>

enum { REACH_PERCENT = 95 };

/* How often a rule spoke of a note. */
typedef struct Tally {
	uint16_t of[REVIEW_RULE_COUNT];
} Tally;

typedef struct Plot {
	const GPtrArray *good;
	const Tally *before; /* of each good note as it is */
	const Operator *operator;
} Plot;

static Tally count_findings(const Case *one, const char *note)
{
	g_autoptr(Review) review = case_review(one, note);
	Tally tally = {{0}};
	for (guint i = 0; i < review->findings->len; i++)
		tally.of[review_finding(review, i)->rule]++;
	return tally;
}

static bool is_found(const Plot *plot, guint i, const char *note)
{
	Case planted = *(const Case *)plot->good->pdata[i];
	ReviewRule rule = plot->operator->rule;
	Tally before = plot->before[i];
	if (rule == REVIEW_MISSING_ATTACHMENT) {
		planted.request.has_attachment = false;
		before = count_findings(&planted, planted.note);
	}
	return count_findings(&planted, note).of[rule] > before.of[rule];
}

static void test_operator(gconstpointer data)
{
	const Plot *plot = data;
	int planted = 0, found = 0;
	for (guint i = 0; i < plot->good->len; i++) {
		const Case *one = plot->good->pdata[i];
		g_autoptr(GRand) random = g_rand_new_with_seed(i + 1);
		g_autofree char *note = plot->operator->plant(one, random);
		if (note == NULL)
			continue;
		planted++;
		if (is_found(plot, i, note))
			found++;
		else
			g_test_message("missed in \"%s\":\n%s", one->name, note);
	}
	g_test_message(
		"%s: %d of %d (%s)", plot->operator->name, found, planted, review_rule_name((int)plot->operator->rule));
	g_assert_true(planted > 0 || plot->operator->rule == REVIEW_SPELLING);
	g_assert_cmpint(found * 100, >=, planted * REACH_PERCENT);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	GPtrArray *good = cases_load(g_test_get_dir(G_TEST_DIST), "good.cases");
	g_autofree Plot *plots = g_new0(Plot, operator_count);
	g_autofree Tally *before = g_new0(Tally, good->len);
	for (guint i = 0; i < good->len; i++)
		before[i] = count_findings(good->pdata[i], ((const Case *)good->pdata[i])->note);
	for (size_t i = 0; i < operator_count; i++) {
		g_autofree char *name = g_strdelimit(g_strdup(operators[i].name), " '", '-');
		g_autofree char *path = g_strdup_printf("/note/quality/%s", name);
		plots[i] = (Plot){good, before, &operators[i]};
		g_test_add_data_func(path, &plots[i], test_operator);
	}
	int status = g_test_run();
	g_ptr_array_unref(good);
	cases_close_speller();
	return status;
}
