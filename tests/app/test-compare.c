/* test-compare.c - two playbooks on the same facts: which steps differ, and in what; each case named.
 */
#include "compare.h"

#include <facts/facts-json.h>
#include <string.h>

#define FINN                                                                                                           \
	"{\"id\":\"finn\",\"name\":\"Huck Finn\",\"role\":\"hiring-manager\",\"email\":\"finn@globex.example\",\"phone\":" \
	"\"+1 602 555 0111\",\"address\":\"1 Main St\"}"

static Facts *make_facts(const char *events)
{
	g_autofree char *text = g_strdup_printf(
		"{\"version\":1,\"timezone\":\"America/Phoenix\",\"opportunity\":{\"company\":\"Globex\"},\"people\":[" FINN
		"],\"interviews\":[{\"id\":\"onsite\",\"kind\":\"video\",\"start\":\"2026-11-17T10:00\",\"end\":\"2026-11-"
		"17T11:"
		"00\",\"with\":[\"finn\"],\"promise\":{\"decision_by\":\"2026-12-19\"}}],\"events\":[%s]}",
		events);
	Facts *facts = NULL;
	g_assert_true(facts_parse(text, strlen(text), &facts, NULL));
	return facts;
}

static int64_t at(const Facts *facts, const char *text)
{
	Stamp stamp;
	g_assert_true(stamp_parse(text, &stamp));
	return zone_resolve(facts->zone, stamp);
}

/* A playbook of the steps given. */
static Playbook *make_playbook(const char *rules)
{
	g_autofree char *text = g_strconcat("[playbook]\ntitle = A try\nsummary = To compare.\n", rules, NULL);
	g_autoptr(GError) error = NULL;
	Playbook *playbook = NULL;
	bool good = playbook_parse(text, strlen(text), "try", &playbook, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return playbook;
}

#define RULE(id, kind, more)                                                                                           \
	"[" id "]\nstep = " kind "\nsource = mine\ndoes = It is done.\nreason = It is time.\nopens = end\n" more "\n"
#define THANK RULE("A1", "thank-you", "due = 24 hours after end\nchannels = email")
#define CARD RULE("A2", "card", "due = 48 hours after end\nchannels = card")

/* "thank-you: due opens; card: there", in order. */
static char *compare(const char *one, const char *other)
{
	g_autoptr(Facts) facts = make_facts("");
	g_autoptr(Playbook) first = make_playbook(one), second = make_playbook(other);
	g_autoptr(Plan) here = plan_new(), there = plan_new();
	GString *text = g_string_new(NULL);
	plan_compute(facts, first, at(facts, "2026-11-17T12:00"), here);
	plan_compute(facts, second, at(facts, "2026-11-17T12:00"), there);
	g_autoptr(GArray) differences = plans_compare(here, there);
	for (guint i = 0; i < differences->len; i++) {
		const StepDifference *one_step = &g_array_index(differences, StepDifference, i);
		const PlanStep *step = one_step->one == NULL ? one_step->other : one_step->one;
		g_string_append_printf(text, "%s%s:", i == 0 ? "" : "; ", word_text(WORDS_STEP, (int)step->kind));
		for (int bit = 0; bit < DIFFERS_COUNT; bit++)
			if ((one_step->what & (1U << bit)) != 0)
				g_string_append_printf(text, " %s", differs_word(1U << bit));
		g_string_append(text, one_step->one == NULL ? " in the other" : one_step->other == NULL ? " in the one" : "");
	}
	return g_string_free(text, FALSE);
}

typedef struct CompareCase {
	const char *name, *one, *other, *differences;
} CompareCase;

static const CompareCase compare_cases[] = {
	{"the same", THANK CARD, THANK CARD, ""},
	{"only in the one", THANK CARD, THANK, "card: there in the one"},
	{"only in the other", THANK, THANK CARD, "card: there in the other"},
	{"another due time", THANK, RULE("B1", "thank-you", "due = 48 hours after end\nchannels = email"),
	 "thank-you: due"},
	{"another opening", THANK,
	 "[B1]\nstep = thank-you\nsource = mine\ndoes = It is done.\nreason = It is time.\nopens = 2 hours after end\ndue "
	 "= "
	 "24 hours after end\nchannels = email\n",
	 "thank-you: opens"},
	{"another way", THANK, RULE("B1", "thank-you", "due = 24 hours after end\nchannels = email, call"),
	 "thank-you: channels"},
	{"another preference", RULE("B1", "thank-you", "due = 24 hours after end\nchannels = call, email"),
	 RULE("B1", "thank-you", "due = 24 hours after end\nchannels = email, call"), "thank-you: channels"},
	{"optional", THANK CARD, THANK RULE("B2", "card", "due = 48 hours after end\nchannels = card\noptional = yes"),
	 "card: optional"},
	{"skipped in one", THANK CARD,
	 THANK RULE("B2", "card", "due = 48 hours after end\nchannels = card\nskip = fast-pace"),
	 "card: there in the one"},
	{"another order", THANK CARD, CARD THANK, "thank-you: order; card: order"},
};

static void test_compare(const void *data)
{
	const CompareCase *row = data;
	g_autofree char *found = compare(row->one, row->other);
	g_assert_cmpstr(found, ==, row->differences);
}

/* All that are shipped, each with each: a playbook says the same as itself, and what differs is the same both ways. */
static void test_shipped(void)
{
	g_autoptr(Facts) facts = make_facts("");
	for (const char *const *one = playbook_shipped_names(); *one != NULL; one++)
		for (const char *const *other = playbook_shipped_names(); *other != NULL; other++) {
			g_autoptr(Playbook) first = NULL, second = NULL;
			g_autoptr(Plan) here = plan_new(), there = plan_new();
			g_assert_true(playbook_load_shipped(*one, &first, NULL) && playbook_load_shipped(*other, &second, NULL));
			plan_compute(facts, first, at(facts, "2026-11-18T12:00"), here);
			plan_compute(facts, second, at(facts, "2026-11-18T12:00"), there);
			g_autoptr(GArray) forth = plans_compare(here, there), back = plans_compare(there, here);
			g_test_message("%s, %s: %u", *one, *other, forth->len);
			g_assert_cmpuint(forth->len, ==, back->len);
			g_assert_cmpint(forth->len == 0, ==, strcmp(*one, *other) == 0);
		}
}

static void test_last_say(void)
{
	static const struct {
		const char *name, *events, *now, *at;
	} cases[] = {
		{"open", "", "2026-12-01T12:00", "2026-12-01T12:00:00"},
		{"over", "{\"at\":\"2026-11-20T12:00\",\"kind\":\"rejected\"}", "2026-12-01T12:00", "2026-11-20T11:59:59"},
		{"an offer as a reply", "{\"at\":\"2026-11-20T12:00\",\"kind\":\"reply\",\"from\":\"finn\",\"says\":\"offer\"}",
		 "2026-12-01T12:00", "2026-11-20T11:59:59"},
		{"not over yet then", "{\"at\":\"2026-11-20T12:00\",\"kind\":\"rejected\"}", "2026-11-19T12:00",
		 "2026-11-19T12:00:00"},
		{"open again",
		 "{\"at\":\"2026-11-20T12:00\",\"kind\":\"withdrawn\"},{\"at\":\"2026-11-21T12:00\",\"kind\":\"reopened\"}",
		 "2026-12-01T12:00", "2026-12-01T12:00:00"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Facts) facts = make_facts(cases[i].events);
		char text[STAMP_TEXT_BYTES];
		zone_format(facts->zone, facts_last_say(facts, at(facts, cases[i].now)), text);
		text[strlen("2026-11-20T12:00:00")] = '\0';
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(text, ==, cases[i].at);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(compare_cases); i++) {
		g_autofree char *path = g_strconcat("/compare/", compare_cases[i].name, NULL);
		g_test_add_data_func(path, &compare_cases[i], test_compare);
	}
	g_test_add_func("/compare/shipped", test_shipped);
	g_test_add_func("/compare/last-say", test_last_say);
	return g_test_run();
}
