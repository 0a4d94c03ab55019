/* note-form.c - see note-form.h.
 */
#include "note-form.h"

#include <string.h>

static void free_text(void *data)
{
	NoteText *text = data;
	g_free(text->draft);
	g_free(text->subject);
	g_free(text->body);
	g_free(text->version);
	g_free(text);
}

bool note_text_is_number(const char *text)
{
	enum { DIGITS = 9 };
	size_t digits = strspn(text, "0123456789");
	return digits > 0 && digits <= DIGITS && text[digits] == '\0';
}

/* Browsers end lines with CR LF; a note's begin with a word and end without blanks. */
static char *plain_body(const char *value)
{
	GString *plain = g_string_new(value);
	g_string_replace(plain, "\r\n", "\n", 0);
	g_autofree char *whole = g_string_free(plain, FALSE);
	return g_strchomp(g_strdup(whole + strspn(whole, "\n")));
}

/* One line, whatever was pasted. */
static char *plain_subject(const char *value)
{
	return g_strstrip(g_strdelimit(g_strdup(value == NULL ? "" : value), "\r\n\t", ' '));
}

static const char *find_of(const GPtrArray *form, const char *what, const char *draft)
{
	g_autofree char *name = g_strdup_printf("%s %s", what, draft);
	return fields_find(form, name);
}

GPtrArray *note_texts_take(const GPtrArray *form)
{
	GPtrArray *texts = g_ptr_array_new_with_free_func(free_text);
	for (guint i = 0; i < form->len; i++) {
		const Field *field = g_ptr_array_index(form, i);
		if (!g_str_has_prefix(field->name, "text ") || !note_text_is_number(field->name + 5))
			continue;
		NoteText *text = g_new0(NoteText, 1);
		const char *version = find_of(form, "version", field->name + 5);
		text->draft = g_strdup(field->name + 5);
		const char *subject = find_of(form, "subject", text->draft);
		text->has_subject = subject != NULL;
		text->subject = plain_subject(subject);
		text->body = plain_body(field->value);
		text->version = g_strdup(version == NULL ? "" : version);
		g_ptr_array_add(texts, text);
	}
	return texts;
}

char *note_text_format(const NoteText *text)
{
	return text->subject[0] == '\0' && !text->has_subject
			   ? g_strdup(text->body)
			   : g_strdup_printf("Subject: %s\n\n%s", text->subject, text->body);
}

static bool load_stored(Visit *visit, const char *opportunity, const char *draft, char **ret_text, GError **error)
{
	const Op *op = op_find("edit");
	g_autoptr(OpArgs) args = op_args_new(op);
	g_autofree char *text = NULL;
	if (!op_args_take(args, op_find_param(op, "opportunity"), opportunity, error) ||
		!op_args_take(args, op_find_param(op, "draft"), draft, error) ||
		!app_note_text_load(visit->desk->app, args, &text, error))
		return false;
	*ret_text = g_strchomp(g_steal_pointer(&text));
	return true;
}

static bool save_text(Visit *visit, const char *opportunity, NoteText *text, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autofree char *stored = NULL, *typed = note_text_format(text);
	g_auto(Tree) tree = tree_begin(visit->desk->app, false);
	if (!load_stored(visit, opportunity, text->draft, &stored, error))
		return false;
	const char *same = text->subject[0] == '\0' ? text->body : typed; /* what is on record says no empty subject */
	if (strcmp(stored, same) == 0 ||
		desk_run(
			visit->desk, "edit", &tree.port, &failure, "opportunity", opportunity, "draft", text->draft, "text", typed,
			"seen", text->version[0] == '\0' ? NULL : text->version, NULL))
		return true;
	text->conflict = failure->domain == BASE_ERROR && g_strcmp0(base_error_get_where(failure), "seen") == 0;
	g_propagate_error(error, g_steal_pointer(&failure));
	return false;
}

bool note_texts_save(Visit *visit, const char *opportunity, const GPtrArray *texts, GError **error)
{
	bool good = true;
	for (guint i = 0; i < texts->len; i++)
		good = save_text(visit, opportunity, g_ptr_array_index(texts, i), good ? error : NULL) && good;
	return good;
}

char *note_text_replace(const char *text, size_t start, const char *words, const char *other)
{
	size_t length = strlen(words);
	bool there = start <= strlen(text) && strncmp(text + start, words, length) == 0;
	const char *at = there ? text + start : length == 0 ? NULL : strstr(text, words);
	if (at == NULL)
		return NULL;
	return g_strdup_printf("%.*s%s%s", (int)(at - text), text, other, at + length);
}
