/* print-table.c - the widths of columns, and rows of cells that may take several lines.
 *
 * A table that is too wide takes from its widest column first, as often as needed; nothing is cut off.
 */
#include "print-table.h"

#include "wrap.h"

#include <string.h>

enum { INDENT = 2, GAP = 2, NARROWEST = 8 };

typedef struct Layout {
	int count;
	int widths[TABLE_COLUMNS_MAX];
} Layout;

static void measure(const GPtrArray *rows, Layout *layout)
{
	for (guint r = 0; r < rows->len; r++) {
		char **cells = g_ptr_array_index(rows, r);
		int c = 0;
		for (; c < TABLE_COLUMNS_MAX && cells[c] != NULL; c++)
			layout->widths[c] = MAX(layout->widths[c], wrap_columns(cells[c], strlen(cells[c])));
		layout->count = MAX(layout->count, c);
	}
}

static int widest(const Layout *layout)
{
	int best = 0;
	for (int c = 1; c < layout->count; c++)
		if (layout->widths[c] >= layout->widths[best])
			best = c;
	return best;
}

/* Takes a column's width from the widest until all fit, or all are as narrow as can be read. */
static void squeeze(Layout *layout, int width)
{
	int total = INDENT - GAP;
	for (int c = 0; c < layout->count; c++)
		total += layout->widths[c] + GAP;
	for (; total > width; total--) {
		int c = widest(layout);
		if (layout->widths[c] <= NARROWEST)
			return;
		layout->widths[c]--;
	}
}

static void pad(GString *text, int columns)
{
	for (int i = 0; i < columns; i++)
		g_string_append_c(text, ' ');
}

/* One line of a row: as much of each cell as its column takes; the cells are moved on. True if any has more. */
static bool append_line(const char **cells, const Layout *layout, GString *text)
{
	bool more = false;
	int owed = INDENT; /* spaces that stand before the next text: none are left at the end of a line */
	for (int c = 0; c < layout->count && cells[c] != NULL; c++) {
		size_t length = strlen(cells[c]), fits = wrap_fit(cells[c], length, layout->widths[c], true);
		if (fits > 0)
			pad(text, owed);
		owed = (fits > 0 ? 0 : owed) + layout->widths[c] - wrap_columns(cells[c], fits) + GAP;
		g_string_append_len(text, cells[c], (gssize)fits);
		cells[c] += fits + strspn(cells[c] + fits, " ");
		more = more || *cells[c] != '\0';
	}
	g_string_append_c(text, '\n');
	return more;
}

void table_format(const GPtrArray *rows, int width, GString *text)
{
	Layout layout = {0};
	measure(rows, &layout);
	squeeze(&layout, width);
	for (guint r = 0; r < rows->len; r++) {
		char **row = g_ptr_array_index(rows, r);
		const char *cells[TABLE_COLUMNS_MAX + 1] = {NULL};
		for (int c = 0; c < layout.count && row[c] != NULL; c++)
			cells[c] = row[c];
		while (append_line(cells, &layout, text))
			continue;
	}
}
