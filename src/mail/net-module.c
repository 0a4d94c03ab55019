/* net-module.c - what servers are asked, as the table that the program loads it by.
 */
#include <mail/module.h>

const NetModule *followup_net_module(void)
{
	static const NetModule module = {
		.version = MAIL_MODULE_VERSION,
		.smtp_open = smtp_open,
		.smtp_send = smtp_send,
		.smtp_quit = smtp_quit,
		.probe = mail_probe,
		.mailbox_open_imap = mailbox_open_imap,
		.dav_check = dav_check,
		.dav_open = dav_open,
		.dav_close = dav_close,
		.dav_list = dav_list,
		.dav_put = dav_put,
		.dav_remove = dav_remove,
	};
	return &module;
}
