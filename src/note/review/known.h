/* known.h - what the facts and the other records know, ready to be held against a note.
 *
 * Marks every word of a note with where the facts have it (a topic, a skill, the company), in any of its forms or in a
 * word that means about the same.  It decides nothing.
 */
#pragma once

#include "scan.h"

enum {
	KNOWN_EXACT = 1, /* this very form stands in the facts, or the user said it is right */
	KNOWN_ME = 2,
	KNOWN_PERSON = 4,
	KNOWN_COMPANY = 8,
	KNOWN_POSITION = 16,
	KNOWN_SKILL = 32,
	KNOWN_REQUIREMENT = 64,
	KNOWN_TOPIC = 128,       /* talked about with the reader, or with all */
	KNOWN_OTHER_TOPIC = 256, /* talked about with somebody else of the round */
	KNOWN_STRONG = 512,
	KNOWN_WEAK = 1024,
	KNOWN_UNSAID = 2048,
	KNOWN_FIT = 4096,
	KNOWN_SUBSTANCE =
		KNOWN_TOPIC | KNOWN_STRONG | KNOWN_WEAK | KNOWN_UNSAID | KNOWN_FIT | KNOWN_REQUIREMENT | KNOWN_SKILL,
};

enum { OWNER_ME = -2, OWNER_RECORD = -3 }; /* beside indexes into people: myself; somebody of another opportunity */

/* One word of somebody's name. */
typedef struct KnownName {
	int owner;
	bool given;   /* the first word of a name */
	bool surname; /* the last */
	WordId word;  /* its number in the lists, or 0 */
	char *lower;
	char *shown;
} KnownName;

typedef struct Known {
	const Facts *facts; /* or NULL */
	GHashTable *exact;  /* lower-case word, set */
	GHashTable *roots;  /* root → bits */
	GArray *groups;     /* of uint32_t: bits by group of kin */
	GArray *names;      /* of KnownName */
} Known;

void known_init(Known *known, const ReviewRequest *request, const ReviewLists *lists);
void known_clear(Known *known);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Known, known_clear)

/* Sets Token.known throughout the note. */
void known_mark(const Known *known, NoteText *text);

static inline const KnownName *known_name(const Known *known, guint index)
{
	return &g_array_index(known->names, KnownName, index);
}
