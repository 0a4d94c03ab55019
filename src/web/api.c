/* api.c - every op as JSON, for programs and for the scripts of our pages: /api/v1/OP.
 *
 * Parameters come as a query (GET, where the op only reads), as a JSON object or as a form (POST); the result is what
 * the command line prints with --format json, or the document that the op makes.  What talks to other machines runs as
 * a job, and its request sleeps until that is done.
 */
#include "answers.h"
#include "order.h"
#include "usage.h"

#include <base/limits.h>
#include <string.h>

/* ---- what came ---- */

static bool find_op(const Visit *visit, const Op **ret_op, GError **error)
{
	const Op *op = op_find(visit->request->segments[0]);
	if (op == NULL || usage_of(op) == USAGE_NOT)
		return base_error_set(
			error, BASE_ERROR_MISSING, "op",
			op == NULL ? "There is no such op; /api/v1/openapi.json describes those that there are."
					   : "This is done on the command line of the machine itself.");
	*ret_op = op;
	return true;
}

static bool is_json(const char *content_type)
{
	const size_t length = strlen("application/json");
	return content_type != NULL && g_ascii_strncasecmp(content_type, "application/json", length) == 0 &&
		   strchr("; \t", content_type[length]) != NULL;
}

static bool take_body(const Visit *visit, const Op *op, Order *ret_order, GError **error)
{
	const Request *request = visit->request;
	g_autoptr(JsonDocument) document = NULL;
	if (request->body == NULL || request->body_length == 0)
		return order_take_fields(op, request->form, ret_order, error);
	if (!is_json(request->content_type))
		return base_error_set(
			error, BASE_ERROR_INVALID, "Content-Type",
			"The parameters come as application/json, or as a form; say which in Content-Type.");
	return json_document_parse(request->body, request->body_length, UPLOAD_BYTES_MAX, &document, error) &&
		   order_take_json(op, json_document_get_root(document), ret_order, error);
}

static bool is_post(const Visit *visit)
{
	return strcmp(visit->request->method, "POST") == 0;
}

static bool take_order(const Visit *visit, const Op *op, Order *ret_order, GError **error)
{
	return is_post(visit) ? take_body(visit, op, ret_order, error)
						  : order_take_fields(op, visit->request->query, ret_order, error);
}

/* ---- what goes back ---- */

/* text is taken. failure: what it failed with although this is the whole result; or NULL. */
static void send_text(Visit *visit, GString *text, const char *type, const GError *failure)
{
	Response *response = visit->response;
	response->status = failure == NULL ? 200 : response_status(failure);
	response->content_type = type;
	response->text = text;
	response_add_header(response, "Cache-Control: no-store");
}

/* True if a job told all of its result, whatever became of it. */
static bool is_whole(const Job *job)
{
	g_autoptr(JsonDocument) document = NULL;
	return job->output->len > 0 &&
		   json_document_parse(job->output->str, job->output->len, LIMIT_INPUT_BYTES, &document, NULL) &&
		   json_value_find(json_document_get_root(document), "error") == NULL;
}

static bool send_job(Visit *visit, const Job *job, GError **error)
{
	g_autoptr(GError) failure = NULL;
	if (job->is_cut)
		return base_error_set(
			error, BASE_ERROR_INTERNAL, job->op->name, "It came to its end, but its result is too large to be shown.");
	bool failed = job_get_failure(job, &failure);
	if (failed && !is_whole(job)) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return false;
	}
	GString *text = g_string_new(job->output->len == 0 ? "{}" : job->output->str);
	if (failed)
		outcome_add_error(text, failure);
	send_text(visit, text, "application/json", failure);
	return true;
}

static bool wait_for(Visit *visit, const Order *order, GError **error)
{
	const Desk *desk = visit->desk;
	const JobOrder job = {
		.op = order->op,
		.args = order->args,
		.json = true,
		.db_path = app_get_path(desk->app),
		.now = app_get_now_text(desk->app),
		.owner = "",
	};
	visit->response->kind = RESPONSE_WAIT;
	return jobs_start(desk->jobs, &job, &visit->response->job, error);
}

static bool run(Visit *visit, Order *order, GError **error)
{
	g_auto(Outcome) outcome = {0};
	if (!order_run(visit->desk->app, order, &outcome, error))
		return false;
	send_text(visit, g_steal_pointer(&outcome.text), outcome.type, outcome.failure);
	if (app_get_warning(visit->desk->app) != NULL)
		response_add_header(visit->response, "X-Followup-Warning: %s", app_get_warning(visit->desk->app));
	return true;
}

static bool refuse_method(Visit *visit, const Op *op)
{
	g_autoptr(GError) error = NULL;
	base_error_set(
		&error, BASE_ERROR_INVALID, op->name, "With these parameters %s changes something; ask for it by POST.",
		op->name);
	response_set_error(visit->response, 405, error);
	response_add_header(visit->response, "Allow: POST");
	return true;
}

static bool is_within_power(const Visit *visit, const Order *order)
{
	return (visit->may_decide || !usage_decides(order->op, order->args)) &&
		   (!visit->is_program || !usage_is_a_persons(order->op, order->args));
}

static bool refuse_power(Visit *visit, const Op *op)
{
	g_autoptr(GError) error = NULL;
	if (visit->may_decide)
		base_error_set(
			&error, BASE_ERROR_CONFLICT, op->name,
			"Who may come in, and what runs on the machine, is not for programs to say; a person does, on the desk.");
	else
		base_error_set(
			&error, BASE_ERROR_CONFLICT, op->name,
			"This token may only propose; \"%s\" is decided by a person, on the desk, or by a token that may send.",
			op->name);
	response_set_error(visit->response, 403, error);
	return true;
}

bool answer_api(Visit *visit, GError **error)
{
	const Op *op = NULL;
	g_auto(Order) order = {0};
	if (visit->request->job != NULL)
		return send_job(visit, visit->request->job, error);
	if (!find_op(visit, &op, error))
		return false;
	if (!is_post(visit) && !usage_may_read(op))
		return refuse_method(visit, op);
	if (!take_order(visit, op, &order, error))
		return false;
	if (!is_post(visit) && !usage_reads(op, order.args))
		return refuse_method(visit, op);
	if (!is_within_power(visit, &order))
		return refuse_power(visit, op);
	return usage_is_slow(op, order.args) ? wait_for(visit, &order, error) : run(visit, &order, error);
}
