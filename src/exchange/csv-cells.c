/* csv-cells.c - rows and cells, in one walk over the text.
 */
#include "csv-cells.h"

#include <string.h>

enum { UNCLOSED_MAX = 100 }; /* after so many, quotes are taken as letters */

CsvCells *csv_cells_new(const char *text, size_t length, char separator)
{
	CsvCells *cells = g_new0(CsvCells, 1);
	cells->text = text;
	cells->length = length;
	cells->separator = separator;
	cells->line = 1;
	cells->bytes = g_string_new(NULL);
	cells->starts = g_array_new(FALSE, FALSE, sizeof(size_t));
	return cells;
}

void csv_cells_free(CsvCells *cells)
{
	if (cells == NULL)
		return;
	g_string_free(cells->bytes, TRUE);
	g_array_unref(cells->starts);
	g_free(cells);
}

static bool is_end(const CsvCells *cells)
{
	return cells->at >= cells->length;
}

static bool is_line_end(const CsvCells *cells)
{
	return is_end(cells) || cells->text[cells->at] == '\n' || cells->text[cells->at] == '\r';
}

/* Over CR, LF or both. */
static void pass_line_end(CsvCells *cells)
{
	if (!is_end(cells) && cells->text[cells->at] == '\r')
		cells->at++;
	if (!is_end(cells) && cells->text[cells->at] == '\n')
		cells->at++;
	cells->line++;
}

static void put(CsvCells *cells, size_t limit, const char *from, size_t length)
{
	if (cells->bytes->len + length > limit)
		cells->fault = "has a field of more than 64 KiB; a sheet's fields are shorter";
	else
		g_string_append_len(cells->bytes, from, (gssize)length);
}

/* Up to the separator or the end of the line, as it stands. */
static void read_plain(CsvCells *cells, size_t limit)
{
	size_t from = cells->at;
	while (!is_line_end(cells) && cells->text[cells->at] != cells->separator)
		cells->at++;
	put(cells, limit, cells->text + from, cells->at - from);
}

/* From behind the opening quote to behind the closing one; a doubled quote is one. */
static void read_quoted(CsvCells *cells, size_t limit)
{
	while (!is_end(cells) && cells->fault == NULL) {
		const char *from = cells->text + cells->at,
				   *quote = memchr(from, '"', MIN(cells->length - cells->at, CSV_CELL_BYTES + 1));
		size_t length = quote == NULL ? MIN(cells->length - cells->at, CSV_CELL_BYTES + 1) : (size_t)(quote - from);
		put(cells, limit, from, length);
		for (size_t i = 0; i < length; i++)
			cells->line += from[i] == '\n' || (from[i] == '\r' && (i + 1 == length || from[i + 1] != '\n'));
		cells->at += length;
		if (quote == NULL)
			continue;
		cells->at++;
		if (is_end(cells) || cells->text[cells->at] != '"')
			return;
		put(cells, limit, "\"", 1);
		cells->at++;
	}
	cells->unclosed++;
	cells->fault = "has a quote that is not closed; a quote in a field is written twice";
}

/* A quote opens a field, also after spaces. */
static bool opens_quote(CsvCells *cells)
{
	size_t at = cells->at;
	while (at < cells->length && cells->text[at] == ' ')
		at++;
	if (at >= cells->length || cells->text[at] != '"' || cells->unclosed >= UNCLOSED_MAX)
		return false;
	cells->at = at + 1;
	return true;
}

static void read_cell(CsvCells *cells)
{
	size_t start = cells->bytes->len, limit = start + CSV_CELL_BYTES;
	if (cells->starts->len < CSV_CELLS_MAX)
		g_array_append_val(cells->starts, start);
	else
		cells->fault = "has more than 1000 fields; a sheet has one for each column";
	if (opens_quote(cells))
		read_quoted(cells, limit);
	if (cells->fault == NULL)
		read_plain(cells, limit); /* what stands behind a closing quote belongs to the field too */
	g_string_append_c(cells->bytes, '\0');
}

static void strip_cells(CsvCells *cells)
{
	for (guint i = 0; i < cells->starts->len; i++)
		g_strstrip(cells->bytes->str + g_array_index(cells->starts, size_t, i));
}

/* To the line behind the one on which a row without sense began. */
static void pass_row(CsvCells *cells, size_t begin)
{
	cells->at = begin;
	cells->line = cells->row_line;
	while (!is_line_end(cells))
		cells->at++;
	pass_line_end(cells);
}

bool csv_cells_next(CsvCells *cells)
{
	size_t begin = cells->at;
	if (is_end(cells))
		return false;
	g_string_truncate(cells->bytes, 0);
	g_array_set_size(cells->starts, 0);
	cells->fault = NULL;
	cells->row_line = cells->line;
	for (;;) {
		read_cell(cells);
		if (cells->fault != NULL) {
			pass_row(cells, begin);
			break;
		}
		if (is_line_end(cells)) {
			pass_line_end(cells);
			break;
		}
		cells->at++;
	}
	strip_cells(cells);
	return true;
}

int csv_cells_count(const CsvCells *cells)
{
	return (int)cells->starts->len;
}

const char *csv_cells_get(const CsvCells *cells, int index)
{
	if (index < 0 || (guint)index >= cells->starts->len)
		return "";
	return cells->bytes->str + g_array_index(cells->starts, size_t, index);
}

bool csv_cells_are_blank(const CsvCells *cells)
{
	for (int i = 0; i < csv_cells_count(cells); i++)
		if (csv_cells_get(cells, i)[0] != '\0')
			return false;
	return true;
}
