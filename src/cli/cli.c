/* cli.c - the command line: argv in, an op run, its result printed, one exit status.
 */
#include <cli/cli.h>

#include "args.h"
#include "ask.h"
#include "editor.h"
#include "help.h"
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
	bool json;
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
	if (op_args_has(door->args, "editor"))
		return ask_debrief_in_editor(door->app, door->args, door->op, error);
	return has_any(door->args, answers) || !ask_is_possible() || ask_debrief(door->app, door->args, door->op, error);
}

static bool open_editor(Door *door, GError **error)
{
	g_autofree char *text = NULL, *edited = NULL;
	if (op_args_has(door->args, "text") || isatty(STDIN_FILENO) != 1)
		return true;
	return app_note_text_load(door->app, door->args, &text, error) && editor_run(text, &edited, error) &&
		   op_args_take(door->args, op_find_param(door->op, "text"), edited, error);
}

static bool ask_for_mail(Door *door, GError **error)
{
	return g_strcmp0(op_args_get(door->args, "topic"), "mail") != 0 || !ask_is_possible() ||
		   ask_mail(door->args, door->op, error);
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

static void print_error(const Door *door, const GError *error, bool on_stdout)
{
	g_autofree char *shown =
		g_utf8_validate(error->message, -1, NULL) ? g_strdup(error->message) : g_utf8_make_valid(error->message, -1);
	fprintf(stderr, "followup: %s\n", shown);
	if (!on_stdout)
		return;
	g_autoptr(GString) text = g_string_new(NULL);
	op_error_format(error, false, text);
	printf("%s\n", text->str);
	fflush(stdout);
}

/* Runs the op once; a result that is whole although it is an error (a review with findings) is printed all the same. */
static bool run_once(Door *door, GError **error)
{
	door->printer = make_printer(door);
	return op_run(door->app, door->op, door->args, door->printer, error);
}

/* Deleting asks first; the answer is an option of the op. */
static bool is_question(const Door *door, const GError *error)
{
	return error->domain == BASE_ERROR && error->code == BASE_ERROR_CONFLICT &&
		   g_strcmp0(base_error_get_where(error), "yes") == 0 && !door->json && ask_is_possible();
}

static int run(Door *door)
{
	g_autoptr(GError) error = NULL;
	door->app = make_app(door);
	op_args_set_input(door->args, stdin);
	if (!ask_before(door, &error)) {
		print_error(door, error, door->json);
		return exit_status(error);
	}
	bool good = run_once(door, &error);
	if (!good && is_question(door, error)) {
		finish_printer(door, true);
		g_clear_error(&error);
		if (!ask_yes("Delete it?"))
			return EXIT_NOT_DONE;
		good = op_args_take(door->args, op_find_param(door->op, "yes"), NULL, &error) && run_once(door, &error);
	}
	bool whole = door->json && print_json_is_whole(door->printer);
	bool written = finish_printer(door, good || whole || !door->json);
	if (!good) {
		print_error(door, error, door->json && !whole);
		return exit_status(error);
	}
	if (!written) {
		fputs("followup: The result could not be written to standard output.\n", stderr);
		return EXIT_NOT_DONE;
	}
	return EXIT_DONE;
}

/* ---- help, version, completion ---- */

static int show_help(Door *door, const char *command)
{
	const Op *op = command == NULL ? NULL : op_find(command);
	if (command != NULL && op == NULL) {
		g_autofree char *shown = text_to_show(command, 40);
		fprintf(stderr, "followup: There is no command \"%s\"; \"followup help\" lists those that there are.\n", shown);
		return EXIT_USAGE;
	}
	door->printer = make_printer(door);
	if (op == NULL)
		help_program(door->printer);
	else
		help_op(op, door->printer);
	return finish_printer(door, true) ? EXIT_DONE : EXIT_NOT_DONE;
}

static int show_completion(const char *shell)
{
	static const char *const shells[] = {"bash", "zsh", "fish", NULL};
	g_autoptr(GString) text = g_string_new(NULL);
	if (shell == NULL || !g_strv_contains(shells, shell) || !help_completion(shell, text, NULL)) {
		fputs("followup: Say for which shell: followup completion bash, zsh or fish.\n", stderr);
		return EXIT_USAGE;
	}
	return fwrite(text->str, 1, text->len, stdout) == text->len && fflush(stdout) == 0 ? EXIT_DONE : EXIT_NOT_DONE;
}

/* `followup complete -- WORDS…`: what the last word can become, a line each; for the shells' scripts. */
static int complete(Door *door, int argc, char **argv)
{
	g_autoptr(GPtrArray) found = NULL;
	door->app = make_app(door);
	found = complete_words(door->app, argc, argv);
	for (guint i = 0; i < found->len; i++)
		puts(g_ptr_array_index(found, i));
	return EXIT_DONE;
}

/* The commands that are about the command line itself. */
static bool run_own(Door *door, int argc, char **argv, int *ret_status)
{
	const char *first = argc > 1 ? argv[1] : "", *second = argc > 2 ? argv[2] : NULL;
	if (strcmp(first, "help") == 0)
		*ret_status = show_help(door, second);
	else if (strcmp(first, "completion") == 0)
		*ret_status = show_completion(second);
	else if (strcmp(first, "complete") == 0)
		*ret_status = complete(door, argc - 2, argv + 2);
	else
		return false;
	return true;
}

static void door_clear(Door *door)
{
	op_args_free(door->args);
	app_free(door->app);
}

int cli_main(int argc, char **argv, const CliHost *host)
{
	Door door = {.host = host};
	g_autoptr(GError) error = NULL;
	int status = EXIT_DONE;
	if (!run_own(&door, argc, argv, &status)) {
		bool good = args_read(argc, argv, &door.globals, &door.op, &door.args, &error);
		door.json = g_strcmp0(door.globals.format, "json") == 0;
		if (!good) {
			print_error(&door, error, door.json);
			status = exit_status(error);
		} else if (door.globals.version) {
			printf("followup %s\n", host->version);
		} else if (door.globals.help) {
			status = show_help(&door, door.globals.command);
		} else {
			status = run(&door);
		}
	}
	door_clear(&door);
	return status;
}
