/* mailbox.h - what stands behind the public header of that name: two kinds of mailbox, one table of functions.
 */
#pragma once

#include <mail/mailbox.h>

typedef struct MailboxKind {
	bool (*read)(
		Mailbox *mailbox, GBytes *mark, int64_t since, const MailboxVisit *visit, GBytes **ret_mark, GError **error);
	bool (*wait)(Mailbox *mailbox, int seconds, bool *ret_changed, GError **error);
	bool (*find_sent)(Mailbox *mailbox, const char *message_id, bool *ret_found, GError **error);
	void (*close)(Mailbox *mailbox);
} MailboxKind;

/* Each kind's struct begins with this. */
struct Mailbox {
	const MailboxKind *kind;
};
