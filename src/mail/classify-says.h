/* classify-says.h - what the new text of a mail says of a decision, and by when there will be one.
 */
#pragma once

#include "classify-date.h"

typedef struct SaysReading {
	int says;        /* Says */
	Day decision_by; /* or DAY_NONE */
	double confidence;
	char *quote; /* the sentence it was read from; NULL where nothing decided */
} SaysReading;

/* Reads an employer's text. Free the quote with g_free. */
SaysReading says_read(const WordsText *text, const DateBase *base);
