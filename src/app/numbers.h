/* numbers.h - what one's own history says in numbers: who answers what, how employers keep their word, where interviews
 * lead.
 *
 * For the files of this room only.  Opportunities are added one after the other and nothing of them is kept: memory is
 * the same however many there are.  Counts are counts; nothing here guesses, and what is too recent to tell is left
 * out.
 */
#pragma once

#include <facts/facts.h>

enum {
	NUMBERS_ANSWER_DAYS = 30, /* what comes later answers nothing any more; and silence for so long is silence */
	NUMBERS_EARLY_DAYS = 7,   /* what is younger is too early to tell, answered or not */
	NUMBERS_PERCENT_MIN = 10, /* of fewer no percentage is said */
	NUMBERS_SPAN_MAX = 800,   /* hours, and days late, are counted one by one up to here */
};

/* Times, for a median. */
typedef struct Spans {
	int count;
	int of[NUMBERS_SPAN_MAX + 1]; /* how many of so many units; the last: or more */
} Spans;

/* Notes and calls of a kind. */
typedef struct Answers {
	int asked, answered;
	Spans hours; /* until the answer */
} Answers;

/* How soon after its interview a thank-you went. */
typedef enum { DELAY_DAY, DELAY_TWO_DAYS, DELAY_LATER, DELAY_COUNT } Delay;

/* What an interview led to; those of one day count as one. The first that fits. */
typedef enum {
	LED_TO_NEXT_ROUND, /* another interview, or word of one */
	LED_TO_OFFER,
	LED_TO_REJECTION,
	LED_TO_WITHDRAWAL,
	LED_TO_SILENCE, /* nothing heard for NUMBERS_ANSWER_DAYS */
	LED_TO_WAITING, /* not known yet */
	LED_TO_COUNT
} LedTo;

typedef struct Numbers {
	int opportunities;
	int early; /* notes and calls that are too early to tell; they are in none of these */
	Answers by_step[STEP_COUNT], by_channel[CHANNEL_COUNT], by_delay[DELAY_COUNT];
	int mails, bounced; /* e-mails that were sent, and how many of them came back */
	struct {
		int kept, late, never; /* word by the day they named, after it, or not at all though it is past */
		int open;              /* the day is not over yet, whatever was heard */
		Spans days;            /* late */
	} promises;
	int led_to[LED_TO_COUNT];
} Numbers;

/* Adds what happened at one opportunity by now.
 *
 * A note or call that reached its person counts; it is answered by a reply of that person, or of somebody who was not
 * written to, or by an offer or a rejection, within NUMBERS_ANSWER_DAYS.  A reply answers one, the last. */
void numbers_add(Numbers *numbers, const Facts *facts, int64_t now);

/* The middle one, the lower of two; -1 where there is none. */
int spans_median(const Spans *spans);

/* "2 of 5", "none yet"; "40 % (4 of 10)" from NUMBERS_PERCENT_MIN on. Free with g_free. */
char *numbers_say_share(int count, int of);

/* The same as a number, 0 to 100; -1 below NUMBERS_PERCENT_MIN. */
int numbers_percent(int count, int of);
