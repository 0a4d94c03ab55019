/* test-notes.c - from a debrief to notes, as forms post them: what is typed is kept, saved, and never lost.
 */
#include "note-form.h"
#include "visiting.h"

#include <string.h>

/* ---- texts of a form ---- */

static void free_field(void *data)
{
	field_free(data);
}

static void add(GPtrArray *fields, const char *name, const char *value)
{
	g_ptr_array_add(fields, field_new(name, value, strlen(value)));
}

static void test_take(void)
{
	static const struct {
		const char *name, *field, *text, *subject, *whole; /* whole NULL: no text of a note */
	} cases[] = {
		{"a mail", "text 4", "Dear Ms. Okoro,\r\n\r\nThank you.\r\n", "Thank you",
		 "Subject: Thank you\n\nDear Ms. Okoro,\n\nThank you."},
		{"without a subject", "text 0", "Thank you.", NULL, "Thank you."},
		{"a subject of two lines", "text 4", "Thank you.", "Thank\r\nyou", "Subject: Thank  you\n\nThank you."},
		{"an emptied subject", "text 4", "Thank you.", " \r\n", "Subject: \n\nThank you."},
		{"blank lines around it", "text 4", "\r\n\r\n  Thank you.\r\n\r\n ", NULL, "  Thank you."},
		{"nothing", "text 4", "", NULL, ""},
		{"no number", "text four", "Thank you.", NULL, NULL},
		{"a number too many", "text 4 5", "Thank you.", NULL, NULL},
		{"a number below none", "text -1", "Thank you.", NULL, NULL},
		{"a long number", "text 12345678901234567890", "Thank you.", NULL, NULL},
		{"another field", "texts 4", "Thank you.", NULL, NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(free_field);
		add(fields, cases[i].field, cases[i].text);
		if (cases[i].subject != NULL)
			add(fields, "subject 4", cases[i].subject);
		g_autoptr(GPtrArray) texts = note_texts_take(fields);
		g_test_message("%s", cases[i].name);
		g_assert_cmpuint(texts->len, ==, cases[i].whole == NULL ? 0 : 1);
		if (cases[i].whole == NULL)
			continue;
		g_autofree char *whole = note_text_format(g_ptr_array_index(texts, 0));
		g_assert_cmpstr(whole, ==, cases[i].whole);
	}
}

static void test_replace(void)
{
	static const struct {
		const char *name, *text;
		size_t start;
		const char *words, *other, *changed;
	} cases[] = {
		{"where they stand", "we met today.", 7, "today", "on Friday", "we met on Friday."},
		{"the one that is meant", "today, today", 7, "today", "Friday", "today, Friday"},
		{"they moved", "Oh, we met today.", 7, "today", "on Friday", "Oh, we met on Friday."},
		{"they are gone", "we met.", 7, "today", "on Friday", NULL},
		{"beyond the end", "we met.", 700, "today", "on Friday", NULL},
		{"something goes in", "we met.", 6, "", " there", "we met there."},
		{"something goes out", "we, met.", 2, ",", "", "we met."},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *changed = note_text_replace(cases[i].text, cases[i].start, cases[i].words, cases[i].other);
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(changed, ==, cases[i].changed);
	}
}

/* ---- a panel ---- */

/* A panel of three on Friday; it is Monday morning. */
static Visiting *sit_down(void)
{
	Visiting *visiting = visiting_new();
	visiting_run(visiting, "config", "topic", "me", "name", "Ana Reyes", "email", "ana@example.net", NULL);
	visiting_run(
		visiting, "interview", "opportunity", "Globex", "when", "2026-11-20T10:00", "kind", "panel", "with",
		"Huck Finn <finn@globex.example>, hiring-manager", "with", "Ada Okoro <okoro@globex.example>", "with",
		"Tom Lind <lind@globex.example>", "position", "Data analyst", NULL);
	visiting_enter(visiting);
	return visiting;
}

#define DEBRIEF "/o/1/debrief/panel"
#define ANSWERS                                                                                                        \
	"topic finn=moving the forecast off spreadsheets&topic okoro=how queries are reviewed&topic lind=the night shift&" \
	"strong=slow queries&fit=a small team&decision-by=2026-11-27"

static void holds(const VisitAnswer *answer, const char *text)
{
	if (strstr(answer->text, text) == NULL)
		g_error("no \"%s\" in: %s", text, answer->text);
}

static void lacks(const VisitAnswer *answer, const char *text)
{
	if (strstr(answer->text, text) != NULL)
		g_error("\"%s\" stands in: %s", text, answer->text);
}

static void post(Visiting *visiting, const char *path, const char *form, unsigned status)
{
	g_autofree char *what = g_strconcat("POST ", path, NULL);
	g_auto(VisitAnswer) answer = visiting_ask(visiting, what, &(VisitAs){.form = form});
	if (answer.response.status != status)
		g_error("%s %s: %u, not %u: %s", path, form, answer.response.status, status, answer.text);
}

static void test_debrief_page(void)
{
	g_autoptr(Visiting) visiting = sit_down();
	g_auto(VisitAnswer) latest = visiting_ask(visiting, "GET /o/1/debrief", NULL);
	g_assert_cmpuint(latest.response.status, ==, 303);
	g_assert_cmpstr(visit_answer_header(&latest, "Location"), ==, DEBRIEF);
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET " DEBRIEF, NULL);
	g_assert_cmpuint(page.response.status, ==, 200);
	static const char *const shown[] = {"name=\"topic finn\"",  "Ada Okoro",
										"name=\"topic\"",       "name=\"weak\"",
										"value=\"2026-11-24\"", "Tue 24 Nov",
										"they did not say",     "action=\"" DEBRIEF "\""};
	for (size_t i = 0; i < G_N_ELEMENTS(shown); i++)
		holds(&page, shown[i]);
	g_auto(VisitAnswer) nowhere = visiting_ask(visiting, "GET /o/1/debrief/video", NULL);
	g_assert_cmpuint(nowhere.response.status, ==, 404);
	g_auto(VisitAnswer) nobody = visiting_ask(visiting, "GET /o/7x/debrief", NULL);
	g_assert_cmpuint(nobody.response.status, ==, 404);
	visiting_run(visiting, "interview", "opportunity", "Initech", "when", "2026-12-01T10:00", "with", "Mei Chen", NULL);
	g_auto(VisitAnswer) early = visiting_ask(visiting, "GET /o/2/debrief", NULL);
	g_assert_cmpuint(early.response.status, ==, 409);
}

/* The mark of a page, as its form sends it back. Free with g_free. */
static char *mark_of(Visiting *visiting)
{
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET " DEBRIEF, NULL);
	const char *begin = strstr(page.text, "name=\"mark\" value=\"");
	g_assert_nonnull(begin);
	begin += strlen("name=\"mark\" value=\"");
	return g_strdup_printf("&mark=%.*s", (int)strcspn(begin, "\""), begin);
}

static void test_keep(void)
{
	g_autoptr(Visiting) visiting = sit_down();
	g_autofree char *mark = mark_of(visiting);
	g_autofree char *first = g_strconcat("topic finn=the <b>forecast</b>%0D%0Athe team&weak=the budget", mark, NULL);
	g_autofree char *other = g_strconcat("topic finn=something else", mark, NULL);
	post(visiting, DEBRIEF "/keep", first, 200);
	post(visiting, DEBRIEF "/keep", first, 200); /* the same once more: its answer was lost on its way */
	post(visiting, DEBRIEF "/keep", other, 409); /* from a window that does not know of the first */
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET " DEBRIEF, NULL);
	holds(&page, "the &lt;b&gt;forecast&lt;/b&gt;</textarea>");
	holds(&page, "the team</textarea>");
	holds(&page, "the budget</textarea>");
	lacks(&page, "something else");
	g_autofree char *newer = mark_of(visiting);
	/* What nobody was asked is not kept, however it is called. */
	g_autofree char *hostile = g_strconcat(
		"topic nobody=x&topic finn%0Astrong=y&editor=1&opportunity=%232&decision-by=none&weeks=3&strong=z", newer,
		NULL);
	post(visiting, DEBRIEF "/keep", hostile, 200);
	g_auto(VisitAnswer) after = visiting_ask(visiting, "GET " DEBRIEF, NULL);
	lacks(&after, "x</textarea>");
	lacks(&after, "y</textarea>");
	holds(&after, "z</textarea>");
	holds(&after, "name=\"decision-by\" value=\"none\" checked");
	holds(&after, "name=\"weeks\" value=\"3\" checked");
}

static void test_record(void)
{
	g_autoptr(Visiting) visiting = sit_down();
	/* A day that is past gives all back, with the reason. */
	g_auto(VisitAnswer) wrong = visiting_ask(
		visiting, "POST " DEBRIEF,
		&(VisitAs){.form = "topic finn=the forecast&decision-by=other&decision-by day=2026-11-02"});
	g_assert_cmpuint(wrong.response.status, ==, 422);
	holds(&wrong, "role=\"alert\"");
	holds(&wrong, "the forecast</textarea>");
	holds(&wrong, "value=\"2026-11-02\"");
	g_auto(VisitAnswer) good = visiting_ask(visiting, "POST " DEBRIEF, &(VisitAs){.form = ANSWERS});
	g_assert_cmpuint(good.response.status, ==, 303);
	g_assert_cmpstr(visit_answer_header(&good, "Location"), ==, "/o/1/write?interview=panel");
	g_auto(VisitAnswer) notes = visiting_ask(visiting, "GET /o/1/write?interview=panel", NULL);
	holds(&notes, "is on record.");
	holds(&notes, "name=\"text 0\"");
	holds(&notes, "name=\"text 2\"");
	holds(&notes, "Approve all 3");
	g_auto(VisitAnswer) again = visiting_ask(visiting, "GET " DEBRIEF, NULL);
	holds(&again, "What you said before is on record");
	holds(&again, "a decision by Friday 27 November");
	lacks(&again, "moving the forecast off spreadsheets</textarea>");
}

static void test_topic_with_all(void)
{
	g_autoptr(Visiting) visiting = sit_down();
	post(visiting, DEBRIEF, "topic=SQL: which one they use&topic finn=finn: his words", 303);
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET " DEBRIEF, NULL);
	holds(&page, "<dt>With all</dt><dd>SQL: which one they use</dd>");
	holds(&page, "<dt>Huck Finn</dt><dd>finn: his words</dd>");
}

/* A button that was pressed twice. */
static void test_record_twice(void)
{
	g_autoptr(Visiting) visiting = sit_down();
	post(visiting, DEBRIEF, ANSWERS, 303);
	post(visiting, DEBRIEF, ANSWERS, 303);
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET " DEBRIEF, NULL);
	static const char *const said[] = {"how queries are reviewed</dd>", "slow queries</dd>", "a small team</dd>"};
	for (size_t i = 0; i < G_N_ELEMENTS(said); i++) {
		const char *first = strstr(page.text, said[i]);
		g_assert_nonnull(first);
		g_assert_null(strstr(first + 1, said[i]));
	}
}

/* ---- the notes ---- */

static Visiting *write_notes(void)
{
	Visiting *visiting = sit_down();
	post(visiting, DEBRIEF, ANSWERS, 303);
	return visiting;
}

/* "&version 0=…" as the page has it. Free with g_free. */
static char *version_of(Visiting *visiting, int draft)
{
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET /o/1/write", NULL);
	g_autofree char *name = g_strdup_printf("name=\"version %d\" value=\"", draft);
	const char *begin = strstr(page.text, name);
	g_assert_nonnull(begin);
	begin += strlen(name);
	return g_strdup_printf("&version %d=%.*s", draft, (int)strcspn(begin, "\""), begin);
}

/* Where each note still has an error, there is nothing to approve together. */
static void test_nothing_ready(void)
{
	g_autoptr(Visiting) visiting = write_notes();
	post(
		visiting, "/o/1/write",
		"do=save&subject 0=Hello&text 0=Dear [[somebody]]&subject 1=Hello&text 1=Dear [[somebody]]&subject "
		"2=Hello&text 2=Dear "
		"[[somebody]]",
		303);
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET /o/1/write", NULL);
	holds(&page, "value=\"approve-all\" hidden");
	holds(&page, "mend it first");
	post(visiting, "/o/1/write", "do=another 0&subject 0=Hello&text 0=Dear [[somebody]]", 303);
	g_auto(VisitAnswer) mended = visiting_ask(visiting, "GET /o/1/write", NULL);
	holds(&mended, "value=\"approve-all\">Approve it");
}

/* An interview that is changed keeps how long it takes, whether or not that is one of the usual lengths. */
static void test_length_kept(void)
{
	static const char *const lengths[] = {"1h30", "1h15", "45m", "25m", "3h"};
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
		g_autofree char *company = g_strdup_printf("Globex %zu", i);
		g_autofree char *path = g_strdup_printf("GET /o/%zu/interview/one", i + 1);
		g_autofree char *chosen = g_strdup_printf("<option value=\"%s\" selected>", lengths[i]);
		visiting_run(
			visiting, "interview", "opportunity", company, "when", "today 5am", "with", "Huck Finn", "id", "one", "for",
			lengths[i], NULL);
		g_auto(VisitAnswer) page = visiting_ask(visiting, path, NULL);
		g_test_message("%s", lengths[i]);
		holds(&page, chosen);
		lacks(&page, "<option value=\"1h\" selected>");
	}
}

/* What is emptied is empty, and review says so; it is not filled again behind its writer's back. */
static void test_emptied_subject(void)
{
	g_autoptr(Visiting) visiting = write_notes();
	const char *empty = "do=save&subject 0= &text 0=Dear Mr. Finn,%0A%0AThank you.", *found = "The mail has no subject";
	post(visiting, "/o/1/write", "do=save&subject 0=Hello&text 0=Dear Mr. Finn,%0A%0AThank you.", 303);
	g_auto(VisitAnswer) full = visiting_ask(visiting, "GET /o/1/write?to=finn", NULL);
	holds(&full, "name=\"subject 0\" value=\"Hello\"");
	lacks(&full, found);
	post(visiting, "/o/1/write", empty, 303);
	post(visiting, "/o/1/write", empty, 303);
	g_auto(VisitAnswer) emptied = visiting_ask(visiting, "GET /o/1/write?to=finn", NULL);
	holds(&emptied, "name=\"subject 0\" value=\"\"");
	holds(&emptied, found);
	post(visiting, "/o/1/write", "do=save&subject 0=Again&text 0=Dear Mr. Finn,%0A%0AThank you.", 303);
	g_auto(VisitAnswer) again = visiting_ask(visiting, "GET /o/1/write?to=finn", NULL);
	holds(&again, "name=\"subject 0\" value=\"Again\"");
}

static void test_save(void)
{
	g_autoptr(Visiting) visiting = write_notes();
	g_autofree char *version = version_of(visiting, 0);
	g_autofree char *mine = g_strconcat("do=save&subject 0=Hello&text 0=Dear Mr. Finn, </textarea><b>", version, NULL);
	g_autofree char *late = g_strconcat("do=save&subject 0=Hello&text 0=Not knowing of it", version, NULL);
	post(visiting, "/o/1/write", mine, 303);
	g_auto(VisitAnswer) saved = visiting_ask(visiting, "GET /o/1/write", NULL);
	holds(&saved, "Dear Mr. Finn, &lt;/textarea&gt;&lt;b&gt;</textarea>");
	/* Made from an older text: both are shown, and nothing is lost. */
	g_auto(VisitAnswer) conflict = visiting_ask(visiting, "POST /o/1/write", &(VisitAs){.form = late});
	g_assert_cmpuint(conflict.response.status, ==, 409);
	holds(&conflict, "Not knowing of it</textarea>");
	holds(&conflict, "It was changed in another window.");
	holds(&conflict, "Dear Mr. Finn, &lt;/textarea&gt;&lt;b&gt;</p>");
	/* The page that says so knows the newer version: sent once more, it stands. */
	g_autofree char *newer = version_of(visiting, 0);
	g_autofree char *insist = g_strconcat("do=look 0&subject 0=Hello&text 0=Not knowing of it", newer, NULL);
	post(visiting, "/o/1/write", insist, 303);
	g_auto(VisitAnswer) after = visiting_ask(visiting, "GET /o/1/write", NULL);
	holds(&after, "Not knowing of it</textarea>");
}

/* Whatever button is pressed, all texts are saved first. */
static void test_all_texts_come_along(void)
{
	g_autoptr(Visiting) visiting = write_notes();
	post(visiting, "/o/1/write", "do=another 1&subject 0=A&text 0=First of mine&subject 2=C&text 2=Third of mine", 303);
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET /o/1/write", NULL);
	holds(&page, "First of mine</textarea>");
	holds(&page, "Third of mine</textarea>");
	/* An empty one is refused, and the others are saved all the same. */
	g_auto(VisitAnswer) refused =
		visiting_ask(visiting, "POST /o/1/write", &(VisitAs){.form = "do=save&text 0=&text 2=Third anew"});
	g_assert_cmpuint(refused.response.status, ==, 422);
	g_auto(VisitAnswer) after = visiting_ask(visiting, "GET /o/1/write", NULL);
	holds(&after, "First of mine</textarea>");
	holds(&after, "Third anew</textarea>");
}

static void test_findings(void)
{
	g_autoptr(Visiting) visiting = write_notes();
	const char *form = "part=0&do=look 0&subject 0=Café&text 0=Dear Mr. Fynn,%0A%0AThank you.%0A%0AAna Reyes";
	g_auto(VisitAnswer) part = visiting_ask(visiting, "POST /o/1/write", &(VisitAs){.form = form});
	g_assert_cmpuint(part.response.status, ==, 200);
	lacks(&part, "<html");
	/* "Fynn" stands at the tenth unit of the text, whatever the subject's letters weigh. */
	holds(&part, "data-part=\"text\" data-from=\"9\" data-to=\"13\" data-level=\"error\"");
	holds(&part, "href=\"/rules/wrong-name\"");
	holds(&part, "Missing: ");
	/* One tap takes the suggestion, another switches a rule off for this note alone. */
	const char *take = strstr(part.text, "value=\"take 0 ");
	g_assert_nonnull(take);
	take += strlen("value=\"");
	g_autofree char *press = g_strdup_printf("part=0&do=%.*s", (int)strcspn(take, "\""), take);
	g_auto(VisitAnswer) taken = visiting_ask(visiting, "POST /o/1/write", &(VisitAs){.form = press});
	g_assert_cmpuint(taken.response.status, ==, 200);
	holds(&taken, "Dear Mr. Finn,");
	lacks(&taken, "wrong-name");
	g_auto(VisitAnswer) off =
		visiting_ask(visiting, "POST /o/1/write", &(VisitAs){.form = "part=0&do=off 0 missing-specific"});
	g_assert_cmpuint(off.response.status, ==, 200);
	lacks(&off, "off 0 missing-specific");
	holds(&off, "on 0 missing-specific");
	g_auto(VisitAnswer) on =
		visiting_ask(visiting, "POST /o/1/write", &(VisitAs){.form = "part=0&do=on 0 missing-specific"});
	holds(&on, "off 0 missing-specific");
	/* What is missing at the end goes behind it. */
	g_auto(VisitAnswer) unsigned_note =
		visiting_ask(visiting, "POST /o/1/write", &(VisitAs){.form = "part=0&do=look 0&text 0=Dear Mr. Finn, thanks."});
	const char *sign = strstr(unsigned_note.text, "Ana Reyes\" data-say");
	g_assert_nonnull(sign);
	while (!g_str_has_prefix(sign, "take 0 "))
		sign--;
	g_autofree char *press_sign = g_strdup_printf("part=0&do=%.*s", (int)strcspn(sign, "\""), sign);
	g_auto(VisitAnswer) signed_note = visiting_ask(visiting, "POST /o/1/write", &(VisitAs){.form = press_sign});
	holds(&signed_note, "Dear Mr. Finn, thanks.\n\nAna Reyes</textarea>");
	g_auto(VisitAnswer) rule = visiting_ask(visiting, "GET /rules/wrong-name", NULL);
	g_assert_cmpuint(rule.response.status, ==, 200);
	holds(&rule, "not: ");
	g_auto(VisitAnswer) no_rule = visiting_ask(visiting, "GET /rules/wrong-nose", NULL);
	g_assert_cmpuint(no_rule.response.status, ==, 422);
}

/* An error holds a note back, with its reason; the mail part is not needed to say so. */
static void test_refused(void)
{
	g_autoptr(Visiting) visiting = write_notes();
	post(visiting, "/o/1/write", "do=save&subject 0=Thanks&text 0=Dear Mr. Fynn, hello.", 303);
	g_auto(VisitAnswer) refused = visiting_ask(visiting, "POST /o/1/write", &(VisitAs){.form = "part=0&do=approve 0"});
	g_assert_cmpuint(refused.response.status, ==, 409);
	holds(&refused, "is not approved");
	holds(&refused, "name=\"text 0\"");
}

static void test_write(void)
{
	g_autoptr(Visiting) visiting = sit_down();
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET /o/1/write?step=thank-you", NULL);
	g_assert_cmpuint(page.response.status, ==, 200);
	holds(&page, "Not written yet");
	holds(&page, "name=\"new-to 1\" value=\"okoro\"");
	post(
		visiting, "/o/1/write?step=thank-you",
		"do=write 1 email&new-to 1=okoro&new-step 1=thank-you&new-interview 1=panel", 303);
	g_auto(VisitAnswer) one = visiting_ask(visiting, "GET /o/1/write?step=thank-you", NULL);
	holds(&one, "Thank-you to Ada Okoro");
	lacks(&one, "Thank-you to Huck Finn");
	post(visiting, "/o/1/write?step=thank-you", "do=write-all", 303);
	g_auto(VisitAnswer) all = visiting_ask(visiting, "GET /o/1/write?step=thank-you", NULL);
	holds(&all, "Thank-you to Huck Finn");
	g_auto(VisitAnswer) finn = visiting_ask(visiting, "GET /o/1/write?step=thank-you&to=finn", NULL);
	lacks(&finn, "Thank-you to Ada Okoro");
}

static void test_wrong_buttons(void)
{
	static const struct {
		const char *name, *form;
	} cases[] = {
		{"no such verb", "do=burn 0"},
		{"no number", "do=approve"},
		{"a word for a number", "do=approve all"},
		{"an empty verb", "do=%20"},
		{"no such note", "do=back 99"},
		{"no such note to change", "do=save&text 99=Hello"},
		{"a place beyond the note", "do=take 0 5000 6000 Hello"},
		{"a place turned round", "do=take 0 6 5 Hello"},
		{"no such rule", "do=off 0 wrong-nose"},
		{"a step there is not", "do=write 0 email&new-step 0=dance"},
	};
	g_autoptr(Visiting) visiting = write_notes();
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *part = g_strconcat("part=0&", cases[i].form, NULL);
		g_test_message("%s", cases[i].name);
		g_auto(VisitAnswer) answer = visiting_ask(visiting, "POST /o/1/write", &(VisitAs){.form = part});
		g_assert_cmpuint(answer.response.status, >=, 400);
		g_assert_cmpuint(answer.response.status, <, 500);
	}
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET /o/1/write?step=dance", NULL);
	g_assert_cmpuint(page.response.status, ==, 422);
}

/* The part that prints is not there; what speaks against a card is said before it is asked for. */
static void test_card(void)
{
	g_autoptr(Visiting) visiting = sit_down();
	post(visiting, DEBRIEF, "topic okoro=reviews&decision-by=2026-11-24", 303);
	g_auto(VisitAnswer) doubt = visiting_ask(visiting, "GET /o/1/card/okoro?ruled=1", NULL);
	g_assert_cmpuint(doubt.response.status, ==, 409);
	holds(&doubt, "href=\"/o/1/card/okoro?ruled=1&amp;anyway=1\"");
	g_auto(VisitAnswer) nobody = visiting_ask(visiting, "GET /o/1/card/nobody", NULL);
	g_assert_cmpuint(nobody.response.status, ==, 404);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/notes/take", test_take);
	g_test_add_func("/notes/replace", test_replace);
	g_test_add_func("/notes/debrief-page", test_debrief_page);
	g_test_add_func("/notes/keep", test_keep);
	g_test_add_func("/notes/record", test_record);
	g_test_add_func("/notes/record-twice", test_record_twice);
	g_test_add_func("/notes/topic-with-all", test_topic_with_all);
	g_test_add_func("/notes/nothing-ready", test_nothing_ready);
	g_test_add_func("/notes/length-kept", test_length_kept);
	g_test_add_func("/notes/emptied-subject", test_emptied_subject);
	g_test_add_func("/notes/save", test_save);
	g_test_add_func("/notes/all-texts-come-along", test_all_texts_come_along);
	g_test_add_func("/notes/findings", test_findings);
	g_test_add_func("/notes/refused", test_refused);
	g_test_add_func("/notes/write", test_write);
	g_test_add_func("/notes/card", test_card);
	g_test_add_func("/notes/wrong-buttons", test_wrong_buttons);
	return g_test_run();
}
