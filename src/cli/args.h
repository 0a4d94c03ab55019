/* args.h - argv into an op's parameters, by the one command table.
 */
#pragma once

#include <app/app.h>

/* What is asked for. */
typedef enum { WANT_OP, WANT_HELP, WANT_VERSION, WANT_COMPLETION } Want;

/* What stands before or among an op's own options and means the same everywhere. Strings are borrowed from argv. */
typedef struct Globals {
	Want want;
	const char *subject; /* of help: the command, or NULL; of completion: the shell, or NULL */
	const char *db;      /* --db FILE */
	const char *now;     /* --now TIME: the moment to take as the present */
	const char *format;  /* --format text|json (an op may know more) */
} Globals;

/* Reads argv: globals anywhere, then the op's parameters by its table ("--name value", "--name=value", "-" alone is a
 * value, "--" ends the options). Where no command is said, the op is `today`. INVALID with what was wrong, and the
 * nearest command or option where there is one. On success *ret_args is the caller's; it is NULL where no op is
 * wanted. Globals are filled in even where the rest is wrong. */
bool args_read(int argc, char **argv, Globals *globals, const Op **ret_op, OpArgs **ret_args, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What was given, as a command line that gives it again. Free with g_free. */
char *args_format(const Op *op, const OpArgs *args);

/* Takes the globals with their values out of words that are being typed, and remembers them: they stand anywhere. The
 * last word is never taken. Of char*, borrowed. */
GPtrArray *complete_take_globals(int count, char **words, Globals *globals);

/* What the last of the words can become: commands, options, and what the store knows. Of char*. */
GPtrArray *complete_words(App *app, int count, char **words);

/* The word of a list that is nearest to what was typed, by edits; NULL where none is near. */
const char *nearest_word(const char *typed, const char *const *words);
