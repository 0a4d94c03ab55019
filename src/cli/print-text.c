/* print-text.c - the printer for people: sentences wrapped at the terminal's width, coloured where it can be.
 *
 * Control characters of foreign texts never reach the terminal.  Colours only say what the words say already.  A
 * command line can be copied as it stands: where it is wrapped, the shell is told so.
 */
#include "print-table.h"
#include "print.h"
#include "wrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_USUAL = 80, WIDTH_LEAST = 20, WIDTH_MOST = 100 }; /* longer lines read badly */

typedef struct TextPrinter {
	Printer port;
	Terminal terminal;
	GString *text;
	GPtrArray *rows; /* of char**, a table that is not ended yet */
	bool begun, after_break;
	Progress progress;
} TextPrinter;

typedef struct StyleLook {
	const char *colour; /* SGR parameters */
	int first, rest;    /* indentation of the first line and of the others */
	const char *mark;
} StyleLook;

static const StyleLook looks[] = {
	[SAY_HEADING] = {"1", 0, 0, ""},   [SAY_SUBJECT] = {"1", 2, 4, ""}, [SAY_ITEM] = {"", 2, 4, "- "},
	[SAY_URGENT] = {"31", 2, 4, "! "}, [SAY_DETAIL] = {"2", 4, 4, ""},  [SAY_COMMAND] = {"36", 6, 10, ""},
	[SAY_TEXT] = {"", 0, 0, ""},       [SAY_GOOD] = {"32", 0, 0, ""},   [SAY_WARNING] = {"33", 0, 2, ""},
	[SAY_QUOTE] = {"", 4, 4, ""},      [SAY_BREAK] = {"", 0, 0, ""},
};

static TextPrinter *self(Printer *printer)
{
	return (TextPrinter *)printer;
}

static int find_width(bool is_terminal)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size = {0};
	int width = columns == NULL ? 0 : atoi(columns);
	if (width <= 0 && is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		width = size.ws_col;
	return width <= 0 ? WIDTH_USUAL : CLAMP(width, WIDTH_LEAST, WIDTH_MOST);
}

Terminal terminal_look(void)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	bool is_terminal = isatty(STDOUT_FILENO) == 1;
	bool is_dumb = term != NULL && strcmp(term, "dumb") == 0;
	return (Terminal){
		.colours = is_terminal && !is_dumb && (no_color == NULL || no_color[0] == '\0'),
		.live = isatty(STDERR_FILENO) == 1,
		.width = find_width(is_terminal),
	};
}

static void append_spaces(GString *text, int count)
{
	static const char spaces[] = "          ";
	g_string_append_len(text, spaces, MIN(count, (int)sizeof spaces - 1));
}

/* The words of one line, broken at the width; a word longer than a line stands alone. */
static void append_wrapped(TextPrinter *printer, const StyleLook *look, const char *line, size_t length)
{
	const char *end = line + length;
	int used = look->first + (int)strlen(look->mark);
	append_spaces(printer->text, look->first);
	g_string_append(printer->text, look->mark);
	for (;;) {
		size_t fits = wrap_fit(line, (size_t)(end - line), printer->terminal.width - used, false);
		g_string_append_len(printer->text, line, (gssize)fits);
		g_string_append_c(printer->text, '\n');
		line += fits;
		while (line < end && *line == ' ')
			line++;
		if (line >= end)
			return;
		append_spaces(printer->text, look->rest);
		used = look->rest;
	}
}

/* A command line is broken between its words only, with a backslash. */
static void append_command(TextPrinter *printer, const StyleLook *look, const char *line, size_t length)
{
	const char *end = line + length;
	int used = look->first;
	append_spaces(printer->text, look->first);
	for (bool first = true; line < end; first = false) {
		size_t bytes = wrap_shell_word(line, (size_t)(end - line));
		int columns = wrap_columns(line, bytes);
		int more = line + bytes < end ? 2 : 0; /* room for the backslash */
		if (!first && used + 1 + columns + more > printer->terminal.width) {
			g_string_append(printer->text, " \\\n");
			append_spaces(printer->text, look->rest);
			used = look->rest;
		} else if (!first) {
			g_string_append_c(printer->text, ' ');
			used++;
		}
		g_string_append_len(printer->text, line, (gssize)bytes);
		used += columns;
		line += bytes + strspn(line + bytes, " ");
	}
	g_string_append_c(printer->text, '\n');
}

static void append_line(TextPrinter *printer, SayStyle style, const char *line, size_t length)
{
	const StyleLook *look = &looks[style];
	bool coloured = printer->terminal.colours && look->colour[0] != '\0' && length > 0;
	g_autofree char *safe = wrap_find_safe(line, length);
	if (safe != NULL) {
		line = safe;
		length = strlen(safe);
	}
	if (coloured)
		g_string_append_printf(printer->text, "\033[%sm", look->colour);
	if (length == 0)
		g_string_append_c(printer->text, '\n');
	else if (style == SAY_COMMAND)
		append_command(printer, look, line, length);
	else
		append_wrapped(printer, look, line, length);
	if (coloured) {
		g_string_truncate(printer->text, printer->text->len - 1);
		g_string_append(printer->text, "\033[0m\n");
	}
}

static void end_table(TextPrinter *printer)
{
	if (printer->rows == NULL)
		return;
	table_format(printer->rows, printer->terminal.width, printer->text);
	g_clear_pointer(&printer->rows, g_ptr_array_unref);
}

static void put_say(Printer *port, SayStyle style, const char *text)
{
	TextPrinter *printer = self(port);
	end_table(printer);
	if (style == SAY_BREAK) {
		printer->after_break = printer->begun;
		return;
	}
	if (printer->after_break)
		g_string_append_c(printer->text, '\n');
	printer->after_break = false;
	printer->begun = true;
	size_t length = strlen(text);
	if (style == SAY_QUOTE && length > 0 && text[length - 1] == '\n')
		length--;
	for (const char *line = text, *end = text + length; line <= end;) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		const char *line_end = newline == NULL ? end : newline;
		append_line(printer, style, line, (size_t)(line_end - line));
		line = line_end + 1;
	}
}

static void put_row(Printer *port, const char *const *cells)
{
	TextPrinter *printer = self(port);
	if (printer->rows == NULL)
		printer->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	if (printer->after_break)
		g_string_append_c(printer->text, '\n');
	printer->after_break = false;
	printer->begun = true;
	char **safe = g_new0(char *, TABLE_COLUMNS_MAX + 1);
	for (int c = 0; c < TABLE_COLUMNS_MAX && cells[c] != NULL; c++)
		if ((safe[c] = wrap_find_safe(cells[c], strlen(cells[c]))) == NULL)
			safe[c] = g_strdup(cells[c]);
	g_ptr_array_add(printer->rows, safe);
}

static void put_labelled(Printer *port, const char *label, const char *value)
{
	if (label == NULL || value == NULL)
		return;
	g_autofree char *line = g_strdup_printf("%s: %s", label, value);
	put_say(port, SAY_TEXT, line);
}

static void put_string(Printer *port, const char *key, const char *label, const char *value)
{
	put_labelled(port, label, value);
}

static void put_integer(Printer *port, const char *key, const char *label, int64_t value)
{
	if (label == NULL)
		return;
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, value);
	put_labelled(port, label, text);
}

static void put_boolean(Printer *port, const char *key, bool value)
{
}

static void put_nest(Printer *port, const char *key)
{
}

static void put_nest_end(Printer *port)
{
}

static void put_flush(Printer *port)
{
	TextPrinter *printer = self(port);
	end_table(printer);
	fwrite(printer->text->str, 1, printer->text->len, stdout);
	g_string_truncate(printer->text, 0);
	fflush(stdout);
}

/* It may be one of many, and large. */
static void put_document(Printer *port, const char *text, size_t length)
{
	TextPrinter *printer = self(port);
	end_table(printer);
	fwrite(printer->text->str, 1, printer->text->len, stdout);
	g_string_truncate(printer->text, 0);
	fwrite(text, 1, length, stdout);
}

static void put_progress(Printer *port, const char *what, int64_t done, int64_t all)
{
	progress_show(&self(port)->progress, &self(port)->terminal, what, done, all);
}

static const PrinterVerbs text_verbs = {
	.object = put_nest,
	.object_end = put_nest_end,
	.list = put_nest,
	.list_end = put_nest_end,
	.string = put_string,
	.integer = put_integer,
	.boolean = put_boolean,
	.say = put_say,
	.row = put_row,
	.document = put_document,
	.progress = put_progress,
	.flush = put_flush,
};

Printer *print_text_new(const Terminal *terminal)
{
	TextPrinter *printer = g_new0(TextPrinter, 1);
	printer->port = (Printer){.verbs = &text_verbs, .for_people = true};
	printer->terminal = *terminal;
	printer->text = g_string_sized_new(8192);
	return &printer->port;
}

bool print_text_finish(Printer *port, bool keep)
{
	TextPrinter *printer = self(port);
	end_table(printer);
	progress_end(&printer->progress);
	bool written = !keep || fwrite(printer->text->str, 1, printer->text->len, stdout) == printer->text->len;
	g_string_free(printer->text, TRUE);
	g_free(printer);
	return fflush(stdout) == 0 && written && !ferror(stdout);
}
