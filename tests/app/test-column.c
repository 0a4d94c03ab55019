/* test-column.c - where an opportunity stands on a board, and what comes next there; each case named.
 */
#include "column.h"

#include <facts/facts-json.h>
#include <string.h>

#define FINN "{\"id\":\"finn\",\"name\":\"Huck Finn\",\"role\":\"hiring-manager\",\"email\":\"finn@globex.example\"}"
#define TUESDAY                                                                                                        \
	"{\"id\":\"onsite\",\"kind\":\"in-person\",\"start\":\"2026-11-17T10:00\",\"end\":\"2026-11-17T11:00\","           \
	"\"with\":[\"finn\"],\"promise\":{\"decision_by\":\"2026-11-19\"}}"
#define NEXT_WEEK                                                                                                      \
	",{\"id\":\"second\",\"kind\":\"panel\",\"start\":\"2026-11-24T10:00\",\"end\":\"2026-11-24T11:00\","              \
	"\"with\":[\"finn\"]}"
#define DEBRIEFED "{\"interview\":\"onsite\",\"at\":\"2026-11-17T12:00\"}"
#define THANKED                                                                                                        \
	"{\"at\":\"2026-11-17T15:00\",\"kind\":\"sent\",\"step\":\"thank-you\",\"interview\":\"onsite\",\"to\":\"finn\","  \
	"\"channel\":\"email\"}"
#define ASKED(day, step)                                                                                               \
	",{\"at\":\"2026-" day "T10:00\",\"kind\":\"sent\",\"step\":\"" step "\",\"to\":\"finn\",\"channel\":\"email\"}"
#define SAID(day, what) ",{\"at\":\"2026-" day "T16:00\",\"kind\":\"reply\",\"from\":\"finn\",\"says\":\"" what "\"}"

typedef struct Standing {
	const char *name, *interviews, *debriefs, *events, *now, *column, *next;
} Standing;

static const Standing standings[] = {
	{"nothing on record yet", "", "", "", "2026-11-17T09:00", "ahead", NULL},
	{"before the interview", TUESDAY, "", "", "2026-11-15T09:00", "ahead", "prepare-close upcoming"},
	{"on its eve", TUESDAY, "", "", "2026-11-16T12:00", "ahead", "prepare-close due"},
	{"right after it", TUESDAY, "", "", "2026-11-17T11:30", "thank", "debrief due"},
	{"written down", TUESDAY, DEBRIEFED, "", "2026-11-17T13:00", "thank", "thank-you due"},
	{"thanked", TUESDAY, DEBRIEFED, THANKED, "2026-11-18T13:00", "waiting", "check-in upcoming"},
	{"the morning after", TUESDAY, DEBRIEFED, THANKED, "2026-11-20T09:30", "ask", "check-in due"},
	{"asked", TUESDAY, DEBRIEFED, THANKED ASKED("11-20", "check-in"), "2026-11-21T09:30", "waiting",
	 "final-check upcoming"},
	{"all was asked", TUESDAY, DEBRIEFED, THANKED ASKED("11-20", "check-in") ASKED("11-30", "final-check"),
	 "2026-12-30T09:30", "ask", NULL},
	{"the next one is on record", TUESDAY NEXT_WEEK, DEBRIEFED, THANKED, "2026-11-20T09:30", "ahead",
	 "prepare-close upcoming"},
	{"the next one, and no thanks for this", TUESDAY NEXT_WEEK, DEBRIEFED, "", "2026-11-20T09:30", "thank",
	 "thank-you overdue"},
	{"an offer", TUESDAY, DEBRIEFED, THANKED SAID("11-19", "offer"), "2026-11-20T09:30", "offer", NULL},
	{"an offer, and thanks that were never sent", TUESDAY, "", SAID("11-19", "offer") + 1, "2026-11-20T09:30", "offer",
	 NULL},
	{"a rejection", TUESDAY, DEBRIEFED, THANKED SAID("11-19", "rejection"), "2026-11-19T17:00", "closed",
	 "thank-for-answer due"},
	{"withdrawn", TUESDAY, DEBRIEFED, THANKED ",{\"at\":\"2026-11-19T08:00\",\"kind\":\"withdrawn\"}",
	 "2026-11-20T09:30", "closed", NULL},
	{"open again", TUESDAY, DEBRIEFED,
	 THANKED
	 ",{\"at\":\"2026-11-19T08:00\",\"kind\":\"withdrawn\"},{\"at\":\"2026-11-19T09:00\",\"kind\":\"reopened\"}",
	 "2026-11-20T09:30", "ask", "check-in due"},
};

static Case *case_of(const Standing *row)
{
	g_autofree char *text = g_strdup_printf(
		"{\"version\":1,\"timezone\":\"America/Phoenix\",\"opportunity\":{\"company\":\"Globex\"},\"people\":[" FINN
		"],\"interviews\":[%s],\"debriefs\":[%s],\"events\":[%s]}",
		row->interviews, row->debriefs, row->events);
	g_autoptr(GError) error = NULL;
	Facts *facts = NULL;
	Playbook *playbook = NULL;
	Stamp stamp;
	bool read = facts_parse(text, strlen(text), &facts, &error);
	g_assert_no_error(error);
	g_assert_true(read && playbook_load_shipped("standard", &playbook, NULL) && stamp_parse(row->now, &stamp));
	App app = {.now = zone_resolve(facts->zone, stamp)};
	Case *item = g_new0(Case, 1);
	*item = (Case){.record = record_new(ACCOUNT_SELF, facts), .plan = plan_new(), .playbook = playbook};
	case_replan(&app, item);
	return item;
}

static void test_standing(const void *data)
{
	const Standing *row = data;
	g_autoptr(Case) item = case_of(row);
	g_assert_cmpstr(column_word(column_of(item)), ==, row->column);
	const PlanStep *step = case_find_next_step(item);
	g_autofree char *next =
		step == NULL ? NULL
					 : g_strconcat(word_text(WORDS_STEP, (int)step->kind), " ", step_state_word(step->state), NULL);
	g_assert_cmpstr(next, ==, row->next);
	playbook_free((Playbook *)item->playbook);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(standings); i++) {
		g_autofree char *path = g_strconcat("/column/", standings[i].name, NULL);
		g_test_add_data_func(path, &standings[i], test_standing);
	}
	return g_test_run();
}
