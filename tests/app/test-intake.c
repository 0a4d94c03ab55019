/* test-intake.c - names, ids, promises and endings as people give them; each case named.
 */
#include "ending.h"
#include "intake.h"

#include <base/error.h>
#include <string.h>

static void test_introductions(void)
{
	static const struct {
		const char *text, *name, *email;
		int role;
	} cases[] = {
		{"Huck Finn", "Huck Finn", NULL, WORD_NONE},
		{"Huck Finn <finn@globex.example>", "Huck Finn", "finn@globex.example", WORD_NONE},
		{"Huck Finn <finn@globex.example>, hiring-manager", "Huck Finn", "finn@globex.example", ROLE_HIRING_MANAGER},
		{" Huck Finn ,  hr ", "Huck Finn", NULL, ROLE_HR},
		{"Zo\u00eb < z@globex.example > ", "Zo\u00eb", "z@globex.example", WORD_NONE},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Introduction who = {0};
		g_autoptr(GError) error = NULL;
		g_assert_true(introduction_parse(cases[i].text, &who, &error));
		g_assert_cmpstr(who.name, ==, cases[i].name);
		g_assert_cmpstr(who.email, ==, cases[i].email);
		g_assert_cmpint(who.role, ==, cases[i].role);
		introduction_clear(&who);
	}
}

static void test_bad_introductions(void)
{
	static const char *const cases[] = {
		"",
		"  ",
		"<finn@globex.example>",
		"Huck <finn",
		"Huck <a@b.example> Finn",
		"Huck Finn, boss",
		", hr",
		"Huck \U0001f600",
		"Huck \u202eFinn",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Introduction who = {0};
		g_autoptr(GError) error = NULL;
		g_test_message("%s", cases[i]);
		g_assert_false(introduction_parse(cases[i], &who, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_null(who.name);
	}
}

static void test_ids(void)
{
	static const struct {
		const char *name, *id;
	} cases[] = {
		{"Huck Finn", "finn"},
		{"Sam Finn", "samfinn"},
		{"Cher", "cher"},
		{"Zo\u00eb M\u00fcller", "muller"},
		{"\u6771 \u4eac", "person"},
		{"\u6771 \u4eac", "person-2"},
		{"Sam Finn", "samfinn-2"},
	};
	g_autoptr(Zone) zone = zone_load("UTC", NULL);
	g_autoptr(Facts) facts = facts_new(zone);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *id = intake_person_id(facts, cases[i].name);
		g_assert_cmpstr(id, ==, cases[i].id);
		facts_add_person(facts, &(Person){.id = id, .name = (char *)cases[i].name});
	}
}

static void test_persons(void)
{
	static const struct {
		const char *name;
		int index; /* or NOBODY, and then the code */
		int code;
	} cases[] = {
		{"finn", 0, 0},
		{"Huck Finn", 0, 0},
		{"huck", 0, 0},
		{"HUCK", 0, 0},
		{"ada", 1, 0},
		{"okor", 1, 0},
		{"li", 2, 0},
		{"A", NOBODY, BASE_ERROR_INVALID},
		{"sawyer", NOBODY, BASE_ERROR_MISSING},
		{"amy", 3, 0},
		{"lindgren", 4, 0},
		{"lind", 2, 0},
		{NULL, NOBODY, BASE_ERROR_INVALID},
	};
	g_autoptr(Zone) zone = zone_load("UTC", NULL);
	Facts *facts = facts_new(zone);
	facts->company = g_strdup("Globex");
	static const char *const people[][2] = {
		{"finn", "Huck Finn"},
		{"okoro", "Ada Okoro"},
		{"lind", "Tom Lind"},
		{"park", "Amy Park"},
		{"x", "Bo Lindgren"}};
	for (size_t i = 0; i < G_N_ELEMENTS(people); i++)
		facts_add_person(facts, &(Person){.id = (char *)people[i][0], .name = (char *)people[i][1]});
	g_autoptr(Record) record = record_new(ACCOUNT_SELF, facts);
	const Case item = {.record = record};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		int index = NOBODY;
		bool found = case_find_person(&item, cases[i].name, &index, &error);
		g_test_message("%s", cases[i].name == NULL ? "nobody named" : cases[i].name);
		if (cases[i].index == NOBODY)
			g_assert_error(error, BASE_ERROR, cases[i].code);
		else
			g_assert_no_error(error);
		g_assert_cmpint(found, ==, cases[i].index != NOBODY);
		g_assert_cmpint(index, ==, cases[i].index);
	}
}

static void test_promises(void)
{
	Promise promise = {.decision_by = 100, .follow_up_after = DAY_NONE, .process_weeks = 3};
	promise_merge(&promise, &PROMISE_NONE);
	g_assert_cmpint(promise.decision_by, ==, 100);
	promise_merge(&promise, &(Promise){.decision_by = DAY_NONE, .follow_up_after = 90});
	g_assert_cmpint(promise.decision_by, ==, 100);
	g_assert_cmpint(promise.follow_up_after, ==, 90);
	promise_merge(&promise, &(Promise){.decision_by = 120, .follow_up_after = DAY_NONE, .process_weeks = 2});
	g_assert_cmpint(promise.decision_by, ==, 120);
	g_assert_cmpint(promise.process_weeks, ==, 2);
	g_assert_false(promise_is_none(&promise));
	g_assert_true(promise_is_none(&PROMISE_NONE));
}

static void test_lists(void)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) texts = g_ptr_array_new();
	static const char *const given[] = {"SQL", "SQL", " ", "-", "writing", "SQL"};
	for (size_t i = 0; i < 3; i++)
		g_ptr_array_add(texts, (char *)given[i]);
	intake_list(list, texts);
	g_assert_cmpuint(list->len, ==, 1);
	for (size_t i = 3; i < G_N_ELEMENTS(given); i++)
		g_ptr_array_add(texts, (char *)given[i]);
	intake_list(list, texts);
	g_assert_cmpuint(list->len, ==, 2);
	g_assert_cmpstr(g_ptr_array_index(list, 0), ==, "writing");
}

static void add_event(Facts *facts, EventKind kind, int says, int64_t at)
{
	Event event = EVENT_INIT(kind);
	event.says = says;
	event.at = at;
	facts_add_event(facts, &event);
}

static void test_endings(void)
{
	static const struct {
		const char *name;
		struct {
			EventKind kind;
			int says;
			int64_t at;
		} events[3];
		int count;
		const char *word; /* NULL: none */
	} cases[] = {
		{"nothing happened", {{0}}, 0, NULL},
		{"an offer", {{EVENT_OFFER, WORD_NONE, 10}}, 1, "offer"},
		{"a reply that says no", {{EVENT_REPLY, SAYS_REJECTION, 10}}, 1, "rejected"},
		{"another reply", {{EVENT_REPLY, SAYS_MORE_TIME, 10}}, 1, NULL},
		{"reopened", {{EVENT_REJECTED, WORD_NONE, 10}, {EVENT_REOPENED, WORD_NONE, 20}}, 2, NULL},
		{"the order of telling does not matter",
		 {{EVENT_REOPENED, WORD_NONE, 20}, {EVENT_REJECTED, WORD_NONE, 10}},
		 2,
		 NULL},
		{"rejected again",
		 {{EVENT_REJECTED, WORD_NONE, 10}, {EVENT_REOPENED, WORD_NONE, 20}, {EVENT_WITHDRAWN, WORD_NONE, 30}},
		 3,
		 "withdrawn"},
		{"at one instant the later told", {{EVENT_REJECTED, WORD_NONE, 10}, {EVENT_REOPENED, WORD_NONE, 10}}, 2, NULL},
		{"still to come", {{EVENT_OFFER, WORD_NONE, 200}}, 1, NULL},
	};
	g_autoptr(Zone) zone = zone_load("UTC", NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Facts) facts = facts_new(zone);
		for (int e = 0; e < cases[i].count; e++)
			add_event(facts, cases[i].events[e].kind, cases[i].events[e].says, cases[i].events[e].at);
		const Event *ending = facts_find_ending(facts, 100);
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(ending == NULL ? NULL : ending_word(ending), ==, cases[i].word);
		g_assert_cmpint(facts_are_rejected(facts, 100), ==, g_strcmp0(cases[i].word, "rejected") == 0);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/intake/introductions", test_introductions);
	g_test_add_func("/intake/bad-introductions", test_bad_introductions);
	g_test_add_func("/intake/ids", test_ids);
	g_test_add_func("/intake/persons", test_persons);
	g_test_add_func("/intake/promises", test_promises);
	g_test_add_func("/intake/lists", test_lists);
	g_test_add_func("/intake/endings", test_endings);
	return g_test_run();
}
