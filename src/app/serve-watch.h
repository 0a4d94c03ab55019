/* serve-watch.h - the mailbox is watched by a process of its own, while notes leave and reminders are given.
 *
 * For the files of this room only.  Waiting for a mail server's notice takes a connection and a process that does
 * nothing else; what it finds, it puts on record, where everybody sees it.
 */
#pragma once

#include "desk.h"

typedef struct ServeWatch {
	GPid process;       /* 0: none runs */
	char *settings;     /* of the mailbox that it watches */
	int64_t not_before; /* when one may be started again, */
	int64_t wait;       /* and the time waited for that; in microseconds of the monotonic clock */
	bool json;
} ServeWatch;

/* Starts it where a mailbox is set up and none runs, and anew where the settings are others; says when it ended. */
void serve_watch_tend(ServeWatch *watch, const App *app, Printer *printer);

/* Ends it: within a third of a second, if need be by force. */
void serve_watch_end(ServeWatch *watch);
