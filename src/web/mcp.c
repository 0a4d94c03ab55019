/* mcp.c - messages in, answers out; tools from the table of ops.
 *
 * Revisions 2024-11-05 to 2025-06-18 of the protocol, of which it uses what all of them have: initialize, ping,
 * tools/list, tools/call.
 */
#include "mcp.h"

#include "order.h"
#include "schema.h"
#include "usage.h"

#include <base/error.h>
#include <facts/json-value.h>
#include <string.h>

enum {
	MESSAGE_BYTES_MAX = 16 * 1024 * 1024,
	PARSE_ERROR = -32700, /* the numbers of JSON-RPC 2.0 */
	INVALID_REQUEST = -32600,
	METHOD_NOT_FOUND = -32601,
	INVALID_PARAMS = -32602,
};

/* ---- tools ---- */

static bool is_tool(const Op *op)
{
	return usage_of(op) != USAGE_NOT && !usage_always_decides(op);
}

static const Op *find_tool(const char *name)
{
	const Op *op = name == NULL ? NULL : op_find(name);
	return op != NULL && is_tool(op) ? op : NULL;
}

/* What a tool's reader has to know beyond what the command's reader has. */
static const char *note_of(const Op *op)
{
	if (strcmp(op->name, "draft") == 0 || strcmp(op->name, "edit") == 0)
		return " What this writes is a proposal: it leaves only after a person has approved it on the desk or the "
			   "command "
			   "line; there is no tool for that.";
	if (strcmp(op->name, "config") == 0)
		return " Here only topic show, me and review.";
	return "";
}

static void write_hints(JsonOut *out, const Op *op)
{
	json_out_key(out, "annotations");
	json_out_object(out);
	json_out_key_string(out, "title", op->summary);
	json_out_key_bool(out, "readOnlyHint", op->store == OP_STORE_READ);
	json_out_key_bool(out, "destructiveHint", false);
	json_out_key_bool(out, "openWorldHint", usage_of(op) == USAGE_SLOW);
	json_out_object_end(out);
}

static void write_tool(JsonOut *out, const Op *op)
{
	g_autofree char *description = g_strconcat(op->summary, ". ", op->help == NULL ? "" : op->help, note_of(op), NULL);
	json_out_object(out);
	json_out_key_string(out, "name", op->name);
	json_out_key_string(out, "title", op->summary);
	json_out_key_string(out, "description", g_strchomp(description));
	json_out_key(out, "inputSchema");
	schema_write_params(out, op, SCHEMA_PROPOSER);
	write_hints(out, op);
	json_out_object_end(out);
}

static void write_tools(JsonOut *out)
{
	json_out_object(out);
	json_out_key(out, "tools");
	json_out_array(out);
	for (const Op *op = op_table(); op->name != NULL; op++)
		if (is_tool(op))
			write_tool(out, op);
	json_out_array_end(out);
	json_out_object_end(out);
}

/* ---- a call ---- */

static void write_text(JsonOut *out, const char *text)
{
	json_out_object(out);
	json_out_key_string(out, "type", "text");
	json_out_key_string(out, "text", text);
	json_out_object_end(out);
}

/* A document that is no text, coded. */
static void write_blob(JsonOut *out, const Op *op, const Outcome *outcome)
{
	const DocumentKind *kind = document_kind(outcome->text);
	g_autofree char *coded = g_base64_encode((const guchar *)outcome->text->str, outcome->text->len);
	g_autofree char *uri = g_strdup_printf("followup://%s.%s", op->name, kind->suffix);
	json_out_object(out);
	json_out_key_string(out, "type", "resource");
	json_out_key(out, "resource");
	json_out_object(out);
	json_out_key_string(out, "uri", uri);
	json_out_key_string(out, "mimeType", kind->type);
	json_out_key_string(out, "blob", coded);
	json_out_object_end(out);
	json_out_object_end(out);
}

/* The result as an object: as it is, or the lines of a result that has one object each. */
static char *read_object(const Outcome *outcome)
{
	if (strcmp(outcome->type, "application/json") == 0)
		return g_strdup(outcome->text->str);
	if (strcmp(outcome->type, "application/x-ndjson") != 0)
		return NULL;
	g_auto(GStrv) lines = g_strsplit(outcome->text->str, "\n", -1);
	g_autoptr(GString) all = g_string_new("{\"items\":[");
	for (int i = 0; lines[i] != NULL; i++)
		if (lines[i][0] != '\0')
			g_string_append_printf(all, "%s%s", i == 0 ? "" : ",", lines[i]);
	g_string_append(all, "]}");
	return g_string_free(g_steal_pointer(&all), FALSE);
}

static void write_outcome(JsonOut *out, const Op *op, const Outcome *outcome)
{
	g_autofree char *object = read_object(outcome);
	bool is_text = g_utf8_validate_len(outcome->text->str, outcome->text->len, NULL);
	json_out_object(out);
	json_out_key(out, "content");
	json_out_array(out);
	if (is_text)
		write_text(out, outcome->text->str);
	else
		write_blob(out, op, outcome);
	json_out_array_end(out);
	if (object != NULL) {
		json_out_key(out, "structuredContent");
		json_out_raw(out, object);
	}
	json_out_key_bool(out, "isError", outcome->failure != NULL);
	json_out_object_end(out);
}

/* What did not work is told to whoever asked, who may ask better. */
static void write_failure(JsonOut *out, const GError *failure)
{
	g_autoptr(GString) text = g_string_new(NULL);
	op_error_format(failure, false, text);
	json_out_object(out);
	json_out_key(out, "content");
	json_out_array(out);
	write_text(out, failure->message);
	json_out_array_end(out);
	json_out_key(out, "structuredContent");
	json_out_raw(out, text->str);
	json_out_key_bool(out, "isError", true);
	json_out_object_end(out);
}

static bool call(App *app, const Op *op, const JsonValue *arguments, Outcome *ret_outcome, GError **error)
{
	g_auto(Order) order = {0};
	if (!app_refresh(app, error) || !order_take_json(op, arguments, &order, error))
		return false;
	if (usage_decides(op, order.args))
		return base_error_set(
			error, BASE_ERROR_CONFLICT, op->name,
			"This is decided by a person: on the desk, or by \"followup %s\" on the command line.", op->name);
	return order_run(app, &order, ret_outcome, error);
}

/* ---- messages ---- */

/* One message's answer while it is written. */
typedef struct Answer {
	App *app;
	JsonOut out;
	const JsonValue *params;
	int code; /* 0, or what kind of message it was none of */
	const char *message;
} Answer;

static void refuse(Answer *answer, int code, const char *message)
{
	answer->code = code;
	answer->message = message;
}

static void answer_initialize(Answer *answer)
{
	static const char *const known[] = {"2025-06-18", "2025-03-26", "2024-11-05", NULL};
	const char *asked = json_value_get_string(answer->params, "protocolVersion");
	JsonOut *out = &answer->out;
	json_out_object(out);
	json_out_key_string(out, "protocolVersion", asked != NULL && g_strv_contains(known, asked) ? asked : known[0]);
	json_out_key(out, "capabilities");
	json_out_raw(out, "{\"tools\":{}}");
	json_out_key(out, "serverInfo");
	json_out_object(out);
	json_out_key_string(out, "name", "followup");
	json_out_key_string(out, "title", "followup: what comes after a job interview");
	json_out_key_string(out, "version", FOLLOWUP_VERSION);
	json_out_object_end(out);
	json_out_key_string(
		out, "instructions",
		"Begin with today. Opportunities are named by their company (the start of it is enough) or by #NUMBER, people "
		"by "
		"their name. Record what happened with interview, debrief, log, reply and promise; write notes with draft and "
		"edit, "
		"and look them over with review. Nothing leaves from here: a person approves each note.");
	json_out_object_end(out);
}

static void answer_ping(Answer *answer)
{
	json_out_raw(&answer->out, "{}");
}

static void answer_tools(Answer *answer)
{
	if (json_value_find(answer->params, "cursor") != NULL)
		refuse(answer, INVALID_PARAMS, "There is one page of tools, and no cursor.");
	else
		write_tools(&answer->out);
}

static void answer_call(Answer *answer)
{
	g_auto(Outcome) outcome = {0};
	g_autoptr(GError) failure = NULL;
	const Op *op = find_tool(json_value_get_string(answer->params, "name"));
	if (op == NULL)
		refuse(answer, INVALID_PARAMS, "There is no such tool; tools/list names those that there are.");
	else if (call(answer->app, op, json_value_find(answer->params, "arguments"), &outcome, &failure))
		write_outcome(&answer->out, op, &outcome);
	else
		write_failure(&answer->out, failure);
}

static void answer_method(Answer *answer, const char *method)
{
	static const struct {
		const char *method;
		void (*answer)(Answer *answer);
	} methods[] = {
		{"initialize", answer_initialize},
		{"ping", answer_ping},
		{"tools/list", answer_tools},
		{"tools/call", answer_call},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(methods); i++)
		if (strcmp(methods[i].method, method) == 0) {
			methods[i].answer(answer);
			return;
		}
	refuse(answer, METHOD_NOT_FOUND, "There is no such method here.");
}

/* {"jsonrpc", "id", "result" or "error"}; id NULL is null. */
static void write_answer(const Answer *answer, const char *id, const GString *result, GString *line)
{
	JsonOut out = json_out(line, false);
	json_out_object(&out);
	json_out_key_string(&out, "jsonrpc", "2.0");
	json_out_key(&out, "id");
	json_out_raw(&out, id == NULL ? "null" : id);
	if (answer->code == 0) {
		json_out_key(&out, "result");
		json_out_raw(&out, result->str);
	} else {
		json_out_key(&out, "error");
		json_out_object(&out);
		json_out_key_int(&out, "code", answer->code);
		json_out_key_string(&out, "message", answer->message);
		json_out_object_end(&out);
	}
	json_out_object_end(&out);
}

/* An id is a text or a whole number; nothing else is sent back. Free with g_free. */
static char *read_id(const JsonValue *message)
{
	const JsonValue *id = json_value_find(message, "id");
	JsonKind kind = json_value_get_kind(id);
	return kind == JSON_STRING || kind == JSON_INT ? json_value_format(id) : NULL;
}

/* The answer to one message, or NULL: to what only notifies there is none. */
static GString *answer_message(App *app, const char *text, size_t length)
{
	g_autoptr(JsonDocument) document = NULL;
	g_autoptr(GString) result = g_string_new(NULL);
	Answer answer = {.app = app, .out = json_out(result, false)};
	g_autofree char *id = NULL;
	if (!json_document_parse(text, length, MESSAGE_BYTES_MAX, &document, NULL)) {
		refuse(&answer, PARSE_ERROR, "That is not JSON on one line.");
	} else {
		const JsonValue *message = json_document_get_root(document);
		const char *method = json_value_get_string(message, "method");
		id = read_id(message);
		answer.params = json_value_find(message, "params");
		if (method != NULL && json_value_find(message, "id") == NULL)
			return NULL;
		if (method == NULL && json_value_find(message, "result") != NULL)
			return NULL; /* an answer, to a question that was never put */
		if (method == NULL || id == NULL || g_strcmp0(json_value_get_string(message, "jsonrpc"), "2.0") != 0)
			refuse(&answer, INVALID_REQUEST, "A message is one object with \"jsonrpc\": \"2.0\", an id and a method.");
		else
			answer_method(&answer, method);
	}
	GString *line = g_string_new(NULL);
	write_answer(&answer, id, result, line);
	return line;
}

/* One line without its end; false where there is none. A longer one than we take is read to its end and cut. */
static bool read_line(FILE *input, GString *line)
{
	int c = 0;
	g_string_truncate(line, 0);
	while ((c = getc_unlocked(input)) != EOF && c != '\n')
		if (line->len <= MESSAGE_BYTES_MAX)
			g_string_append_c(line, (char)c);
	return c != EOF || line->len > 0;
}

static bool is_blank(const GString *line)
{
	return strspn(line->str, " \t\r") == line->len;
}

bool mcp_serve(App *app, FILE *input, FILE *output, GError **error)
{
	g_autoptr(GString) line = g_string_new(NULL);
	while (read_line(input, line)) {
		GString *answer = is_blank(line) ? NULL : answer_message(app, line->str, line->len);
		bool good = answer == NULL || (fwrite(answer->str, 1, answer->len, output) == answer->len &&
									   putc('\n', output) != EOF && fflush(output) == 0);
		if (answer != NULL)
			g_string_free(answer, TRUE);
		if (!good)
			return base_error_set(
				error, BASE_ERROR_TEMPORARY, NULL, "Nobody reads the answers any more; the connection is closed.");
	}
	return true;
}
