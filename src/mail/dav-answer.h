/* dav-answer.h - what a CalDAV server answers to PROPFIND (RFC 4918, 9.1), out of its XML.
 */
#pragma once

#include <mail/dav.h>

typedef struct DavAnswer {
	bool is_calendar; /* a resourcetype in it holds "calendar" */
	GPtrArray *items; /* of DavItem: each response with an address that has a last part */
} DavAnswer;

/* NULL where it is no XML that a server would send: not well-formed, or with definitions of its own. */
DavAnswer *dav_answer_read(const char *bytes, size_t length);

void dav_answer_free(DavAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DavAnswer, dav_answer_free)
