/* module.h - the room's two doors when it is loaded at run time.
 *
 * GMime and libcurl take longer to load than most commands take to run, and libcurl five times as long as GMime.  So
 * the room is two shared modules that main opens when a command first needs them, and never closes again: one for
 * mails as such (followup-mail.so), one for servers (followup-net.so).  Each exports one symbol; everything is called
 * through the struct behind it, whose members do what the functions of the same name in the other headers say.
 */
#pragma once

#include <mail/classify.h>
#include <mail/compose.h>
#include <mail/dav.h>
#include <mail/mailbox.h>
#include <mail/parse.h>
#include <mail/secret.h>
#include <mail/server.h>
#include <mail/smtp.h>

/* Raised with every change of a struct: a module of another version is not used. */
#define MAIL_MODULE_VERSION 8
#define MAIL_MODULE_FILE "followup-mail.so"
#define MAIL_MODULE_SYMBOL "followup_mail_module"
#define NET_MODULE_FILE "followup-net.so"
#define NET_MODULE_SYMBOL "followup_net_module"

typedef struct MailModule {
	unsigned version;
	bool (*compose)(const MailMessage *message, GString **ret_eml, GError **error);
	bool (*server_check)(const SmtpServer *server, GError **error);
	bool (*provider_find)(const char *address, MailProvider *ret_provider, GError **error);
	bool (*secret_load)(const MailSecretSource *source, char **ret_secret, GError **error);
	bool (*secret_store)(const MailSecretSource *source, const char *secret, GError **error);
	void (*secret_free)(char *secret);
	MailIncoming *(*parse)(const char *bytes, size_t length);
	void (*incoming_free)(MailIncoming *mail);
	MailVerdict *(*classify)(const MailIncoming *mail, const Facts *facts, int64_t now);
	void (*verdict_free)(MailVerdict *verdict);
	const char *(*kind_word)(MailKind kind);
	const char *(*bounce_word)(MailBounce bounce);
	bool (*mailbox_open_maildir)(const char *path, Mailbox **ret_mailbox, GError **error);
	void (*mailbox_close)(Mailbox *mailbox);
	bool (*mailbox_read)(
		Mailbox *mailbox, GBytes *mark, int64_t since, const MailboxVisit *visit, GBytes **ret_mark, GError **error);
	bool (*mailbox_wait)(Mailbox *mailbox, int seconds, bool *ret_changed, GError **error);
	bool (*mailbox_find_sent)(Mailbox *mailbox, const char *message_id, bool *ret_found, GError **error);
} MailModule;

typedef struct NetModule {
	unsigned version;
	bool (*smtp_open)(const SmtpServer *server, const char *secret, SmtpSession **ret_session, GError **error);
	bool (*smtp_send)(SmtpSession *session, const SmtpCallbacks *callbacks);
	void (*smtp_quit)(SmtpSession *session);
	bool (*probe)(const SmtpServer *server, const char *secret, GError **error);
	bool (*mailbox_open_imap)(
		const SmtpServer *server, const char *secret, const char *folder, Mailbox **ret_mailbox, GError **error);
	bool (*dav_check)(const DavServer *server, GError **error);
	bool (*dav_open)(const DavServer *server, const char *secret, DavSession **ret_session, GError **error);
	void (*dav_close)(DavSession *session);
	bool (*dav_list)(DavSession *session, GPtrArray **ret_items, GError **error);
	bool (*dav_put)(
		DavSession *session, const DavObject *object, DavOutcome *ret_outcome, char **ret_etag, GError **error);
	bool (*dav_remove)(
		DavSession *session, const char *name, const char *etag, DavOutcome *ret_outcome, GError **error);
} NetModule;

__attribute__((visibility("default"))) const MailModule *followup_mail_module(void);
__attribute__((visibility("default"))) const NetModule *followup_net_module(void);
