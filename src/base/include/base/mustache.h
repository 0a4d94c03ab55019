/* mustache.h - the template engine: Mustache without lambdas and inheritance, for notes and for pages.
 *
 * Follows the public Mustache specification (interpolation, sections, inverted sections, comments, delimiters,
 * partials). A template is parsed once into an object that never changes; a context is a tree of values the caller
 * builds.  Bounded in depth, work and output, whatever template and values hold.  It knows no files and nothing about
 * interviews.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct MustacheTemplate MustacheTemplate;
typedef struct MustacheValue MustacheValue;

/* What the output fills, and so what must not get through from a value. */
typedef enum {
	MUSTACHE_PLAIN,  /* a plain text: values as they are */
	MUSTACHE_HTML,   /* & < > " ' of a value are escaped, but where the tag is {{{name}}} or {{&name}}; in an address of
						ours (href="/people/{{id}}", action, src) it is percent-encoded as one part of it */
	MUSTACHE_HEADER, /* one header line: control characters, line separators and direction marks become one space,
						always */
} MustacheEscape;

/* A template's text. */
typedef struct MustacheSource {
	const char *name; /* what errors call it */
	const char *text;
	gsize length;
	guint first_line; /* number of the text's first line in errors; 0 counts as 1 */
} MustacheSource;

/* INVALID, with the place as where ("name:line:column"): a tag that is not closed, a section left open or closed by
 * another name, a bad delimiter, text that is not UTF-8, more than LIMIT_INPUT_BYTES or 64 nested sections. */
bool mustache_parse(const MustacheSource *source, MustacheTemplate **ret_template, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
void mustache_template_free(MustacheTemplate *parsed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MustacheTemplate, mustache_template_free)

/* Calls known for the first segment of every name the template asks for, wherever it stands ("." aside), and for every
 * partial; INVALID at the first one that is false. */
typedef bool (*MustacheKnown)(const char *name, bool is_partial, void *user);
bool mustache_check_names(const MustacheTemplate *parsed, MustacheKnown known, void *user, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Values. Each _new returns one the caller owns until it is taken by another. */
MustacheValue *mustache_value_new_string(const char *text); /* copied; NULL counts as "", which is false in a section */
MustacheValue *mustache_value_new_bool(bool value);         /* interpolated, true and false are empty */
MustacheValue *mustache_value_new_list(void);
MustacheValue *mustache_value_new_object(void);
/* Something that is not known: false in a section; interpolated it shows `shown`, and is reported (MustacheRender). */
MustacheValue *mustache_value_new_missing(const char *shown);
/* A text with tags of its own, rendered in the context where it is interpolated; true in a section. The template is
 * borrowed and must outlive the value. */
MustacheValue *mustache_value_new_template(const MustacheTemplate *parsed);
void mustache_value_free(MustacheValue *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MustacheValue, mustache_value_free)

/* Puts value under key into an object (replacing what stood there), or at the end of a list; value is taken. */
void mustache_object_take(MustacheValue *object, const char *key, MustacheValue *value);
void mustache_list_take(MustacheValue *list, MustacheValue *value);

/* Short for the commonest: a string, where NULL puts nothing; a bool. */
void mustache_object_set_string(MustacheValue *object, const char *key, const char *text);
void mustache_object_set_bool(MustacheValue *object, const char *key, bool value);

/* The value under key, borrowed; NULL if the object has none. */
const MustacheValue *mustache_object_find(const MustacheValue *object, const char *key);
/* The same, to be changed by whoever owns the tree. */
MustacheValue *mustache_object_find_own(MustacheValue *object, const char *key);
/* Leaves a list its first few items. */
void mustache_list_shorten(MustacheValue *list, guint count);
/* Takes the value under key out of an object; NULL where there is none. */
MustacheValue *mustache_object_steal(MustacheValue *object, const char *key);
/* Takes the items out of a list that have something true under key, and returns them as a list; list may be NULL. */
MustacheValue *mustache_list_take_if(MustacheValue *list, const char *key);
/* The items of a list, borrowed; the text of a string. NULL where value is NULL or of another kind. */
const GPtrArray *mustache_list_get_items(const MustacheValue *list);
const char *mustache_value_get_text(const MustacheValue *value);
/* Whether a section of that value would show. */
bool mustache_value_is_true(const MustacheValue *value);

/* The partial of that name, borrowed, or NULL. */
typedef const MustacheTemplate *(*MustachePartials)(const char *name, void *user);

typedef struct MustacheRender {
	const MustacheTemplate *parsed;
	const MustacheValue *context;
	MustacheEscape escape;
	bool strict;               /* a name or partial nobody knows is an error, instead of empty */
	MustachePartials partials; /* or NULL: there are none */
	void *partials_user;
	gsize max_bytes;    /* of output; 0 means LIMIT_INPUT_BYTES */
	GPtrArray *missing; /* or NULL: here each missing value that was interpolated is added, in order, as it was shown
						 * (copied; the array frees with g_free) */
} MustacheRender;

/* Appends the text to out, which keeps its length on failure. INVALID, with the place: an unknown name (strict), more
 * output than max_bytes, sections and partials nested more than 64 deep (a partial may include itself), or too much
 * work. */
bool mustache_render(const MustacheRender *render, GString *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;
