/* answer-enter.c - a browser comes in, by its link or by the password, and leaves.
 */
#include "answers.h"
#include "entrance.h"
#include "page.h"
#include "password.h"

#include <string.h>

/* Where a page of another place sent the browser here (a file that opened it, a mail), our cookie is not shown on the
 * way: not even where we send it on. It has to begin anew from a page of ours. */
static bool is_sent_by_another(const Request *request)
{
	return request->fetch_site != NULL && strcmp(request->fetch_site, "none") != 0 &&
		   strcmp(request->fetch_site, "same-origin") != 0;
}

bool answer_enter(Visit *visit, GError **error)
{
	const Request *request = visit->request;
	bool opens = strcmp(request->method, "GET") == 0; /* whoever only looks at what a link is does not use it up */
	Session *session = NULL;
	if (opens && !sessions_enter(visit->desk->sessions, fields_find(request->query, "key"), request, &session, error))
		return false;
	if (opens && session == NULL && visit->session == NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "key",
			"This link was used already, or is too old; \"followup desk\" prints a new one when it starts.");
	if (session != NULL)
		desk_give_cookie(visit, session);
	if (is_sent_by_another(request)) {
		response_add_header(visit->response, "Refresh: 0;url=/");
		return page_show(visit, &(Page){.template_name = "entered", .title = "Come in"}, error);
	}
	response_redirect(visit->response, "/");
	return true;
}

/* ---- by the password ---- */

bool answer_sign_in(Visit *visit, GError **error)
{
	if (visit->session != NULL)
		response_redirect(visit->response, "/");
	else if (entrance_is_open(visit->desk))
		entrance_show(visit, 200, NULL);
	else
		return base_error_set(
			error, BASE_ERROR_MISSING, "password",
			"This desk has no password; open the link that \"followup desk\" prints.");
	return true;
}

static int64_t now_seconds(void)
{
	return g_get_monotonic_time() / G_USEC_PER_SEC;
}

static void tell_to_wait(Visit *visit, int64_t seconds)
{
	g_autofree char *message = g_strdup_printf(
		"There were too many wrong passwords; try again in %" G_GINT64_FORMAT " second%s.", seconds,
		seconds == 1 ? "" : "s");
	response_add_header(visit->response, "Retry-After: %" G_GINT64_FORMAT, seconds);
	entrance_show(visit, 429, message);
}

static bool let_in(Visit *visit, GError **error)
{
	Session *session = NULL;
	const char *next = fields_find(visit->request->form, "next");
	if (!sessions_begin(visit->desk->sessions, visit->request, &session, error))
		return false;
	desk_give_cookie(visit, session);
	response_redirect(visit->response, request_is_own_path(next) ? next : "/");
	return true;
}

bool answer_sign_in_post(Visit *visit, GError **error)
{
	Tries *tries = visit->desk->tries;
	const Request *request = visit->request;
	const char *password = fields_find(request->form, "password");
	g_autofree char *kept = NULL;
	int64_t wait = tries_wait(tries, request->peer, now_seconds());
	if (!app_password_load(visit->desk->app, &kept, error))
		return false;
	if (kept == NULL)
		return answer_sign_in(visit, error);
	if (wait > 0) {
		tell_to_wait(visit, wait);
		return true;
	}
	if (password_check(kept, password == NULL ? "" : password)) {
		tries_succeed(tries, request->peer);
		return let_in(visit, error);
	}
	tries_fail(tries, request->peer, now_seconds());
	entrance_show(visit, 403, "That is not the password of this desk.");
	return true;
}

bool answer_leave(Visit *visit, GError **error)
{
	sessions_end(visit->desk->sessions, visit->session);
	visit->session = NULL;
	const Page page = {.template_name = "left", .title = "Signed out"};
	desk_give_cookie(visit, NULL);
	return page_show(visit, &page, error);
}
