/* watch-setup.c - the settings "inbox.…" as a mailbox.
 *
 * Where no secret of its own is set up for it, the one for sending is taken: most people have one account.
 */
#include "watch-setup.h"

#include <stdlib.h>

void inbox_setup_clear(InboxSetup *setup)
{
	g_clear_pointer(&setup->name, g_free);
}

bool inbox_is_set_up(const App *app)
{
	return desk_setting(app, "inbox.maildir") != NULL || desk_setting(app, "inbox.host") != NULL;
}

static MailSecretSource make_secret(const App *app)
{
	const char *command = desk_setting(app, "inbox.secret-command"), *file = desk_setting(app, "inbox.secret-file");
	bool own_keyring = desk_setting(app, "inbox.secret-keyring") != NULL;
	const char *sends_by = desk_setting(app, "mail.auth");
	bool sends_without = desk_setting(app, "mail.user") == NULL || g_strcmp0(sends_by, "none") == 0;
	bool own = command != NULL || file != NULL || own_keyring || sends_without;
	if (!own) {
		command = desk_setting(app, "mail.secret-command");
		file = desk_setting(app, "mail.secret-file");
	}
	return (MailSecretSource){
		.kind = command != NULL ? MAIL_SECRET_COMMAND
				: file != NULL  ? MAIL_SECRET_FILE
								: MAIL_SECRET_KEYRING,
		.command = command,
		.path = file,
		.host = desk_setting(app, own ? "inbox.host" : "mail.host"),
		.user = desk_setting(app, own ? "inbox.user" : "mail.user"),
		.stop_fd = app->stop_fd};
}

bool inbox_setup_load(const App *app, InboxSetup *ret_setup, GError **error)
{
	const char *port = desk_setting(app, "inbox.port");
	InboxSetup setup = {
		.maildir = desk_setting(app, "inbox.maildir"),
		.folder = desk_setting(app, "inbox.folder"),
		.server =
			{.host = desk_setting(app, "inbox.host"),
			 .port = port == NULL ? 993 : atoi(port),
			 .user = desk_setting(app, "inbox.user"),
			 .ca_file = desk_setting(app, "inbox.ca-file"),
			 .stop_fd = app->stop_fd},
		.secret = make_secret(app)};
	if (!inbox_is_set_up(app))
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "inbox",
			"No mailbox is set up to be read; do it with: followup config inbox --address ADDRESS, or --maildir "
			"FOLDER");
	(void)smtp_security_find(desk_setting(app, "inbox.security"), &setup.server.security);
	(void)smtp_auth_find(desk_setting(app, "inbox.auth"), &setup.server.auth);
	setup.name = setup.maildir != NULL
					 ? g_strconcat("maildir ", setup.maildir, NULL)
					 : g_strdup_printf(
						   "imap %s@%s:%d %s", setup.server.user == NULL ? "" : setup.server.user, setup.server.host,
						   setup.server.port, setup.folder == NULL ? "INBOX" : setup.folder);
	*ret_setup = setup;
	return true;
}

bool inbox_open(App *app, const InboxSetup *setup, Mailbox **ret_mailbox, GError **error)
{
	const MailModule *mail = NULL;
	const NetModule *net = NULL;
	char *secret = NULL;
	if (!desk_mail_load(app, &mail, error))
		return false;
	if (setup->maildir != NULL)
		return mail->mailbox_open_maildir(setup->maildir, ret_mailbox, error);
	if (!desk_net_load(app, &net, error))
		return false;
	if (setup->server.auth != SMTP_AUTH_NONE && !mail->secret_load(&setup->secret, &secret, error))
		return false;
	bool good = net->mailbox_open_imap(&setup->server, secret, setup->folder, ret_mailbox, error);
	mail->secret_free(secret);
	return good;
}
