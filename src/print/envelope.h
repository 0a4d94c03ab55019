/* envelope.h - the page that is an envelope: whom it is from, upper left, and whom it is for.
 *
 * Private to the room.
 */
#pragma once

#include "pdf.h"

/* Shows one page. The address of the card must be there. */
void envelope_show(Pdf *pdf, const CardRequest *request, const Card *card, EnvelopeSize size);
