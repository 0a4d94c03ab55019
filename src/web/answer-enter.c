/* answer-enter.c - a browser comes in by its link, and leaves.
 */
#include "answers.h"
#include "page.h"

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
	Session *session =
		opens ? sessions_enter(visit->desk->sessions, fields_find(request->query, "key"), request) : NULL;
	if (opens && session == NULL && visit->session == NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "key",
			"This link was used already, or is too old; \"followup desk\" prints a new one when it starts.");
	g_autofree char *cookie = session == NULL ? NULL : session_cookie(session, request->secure);
	if (cookie != NULL)
		response_add_header(visit->response, "Set-Cookie: %s", cookie);
	if (is_sent_by_another(request)) {
		response_add_header(visit->response, "Refresh: 0;url=/");
		return page_show(visit, &(Page){.template_name = "entered", .title = "Come in"}, error);
	}
	response_redirect(visit->response, "/");
	return true;
}

bool answer_leave(Visit *visit, GError **error)
{
	sessions_end(visit->desk->sessions, visit->session);
	visit->session = NULL;
	const Page page = {.template_name = "left", .title = "Signed out"};
	response_add_header(visit->response, "Set-Cookie: followup=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
	return page_show(visit, &page, error);
}
