/* change.h - what a save writes: the parts of a Record that are new or different.
 *
 * What was added to the Record since it was loaded is written by itself, and so is next_at; what was edited in place
 * must be named.  A Change borrows its Record until it is saved.  The revision the Record was loaded with must still be
 * the stored one: else another program saved in between, and the save is a CONFLICT that wrote nothing; reload, decide
 * again.
 */
#pragma once

#include <store/record.h>

typedef struct Change Change;

typedef enum {
	PART_OPPORTUNITY, /* company, position, pace, stage, requirements, zone, playbook, later; the index is ignored */
	PART_PERSON,      /* facts->people[index] */
	PART_INTERVIEW,   /* facts->interviews[index], whom it was with, and what they promised */
	PART_DEBRIEF,     /* facts->debriefs[index] with all it says */
	PART_EVENT,       /* facts->events[index] */
	PART_DRAFT,       /* drafts[index] */
	PART_OUTBOX,      /* outbox[index]: only a new one, which is written anyway */
	PART_COUNT
} Part;

/* A change of this record. A record with revision 0 is new and is stored whole; its id is given by the store, unless it
 * has one already (an import), which must then be free. Outbox rows can be added, never edited: see below. */
Change *change_new(Record *record);
void change_free(Change *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Change, change_free)

/* Names a part that was edited. Naming one that was added, or naming one twice, does no harm. */
void change_put(Change *change, Part part, int index);

/* Writes opportunity, people, interviews, debriefs, events and drafts anew, as the Record has them: for taking one of
 * them away, after which the others have other numbers. Outbox rows stay as they are, but for their draft's number. */
void change_put_all(Change *change);

/* Takes back a note that has not left: ready, retry, claimed or unknown. CONFLICT where it is on its way or gone. */
void change_cancel_outbox(Change *change, int index, const char *why);

/* Sends a waiting note (ready or retry) at another time. CONFLICT where it is no longer waiting. */
void change_move_outbox(Change *change, int index, int64_t send_at);
