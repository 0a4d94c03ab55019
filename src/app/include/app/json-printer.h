/* json-printer.h - the printer for programs: a result as one JSON text.
 *
 * Saying verbs are silent; foreign text is escaped.  The text grows in memory until its door takes it, so that an op
 * that fails half way leaves nothing of it.
 */
#pragma once

#include <app/printer.h>
#include <base/json-out.h>

/* What a door does with results that are no part of the document; any may be NULL. */
typedef struct JsonPrinterHooks {
	/* A text that is a result by itself; NULL: it is added to the text as it is. */
	void (*document)(void *user, const char *text, size_t length);
	void (*progress)(void *user, const char *what, int64_t done, int64_t all);
	/* A whole document, with a line end; the next begins anew. NULL: documents stand one a line. */
	void (*flush)(void *user, const char *text, size_t length);
	void *user;
} JsonPrinterHooks;

typedef struct JsonPrinter {
	Printer port; /* what an op gets */
	JsonPrinterHooks hooks;
	GString *text; /* what was told so far */
	JsonOut out;
	bool is_document; /* a text that is a result by itself was told */
} JsonPrinter;

/* indented: a line a value. Where one begins another with the same text the first has to be cleared. */
JsonPrinter json_printer(bool indented, const JsonPrinterHooks *hooks);
void json_printer_clear(JsonPrinter *json);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(JsonPrinter, json_printer_clear)

/* True if what was told so far is complete. */
bool json_printer_is_whole(const JsonPrinter *json);
