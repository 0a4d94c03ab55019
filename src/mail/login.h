/* login.h - a connection that libcurl has opened, secured and logged in.
 *
 * The certificate and its name are always checked, and nothing is told to a server that TLS was promised for before TLS
 * is there.  What libcurl kept of a secret is wiped when libcurl frees it.
 */
#pragma once

#include <mail/server.h>

#include <curl/curl.h>
#include <glib.h>
#include <stdbool.h>

/* Where mail is handed in, or where it comes in. */
typedef enum { LOGIN_SMTP, LOGIN_IMAP } LoginKind;

/* What the server said while libcurl spoke to it. */
typedef struct LoginTalk {
	char last[240];   /* its last reply line, code included, printable; empty before the first */
	char offers[120]; /* the ways to log in that its last EHLO or CAPABILITY named */
	int code;         /* of the last reply line; of IMAP: 535 for a NO, 454 for one that may pass */
	bool in_reply;    /* whether that line is continued */
	bool logged_in;   /* whether it said 235 */
	bool pipelining;  /* whether its last EHLO offered that */
} LoginTalk;

typedef struct Login {
	CURL *curl;
	curl_socket_t socket;
	LoginKind kind;
	int stop_fd; /* once this can be read, nothing is waited for any more; 0: there is none */
	LoginTalk talk;
	char failure[CURL_ERROR_SIZE];
} Login;

/* Connects and logs in; errors as smtp_open. Release with login_close. */
bool login_open(LoginKind kind, const SmtpServer *server, const char *secret, Login **ret_login, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Closes without a word, and frees; NULL is fine. */
void login_close(Login *login);

/* Makes libcurl ready, once, with memory that is wiped when it is freed. */
void login_start_curl(void);

/* Which certificates a connection trusts: the file's (NULL: none) beside the system's. */
void login_set_trust(CURL *curl, const char *ca_file);

/* Whether a file descriptor of the settings (0: there is none) says to stop. */
bool login_is_stopped(int stop_fd);

/* The time limit of the settings for one reply, in milliseconds. */
int login_timeout_of(const SmtpServer *server);
