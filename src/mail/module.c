/* module.c - the table that the program loads the room by.
 */
#include <mail/module.h>

const MailModule *followup_mail_module(void)
{
	static const MailModule module = {
		.version = MAIL_MODULE_VERSION,
		.compose = mail_compose,
		.address_to_ascii = mail_address_to_ascii,
		.new_message_id = mail_new_message_id,
		.server_check = smtp_server_check,
		.provider_find = mail_provider_find,
		.secret_load = mail_secret_load,
		.secret_store = mail_secret_store,
		.secret_free = mail_secret_free,
		.smtp_open = smtp_open,
		.smtp_send = smtp_send,
		.smtp_quit = smtp_quit,
		.probe = mail_probe,
		.parse = mail_parse,
		.incoming_free = mail_incoming_free,
		.classify = mail_classify,
		.verdict_free = mail_verdict_free,
		.kind_word = mail_kind_word,
		.bounce_word = mail_bounce_word,
		.mailbox_open = mailbox_open,
		.mailbox_close = mailbox_close,
		.mailbox_read = mailbox_read,
		.mailbox_wait = mailbox_wait,
		.mailbox_find_sent = mailbox_find_sent,
		.dav_check = dav_check,
		.dav_open = dav_open,
		.dav_close = dav_close,
		.dav_list = dav_list,
		.dav_put = dav_put,
		.dav_remove = dav_remove,
	};
	return &module;
}
