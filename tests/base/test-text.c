/* test-text.c - what a text may hold, and how a foreign one is shown.
 *
 * One table holds for each text what is wrong with it as a line, as a name and as a block.
 */
#include <base/text.h>
#include <string.h>

/* What is wrong as a line, as a name, as a block: a word of the sentence, or NULL for nothing. */
static const struct {
	const char *name, *text, *line, *as_name, *block;
} FAULTS[] = {
	{"empty", "", NULL, NULL, NULL},
	{"plain", "Huck Finn", NULL, NULL, NULL},
	{"seven bytes", "Huck\x7fnn", "control", "control", "control"},
	{"all of ASCII", " !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~", NULL, NULL, NULL},
	{"accents", "Zoë Œuvré-Đặng", NULL, NULL, NULL},
	{"Chinese", "李小龍", NULL, NULL, NULL},
	{"Arabic", "محمد", NULL, NULL, NULL},
	{"Hebrew with points", "שָׁלוֹם", NULL, NULL, NULL},
	{"Persian with a joiner", "می\u200cخواهم", NULL, NULL, NULL},
	{"Sinhala with a joiner", "ශ්\u200dරී", NULL, NULL, NULL},
	{"Devanagari", "श्रीमती", NULL, NULL, NULL},
	{"typographic", "O’Brien – “Q” … №", NULL, NULL, NULL},
	{"signs of trade", "Acme® Tools™ ©", NULL, NULL, NULL},
	{"line feed", "Huck\nFinn", "line break", "line break", NULL},
	{"carriage return", "Huck\rFinn", "line break", "line break", NULL},
	{"next line",
	 "Huck\xc2\x85"
	 "Finn",
	 "line break", "line break", NULL},
	{"line separator", "Huck\u2028Finn", "line break", "line break", NULL},
	{"paragraph separator", "Huck\u2029Finn", "line break", "line break", NULL},
	{"tab", "Huck\tFinn", "control", "control", NULL},
	{"escape", "Huck \x1b[31mFinn", "control", "control", "control"},
	{"C1",
	 "Huck\xc2\x9b"
	 "Finn",
	 "control", "control", "control"},
	{"no character", "Huck\ufffe", "no character", "no character", "no character"},
	{"no character either", "Huck\ufdd0", "no character", "no character", "no character"},
	{"left-to-right mark", "Huck\u200eFinn", NULL, "direction", NULL},
	{"right-to-left mark", "Huck\u200fFinn", NULL, "direction", NULL},
	{"Arabic letter mark", "Huck\u061cFinn", NULL, "direction", NULL},
	{"override", "Huck\u202eFinn", NULL, "direction", NULL},
	{"isolate", "Huck\u2066Finn", NULL, "direction", NULL},
	{"end of an isolate", "Huck\u2069Finn", NULL, "direction", NULL},
	{"smile", "Huck 😀", NULL, "emoji", NULL},
	{"heart", "Huck ❤", NULL, "emoji", NULL},
	{"heart in colour", "Huck \u2764\ufe0f", NULL, "emoji", NULL},
	{"flag", "🇺🇸 Finn", NULL, "emoji", NULL},
	{"keycap", "1\u20e3", NULL, "emoji", NULL},
	{"star", "⭐ Finn", NULL, "emoji", NULL},
	{"new emoji", "\U0001fae0", NULL, "emoji", NULL},
	{"lone byte", "Huck\xff", "UTF-8", "UTF-8", "UTF-8"},
	{"overlong", "\xc0\xaf", "UTF-8", "UTF-8", "UTF-8"},
	{"surrogate", "\xed\xa0\x80", "UTF-8", "UTF-8", "UTF-8"},
	{"beyond", "\xf4\x90\x80\x80", "UTF-8", "UTF-8", "UTF-8"},
};

static void check_fault(const char *text, TextKind kind, const char *word)
{
	const char *fault = text_find_fault(text, strlen(text), 100, kind);
	if (word == NULL)
		g_assert_cmpstr(fault, ==, NULL);
	else
		g_assert_nonnull(strstr(fault ? fault : "", word));
}

static void test_faults(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
		g_test_message("%s", FAULTS[i].name);
		check_fault(FAULTS[i].text, TEXT_LINE, FAULTS[i].line);
		check_fault(FAULTS[i].text, TEXT_NAME, FAULTS[i].as_name);
		check_fault(FAULTS[i].text, TEXT_BLOCK, FAULTS[i].block);
	}
}

/* One bad byte at every place of texts of every short length: the fast path must not step over it. */
static void test_every_place(void)
{
	static const char bad[] = {'\x1f', '\x7f', '\x80', '\xff', '\0'};
	char text[40];
	for (size_t length = 1; length <= sizeof text; length++) {
		for (size_t at = 0; at < length; at++) {
			for (size_t b = 0; b < sizeof bad; b++) {
				memset(text, 0x20 + (int)(at * 7 + length) % 0x5f, length);
				g_assert_null(text_find_fault(text, length, 40, TEXT_LINE));
				text[at] = bad[b];
				g_assert_nonnull(text_find_fault(text, length, 40, TEXT_LINE));
			}
		}
	}
}

static void test_limit(void)
{
	g_assert_null(text_find_fault("abcd", 4, 4, TEXT_LINE));
	g_assert_nonnull(text_find_fault("abcde", 5, 4, TEXT_LINE));
	g_assert_null(text_find_fault("é", 2, 2, TEXT_LINE));
}

static void test_blank(void)
{
	static const char *const blank[] = {NULL, "", " ", "\t\n ", "\u00a0\u2003"};
	static const char *const filled[] = {"a", " a", "\u00a0é", "\xff", " .", "\x7f"};
	for (size_t i = 0; i < G_N_ELEMENTS(blank); i++)
		g_assert_true(text_is_blank(blank[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(filled); i++)
		g_assert_false(text_is_blank(filled[i]));
}

static const struct {
	const char *text;
	size_t limit;
	const char *shown;
} SHOWN[] = {
	{"plain", 5, "plain"},
	{"plain text", 8, "plain…"},
	{"a\nb\r\tc", 40, "a\\nb\\r\\tc"},
	{"\x1b[0m", 40, "\\u001b[0m"},
	{"a\u202eb\u2028\ufffe", 40, "a\\u202eb\\u2028\\ufffe"},
	{"a\xff\xc3", 40, "a\\xff\\xc3"},
	{"ééé", 6, "ééé"},
	{"éééé", 6, "é…"},
	{"", 0, ""},
	{"abc", 2, ""},
};

static void test_show(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(SHOWN); i++) {
		g_autofree char *shown = text_to_show(SHOWN[i].text, SHOWN[i].limit);
		g_assert_cmpstr(shown, ==, SHOWN[i].shown);
		g_assert_cmpuint(strlen(shown), <=, SHOWN[i].limit);
	}
}

static const struct {
	const char *name, *text, *part;
} PARTS[] = {
	{"a word", "onsite", "onsite"},
	{"a slash", "a/b", "a%2Fb"},
	{"blanks and signs", "a b?c#d%", "a%20b%3Fc%23d%25"},
	{"what is encoded already", "a%2Fb", "a%252Fb"},
	{"not ASCII", "é", "%C3%A9"},
	{"here", ".", "=."},
	{"above", "..", "=.."},
	{"three dots", "...", "..."},
	{"our own mark", "=..", "%3D.."},
	{"nothing", "", ""},
};

static void test_path_parts(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(PARTS); i++) {
		g_test_message("%s", PARTS[i].name);
		g_autoptr(GString) part = g_string_new(NULL);
		text_append_path_part(part, PARTS[i].text);
		g_assert_cmpstr(part->str, ==, PARTS[i].part);
		g_string_append(part, "/more");
		g_autofree char *text = text_read_path_part(part->str, strlen(PARTS[i].part));
		g_assert_cmpstr(text, ==, PARTS[i].text);
	}
	static const char *const wrong[] = {"%", "%4", "%zz", "%00", "a%00b", "%ff", "%c3"};
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		g_assert_null(text_read_path_part(wrong[i], strlen(wrong[i])));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/text/faults", test_faults);
	g_test_add_func("/text/every-place", test_every_place);
	g_test_add_func("/text/limit", test_limit);
	g_test_add_func("/text/blank", test_blank);
	g_test_add_func("/text/show", test_show);
	g_test_add_func("/text/path-parts", test_path_parts);
	return g_test_run();
}
