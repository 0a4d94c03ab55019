/* cli.h - the command line as a door: argv in, an op run, its result printed.
 *
 * Exit status: 0 it did its work, 1 it could not be done, 2 bad usage or bad input.  One sentence on standard error
 * says why; with --format json the same as an object on standard output.
 */
#pragma once

#include <stdint.h>

/* What main gives the door. */
typedef struct CliHost {
	const char *version;
	const char *module_dir;
	int64_t (*clock)(void); /* Unix seconds */
	/* Loads a shared module and returns the table its symbol gives; see AppSetup. */
	const void *(*load)(const char *module_dir, const char *module, const char *symbol, char **ret_message);
	/* NULL, or: here is only what is brief, and this puts the whole program in its place. Returns only where that
	 * cannot be; *ret_message (free with g_free) is the sentence that says so. */
	void (*hand_over)(char **argv, char **ret_message);
} CliHost;

int cli_main(int argc, char **argv, const CliHost *host);
