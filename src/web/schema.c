/* schema.c - from the table of ops to JSON Schema (draft 2020-12).
 */
#include "schema.h"

#include "usage.h"

#include <base/limits.h>
#include <string.h>

/* ---- one value ---- */

static void write_choices(JsonOut *out, const OpParam *param)
{
	json_out_key_string(out, "type", "string");
	json_out_key(out, "enum");
	json_out_array(out);
	for (int i = 0; param->choices[i] != NULL; i++)
		json_out_string(out, param->choices[i]);
	json_out_array_end(out);
}

static void write_text(JsonOut *out, int limit)
{
	json_out_key_string(out, "type", "string");
	json_out_key_int(out, "maxLength", limit);
}

static void write_types(JsonOut *out, const char *one, const char *other)
{
	json_out_key(out, "type");
	json_out_array(out);
	json_out_string(out, one);
	json_out_string(out, other);
	json_out_array_end(out);
}

/* A file's text, or an object that says its name and what is in it. */
static void write_file(JsonOut *out)
{
	static const char *const keys[] = {"name", "text", "base64"};
	write_types(out, "string", "object");
	json_out_key(out, "properties");
	json_out_object(out);
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		json_out_key(out, keys[i]);
		json_out_object(out);
		json_out_key_string(out, "type", "string");
		json_out_object_end(out);
	}
	json_out_object_end(out);
	json_out_key_bool(out, "additionalProperties", false);
}

static void write_type(JsonOut *out, const Op *op, const OpParam *param)
{
	switch (param->type) {
	case PARAM_FLAG:
		json_out_key_string(out, "type", "boolean");
		return;
	case PARAM_INT:
		json_out_key_string(out, "type", "integer");
		return;
	case PARAM_WORD:
		write_choices(out, param);
		return;
	case PARAM_OPPORTUNITY:
		write_types(out, "string", "integer");
		return;
	case PARAM_FILE:
		if (usage_of_file(op, param) == FILE_GIVEN)
			write_file(out);
		else
			json_out_key_string(out, "type", usage_of_file(op, param) == FILE_OUTPUT ? "boolean" : "string");
		return;
	case PARAM_BLOCK:
		write_text(out, LIMIT_NOTE_BYTES);
		return;
	case PARAM_TEXT:
		write_text(out, LIMIT_TEXT_BYTES);
		return;
	case PARAM_NAME:
	case PARAM_PERSON:
	case PARAM_WHEN:
	case PARAM_DURATION:
		write_text(out, LIMIT_NAME_BYTES);
		return;
	}
}

/* What the types of JSON do not say. */
static const char *note_of(const Op *op, const OpParam *param)
{
	if (param->type == PARAM_WHEN)
		return "; as people say it (fri, tomorrow 10am, in two weeks), or 2026-11-20, or 2026-11-20T09:00";
	if (param->type == PARAM_DURATION)
		return "; such as 45m, 1h, 1h30";
	if (param->type != PARAM_FILE)
		return "";
	return usage_of_file(op, param) == FILE_GIVEN    ? "; its text, or its name with its text or base64"
		   : usage_of_file(op, param) == FILE_OUTPUT ? "; true: the document is the answer"
													 : "; on the machine that the desk runs on";
}

void schema_write_value(JsonOut *out, const Op *op, const OpParam *param)
{
	g_autofree char *description = g_strconcat(param->help, note_of(op, param), NULL);
	json_out_object(out);
	write_type(out, op, param);
	json_out_key_string(out, "description", description);
	json_out_object_end(out);
}

/* ---- all of them ---- */

static bool is_shown(const Op *op, const OpParam *param, SchemaFor who)
{
	bool place = param->type == PARAM_FILE && usage_of_file(op, param) == FILE_PLACE;
	bool command = strcmp(param->name, "secret-command") == 0;
	return (param->flags & PARAM_HIDDEN) == 0 && (who == SCHEMA_API || (!place && !command));
}

static void write_property(JsonOut *out, const Op *op, const OpParam *param)
{
	json_out_key(out, param->name);
	if ((param->flags & PARAM_MANY) == 0) {
		schema_write_value(out, op, param);
		return;
	}
	json_out_object(out);
	json_out_key_string(out, "type", "array");
	json_out_key(out, "items");
	schema_write_value(out, op, param);
	json_out_object_end(out);
}

static void write_input(JsonOut *out)
{
	json_out_key(out, "input");
	json_out_object(out);
	json_out_key(out, "type");
	json_out_array(out);
	json_out_string(out, "string");
	json_out_string(out, "object");
	json_out_string(out, "array");
	json_out_array_end(out);
	json_out_key_string(
		out, "description", "what is piped in on the command line; JSON as it is, anything else as text");
	json_out_object_end(out);
}

void schema_write_params(JsonOut *out, const Op *op, SchemaFor who)
{
	json_out_object(out);
	json_out_key_string(out, "type", "object");
	json_out_key(out, "properties");
	json_out_object(out);
	for (const OpParam *param = op->params; param->name != NULL; param++)
		if (is_shown(op, param, who))
			write_property(out, op, param);
	if (usage_takes_input(op))
		write_input(out);
	json_out_object_end(out);
	json_out_key(out, "required");
	json_out_array(out);
	for (const OpParam *param = op->params; param->name != NULL; param++)
		if ((param->flags & PARAM_REQUIRED) != 0)
			json_out_string(out, param->name);
	json_out_array_end(out);
	json_out_key_bool(out, "additionalProperties", false);
	json_out_object_end(out);
}

/* ---- examples ---- */

/* The next parameter that stands by its place; more of a kind that may be given more than once. */
static const OpParam *find_place(const OpArgs *args, const Op *op)
{
	for (const OpParam *param = op->params; param->name != NULL; param++)
		if ((param->flags & PARAM_POSITIONAL) != 0 &&
			((param->flags & PARAM_MANY) != 0 || !op_args_has(args, param->name)))
			return param;
	return NULL;
}

/* What every command line may have, and no op knows. */
static bool is_global(const Op *op, const char *name)
{
	static const char *const names[] = {"format", "now", "db", NULL};
	return g_strv_contains(names, name) && op_find_param(op, name) == NULL;
}

static bool read_word(const Op *op, OpArgs *args, char **words, int *at)
{
	const char *word = words[*at];
	if (!g_str_has_prefix(word, "--")) {
		const OpParam *place = find_place(args, op);
		return place != NULL && op_args_take(args, place, word, NULL);
	}
	if (is_global(op, word + 2)) {
		(*at)++;
		return words[*at] != NULL;
	}
	const OpParam *param = op_find_param(op, word + 2);
	if (param == NULL)
		return false;
	if (param->type == PARAM_FLAG)
		return op_args_take(args, param, NULL, NULL);
	(*at)++;
	return words[*at] != NULL && op_args_take(args, param, words[*at], NULL);
}

static bool read_line(const Op *op, OpArgs *args, const char *line)
{
	g_auto(GStrv) words = NULL;
	int count = 0;
	if (!g_shell_parse_argv(line, &count, &words, NULL) || count < 2 || strcmp(words[1], op->name) != 0)
		return false;
	for (int i = 2; i < count; i++)
		if (strcmp(words[i], "<") == 0 || !read_word(op, args, words, &i))
			return false;
	return usage_check_paths(op, args, NULL) && op_args_check(args, NULL);
}

static void write_given(JsonOut *out, const Op *op, const OpParam *param, const char *value)
{
	FileUse use = param->type == PARAM_FILE ? usage_of_file(op, param) : FILE_PLACE;
	if (param->type == PARAM_FLAG || use == FILE_OUTPUT) {
		json_out_bool(out, true);
	} else if (param->type == PARAM_INT) {
		json_out_int(out, g_ascii_strtoll(value, NULL, 10));
	} else if (use == FILE_GIVEN) {
		json_out_object(out);
		json_out_key_string(out, "name", value);
		json_out_key_string(out, "text", "…");
		json_out_object_end(out);
	} else {
		json_out_string(out, value);
	}
}

static void write_args(JsonOut *out, const Op *op, const OpArgs *args)
{
	json_out_object(out);
	for (const OpParam *param = op->params; param->name != NULL; param++) {
		const GPtrArray *values = op_args_get_all(args, param->name);
		if (values->len == 0)
			continue;
		bool many = (param->flags & PARAM_MANY) != 0;
		json_out_key(out, param->name);
		if (many)
			json_out_array(out);
		for (guint i = 0; i < (many ? values->len : 1); i++)
			write_given(out, op, param, g_ptr_array_index(values, i));
		if (many)
			json_out_array_end(out);
	}
	json_out_object_end(out);
}

bool schema_write_example(JsonOut *out, const Op *op, const char *line)
{
	g_autoptr(OpArgs) args = op_args_new(op);
	if (!read_line(op, args, line))
		return false;
	write_args(out, op, args);
	return true;
}
