/* login.c - libcurl's part of a session: connect, TLS, EHLO, AUTH.
 *
 * libcurl then leaves the stream to us (CONNECT_ONLY).  It reports little of what a server says, so the reply lines are
 * watched as they come: to know what was offered, and to tell a person why a login failed.
 */
#include "login.h"


#include <base/address.h>
#include <base/error.h>
#include <base/text.h>

#include <malloc.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TIMEOUT_MS = 60 * 1000 };

static void wipe_free(void *memory)
{
	if (memory != NULL)
		explicit_bzero(memory, malloc_usable_size(memory));
	free(memory);
}

/* Never moves a secret and leaves its old place behind, as realloc would. */
static void *wipe_realloc(void *memory, size_t size)
{
	void *fresh = malloc(size);
	if (fresh == NULL || memory == NULL)
		return fresh;
	size_t old = malloc_usable_size(memory);
	memcpy(fresh, memory, MIN(old, size));
	wipe_free(memory);
	return fresh;
}

void login_start_curl(void)
{
	static gsize started;
	if (g_once_init_enter(&started)) {
		curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, wipe_free, wipe_realloc, strdup, calloc);
		g_once_init_leave(&started, 1);
	}
}

int login_timeout_of(const SmtpServer *server)
{
	return server->timeout_ms > 0 ? server->timeout_ms : TIMEOUT_MS;
}

static bool begins_with_word(const char *line, const char *word)
{
	size_t length = strlen(word);
	return g_ascii_strncasecmp(line, word, length) == 0 && (line[length] == '\0' || line[length] == ' ');
}

static void keep_text(char *buffer, size_t size, const char *text)
{
	g_autofree char *shown = text_to_show(text, size - 1);
	g_strlcpy(buffer, shown, size);
}

/* Takes in one line of a reply, code and all. In this part of the dialogue only EHLO is answered by 250. */
static void hear_line(LoginTalk *talk, const char *line)
{
	int code = atoi(line);
	const char *text = line + (line[3] == '\0' ? 3 : 4);
	if (code == 250 && !talk->in_reply) {
		talk->pipelining = false;
		talk->offers[0] = '\0';
	}
	if (code == 250 && begins_with_word(text, "PIPELINING"))
		talk->pipelining = true;
	if (code == 250 && begins_with_word(text, "AUTH") && text[4] != '\0')
		keep_text(talk->offers, sizeof talk->offers, text + 5);
	talk->logged_in = talk->logged_in || code == 235;
	talk->in_reply = line[3] == '-';
	talk->code = code;
	keep_text(talk->last, sizeof talk->last, line);
}

/* The same of IMAP: "* CAPABILITY … AUTH=PLAIN", and the end of a command, "A002 NO [AUTHENTICATIONFAILED] …". */
static void hear_imap_line(LoginTalk *talk, const char *line)
{
	g_auto(GStrv) words = g_strsplit_set(line, " []", -1);
	bool refused = words[0] != NULL && strcmp(words[0], "*") != 0 && g_strcmp0(words[1], "NO") == 0;
	if (strstr(line, "CAPABILITY") != NULL)
		talk->offers[0] = '\0';
	for (char **word = words; *word != NULL; word++) {
		if (!g_str_has_prefix(*word, "AUTH="))
			continue;
		g_strlcat(talk->offers, talk->offers[0] == '\0' ? "" : " ", sizeof talk->offers);
		g_strlcat(talk->offers, *word + strlen("AUTH="), sizeof talk->offers);
	}
	if (refused) {
		bool may_pass = strstr(line, "[UNAVAILABLE]") != NULL || strstr(line, "[INUSE]") != NULL;
		talk->code = may_pass ? 454 : 535;
	}
	keep_text(talk->last, sizeof talk->last, line);
}

/* libcurl's callback for each line the server sends. */
static size_t hear(char *bytes, size_t size, size_t n, void *data)
{
	Login *login = data;
	g_autofree char *line = g_strchomp(g_strndup(bytes, MIN(size * n, 2048)));
	if (login->kind == LOGIN_IMAP)
		hear_imap_line(&login->talk, line);
	else if (g_ascii_isdigit(line[0]) && strlen(line) >= 3)
		hear_line(&login->talk, line);
	return size * n;
}

/* The name given with EHLO is the one that says nothing about this machine. */
static char *build_url(LoginKind kind, const SmtpServer *server)
{
	g_autofree char *ascii = NULL;
	const char *host =
		g_hostname_is_ip_address(server->host) || !domain_to_ascii(server->host, &ascii) ? server->host : ascii;
	bool is_ipv6 = strchr(host, ':') != NULL;
	return g_strdup_printf(
		"%s%s://%s%s%s:%d/%s", kind == LOGIN_IMAP ? "imap" : "smtp", server->security == SMTP_TLS ? "s" : "",
		is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "", server->port, kind == LOGIN_IMAP ? "" : "%5B127.0.0.1%5D");
}

bool login_is_stopped(int stop_fd)
{
	struct pollfd stop = {.fd = stop_fd, .events = POLLIN};
	return stop_fd != 0 && poll(&stop, 1, 0) > 0;
}

/* libcurl asks this about once a second while it waits. */
static int is_stopped(void *data, curl_off_t total, curl_off_t now, curl_off_t to_send, curl_off_t sent)
{
	return login_is_stopped(((const Login *)data)->stop_fd);
}

static void set_stop(Login *login, int stop_fd)
{
	login->stop_fd = stop_fd;
	if (stop_fd == 0)
		return;
	curl_easy_setopt(login->curl, CURLOPT_XFERINFOFUNCTION, is_stopped);
	curl_easy_setopt(login->curl, CURLOPT_XFERINFODATA, login);
	curl_easy_setopt(login->curl, CURLOPT_NOPROGRESS, 0L);
}

static void set_connection(CURL *curl, LoginKind kind, const SmtpServer *server)
{
	g_autofree char *url = build_url(kind, server);
	long timeout = login_timeout_of(server);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, kind == LOGIN_IMAP ? "imap,imaps" : "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, timeout);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout);
	/* Mail goes where the settings say, not where the environment does. */
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

/* Where the system keeps its certificates hashed too, only those that are asked for are read: the bundle of all of them
 * takes longer than everything else together. */
void login_set_trust(CURL *curl, const char *ca_file)
{
	const char *folder = NULL;
	if (ca_file != NULL) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
		return;
	}
	if (curl_easy_getinfo(curl, CURLINFO_CAPATH, &folder) != CURLE_OK || folder == NULL)
		return;
	/* The name of this link is the hash of a root that every list has (ISRG Root X1): the folder is hashed. */
	g_autofree char *link = g_build_filename(folder, "4042bcee.0", NULL);
	if (access(link, R_OK) == 0)
		curl_easy_setopt(curl, CURLOPT_CAINFO, NULL);
}

static void set_security(CURL *curl, const SmtpServer *server)
{
	curl_easy_setopt(curl, CURLOPT_USE_SSL, server->security == SMTP_PLAINTEXT ? CURLUSESSL_NONE : CURLUSESSL_ALL);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	login_set_trust(curl, server->ca_file);
}

/* Names the one way to log in: left to choose, libcurl prefers others. Over IMAP a password may go by any, since some
 * servers know none but the LOGIN command. */
static void set_login(CURL *curl, LoginKind kind, const SmtpServer *server, const char *secret)
{
	static const char *const options[] = {
		[SMTP_AUTH_PLAIN] = "AUTH=PLAIN", [SMTP_AUTH_LOGIN] = "AUTH=LOGIN", [SMTP_AUTH_XOAUTH2] = "AUTH=XOAUTH2"};
	if (server->auth == SMTP_AUTH_NONE)
		return;
	bool is_token = server->auth == SMTP_AUTH_XOAUTH2;
	curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
	curl_easy_setopt(curl, is_token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, secret);
	if (kind == LOGIN_SMTP || is_token)
		curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, options[server->auth]);
	/* The first message of AUTH goes with the command: a round trip less. */
	curl_easy_setopt(curl, CURLOPT_SASL_IR, 1L);
}

static bool explain_login(const SmtpServer *server, const LoginTalk *talk, GError **error)
{
	const char *way = smtp_auth_word(server->auth);
	if (talk->code / 100 == 4)
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, NULL, "%s takes no login right now: %s", server->host, talk->last);
	if (talk->code / 100 == 5 || talk->code == 334)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "user",
			"%s refuses the login of %s: %s. Check the user and the %s; many providers want an app password here.",
			server->host, server->user, talk->last, server->auth == SMTP_AUTH_XOAUTH2 ? "token" : "password");
	if (talk->offers[0] == '\0')
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "auth",
			"%s offers no login on port %d%s; set auth to none, or use another port.", server->host, server->port,
			server->security == SMTP_PLAINTEXT ? " without TLS" : "");
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "auth", "%s offers no login by %s, only by %s; set auth to one of those.",
		server->host, way, talk->offers);
}

static bool explain_certificate(const SmtpServer *server, const char *detail, GError **error)
{
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "ca-file",
		"The certificate of %s is not to be trusted (%s): check the host's name; a private server's certificate goes "
		"into ca_file.",
		server->host, detail);
}

static bool explain_tls(const SmtpServer *server, const char *detail, GError **error)
{
	bool swapped = strstr(detail, "wrong version number") != NULL || strstr(detail, "packet length too long") != NULL;
	return base_error_set(
		error, swapped ? BASE_ERROR_CONFLICT : BASE_ERROR_TEMPORARY, "security",
		"TLS with %s on port %d failed (%s)%s.", server->host, server->port, detail,
		swapped ? ": this port may want starttls instead" : "");
}

/* What a person can do about a connection that did not come about. */
static bool explain(const SmtpServer *server, CURLcode code, const Login *login, GError **error)
{
	const char *host = server->host;
	const char *detail = login->failure[0] != '\0' ? login->failure : curl_easy_strerror(code);
	const LoginTalk *talk = &login->talk;
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, "host",
			"The mail server %s is not found: check its name, and that this machine is online.", host);
	case CURLE_COULDNT_CONNECT:
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, "port",
			"The mail server %s takes no connection on port %d: check the port (%s).", host, server->port,
			login->kind == LOGIN_IMAP ? "993 for tls, 143 for starttls" : "465 for tls, 587 for starttls");
	case CURLE_OPERATION_TIMEDOUT:
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, NULL, "The mail server %s did not answer on port %d within %d s%s.", host,
			server->port, (login_timeout_of(server) + 999) / 1000,
			server->security == SMTP_STARTTLS && talk->code == 0 ? "; a port that stays silent may want tls instead"
																 : "");
	case CURLE_PEER_FAILED_VERIFICATION:
		return explain_certificate(server, detail, error);
	case CURLE_SSL_CONNECT_ERROR:
		return explain_tls(server, detail, error);
	case CURLE_USE_SSL_FAILED:
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "security",
			"%s offers no STARTTLS on port %d, and nothing is sent without TLS: try tls on port %d.", host,
			server->port, login->kind == LOGIN_IMAP ? 993 : 465);
	case CURLE_SSL_CACERT_BADFILE:
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "ca-file", "The file of trusted certificates %s cannot be read.",
			server->ca_file == NULL ? "of this system" : server->ca_file);
	case CURLE_LOGIN_DENIED:
		return explain_login(server, talk, error);
	default:
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, NULL, "The mail server %s ended the dialogue on port %d: %s.", host,
			server->port, talk->code >= 400 ? talk->last : detail);
	}
}

static Login *new_login(LoginKind kind, const SmtpServer *server, const char *secret)
{
	Login *login = g_new0(Login, 1);
	login->kind = kind;
	login->curl = curl_easy_init();
	curl_easy_setopt(login->curl, CURLOPT_ERRORBUFFER, login->failure);
	curl_easy_setopt(login->curl, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(login->curl, CURLOPT_HEADERDATA, login);
	set_connection(login->curl, kind, server);
	set_security(login->curl, server);
	set_login(login->curl, kind, server, secret);
	set_stop(login, server->stop_fd);
	return login;
}

/* Where a server offers no AUTH at all, libcurl goes on without; we do not. */
static bool connect_login(Login *login, const SmtpServer *server, GError **error)
{
	CURLcode code = curl_easy_perform(login->curl);
	bool is_smtp = login->kind == LOGIN_SMTP;
	if (code == CURLE_OK && is_smtp && server->auth != SMTP_AUTH_NONE && !login->talk.logged_in)
		code = CURLE_LOGIN_DENIED;
	if (code != CURLE_OK)
		return explain(server, code, login, error);
	curl_easy_setopt(login->curl, CURLOPT_PASSWORD, NULL);
	curl_easy_setopt(login->curl, CURLOPT_XOAUTH2_BEARER, NULL);
	return curl_easy_getinfo(login->curl, CURLINFO_ACTIVESOCKET, &login->socket) == CURLE_OK ||
		   base_error_set(error, BASE_ERROR_INTERNAL, NULL, "The connection to %s was lost at once.", server->host);
}

bool login_open(LoginKind kind, const SmtpServer *server, const char *secret, Login **ret_login, GError **error)
{
	if (server->auth != SMTP_AUTH_NONE && (secret == NULL || *secret == '\0'))
		return base_error_set(
			error, BASE_ERROR_INVALID, "password", "A password or token is needed to log in to %s.", server->host);
	login_start_curl();
	Login *login = new_login(kind, server, secret);
	if (!connect_login(login, server, error)) {
		login_close(login);
		return false;
	}
	*ret_login = login;
	return true;
}

void login_close(Login *login)
{
	if (login == NULL)
		return;
	curl_easy_cleanup(login->curl);
	g_free(login);
}
