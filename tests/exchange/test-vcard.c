/* test-vcard.c - cards of all three versions, cards with faults, and people written as cards and as a sheet.
 */
#include "reading.h"

#include <base/error.h>
#include <exchange/write.h>
#include <string.h>

#define CARD(version, lines) "BEGIN:VCARD\r\nVERSION:" version "\r\n" lines "END:VCARD\r\n"

/* long: a table of cards */
static void test_cards(void)
{
	static const struct {
		const char *name, *text;
		ItemPerson person;
	} cases[] = {
		{"3.0",
		 CARD(
			 "3.0", "N:Finn;Huck;;Mr.;\r\nFN:Huck Finn\r\nORG:Globex\\, Inc.;Research\r\nTITLE:Head of Data\r\n"
					"EMAIL;TYPE=INTERNET:huck@globex.example\r\nTEL;TYPE=WORK:+1 602 555 0142\r\n"
					"ADR;TYPE=WORK:;Dock 2;1 River Rd;Hannibal;MO;63401;USA\r\nUID:huck-1\r\n"),
		 {.uid = "huck-1",
		  .name = "Huck Finn",
		  .email = "huck@globex.example",
		  .phone = "+1 602 555 0142",
		  .address = "Dock 2\n1 River Rd\nHannibal, MO 63401\nUSA",
		  .company = "Globex, Inc.",
		  .title = "Head of Data",
		  .role = WORD_NONE}},
		{"2.1",
		 CARD(
			 "2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BC=\r\nrgen\r\nTEL;HOME;FAX:1\r\n"
					"TEL;CELL;VOICE:0170 123\r\nEMAIL;PREF;INTERNET:j@globex.example\r\n"
					"ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;Allee 1=0D=0AHaus 2;Berlin;;10115;\r\n"),
		 {.name = "Jürgen Müller",
		  .email = "j@globex.example",
		  .phone = "0170 123",
		  .address = "Allee 1\nHaus 2\n10115 Berlin",
		  .role = WORD_NONE}},
		{"4.0",
		 CARD(
			 "4.0", "FN:Rita Reyes\r\nTITLE:Talent Partner\r\nTEL;VALUE=uri:tel:+1-602-555-0142;ext=7\r\n"
					"EMAIL;PREF=2:rita@example.org\r\nEMAIL;PREF=1:rita@globex.example\r\n"
					"SOCIALPROFILE;SERVICE-TYPE=LinkedIn:https://www.linkedin.com/in/rita\r\n"),
		 {.name = "Rita Reyes",
		  .email = "rita@globex.example",
		  .phone = "+1-602-555-0142 ext. 7",
		  .title = "Talent Partner",
		  .linkedin = "https://www.linkedin.com/in/rita",
		  .role = ROLE_RECRUITER}},
		{"work before any",
		 CARD("3.0", "FN:A B\r\nEMAIL:a@example.org\r\nEMAIL;TYPE=WORK:a@globex.example\r\n"),
		 {.name = "A B", .email = "a@globex.example", .role = WORD_NONE}},
		{"work before home",
		 CARD(
			 "3.0", "FN:A B\r\nEMAIL;TYPE=HOME:a@example.org\r\nEMAIL;TYPE=WORK:a@globex.example\r\n"
					"TEL;TYPE=HOME:1\r\nTEL;TYPE=CELL:2\r\n"),
		 {.name = "A B", .email = "a@globex.example", .phone = "2", .role = WORD_NONE}},
		{"a label beside its group",
		 CARD("3.0", "FN:A B\r\nitem1.URL:https://lnkd.example/x\r\nitem1.X-ABLabel:_$!<LinkedIn>!$_\r\n"),
		 {.name = "A B", .linkedin = "https://lnkd.example/x", .role = WORD_NONE}},
		{"a profile by its name",
		 CARD("3.0", "FN:A B\r\nX-SOCIALPROFILE;TYPE=linkedin:x-apple:ab\r\n"),
		 {.name = "A B", .linkedin = "https://www.linkedin.com/in/ab", .role = WORD_NONE}},
		{"a name from its parts", CARD("3.0", "N:Finn;Huck;Q.;;\r\n"), {.name = "Huck Q. Finn", .role = WORD_NONE}},
		{"a name from the address",
		 CARD("3.0", "EMAIL:tom.sawyer@globex.example\r\n"),
		 {.name = "Tom Sawyer", .email = "tom.sawyer@globex.example", .role = WORD_NONE}},
		{"a company",
		 CARD("4.0", "KIND:org\r\nORG:Globex\r\n"),
		 {.name = "Globex", .company = "Globex", .role = WORD_NONE}},
		{"a card in a card",
		 CARD("2.1", "FN:Boss\r\nAGENT:\r\n" CARD("2.1", "FN:Helper\r\nTEL:1\r\n") "TEL:2\r\n"),
		 {.name = "Boss", .phone = "2", .role = WORD_NONE}},
		{"only a label",
		 CARD("2.1", "FN:A B\r\nLABEL;WORK:1 River Rd\\nHannibal\r\n"),
		 {.name = "A B", .address = "1 River Rd\nHannibal", .role = WORD_NONE}},
		{"emoji in a name", CARD("3.0", "FN:⭐ Huck Finn 🚀\r\n"), {.name = "Huck Finn", .role = WORD_NONE}},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_autoptr(GPtrArray) items = read_items(cases[i].text);
		g_assert_cmpuint(items->len, ==, 1);
		const ItemPerson *got = person_at(item_at(items, 0), 0), *want = &cases[i].person;
		g_assert_cmpint(item_at(items, 0)->kind, ==, ITEM_PERSON);
		g_assert_cmpstr(got->uid, ==, want->uid);
		g_assert_cmpstr(got->name, ==, want->name);
		g_assert_cmpstr(got->email, ==, want->email);
		g_assert_cmpstr(got->phone, ==, want->phone);
		g_assert_cmpstr(got->address, ==, want->address);
		g_assert_cmpstr(got->linkedin, ==, want->linkedin);
		g_assert_cmpstr(got->company, ==, want->company);
		g_assert_cmpstr(got->title, ==, want->title);
		g_assert_cmpint(got->role, ==, want->role);
	}
}

static void test_faults(void)
{
	static const struct {
		const char *name, *text, *part;
		guint count, at;
		int line;
	} cases[] = {
		{"no end", "BEGIN:VCARD\nFN:A\n", "is not ended", 2, 1, 1},
		{"the next begins", "BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", "is not ended", 3, 1, 1},
		{"no beginning", "VERSION:3.0\nFN:A\nEND:VCARD\n", "has no beginning", 2, 1, 1},
		{"a line that is none", "BEGIN:VCARD\nFN:A\nNOTE\nEND:VCARD\n", "has no colon", 2, 1, 3},
		{"nobody", "BEGIN:VCARD\nVERSION:3.0\nTEL:1\nEND:VCARD\n", "neither a name", 1, 0, 1},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_autoptr(GPtrArray) items = read_items(cases[i].text);
		g_assert_cmpuint(items->len, ==, cases[i].count);
		g_assert_cmpint(item_at(items, 0)->kind, ==, ITEM_PERSON);
		g_assert_nonnull(strstr(item_at(items, cases[i].at)->error, cases[i].part));
		g_assert_cmpint(item_at(items, cases[i].at)->line, ==, cases[i].line);
	}
	g_autoptr(GPtrArray) group = read_items("BEGIN:VCARD\nX-ADDRESSBOOKSERVER-KIND:group\nFN:Panel\nEND:VCARD\n");
	g_assert_cmpint(item_at(group, 0)->kind, ==, ITEM_UNKNOWN);
}

static void test_wide(void)
{
	static const char text[] = "BEGIN:VCARD\nFN:J\xfcrgen\nEND:VCARD\n";
	g_autoptr(GByteArray) wide = g_byte_array_new();
	g_byte_array_append(wide, (const guint8 *)"\xff\xfe", 2);
	for (size_t i = 0; i < sizeof text - 1; i++)
		g_byte_array_append(wide, (const guint8[]){(guint8)text[i], 0}, 2);
	g_autoptr(GPtrArray) items = read_bytes(wide->data, wide->len);
	g_assert_cmpstr(person_at(item_at(items, 0), 0)->name, ==, "Jürgen");
	g_autoptr(GPtrArray) latin = read_items(text);
	g_assert_cmpstr(person_at(item_at(latin, 0), 0)->name, ==, "Jürgen");
}

static GPtrArray *make_people(void)
{
	static ItemPerson people[] = {
		{.name = "Huck Finn",
		 .email = "huck@globex.example",
		 .phone = "+1 602 555 0142",
		 .address = "1 River Rd\nHannibal, MO",
		 .linkedin = "https://www.linkedin.com/in/huck",
		 .company = "Globex; Data, Inc.",
		 .title = "Head\\of \"Data\"",
		 .role = ROLE_HIRING_MANAGER},
		{.name = "Müller-Łukasiewicz-Wojciechowska-Østergård, geborene Åkesson-Ångström", .role = WORD_NONE},
		{.email = "=cmd@globex.example", .company = "=1+1", .role = ROLE_HR},
	};
	GPtrArray *list = g_ptr_array_new();
	for (size_t i = 0; i < G_N_ELEMENTS(people); i++)
		g_ptr_array_add(list, &people[i]);
	return list;
}

/* What is written is read again as the same, no line is longer than the standard allows, and uids stay. */
static void test_write_cards(void)
{
	g_autoptr(GPtrArray) people = make_people();
	g_autoptr(GString) text = NULL, again = NULL;
	g_assert_true(exchange_write_vcards(people, &text, NULL) && exchange_write_vcards(people, &again, NULL));
	g_assert_cmpstr(text->str, ==, again->str);
	g_auto(GStrv) lines = g_strsplit(text->str, "\r\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		g_assert_cmpuint(strlen(*line), <=, 75);
		g_assert_true(g_utf8_validate(*line, -1, NULL));
	}
	g_autoptr(GPtrArray) items = read_items(text->str);
	g_assert_cmpuint(items->len, ==, people->len);
	for (guint i = 0; i < people->len; i++) {
		const ItemPerson *got = person_at(item_at(items, i), 0), *want = people->pdata[i];
		g_assert_cmpstr(got->name, ==, want->name != NULL ? want->name : want->email);
		g_assert_cmpstr(got->email, ==, want->email);
		g_assert_cmpstr(got->phone, ==, want->phone);
		g_assert_cmpstr(got->address, ==, want->address);
		g_assert_cmpstr(got->linkedin, ==, want->linkedin);
		g_assert_cmpstr(got->company, ==, want->company);
		g_assert_cmpstr(got->title, ==, want->title);
		g_assert_true(g_str_has_prefix(got->uid, "urn:uuid:") && strlen(got->uid) == 45);
	}
	g_assert_cmpstr(person_at(item_at(items, 0), 0)->uid, !=, person_at(item_at(items, 1), 0)->uid);
}

static void test_write_refused(void)
{
	ItemPerson nobody = {.phone = "1", .role = WORD_NONE};
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	g_ptr_array_add(people, &nobody);
	g_autoptr(GString) text = NULL;
	g_autoptr(GError) error = NULL;
	g_assert_false(exchange_write_vcards(people, &text, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
	g_assert_null(text);
}

static void test_write_sheet(void)
{
	g_autoptr(GPtrArray) people = make_people();
	g_autoptr(GString) text = NULL;
	g_assert_true(exchange_write_people(people, &text, NULL));
	g_assert_true(g_str_has_prefix(
		text->str, "Name,Email,Phone,Address,LinkedIn,Company,Title,Role\r\n"
				   "\"Huck Finn\",\"huck@globex.example\",\"+1 602 555 0142\",\"1 River Rd\nHannibal, MO\","));
	g_assert_nonnull(strstr(text->str, "\"Head\\of \"\"Data\"\"\",\"hiring-manager\"\r\n"));
	g_assert_nonnull(strstr(text->str, ",\"'=cmd@globex.example\",,,,\"'=1+1\",,\"hr\"\r\n"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/exchange/vcard/cards", test_cards);
	g_test_add_func("/exchange/vcard/faults", test_faults);
	g_test_add_func("/exchange/vcard/wide", test_wide);
	g_test_add_func("/exchange/vcard/write-cards", test_write_cards);
	g_test_add_func("/exchange/vcard/write-refused", test_write_refused);
	g_test_add_func("/exchange/vcard/write-sheet", test_write_sheet);
	return g_test_run();
}
