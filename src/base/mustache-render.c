/* mustache-render.c - fills a template from a tree of values.
 *
 * Recursion follows nesting, which is bounded; the number of nodes visited and the bytes written are bounded too, so
 * that no template, however it includes itself, runs away.
 */
#include "mustache-private.h"

#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <string.h>

#define STEPS_MAX 1000000

typedef struct Run {
	const MustacheRender *render;
	GString *out;
	gsize limit; /* length of out that must not be passed */
	guint steps;
	guint depth;
	const MustacheValue *stack[MUSTACHE_DEPTH_MAX + 1];
	guint stacked;
	const char *indent; /* before each line of the partial being rendered; NULL for none */
	bool line_begins;   /* the indent is still to be written */
} Run;

static bool render_nodes(Run *run, const MustacheTemplate *parsed, guint from, guint to, GError **error);

static void write_html(GString *out, const char *text, gsize length)
{
	for (gsize i = 0; i < length; i++) {
		switch (text[i]) {
		case '&':
			g_string_append(out, "&amp;");
			break;
		case '<':
			g_string_append(out, "&lt;");
			break;
		case '>':
			g_string_append(out, "&gt;");
			break;
		case '"':
			g_string_append(out, "&quot;");
			break;
		case '\'':
			g_string_append(out, "&#39;");
			break;
		default:
			g_string_append_c(out, text[i]);
		}
	}
}

/* What must not stand in a header line: it could end the line, or show it in another order than it is. */
static bool breaks_header(gunichar character)
{
	return character < 0x20 || (character >= 0x7f && character <= 0x9f) || character == 0x061c || character == 0x200e ||
		   character == 0x200f || (character >= 0x2028 && character <= 0x202e) ||
		   (character >= 0x2066 && character <= 0x2069);
}

static void write_header(GString *out, const char *text, gsize length)
{
	const char *end = text + length;
	for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (!breaks_header(character))
			g_string_append_unichar(out, character);
		else if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
}

static void write_text(Run *run, const char *text, gsize length, bool escaped)
{
	if (run->render->escape == MUSTACHE_HEADER)
		write_header(run->out, text, length);
	else if (escaped && run->render->escape == MUSTACHE_HTML)
		write_html(run->out, text, length);
	else
		g_string_append_len(run->out, text, (gssize)length);
}

static void write_value(Run *run, const Node *node, const char *text)
{
	if (run->render->escape != MUSTACHE_HTML || node->address == IN_NO_ADDRESS)
		write_text(run, text, strlen(text), node->kind == NODE_VALUE);
	else if (node->address == IN_PATH)
		text_append_path_part(run->out, text);
	else
		g_string_append_uri_escaped(run->out, text, NULL, FALSE);
}

static void write_indent(Run *run)
{
	if (run->line_begins && run->indent != NULL)
		g_string_append(run->out, run->indent);
	run->line_begins = false;
}

static void render_text(Run *run, const Node *node)
{
	if (run->indent == NULL) {
		write_text(run, node->text, node->length, false);
		return;
	}
	const char *at = node->text, *end = node->text + node->length;
	while (at < end) {
		const char *newline = memchr(at, '\n', (gsize)(end - at));
		const char *stop = newline != NULL ? newline + 1 : end;
		write_indent(run);
		write_text(run, at, (gsize)(stop - at), false);
		run->line_begins = newline != NULL;
		at = stop;
	}
}

/* Looks a dotted name up: its first part from the innermost context outwards, the rest inside what was found. */
static const MustacheValue *look_up(const Run *run, const char *name)
{
	if (strcmp(name, ".") == 0)
		return run->stack[run->stacked - 1];
	gsize length = strcspn(name, ".");
	const MustacheValue *value = NULL;
	for (guint i = run->stacked; i > 0 && value == NULL; i--)
		value = mustache_object_find_part(run->stack[i - 1], name, length);
	while (value != NULL && name[length] == '.') {
		name += length + 1;
		length = strcspn(name, ".");
		value = mustache_object_find_part(value, name, length);
	}
	return value;
}

static bool find_value(
	const Run *run, const MustacheTemplate *parsed, const Node *node, const MustacheValue **ret_value, GError **error)
{
	*ret_value = look_up(run, node->text);
	if (*ret_value == NULL && run->render->strict)
		return mustache_fail(parsed, node, error, "there is no variable \"%s\"", node->text);
	return true;
}

/* Renders another template in the present context, each of its lines after `indent`. */
static bool render_inner(Run *run, const MustacheTemplate *inner, const char *indent, GError **error)
{
	const char *outer = run->indent;
	run->indent = indent;
	run->line_begins = indent != NULL;
	bool ok = render_nodes(run, inner, 0, inner->nodes->len, error);
	run->indent = outer;
	run->line_begins = indent != NULL;
	return ok;
}

static bool render_partial(Run *run, const MustacheTemplate *parsed, const Node *node, GError **error)
{
	const MustacheRender *render = run->render;
	const MustacheTemplate *partial =
		render->partials != NULL ? render->partials(node->text, render->partials_user) : NULL;
	if (partial == NULL)
		return !render->strict || mustache_fail(parsed, node, error, "there is no partial \"%s\"", node->text);
	if (node->indent == NULL) {
		write_indent(run);
		return render_inner(run, partial, NULL, error);
	}
	g_autofree char *indent = g_strconcat(run->indent != NULL ? run->indent : "", node->indent, NULL);
	return render_inner(run, partial, indent, error);
}

static bool render_value(Run *run, const MustacheTemplate *parsed, const Node *node, GError **error)
{
	const MustacheValue *value;
	if (!find_value(run, parsed, node, &value, error))
		return false;
	write_indent(run);
	if (value == NULL)
		return true;
	if (value->kind == VALUE_TEMPLATE)
		return render_inner(run, value->parsed, NULL, error);
	if (value->kind == VALUE_MISSING && run->render->missing != NULL)
		g_ptr_array_add(run->render->missing, g_strdup(value->text));
	if (value->text != NULL)
		write_value(run, node, value->text);
	return true;
}

static bool render_with(
	Run *run, const MustacheTemplate *parsed, guint section, const MustacheValue *context, GError **error)
{
	const Node *node = &g_array_index(parsed->nodes, Node, section);
	run->steps++;
	run->stack[run->stacked++] = context;
	bool ok = render_nodes(run, parsed, section + 1, node->end, error);
	run->stacked--;
	return ok;
}

static bool render_section(Run *run, const MustacheTemplate *parsed, guint section, GError **error)
{
	const Node *node = &g_array_index(parsed->nodes, Node, section);
	const MustacheValue *value;
	if (!find_value(run, parsed, node, &value, error))
		return false;
	bool shows = mustache_value_is_true(value);
	if (node->kind == NODE_INVERTED)
		return shows || render_nodes(run, parsed, section + 1, node->end, error);
	if (!shows)
		return true;
	if (value->kind != VALUE_LIST)
		return render_with(run, parsed, section, value, error);
	for (guint i = 0; i < value->items->len; i++)
		if (!render_with(run, parsed, section, g_ptr_array_index(value->items, i), error))
			return false;
	return true;
}

static bool render_node(Run *run, const MustacheTemplate *parsed, guint index, GError **error)
{
	const Node *node = &g_array_index(parsed->nodes, Node, index);
	switch (node->kind) {
	case NODE_TEXT:
		render_text(run, node);
		return true;
	case NODE_VALUE:
	case NODE_RAW:
		return render_value(run, parsed, node, error);
	case NODE_SECTION:
	case NODE_INVERTED:
		return render_section(run, parsed, index, error);
	case NODE_PARTIAL:
		return render_partial(run, parsed, node, error);
	}
	return true;
}

static bool check_bounds(Run *run, const MustacheTemplate *parsed, const Node *node, GError **error)
{
	Node place = *node;
	place.line = MAX(place.line, 1);
	place.column = MAX(place.column, 1);
	if (run->out->len > run->limit)
		return mustache_fail(
			parsed, &place, error, "the text grows too long; at most %" G_GSIZE_FORMAT " bytes are expected",
			run->limit);
	if (++run->steps > STEPS_MAX)
		return mustache_fail(
			parsed, &place, error, "the template repeats too much; at most %d parts are expected", STEPS_MAX);
	return true;
}

static bool render_nodes(Run *run, const MustacheTemplate *parsed, guint from, guint to, GError **error)
{
	if (from >= to)
		return true;
	if (run->depth == MUSTACHE_DEPTH_MAX) {
		Node start = {.line = 1, .column = 1};
		return mustache_fail(
			parsed, &start, error, "sections and partials are nested too deep; at most %d are expected",
			MUSTACHE_DEPTH_MAX);
	}
	run->depth++;
	bool ok = true;
	for (guint i = from; ok && i < to;) {
		const Node *node = &g_array_index(parsed->nodes, Node, i);
		ok = render_node(run, parsed, i, error) && check_bounds(run, parsed, node, error);
		i = node->kind == NODE_SECTION || node->kind == NODE_INVERTED ? node->end : i + 1;
	}
	run->depth--;
	return ok;
}

bool mustache_render(const MustacheRender *render, GString *out, GError **error)
{
	gsize before = out->len;
	Run run = {.render = render, .out = out, .stack = {render->context}, .stacked = 1};
	run.limit = before + (render->max_bytes != 0 ? render->max_bytes : LIMIT_INPUT_BYTES);
	if (render_nodes(&run, render->parsed, 0, render->parsed->nodes->len, error))
		return true;
	g_string_truncate(out, before);
	return false;
}
