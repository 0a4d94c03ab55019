/* draft-clean.h - the marks of a jotted-down text put in order, before its words are read.
 *
 * Knows punctuation, capitals and length; no grammar.
 */
#pragma once

/* What a sentence can carry beside its own words. */
#define CLEAN_CHARACTERS 160

/* One line with one space between words, no quotes around it, no mark at its end but "?", "...", or a bracket; "->"
 * and " - " said in words or by a comma, "we; they" joined, shouting lowered, "i" as "I".  Of several sentences the
 * first is left, and of one with more than `most` characters what stands before a comma or "and"; where there is none,
 * it is cut behind a word at CLEAN_CHARACTERS.  Free with g_free. */
char *clean_text(const char *raw, int most);
