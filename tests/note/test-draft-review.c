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
	if (note->gaps->len > 0)
		g_error("gap: %s\n%s", (const char *)g_ptr_array_index(note->gaps, 0), text);
	if (review->findings->len > 0) {
		const Finding *finding = review_finding(review, 0);
		g_error("%s: %s\n%s", review_rule_name((int)finding->rule), finding->message, text);
	}
}

static void check_step(const Facts *facts, StepKind step, int channel, int people)
{
	for (int to = 0; to < people; to++) {
		for (int turn = 0; turn < (g_test_slow() ? 12 : TURNS(3, 1)); turn++) {
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

/* ---- facts nobody has seen ---- */

static const char *const companies[] = {
	"Globex",
	"Initech",
	"The Weather Group",
	"Marks & Spencer",
	"Soylent, Inc.",
	"Umbrella Corp.",
	"Hooli GmbH",
	"St. Mary's Hospital",
	"Vandelay Industries",
	"Caf\xc3\xa9 M\xc3\xbcller",
	"Wayne Enterprises",
	"Acme"};
static const char *const positions[] = {
	"Data analyst",   "Senior Software Engineer", "Ward nurse",        "Head of Sales",        "Teacher",
	"Office manager", "UX designer (m/f/d)",      "Summer internship", "Warehouse supervisor", "Marketing assistant"};
static const char *const names[] = {
	"Huck Finn",
	"Ada Okoro",
	"Wei Lin",
	"Ludwig van Beethoven",
	"Cher",
	"Mary-Jane Watson",
	"Jos\xc3\xa9 Garc\xc3\xad"
	"a",
	"Sinead O'Brien",
	"Priya Raman",
	"Tom de Vries",
	"Zo\xc3\xab K\xc3\xb6nig",
	"Oluwaseun Adeyemi"};
static const char *const topics[] = {
	"moving the forecast off spreadsheets",
	"How the team handles handovers",
	"the new data warehouse in Tucson.",
	"their plan to open a second office",
	"They ship every week",
	"I told him about my year as a baker in Lisbon.",
	"improve test coverage",
	"the \"quiet hours\" on the ward",
	"Main challenge: legacy code",
	"reading with year-two pupils",
	"the caf\xc3\xa9 project in Z\xc3\xbcrich",
	"Great discussion about stock levels in forty stores, and how one late truck on a Friday can leave the whole of "
	"the "
	"following week short of fresh bread and milk",
	"trail running",
	"my time at Initrode",
	"no tests yet in the billing code",
	"that patients on the ward come before paperwork",
	"Should a ward round begin with the night nurse?",
};
static const char *const fits[] = {
	"small team that ships weekly",
	"they care about testing",
	"five years of SQL",
	"my background in teaching",
	"Their openness about mistakes",
	"I like calm places",
	"shared values",
	"how they review code",
	"experience with night shifts",
	"a calm ward",
	"mentoring",
	"We both care about clean data"};
static const char *const details[] = {
	"led the billing migration at Initrode",
	"the course on forecasting I gave last spring",
	"speak Spanish",
	"AWS certification",
	"that I can start in January",
	"my thesis on queueing theory"};
static const char *const answers[] = {
	"the SQL question", "explaining the rota", "my answer on handovers", "case study", "How I'd plan a lesson"};
static const char *const abilities[] = {"SQL",       "forecasting", "clear writing",
										"first aid", "Excel",       "conflict resolution"};

#define PICK(random, list) ((list)[g_rand_int_range((random), 0, G_N_ELEMENTS(list))])

/* Different ones: counted on from a random place. */
#define PICK_NEXT(start, number, list) ((list)[((guint)(start) + (guint)(number)) % G_N_ELEMENTS(list)])

static void set_people(Facts *facts, GRand *random, int people)
{
	int start = g_rand_int(random) & 0xff;
	for (int i = 0; i < (int)facts->people->len; i++) {
		Person *person = facts_person(facts, i);
		set_text(&person->name, PICK_NEXT(start, i, names));
		const char *last = strrchr(person->name, ' ');
		g_autofree char *formal = last != NULL ? g_strconcat("Ms.", last, NULL) : NULL;
		set_text(&person->salutation, last != NULL && g_rand_boolean(random) ? formal : NULL);
	}
	for (int i = (int)facts->people->len; i < people; i++) {
		g_autofree char *id = g_strdup_printf("p%d", i);
		facts_add_person(facts, &(Person){.id = id, .name = (char *)PICK_NEXT(start, i, names)});
	}
	GArray *with = facts_interview(facts, 0)->with;
	g_array_set_size(with, 0);
	for (int i = 0; i < people; i++)
		g_array_append_val(with, i);
}

static void set_debrief(Facts *facts, GRand *random, int people)
{
	Debrief *debrief = facts_debrief(facts, 0);
	int start = g_rand_int(random) & 0xff;
	g_array_set_size(debrief->topics, 0);
	for (int i = 0; i < people; i++)
		debrief_add_topic(debrief, i, PICK_NEXT(start, i, topics));
	if (g_rand_boolean(random))
		debrief_add_topic(debrief, 0, PICK_NEXT(start, people, topics));
	const struct {
		GPtrArray *list;
		const char *const *texts;
		guint count;
	} lists[] = {
		{debrief->fit, fits, G_N_ELEMENTS(fits)},
		{debrief->unsaid, details, G_N_ELEMENTS(details)},
		{debrief->strong, answers, G_N_ELEMENTS(answers)},
		{debrief->weak, answers, G_N_ELEMENTS(answers)},
		{facts->me.skills, abilities, G_N_ELEMENTS(abilities)},
		{facts->requirements, abilities, G_N_ELEMENTS(abilities)},
	};
	for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
		guint first = g_rand_int(random) & 0xff, count = 1 + (g_rand_int(random) & 1);
		g_ptr_array_set_size(lists[i].list, 0);
		for (guint j = 0; j < count; j++)
			g_ptr_array_add(lists[i].list, g_strdup(lists[i].texts[(first + j) % lists[i].count]));
	}
}

static Facts *make_random_facts(GRand *random, int *ret_people)
{
	int kind = g_rand_int_range(random, 0, INTERVIEW_KIND_COUNT);
	int people = kind == INTERVIEW_PANEL ? g_rand_int_range(random, 2, 7) : 1;
	Facts *facts = make_facts((InterviewKind)kind, 3);
	set_text(&facts->company, PICK(random, companies));
	set_text(&facts->position, PICK(random, positions));
	set_people(facts, random, people);
	set_debrief(facts, random, people);
	Promise *promise = &facts_interview(facts, 0)->promise;
	*promise = PROMISE_NONE;
	if (g_rand_boolean(random))
		promise->decision_by = TUESDAY + g_rand_int_range(random, 2, 20);
	if (g_rand_boolean(random))
		promise->follow_up_after = TUESDAY + g_rand_int_range(random, 2, 20);
	*ret_people = people;
	return facts;
}

/* What the playbooks want held, beyond make_facts: the least and the most. */
static unsigned pick_must(GRand *random, StepKind step, int channel, bool phone_screen)
{
	unsigned most = must_of(step), least = most;
	if (step == STEP_THANK_YOU) {
		if (!phone_screen || g_rand_boolean(random))
			most &= ~(1u << MUST_OWN_NAME);
		most |= channel != CHANNEL_CARD && g_rand_boolean(random) ? 1u << MUST_MENTIONS_CARD : 0;
		least = most & ~(1u << MUST_FIT);
	} else if (step == STEP_SECOND_NOTE) {
		least = 1u << MUST_ASK_DECISION;
	} else if (step == STEP_CHECK_IN || step == STEP_FINAL_CHECK) {
		least = most & ~(1u << MUST_FIT);
	}
	return g_rand_boolean(random) ? most : least;
}

/* When each step is written, in days after the interview. */
static int days_after(StepKind step, GRand *random)
{
	switch (step) {
	case STEP_PREPARE_CLOSE:
		return -1;
	case STEP_THANK_YOU:
	case STEP_CARD:
	case STEP_ADDITIONAL_INFO:
	case STEP_GET_CONTACT:
	case STEP_CONNECT:
		return g_rand_int_range(random, 0, 3);
	case STEP_KEEP_IN_TOUCH:
		return 90;
	default:
		return g_rand_int_range(random, 7, 28);
	}
}

static void check_random(GRand *random)
{
	int people = 0;
	g_autoptr(Facts) facts = make_random_facts(random, &people);
	bool screen = facts_interview(facts, 0)->kind == INTERVIEW_PHONE_SCREEN;
	for (int step = 0; step < STEP_COUNT; step++) {
		Channel channels[CHANNEL_COUNT];
		int count = draft_list_channels((StepKind)step, channels), readers = step == STEP_THANK_YOU ? people : 1;
		for (int i = 0; draft_has_text((StepKind)step) && i < MAX(count, 1); i++) {
			DraftRequest request = make_request(facts, (StepKind)step, count > 0 ? (int)channels[i] : WORD_NONE, 0);
			request.must = pick_must(random, (StepKind)step, request.channel, screen);
			request.variant = g_rand_int_range(random, 0, 4);
			request.attempt = g_rand_int_range(random, 1, 3);
			request.now += days_after((StepKind)step, random) * (int64_t)DAY_SECONDS;
			for (int to = 0; to < readers; to++) {
				request.to = step == STEP_GET_CONTACT ? request.to : to;
				assert_no_finding(&request, people);
			}
		}
	}
}

static void test_random(void)
{
	int rounds = g_test_slow() ? 3000 : TURNS(60, 8);
	for (int seed = 0; seed < rounds; seed++) {
		g_autoptr(GRand) random = g_rand_new_with_seed((guint32)seed);
		check_random(random);
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
	g_test_add_func("/draft-review/random", test_random);
	return g_test_run();
}
