/* distance.h - how many slips of the keyboard lie between two words.
 *
 * A slip is a character too many, too few, another one, or two swapped (optimal string alignment), counted in
 * characters, not bytes.  Case counts: compare lower case where it should not.
 */
#pragma once

#include <stddef.h>

/* The number of slips, or limit + 1 where there are more than limit (or a word is longer than 64 characters). */
int slips_between(const char *a, size_t a_length, const char *b, size_t b_length, int limit);

/* How many slips still make two words of that length one word misspelt: 0 to 3 characters none, up to 6 one, else two.
 */
int slips_allowed(size_t characters);
