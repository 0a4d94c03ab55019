/* classify-bounce.h - whether a mail is one of ours that came back, why, and to whom it had been.
 */
#pragma once

#include <mail/classify.h>

typedef struct BounceReading {
	MailBounce bounce; /* MAIL_BOUNCE_NONE: it is none */
	char *recipient;   /* in lower case, or NULL */
	char *returned_id; /* the Message-ID of what came back, or NULL */
	char *quote;       /* what the server said, or NULL */
	bool reported;     /* by the fields of RFC 3464, not by wording */
} BounceReading;

BounceReading bounce_read(const MailIncoming *mail);
void bounce_clear(BounceReading *reading);
