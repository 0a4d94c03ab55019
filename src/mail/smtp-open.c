/* smtp-open.c - connects and logs in through libcurl, and says in one sentence why that failed.
 *
 * Certificates and host names are always checked.  Proxies of the environment are not used: mail goes where the
 * settings say.  The password goes to libcurl and nowhere else.
 */
#include "smtp-session.h"

#include <base/error.h>
#include <string.h>

enum { TIMEOUT_MS = 60000, FINISH_TIMEOUT_MS = 600000 };

/* What the server said while libcurl talked to it. */
typedef struct Greeting {
	bool pipelining;
	int last_code;
	char last_text[200];
} Greeting;

static size_t hear(char *line, size_t size, size_t count, void *data)
{
	Greeting *greeting = data;
	size_t length = size * count, bare = length;
	while (bare > 0 && (line[bare - 1] == '\n' || line[bare - 1] == '\r'))
		bare--;
	if (bare >= 14 && strncmp(line, "250", 3) == 0 && g_ascii_strncasecmp(line + 4, "PIPELINING", 10) == 0)
		greeting->pipelining = true;
	if (bare < 4 || !g_ascii_isdigit(line[0]) || !g_ascii_isdigit(line[1]) || !g_ascii_isdigit(line[2]))
		return length;
	greeting->last_code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
	size_t kept = MIN(bare - 4, sizeof greeting->last_text - 1);
	for (size_t i = 0; i < kept; i++) {
		char c = line[4 + i];
		greeting->last_text[i] = c >= ' ' && c <= '~' ? c : '?';
	}
	greeting->last_text[kept] = '\0';
	return length;
}

static void set_login(CURL *curl, const SmtpServer *server, const char *secret)
{
	static const char *const options[] = {"AUTH=PLAIN", "AUTH=LOGIN", "AUTH=XOAUTH2"};
	if (server->auth == SMTP_AUTH_NONE)
		return;
	curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, options[server->auth]);
	curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
	if (server->auth == SMTP_AUTH_XOAUTH2)
		curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, secret);
	else
		curl_easy_setopt(curl, CURLOPT_PASSWORD, secret);
}

static CURL *make_curl(const SmtpServer *server, const char *secret, Greeting *greeting, char *fault)
{
	CURL *curl = curl_easy_init();
	bool address = strchr(server->host, ':') != NULL;
	g_autofree char *url = g_strdup_printf(
		"%s://%s%s%s:%d/localhost", server->security == SMTP_TLS ? "smtps" : "smtp", address ? "[" : "", server->host,
		address ? "]" : "", server->port);
	long timeout = server->timeout_ms > 0 ? server->timeout_ms : TIMEOUT_MS;
	if (curl == NULL)
		return NULL;
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, timeout);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 2 * timeout);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, fault);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, greeting);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	if (server->ca_file != NULL)
		curl_easy_setopt(curl, CURLOPT_CAINFO, server->ca_file);
	if (server->security == SMTP_STARTTLS)
		curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
	set_login(curl, server, secret);
	return curl;
}

static bool no_login(const SmtpServer *server, GError **error)
{
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "auth",
		"The mail server %s offers no login of the kind asked for; try another --auth, or none.", server->host);
}

/* The one table from libcurl's answers to ours. */
static bool explain(
	const SmtpServer *server, CURLcode code, const Greeting *greeting, const char *fault, GError **error)
{
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, "host", "The mail server %s is not found; check its name and your connection.",
			server->host);
	case CURLE_COULDNT_CONNECT:
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, "port",
			"The mail server %s does not answer on port %d; check the port (465 for TLS, 587 for STARTTLS) and your "
			"connection.",
			server->host, server->port);
	case CURLE_OPERATION_TIMEDOUT:
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, "host", "The mail server %s was too slow to answer; try again later.",
			server->host);
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "ca-file",
			"The certificate of %s is not to be trusted (%s); check the server's name, or name a file of certificates "
			"to trust.",
			server->host, fault[0] == '\0' ? "it was not verified" : fault);
	case CURLE_LOGIN_DENIED:
		if (greeting->last_code == 250) /* the answer to EHLO: nothing was tried */
			return no_login(server, error);
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "user",
			"The mail server %s refuses the login (%s); check the user and the password or token, which may have to be "
			"an "
			"app password.",
			server->host, greeting->last_code < 400 ? "without a reason" : greeting->last_text);
	case CURLE_USE_SSL_FAILED:
	case CURLE_SSL_CONNECT_ERROR:
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "security",
			"No protected connection to %s on port %d comes about; the security has to be tls for port 465 and "
			"starttls for 587.",
			server->host, server->port);
	default:
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, "host", "The mail server %s cannot be used now: %s.", server->host,
			fault[0] == '\0' ? curl_easy_strerror(code) : fault);
	}
}

/* A name of this machine may still lead elsewhere: plaintext looks at where it arrived. */
static bool is_loopback(CURL *curl)
{
	const char *address = NULL;
	curl_easy_getinfo(curl, CURLINFO_PRIMARY_IP, &address);
	return address != NULL && (g_str_has_prefix(address, "127.") || strcmp(address, "::1") == 0);
}

static bool check_connection(CURL *curl, const SmtpServer *server, const Greeting *greeting, GError **error)
{
	if (server->security == SMTP_PLAINTEXT && !is_loopback(curl))
		return base_error_set(
			error, BASE_ERROR_INVALID, "security",
			"Plaintext goes to this machine only, and %s is another; the security has to be tls or starttls.",
			server->host);
	/* With a login asked for, libcurl is content when the server offers none at all. */
	return server->auth == SMTP_AUTH_NONE || greeting->last_code == 235 || no_login(server, error);
}

bool smtp_open(const SmtpServer *server, const char *secret, SmtpSession **ret_session, GError **error)
{
	Greeting greeting = {0};
	char fault[CURL_ERROR_SIZE] = "";
	if (!smtp_server_check(server, error))
		return false;
	CURL *curl = make_curl(server, secret, &greeting, fault);
	if (curl == NULL)
		return base_error_set(
			error, BASE_ERROR_INTERNAL, NULL, "The network library does not start; install the program again.");
	CURLcode code = curl_easy_perform(curl);
	bool good = code == CURLE_OK ? check_connection(curl, server, &greeting, error)
								 : explain(server, code, &greeting, fault, error);
	/* What they point at ends with this call. */
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, NULL);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, NULL);
	if (!good) {
		curl_easy_cleanup(curl);
		return false;
	}
	SmtpSession *session = g_new0(SmtpSession, 1);
	session->curl = curl;
	session->pipelining = greeting.pipelining;
	session->timeout_ms = server->timeout_ms > 0 ? server->timeout_ms : TIMEOUT_MS;
	session->finish_timeout_ms = server->finish_timeout_ms > 0 ? server->finish_timeout_ms : FINISH_TIMEOUT_MS;
	smtp_wire_init(&session->wire, curl);
	*ret_session = session;
	return true;
}

void smtp_quit(SmtpSession *session)
{
	enum { QUIT_MS = 1000 };
	if (session == NULL)
		return;
	if (!session->wire.dead)
		(void)smtp_wire_write(&session->wire, "QUIT\r\n", 6, QUIT_MS);
	smtp_wire_clear(&session->wire);
	curl_easy_cleanup(session->curl);
	g_free(session);
}

bool mail_probe(const SmtpServer *server, const char *secret, GError **error)
{
	SmtpSession *session = NULL;
	if (!smtp_open(server, secret, &session, error))
		return false;
	smtp_quit(session);
	return true;
}
