/* print-table.c - the widths of columns, and rows of cells that may take several lines.
 *
 * A table that is too wide takes from its widest column first, as often as needed, but breaks no word; where that is
 * not enough, each row becomes a wrapped line.  Nothing is cut off.
 */
#include "print-table.h"

#include "wrap.h"

#include <string.h>

enum { INDENT = 2, GAP = 2, WORD_MOST = 16 };

typedef struct Layout {
	int count;
	int widths[TABLE_COLUMNS_MAX];
	int least[TABLE_COLUMNS_MAX]; /* the longest word of a column, or WORD_MOST */
} Layout;

static int longest_word(const char *text)
{
	int longest = 0;
	while (*text != '\0') {
		size_t length = strcspn(text, " ");
		longest = MAX(longest, wrap_columns(text, length));
		text += length + strspn(text + length, " ");
	}
	return MIN(longest, WORD_MOST);
}

static void measure(const GPtrArray *rows, Layout *layout)
{
	for (guint r = 0; r < rows->len; r++) {
		char **cells = g_ptr_array_index(rows, r);
		int c = 0;
		for (; c < TABLE_COLUMNS_MAX && cells[c] != NULL; c++) {
			layout->widths[c] = MAX(layout->widths[c], wrap_columns(cells[c], strlen(cells[c])));
			layout->least[c] = MAX(layout->least[c], longest_word(cells[c]));
		}
		layout->count = MAX(layout->count, c);
	}
}

/* The widest column that can give something; -1 where none can. */
static int find_widest(const Layout *layout)
{
	int best = -1;
	for (int c = 0; c < layout->count; c++)
		if (layout->widths[c] > layout->least[c] && (best < 0 || layout->widths[c] >= layout->widths[best]))
			best = c;
	return best;
}

/* Takes a column's width from the widest until all fit; false where they cannot. */
static bool squeeze(Layout *layout, int width)
{
	int total = INDENT - GAP;
	for (int c = 0; c < layout->count; c++)
		total += layout->widths[c] + GAP;
	for (; total > width; total--) {
		int c = find_widest(layout);
		if (c < 0)
			return false;
		layout->widths[c]--;
	}
	return true;
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

/* A row as one wrapped line. */
static void append_wrapped(char **cells, int width, GString *text)
{
	g_autoptr(GString) line = g_string_new(NULL);
	for (int c = 0; cells[c] != NULL; c++)
		g_string_append_printf(line, "%s%s", line->len == 0 || cells[c][0] == '\0' ? "" : "  ", cells[c]);
	int indent = INDENT;
	for (const char *rest = line->str; *rest != '\0'; indent = 2 * INDENT) {
		size_t fits = wrap_fit(rest, strlen(rest), width - indent, false);
		pad(text, indent);
		g_string_append_len(text, rest, (gssize)fits);
		g_string_append_c(text, '\n');
		rest += fits + strspn(rest + fits, " ");
	}
}

void table_format(const GPtrArray *rows, int width, GString *text)
{
	Layout layout = {0};
	measure(rows, &layout);
	bool fits = squeeze(&layout, width);
	for (guint r = 0; r < rows->len; r++) {
		char **row = g_ptr_array_index(rows, r);
		const char *cells[TABLE_COLUMNS_MAX + 1] = {NULL};
		for (int c = 0; c < layout.count && row[c] != NULL; c++)
			cells[c] = row[c];
		if (!fits)
			append_wrapped(row, width, text);
		while (fits && append_line(cells, &layout, text))
			continue;
	}
}
