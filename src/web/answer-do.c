/* answer-do.c - every op as a form: what has no page of its own is done here, and every page's buttons end here.
 *
 * A form names where to go on ("next"); what was done is said there.  What does not work gives the form back with what
 * was typed, and why; where only a yes is missing, with a button for it.
 */
#include "answers.h"
#include "form.h"
#include "page.h"

#include <string.h>

static bool find_op(const Visit *visit, const Op **ret_op, GError **error)
{
	const Op *op = op_find(visit->request->segments[0]);
	if (op == NULL || form_use(op) == FORM_NOT)
		return base_error_set(
			error, BASE_ERROR_MISSING, "op",
			op == NULL ? "There is no such command." : "This is done on the command line of the machine itself.");
	*ret_op = op;
	return true;
}

bool answer_commands(Visit *visit, GError **error)
{
	MustacheValue *values = mustache_value_new_object(), *list = mustache_value_new_list();
	for (const Op *op = op_table(); op->name != NULL; op++) {
		if (form_use(op) == FORM_NOT)
			continue;
		MustacheValue *item = mustache_value_new_object();
		mustache_object_set_string(item, "op", op->name);
		mustache_object_set_string(item, "summary", op->summary);
		mustache_list_take(list, item);
	}
	mustache_object_take(values, "ops", list);
	const Page page = {.template_name = "commands", .title = "Everything it can do", .values = values};
	return page_show(visit, &page, error);
}

/* Where a form goes on; back to the page it is on where it does not say. */
static const char *next_of(const Visit *visit)
{
	const char *next = fields_find(visit->request->form, "next");
	if (next == NULL)
		next = fields_find(visit->request->query, "next");
	return request_is_own_path(next) ? next : NULL;
}

static bool show_form(Visit *visit, const Op *op, const GError *failure, GError **error)
{
	const GPtrArray *fields = visit->request->form->len > 0 ? visit->request->form : visit->request->query;
	const char *where = failure == NULL ? NULL : base_error_get_where(failure);
	const OpParam *param = where == NULL ? NULL : op_find_param(op, where);
	MustacheValue *values = form_describe(op, fields, where);
	if (failure != NULL)
		mustache_object_set_string(values, "message", failure->message);
	if (next_of(visit) != NULL)
		mustache_object_set_string(values, "next", next_of(visit));
	if (failure != NULL && failure->code == BASE_ERROR_CONFLICT && param != NULL && param->type == PARAM_FLAG)
		mustache_object_set_string(values, "confirm", param->name);
	const Page page = {
		.template_name = "form",
		.title = op->summary,
		.values = values,
		.status = failure == NULL ? 200 : desk_status(failure),
	};
	return page_show(visit, &page, error);
}

bool answer_form(Visit *visit, GError **error)
{
	const Op *op = NULL;
	return find_op(visit, &op, error) && show_form(visit, op, NULL, error);
}

static void send_document(const Visit *visit, const Op *op, Tree *tree)
{
	static const struct {
		const char *begins, *type, *suffix;
	} kinds[] = {
		{"%PDF", "application/pdf", "pdf"},
		{"BEGIN:VCALENDAR", "text/calendar; charset=utf-8", "ics"},
		{"BEGIN:VCARD", "text/vcard; charset=utf-8", "vcf"},
		{"{", "application/json", "json"},
		{"", "text/plain; charset=utf-8", "txt"}};
	Response *response = visit->response;
	size_t kind = 0;
	while (!g_str_has_prefix(tree->document->str, kinds[kind].begins))
		kind++;
	response->status = 200;
	response->content_type = kinds[kind].type;
	response->text = g_steal_pointer(&tree->document);
	response_add_header(response, "Cache-Control: no-store");
	response_add_header(
		response, "Content-Disposition: %s; filename=\"followup-%s.%s\"", kind == 0 ? "inline" : "attachment", op->name,
		kinds[kind].suffix);
}

static bool show_done(Visit *visit, const Op *op, Tree *tree, GError **error)
{
	const char *next = next_of(visit);
	if (tree->document != NULL) {
		send_document(visit, op, tree);
		return true;
	}
	if (next != NULL) {
		g_autofree char *done = tree_say_done(tree->root);
		session_set_flash(visit->session, done, false);
		response_redirect(visit->response, next);
		return true;
	}
	const Page page = {.template_name = "said", .title = op->summary, .values = tree_take(tree)};
	return page_show(visit, &page, error);
}

bool answer_do(Visit *visit, GError **error)
{
	const Op *op = NULL;
	g_autoptr(OpArgs) args = NULL;
	g_autoptr(GError) failure = NULL;
	if (!find_op(visit, &op, error))
		return false;
	g_auto(Tree) tree = tree_begin(visit->desk->app, true);
	if (!form_take(op, visit->request->form, &args, &failure) ||
		!op_run(visit->desk->app, op, args, &tree.port, &failure))
		return show_form(visit, op, failure, error);
	return show_done(visit, op, &tree, error);
}
