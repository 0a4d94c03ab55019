/* fuzz-playbook.c - any bytes as a playbook: read or refused with a sentence, and what was read plays without harm.
 */
#include <plan/plan.h>
#include <plan/playbook-check.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A Tuesday interview with one person who promised a decision and was thanked, called and heard from. */
static Facts *make_facts(void)
{
	g_autoptr(Zone) zone = zone_load("America/Phoenix", NULL);
	Facts *facts = facts_new(zone);
	const Person person = {.id = (char *)"finn", .name = (char *)"Huck Finn", .email = (char *)"finn@globex.example"};
	facts_add_person(facts, &person);
	const int64_t start = INT64_C(20774) * DAY_SECONDS + 17 * 3600;
	const Interview interview = {
		.id = (char *)"onsite",
		.kind = INTERVIEW_IN_PERSON,
		.start = start,
		.end = start + 3600,
		.promise = {20776, DAY_NONE, 3}};
	int who = 0;
	g_array_append_val(facts_add_interview(facts, &interview)->with, who);
	static const EventKind kinds[] = {EVENT_SENT, EVENT_SENT, EVENT_CALLED, EVENT_REPLY, EVENT_REJECTED};
	static const int steps[] = {STEP_THANK_YOU, STEP_CARD, STEP_CHECK_IN, WORD_NONE, WORD_NONE};
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		Event event = EVENT_INIT(kinds[i]);
		event.at = start + (int64_t)(i + 1) * DAY_SECONDS;
		event.step = steps[i];
		event.person = kinds[i] == EVENT_REJECTED ? NOBODY : 0;
		event.channel = kinds[i] == EVENT_CALLED ? CHANNEL_CALL : kinds[i] == EVENT_SENT ? CHANNEL_EMAIL : WORD_NONE;
		event.result = kinds[i] == EVENT_CALLED ? CALL_WILL_CONTACT : WORD_NONE;
		event.says = kinds[i] == EVENT_REPLY ? SAYS_MORE_TIME : WORD_NONE;
		facts_add_event(facts, &event);
	}
	return facts;
}

static void play(const Playbook *playbook)
{
	g_autoptr(Facts) facts = make_facts();
	g_autoptr(Plan) plan = plan_new();
	g_autoptr(GString) json = g_string_new(NULL);
	const int64_t start = facts_interview(facts, 0)->start;
	for (int day = -2; day < 100; day += day < 8 ? 1 : 13) {
		plan_compute(facts, playbook, start + day * DAY_SECONDS, plan);
		g_assert_true(plan->next_at == TIME_NONE || plan->next_at > plan->now);
		plan_format(plan, true, json);
		g_assert_true(g_utf8_validate(json->str, (gssize)json->len, NULL));
		g_autofree char *why = plan_explain_verdict(plan);
		g_assert_nonnull(why);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(Playbook) playbook = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) faults = playbook_check((const char *)data, size);
	bool good = playbook_parse((const char *)data, size, "fuzzed", &playbook, &error);
	g_assert_cmpint(good, ==, faults->len == 0);
	g_assert_cmpint(good, ==, error == NULL);
	if (good)
		play(playbook);
	return 0;
}
