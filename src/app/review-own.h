/* review-own.h - what a review knows of its user: rules switched off, words and lists of one's own, earlier notes, and
 * who and what belongs to other opportunities.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

#include <note/review-lists.h>
#include <note/review.h>

typedef struct ReviewOwn {
	ReviewLists *lists;          /* or NULL: those that are built in */
	GStrv words;                 /* or NULL */
	uint64_t off;                /* REVIEW_RULE_BIT of each rule that is switched off */
	GPtrArray *people, *earlier; /* of char*, NULL at the end; or NULL */
} ReviewOwn;

void review_own_clear(ReviewOwn *own);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ReviewOwn, review_own_clear)

/* The lists of the config folder's review/ (FILE.words). INVALID where a line of one is wrong. */
bool review_own_lists_load(const App *app, ReviewOwn *own, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All of it for a draft of a case; thorough: people and earlier notes too, which take a moment. */
bool review_own_load(App *app, const Case *item, int draft, bool thorough, ReviewOwn *own, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Makes a request know it; borrowed until own is cleared. */
void review_own_apply(const ReviewOwn *own, ReviewRequest *request);

/* Rules by name as bits; INVALID names the one there is not. */
bool review_own_rules_read(const GPtrArray *names, uint64_t *ret_bits, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Switches rules off or on again: for good, or (item not NULL) for one draft. The account is changed, not yet saved. */
void review_own_switch(App *app, const Case *item, int draft, uint64_t off, uint64_t on);

/* The rules that are switched off for one draft alone. */
uint64_t review_own_off(const App *app, const Case *item, int draft);

/* The names of rules, with spaces between. Free with g_free. */
char *review_own_rules_say(uint64_t bits);
