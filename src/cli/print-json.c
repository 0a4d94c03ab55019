/* print-json.c - JSON on standard output: the app's printer for programs, written out when it is whole.
 */
#include "print.h"

#include <app/json-printer.h>
#include <stdio.h>

typedef struct JsonToStdout {
	JsonPrinter json;
	Terminal terminal;
	Progress progress;
} JsonToStdout;

static void write_document(void *user, const char *text, size_t length)
{
	fwrite(text, 1, length, stdout);
}

static void write_flushed(void *user, const char *text, size_t length)
{
	fwrite(text, 1, length, stdout);
	fflush(stdout);
}

static void show_progress(void *user, const char *what, int64_t done, int64_t all)
{
	JsonToStdout *printer = user;
	progress_show(&printer->progress, &printer->terminal, what, done, all);
}

Printer *print_json_new(const Terminal *terminal)
{
	JsonToStdout *printer = g_new0(JsonToStdout, 1);
	const JsonPrinterHooks hooks = {write_document, show_progress, write_flushed, printer};
	printer->json = json_printer(true, &hooks);
	printer->terminal = *terminal;
	return &printer->json.port;
}

bool print_json_is_whole(const Printer *printer)
{
	return json_printer_is_whole(&((const JsonToStdout *)printer)->json);
}

bool print_json_finish(Printer *port, bool keep)
{
	JsonToStdout *printer = (JsonToStdout *)port;
	GString *text = printer->json.text;
	progress_end(&printer->progress);
	if (text->len > 0)
		g_string_append_c(text, '\n');
	bool written = !keep || fwrite(text->str, 1, text->len, stdout) == text->len;
	json_printer_clear(&printer->json);
	g_free(printer);
	return fflush(stdout) == 0 && written && !ferror(stdout);
}
