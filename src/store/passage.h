/* passage.h - the index of what can be found, kept up to date by whoever writes a row.
 *
 * Within the writer's transaction, after its rows are written.  Only what differs from the index is written to it, so
 * that a save that changes no text costs next to nothing.
 */
#pragma once

#include "store-private.h"

#include <store/search.h>

/* What was written. */
typedef struct PassageScope {
	int64_t account;
	int64_t opportunity; /* of a mail 0 */
	FoundKind kind;      /* FOUND_COUNT: all of the opportunity */
	int64_t number;      /* of that kind */
	bool fresh;          /* none of it was there before */
} PassageScope;

/* Brings the index up to what the tables say of it. */
bool passages_update(Store *store, const PassageScope *scope, GError **error);

/* Takes all of an opportunity and the mails about it, or (id 0) all of the account, out of the index; before their rows
 * go. */
bool passages_delete(Store *store, int64_t account, int64_t id, GError **error);

/* Leaves nothing in the index of what was taken out of it before: takes as long as the index is large. */
bool passages_scrub(Store *store, GError **error);
