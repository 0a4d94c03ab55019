/* card.h - cards and their envelopes as one PDF.
 *
 * The text of each card is set in a hand-like face as large as it fits, or left as ruled lines beside a model to copy
 * by hand.  The same request gives the same bytes on the same fonts; nothing in a text is evaluated.
 */
#pragma once

#include <glib.h>
#include <print/paper.h>
#include <stdbool.h>
#include <stdint.h>

/* What a PDF says about itself. */
typedef struct PdfInfo {
	const char *title;
	const char *author; /* or NULL */
	int64_t now;        /* the moment it says it was made */
	int offset;         /* seconds east of Greenwich then */
} PdfInfo;

typedef struct Card {
	const char *text;         /* paragraphs with an empty line between; the last one closes and signs */
	const char *name;         /* whom it is for */
	const char *organization; /* a line of the envelope, if the address does not have it already; or NULL */
	const char *address;      /* on one line (address.h); NULL: this card gets no envelope */
} Card;

typedef struct CardRequest {
	PdfInfo info;
	const Card *cards;
	guint count; /* 1 at least */
	CardSize size;
	bool ruled;                               /* lines to write on, and the text as a model */
	bool envelopes;                           /* one a card, after the cards */
	int envelope;                             /* EnvelopeSize, or -1: the one that fits */
	const char *sender_name, *sender_address; /* for the envelopes; or NULL */
} CardRequest;

typedef struct CardReport {
	int pages;
	int envelopes;    /* how many of the pages */
	int envelope;     /* the EnvelopeSize taken, or -1 */
	double type_size; /* of the smallest text, in points */
	int unknown;      /* characters for which no font here has a shape */
} CardReport;

/* CONFLICT where a text is too long for its card, or the card too large for its envelope; the sentence says which. The
 * caller owns *ret_pdf. */
bool card_print(const CardRequest *request, GString **ret_pdf, CardReport *ret_report, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
