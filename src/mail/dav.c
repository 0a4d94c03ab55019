/* dav.c - requests by libcurl, bounded; dav-answer.c reads what comes back.
 *
 * Bodies go out whole with their length: some servers (Radicale) take no chunks.
 */
#include "dav-answer.h"
#include "login.h"

#include <base/error.h>
#include <base/text.h>
#include <string.h>

enum { TIMEOUT_MS = 60 * 1000, ANSWER_BYTES = 32 * 1024 * 1024, ETAG_BYTES = 512 };

struct DavSession {
	CURL *curl;
	char *url, *user, *secret, *ca_file;
	bool is_token;
	int timeout_ms, stop_fd;
	GString *answer;
	char *etag; /* of the last answer's headers, or NULL */
	char failure[CURL_ERROR_SIZE];
};

/* ---- the address ---- */

static bool is_here(const char *host)
{
	return g_ascii_strcasecmp(host, "localhost") == 0 ||
		   (g_hostname_is_ip_address(host) && g_str_has_prefix(host, "127.")) || strcmp(host, "::1") == 0;
}

bool dav_check(const DavServer *server, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autoptr(GUri) uri = server->url == NULL ? NULL : g_uri_parse(server->url, G_URI_FLAGS_NONE, &fault);
	const char *scheme = uri == NULL ? NULL : g_uri_get_scheme(uri), *host = uri == NULL ? NULL : g_uri_get_host(uri);
	if (host == NULL || host[0] == '\0' || (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0))
		return base_error_set(
			error, BASE_ERROR_INVALID, "url",
			"A calendar's address is of the web, such as https://dav.example.net/ana/jobs/.");
	if (g_uri_get_userinfo(uri) != NULL || g_uri_get_query(uri) != NULL || g_uri_get_fragment(uri) != NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "url",
			"A calendar's address holds no user, password or question; give the user with --user.");
	return strcmp(scheme, "https") == 0 || is_here(host) ||
		   base_error_set(
			   error, BASE_ERROR_INVALID, "url",
			   "Without TLS a calendar is only taken on this machine; use https for %s.", host);
}

/* ---- one request ---- */

static size_t take_answer(char *bytes, size_t size, size_t n, void *data)
{
	DavSession *session = data;
	if (session->answer->len + size * n > ANSWER_BYTES)
		return 0;
	g_string_append_len(session->answer, bytes, (gssize)(size * n));
	return size * n;
}

static size_t take_header(char *bytes, size_t size, size_t n, void *data)
{
	DavSession *session = data;
	g_autofree char *line = g_strndup(bytes, MIN(size * n, ETAG_BYTES));
	if (g_ascii_strncasecmp(line, "ETag:", 5) == 0) {
		g_free(session->etag);
		session->etag = g_strdup(g_strstrip(line + 5));
	}
	return size * n;
}

static int is_stopped(void *data, curl_off_t total, curl_off_t now, curl_off_t to_send, curl_off_t sent)
{
	return login_is_stopped(((const DavSession *)data)->stop_fd);
}

typedef struct Request {
	const char *method, *name; /* name NULL: the calendar itself */
	const char *body;          /* or NULL */
	size_t length;
	struct curl_slist *headers;
} Request;

static void set_request(DavSession *session, const Request *request)
{
	CURL *curl = session->curl;
	g_autofree char *name = request->name == NULL ? g_strdup("") : g_uri_escape_string(request->name, NULL, FALSE);
	g_autofree char *url = g_strconcat(session->url, name, NULL);
	curl_easy_reset(curl);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
	if (request->body != NULL) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->length);
	}
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, request->headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, session);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, session);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, session->failure);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "followup");
}

static void set_connection(DavSession *session)
{
	CURL *curl = session->curl;
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* it goes where the settings say */
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)session->timeout_ms);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	login_set_trust(curl, session->ca_file);
	if (session->stop_fd != 0) {
		curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_stopped);
		curl_easy_setopt(curl, CURLOPT_XFERINFODATA, session);
		curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	}
	if (session->secret == NULL)
		return;
	curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)(session->is_token ? CURLAUTH_BEARER : CURLAUTH_BASIC));
	curl_easy_setopt(curl, session->is_token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, session->secret);
	if (!session->is_token)
		curl_easy_setopt(curl, CURLOPT_USERNAME, session->user);
}

static bool explain(const DavSession *session, CURLcode code, GError **error)
{
	bool certificate = code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE;
	const char *detail = session->failure[0] != '\0' ? session->failure : curl_easy_strerror(code);
	return base_error_set(
		error, certificate ? BASE_ERROR_CONFLICT : BASE_ERROR_TEMPORARY, certificate ? "ca-file" : "url",
		"The calendar server does not answer at %s (%s).", session->url, detail);
}

static bool explain_status(const DavSession *session, long status, GError **error)
{
	if (status == 401 || status == 403)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "user",
			"The calendar server refuses the login for %s (%ld): check the user and the password.", session->url,
			status);
	if (status == 404 || status == 410)
		return base_error_set(
			error, BASE_ERROR_MISSING, "url", "There is no calendar at %s; make it first, or check its address.",
			session->url);
	if (status / 100 == 3)
		return base_error_set(
			error, BASE_ERROR_INVALID, "url", "The calendar is no longer at %s (%ld); give its new address.",
			session->url, status);
	return base_error_set(
		error, status / 100 == 5 ? BASE_ERROR_TEMPORARY : BASE_ERROR_CONFLICT, "url",
		"The calendar server did not do it at %s (%ld).", session->url, status);
}

/* Takes the headers. */
static bool ask(DavSession *session, Request request, long *ret_status, GError **error)
{
	g_string_truncate(session->answer, 0);
	g_clear_pointer(&session->etag, g_free);
	session->failure[0] = '\0';
	set_request(session, &request);
	set_connection(session);
	CURLcode code = curl_easy_perform(session->curl);
	curl_slist_free_all(request.headers);
	if (code != CURLE_OK)
		return explain(session, code, error);
	return curl_easy_getinfo(session->curl, CURLINFO_RESPONSE_CODE, ret_status) == CURLE_OK;
}

/* ---- what is asked ---- */

/* PROPFIND (RFC 4918, 9.1) of the calendar: NULL, with its error, where it is not answered. */
static DavAnswer *find_properties(DavSession *session, const char *depth, const char *property, GError **error)
{
	long status = 0;
	g_autofree char *body = g_strdup_printf(
		"<?xml version=\"1.0\" encoding=\"utf-8\"?><propfind xmlns=\"DAV:\"><prop><%s/></prop></propfind>", property);
	struct curl_slist *headers = curl_slist_append(NULL, depth);
	headers = curl_slist_append(headers, "Content-Type: application/xml; charset=utf-8");
	const Request request = {.method = "PROPFIND", .body = body, .length = strlen(body), .headers = headers};
	if (!ask(session, request, &status, error))
		return NULL;
	DavAnswer *answer = status == 207 ? dav_answer_read(session->answer->str, session->answer->len) : NULL;
	if (answer != NULL)
		return answer;
	if (status / 100 == 2 || status == 405)
		base_error_set(error, BASE_ERROR_INVALID, "url", "What answers at %s is no calendar server.", session->url);
	else
		explain_status(session, status, error);
	return NULL;
}

/* ---- what others call ---- */

static bool prove_calendar(DavSession *session, GError **error)
{
	g_autoptr(DavAnswer) answer = find_properties(session, "Depth: 0", "resourcetype", error);
	if (answer == NULL)
		return false;
	bool is_calendar = answer->is_calendar;
	return is_calendar ||
		   base_error_set(
			   error, BASE_ERROR_INVALID, "url",
			   "At %s is something else than a calendar; give the address of the calendar itself.", session->url);
}

bool dav_open(const DavServer *server, const char *secret, DavSession **ret_session, GError **error)
{
	if (!dav_check(server, error))
		return false;
	login_start_curl();
	DavSession *session = g_new0(DavSession, 1);
	session->curl = curl_easy_init();
	session->url = g_strconcat(server->url, g_str_has_suffix(server->url, "/") ? "" : "/", NULL);
	session->user = g_strdup(server->user);
	session->secret = g_strdup(secret);
	session->ca_file = g_strdup(server->ca_file);
	session->is_token = server->is_token;
	session->timeout_ms = server->timeout_ms > 0 ? server->timeout_ms : TIMEOUT_MS;
	session->stop_fd = server->stop_fd;
	session->answer = g_string_new(NULL);
	if (!prove_calendar(session, error)) {
		dav_close(session);
		return false;
	}
	*ret_session = session;
	return true;
}

void dav_close(DavSession *session)
{
	if (session == NULL)
		return;
	curl_easy_cleanup(session->curl);
	if (session->secret != NULL)
		explicit_bzero(session->secret, strlen(session->secret));
	g_free(session->secret);
	g_free(session->url);
	g_free(session->user);
	g_free(session->ca_file);
	g_free(session->etag);
	g_string_free(session->answer, TRUE);
	g_free(session);
}

bool dav_list(DavSession *session, GPtrArray **ret_items, GError **error)
{
	g_autoptr(DavAnswer) answer = find_properties(session, "Depth: 1", "getetag", error);
	if (answer == NULL)
		return false;
	*ret_items = g_steal_pointer(&answer->items);
	return true;
}

/* "If-Match: "3"", or where nothing must be there "If-None-Match: *". A version that could add a header is none. */
static struct curl_slist *add_condition(struct curl_slist *headers, const char *etag)
{
	bool fit = etag != NULL && text_find_fault(etag, strlen(etag), ETAG_BYTES, TEXT_LINE) == NULL;
	g_autofree char *line = fit ? g_strconcat("If-Match: ", etag, NULL) : g_strdup("If-None-Match: *");
	return curl_slist_append(headers, line);
}

static bool judge(const DavSession *session, long status, DavOutcome *ret_outcome, GError **error)
{
	*ret_outcome = status == 412 ? DAV_CHANGED : status == 404 || status == 410 ? DAV_GONE : DAV_DONE;
	return status / 100 == 2 || *ret_outcome != DAV_DONE || explain_status(session, status, error);
}

bool dav_put(DavSession *session, const DavObject *object, DavOutcome *ret_outcome, char **ret_etag, GError **error)
{
	long status = 0;
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: text/calendar; charset=utf-8");
	headers = add_condition(headers, object->etag);
	const Request request = {"PUT", object->name, object->text, object->length, headers};
	if (!ask(session, request, &status, error) || !judge(session, status, ret_outcome, error))
		return false;
	*ret_etag = *ret_outcome == DAV_DONE ? g_steal_pointer(&session->etag) : NULL;
	return true;
}

bool dav_remove(DavSession *session, const char *name, const char *etag, DavOutcome *ret_outcome, GError **error)
{
	long status = 0;
	struct curl_slist *headers = etag == NULL ? NULL : add_condition(NULL, etag);
	const Request request = {.method = "DELETE", .name = name, .headers = headers};
	return ask(session, request, &status, error) && judge(session, status, ret_outcome, error);
}
