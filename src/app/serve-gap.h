/* serve-gap.h - time in which nobody was there to do anything: the computer slept, or the program did not run.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

/* Two clocks at one moment: the wall's, and one that stands still while the computer sleeps. */
typedef struct ServeClock {
	int64_t wall;   /* Unix seconds */
	int64_t steady; /* microseconds */
} ServeClock;

ServeClock serve_clock_read(const App *app);

/* How many seconds of the wall's clock passed between two looks that are `expected` apart at most, beyond what passed
 * in fact: the computer slept, was stopped, or its clock was set. 0 where that is little; less than 0 where it was set
 * back. */
int64_t serve_clock_gap(const ServeClock *before, const ServeClock *after, int64_t expected);

/* Says from when to when nothing could be done, and what was to leave or came due in that time. */
bool serve_tell_gap(App *app, int64_t from, int64_t until, Printer *printer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
