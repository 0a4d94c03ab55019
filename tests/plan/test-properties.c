/* test-properties.c - what holds of every plan, tried on facts drawn from a fixed seed.
 *
 * Same input, same bytes; the order of events in the input does not matter; nothing changes before next_at, and
 * something does at it; nobody is asked before the date they gave, nor twice at once; never two platforms in a day.
 */
#include "history.h"
#include "playbook-model.h"
#include "step-shape.h"

#include <plan/plan.h>
#include <string.h>

#define HISTORIES 1500
#define BASE_DAY 20774 /* Tuesday 17 November 2026 */

typedef struct Sample {
	Facts *facts;
	Playbook *playbook;
	int64_t now;
} Sample;

/* ---- random facts ---- */

static int pick(GRand *random, int count)
{
	return g_rand_int_range(random, 0, count);
}

static bool chance(GRand *random, int percent)
{
	return pick(random, 100) < percent;
}

static void add_people(GRand *random, Facts *facts)
{
	static const char *const ids[] = {"ada", "ben", "cleo", "dan"};
	int count = pick(random, 5);
	for (int i = 0; i < count; i++) {
		char *id = (char *)ids[i];
		Person person = {.id = id, .name = id, .role = (Role)pick(random, ROLE_COUNT)};
		person.email = chance(random, 80) ? (char *)"a@globex.example" : NULL;
		person.phone = chance(random, 60) ? (char *)"+1 602 555 0100" : NULL;
		person.address = chance(random, 60) ? (char *)"1 Main Street" : NULL;
		facts_add_person(facts, &person);
	}
}

static Promise random_promise(GRand *random, Day from)
{
	Promise promise = PROMISE_NONE;
	if (chance(random, 40))
		promise.decision_by = from + pick(random, 20);
	if (chance(random, 25))
		promise.follow_up_after = from + pick(random, 25);
	if (chance(random, 20))
		promise.process_weeks = 1 + pick(random, 12);
	return promise;
}

static void add_interviews(GRand *random, Facts *facts)
{
	static const char *const ids[] = {"one", "two", "three"};
	int count = 1 + pick(random, 3);
	for (int i = 0; i < count; i++) {
		Day day = BASE_DAY + (chance(random, 30) ? 0 : pick(random, 25));
		int second = (8 + pick(random, 9)) * 3600 + pick(random, 4) * 900;
		Interview interview = {.id = (char *)ids[i], .kind = (InterviewKind)pick(random, INTERVIEW_KIND_COUNT)};
		interview.start = zone_to_instant(facts->zone, day, second);
		interview.end = interview.start + 1800 * (1 + pick(random, 4));
		interview.promise = random_promise(random, day);
		Interview *added = facts_add_interview(facts, &interview);
		for (int j = 0; j < (int)facts->people->len; j++)
			if (chance(random, 60))
				g_array_append_val(added->with, j);
		if (chance(random, 40)) {
			Debrief *debrief = facts_add_debrief(facts, i, interview.end + pick(random, 90000));
			if (chance(random, 50))
				g_ptr_array_add(debrief->unsaid, g_strdup("something"));
		}
	}
}

static void fill_contact(GRand *random, Facts *facts, Event *event)
{
	static const StepKind steps[] = {STEP_THANK_YOU,       STEP_THANK_YOU,        STEP_CARD,         STEP_CONNECT,
									 STEP_ADDITIONAL_INFO, STEP_SECOND_NOTE,      STEP_CHECK_IN,     STEP_CHECK_IN,
									 STEP_FINAL_CHECK,     STEP_THANK_FOR_ANSWER, STEP_KEEP_IN_TOUCH};
	event->step = (int)steps[pick(random, G_N_ELEMENTS(steps))];
	event->person = pick(random, (int)facts->people->len);
	event->interview = chance(random, 50) ? pick(random, (int)facts->interviews->len) : NO_INTERVIEW;
	event->channel = event->kind == EVENT_CALLED ? CHANNEL_CALL : pick(random, CHANNEL_COUNT);
	event->result = event->kind == EVENT_CALLED ? pick(random, CALL_RESULT_COUNT) : WORD_NONE;
}

static void add_event(GRand *random, Facts *facts, int64_t at)
{
	static const EventKind kinds[] = {EVENT_SENT,        EVENT_SENT,     EVENT_SENT,    EVENT_SENT,       EVENT_CALLED,
									  EVENT_CALLED,      EVENT_REPLY,    EVENT_REPLY,   EVENT_AUTO_REPLY, EVENT_BOUNCED,
									  EVENT_SOUNDED_OUT, EVENT_PROMISE,  EVENT_PROMISE, EVENT_REJECTED,   EVENT_OFFER,
									  EVENT_WITHDRAWN,   EVENT_REOPENED, EVENT_REOPENED};
	Event event = EVENT_INIT(kinds[pick(random, G_N_ELEMENTS(kinds))]);
	Day day = zone_to_day(facts->zone, at, NULL);
	bool needs_person = event.kind == EVENT_SENT || event.kind == EVENT_CALLED || event.kind == EVENT_REPLY ||
						event.kind == EVENT_AUTO_REPLY || event.kind == EVENT_BOUNCED;
	if (needs_person && facts->people->len == 0)
		return;
	event.at = at;
	if (event.kind == EVENT_SENT || event.kind == EVENT_CALLED || event.kind == EVENT_BOUNCED)
		fill_contact(random, facts, &event);
	else if (needs_person)
		event.person = pick(random, (int)facts->people->len);
	if (event.kind == EVENT_SOUNDED_OUT)
		event.interview = pick(random, (int)facts->interviews->len);
	if (event.kind == EVENT_REPLY)
		event.says = pick(random, SAYS_COUNT + 4) % SAYS_COUNT;
	if (event.kind == EVENT_REPLY && chance(random, 30))
		event.promise.decision_by = day + pick(random, 20);
	if (event.kind == EVENT_PROMISE)
		event.promise = random_promise(random, day);
	if (event.kind == EVENT_AUTO_REPLY && chance(random, 80))
		event.back_on = day + pick(random, 14);
	facts_add_event(facts, &event);
}

/* Events in time, no two at one instant. */
static Facts *random_facts(GRand *random)
{
	static const char *const zones[] = {"America/Phoenix", "America/New_York", "Europe/Berlin",
										"Asia/Kolkata",    "Pacific/Auckland", "UTC"};
	g_autoptr(Zone) zone = zone_load(zones[pick(random, G_N_ELEMENTS(zones))], NULL);
	Facts *facts = facts_new(zone);
	facts->company = g_strdup("Globex");
	facts->pace = (Pace)pick(random, PACE_COUNT);
	facts->stage = (Stage)pick(random, STAGE_COUNT);
	for (int i = pick(random, 4); i > 0; i--)
		facts_add_holiday(facts, BASE_DAY + pick(random, 60));
	add_people(random, facts);
	add_interviews(random, facts);
	int64_t at = zone_to_instant(zone, BASE_DAY, 8 * 3600);
	for (int i = pick(random, 15); i > 0; i--)
		add_event(random, facts, at += 60 * (1 + pick(random, chance(random, 50) ? 300 : 8000)));
	return facts;
}

static Sample random_sample(GRand *random)
{
	const char *const *names = playbook_shipped_names();
	Sample sample = {.facts = random_facts(random)};
	g_assert_true(playbook_load_shipped(names[pick(random, 6)], &sample.playbook, NULL));
	sample.now = zone_to_instant(sample.facts->zone, BASE_DAY - 2, 0) + (int64_t)pick(random, 70 * 1440) * 60;
	int events = (int)sample.facts->events->len;
	if (events > 0 && chance(random, 50)) /* soon after something happened */
		sample.now = facts_event(sample.facts, pick(random, events))->at + pick(random, 12 * 3600);
	return sample;
}

static void sample_clear(Sample *sample)
{
	facts_free(sample->facts);
	playbook_free(sample->playbook);
}

/* ---- looking at plans ---- */

static char *plan_bytes(const Facts *facts, const Sample *sample, Plan *plan)
{
	GString *text = g_string_new(NULL);
	plan_compute(facts, sample->playbook, sample->now, plan);
	plan_format(plan, false, text);
	return g_string_free(text, FALSE);
}

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Which steps there are, their states, and the verdict; a line a step, in an order that does not hang on times. */
static char *plan_states(const Facts *facts, const Playbook *playbook, int64_t now, Plan *plan)
{
	plan_compute(facts, playbook, now, plan);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < plan->steps->len; i++) {
		const PlanStep *step = plan_step(plan, i);
		bool gone = step->kind == STEP_PREPARE_CLOSE || step->kind == STEP_GET_CONTACT;
		g_ptr_array_add(
			lines, g_strdup_printf(
					   "%d %d %d %d %d %s", step->kind, step->interview, step->to, step->about, step->attempt,
					   gone && plan_step_is_open(step) ? "open" : step_state_word(step->state)));
	}
	g_ptr_array_add(lines, g_strdup(verdict_word(plan->verdict)));
	g_ptr_array_sort(lines, by_text);
	g_ptr_array_add(lines, NULL);
	return g_strjoinv("\n", (char **)lines->pdata);
}

/* ---- the properties ---- */

static void check_repeats(const Sample *sample, Plan *warm)
{
	g_autoptr(Plan) fresh = plan_new();
	g_autofree char *one = plan_bytes(sample->facts, sample, warm), *two = plan_bytes(sample->facts, sample, fresh);
	g_assert_cmpstr(one, ==, two);
}

/* The table that was made when the program was built plays as the text that it was made from does. */
static void check_table(const Sample *sample, Plan *plan)
{
	static Playbook *parsed[8];
	const char *const *names = playbook_shipped_names();
	const char *name = playbook_get_name(sample->playbook), *text = playbook_find_shipped_text(name);
	int i = 0;
	while (strcmp(names[i], name) != 0)
		i++;
	if (parsed[i] == NULL)
		g_assert_true(playbook_parse(text, strlen(text), name, &parsed[i], NULL));
	Sample read = *sample;
	read.playbook = parsed[i];
	g_autofree char *one = plan_bytes(sample->facts, sample, plan), *two = plan_bytes(sample->facts, &read, plan);
	g_assert_cmpstr(one, ==, two);
}

/* The same facts with their events, interviews aside, in another order. */
static void check_order(GRand *random, const Sample *sample, Plan *plan)
{
	g_autofree char *one = plan_bytes(sample->facts, sample, plan);
	GArray *events = sample->facts->events;
	for (guint i = events->len; i > 1; i--) {
		guint other = (guint)pick(random, (int)i);
		Event moved = g_array_index(events, Event, i - 1);
		g_array_index(events, Event, i - 1) = g_array_index(events, Event, other);
		g_array_index(events, Event, other) = moved;
	}
	g_autofree char *two = plan_bytes(sample->facts, sample, plan);
	g_assert_cmpstr(one, ==, two);
}

static bool is_opening_or_end(const Plan *plan, int64_t at)
{
	for (guint i = 0; i < plan->steps->len; i++) {
		const PlanStep *step = plan_step(plan, i);
		if (step->opens == at || step->due == at || step->closes == at)
			return true;
	}
	return false;
}

/* The facts as they are known at now: what comes later cannot be foreseen. */
static Facts *known_by(const Sample *sample)
{
	Facts *facts = sample->facts;
	for (guint i = facts->events->len; i > 0; i--)
		if (facts_event(facts, (int)i - 1)->at > sample->now)
			g_array_set_size(facts->events, i - 1);
	return facts;
}

/* Whether something that was on record before it happens falls into a span: a debrief, or the end of an interview that
 * promises. */
static bool has_news(const Facts *facts, int64_t after, int64_t until)
{
	for (guint i = 0; i < facts->debriefs->len; i++)
		if (facts_debrief(facts, (int)i)->at > after && facts_debrief(facts, (int)i)->at <= until)
			return true;
	for (guint i = 0; i < facts->interviews->len; i++)
		if (facts_interview(facts, (int)i)->end > after && facts_interview(facts, (int)i)->end <= until)
			return true;
	return false;
}

static void check_next(GRand *random, const Sample *sample, Plan *plan)
{
	const Facts *facts = known_by(sample);
	int64_t now = sample->now;
	g_autofree char *states = plan_states(facts, sample->playbook, now, plan);
	int64_t next = plan->next_at;
	bool move_on = next == plan->move_on_at, named = next != TIME_NONE && is_opening_or_end(plan, next);
	g_assert_true(next == TIME_NONE || next > now);
	int64_t last = next == TIME_NONE ? now + INT64_C(400) * DAY_SECONDS : next - 1;
	if (has_news(facts, now, last))
		return;
	for (int i = 0; i < 4; i++) {
		int64_t between = i == 0 ? last : now + (int64_t)(g_rand_double(random) * (double)(last - now));
		g_autofree char *later = plan_states(facts, sample->playbook, between, plan);
		g_assert_cmpstr(states, ==, later);
	}
	if (next == TIME_NONE || move_on)
		return;
	g_autofree char *then = plan_states(facts, sample->playbook, next, plan);
	/* At an E13 midnight a channel may go rather than a step. */
	if (named && strcmp(states, then) == 0)
		g_test_fail_printf("nothing happens at next_at:\n%s", states);
}

static void check_asks(const Plan *plan)
{
	int open = 0;
	for (guint i = 0; i < plan->steps->len; i++) {
		const PlanStep *step = plan_step(plan, i);
		if (!step_is_ask((int)step->kind) || step->state == STATE_DONE || step->state == STATE_SKIPPED)
			continue;
		open++;
		int64_t promised = round_promised_opening(history_round(plan->history, step->round), &plan->history->calendar);
		g_assert_true(promised == TIME_NONE || step->opens >= promised);
	}
	g_assert_cmpint(open, <=, 1);
}

/* The channels, cards aside, on which a person was contacted on a day. */
static unsigned used_on(const Plan *plan, int person, Day day)
{
	unsigned used = 0;
	for (guint i = 0; i < plan->history->contacts->len; i++) {
		const Contact *contact = history_contact(plan->history, (int)i);
		if (contact->person == person && contact->day == day && contact->channel != CHANNEL_CARD)
			used |= 1u << contact->channel;
	}
	return used;
}

static void check_platforms(const Plan *plan)
{
	for (guint i = 0; i < plan->steps->len; i++) {
		const PlanStep *step = plan_step(plan, i);
		if ((step->state != STATE_DUE && step->state != STATE_OVERDUE) || step->to == NOBODY)
			continue;
		unsigned used = used_on(plan, step->to, plan->history->today), offered = 0;
		for (int j = 0; j < step->channel_count; j++)
			offered |= 1u << step->channels[j];
		offered &= ~(1u << CHANNEL_CARD);
		g_assert_true(used == 0 || (offered & ~used) == 0);
	}
}

static void check_keys(const Plan *plan)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < plan->steps->len; i++) {
		const PlanStep *step = plan_step(plan, i);
		g_assert_true(g_hash_table_add(
			seen,
			g_strdup_printf("%d/%d/%d/%d/%d", step->kind, step->interview, step->to, step->about, step->attempt)));
		g_assert_cmpint(step->done_at == TIME_NONE, ==, step->state != STATE_DONE);
		g_assert_cmpint(step->reason == REASON_NONE, ==, step->state != STATE_SKIPPED);
		g_assert_true(step->needs == 0 || step->state == STATE_BLOCKED);
		g_assert_true(
			i == 0 || plan_step(plan, i - 1)->opens <= step->opens || step->opens == TIME_NONE ||
			plan_step(plan, i - 1)->opens == TIME_NONE);
		g_autofree char *why = plan_step_explain(plan, step);
		g_assert_true(g_utf8_validate(why, -1, NULL) && g_str_has_suffix(why, ".") && !strchr(why, '{'));
	}
	g_autofree char *why = plan_explain_verdict(plan);
	g_assert_true(g_str_has_suffix(why, "."));
}

static void test_properties(void)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(20261117);
	g_autoptr(Plan) plan = plan_new();
	for (int i = 0; i < HISTORIES; i++) {
		Sample sample = random_sample(random);
		check_table(&sample, plan);
		check_repeats(&sample, plan);
		plan_compute(sample.facts, sample.playbook, sample.now, plan);
		check_asks(plan);
		check_platforms(plan);
		check_keys(plan);
		check_next(random, &sample, plan);
		check_order(random, &sample, plan);
		sample_clear(&sample);
	}
}

/* Going from next_at to next_at every plan comes to rest. */
static void test_comes_to_rest(void)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(7);
	g_autoptr(Plan) plan = plan_new();
	for (int i = 0; i < HISTORIES / 10; i++) {
		Sample sample = random_sample(random);
		int64_t now = sample.now;
		int turns = 0;
		do {
			plan_compute(sample.facts, sample.playbook, now, plan);
			now = plan->next_at;
			g_assert_cmpint(++turns, <, 500);
		} while (now != TIME_NONE);
		sample_clear(&sample);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plan/properties/all", test_properties);
	g_test_add_func("/plan/properties/comes-to-rest", test_comes_to_rest);
	return g_test_run();
}
