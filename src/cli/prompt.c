/* prompt.c - the prompt module: libedit, in UTF-8, without history and completion.
 *
 * Only this file knows the library.  It reads from the terminal and shows on standard error, so that what a command
 * prints can be piped on.
 */
#include "prompt-module.h"

#include <editline/readline.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static void set_up(void)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	rl_instream = stdin;
	rl_outstream = stderr;
	rl_initialize();
	rl_bind_key('\t', rl_insert);
}

static char *read_line(const char *prompt)
{
	if (rl_outstream != stderr)
		set_up();
	return readline(prompt);
}

const PromptModule *followup_prompt_module(void)
{
	static const PromptModule module = {PROMPT_MODULE_VERSION, read_line};
	return &module;
}
