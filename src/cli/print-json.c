/* print-json.c - the printer for programs: every result as one JSON document.
 *
 * Saying verbs are silent.  Text foreign to us is escaped by json-out.  It is written out when it is whole, so that
 * an op that fails half way leaves nothing of it.
 */
#include "print.h"

#include <base/json-out.h>
#include <stdio.h>
#include <string.h>

typedef struct JsonPrinter {
	Printer port;
	Terminal terminal;
	GString *text;
	JsonOut out;
	bool is_document;
	Progress progress;
} JsonPrinter;

static JsonPrinter *self(Printer *printer)
{
	return (JsonPrinter *)printer;
}

static void put_key(JsonPrinter *json, const char *key)
{
	if (key != NULL && json->out.depth > 0)
		json_out_key(&json->out, key);
}

static void put_object(Printer *printer, const char *key)
{
	put_key(self(printer), key);
	json_out_object(&self(printer)->out);
}

static void put_object_end(Printer *printer)
{
	json_out_object_end(&self(printer)->out);
}

static void put_list(Printer *printer, const char *key)
{
	put_key(self(printer), key);
	json_out_array(&self(printer)->out);
}

static void put_list_end(Printer *printer)
{
	json_out_array_end(&self(printer)->out);
}

static void put_string(Printer *printer, const char *key, const char *label, const char *value)
{
	put_key(self(printer), key);
	json_out_string(&self(printer)->out, value);
}

static void put_integer(Printer *printer, const char *key, const char *label, int64_t value)
{
	put_key(self(printer), key);
	json_out_int(&self(printer)->out, value);
}

static void put_boolean(Printer *printer, const char *key, bool value)
{
	put_key(self(printer), key);
	json_out_bool(&self(printer)->out, value);
}

static void put_say(Printer *printer, SayStyle style, const char *text)
{
}

static void put_row(Printer *printer, const char *const *cells)
{
}

static void put_document(Printer *printer, const char *text, size_t length)
{
	fwrite(text, 1, length, stdout); /* it may be one of many, and large */
	self(printer)->is_document = true;
}

/* What was told so far is a document of its own, on one or more lines; the next begins anew. */
static void put_flush(Printer *printer)
{
	JsonPrinter *json = self(printer);
	if (json->text->len == 0 || json->out.depth > 0)
		return;
	g_string_append_c(json->text, '\n');
	fwrite(json->text->str, 1, json->text->len, stdout);
	fflush(stdout);
	g_string_truncate(json->text, 0);
	json->out = json_out(json->text, true);
	json->is_document = true;
}

static void put_progress(Printer *printer, const char *what, int64_t done, int64_t all)
{
	progress_show(&self(printer)->progress, &self(printer)->terminal, what, done, all);
}

static const PrinterVerbs json_verbs = {
	.object = put_object,
	.object_end = put_object_end,
	.list = put_list,
	.list_end = put_list_end,
	.string = put_string,
	.integer = put_integer,
	.boolean = put_boolean,
	.say = put_say,
	.row = put_row,
	.document = put_document,
	.progress = put_progress,
	.flush = put_flush,
};

Printer *print_json_new(const Terminal *terminal)
{
	JsonPrinter *json = g_new0(JsonPrinter, 1);
	json->port = (Printer){.verbs = &json_verbs, .for_programs = true};
	json->terminal = *terminal;
	json->text = g_string_new(NULL);
	json->out = json_out(json->text, true);
	return &json->port;
}

bool print_json_is_whole(const Printer *printer)
{
	const JsonPrinter *json = (const JsonPrinter *)printer;
	return json->is_document || (json->text->len > 0 && json->out.depth == 0);
}

bool print_json_finish(Printer *printer, bool keep)
{
	JsonPrinter *json = self(printer);
	progress_end(&json->progress);
	if (json->text->len > 0)
		g_string_append_c(json->text, '\n');
	bool written = !keep || fwrite(json->text->str, 1, json->text->len, stdout) == json->text->len;
	g_string_free(json->text, TRUE);
	g_free(json);
	return fflush(stdout) == 0 && written && !ferror(stdout);
}
