/* usage.c - tables.
 */
#include "usage.h"

#include <base/error.h>
#include <base/text.h>
#include <string.h>

Usage usage_of(const Op *op)
{
	static const struct {
		const char *name;
		Usage usage;
	} others[] = {
		{"serve", USAGE_NOT},   {"desk", USAGE_NOT},    {"mcp", USAGE_NOT},     {"service", USAGE_NOT},
		{"backup", USAGE_NOT},  {"watch", USAGE_SLOW},  {"send", USAGE_SLOW},   {"deliver", USAGE_SLOW},
		{"remind", USAGE_SLOW}, {"settle", USAGE_SLOW}, {"config", USAGE_SLOW}, {"calendar", USAGE_SLOW},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		if (strcmp(others[i].name, op->name) == 0)
			return others[i].usage;
	return USAGE_RUN;
}

static bool is(const Op *op, const char *name)
{
	return strcmp(op->name, name) == 0;
}

static bool is_word(const OpArgs *args, const char *param, const char *const *words)
{
	const char *value = op_args_get(args, param);
	return value != NULL && g_strv_contains(words, value);
}

bool usage_is_slow(const Op *op, const OpArgs *args)
{
	static const char *const servers[] = {"mail", "inbox", "calendar", NULL};
	static const char *const publish[] = {"publish", NULL};
	if (usage_of(op) != USAGE_SLOW)
		return false;
	if (is(op, "settle"))
		return !op_args_has(args, "answer");
	if (is(op, "config")) /* a login proves what is said */
		return is_word(args, "topic", servers) && !op_args_has(args, "no-probe");
	if (is(op, "calendar"))
		return is_word(args, "action", publish);
	return true;
}

/* Ops that can change something, but do not with these parameters alone, and with these words of the first of them. */
static const struct {
	const char *op;
	const char *params[14];
	const char *words[5]; /* empty: any */
} readings[] = {
	{"people", {"opportunity", "all", "find", "limit", "offset"}, {NULL}},
	{"config", {"topic"}, {"show"}},
	{"playbook", {"action", "name"}, {NULL}},
	{"access", {"action"}, {"list"}},
	{"template", {"action", "name"}, {"list", "show", "check"}},
	{"calendar", {"action", "from", "until", "output", "opportunity"}, {"list"}},
	{"inbox", {"all"}, {NULL}},
	{"plan", {"playbook", "ndjson"}, {NULL}},
	{"classify", {"facts", "format"}, {NULL}},
	{"review",
	 {"opportunity", "person", "step", "channel", "to", "facts", "others", "interview", "linkedin-characters",
	  "explain", "playbook", "format"},
	 {NULL}},
};

static bool is_listed(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count && names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

bool usage_reads(const Op *op, const OpArgs *args)
{
	if (op->store == OP_STORE_READ)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(readings); i++) {
		if (!is(op, readings[i].op))
			continue;
		for (const OpParam *param = op->params; param->name != NULL; param++)
			if (op_args_has(args, param->name) &&
				!is_listed(readings[i].params, G_N_ELEMENTS(readings[i].params), param->name))
				return false;
		const char *word = readings[i].words[0] == NULL ? NULL : op_args_get(args, readings[i].params[0]);
		return word == NULL || is_listed(readings[i].words, G_N_ELEMENTS(readings[i].words), word);
	}
	return false;
}

bool usage_may_read(const Op *op)
{
	if (op->store == OP_STORE_READ)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(readings); i++)
		if (is(op, readings[i].op))
			return true;
	return false;
}

bool usage_always_decides(const Op *op)
{
	static const char *const names[] = {"approve", "send", "deliver", "settle", "remind", "access", "delete", NULL};
	return g_strv_contains(names, op->name);
}

bool usage_decides(const Op *op, const OpArgs *args)
{
	static const char *const harmless[] = {"show", "me", "review", NULL};
	if (is(op, "config"))
		return op_args_has(args, "topic") && !is_word(args, "topic", harmless);
	return usage_always_decides(op);
}

bool usage_is_a_persons(const Op *op, const OpArgs *args)
{
	static const char *const desk[] = {"desk", NULL};
	if (is(op, "config"))
		return is_word(args, "topic", desk) || op_args_has(args, "secret-command");
	return is(op, "access");
}

bool usage_takes_input(const Op *op)
{
	static const char *const names[] = {"plan", "classify", "read", "import", "review", "draft", NULL};
	return g_strv_contains(names, op->name);
}

FileUse usage_of_file(const Op *op, const OpParam *param)
{
	static const char *const outputs[][2] = {
		{"card", "output"}, {"call", "pdf"}, {"export", "file"}, {"calendar", "output"}};
	for (size_t i = 0; i < G_N_ELEMENTS(outputs); i++)
		if (is(op, outputs[i][0]) && strcmp(outputs[i][1], param->name) == 0)
			return FILE_OUTPUT;
	return is(op, "config") ? FILE_PLACE : FILE_GIVEN;
}

bool usage_is_document(const Op *op)
{
	return is(op, "card") || is(op, "export") || is(op, "calendar");
}

bool usage_is_lines(const Op *op, const OpArgs *args)
{
	return is(op, "read") || (is(op, "plan") && op_args_has(args, "ndjson"));
}

/* Whether a parameter names a playbook or a template, which on the command line may be its file. */
static bool may_be_file(const Op *op, const OpParam *param)
{
	bool own = is(op, "playbook") || is(op, "template");
	return strcmp(param->name, "playbook") == 0 || (own && strcmp(param->name, "name") == 0) ||
		   (is(op, "compare") && strcmp(param->name, "with") == 0);
}

/* A template is looked for among the files at hand before it is among one's own. */
static bool is_file(const Op *op, const char *value)
{
	return strchr(value, '/') != NULL || g_str_has_suffix(value, ".playbook") || strchr("~.", value[0]) != NULL ||
		   (is(op, "template") && g_file_test(value, G_FILE_TEST_EXISTS));
}

bool usage_check_paths(const Op *op, const OpArgs *args, GError **error)
{
	for (const OpParam *param = op->params; param->name != NULL; param++) {
		const char *value = may_be_file(op, param) ? op_args_get(args, param->name) : NULL;
		if (value == NULL || !is_file(op, value))
			continue;
		const char *what = is(op, "template") ? "template" : "playbook";
		g_autofree char *shown = text_to_show(value, 60);
		return base_error_set(
			error, BASE_ERROR_INVALID, param->name,
			"\"%s\" is no name of a %s; the desk takes those that come with it, and those in your folder, by name.",
			shown, what);
	}
	return true;
}
