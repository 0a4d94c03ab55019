/* csv-row.c - what a row says: about an application, or about a person.
 */
#include "csv-row.h"

#include "csv-status.h"
#include "csv-text.h"
#include "foreign.h"

#include <base/limits.h>
#include <string.h>

const Column csv_date_columns[CSV_DATES] = {COLUMN_APPLIED, COLUMN_INTERVIEWED, COLUMN_FOLLOW_UP};

enum { URL_BYTES = 2048, NOTES_BYTES = 4096, CONTACTS = 8, SHOWN_BYTES = 40 };

static const char *get(const CsvSheet *sheet, Column column)
{
	return headings_get(sheet->headings, sheet->cells, column);
}

static char *get_clean(const CsvSheet *sheet, Column column, size_t limit, TextKind kind)
{
	const char *cell = get(sheet, column);
	return csv_text_is_missing(cell) ? NULL : foreign_clean(cell, limit, kind);
}

static char *get_name(const CsvSheet *sheet, Column column)
{
	return get_clean(sheet, column, LIMIT_NAME_BYTES, TEXT_NAME);
}

static Item *add_item(CsvSheet *sheet, ItemKind kind)
{
	Item *item = item_new(kind, sheet->cells->row_line);
	g_ptr_array_add(sheet->items, item);
	return item;
}

G_GNUC_PRINTF(2, 3) static void add_error(CsvSheet *sheet, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add_item(sheet, ITEM_UNKNOWN)->error = g_strdup_vprintf(format, args);
	va_end(args);
}

/* The first thing a row says, for a message about it. */
static char *show_row(const CsvSheet *sheet)
{
	for (int i = 0; i < csv_cells_count(sheet->cells); i++)
		if (csv_cells_get(sheet->cells, i)[0] != '\0')
			return text_to_show(csv_cells_get(sheet->cells, i), SHOWN_BYTES);
	return g_strdup("");
}

bool csv_row_tell_mark(CsvSheet *sheet)
{
	static const char *const marks[] = {"<<<<<<<", ">>>>>>>", "=======", "|||||||"};
	const char *cell = csv_cells_get(sheet->cells, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (g_str_has_prefix(cell, marks[i]) && (cell[7] == '\0' || cell[7] == ' ')) {
			add_error(sheet, "This row is a mark of a merge that was not finished (%s); a row is expected.", marks[i]);
			return true;
		}
	return false;
}

/* ---- people ---- */

static bool is_address(const char *text)
{
	const char *at = strchr(text, '@');
	return at != NULL && at > text && at[1] != '\0' && strchr(text, ' ') == NULL && strchr(at + 1, '@') == NULL;
}

/* The first address of a cell: "* a@b", "a@b ::: c@d", "a@b; c@d", "<a@b>". */
static char *clean_address(const char *cell)
{
	g_auto(GStrv) parts = g_strsplit_set(cell, " ;,<>\n\t*", 16);
	for (char **part = parts; *part != NULL; part++) {
		const char *text = g_str_has_prefix(*part, "mailto:") ? *part + strlen("mailto:") : *part;
		if (is_address(text))
			return foreign_clean(text, LIMIT_NAME_BYTES, TEXT_NAME);
	}
	return NULL;
}

static char *clean_phone(const char *cell)
{
	const char *end = strstr(cell, ":::");
	g_autofree char *first = end == NULL ? g_strdup(cell) : g_strndup(cell, (size_t)(end - cell));
	return csv_text_is_missing(first) ? NULL : foreign_clean(first, LIMIT_NAME_BYTES, TEXT_NAME);
}

/* What somebody does, by words of their title or of the column that names them. */
static int find_role(const char *text)
{
	static const struct {
		const char *word;
		Role role;
	} words[] = {
		{" hiring manager ", ROLE_HIRING_MANAGER},
		{" recruit", ROLE_RECRUITER},
		{" talent ", ROLE_RECRUITER},
		{" sourcer ", ROLE_RECRUITER},
		{" reclutador", ROLE_RECRUITER},
		{" recrut", ROLE_RECRUITER},
		{" hr ", ROLE_HR},
		{" human resources ", ROLE_HR},
		{" personal", ROLE_HR},
		{" interviewer", ROLE_INTERVIEWER}};
	g_autofree char *folded = csv_text_fold(text == NULL ? "" : text, false);
	g_autofree char *padded = g_strdup_printf(" %s ", folded);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strstr(padded, words[i].word) != NULL)
			return (int)words[i].role;
	return WORD_NONE;
}

/* First, middle and last name, and what stands behind; NULL where neither first nor last is there. */
static char *join_name(const CsvSheet *sheet)
{
	static const Column parts[] = {COLUMN_FIRST, COLUMN_MIDDLE, COLUMN_LAST, COLUMN_SUFFIX};
	g_autoptr(GString) name = g_string_new(NULL);
	if (get(sheet, COLUMN_FIRST)[0] == '\0' && get(sheet, COLUMN_LAST)[0] == '\0')
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		const char *part = get(sheet, parts[i]);
		if (part[0] != '\0')
			g_string_append_printf(name, "%s%s", name->len == 0 ? "" : " ", part);
	}
	return foreign_clean(name->str, LIMIT_NAME_BYTES, TEXT_NAME);
}

/* As it is displayed, unless that is turned round ("Finn, Huck") or no name at all. */
static char *find_name(const CsvSheet *sheet)
{
	static const Column shown[] = {COLUMN_NAME, COLUMN_DISPLAY_NAME};
	g_autofree char *joined = join_name(sheet);
	for (size_t i = 0; i < G_N_ELEMENTS(shown); i++) {
		char *name = get_name(sheet, shown[i]);
		if (name != NULL && strchr(name, '@') == NULL && (strchr(name, ',') == NULL || joined == NULL))
			return name;
		g_free(name);
	}
	return joined != NULL ? g_steal_pointer(&joined) : get_name(sheet, COLUMN_NICK);
}

static void add_line(GString *text, const char *one, const char *other)
{
	if (one[0] == '\0' && other[0] == '\0')
		return;
	g_string_append_printf(
		text, "%s%s%s%s", text->len == 0 ? "" : "\n", one, one[0] != '\0' && other[0] != '\0' ? " " : "", other);
}

/* An address as on an envelope, of one group of columns; NULL where it has neither street nor city. */
static char *join_address(const CsvSheet *sheet, ColumnGroup group)
{
	const Column columns[] = {COLUMN_STREET, COLUMN_STREET_2, COLUMN_ZIP, COLUMN_CITY, COLUMN_REGION, COLUMN_COUNTRY};
	const char *parts[G_N_ELEMENTS(columns)];
	g_autoptr(GString) text = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
		parts[i] = headings_get_of(sheet->headings, sheet->cells, columns[i], group);
	if (parts[0][0] == '\0' && parts[3][0] == '\0')
		return NULL;
	g_autofree char *city = parts[4][0] == '\0' ? g_strdup(parts[3]) : g_strdup_printf("%s, %s", parts[3], parts[4]);
	bool american = parts[4][0] != '\0'; /* where there is a state, the number stands behind it */
	add_line(text, parts[0], "");
	add_line(text, parts[1], "");
	add_line(text, american ? city : parts[2], american ? parts[2] : city);
	add_line(text, parts[5], "");
	return foreign_clean(text->str, LIMIT_NAME_BYTES * 4, TEXT_BLOCK);
}

static char *find_postal(const CsvSheet *sheet)
{
	char *whole = get_clean(sheet, COLUMN_ADDRESS, LIMIT_NAME_BYTES * 4, TEXT_BLOCK);
	for (int group = 0; group < GROUP_COUNT && whole == NULL; group++)
		whole = join_address(sheet, (ColumnGroup)group);
	return whole;
}

static char *find_linkedin(const CsvSheet *sheet)
{
	char *linkedin = get_clean(sheet, COLUMN_LINKEDIN, URL_BYTES, TEXT_LINE);
	const char *url = get(sheet, COLUMN_URL);
	if (linkedin == NULL && strstr(url, "linkedin.com/") != NULL)
		linkedin = foreign_clean(url, URL_BYTES, TEXT_LINE);
	return linkedin;
}

static void read_person(CsvSheet *sheet)
{
	g_autofree char *name = find_name(sheet), *email = clean_address(get(sheet, COLUMN_EMAIL));
	g_autofree char *phone = clean_phone(get(sheet, COLUMN_PHONE)), *company = get_name(sheet, COLUMN_COMPANY);
	if (name == NULL && email == NULL && phone == NULL) {
		g_autofree char *shown = show_row(sheet);
		add_error(sheet, "This row names nobody (\"%s\"); a name or an address is expected.", shown);
		return;
	}
	Item *item = add_item(sheet, ITEM_PERSON);
	ItemPerson *person = item_add_person(item);
	person->name = name == NULL ? g_strdup(company) : g_steal_pointer(&name);
	person->email = g_steal_pointer(&email);
	person->phone = g_steal_pointer(&phone);
	person->company = g_steal_pointer(&company);
	person->title = get_name(sheet, COLUMN_TITLE);
	person->linkedin = find_linkedin(sheet);
	person->address = find_postal(sheet);
	person->role = find_role(person->title);
	item->notes = get_clean(sheet, COLUMN_NOTES, NOTES_BYTES, TEXT_BLOCK);
}

/* ---- applications ---- */

/* The name of the column about something, as the file has it. */
static const char *name_of(const CsvSheet *sheet, Column column)
{
	const GArray *headings = sheet->headings->headings;
	for (guint i = 0; i < headings->len; i++)
		if (g_array_index(headings, Heading, i).column == column && csv_cells_get(sheet->cells, (int)i)[0] != '\0')
			return g_array_index(headings, Heading, i).name;
	return "";
}

/* "Ana Reyes <ana@globex.example>", "Ana Reyes (ana@globex.example)", a name, or an address. */
static void read_contact(const char *text, int role, Item *item)
{
	g_autofree char *name = g_strndup(text, strcspn(text, "<("));
	g_autofree char *email = clean_address(text);
	g_autofree char *clean = is_address(g_strstrip(name)) || csv_text_is_missing(name)
								 ? NULL
								 : foreign_clean(name, LIMIT_NAME_BYTES, TEXT_NAME);
	if (clean == NULL && email == NULL)
		return;
	ItemPerson *person = item_add_person(item);
	person->name = g_steal_pointer(&clean);
	person->email = g_steal_pointer(&email);
	person->role = role;
}

/* Several may stand in one cell: behind each other with ; or /, or with commas where each part has a first and a last
 * name. */
static void read_contacts(const CsvSheet *sheet, Item *item)
{
	const char *cell = get(sheet, COLUMN_CONTACT);
	int role = find_role(name_of(sheet, COLUMN_CONTACT));
	g_auto(GStrv) parts = g_strsplit_set(cell, strchr(cell, '@') == NULL ? ";/\n" : ";\n", CONTACTS);
	for (char **part = parts; *part != NULL; part++) {
		g_auto(GStrv) names = g_strsplit(*part, ",", CONTACTS);
		bool many = g_strv_length(names) > 1;
		for (char **name = names; *name != NULL && many; name++)
			many = strchr(g_strstrip(*name), ' ') != NULL;
		for (char **name = names; *name != NULL && many; name++)
			read_contact(*name, role, item);
		if (!many)
			read_contact(*part, role, item);
	}
	if (item->people->len != 1)
		return;
	ItemPerson *person = g_ptr_array_index(item->people, 0);
	if (person->email == NULL)
		person->email = clean_address(get(sheet, COLUMN_CONTACT_EMAIL));
	person->phone = clean_phone(get(sheet, COLUMN_CONTACT_PHONE));
	person->title = get_name(sheet, COLUMN_CONTACT_TITLE);
	person->linkedin = get_clean(sheet, COLUMN_CONTACT_LINKEDIN, URL_BYTES, TEXT_LINE);
}

/* A date of the row, or DAY_NONE; one that is there and cannot be read is told in an item of its own. */
static Day read_day(CsvSheet *sheet, int which, CsvDate *date, bool *ret_open)
{
	const char *cell = get(sheet, csv_date_columns[which]);
	*date = (CsvDate){.day = DAY_NONE};
	if (csv_date_is_missing(cell))
		return DAY_NONE;
	Day day = csv_date_parse(cell, sheet->request->zone, date) ? csv_date_day(date, sheet->orders[which]) : DAY_NONE;
	if (day == DAY_NONE) {
		g_autofree char *shown = text_to_show(cell, SHOWN_BYTES),
						*name = text_to_show(name_of(sheet, csv_date_columns[which]), SHOWN_BYTES);
		add_error(sheet, "\"%s\" in the column \"%s\" is no date that can be read; 2026-11-20 is one.", shown, name);
		*date = (CsvDate){.day = DAY_NONE};
	}
	*ret_open = *ret_open || (sheet->orders[which] == DATE_ORDER_OPEN && csv_date_is_open(date));
	return day;
}

/* "Re: Data analyst at Globex" is about the position of a data analyst, at Globex. */
static char *clean_position(const char *text, char **company)
{
	static const char *const prefixes[] = {"re:", "fwd:", "fw:", "aw:", "wg:", "sv:"};
	g_autofree char *clean = foreign_clean(text, LIMIT_NAME_BYTES, TEXT_NAME);
	for (size_t i = 0; clean != NULL && i < G_N_ELEMENTS(prefixes); i++)
		if (g_ascii_strncasecmp(clean, prefixes[i], strlen(prefixes[i])) == 0) {
			memmove(clean, clean + strlen(prefixes[i]), strlen(clean + strlen(prefixes[i])) + 1);
			g_strstrip(clean);
		}
	char *at = clean == NULL ? NULL : g_strrstr(clean, " at ");
	if (at != NULL && *company == NULL)
		*company = g_strdup(at + 4);
	if (at != NULL && g_ascii_strcasecmp(at + 4, *company) == 0)
		*at = '\0';
	return clean == NULL || clean[0] == '\0' ? NULL : g_steal_pointer(&clean);
}

static void read_status(const CsvSheet *sheet, Item *item)
{
	const char *cell = get(sheet, COLUMN_STATUS);
	item->status = csv_status_find(cell);
	item->status_said = foreign_clean(cell, LIMIT_NAME_BYTES, TEXT_LINE);
	g_autofree char *applied = csv_text_fold(get(sheet, COLUMN_APPLIED), false);
	if (item->status_said != NULL)
		return;
	if (item->applied != DAY_NONE || strcmp(applied, "yes") == 0)
		item->status = STATUS_APPLIED;
	else if (sheet->headings->has[COLUMN_SAVED])
		item->status = STATUS_SAVED;
}

/* A row that names when an interview is, to the minute, names an interview. */
static void add_interview(CsvSheet *sheet, const Item *opportunity, const CsvDate *date, Day day)
{
	const Zone *zone = sheet->request->zone;
	if (day == DAY_NONE || !date->has_time)
		return;
	Item *item = add_item(sheet, ITEM_INTERVIEW);
	item->company = g_strdup(opportunity->company);
	item->position = g_strdup(opportunity->position);
	item->start = item->end = zone_to_instant(zone, day, date->second_of_day);
	item->zone = g_strdup(zone_get_name(zone));
	item->floating = true;
	item->dates_open = opportunity->dates_open;
	for (guint i = 0; i < opportunity->people->len; i++) {
		const ItemPerson *from = g_ptr_array_index(opportunity->people, i);
		ItemPerson *person = item_add_person(item);
		person->name = g_strdup(from->name);
		person->email = g_strdup(from->email);
		person->role = from->role;
	}
}

static void read_job(CsvSheet *sheet)
{
	CsvDate date, unused;
	g_autofree char *company = get_name(sheet, COLUMN_COMPANY);
	const char *title = get(sheet, COLUMN_POSITION);
	g_autofree char *position = csv_text_is_missing(title) ? NULL : clean_position(title, &company);
	if (position == NULL)
		position = clean_position(get(sheet, COLUMN_SUBJECT), &company);
	if (company == NULL) {
		g_autofree char *shown = show_row(sheet);
		add_error(sheet, "This row names no company (\"%s\"); one is expected.", shown);
		return;
	}
	Item *item = add_item(sheet, ITEM_OPPORTUNITY);
	item->company = g_steal_pointer(&company);
	item->position = g_steal_pointer(&position);
	item->applied = read_day(sheet, 0, &unused, &item->dates_open);
	item->interviewed = read_day(sheet, 1, &date, &item->dates_open);
	item->follow_up = read_day(sheet, 2, &unused, &item->dates_open);
	item->url = get_clean(sheet, COLUMN_JOB_URL, URL_BYTES, TEXT_LINE);
	item->place = get_clean(sheet, COLUMN_PLACE, LIMIT_NAME_BYTES, TEXT_LINE);
	item->notes = get_clean(sheet, COLUMN_NOTES, NOTES_BYTES, TEXT_BLOCK);
	read_status(sheet, item);
	read_contacts(sheet, item);
	add_interview(sheet, item, &date, item->interviewed);
}

/* ---- rows ---- */

/* A row with more cells than names holds a separator that no quote protects: what stands behind it may be shifted. Its
 * dates and its status show whether it is. */
static bool is_shifted(const CsvSheet *sheet)
{
	bool over = false;
	for (int i = (int)sheet->headings->headings->len; i < csv_cells_count(sheet->cells) && !over; i++)
		over = csv_cells_get(sheet->cells, i)[0] != '\0';
	if (!over || sheet->headings->kind == SHEET_PEOPLE)
		return over;
	const char *status = get(sheet, COLUMN_STATUS);
	bool bad = status[0] != '\0' && csv_status_find(status) == STATUS_NONE;
	for (int i = 0; i < CSV_DATES && !bad; i++) {
		CsvDate date;
		const char *cell = get(sheet, csv_date_columns[i]);
		bad = !csv_date_is_missing(cell) && !csv_date_parse(cell, sheet->request->zone, &date);
	}
	return bad;
}

void csv_row_read(CsvSheet *sheet)
{
	if (sheet->cells->fault != NULL)
		add_error(sheet, "This row %s.", sheet->cells->fault);
	else if (csv_cells_are_blank(sheet->cells) || csv_row_tell_mark(sheet))
		return;
	else if (headings_are_repeated(sheet->headings, sheet->cells))
		add_error(sheet, "This row is the line of column names once more; a row is expected.");
	else if (is_shifted(sheet))
		add_error(
			sheet,
			"This row has %d fields where there are %u columns; a field with a separator in it stands in quotes.",
			csv_cells_count(sheet->cells), sheet->headings->headings->len);
	else if (sheet->headings->kind == SHEET_PEOPLE)
		read_person(sheet);
	else
		read_job(sheet);
}
