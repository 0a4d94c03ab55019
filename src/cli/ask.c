/* ask.c - questions in the terminal, answered a line at a time; an empty line goes on to the next.
 */
#include "ask.h"
#include "editor.h"

#include <base/error.h>
#include <base/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

bool ask_is_possible(void)
{
	return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

char *ask_line(const char *prompt)
{
	char *line = NULL;
	size_t size = 0;
	fputs(prompt, stderr);
	fflush(stderr);
	ssize_t length = getline(&line, &size, stdin);
	if (length < 0) {
		free(line);
		fputc('\n', stderr);
		return NULL;
	}
	line[strcspn(line, "\r\n")] = '\0';
	char *copy = g_utf8_make_valid(line, -1);
	free(line);
	return g_strstrip(copy);
}

bool ask_yes(const char *question)
{
	g_autofree char *prompt = g_strdup_printf("%s [y/N] ", question);
	g_autofree char *answer = ask_line(prompt);
	return answer != NULL && (g_ascii_strcasecmp(answer, "y") == 0 || g_ascii_strcasecmp(answer, "yes") == 0);
}

char *ask_secret(const char *prompt)
{
	struct termios before, silent;
	if (tcgetattr(STDIN_FILENO, &before) != 0)
		return ask_line(prompt);
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	char *line = ask_line(prompt);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	fputc('\n', stderr);
	return line;
}

static bool take(OpArgs *args, const Op *op, const char *name, const char *value, GError **error)
{
	return op_args_take(args, op_find_param(op, name), value, error);
}

/* Asks until an empty line; every answer is one value of the parameter. */
static bool ask_many(
	OpArgs *args, const Op *op, const char *name, const char *prefix, const char *prompt, GError **error)
{
	for (;;) {
		g_autofree char *answer = ask_line(prompt);
		if (answer == NULL || answer[0] == '\0')
			return true;
		g_autofree char *value = g_strconcat(prefix, answer, NULL);
		if (!take(args, op, name, value, error))
			return false;
		prompt = "    and? ";
	}
}

static bool ask_topics(const DebriefForm *form, OpArgs *args, const Op *op, GError **error)
{
	for (guint i = 0; i < form->person_ids->len; i++) {
		g_autofree char *prefix = g_strdup_printf("%s: ", (const char *)g_ptr_array_index(form->person_ids, i));
		g_autofree char *prompt = g_strdup_printf(
			"  What did you talk about with %s? ", (const char *)g_ptr_array_index(form->person_names, i));
		if (!ask_many(args, op, "topic", prefix, prompt, error))
			return false;
	}
	return true;
}

static bool ask_once(OpArgs *args, const Op *op, const char *name, const char *prompt, GError **error)
{
	g_autofree char *answer = ask_line(prompt);
	return answer == NULL || answer[0] == '\0' || take(args, op, name, answer, error);
}

bool ask_debrief(App *app, OpArgs *args, const Op *op, GError **error)
{
	g_autoptr(DebriefForm) form = NULL;
	if (!app_debrief_form_load(app, op_args_get(args, "opportunity"), op_args_get(args, "interview"), &form, error))
		return false;
	fprintf(
		stderr, "%s.\nTwo minutes; an empty line goes on to the next question.%s\n", form->title,
		form->has_debrief ? " What you say is added to what is on record." : "");
	return ask_topics(form, args, op, error) && ask_many(args, op, "strong", "", "  Which answer went well? ", error) &&
		   ask_many(args, op, "weak", "", "  Which one would you clear up? ", error) &&
		   ask_many(args, op, "unsaid", "", "  What was left unsaid? ", error) &&
		   ask_many(args, op, "fit", "", "  Why would it be a good match? ", error) &&
		   ask_once(args, op, "decision-by", "  By which day did they say they would decide? (thu, 20 nov) ", error) &&
		   (op_args_has(args, "decision-by") ||
			(ask_once(args, op, "follow-up-after", "  From which day may you ask? ", error) &&
			 ask_once(args, op, "weeks", "  How many weeks does the process take? ", error)));
}

/* ---- the same as a form ---- */

static const struct {
	const char *name, *title;
} form_parts[] = {
	{"strong", "What went well"},
	{"weak", "What you would clear up"},
	{"unsaid", "What was left unsaid"},
	{"fit", "Why it would be a good match"},
	{"decision-by", "They decide by (a day)"},
	{"follow-up-after", "You may ask from (a day)"},
	{"weeks", "Weeks the process takes (a number)"},
};

static char *make_form(const DebriefForm *form)
{
	GString *text = g_string_new(NULL);
	g_string_append_printf(
		text, "# %s\n# One answer a line under each heading; lines that begin with # are headings and hints.\n",
		form->title);
	for (guint i = 0; i < form->person_ids->len; i++)
		g_string_append_printf(
			text, "\n#: topic %s\n# What you talked about with %s\n\n",
			(const char *)g_ptr_array_index(form->person_ids, i),
			(const char *)g_ptr_array_index(form->person_names, i));
	for (size_t i = 0; i < G_N_ELEMENTS(form_parts); i++)
		g_string_append_printf(text, "\n#: %s\n# %s\n\n", form_parts[i].name, form_parts[i].title);
	return g_string_free(text, FALSE);
}

static bool take_form_line(OpArgs *args, const Op *op, const char *part, const char *line, GError **error)
{
	if (!g_str_has_prefix(part, "topic "))
		return op_find_param(op, part) == NULL || take(args, op, part, line, error);
	g_autofree char *value = g_strdup_printf("%s: %s", part + strlen("topic "), line);
	return take(args, op, "topic", value, error);
}

bool ask_debrief_in_editor(App *app, OpArgs *args, const Op *op, GError **error)
{
	g_autoptr(DebriefForm) form = NULL;
	g_autofree char *edited = NULL, *part = NULL;
	if (!app_debrief_form_load(app, op_args_get(args, "opportunity"), op_args_get(args, "interview"), &form, error))
		return false;
	g_autofree char *text = make_form(form);
	if (!editor_run(text, &edited, error))
		return false;
	g_auto(GStrv) lines = g_strsplit(edited, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		g_strstrip(*line);
		if (g_str_has_prefix(*line, "#: ")) {
			g_free(part);
			part = g_strdup(*line + 3);
		} else if (**line != '#' && **line != '\0' && part != NULL && !take_form_line(args, op, part, *line, error)) {
			return false;
		}
	}
	return true;
}

bool ask_mail(OpArgs *args, const Op *op, GError **error)
{
	if (!op_args_has(args, "address") && !op_args_has(args, "host") &&
		!ask_once(args, op, "address", "Your e-mail address, to send from: ", error))
		return false;
	if (op_args_has(args, "secret-command") || op_args_has(args, "secret-file") ||
		op_args_has(args, "secret-keyring") || g_strcmp0(op_args_get(args, "auth"), "none") == 0)
		return true;
	fputs(
		"Where is the password (or token) to be had? It is never kept in the database.\n"
		"  1  a command that prints it, such as: pass show mail\n"
		"  2  a file that only you can read\n"
		"  3  the desktop's keyring, where it is already\n",
		stderr);
	g_autofree char *choice = ask_line("1, 2 or 3: ");
	if (g_strcmp0(choice, "1") == 0)
		return ask_once(args, op, "secret-command", "The command: ", error);
	if (g_strcmp0(choice, "2") == 0)
		return ask_once(args, op, "secret-file", "The file: ", error);
	return take(args, op, "secret-keyring", NULL, error);
}
