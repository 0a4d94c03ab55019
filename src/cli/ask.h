/* ask.h - questions in the terminal: one line each, and the two minutes of a debrief.
 *
 * Questions go to standard error.  With the prompt module a line can be edited; without, it is read as it comes.
 */
#pragma once

#include "prompt-module.h"

#include <app/app.h>
#include <cli/cli.h>
#include <stdbool.h>

typedef struct Ask {
	const PromptModule *prompt; /* or NULL */
	char *kept;                 /* where the answers of a debrief are kept until they are on record; or NULL */
} Ask;

/* True if a person sits at both ends. */
bool ask_is_possible(void);

/* Loads what makes asking pleasant, where it is there. */
Ask ask_begin(const CliHost *host);

/* Reads one line; NULL at the end of input. Free with g_free. */
char *ask_line(const Ask *ask, const char *prompt);

/* yes or no; no at the end of input. */
bool ask_yes(const Ask *ask, const char *question);

/* Reads one line without showing it; NULL at the end of input. Wipe and free it. */
char *ask_secret(const char *prompt);

/* Asks the questions of a debrief and gives the answers to the args. An empty line goes on; a day or a number that
 * cannot be read is asked again, and what was understood is said back. Each answer is kept as it comes, and one that
 * was broken off is gone on with. False with an error where something cannot be taken. */
bool ask_debrief(Ask *ask, App *app, OpArgs *args, const Op *op, GError **error);

/* The same questions as a form in the editor; *ret_path is where the answers are kept until they are on record. */
bool ask_debrief_in_editor(App *app, OpArgs *args, const Op *op, char **ret_path, GError **error);

/* Asks by which day they decide, from which day one may ask, and, where neither is known, how long it takes. Days are
 * read in the zone and said back. The op has the parameters of a promise. */
bool ask_promise(const Ask *ask, Zone *zone, int64_t now, OpArgs *args, const Op *op, GError **error);

/* What is needed for sending mail: the address, and where the password comes from. *ret_secret is one to be put in the
 * keyring, or NULL; wipe and free it. */
bool ask_mail(const Ask *ask, OpArgs *args, const Op *op, char **ret_secret, GError **error);

/* What is needed for reading mail: which mailbox, and where its password comes from, if that is another than for
 * sending. As above. */
bool ask_inbox(const Ask *ask, OpArgs *args, const Op *op, char **ret_secret, GError **error);

/* One key, in lower case, without waiting for the end of a line; 0 at the end of input. The prompt is shown first. */
char ask_key(const char *prompt);
