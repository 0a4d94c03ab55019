/* guard.h - what the HTTP library lets through and a careful server does not.
 *
 * Two Hosts, a length beside a transfer encoding, control bytes in headers or path, methods we have no use for, bodies
 * that are too large: each ends the request before anything is done (RFC 9110, RFC 9112 section 6.3).
 */
#pragma once

#include <microhttpd.h>
#include <stddef.h>

/* 0, or the status to refuse with. target is the request's as it came; limit the largest body in bytes. */
unsigned guard_check(struct MHD_Connection *connection, const char *method, const char *target, size_t limit);
