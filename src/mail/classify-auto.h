/* classify-auto.h - whether a program answered, and when its owner is back.
 */
#pragma once

#include "classify-date.h"

#include <mail/parse.h>

typedef struct AutoReading {
	bool is_auto;
	Day back_on; /* or DAY_NONE */
	double confidence;
	char *quote; /* the sentence with the date, or NULL */
} AutoReading;

/* text: the mail's, taken apart. decided: it says yes or no, so that only a header makes it a program's. */
AutoReading auto_read(const MailIncoming *mail, const WordsText *text, const DateBase *base, bool decided);
