/* template.c - takes a message template apart: subject, messages, wordings.
 *
 * Every line keeps its number, so that a fault is reported where the author sees it.  Knows names of variables, not
 * their values.
 */
#include "review/distance.h"
#include "template-private.h"
#include "templates-embedded.h"

#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <stdarg.h>
#include <string.h>

#define SHORTER "shorter"

/* ---- names ---- */

static void add_name(GPtrArray *names, const char *step, const char *channel, const char *kind)
{
	g_ptr_array_add(names, g_strjoin(".", step, channel, kind, NULL));
}

char **template_names(StepKind step, int channel, int kind)
{
	GPtrArray *names = g_ptr_array_new();
	const char *step_word = word_text(WORDS_STEP, (int)step), *channel_word = word_text(WORDS_CHANNEL, channel);
	const char *kind_word = word_text(WORDS_INTERVIEW_KIND, kind);
	if (step_word != NULL && channel_word != NULL && kind_word != NULL)
		add_name(names, step_word, channel_word, kind_word);
	if (step_word != NULL && channel_word != NULL)
		add_name(names, step_word, channel_word, NULL);
	if (step_word != NULL)
		add_name(names, step_word, NULL, NULL);
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(names, FALSE);
}

/* The shipped template whose file is NAME and TEMPLATE_SUFFIX, or NULL. */
static const EmbeddedFile *find_file(const char *name)
{
	g_autofree char *file_name = g_strconcat(name, TEMPLATE_SUFFIX, NULL);
	for (const EmbeddedFile *file = templates_embedded; file->name != NULL; file++)
		if (strcmp(file->name, file_name) == 0)
			return file;
	return NULL;
}

const char *template_find_shipped(const char *name)
{
	const EmbeddedFile *file = find_file(name);
	return file != NULL ? file->text : NULL;
}

const char *template_find_shipped_for(StepKind step, int channel, int kind, char **ret_name)
{
	g_auto(GStrv) names = template_names(step, channel, kind);
	for (guint i = 0; names[i] != NULL; i++) {
		const EmbeddedFile *file = find_file(names[i]);
		if (file == NULL)
			continue;
		if (ret_name != NULL)
			*ret_name = g_strdup(names[i]);
		return file->text;
	}
	return NULL;
}

char **template_list_shipped(void)
{
	GPtrArray *names = g_ptr_array_new();
	for (const EmbeddedFile *file = templates_embedded; file->name != NULL; file++)
		g_ptr_array_add(names, g_strndup(file->name, strlen(file->name) - strlen(TEMPLATE_SUFFIX)));
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(names, FALSE);
}

/* ---- taking apart ---- */

static void message_free(gpointer data)
{
	TemplateMessage *message = data;
	mustache_template_free(message->subject);
	mustache_template_free(message->body);
	g_free(message);
}

static void wording_free(gpointer data)
{
	mustache_template_free(data);
}

static void part_free(gpointer data)
{
	TemplatePart *part = data;
	g_free(part->name);
	g_ptr_array_unref(part->wordings);
	g_free(part);
}

void template_free(Template *parsed)
{
	if (parsed == NULL)
		return;
	g_ptr_array_unref(parsed->messages);
	g_ptr_array_unref(parsed->parts);
	g_free(parsed);
}

const TemplatePart *template_find_part(const Template *parsed, const char *name)
{
	for (guint i = 0; i < parsed->parts->len; i++) {
		const TemplatePart *part = g_ptr_array_index(parsed->parts, i);
		if (strcmp(part->name, name) == 0)
			return part;
	}
	return NULL;
}

typedef struct Reader {
	const char *name;
	const char *at, *end;
	guint line;
	Template *parsed;
	GError **error;
} Reader;

static bool G_GNUC_PRINTF(3, 4) fail(const Reader *reader, guint line, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_autofree char *where = g_strdup_printf("%s:%u:1", reader->name, line);
	return base_error_set(reader->error, BASE_ERROR_INVALID, where, "%s, line %u: %s", reader->name, line, message);
}

static const char *line_end(const Reader *reader, const char *at)
{
	const char *newline = memchr(at, '\n', (gsize)(reader->end - at));
	return newline != NULL ? newline : reader->end;
}

static void next_line(Reader *reader)
{
	const char *stop = line_end(reader, reader->at);
	reader->at = stop < reader->end ? stop + 1 : stop;
	reader->line++;
}

/* The name in a line "== name ==", or NULL. Free with g_free. */
static char *read_divider(const Reader *reader, const char *at)
{
	g_autofree char *line = g_strndup(at, (gsize)(line_end(reader, at) - at));
	g_strstrip(line);
	gsize length = strlen(line);
	if (length < 7 || !g_str_has_prefix(line, "== ") || !g_str_has_suffix(line, " =="))
		return NULL;
	line[length - 3] = '\0';
	return g_strdup(g_strstrip(line + 3));
}

static bool parse_piece(
	const Reader *reader, const char *from, const char *to, guint line, MustacheTemplate **ret_piece)
{
	MustacheSource source = {.name = reader->name, .text = from, .length = (gsize)(to - from), .first_line = line};
	return mustache_parse(&source, ret_piece, reader->error);
}

/* Goes past comments, and blank lines behind them, with which a template may begin. */
static void skip_comments(Reader *reader)
{
	static const char open[] = "{{!", close[] = "}}";
	while ((gsize)(reader->end - reader->at) > sizeof open && strncmp(reader->at, open, sizeof open - 1) == 0) {
		const char *stop = g_strstr_len(reader->at, reader->end - reader->at, close);
		if (stop == NULL)
			return;
		while (reader->at <= stop && reader->at < reader->end)
			next_line(reader);
		while (reader->at < reader->end && (*reader->at == '\n' || *reader->at == '\r'))
			next_line(reader);
	}
}

/* Reads "Subject: …" and the blank line after it, where the message begins with them. */
static bool read_subject(Reader *reader, MustacheTemplate **ret_subject)
{
	static const char label[] = "Subject:";
	gsize length = sizeof label - 1;
	if ((gsize)(reader->end - reader->at) < length || g_ascii_strncasecmp(reader->at, label, length) != 0)
		return true;
	const char *from = reader->at + length, *to = line_end(reader, reader->at);
	if (!parse_piece(reader, from, to, reader->line, ret_subject))
		return false;
	next_line(reader);
	if (reader->at < reader->end && (*reader->at == '\n' || *reader->at == '\r'))
		next_line(reader);
	return true;
}

static bool read_message(Reader *reader, bool first)
{
	TemplateMessage *message = g_new0(TemplateMessage, 1);
	g_ptr_array_add(reader->parsed->messages, message);
	if (first)
		skip_comments(reader);
	if (first && !read_subject(reader, &message->subject))
		return false;
	const char *from = reader->at;
	guint line = reader->line;
	while (reader->at < reader->end) {
		g_autofree char *divider = read_divider(reader, reader->at);
		if (divider != NULL)
			break;
		next_line(reader);
	}
	return parse_piece(reader, from, reader->at, line, &message->body);
}

static bool check_part_name(const Reader *reader, const char *name)
{
	g_autofree char *shown = text_to_show(name, LIMIT_NAME_BYTES);
	for (const char *at = name; *at != '\0'; at++)
		if (!g_ascii_islower(*at) && !g_ascii_isdigit(*at) && *at != '_')
			return fail(reader, reader->line, "\"%s\" is no name; small letters, digits and _ are expected.", shown);
	if (template_has_variable(name))
		return fail(reader, reader->line, "{{%s}} is a variable; another name is expected here.", name);
	if (template_find_part(reader->parsed, name) != NULL)
		return fail(reader, reader->line, "\"== %s ==\" stands here a second time.", name);
	return true;
}

static bool read_wordings(Reader *reader, const char *name)
{
	if (!check_part_name(reader, name))
		return false;
	guint line = reader->line;
	TemplatePart *part = g_new0(TemplatePart, 1);
	part->name = g_strdup(name);
	part->wordings = g_ptr_array_new_with_free_func(wording_free);
	g_ptr_array_add(reader->parsed->parts, part);
	for (next_line(reader); reader->at < reader->end; next_line(reader)) {
		g_autofree char *divider = read_divider(reader, reader->at);
		if (divider != NULL)
			break;
		g_autofree char *text = g_strstrip(g_strndup(reader->at, (gsize)(line_end(reader, reader->at) - reader->at)));
		MustacheTemplate *wording = NULL;
		if (text[0] == '\0')
			continue;
		if (!parse_piece(reader, text, text + strlen(text), reader->line, &wording))
			return false;
		g_ptr_array_add(part->wordings, wording);
	}
	return part->wordings->len > 0 ||
		   fail(reader, line, "\"== %s ==\" has no wording; at least one line is expected.", name);
}

static bool read_all(Reader *reader)
{
	if (!read_message(reader, true))
		return false;
	while (reader->at < reader->end) {
		g_autofree char *divider = read_divider(reader, reader->at);
		g_assert(divider != NULL);
		if (strcmp(divider, SHORTER) != 0) {
			if (!read_wordings(reader, divider))
				return false;
			continue;
		}
		next_line(reader);
		if (!read_message(reader, false))
			return false;
	}
	return true;
}

/* ---- checking ---- */

typedef struct Known {
	const Template *own, *shared;
	char *unknown; /* the first name that is none */
} Known;

static bool is_known(const char *name, bool is_partial, void *user)
{
	Known *known = user;
	if (!is_partial && (template_has_variable(name) || template_find_part(known->own, name) != NULL ||
						(known->shared != NULL && template_find_part(known->shared, name) != NULL)))
		return true;
	known->unknown = g_strdup(name);
	return false;
}

static void prefer_near(const char *name, const char *candidate, const char **best, int *best_slips)
{
	int slips = slips_between(name, strlen(name), candidate, strlen(candidate), *best_slips - 1);
	if (slips < *best_slips) {
		*best_slips = slips;
		*best = candidate;
	}
}

/* The name that may be meant, or NULL. */
static const char *find_near(const Known *known)
{
	const Template *const both[] = {known->own, known->shared};
	const char *best = NULL;
	int slips = MAX(slips_allowed(strlen(known->unknown)), 1) + 1;
	for (const TemplateVariable *variable = template_list_variables(); variable->name != NULL; variable++)
		prefer_near(known->unknown, variable->name, &best, &slips);
	for (guint i = 0; i < G_N_ELEMENTS(both); i++)
		for (guint j = 0; both[i] != NULL && j < both[i]->parts->len; j++)
			prefer_near(known->unknown, ((TemplatePart *)g_ptr_array_index(both[i]->parts, j))->name, &best, &slips);
	return best;
}

/* Says what would be right instead of an unknown name. */
static bool report_unknown(const Known *known, const GError *fault, GError **error)
{
	const char *near = find_near(known);
	g_autofree char *shown = text_to_show(known->unknown, LIMIT_NAME_BYTES);
	g_autofree char *place = g_strndup(fault->message, strcspn(fault->message, ":"));
	g_autofree char *right =
		near != NULL
			? g_strdup_printf("{{%s}} may be meant", near)
			: g_strdup("a variable (\"followup template show variables\" lists them) or one of the wordings is "
					   "expected");
	return base_error_set(
		error, BASE_ERROR_INVALID, base_error_get_where(fault), "%s: {{%s}} is no name that is known; %s.", place,
		shown, right);
}

static bool check_all_names(const Template *parsed, Known *known, GError **error)
{
	for (guint i = 0; i < parsed->messages->len; i++) {
		const TemplateMessage *message = g_ptr_array_index(parsed->messages, i);
		if ((message->subject != NULL && !mustache_check_names(message->subject, is_known, known, error)) ||
			!mustache_check_names(message->body, is_known, known, error))
			return false;
	}
	for (guint i = 0; i < parsed->parts->len; i++) {
		const TemplatePart *part = g_ptr_array_index(parsed->parts, i);
		for (guint j = 0; j < part->wordings->len; j++)
			if (!mustache_check_names(g_ptr_array_index(part->wordings, j), is_known, known, error))
				return false;
	}
	return true;
}

static bool check_names(const Template *parsed, const Template *shared, GError **error)
{
	g_autoptr(GError) fault = NULL;
	Known known = {.own = parsed, .shared = shared};
	if (check_all_names(parsed, &known, &fault))
		return true;
	report_unknown(&known, fault, error);
	g_free(known.unknown);
	return false;
}

/* The section that a line belongs to: "thanks" behind "== thanks ==", NULL in the message. Free with g_free. */
static char *find_section(const MustacheSource *source, guint line)
{
	Reader reader = {.at = source->text, .end = source->text + source->length, .line = 1};
	char *section = NULL;
	for (; reader.at < reader.end && reader.line <= line; next_line(&reader)) {
		char *divider = read_divider(&reader, reader.at);
		if (divider == NULL)
			continue;
		g_free(section);
		section = divider;
	}
	return section;
}

/* Adds to a fault in which section it is. */
static void name_section(const MustacheSource *source, GError **error)
{
	const char *where = error != NULL && *error != NULL ? base_error_get_where(*error) : NULL;
	const char *line = where != NULL && g_str_has_prefix(where, source->name) ? where + strlen(source->name) : "";
	g_autofree char *section = *line == ':' ? find_section(source, (guint)g_ascii_strtoull(line + 1, NULL, 10)) : NULL;
	if (section == NULL)
		return;
	g_autofree char *shown = text_to_show(section, LIMIT_NAME_BYTES);
	g_autofree char *place = g_strdup(where), *message = g_strdup((*error)->message);
	gsize end = strlen(message) - 1;
	message[end] = message[end] == '.' ? '\0' : message[end];
	g_clear_error(error);
	base_error_set(error, BASE_ERROR_INVALID, place, "%s (in \"== %s ==\").", message, shown);
}

static bool check_size(const MustacheSource *source, GError **error)
{
	if (source->length > LIMIT_NOTE_BYTES)
		return base_error_set(
			error, BASE_ERROR_INVALID, source->name,
			"%s is too long for a template; at most %d bytes are "
			"expected.",
			source->name, LIMIT_NOTE_BYTES);
	if (!g_utf8_validate(source->text, (gssize)source->length, NULL))
		return base_error_set(error, BASE_ERROR_INVALID, source->name, "%s is not UTF-8 text.", source->name);
	return true;
}

bool template_parse(const MustacheSource *source, const Template *shared, Template **ret_template, GError **error)
{
	if (!check_size(source, error))
		return false;
	g_autoptr(Template) parsed = g_new0(Template, 1);
	parsed->messages = g_ptr_array_new_with_free_func(message_free);
	parsed->parts = g_ptr_array_new_with_free_func(part_free);
	Reader reader = {
		.name = source->name,
		.at = source->text,
		.end = source->text + source->length,
		.line = 1,
		.parsed = parsed,
		.error = error};
	if (!read_all(&reader) || !check_names(parsed, shared, error)) {
		name_section(source, error);
		return false;
	}
	*ret_template = g_steal_pointer(&parsed);
	return true;
}

/* Puts wordings of one's own in the place of those of the same name, new ones behind. */
static void take_parts(Template *shared, Template *own)
{
	while (own->parts->len > 0) {
		TemplatePart *part = g_ptr_array_steal_index(own->parts, 0);
		guint at = 0;
		while (at < shared->parts->len &&
			   strcmp(((TemplatePart *)g_ptr_array_index(shared->parts, at))->name, part->name) != 0)
			at++;
		if (at < shared->parts->len)
			g_ptr_array_remove_index(shared->parts, at);
		g_ptr_array_insert(shared->parts, (int)at, part);
	}
}

bool template_load_shared(const char *own, Template **ret_template, GError **error)
{
	g_autoptr(Template) shared = NULL, changed = NULL;
	const char *text = template_find_shipped(TEMPLATE_SHARED);
	g_assert(text != NULL);
	MustacheSource source = {.name = TEMPLATE_SHARED, .text = text, .length = strlen(text)};
	if (!template_parse(&source, NULL, &shared, error))
		return false;
	if (own != NULL) {
		MustacheSource mine = {.name = TEMPLATE_SHARED, .text = own, .length = strlen(own)};
		if (!template_parse(&mine, shared, &changed, error))
			return false;
		take_parts(shared, changed);
	}
	*ret_template = g_steal_pointer(&shared);
	return true;
}

bool template_check(const char *name, const char *text, gsize length, GError **error)
{
	g_autoptr(Template) shared = NULL, parsed = NULL;
	MustacheSource source = {.name = name, .text = text, .length = length};
	return template_load_shared(NULL, &shared, error) && template_parse(&source, shared, &parsed, error);
}

bool template_read_name(const char *name, TemplateName *ret_name)
{
	g_auto(GStrv) words = g_strsplit(name, ".", -1);
	guint count = g_strv_length(words);
	TemplateName read = {WORD_NONE, WORD_NONE, WORD_NONE};
	if (count < 1 || count > 3 || (read.step = word_find(WORDS_STEP, words[0])) == WORD_NONE ||
		(count > 1 && (read.channel = word_find(WORDS_CHANNEL, words[1])) == WORD_NONE) ||
		(count > 2 && (read.kind = word_find(WORDS_INTERVIEW_KIND, words[2])) == WORD_NONE))
		return false;
	*ret_name = read;
	return true;
}
