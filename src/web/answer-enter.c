/* answer-enter.c - a browser comes in by its link, and leaves.
 */
#include "answers.h"
#include "page.h"

#include <string.h>

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
	response_redirect(visit->response, "/");
	if (session == NULL)
		return true;
	g_autofree char *cookie = session_cookie(session, request->secure);
	response_add_header(visit->response, "Set-Cookie: %s", cookie);
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
