/* ask.c - questions in the terminal, answered a line at a time; an empty line goes on to the next.
 */
#include "ask.h"

#include "editor.h"

#include <app/when.h>
#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

bool ask_is_possible(void)
{
	return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

Ask ask_begin(const CliHost *host)
{
	g_autofree char *message = NULL;
	const PromptModule *prompt = host->load(host->module_dir, PROMPT_MODULE_FILE, PROMPT_MODULE_SYMBOL, &message);
	return (Ask){.prompt = prompt != NULL && prompt->version == PROMPT_MODULE_VERSION ? prompt : NULL};
}

static char *read_plain_line(const char *prompt)
{
	char *line = NULL;
	size_t size = 0;
	fputs(prompt, stderr);
	fflush(stderr);
	if (getline(&line, &size, stdin) >= 0)
		return line;
	free(line);
	return NULL;
}

/* What was typed, as text on one line; frees it. */
static char *take_typed(char *typed)
{
	if (typed == NULL) {
		fputc('\n', stderr);
		return NULL;
	}
	typed[strcspn(typed, "\r\n")] = '\0';
	char *text = g_utf8_make_valid(typed, -1);
	free(typed);
	return g_strstrip(text);
}

char *ask_line(const Ask *ask, const char *prompt)
{
	return take_typed(ask->prompt != NULL ? ask->prompt->read_line(prompt) : read_plain_line(prompt));
}

bool ask_yes(const Ask *ask, const char *question)
{
	g_autofree char *prompt = g_strdup_printf("%s [y/N] ", question);
	g_autofree char *answer = ask_line(ask, prompt);
	return answer != NULL && (g_ascii_strcasecmp(answer, "y") == 0 || g_ascii_strcasecmp(answer, "yes") == 0);
}

/* An interrupt waits until the terminal shows what is typed again. */
char *ask_secret(const char *prompt)
{
	struct termios before, silent;
	sigset_t interrupts, mask;
	if (tcgetattr(STDIN_FILENO, &before) != 0)
		return take_typed(read_plain_line(prompt));
	sigemptyset(&interrupts);
	sigaddset(&interrupts, SIGINT);
	sigprocmask(SIG_BLOCK, &interrupts, &mask);
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	char *typed = read_plain_line(prompt);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	fputc('\n', stderr);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	return typed == NULL ? NULL : take_typed(typed);
}

static bool take(OpArgs *args, const Op *op, const char *name, const char *value, GError **error)
{
	return op_args_take(args, op_find_param(op, name), value, error);
}

char ask_key(const char *prompt)
{
	struct termios before, raw;
	char key = 0;
	fputs(prompt, stderr);
	fflush(stderr);
	if (tcgetattr(STDIN_FILENO, &before) != 0)
		return 0;
	raw = before;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
	bool read_one = read(STDIN_FILENO, &key, 1) == 1;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
	key = read_one && key != '\004' ? g_ascii_tolower(key) : 0;
	fprintf(stderr, "%c\n", g_ascii_isgraph(key) ? key : ' ');
	return key;
}

/* ---- a debrief ---- */

typedef struct Interview {
	const Ask *ask;
	const DebriefForm *form;
	OpArgs *args;
	const Op *op;
	const GPtrArray *kept; /* of KeptAnswer: what was said before; or NULL */
} Interview;

/* "topic finn" is a topic with him. */
static bool take_part(OpArgs *args, const Op *op, const char *part, const char *line, GError **error)
{
	if (!g_str_has_prefix(part, "topic "))
		return op_find_param(op, part) == NULL || take(args, op, part, line, error);
	g_autofree char *value = g_strdup_printf("%s: %s", part + strlen("topic "), line);
	return take(args, op, "topic", value, error);
}

/* Takes an answer, and keeps it. */
static bool take_answer(const Interview *interview, const char *question, const char *answer, GError **error)
{
	if (!take_part(interview->args, interview->op, question, answer, error))
		return false;
	kept_answers_add(interview->form->kept, question, answer);
	return true;
}

/* True if there was no more to say to a question before; *ret_any (where not NULL): something was said. */
static bool was_answered(const Interview *interview, const char *question, bool *ret_any)
{
	bool done = false;
	for (guint i = 0; interview->kept != NULL && i < interview->kept->len; i++) {
		const KeptAnswer *answer = g_ptr_array_index(interview->kept, i);
		if (strcmp(answer->question, question) != 0)
			continue;
		done = done || answer->text == NULL || ret_any != NULL; /* a day is said once */
		if (ret_any != NULL && answer->text != NULL)
			*ret_any = true;
	}
	return done;
}

/* An empty line says that there is no more to say; where input ends, nobody said so. */
static bool is_end(const Interview *interview, const char *question, const char *answer)
{
	if (answer != NULL && answer[0] == '\0')
		kept_answers_add(interview->form->kept, question, NULL);
	return answer == NULL || answer[0] == '\0';
}

/* Asks until an empty line; every answer is one value of the parameter. */
static bool ask_many(const Interview *interview, const char *question, const char *prompt, GError **error)
{
	while (!was_answered(interview, question, NULL)) {
		g_autofree char *answer = ask_line(interview->ask, prompt);
		if (is_end(interview, question, answer))
			return true;
		if (!take_answer(interview, question, answer, error))
			return false;
		prompt = "    and? ";
	}
	return true;
}

static bool ask_topics(const Interview *interview, GError **error)
{
	const DebriefForm *form = interview->form;
	for (guint i = 0; i < form->person_ids->len; i++) {
		g_autofree char *question = g_strdup_printf("topic %s", (const char *)g_ptr_array_index(form->person_ids, i));
		g_autofree char *prompt = g_strdup_printf(
			"  What did you talk about with %s? ", (const char *)g_ptr_array_index(form->person_names, i));
		if (!ask_many(interview, question, prompt, error))
			return false;
	}
	return true;
}

/* Reads a day and says it back; asks again where it is none. *ret_any: a day was given. It is kept as a date, since
 * "thu" is another day next week. */
static bool ask_day(const Interview *interview, const char *name, const char *prompt, bool *ret_any, GError **error)
{
	while (!was_answered(interview, name, ret_any)) {
		When when = {0};
		char date[DAY_TEXT_BYTES];
		g_autoptr(GError) fault = NULL;
		g_autofree char *answer = ask_line(interview->ask, prompt);
		if (is_end(interview, name, answer))
			return true;
		if (!when_parse(answer, interview->form->zone, interview->form->now, WHEN_AHEAD, &when, &fault)) {
			fprintf(stderr, "    %s\n", fault->message);
			continue;
		}
		if (!when.has_day) {
			fputs("    A day is needed, such as thu or 20 nov; or nothing.\n", stderr);
			continue;
		}
		g_autofree char *said = when_name_day(interview->form->zone, when.day, interview->form->now);
		fprintf(stderr, "    %s.\n", said);
		*ret_any = true;
		return take_answer(interview, name, day_format(when.day, date), error);
	}
	return true;
}

static bool ask_weeks(const Interview *interview, GError **error)
{
	bool any = false;
	while (!was_answered(interview, "weeks", &any)) {
		char *end = NULL;
		g_autofree char *answer = ask_line(interview->ask, "  How many weeks did they say it takes? ");
		if (is_end(interview, "weeks", answer))
			return true;
		long weeks = strtol(answer, &end, 10);
		if (end != answer && *end == '\0' && weeks >= 1 && weeks <= LIMIT_WEEKS)
			return take_answer(interview, "weeks", answer, error);
		fprintf(stderr, "    A number from 1 to %d, or nothing.\n", LIMIT_WEEKS);
	}
	return true;
}

static bool ask_dates(const Interview *interview, GError **error)
{
	bool any = false;
	return ask_day(
			   interview, "decision-by", "  By which day did they say they would decide (thu, 20 nov)? ", &any,
			   error) &&
		   ask_day(interview, "follow-up-after", "  From which day did they say you may ask? ", &any, error) &&
		   (any || ask_weeks(interview, error));
}

/* The answers are for the interview that was asked about, whatever else happens meanwhile. */
static bool name_interview(OpArgs *args, const Op *op, const DebriefForm *form, GError **error)
{
	return (op_args_has(args, "opportunity") || take(args, op, "opportunity", form->opportunity, error)) &&
		   (op_args_has(args, "interview") || take(args, op, "interview", form->interview, error));
}

static bool has_text(const GPtrArray *kept)
{
	for (guint i = 0; i < kept->len; i++)
		if (((const KeptAnswer *)g_ptr_array_index(kept, i))->text != NULL)
			return true;
	return false;
}

/* Shows what was said before, and takes it, or forgets it. What cannot be taken any more is left out. */
static void go_on(Interview *interview, const GPtrArray *kept)
{
	if (has_text(kept))
		fputs("You began this debrief before, and said:\n", stderr);
	for (guint i = 0; i < kept->len; i++) {
		const KeptAnswer *answer = g_ptr_array_index(kept, i);
		g_autofree char *shown = answer->text == NULL ? NULL : text_to_show(answer->text, LIMIT_TEXT_BYTES);
		if (shown != NULL)
			fprintf(stderr, "    %s\n", shown);
	}
	g_autofree char *said = has_text(kept) ? ask_line(interview->ask, "Go on from there? [Y/n] ") : NULL;
	if (said != NULL && g_ascii_tolower(said[0]) == 'n') {
		kept_answers_forget(interview->form->kept);
		return;
	}
	interview->kept = kept;
	for (guint i = 0; i < kept->len; i++) {
		const KeptAnswer *answer = g_ptr_array_index(kept, i);
		if (answer->text != NULL)
			take_part(interview->args, interview->op, answer->question, answer->text, NULL);
	}
}

/* Where the terminal is gone, nobody went on to the next question. */
static bool check_presence(GError **error)
{
	return ask_is_possible() ||
		   base_error_set(
			   error, BASE_ERROR_TEMPORARY, NULL,
			   "The terminal is gone; what you said is kept, and \"followup debrief\" goes on from there.");
}

bool ask_debrief(Ask *ask, App *app, OpArgs *args, const Op *op, GError **error)
{
	g_autoptr(DebriefForm) form = NULL;
	if (!app_debrief_form_load(app, op_args_get(args, "opportunity"), op_args_get(args, "interview"), &form, error) ||
		!name_interview(args, op, form, error))
		return false;
	g_autoptr(GPtrArray) kept = kept_answers_load(form->kept);
	Interview interview = {ask, form, args, op, NULL};
	ask->kept = g_strdup(form->kept);
	fprintf(
		stderr, "%s.\nTwo minutes; an empty line goes on to the next question, Ctrl-C %s.%s\n", form->title,
		form->kept != NULL ? "keeps what you said for the next time" : "leaves all as it was",
		form->has_debrief ? "\nWhat you say is added to what is on record." : "");
	go_on(&interview, kept);
	return ask_topics(&interview, error) && ask_many(&interview, "strong", "  Which answer went well? ", error) &&
		   ask_many(&interview, "weak", "  Which one would you clear up? ", error) &&
		   ask_many(&interview, "unsaid", "  What was left unsaid? ", error) &&
		   ask_many(&interview, "fit", "  Why would it be a good match? ", error) && ask_dates(&interview, error) &&
		   check_presence(error);
}

bool ask_promise(const Ask *ask, Zone *zone, int64_t now, OpArgs *args, const Op *op, GError **error)
{
	const DebriefForm form = {.zone = zone, .now = now};
	const Interview interview = {ask, &form, args, op, NULL};
	return ask_dates(&interview, error);
}

/* ---- the same as a form ---- */

static const struct {
	const char *name, *title;
} form_parts[] = {
	{"strong", "What went well"},
	{"weak", "What you would clear up"},
	{"unsaid", "What was left unsaid"},
	{"fit", "Why it would be a good match"},
	{"decision-by", "They decide by (a day: thu, 20 nov)"},
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

static bool read_form(OpArgs *args, const Op *op, const char *text, GError **error)
{
	g_autofree char *part = NULL;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		g_strstrip(*line);
		if (g_str_has_prefix(*line, "#: ")) {
			g_free(part);
			part = g_strdup(*line + 3);
		} else if (**line != '#' && **line != '\0' && part != NULL && !take_part(args, op, part, *line, error)) {
			return false;
		}
	}
	return true;
}

bool ask_debrief_in_editor(App *app, OpArgs *args, const Op *op, char **ret_path, GError **error)
{
	g_autoptr(DebriefForm) form = NULL;
	g_autofree char *edited = NULL;
	if (!app_debrief_form_load(app, op_args_get(args, "opportunity"), op_args_get(args, "interview"), &form, error) ||
		!name_interview(args, op, form, error))
		return false;
	g_autofree char *text = make_form(form);
	return editor_run(text, &edited, ret_path, error) && read_form(args, op, edited, error);
}

/* ---- mail ---- */

static bool ask_once(const Ask *ask, OpArgs *args, const Op *op, const char *name, const char *prompt, GError **error)
{
	g_autofree char *answer = ask_line(ask, prompt);
	return answer == NULL || answer[0] == '\0' || take(args, op, name, answer, error);
}

static bool ask_place_of_secret(const Ask *ask, OpArgs *args, const Op *op, GError **error)
{
	fputs(
		"Where is the password (or token) to be had? It is never kept in the database.\n"
		"  1  a command prints it, such as: pass show mail\n"
		"  2  a file that only you can read\n"
		"  3  the desktop's keyring\n",
		stderr);
	g_autofree char *choice = ask_line(ask, "1, 2 or 3 (empty: as it is): ");
	if (g_strcmp0(choice, "1") == 0)
		return ask_once(ask, args, op, "secret-command", "The command: ", error);
	if (g_strcmp0(choice, "2") == 0)
		return ask_once(ask, args, op, "secret-file", "The file: ", error);
	return g_strcmp0(choice, "3") != 0 || take(args, op, "secret-keyring", NULL, error);
}

bool ask_mail(const Ask *ask, OpArgs *args, const Op *op, char **ret_secret, GError **error)
{
	bool has_place = op_args_has(args, "secret-command") || op_args_has(args, "secret-file") ||
					 op_args_has(args, "secret-keyring") || g_strcmp0(op_args_get(args, "auth"), "none") == 0;
	if (!op_args_has(args, "address") && !op_args_has(args, "host") &&
		!ask_once(ask, args, op, "address", "Your e-mail address, to send from (empty: as it is): ", error))
		return false;
	if (!has_place && !ask_place_of_secret(ask, args, op, error))
		return false;
	if (op_args_has(args, "secret-keyring"))
		*ret_secret = ask_secret("The password or token (empty: it is in the keyring already): ");
	return true;
}

/* ---- the mailbox ---- */

static bool ask_place_of_inbox(const Ask *ask, OpArgs *args, const Op *op, GError **error)
{
	fputs(
		"Where is your mail read?\n"
		"  1  on the server of an address (IMAP)\n"
		"  2  in a folder on this machine (a Maildir)\n",
		stderr);
	g_autofree char *choice = ask_line(ask, "1 or 2 (empty: as it is): ");
	if (g_strcmp0(choice, "1") == 0)
		return ask_once(ask, args, op, "address", "The address (empty: the one you send from): ", error);
	return g_strcmp0(choice, "2") != 0 || ask_once(ask, args, op, "maildir", "The folder: ", error);
}

bool ask_inbox(const Ask *ask, OpArgs *args, const Op *op, char **ret_secret, GError **error)
{
	bool has_place = op_args_has(args, "address") || op_args_has(args, "imap") || op_args_has(args, "maildir");
	bool has_secret = op_args_has(args, "secret-command") || op_args_has(args, "secret-file") ||
					  op_args_has(args, "secret-keyring") || g_strcmp0(op_args_get(args, "auth"), "none") == 0;
	if (!has_place && !ask_place_of_inbox(ask, args, op, error))
		return false;
	if (op_args_has(args, "maildir"))
		return true;
	if (!has_secret) {
		fputs("For the password, an empty answer means the one that your mail is sent with.\n", stderr);
		if (!ask_place_of_secret(ask, args, op, error))
			return false;
	}
	if (op_args_has(args, "secret-keyring"))
		*ret_secret = ask_secret("The password or token (empty: it is in the keyring already): ");
	return true;
}
