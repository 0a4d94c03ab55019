/* complete.c - what the last word of a command line can become, from the one command table.
 */
#include "args.h"

#include <string.h>

static void offer(GPtrArray *found, const char *candidate, const char *typed)
{
	if (g_str_has_prefix(candidate, typed))
		g_ptr_array_add(found, g_strdup(candidate));
}

static void offer_folded(GPtrArray *found, const char *candidate, const char *typed)
{
	g_autofree char *a = g_utf8_casefold(candidate, -1), *b = g_utf8_casefold(typed, -1);
	if (g_str_has_prefix(a, b))
		g_ptr_array_add(found, g_strdup(candidate));
}

static void offer_commands(GPtrArray *found, const char *typed)
{
	for (const Op *op = op_table(); op->name != NULL; op++)
		offer(found, op->name, typed);
	offer(found, "help", typed);
	offer(found, "completion", typed);
}

static void offer_all(GPtrArray *found, const char *const *words, const char *typed)
{
	for (; *words != NULL; words++)
		offer(found, *words, typed);
}

static void offer_options(GPtrArray *found, const Op *op, const char *typed)
{
	static const char *const everywhere[] = {"--db", "--now", "--format", "--help", NULL};
	for (const OpParam *param = op->params; param->name != NULL; param++) {
		g_autofree char *option = g_strconcat("--", param->name, NULL);
		if ((param->flags & (PARAM_POSITIONAL | PARAM_HIDDEN)) == 0)
			offer(found, option, typed);
	}
	offer_all(found, everywhere, typed);
}

static void offer_values(GPtrArray *found, App *app, const OpArgs *args, const OpParam *param, const char *typed)
{
	g_autoptr(GPtrArray) values = app_complete(app, args, param);
	for (guint i = 0; i < values->len; i++)
		offer_folded(found, g_ptr_array_index(values, i), typed);
}

static const OpParam *nth_positional(const Op *op, int index)
{
	for (const OpParam *param = op->params; param->name != NULL; param++)
		if ((param->flags & PARAM_POSITIONAL) != 0 && index-- == 0)
			return param;
	return NULL;
}

/* Takes what was typed before the last word; *ret_waiting is an option that still wants its value. */
static int take_words(const Op *op, OpArgs *args, int count, char **words, const OpParam **ret_waiting)
{
	int positional = 0;
	*ret_waiting = NULL;
	for (int i = 1; i + 1 < count; i++) {
		const OpParam *param = NULL;
		if (*ret_waiting != NULL) {
			(void)!op_args_take(args, *ret_waiting, words[i], NULL);
			*ret_waiting = NULL;
		} else if (g_str_has_prefix(words[i], "--")) {
			param = op_find_param(op, words[i] + 2);
			*ret_waiting = param != NULL && param->type != PARAM_FLAG ? param : NULL;
		} else if ((param = nth_positional(op, positional++)) != NULL) {
			(void)!op_args_take(args, param, words[i], NULL);
		}
	}
	return positional;
}

GPtrArray *complete_take_globals(int count, char **words, Globals *globals)
{
	GPtrArray *left = g_ptr_array_new();
	const struct {
		const char *word;
		const char **place;
	} options[] = {{"--db", &globals->db}, {"--now", &globals->now}};
	for (int i = count > 0 && strcmp(words[0], "--") == 0 ? 1 : 0; i < count; i++) {
		const char **place = NULL;
		for (size_t o = 0; o < G_N_ELEMENTS(options) && i + 2 < count; o++)
			if (strcmp(words[i], options[o].word) == 0)
				place = options[o].place;
		if (place != NULL)
			*place = words[++i];
		else
			g_ptr_array_add(left, words[i]);
	}
	return left;
}

/* What stands after the last word but one, where that decides it by itself; true where it did. */
static bool offer_special(GPtrArray *found, const Op *op, const char *before, const char *typed)
{
	static const char *const shells[] = {"bash", "zsh", "fish", NULL}, *const formats[] = {"text", "json", NULL};
	if (strcmp(before, "help") == 0)
		offer_commands(found, typed);
	else if (strcmp(before, "completion") == 0)
		offer_all(found, shells, typed);
	else if (strcmp(before, "--format") == 0 && (op == NULL || op_find_param(op, "format") == NULL))
		offer_all(found, formats, typed);
	else
		return strcmp(before, "--db") == 0 || strcmp(before, "--now") == 0;
	return true;
}

GPtrArray *complete_words(App *app, int count, char **words)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	const char *typed = count > 0 ? words[count - 1] : "";
	if (count <= 1) {
		offer_commands(found, typed);
		return found;
	}
	const Op *op = op_find(words[0]);
	if (offer_special(found, op, words[count - 2], typed) || op == NULL)
		return found;
	g_autoptr(OpArgs) args = op_args_new(op);
	const OpParam *waiting = NULL;
	int positional = take_words(op, args, count, words, &waiting);
	const OpParam *place = nth_positional(op, positional);
	if (waiting != NULL)
		offer_values(found, app, args, waiting, typed);
	else if (g_str_has_prefix(typed, "-"))
		offer_options(found, op, typed);
	else if (place != NULL)
		offer_values(found, app, args, place, typed);
	return found;
}
