/* prompt-module.h - line editing at a prompt, as a module that is loaded only when somebody is asked something.
 */
#pragma once

/* Raised with every change of the struct. */
#define PROMPT_MODULE_VERSION 1
#define PROMPT_MODULE_FILE "followup-prompt.so"
#define PROMPT_MODULE_SYMBOL "followup_prompt_module"

typedef struct PromptModule {
	unsigned version;
	/* Shows the prompt on standard error, lets the line be edited, and gives it without its end; NULL at the end of
	 * input. Free with free(). */
	char *(*read_line)(const char *prompt);
} PromptModule;

__attribute__((visibility("default"))) const PromptModule *followup_prompt_module(void);
