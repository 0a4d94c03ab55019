/* test-facts.c - filling facts by hand.
 *
 * What is added is a copy; lists inside start empty; holidays stay in order.
 */
#include <facts/facts.h>

static Facts *make_facts(void)
{
	g_autoptr(Zone) zone = zone_load("UTC", NULL);
	return facts_new(zone);
}

static void test_new(void)
{
	g_autoptr(Facts) facts = make_facts();
	g_assert_cmpint(facts->pace, ==, PACE_NORMAL);
	g_assert_cmpint(facts->stage, ==, STAGE_UNKNOWN);
	g_assert_cmpuint(
		facts->people->len + facts->interviews->len + facts->debriefs->len + facts->events->len + facts->holidays->len +
			facts->me.skills->len + facts->requirements->len,
		==, 0);
	g_assert_null(facts->company);
	facts_free(NULL);
}

static void test_people(void)
{
	g_autoptr(Facts) facts = make_facts();
	char id[] = "finn";
	Person *person = facts_add_person(facts, &(Person){.id = id, .name = (char *)"Huck Finn", .role = ROLE_HR});
	id[0] = 'x';
	g_assert_cmpstr(person->id, ==, "finn");
	g_assert_cmpint(person->role, ==, ROLE_HR);
	g_assert_cmpstr(person_get_address_form(person), ==, "Huck Finn");
	person->salutation = g_strdup("Mr. Finn");
	g_assert_cmpstr(person_get_address_form(person), ==, "Mr. Finn");
	facts_add_person(facts, &(Person){.id = (char *)"rita", .name = (char *)"Rita Gomez"});
	g_assert_cmpint(facts_find_person(facts, "rita"), ==, 1);
	g_assert_cmpint(facts_find_person(facts, "nobody"), ==, NOBODY);
}

static void test_interviews(void)
{
	g_autoptr(Facts) facts = make_facts();
	g_autoptr(GArray) foreign = g_array_new(FALSE, FALSE, sizeof(int));
	const Interview given = {
		.id = (char *)"onsite", .start = 5, .end = 7, .with = foreign, .promise = {9, DAY_NONE, 2}};
	Interview *interview = facts_add_interview(facts, &given);
	g_assert_true(interview->with != foreign);
	g_assert_cmpuint(interview->with->len, ==, 0);
	g_assert_cmpint(interview->promise.decision_by, ==, 9);
	g_assert_cmpint(facts_find_interview(facts, "onsite"), ==, 0);
	g_assert_cmpint(facts_find_interview(facts, "x"), ==, NO_INTERVIEW);
}

static void test_debriefs(void)
{
	g_autoptr(Facts) facts = make_facts();
	Debrief *debrief = facts_add_debrief(facts, 0, 12);
	debrief_add_topic(debrief, NOBODY, "forecasts");
	debrief_add_topic(debrief, 0, "SQL");
	g_ptr_array_add(debrief->unsaid, g_strdup("a detail"));
	g_assert_cmpuint(debrief->topics->len, ==, 2);
	g_assert_cmpstr(g_array_index(debrief->topics, Topic, 1).text, ==, "SQL");
	g_assert_cmpint(debrief->at, ==, 12);
}

static void test_events(void)
{
	g_autoptr(Facts) facts = make_facts();
	Event given = EVENT_INIT(EVENT_BOUNCED);
	given.address = (char *)"finn@globex.example";
	Event *event = facts_add_event(facts, &given);
	g_assert_true(event->address != given.address);
	g_assert_cmpstr(event->address, ==, given.address);
	g_assert_cmpint(event->person, ==, NOBODY);
	g_assert_cmpint(event->promise.decision_by, ==, DAY_NONE);
	g_assert_cmpint(event->back_on, ==, DAY_NONE);
}

static void test_holidays(void)
{
	static const Day given[] = {30, 10, 20, 10, 40, 30, 5, 40, 20};
	static const Day kept[] = {5, 10, 20, 30, 40};
	g_autoptr(Facts) facts = make_facts();
	for (size_t i = 0; i < G_N_ELEMENTS(given); i++)
		facts_add_holiday(facts, given[i]);
	g_assert_cmpmem(facts->holidays->data, facts->holidays->len * sizeof(Day), kept, sizeof kept);
}

static Day day_of(const char *text)
{
	Day day = DAY_NONE;
	g_assert_true(day_parse(text, &day));
	return day;
}

static void test_business_days(void)
{
	static const struct {
		const char *day;
		bool is_one;
	} cases[] = {
		{"2026-11-16", true},  {"2026-11-20", true},  {"2026-11-21", false}, {"2026-11-22", false},
		{"2026-11-25", true},  {"2026-11-26", false}, {"2026-11-27", true},  {"2026-12-25", false},
		{"2026-12-26", false}, {"1999-12-31", true},  {"1970-01-01", true},  {"1969-12-28", false},
		{"2199-12-31", true},
	};
	static const char *const holidays[] = {"2026-12-25", "2026-11-26", "2027-01-01", "2026-12-26"};
	g_autoptr(Facts) facts = make_facts();
	for (guint i = 0; i < G_N_ELEMENTS(holidays); i++)
		facts_add_holiday(facts, day_of(holidays[i]));
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].day);
		g_assert_cmpint(facts_is_business_day(facts, day_of(cases[i].day)), ==, cases[i].is_one);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/facts/new", test_new);
	g_test_add_func("/facts/people", test_people);
	g_test_add_func("/facts/interviews", test_interviews);
	g_test_add_func("/facts/debriefs", test_debriefs);
	g_test_add_func("/facts/events", test_events);
	g_test_add_func("/facts/holidays", test_holidays);
	g_test_add_func("/facts/business-days", test_business_days);
	return g_test_run();
}
