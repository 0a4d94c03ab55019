/* test-template.c - names, the shipped templates, and faults in a user's own.
 */
#include "make-facts.h"

#include <base/error.h>
#include <base/limits.h>
#include <note/template.h>
#include <string.h>

static void test_names(void)
{
	static const struct {
		StepKind step;
		int channel, kind;
		const char *names;
	} cases[] = {
		{STEP_THANK_YOU, CHANNEL_EMAIL, INTERVIEW_PANEL, "thank-you.email.panel thank-you.email thank-you"},
		{STEP_THANK_YOU, CHANNEL_EMAIL, WORD_NONE, "thank-you.email thank-you"},
		{STEP_PREPARE_CLOSE, WORD_NONE, INTERVIEW_VIDEO, "prepare-close"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(GStrv) names = template_names(cases[i].step, cases[i].channel, cases[i].kind);
		g_autofree char *joined = g_strjoinv(" ", names);
		g_assert_cmpstr(joined, ==, cases[i].names);
	}
}

static void test_shipped_are_sound(void)
{
	g_auto(GStrv) names = template_list_shipped();
	g_assert_cmpuint(g_strv_length(names), >, 15);
	for (guint i = 0; names[i] != NULL; i++) {
		const char *text = template_find_shipped(names[i]);
		g_autoptr(GError) error = NULL;
		g_assert_nonnull(text);
		if (strcmp(names[i], "common") == 0)
			continue;
		bool ok = template_check(names[i], text, strlen(text), &error);
		g_assert_no_error(error);
		g_assert_true(ok);
	}
	g_assert_null(template_find_shipped("thank-you.pigeon"));
}

static void test_every_step_has_one(void)
{
	for (int step = 0; step < STEP_COUNT; step++) {
		Channel channels[CHANNEL_COUNT];
		int count = draft_list_channels((StepKind)step, channels);
		for (int i = 0; i < count; i++)
			for (int kind = WORD_NONE; kind < INTERVIEW_KIND_COUNT; kind++)
				g_assert_nonnull(template_find_shipped_for((StepKind)step, (int)channels[i], kind, NULL));
		bool found = template_find_shipped_for((StepKind)step, WORD_NONE, WORD_NONE, NULL) != NULL;
		g_assert_true(count > 0 || found == draft_has_text((StepKind)step));
	}
	g_autofree char *name = NULL;
	template_find_shipped_for(STEP_THANK_YOU, CHANNEL_EMAIL, INTERVIEW_PHONE_SCREEN, &name);
	g_assert_cmpstr(name, ==, "thank-you.email.phone-screen");
}

/* A template that shows every variable there is fills without an error: names and values cannot drift apart. */
static void test_every_variable_has_a_value(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_PANEL, 3);
	g_autoptr(GString) text = g_string_new(NULL);
	const char *last = "";
	for (const TemplateVariable *variable = template_list_variables(); variable->name != NULL; variable++) {
		g_assert_cmpstr(variable->name, >, last);
		last = variable->name;
		g_string_append_printf(text, "%s={{%s}}\n", variable->name, variable->name);
	}
	DraftRequest request = make_request(facts, STEP_THANK_YOU, CHANNEL_EMAIL, FINN);
	request.user_template = text->str;
	g_autoptr(DraftNote) note = compose(&request);
	g_assert_nonnull(strstr(note->body, "\nmy_name=Ana Reyes\n"));
	g_assert_nonnull(strstr(note->body, "\nrole=Data analyst role\n"));
	g_assert_nonnull(strstr(note->body, "\nwhen=today\n"));
}

static void test_variables_are_documented(void)
{
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "..", "docs", "rooms", "note.md", NULL);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	for (const TemplateVariable *variable = template_list_variables(); variable->name != NULL; variable++) {
		g_autofree char *shown = g_strdup_printf("`%s`", variable->name);
		if (strstr(text, shown) == NULL)
			g_error("docs/rooms/note.md does not explain %s", shown);
	}
}

static const struct {
	const char *name, *text, *where; /* where NULL: it is sound */
} checks[] = {
	{"empty", "", NULL},
	{"subject-and-body", "Subject: {{role}}\n\nDear {{salutation}},\n", NULL},
	{"subject-alone", "subject: hello", NULL},
	{"wordings-of-its-own", "{{hello}}\n== hello ==\nHi {{name}}\nGood day\n", NULL},
	{"wordings-that-are-shared", "{{thank_opening}} {{topic_line}}\n", NULL},
	{"shared-wordings-replaced", "{{sign_off}}\n== sign_off ==\nYours,\n", NULL},
	{"shorter-messages", "long {{fit}}\n== shorter ==\nshort\n== shorter ==\n\n", NULL},
	{"two-equals-signs-in-a-text", "a == b ==\n==x==\n== \n", NULL},
	{"unknown-variable", "Dear {{salutation}},\n  {{compnay}}\n", "mine:2:3"},
	{"unknown-in-subject", "Subject: {{roel}}\n", "mine:1:2"},
	{"unknown-in-section", "{{#fit}}\n{{fot}}{{/fit}}", "mine:2:1"},
	{"unknown-in-shorter", "a\n== shorter ==\n\n{{b}}\n", "mine:4:1"},
	{"unknown-in-wording", "a\n== b ==\nc\n\nd {{e}}\n", "mine:5:3"},
	{"comments-before-the-subject", "{{! mine\n two }}\n\n{{! b }}\nSubject: {{role}}\n\nDear\n", NULL},
	{"unknown-behind-a-comment", "{{! mine\n two }}\nDear {{nmae}}", "mine:3:6"},
	{"partial", "{{>common}}", "mine:1:1"},
	{"open-section", "Dear\n{{#fit}}", "mine:2:1"},
	{"section-over-a-divider", "{{#fit}}\n== shorter ==\n{{/fit}}\n", "mine:1:1"},
	{"wordings-that-are-a-variable", "x\n== company ==\ny\n", "mine:2:1"},
	{"wordings-twice", "x\n== a ==\ny\n== a ==\nz\n", "mine:4:1"},
	{"wordings-without-a-line", "x\n== a ==\n\n", "mine:2:1"},
	{"wordings-with-a-bad-name", "x\n== My Own ==\ny\n", "mine:2:1"},
	{"bytes", "a\xff", "mine"},
};

static void test_check(gconstpointer data)
{
	guint i = GPOINTER_TO_UINT(data);
	g_autoptr(GError) error = NULL;
	bool ok = template_check("mine", checks[i].text, strlen(checks[i].text), &error);
	g_assert_cmpstr(base_error_get_where(error), ==, checks[i].where);
	g_assert_true(ok == (checks[i].where == NULL));
	if (error == NULL)
		return;
	g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
	g_assert_true(g_str_has_suffix(error->message, ".") && !g_str_has_suffix(error->message, ".."));
}

static void test_what_would_be_right(void)
{
	static const char *const texts[][2] = {
		{"Dear {{salutaton}}\n",
		 "mine, line 1, column 6: {{salutaton}} is no name that is known; {{salutation}} may be meant."},
		{"a\n== hi ==\n{{interst_line}}\n", "mine, line 3, column 1: {{interst_line}} is no name that is known; "
											"{{interest_line}} may be meant (in \"== hi ==\")."},
		{"a\n== hi ==\n{{#fit}}\n",
		 "mine, line 3, column 1: the section {{#fit}} is not closed; {{/fit}} is expected (in \"== hi ==\")."},
	};
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GError) error = NULL;
		g_assert_false(template_check("mine", texts[i][0], strlen(texts[i][0]), &error));
		g_assert_cmpstr(error->message, ==, texts[i][1]);
	}
}

/* A subject behind comments is a subject; wordings of one's own take the place of shared ones. */
static void test_own(void)
{
	g_autoptr(Facts) facts = make_facts(INTERVIEW_IN_PERSON, 1);
	DraftRequest request = make_request(facts, STEP_THANK_YOU, CHANNEL_EMAIL, FINN);
	request.user_template = "{{! mine }}\nSubject: About {{role}}\n\n{{sign_off}} {{ours}}\n";
	request.user_common = "{{! shared }}\n== sign_off ==\nYours,\n\n== ours ==\n{{sign_off}} again\n";
	g_autoptr(DraftNote) note = compose(&request);
	g_assert_cmpstr(note->subject, ==, "About Data analyst role");
	g_assert_cmpstr(note->body, ==, "Yours, Yours, again\n");
}

static void test_read_name(void)
{
	static const struct {
		const char *name;
		bool ok;
		int step, channel, kind;
	} cases[] = {
		{"thank-you", true, STEP_THANK_YOU, WORD_NONE, WORD_NONE},
		{"thank-you.email", true, STEP_THANK_YOU, CHANNEL_EMAIL, WORD_NONE},
		{"thank-you.email.panel", true, STEP_THANK_YOU, CHANNEL_EMAIL, INTERVIEW_PANEL},
		{"common", false, 0, 0, 0},
		{"thank-you.panel", false, 0, 0, 0},
		{"thank-you.email.panel.x", false, 0, 0, 0},
		{"", false, 0, 0, 0},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		TemplateName read;
		g_assert_true(template_read_name(cases[i].name, &read) == cases[i].ok);
		if (cases[i].ok)
			g_assert_true(read.step == cases[i].step && read.channel == cases[i].channel && read.kind == cases[i].kind);
	}
}

static void test_too_long(void)
{
	g_autofree char *text = g_strnfill(LIMIT_NOTE_BYTES + 1, 'x');
	g_autoptr(GError) error = NULL;
	g_assert_true(template_check("mine", text, LIMIT_NOTE_BYTES, NULL));
	g_assert_false(template_check("mine", text, LIMIT_NOTE_BYTES + 1, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/template/names", test_names);
	g_test_add_func("/template/shipped-are-sound", test_shipped_are_sound);
	g_test_add_func("/template/every-step-has-one", test_every_step_has_one);
	g_test_add_func("/template/every-variable-has-a-value", test_every_variable_has_a_value);
	g_test_add_func("/template/variables-are-documented", test_variables_are_documented);
	for (guint i = 0; i < G_N_ELEMENTS(checks); i++) {
		g_autofree char *path = g_strdup_printf("/template/check/%s", checks[i].name);
		g_test_add_data_func(path, GUINT_TO_POINTER(i), test_check);
	}
	g_test_add_func("/template/too-long", test_too_long);
	g_test_add_func("/template/what-would-be-right", test_what_would_be_right);
	g_test_add_func("/template/own", test_own);
	g_test_add_func("/template/read-name", test_read_name);
	return g_test_run();
}
