/* test-unseen.c - notes and faults that neither the lists nor the examples have been made with.
 *
 * What they tell is how the review does on what people write.  A change that costs much of it fails here; whoever
 * mends the review with these very notes spoils them, and writes new ones.
 */
#include "cases.h"

#include <string.h>

enum { FOUND_PERCENT = 80, FINDINGS_PERCENT = 18 }; /* of the faults; of good notes, a finding each */

static const char *const folders[] = {"first", "second"};

static char *folder_of(const char *name)
{
	return g_build_filename(g_test_get_dir(G_TEST_DIST), "unseen", name, NULL);
}

static void test_good(void)
{
	guint notes = 0, findings = 0;
	for (size_t f = 0; f < G_N_ELEMENTS(folders); f++) {
		g_autofree char *folder = folder_of(folders[f]);
		g_autoptr(GPtrArray) good = cases_load(folder, "good.cases");
		notes += good->len;
		for (guint i = 0; i < good->len; i++) {
			const Case *one = good->pdata[i];
			g_autoptr(Review) review = case_review(one, one->note);
			findings += review->findings->len;
		}
	}
	g_test_message("%u findings on %u good notes", findings, notes);
	g_assert_cmpuint(findings * 100, <=, notes * FINDINGS_PERCENT);
}

static bool is_found(int rule, const char *sentence)
{
	Case one = {.name = (char *)sentence, .note = (char *)sentence, .request = REVIEW_REQUEST_INIT};
	one.request.rejected = rule == REVIEW_FEEDBACK_PRESSURE;
	g_autoptr(Review) review = case_review(&one, sentence);
	for (guint i = 0; i < review->findings->len; i++)
		if ((int)review_finding(review, i)->rule == rule)
			return true;
	return false;
}

static void test_sentences(void)
{
	int planted = 0, found = 0;
	for (size_t f = 0; f < G_N_ELEMENTS(folders); f++) {
		g_autofree char *folder = folder_of(folders[f]), *path = g_build_filename(folder, "sentences.txt", NULL),
						*text = NULL;
		g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
		g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
		for (char **line = lines; *line; line++) {
			char *colon = strstr(*line, ": ");
			if (colon == NULL)
				continue;
			*colon = '\0';
			int rule = review_rule_find(*line);
			planted += rule != WORD_NONE;
			found += rule != WORD_NONE && is_found(rule, colon + 2);
		}
	}
	g_test_message("%d of %d faults found", found, planted);
	g_assert_cmpint(found * 100, >=, planted * FOUND_PERCENT);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/note/unseen/good", test_good);
	g_test_add_func("/note/unseen/sentences", test_sentences);
	int status = g_test_run();
	cases_close_speller();
	return status;
}
