/* incoming.h - a request while it comes in: a head, then a body in pieces, which is bounded.
 *
 * A form is read field by field, whatever it was sent as; any other body is kept as it came.
 */
#pragma once

#include "job.h"
#include "request.h"

#include <microhttpd.h>

typedef struct Incoming {
	char *target; /* as it came, cut where it is longer than we take */
	bool begun;   /* its head was looked at */
	Job *job;     /* what its answer waits for; or NULL */
	GPtrArray *form;
	GString *body;
	struct MHD_PostProcessor *parts;
	size_t limit, taken;   /* bytes of the body */
	bool is_plain, is_bad; /* a form as one line of text; what cannot be read */
} Incoming;

Incoming *incoming_new(const char *target);
void incoming_free(Incoming *incoming);

/* The most that the request's body may have, in bytes: more where it brings files; little from somebody who is not
 * known. */
size_t incoming_limit(struct MHD_Connection *connection, bool known);

/* The head is good: from here on the body is taken. */
void incoming_begin(Incoming *incoming, struct MHD_Connection *connection, size_t limit);

/* One more piece of the body. */
void incoming_take(Incoming *incoming, const char *data, size_t size);

/* The body is whole: 0, or the status to refuse it with (too large; a form that is none, or of too many fields). */
unsigned incoming_end(Incoming *incoming);
