/* help.h - help, the list of commands, and shell completion, all written from the one command table.
 */
#pragma once

#include <app/op.h>

/* The whole program on one screen: what it is for, and its commands. */
void help_program(Printer *printer);

/* One command: what it does, an example first, then its parameters. */
void help_op(const Op *op, Printer *printer);

/* The completion script for "bash", "zsh" or "fish"; NULL for any other shell. Free with g_free. */
char *help_completion(const char *shell);
