/* template.h - message templates: their names, the shipped ones, and the check of a user's own.
 *
 * A template is text: an optional "Subject: …" line with a blank line after it, then the body, with Mustache tags.
 * Lines
 * "== name ==" divide it: "== shorter ==" begins a shorter message to fall back on where the first does not fit its
 * channel, any other name a list of wordings, one a line, of which {{name}} shows one.  The variables are listed in
 * docs/rooms/note.md. Files are the caller's: a user's template comes in as text.
 */
#pragma once

#include <facts/facts.h>
#include <glib.h>
#include <stdbool.h>

/* The name under which the wordings stand that all templates share. */
#define TEMPLATE_SHARED "common"

/* The file ending of templates in a user's folder. */
#define TEMPLATE_SUFFIX ".mustache"

/* The names under which a template is looked up, the most particular first, NULL at the end: "thank-you.email.panel",
 * "thank-you.email", "thank-you". channel and kind may be WORD_NONE. Look in the user's folder for every name before
 * falling back on the shipped ones (NULL in DraftRequest.user_template). Free with g_strfreev. */
char **template_names(StepKind step, int channel, int kind);

/* The shipped template of exactly that name, or NULL; static. */
const char *template_find_shipped(const char *name);

/* The shipped template that serves a step, channel and kind of interview (the first of template_names that exists), and
 * its name where ret_name is not NULL (free with g_free); NULL where there is none; static. */
const char *template_find_shipped_for(StepKind step, int channel, int kind, char **ret_name);

/* The names of all shipped templates, sorted, NULL at the end. Free with g_strfreev. */
char **template_list_shipped(void);

/* What a name says: "thank-you.email.panel". Members are WORD_NONE where it says nothing. */
typedef struct TemplateName {
	int step;    /* StepKind */
	int channel; /* Channel */
	int kind;    /* InterviewKind */
} TemplateName;

/* Reads a name; false where it is none that a draft would ask for. */
bool template_read_name(const char *name, TemplateName *ret_name);

/* Whether a template could be filled: INVALID at the first fault (a broken tag, a variable that does not exist, a
 * subject with a line break, over LIMIT_NOTE_BYTES), with the place as where ("name:line:column"), the section and what
 * would be right. name is what errors call it. */
bool template_check(const char *name, const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A variable of the message templates, for lists and documentation. */
typedef struct TemplateVariable {
	const char *name;  /* "topic" */
	const char *about; /* one line: what it holds, and when it is missing */
} TemplateVariable;

/* All of them, sorted by name, a NULL name at the end; static. */
const TemplateVariable *template_list_variables(void);
