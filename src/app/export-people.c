/* export-people.c - every opportunity as rows of a sheet, everybody as a card.
 */
#include "export-people.h"

#include "ending.h"
#include "foreign-file.h"

#include <stdio.h>
#include <string.h>

/* ---- a sheet ---- */

typedef struct Sheet {
	const App *app;
	const ArchiveSink *sink;
	GString *text;
} Sheet;

/* What a spreadsheet would take for a formula begins with an apostrophe. */
static void put_cell(GString *text, const char *value, bool last)
{
	const char *cell = value == NULL ? "" : value;
	bool formula = cell[0] != '\0' && strchr("=+-@\t\r", cell[0]) != NULL &&
				   !(cell[0] == '+' && strspn(cell + 1, "0123456789 ()-./") == strlen(cell + 1));
	bool quoted = formula || strpbrk(cell, ",\"\r\n") != NULL;
	if (quoted)
		g_string_append_c(text, '"');
	if (formula)
		g_string_append_c(text, '\'');
	for (const char *at = cell; *at != '\0'; at++) {
		if (*at == '"')
			g_string_append_c(text, '"');
		g_string_append_c(text, *at);
	}
	if (quoted)
		g_string_append_c(text, '"');
	g_string_append(text, last ? "\r\n" : ",");
}

static const char *status_of(const App *app, const Facts *facts)
{
	const Event *ending = facts_find_ending(facts, app->now);
	return ending != NULL ? ending_word(ending) : facts->interviews->len > 0 ? "interview" : "applied";
}

/* The last interview with somebody (NOBODY: of all), by the employer's clock; "" where there is none. */
static char *last_interview(const Facts *facts, int person)
{
	int64_t last = TIME_NONE;
	for (guint i = 0; i < facts->interviews->len; i++) {
		const Interview *interview = facts_interview(facts, (int)i);
		bool with = person == NOBODY;
		for (guint j = 0; j < interview->with->len && !with; j++)
			with = g_array_index(interview->with, int, j) == person;
		if (with)
			last = MAX(last, interview->start);
	}
	char text[STAMP_TEXT_BYTES];
	if (last == TIME_NONE)
		return g_strdup("");
	zone_format(facts->zone, last, text);
	return g_strdup_printf("%.10s %.5s", text, text + 11);
}

static void put_row(Sheet *sheet, const Record *record, int person)
{
	const Facts *facts = record->facts;
	const Person *who = person == NOBODY ? NULL : facts_person(facts, person);
	g_autofree char *interview = last_interview(facts, person);
	char day[DAY_TEXT_BYTES];
	const char *const cells[] = {
		facts->company,
		facts->position,
		status_of(sheet->app, facts),
		day_format(zone_to_day(facts->zone, record->created_at, NULL), day),
		interview,
		who == NULL ? NULL : who->name,
		who == NULL ? NULL : word_text(WORDS_ROLE, (int)who->role),
		who == NULL ? NULL : who->email,
		who == NULL ? NULL : who->phone,
		who == NULL ? NULL : who->address,
		who == NULL ? NULL : who->linkedin,
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cells); i++)
		put_cell(sheet->text, cells[i], i + 1 == G_N_ELEMENTS(cells));
}

static bool put_record(void *data, const Record *record, GError **error)
{
	Sheet *sheet = data;
	for (guint i = 0; i < record->facts->people->len; i++)
		put_row(sheet, record, (int)i);
	if (record->facts->people->len == 0)
		put_row(sheet, record, NOBODY);
	return archive_pour(sheet->sink, sheet->text, error);
}

bool export_sheet(App *app, const ArchiveSink *sink, Printer *progress, int64_t *ret_count, GError **error)
{
	g_autoptr(GString) text = g_string_new(
		"Company,Position,Status,Date Added,Interview Date,Contact,Contact Role,Contact Email,Contact Phone,Contact "
		"Address,Contact LinkedIn\r\n");
	Sheet sheet = {.app = app, .sink = sink, .text = text};
	const ArchiveVisit visit = {put_record, &sheet, progress};
	return archive_visit(app, &visit, ret_count, error) && archive_pour(sink, text, error);
}

/* ---- cards ---- */

typedef struct Cards {
	const ExchangeModule *exchange;
	GPtrArray *people; /* of ItemPerson */
	GHashTable *known; /* addresses, and names with companies */
} Cards;

static void add_card(Cards *cards, const Facts *facts, const Person *from)
{
	g_autofree char *key =
		from->email != NULL ? g_ascii_strdown(from->email, -1) : g_strdup_printf("%s\n%s", from->name, facts->company);
	if (!g_hash_table_add(cards->known, g_steal_pointer(&key)))
		return;
	ItemPerson *person = cards->exchange->person_new();
	person->name = g_strdup(from->name);
	person->email = g_strdup(from->email);
	person->phone = g_strdup(from->phone);
	person->address = g_strdup(from->address);
	person->linkedin = g_strdup(from->linkedin);
	person->company = g_strdup(facts->company);
	person->role = (int)from->role;
	g_ptr_array_add(cards->people, person);
}

static bool take_people(void *data, const Record *record, GError **error)
{
	for (guint i = 0; i < record->facts->people->len; i++)
		add_card(data, record->facts, facts_person(record->facts, (int)i));
	return true;
}

bool export_cards(App *app, const ArchiveSink *sink, Printer *progress, int64_t *ret_count, GError **error)
{
	g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const ExchangeModule *exchange = NULL;
	GString *text = NULL;
	if (!desk_exchange_load(app, &exchange, error))
		return false;
	g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func((GDestroyNotify)exchange->person_free);
	Cards cards = {exchange, people, known};
	const ArchiveVisit visit = {take_people, &cards, progress};
	int64_t records = 0;
	if (!archive_visit(app, &visit, &records, error) || !exchange->write_vcards(people, &text, error))
		return false;
	bool good = archive_pour(sink, text, error);
	g_string_free(text, TRUE);
	*ret_count = people->len;
	return good;
}
