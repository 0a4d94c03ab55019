/* test-playbook.c - reading playbooks: the shipped ones, and every kind of mistake with its place.
 */
#include <base/error.h>
#include <plan/playbook-check.h>
#include <string.h>

/* ---- the shipped ones ---- */

static void test_shipped(void)
{
	static const struct {
		const char *name;
		const char *rules; /* every id, once */
	} cases[] = {
		{"morning-after", "M1 M2 M3 M4"},
		{"note-and-email", "N1 N2 N3 N4 N5 N6 N7 N8"},
		{"rule-of-three", "R1 R2 R3 R4 R5"},
		{"seven-steps", "T1 T2 T3 T4"},
		{"standard", "D1 D2 D3 D4 D5 D6 M1 N1 N2 S2 T1"},
		{"stay-in-touch", "S1 S2 S3 S4 S5 S6 S7"},
	};
	const char *const *names = playbook_shipped_names();
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Playbook) playbook = NULL;
		g_autoptr(GError) error = NULL;
		g_assert_cmpstr(names[i], ==, cases[i].name);
		bool good = playbook_load_shipped(cases[i].name, &playbook, &error);
		g_assert_no_error(error);
		g_assert_true(good);
		g_assert_cmpstr(playbook_get_name(playbook), ==, cases[i].name);
		g_auto(GStrv) ids = g_strsplit(cases[i].rules, " ", -1);
		for (int j = 0; ids[j]; j++)
			g_assert_nonnull(playbook_find_rule(playbook, ids[j]));
		for (int j = 0; j < playbook_get_rule_count(playbook); j++)
			g_assert_true(
				g_strv_contains((const char *const *)ids, playbook_rule_get_id(playbook_get_rule(playbook, j))));
	}
	g_assert_null(names[G_N_ELEMENTS(cases)]);
}

static void test_rules_have_sources(void)
{
	for (const char *const *name = playbook_shipped_names(); *name; name++) {
		g_autoptr(Playbook) playbook = NULL;
		g_assert_true(playbook_load_shipped(*name, &playbook, NULL));
		g_assert_nonnull(playbook_get_title(playbook));
		g_assert_nonnull(playbook_get_summary(playbook));
		for (int i = 0; i < playbook_get_rule_count(playbook); i++) {
			const PlaybookRule *rule = playbook_get_rule(playbook, i);
			g_assert_true(g_str_has_suffix(playbook_rule_get_source(rule), ".txt"));
			g_assert_true(g_str_has_prefix(playbook_rule_get_source(rule), "00"));
			g_assert_true(g_str_has_suffix(playbook_rule_get_summary(rule), "."));
		}
	}
}

static void test_spelling(void)
{
	for (const char *const *name = playbook_shipped_names(); *name; name++) {
		g_autoptr(Playbook) playbook = NULL;
		g_assert_true(playbook_load_shipped(*name, &playbook, NULL));
		g_assert_cmpint(playbook_is_spelling_error(playbook), ==, strcmp(*name, "seven-steps") == 0);
	}
}

static void test_unknown(void)
{
	static const char *const names[] = {"", "standard.playbook", "Standard", "../standard"};
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GError) error = NULL;
		Playbook *playbook = NULL;
		g_assert_false(playbook_load_shipped(names[i], &playbook, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_MISSING);
		g_assert_nonnull(strstr(error->message, "morning-after"));
		g_assert_null(playbook);
		g_assert_null(playbook_find_shipped_text(names[i]));
	}
	g_assert_nonnull(strstr(playbook_find_shipped_text("standard"), "[D3]"));
}

/* ---- mistakes ---- */

static const char sound[] = "[playbook]\n"
							"title = Mine\n"
							"summary = My own way.\n"
							"[A1]\n"
							"step = thank-you\n"
							"source = my own\n"
							"does = Thanks.\n"
							"channels = email\n"
							"opens = end\n"
							"must = thanks\n"
							"reason = It is time to thank {person}.\n"
							"[A2]\n"
							"step = check-in\n"
							"source = my own\n"
							"does = Asks.\n"
							"channels = call\n"
							"opens = 09:00 on the business day on or after 7 days after last-word\n"
							"reason = It is time to ask.\n"
							"[asks]\n"
							"1 = A2\n"
							"limit = 1\n"
							"wait = 7 days\n";

static char *replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	g_assert_nonnull(at);
	return g_strdup_printf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void test_sound(void)
{
	g_autoptr(GPtrArray) faults = playbook_check(sound, strlen(sound));
	g_assert_cmpint(faults->len, ==, 0);
	g_autoptr(Playbook) playbook = NULL;
	g_assert_true(playbook_parse(sound, strlen(sound), "mine", &playbook, NULL));
	g_assert_cmpstr(playbook_get_name(playbook), ==, "mine");
	g_assert_cmpint(playbook_get_rule_count(playbook), ==, 2);
	g_assert_cmpint(playbook_rule_get_step(playbook_find_rule(playbook, "A2")), ==, STEP_CHECK_IN);
	g_assert_null(playbook_find_rule(playbook, "A3"));
}

static const struct {
	const char *from, *to;
	const char *where;
	const char *says;
} mistakes[] = {
	{"title = Mine\n", "", "[playbook] title", "*missing*"},
	{"summary", "sumary", "[playbook] sumary", "*title and summary are*"},
	{"[A1]", "[A1!]", "[A1!]", "*letters, digits and dashes*"},
	{"[A1]", "[0]", "[0]", "*letters, digits and dashes*"},
	{"[A2]", "[A1]", "[A1]", "*stands twice*"},
	{"must = thanks\n", "must = thanks\nmust = fit\n", "[A1] must", "*stands twice*"},
	{"step = thank-you", "step = thankyou", "[A1] step", "*“thankyou” is unknown*thank-you*"},
	{"step = thank-you\n", "", "[A1] opens", "*“step = …”*"},
	{"source = my own\n", "", "[A1] source", "*missing*"},
	{"does = Thanks.\n", "", "[A1] does", "*missing*"},
	{"channels = email\n", "", "[A1] channels", "*missing*"},
	{"channels = email", "channels = email, fax", "[A1] channels", "*“fax” is unknown*"},
	{"channels = email", "channels = email, email", "[A1] channels", "*listed twice*"},
	{"channels = email", "channels if panel = email", "[A1] channels", "*without a condition is missing*"},
	{"channels = email", "channels if panle = email", "[A1] channels if panle", "*“panle” is no condition*"},
	{"channels = email", "channels =", "[A1] channels", "*empty*"},
	{"opens = end", "opens = soon", "[A1] opens", "*“soon” is nothing to count from*"},
	{"opens = end", "opens = answer", "[A1] opens", "*never happens to a thank-you*"},
	{"opens = end", "opens = 1 hour after opening", "[A1] opens", "*cannot open by its own opening*"},
	{"opens = end", "opens = end\nnot-before = end", "[A1] not-before",
	 "*only a second-note, check-in or final-check*"},
	{"must = thanks", "must = grace", "[A1] must", "*“grace” is unknown*"},
	{"must = thanks", "must if panel = thanks", "[A1] must if panel", "*takes no condition*"},
	{"must = thanks", "colour = red", "[A1] colour", "*no such key*channels*"},
	{"must = thanks", "optional = maybe", "[A1] optional", "*neither yes nor no*"},
	{"must = thanks", "after-rejection = perhaps", "[A1] after-rejection", "*neither yes nor no*"},
	{"must = thanks", "spelling = bad", "[A1] spelling", "*error or warning*"},
	{"must = thanks", "skip = late", "[A1] skip", "*fast-pace is expected*"},
	{"must = thanks", "changes = card", "[A1] changes", "*two rules*"},
	{"reason = It is time to thank {person}.\n", "", "[A1] reason", "*missing*"},
	{"{person}", "{somebody}", "[A1] reason", "*{somebody} stands for nothing*"},
	{"step = check-in", "step = debrief", "[A2] channels", "*sent to nobody*"},
	{"step = check-in", "step = thank-you", "[A2] step", "*never plays: [A1]*"},
	{"does = Asks.\n", "does = Asks.\ncloses = 3 days after opening\n", "[A2] closes", "*14 days after it opens*"},
	{"1 = A2", "1 = A3", "[asks] 1", "*“A3” is no rule that makes*"},
	{"1 = A2", "1 = A1", "[asks] 1", "*“A1” is no rule that makes*"},
	{"1 = A2", "2 = A2", "[asks] 1", "*without a gap*"},
	{"1 = A2", "9 = A2", "[asks] 9", "*number from 1 to 8*"},
	{"1 = A2", "first = A2", "[asks] first", "*number from 1 to 8*"},
	{"1 = A2", "1 if dates = A2", "[asks] 1", "*without a condition is missing*"},
	{"1 = A2\n", "", "[A2] step", "*“1 = A2” in [asks]*"},
	{"limit = 1\n", "", "[asks] limit", "*missing*"},
	{"limit = 1", "limit = none", "[asks] limit", "*1 to 99*"},
	{"wait = 7 days", "wait = a while", "[asks] wait", "*no span of time*"},
	{"wait = 7 days", "wait = the interval", "[asks] interval", "*missing*"},
	{"wait = 7 days", "interval if early = 7 days", "[asks] interval", "*missing*"},
	{"wait = 7 days", "interval = 5 business days", "[asks] interval", "*no span of time*"},
	{"[playbook]", "[playbook", "the file", "*no key file*"},
	{"[playbook]", "title", "the file", "*no key file*"},
	{"Mine", "Mi\xffne", "the file", "*"},
};

static void test_mistakes(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(mistakes); i++) {
		g_autofree char *text = replaced(sound, mistakes[i].from, mistakes[i].to);
		g_autoptr(GPtrArray) faults = playbook_check(text, strlen(text));
		bool found = false;
		for (guint j = 0; j < faults->len; j++) {
			const PlaybookFault *fault = g_ptr_array_index(faults, j);
			g_test_message("%s -> %s: %s", mistakes[i].to, fault->where, fault->message);
			found |= strcmp(fault->where, mistakes[i].where) == 0 &&
					 g_pattern_match_simple(mistakes[i].says, fault->message);
		}
		if (!found)
			g_test_fail_printf("no such fault: %s: %s", mistakes[i].where, mistakes[i].says);
		g_autoptr(GError) error = NULL;
		Playbook *playbook = NULL;
		g_assert_false(playbook_parse(text, strlen(text), "mine", &playbook, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_nonnull(base_error_get_where(error));
		g_assert_null(playbook);
	}
}

/* Three mistakes in one file are three faults, in one reading. */
static void test_all_at_once(void)
{
	g_autofree char *one = replaced(sound, "channels = email", "channels = fax");
	g_autofree char *two = replaced(one, "opens = end", "opens = soon");
	g_autofree char *three = replaced(two, "limit = 1", "limit = 0");
	g_autoptr(GPtrArray) faults = playbook_check(three, strlen(three));
	g_assert_cmpint(faults->len, ==, 3);
}

static void test_sizes(void)
{
	g_autoptr(GString) many = g_string_new(sound);
	for (int i = 0; i < 70; i++)
		g_string_append_printf(many, "[X%d]\nsource = my own\ndoes = Nothing.\n", i);
	g_autoptr(GPtrArray) faults = playbook_check(many->str, many->len);
	g_assert_cmpint(faults->len, >, 0);
	g_autofree char *long_title = g_strnfill(70 * 1024, 'x');
	g_autofree char *text = replaced(sound, "Mine", long_title);
	g_autoptr(GPtrArray) too_long = playbook_check(text, strlen(text));
	g_assert_cmpint(too_long->len, ==, 1);
	g_autoptr(GPtrArray) empty = playbook_check("", 0);
	g_assert_cmpint(empty->len, >, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plan/playbook/shipped", test_shipped);
	g_test_add_func("/plan/playbook/rules-have-sources", test_rules_have_sources);
	g_test_add_func("/plan/playbook/spelling", test_spelling);
	g_test_add_func("/plan/playbook/unknown", test_unknown);
	g_test_add_func("/plan/playbook/sound", test_sound);
	g_test_add_func("/plan/playbook/mistakes", test_mistakes);
	g_test_add_func("/plan/playbook/all-at-once", test_all_at_once);
	g_test_add_func("/plan/playbook/sizes", test_sizes);
	return g_test_run();
}
