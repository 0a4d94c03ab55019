/* history.h - facts as the rules speak of them: rounds, contacts, promises in force, the ending.
 *
 * Private to the room.  Read anew for every plan into memory that is kept; nothing here decides what to do.  What is
 * later than now has not happened.
 */
#pragma once

#include "calendar.h"

#include <facts/facts.h>

/* A note that was sent or a call that reached somebody, and that did not bounce. */
typedef struct Contact {
	int64_t at;
	Day day;
	int kind; /* StepKind */
	int person;
	int channel;
	int result; /* CallResult, or WORD_NONE */
	int round;
	int next; /* the person's next contact, or -1 */
} Contact;

/* A person of a round, and the first of its interviews that was with them. */
typedef struct Met {
	int person;
	int interview;
	bool first_met; /* in no earlier round */
} Met;

/* Dates that the employer gave. */
typedef struct Dates {
	Day decision, follow_up; /* or DAY_NONE */
	bool counted;            /* no date was said: it was counted from what was */
} Dates;

/* How long the employer said it takes. */
typedef struct Length {
	int weeks; /* or 0 */
	Day said;
} Length;

typedef struct Round {
	int first, count;         /* of History.by_start */
	int met_first, met_count; /* of History.met */
	int anchor;               /* the interview that ends last */
	int primary;              /* the primary contact, or NOBODY */
	int64_t start, end;
	Day end_day;
	Dates dates;        /* in force */
	Length length;      /* in force */
	int64_t thanked;    /* the first thank-you, or TIME_NONE */
	int64_t last_reply; /* by one of its people: the waiting starts anew (E3); or TIME_NONE */
	int64_t last_heard; /* the last reply in it, by anybody; or TIME_NONE */
	int last_ask;       /* index of a contact, or -1 */
	int asks_made;      /* since the last postponement */
	bool postponed;
	bool unsaid; /* a debrief names something unsaid */
} Round;

typedef struct InterviewNote {
	Day day, end_day;
	int round;
	int64_t debriefed; /* or TIME_NONE */
	int64_t sounded;   /* or TIME_NONE */
} InterviewNote;

typedef struct PersonNote {
	int first_contact, last_contact; /* indexes, or -1 */
	int met_round;                   /* the last round they were in, or -1 */
	unsigned bounced;                /* bit (1 << Channel): the address on record is one that bounced */
	Day back_on;                     /* or DAY_NONE */
} PersonNote;

typedef enum { ENDING_NONE, ENDING_OFFER, ENDING_REJECTED, ENDING_WITHDRAWN } EndingKind;

typedef struct Ending {
	EndingKind kind;
	int64_t at;
	int person; /* who sent it, or NOBODY */
} Ending;

typedef struct History {
	const Facts *facts; /* borrowed */
	Calendar calendar;
	int64_t now;
	Day today;
	Ending ending;
	int64_t thanked_for_answer; /* since the last reopening; or TIME_NONE */
	int64_t kept_in_touch;      /* likewise */
	GArray *order;              /* of int: events up to now, in time */
	GArray *undone;             /* of guint8, beside facts->events: it bounced */
	GArray *by_start, *by_end;  /* of int: interviews */
	GArray *interviews;         /* of InterviewNote, beside facts->interviews */
	GArray *people;             /* of PersonNote, beside facts->people */
	GArray *rounds;             /* of Round */
	GArray *met;                /* of Met */
	GArray *contacts;           /* of Contact, in time */
} History;

History *history_new(void);
void history_free(History *history);

/* Reads facts up to an instant, into memory that is reused. */
void history_read(History *history, const Facts *facts, int64_t now);

static inline const Round *history_round(const History *history, int index)
{
	return &g_array_index(history->rounds, Round, index);
}
static inline const Contact *history_contact(const History *history, int index)
{
	return &g_array_index(history->contacts, Contact, index);
}
static inline const InterviewNote *history_interview(const History *history, int index)
{
	return &g_array_index(history->interviews, InterviewNote, index);
}
static inline const PersonNote *history_person(const History *history, int index)
{
	return &g_array_index(history->people, PersonNote, index);
}
static inline int history_by_start(const History *history, int place)
{
	return g_array_index(history->by_start, int, place);
}

/* The later of the two dates; DAY_NONE where there is neither. */
static inline Day dates_latest(const Dates *dates)
{
	return MAX(dates->decision, dates->follow_up);
}

/* When nobody may be asked before (E2): 09:00 on the next business day after the decision date, or on the business day
 * on or after the follow-up date, the later of the two. TIME_NONE where no dates are in force. */
int64_t round_promised_opening(const Round *round, const Calendar *calendar);

/* The day on which a length is over. */
static inline Day length_over(const Length *length)
{
	return length->said + 7 * length->weeks;
}
