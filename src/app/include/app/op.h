/* op.h - what the program can do: one table of ops, each with its typed parameters.
 *
 * Every door reads this table: the command line its commands, options, help and completion; a page its forms.  A door
 * turns text into OpArgs (op_args_take checks type and bounds, in one sentence), calls op_run, and gives the op a
 * printer. An op works in three strokes: load, decide, save.  Ops never call ops.
 */
#pragma once

#include <app/printer.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct App App;

typedef enum {
	PARAM_TEXT,        /* free text, one line */
	PARAM_BLOCK,       /* free text, lines */
	PARAM_NAME,        /* a name or an id */
	PARAM_OPPORTUNITY, /* a company's name or the start of it, or a number */
	PARAM_PERSON,      /* a person's name or id, or the start of it */
	PARAM_WHEN,        /* a date, perhaps with a time, as people say it (when.h) */
	PARAM_DURATION,    /* "45m", "1h", "1h30" */
	PARAM_INT,
	PARAM_WORD, /* one of choices */
	PARAM_FILE, /* a file's path */
	PARAM_FLAG, /* there or not */
} ParamType;

enum {
	PARAM_REQUIRED = 1,
	PARAM_POSITIONAL = 2, /* by place, not by name */
	PARAM_MANY = 4,       /* may be given more than once */
	PARAM_HIDDEN = 8,     /* not in help or completion */
};

typedef struct OpParam {
	const char *name; /* "follow-up-after": the option --follow-up-after, the form's field */
	ParamType type;
	unsigned flags;
	const char *help;           /* a few words */
	const char *const *choices; /* PARAM_WORD: what it may be, NULL-terminated */
} OpParam;

/* What an op needs opened before it runs. */
typedef enum {
	OP_NO_STORE,
	OP_STORE_READ,
	OP_STORE_WRITE,
	OP_STORE_GLANCE, /* how op_run opens it for a brief op; none asks for it */
} OpStore;

typedef struct OpArgs OpArgs;

typedef struct Op {
	const char *name;    /* "interview" */
	const char *summary; /* one line, a verb first */
	const char *example; /* one or more whole command lines, a line each */
	const char *help;    /* a paragraph more; or NULL */
	OpStore store;
	bool plumbing;         /* reads standard input, writes a document: listed apart */
	const OpParam *params; /* ends with name NULL */
	bool (*run)(App *app, const OpArgs *args, Printer *printer, GError **error);
	/* Reads a little of the store at once, and needs no part that is loaded at run time: it has the store to itself
	 * until its result is known, and runs in the small program that starts sooner (main-quick.c). */
	bool brief;
} Op;

/* All ops, in the order a person learns them; ends with name NULL. */
const Op *op_table(void);

/* The op of a name, or NULL. */
const Op *op_find(const char *name);

/* The parameter of a name, or NULL. */
const OpParam *op_find_param(const Op *op, const char *name);

OpArgs *op_args_new(const Op *op);
void op_args_free(OpArgs *args);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OpArgs, op_args_free)

/* Gives a parameter a value, checked for its type and bounds (INVALID: one sentence that names the parameter). A flag's
 * value is NULL. What a PARAM_WHEN means is decided by the op, which knows the zone. */
bool op_args_take(OpArgs *args, const OpParam *param, const char *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives a PARAM_FILE parameter what is in a file instead of its path: for doors without files of this machine. name is
 * what messages call it. The bytes are kept. */
bool op_args_take_file(OpArgs *args, const OpParam *param, const char *name, GBytes *bytes, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What is in the file that was given at that place among a parameter's values; NULL where its value is a path.
 * Borrowed. */
GBytes *op_args_get_file(const OpArgs *args, const char *name, guint place);

/* INVALID if a required parameter is missing. */
bool op_args_check(const OpArgs *args, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What was given; the name must be a parameter of the op. Borrowed. */
const char *op_args_get(const OpArgs *args, const char *name); /* NULL where not given; the last where many */
bool op_args_has(const OpArgs *args, const char *name);
int64_t op_args_get_int(
	const OpArgs *args, const char *name, int64_t otherwise);           /* PARAM_INT, PARAM_DURATION (seconds) */
int op_args_get_choice(const OpArgs *args, const char *name);           /* index into choices, or -1 */
const GPtrArray *op_args_get_all(const OpArgs *args, const char *name); /* of char*, never NULL */

/* Where an op reads what is piped in: standard input, or what stands for it. Borrowed; NULL where a door has none. */
void op_args_set_input(OpArgs *args, FILE *input);
FILE *op_args_get_input(const OpArgs *args);

/* An error as the contract shows it to programs: {"error":{"code":…,"message":…,"where":…}}. */
void op_error_format(const GError *error, bool indented, GString *text);
