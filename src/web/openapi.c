/* openapi.c - what the API can do, told in OpenAPI 3.1: made of the table of ops when it is asked for.
 */
#include "answers.h"
#include "schema.h"
#include "usage.h"

#include <string.h>

/* ---- small parts ---- */

static void write_reference(JsonOut *out, const char *where)
{
	json_out_object(out);
	json_out_key_string(out, "$ref", where);
	json_out_object_end(out);
}

/* "200": {description, content: {TYPE: {schema}}} */
static void write_result(JsonOut *out, const Op *op)
{
	json_out_key(out, "200");
	json_out_object(out);
	json_out_key_string(
		out, "description",
		usage_is_document(op) ? "The document, or what was done."
							  : "What the command line prints with --format json; keys are added, never renamed.");
	json_out_key(out, "content");
	json_out_object(out);
	json_out_key(out, "application/json");
	json_out_object(out);
	json_out_key(out, "schema");
	write_reference(out, "#/components/schemas/Result");
	json_out_object_end(out);
	if (usage_is_document(op)) {
		json_out_key(out, "*/*");
		json_out_object(out);
		json_out_object_end(out);
	}
	json_out_object_end(out);
	json_out_object_end(out);
}

static void write_responses(JsonOut *out, const Op *op)
{
	static const char *const errors[] = {"401", "403", "404", "409", "422", "500", "503"};
	json_out_key(out, "responses");
	json_out_object(out);
	write_result(out, op);
	for (size_t i = 0; i < G_N_ELEMENTS(errors); i++) {
		g_autofree char *where = g_strconcat("#/components/responses/", errors[i], NULL);
		json_out_key(out, errors[i]);
		write_reference(out, where);
	}
	json_out_object_end(out);
}

static void write_examples(JsonOut *out, const Op *op)
{
	g_auto(GStrv) lines = g_strsplit(op->example, "\n", -1);
	json_out_key(out, "examples");
	json_out_object(out);
	for (int i = 0; lines[i] != NULL; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		JsonOut value = json_out(text, false);
		char key[16];
		g_snprintf(key, sizeof key, "example-%d", i + 1);
		if (!schema_write_example(&value, op, lines[i]))
			continue;
		json_out_key(out, key);
		json_out_object(out);
		json_out_key_string(out, "summary", lines[i]);
		json_out_key(out, "value");
		json_out_raw(out, text->str);
		json_out_object_end(out);
	}
	json_out_object_end(out);
}

/* ---- an op ---- */

static void begin_operation(JsonOut *out, const Op *op, const char *method)
{
	g_autofree char *id = g_strconcat(op->name, "-", method, NULL);
	g_autofree char *description =
		g_strconcat(op->summary, op->help == NULL ? "." : ". ", op->help == NULL ? "" : op->help, NULL);
	json_out_key(out, method);
	json_out_object(out);
	json_out_key_string(out, "operationId", id);
	json_out_key_string(out, "summary", op->summary);
	json_out_key_string(out, "description", description);
	json_out_key(out, "tags");
	json_out_array(out);
	json_out_string(out, op->plumbing ? "plumbing" : "desk");
	json_out_array_end(out);
	json_out_key_bool(out, "x-decides", usage_always_decides(op));
}

static void write_query(JsonOut *out, const Op *op)
{
	json_out_key(out, "parameters");
	json_out_array(out);
	for (const OpParam *param = op->params; param->name != NULL; param++) {
		if ((param->flags & PARAM_HIDDEN) != 0 || param->type == PARAM_FILE)
			continue;
		bool many = (param->flags & PARAM_MANY) != 0;
		json_out_object(out);
		json_out_key_string(out, "name", param->name);
		json_out_key_string(out, "in", "query");
		json_out_key_bool(out, "required", (param->flags & PARAM_REQUIRED) != 0);
		json_out_key(out, "schema");
		if (many) {
			json_out_object(out);
			json_out_key_string(out, "type", "array");
			json_out_key(out, "items");
		}
		schema_write_value(out, op, param);
		if (many)
			json_out_object_end(out);
		json_out_object_end(out);
	}
	json_out_array_end(out);
}

static void write_body(JsonOut *out, const Op *op)
{
	static const char *const types[] = {"application/json", "application/x-www-form-urlencoded", "multipart/form-data"};
	json_out_key(out, "requestBody");
	json_out_object(out);
	json_out_key_bool(out, "required", false);
	json_out_key(out, "content");
	json_out_object(out);
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
		json_out_key(out, types[i]);
		json_out_object(out);
		json_out_key(out, "schema");
		schema_write_params(out, op, SCHEMA_API);
		if (i == 0)
			write_examples(out, op);
		json_out_object_end(out);
	}
	json_out_object_end(out);
	json_out_object_end(out);
}

static void write_op(JsonOut *out, const Op *op)
{
	g_autofree char *path = g_strconcat("/", op->name, NULL);
	json_out_key(out, path);
	json_out_object(out);
	if (usage_may_read(op)) {
		begin_operation(out, op, "get");
		write_query(out, op);
		write_responses(out, op);
		json_out_object_end(out);
	}
	begin_operation(out, op, "post");
	write_body(out, op);
	write_responses(out, op);
	json_out_object_end(out);
	json_out_object_end(out);
}

/* ---- what they share ---- */

static const char components[] =
	"{\"schemas\":{"
	"\"Result\":{\"type\":\"object\",\"description\":\"The op's own result.\"},"
	"\"Error\":{\"type\":\"object\",\"required\":[\"error\"],\"properties\":{\"error\":{\"type\":\"object\","
	"\"required\":[\"code\",\"message\"],\"properties\":{"
	"\"code\":{\"type\":\"string\",\"enum\":[\"invalid\",\"missing\",\"conflict\",\"temporary\",\"uncertain\","
	"\"internal\"]},"
	"\"message\":{\"type\":\"string\",\"description\":\"one sentence for a person\"},"
	"\"where\":{\"type\":[\"string\",\"null\"],\"description\":\"the parameter, or the place, that it is about\"}}}}}},"
	"\"securitySchemes\":{"
	"\"token\":{\"type\":\"http\",\"scheme\":\"bearer\",\"description\":\"A token of the desk's settings. One that may "
	"not "
	"send only proposes: what x-decides marks is refused.\"},"
	"\"browser\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"followup\",\"description\":\"The cookie of a "
	"browser that "
	"is signed in.\"},"
	"\"form\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Followup-Form\",\"description\":\"What the page's "
	"forms carry; "
	"beside the cookie, for POST.\"}},"
	"\"responses\":";

static void write_error(JsonOut *out, const char *status, const char *description)
{
	json_out_key(out, status);
	json_out_object(out);
	json_out_key_string(out, "description", description);
	json_out_key(out, "content");
	json_out_object(out);
	json_out_key(out, "application/json");
	json_out_object(out);
	json_out_key(out, "schema");
	write_reference(out, "#/components/schemas/Error");
	json_out_object_end(out);
	json_out_object_end(out);
	json_out_object_end(out);
}

static void write_components(JsonOut *out)
{
	static const char *const errors[][2] = {
		{"401", "Nobody is signed in."},
		{"403", "The token may only propose, or the request is from another page."},
		{"404", "What was named does not exist."},
		{"409", "It cannot be done in the present state; \"where\" names the parameter that would answer a question."},
		{"422", "What came in is wrong."},
		{"500", "Our fault, or a damaged file."},
		{"503", "It may work later."},
	};
	g_autoptr(GString) text = g_string_new(NULL);
	JsonOut inner = json_out(text, false);
	json_out_object(&inner);
	for (size_t i = 0; i < G_N_ELEMENTS(errors); i++)
		write_error(&inner, errors[i][0], errors[i][1]);
	json_out_object_end(&inner);
	g_autofree char *all = g_strconcat(components, text->str, "}", NULL);
	json_out_key(out, "components");
	json_out_raw(out, all);
}

/* Either a token, or the cookie with the form's word. */
static void write_security(JsonOut *out)
{
	json_out_key(out, "security");
	json_out_raw(out, "[{\"token\":[]},{\"browser\":[],\"form\":[]}]");
}

static void write_head(JsonOut *out)
{
	json_out_key_string(out, "openapi", "3.1.0");
	json_out_key(out, "info");
	json_out_object(out);
	json_out_key_string(out, "title", "followup");
	json_out_key_string(out, "version", FOLLOWUP_VERSION);
	json_out_key_string(
		out, "description",
		"Every command of the program, with the same parameters and the same results. GET where a command only reads; "
		"POST always.");
	json_out_object_end(out);
	json_out_key(out, "servers");
	json_out_raw(out, "[{\"url\":\"/api/v1\"}]");
}

bool answer_openapi(Visit *visit, GError **error)
{
	response_set_text(visit->response, 200, "");
	visit->response->content_type = "application/json";
	response_add_header(visit->response, "Cache-Control: private, no-cache");
	JsonOut out = json_out(visit->response->text, false);
	json_out_object(&out);
	write_head(&out);
	write_security(&out);
	json_out_key(&out, "paths");
	json_out_object(&out);
	for (const Op *op = op_table(); op->name != NULL; op++)
		if (usage_of(op) != USAGE_NOT)
			write_op(&out, op);
	json_out_object_end(&out);
	write_components(&out);
	json_out_object_end(&out);
	return true;
}
