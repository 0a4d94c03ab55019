/* draft-lead.h - beginnings of a jotted-down text that only announce what it says.
 *
 * "We talked about", "forgot to mention that", "great discussion on": what follows them is what a note can use.
 * English only.
 */
#pragma once

#include <stdbool.h>

typedef enum { LEAD_ANY, LEAD_UNSAID, LEAD_ANSWER, LEAD_COUNT } LeadKind;

/* Takes the longest beginning of a kind off a text, where something is left behind it.  Returns whether it ended with
 * "that", so that what is left is a sentence. */
bool lead_strip(char *text, LeadKind kind);

/* "improve the tests", "to improve the tests" as "improving the tests"; a copy of any other text.  Free with g_free. */
char *verb_to_doing(const char *text);
