/* help.h - help, the list of commands, and shell completion, all written from the one command table.
 */
#pragma once

#include <app/op.h>

/* The whole program on one screen: what it is for, and its commands. */
void help_program(Printer *printer);

/* One command: what it does, an example first, then its parameters. */
void help_op(const Op *op, Printer *printer);

/* The completion script for "bash", "zsh" or "fish". INVALID for any other shell. */
bool help_completion(const char *shell, GString *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
