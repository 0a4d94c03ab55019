/* mailbox.h - where mail comes in: a Maildir, or a folder over IMAP.
 *
 * Looks at what came since it last looked, and changes nothing there: no mail is marked as read, moved or deleted
 * (BODY.PEEK).  Only headers are read, and the whole of a mail where the caller asks for it.  What was seen is a mark,
 * bytes that the caller keeps; a lost or foreign mark means that all since a day is looked at again, never that
 * something is passed over.
 */
#pragma once

#include <mail/parse.h>
#include <mail/server.h>

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Mailbox Mailbox;

/* A folder with cur/ and new/ in it; MISSING where it is none. Release with mailbox_close. */
bool mailbox_open_maildir(const char *path, Mailbox **ret_mailbox, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Logs in over IMAP, port 993 for tls, 143 for starttls; a folder of NULL is INBOX. Errors as smtp_open, and MISSING
 * where there is no such folder. Release with mailbox_close. */
bool mailbox_open_imap(
	const SmtpServer *server, const char *secret, const char *folder, Mailbox **ret_mailbox,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

void mailbox_close(Mailbox *mailbox);

/* What is done with mails. wants gets the headers, as far as MAIL_LIMIT_HEADERS, of each; where it is true, take gets
 * all of the mail, cut at MAIL_LIMIT_BYTES. take fails with its error set: the reading ends there. */
typedef struct MailboxVisit {
	bool (*wants)(const char *head, size_t length, void *data);
	bool (*take)(const char *bytes, size_t length, void *data, GError **error);
	void *data;
} MailboxVisit;

/* Looks at each mail that is not covered by the mark (which may be NULL) and came on the day of `since` or later; in
 * the order in which they came, as far as that is known. *ret_mark covers all of them. TEMPORARY: the connection broke,
 * or the server said no; nothing is lost, the old mark still holds. */
bool mailbox_read(
	Mailbox *mailbox, GBytes *mark, int64_t since, const MailboxVisit *visit, GBytes **ret_mark,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Waits until something may have come, up to so many seconds: over IMAP by IDLE (RFC 2177) where the server has it,
 * else by asking now and then; in a Maildir by the system's notices. *ret_changed false: the time was over.
 * TEMPORARY where the connection broke: open it anew. */
bool mailbox_wait(Mailbox *mailbox, int seconds, bool *ret_changed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a message of that Message-ID (without brackets) lies in the folder of sent mail. Over IMAP the folder is the
 * one marked \Sent (RFC 6154), else one that is called so; of a Maildir ".Sent" or "Sent" beside or in it. MISSING
 * where there is no such folder: then nothing is known. */
bool mailbox_find_sent(Mailbox *mailbox, const char *message_id, bool *ret_found, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
