/* draft-shape.h - what a message may measure on its channel, and the tidying of what a template left.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The limits of a message; 0 is none. */
typedef struct Shape {
	int least_words, most_words;
	int most_characters; /* as LinkedIn counts: UTF-16 units, the final line end included */
} Shape;

/* A card has 40 to 70 words; on LinkedIn at most linkedin_characters; elsewhere there is no limit. */
Shape shape_of(int channel, int linkedin_characters);

/* By how much a text misses its shape: 0 where it fits. Characters count as much as words. */
int shape_miss(const Shape *shape, const char *text);

/* The text, cut behind a word where it has more than most_characters. Free with g_free. */
char *shape_cut(const Shape *shape, const char *text);

/* Single spaces, none at either end of a line, one blank line at most between paragraphs, none at the ends, one full
 * stop where two met ("Globex Inc.."), and a line end after the last line. Free with g_free. */
char *tidy(const char *text);
