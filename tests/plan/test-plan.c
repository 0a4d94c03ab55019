/* test-plan.c - looking into a plan: its words, its sentences, the step a note is for, and facts at the edges.
 */
#include <facts/facts-json.h>
#include <plan/plan.h>
#include <string.h>

#define PEOPLE                                                                                                         \
	"\"people\":[{\"id\":\"finn\",\"name\":\"Huck "                                                                    \
	"Finn\",\"role\":\"hiring-manager\",\"email\":\"finn@globex.example\","                                            \
	"\"phone\":\"+1 602 555 0111\",\"address\":\"1 Main St\"},"                                                        \
	"{\"id\":\"ada\",\"name\":\"Ada \\\"Bee\\\" Bloom\",\"role\":\"interviewer\"},"                                    \
	"{\"id\":\"rita\",\"name\":\"Rita Gomez\",\"role\":\"recruiter\",\"email\":\"rita@hire.example\"}],"

/* A Tuesday interview with Huck Finn who promised a decision by Thursday, and some events. */
static Facts *make_facts(const char *promise, const char *events)
{
	g_autofree char *text = g_strdup_printf(
		"{\"version\":1,\"timezone\":\"America/Phoenix\",\"holidays\":[\"2026-11-26\"],\"me\":{\"name\":\"Ana Reyes\"},"
		"\"opportunity\":{\"company\":\"Globex\"}," PEOPLE
		"\"interviews\":[{\"id\":\"onsite\",\"kind\":\"in-person\",\"start\":\"2026-11-17T10:00\",\"end\":\"2026-11-"
		"17T11:00\","
		"\"with\":[\"finn\",\"ada\"]%s}],\"events\":[%s]}",
		promise, events);
	g_autoptr(GError) error = NULL;
	Facts *facts = NULL;
	bool good = facts_parse(text, strlen(text), &facts, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return facts;
}

#define BY_THURSDAY ",\"promise\":{\"decision_by\":\"2026-11-19\"}"
#define THANKED                                                                                                        \
	"{\"at\":\"2026-11-17T15:00\",\"kind\":\"sent\",\"step\":\"thank-you\",\"to\":\"finn\",\"channel\":\"email\"}"
#define CALLED                                                                                                         \
	"{\"at\":\"2026-11-20T09:10\",\"kind\":\"called\",\"step\":\"check-in\",\"to\":\"finn\",\"result\":\"message-"     \
	"left\"}"

static int64_t at(const Facts *facts, const char *text)
{
	Stamp stamp;
	g_assert_true(stamp_parse(text, &stamp));
	return zone_resolve(facts->zone, stamp);
}

/* ---- words ---- */

static void test_words(void)
{
	g_assert_cmpstr(step_state_word(STATE_OVERDUE), ==, "overdue");
	g_assert_cmpstr(step_state_word(STATE_MISSED), ==, "missed");
	g_assert_null(skip_reason_word(REASON_NONE));
	g_assert_cmpstr(skip_reason_word(REASON_LATE), ==, "late");
	g_assert_cmpstr(verdict_word(VERDICT_MOVE_ON), ==, "move-on");
	g_assert_cmpstr(verdict_word(VERDICT_CLOSED), ==, "closed");
}

/* ---- sentences ---- */

typedef struct Saying {
	const char *name, *playbook, *promise, *events, *now;
	StepKind step;
	const char *says; /* a pattern of what is said of the step */
} Saying;

static const Saying sayings[] = {
	{"morning-after", "morning-after", BY_THURSDAY, THANKED, "2026-11-18T09:00", STEP_CHECK_IN,
	 "They said Thursday 19 November; the morning after is Friday 20 November."},
	{"a-week", "morning-after", "", THANKED, "2026-11-18T09:00", STEP_CHECK_IN,
	 "They named no day, so a week after the last word between you, Tuesday 17 November: Tuesday 24 November."},
	{"follow-up", "morning-after", ",\"promise\":{\"follow_up_after\":\"2026-12-05\"}", THANKED, "2026-11-18T09:00",
	 STEP_CHECK_IN, "They wanted to hear from you from Saturday 5 December on; that makes it Monday 7 December."},
	{"counted", "morning-after", BY_THURSDAY,
	 THANKED ",{\"at\":\"2026-11-18T09:00\",\"kind\":\"reply\",\"from\":\"finn\",\"says\":\"more-time\"}",
	 "2026-11-19T09:00", STEP_CHECK_IN,
	 "They named no day; by what they said last it is from Wednesday 25 November on, so Wednesday 25 November.*"},
	{"length", "rule-of-three", ",\"promise\":{\"process_weeks\":12}", THANKED, "2026-11-18T09:00", STEP_SECOND_NOTE,
	 "They said it takes 12 weeks, so 3 weeks after the last word between you, Tuesday 17 November: Tuesday 8 "
	 "December.*"},
	{"third-day", "morning-after", BY_THURSDAY, THANKED "," CALLED, "2026-11-21T09:00", STEP_CHECK_IN,
	 "You asked on Friday 20 November; three business days later is Wednesday 25 November."},
	{"more-time", "morning-after", BY_THURSDAY,
	 THANKED "," CALLED ",{\"at\":\"2026-11-23T09:00\",\"kind\":\"reply\",\"from\":\"finn\",\"says\":\"more-time\","
			 "\"decision_by\":\"2026-12-01\"}",
	 "2026-11-24T09:00", STEP_CHECK_IN,
	 "They asked for time until Tuesday 1 December; Wednesday 2 December is the day to ask again. After you asked they "
	 "gave a new date*"},
	{"both-dates", "stay-in-touch", ",\"promise\":{\"decision_by\":\"2026-11-20\",\"follow_up_after\":\"2026-11-25\"}",
	 THANKED, "2026-11-20T09:00", STEP_CHECK_IN,
	 "They said Friday 20 November; the next business day is Monday 23 November. Nobody is asked before the date they "
	 "gave, "
	 "Wednesday 25 November."},
	{"away", "morning-after", BY_THURSDAY,
	 THANKED ",{\"at\":\"2026-11-18T09:00\",\"kind\":\"auto-reply\",\"from\":\"finn\",\"back_on\":\"2026-11-29\"}",
	 "2026-11-19T09:00", STEP_CHECK_IN,
	 "*Huck Finn is away until Sunday 29 November; the next business day is Monday 30 November."},
	{"one-platform", "standard", "",
	 "{\"at\":\"2026-11-17T17:00\",\"kind\":\"sent\",\"step\":\"connect\",\"to\":\"finn\",\"channel\":\"linkedin\"}",
	 "2026-11-17T18:00", STEP_THANK_YOU,
	 "*You were in touch with Huck Finn on LinkedIn on Tuesday 17 November, and one platform a day is enough; so not "
	 "before "
	 "Wednesday 18 November, 09:00."},
	{"they-wrote", "seven-steps", "",
	 THANKED ",{\"at\":\"2026-11-23T09:00\",\"kind\":\"reply\",\"from\":\"finn\",\"says\":\"other\"}",
	 "2026-11-24T09:00", STEP_CHECK_IN,
	 "2 weeks after*is Monday 7 December;*They wrote on Monday 23 November, and the waiting starts anew from there."},
	{"late-card", "standard", BY_THURSDAY, "", "2026-11-17T12:00", STEP_CARD,
	 "*A card takes until the third business day, Friday 20 November; they decide by Thursday 19 November."},
	{"rejected", "standard", "", THANKED ",{\"at\":\"2026-11-20T09:00\",\"kind\":\"rejected\"}", "2026-11-20T10:00",
	 STEP_KEEP_IN_TOUCH, "*on Thursday 18 February 2027,*"},
	{"offer", "morning-after", BY_THURSDAY, THANKED ",{\"at\":\"2026-11-20T09:00\",\"kind\":\"offer\"}",
	 "2026-11-20T10:00", STEP_CHECK_IN, "*They offered you the position on Friday 20 November,*"},
	{"bounced", "standard", "",
	 THANKED
	 ",{\"at\":\"2026-11-17T15:01\",\"kind\":\"bounced\",\"step\":\"thank-you\",\"to\":\"finn\",\"channel\":\"email\"}",
	 "2026-11-17T16:00", STEP_THANK_YOU, "*What was sent to Huck Finn came back,*"},
	{"whom-to-ask", "standard", "", THANKED, "2026-11-17T16:00", STEP_GET_CONTACT,
	 "Nothing on record reaches Ada \"Bee\" Bloom; Rita Gomez can tell you how."},
	{"asked", "standard", BY_THURSDAY, THANKED "," CALLED, "2026-11-20T16:00", STEP_CHECK_IN,
	 "You asked on Friday 20 November."},
	{"asked-otherwise", "note-and-email", "", THANKED "," CALLED, "2026-11-20T16:00", STEP_CHECK_IN,
	 "You asked on*every time of asking counts*"},
};

/* The same rule by rule, each with where it comes from. */
static void expect_reasons(const Plan *plan, const PlanStep *step, const char *whole)
{
	g_autoptr(GPtrArray) reasons = plan_step_list_reasons(plan, step);
	g_autoptr(GString) joined = g_string_new(NULL);
	for (guint i = 0; i < reasons->len; i++) {
		const PlanReason *reason = g_ptr_array_index(reasons, i);
		g_assert_true(g_str_has_suffix(reason->source, ".txt"));
		g_assert_true(reason->rule[0] == 'E' || playbook_find_rule(plan->playbook, reason->rule) != NULL);
		g_string_append_printf(joined, "%s%s", i == 0 ? "" : " ", reason->text);
	}
	g_assert_cmpstr(joined->str, ==, whole);
}

static void test_saying(gconstpointer data)
{
	const Saying *row = data;
	g_autoptr(Facts) facts = make_facts(row->promise, row->events);
	g_autoptr(Playbook) playbook = NULL;
	g_assert_true(playbook_load_shipped(row->playbook, &playbook, NULL));
	g_autoptr(Plan) plan = plan_new();
	plan_compute(facts, playbook, at(facts, row->now), plan);
	int to = row->step == STEP_GET_CONTACT ? NOBODY : facts_find_person(facts, "finn");
	const PlanStep *step = plan_find_step(plan, row->step, to, NO_INTERVIEW);
	for (guint i = 0; i < plan->steps->len && !step; i++)
		if (plan_step(plan, i)->kind == row->step && plan_step(plan, i)->to == to)
			step = plan_step(plan, i);
	g_assert_nonnull(step);
	g_autofree char *text = plan_step_explain(plan, step);
	g_test_message("%s", text);
	if (!g_pattern_match_simple(row->says, text))
		g_test_fail_printf("want: %s\ngot: %s", row->says, text);
	expect_reasons(plan, step, text);
}

static void test_verdicts(void)
{
	static const struct {
		const char *events, *now, *says;
	} cases[] = {
		{"", "2026-11-17T12:00", "Now: thank Huck Finn, by Wednesday 18 November, 11:00; and 1 more."},
		{THANKED, "2026-11-20T09:30", "Now: check in with Huck Finn, by Friday 20 November, 12:00."},
		{THANKED, "2026-11-20T13:00", "Now: check in with Huck Finn, which was due Friday 20 November, 12:00."},
		{THANKED "," CALLED, "2026-11-24T09:00",
		 "Nothing until Wednesday 25 November, 09:00: then check in with Huck Finn."},
		{THANKED, "2026-12-08T09:00", "The time to ask has passed; it is time to move on."},
		{THANKED
		 "," CALLED
		 ",{\"at\":\"2026-11-25T09:00\",\"kind\":\"sent\",\"step\":\"check-in\",\"to\":\"finn\",\"channel\":\"email\"}",
		 "2026-11-27T09:00", "Nothing to do but wait until Thursday 3 December, 09:00."},
		{THANKED
		 "," CALLED
		 ",{\"at\":\"2026-11-25T09:00\",\"kind\":\"sent\",\"step\":\"check-in\",\"to\":\"finn\",\"channel\":\"email\"}",
		 "2026-12-03T09:00", "Nothing was heard since Wednesday 25 November; it is time to move on."},
		{THANKED ",{\"at\":\"2026-11-20T09:00\",\"kind\":\"offer\"}", "2026-11-21T09:00",
		 "They offered you the position on Friday 20 November: congratulations."},
		{THANKED ",{\"at\":\"2026-11-20T09:00\",\"kind\":\"withdrawn\"}", "2026-11-21T09:00",
		 "You withdrew on Friday 20 November."},
	};
	g_autoptr(Playbook) playbook = NULL;
	g_assert_true(playbook_load_shipped("morning-after", &playbook, NULL));
	g_autoptr(Plan) plan = plan_new();
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Facts) facts = make_facts(BY_THURSDAY, cases[i].events);
		facts_person(facts, 1)->email = g_strdup("ada@globex.example");
		if (*cases[i].events)
			g_array_set_size(facts_interview(facts, 0)->with, 1);
		plan_compute(facts, playbook, at(facts, cases[i].now), plan);
		g_autofree char *text = plan_explain_verdict(plan);
		g_assert_cmpstr(text, ==, cases[i].says);
	}
}

/* ---- the step a note is for ---- */

static void test_find_step(void)
{
	g_autoptr(Facts) facts = make_facts(BY_THURSDAY, THANKED "," CALLED);
	g_autoptr(Playbook) playbook = NULL;
	g_assert_true(playbook_load_shipped("morning-after", &playbook, NULL));
	g_autoptr(Plan) plan = plan_new();
	int finn = facts_find_person(facts, "finn"), ada = facts_find_person(facts, "ada");
	plan_compute(facts, playbook, at(facts, "2026-11-24T09:00"), plan);
	const PlanStep *step = plan_find_step(plan, STEP_CHECK_IN, finn, NO_INTERVIEW);
	g_assert_nonnull(step);
	g_assert_cmpint(step->state, ==, STATE_UPCOMING);
	g_assert_cmpint(step->attempt, ==, 2);
	g_assert_false(plan_step_is_open(step));
	g_assert_null(plan_find_step(plan, STEP_CHECK_IN, ada, NO_INTERVIEW));
	g_assert_null(plan_find_step(plan, STEP_THANK_YOU, finn, NO_INTERVIEW));
	step = plan_find_step(plan, STEP_THANK_YOU, NOBODY, 0);
	g_assert_cmpint(step->to, ==, ada);
	g_assert_true(plan_step_is_open(step));
	plan_compute(facts, playbook, at(facts, "2026-11-25T09:00"), plan);
	g_assert_cmpint(plan_find_step(plan, STEP_CHECK_IN, finn, 0)->state, ==, STATE_DUE);
}

/* ---- edges ---- */

/* Facts without an interview, or without anything, plan nothing and wait. */
static void test_empty(void)
{
	g_autoptr(Zone) zone = zone_load("UTC", NULL);
	g_autoptr(Facts) facts = facts_new(zone);
	g_autoptr(Plan) plan = plan_new();
	Event events[] = {EVENT_INIT(EVENT_PROMISE), EVENT_INIT(EVENT_REOPENED), EVENT_INIT(EVENT_REJECTED)};
	for (const char *const *name = playbook_shipped_names(); *name; name++) {
		g_autoptr(Playbook) playbook = NULL;
		g_assert_true(playbook_load_shipped(*name, &playbook, NULL));
		plan_compute(facts, playbook, 1000, plan);
		g_assert_cmpint(plan->steps->len, ==, 0);
		g_assert_cmpint(plan->verdict, ==, VERDICT_WAIT);
		g_assert_cmpint(plan->next_at, ==, TIME_NONE);
		g_autofree char *text = plan_explain_verdict(plan);
		g_assert_cmpstr(text, ==, "Nothing is left to do.");
		g_autoptr(GString) json = g_string_new("x");
		plan_format(plan, false, json);
		g_assert_true(g_str_has_suffix(json->str, "\"verdict\":\"wait\",\"next_at\":null,\"steps\":[]}"));
		g_assert_true(g_str_has_prefix(json->str, "x{\"version\":1,\"playbook\":\""));
	}
	for (guint i = 0; i < G_N_ELEMENTS(events); i++)
		facts_add_event(facts, &events[i]);
	g_autoptr(Playbook) playbook = NULL;
	g_assert_true(playbook_load_shipped("standard", &playbook, NULL));
	plan_compute(facts, playbook, 1000, plan);
	g_assert_cmpint(plan->verdict, ==, VERDICT_CLOSED);
}

/* The keys of the contract, in its order. */
static void test_format(void)
{
	g_autoptr(Facts) facts = make_facts(BY_THURSDAY, THANKED);
	g_autoptr(Playbook) playbook = NULL;
	g_assert_true(playbook_load_shipped("morning-after", &playbook, NULL));
	g_autoptr(Plan) plan = plan_new();
	g_array_set_size(facts_interview(facts, 0)->with, 1);
	plan_compute(facts, playbook, at(facts, "2026-11-19T09:00"), plan);
	g_autoptr(GString) json = g_string_new(NULL);
	plan_format(plan, false, json);
	const char *step = strstr(json->str, "{\"step\":\"check-in\"");
	g_assert_true(g_str_has_prefix(
		json->str,
		"{\"version\":1,\"playbook\":\"morning-after\",\"now\":\"2026-11-19T09:00:00-07:00\",\"verdict\":\"wait\","
		"\"next_at\":\"2026-11-20T09:00:00-07:00\",\"steps\":[{\"step\":\"thank-you\""));
	g_assert_cmpstr(
		step, ==,
		"{\"step\":\"check-in\",\"interview\":\"onsite\",\"to\":\"finn\",\"state\":\"upcoming\",\"optional\":false,"
		"\"channels\":[\"call\",\"email\"],\"opens\":\"2026-11-20T09:00:00-07:00\",\"due\":\"2026-11-20T12:00:00-07:"
		"00\","
		"\"closes\":\"2026-12-04T09:00:00-07:00\",\"done_at\":null,\"attempt\":1,\"needs\":[],\"reason\":null,"
		"\"about\":null,"
		"\"must\":[\"ask-decision\",\"offer-info\"],\"because\":[{\"rule\":\"M3\",\"source\":\"001_97061c4d5ee00e58."
		"txt\","
		"\"text\":\"They said Thursday 19 November; the morning after is Friday 20 November.\"}]}]}");
	g_string_truncate(json, 0);
	plan_format(plan, true, json);
	g_assert_nonnull(strstr(json->str, "\n  \"steps\": [\n    {\n      \"step\": \"thank-you\",\n"));
}

/* Whatever stands in a name is escaped, wherever in it. */
static void test_escapes(void)
{
	static const struct {
		const char *name, *written;
	} cases[] = {
		{"", ""},
		{"plain and long enough for more than one turn", "plain and long enough for more than one turn"},
		{"\"", "\\\""},
		{"1234567\"", "1234567\\\""},
		{"12345678\\", "12345678\\\\"},
		{"a\nb\tc\001d", "a\\u000ab\\u0009c\\u0001d"},
		{"\037 12345678 \037", "\\u001f 12345678 \\u001f"},
		{"J\303\274rgen \342\200\234\360\237\231\202\342\200\235 ~\177",
		 "J\303\274rgen \342\200\234\360\237\231\202\342\200\235 ~\177"},
	};
	g_autoptr(Facts) facts = make_facts("", THANKED);
	g_autoptr(Plan) plan = plan_new();
	const char *text = playbook_find_shipped_text("standard");
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Playbook) playbook = NULL;
		g_assert_true(playbook_parse(text, strlen(text), cases[i].name, &playbook, NULL));
		plan_compute(facts, playbook, at(facts, "2026-11-19T09:00"), plan);
		g_autoptr(GString) json = g_string_new(NULL);
		plan_format(plan, false, json);
		g_autofree char *head = g_strdup_printf("{\"version\":1,\"playbook\":\"%s\",\"now\":", cases[i].written);
		g_assert_true(g_str_has_prefix(json->str, head));
		g_assert_nonnull(strstr(json->str, "reaches Ada \\\"Bee\\\" Bloom; Rita Gomez"));
	}
}

/* As much as facts may hold is planned in well under a second, and to the end. */
static void test_many(void)
{
	g_autoptr(Zone) zone = zone_load("UTC", NULL);
	g_autoptr(Facts) facts = facts_new(zone);
	facts->company = g_strdup("Globex");
	for (int i = 0; i < 200; i++) {
		char id[16];
		g_snprintf(id, sizeof id, "p%d", i);
		Person person = {.id = id, .name = id, .email = (char *)"a@globex.example"};
		facts_add_person(facts, &person);
	}
	for (int i = 0; i < 100; i++) {
		char id[16];
		g_snprintf(id, sizeof id, "i%d", i);
		Interview interview = {.id = id, .start = i * 86400, .end = i * 86400 + 3600, .promise = PROMISE_NONE};
		Interview *added = facts_add_interview(facts, &interview);
		for (int j = 0; j < 50; j++) {
			int person = (i * 7 + j) % 200;
			g_array_append_val(added->with, person);
		}
	}
	for (int i = 0; i < 2000; i++) {
		Event event = EVENT_INIT(EVENT_SENT);
		event.at = (2000 - i) * 4000;
		event.step = i % STEP_COUNT;
		event.person = i % 200;
		event.channel = i % CHANNEL_COUNT;
		facts_add_event(facts, &event);
	}
	g_autoptr(Playbook) playbook = NULL;
	g_assert_true(playbook_load_shipped("standard", &playbook, NULL));
	g_autoptr(Plan) plan = plan_new();
	plan_compute(facts, playbook, 50 * 86400, plan);
	g_assert_cmpint(plan->steps->len, >, 5000);
	for (guint i = 1; i < plan->steps->len; i++) {
		const PlanStep *before = plan_step(plan, i - 1), *step = plan_step(plan, i);
		g_assert_true(step->opens == TIME_NONE || before->opens == TIME_NONE || before->opens <= step->opens);
	}
	g_autoptr(GString) json = g_string_new(NULL);
	plan_format(plan, true, json);
	g_assert_cmpint(json->len, >, 1000000);
}

/* ---- cards ---- */

/* Thanksgiving Thursday is no business day; and a card is late in the plan exactly when it arrives after the decision.
 */
static void test_card(void)
{
	g_autoptr(Playbook) playbook = NULL;
	g_autoptr(Plan) plan = plan_new();
	char buffer[DAY_TEXT_BYTES];
	g_assert_true(playbook_load_shipped("note-and-email", &playbook, NULL));
	for (int day = 18; day <= 30; day++) {
		g_autofree char *promise = g_strdup_printf(",\"promise\":{\"decision_by\":\"2026-11-%02d\"}", day);
		g_autoptr(Facts) facts = make_facts(promise, "");
		for (int today = 16; today <= 26; today++) {
			g_autofree char *now = g_strdup_printf("2026-11-%02dT15:00", today);
			plan_compute(facts, playbook, at(facts, now), plan);
			PlanCard card = plan_card(plan, 0);
			const PlanStep *step = NULL;
			for (guint i = 0; i < plan->steps->len && step == NULL; i++)
				step = plan_step(plan, i)->kind == STEP_CARD ? plan_step(plan, i) : NULL;
			g_assert_nonnull(step);
			bool late = card.decision != DAY_NONE && card.arrives > card.decision;
			g_assert_cmpint(card.decision != DAY_NONE, ==, today >= 17); /* they said it in the interview */
			g_assert_cmpint(late, ==, step->reason == REASON_LATE);
			g_assert_true(card.decision == DAY_NONE || late == (card.mailed > card.last));
			if (today == 24)
				g_assert_cmpstr(day_format(card.arrives, buffer), ==, "2026-11-30");
		}
	}
}

static void test_promise(void)
{
	g_autoptr(Playbook) playbook = NULL;
	g_autoptr(Plan) plan = plan_new();
	g_autoptr(Facts) facts = make_facts(
		BY_THURSDAY,
		"{\"at\":\"2026-11-18T10:00\",\"kind\":\"promise\",\"decision_by\":\"2026-11-27\",\"process_weeks\":3}");
	g_assert_true(playbook_load_shipped("standard", &playbook, NULL));
	plan_compute(facts, playbook, at(facts, "2026-11-17T15:00"), plan);
	g_assert_cmpint(plan_promise(plan, 0).decision_by, ==, facts_interview(facts, 0)->promise.decision_by);
	plan_compute(facts, playbook, at(facts, "2026-11-18T15:00"), plan);
	Promise promise = plan_promise(plan, 0);
	g_assert_cmpint(promise.decision_by, ==, facts_event(facts, 0)->promise.decision_by);
	g_assert_cmpint(promise.follow_up_after, ==, DAY_NONE);
	g_assert_cmpint(promise.process_weeks, ==, 3);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plan/words", test_words);
	for (guint i = 0; i < G_N_ELEMENTS(sayings); i++) {
		g_autofree char *path = g_strdup_printf("/plan/says/%s", sayings[i].name);
		g_test_add_data_func(path, &sayings[i], test_saying);
	}
	g_test_add_func("/plan/verdicts", test_verdicts);
	g_test_add_func("/plan/find-step", test_find_step);
	g_test_add_func("/plan/empty", test_empty);
	g_test_add_func("/plan/format", test_format);
	g_test_add_func("/plan/escapes", test_escapes);
	g_test_add_func("/plan/many", test_many);
	g_test_add_func("/plan/card", test_card);
	g_test_add_func("/plan/promise", test_promise);
	return g_test_run();
}
