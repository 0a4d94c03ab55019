/* test-drafts.c - what the room writes in the circumstances of the good notes, held against the review, dictionary and
 * all.
 *
 * A draft without a gap has no finding; one with a gap has the gap and nothing else.
 */
#include "turns.h"
#include "cases.h"

#include <note/draft.h>
#include <string.h>

enum { VARIANTS = TURNS(6, 1) };

static DraftNote *compose(const Case *one, int variant)
{
	DraftRequest request = DRAFT_REQUEST_INIT;
	DraftNote *draft = NULL;
	g_autoptr(GError) error = NULL;
	request.facts = one->facts;
	request.step = (StepKind)one->request.step;
	request.channel = one->request.channel;
	request.interview = one->request.interview;
	request.to = one->request.to;
	request.about = request.step == STEP_GET_CONTACT ? 1 : NOBODY;
	request.must = one->request.must;
	request.variant = variant;
	request.now = one->request.send_at;
	bool done = draft_compose(&request, &draft, &error);
	g_assert_no_error(error);
	g_assert_true(done);
	return draft;
}

static void check_draft(const Case *circumstances, int variant)
{
	Case one = *circumstances;
	g_autoptr(DraftNote) draft = compose(&one, variant);
	g_autofree char *text =
		draft->subject ? g_strdup_printf("Subject: %s\n\n%s", draft->subject, draft->body) : g_strdup(draft->body);
	one.request.has_attachment = false;
	g_autoptr(Review) review = case_review(&one, text);
	for (guint i = 0; i < review->findings->len; i++) {
		const Finding *finding = review_finding(review, i);
		if (draft->gaps->len && finding->rule == REVIEW_PLACEHOLDER)
			continue;
		g_test_message(
			"%s, variant %d: %s: %s\n%s", one.name, variant, review_rule_name((int)finding->rule), finding->message,
			text);
		g_test_fail();
	}
	if (draft->gaps->len)
		g_assert_cmpint(review_count(review, FINDING_ERROR), >, 0);
}

static void test_drafts(gconstpointer data)
{
	const GPtrArray *good = data;
	int count = 0;
	for (guint i = 0; i < good->len; i++) {
		const Case *one = good->pdata[i];
		if (one->facts == NULL || one->request.send_at == TIME_NONE)
			continue;
		for (int variant = 0; variant < VARIANTS; variant++, count++)
			check_draft(one, variant);
	}
	g_assert_cmpint(count, >, 100);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	GPtrArray *good = cases_load(g_test_get_dir(G_TEST_DIST), "good.cases");
	g_test_add_data_func("/note/review/drafts", good, test_drafts);
	int status = g_test_run();
	g_ptr_array_unref(good);
	cases_close_speller();
	return status;
}
