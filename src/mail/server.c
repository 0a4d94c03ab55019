/* server.c - settings that can be right, told from those that cannot.
 *
 * No network is asked.  The one rule that protects a password lives here: without TLS it goes to this machine only.
 */
#include "server.h"


#include <base/address.h>
#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>

#include <arpa/inet.h>
#include <string.h>

bool server_is_loopback(const char *host)
{
	struct in_addr four;
	if (inet_pton(AF_INET, host, &four) == 1)
		return (ntohl(four.s_addr) >> 24) == 127;
	return g_ascii_strcasecmp(host, "localhost") == 0 || strcmp(host, "::1") == 0;
}

static bool is_host(const char *host)
{
	if (host == NULL || strlen(host) > LIMIT_NAME_BYTES - 1)
		return false;
	g_autofree char *ascii = NULL;
	return (g_hostname_is_ip_address(host) && strchr(host, '%') == NULL) || domain_to_ascii(host, &ascii);
}

static bool is_line(const char *text, size_t limit)
{
	return text != NULL && *text != '\0' && text_find_fault(text, strnlen(text, limit + 1), limit, TEXT_LINE) == NULL;
}

bool smtp_server_check(const SmtpServer *server, GError **error)
{
	if (!is_host(server->host))
		return base_error_set(
			error, BASE_ERROR_INVALID, "host",
			"The mail server's host is no name such as smtp.provider.example, and no address.");
	if (server->port < 1 || server->port > 65535)
		return base_error_set(
			error, BASE_ERROR_INVALID, "port",
			"The mail server's port is %d; it is a number from 1 to 65535, mostly 465 (tls) or 587 (starttls).",
			server->port);
	if (smtp_security_word(server->security) == NULL || smtp_auth_word(server->auth) == NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "security",
			"The mail server's security is tls, starttls or plaintext, and its auth plain, login, xoauth2 or none.");
	if (server->security == SMTP_PLAINTEXT && !server_is_loopback(server->host))
		return base_error_set(
			error, BASE_ERROR_INVALID, "security",
			"Mail goes to %s over tls or starttls only; plaintext is for a server on this machine.", server->host);
	if (server->auth != SMTP_AUTH_NONE && !is_line(server->user, LIMIT_NAME_BYTES))
		return base_error_set(
			error, BASE_ERROR_INVALID, "user", "A user, mostly the mail address, is needed to log in to %s.",
			server->host);
	if (server->ca_file != NULL && !is_line(server->ca_file, 4096))
		return base_error_set(
			error, BASE_ERROR_INVALID, "ca_file", "The file of trusted certificates has no name that can be.");
	return server->timeout_ms >= 0 && server->finish_timeout_ms >= 0
			   ? true
			   : base_error_set(
					 error, BASE_ERROR_INVALID, "timeout_ms",
					 "A time limit for the mail server is no negative number.");
}
