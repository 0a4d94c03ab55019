/* module.c - what mails are, as the table that the program loads it by.
 */
#include <mail/module.h>

const MailModule *followup_mail_module(void)
{
	static const MailModule module = {
		.version = MAIL_MODULE_VERSION,
		.compose = mail_compose,
		.server_check = smtp_server_check,
		.provider_find = mail_provider_find,
		.secret_load = mail_secret_load,
		.secret_store = mail_secret_store,
		.secret_free = mail_secret_free,
		.parse = mail_parse,
		.incoming_free = mail_incoming_free,
		.classify = mail_classify,
		.verdict_free = mail_verdict_free,
		.kind_word = mail_kind_word,
		.bounce_word = mail_bounce_word,
		.mailbox_open_maildir = mailbox_open_maildir,
		.mailbox_close = mailbox_close,
		.mailbox_read = mailbox_read,
		.mailbox_wait = mailbox_wait,
		.mailbox_find_sent = mailbox_find_sent,
	};
	return &module;
}
