/* form.c - fields from parameters, parameters from fields.
 */
#include "form.h"

#include <base/error.h>
#include <string.h>

FormUse form_use(const Op *op)
{
	static const struct {
		const char *name;
		FormUse use;
	} others[] = {
		{"serve", FORM_NOT},  {"desk", FORM_NOT},     {"mcp", FORM_NOT},   {"service", FORM_NOT},
		{"watch", FORM_SLOW}, {"deliver", FORM_SLOW}, {"send", FORM_SLOW}, {"settle", FORM_SLOW},
		{"backup", FORM_NOT}, {"calendar", FORM_RUN},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		if (strcmp(others[i].name, op->name) == 0)
			return others[i].use;
	return FORM_RUN;
}

bool form_is_output(const Op *op, const OpParam *param)
{
	static const char *const outputs[][2] = {
		{"card", "output"}, {"call", "pdf"}, {"export", "file"}, {"calendar", "output"}};
	for (size_t i = 0; i < G_N_ELEMENTS(outputs); i++)
		if (strcmp(outputs[i][0], op->name) == 0 && strcmp(outputs[i][1], param->name) == 0)
			return true;
	return false;
}

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

static bool take_field(OpArgs *args, const OpParam *param, const Field *field, GError **error)
{
	if (field->length == 0)
		return true;
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

bool form_take(const Op *op, const GPtrArray *fields, OpArgs **ret_args, GError **error)
{
	g_autoptr(OpArgs) args = op_args_new(op);
	for (guint i = 0; fields != NULL && i < fields->len; i++) {
		const Field *field = g_ptr_array_index(fields, i);
		const OpParam *param = op_find_param(op, field->name);
		if (param == NULL)
			continue;
		if (param->type == PARAM_FILE)
			return base_error_set(
				error, BASE_ERROR_INVALID, param->name,
				"A page has no way to the files of this machine; leave out the %s.", param->name);
		if (!take_field(args, param, field, error))
			return false;
	}
	for (const OpParam *param = op->params; param->name != NULL; param++)
		if (form_is_output(op, param) && strcmp(op->name, "call") != 0 && !op_args_take(args, param, "-", error))
			return false;
	if (!op_args_check(args, error))
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

static MustacheValue *describe_field(const OpParam *param, const GPtrArray *fields, const char *where)
{
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
	mustache_object_set_bool(item, "is_block", param->type == PARAM_BLOCK || many);
	mustache_object_set_bool(item, "is_many", many);
	mustache_object_set_bool(
		item, "is_line", param->type != PARAM_FLAG && param->type != PARAM_WORD && param->type != PARAM_BLOCK && !many);
	if (param->type == PARAM_WORD)
		add_choices(item, param, value);
	return item;
}

MustacheValue *form_describe(const Op *op, const GPtrArray *fields, const char *where)
{
	MustacheValue *values = mustache_value_new_object(), *list = mustache_value_new_list();
	mustache_object_set_string(values, "op", op->name);
	mustache_object_set_string(values, "summary", op->summary);
	mustache_object_set_string(values, "help", op->help == NULL ? "" : op->help);
	for (const OpParam *param = op->params; param->name != NULL; param++)
		if (param->type != PARAM_FILE && (param->flags & PARAM_HIDDEN) == 0)
			mustache_list_take(list, describe_field(param, fields, where));
	mustache_object_take(values, "fields", list);
	return values;
}
