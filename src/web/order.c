/* order.c - values into parameters, and an op's result as bytes.
 */
#include "order.h"

#include "request.h"
#include "usage.h"

#include <app/json-printer.h>
#include <base/error.h>
#include <base/text.h>
#include <string.h>

static bool refuse(const char *name, const char *what, GError **error)
{
	return base_error_set(error, BASE_ERROR_INVALID, name, "The %s %s.", name, what);
}

static bool refuse_unknown(const Op *op, const char *key, GError **error)
{
	g_autofree char *shown = text_to_show(key, 60);
	return base_error_set(
		error, BASE_ERROR_INVALID, shown, "\"%s\" is no parameter of %s; its description lists those that it has.",
		shown, op->name);
}

/* ---- files ---- */

static bool take_bytes(OpArgs *args, const OpParam *param, const char *name, GBytes *bytes, GError **error)
{
	return op_args_take_file(args, param, name == NULL || name[0] == '\0' ? param->name : name, bytes, error);
}

static bool take_text(OpArgs *args, const OpParam *param, const char *name, const char *text, GError **error)
{
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	return take_bytes(args, param, name, bytes, error);
}

static bool take_file(OpArgs *args, const OpParam *param, const JsonValue *value, GError **error)
{
	const char *plain = json_value_get_text(value), *name = json_value_get_string(value, "name");
	const char *text = json_value_get_string(value, "text"), *coded = json_value_get_string(value, "base64");
	if (plain != NULL || text != NULL)
		return take_text(args, param, name, plain != NULL ? plain : text, error);
	if (coded == NULL)
		return refuse(
			param->name, "is a file: its text, or an object with \"name\", and \"text\" or \"base64\"", error);
	gsize length = 0;
	guchar *data = g_base64_decode(coded, &length);
	g_autoptr(GBytes) bytes = g_bytes_new_take(data, length);
	return take_bytes(args, param, name, bytes, error);
}

/* ---- JSON ---- */

static bool take_flag(OpArgs *args, const OpParam *param, const JsonValue *value, GError **error)
{
	if (json_value_get_kind(value) != JSON_BOOL)
		return refuse(param->name, "is true or false", error);
	return !json_value_is_true(value) || op_args_take(args, param, param->type == PARAM_FLAG ? NULL : "-", error);
}

static bool take_number(OpArgs *args, const OpParam *param, const JsonValue *value, GError **error)
{
	bool numbered = param->type == PARAM_OPPORTUNITY || param->type == PARAM_INT;
	if (!numbered || json_value_get_kind(value) != JSON_INT)
		return refuse(param->name, param->type == PARAM_INT ? "has to be a whole number" : "has to be a text", error);
	g_autofree char *text = g_strdup_printf(
		"%s%" G_GINT64_FORMAT, param->type == PARAM_OPPORTUNITY ? "#" : "", json_value_get_number(value, 0));
	return op_args_take(args, param, text, error);
}

static bool take_one(const Op *op, OpArgs *args, const OpParam *param, const JsonValue *value, GError **error)
{
	FileUse use = param->type == PARAM_FILE ? usage_of_file(op, param) : FILE_PLACE;
	if (json_value_get_kind(value) == JSON_NULL)
		return true;
	if (param->type == PARAM_FLAG || use == FILE_OUTPUT)
		return take_flag(args, param, value, error);
	if (use == FILE_GIVEN)
		return take_file(args, param, value, error);
	const char *text = json_value_get_text(value);
	return text == NULL ? take_number(args, param, value, error) : op_args_take(args, param, text, error);
}

static bool take_value(const Op *op, OpArgs *args, const OpParam *param, const JsonValue *value, GError **error)
{
	if (!json_value_is_list(value))
		return take_one(op, args, param, value, error);
	if ((param->flags & PARAM_MANY) == 0)
		return refuse(param->name, "takes one value, not a list", error);
	for (size_t i = 0; i < json_value_get_length(value); i++)
		if (!take_one(op, args, param, json_value_get_element(value, i), error))
			return false;
	return true;
}

/* A text as it is; an object as its JSON. */
static GBytes *read_input(const JsonValue *value)
{
	const char *text = json_value_get_text(value);
	if (json_value_get_kind(value) == JSON_NULL)
		return NULL;
	if (text != NULL)
		return g_bytes_new(text, strlen(text));
	char *json = json_value_format(value);
	return g_bytes_new_take(json, strlen(json));
}

static bool take_member(Order *order, const char *key, const JsonValue *value, GError **error)
{
	const OpParam *param = op_find_param(order->op, key);
	if (param != NULL && (param->flags & PARAM_HIDDEN) == 0)
		return take_value(order->op, order->args, param, value, error);
	if (strcmp(key, "input") != 0 || !usage_takes_input(order->op))
		return refuse_unknown(order->op, key, error);
	g_clear_pointer(&order->input, g_bytes_unref);
	order->input = read_input(value);
	return true;
}

/* ---- fields ---- */

static bool take_field(Order *order, const Field *field, GError **error)
{
	static const char *const no[] = {"", "0", "false", "no", NULL};
	const OpParam *param = op_find_param(order->op, field->name);
	if (param == NULL || (param->flags & PARAM_HIDDEN) != 0)
		return refuse_unknown(order->op, field->name, error);
	FileUse use = param->type == PARAM_FILE ? usage_of_file(order->op, param) : FILE_PLACE;
	if (use == FILE_GIVEN) {
		g_autoptr(GBytes) bytes = g_bytes_new(field->value, field->length);
		return take_bytes(order->args, param, field->filename, bytes, error);
	}
	if (strlen(field->value) != field->length)
		return refuse(param->name, "holds a character that no text has", error);
	if (param->type == PARAM_FLAG || use == FILE_OUTPUT)
		return g_strv_contains(no, field->value) ||
			   op_args_take(order->args, param, param->type == PARAM_FLAG ? NULL : "-", error);
	return op_args_take(order->args, param, field->value, error);
}

static bool is_about_the_form(const char *name)
{
	static const char *const names[] = {"csrf", "next", NULL};
	return g_strv_contains(names, name);
}

/* ---- what everybody gets ---- */

static bool has_choice(const OpParam *param, const char *word)
{
	return param != NULL && param->choices != NULL && g_strv_contains(param->choices, word);
}

/* Data rather than sentences, and documents rather than files. */
static bool complete(Order *order, GError **error)
{
	const OpParam *format = op_find_param(order->op, "format");
	if (has_choice(format, "json") && !op_args_has(order->args, "format") &&
		!op_args_take(order->args, format, "json", error))
		return false;
	for (const OpParam *param = order->op->params; param->name != NULL; param++)
		if (param->type == PARAM_FILE && usage_of_file(order->op, param) == FILE_OUTPUT &&
			usage_is_document(order->op) && !op_args_has(order->args, param->name) &&
			!op_args_take(order->args, param, "-", error))
			return false;
	return usage_check_paths(order->op, order->args, error) && op_args_check(order->args, error);
}

static Order order_begin(const Op *op)
{
	return (Order){.op = op, .args = op_args_new(op)};
}

static bool order_end(Order *order, bool good, Order *ret_order, GError **error)
{
	if (!good || !complete(order, error)) {
		order_clear(order);
		return false;
	}
	*ret_order = *order;
	return true;
}

bool order_take_json(const Op *op, const JsonValue *object, Order *ret_order, GError **error)
{
	Order order = order_begin(op);
	JsonMember member = {0};
	JsonKind kind = json_value_get_kind(object);
	bool good =
		kind == JSON_NULL || kind == JSON_OBJECT ||
		base_error_set(
			error, BASE_ERROR_INVALID, NULL, "The parameters of %s come as a JSON object, such as {}.", op->name);
	while (good && object != NULL && json_value_next_member(object, &member))
		good = take_member(&order, member.key, member.value, error);
	return order_end(&order, good, ret_order, error);
}

bool order_take_fields(const Op *op, const GPtrArray *fields, Order *ret_order, GError **error)
{
	Order order = order_begin(op);
	bool good = true;
	for (guint i = 0; good && i < fields->len; i++) {
		const Field *field = g_ptr_array_index(fields, i);
		if (is_about_the_form(field->name))
			continue;
		if (strcmp(field->name, "input") == 0 && usage_takes_input(op)) {
			g_clear_pointer(&order.input, g_bytes_unref);
			order.input = g_bytes_new(field->value, field->length);
		} else {
			good = take_field(&order, field, error);
		}
	}
	return order_end(&order, good, ret_order, error);
}

void order_clear(Order *order)
{
	if (order->stream != NULL)
		fclose(order->stream);
	order->stream = NULL;
	g_clear_pointer(&order->args, op_args_free);
	g_clear_pointer(&order->input, g_bytes_unref);
}

/* ---- running ---- */

const DocumentKind *document_kind(const GString *text)
{
	static const DocumentKind kinds[] = {
		{"%PDF", "application/pdf", "pdf"},
		{"BEGIN:VCALENDAR", "text/calendar; charset=utf-8", "ics"},
		{"BEGIN:VCARD", "text/vcard; charset=utf-8", "vcf"},
		{"Date: ", "message/rfc822", "eml"},
		{"{", "application/json", "json"},
		{"", "text/plain; charset=utf-8", "txt"}};
	const DocumentKind *kind = kinds;
	while (strncmp(text->str, kind->begins, strlen(kind->begins)) != 0)
		kind++;
	return kind;
}

static void take_document(void *user, const char *text, size_t length)
{
	g_string_append_len(user, text, (gssize)length);
}

static void open_input(Order *order)
{
	gsize length = 0;
	const void *bytes = order->input == NULL ? NULL : g_bytes_get_data(order->input, &length);
	if (length > 0 && order->stream == NULL)
		order->stream = fmemopen((void *)(uintptr_t)bytes, length, "r");
	op_args_set_input(order->args, order->stream);
}

void outcome_clear(Outcome *outcome)
{
	if (outcome->text != NULL)
		g_string_free(outcome->text, TRUE);
	outcome->text = NULL;
	g_clear_error(&outcome->failure);
}

void outcome_add_error(GString *object, const GError *failure)
{
	g_autoptr(GString) text = g_string_new(NULL);
	op_error_format(failure, false, text);
	size_t end = object->len;
	while (end > 0 && g_ascii_isspace(object->str[end - 1]))
		end--;
	if (end < 2 || object->str[end - 1] != '}')
		return;
	g_string_truncate(object, end - 1);
	bool empty = strspn(object->str + 1, " \t\r\n") == object->len - 1;
	g_string_append_printf(object, "%s%s", empty ? "" : ",", text->str + 1);
}

bool order_run(App *app, Order *order, Outcome *ret_outcome, GError **error)
{
	g_autoptr(GString) document = g_string_new(NULL);
	g_autoptr(GError) failure = NULL;
	const JsonPrinterHooks hooks = {.document = take_document, .user = document};
	g_auto(JsonPrinter) printer = json_printer(false, &hooks);
	open_input(order);
	bool good = op_run(app, order->op, order->args, &printer.port, &failure);
	if (!good && !json_printer_is_whole(&printer)) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return false;
	}
	bool is_document = document->len > 0;
	Outcome outcome = {.text = is_document ? g_steal_pointer(&document) : g_steal_pointer(&printer.text)};
	outcome.type = usage_is_lines(order->op, order->args) ? "application/x-ndjson"
				   : is_document                          ? document_kind(outcome.text)->type
														  : "application/json";
	if (!good && !usage_reads(order->op, order->args)) {
		outcome_add_error(outcome.text, failure);
		outcome.failure = g_steal_pointer(&failure);
	}
	if (outcome.text->len == 0)
		g_string_assign(outcome.text, "{}");
	*ret_outcome = outcome;
	return true;
}
