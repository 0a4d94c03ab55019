/* help.c - help from the command table: an example first, since that is what people read.
 */
#include "help.h"

#include <string.h>

static const struct {
	const char *name, *help;
} global_options[] = {
	{"--db FILE", "the database to use (else FOLLOWUP_DB, else the data folder)"},
	{"--now TIME", "take this as the present, for trying things: 2026-11-20T09:00"},
	{"--format text|json", "for people, or for programs"},
	{"--help", "this, or the help of a command"},
};

static void list_ops(Printer *printer, bool plumbing)
{
	for (const Op *op = op_table(); op->name != NULL; op++) {
		if (op->plumbing != plumbing)
			continue;
		printer_object(printer, NULL);
		printer_string(printer, "name", NULL, op->name);
		printer_string(printer, "summary", NULL, op->summary);
		printer_boolean(printer, "plumbing", plumbing);
		printer_object_end(printer);
		printer_row(printer, (const char *const[]){op->name, op->summary, NULL});
	}
}

void help_program(Printer *printer)
{
	printer_object(printer, NULL);
	printer_list(printer, "commands");
	printer_say(printer, SAY_TEXT, "followup - what to do after a job interview, by when, and why.");
	printer_break(printer);
	printer_say(printer, SAY_TEXT, "Begin with an interview, right after it:");
	printer_say(
		printer, SAY_COMMAND,
		"followup interview Globex \"today 10am\" --position \"Data analyst\" --with \"Huck Finn "
		"<finn@globex.example>\"");
	printer_say(printer, SAY_COMMAND, "followup debrief Globex");
	printer_say(printer, SAY_COMMAND, "followup");
	printer_break(printer);
	printer_say(printer, SAY_HEADING, "Commands");
	list_ops(printer, false);
	printer_break(printer);
	printer_say(printer, SAY_HEADING, "For other programs (standard input to JSON)");
	list_ops(printer, true);
	printer_list_end(printer);
	printer_break(printer);
	printer_say(printer, SAY_HEADING, "Everywhere");
	for (size_t i = 0; i < G_N_ELEMENTS(global_options); i++)
		printer_row(printer, (const char *const[]){global_options[i].name, global_options[i].help, NULL});
	printer_break(printer);
	printer_say(printer, SAY_TEXT, "Teaches one command with examples:");
	printer_say(printer, SAY_COMMAND, "followup help interview");
	printer_say(printer, SAY_TEXT, "Completion in your shell (bash, zsh, fish):");
	printer_say(printer, SAY_COMMAND, "eval \"$(followup completion bash)\"");
	printer_object_end(printer);
}

static char *param_label(const OpParam *param)
{
	g_autofree char *upper = g_ascii_strup(param->name, -1);
	const char *many = (param->flags & PARAM_MANY) != 0 ? "…" : "";
	if ((param->flags & PARAM_POSITIONAL) != 0)
		return g_strdup_printf("%s%s", upper, many);
	if (param->type == PARAM_FLAG)
		return g_strdup_printf("--%s", param->name);
	static const char *const value_words[] = {
		[PARAM_TEXT] = "TEXT",     [PARAM_BLOCK] = "TEXT",
		[PARAM_NAME] = "NAME",     [PARAM_OPPORTUNITY] = "OPPORTUNITY",
		[PARAM_PERSON] = "PERSON", [PARAM_WHEN] = "WHEN",
		[PARAM_DURATION] = "TIME", [PARAM_INT] = "N",
		[PARAM_FILE] = "FILE",     [PARAM_FLAG] = "",
	};
	if (param->type == PARAM_WORD) {
		g_autofree char *all = g_strjoinv("|", (char **)param->choices);
		return g_strdup_printf("--%s %s%s", param->name, strlen(all) < 34 ? all : "WORD", many);
	}
	return g_strdup_printf("--%s %s%s", param->name, value_words[param->type], many);
}

static char *usage_line(const Op *op)
{
	GString *line = g_string_new("followup ");
	g_string_append(line, op->name);
	bool options = false;
	for (const OpParam *param = op->params; param->name != NULL; param++) {
		if ((param->flags & PARAM_HIDDEN) != 0)
			continue;
		options |= (param->flags & PARAM_POSITIONAL) == 0;
		if ((param->flags & (PARAM_POSITIONAL | PARAM_REQUIRED)) == 0)
			continue;
		g_autofree char *label = param_label(param);
		g_string_append_printf(line, (param->flags & PARAM_REQUIRED) != 0 ? " %s" : " [%s]", label);
	}
	if (options)
		g_string_append(line, " [OPTIONS]");
	return g_string_free(line, FALSE);
}

/* Names of the types, for programs that make forms of them. */
static const char *type_word(ParamType type)
{
	static const char *const words[] = {
		[PARAM_TEXT] = "text",     [PARAM_BLOCK] = "block",
		[PARAM_NAME] = "name",     [PARAM_OPPORTUNITY] = "opportunity",
		[PARAM_PERSON] = "person", [PARAM_WHEN] = "when",
		[PARAM_DURATION] = "time", [PARAM_INT] = "number",
		[PARAM_WORD] = "word",     [PARAM_FILE] = "file",
		[PARAM_FLAG] = "flag",
	};
	return words[type];
}

static void tell_param(const OpParam *param, Printer *printer)
{
	printer_object(printer, NULL);
	printer_string(printer, "name", NULL, param->name);
	printer_string(printer, "type", NULL, type_word(param->type));
	printer_boolean(printer, "positional", (param->flags & PARAM_POSITIONAL) != 0);
	printer_boolean(printer, "required", (param->flags & PARAM_REQUIRED) != 0);
	printer_boolean(printer, "many", (param->flags & PARAM_MANY) != 0);
	printer_string(printer, "help", NULL, param->help);
	printer_list(printer, "choices");
	for (const char *const *choice = param->choices; choice != NULL && *choice != NULL; choice++)
		printer_string(printer, NULL, NULL, *choice);
	printer_list_end(printer);
	printer_object_end(printer);
}

static void list_params(const Op *op, Printer *printer)
{
	printer_list(printer, "params");
	for (const OpParam *param = op->params; param->name != NULL; param++) {
		if ((param->flags & PARAM_HIDDEN) != 0)
			continue;
		g_autofree char *label = param_label(param);
		g_autofree char *choices = param->choices == NULL ? NULL : g_strjoinv(", ", (char **)param->choices);
		g_autofree char *help = choices == NULL || strstr(label, "|") != NULL
									? g_strdup(param->help)
									: g_strdup_printf("%s: %s", param->help, choices);
		tell_param(param, printer);
		printer_row(printer, (const char *const[]){label, help, NULL});
	}
	printer_list_end(printer);
}

static void list_examples(const Op *op, Printer *printer)
{
	g_auto(GStrv) examples = g_strsplit(op->example, "\n", -1);
	printer_list(printer, "examples");
	for (char **example = examples; *example != NULL; example++) {
		printer_string(printer, NULL, NULL, *example);
		printer_say_text(printer, SAY_COMMAND, *example);
	}
	printer_list_end(printer);
}

void help_op(const Op *op, Printer *printer)
{
	g_autofree char *usage = usage_line(op);
	printer_object(printer, NULL);
	printer_string(printer, "name", NULL, op->name);
	printer_string(printer, "summary", NULL, op->summary);
	printer_string(printer, "usage", NULL, usage);
	printer_string(printer, "help", NULL, op->help);
	printer_say(printer, SAY_TEXT, "%s.", op->summary);
	printer_break(printer);
	list_examples(op, printer);
	printer_break(printer);
	if (op->help != NULL)
		printer_say_text(printer, SAY_TEXT, op->help);
	printer_break(printer);
	printer_say_text(printer, SAY_HEADING, "Usage");
	printer_say_text(printer, SAY_QUOTE, usage);
	printer_break(printer);
	list_params(op, printer);
	printer_object_end(printer);
}

static const char bash_script[] =
	"# bash completion for followup: eval \"$(followup completion bash)\"\n"
	"_followup() {\n"
	"    local IFS=$'\\n'\n"
	"    COMPREPLY=($(followup complete -- \"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null))\n"
	"    [ \"${#COMPREPLY[@]}\" -gt 0 ] && COMPREPLY=($(printf '%q\\n' \"${COMPREPLY[@]}\"))\n"
	"}\n"
	"complete -o default -F _followup followup\n";

static const char zsh_script[] =
	"#compdef followup\n"
	"# zsh completion for followup: eval \"$(followup completion zsh)\"\n"
	"_followup() {\n"
	"    local -a found\n"
	"    found=(\"${(@f)$(followup complete -- \"${(@)words[2,CURRENT]}\" 2>/dev/null)}\")\n"
	"    if [ -n \"${found[1]}\" ]; then compadd -U -- \"${found[@]}\"; else _files; fi\n"
	"}\n"
	"(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }\n"
	"compdef _followup followup\n";

static void fish_quote(GString *text, const char *value)
{
	g_string_append_c(text, '\'');
	for (const char *p = value; *p != '\0'; p++) {
		if (*p == '\'' || *p == '\\')
			g_string_append_c(text, '\\');
		g_string_append_c(text, *p);
	}
	g_string_append_c(text, '\'');
}

static void fish_script(GString *text)
{
	g_string_append(
		text, "# fish completion for followup: followup completion fish | source\n"
			  "complete -c followup -n __fish_use_subcommand -f\n");
	for (const Op *op = op_table(); op->name != NULL; op++) {
		g_string_append_printf(text, "complete -c followup -n __fish_use_subcommand -f -a %s -d ", op->name);
		fish_quote(text, op->summary);
		g_string_append_c(text, '\n');
	}
	g_string_append(
		text, "complete -c followup -n 'not __fish_use_subcommand' -a "
			  "'(set -l t (commandline -opc) (commandline -ct); followup complete -- $t[2..-1] 2>/dev/null)'\n");
}

char *help_completion(const char *shell)
{
	if (strcmp(shell, "bash") == 0)
		return g_strdup(bash_script);
	if (strcmp(shell, "zsh") == 0)
		return g_strdup(zsh_script);
	if (strcmp(shell, "fish") != 0)
		return NULL;
	GString *text = g_string_new(NULL);
	fish_script(text);
	return g_string_free(text, FALSE);
}
