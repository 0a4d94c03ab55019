/* main-quick.c - the program as it starts sooner: linked statically, without the rooms that are loaded at run time.
 *
 * It runs what is brief (app/op.h), and what is about the command line itself; everything else it hands over to the
 * whole program, followup-full, with the arguments and the standard streams as they are.  Where nothing can be linked
 * statically main.c is all there is.
 */
#include "clock.h"

#include <cli/cli.h>

#include <errno.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* The whole program lies beside one that was just built, else where it was installed. What is there and cannot be
 * started is not passed over: the other may be of another version. */
static void hand_over(char **argv, char **ret_message)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = self == NULL ? NULL : g_path_get_dirname(self);
	g_autofree char *built = folder == NULL ? NULL : g_build_filename(folder, "followup-full", NULL);
	const char *tried = built;
	if (built != NULL)
		execv(built, argv);
	if (built == NULL || errno == ENOENT) {
		tried = FOLLOWUP_MODULE_DIR "/followup-full";
		execv(tried, argv);
	}
	int cause = errno;
	*ret_message =
		g_strdup_printf("%s cannot be started (%s); build or install the program again.", tried, g_strerror(cause));
}

/* The exit status where it could not be started. */
static int run_whole(char **argv)
{
	g_autofree char *message = NULL;
	hand_over(argv, &message);
	fprintf(stderr, "followup: %s\n", message);
	return 1;
}

/* What is brief asks for none. */
static const void *load_nothing(const char *module_dir, const char *module, const char *symbol, char **ret_message)
{
	*ret_message = g_strdup_printf("%s is for followup-full", module);
	return NULL;
}

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);         /* as main.c has it */
	setvbuf(stdout, NULL, _IONBF, 0); /* what is printed comes in one piece; nothing is left to be written at the end */
	const CliHost host = {
		.version = FOLLOWUP_VERSION,
		.module_dir = FOLLOWUP_MODULE_DIR,
		.clock = read_clock,
		.load = load_nothing,
		.hand_over = hand_over,
	};
	/* Whose home that is only the user database knows, and a static program must not load what reads it. */
	return g_getenv("HOME") == NULL ? run_whole(argv) : cli_main(argc, argv, &host);
}
