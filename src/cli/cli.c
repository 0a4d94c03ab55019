/* cli.c - the command line: argv in, an op run, its result printed, one exit status.
 */
#include <cli/cli.h>

#include "args.h"
#include "ask.h"
#include "call.h"
#include "editor.h"
#include "help.h"
#include "inbox-keys.h"
#include "print.h"

#include <app/app.h>
#include <base/error.h>
#include <base/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_NOT_DONE = 1, EXIT_USAGE = 2 };

typedef struct Door {
	const CliHost *host;
	Globals globals;
	const Op *op;
	OpArgs *args;
	App *app;
	Printer *printer;
	Ask ask;
	char *secret, *edited; /* what was typed for the keyring; the file that was edited */
	FILE *secret_input;
	bool json, asked;
} Door;

/* The one table from error to exit status. */
static int exit_status(const GError *error)
{
	return error->domain == BASE_ERROR && error->code == BASE_ERROR_INVALID ? EXIT_USAGE : EXIT_NOT_DONE;
}

static char *data_path(const char *given)
{
	const char *env = getenv("FOLLOWUP_DB");
	if (given != NULL)
		return g_strdup(given);
	if (env != NULL && env[0] != '\0')
		return g_strdup(env);
	return g_build_filename(g_get_user_data_dir(), "followup", "followup.db", NULL);
}

/* The zone of this machine by name: TZ, /etc/timezone, or where /etc/localtime points. */
static char *machine_zone(void)
{
	const char *tz = getenv("TZ");
	g_autofree char *text = NULL, *link = NULL;
	if (tz != NULL && tz[0] != '\0')
		return g_strdup(tz[0] == ':' ? tz + 1 : tz);
	link = g_file_read_link("/etc/localtime", NULL);
	const char *name = link == NULL ? NULL : strstr(link, "zoneinfo/");
	if (name != NULL)
		return g_strdup(name + strlen("zoneinfo/"));
	if (g_file_get_contents("/etc/timezone", &text, NULL, NULL) && g_strstrip(text)[0] != '\0')
		return g_steal_pointer(&text);
	return NULL;
}

static App *make_app(const Door *door)
{
	g_autofree char *db = data_path(door->globals.db), *zone = machine_zone();
	g_autofree char *config = g_build_filename(g_get_user_config_dir(), "followup", NULL);
	return app_new(&(AppSetup){
		.db_path = db,
		.config_dir = config,
		.module_dir = door->host->module_dir,
		.default_zone = zone,
		.now = door->host->clock(),
		.now_text = door->globals.now,
		.clock = door->host->clock,
		.load = door->host->load,
	});
}

/* ---- asking, where a person sits there and said too little ---- */

static bool has_any(const OpArgs *args, const char *const *names)
{
	for (; *names != NULL; names++)
		if (op_args_has(args, *names))
			return true;
	return false;
}

static bool ask_for_debrief(Door *door, GError **error)
{
	static const char *const answers[] = {"topic",       "strong",          "weak",  "unsaid", "fit",
										  "decision-by", "follow-up-after", "weeks", NULL};
	if (op_args_has(door->args, "editor")) {
		door->asked = true;
		return ask_debrief_in_editor(door->app, door->args, door->op, &door->edited, error);
	}
	if (has_any(door->args, answers) || !ask_is_possible())
		return true;
	door->asked = true;
	door->ask = ask_begin(door->host);
	return ask_debrief(&door->ask, door->app, door->args, door->op, error);
}

static bool open_editor(Door *door, GError **error)
{
	g_autofree char *text = NULL, *edited = NULL;
	if (op_args_has(door->args, "text") || isatty(STDIN_FILENO) != 1)
		return true;
	return app_note_text_load(door->app, door->args, &text, error) && editor_run(text, &edited, &door->edited, error) &&
		   op_args_take(door->args, op_find_param(door->op, "text"), edited, error);
}

/* Typed twice, since nobody sees what they type. */
static bool ask_for_password(Door *door, GError **error)
{
	if (op_args_has(door->args, "password-stdin") || op_args_has(door->args, "no-password") || !ask_is_possible())
		return true;
	door->secret = ask_secret("A password for the desk: ");
	char *again = ask_secret("The same again: ");
	bool same = door->secret != NULL && g_strcmp0(door->secret, again) == 0;
	if (again != NULL)
		explicit_bzero(again, strlen(again));
	g_free(again);
	if (!same)
		return base_error_set(error, BASE_ERROR_INVALID, "password", "The two are not the same; nothing was changed.");
	if (door->secret[0] != '\0')
		door->secret_input = fmemopen(door->secret, strlen(door->secret), "r");
	op_args_set_input(door->args, door->secret_input);
	return true;
}

static bool ask_for_mail(Door *door, GError **error)
{
	if (g_strcmp0(op_args_get(door->args, "topic"), "desk") == 0)
		return ask_for_password(door, error);
	bool inbox = g_strcmp0(op_args_get(door->args, "topic"), "inbox") == 0;
	if ((!inbox && g_strcmp0(op_args_get(door->args, "topic"), "mail") != 0) || !ask_is_possible())
		return true;
	door->ask = ask_begin(door->host);
	if (!(inbox ? ask_inbox : ask_mail)(&door->ask, door->args, door->op, &door->secret, error))
		return false;
	size_t length = door->secret == NULL ? 0 : strlen(door->secret);
	if (op_args_has(door->args, "secret-keyring") && length > 0)
		door->secret_input = fmemopen(door->secret, length, "r");
	op_args_set_input(door->args, door->secret_input); /* never the terminal, where the secret would show */
	return true;
}

/* What a command asks a person before it runs. */
static bool ask_before(Door *door, GError **error)
{
	static const struct {
		const char *op;
		bool (*ask)(Door *door, GError **error);
	} questions[] = {{"debrief", ask_for_debrief}, {"edit", open_editor}, {"config", ask_for_mail}};
	for (size_t i = 0; i < G_N_ELEMENTS(questions) && !door->json; i++)
		if (strcmp(door->op->name, questions[i].op) == 0)
			return questions[i].ask(door, error);
	return true;
}

/* An answer to an op that did not do it yet: yes is the option that it names, a text is its value. */
static const struct {
	const char *op; /* or NULL: any */
	const char *option, *question;
	bool text;
} confirmations[] = {
	{"import", "yes", "Take it in?", false},
	{"import", "with", "Whom is it with (NAME <ADDRESS>)? ", true},
	{"import", "company", "Which company is it? ", true},
	{"import", "dates", "day-first or month-first? ", true},
	{"interview", "yes", "Take both off the record?", false},
	{NULL, "yes", "Delete it?", false},
	{NULL, "reopen", "Is it open again?", false},
};

static int find_confirmation(const Door *door, const GError *error)
{
	bool may_ask =
		error->domain == BASE_ERROR && error->code == BASE_ERROR_CONFLICT && !door->json && ask_is_possible();
	for (int i = 0; i < (int)G_N_ELEMENTS(confirmations) && may_ask; i++)
		if (g_strcmp0(base_error_get_where(error), confirmations[i].option) == 0 &&
			(confirmations[i].op == NULL || strcmp(confirmations[i].op, door->op->name) == 0))
			return i;
	return -1;
}

/* Whoever types into a program that waits for a file should know. */
static void say_what_is_read(const Door *door)
{
	const char *name = door->op->name;
	bool named = op_find_param(door->op, "opportunity") != NULL && op_args_has(door->args, "opportunity");
	bool reads = strcmp(name, "plan") == 0 ||
				 ((strcmp(name, "import") == 0 || strcmp(name, "read") == 0) && !op_args_has(door->args, "file")) ||
				 (strcmp(name, "review") == 0 && !named && !op_args_has(door->args, "explain")) ||
				 (strcmp(name, "draft") == 0 && !named && op_args_has(door->args, "step"));
	if (reads && ask_is_possible())
		fprintf(stderr, "Reading from the terminal; Ctrl-D ends it.\n");
}

/* ---- printing ---- */

static Printer *make_printer(const Door *door)
{
	Terminal terminal = terminal_look();
	return door->json ? print_json_new(&terminal) : print_text_new(&terminal);
}

static bool finish_printer(const Door *door, bool keep)
{
	return door->json ? print_json_finish(door->printer, keep) : print_text_finish(door->printer, keep);
}

static void print_sentence(const char *text)
{
	g_autofree char *shown = text_to_show(text, strlen(text) * 8 + 8);
	fprintf(stderr, "followup: %s\n", shown);
}

static void print_error(const Door *door, const GError *error, bool on_stdout)
{
	print_sentence(error->message);
	if (!on_stdout)
		return;
	g_autoptr(GString) text = g_string_new(NULL);
	op_error_format(error, false, text);
	printf("%s\n", text->str);
	fflush(stdout);
}

/* Two minutes of answers are not lost because a disk is full. */
static void give_back_answers(const Door *door)
{
	if (door->edited != NULL)
		fprintf(stderr, "What you wrote is in %s\n", door->edited);
	else if (door->asked) {
		g_autofree char *line = args_format(door->op, door->args);
		fprintf(stderr, "Your answers, to be given again:\n%s\n", line);
	}
}

static bool run_once(Door *door, GError **error)
{
	door->printer = make_printer(door);
	return op_run(door->app, door->op, door->args, door->printer, error);
}

/* Puts one question; false where there is no answer to go on with. */
static bool take_answer(Door *door, int question, GError **error)
{
	const OpParam *param = op_find_param(door->op, confirmations[question].option);
	door->ask.prompt = ask_begin(door->host).prompt;
	if (!confirmations[question].text) {
		if (!ask_yes(&door->ask, confirmations[question].question))
			return false;
		g_clear_error(error);
		return op_args_take(door->args, param, NULL, error);
	}
	fprintf(stderr, "%s\n", (*error)->message);
	g_autofree char *answer = ask_line(&door->ask, confirmations[question].question);
	if (answer == NULL || answer[0] == '\0')
		return false;
	g_clear_error(error);
	return op_args_take(door->args, param, answer, error);
}

/* Asks and runs once more where an answer is all that is missing; *ret_good is whether it is done then. */
static bool run_confirmed(Door *door, GError **error)
{
	enum { QUESTIONS = 6 };
	bool good = run_once(door, error);
	for (int asked = 0; asked < QUESTIONS && !good; asked++) {
		int question = find_confirmation(door, *error);
		if (question < 0)
			return false;
		finish_printer(door, true);
		door->printer = NULL;
		if (!take_answer(door, question, error))
			return false;
		good = run_once(door, error);
	}
	return good;
}

/* One more op, as if its command had been typed now: with a clock read anew. */
static bool run_further(Door *door, const Op *op, OpArgs *args, GError **error)
{
	g_autoptr(App) app = make_app(door);
	Printer *printer = make_printer(door);
	bool good = op_run(app, op, args, printer, error);
	return print_text_finish(printer, true) && good;
}

/* After the sheet for a call: how it ended, and what they said. */
static bool record_call(Door *door, GError **error)
{
	g_autoptr(CallForm) form = NULL;
	g_autoptr(OpArgs) log = NULL, answer = NULL;
	g_autoptr(App) app = make_app(door);
	const Op *op = NULL;
	const Ask ask = ask_begin(door->host);
	return app_call_form_load(app, door->args, &form, error) && call_ask_ending(&ask, form, &log, error) &&
		   (log == NULL ||
			(run_further(door, op_find("log"), log, error) && call_ask_answer(&ask, form, log, &op, &answer, error) &&
			 (answer == NULL || run_further(door, op, answer, error))));
}

/* After the list of mails that wait for a word: each in turn, with one key. What cannot be done is said, and the mail
 * stays open. */
static bool answer_inbox(Door *door, GError **error)
{
	g_autoptr(GPtrArray) questions = NULL;
	g_autoptr(App) app = make_app(door);
	const Ask ask = ask_begin(door->host);
	bool stop = false;
	if (!app_inbox_questions_load(app, &questions, error))
		return false;
	for (guint i = 0; i < questions->len && !stop; i++) {
		g_autoptr(OpArgs) word = NULL;
		g_autoptr(GError) failure = NULL;
		bool good = inbox_ask_key(&ask, g_ptr_array_index(questions, i), &word, &stop, &failure) &&
					(word == NULL || run_further(door, op_find("inbox"), word, &failure));
		if (!good)
			print_sentence(failure->message);
	}
	return true;
}

/* What a command asks a person after it ran. */
static bool ask_after(Door *door, GError **error)
{
	bool inbox =
		strcmp(door->op->name, "inbox") == 0 && !op_args_has(door->args, "number") && !op_args_has(door->args, "all");
	if (inbox && !door->json && ask_is_possible())
		return answer_inbox(door, error);
	bool call = strcmp(door->op->name, "call") == 0 && g_strcmp0(op_args_get(door->args, "pdf"), "-") != 0;
	return !call || door->json || !ask_is_possible() || record_call(door, error);
}

/* What an op told is printed if it did its work, or if it is whole although it is an error (a review with findings). */
static int run(Door *door)
{
	g_autoptr(GError) error = NULL;
	door->app = make_app(door);
	op_args_set_input(door->args, stdin);
	say_what_is_read(door);
	if (!ask_before(door, &error)) {
		print_error(door, error, door->json);
		return exit_status(error);
	}
	bool good = run_confirmed(door, &error);
	bool whole = door->json && door->printer != NULL && print_json_is_whole(door->printer);
	bool written = door->printer == NULL || finish_printer(door, good || whole || !door->json);
	const char *warning = app_get_warning(door->app);
	if (warning != NULL)
		print_sentence(warning);
	if (good || exit_status(error) == EXIT_USAGE) /* which would be as wrong the next time; they are given back */
		kept_answers_forget(door->ask.kept);
	if (!good) {
		print_error(door, error, door->json && !whole);
		give_back_answers(door);
		return exit_status(error);
	}
	editor_forget(g_steal_pointer(&door->edited));
	if (!written) {
		fputs("followup: The result could not be written to standard output.\n", stderr);
		return EXIT_NOT_DONE;
	}
	if (!ask_after(door, &error)) {
		print_error(door, error, false);
		return exit_status(error);
	}
	return EXIT_DONE;
}

/* ---- help, version, completion ---- */

static bool tell_completion(const Door *door, GError **error)
{
	const char *shell = door->globals.subject;
	g_autofree char *script = shell == NULL ? NULL : help_completion(shell);
	if (script == NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "shell", "Say for which shell: followup completion bash, zsh or fish.");
	printer_object(door->printer, NULL);
	printer_string(door->printer, "shell", NULL, shell);
	printer_string(door->printer, "script", NULL, script);
	printer_object_end(door->printer);
	if (door->printer->for_people)
		printer_document(door->printer, script, strlen(script));
	return true;
}

static void tell_version(const Door *door)
{
	printer_object(door->printer, NULL);
	printer_string(door->printer, "version", NULL, door->host->version);
	printer_say(door->printer, SAY_TEXT, "followup %s", door->host->version);
	printer_object_end(door->printer);
}

/* What is about the command line itself needs no store. */
static int tell_itself(Door *door)
{
	g_autoptr(GError) error = NULL;
	bool good = true;
	door->printer = make_printer(door);
	if (door->globals.want == WANT_COMPLETION)
		good = tell_completion(door, &error);
	else if (door->globals.want == WANT_VERSION)
		tell_version(door);
	else if (door->globals.subject == NULL)
		help_program(door->printer);
	else
		help_op(op_find(door->globals.subject), door->printer);
	bool written = finish_printer(door, good);
	if (good)
		return written ? EXIT_DONE : EXIT_NOT_DONE;
	print_error(door, error, door->json);
	return exit_status(error);
}

/* `followup complete -- WORDS…`: what the last word can become, a line each; for the shells' scripts. */
static int complete(Door *door, int argc, char **argv)
{
	g_autoptr(GPtrArray) words = complete_take_globals(argc, argv, &door->globals);
	door->app = make_app(door);
	g_autoptr(GPtrArray) found = complete_words(door->app, (int)words->len, (char **)words->pdata);
	g_autoptr(GString) lines = g_string_new(NULL);
	for (guint i = 0; i < found->len; i++)
		g_string_append_printf(lines, "%s\n", (const char *)g_ptr_array_index(found, i));
	bool written = fwrite(lines->str, 1, lines->len, stdout) == lines->len && fflush(stdout) == 0;
	return written ? EXIT_DONE : EXIT_NOT_DONE;
}

static void door_clear(Door *door)
{
	op_args_free(door->args);
	app_free(door->app);
	g_free(door->ask.kept);
	if (door->secret_input != NULL)
		fclose(door->secret_input);
	if (door->secret != NULL)
		explicit_bzero(door->secret, strlen(door->secret));
	g_free(door->secret);
	g_free(door->edited);
}

/* Where the whole program does not take over, that is an error. */
static int hand_over(const Door *door, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *message = NULL;
	door->host->hand_over(argv, &message);
	(void)!base_error_set(&error, BASE_ERROR_INTERNAL, NULL, "%s", message);
	print_error(door, error, door->json);
	return exit_status(error);
}

static int start(Door *door, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	if (argc > 1 && strcmp(argv[1], "complete") == 0)
		return complete(door, argc - 2, argv + 2);
	bool good = args_read(argc, argv, &door->globals, &door->op, &door->args, &error);
	door->json = g_strcmp0(door->globals.format, "json") == 0;
	if (good && door->globals.want == WANT_OP && door->host->hand_over != NULL && !door->op->brief)
		return hand_over(door, argv);
	if (good)
		return door->globals.want == WANT_OP ? run(door) : tell_itself(door);
	print_error(door, error, door->json);
	return exit_status(error);
}

int cli_main(int argc, char **argv, const CliHost *host)
{
	Door door = {.host = host};
	int status = start(&door, argc, argv);
	if (host->hand_over != NULL) /* what is quick ends here: the system takes memory back in less time */
		_exit(status);
	door_clear(&door);
	return status;
}
