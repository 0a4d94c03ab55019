/* watch-setup.h - which mailbox is read, as it is set up.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

/* Strings are borrowed from the app's account; name is its own. */
typedef struct InboxSetup {
	const char *maildir; /* or NULL: over IMAP */
	SmtpServer server;
	const char *folder; /* or NULL */
	MailSecretSource secret;
	char *name; /* that the mailbox is known by in the store */
} InboxSetup;

void inbox_setup_clear(InboxSetup *setup);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(InboxSetup, inbox_setup_clear)

bool inbox_is_set_up(const App *app);

/* CONFLICT where no mailbox is set up. */
bool inbox_setup_load(const App *app, InboxSetup *ret_setup, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Opens it, with the secret from where it is to be had. Errors as mailbox_open_maildir, mailbox_open_imap,
 * mail_secret_load. */
bool inbox_open(App *app, const InboxSetup *setup, Mailbox **ret_mailbox, GError **error) G_GNUC_WARN_UNUSED_RESULT;
