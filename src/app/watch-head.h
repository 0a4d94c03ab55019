/* watch-head.h - by its headers alone, whether a mail may concern an opportunity.
 *
 * For the files of this room only.  Knows nothing of who is known: that is asked.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* What is asked about a token of a header, without brackets, at most 319 bytes; addresses in lower case. */
typedef struct HeadQuestions {
	bool (*is_note)(const char *message_id, const void *data); /* of a note of ours */
	bool (*is_writer)(const char *address, const void *data);  /* of somebody on record, or of their company */
	bool (*is_own)(const char *address, const void *data);     /* its user's */
	const void *data;
} HeadQuestions;

/* Takes the headers of a mail, of any bytes. True for what answers or returns a note, is from a writer, or looks as if
 * a mail system sent it; never for what is from an own address. */
bool head_is_wanted(const char *head, size_t length, const HeadQuestions *questions);
