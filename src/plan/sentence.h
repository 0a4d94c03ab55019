/* sentence.h - a playbook's sentences: "They said {decision-day}; the morning after is {opening-day}."
 *
 * Read once into pieces, so that writing one costs a few copies.  What a slot stands for in a plan is explain.c's.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
	SLOT_NONE, /* literal text */
	SLOT_PERSON,
	SLOT_ABOUT,
	SLOT_COMPANY,
	SLOT_INTERVIEW, /* "the panel interview of Tuesday 17 November" */
	SLOT_OPENING_DAY,
	SLOT_OPENING, /* with the time of day */
	SLOT_DUE,
	SLOT_START, /* the time of day at which the interview begins, or ends */
	SLOT_END,
	SLOT_DECISION_DAY,
	SLOT_FOLLOW_UP_DAY,
	SLOT_PROMISED_DAY, /* the one of the two that counts */
	SLOT_THANK_YOU_DAY,
	SLOT_FIRST_THANK_YOU_DAY,
	SLOT_LAST_ASK_DAY,
	SLOT_LAST_REPLY_DAY,
	SLOT_LAST_WORD_DAY,
	SLOT_INTERVAL,
	SLOT_LENGTH,
	SLOT_ANSWER_DAY,
	SLOT_CARD_DAY, /* when a card mailed now arrives */
	SLOT_COUNT
} Slot;

typedef struct Piece {
	uint8_t slot;        /* of Slot */
	uint16_t at, length; /* of SLOT_NONE: bytes of Sentence.text */
} Piece;

#define SENTENCE_PIECES_MAX 24

typedef struct Sentence {
	char *text; /* as it was written */
	int count;
	Piece pieces[SENTENCE_PIECES_MAX];
} Sentence;

/* Reads a sentence. INVALID where a slot is unknown or unclosed, or there are too many. Free with sentence_free. */
bool sentence_parse(const char *text, Sentence **ret_sentence, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sentence_free(Sentence *sentence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sentence, sentence_free)
