/* card-text.h - a card's words as blocks: paragraphs, then what closes and signs it; set as large as they fit.
 *
 * Private to the room.
 */
#pragma once

#include "pdf.h"

typedef struct CardBox {
	double x, y, width, height;
} CardBox;

/* A block as it is set: where it begins, how high it is. */
typedef struct CardBlock {
	PangoLayout *layout;
	double x, height;
} CardBlock;

typedef struct CardText {
	Pdf *pdf;          /* borrowed */
	GPtrArray *blocks; /* of char*, in order */
	guint closing;     /* the index of the block that closes, or blocks->len */
	PangoFontDescription *face;
	double size; /* that it is set in, after card_text_fit */
	GArray *set; /* of CardBlock, in that size */
	guint words;
	glong letters;
} CardText;

CardText *card_text_new(Pdf *pdf, const char *text);
void card_text_free(CardText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CardText, card_text_free)

/* Chooses the size; false where even the smallest is too large. */
bool card_text_fit(CardText *text, const CardBox *box);

/* Shows it in the present ink. */
void card_text_show(const CardText *text, const CardBox *box);

/* About how many words would fit. */
guint card_text_room(const CardBox *box);
