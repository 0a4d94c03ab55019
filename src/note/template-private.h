/* template-private.h - a message template in parts, as the drafts use it.
 *
 * Immutable once parsed.
 */
#pragma once

#include <base/mustache.h>
#include <note/template.h>

/* One message: what stands before a "== shorter ==", or after it. */
typedef struct TemplateMessage {
	MustacheTemplate *subject; /* or NULL; a shorter message has the first one's */
	MustacheTemplate *body;
} TemplateMessage;

/* A list of wordings of which {{name}} shows one. */
typedef struct TemplatePart {
	char *name;
	GPtrArray *wordings; /* of MustacheTemplate */
} TemplatePart;

typedef struct Template {
	GPtrArray *messages; /* of TemplateMessage, the fullest first; at least one */
	GPtrArray *parts;    /* of TemplatePart, in the order written */
} Template;

/* Parses a template, and checks every name in it against the variables, its own parts and those of shared (or NULL).
 * INVALID with the place. The caller owns *ret_template. */
bool template_parse(const MustacheSource *source, const Template *shared, Template **ret_template, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
void template_free(Template *parsed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Template, template_free)

/* The wordings that all templates share, parsed; those of the user's own text (or NULL) replace the shipped ones.
 * INVALID with the place in that text. The caller owns *ret_template. */
bool template_load_shared(const char *own, Template **ret_template, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The part of that name, or NULL. */
const TemplatePart *template_find_part(const Template *parsed, const char *name);

/* Whether a variable of that name exists. */
bool template_has_variable(const char *name);
