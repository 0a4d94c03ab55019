/* fuzz-request.c - any request to the desk, by a stranger and by a browser that is signed in.
 *
 * The input is a request as it would be sent: "METHOD TARGET", header lines, an empty line, a form or another body; a
 * line "Signed: in" stands for the cookie and the form's token.  Whatever it was, an answer comes back whose headers
 * are one line each, whose pages are UTF-8, and whose JSON is JSON; another host gets nothing, a stranger no page.
 */
#include "route.h"

#include <facts/json-value.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- a desk that stands for all inputs ---- */

static int64_t read_clock(void)
{
	return 1795446000;
}

static const void *load_nothing(const char *module_dir, const char *module, const char *symbol, char **ret_message)
{
	*ret_message = g_strdup("there are no modules here");
	return NULL;
}

/* No file of the user's is read or written. */
static void leave_home(void)
{
	static const char *const names[] = {"XDG_CONFIG_HOME", "XDG_DATA_HOME",   "XDG_STATE_HOME",
										"XDG_CACHE_HOME",  "XDG_RUNTIME_DIR", "HOME"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		g_setenv(names[i], "/nonexistent", TRUE);
}

static void *open_desk(void *user)
{
	static const DeskSetup setup = {.address = "127.0.0.1", .port = 7474, .program = "/bin/false"};
	leave_home();
	if (sodium_init() < 0)
		abort();
	App *app = app_new(&(AppSetup){
		.db_path = ":memory:",
		.config_dir = "/nonexistent",
		.module_dir = "/nonexistent",
		.default_zone = "America/Phoenix",
		.now = read_clock(),
		.clock = read_clock,
		.load = load_nothing,
	});
	Desk *desk = app_refresh(app, NULL) ? desk_new(app, &setup, 7474, NULL) : NULL;
	g_assert_nonnull(desk);
	return desk;
}

static Desk *get_desk(void)
{
	static GOnce once = G_ONCE_INIT;
	return g_once(&once, open_desk, NULL);
}

/* ---- the input as a request ---- */

static void free_field(void *data)
{
	field_free(data);
}

/* "%41" and "+", as the server's library decodes them; NULs too. */
static GString *decode(const char *text, size_t length, bool plus)
{
	GString *plain = g_string_new(NULL);
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '%' && i + 2 < length && g_ascii_isxdigit(text[i + 1]) && g_ascii_isxdigit(text[i + 2])) {
			g_string_append_c(
				plain, (char)(g_ascii_xdigit_value(text[i + 1]) * 16 + g_ascii_xdigit_value(text[i + 2])));
			i += 2;
		} else {
			g_string_append_c(plain, plus && text[i] == '+' ? ' ' : text[i]);
		}
	}
	return plain;
}

static GPtrArray *read_fields(const char *text, size_t length)
{
	GPtrArray *fields = g_ptr_array_new_with_free_func(free_field);
	const char *end = text + length;
	while (text < end && fields->len < FIELDS_MAX) {
		const char *stop = memchr(text, '&', (size_t)(end - text));
		stop = stop == NULL ? end : stop;
		const char *equals = memchr(text, '=', (size_t)(stop - text));
		if (equals != NULL) {
			g_autoptr(GString) name = decode(text, (size_t)(equals - text), true);
			g_autoptr(GString) value = decode(equals + 1, (size_t)(stop - equals - 1), true);
			g_ptr_array_add(fields, field_new(name->str, value->str, value->len));
		}
		text = stop + 1;
	}
	return fields;
}

static void take_header(Request *request, const char *line)
{
	const struct {
		const char *name, **place;
	} headers[] = {
		{"Host: ", &request->host},
		{"Origin: ", &request->origin},
		{"Sec-Fetch-Site: ", &request->fetch_site},
		{"Cookie: ", &request->cookie},
		{"Authorization: ", &request->authorization},
		{"User-Agent: ", &request->agent},
		{"Accept: ", &request->accept},
		{"Accept-Encoding: ", &request->accept_encoding},
		{"If-None-Match: ", &request->if_none_match},
		{"X-Followup-Form: ", &request->csrf_header},
		{"Content-Type: ", &request->content_type},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(headers); i++)
		if (g_str_has_prefix(line, headers[i].name))
			*headers[i].place = line + strlen(headers[i].name);
}

/* What the guard lets through. */
static bool is_target(const char *target)
{
	if (target[0] != '/' || strlen(target) > PATH_BYTES_MAX || strstr(target, "%00") != NULL)
		return false;
	for (const char *p = target; *p != '\0'; p++)
		if (!g_ascii_isgraph(*p))
			return false;
	return true;
}

/* ---- what holds of every answer ---- */

static void check_json(const Response *response)
{
	g_autoptr(JsonDocument) document = NULL;
	g_assert_true(json_document_parse(response->text->str, response->text->len, 1 << 24, &document, NULL));
}

static void check_response(const Request *request, const Response *response)
{
	if (response->kind == RESPONSE_WAIT)
		return;
	g_assert_cmpuint(response->status, >=, 200);
	g_assert_cmpuint(response->status, <, 600);
	g_assert_nonnull(response->content_type);
	for (guint i = 0; response->headers != NULL && i < response->headers->len; i++) {
		g_assert_null(strpbrk(g_ptr_array_index(response->headers, i), "\r\n"));
		g_assert_nonnull(strstr(g_ptr_array_index(response->headers, i), ": "));
	}
	if (g_str_has_prefix(response->content_type, "text/html") && !response->zipped)
		g_assert_true(g_utf8_validate_len(response->text->str, response->text->len, NULL));
	if (strcmp(response->content_type, "application/json") == 0 && response->text != NULL)
		check_json(response);
	if (request->host == NULL || strstr(request->host, "127.0.0.1") == NULL)
		g_assert_cmpuint(response->status, ==, 421);
}

/* A browser that is signed in: the same one, until an input signs it out. */
static Session *let_in(Desk *desk)
{
	static char *cookie = NULL;
	Session *session = cookie == NULL ? NULL : sessions_find(desk->sessions, &(Request){.cookie = cookie});
	if (session != NULL)
		return session;
	g_assert_true(sessions_begin(desk->sessions, &(Request){.agent = "a browser"}, &session, NULL));
	g_free(cookie);
	cookie = sessions_make_cookie(desk->sessions, session, false);
	cookie[strcspn(cookie, ";")] = '\0';
	return session;
}

static void ask(Desk *desk, Session *session, Request *request, const char *query)
{
	g_auto(Response) response = {0};
	g_autofree char *cookie = NULL, *csrf = NULL;
	request->query = read_fields(query, strlen(query));
	if (session != NULL) {
		cookie = sessions_make_cookie(desk->sessions, session, false);
		cookie[strcspn(cookie, ";")] = '\0';
		csrf = g_strdup(session->csrf);
		request->cookie = cookie;
		request->csrf_header = csrf;
	}
	desk_handle(desk, request, &response);
	check_response(request, &response);
	jobs_tend(desk->jobs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Desk *desk = get_desk();
	g_autofree char *text = g_strndup((const char *)data, size);
	char *body = strstr(text, "\n\n");
	size_t body_length = body == NULL ? 0 : size - (size_t)(body + 2 - text);
	if (body != NULL)
		*body = '\0';
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_auto(GStrv) words = g_strsplit(lines[0] == NULL ? "" : lines[0], " ", 2);
	if (g_strv_length(words) != 2 || !is_target(words[1]))
		return 0;
	const char *query = strchr(words[1], '?');
	g_autoptr(GString) path = decode(words[1], strcspn(words[1], "?"), false);
	Request request = {.method = words[0], .path = path->str, .target = words[1], .peer = "127.0.0.1"};
	for (char **line = lines + 1; *line != NULL; line++)
		take_header(&request, *line);
	bool is_form = request.content_type == NULL;
	const char *bytes = body == NULL ? "" : (const char *)data + (body + 2 - text);
	request.form = is_form ? read_fields(bytes, body_length) : read_fields("", 0);
	g_autofree char *whole = is_form ? NULL : g_strndup(bytes, body_length);
	request.body = whole;
	request.body_length = whole == NULL ? 0 : strlen(whole);
	bool signed_in = strstr(text, "\nSigned: in") != NULL;
	ask(desk, signed_in ? let_in(desk) : NULL, &request, query == NULL ? "" : query + 1);
	request_clear(&request);
	return 0;
}
