/* mustache.c - reads a template into nodes.
 *
 * One pass over the text.  A tag that stands alone on its line (all but interpolation) takes the line with it, as the
 * specification asks.  Errors name line and column and what would be right.
 */
#include "mustache-private.h"

#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <stdarg.h>
#include <string.h>

typedef struct Parser {
	MustacheTemplate *parsed;
	const char *text; /* the whole */
	const char *end;
	const char *at;      /* after the last tag */
	const char *flush;   /* the literal text not yet a node begins here */
	const char *counted; /* line and column are of this place */
	guint line, column;
	char *open, *close; /* the delimiters in force */
	guint stack[MUSTACHE_DEPTH_MAX];
	guint depth;
} Parser;

/* A tag as it stands in the text. */
typedef struct Tag {
	const char *start, *after; /* the whole tag */
	const char *inner;         /* what is between the delimiters and the type */
	gsize length;
	char type; /* '\0' for a plain name */
	guint line, column;
} Tag;

bool mustache_fail(const MustacheTemplate *parsed, const Node *node, GError **error, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_autofree char *where = g_strdup_printf("%s:%u:%u", parsed->name, node->line, node->column);
	return base_error_set(
		error, BASE_ERROR_INVALID, where, "%s, line %u, column %u: %s.", parsed->name, node->line, node->column,
		message);
}

/* Line and column of a place that is not before the last one asked for. */
static void locate(Parser *parser, const char *place, guint *ret_line, guint *ret_column)
{
	for (; parser->counted < place; parser->counted++) {
		if (*parser->counted == '\n') {
			parser->line++;
			parser->column = 1;
		} else if (((unsigned char)*parser->counted & 0xc0) != 0x80) {
			parser->column++;
		}
	}
	*ret_line = parser->line;
	*ret_column = parser->column;
}

static bool fail_at(Parser *parser, const Tag *tag, GError **error, const char *message)
{
	Node node = {.line = tag->line, .column = tag->column};
	return mustache_fail(parser->parsed, &node, error, "%s", message);
}

static void add_text(Parser *parser, const char *until)
{
	if (until > parser->flush) {
		gsize length = (gsize)(until - parser->flush);
		Node node = {.kind = NODE_TEXT, .length = length};
		node.text = g_string_chunk_insert_len(parser->parsed->chunk, parser->flush, (gssize)length);
		g_array_append_val(parser->parsed->nodes, node);
	}
	parser->flush = until;
}

static void trim(const char **start, gsize *length)
{
	while (*length > 0 && g_ascii_isspace((*start)[0])) {
		(*start)++;
		(*length)--;
	}
	while (*length > 0 && g_ascii_isspace((*start)[*length - 1]))
		(*length)--;
}

/* Finds the tag that begins at or after `at`. False with no error where there is none. */
static bool next_tag(Parser *parser, Tag *tag, GError **error)
{
	const char *start = g_strstr_len(parser->at, parser->end - parser->at, parser->open);
	if (start == NULL)
		return false;
	*tag = (Tag){.start = start, .inner = start + strlen(parser->open)};
	locate(parser, start, &tag->line, &tag->column);
	if (tag->inner < parser->end && strchr("#^/>!&{=", *tag->inner) != NULL)
		tag->type = *tag->inner++;
	g_autofree char *close = g_strconcat(tag->type == '{' ? "}" : tag->type == '=' ? "=" : "", parser->close, NULL);
	const char *stop = g_strstr_len(tag->inner, parser->end - tag->inner, close);
	if (stop == NULL) {
		g_autofree char *shown = text_to_show(close, 16);
		g_autofree char *message = g_strdup_printf("a tag that begins here is not closed; \"%s\" is expected", shown);
		return fail_at(parser, tag, error, message);
	}
	tag->length = (gsize)(stop - tag->inner);
	tag->after = stop + strlen(close);
	trim(&tag->inner, &tag->length);
	return true;
}

/* Whether nothing but blanks shares the tag's lines; then where its line begins and where the next one does. */
static bool stands_alone(const Parser *parser, const Tag *tag, const char **ret_begin, const char **ret_next)
{
	if (tag->type == '\0' || tag->type == '&' || tag->type == '{')
		return false;
	const char *begin = tag->start, *next = tag->after;
	while (begin > parser->text && (begin[-1] == ' ' || begin[-1] == '\t'))
		begin--;
	if (begin > parser->text && begin[-1] != '\n')
		return false;
	while (next < parser->end && (*next == ' ' || *next == '\t'))
		next++;
	if (next + 1 < parser->end && next[0] == '\r' && next[1] == '\n')
		next++;
	if (next < parser->end && *next != '\n')
		return false;
	*ret_begin = begin;
	*ret_next = next < parser->end ? next + 1 : next;
	return true;
}

static bool check_name(Parser *parser, const Tag *tag, GError **error)
{
	if (tag->length == 0)
		return fail_at(parser, tag, error, "a tag has no name; a name such as {{company}} is expected");
	const char *unfit = text_find_fault(tag->inner, tag->length, LIMIT_NAME_BYTES, TEXT_NAME);
	if (unfit != NULL) {
		g_autofree char *message = g_strdup_printf("the name in a tag %s", unfit);
		return fail_at(parser, tag, error, message);
	}
	for (gsize i = 0; i < tag->length; i++) {
		bool dot = tag->inner[i] == '.' && tag->length > 1 && tag->type != '>';
		if (tag->inner[i] == ' ')
			return fail_at(parser, tag, error, "the name in a tag holds a space; one word is expected");
		if (dot && (i == 0 || i + 1 == tag->length || tag->inner[i + 1] == '.'))
			return fail_at(
				parser, tag, error,
				"the name in a tag has a dot at an end or two in a row; person.name would be right");
	}
	return true;
}

static bool set_delimiters(Parser *parser, const Tag *tag, GError **error)
{
	g_autofree char *inner = g_strndup(tag->inner, tag->length);
	g_auto(GStrv) words = g_strsplit_set(inner, " \t\r\n", -1);
	const char *both[2] = {NULL, NULL};
	guint count = 0;
	for (guint i = 0; words[i] != NULL; i++) {
		if (words[i][0] == '\0')
			continue;
		if (count < 2)
			both[count] = words[i];
		count++;
	}
	if (count != 2 || strchr(inner, '=') != NULL)
		return fail_at(parser, tag, error, "new delimiters are two words without \"=\", as in {{=<% %>=}}");
	g_free(parser->open);
	g_free(parser->close);
	parser->open = g_strdup(both[0]);
	parser->close = g_strdup(both[1]);
	return true;
}

static bool close_section(Parser *parser, const Tag *tag, GError **error)
{
	GArray *nodes = parser->parsed->nodes;
	g_autofree char *name = g_strndup(tag->inner, tag->length);
	if (parser->depth == 0) {
		g_autofree char *message = g_strdup_printf("{{/%s}} closes a section that was not opened", name);
		return fail_at(parser, tag, error, message);
	}
	Node *opened = &g_array_index(nodes, Node, parser->stack[--parser->depth]);
	if (strcmp(opened->text, name) != 0) {
		g_autofree char *message =
			g_strdup_printf("{{/%s}} stands where {{/%s}} of line %u is expected", name, opened->text, opened->line);
		return fail_at(parser, tag, error, message);
	}
	opened->end = nodes->len;
	return true;
}

/* Whether what goes before a tag is the beginning of an attribute that holds an address of ours: href="/people?find= */
static AddressPlace find_address(const Parser *parser, const char *tag)
{
	static const char *const attributes[] = {"href=", "action=", "src="};
	const char *quote = tag, *query = NULL;
	while (quote > parser->text && quote[-1] != '"' && quote[-1] != '\n' && quote[-1] != '>') {
		quote--;
		query = *quote == '?' ? quote : query;
	}
	if (quote == tag || quote[0] != '/' || quote == parser->text || quote[-1] != '"')
		return IN_NO_ADDRESS;
	for (gsize i = 0; i < G_N_ELEMENTS(attributes); i++) {
		gsize length = strlen(attributes[i]);
		if ((gsize)(quote - 1 - parser->text) >= length && strncmp(quote - 1 - length, attributes[i], length) == 0)
			return query == NULL ? IN_PATH : IN_QUERY;
	}
	return IN_NO_ADDRESS;
}

static bool add_node(Parser *parser, const Tag *tag, const char *indent, GError **error)
{
	static const struct {
		char type;
		NodeKind kind;
	} kinds[] = {{'\0', NODE_VALUE},  {'&', NODE_RAW},      {'{', NODE_RAW},
				 {'#', NODE_SECTION}, {'^', NODE_INVERTED}, {'>', NODE_PARTIAL}};
	Node node = {.length = tag->length, .indent = indent, .line = tag->line, .column = tag->column};
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (kinds[i].type == tag->type)
			node.kind = kinds[i].kind;
	node.text = g_string_chunk_insert_len(parser->parsed->chunk, tag->inner, (gssize)tag->length);
	if (node.kind == NODE_VALUE)
		node.address = find_address(parser, tag->start);
	if (node.kind == NODE_SECTION || node.kind == NODE_INVERTED) {
		if (parser->depth == MUSTACHE_DEPTH_MAX)
			return fail_at(parser, tag, error, "sections are nested too deep; at most 64 are expected");
		parser->stack[parser->depth++] = parser->parsed->nodes->len;
	}
	g_array_append_val(parser->parsed->nodes, node);
	return true;
}

static bool take_tag(Parser *parser, const Tag *tag, GError **error)
{
	const char *begin = tag->start, *next = tag->after;
	bool alone = stands_alone(parser, tag, &begin, &next);
	add_text(parser, begin);
	parser->at = parser->flush = next;
	const char *indent = NULL;
	if (alone)
		indent = g_string_chunk_insert_len(parser->parsed->chunk, begin, tag->start - begin);
	if (tag->type == '!')
		return true;
	if (tag->type == '=')
		return set_delimiters(parser, tag, error);
	if (!check_name(parser, tag, error))
		return false;
	return tag->type == '/' ? close_section(parser, tag, error) : add_node(parser, tag, indent, error);
}

static bool parse_all(Parser *parser, GError **error)
{
	Tag tag;
	GError *fault = NULL;
	while (next_tag(parser, &tag, &fault))
		if (!take_tag(parser, &tag, error))
			return false;
	if (fault != NULL) {
		g_propagate_error(error, fault);
		return false;
	}
	add_text(parser, parser->end);
	if (parser->depth == 0)
		return true;
	const Node *opened = &g_array_index(parser->parsed->nodes, Node, parser->stack[parser->depth - 1]);
	return mustache_fail(
		parser->parsed, opened, error, "the section {{#%s}} is not closed; {{/%s}} is expected", opened->text,
		opened->text);
}

static bool check_source(const MustacheSource *source, GError **error)
{
	if (source->length > LIMIT_INPUT_BYTES)
		return base_error_set(
			error, BASE_ERROR_INVALID, source->name, "%s is too long; at most %d bytes are expected.", source->name,
			LIMIT_INPUT_BYTES);
	if (!g_utf8_validate(source->text, (gssize)source->length, NULL))
		return base_error_set(error, BASE_ERROR_INVALID, source->name, "%s is not UTF-8 text.", source->name);
	return true;
}

bool mustache_parse(const MustacheSource *source, MustacheTemplate **ret_template, GError **error)
{
	if (!check_source(source, error))
		return false;
	g_autoptr(MustacheTemplate) parsed = g_new0(MustacheTemplate, 1);
	parsed->name = g_strdup(source->name);
	parsed->chunk = g_string_chunk_new(CLAMP(source->length, 64, 4096));
	parsed->nodes = g_array_new(FALSE, FALSE, sizeof(Node));
	Parser parser = {.parsed = parsed, .text = source->text, .end = source->text + source->length};
	parser.at = parser.flush = parser.counted = source->text;
	parser.line = MAX(source->first_line, 1);
	parser.column = 1;
	parser.open = g_strdup("{{");
	parser.close = g_strdup("}}");
	bool ok = parse_all(&parser, error);
	g_free(parser.open);
	g_free(parser.close);
	if (ok)
		*ret_template = g_steal_pointer(&parsed);
	return ok;
}

void mustache_template_free(MustacheTemplate *parsed)
{
	if (parsed == NULL)
		return;
	g_free(parsed->name);
	g_string_chunk_free(parsed->chunk);
	g_array_unref(parsed->nodes);
	g_free(parsed);
}

bool mustache_check_names(const MustacheTemplate *parsed, MustacheKnown known, void *user, GError **error)
{
	for (guint i = 0; i < parsed->nodes->len; i++) {
		const Node *node = &g_array_index(parsed->nodes, Node, i);
		if (node->kind == NODE_TEXT || strcmp(node->text, ".") == 0)
			continue;
		bool partial = node->kind == NODE_PARTIAL;
		g_autofree char *first = g_strndup(node->text, partial ? node->length : strcspn(node->text, "."));
		if (!known(first, partial, user))
			return mustache_fail(
				parsed, node, error, partial ? "there is no partial \"%s\"" : "there is no variable \"%s\"", first);
	}
	return true;
}
