/* draft-substance.h - what the facts say that a note to one person can use.
 *
 * Finds the interview a note refers to, the person's place among those who were there, and the debrief's words that
 * concern that person first.  Decides nothing about what the note says.
 */
#pragma once

#include "draft-text.h"

#include <note/draft.h>

typedef struct Substance {
	const DraftRequest *request; /* borrowed */
	int to;                      /* the person, or NOBODY */
	int interview;               /* the one the note refers to, or NO_INTERVIEW */
	bool met;                    /* the person was in it */
	int place;                   /* the person's number in the round, from 0; round_size for others */
	int round_size;              /* people of the round */
	Day today;                   /* at the employer's */
	int second;                  /* of that day */
	Day held;                    /* day of the interview, or DAY_NONE */
	Promise promise;             /* the dates last said, length aside */
	bool promised_later;         /* … and not in an interview: a new date */
	bool thanked, card_sent;
	Fragment topic, topic2, strong, weak, unsaid, unsaid2, fit;
	char *skills; /* in words; or NULL */
	bool skills_match;
	char *requirements; /* in words; or NULL */
} Substance;

/* The people of the round that an interview belongs to, in the order in which its interviews start, each once. Free
 * with g_array_unref. */
GArray *round_list_people(const Facts *facts, int interview);

/* Somebody of a round, and the first interview of that round. */
typedef struct Guest {
	int person, interview;
} Guest;

/* The people of the rounds before that of an interview, in their order; once for each round. Free with
 * g_array_unref. */
GArray *round_list_guests_before(const Facts *facts, int interview);

/* The interview a request refers to, for whom it is to: see DraftRequest.interview; or NO_INTERVIEW. */
int find_interview(const DraftRequest *request);

/* Finds what there is for a note to `to`, which may differ from the request's person (the others of a panel). Clear
 * with substance_clear. */
void substance_find(const DraftRequest *request, int to, Substance *substance);
void substance_clear(Substance *substance);
