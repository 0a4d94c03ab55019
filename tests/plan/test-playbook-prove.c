/* test-playbook-prove.c - playbooks that break etiquette are found out by playing them, each with its shortest history.
 */
#include <plan/plan.h>
#include <plan/playbook-check.h>
#include <string.h>

static char *replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	g_assert_nonnull(at);
	return g_strdup_printf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void test_shipped(void)
{
	g_autoptr(Zone) zone = zone_load("America/Phoenix", NULL);
	for (const char *const *name = playbook_shipped_names(); *name; name++) {
		g_autoptr(Playbook) playbook = NULL;
		g_assert_true(playbook_load_shipped(*name, &playbook, NULL));
		g_autoptr(PlaybookBreach) breach = playbook_prove(playbook, zone);
		if (breach)
			g_test_fail_printf("%s: %s: %s\n%s", *name, breach->rule, breach->message, breach->story);
	}
}

static int count_lines(const char *text)
{
	int lines = 0;
	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* A shipped playbook, one or two places changed. */
typedef struct Broken {
	const char *name, *playbook;
	const char *from, *to, *and_from, *and_to;
	const char *rule; /* what it breaks; NULL if it is still good */
	int lines;        /* of the shortest story */
} Broken;

#define FINAL_CHECK                                                                                                    \
	"opens = 09:00 on the business day on or after the interval after last-word\nmust = ask-decision, offer-info"

#define CONNECT_AT_ONCE                                                                                                \
	"[X]\nstep = connect\nsource = my own\ndoes = Connects at once.\nchannels = linkedin\nopens = end\n"               \
	"due = 23:59:59 on the day of end\nreason = At once.\n[asks]\n"

static const Broken broken[] = {
	{"limit", "rule-of-three", "limit = 2", "limit = 1", NULL, NULL, "E8", 3},
	{"long-list", "standard", "2 = D5\nlimit", "2 = D5\n3 = D5\nlimit", NULL, NULL, "E8", 4},
	{"never-stops", "seven-steps", "wait = the interval\n", "", NULL, NULL, "E8", 2},
	{"waits-for-nothing", "rule-of-three", FINAL_CHECK, "opens = 09:00 on the next business day after last-reply", NULL,
	 NULL, "E8", 3},
	{"ask-in-disguise", "standard", "must = thanks, specific, interest, fit", "must = thanks, ask-decision", NULL, NULL,
	 "E2", 2},
	{"two-platforms", "morning-after", "due = 24 hours after end", "due = 23:59:59 on the day of end", "[asks]\n",
	 CONNECT_AT_ONCE, "E1", 3},
	{"two-platforms-in-time", "morning-after", "[asks]\n", CONNECT_AT_ONCE, NULL, NULL, NULL, 0},
	{"impatient", "rule-of-three", FINAL_CHECK, "opens = 2 hours after last-ask\nmust = ask-decision", NULL, NULL, "E3",
	 3},
	{"deaf", "rule-of-three", FINAL_CHECK, "opens = 09:00 on the business day on or after the interval after last-ask",
	 NULL, NULL, "E3", 4},
	{"asks-for-reasons", "stay-in-touch", "must = thanks, no-feedback-request", "must = thanks, ask-decision", NULL,
	 NULL, "E7", 3},
	{"asks-after-all", "seven-steps", "step = check-in\n", "step = check-in\nafter-rejection = yes\n", NULL, NULL, "E7",
	 3},
	{"only-the-boss", "rule-of-three", "[R2]\n", "[R2]\nwhen = primary-contact\n", NULL, NULL, "E11", 2},
	{"due-before", "morning-after", "due = 12:00 on the day of opening", "due = 08:00 on the day of opening", NULL,
	 NULL, "M3", 2},
	{"closed-before", "standard", "after 90 days after answer",
	 "after 90 days after answer\ncloses = 30 days after answer", NULL, NULL, "D6", 3},
};

static void test_broken(gconstpointer data)
{
	const Broken *row = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Zone) zone = zone_load("America/Phoenix", NULL);
	g_autofree char *once = replaced(playbook_find_shipped_text(row->playbook), row->from, row->to);
	g_autofree char *text = row->and_from ? replaced(once, row->and_from, row->and_to) : g_strdup(once);
	g_autoptr(Playbook) playbook = NULL;
	bool good = playbook_parse(text, strlen(text), "broken", &playbook, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	g_autoptr(PlaybookBreach) breach = playbook_prove(playbook, zone);
	if (!row->rule) {
		g_assert_null(breach);
		return;
	}
	g_assert_nonnull(breach);
	g_test_message("%s\n%s", breach->message, breach->story);
	g_assert_cmpstr(breach->rule, ==, row->rule);
	g_assert_cmpint(count_lines(breach->story), ==, row->lines);
	g_assert_true(facts_check(breach->facts, NULL));
	g_assert_cmpint(breach->now, >=, facts_interview(breach->facts, 0)->end);
}

/* The same playbook gives the same story. */
static void test_repeats(void)
{
	g_autoptr(Zone) zone = zone_load("Europe/Berlin", NULL);
	g_autofree char *text = replaced(playbook_find_shipped_text("rule-of-three"), "limit = 2", "limit = 1");
	g_autoptr(Playbook) playbook = NULL;
	g_assert_true(playbook_parse(text, strlen(text), "mine", &playbook, NULL));
	g_autoptr(PlaybookBreach) one = playbook_prove(playbook, zone), two = playbook_prove(playbook, zone);
	g_assert_cmpstr(one->story, ==, two->story);
	g_assert_true(
		g_str_has_prefix(one->story, "Tuesday 17 November, 11:00: the in-person interview with Ada Bloom ends"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plan/prove/shipped", test_shipped);
	for (guint i = 0; i < G_N_ELEMENTS(broken); i++) {
		g_autofree char *path = g_strdup_printf("/plan/prove/%s", broken[i].name);
		g_test_add_data_func(path, &broken[i], test_broken);
	}
	g_test_add_func("/plan/prove/repeats", test_repeats);
	return g_test_run();
}
