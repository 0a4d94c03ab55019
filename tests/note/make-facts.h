/* make-facts.h - an opportunity with everything a draft can use, for tests to take away from.
 */
#pragma once

#include <facts/facts.h>
#include <note/draft.h>

#include "turns.h"

/* The people of the facts below, by index. */
enum { FINN, OKORO, LIN, MOSS };

/* Tuesday 17 November 2026, 10:00 to 11:00 in Phoenix. */
#define TUESDAY ((Day)20774)
#define ELEVEN ((int64_t)TUESDAY * DAY_SECONDS + 18 * 3600)
#define HOUR INT64_C(3600)

/* Mr. Finn (hiring manager), Ms. Okoro and Wei Lin interviewed Ana Reyes for the position of data analyst at Globex;
 * Ms. Moss is the recruiter. One interview "onsite" of that kind with the first `with` of them, one debrief an hour
 * later. Decision by Friday 27 November. */
Facts *make_facts(InterviewKind kind, int with);

/* A request for a note an hour after the debrief, everything else as DRAFT_REQUEST_INIT. */
DraftRequest make_request(const Facts *facts, StepKind step, int channel, int to);

/* What the playbooks ask of a step, taken together: bits. */
unsigned must_of(StepKind step);

/* Composes; the test fails where that fails. */
DraftNote *compose(const DraftRequest *request);

/* The gaps joined by "|". Free with g_free. */
char *join_gaps(const DraftNote *note);

/* Puts a copy of text in a place that owns its text. */
void set_text(char **place, const char *text);
