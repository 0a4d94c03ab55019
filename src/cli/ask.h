/* ask.h - questions in the terminal: one line each, and the two minutes of a debrief.
 */
#pragma once

#include <app/app.h>
#include <stdbool.h>

/* True if a person sits at both ends. */
bool ask_is_possible(void);

/* Reads one line; NULL at the end of input. The prompt goes to standard error. Free with g_free. */
char *ask_line(const char *prompt);

/* yes or no; no at the end of input. */
bool ask_yes(const char *question);

/* Reads one line without showing it; NULL at the end of input. Wipe and free it. */
char *ask_secret(const char *prompt);

/* Asks the questions of a debrief and gives the answers to the args. An empty line goes on; a promise that cannot be
 * read is asked again. False with an error where something cannot be taken. */
bool ask_debrief(App *app, OpArgs *args, const Op *op, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same questions as a form in the editor. */
bool ask_debrief_in_editor(App *app, OpArgs *args, const Op *op, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is needed for sending mail: the address, and where the password comes from. */
bool ask_mail(OpArgs *args, const Op *op, GError **error) G_GNUC_WARN_UNUSED_RESULT;
