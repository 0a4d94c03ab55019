/* test-draft-review.c - what the room writes, held against what it would object to.
 *
 * With complete facts the review finds nothing in any draft, the notes to the rest of a panel laid beside it.
 */
#include "make-facts.h"

#include <note/review.h>
#include <string.h>

static char *write_whole(const DraftNote *note)
{
	return note->subject == NULL ? g_strdup(note->body)
								 : g_strdup_printf("Subject: %s\n\n%s", note->subject, note->body);
}

/* The notes to the others of the panel, as the review takes them; NULL-terminated. */
static GPtrArray *write_others(const DraftRequest *request, int people)
{
	GPtrArray *others = g_ptr_array_new_with_free_func(g_free);
	for (int to = 0; to < people; to++) {
		DraftRequest other = *request;
		other.to = to;
		if (to == request->to)
			continue;
		g_autoptr(DraftNote) note = compose(&other);
		g_ptr_array_add(others, write_whole(note));
	}
	g_ptr_array_add(others, NULL);
	return others;
}

/* Steps for which each of a panel gets something to read; the frame of a call is the same for all. */
static bool goes_to_all(const DraftRequest *request)
{
	bool each = request->step == STEP_THANK_YOU || request->step == STEP_CARD || request->step == STEP_CONNECT;
	return each && request->channel != CHANNEL_CALL;
}

static void assert_no_finding(const DraftRequest *request, int people)
{
	g_autoptr(DraftNote) note = compose(request);
	g_autofree char *text = write_whole(note);
	g_autoptr(GPtrArray) others = write_others(request, goes_to_all(request) ? people : 0);
	g_autoptr(Review) review = NULL;
	g_autoptr(GError) error = NULL;
	ReviewRequest asked = REVIEW_REQUEST_INIT;
	asked.note = text;
	asked.length = strlen(text);
	asked.facts = request->facts;
	asked.step = (int)request->step;
	asked.to = request->to;
	asked.interview = 0;
	asked.channel = note->channel;
	asked.must = request->must;
	asked.rejected = request->step == STEP_THANK_FOR_ANSWER || request->step == STEP_KEEP_IN_TOUCH;
	asked.send_at = request->now;
	asked.others = (const char *const *)others->pdata;
	bool ok = review_note(&asked, &review, &error);
	g_assert_no_error(error);
	g_assert_true(ok);
	if (review->findings->len > 0) {
		const Finding *finding = review_finding(review, 0);
		g_error("%s: %s\n%s", review_rule_name((int)finding->rule), finding->message, text);
	}
}

static void check_step(const Facts *facts, StepKind step, int channel, int people)
{
	for (int to = 0; to < people; to++) {
		for (int turn = 0; turn < (g_test_slow() ? 12 : 3); turn++) {
			DraftRequest request = make_request(facts, step, channel, to);
			request.must &= ~(1u << MUST_OWN_NAME);
			if (turn % 2 != 0 && channel == CHANNEL_EMAIL && step == STEP_THANK_YOU)
				request.must |= 1u << MUST_MENTIONS_CARD;
			request.variant = turn;
			request.attempt = 1 + turn % 2;
			request.now = ELEVEN + 2 * HOUR + turn % 4 * 6 * (int64_t)DAY_SECONDS;
			assert_no_finding(&request, people);
		}
	}
}

static void test_step(gconstpointer data)
{
	int step = GPOINTER_TO_INT(data);
	for (int kind = 0; kind < INTERVIEW_KIND_COUNT; kind++) {
		int people = kind == INTERVIEW_PANEL ? 3 : 1;
		g_autoptr(Facts) facts = make_facts((InterviewKind)kind, people);
		Channel channels[CHANNEL_COUNT];
		int count = draft_list_channels((StepKind)step, channels);
		for (int i = 0; i < count; i++)
			check_step(facts, (StepKind)step, (int)channels[i], people);
		if (count == 0)
			check_step(facts, (StepKind)step, WORD_NONE, people);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (int step = 0; step < STEP_COUNT; step++) {
		g_autofree char *path = g_strdup_printf("/draft-review/%s", word_text(WORDS_STEP, step));
		if (draft_has_text((StepKind)step))
			g_test_add_data_func(path, GINT_TO_POINTER(step), test_step);
	}
	return g_test_run();
}
