/* called-off.h - an interview goes off the record, whoever says that it is off.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

bool interview_is_debriefed(const Facts *facts, int interview);

/* What happened in or after an interview: it has a debrief, or an event names it. */
bool interview_has_history(const Facts *facts, int interview);

/* CONFLICT where a note of the interview went, or may have: then it stays, and the sentence says what to do. */
bool interview_check_unsent(App *app, const Case *item, int interview, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes it off the record, and writes the record anew: its debrief and what was talked over of it go with it, notes for
 * it are discarded, those that wait are taken back. All else stays as it is; later interviews have other numbers. */
void interview_remove(Case *item, Change *change, int gone);
