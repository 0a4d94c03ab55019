/* moment.h - "09:00 on the next business day after decision-date": when something opens, is due or closes.
 *
 * A moment is counted from an anchor, something that happened or was said.  Either elapsed time ("24 hours after
 * end"), or a wall-clock time on a day of the employer's calendar.  Compiled, it is a row of numbers.
 */
#pragma once

#include "calendar.h"

#include <glib.h>

/* What a moment can be counted from. Those from ANCHOR_DECISION_DATE on are days, the others instants. */
typedef enum {
	ANCHOR_START,           /* of the interview */
	ANCHOR_END,             /* of the interview */
	ANCHOR_ROUND_END,       /* the latest end of the round's interviews */
	ANCHOR_DEBRIEF,         /* the interview's debrief, once there is one */
	ANCHOR_THANK_YOU,       /* the person's in this round, once it was sent */
	ANCHOR_FIRST_THANK_YOU, /* of the round, once it was sent */
	ANCHOR_LAST_WORD,       /* the last ask, or else the first thank-you, or else the round's end; or a later reply */
	ANCHOR_LAST_ASK,
	ANCHOR_LAST_REPLY,
	ANCHOR_ANSWER,  /* the rejection */
	ANCHOR_OPENING, /* the step's own (for due and closes) */
	ANCHOR_DECISION_DATE,
	ANCHOR_FOLLOW_UP_DATE,
	ANCHOR_COUNT
} Anchor;

typedef struct Anchors {
	int64_t at[ANCHOR_COUNT]; /* instants, or Days; TIME_NONE where it has not happened */
} Anchors;

typedef struct Moment {
	Anchor anchor;
	bool on_a_day;   /* else elapsed time */
	int64_t seconds; /* elapsed since the anchor, or the second of the day */
	int days;        /* calendar days counted from the anchor's day first */
	bool interval;   /* and the playbook's interval */
	int business;    /* then: 0 that day, -1 the business day on or after, n the n-th after */
} Moment;

/* Reads a moment. INVALID with what would be right. */
bool moment_parse(const char *text, Moment *ret_moment, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The instant; TIME_NONE while its anchor has not happened. interval is in days. */
int64_t moment_get(const Moment *moment, const Anchors *anchors, const Calendar *calendar, int interval);

/* Reads "7 days", "2 weeks" (as days), and where ret_business is not NULL also "5 business days". INVALID otherwise. */
bool span_parse(const char *text, int *ret_days, bool *ret_business, GError **error) G_GNUC_WARN_UNUSED_RESULT;
