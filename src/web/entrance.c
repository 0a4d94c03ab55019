/* entrance.c - the sign-in page.
 */
#include "entrance.h"

#include "page.h"

#include <string.h>

bool entrance_is_open(Desk *desk)
{
	g_autofree char *kept = NULL;
	return app_password_load(desk->app, &kept, NULL) && kept != NULL;
}

/* Where to go on: where the form says, else the page that was asked for. */
static const char *next_of(const Request *request)
{
	const char *next = fields_find(request->form, "next");
	bool page = next == NULL && strcmp(request->method, "GET") == 0 && strcmp(request->path, "/sign-in") != 0;
	if (page)
		next = request->target;
	return request_is_own_path(next) ? next : "/";
}

void entrance_show(Visit *visit, unsigned status, const char *message)
{
	g_autoptr(GError) failure = NULL;
	MustacheValue *values = mustache_value_new_object();
	mustache_object_set_string(values, "next", next_of(visit->request));
	mustache_object_set_string(values, "message", message);
	const Page page = {.template_name = "sign-in", .title = "Sign in", .values = values, .status = status};
	if (!page_show(visit, &page, &failure))
		response_set_text(visit->response, 500, failure->message);
}
