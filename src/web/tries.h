/* tries.h - how often somebody may try the password: after a few wrong ones with a wait, that doubles.
 *
 * Counted for each address, and for all together, so that many addresses help nobody.  It knows no clock: moments are
 * given, in seconds of any clock that only goes forward.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef struct Tries Tries;

Tries *tries_new(void);
void tries_free(Tries *tries);

/* How many seconds that address has to wait before the next try; 0: none. An address of the newer protocol counts as
 * its network (/64), of which somebody has all. */
int64_t tries_wait(const Tries *tries, const char *address, int64_t now);

/* A wrong password. */
void tries_fail(Tries *tries, const char *address, int64_t now);

/* The right one: that address begins anew. */
void tries_succeed(Tries *tries, const char *address);
