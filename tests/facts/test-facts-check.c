/* test-facts-check.c - what must hold, whoever filled the facts.
 *
 * Each case spoils good facts by hand in one place and names the place and a part of the sentence.
 */
#include <base/error.h>
#include <base/limits.h>
#include <facts/facts.h>
#include <string.h>

#define NOV_17 20774 /* 2026-11-17 */
#define TEN_O_CLOCK ((int64_t)NOV_17 * DAY_SECONDS + 17 * 3600)

static Facts *make_facts(void)
{
	g_autoptr(Zone) zone = zone_load("America/Phoenix", NULL);
	Facts *facts = facts_new(zone);
	int finn = 0;
	facts->company = g_strdup("Globex");
	facts_add_person(facts, &(Person){.id = (char *)"finn", .name = (char *)"Huck Finn"});
	facts_add_person(facts, &(Person){.id = (char *)"rita", .name = (char *)"Rita Gomez"});
	Interview *interview = facts_add_interview(
		facts,
		&(Interview){.id = (char *)"onsite", .start = TEN_O_CLOCK, .end = TEN_O_CLOCK + 3600, .promise = PROMISE_NONE});
	g_array_append_val(interview->with, finn);
	debrief_add_topic(facts_add_debrief(facts, 0, TEN_O_CLOCK + 7200), 0, "forecasts");
	Event sent = EVENT_INIT(EVENT_SENT);
	sent.at = TEN_O_CLOCK + 8000;
	sent.step = STEP_THANK_YOU;
	sent.channel = CHANNEL_EMAIL;
	sent.person = finn;
	sent.interview = 0;
	facts_add_event(facts, &sent);
	return facts;
}

static void set_text(char **text, const char *value)
{
	g_free(*text);
	*text = g_strdup(value);
}

static void no_company(Facts *facts)
{
	set_text(&facts->company, NULL);
}
static void empty_position(Facts *facts)
{
	set_text(&facts->position, "");
}
static void company_of_two_lines(Facts *facts)
{
	set_text(&facts->company, "Globex\nInc.");
}
static void my_name_backwards(Facts *facts)
{
	set_text(&facts->me.name, "Ana \u202eReyes");
}
static void my_email(Facts *facts)
{
	set_text(&facts->me.email, "ana.example.net");
}
static void phone_with_control(Facts *facts)
{
	set_text(&facts_person(facts, 0)->phone, "+1\x01 602");
}
static void long_skill(Facts *facts)
{
	g_ptr_array_add(facts->me.skills, g_strnfill(LIMIT_TEXT_BYTES + 1, 'x'));
}
static void skill_of_two_lines(Facts *facts)
{
	g_ptr_array_add(facts->me.skills, g_strdup("SQL"));
	g_ptr_array_add(facts->me.skills, g_strdup("a\nb"));
}
static void many_requirements(Facts *facts)
{
	for (int i = 0; i <= LIMIT_ITEMS; i++)
		g_ptr_array_add(facts->requirements, g_strdup("x"));
}
static void same_person(Facts *facts)
{
	set_text(&facts_person(facts, 1)->id, "finn");
}
static void person_without_id(Facts *facts)
{
	set_text(&facts_person(facts, 1)->id, NULL);
}
static void emoji_name(Facts *facts)
{
	set_text(&facts_person(facts, 1)->name, "Rita 😀");
}
static void strange_role(Facts *facts)
{
	facts_person(facts, 1)->role = (Role)9;
}
static void many_people(Facts *facts)
{
	for (int i = 0; i < LIMIT_PEOPLE; i++) {
		g_autofree char *id = g_strdup_printf("p%d", i);
		facts_add_person(facts, &(Person){.id = id, .name = id});
	}
}
static void same_interview(Facts *facts)
{
	facts_add_interview(facts, facts_interview(facts, 0));
}
static void end_before_start(Facts *facts)
{
	facts_interview(facts, 0)->end = TEN_O_CLOCK - 1;
}
static void far_start(Facts *facts)
{
	facts_interview(facts, 0)->start = INT64_C(250000000000);
}
static void no_start(Facts *facts)
{
	facts_interview(facts, 0)->start = TIME_NONE;
}
static void very_far_end(Facts *facts)
{
	facts_interview(facts, 0)->end = INT64_MAX;
}
static void early_start(Facts *facts)
{
	facts_interview(facts, 0)->start = (int64_t)7305 * DAY_SECONDS + 6 * 3600; /* 1989-12-31T23:00 there */
}
static void late_end(Facts *facts)
{
	facts_interview(facts, 0)->end = INT64_C(7258204800) + 8 * 3600; /* 2200-01-01T01:00 there */
}
static void old_holiday(Facts *facts)
{
	facts_add_holiday(facts, 7304); /* 1989-12-31 */
}
static void early_promise(Facts *facts)
{
	facts_interview(facts, 0)->promise.decision_by = NOV_17 - 7;
}
static void early_follow_up(Facts *facts)
{
	facts_interview(facts, 0)->promise.follow_up_after = NOV_17 - 1;
}
static void far_promise(Facts *facts)
{
	facts_interview(facts, 0)->promise.decision_by = 84006; /* 2200-01-01 */
}
static void long_process(Facts *facts)
{
	facts_interview(facts, 0)->promise.process_weeks = LIMIT_WEEKS + 1;
}
static void with_twice(Facts *facts)
{
	int finn = 0;
	g_array_append_val(facts_interview(facts, 0)->with, finn);
}
static void with_nobody(Facts *facts)
{
	int nobody = 2;
	g_array_append_val(facts_interview(facts, 0)->with, nobody);
}
static void debrief_of_nothing(Facts *facts)
{
	facts_debrief(facts, 0)->interview = NO_INTERVIEW;
}
static void topic_of_two_lines(Facts *facts)
{
	debrief_add_topic(facts_debrief(facts, 0), NOBODY, "a\nb");
}
static void topic_without_text(Facts *facts)
{
	debrief_add_topic(facts_debrief(facts, 0), NOBODY, NULL);
}
static void topic_with_nobody(Facts *facts)
{
	debrief_add_topic(facts_debrief(facts, 0), 7, "x");
}
static void empty_weak(Facts *facts)
{
	g_ptr_array_add(facts_debrief(facts, 0)->weak, g_strdup(" "));
}
static void holiday_too_far(Facts *facts)
{
	facts_add_holiday(facts, 20000);
	facts_add_holiday(facts, 100000);
}
static void no_step(Facts *facts)
{
	facts_event(facts, 0)->step = WORD_NONE;
}
static void strange_step(Facts *facts)
{
	facts_event(facts, 0)->step = STEP_COUNT;
}
static void strange_kind(Facts *facts)
{
	facts_event(facts, 0)->kind = EVENT_COUNT;
}
static void sent_to_index(Facts *facts)
{
	facts_event(facts, 0)->person = 2;
}
static void sent_says(Facts *facts)
{
	facts_event(facts, 0)->says = SAYS_OTHER;
}
static void reply_of_nobody(Facts *facts)
{
	Event reply = EVENT_INIT(EVENT_REPLY);
	reply.at = TEN_O_CLOCK;
	facts_add_event(facts, &reply);
}
static void event_without_time(Facts *facts)
{
	facts_event(facts, 0)->at = TIME_NONE;
}
static void far_return(Facts *facts)
{
	Event reply = EVENT_INIT(EVENT_AUTO_REPLY);
	reply.at = TEN_O_CLOCK;
	reply.person = 0;
	reply.back_on = 200000;
	facts_add_event(facts, &reply);
}

static const struct {
	const char *name;
	void (*spoil)(Facts *facts);
	const char *where, *part;
} BAD[] = {
	{"no company", no_company, "facts.opportunity.company", "is missing"},
	{"empty position", empty_position, "facts.opportunity.position", "is empty"},
	{"company of two lines", company_of_two_lines, "facts.opportunity.company", "line break"},
	{"my name backwards", my_name_backwards, "facts.me.name", "direction"},
	{"my email", my_email, "facts.me.email", "finn@globex.example"},
	{"phone with a control", phone_with_control, "facts.people[0].phone", "control"},
	{"long skill", long_skill, "facts.me.skills[0]", "16385 bytes"},
	{"skill of two lines", skill_of_two_lines, "facts.me.skills[1]", "line break"},
	{"many requirements", many_requirements, "facts.opportunity.requirements", "201 entries"},
	{"two people of one id", same_person, "facts.people[1].id", "facts.people[0].id"},
	{"person without id", person_without_id, "facts.people[1].id", "is missing"},
	{"emoji in a name", emoji_name, "facts.people[1].name", "emoji"},
	{"strange role", strange_role, "facts.people[1].role", "no role"},
	{"many people", many_people, "facts.people", "at most 200"},
	{"two interviews of one id", same_interview, "facts.interviews[1].id", "facts.interviews[0].id"},
	{"end before start", end_before_start, "facts.interviews[0].end", "from 2026-11-17T10:00:00-07:00 on"},
	{"far start", far_start, "facts.interviews[0].start", "in the year 9892"},
	{"no start", no_start, "facts.interviews[0].start", "is missing"},
	{"very far end", very_far_end, "facts.interviews[0].end", "a year from 1990 to 2199"},
	{"early start", early_start, "facts.interviews[0].start", "in the year 1989"},
	{"late end", late_end, "facts.interviews[0].end", "in the year 2200"},
	{"old holiday", old_holiday, "facts.holidays[0]", "in the year 1989"},
	{"promise before the interview", early_promise, "facts.interviews[0].promise.decision_by",
	 "10 November 2026, before the interview on 17 November 2026"},
	{"follow-up before the interview", early_follow_up, "facts.interviews[0].promise.follow_up_after", "16 November"},
	{"far promise", far_promise, "facts.interviews[0].promise.decision_by", "in the year 2200"},
	{"long process", long_process, "facts.interviews[0].promise.process_weeks", "from 1 to 104"},
	{"with one person twice", with_twice, "facts.interviews[0].with[1]", "\"finn\" a second time"},
	{"with nobody known", with_nobody, "facts.interviews[0].with[1]", "names nobody"},
	{"debrief of nothing", debrief_of_nothing, "facts.debriefs[0].interview", "names none"},
	{"topic of two lines", topic_of_two_lines, "facts.debriefs[0].topics[1].text", "line break"},
	{"topic without text", topic_without_text, "facts.debriefs[0].topics[1].text", "is missing"},
	{"topic with nobody", topic_with_nobody, "facts.debriefs[0].topics[1].with", "names nobody"},
	{"empty weak answer", empty_weak, "facts.debriefs[0].weak[0]", "is empty"},
	{"holiday too far", holiday_too_far, "facts.holidays[1]", "in the year 2243"},
	{"no step", no_step, "facts.events[0].step", "is missing"},
	{"strange step", strange_step, "facts.events[0].step", "one of prepare-close"},
	{"strange kind", strange_kind, "facts.events[0].kind", "no kind"},
	{"sent to nobody known", sent_to_index, "facts.events[0].to", "names nobody"},
	{"a sent note says something", sent_says, "facts.events[0].says", "does not belong"},
	{"reply of nobody", reply_of_nobody, "facts.events[1].from", "is missing"},
	{"event without time", event_without_time, "facts.events[0].at", "is missing"},
	{"far return", far_return, "facts.events[1].back_on", "in the year 2517"},
};

static void test_bad(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++) {
		g_autoptr(Facts) facts = make_facts();
		g_autoptr(GError) error = NULL;
		BAD[i].spoil(facts);
		g_test_message("%s", BAD[i].name);
		g_assert_false(facts_check(facts, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_cmpstr(base_error_get_where(error), ==, BAD[i].where);
		g_assert_true(g_str_has_prefix(error->message, BAD[i].where));
		g_assert_nonnull(strstr(error->message, BAD[i].part));
		g_assert_false(facts_check(facts, NULL));
	}
}

/* What is unusual and yet right. */
static void test_good(void)
{
	g_autoptr(Facts) facts = make_facts();
	g_autoptr(GError) error = NULL;
	Interview *interview = facts_interview(facts, 0);
	interview->promise = (Promise){NOV_17, NOV_17, LIMIT_WEEKS};
	interview->end = interview->start;
	interview->start = interview->end - 30 * DAY_SECONDS;
	facts_add_interview(
		facts, &(Interview){.id = (char *)"first", .start = 631177200, .end = 631177200, .promise = PROMISE_NONE});
	facts_add_interview(
		facts, &(Interview){.id = (char *)"last", .start = 7258143599, .end = 7258143599, .promise = PROMISE_NONE});
	set_text(&facts->me.name, "Zoë D’Ávila-Ng 李");
	set_text(&facts->me.email, "zoë+jobs@bücher.example");
	set_text(&facts->position, "C++/C# developer (R&D) №1");
	set_text(&facts_person(facts, 0)->address, "1 Main St, Phoenix AZ 85001");
	facts_add_holiday(facts, 7305);  /* 1990-01-01 */
	facts_add_holiday(facts, 84005); /* 2199-12-31 */
	facts_event(facts, 0)->person = NOBODY;
	facts_event(facts, 0)->interview = NO_INTERVIEW;
	g_assert_true(facts_check(facts, &error));
	g_assert_no_error(error);
}

static void test_emails(void)
{
	static const char *const good[] = {"a@b", "ana@example.net", "o'brien@x.example", "a.b+c_d@sub.x-y.example"};
	static const char *const bad[] = {
		"ana",       "@example.net", "ana@",    "a@b@c", "a b@c", "a@b c", "a@b,c@d",
		"<a@b>",     "a@b;",         "\"a\"@b", ".a@b",  "a.@b",  "a@.b",  "a@b.",
		"a..b@c",    "a@b..c",       "a(x)@b",  "a\\@b", "a:b@c", "a\n@b", "a@b\r\nBcc: c@d",
		"a\u200f@b", "a@[1.2.3.4]",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(good) + G_N_ELEMENTS(bad); i++) {
		g_autoptr(Facts) facts = make_facts();
		bool expected = i < G_N_ELEMENTS(good);
		set_text(&facts_person(facts, 1)->email, expected ? good[i] : bad[i - G_N_ELEMENTS(good)]);
		g_test_message("%s", facts_person(facts, 1)->email);
		g_assert_true(facts_check(facts, NULL) == expected);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/facts-check/bad", test_bad);
	g_test_add_func("/facts-check/good", test_good);
	g_test_add_func("/facts-check/emails", test_emails);
	return g_test_run();
}
