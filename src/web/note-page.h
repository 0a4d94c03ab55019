/* note-page.h - the notes of an opportunity as a page shows them: each with its review, and what is not written yet.
 *
 * Values come from the op "review"; here they get what a template cannot work out: places of findings as a browser
 * counts them, links, and what may be done.
 */
#pragma once

#include "desk.h"

/* Which notes; members are borrowed, NULL for any. */
typedef struct NoteFilter {
	const char *opportunity; /* "#7" */
	const char *step, *interview, *to;
	const char *draft; /* the number of one */
} NoteFilter;

/* All that fit, as {{#notes}}, {{#gone}} and {{#unwritten}}; the caller owns it. That a note has faults is no error. */
bool note_page_load(Visit *visit, const NoteFilter *filter, MustacheValue **ret_values, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The note of that number among them, or NULL; borrowed. */
MustacheValue *note_page_find(MustacheValue *values, const char *draft);

/* A text of a note ("subject", "to"), "" where it has none; borrowed. */
const char *note_value(const MustacheValue *note, const char *key);
