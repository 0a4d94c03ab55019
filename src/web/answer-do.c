/* answer-do.c - every op as a form: what has no page of its own is done here, and every page's buttons end here.
 *
 * A form names where to go on ("next"); what was done is said there.  What does not work gives the form back with what
 * was typed, and why; where only a yes is missing, with a button for it.
 */
#include "answers.h"
#include "form.h"
#include "order.h"
#include "page.h"
#include "usage.h"

#include <string.h>

static bool find_op(const Visit *visit, const Op **ret_op, GError **error)
{
	const Op *op = op_find(visit->request->segments[0]);
	if (op == NULL || usage_of(op) == USAGE_NOT)
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
		if (usage_of(op) == USAGE_NOT)
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
static const char *next_in(const GPtrArray *fields)
{
	const char *next = fields_find(fields, "next");
	return request_is_own_path(next) ? next : NULL;
}

static bool show_form(Visit *visit, const Op *op, const GPtrArray *fields, const GError *failure, GError **error)
{
	const char *where = failure == NULL ? NULL : base_error_get_where(failure);
	const OpParam *param = where == NULL ? NULL : op_find_param(op, where);
	MustacheValue *values = form_describe(op, fields, where);
	if (failure != NULL)
		mustache_object_set_string(values, "message", failure->message);
	if (next_in(fields) != NULL)
		mustache_object_set_string(values, "next", next_in(fields));
	if (failure != NULL && failure->code == BASE_ERROR_CONFLICT && param != NULL && param->type == PARAM_FLAG)
		mustache_object_set_string(values, "confirm", param->name);
	const Page page = {
		.template_name = "form",
		.title = op->summary,
		.values = values,
		.status = failure == NULL ? 200 : response_status(failure),
	};
	return page_show(visit, &page, error);
}

bool answer_form(Visit *visit, GError **error)
{
	const Op *op = NULL;
	return find_op(visit, &op, error) && show_form(visit, op, visit->request->query, NULL, error);
}

static void send_document(const Visit *visit, const Op *op, Tree *tree)
{
	Response *response = visit->response;
	const DocumentKind *kind = document_kind(tree->document);
	response->status = 200;
	response->content_type = kind->type;
	response->text = g_steal_pointer(&tree->document);
	response_add_header(response, "Cache-Control: no-store");
	response_add_header(
		response, "Content-Disposition: %s; filename=\"followup-%s.%s\"",
		strcmp(kind->suffix, "pdf") == 0 ? "inline" : "attachment", op->name, kind->suffix);
}

/* ---- what takes its time ---- */

bool answer_with_job(Visit *visit, const Op *op, const OpArgs *args, GPtrArray *fields, GError **error)
{
	const Desk *desk = visit->desk;
	Job *job = NULL;
	const JobOrder order = {
		.op = op,
		.args = args,
		.db_path = app_get_path(desk->app),
		.now = app_get_now_text(desk->app),
		.owner = visit->session->csrf,
		.next = next_in(fields),
		.form = fields,
	};
	if (!jobs_start(desk->jobs, &order, &job, error))
		return false;
	g_autofree char *path = g_strconcat("/job/", job->id, NULL);
	response_redirect(visit->response, path);
	return true;
}

static bool show_at_work(Visit *visit, const Job *job, GError **error)
{
	MustacheValue *values = mustache_value_new_object();
	mustache_object_set_string(values, "summary", job->op->summary);
	const Page page = {.template_name = "job", .title = job->op->summary, .values = values};
	response_add_header(visit->response, "Refresh: 1");
	return page_show(visit, &page, error);
}

/* What it said, a paragraph each. */
static MustacheValue *read_said(const Job *job)
{
	MustacheValue *values = mustache_value_new_object(), *says = mustache_value_new_list();
	g_autofree char *text = g_utf8_make_valid(job->output->str, (gssize)job->output->len);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if (g_strstrip(*line)[0] == '\0')
			continue;
		MustacheValue *said = mustache_value_new_object();
		mustache_object_set_string(said, "style", "text");
		mustache_object_set_string(said, "text", *line);
		mustache_list_take(says, said);
	}
	mustache_object_take(values, "says", says);
	return values;
}

static bool show_job_done(Visit *visit, const Job *job, GError **error)
{
	MustacheValue *values = read_said(job);
	if (job->next == NULL) {
		const Page page = {.template_name = "said", .title = job->op->summary, .values = values};
		return page_show(visit, &page, error);
	}
	g_autofree char *done = tree_say_done(values);
	mustache_value_free(values);
	session_set_flash(visit->session, done, false);
	response_redirect(visit->response, job->next);
	return true;
}

bool answer_job(Visit *visit, GError **error)
{
	g_autoptr(GError) failure = NULL;
	const Job *job = jobs_find(visit->desk->jobs, visit->request->segments[0], visit->session->csrf);
	if (job == NULL)
		return base_error_set(
			error, BASE_ERROR_MISSING, "job", "There is no such work any more; what it did is on record.");
	if (!job->is_done)
		return show_at_work(visit, job, error);
	if (!job_get_failure(job, &failure))
		return show_job_done(visit, job, error);
	const char *back = fields_find(job->form, "back");
	if (!request_is_own_path(back))
		return show_form(visit, job->op, job->form, failure, error);
	session_set_flash(visit->session, failure->message, true);
	response_redirect(visit->response, back);
	return true;
}

static bool show_done(Visit *visit, const Op *op, Tree *tree, GError **error)
{
	const char *next = next_in(visit->request->form);
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

static bool run(Visit *visit, const Op *op, const OpArgs *args, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_auto(Tree) tree = tree_begin(visit->desk->app, true);
	if (op_run(visit->desk->app, op, args, &tree.port, &failure))
		return show_done(visit, op, &tree, error);
	return show_form(visit, op, visit->request->form, failure, error);
}

bool answer_do(Visit *visit, GError **error)
{
	const Op *op = NULL;
	g_autoptr(OpArgs) args = NULL;
	g_autoptr(GError) failure = NULL;
	if (!find_op(visit, &op, error))
		return false;
	if (!form_take(op, visit->request->form, &args, &failure))
		return show_form(visit, op, visit->request->form, failure, error);
	if (!usage_is_slow(op, args))
		return run(visit, op, args, error);
	return answer_with_job(visit, op, args, visit->request->form, &failure) ||
		   show_form(visit, op, visit->request->form, failure, error);
}
