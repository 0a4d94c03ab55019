/* item.h - what every reader of the room yields: one interview, cancellation, person or opportunity found in a file.
 *
 * Plain data in the words of the facts, and nothing decided: what was guessed says so, what could not be read says why
 * and where.  Strings are owned by the item, valid UTF-8 without control characters (lines and tabs only where said),
 * and bounded; a missing one is NULL, never "".
 */
#pragma once

#include <base/civil.h>
#include <facts/words.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
	ITEM_UNKNOWN,      /* read, but nothing that followup keeps (a task, a free/busy list), or not read: see error */
	ITEM_INTERVIEW,    /* an event of a calendar, or a row that names one */
	ITEM_CANCELLATION, /* an event that was called off: withdraws the interview of the same uid */
	ITEM_PERSON,
	ITEM_OPPORTUNITY,
	ITEM_KIND_COUNT
} ItemKind;

/* What an invitation asks of its reader (RFC 5546). Only NONE to CANCEL say when something takes place; the time of the
 * others is a proposal, or that of an invitation which its sender answers. */
typedef enum {
	METHOD_NONE,
	METHOD_PUBLISH,
	METHOD_REQUEST,
	METHOD_ADD,
	METHOD_CANCEL,
	METHOD_REPLY,
	METHOD_COUNTER,
	METHOD_DECLINE_COUNTER,
	METHOD_REFRESH,
	METHOD_COUNT
} ItemMethod;

typedef enum {
	STATUS_NONE = -1,
	STATUS_SAVED,
	STATUS_APPLIED,
	STATUS_INTERVIEW,
	STATUS_OFFER,
	STATUS_REJECTED,
	STATUS_WITHDRAWN,
	STATUS_COUNT
} ItemStatus;

typedef struct ItemPerson {
	char *uid; /* of a card; else NULL */
	char *name;
	char *email;
	char *phone;
	char *address; /* lines, as on an envelope */
	char *linkedin;
	char *company;
	char *title;    /* what they are called at work: "Head of Data" */
	int role;       /* a guess, or WORD_NONE */
	bool organizer; /* sent the invitation */
	char *answer;   /* what they answered to it: "accepted", "declined", "tentative", "delegated"; else NULL */
} ItemPerson;

typedef struct Item {
	ItemKind kind;
	int line;    /* of the file, from 1, on which it begins; 0 where there are no lines */
	char *error; /* why it could not be read, one sentence; else NULL. The fields that could be read are filled. */

	/* ITEM_INTERVIEW, ITEM_CANCELLATION (ITEM_UNKNOWN may have some) */
	ItemMethod method;
	char *uid;     /* the same for every version of one event; NULL where the file gives none */
	int sequence;  /* of two versions the higher counts; -1 where none is given */
	int64_t stamp; /* when this version was written (DTSTAMP), which decides between equal sequences; or TIME_NONE */
	int64_t recurrence; /* which of a series' instances this replaces, by its original start; or TIME_NONE */
	char *summary;      /* one line */
	char *description;  /* lines; the beginning of it */
	int64_t start, end; /* TIME_NONE where there is none; end is not before start, and start where no end is given */
	char *zone;      /* IANA name in which start and end are meant; of UTC, floating and all-day times the reference */
	bool all_day;    /* start is 00:00 of the first day in zone, end 00:00 of the day after the last */
	bool floating;   /* no zone was given: the reference zone was taken */
	char *zone_said; /* the zone's name as the file has it, where it is not the one above; else NULL */
	char *rule;      /* the repeat rule of a series as the file has it (RFC 5545 RRULE); else NULL */
	GArray *next;    /* of int64_t: the series' next starts, after `now`, at most ITEM_NEXT_MAX; never NULL */
	char *place;     /* one line */
	char *video;     /* link of the meeting */
	int interview_kind; /* InterviewKind, a guess; or WORD_NONE */
	GPtrArray
		*people; /* of ItemPerson*: who takes part, the user left out; a person's card has exactly one. Never NULL */

	/* ITEM_INTERVIEW and ITEM_OPPORTUNITY */
	char *company;
	bool company_guessed; /* from the domain of an address: to be asked about */

	/* ITEM_OPPORTUNITY */
	char *position;
	int status;                          /* ItemStatus */
	char *status_said;                   /* the status as the file has it; else NULL */
	Day applied, interviewed, follow_up; /* or DAY_NONE */
	bool dates_open; /* nothing in the file tells day-first from month-first: the dates above are one reading */
	char *url;
	char *notes; /* lines */
} Item;

enum { ITEM_NEXT_MAX = 8 };

/* An empty item of a kind that begins on a line. Release with item_free. */
Item *item_new(ItemKind kind, int line);
void item_free(Item *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Item, item_free)

/* Appends an empty person with role WORD_NONE and returns it, borrowed. */
ItemPerson *item_add_person(Item *item);
ItemPerson *item_person_new(void);
void item_person_free(ItemPerson *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ItemPerson, item_person_free)
