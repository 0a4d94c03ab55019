/* error.h - the one error domain of the program.
 *
 * Six codes, each acted on differently by the doors.  A message is one sentence that names the thing and
 * says what would be right; it ends without a newline.  An error may carry the place it was found at
 * ("facts.people[2].emial", "[D3] opens"), which the JSON form of an error shows as "where".
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define BASE_ERROR (base_error_quark())

typedef enum {
	BASE_ERROR_INVALID,   /* what came in is wrong: say what would be right (exit 2, HTTP 400) */
	BASE_ERROR_MISSING,   /* a thing that was named does not exist (exit 1, HTTP 404) */
	BASE_ERROR_CONFLICT,  /* it cannot be done in the present state (exit 1, HTTP 409) */
	BASE_ERROR_TEMPORARY, /* it may work later: a lock, a network, a full disk (exit 1, HTTP 503) */
	BASE_ERROR_UNCERTAIN, /* it may or may not have happened: never repeat it blindly (exit 1) */
	BASE_ERROR_INTERNAL,  /* our fault, or a damaged file (exit 1, HTTP 500) */
} BaseErrorCode;

GQuark base_error_quark(void);

/* Sets *error (where not NULL) with a code, the place or NULL, and a printf message. Returns false, so that a
 * function can end with `return base_error_set(...)`. */
bool base_error_set(GError **error, BaseErrorCode code, const char *where, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* The place an error of this domain was found at, borrowed; NULL where it has none or is of another domain. */
const char *base_error_get_where(const GError *error);

/* The stable word for a code: "invalid", "missing", "conflict", "temporary", "uncertain", "internal". */
const char *base_error_code_word(int code);
