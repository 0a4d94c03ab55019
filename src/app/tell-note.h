/* tell-note.h - a draft with its review as data: what a page shows of a note that is being written.
 *
 * For the files of this room only.  Each fills the object that is open.
 */
#pragma once

#include "note-text.h"
#include "tell.h"

/* What every place says of a note: id, step, interview, to whom, channel, state, subject, body. */
void tell_note_head(const Case *item, int draft, Printer *printer);

/* Which note it is: id, step, interview, to whom, channel and address, state, subject, body, and the version, by which
 * a change says which text it was made from. */
void tell_note(const App *app, const Case *item, int draft, Printer *printer);

/* By when it is wanted and why, when it would leave or leaves, what it has to hold and whether it does, which rules are
 * switched off for it, how much of it stands in the notes to the others, how long it is. The review is of the draft as
 * it is. */
void tell_note_standing(App *app, const Case *item, int draft, const Review *review, Printer *printer);
