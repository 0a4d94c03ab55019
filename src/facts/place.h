/* place.h - where in the facts something stands ("facts.people[2].email"), and refusing it there.
 *
 * A place is a chain of small structs on the stack of whoever walks the facts; its text is made only when there is
 * something to say.  Private to this room.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Place {
	const struct Place *up; /* NULL: the facts themselves */
	const char *key;        /* NULL: an entry of a list */
	int index;
} Place;

#define PLACE_FACTS ((Place){NULL, "facts", 0})

/* A place inside another; lives as long as the block it is written in. */
#define PLACE_KEY(above, name) (&(Place){(above), (name), 0})
#define PLACE_ENTRY(above, number) (&(Place){(above), NULL, (int)(number)})

/* "facts.people[2].email". Free with g_free. */
char *place_text(const Place *place);

/* Sets an INVALID error at a place: its text, a space, and the rest of the sentence. Returns false. */
bool place_refuse(const Place *place, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);
