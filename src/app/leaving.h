/* leaving.h - may a draft go by mail, and when would it leave, if it were approved now?
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

typedef struct Leaving {
	bool may;        /* the plan asks for it, now or at a time it knows */
	int64_t send_at; /* when it fits; with at_once now; of what is not opened yet when it opens */
	char *why;       /* one sentence where it may not go, or not yet; or NULL */
} Leaving;

/* Fills *ret_leaving; why is freed by leaving_clear. */
void leaving_find(App *app, const Case *item, int draft, bool at_once, Leaving *ret_leaving);
void leaving_clear(Leaving *leaving);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Leaving, leaving_clear)

/* The moment that a review of a draft is for: when it leaves, or would; now where it does not go by mail. */
int64_t leaving_review_at(App *app, const Case *item, int draft);
