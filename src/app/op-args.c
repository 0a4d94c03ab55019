/* op-args.c - an op's parameters as they were given: checked for type and bounds when they are taken.
 *
 * What needs the store or a zone to understand (a company's name, "fri 10am") is kept as text for the op.
 */
#include <app/op.h>
#include <app/when.h>
#include <base/error.h>
#include <base/json-out.h>
#include <base/limits.h>
#include <base/text.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MANY_MAX = 200 };

struct OpArgs {
	const Op *op;
	GPtrArray **values; /* per parameter, of char*; "" for a flag */
	GHashTable *files;  /* a value's place in memory to GBytes*: what is in a file that came without a path */
	int count;
	FILE *input;
};

OpArgs *op_args_new(const Op *op)
{
	OpArgs *args = g_new0(OpArgs, 1);
	args->op = op;
	while (op->params[args->count].name != NULL)
		args->count++;
	args->values = g_new0(GPtrArray *, args->count + 1);
	for (int i = 0; i < args->count; i++)
		args->values[i] = g_ptr_array_new_with_free_func(g_free);
	args->files = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_bytes_unref);
	return args;
}

void op_args_free(OpArgs *args)
{
	if (args == NULL)
		return;
	for (int i = 0; i < args->count; i++)
		g_ptr_array_unref(args->values[i]);
	g_free(args->values);
	g_hash_table_unref(args->files);
	g_free(args);
}

static bool refuse(const OpParam *param, const char *what, GError **error)
{
	return base_error_set(error, BASE_ERROR_INVALID, param->name, "\"%s\" %s.", param->name, what);
}

static bool check_choice(const OpParam *param, const char *value, GError **error)
{
	if (g_strv_contains(param->choices, value))
		return true;
	g_autofree char *shown = text_to_show(value, 40);
	g_autofree char *all = g_strjoinv(", ", (char **)param->choices);
	return base_error_set(
		error, BASE_ERROR_INVALID, param->name, "\"%s\" is no value for %s; it is one of: %s.", shown, param->name,
		all);
}

static bool check_int(const OpParam *param, const char *value, GError **error)
{
	char *end = NULL;
	errno = 0;
	long long number = strtoll(value, &end, 10);
	if (errno != 0 || end == value || *end != '\0' || number < -1000000000000 || number > 1000000000000)
		return refuse(param, "has to be a whole number", error);
	return true;
}

static bool check_text(const OpParam *param, const char *value, size_t limit, TextKind kind, GError **error)
{
	const char *fault = text_find_fault(value, strlen(value), limit, kind);
	if (fault != NULL)
		return refuse(param, fault, error);
	if (text_is_blank(value) && (param->flags & PARAM_REQUIRED) != 0)
		return refuse(param, "is empty; say what it is", error);
	return true;
}

static bool check_value(const OpParam *param, const char *value, GError **error)
{
	int64_t seconds = 0;
	switch (param->type) {
	case PARAM_FLAG:
		return true;
	case PARAM_WORD:
		return check_choice(param, value, error);
	case PARAM_INT:
		return check_int(param, value, error);
	case PARAM_DURATION:
		return duration_parse(value, &seconds, error);
	case PARAM_BLOCK:
		return check_text(param, value, LIMIT_NOTE_BYTES, TEXT_BLOCK, error);
	case PARAM_TEXT:
	case PARAM_FILE:
		return check_text(param, value, LIMIT_TEXT_BYTES, TEXT_LINE, error);
	case PARAM_NAME:
	case PARAM_OPPORTUNITY:
	case PARAM_PERSON:
	case PARAM_WHEN:
		return check_text(param, value, LIMIT_NAME_BYTES, TEXT_NAME, error);
	}
	return refuse(param, "is of no known type", error);
}

bool op_args_take(OpArgs *args, const OpParam *param, const char *value, GError **error)
{
	GPtrArray *values = args->values[param - args->op->params];
	if (value == NULL && param->type != PARAM_FLAG)
		return refuse(param, "needs a value", error);
	if (!check_value(param, value, error))
		return false;
	if (values->len > 0 && (param->flags & PARAM_MANY) == 0 && param->type != PARAM_FLAG)
		return refuse(param, "is given twice; once is enough", error);
	if (values->len >= MANY_MAX)
		return refuse(param, "is given too often", error);
	g_ptr_array_add(values, g_strdup(value == NULL ? "" : value));
	return true;
}

bool op_args_take_file(OpArgs *args, const OpParam *param, const char *name, GBytes *bytes, GError **error)
{
	const GPtrArray *values = args->values[param - args->op->params];
	if (param->type != PARAM_FILE)
		return refuse(param, "is no file", error);
	if (!op_args_take(args, param, name, error))
		return false;
	g_hash_table_insert(args->files, g_ptr_array_index(values, values->len - 1), g_bytes_ref(bytes));
	return true;
}

bool op_args_check(const OpArgs *args, GError **error)
{
	for (int i = 0; i < args->count; i++) {
		const OpParam *param = &args->op->params[i];
		if ((param->flags & PARAM_REQUIRED) != 0 && args->values[i]->len == 0)
			return base_error_set(
				error, BASE_ERROR_INVALID, param->name,
				"%s: \"%s\" is missing (%s); \"followup help %s\" shows an example.", args->op->name, param->name,
				param->help, args->op->name);
	}
	return true;
}

static GPtrArray *values_of(const OpArgs *args, const char *name)
{
	const OpParam *param = op_find_param(args->op, name);
	g_assert(param != NULL);
	return args->values[param - args->op->params];
}

const char *op_args_get(const OpArgs *args, const char *name)
{
	GPtrArray *values = values_of(args, name);
	return values->len == 0 ? NULL : g_ptr_array_index(values, values->len - 1);
}

bool op_args_has(const OpArgs *args, const char *name)
{
	return values_of(args, name)->len > 0;
}

int64_t op_args_get_int(const OpArgs *args, const char *name, int64_t otherwise)
{
	const char *value = op_args_get(args, name);
	int64_t seconds = otherwise;
	if (value == NULL)
		return otherwise;
	if (op_find_param(args->op, name)->type == PARAM_DURATION)
		return duration_parse(value, &seconds, NULL) ? seconds : otherwise;
	return g_ascii_strtoll(value, NULL, 10);
}

int op_args_get_choice(const OpArgs *args, const char *name)
{
	const OpParam *param = op_find_param(args->op, name);
	const char *value = op_args_get(args, name);
	for (int i = 0; value != NULL && param->choices[i] != NULL; i++)
		if (strcmp(param->choices[i], value) == 0)
			return i;
	return -1;
}

const GPtrArray *op_args_get_all(const OpArgs *args, const char *name)
{
	return values_of(args, name);
}

GBytes *op_args_get_file(const OpArgs *args, const char *name, guint place)
{
	const GPtrArray *values = values_of(args, name);
	return place >= values->len ? NULL : g_hash_table_lookup(args->files, g_ptr_array_index(values, place));
}

void op_args_set_input(OpArgs *args, FILE *input)
{
	args->input = input;
}

FILE *op_args_get_input(const OpArgs *args)
{
	return args->input;
}

void op_error_format(const GError *error, bool indented, GString *text)
{
	JsonOut out = json_out(text, indented);
	bool ours = error->domain == BASE_ERROR;
	json_out_object(&out);
	json_out_key(&out, "error");
	json_out_object(&out);
	json_out_key_string(&out, "code", base_error_code_word(ours ? error->code : BASE_ERROR_INTERNAL));
	json_out_key_string(&out, "message", error->message);
	json_out_key_string(&out, "where", ours ? base_error_get_where(error) : NULL);
	json_out_object_end(&out);
	json_out_object_end(&out);
}

const OpParam *op_find_param(const Op *op, const char *name)
{
	for (const OpParam *param = op->params; param->name != NULL; param++)
		if (strcmp(param->name, name) == 0)
			return param;
	return NULL;
}

const Op *op_find(const char *name)
{
	for (const Op *op = op_table(); op->name != NULL; op++)
		if (strcmp(op->name, name) == 0)
			return op;
	return NULL;
}
