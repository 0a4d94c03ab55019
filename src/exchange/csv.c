/* csv.c - a sheet from its bytes to its items: the encoding, the separator, the line of names, the dates, the rows.
 *
 * The text is walked twice: first for what the dates show (a column decides how its dates are meant), then for the
 * items.
 */
#include "csv.h"

#include "csv-columns.h"
#include "csv-row.h"
#include "csv-text.h"

#include <base/error.h>
#include <base/limits.h>
#include <string.h>

enum { ROWS_SEARCHED = 50 }; /* the line of names is among the first */

/* Where the line of names is, as it looks with one separator. */
typedef struct Layout {
	char separator;
	int row, score;
} Layout;

static void weigh_row(const CsvCells *cells, int row, Layout *best)
{
	g_autoptr(Headings) headings = cells->fault == NULL ? headings_new(cells) : NULL;
	if (headings == NULL || !headings_are_good(headings) || headings->known <= best->score)
		return;
	*best = (Layout){cells->separator, row, headings->known};
}

static Layout find_layout(const GString *text)
{
	static const char separators[] = ",;\t|";
	Layout best = {0};
	for (const char *separator = separators; *separator != '\0'; separator++) {
		g_autoptr(CsvCells) cells = csv_cells_new(text->str, text->len, *separator);
		for (int row = 0; row < ROWS_SEARCHED && csv_cells_next(cells); row++)
			weigh_row(cells, row, &best);
	}
	return best;
}

/* Something that is no text, by its first bytes. */
static const char *find_foreign(const char *bytes, size_t length)
{
	static const struct {
		const char *begins, *what;
	} kinds[] = {
		{"PK\x03\x04", "a workbook or an archive (.xlsx, .zip)"},
		{"\xd0\xcf\x11\xe0", "an old workbook (.xls)"},
		{"%PDF", "a PDF"},
		{"\x1f\x8b", "compressed"},
		{"SQLite format", "a database"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (length >= strlen(kinds[i].begins) && memcmp(bytes, kinds[i].begins, strlen(kinds[i].begins)) == 0)
			return kinds[i].what;
	return NULL;
}

static bool refuse_sheet(const ReadRequest *request, const GString *text, GError **error)
{
	g_autoptr(CsvCells) cells = csv_cells_new(text->str, text->len, ',');
	if (csv_cells_next(cells) && cells->fault != NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, request->file, "Line 1 of %s %s.", request->file, cells->fault);
	return base_error_set(
		error, BASE_ERROR_INVALID, request->file,
		"%s has no line of column names that are known; a sheet has one, with Company and Position, or Name and "
		"E-mail.",
		request->file);
}

/* To the row behind the line of names; marks of a merge above it are told. */
static bool pass_preamble(CsvSheet *sheet, const Layout *layout)
{
	for (int row = 0; row <= layout->row; row++) {
		if (!csv_cells_next(sheet->cells))
			return false;
		if (row < layout->row && sheet->items != NULL)
			csv_row_tell_mark(sheet);
	}
	return true;
}

static CsvSheet sheet_new(const ReadRequest *request, const GString *text, const Layout *layout)
{
	CsvSheet sheet = {.request = request, .cells = csv_cells_new(text->str, text->len, layout->separator)};
	if (!pass_preamble(&sheet, layout))
		g_assert_not_reached(); /* the same rows were read before */
	sheet.headings = headings_new(sheet.cells);
	return sheet;
}

static void sheet_clear(CsvSheet *sheet)
{
	csv_cells_free(sheet->cells);
	headings_free(sheet->headings);
}

/* A column that is open follows the others: one program wrote them all. */
static void decide_dates(CsvSheet *sheet, const CsvDateEvidence *evidence)
{
	CsvDateEvidence all = {0};
	for (int i = 0; i < CSV_DATES; i++) {
		all.day_first += evidence[i].day_first;
		all.month_first += evidence[i].month_first;
	}
	for (int i = 0; i < CSV_DATES; i++) {
		DateOrder own = csv_date_decide(&evidence[i]);
		sheet->orders[i] = sheet->request->date_order != DATE_ORDER_OPEN ? sheet->request->date_order
						   : own != DATE_ORDER_OPEN                      ? own
						   : sheet->headings->month_first                ? DATE_ORDER_MONTH_FIRST
																		 : csv_date_decide(&all);
	}
}

static void weigh_dates(CsvSheet *sheet)
{
	CsvDateEvidence evidence[CSV_DATES] = {{0}};
	while (csv_cells_next(sheet->cells))
		for (int i = 0; i < CSV_DATES && sheet->cells->fault == NULL; i++) {
			CsvDate date;
			const char *cell = headings_get(sheet->headings, sheet->cells, csv_date_columns[i]);
			if (cell[0] != '\0' && csv_date_parse(cell, sheet->request->zone, &date))
				csv_date_weigh(&date, &evidence[i]);
		}
	decide_dates(sheet, evidence);
}

static bool read_rows(CsvSheet *sheet, GError **error)
{
	while (csv_cells_next(sheet->cells)) {
		if (sheet->items->len >= LIMIT_IMPORT_ITEMS)
			return base_error_set(
				error, BASE_ERROR_INVALID, sheet->request->file,
				"%s has more than %d rows; divide it into smaller sheets.", sheet->request->file, LIMIT_IMPORT_ITEMS);
		csv_row_read(sheet);
	}
	return true;
}

static bool read_sheet(
	const ReadRequest *request, const GString *text, const Layout *layout, GPtrArray *items, GError **error)
{
	CsvSheet first = sheet_new(request, text, layout);
	weigh_dates(&first);
	CsvSheet sheet = {.request = request, .headings = first.headings, .items = items};
	memcpy(sheet.orders, first.orders, sizeof sheet.orders);
	sheet.cells = csv_cells_new(text->str, text->len, layout->separator);
	bool good = pass_preamble(&sheet, layout) && read_rows(&sheet, error);
	csv_cells_free(sheet.cells);
	sheet_clear(&first);
	return good;
}

bool csv_read(const ReadRequest *request, GPtrArray *items, GError **error)
{
	const char *foreign = find_foreign(request->bytes, request->length);
	if (foreign != NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, request->file, "%s is %s; save it as CSV and read that.", request->file,
			foreign);
	GString *text = csv_text_decode(request->bytes, request->length, request->charset);
	Layout layout = find_layout(text);
	bool good =
		layout.score == 0 ? refuse_sheet(request, text, error) : read_sheet(request, text, &layout, items, error);
	g_string_free(text, TRUE);
	return good;
}
