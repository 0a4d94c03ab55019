/* test-csv.c - sheets as people and programs write them, and what is read from each.
 *
 * A case is a sheet and the items it gives, a line each: line|what|…; what was not there is left out.
 */
#include "csv.h"

#include <base/error.h>
#include <base/limits.h>
#include <string.h>

#define T0 1795190400 /* 2026-11-20T16:00:00Z */

static const char *const STATUS[] = {"saved", "applied", "interview", "offer", "rejected", "withdrawn"};

static void put(GString *text, const char *key, const char *value)
{
	if (value != NULL)
		g_string_append_printf(text, "|%s=%s", key, value);
}

static void put_day(GString *text, const char *key, Day day)
{
	char buffer[DAY_TEXT_BYTES];
	put(text, key, day == DAY_NONE ? NULL : day_format(day, buffer));
}

static void put_people(GString *text, const Item *item)
{
	for (guint i = 0; i < item->people->len; i++) {
		const ItemPerson *person = g_ptr_array_index(item->people, i);
		put(text, "name", person->name);
		put(text, "email", person->email);
		put(text, "phone", person->phone);
		put(text, "at", person->company);
		put(text, "title", person->title);
		put(text, "linkedin", person->linkedin);
		put(text, "address", person->address);
		put(text, "role", word_text(WORDS_ROLE, person->role));
	}
}

static char *describe(const GPtrArray *items)
{
	static const char *const kinds[] = {"error", "interview", "cancellation", "person", "opportunity"};
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < items->len; i++) {
		const Item *item = g_ptr_array_index(items, i);
		g_string_append_printf(text, "%d|%s", item->line, kinds[item->kind]);
		put(text, "company", item->company);
		put(text, "position", item->position);
		put(text, "status", item->status == STATUS_NONE ? NULL : STATUS[item->status]);
		put_day(text, "applied", item->applied);
		put_day(text, "interviewed", item->interviewed);
		put_day(text, "follow-up", item->follow_up);
		put(text, "open", item->dates_open ? "yes" : NULL);
		put(text, "url", item->url);
		put(text, "place", item->place);
		put(text, "notes", item->notes);
		put_people(text, item);
		if (item->start != TIME_NONE) {
			char at[STAMP_TEXT_BYTES];
			stamp_format(item->start, 0, at);
			put(text, "start", at);
		}
		g_string_append_c(text, '\n');
	}
	return g_string_free(text, FALSE);
}

static bool read_bytes(const char *bytes, size_t length, DateOrder order, GPtrArray **ret_items, GError **error)
{
	g_autoptr(Zone) zone = zone_load("America/Phoenix", NULL);
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func((GDestroyNotify)item_free);
	const ReadRequest request = {
		.bytes = bytes, .length = length, .file = "sheet.csv", .zone = zone, .now = T0, .date_order = order};
	if (!csv_read(&request, items, error))
		return false;
	*ret_items = g_steal_pointer(&items);
	return true;
}

typedef struct SheetCase {
	const char *name, *sheet, *expected;
} SheetCase;

static void test_sheet(const void *data)
{
	const SheetCase *item = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) items = NULL;
	g_assert_true(read_bytes(item->sheet, strlen(item->sheet), DATE_ORDER_OPEN, &items, &error));
	g_assert_no_error(error);
	g_autofree char *found = describe(items);
	g_assert_cmpstr(found, ==, item->expected);
}

/* long: a table */
static const SheetCase SHEETS[] = {
	{"plain", "Company,Position,Status,Date Applied\nGlobex,Data analyst,Applied,2025-03-04\n",
	 "2|opportunity|company=Globex|position=Data analyst|status=applied|applied=2025-03-04\n"},
	{"linkedin-applications",
	 "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And "
	 "Answers\n"
	 "\"2/3/25, 3:21 PM\",ana@example.net,+1 602 555 0142,Globex,Data Analyst,https://globex.example/1,cv.pdf,\n",
	 "2|opportunity|company=Globex|position=Data "
	 "Analyst|status=applied|applied=2025-02-03|url=https://globex.example/1\n"},
	{"linkedin-saved",
	 "Saved Date,Job Url,Job Title,Company Name\n\"2/3/25, 10:32 AM\",https://globex.example/2,Analyst,Globex\n",
	 "2|opportunity|company=Globex|position=Analyst|status=saved|url=https://globex.example/2\n"},
	{"linkedin-connections",
	 "Notes:\n\"Some addresses are missing, because \"\"somebody\"\" hid theirs.\"\n\n"
	 "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
	 "Huck,Finn \xf0\x9f\x9a\x80,https://www.linkedin.com/in/huck,,Globex,Talent Partner,12 Mar 2023\n",
	 "5|person|name=Huck Finn|at=Globex|title=Talent "
	 "Partner|linkedin=https://www.linkedin.com/in/huck|role=recruiter\n"},
	{"teal",
	 "Job Position,Company,Max. Salary,Location,Status,Date Saved,Deadline,Date Applied,Follow up,Excitement\n"
	 "Data analyst,Globex,\"$90,000\",Remote,Interviewing,03/01/2025,,03/14/2025,03/21/2025,4\n",
	 "2|opportunity|company=Globex|position=Data "
	 "analyst|status=interview|applied=2025-03-14|follow-up=2025-03-21|place="
	 "Remote\n"},
	{"huntr",
	 "Job Title,Company Name,List Name,Created At,Applied At,Job Post URL\n"
	 "Analyst,Globex,Wishlist,2025-03-01T10:00:00.000Z,,https://globex.example\n"
	 "Analyst,Initech,Applied,2025-03-01T10:00:00.000Z,2025-03-04T05:00:00.000Z,\n",
	 "2|opportunity|company=Globex|position=Analyst|status=saved|url=https://globex.example\n"
	 "3|opportunity|company=Initech|position=Analyst|status=applied|applied=2025-03-03\n"},
	{"jobsync",
	 "index,createdAt,applied,appliedDate,Company,JobTitle,jobType,Location,JobSource,Status\n"
	 "1,2025-03-01,Yes,2025-03-02,Globex,Analyst,Full Time,Phoenix,LinkedIn,Applied\n"
	 "2,2025-03-01,No,N/A,Initech,Analyst,Full Time,N/A,LinkedIn,Draft\n",
	 "2|opportunity|company=Globex|position=Analyst|status=applied|applied=2025-03-02|place=Phoenix\n"
	 "3|opportunity|company=Initech|position=Analyst|status=saved\n"},
	{"german",
	 "Firma;Stelle;Status;Bewerbungsdatum;Ansprechpartnerin;Bemerkungen\n"
	 "Müller & Söhne;Analystin;Absage erhalten;4.3.2025;Ada Okoro;nett\n",
	 "2|opportunity|company=Müller & Söhne|position=Analystin|status=rejected|applied=2025-03-04|notes=nett|name=Ada "
	 "Okoro\n"},
	{"french", "Entreprise;Poste;Statut;Date d'envoi\nGlobex;Analyste;Entretien prévu;3 février 2025\n",
	 "2|opportunity|company=Globex|position=Analyste|status=interview|applied=2025-02-03\n"},
	{"spanish", "Empresa;Puesto;Estado;Fecha de solicitud\nGlobex;Analista;Rechazado;14/02/2025\n",
	 "2|opportunity|company=Globex|position=Analista|status=rejected|applied=2025-02-14\n"},
	{"tabs", "Employer\tRole\tStage\nGlobex\tAnalyst\tOffer received\n",
	 "2|opportunity|company=Globex|position=Analyst|status=offer\n"},
	{"bars", "company|role|status\nGlobex|Analyst|Withdrawn\n",
	 "2|opportunity|company=Globex|position=Analyst|status=withdrawn\n"},
	{"excel-says-its-separator", "sep=;\r\nCompany;Role\r\nGlobex;Analyst\r\n",
	 "3|opportunity|company=Globex|position=Analyst\n"},
	{"old-line-ends", "Company,Role\rGlobex,Analyst\rInitech,Clerk\r",
	 "2|opportunity|company=Globex|position=Analyst\n3|opportunity|company=Initech|position=Clerk\n"},
	{"quotes-and-lines",
	 "Company,Role,Notes\n\"Globex, Inc.\",\"the \"\"best\"\" one\",\"two\r\nlines\"\n Initech , \"Clerk, senior\",\n",
	 "2|opportunity|company=Globex, Inc.|position=the \"best\" one|notes=two\nlines\n"
	 "4|opportunity|company=Initech|position=Clerk, senior\n"},
	{"ragged", "Company,Role,Status\nGlobex\nInitech,Clerk,Applied,,,\n",
	 "2|opportunity|company=Globex\n3|opportunity|company=Initech|position=Clerk|status=applied\n"},
	{"shifted", "Company,Role,Status,Date\nGlobex, Inc.,Analyst,Applied,2025-03-04\n", "2|error\n"},
	{"no-company", "Company,Role\n,Analyst\nGlobex,Clerk\n", "2|error\n3|opportunity|company=Globex|position=Clerk\n"},
	{"merge-marks",
	 "<<<<<<< HEAD\nCompany,Role\nGlobex,Analyst\n=======\nCompany,Role\nInitech,Clerk\n>>>>>>> 1234567\n",
	 "1|error\n3|opportunity|company=Globex|position=Analyst\n4|error\n5|error\n"
	 "6|opportunity|company=Initech|position=Clerk\n7|error\n"},
	{"unclosed-quote", "Company,Role\nGlobex,\"Analyst\nInitech,Clerk\n",
	 "2|error\n3|opportunity|company=Initech|position=Clerk\n"},
	{"not-a-date", "Company,Date Applied\nGlobex,soonish\nInitech,TBD\n",
	 "2|opportunity|company=Globex\n2|error\n3|opportunity|company=Initech\n"},
	{"from-subjects",
	 "Subject,Company,Date,Status\nRe: Data analyst at Globex,Globex,2025-07-28 08:45:19,in progress\n",
	 "2|opportunity|company=Globex|position=Data analyst|status=applied|applied=2025-07-28\n"},
	{"interview-with-its-hour",
	 "Company,Role,Interview Date,Interviewer,Contact Email\nGlobex,Analyst,2025-03-04 10:00,Huck "
	 "Finn,huck@globex.example\n",
	 "2|opportunity|company=Globex|position=Analyst|interviewed=2025-03-04|name=Huck "
	 "Finn|email=huck@globex.example|role=interviewer\n"
	 "2|interview|company=Globex|position=Analyst|name=Huck "
	 "Finn|email=huck@globex.example|role=interviewer|start=2025-03-04T17:00:00+00:00\n"},
	{"several-contacts",
	 "Company,Recruiter\nGlobex,Huck Finn <huck@globex.example>; Ada Okoro\nInitech,\"Bill Lumbergh, Ann Lee\"\n",
	 "2|opportunity|company=Globex|name=Huck Finn|email=huck@globex.example|role=recruiter|name=Ada "
	 "Okoro|role=recruiter\n3|opportunity|company=Initech|name=Bill Lumbergh|role=recruiter|name=Ann "
	 "Lee|role=recruiter\n"},
	{"outlook",
	 "\"Title\",\"First Name\",\"Middle Name\",\"Last Name\",\"Company\",\"Job Title\",\"Business Street\",\"Business "
	 "City\",\"Business State\",\"Business Postal Code\",\"Business Country/Region\",\"Business Phone\",\"Mobile "
	 "Phone\",\"Business Fax\",\"E-mail Address\",\"E-mail Display Name\"\n"
	 "\"Dr.\",\"Ada\",\"\",\"Okoro\",\"Globex\",\"HR Manager\",\"1 Main St\",\"Phoenix\",\"AZ\",\"85001\",\"USA\",\"+1 "
	 "1\",\"+1 2\",\"+1 3\",\"ada@globex.example\",\"Okoro, Ada\"\n",
	 "2|person|name=Ada Okoro|email=ada@globex.example|phone=+1 1|at=Globex|title=HR Manager|address=1 Main "
	 "St\nPhoenix, AZ 85001\nUSA|role=hr\n"},
	{"google",
	 "First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 "
	 "- "
	 "Value,Phone 2 - Label,Phone 2 - Value,Organization Name,Organization Title\n"
	 "Huck,Finn,* Home,huck@example.net,Work,huck@globex.example,Work Fax,+1 9,Mobile,+1 2 ::: +1 3,Globex,Head of "
	 "Data\n",
	 "2|person|name=Huck Finn|email=huck@globex.example|phone=+1 2|at=Globex|title=Head of Data\n"},
	{"thunderbird-german",
	 "Vorname,Nachname,Anzeigename,Primäre E-Mail-Adresse,Tel. dienstlich,Tel. privat,Organisation\n"
	 "Ada,Okoro,Ada Okoro,ada@globex.example,+49 1,+49 2,Globex\n",
	 "2|person|name=Ada Okoro|email=ada@globex.example|phone=+49 1|at=Globex\n"},
	{"addresses-only", "Primary Email\nada@globex.example\nhuck@globex.example\n",
	 "2|person|email=ada@globex.example\n3|person|email=huck@globex.example\n"},
	{"nobody", "Name,Email\n,\nx,\n", "3|person|name=x\n"},
};

/* ---- dates ---- */

typedef struct DateCase {
	const char *name, *dates; /* a bar between */
	const char *expected;     /* days; "?" where open */
} DateCase;

static const DateCase DATES[] = {
	{"day-first", "25/04/2025|03/04/2025", "2025-04-25|2025-04-03"},
	{"month-first", "03/04/2025|04/25/2025", "2025-03-04|2025-04-25"},
	{"open", "03/04/2025|05/06/2025", "?|?"},
	{"open-but-the-same", "04/04/2025", "2025-04-04"},
	{"against-each-other", "25/04/2025|04/25/2025|03/04/2025", "2025-04-25|2025-04-25|?"},
	{"dots", "03.04.2025|3.4.25", "2025-04-03|2025-04-03"},
	{"dashes", "13-04-2025|03-04-2025", "2025-04-13|2025-04-03"},
	{"iso", "2025-04-03|2025/04/03|20250403|2025-04-03T23:30:00-07:00", "2025-04-03|2025-04-03|2025-04-03|2025-04-03"},
	{"zones", "2025-04-03T05:30:00Z", "2025-04-02"},
	{"excel", "45750|45750.5", "2025-04-03|2025-04-03"},
	{"unix", "1743661800|1743661800000", "2025-04-02|2025-04-02"},
	{"names",
	 "3 Apr 2025|April 3rd, 2025|Thu, Apr 3, 2025 5:00 PM|3. April 2025|3-Apr-25|1er avril 2025|3 de abril de 2025",
	 "2025-04-03|2025-04-03|2025-04-03|2025-04-03|2025-04-03|2025-04-01|2025-04-03"},
	{"japanese", "2025年4月3日", "2025-04-03"},
	{"times", "4/25/25, 3:21 PM|25/4/25 15:21:07", "2025-04-25|2025-04-25"},
	{"none", "31/02/2025|13/13/2025|soon|1/2|99999999", "-|-|-|-|-"},
};

static const char *show_days(const GPtrArray *items, GString *text)
{
	for (guint i = 0; i < items->len; i++) {
		const Item *item = g_ptr_array_index(items, i);
		char day[DAY_TEXT_BYTES];
		if (item->kind == ITEM_OPPORTUNITY)
			g_string_append_printf(
				text, "%s%s", text->len == 0 ? "" : "|",
				item->dates_open            ? "?"
				: item->applied == DAY_NONE ? "-"
											: day_format(item->applied, day));
	}
	return text->str;
}

static void test_dates(const void *data)
{
	const DateCase *item = data;
	g_autoptr(GString) sheet = g_string_new("Company;Date applied\n");
	g_autoptr(GString) days = g_string_new(NULL);
	g_autoptr(GPtrArray) items = NULL;
	g_auto(GStrv) dates = g_strsplit(item->dates, "|", -1);
	for (char **date = dates; *date != NULL; date++)
		g_string_append_printf(sheet, "Globex;%s\n", *date);
	g_assert_true(read_bytes(sheet->str, sheet->len, DATE_ORDER_OPEN, &items, NULL));
	g_assert_cmpstr(show_days(items, days), ==, item->expected);
}

/* What the user says decides; one column tells the others. */
static void test_date_order(void)
{
	static const char sheet[] = "Company,Applied on,Follow up\nGlobex,03/04/2025,\nInitech,05/06/2025,\n";
	static const char other[] = "Company,Applied on,Follow up\nGlobex,03/04/2025,25/04/2025\n";
	const struct {
		const char *sheet;
		DateOrder order;
		const char *expected;
	} cases[] = {
		{sheet, DATE_ORDER_DAY_FIRST, "2025-04-03|2025-06-05"},
		{sheet, DATE_ORDER_MONTH_FIRST, "2025-03-04|2025-05-06"},
		{other, DATE_ORDER_OPEN, "2025-04-03"}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) items = NULL;
		g_autoptr(GString) days = g_string_new(NULL);
		g_assert_true(read_bytes(cases[i].sheet, strlen(cases[i].sheet), cases[i].order, &items, NULL));
		g_assert_cmpstr(show_days(items, days), ==, cases[i].expected);
	}
}

/* ---- encodings ---- */

static const struct {
	const char *charset, *text;
	bool marked;
} ENCODINGS[] = {
	{"UTF-8", "Müller Ökologie", false},        {"UTF-8", "Müller Ökologie", true},
	{"UTF-16LE", "Müller Ökologie", true},      {"UTF-16BE", "Müller Ökologie", true},
	{"UTF-16LE", "Müller Ökologie", false},     {"WINDOWS-1252", "Müller Ökologie", false},
	{"WINDOWS-1252", "L’été à Réunion", false}, {"WINDOWS-1252", "Señor Muñoz y Compañía", false},
	{"CP932", "株式会社ソニー", false},         {"CP932", "小林さん", false},
	{"EUC-JP", "株式会社ソニー", false},        {"ISO-2022-JP", "株式会社ソニー", false},
	{"CP949", "삼성전자 주식회사", false},      {"GB18030", "北京科技有限公司", false},
	{"BIG5", "台灣積體電路製造", false},        {"WINDOWS-1251", "Общество Ромашка", false},
	{"MACINTOSH", "Müller Réunion", false},     {"WINDOWS-1250", "Żabka Spółka ćma", false},
};

static void test_encodings(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ENCODINGS); i++) {
		g_autofree char *sheet = g_strdup_printf(
			"%sCompany,Role\n%s,Analyst\n", ENCODINGS[i].marked ? "\xef\xbb\xbf" : "", ENCODINGS[i].text);
		g_autoptr(GPtrArray) items = NULL;
		gsize length = 0;
		g_autofree char *bytes = g_convert(sheet, -1, ENCODINGS[i].charset, "UTF-8", NULL, &length, NULL);
		g_assert_nonnull(bytes);
		g_test_message("%s: %s", ENCODINGS[i].charset, ENCODINGS[i].text);
		g_assert_true(read_bytes(bytes, length, DATE_ORDER_OPEN, &items, NULL));
		g_assert_cmpuint(items->len, ==, 1);
		g_assert_cmpstr(((const Item *)items->pdata[0])->company, ==, ENCODINGS[i].text);
	}
}

static void test_broken_utf8(void)
{
	static const char sheet[] = "Company,Role\nMüller Ökologie,\xff Analyst für Öl\n";
	g_autoptr(GPtrArray) items = NULL;
	g_assert_true(read_bytes(sheet, strlen(sheet), DATE_ORDER_OPEN, &items, NULL));
	g_assert_cmpstr(((const Item *)items->pdata[0])->company, ==, "Müller Ökologie");
}

/* ---- what is too much ---- */

static void expect_refused(const char *bytes, size_t length, const char *word)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) items = NULL;
	g_assert_false(read_bytes(bytes, length, DATE_ORDER_OPEN, &items, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
	g_assert_nonnull(strstr(error->message, word));
	g_assert_true(g_str_has_suffix(error->message, "."));
}

static void test_refused(void)
{
	expect_refused("", 0, "column names");
	expect_refused("a,b,c\n1,2,3\n", 12, "column names");
	expect_refused("PK\x03\x04zzzz", 8, "workbook");
	g_autofree char *columns = g_strnfill(1000000, ',');
	expect_refused(columns, strlen(columns), "1000 fields");
	g_autofree char *field = g_strnfill(1000000, 'x');
	expect_refused(field, strlen(field), "64 KiB");
}

/* Quotes that never close cost no more than their number is bounded by. */
static void test_endless(void)
{
	g_autoptr(GString) sheet = g_string_new("Company,Role\n");
	for (int i = 0; i < 3000; i++)
		g_string_append_printf(sheet, "Globex %d,\"Analyst\n%s", i, i == 0 ? "Initech,Clerk\n" : "");
	for (int i = 0; i < 20000; i++)
		g_string_append(sheet, "Initech,Clerk,padding padding padding padding padding\n");
	g_autoptr(GPtrArray) items = NULL;
	gint64 begun = g_get_monotonic_time();
	g_assert_true(read_bytes(sheet->str, sheet->len, DATE_ORDER_OPEN, &items, NULL));
	g_assert_cmpint(g_get_monotonic_time() - begun, <, 20 * G_USEC_PER_SEC);
	g_assert_cmpuint(items->len, >, 20000);
}

static void test_many_rows(void)
{
	g_autoptr(GString) sheet = g_string_new("Company,Role\n");
	for (int i = 0; i <= LIMIT_IMPORT_ITEMS; i++)
		g_string_append(sheet, "x,y\n");
	expect_refused(sheet->str, sheet->len, "more than");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(SHEETS); i++) {
		g_autofree char *path = g_strconcat("/csv/sheet/", SHEETS[i].name, NULL);
		g_test_add_data_func(path, &SHEETS[i], test_sheet);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(DATES); i++) {
		g_autofree char *path = g_strconcat("/csv/dates/", DATES[i].name, NULL);
		g_test_add_data_func(path, &DATES[i], test_dates);
	}
	g_test_add_func("/csv/date-order", test_date_order);
	g_test_add_func("/csv/encodings", test_encodings);
	g_test_add_func("/csv/broken-utf-8", test_broken_utf8);
	g_test_add_func("/csv/refused", test_refused);
	g_test_add_func("/csv/endless", test_endless);
	g_test_add_func("/csv/many-rows", test_many_rows);
	return g_test_run();
}
