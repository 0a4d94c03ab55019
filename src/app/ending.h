/* ending.h - how an opportunity ended, if it did.
 *
 * For the files of this room only.
 */
#pragma once

#include <facts/facts.h>

/* The latest offer, rejection or withdrawal by `now` (a reply that says so counts) that no reopening came after;
 * borrowed, or NULL. Of two at one instant the one given later counts. */
const Event *facts_find_ending(const Facts *facts, int64_t now);

/* True where the ending is a rejection. */
bool facts_are_rejected(const Facts *facts, int64_t now);

/* "offer", "rejected", "withdrawn"; static. */
const char *ending_word(const Event *ending);
