/* csv-row.h - one row of a sheet as items.
 *
 * For the CSV reader only.
 */
#pragma once

#include "csv-columns.h"
#include "csv-dates.h"

enum { CSV_DATES = 3 };
extern const Column csv_date_columns[CSV_DATES]; /* applied, interviewed, follow up */

typedef struct CsvSheet {
	const ReadRequest *request;
	CsvCells *cells; /* at a row */
	Headings *headings;
	DateOrder orders[CSV_DATES];
	GPtrArray *items; /* borrowed; NULL while only dates are looked at */
} CsvSheet;

/* Appends what the row that was just read holds: an application, with its interview where that has a time of day; a
 * person; an item with an error for a row that cannot be read; nothing for an empty one. */
void csv_row_read(CsvSheet *sheet);

/* Appends an item with an error if the row is a mark that an unfinished merge left behind; true then. */
bool csv_row_tell_mark(CsvSheet *sheet);
