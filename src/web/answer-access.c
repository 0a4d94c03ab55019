/* answer-access.c - who may come in to the desk, its password, and the address of the calendar.
 */
#include "answers.h"
#include "order.h"
#include "page.h"
#include "password.h"

#include <string.h>

/* ---- the page ---- */

/* Marks the browser that asks, which does not end itself here. */
static void mark_own(const Visit *visit, MustacheValue *values)
{
	g_autofree char *own = g_strdup_printf("%" G_GINT64_FORMAT, visit->session->number);
	const GPtrArray *items = mustache_list_get_items(mustache_object_find(values, "access"));
	mustache_object_set_string(values, "own_number", own);
	for (guint i = 0; items != NULL && i < items->len; i++) {
		MustacheValue *item = g_ptr_array_index(items, i);
		const char *number = mustache_value_get_text(mustache_object_find(item, "number"));
		mustache_object_set_bool(item, "own", g_strcmp0(number, own) == 0);
	}
}

/* feed: the calendar's address, which is shown this once; or NULL. */
static bool show(Visit *visit, const char *feed, GError **error)
{
	MustacheValue *values = NULL;
	g_autofree char *kept = NULL;
	if (!app_password_load(visit->desk->app, &kept, error) || !desk_tell(visit->desk, "access", &values, error, NULL))
		return false;
	mark_own(visit, values);
	mustache_object_set_bool(values, "password", kept != NULL);
	mustache_object_set_string(values, "feed", feed);
	const Page page = {.template_name = "access", .title = "Who may come in", .section = "settings", .values = values};
	return page_show(visit, &page, error);
}

bool answer_access(Visit *visit, GError **error)
{
	return show(visit, NULL, error);
}

/* ---- the password ---- */

static bool change_password(const Visit *visit, GError **error)
{
	App *app = visit->desk->app;
	const char *password = fields_find(visit->request->form, "password");
	const char *again = fields_find(visit->request->form, "again");
	g_autofree char *kept = NULL;
	int ended = 0;
	if (password == NULL || g_strcmp0(password, again) != 0)
		return base_error_set(
			error, BASE_ERROR_INVALID, "again", "The two passwords are not the same; type it twice alike.");
	return password_make(password, &kept, error) && app_password_save(app, kept, error) &&
		   app_access_end_others(app, false, visit->session->number, &ended, error);
}

bool answer_password(Visit *visit, GError **error)
{
	g_autoptr(GError) failure = NULL;
	bool good = change_password(visit, &failure);
	session_set_flash(
		visit->session, good ? "The password is kept; other browsers have to come in anew." : failure->message, !good);
	response_redirect(visit->response, "/settings/access#password");
	return true;
}

/* ---- the calendar's address ---- */

bool answer_new_feed(Visit *visit, GError **error)
{
	const Request *request = visit->request;
	g_autofree char *secret = NULL;
	if (!sessions_new_feed(visit->desk->sessions, &secret, error))
		return false;
	g_autofree char *address =
		g_strdup_printf("%s://%s/calendar/%s.ics", request->secure ? "https" : "http", request->host, secret);
	return show(visit, address, error);
}

/* For calendar programs, which show no cookie: the address is the secret. */
bool answer_feed(Visit *visit, GError **error)
{
	const char *name = visit->request->segments[0];
	g_autofree char *secret = g_strndup(name, strlen(name) - (g_str_has_suffix(name, ".ics") ? strlen(".ics") : 0));
	g_auto(Order) order = {0};
	g_auto(Outcome) outcome = {0};
	if (strcmp(secret, name) == 0 || !sessions_check_feed(visit->desk->sessions, secret))
		return base_error_set(
			error, BASE_ERROR_MISSING, "calendar", "There is no calendar at this address (any more).");
	if (!order_take_json(op_find("calendar"), NULL, &order, error) ||
		!order_run(visit->desk->app, &order, &outcome, error))
		return false;
	visit->response->status = 200;
	visit->response->content_type = "text/calendar; charset=utf-8";
	visit->response->text = g_steal_pointer(&outcome.text);
	response_add_header(visit->response, "Cache-Control: private, no-cache");
	return true;
}
