/* test-draft-people.c - the notes to the people of one panel, and of two panels, do not read alike.
 *
 * Compared are runs of three words after the salutation, names and all; what two notes share is held against the
 * shorter.
 */
#include "make-facts.h"

#include <string.h>

#define MOST_SHARED 30 /* percent; the review objects from 40 on, names left out */

/* The runs of three words of a body, salutation and signature left out. */
static GHashTable *list_runs(const char *body)
{
	GHashTable *runs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_auto(GStrv) paragraphs = g_strsplit(body, "\n\n", -1);
	for (guint i = 1; paragraphs[i] != NULL && paragraphs[i + 1] != NULL; i++) {
		g_auto(GStrv) words = g_strsplit_set(paragraphs[i], " \n", -1);
		for (guint j = 2; j < g_strv_length(words); j++)
			g_hash_table_add(runs, g_strjoin(" ", words[j - 2], words[j - 1], words[j], NULL));
	}
	return runs;
}

static int share_percent(const char *one, const char *two)
{
	g_autoptr(GHashTable) a = list_runs(one), b = list_runs(two);
	guint both = 0, least = MIN(g_hash_table_size(a), g_hash_table_size(b));
	GHashTableIter iter;
	gpointer run;
	g_hash_table_iter_init(&iter, a);
	while (g_hash_table_iter_next(&iter, &run, NULL))
		both += g_hash_table_contains(b, run);
	return least > 0 ? (int)(100 * both / least) : 0;
}

/* The first sentence behind the salutation. */
static char *opening_of(const DraftNote *note)
{
	const char *start = strstr(note->body, "\n\n");
	g_assert_nonnull(start);
	const char *stop = strstr(start, ". ");
	return g_strndup(start + 2, stop != NULL ? (gsize)(stop - start - 2) : strlen(start + 2));
}

static void assert_apart(const GPtrArray *notes, int most)
{
	for (guint i = 0; i < notes->len; i++) {
		const DraftNote *one = g_ptr_array_index(notes, i);
		g_autofree char *opening = opening_of(one);
		for (guint j = 0; j < i; j++) {
			const DraftNote *two = g_ptr_array_index(notes, j);
			g_autofree char *other = opening_of(two);
			g_assert_cmpstr(opening, !=, other);
			if (share_percent(one->body, two->body) > most)
				g_error("%d %% shared:\n%s\n%s", share_percent(one->body, two->body), one->body, two->body);
		}
	}
}

static void note_free(gpointer data)
{
	draft_note_free(data);
}

static GPtrArray *compose_all(const Facts *facts, StepKind step, int channel, int count)
{
	GPtrArray *notes = g_ptr_array_new_with_free_func(note_free);
	for (int to = 0; to < count; to++) {
		DraftRequest request = make_request(facts, step, channel, to);
		g_ptr_array_add(notes, compose(&request));
	}
	return notes;
}

static void test_panel(gconstpointer data)
{
	int channel = GPOINTER_TO_INT(data);
	for (int i = 0; i < (g_test_slow() ? 200 : TURNS(40, 10)); i++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_PANEL, 3);
		g_autofree char *company = g_strdup_printf("Company %d", i);
		set_text(&facts->company, company);
		g_autoptr(GPtrArray) notes = compose_all(facts, STEP_THANK_YOU, channel, 3);
		assert_apart(notes, MOST_SHARED);
	}
}

static void add_people(Facts *facts, int count)
{
	for (int i = (int)facts->people->len; i < count; i++) {
		g_autofree char *id = g_strdup_printf("p%d", i), *name = g_strdup_printf("Jo Number%d", i);
		facts_add_person(facts, &(Person){.id = id, .name = name});
	}
	GArray *with = facts_interview(facts, 0)->with;
	g_array_set_size(with, 0);
	for (int i = 0; i < count; i++)
		g_array_append_val(with, i);
}

/* Seven people, topics for three: the openings differ all the same, and who has no topic is not given another's. */
static void test_large_panel(void)
{
	for (int i = 0; i < (g_test_slow() ? 50 : TURNS(12, 3)); i++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_PANEL, 3);
		g_autofree char *company = g_strdup_printf("Company %d", i);
		set_text(&facts->company, company);
		add_people(facts, 7);
		g_autoptr(GPtrArray) notes = compose_all(facts, STEP_THANK_YOU, CHANNEL_EMAIL, 7);
		assert_apart(notes, 45);
		const DraftNote *last = g_ptr_array_index(notes, 6);
		g_assert_cmpstr(g_ptr_array_index(last->gaps, 0), ==, "something you talked about with Jo Number6");
	}
}

/* Topics talked about with all are handed round. */
static void test_shared_topics(void)
{
	static const char *const shared[] = {"the move to Phoenix", "hiring plans", "remote work"};
	g_autoptr(Facts) facts = make_facts(INTERVIEW_PANEL, 3);
	g_array_set_size(facts_debrief(facts, 0)->topics, 0);
	for (guint i = 0; i < G_N_ELEMENTS(shared); i++)
		debrief_add_topic(facts_debrief(facts, 0), NOBODY, shared[i]);
	for (int to = FINN; to <= LIN; to++) {
		DraftRequest request = make_request(facts, STEP_THANK_YOU, CHANNEL_EMAIL, to);
		request.user_template = "{{topic}}";
		g_autoptr(DraftNote) note = compose(&request);
		g_autofree char *line = g_strconcat(shared[to], "\n", NULL);
		g_assert_cmpstr(note->body, ==, line);
	}
}

static int add_interview(Facts *facts, const char *id, int64_t start, int with)
{
	Interview *interview = facts_add_interview(
		facts, &(Interview){
				   .id = (char *)id,
				   .kind = INTERVIEW_IN_PERSON,
				   .start = start,
				   .end = start + HOUR,
				   .promise = PROMISE_NONE});
	g_array_append_val(interview->with, with);
	return (int)facts->interviews->len - 1;
}

/* Three interviews on one day are one round, whoever is asked about first. */
static void test_one_day_many_rooms(void)
{
	for (int i = 0; i < (g_test_slow() ? 50 : TURNS(12, 3)); i++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
		g_autofree char *company = g_strdup_printf("Company %d", i);
		set_text(&facts->company, company);
		add_interview(facts, "second", ELEVEN - 3 * HOUR, OKORO);
		add_interview(facts, "third", ELEVEN - 2 * HOUR, LIN);
		g_autoptr(GPtrArray) notes = compose_all(facts, STEP_THANK_YOU, CHANNEL_EMAIL, 3);
		assert_apart(notes, MOST_SHARED);
	}
}

/* A second round with the same person a week later. */
static void test_two_rounds(void)
{
	for (int i = 0; i < (g_test_slow() ? 50 : TURNS(12, 3)); i++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
		g_autofree char *company = g_strdup_printf("Company %d", i);
		set_text(&facts->company, company);
		int64_t later = ELEVEN + 7 * (int64_t)DAY_SECONDS;
		int second = add_interview(facts, "second", later, FINN);
		debrief_add_topic(facts_add_debrief(facts, second, later + HOUR), FINN, "the roadmap");
		DraftRequest request = make_request(facts, STEP_THANK_YOU, CHANNEL_EMAIL, FINN);
		request.interview = 0;
		g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(note_free);
		g_ptr_array_add(notes, compose(&request));
		request.interview = second;
		request.now = later + 2 * HOUR;
		g_ptr_array_add(notes, compose(&request));
		assert_apart(notes, MOST_SHARED);
		g_assert_nonnull(strstr(((DraftNote *)g_ptr_array_index(notes, 1))->body, "the roadmap"));
	}
}

/* Two panels in one week, the same three people in both: six notes, and no two alike. */
static void test_two_panels(gconstpointer data)
{
	static const char *const talks[] = {"the roadmap for spring", "how releases are tested", "training the new hires"};
	for (int i = 0; i < (g_test_slow() ? 50 : TURNS(12, 3)); i++) {
		g_autoptr(Facts) facts = make_facts(INTERVIEW_PANEL, 3);
		g_autofree char *company = g_strdup_printf("Company %d", i);
		set_text(&facts->company, company);
		int64_t later = ELEVEN + 2 * (int64_t)DAY_SECONDS;
		int second = add_interview(facts, "second", later, FINN);
		g_array_append_vals(facts_interview(facts, second)->with, (int[]){OKORO, LIN}, 2);
		facts_interview(facts, second)->kind = INTERVIEW_PANEL;
		Debrief *debrief = facts_add_debrief(facts, second, later + HOUR);
		for (int to = FINN; to <= LIN; to++)
			debrief_add_topic(debrief, to, talks[to]);
		g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(note_free);
		for (int n = 0; n < 6; n++) {
			DraftRequest request = make_request(facts, STEP_THANK_YOU, GPOINTER_TO_INT(data), n % 3);
			request.interview = n < 3 ? 0 : second;
			request.now = n < 3 ? request.now : later + 2 * HOUR;
			g_ptr_array_add(notes, compose(&request));
		}
		assert_apart(notes, MOST_SHARED);
		g_assert_nonnull(strstr(((DraftNote *)g_ptr_array_index(notes, 5))->body, talks[LIN]));
	}
}

static int count_it_starts(const char *body)
{
	g_autofree char *line = g_strdelimit(g_strdup(body), "\n", ' ');
	g_auto(GStrv) sentences = g_strsplit(line, ". ", -1);
	int count = 0;
	for (char **sentence = sentences; *sentence != NULL; sentence++)
		count += g_str_has_prefix(g_strstrip(*sentence), "It ");
	return count;
}

/* Not "It was … It was … It would …"; a card is too short for a second one. */
static void test_starts(gconstpointer data)
{
	static const InterviewKind kinds[] = {INTERVIEW_IN_PERSON, INTERVIEW_VIDEO, INTERVIEW_PANEL};
	int channel = GPOINTER_TO_INT(data);
	for (int i = 0; i < (g_test_slow() ? 1500 : TURNS(300, 75)); i++) {
		g_autoptr(Facts) facts = make_facts(kinds[i % 3], i % 3 == 2 ? 3 : 1);
		g_autofree char *company = g_strdup_printf("Company %d", i / 6);
		set_text(&facts->company, company);
		DraftRequest request = make_request(facts, channel == CHANNEL_CARD ? STEP_CARD : STEP_THANK_YOU, channel, FINN);
		request.variant = i % 6;
		g_autoptr(DraftNote) note = compose(&request);
		if (count_it_starts(note->body) > (channel == CHANNEL_CARD ? 1 : 2))
			g_error("too many sentences begin with \"It\":\n%s", note->body);
	}
}

/* The card that goes along does not repeat the e-mail. */
static void test_card_beside_email(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_PANEL, 3);
	for (int to = FINN; to <= LIN; to++) {
		DraftRequest card = make_request(facts, STEP_CARD, CHANNEL_CARD, to);
		DraftRequest email = make_request(facts, STEP_THANK_YOU, CHANNEL_EMAIL, to);
		g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(note_free);
		g_ptr_array_add(notes, compose(&card));
		g_ptr_array_add(notes, compose(&email));
		assert_apart(notes, MOST_SHARED);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/draft-people/panel/email", GINT_TO_POINTER(CHANNEL_EMAIL), test_panel);
	g_test_add_data_func("/draft-people/panel/hand-delivered", GINT_TO_POINTER(CHANNEL_HAND_DELIVERED), test_panel);
	g_test_add_data_func("/draft-people/panel/card", GINT_TO_POINTER(CHANNEL_CARD), test_panel);
	g_test_add_func("/draft-people/large-panel", test_large_panel);
	g_test_add_func("/draft-people/shared-topics", test_shared_topics);
	g_test_add_func("/draft-people/one-day-many-rooms", test_one_day_many_rooms);
	g_test_add_func("/draft-people/two-rounds", test_two_rounds);
	g_test_add_data_func("/draft-people/two-panels/email", GINT_TO_POINTER(CHANNEL_EMAIL), test_two_panels);
	g_test_add_data_func("/draft-people/two-panels/card", GINT_TO_POINTER(CHANNEL_CARD), test_two_panels);
	g_test_add_data_func("/draft-people/starts/card", GINT_TO_POINTER(CHANNEL_CARD), test_starts);
	g_test_add_data_func("/draft-people/starts/email", GINT_TO_POINTER(CHANNEL_EMAIL), test_starts);
	g_test_add_func("/draft-people/card-beside-email", test_card_beside_email);
	return g_test_run();
}
