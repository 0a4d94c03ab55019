/* paper.h - what goes on paper: the note it is made from, the file it becomes, and the paper a person has.
 *
 * For the files of this room only.
 */
#pragma once

#include "note-text.h"

#include <print/module.h>

/* The setting that holds the user's own postal address, on one line. */
#define PAPER_ADDRESS_SETTING "me.address"

/* The room that prints, loaded when first asked for. */
bool paper_load(App *app, const PrintModule **ret_print, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The newest note for the target that is still of use; else one is written as "followup draft" would, and kept: it is
 * in the change then. */
bool paper_note_find(App *app, Case *item, Change *change, const NoteTarget *target, int *ret_draft, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* CONFLICT where something is still to be filled in: [[…]]. */
bool paper_note_check(App *app, const Case *item, int draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the PDF says about itself. Strings are borrowed. */
PdfInfo paper_info(const App *app, const Case *item, const char *title);

/* True where letter paper is what a printer holds: in North America and a few places more. Told from the user's own
 * zone. */
bool paper_is_letter(const App *app);

/* Writes the PDF; "-" gives it to the printer. CONFLICT ("force") where a file of that name is there, unless replace.
 */
bool paper_write(const char *path, bool replace, const GString *pdf, Printer *printer, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* "card-globex-finn.pdf"; person may be NOBODY. Free with g_free. */
char *paper_file_name(const char *what, const Case *item, int person);
