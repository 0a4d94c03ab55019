/* print.h - the two printers of the command line, and what they know of the terminal.
 */
#pragma once

#include <app/printer.h>
#include <stdbool.h>

/* What the standard output is like. */
typedef struct Terminal {
	bool colours; /* it is a terminal, and NO_COLOR is not set */
	bool live;    /* standard error is a terminal: progress may be drawn there */
	int width;    /* columns: of COLUMNS or the terminal, else 80; 20 to 100 */
} Terminal;

/* Asks the terminal and the environment (NO_COLOR, COLUMNS, TERM). */
Terminal terminal_look(void);

/* How far a long work is: drawn on standard error, only on a terminal, only for what takes over a second, five times a
 * second at most. Starts zeroed. */
typedef struct Progress {
	int64_t started; /* microseconds */
	bool shown;
} Progress;

void progress_show(Progress *progress, const Terminal *terminal, const char *what, int64_t done, int64_t all);
void progress_end(Progress *progress);

/* JSON for programs. finish writes what was told to standard output (keep) or drops it, frees the printer, and is false
 * where standard output could not take it. */
Printer *print_json_new(const Terminal *terminal);
bool print_json_finish(Printer *printer, bool keep);

/* True if the document that was told so far is complete. */
bool print_json_is_whole(const Printer *printer);

/* Sentences for people, wrapped and coloured as the terminal can. finish as above. */
Printer *print_text_new(const Terminal *terminal);
bool print_text_finish(Printer *printer, bool keep);
