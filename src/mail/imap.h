/* imap.h - a mailbox over IMAP, on whatever the server is heard by.
 */
#pragma once

#include "stream.h"

#include <mail/mailbox.h>

enum { IMAP_LINE_BYTES = 1024 * 1024 }; /* a SEARCH may name 100,000 mails in one line */

/* What mailbox_open_imap does once it is logged in. Takes the stream, whatever comes of it. host is for errors. */
bool imap_open(Stream *stream, const char *host, const char *folder, Mailbox **ret_mailbox, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
