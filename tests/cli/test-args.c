/* test-args.c - what argv means: commands, options, globals, and the sentence for what it cannot mean.
 */
#include "args.h"

#include <base/error.h>
#include <string.h>

enum { WORDS_MAX = 16 };

static int count_words(const char *const *words)
{
	int count = 0;
	while (words[count] != NULL)
		count++;
	return count;
}

/* ---- what can be read ---- */

typedef struct Good {
	const char *name;
	const char *words[WORDS_MAX];
	const char *op;
	const char *param, *value; /* one to look at, or NULL; a flag's value is "" */
	const char *now, *format;
} Good;

static const Good good[] = {
	{"nothing is today", {"followup"}, "today", NULL, NULL, NULL, NULL},
	{"a command", {"followup", "list"}, "list", NULL, NULL, NULL, NULL},
	{"a place", {"followup", "show", "globex"}, "show", "opportunity", "globex", NULL, NULL},
	{"an option", {"followup", "log", "--step", "card"}, "log", "step", "card", NULL, NULL},
	{"an option with =", {"followup", "log", "--step=card"}, "log", "step", "card", NULL, NULL},
	{"a value with =", {"followup", "edit", "--text=a=b"}, "edit", "text", "a=b", NULL, NULL},
	{"an empty value", {"followup", "edit", "--text="}, "edit", "text", "", NULL, NULL},
	{"a value that looks like an option", {"followup", "edit", "--text", "--x"}, "edit", "text", "--x", NULL, NULL},
	{"a dash is a value", {"followup", "people", "g", "f", "--email", "-"}, "people", "email", "-", NULL, NULL},
	{"a dash in its place", {"followup", "export", "-"}, "export", "file", "-", NULL, NULL},
	{"behind two dashes", {"followup", "show", "--", "--strange"}, "show", "opportunity", "--strange", NULL, NULL},
	{"a flag", {"followup", "delete", "globex", "--yes"}, "delete", "yes", "", NULL, NULL},
	{"the last of many", {"followup", "debrief", "--fit", "a", "--fit", "b"}, "debrief", "fit", "b", NULL, NULL},
	{"now before the command", {"followup", "--now", "2026-11-20", "list"}, "list", NULL, NULL, "2026-11-20", NULL},
	{"now behind it", {"followup", "list", "--now", "tomorrow 10am"}, "list", NULL, NULL, "tomorrow 10am", NULL},
	{"now with =", {"followup", "--now=fri", "list"}, "list", NULL, NULL, "fri", NULL},
	{"now alone is at once", {"followup", "send", "--now"}, "send", "now", "", NULL, NULL},
	{"now before a name is at once", {"followup", "send", "--now", "globex"}, "send", "now", "", NULL, NULL},
	{"now with a time is the time",
	 {"followup", "send", "--now", "2026-11-20T09:00"},
	 "send",
	 NULL,
	 NULL,
	 "2026-11-20T09:00",
	 NULL},
	{"now both ways", {"followup", "send", "--now", "20 nov 9am", "--now"}, "send", "now", "", "20 nov 9am", NULL},
	{"a format", {"followup", "--format", "json"}, "today", NULL, NULL, NULL, "json"},
	{"a format of its own", {"followup", "draft", "--format", "eml"}, "draft", "format", "eml", NULL, "eml"},
};

static void test_good(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
		const Good *one = &good[i];
		Globals globals = {0};
		const Op *op = NULL;
		g_autoptr(OpArgs) args = NULL;
		g_autoptr(GError) error = NULL;
		g_test_message("%s", one->name);
		bool read = args_read(count_words(one->words), (char **)one->words, &globals, &op, &args, &error);
		g_assert_no_error(error);
		g_assert_true(read);
		g_assert_cmpstr(op->name, ==, one->op);
		g_assert_cmpint(globals.want, ==, WANT_OP);
		g_assert_cmpstr(globals.now, ==, one->now);
		g_assert_cmpstr(globals.format, ==, one->format);
		if (one->param != NULL)
			g_assert_cmpstr(op_args_get(args, one->param), ==, one->value);
	}
}

/* ---- what cannot ---- */

typedef struct Bad {
	const char *name;
	const char *words[WORDS_MAX];
	const char *parts[3]; /* of the sentence */
} Bad;

static const Bad bad[] = {
	{"no such command", {"followup", "dance"}, {"\"dance\"", "followup help"}},
	{"a slip", {"followup", "shw"}, {"did you mean", "followup show"}},
	{"the start of one", {"followup", "deb"}, {"followup debrief"}},
	{"no such option", {"followup", "list", "--quick"}, {"--quick", "followup help list"}},
	{"a slip in an option", {"followup", "log", "--setp", "card"}, {"did you mean --step"}},
	{"a slip in a global", {"followup", "list", "--nwo", "fri"}, {"did you mean --now"}},
	{"an option before the command", {"followup", "--step", "card", "log"}, {"after a command"}},
	{"one dash", {"followup", "log", "-s"}, {"two dashes"}},
	{"no value", {"followup", "log", "--step"}, {"--step", "value"}},
	{"no value for a global", {"followup", "list", "--now"}, {"--now", "value"}},
	{"an empty value for a global", {"followup", "list", "--db", ""}, {"--db", "value"}},
	{"a flag with a value", {"followup", "delete", "--yes=no"}, {"--yes", "no value"}},
	{"too many words", {"followup", "interview", "Globex", "fri", "10am"}, {"\"10am\"", "quotes"}},
	{"twice", {"followup", "log", "--step", "card", "--step", "card"}, {"step", "twice"}},
	{"no such word", {"followup", "log", "--result", "fine"}, {"\"fine\"", "reached"}},
	{"no number", {"followup", "promise", "--weeks", "two"}, {"weeks", "whole number"}},
	{"no length of time", {"followup", "interview", "G", "fri", "--for", "soon"}, {"\"soon\"", "45m"}},
	{"missing", {"followup", "outcome", "globex"}, {"outcome", "missing"}},
	{"a control character", {"followup", "show", "gl\033obex"}, {"control character"}},
	{"no such format", {"followup", "list", "--format", "yaml"}, {"text or json"}},
	{"help for nothing", {"followup", "help", "dance"}, {"\"dance\""}},
	{"help for two", {"followup", "help", "show", "list"}, {"\"list\""}},
};

static void test_bad(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		const Bad *one = &bad[i];
		Globals globals = {0};
		const Op *op = NULL;
		OpArgs *args = NULL;
		g_autoptr(GError) error = NULL;
		g_test_message("%s", one->name);
		g_assert_false(args_read(count_words(one->words), (char **)one->words, &globals, &op, &args, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_null(args);
		for (size_t p = 0; p < G_N_ELEMENTS(one->parts) && one->parts[p] != NULL; p++)
			if (strstr(error->message, one->parts[p]) == NULL)
				g_error("%s: \"%s\" is not in: %s", one->name, one->parts[p], error->message);
	}
}

static void test_itself(void)
{
	static const struct {
		const char *words[WORDS_MAX];
		Want want;
		const char *subject;
	} cases[] = {
		{{"followup", "--help"}, WANT_HELP, NULL},
		{{"followup", "-h"}, WANT_HELP, NULL},
		{{"followup", "help"}, WANT_HELP, NULL},
		{{"followup", "help", "log"}, WANT_HELP, "log"},
		{{"followup", "log", "--help"}, WANT_HELP, "log"},
		{{"followup", "--version"}, WANT_VERSION, NULL},
		{{"followup", "completion", "bash"}, WANT_COMPLETION, "bash"},
		{{"followup", "interview", "--help"}, WANT_HELP, "interview"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Globals globals = {0};
		const Op *op = NULL;
		OpArgs *args = NULL;
		g_assert_true(args_read(count_words(cases[i].words), (char **)cases[i].words, &globals, &op, &args, NULL));
		g_assert_null(args);
		g_assert_cmpint(globals.want, ==, cases[i].want);
		g_assert_cmpstr(globals.subject, ==, cases[i].subject);
	}
}

/* A mistake is told in the format that was asked for, wherever that stands. */
static void test_format_of_mistakes(void)
{
	static const char *const lines[][7] = {
		{"followup", "list", "--quick", "--format", "json", NULL},
		{"followup", "list", "--quick", "--format=json", NULL},
		{"followup", "--format=json", "lits", NULL},
		{"followup", "outcome", "globex", "won", "--format=json", NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		Globals globals = {0};
		const Op *op = NULL;
		OpArgs *args = NULL;
		g_autoptr(GError) error = NULL;
		g_assert_false(args_read(count_words(lines[i]), (char **)lines[i], &globals, &op, &args, &error));
		g_assert_cmpstr(globals.format, ==, "json");
	}
}

/* What was given can be given again. */
static void test_format_args(void)
{
	static const char *const words[] = {"followup", "debrief",  "globex",  "--topic", "finn: it's \"done\"",
										"--topic",  "b; rm -x", "--weeks", "3",       "--decision-by",
										"20 nov",   NULL};
	Globals globals = {0};
	const Op *op = NULL;
	g_autoptr(OpArgs) args = NULL, again = NULL;
	g_auto(GStrv) parsed = NULL;
	g_assert_true(args_read(count_words(words), (char **)words, &globals, &op, &args, NULL));
	g_autofree char *line = args_format(op, args);
	g_assert_true(g_shell_parse_argv(line, NULL, &parsed, NULL));
	g_assert_true(args_read((int)g_strv_length(parsed), parsed, &globals, &op, &again, NULL));
	g_assert_cmpstr(op_args_get(again, "opportunity"), ==, "globex");
	g_assert_cmpuint(op_args_get_all(again, "topic")->len, ==, 2);
	g_assert_cmpstr(g_ptr_array_index(op_args_get_all(again, "topic"), 0), ==, "finn: it's \"done\"");
	g_assert_cmpint(op_args_get_int(again, "weeks", 0), ==, 3);
	g_assert_cmpstr(op_args_get(again, "decision-by"), ==, "20 nov");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/args/good", test_good);
	g_test_add_func("/args/bad", test_bad);
	g_test_add_func("/args/itself", test_itself);
	g_test_add_func("/args/format-of-mistakes", test_format_of_mistakes);
	g_test_add_func("/args/format-args", test_format_args);
	return g_test_run();
}
