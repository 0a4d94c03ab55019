/* printer.h - the one way a result leaves an op, whatever shape it is shown in.
 *
 * An op tells its result once, through these verbs; a door brings the printer: text for a terminal, JSON for programs,
 * HTML for the page.  Data verbs (object, list, string, …) carry keys that are stable and are shown by data shapes;
 * saying verbs (say, row) carry sentences for people and are shown by shapes for people.  A data verb with a label is
 * shown by both.  Texts are UTF-8 and may be foreign: escaping for the shape is the printer's business.
 */
#pragma once

#include <base/civil.h>
#include <base/zone.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* How a sentence is meant; a terminal turns it into indentation and colour. */
typedef enum {
	SAY_HEADING, /* starts a part */
	SAY_SUBJECT, /* what the entries below it are about */
	SAY_ITEM,    /* one entry of a list */
	SAY_URGENT,  /* an entry that is late */
	SAY_DETAIL,  /* belongs to the entry above: a reason, a date */
	SAY_COMMAND, /* a command line the person may type next */
	SAY_TEXT,    /* a plain paragraph */
	SAY_GOOD,    /* it worked */
	SAY_WARNING, /* something to look at */
	SAY_QUOTE,   /* lines shown as they are: the body of a note */
	SAY_BREAK,   /* an empty line between parts; no text */
} SayStyle;

typedef struct Printer Printer;

typedef struct PrinterVerbs {
	void (*object)(Printer *printer, const char *key); /* key NULL: the whole result, or an element of a list */
	void (*object_end)(Printer *printer);
	void (*list)(Printer *printer, const char *key);
	void (*list_end)(Printer *printer);
	void (*string)(Printer *printer, const char *key, const char *label, const char *value);
	void (*integer)(Printer *printer, const char *key, const char *label, int64_t value);
	void (*boolean)(Printer *printer, const char *key, bool value);
	void (*say)(Printer *printer, SayStyle style, const char *text);
	void (*row)(
		Printer *printer, const char *const *cells); /* a line of a table, NULL-terminated; ended by anything else */
	void (*document)(
		Printer *printer, const char *text, size_t length); /* a text that is a result by itself, byte for byte */
	void (*progress)(Printer *printer, const char *what, int64_t done, int64_t all);
	void (*flush)(Printer *printer);
	/* Optional: instants and days as what they are, for shapes that show them in words; else they come as strings. */
	void (*time)(Printer *printer, const char *key, const Zone *zone, int64_t at);
	void (*day)(Printer *printer, const char *key, Day day);
} PrinterVerbs;

/* A door's printer begins with this. */
struct Printer {
	const PrinterVerbs *verbs;
	bool for_people;   /* saying verbs are shown: an op may spare itself the sentences where not */
	bool for_programs; /* data verbs are shown: an op may spare itself the data where not */
};

/* key NULL inside a list. label NULL: data only. value NULL: null in data, nothing for people. */
void printer_object(Printer *printer, const char *key);
void printer_object_end(Printer *printer);
void printer_list(Printer *printer, const char *key);
void printer_list_end(Printer *printer);
void printer_string(Printer *printer, const char *key, const char *label, const char *value);
void printer_integer(Printer *printer, const char *key, const char *label, int64_t value);
void printer_boolean(Printer *printer, const char *key, bool value);

/* An instant with the zone's offset then, as ISO 8601; TIME_NONE is null. A day as YYYY-MM-DD; DAY_NONE is null. Data
 * only. */
void printer_time(Printer *printer, const char *key, const Zone *zone, int64_t at);
void printer_day(Printer *printer, const char *key, Day day);

/* A sentence for people, printf style. */
void printer_say(Printer *printer, SayStyle style, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* The same of a text as it is. */
void printer_say_text(Printer *printer, SayStyle style, const char *text);
void printer_break(Printer *printer);
void printer_row(Printer *printer, const char *const *cells);
void printer_document(Printer *printer, const char *text, size_t length);

/* An error as part of a result that says more: under the key "error", as the contract shows it. Data only. */
void printer_error(Printer *printer, const GError *error);

/* What was told so far is shown now, as a whole: for what goes on telling for hours. */
void printer_flush(Printer *printer);

/* How far a long work is, in things done of all; a printer decides whether and how often to show it. */
void printer_progress(Printer *printer, const char *what, int64_t done, int64_t all);
