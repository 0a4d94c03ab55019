/* problem.h - what a reader could not read, as items of their own: bounded in number, each with its line.
 *
 * For the files of this room only.
 */
#pragma once

#include <exchange/item.h>
#include <glib.h>
#include <stdbool.h>

enum { PROBLEMS_MAX = 100, PROBLEMS_TOO_MANY = 10000 };

typedef struct Problems {
	GPtrArray *waiting; /* of Item*, to be handed over behind the item they belong to */
	int count;          /* all so far; those over PROBLEMS_MAX are only counted */
	int last_line;
} Problems;

Problems *problems_new(void);
void problems_free(Problems *problems);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Problems, problems_free)

/* Notes a sentence about a line. */
void problems_add(Problems *problems, int line, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Whether so much could not be read that it is not worth going on. */
bool problems_are_too_many(const Problems *problems);

/* Moves what waits to the end of items. */
void problems_hand_over(Problems *problems, GPtrArray *items);

/* The same at the end of the file, with a sentence on those that were only counted, or on what was not read at all. */
void problems_end(Problems *problems, GPtrArray *items);
