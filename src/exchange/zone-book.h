/* zone-book.h - the time zones of one file: what its names stand for, and what it defines itself.
 *
 * For the files of this room only.  A name and a wall-clock time become an instant and the name of an IANA zone that
 * shows the same time.
 */
#pragma once

#include "zone-definition.h"

#include <base/zone.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct ZoneBook ZoneBook;

/* A book in which times without a zone are read in the reference zone (which must outlive it). */
ZoneBook *zone_book_new(const Zone *reference);
void zone_book_free(ZoneBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZoneBook, zone_book_free)

/* What is left to be spent on repeat rules in this file; see recur.h. */
int64_t *zone_book_get_budget(ZoneBook *book);

/* Takes a definition under a name. location is the IANA name that some programs write beside it, or NULL. */
void zone_book_take_definition(ZoneBook *book, const char *name, const char *location, ZoneDefinition *definition);

/* Forgets the definitions: a file's next calendar has its own. */
void zone_book_forget_definitions(ZoneBook *book);

typedef struct ZonedTime {
	int64_t at;
	const char *zone; /* IANA name; borrowed from the book */
	bool unknown;     /* nobody knows the name: the reference zone was taken */
} ZonedTime;

/* The instant of a wall-clock time in the zone of that name (NULL: the reference). Where the file defines the zone
 * itself, its definition decides if the name is not known, or if the offset that the known zone gives is none that the
 * definition has around that time. */
ZonedTime zone_book_resolve(ZoneBook *book, const char *name, LocalTime local);

/* The wall-clock time of an instant in the reference zone. */
LocalTime zone_book_to_local(const ZoneBook *book, int64_t at);
