/* test-lines.c - lines put together and taken apart, whatever program broke them.
 */
#include "content-line.h"
#include "foreign.h"

#include <string.h>

/* "NUMBER NAME{PARAM=value}value" of each line, "!" in the place of the value where it has a fault. */
static char *show(const char *bytes, size_t length)
{
	LineReader reader = line_reader(bytes, length, NULL);
	g_autoptr(ContentLine) line = content_line_new();
	GString *out = g_string_new(NULL);
	while (line_reader_next(&reader, line)) {
		g_string_append_printf(out, "%s%d ", out->len ? "|" : "", line->number);
		if (line->group != NULL)
			g_string_append_printf(out, "%s.", line->group);
		g_string_append(out, line->name);
		for (guint i = 0; i < line->params->len; i++) {
			const LineParam *param = &g_array_index(line->params, LineParam, i);
			g_string_append_printf(out, "{%s=%s}", param->name, param->value);
		}
		g_string_append_printf(out, ">%s", line->fault != NULL ? "!" : line->value);
	}
	return g_string_free(out, FALSE);
}

static void test_lines(void)
{
	static const struct {
		const char *name, *text, *shown;
	} cases[] = {
		{"three breaks", "A:1\r\nB:2\nC:3\rD:4", "1 A>1|2 B>2|3 C>3|4 D>4"},
		{"converted twice", "A:1\r\r\nB:2\r\r\n", "1 A>1|2 B>2"},
		{"a mark at the beginning",
		 "\xef\xbb\xbf"
		 "A:1",
		 "1 A>1"},
		{"folded", "A:o\r\n ne\n\t two\nB:2", "1 A>one two|4 B>2"},
		{"folded in a letter",
		 "A:Gr\xc3\n \xb6\xc3\x9f"
		 "e",
		 "1 A>Größe"},
		{"folded around an empty line", "A:o\n\n ne\n\nB:2", "1 A>one|5 B>2"},
		{"folded in the head", "A;X=\"b\n :\"\n :v", "1 A{X=b:}>v"},
		{"a text broken over lines", "DESCRIPTION:one\ntwo three\nhttps://globex.example\nB:2",
		 "1 DESCRIPTION>one\\ntwo three\\nhttps://globex.example|4 B>2"},
		{"a fold without its space", "ATTENDEE;CN=\"Tom\"\n:mailto:tom@globex.example",
		 "1 ATTENDEE{CN=Tom}>mailto:tom@globex.example"},
		{"a picture without spaces", "PHOTO;BASE64:\nAAAA\nBBBB=\n\nB:2", "1 PHOTO{ENCODING=BASE64}>|5 B>2"},
		{"quoted-printable", "N;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Gr=F6=\n=DFe\nB:2",
		 "1 N{ENCODING=QUOTED-PRINTABLE}{CHARSET=ISO-8859-1}>Größe|3 B>2"},
		{"quoted-printable, broken off", "N;ENCODING=QUOTED-PRINTABLE:a=4", "1 N{ENCODING=QUOTED-PRINTABLE}>a=4"},
		{"group", "item1.email;type=a,b:x", "1 ITEM1.EMAIL{TYPE=a,b}>x"},
		{"names without a value", "TEL;WORK;VOICE:1", "1 TEL{TYPE=WORK}{TYPE=VOICE}>1"},
		{"quotes", "A;X=\"b;c:d,e\":v", "1 A{X=b;c:d,e}>v"},
		{"quotes that do not close", "A;X=\"b:v", "1 A{X=b}>v"},
		{"quotes in the wrong place", "A;X=\"b:v\"", "1 A{X=b}>v\""},
		{"marks instead of quotes", "A;X=^'b^'^nc^^:v", "1 A{X=\"b\" c^}>v"},
		{"escapes in a parameter", "A;X=b\\;c:v", "1 A{X=b;c}>v"},
		{"colon in a zone", "A;TZID=(GMT+01:00) Rome:20260101", "1 A{TZID=(GMT+01:00) Rome}>20260101"},
		{"empty parameter", "A;X=:v", "1 A{X=}>v"},
		{"no colon", "A\nB;X=1\nC:3", "1 A>!|2 B;X=1>!|3 C>3"},
		{"spaces in the name", "A - B; C:1", "1 A - B; C:1>!"},
		{"Latin letters",
		 "A:Gr\xf6\xdf"
		 "e",
		 "1 A>Größe"},
		{"letters of Windows", "A:\x93x\x94", "1 A>“x”"},
		{"a declared charset", "A;CHARSET=Shift_JIS:\x93\xfa\x96\x7b", "1 A{CHARSET=Shift_JIS}>日本"},
		{"a charset nobody knows", "A;CHARSET=ours:\xf6", "1 A{CHARSET=ours}>ö"},
		{"empty", "\n \n\r\n", ""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_autofree char *shown = show(cases[i].text, strlen(cases[i].text));
		g_assert_cmpstr(shown, ==, cases[i].shown);
	}
}

static void test_bounded(void)
{
	g_autoptr(GString) text = g_string_new("A:");
	for (int i = 0; i < 200000; i++)
		g_string_append(text, "x\n x");
	g_string_append(text, "\nB:2");
	LineReader reader = line_reader(text->str, text->len, NULL);
	g_autoptr(ContentLine) line = content_line_new();
	g_assert_true(line_reader_next(&reader, line));
	g_assert_cmpuint(strlen(line->value), ==, LINE_BYTES - 2);
	g_assert_true(line_reader_next(&reader, line));
	g_assert_cmpint(line->number, ==, 200002);
	g_assert_cmpstr(line->value, ==, "2");
}

static void test_wide(void)
{
	static const char little[] = "\xff\xfe"
								 "A\0:\0\xfc\0\x3d\xd8\x00\xde\n\0";
	static const char big[] = "\0A\0:\0\xfc\0\n";
	g_autoptr(GString) one = foreign_from_utf16(little, sizeof little - 1);
	g_autoptr(GString) other = foreign_from_utf16(big, sizeof big - 1);
	g_assert_cmpstr(one->str, ==, "A:ü😀\n");
	g_assert_cmpstr(other->str, ==, "A:ü\n");
	g_assert_null(foreign_from_utf16("A:1\n", 4));
}

static void test_clean(void)
{
	static const struct {
		const char *name, *text, *clean;
		TextKind kind;
		size_t limit;
	} cases[] = {
		{"as it is", "Huck Finn", "Huck Finn", TEXT_NAME, 100},
		{"white space", " Huck \t\n Finn\r\n", "Huck Finn", TEXT_LINE, 100},
		{"emoji and marks", "Huck\xe2\x80\x8f 😀 Finn", "Huck Finn", TEXT_NAME, 100},
		{"control characters", "Huck\x01\x1b[31m", "Huck[31m", TEXT_LINE, 100},
		{"composed", "u\xcc\x88", "ü", TEXT_NAME, 100},
		{"lines", "one\r\n\ttwo\n", "one\n\ttwo", TEXT_BLOCK, 100},
		{"cut at a letter", "aäää", "aä", TEXT_NAME, 4},
		{"no UTF-8", "a\xff", "a\xef\xbf\xbd", TEXT_NAME, 100},
		{"nothing", " \n", NULL, TEXT_LINE, 100},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_autofree char *clean = foreign_clean(cases[i].text, cases[i].limit, cases[i].kind);
		g_assert_cmpstr(clean, ==, cases[i].clean);
	}
	g_autofree char *plain = foreign_strip_tags("<p>one&amp;</p><b>two</b> <3");
	g_assert_cmpstr(plain, ==, "one&\ntwo <3");
}

static void test_values(void)
{
	g_autofree char *text = content_unescape("a\\nb\\,c\\;d\\\\e\\x\\");
	g_assert_cmpstr(text, ==, "a\nb,c;d\\e\\x\\");
	g_auto(GStrv) parts = content_split("a\\;b;;c", ';');
	g_assert_cmpuint(g_strv_length(parts), ==, 3);
	g_assert_cmpstr(parts[0], ==, "a;b");
	g_assert_cmpstr(parts[2], ==, "c");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/exchange/lines/lines", test_lines);
	g_test_add_func("/exchange/lines/bounded", test_bounded);
	g_test_add_func("/exchange/lines/wide", test_wide);
	g_test_add_func("/exchange/lines/clean", test_clean);
	g_test_add_func("/exchange/lines/values", test_values);
	return g_test_run();
}
