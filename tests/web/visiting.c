/* visiting.c - requests without a server.
 */
#include "visiting.h"

#include <app/json-printer.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

enum { NOW = 1795446000 }; /* Monday 23 November 2026, 15:00 UTC */

static int64_t read_clock(void)
{
	return NOW;
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

Visiting *visiting_new(void)
{
	leave_home();
	Visiting *visiting = g_new0(Visiting, 1);
	g_autoptr(GError) error = NULL;
	g_assert_cmpint(sodium_init(), >=, 0);
	visiting->folder = g_dir_make_tmp("followup-test-XXXXXX", &error);
	g_assert_no_error(error);
	g_autofree char *db = g_build_filename(visiting->folder, "followup.db", NULL);
	visiting->app = app_new(&(AppSetup){
		.db_path = db,
		.config_dir = visiting->folder,
		.module_dir = visiting->folder,
		.default_zone = "America/Phoenix",
		.now = NOW,
		.clock = read_clock,
		.load = load_nothing,
	});
	visiting->setup = (DeskSetup){.address = "127.0.0.1", .port = 7474, .program = "/bin/false"};
	g_assert_true(app_refresh(visiting->app, &error));
	visiting->desk = desk_new(visiting->app, &visiting->setup, 7474, &error);
	g_assert_no_error(error);
	return visiting;
}

static void remove_folder(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_assert_cmpint(g_unlink(path), ==, 0);
	}
	g_assert_cmpint(g_rmdir(folder), ==, 0);
}

void visiting_free(Visiting *visiting)
{
	desk_free(visiting->desk);
	app_free(visiting->app);
	remove_folder(visiting->folder);
	g_free(visiting->folder);
	g_free(visiting->cookie);
	g_free(visiting->csrf);
	g_free(visiting);
}

static void free_field(void *data)
{
	field_free(data);
}

/* "a=1&b=2" as fields, decoded. */
static GPtrArray *read_fields(const char *text)
{
	GPtrArray *fields = g_ptr_array_new_with_free_func(free_field);
	g_auto(GStrv) parts = g_strsplit(text == NULL ? "" : text, "&", -1);
	for (char **part = parts; *part != NULL; part++) {
		const char *equals = strchr(*part, '=');
		if (equals == NULL)
			continue;
		g_autofree char *name = g_strndup(*part, (size_t)(equals - *part));
		g_autofree char *value = g_strdelimit(g_strdup(equals + 1), "+", ' ');
		g_autofree char *decoded = g_uri_unescape_string(value, NULL);
		g_assert_nonnull(decoded);
		g_ptr_array_add(fields, field_new(name, decoded, strlen(decoded)));
	}
	return fields;
}

static void add_token(const Visiting *visiting, const VisitAs *as, Request *request)
{
	if (visiting->csrf == NULL || as->bare || as->stranger || strcmp(request->method, "POST") != 0)
		return;
	if (as->body != NULL)
		request->csrf_header = visiting->csrf;
	else
		g_ptr_array_add(request->form, field_new("csrf", visiting->csrf, strlen(visiting->csrf)));
}

VisitAnswer visiting_ask(Visiting *visiting, const char *what, const VisitAs *as)
{
	static const VisitAs plain = {0};
	VisitAnswer answer = {0};
	if (as == NULL)
		as = &plain;
	g_auto(GStrv) words = g_strsplit(what, " ", 2);
	const char *query = strchr(words[1], '?');
	g_autofree char *path = g_strndup(words[1], strcspn(words[1], "?"));
	g_autofree char *decoded = g_uri_unescape_string(path, NULL);
	g_assert_nonnull(decoded);
	Request request = {
		.method = words[0],
		.path = decoded,
		.target = words[1],
		.query = read_fields(query == NULL ? NULL : query + 1),
		.form = read_fields(as->form),
		.body = as->body,
		.body_length = as->body == NULL ? 0 : strlen(as->body),
		.content_type = as->content_type,
		.host = as->host == NULL ? TEST_HOST : as->host,
		.origin = as->origin,
		.fetch_site = as->fetch_site,
		.cookie = as->stranger         ? NULL
				  : as->cookie != NULL ? as->cookie
									   : visiting->cookie,
		.authorization = as->authorization,
		.if_none_match = as->if_none_match,
		.csrf_header = as->csrf_header,
		.agent = "a browser",
		.peer = "127.0.0.1",
	};
	add_token(visiting, as, &request);
	desk_handle(visiting->desk, &request, &answer.response);
	request_clear(&request);
	const Response *response = &answer.response;
	answer.text = response->text != NULL ? g_strndup(response->text->str, response->text->len)
										 : g_strndup(response->bytes == NULL ? "" : response->bytes, response->length);
	return answer;
}

void visit_answer_clear(VisitAnswer *answer)
{
	response_clear(&answer->response);
	g_clear_pointer(&answer->text, g_free);
}

const char *visit_answer_header(const VisitAnswer *answer, const char *name)
{
	const GPtrArray *headers = answer->response.headers;
	size_t length = strlen(name);
	for (guint i = 0; headers != NULL && i < headers->len; i++) {
		const char *line = g_ptr_array_index(headers, i);
		if (g_ascii_strncasecmp(line, name, length) == 0 && line[length] == ':')
			return line + length + 2;
	}
	return NULL;
}

/* What stands in a page between two words; free with g_free. */
static char *cut_out(const char *text, const char *before, const char *after)
{
	const char *begin = strstr(text, before);
	g_assert_nonnull(begin);
	begin += strlen(before);
	const char *end = strstr(begin, after);
	g_assert_nonnull(end);
	return g_strndup(begin, (size_t)(end - begin));
}

void visiting_enter(Visiting *visiting)
{
	g_autofree char *key = NULL;
	g_assert_true(sessions_new_link(visiting->desk->sessions, &key, NULL));
	g_autofree char *what = g_strconcat("GET /enter?key=", key, NULL);
	g_auto(VisitAnswer) answer = visiting_ask(visiting, what, NULL);
	const char *cookie = visit_answer_header(&answer, "Set-Cookie");
	g_assert_nonnull(cookie);
	g_free(visiting->cookie);
	g_free(visiting->csrf);
	visiting->cookie = g_strndup(cookie, strcspn(cookie, ";"));
	g_auto(VisitAnswer) form = visiting_ask(visiting, "GET /do/add", NULL);
	visiting->csrf = cut_out(form.text, "name=\"csrf\" value=\"", "\"");
}

void visiting_run(Visiting *visiting, const char *name, ...)
{
	const Op *op = op_find(name);
	g_autoptr(OpArgs) args = op_args_new(op);
	g_autoptr(GError) error = NULL;
	g_auto(JsonPrinter) printer = json_printer(false, NULL);
	va_list pairs;
	va_start(pairs, name);
	for (const char *word = va_arg(pairs, const char *); word != NULL; word = va_arg(pairs, const char *)) {
		const char *value = va_arg(pairs, const char *);
		g_assert_true(op_args_take(args, op_find_param(op, word), value, &error));
	}
	va_end(pairs);
	g_assert_true(op_args_check(args, &error));
	bool good = op_run(visiting->app, op, args, &printer.port, &error);
	g_assert_no_error(error);
	g_assert_true(good);
}
