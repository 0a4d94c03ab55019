/* reading.h - one review while it runs: what was asked, the note taken apart, what was found so far.
 *
 * The rules (rules.h) read all of it and add findings; nothing else is changed by them.
 */
#pragma once

#include "known.h"
#include "learned.h"
#include "match.h"

typedef struct Reading {
	const ReviewRequest *request;
	const ReviewLists *lists;
	NoteText text;
	Known known;
	GArray *matches;  /* of Match */
	GArray *findings; /* of Finding */
	GArray *alike;    /* of int, as Review has them */
	GArray *learned;  /* of LearnedScores, one for each sentence */
} Reading;

/* How much the sentence is like the examples of that kind (learned.h). */
static inline int reading_likeness(const Reading *reading, uint32_t sentence, LearnedKind kind)
{
	return g_array_index(reading->learned, LearnedScores, sentence).of[kind];
}

/* Adds a finding over bytes [start, end); the message is printf's, one sentence. Returns it for suggestions, borrowed
 * until the next one; NULL where the rule is switched off. */
Finding *reading_add(Reading *reading, ReviewRule rule, uint32_t start, uint32_t end, const char *format, ...)
	G_GNUC_PRINTF(5, 6);

/* As above over tokens [first, last). */
Finding *reading_add_tokens(Reading *reading, ReviewRule rule, uint32_t first, uint32_t last, const char *format, ...)
	G_GNUC_PRINTF(5, 6);

/* Both do nothing where finding is NULL. */
void finding_suggest(Finding *finding, const char *replacement);
void finding_set_level(Finding *finding, FindingLevel level);
void finding_clear(Finding *finding);

/* The text of tokens [first, last), at most 80 bytes of it; free with g_free. */
char *reading_quote(const Reading *reading, uint32_t first, uint32_t last);

/* True if any sentence of the note's own text has that sense. */
bool reading_has_sense(const Reading *reading, Sense sense);

/* True if the word is one of the language: in a list, or right for the speller; lower case is asked. False where nobody
 * can say. */
bool reading_is_word(const Reading *reading, const Token *token);

/* True for a word that belongs to this conversation and to no other: neither a name of the facts nor a word of any
 * note. */
bool text_is_own_word(const NoteText *text, const Token *token);

/* The rules of how a sentence strikes its reader. */
static inline bool rule_is_tone(int rule)
{
	return rule >= REVIEW_PUSHY && rule <= REVIEW_OVERCLAIMING;
}

/* True after a rejection, where asking why is asking too much (E7). */
static inline bool request_is_after_no(const ReviewRequest *request)
{
	return request->rejected || (request->must >> MUST_NO_FEEDBACK_REQUEST & 1);
}

/* The level a rule has by itself in this request. */
FindingLevel reading_level(const ReviewRequest *request, ReviewRule rule);
