/* answer-document.c - what there is of an opportunity as files: call sheets, its calendar, its mails.
 */
#include "answers.h"

#include <string.h>

/* The document that an op told, as a file of that name. */
static bool send_file(Visit *visit, Tree *tree, const char *type, const char *how, GError **error)
{
	if (tree->document == NULL)
		return base_error_set(error, BASE_ERROR_MISSING, NULL, "There is no such file.");
	visit->response->status = 200;
	visit->response->content_type = type;
	visit->response->text = g_steal_pointer(&tree->document);
	response_add_header(visit->response, "Cache-Control: no-store");
	response_add_header(visit->response, "Content-Disposition: %s", how);
	return true;
}

bool answer_call_sheet(Visit *visit, GError **error)
{
	g_autofree char *name = g_strconcat("#", visit->request->segments[0], NULL);
	g_auto(Tree) tree = tree_begin(visit->desk->app, false);
	return desk_run(
			   visit->desk, "call", &tree.port, error, "opportunity", name, "person", visit->request->segments[1],
			   "pdf", "-", NULL) &&
		   send_file(visit, &tree, "application/pdf", "inline; filename=\"call.pdf\"", error);
}

bool answer_calendar_file(Visit *visit, GError **error)
{
	g_autofree char *name = g_strconcat("#", visit->request->segments[0], NULL);
	g_auto(Tree) tree = tree_begin(visit->desk->app, false);
	return desk_run(visit->desk, "calendar", &tree.port, error, "opportunity", name, NULL) &&
		   send_file(visit, &tree, "text/calendar; charset=utf-8", "attachment; filename=\"interviews.ics\"", error);
}

bool answer_mail_file(Visit *visit, GError **error)
{
	g_autofree char *name = g_strconcat("#", visit->request->segments[0], NULL);
	g_auto(Tree) tree = tree_begin(visit->desk->app, false);
	return desk_run(
			   visit->desk, "show", &tree.port, error, "opportunity", name, "eml", visit->request->segments[1], NULL) &&
		   send_file(visit, &tree, "message/rfc822", "attachment; filename=\"note.eml\"", error);
}
