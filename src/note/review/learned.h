/* learned.h - what examples have taught: how much a sentence is like those that press, plead or boast, or that wish for
 * the job and offer more.
 *
 * The examples stand in examples/ (the format: docs/adding-a-review-rule.md).  At build time examples-main.c weighs
 * their words, their pairs of words and their stems, each kind against all others, so that no word is a finding by
 * itself; here the weights of a sentence are added up.  The lists of words/ say what is certain, this what is likely.
 */
#pragma once

#include "scan.h"

/* Kind, name in the examples.  The first are tones and have the names of their rules, the others what a note may have
 * to hold. */
#define LEARNED_KINDS(X)                                                                                               \
	X(PUSHY, "pushy")                                                                                                  \
	X(DESPERATE, "desperate")                                                                                          \
	X(PRESUMPTUOUS, "presumptuous")                                                                                    \
	X(NEGATIVE, "negative")                                                                                            \
	X(FEEDBACK_PRESSURE, "feedback-pressure")                                                                          \
	X(INFORMAL, "informal")                                                                                            \
	X(STIFF, "stiff")                                                                                                  \
	X(OVERCLAIMING, "overclaiming")                                                                                    \
	X(INTEREST, "interest")                                                                                            \
	X(FIT, "fit")                                                                                                      \
	X(SKILLS, "skills")                                                                                                \
	X(NEW_DETAIL, "new-detail")                                                                                        \
	X(ASK_DECISION, "ask-decision")                                                                                    \
	X(OFFER_INFO, "offer-info")

#define LEARNED_ENUM(kind, name) LEARNED_##kind,
typedef enum { LEARNED_KINDS(LEARNED_ENUM) LEARNED_COUNT } LearnedKind;
#undef LEARNED_ENUM

enum {
	LEARNED_TONES = LEARNED_INTEREST, /* kinds below are tones */
	LEARNED_SCALE = 32,               /* of a weight as it is kept */
	LEARNED_UNKNOWN = INT16_MIN,      /* too little of the sentence is known */
};

/* What examples-main.c writes: by hash, ascending. */
typedef struct LearnedTable {
	const uint32_t *hashes;
	const int8_t (*weights)[LEARNED_COUNT];
	const int16_t *bias; /* of each kind, by LEARNED_SCALE */
	uint32_t count;
} LearnedTable;

extern const LearnedTable learned_table;

/* What of tokens [first, last) counts: each word, its stem, and each word with the one before; `token` is where.  The
 * same for the examples and for what is read. */
typedef void (*LearnedTake)(uint32_t hash, uint32_t token, void *data);
void learned_walk(const NoteText *text, uint32_t first, uint32_t last, LearnedTake take, void *data);

/* By the numbers; for sorting and finding hashes. */
int learned_compare_hashes(const void *a, const void *b);

typedef struct LearnedScores {
	int of[LEARNED_COUNT];
} LearnedScores;

/* How much tokens [first, last) are like the examples of each kind, in hundredths: at 0 they are like them as much as
 * like others, at 100 like most of them.  LEARNED_UNKNOWN where hardly five words are known. */
LearnedScores learned_read(const NoteText *text, uint32_t first, uint32_t last);

/* The word of the sentence that counts most for that kind, but for token `besides` and words of every sentence: its
 * token, or sentence->last where none counts. */
uint32_t learned_find_weighty(const NoteText *text, const Sentence *sentence, LearnedKind kind, uint32_t besides);
