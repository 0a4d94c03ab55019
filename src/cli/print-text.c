/* print-text.c - the printer for people: sentences wrapped at the terminal's width, coloured where it can be.
 *
 * Control characters of foreign texts never reach the terminal.  Colours only say what the words say already.
 */
#include "print.h"

#include <base/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { COLUMNS_MAX = 8 };

typedef struct TextPrinter {
	Printer port;
	Terminal terminal;
	GString *text;
	GPtrArray *rows; /* of char**, a table that is not ended yet */
	bool after_break;
	bool progress_shown;
	int64_t progress_started; /* microseconds */
} TextPrinter;

typedef struct StyleLook {
	const char *colour; /* SGR parameters */
	int first, rest;    /* indentation of the first line and of the others */
	const char *mark;
} StyleLook;

static const StyleLook looks[] = {
	[SAY_HEADING] = {"1", 0, 0, ""}, [SAY_ITEM] = {"", 2, 4, "- "},      [SAY_URGENT] = {"31", 2, 4, "! "},
	[SAY_DETAIL] = {"2", 4, 4, ""},  [SAY_COMMAND] = {"36", 4, 8, "$ "}, [SAY_TEXT] = {"", 0, 0, ""},
	[SAY_GOOD] = {"32", 0, 0, ""},   [SAY_WARNING] = {"33", 0, 2, ""},   [SAY_QUOTE] = {"", 4, 4, ""},
	[SAY_BREAK] = {"", 0, 0, ""},
};

static TextPrinter *self(Printer *printer)
{
	return (TextPrinter *)printer;
}

Terminal terminal_look(void)
{
	Terminal terminal = {.width = 80};
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM"), *columns = getenv("COLUMNS");
	bool is_terminal = isatty(STDOUT_FILENO) == 1;
	terminal.colours =
		is_terminal && (no_color == NULL || no_color[0] == '\0') && (term == NULL || strcmp(term, "dumb") != 0);
	terminal.live = isatty(STDERR_FILENO) == 1;
	struct winsize size = {0};
	if (columns != NULL && atoi(columns) >= 40)
		terminal.width = atoi(columns);
	else if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
		terminal.width = size.ws_col;
	if (terminal.width > 100)
		terminal.width = 100; /* longer lines read badly */
	return terminal;
}

static bool is_ascii(const char *text, size_t length)
{
	unsigned char bits = 0;
	for (size_t i = 0; i < length; i++)
		bits |= (unsigned char)text[i];
	return bits < 0x80;
}

static int text_columns(const char *text, size_t length)
{
	int columns = 0;
	if (is_ascii(text, length))
		return (int)length;
	for (const char *p = text; p < text + length; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		columns += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
	}
	return columns;
}

static void begin_colour(TextPrinter *printer, const char *colour)
{
	if (printer->terminal.colours && colour[0] != '\0')
		g_string_append_printf(printer->text, "\033[%sm", colour);
}

static void end_colour(TextPrinter *printer, const char *colour)
{
	if (printer->terminal.colours && colour[0] != '\0')
		g_string_append(printer->text, "\033[0m");
}

static void append_spaces(GString *text, int count)
{
	for (int i = 0; i < count; i++)
		g_string_append_c(text, ' ');
}

/* The words of one line, broken at the width; a word longer than a line stands alone. */
static void append_wrapped(TextPrinter *printer, const StyleLook *look, const char *line, size_t length)
{
	const char *end = line + length;
	append_spaces(printer->text, look->first);
	g_string_append(printer->text, look->mark);
	int column = look->first + (int)strlen(look->mark);
	bool at_start = true;
	for (const char *word = line; word <= end;) {
		const char *space = memchr(word, ' ', (size_t)(end - word));
		size_t bytes = (size_t)((space == NULL ? end : space) - word);
		int columns = text_columns(word, bytes);
		if (!at_start && column + 1 + columns > printer->terminal.width) {
			g_string_append_c(printer->text, '\n');
			append_spaces(printer->text, look->rest);
			column = look->rest;
			at_start = true;
		}
		if (!at_start) {
			g_string_append_c(printer->text, ' ');
			column++;
		}
		g_string_append_len(printer->text, word, (gssize)bytes);
		column += columns;
		at_start = false;
		word += bytes + 1;
	}
	g_string_append_c(printer->text, '\n');
}

/* True if nothing in it could move the cursor or be no text. */
static bool is_safe(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c >= 0x80)
			return g_utf8_validate(text, (gssize)length, NULL) && !strchr(text, 0x7f) &&
				   text_find_fault(text, length, length, TEXT_BLOCK) == NULL;
		if (c == 0x7f || (c < 0x20 && c != '\n' && c != '\t'))
			return false;
	}
	return true;
}

static char *make_safe(const char *text)
{
	size_t length = strlen(text);
	return is_safe(text, length) ? g_strndup(text, length) : text_to_show(text, length * 8 + 8);
}

static void flush_table(TextPrinter *printer)
{
	if (printer->rows == NULL)
		return;
	int widths[COLUMNS_MAX] = {0};
	for (guint r = 0; r < printer->rows->len; r++) {
		char **cells = g_ptr_array_index(printer->rows, r);
		for (int c = 0; c < COLUMNS_MAX && cells[c] != NULL; c++)
			widths[c] = MAX(widths[c], text_columns(cells[c], strlen(cells[c])));
	}
	for (guint r = 0; r < printer->rows->len; r++) {
		char **cells = g_ptr_array_index(printer->rows, r);
		append_spaces(printer->text, 2);
		for (int c = 0; c < COLUMNS_MAX && cells[c] != NULL; c++) {
			g_string_append(printer->text, cells[c]);
			if (cells[c + 1] != NULL)
				append_spaces(printer->text, widths[c] - text_columns(cells[c], strlen(cells[c])) + 2);
		}
		while (printer->text->len > 0 && printer->text->str[printer->text->len - 1] == ' ')
			g_string_truncate(printer->text, printer->text->len - 1);
		g_string_append_c(printer->text, '\n');
	}
	g_clear_pointer(&printer->rows, g_ptr_array_unref);
}

static void put_break(TextPrinter *printer)
{
	if (!printer->after_break && printer->text->len > 0)
		g_string_append_c(printer->text, '\n');
	printer->after_break = true;
}

static void put_say(Printer *port, SayStyle style, const char *text)
{
	TextPrinter *printer = self(port);
	flush_table(printer);
	if (style == SAY_BREAK) {
		put_break(printer);
		return;
	}
	g_autofree char *shown = is_safe(text, strlen(text)) ? NULL : make_safe(text);
	const StyleLook *look = &looks[style];
	begin_colour(printer, look->colour);
	for (const char *line = shown == NULL ? text : shown; line != NULL;) {
		const char *end = strchr(line, '\n');
		size_t length = end == NULL ? strlen(line) : (size_t)(end - line);
		if (length == 0)
			g_string_append_c(printer->text, '\n');
		else
			append_wrapped(printer, look, line, length);
		line = end == NULL ? NULL : end + 1;
	}
	end_colour(printer, look->colour);
	printer->after_break = false;
}

static void put_row(Printer *port, const char *const *cells)
{
	TextPrinter *printer = self(port);
	if (printer->rows == NULL)
		printer->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	char **safe = g_new0(char *, COLUMNS_MAX + 1);
	for (int c = 0; c < COLUMNS_MAX && cells[c] != NULL; c++)
		safe[c] = make_safe(cells[c]);
	g_ptr_array_add(printer->rows, safe);
	printer->after_break = false;
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

static void put_document(Printer *port, const char *text, size_t length)
{
	TextPrinter *printer = self(port);
	flush_table(printer);
	if (printer->text->len > 0)
		fwrite(printer->text->str, 1, printer->text->len, stdout);
	g_string_truncate(printer->text, 0);
	fwrite(text, 1, length, stdout); /* it may be one of many, and large */
}

/* Drawn on standard error, only on a terminal, only for what takes over a second, five times a second at most. */
static void put_progress(Printer *port, const char *what, int64_t done, int64_t all)
{
	TextPrinter *printer = self(port);
	struct timespec spec;
	clock_gettime(CLOCK_MONOTONIC, &spec);
	int64_t now = (int64_t)spec.tv_sec * 1000000 + spec.tv_nsec / 1000;
	if (printer->progress_started == 0)
		printer->progress_started = now;
	if (!printer->terminal.live || now - printer->progress_started < (printer->progress_shown ? 200000 : 1000000))
		return;
	printer->progress_started = now;
	printer->progress_shown = true;
	fprintf(stderr, "\r%s: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " ", what, done, all);
	fflush(stderr);
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
};

Printer *print_text_new(const Terminal *terminal)
{
	TextPrinter *printer = g_new0(TextPrinter, 1);
	printer->port = (Printer){.verbs = &text_verbs, .for_people = true};
	printer->terminal = *terminal;
	printer->text = g_string_new(NULL);
	return &printer->port;
}

bool print_text_has_output(const Printer *printer)
{
	const TextPrinter *text = (const TextPrinter *)printer;
	return text->text->len > 0 || text->rows != NULL;
}

bool print_text_finish(Printer *port, bool keep)
{
	TextPrinter *printer = self(port);
	flush_table(printer);
	if (printer->progress_shown)
		fputs("\r\033[K", stderr);
	while (printer->after_break && g_str_has_suffix(printer->text->str, "\n\n"))
		g_string_truncate(printer->text, printer->text->len - 1);
	bool written = !keep || fwrite(printer->text->str, 1, printer->text->len, stdout) == printer->text->len;
	g_string_free(printer->text, TRUE);
	g_free(printer);
	return fflush(stdout) == 0 && written && !ferror(stdout);
}
