/* column.h - where an opportunity stands, as one of a few columns that a board has; and what comes next there.
 *
 * For the files of this room only.  Read off the plan and how it ended; nothing is kept.
 */
#pragma once

#include "desk.h"

/* The first that fits, in this order: offer, closed, thank, ask, ahead, ask (to move on), waiting. */
typedef enum {
	COLUMN_AHEAD,   /* an interview is to come, or none is on record yet */
	COLUMN_THANK,   /* after an interview there is something to do that need not wait: to write it down, to thank */
	COLUMN_WAITING, /* nothing is to be done: they have the word */
	COLUMN_ASK,     /* to ask for news is due now; or all was asked, and it is time to move on */
	COLUMN_OFFER,   /* it ended with an offer */
	COLUMN_CLOSED,  /* it ended with a rejection or a withdrawal, whatever is still left to do */
	COLUMN_COUNT
} Column;

Column column_of(const Case *item);

/* "ahead", "thank", "waiting", "ask", "offer", "closed"; static. */
const char *column_word(Column column);

/* What is to be done first: of what can be done now and is not optional the first that is due; else what comes first;
 * else what is optional. NULL where nothing is left. Borrowed. */
const PlanStep *case_find_next_step(const Case *item);
