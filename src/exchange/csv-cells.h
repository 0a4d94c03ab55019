/* csv-cells.h - a sheet's text as rows of cells (RFC 4180, and as sheets are really written).
 *
 * For the CSV reader only.  A row has at most CSV_CELLS_MAX cells of at most CSV_CELL_BYTES each; one that breaks these
 * bounds, or whose quote is never closed, is given with its fault, and reading goes on behind its first line.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum { CSV_CELLS_MAX = 1000, CSV_CELL_BYTES = 64 * 1024 };

typedef struct CsvCells {
	const char *text; /* UTF-8, borrowed */
	size_t length, at;
	char separator;
	int line;          /* of what is read next, from 1 */
	int unclosed;      /* quotes that were never closed, so far */
	GString *bytes;    /* the row's cells, each ended by a NUL */
	GArray *starts;    /* of size_t: where each begins */
	int row_line;      /* on which the row begins */
	const char *fault; /* of the row, the end of a sentence ("has …"), static; or NULL */
} CsvCells;

CsvCells *csv_cells_new(const char *text, size_t length, char separator);
void csv_cells_free(CsvCells *cells);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CsvCells, csv_cells_free)

/* Reads the next row; false at the end. Lines without any cell but empty ones are rows too. */
bool csv_cells_next(CsvCells *cells);

/* How many cells the row has. */
int csv_cells_count(const CsvCells *cells);

/* The cell, without space around it; "" where the row is too short. Borrowed until the next row. */
const char *csv_cells_get(const CsvCells *cells, int index);

/* True if no cell of the row holds anything. */
bool csv_cells_are_blank(const CsvCells *cells);
