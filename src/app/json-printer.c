/* json-printer.c - data verbs into JSON text, by json-out.
 */
#include <app/json-printer.h>

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

/* It may be one of many, and large. */
static void put_document(Printer *printer, const char *text, size_t length)
{
	JsonPrinter *json = self(printer);
	if (json->hooks.document != NULL)
		json->hooks.document(json->hooks.user, text, length);
	else
		g_string_append_len(json->text, text, (gssize)length);
	json->is_document = true;
}

/* What was told so far is a document of its own, on one or more lines; the next begins anew. */
static void put_flush(Printer *printer)
{
	JsonPrinter *json = self(printer);
	if (json->text->len == 0 || json->out.depth > 0)
		return;
	g_string_append_c(json->text, '\n');
	if (json->hooks.flush != NULL) {
		json->hooks.flush(json->hooks.user, json->text->str, json->text->len);
		g_string_truncate(json->text, 0);
	}
	json->out = json_out(json->text, json->out.indented);
	json->is_document = true;
}

static void put_progress(Printer *printer, const char *what, int64_t done, int64_t all)
{
	JsonPrinter *json = self(printer);
	if (json->hooks.progress != NULL)
		json->hooks.progress(json->hooks.user, what, done, all);
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

JsonPrinter json_printer(bool indented, const JsonPrinterHooks *hooks)
{
	JsonPrinter json = {.port = {.verbs = &json_verbs, .for_programs = true}, .text = g_string_new(NULL)};
	if (hooks != NULL)
		json.hooks = *hooks;
	json.out = json_out(json.text, indented);
	return json;
}

void json_printer_clear(JsonPrinter *json)
{
	if (json->text != NULL)
		g_string_free(json->text, TRUE);
	json->text = NULL;
}

bool json_printer_is_whole(const JsonPrinter *json)
{
	return json->is_document || (json->text->len > 0 && json->out.depth == 0);
}
