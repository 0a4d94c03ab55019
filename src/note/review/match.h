/* match.h - where the patterns of the lists fit a note.
 *
 * A pattern never crosses a sentence.  Every pattern is tried only at words it may begin with; a gap takes as few words
 * as will do.  It finds; what a match means is the rules' business.
 */
#pragma once

#include "scan.h"

typedef struct Match {
	const ListPattern *pattern;
	uint32_t first, last;           /* tokens matched */
	uint32_t mark_first, mark_last; /* tokens pointed at: all, where the pattern marks none */
} Match;

/* Appends all matches in the note to `matches` (of Match), by place, and sets the senses of its sentences. */
void match_note(NoteText *text, GArray *matches);

/* The replacements a match offers, as the case of what stands there wants them: NULL-terminated, maybe empty; free with
 * g_strfreev. */
char **match_suggest(const NoteText *text, const Match *match);
