/* args.h - argv into an op's parameters, by the one command table.
 */
#pragma once

#include <app/app.h>

/* What stands before or among an op's own options and means the same everywhere. */
typedef struct Globals {
	const char *db;     /* --db FILE */
	const char *now;    /* --now TIME: the moment to take as the present */
	const char *format; /* --format text|json (an op may know more) */
	bool help, version;
	const char *command; /* the first word that is no option; NULL: none was said */
} Globals;

/* Reads argv: globals anywhere, then the op's parameters by its table ("--name value", "--name=value", "-" alone is a
 * value,
 * "--" ends the options). Where no command is said, the op is `today`. INVALID with what was wrong, and the nearest
 * command or option where there is one. On success *ret_args is the caller's; it is NULL where help or version was
 * asked for. Strings of the globals are borrowed from argv. */
bool args_read(int argc, char **argv, Globals *globals, const Op **ret_op, OpArgs **ret_args, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What the last of the words can become: commands, options, and what the store knows. Of char*. */
GPtrArray *complete_words(App *app, int count, char **words);

/* The word of a list that is nearest to what was typed, by edits; NULL where none is near. */
const char *nearest_word(const char *typed, const char *const *words);
