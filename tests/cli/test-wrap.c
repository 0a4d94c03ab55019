/* test-wrap.c - columns, line ends, shell words, and foreign texts made safe; each case named.
 */
#include "wrap.h"

#include <string.h>

static void test_columns(void)
{
	static const struct {
		const char *name, *text;
		int columns;
	} cases[] = {
		{"ascii", "Globex", 6},       {"empty", "", 0},         {"umlaut", "Zo\u00eb", 3}, {"wide", "\u6771\u4eac", 4},
		{"combining", "e\u0301a", 2}, {"mixed", "a\u6771b", 4},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_assert_cmpint(wrap_columns(cases[i].text, strlen(cases[i].text)), ==, cases[i].columns);
	}
}

static void test_fit(void)
{
	static const struct {
		const char *name, *text;
		int columns;
		bool cut;
		const char *line;
	} cases[] = {
		{"all of it", "one two", 7, false, "one two"},
		{"up to a space", "one two", 6, false, "one"},
		{"a space at the end does not count", "one two", 3, false, "one"},
		{"the last space that fits", "a b c d", 4, false, "a b"},
		{"a long word stands alone", "https://globex.example/x y", 10, false, "https://globex.example/x"},
		{"a long word is cut", "abcdefgh", 3, true, "abc"},
		{"one character at least", "\u6771\u4eac", 1, true, "\u6771"},
		{"wide characters take two", "\u6771\u4eac \u6771", 4, false, "\u6771\u4eac"},
		{"umlauts take one", "Zo\u00eb Zo\u00eb", 3, false, "Zo\u00eb"},
		{"nothing", "", 5, false, ""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		size_t fits = wrap_fit(cases[i].text, strlen(cases[i].text), cases[i].columns, cases[i].cut);
		g_autofree char *line = g_strndup(cases[i].text, fits);
		g_assert_cmpstr(line, ==, cases[i].line);
	}
}

static void test_shell_word(void)
{
	static const struct {
		const char *name, *text, *word;
	} cases[] = {
		{"plain", "followup show", "followup"},
		{"double quotes", "\"Data analyst\" x", "\"Data analyst\""},
		{"single quotes", "'Data analyst' x", "'Data analyst'"},
		{"quotes within", "--with=\"Huck Finn\" x", "--with=\"Huck Finn\""},
		{"an escaped space", "a\\ b c", "a\\ b"},
		{"an escaped quote", "\"a\\\" b\" c", "\"a\\\" b\""},
		{"a backslash in single quotes", "'a\\' b", "'a\\'"},
		{"a quote that never ends", "\"a b", "\"a b"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_autofree char *word = g_strndup(cases[i].text, wrap_shell_word(cases[i].text, strlen(cases[i].text)));
		g_assert_cmpstr(word, ==, cases[i].word);
	}
}

static void test_safe(void)
{
	static const struct {
		const char *name, *text, *shown; /* NULL: as it is */
	} cases[] = {
		{"plain", "Globex (Data analyst)", NULL},
		{"umlauts", "Zo\u00eb M\u00fcller", NULL},
		{"a terminal sequence", "a\033[31mb", "a\\u001b[31mb"},
		{"a title sequence", "\033]0;x\007", "\\u001b]0;x\\u0007"},
		{"eight-bit control", "a\302\233b", "a\\u009bb"},
		{"delete", "a\177", "a\\u007f"},
		{"a line break", "a\nb", "a\\nb"},
		{"an override of direction", "abc\u202edef", "abc\\u202edef"},
		{"an isolate", "\u2066x\u2069", "\\u2066x\\u2069"},
		{"a tab", "a\tb", "a    b"},
		{"an emoji is a picture, no danger", "well \U0001f600", "well \U0001f600"},
		{"bytes that are no UTF-8", "a\xff\xfeg", "a\\xff\\xfeg"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_autofree char *shown = wrap_find_safe(cases[i].text, strlen(cases[i].text));
		g_assert_cmpstr(shown, ==, cases[i].shown);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/wrap/columns", test_columns);
	g_test_add_func("/wrap/fit", test_fit);
	g_test_add_func("/wrap/shell-word", test_shell_word);
	g_test_add_func("/wrap/safe", test_safe);
	return g_test_run();
}
