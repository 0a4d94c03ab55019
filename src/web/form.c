/* form.c - fields from parameters, parameters from fields.
 */
#include "form.h"

#include "usage.h"

#include <base/error.h>
#include <string.h>

/* Browsers end lines with CR LF. */
static char *plain_lines(const char *text)
{
	GString *plain = g_string_new(text);
	g_string_replace(plain, "\r\n", "\n", 0);
	return g_string_free(plain, FALSE);
}

static bool take_lines(OpArgs *args, const OpParam *param, const char *value, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(value, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++)
		if (g_strstrip(lines[i])[0] != '\0' && !op_args_take(args, param, lines[i], error))
			return false;
	return true;
}

/* What is in a file comes with the form; a page has no way to those of this machine. */
static bool take_file(OpArgs *args, const OpParam *param, const Field *field, GError **error)
{
	if (field->filename == NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, param->name, "The %s is a file that is sent with the form; choose one.",
			param->name);
	g_autoptr(GBytes) bytes = g_bytes_new(field->value, field->length);
	g_autofree char *name = g_path_get_basename(field->filename);
	return op_args_take_file(args, param, name, bytes, error);
}

static bool take_field(const Op *op, OpArgs *args, const OpParam *param, const Field *field, GError **error)
{
	if (field->length == 0)
		return true;
	if (param->type == PARAM_FILE && usage_of_file(op, param) == FILE_GIVEN)
		return take_file(args, param, field, error);
	if (strlen(field->value) != field->length)
		return base_error_set(
			error, BASE_ERROR_INVALID, param->name, "The %s holds a character that no text has.", param->name);
	g_autofree char *value = plain_lines(field->value);
	if (param->type == PARAM_FLAG)
		return op_args_take(args, param, NULL, error);
	if ((param->flags & PARAM_MANY) != 0)
		return take_lines(args, param, value, error);
	if (param->type != PARAM_BLOCK)
		g_strstrip(value);
	return value[0] == '\0' || op_args_take(args, param, value, error);
}

/* What would be written to a file is asked for as a document. */
static bool is_output(const Op *op, const OpParam *param)
{
	return param->type == PARAM_FILE && usage_of_file(op, param) == FILE_OUTPUT;
}

bool form_take(const Op *op, const GPtrArray *fields, OpArgs **ret_args, GError **error)
{
	g_autoptr(OpArgs) args = op_args_new(op);
	for (guint i = 0; fields != NULL && i < fields->len; i++) {
		const Field *field = g_ptr_array_index(fields, i);
		const OpParam *param = op_find_param(op, field->name);
		if (param == NULL || is_output(op, param))
			continue;
		if (!take_field(op, args, param, field, error))
			return false;
	}
	for (const OpParam *param = op->params; param->name != NULL; param++)
		if (is_output(op, param) && usage_is_document(op) && !op_args_take(args, param, "-", error))
			return false;
	if (!usage_check_paths(op, args, error) || !op_args_check(args, error))
		return false;
	*ret_args = g_steal_pointer(&args);
	return true;
}

/* "follow-up-after": "Follow up after". */
static char *label_of(const char *name)
{
	char *label = g_strdelimit(g_strdup(name), "-", ' ');
	label[0] = g_ascii_toupper(label[0]);
	return label;
}

static void add_choices(MustacheValue *item, const OpParam *param, const char *value)
{
	MustacheValue *choices = mustache_value_new_list();
	for (int i = 0; param->choices != NULL && param->choices[i] != NULL; i++) {
		MustacheValue *choice = mustache_value_new_object();
		mustache_object_set_string(choice, "value", param->choices[i]);
		mustache_object_set_bool(choice, "selected", g_strcmp0(value, param->choices[i]) == 0);
		mustache_list_take(choices, choice);
	}
	mustache_object_take(item, "choices", choices);
}

/* All values of a name, a line each. */
static char *values_of(const GPtrArray *fields, const char *name)
{
	g_autoptr(GString) all = g_string_new(NULL);
	for (guint i = 0; fields != NULL && i < fields->len; i++) {
		const Field *field = g_ptr_array_index(fields, i);
		if (strcmp(field->name, name) == 0 && field->length > 0)
			g_string_append_printf(all, "%s%s", all->len == 0 ? "" : "\n", field->value);
	}
	return g_string_free(g_steal_pointer(&all), FALSE);
}

static MustacheValue *describe_field(const Op *op, const OpParam *param, const GPtrArray *fields, const char *where)
{
	bool is_file = param->type == PARAM_FILE && usage_of_file(op, param) == FILE_GIVEN;
	MustacheValue *item = mustache_value_new_object();
	g_autofree char *label = label_of(param->name), *value = values_of(fields, param->name);
	bool many = (param->flags & PARAM_MANY) != 0;
	mustache_object_set_string(item, "name", param->name);
	mustache_object_set_string(item, "label", label);
	mustache_object_set_string(item, "help", param->help);
	mustache_object_set_string(item, "value", value);
	mustache_object_set_bool(item, "required", (param->flags & PARAM_REQUIRED) != 0);
	mustache_object_set_bool(item, "wrong", g_strcmp0(where, param->name) == 0);
	mustache_object_set_bool(item, "is_flag", param->type == PARAM_FLAG);
	mustache_object_set_bool(item, "is_word", param->type == PARAM_WORD);
	mustache_object_set_bool(item, "is_file", is_file);
	mustache_object_set_bool(item, "is_block", !is_file && (param->type == PARAM_BLOCK || many));
	mustache_object_set_bool(item, "is_many", many);
	mustache_object_set_bool(
		item, "is_line",
		!is_file && param->type != PARAM_FLAG && param->type != PARAM_WORD && param->type != PARAM_BLOCK && !many);
	if (param->type == PARAM_WORD)
		add_choices(item, param, value);
	return item;
}

static bool has_files(const Op *op)
{
	for (const OpParam *param = op->params; param->name != NULL; param++)
		if (param->type == PARAM_FILE && usage_of_file(op, param) == FILE_GIVEN)
			return true;
	return false;
}

MustacheValue *form_describe(const Op *op, const GPtrArray *fields, const char *where)
{
	MustacheValue *values = mustache_value_new_object(), *list = mustache_value_new_list();
	mustache_object_set_string(values, "op", op->name);
	mustache_object_set_string(values, "summary", op->summary);
	mustache_object_set_string(values, "help", op->help == NULL ? "" : op->help);
	for (const OpParam *param = op->params; param->name != NULL; param++)
		if (!is_output(op, param) && (param->flags & PARAM_HIDDEN) == 0)
			mustache_list_take(list, describe_field(op, param, fields, where));
	mustache_object_set_bool(values, "has_files", has_files(op));
	mustache_object_take(values, "fields", list);
	return values;
}
