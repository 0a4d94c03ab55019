/* companion.h - "followup serve" beside the desk: what was approved on a page leaves, and answers come in, while the
 * desk is open.
 *
 * A process of its own, so that no mail server keeps a page waiting.  Where one runs already for this database, that
 * one does it.  When it ends, or cannot begin, its last word is known.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Companion {
	GPid process; /* 0: it does not run */
	int pid_fd;   /* readable once it has ended, or -1 */
	int told_fd;  /* what it says of failures, or -1 */
	GString *told;
	char *fault; /* why it does not run, a sentence or two; NULL while it does */
} Companion;

/* Starts it; where that does not work, its fault says why. now: the moment that is taken as the present, or NULL:
 * without a clock of its own there is nothing to serve, and none is started. */
void companion_start(Companion *companion, const char *db_path, const char *now);

/* Reads what it says, of which the end is kept, and sees whether it has ended: true once, when it has. */
bool companion_tend(Companion *companion);

/* Ends it, waits until it has, and frees what the struct holds. One that was never started is left alone. */
void companion_end(Companion *companion);
