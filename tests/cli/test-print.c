/* test-print.c - what reaches the terminal, and what reaches programs: wrapped, safe, whole.
 */
#include "print.h"
#include "wrap.h"

#include <base/error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Standard output while a printer finishes, as text. */
static char *finish(Printer *printer, bool (*end)(Printer *printer, bool keep))
{
	char *text = NULL;
	size_t length = 0;
	FILE *before = stdout;
	stdout = open_memstream(&text, &length);
	g_assert_true(end(printer, true));
	fclose(stdout);
	stdout = before;
	char *copy = g_strndup(text, length);
	free(text);
	return copy;
}

static Printer *text_printer(int width)
{
	return print_text_new(&(Terminal){.width = width});
}

/* Every line at most so wide; a line that is one long word may be longer. */
static void assert_fits(const char *text, int width)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		g_autofree char *words = g_strstrip(g_strdup(*line));
		if (wrap_columns(*line, strlen(*line)) > width && strchr(words, ' ') != NULL)
			g_error("wider than %d columns: %s", width, *line);
	}
}

static void test_sentences(void)
{
	static const char sentence[] =
		"Write your panel interview on Tuesday 17 November down the same day, before it fades: "
		"who was there, what was said, what went well and what did not.";
	static const int widths[] = {20, 40, 80, 100};
	for (size_t i = 0; i < G_N_ELEMENTS(widths); i++)
		for (int style = SAY_HEADING; style < SAY_BREAK; style++) {
			Printer *printer = text_printer(widths[i]);
			printer_say_text(printer, (SayStyle)style, sentence);
			g_autofree char *text = finish(printer, print_text_finish);
			if (style != SAY_COMMAND || widths[i] >= 40) /* its indentation leaves too little room */
				assert_fits(text, widths[i]);
			g_autofree char *joined = g_strdup(text);
			g_autoptr(GString) words = g_string_new(g_strstrip(joined));
			g_string_replace(words, "\\\n", " ", 0);
			g_strdelimit(words->str, "\n", ' ');
			while (g_string_replace(words, "  ", " ", 0) > 0)
				continue;
			g_assert_nonnull(strstr(words->str, sentence)); /* no word is lost */
		}
}

/* A command that is wrapped means the same when it is pasted. */
static void test_commands(void)
{
	static const char *const commands[] = {
		"followup debrief globex",
		"followup interview Globex \"today 10am\" --position \"Data analyst\" --with \"Huck Finn "
		"<finn@globex.example>\"",
		"followup draft 'vandelay industries' vance --step thank-you --channel email --variant 1 --again",
		"followup config mail --address ana@example.net --secret-command \"pass show 'my mail'\"",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		for (int width = 20; width <= 100; width += 10) {
			Printer *printer = text_printer(width);
			printer_say_text(printer, SAY_COMMAND, commands[i]);
			g_autofree char *text = finish(printer, print_text_finish);
			g_autoptr(GString) pasted = g_string_new(text);
			g_string_replace(pasted, "\\\n", "", 0); /* as a shell does */
			g_auto(GStrv) meant = NULL, got = NULL;
			g_assert_true(g_shell_parse_argv(commands[i], NULL, &meant, NULL));
			g_assert_true(g_shell_parse_argv(pasted->str, NULL, &got, NULL));
			g_assert_true(g_strv_equal((const char *const *)meant, (const char *const *)got));
		}
}

static void test_table(void)
{
	static const char *const rows[][4] = {
		{"#1", "Globex", "Data analyst with a rather long name for what it is", NULL},
		{"#2", "Vandelay Industries International", "\u6771\u4eac\u6771\u4eac\u6771\u4eac\u6771\u4eac", NULL},
		{"#3", "", "x", NULL},
	};
	for (int width = 40; width <= 100; width += 20) {
		Printer *printer = text_printer(width);
		for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
			printer_row(printer, rows[i]);
		g_autofree char *text = finish(printer, print_text_finish);
		assert_fits(text, width);
		g_assert_null(strstr(text, " \n")); /* nothing trails */
		g_assert_nonnull(strstr(text, "International"));
	}
	Printer *printer = text_printer(80);
	printer_row(printer, (const char *const[]){"a", "b", NULL});
	printer_row(printer, (const char *const[]){"long", "c", NULL});
	g_autofree char *text = finish(printer, print_text_finish);
	g_assert_cmpstr(text, ==, "  a     b\n  long  c\n");
}

static void test_breaks(void)
{
	Printer *printer = text_printer(80);
	printer_break(printer);
	printer_say_text(printer, SAY_TEXT, "one");
	printer_break(printer);
	printer_break(printer);
	printer_say_text(printer, SAY_TEXT, "two");
	printer_break(printer);
	g_autofree char *text = finish(printer, print_text_finish);
	g_assert_cmpstr(text, ==, "one\n\ntwo\n");
}

static void test_foreign(void)
{
	Printer *printer = text_printer(80);
	printer_say(printer, SAY_TEXT, "%s", "\033[2Jgone \u202etxt.exe");
	printer_row(printer, (const char *const[]){"\033]0;title\007", NULL});
	printer_say_text(printer, SAY_QUOTE, "line one\n\033[A line two\n");
	g_autofree char *text = finish(printer, print_text_finish);
	g_assert_null(strchr(text, '\033'));
	g_assert_null(strchr(text, '\007'));
	g_assert_null(strstr(text, "\u202e"));
	g_assert_nonnull(strstr(text, "\\u001b[2Jgone"));
	g_assert_nonnull(strstr(text, "    line one\n    \\u001b[A line two\n"));
}

static void test_colours(void)
{
	Printer *plain = text_printer(80), *coloured = print_text_new(&(Terminal){.width = 80, .colours = true});
	printer_say_text(plain, SAY_URGENT, "late");
	printer_say_text(coloured, SAY_URGENT, "late");
	g_autofree char *one = finish(plain, print_text_finish), *other = finish(coloured, print_text_finish);
	g_assert_cmpstr(one, ==, "  ! late\n");
	g_assert_cmpstr(other, ==, "\033[31m  ! late\033[0m\n");
}

static void test_json(void)
{
	g_autoptr(GError) error = NULL;
	Printer *printer = print_json_new(&(Terminal){.width = 80});
	base_error_set(&error, BASE_ERROR_CONFLICT, "yes", "No \"%s\".", "\033");
	printer_object(printer, NULL);
	printer_list(printer, "list");
	printer_string(printer, NULL, NULL, "a\n\"b\"");
	g_assert_false(print_json_is_whole(printer));
	printer_list_end(printer);
	printer_integer(printer, "n", NULL, -5);
	printer_string(printer, "none", NULL, NULL);
	printer_say_text(printer, SAY_TEXT, "not for programs");
	printer_row(printer, (const char *const[]){"nor this", NULL});
	printer_error(printer, error);
	printer_object_end(printer);
	g_assert_true(print_json_is_whole(printer));
	g_autofree char *text = finish(printer, print_json_finish);
	g_assert_cmpstr(
		text, ==,
		"{\n  \"list\": [\n    \"a\\n\\\"b\\\"\"\n  ],\n  \"n\": -5,\n  \"none\": null,\n  \"error\": {\n    \"code\": "
		"\"conflict\",\n    \"message\": \"No \\\"\\u001b\\\".\",\n    \"where\": \"yes\"\n  }\n}\n");
}

/* What goes on telling for hours tells in documents. */
static void test_flush(void)
{
	char *text = NULL;
	size_t length = 0;
	FILE *before = stdout;
	Printer *printer = print_json_new(&(Terminal){.width = 80});
	stdout = open_memstream(&text, &length);
	for (int i = 1; i <= 2; i++) {
		printer_object(printer, NULL);
		printer_integer(printer, "pass", NULL, i);
		printer_object_end(printer);
		printer_flush(printer);
	}
	fflush(stdout);
	g_assert_cmpstr(text, ==, "{\n  \"pass\": 1\n}\n{\n  \"pass\": 2\n}\n");
	g_assert_true(print_json_finish(printer, false));
	fclose(stdout);
	stdout = before;
	free(text);
}

static void test_width(void)
{
	static const struct {
		const char *name, *columns;
		int width;
	} cases[] = {
		{"none said", NULL, 80}, {"forty", "40", 40},       {"more than reads well", "200", 100},
		{"too few", "5", 20},    {"no number", "many", 80}, {"nonsense", "-3", 80},
		{"as usual", "80", 80},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		if (cases[i].columns == NULL)
			g_unsetenv("COLUMNS");
		else
			g_setenv("COLUMNS", cases[i].columns, TRUE);
		g_assert_cmpint(terminal_look().width, ==, cases[i].width);
	}
	g_unsetenv("COLUMNS");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/print/sentences", test_sentences);
	g_test_add_func("/print/commands", test_commands);
	g_test_add_func("/print/table", test_table);
	g_test_add_func("/print/breaks", test_breaks);
	g_test_add_func("/print/foreign", test_foreign);
	g_test_add_func("/print/colours", test_colours);
	g_test_add_func("/print/json", test_json);
	g_test_add_func("/print/flush", test_flush);
	g_test_add_func("/print/width", test_width);
	return g_test_run();
}
