/* serve-calendar.h - the calendar on its server follows what is on record, while serve runs.
 *
 * For the files of this room only.  What was published is looked at anew when the database has changed, and now and
 * then, because time changes plans too; the server is asked only where its events would be others.
 */
#pragma once

#include "desk.h"

typedef struct ServeCalendar {
	char *settings;        /* of the calendar that it publishes to */
	char *seal;            /* of what was published last, or NULL */
	int fault;             /* the last try's, as its code and 1; 0: none. Told once, in whatever words it comes again */
	int64_t number;        /* of the database's changes when it was looked at last */
	int64_t look_again_at; /* whatever the number says */
	int64_t after, wait;   /* not before that; and how long was waited after a failure */
} ServeCalendar;

/* Publishes where a calendar is set up for it and something changed, and tells what became of it. What fails is told
 * once, and tried again a little later each time. */
void serve_calendar_tend(ServeCalendar *calendar, App *app, Printer *printer);

/* As at the beginning: everything is looked at anew. */
void serve_calendar_reset(ServeCalendar *calendar);
