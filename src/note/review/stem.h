/* stem.h - the part of an English word that its forms share.
 *
 * Light on purpose: it undoes endings ("moving", "moves", "moved" and "move" are one), so that a list names a word
 * once.  What it returns is a key to compare, not a word to show.  ASCII lower case in; other bytes pass through.
 */
#pragma once

#include <stddef.h>

enum { STEM_BYTES = 48 }; /* longer words are cut: two that agree so far are one */

/* Writes the stem of a lower-case word (no NUL needed) and a NUL; returns its length. */
size_t stem_inflected(const char *word, size_t length, char stem[STEM_BYTES]);

/* As above, and undoes the commonest derivations too ("automation", "automate"; "deployment", "deploy"): for comparing
 * what two texts are about. */
size_t stem_root(const char *word, size_t length, char stem[STEM_BYTES]);
