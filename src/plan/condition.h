/* condition.h - "if decision-date and not follow-up-date": when a line of a playbook applies.
 *
 * A condition is words of a fixed list, joined by and, or, not ("and" binds closer).  Compiled, it is a few masks over
 * the bits of a Context, so that asking costs a few instructions.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What can be asked about a step's surroundings. The first four are InterviewKind, in its order. */
typedef enum {
	IF_PHONE_SCREEN,
	IF_VIDEO,
	IF_IN_PERSON,
	IF_PANEL,
	IF_FAST_PACE, /* the employer's pace */
	IF_EARLY,     /* the stage of the process */
	IF_NEAR_END,
	IF_DECISION_DATE, /* one is in force in the round */
	IF_FOLLOW_UP_DATE,
	IF_DATES,             /* either */
	IF_COUNTED_DATE,      /* nobody said the date: it was counted from what they said */
	IF_LENGTH,            /* they said how many weeks the process takes */
	IF_POSTAL_ADDRESS,    /* the person's is on record */
	IF_FIRST_MET,         /* the person was in no earlier round */
	IF_PRIMARY,           /* the person is the round's primary contact */
	IF_UNSAID,            /* a debrief of the round names something unsaid */
	IF_THANKED,           /* a thank-you of the round was sent; of a person's step: theirs */
	IF_THANK_YOU_BLOCKED, /* the person's thank-you is blocked */
	IF_CARD_GOES_ALONG,   /* the person's card is upcoming, due, overdue or done */
	IF_CARD_SENT,         /* it is done */
	IF_CARD_LATE,         /* a card mailed today comes after the decision (E13) */
	IF_CALL_BACK,         /* the last ask was a call, and its result this */
	IF_WILL_CONTACT,
	IF_ANSWERED,       /* a reply came after the last ask, or after the thank-you where none was made */
	IF_ANSWERED_LATER, /* and on a later day than that ask */
	IF_POSTPONED,      /* the ask is the first after a postponement */
	IF_COUNT
} If;

#define IF_BIT(word) (UINT32_C(1) << (word))

typedef struct Context {
	uint32_t flags; /* of IF_BIT */
	int weeks;      /* the length in force, or 0 */
} Context;

typedef struct Term {
	uint32_t all, none; /* which bits are set, which are not */
	int weeks;          /* a length of up to so many weeks; or 0 */
} Term;

#define CONDITION_TERMS_MAX 4

/* One of the terms holds; with none it always holds. */
typedef struct Condition {
	int count;
	Term terms[CONDITION_TERMS_MAX];
} Condition;

/* Reads "phone-screen or not fast-pace". INVALID where a word is unknown, and then the message lists the words. */
bool condition_parse(const char *text, Condition *ret_condition, GError **error) G_GNUC_WARN_UNUSED_RESULT;

static inline bool condition_holds(const Condition *condition, Context context)
{
	for (int i = 0; i < condition->count; i++) {
		const Term *term = &condition->terms[i];
		if ((context.flags & term->all) == term->all && !(context.flags & term->none) &&
			(term->weeks == 0 || (context.weeks > 0 && context.weeks <= term->weeks)))
			return true;
	}
	return condition->count == 0;
}

/* The spelling of a word in a playbook; static. */
const char *if_word(If word);
