/* desk.c - the way of one request: who asks, may they, what answers it; and ops run for pages.
 */
#include "desk.h"

#include "entrance.h"
#include "page.h"
#include "route.h"
#include "usage.h"
#include "web-assets.h"

#include <base/text.h>
#include <stdarg.h>
#include <string.h>

/* A number for all assets as they are: it changes with any of them. */
static char *assets_version(void)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	for (const EmbeddedFile *file = web_assets; file->name != NULL; file++)
		g_checksum_update(sum, (const unsigned char *)file->text, (gssize)file->length);
	return g_strndup(g_checksum_get_string(sum), 12);
}

static void add_host(GPtrArray *hosts, const char *name, int port)
{
	bool is_v6 = strchr(name, ':') != NULL;
	g_ptr_array_add(hosts, g_strdup_printf(is_v6 ? "[%s]:%d" : "%s:%d", name, port));
	g_ptr_array_add(hosts, g_strdup_printf(is_v6 ? "[%s]" : "%s", name)); /* where the port is the scheme's own */
}

Desk *desk_new(App *app, const DeskSetup *setup, int port, GError **error)
{
	static const char *const loopback[] = {"localhost", "127.0.0.1", "::1"};
	g_autoptr(Desk) desk = g_new0(Desk, 1);
	desk->app = app;
	desk->setup = setup;
	desk->port = port;
	desk->hosts = g_ptr_array_new_with_free_func(g_free);
	for (size_t i = 0; i < G_N_ELEMENTS(loopback); i++)
		add_host(desk->hosts, loopback[i], port);
	desk->any_address = strcmp(setup->address, "0.0.0.0") == 0 || strcmp(setup->address, "::") == 0;
	if (!desk->any_address)
		add_host(desk->hosts, setup->address, port);
	for (guint i = 0; setup->hosts != NULL && i < setup->hosts->len; i++)
		add_host(desk->hosts, g_ptr_array_index(setup->hosts, i), port);
	desk->sessions = sessions_new(app, port);
	desk->tries = tries_new();
	desk->jobs = jobs_new(setup->program);
	desk->cache = page_cache_new();
	desk->version = assets_version();
	desk->templates = templates_new(error);
	return desk->templates == NULL ? NULL : g_steal_pointer(&desk);
}

void desk_free(Desk *desk)
{
	if (desk == NULL)
		return;
	g_ptr_array_unref(desk->hosts);
	sessions_free(desk->sessions);
	jobs_free(desk->jobs);
	tries_free(desk->tries);
	page_cache_free(desk->cache);
	templates_free(desk->templates);
	g_free(desk->version);
	g_free(desk);
}

void desk_give_cookie(Visit *visit, const Session *session)
{
	g_autofree char *cookie = sessions_make_cookie(visit->desk->sessions, session, visit->request->secure);
	response_add_header(visit->response, "Set-Cookie: %s", cookie);
}

/* ---- running ops ---- */

static bool take_pairs(OpArgs *args, const Op *op, va_list pairs, GError **error)
{
	for (const char *name = va_arg(pairs, const char *); name != NULL; name = va_arg(pairs, const char *)) {
		const char *value = va_arg(pairs, const char *);
		const OpParam *param = op_find_param(op, name);
		g_assert(param != NULL);
		if (value != NULL && !op_args_take(args, param, value, error))
			return false;
	}
	return usage_check_paths(op, args, error) && op_args_check(args, error);
}

static bool run_pairs(Desk *desk, const char *name, Printer *printer, va_list pairs, GError **error)
{
	const Op *op = op_find(name);
	g_assert(op != NULL);
	g_autoptr(OpArgs) args = op_args_new(op);
	return take_pairs(args, op, pairs, error) && op_run(desk->app, op, args, printer, error);
}

bool desk_run(Desk *desk, const char *op, Printer *printer, GError **error, ...)
{
	va_list pairs;
	va_start(pairs, error);
	bool good = run_pairs(desk, op, printer, pairs, error);
	va_end(pairs);
	return good;
}

bool desk_tell(Desk *desk, const char *op, MustacheValue **ret_value, GError **error, ...)
{
	g_auto(Tree) tree = tree_begin(desk->app, false);
	va_list pairs;
	va_start(pairs, error);
	bool good = run_pairs(desk, op, &tree.port, pairs, error);
	va_end(pairs);
	if (good)
		*ret_value = tree_take(&tree);
	return good;
}

/* ---- a request ---- */

/* "192.0.2.7:7474", "[2001:db8::7]:7474": an address of a network with our port; no name, which could point anywhere.
 */
static bool is_address_with_port(const char *host, int port)
{
	g_autofree char *end = g_strdup_printf(":%d", port);
	bool v6 = host[0] == '[';
	size_t length = strspn(host + v6, v6 ? "0123456789abcdefABCDEF:." : "0123456789.");
	const char *rest = host + v6 + length;
	if (length == 0 || (v6 && *rest++ != ']'))
		return false;
	return strcmp(rest, end) == 0;
}

/* A name that points at us from elsewhere (DNS rebinding) is not one of ours. */
static bool is_our_host(const Desk *desk, const char *host)
{
	for (guint i = 0; host != NULL && i < desk->hosts->len; i++)
		if (g_ascii_strcasecmp(g_ptr_array_index(desk->hosts, i), host) == 0)
			return true;
	return host != NULL && desk->any_address && is_address_with_port(host, desk->port);
}

static bool is_reading(const Request *request)
{
	return strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;
}

/* A browser says which page a form came from; it has to be one of ours. */
static bool is_our_origin(const Request *request)
{
	if (request->origin == NULL)
		return request->fetch_site == NULL || strcmp(request->fetch_site, "same-origin") == 0 ||
			   strcmp(request->fetch_site, "none") == 0;
	g_autofree char *own = g_strconcat(request->secure ? "https://" : "http://", request->host, NULL);
	return g_ascii_strcasecmp(request->origin, own) == 0;
}

static bool check_form(const Visit *visit)
{
	const Request *request = visit->request;
	const char *token = request->csrf_header != NULL ? request->csrf_header : fields_find(request->form, "csrf");
	return is_our_origin(request) && session_check_csrf(visit->session, token);
}

/* What changes something comes from a page of ours; a program needs no page. */
static bool is_from_us(const Visit *visit, bool open)
{
	if (visit->session == NULL && visit->is_program)
		return true;
	return open ? is_our_origin(visit->request) : check_form(visit);
}

static bool is_for_programs(const Request *request)
{
	return g_str_has_prefix(request->path, "/api/");
}

/* To programs the code says what kind of refusal it is, as far as there is one. */
static void refuse_program(Visit *visit, unsigned status, const char *message)
{
	g_autoptr(GError) error = NULL;
	BaseErrorCode code = status == 404 ? BASE_ERROR_MISSING : status == 403 ? BASE_ERROR_CONFLICT : BASE_ERROR_INVALID;
	base_error_set(&error, code, NULL, "%s", message);
	response_set_error(visit->response, status, error);
}

static void refuse(Visit *visit, unsigned status, const char *title, const char *message)
{
	g_autoptr(GError) failure = NULL;
	if (is_for_programs(visit->request)) {
		refuse_program(visit, status, message);
		return;
	}
	MustacheValue *values = mustache_value_new_object();
	mustache_object_set_string(values, "message", message);
	const Page page = {.template_name = "error", .title = title, .values = values, .status = status};
	if (!page_show(visit, &page, &failure))
		response_set_text(visit->response, status, message);
}

static void refuse_stranger(Visit *visit)
{
	bool program = is_for_programs(visit->request);
	if (!program && entrance_is_open(visit->desk)) {
		entrance_show(visit, 401, NULL);
		return;
	}
	refuse(
		visit, 401, "Who is there?",
		program
			? "Nobody is signed in; send \"Authorization: Bearer TOKEN\", with a token of this desk."
			: "This browser is not signed in; open the link that \"followup desk\" printed when it started, or start "
			  "it again for a new one.");
	if (program)
		response_add_header(visit->response, "WWW-Authenticate: Bearer");
}

static void refuse_path(Visit *visit, bool is_path)
{
	refuse(
		visit, is_path ? 405 : 404, "Nothing here",
		is_path ? "This page takes no such request." : "There is no page at this address.");
}

static void answer(Visit *visit, const Route *route)
{
	g_autoptr(GError) error = NULL;
	bool kept = (route->flags & ROUTE_KEPT) != 0;
	if (kept && page_find_kept(visit))
		return;
	bool good = route->answer(visit, &error);
	if (!good && is_for_programs(visit->request))
		response_set_error(visit->response, response_status(error), error);
	else if (!good)
		page_show_error(visit, error);
	else if (kept)
		page_keep(visit);
}

/* Who asks is known; may they, and for what? */
static void admit(Visit *visit)
{
	bool is_path = false;
	const Route *route = route_find(visit->request, &is_path);
	bool open = route != NULL && (route->flags & ROUTE_OPEN) != 0;
	bool known = visit->session != NULL || (visit->is_program && route != NULL && (route->flags & ROUTE_TOKEN) != 0);
	if (!known && !open)
		refuse_stranger(visit);
	else if (route == NULL)
		refuse_path(visit, is_path);
	else if (!is_reading(visit->request) && !is_from_us(visit, open))
		refuse(
			visit, 403, "Not from here",
			"The form is from another page or an old one; go back, load the page again, and send it once more.");
	else
		answer(visit, route);
}

bool desk_knows(Desk *desk, const Request *request)
{
	g_autoptr(AccessEntry) token = sessions_find_token(desk->sessions, request);
	return token != NULL || sessions_find(desk->sessions, request) != NULL;
}

/* A program that shows a token is that program, whatever cookie came along. */
static void identify(Visit *visit)
{
	Sessions *sessions = visit->desk->sessions;
	g_autoptr(AccessEntry) token = sessions_find_token(sessions, visit->request);
	visit->is_program = token != NULL;
	visit->session = token != NULL ? NULL : sessions_find(sessions, visit->request);
	visit->may_decide = token != NULL ? token->may_send : visit->session != NULL;
}

void desk_handle(Desk *desk, Request *request, Response *response)
{
	g_autoptr(GError) error = NULL;
	Visit visit = {.desk = desk, .request = request, .response = response};
	if (!is_our_host(desk, request->host)) {
		response_set_text(
			response, 421, "This desk is not known by that name; \"followup desk --host NAME\" adds one.\n");
		return;
	}
	if (!app_refresh(desk->app, &error)) {
		response_set_text(response, response_status(error), error->message);
		return;
	}
	identify(&visit);
	admit(&visit);
}
