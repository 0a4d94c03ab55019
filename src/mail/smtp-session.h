/* smtp-session.h - what stands behind a SmtpSession: a logged-in connection and what its server can do.
 *
 * For the files of this room only.
 */
#pragma once

#include "smtp-wire.h"

#include <mail/smtp.h>

struct SmtpSession {
	CURL *curl;
	SmtpWire wire;
	bool pipelining;       /* the server takes several commands at once (RFC 2920) */
	int timeout_ms;        /* for a reply */
	int finish_timeout_ms; /* for the reply to a whole message */
};
