/* secret.h - the password or token, from where its owner keeps it.
 *
 * Three places: a command's first line of output, the desktop's keyring, a file nobody else can read.  Never the
 * database, a setting or the command line.  What was loaded is wiped when it is freed, and is no part of any message.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum { MAIL_SECRET_COMMAND, MAIL_SECRET_KEYRING, MAIL_SECRET_FILE } MailSecretKind;

/* All strings are borrowed. */
typedef struct MailSecretSource {
	MailSecretKind kind;
	const char *command; /* of COMMAND: words quoted as in a shell, but no shell runs it */
	const char *path;    /* of FILE: mode 0600 or 0400, and the user's own */
	const char *host;    /* of KEYRING: under which server and */
	const char *user;    /*             user it is kept */
	int timeout_ms;      /* of COMMAND; 0 is 30 s */
	int stop_fd;         /* of COMMAND: once this can be read it is ended; 0: there is none */
} MailSecretSource;

/* The words settings are kept as: "command", "keyring", "file". Static. */
static inline const char *mail_secret_kind_word(MailSecretKind kind)
{
	static const char *const words[] = {"command", "keyring", "file"};
	return (size_t)kind < G_N_ELEMENTS(words) ? words[kind] : NULL;
}

/* The kind of a word; false, and *ret untouched, where it is none. */
static inline bool mail_secret_kind_find(const char *word, MailSecretKind *ret)
{
	for (int i = MAIL_SECRET_COMMAND; i <= MAIL_SECRET_FILE; i++)
		if (g_strcmp0(word, mail_secret_kind_word((MailSecretKind)i)) == 0) {
			*ret = (MailSecretKind)i;
			return true;
		}
	return false;
}

/* Loads the secret, at most 16 KiB, without its line end. Release with mail_secret_free. MISSING: no such file, command
 * or entry, or no keyring here. CONFLICT: a file others can read or own, or a command that failed or printed nothing.
 * TEMPORARY: a command that took too long. */
bool mail_secret_load(const MailSecretSource *source, char **ret_secret, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Keeps a secret in the keyring under the source's host and user, or takes it out where secret is NULL. INVALID where
 * the source is no keyring; MISSING where there is none here. */
bool mail_secret_store(const MailSecretSource *source, const char *secret, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Wipes and frees; NULL is fine. */
void mail_secret_free(char *secret);
