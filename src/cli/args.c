/* args.c - argv into an op's parameters.
 *
 * Two words are special: --now may stand without a time for an op that has a flag of that name ("send --now": at once),
 * and --format is handed to the op too where the op knows shapes of its own.
 */
#include "args.h"

#include <app/when.h>
#include <base/error.h>
#include <base/text.h>
#include <string.h>

typedef struct Reader {
	int argc;
	char **argv;
	int next;
	int positional; /* how many were taken */
	bool only_values;
	bool about_itself; /* help or completion */
	Globals *globals;
	const Op *op;
	OpArgs *args;
} Reader;

/* How many letters to add, leave out, change, or swap with the next. */
static int edit_distance(const char *a, const char *b)
{
	enum { MAX = 32 };
	size_t n = strlen(a), m = strlen(b);
	int rows[MAX + 1][MAX + 1];
	if (n >= MAX || m >= MAX)
		return MAX;
	for (size_t i = 0; i <= n; i++)
		for (size_t j = 0; j <= m; j++) {
			rows[i][j] = (int)(i == 0 ? j : i);
			if (i == 0 || j == 0)
				continue;
			int change = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			rows[i][j] = MIN(change, MIN(rows[i - 1][j], rows[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				rows[i][j] = MIN(rows[i][j], rows[i - 2][j - 2] + 1);
		}
	return rows[n][m];
}

const char *nearest_word(const char *typed, const char *const *words)
{
	const char *best = NULL;
	int best_distance = 3, length = (int)strlen(typed);
	for (; *words != NULL; words++) {
		int distance = length >= 2 && g_str_has_prefix(*words, typed) ? 1 : edit_distance(typed, *words);
		if (distance < best_distance && distance * 2 <= length) {
			best = *words;
			best_distance = distance;
		}
	}
	return best;
}

static const char *const global_names[] = {"db", "now", "format", "help", "version", NULL};

static bool unknown_command(const char *typed, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (const Op *op = op_table(); op->name != NULL; op++)
		g_ptr_array_add(names, (char *)op->name);
	g_ptr_array_add(names, (char *)"help");
	g_ptr_array_add(names, (char *)"completion");
	g_ptr_array_add(names, NULL);
	const char *near = nearest_word(typed, (const char *const *)names->pdata);
	g_autofree char *shown = text_to_show(typed, 40);
	if (near != NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "command", "There is no command \"%s\"; did you mean \"followup %s\"?", shown,
			near);
	return base_error_set(
		error, BASE_ERROR_INVALID, "command",
		"There is no command \"%s\"; \"followup help\" lists those that there are, and \"followup show NAME\" shows an "
		"opportunity.",
		shown);
}

static bool unknown_option(const Reader *reader, const char *name, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (const OpParam *param = reader->op->params; param->name != NULL; param++)
		if ((param->flags & (PARAM_POSITIONAL | PARAM_HIDDEN)) == 0)
			g_ptr_array_add(names, (char *)param->name);
	for (const char *const *global = global_names; *global != NULL; global++)
		g_ptr_array_add(names, (char *)*global);
	g_ptr_array_add(names, NULL);
	const char *near = nearest_word(name, (const char *const *)names->pdata);
	g_autofree char *shown = text_to_show(name, 40);
	if (near != NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, shown, "followup %s has no option --%s; did you mean --%s?", reader->op->name,
			shown, near);
	return base_error_set(
		error, BASE_ERROR_INVALID, shown,
		"followup %s has no option --%s; \"followup help %s\" lists those that it has.", reader->op->name, shown,
		reader->op->name);
}

/* True if a word is an option that there is, and so not the value of the one before it. */
static bool is_option(const Reader *reader, const char *word)
{
	if (!g_str_has_prefix(word, "--"))
		return false;
	g_autofree char *name = g_strndup(word + 2, strcspn(word + 2, "="));
	return g_strv_contains(global_names, name) || (reader->op != NULL && op_find_param(reader->op, name) != NULL);
}

/* The value of an option: behind its '=', else the next word. */
static const char *take_value(Reader *reader, const char *inlined)
{
	bool there = reader->next < reader->argc && !is_option(reader, reader->argv[reader->next]);
	return inlined != NULL ? inlined : there ? reader->argv[reader->next++] : NULL;
}

static bool need_value(const char *name, const char *value, GError **error)
{
	if (value != NULL)
		return true;
	return base_error_set(error, BASE_ERROR_INVALID, name, "The option --%s needs a value.", name);
}

/* Whether what follows --now is a time for it: a company may be called Monday, but not "monday 10am". */
static bool looks_like_time(const char *value)
{
	enum { SOME_TIME = 946684800 }; /* which one makes no difference */
	When when = {0};
	g_autoptr(Zone) utc = zone_load("UTC", NULL);
	return value != NULL && utc != NULL && strpbrk(value, "0123456789") != NULL &&
		   when_parse(value, utc, SOME_TIME, WHEN_AHEAD, &when, NULL);
}

/* Takes an option that means the same everywhere; *ret_taken tells whether it was one. */
static bool take_global(Reader *reader, const char *name, const char *inlined, bool *ret_taken, GError **error)
{
	Globals *globals = reader->globals;
	*ret_taken = true;
	bool help = strcmp(name, "help") == 0;
	if (help || strcmp(name, "version") == 0) {
		globals->want = help ? WANT_HELP : WANT_VERSION;
		return true;
	}
	const char **target = strcmp(name, "db") == 0       ? &globals->db
						  : strcmp(name, "now") == 0    ? &globals->now
						  : strcmp(name, "format") == 0 ? &globals->format
														: NULL;
	bool own_flag = reader->op != NULL && target == &globals->now && op_find_param(reader->op, "now") != NULL;
	const char *following = reader->next < reader->argc ? reader->argv[reader->next] : NULL;
	if (target == NULL || (own_flag && inlined == NULL && !looks_like_time(following))) {
		*ret_taken = false;
		return true;
	}
	const char *value = take_value(reader, inlined);
	*target = value != NULL && value[0] == '\0' ? NULL : value;
	return need_value(name, *target, error);
}

static bool take_option(Reader *reader, const char *word, GError **error)
{
	const char *equals = strchr(word, '=');
	g_autofree char *name = equals == NULL ? g_strdup(word) : g_strndup(word, (size_t)(equals - word));
	const char *inlined = equals == NULL ? NULL : equals + 1;
	bool taken = false;
	if (!take_global(reader, name, inlined, &taken, error))
		return false;
	if (taken)
		return true;
	if (reader->op == NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, name,
			"The option --%s has to come after a command; \"followup help\" lists them.", name);
	const OpParam *param = op_find_param(reader->op, name);
	if (param == NULL || (param->flags & PARAM_POSITIONAL) != 0)
		return unknown_option(reader, name, error);
	if (param->type == PARAM_FLAG) {
		if (inlined != NULL)
			return base_error_set(error, BASE_ERROR_INVALID, name, "The option --%s takes no value.", name);
		return op_args_take(reader->args, param, NULL, error);
	}
	const char *value = take_value(reader, inlined);
	return need_value(name, value, error) && op_args_take(reader->args, param, value, error);
}

static bool take_positional(Reader *reader, const char *word, GError **error)
{
	int seen = 0;
	for (const OpParam *param = reader->op->params; param->name != NULL; param++) {
		if ((param->flags & PARAM_POSITIONAL) == 0)
			continue;
		if (seen++ < reader->positional && (param->flags & PARAM_MANY) == 0)
			continue;
		reader->positional++;
		return op_args_take(reader->args, param, word, error);
	}
	g_autofree char *shown = text_to_show(word, 40);
	return base_error_set(
		error, BASE_ERROR_INVALID, NULL,
		"followup %s does not know what to do with \"%s\"; put quotes around what belongs together, or see "
		"\"followup help %s\".",
		reader->op->name, shown, reader->op->name);
}

/* The commands that are about the command line itself take one word more. */
static bool take_subject(Reader *reader, const char *word, GError **error)
{
	g_autofree char *shown = text_to_show(word, 40);
	if (reader->globals->subject != NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL, "One word is enough here; \"%s\" is one too many.", shown);
	reader->globals->subject = word;
	return true;
}

static bool take_command(Reader *reader, const char *word, GError **error)
{
	if (strcmp(word, "help") == 0 || strcmp(word, "completion") == 0) {
		reader->globals->want = word[0] == 'h' ? WANT_HELP : WANT_COMPLETION;
		reader->about_itself = true;
		return true;
	}
	reader->op = op_find(word);
	if (reader->op == NULL)
		return unknown_command(word, error);
	reader->args = op_args_new(reader->op);
	return true;
}

static bool take_word(Reader *reader, const char *word, GError **error)
{
	if (!reader->only_values && strcmp(word, "--") == 0) {
		reader->only_values = true;
		return true;
	}
	if (!reader->only_values && strcmp(word, "-h") == 0)
		return take_option(reader, "help", error);
	if (!reader->only_values && g_str_has_prefix(word, "--"))
		return take_option(reader, word + 2, error);
	if (!reader->only_values && word[0] == '-' && word[1] != '\0')
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL,
			"Options begin with two dashes, as in --help; after \"--\" a word may begin with one.");
	if (reader->about_itself)
		return take_subject(reader, word, error);
	if (reader->op == NULL)
		return take_command(reader, word, error);
	return take_positional(reader, word, error);
}

/* --format goes to an op that knows shapes of its own; else it is text or json. */
static bool settle_format(Reader *reader, GError **error)
{
	const char *format = reader->globals->format;
	const OpParam *own = reader->op == NULL ? NULL : op_find_param(reader->op, "format");
	if (format == NULL)
		return true;
	if (own != NULL && reader->args != NULL)
		return op_args_take(reader->args, own, format, error);
	if (strcmp(format, "text") == 0 || strcmp(format, "json") == 0)
		return true;
	return base_error_set(error, BASE_ERROR_INVALID, "format", "The format is text or json.");
}

/* What is asked for, once all is read. */
static bool conclude(Reader *reader, GError **error)
{
	Globals *globals = reader->globals;
	if (reader->op == NULL && globals->want == WANT_OP && !take_command(reader, "today", error))
		return false;
	if (!settle_format(reader, error))
		return false;
	if (globals->want == WANT_HELP && !reader->about_itself && reader->op != NULL)
		globals->subject = reader->op->name;
	if (globals->want == WANT_HELP && g_strcmp0(globals->subject, "help") == 0)
		globals->subject = NULL;
	if (globals->want == WANT_HELP && globals->subject != NULL && op_find(globals->subject) == NULL)
		return unknown_command(globals->subject, error);
	return globals->want != WANT_OP || op_args_check(reader->args, error);
}

bool args_read(int argc, char **argv, Globals *globals, const Op **ret_op, OpArgs **ret_args, GError **error)
{
	Reader reader = {.argc = argc, .argv = argv, .next = 1, .globals = globals};
	bool good = true;
	while (good && reader.next < argc)
		good = take_word(&reader, argv[reader.next++], error);
	good = good && conclude(&reader, error);
	if (!good || globals->want != WANT_OP)
		g_clear_pointer(&reader.args, op_args_free);
	for (int i = reader.next; !good && i < argc; i++) { /* how the mistake is to be told may stand behind it */
		if (g_str_has_prefix(argv[i], "--format="))
			globals->format = argv[i] + strlen("--format=");
		else if (strcmp(argv[i], "--format") == 0 && i + 1 < argc)
			globals->format = argv[i + 1];
	}
	if (!good)
		return false;
	*ret_op = reader.op;
	*ret_args = reader.args;
	return true;
}

char *args_format(const Op *op, const OpArgs *args)
{
	GString *line = g_string_new("followup ");
	g_string_append(line, op->name);
	for (const OpParam *param = op->params; param->name != NULL; param++) {
		const GPtrArray *values = op_args_get_all(args, param->name);
		for (guint i = 0; i < values->len; i++) {
			g_autofree char *quoted = g_shell_quote(g_ptr_array_index(values, i));
			if ((param->flags & PARAM_POSITIONAL) == 0)
				g_string_append_printf(line, " --%s", param->name);
			if (param->type != PARAM_FLAG)
				g_string_append_printf(line, " %s", quoted);
		}
	}
	return g_string_free(line, FALSE);
}
