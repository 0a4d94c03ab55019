/* mailbox.c - the port: whichever kind of mailbox it is.
 */
#include "mailbox.h"

void mailbox_close(Mailbox *mailbox)
{
	if (mailbox != NULL)
		mailbox->kind->close(mailbox);
}

bool mailbox_read(
	Mailbox *mailbox, GBytes *mark, int64_t since, const MailboxVisit *visit, GBytes **ret_mark, GError **error)
{
	return mailbox->kind->read(mailbox, mark, since, visit, ret_mark, error);
}

bool mailbox_wait(Mailbox *mailbox, int seconds, bool *ret_changed, GError **error)
{
	return mailbox->kind->wait(mailbox, seconds, ret_changed, error);
}

bool mailbox_find_sent(Mailbox *mailbox, const char *message_id, bool *ret_found, GError **error)
{
	return mailbox->kind->find_sent(mailbox, message_id, ret_found, error);
}
