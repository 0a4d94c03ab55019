/* paper.h - the sizes of cards, sheets and envelopes, in points of 1/72 inch, always with the longer side across.
 */
#pragma once

#include <stdbool.h>

#define POINTS_PER_INCH 72.0
#define POINTS_PER_MM (POINTS_PER_INCH / 25.4)

/* A6 and 4 by 6 inches are one card a page; A4 and Letter are four, to be cut. */
typedef enum { CARD_A6, CARD_4X6, CARD_A4, CARD_LETTER, CARD_SIZE_COUNT } CardSize;

/* The last two are the American ones for cards, 4⅜ by 5¾ and 4¾ by 6½ inches. */
typedef enum {
	ENVELOPE_C6,
	ENVELOPE_C5,
	ENVELOPE_DL,
	ENVELOPE_NO10,
	ENVELOPE_US_A2,
	ENVELOPE_US_A6,
	ENVELOPE_SIZE_COUNT
} EnvelopeSize;

typedef struct Paper {
	const char *name; /* "A6", "C6"; static */
	double width, height;
} Paper;

/* What comes out of the printer; and one card of it. */
Paper paper_of_card_page(CardSize size);
Paper paper_of_card(CardSize size);
Paper paper_of_envelope(EnvelopeSize size);

/* How many cards a page holds: 1 or 4. */
int paper_cards_a_page(CardSize size);

/* The smallest usual envelope for a card. */
EnvelopeSize paper_fitting_envelope(CardSize size);

/* True if the card goes in unfolded. */
bool paper_fits(CardSize card, EnvelopeSize envelope);
