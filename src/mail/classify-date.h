/* classify-date.h - dates as people write them in a mail, resolved against the mail's own day (rules: classify.h).
 *
 * Works on tokens of a sentence; knows no clock and no zone but the day it is given.
 */
#pragma once

#include "parse-words.h"

#include <facts/facts.h>

/* What dates are resolved against. */
typedef struct DateBase {
	Day today;          /* the mail's day on its writer's calendar */
	int offset;         /* that clock's offset, seconds east of Greenwich */
	const Facts *facts; /* its holidays are no business days; or NULL */
} DateBase;

typedef struct DateFind {
	Day day;
	uint32_t first, last; /* tokens, last not included */
} DateFind;

/* The date that begins at token `at`, of a sentence that ends before `end`; false where none does. */
bool date_read(const WordsText *text, uint32_t at, uint32_t end, const DateBase *base, DateFind *ret_find);

/* The latest date of a sentence that is not before today, from token `from` on; DAY_NONE. */
Day date_latest(const WordsText *text, const Sentence *sentence, uint32_t from, const DateBase *base);

/* The count-th business day after a day. */
Day date_business_after(const DateBase *base, Day day, int count);
