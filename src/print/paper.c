/* paper.c - sizes as the standards give them: ISO 216 and 269 in millimetres, the American ones in inches.
 */
#include <print/paper.h>

#define MM(width, height) (width) * POINTS_PER_MM, (height)*POINTS_PER_MM
#define INCHES(width, height) (width) * POINTS_PER_INCH, (height)*POINTS_PER_INCH

Paper paper_of_card_page(CardSize size)
{
	static const Paper papers[CARD_SIZE_COUNT] = {
		[CARD_A6] = {"A6", MM(148, 105)},
		[CARD_4X6] = {"4 by 6 inches", INCHES(6, 4)},
		[CARD_A4] = {"A4", MM(297, 210)},
		[CARD_LETTER] = {"Letter", INCHES(11, 8.5)},
	};
	return papers[size];
}

int paper_cards_a_page(CardSize size)
{
	return size == CARD_A4 || size == CARD_LETTER ? 4 : 1;
}

Paper paper_of_card(CardSize size)
{
	Paper paper = paper_of_card_page(size);
	if (paper_cards_a_page(size) == 1)
		return paper;
	return (Paper){size == CARD_A4 ? "a quarter of A4" : "a quarter of Letter", paper.width / 2, paper.height / 2};
}

Paper paper_of_envelope(EnvelopeSize size)
{
	static const Paper papers[ENVELOPE_SIZE_COUNT] = {
		[ENVELOPE_C6] = {"C6", MM(162, 114)},
		[ENVELOPE_C5] = {"C5", MM(229, 162)},
		[ENVELOPE_DL] = {"DL", MM(220, 110)},
		[ENVELOPE_NO10] = {"No. 10", INCHES(9.5, 4.125)},
		[ENVELOPE_US_A2] = {"A2 (4 3/8 by 5 3/4 inches)", INCHES(5.75, 4.375)},
		[ENVELOPE_US_A6] = {"A6 (4 3/4 by 6 1/2 inches)", INCHES(6.5, 4.75)},
	};
	return papers[size];
}

EnvelopeSize paper_fitting_envelope(CardSize size)
{
	static const EnvelopeSize fitting[CARD_SIZE_COUNT] = {
		[CARD_A6] = ENVELOPE_C6,
		[CARD_4X6] = ENVELOPE_US_A6,
		[CARD_A4] = ENVELOPE_C6,
		[CARD_LETTER] = ENVELOPE_US_A2,
	};
	return fitting[size];
}

bool paper_fits(CardSize card, EnvelopeSize envelope)
{
	Paper inside = paper_of_card(card), outside = paper_of_envelope(envelope);
	return inside.width <= outside.width && inside.height <= outside.height;
}
