/* server.h - where mail is handed in: one server's settings, and those of the big providers.
 *
 * Plain rows and a table in memory.  No secret is ever part of the settings (secret.h), and no network is asked: a
 * server that the table does not know is guessed from the domain, and said to be guessed.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
	SMTP_TLS,       /* from the first byte (port 465, RFC 8314) */
	SMTP_STARTTLS,  /* after EHLO, or not at all (port 587, RFC 3207) */
	SMTP_PLAINTEXT, /* to this machine only */
} SmtpSecurity;

typedef enum { SMTP_AUTH_PLAIN, SMTP_AUTH_LOGIN, SMTP_AUTH_XOAUTH2, SMTP_AUTH_NONE } SmtpAuth;

/* All strings are borrowed. */
typedef struct SmtpServer {
	const char *host; /* a name or an address */
	int port;
	SmtpSecurity security;
	SmtpAuth auth;
	const char *user;      /* NULL where auth is none */
	const char *ca_file;   /* a PEM file trusted beside the system's certificates, or NULL */
	int timeout_ms;        /* for connecting, and for each reply; 0 is 60 s */
	int finish_timeout_ms; /* for the reply to a whole message; 0 is 10 minutes (RFC 5321, 4.5.3.2) */
	int stop_fd;           /* once this can be read, whoever waits gives up within half a second; 0: there is none */
} SmtpServer;

/* The words settings are kept as: "tls", "starttls", "plaintext"; "plain", "login", "xoauth2", "none". Static. Inline,
 * so that reading a setting does not load the room. */
static inline const char *smtp_security_word(SmtpSecurity security)
{
	static const char *const words[] = {"tls", "starttls", "plaintext"};
	return (size_t)security < G_N_ELEMENTS(words) ? words[security] : NULL;
}

static inline const char *smtp_auth_word(SmtpAuth auth)
{
	static const char *const words[] = {"plain", "login", "xoauth2", "none"};
	return (size_t)auth < G_N_ELEMENTS(words) ? words[auth] : NULL;
}

/* The settings of a word; false, and *ret untouched, where it is none. */
static inline bool smtp_security_find(const char *word, SmtpSecurity *ret)
{
	for (int i = SMTP_TLS; i <= SMTP_PLAINTEXT; i++)
		if (g_strcmp0(word, smtp_security_word((SmtpSecurity)i)) == 0) {
			*ret = (SmtpSecurity)i;
			return true;
		}
	return false;
}

static inline bool smtp_auth_find(const char *word, SmtpAuth *ret)
{
	for (int i = SMTP_AUTH_PLAIN; i <= SMTP_AUTH_NONE; i++)
		if (g_strcmp0(word, smtp_auth_word((SmtpAuth)i)) == 0) {
			*ret = (SmtpAuth)i;
			return true;
		}
	return false;
}

/* Checks settings without asking anybody: the host is a name or an address, the port is one, a user is there where auth
 * wants one, and plaintext goes to this machine only ("localhost", 127.0.0.0/8, ::1). INVALID, with the field as place.
 */
bool smtp_server_check(const SmtpServer *server, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is known about the servers behind an address. */
typedef struct MailProvider {
	const char *name; /* "Gmail"; NULL where guessed; static */
	char host[260];
	int port;
	SmtpSecurity security;
	SmtpAuth auth;
	const char *hint; /* one sentence on what to use as a password; NULL where there is nothing to say; static */
	bool guessed;     /* smtp.<domain>, port 587, and imap.<domain>, port 993: likely, not known */
	char imap_host[260];
	int imap_port;
	SmtpSecurity imap_security; /* auth and hint hold for both */
	bool shared;                /* anybody can have an address there: it says nothing of an employer */
} MailProvider;

/* Fills in the provider of an address by its domain. INVALID where the address is none. */
bool mail_provider_find(const char *address, MailProvider *ret_provider, GError **error) G_GNUC_WARN_UNUSED_RESULT;
