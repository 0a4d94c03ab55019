/* call-sheet.h - what lies beside the telephone, on paper: whom to ask for, what to say, and what to note down.
 *
 * It sets what it is given, in the order given, on as many pages as it takes.
 */
#pragma once

#include <print/card.h>

/* How the lines of a part are set. */
typedef enum {
	SHEET_TEXT,   /* paragraphs */
	SHEET_SCRIPT, /* paragraphs to be said; one that ends in ":" and is a line by itself is a heading */
	SHEET_LIST,   /* points */
	SHEET_CHOICES /* boxes to tick; what follows a tab is a command, in small type */
} SheetStyle;

typedef struct SheetPart {
	const char *title; /* or NULL */
	SheetStyle style;
	const char *const *lines; /* NULL at the end */
} SheetPart;

typedef struct CallSheet {
	PdfInfo info;
	bool letter;         /* Letter, not A4 */
	const char *heading; /* "Call Huck Finn" */
	const char *subject; /* "Globex (Data analyst)" */
	const char *number;  /* as it is dialled; or NULL: a line to fill in */
	const SheetPart *parts;
	guint count;
} CallSheet;

enum { SHEET_PAGES_MAX = 20 };

/* CONFLICT where it would take more than SHEET_PAGES_MAX pages. The caller owns *ret_pdf. */
bool call_sheet_print(const CallSheet *sheet, GString **ret_pdf, int *ret_pages, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
