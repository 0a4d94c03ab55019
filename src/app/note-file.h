/* note-file.h - a note that is on record as a mail in a file, for another mail program.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

/* Tells a note's mail (RFC 5322) as a document: of one in the outbox as it goes or went; of a draft as it would go now,
 * with an id of its own. MISSING where there is no such note, INVALID where it goes another way or an address is not
 * known. */
bool note_file_tell(App *app, const Case *item, int64_t draft, Printer *printer, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
