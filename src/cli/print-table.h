/* print-table.h - rows of cells as a table that fits the terminal: what is too wide is wrapped within its column.
 */
#pragma once

#include <glib.h>

/* Cells of a row beyond these are not shown. */
#define TABLE_COLUMNS_MAX 8

/* Appends the rows (of char**, NULL-terminated, plain UTF-8 without line breaks) to text, two spaces in from the left,
 * at most `width` columns wide where that is possible at all. */
void table_format(const GPtrArray *rows, int width, GString *text);
