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
	};
	return &module;
}
