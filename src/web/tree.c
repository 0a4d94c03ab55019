/* tree.c - an op's result as a tree of values.
 */
#include "tree.h"

#include <app/when.h>
#include <string.h>

static Tree *self(Printer *printer)
{
	return (Tree *)printer;
}

/* Puts a value where the op is now; it is taken. */
static void put(Tree *tree, const char *key, MustacheValue *value)
{
	MustacheValue *into = tree->at[tree->depth];
	if (tree->lists[tree->depth]) {
		mustache_list_take(into, value);
		tree->counts[tree->depth]++;
	} else if (key != NULL) {
		mustache_object_take(into, key, value);
	} else {
		mustache_value_free(value);
	}
}

static void open_value(Tree *tree, const char *key, MustacheValue *value, bool is_list)
{
	g_assert(tree->depth + 1 < TREE_DEPTH);
	put(tree, key, value);
	tree->depth++;
	tree->at[tree->depth] = value;
	tree->keys[tree->depth] = key;
	tree->counts[tree->depth] = 0;
	tree->lists[tree->depth] = is_list;
}

/* The result's own object is the root itself. */
static void put_object(Printer *printer, const char *key)
{
	Tree *tree = self(printer);
	if (tree->depth == 0 && key == NULL) {
		tree->depth = 1;
		tree->at[1] = tree->root;
		tree->lists[1] = false;
		return;
	}
	open_value(tree, key, mustache_value_new_object(), false);
}

static void put_object_end(Printer *printer)
{
	self(printer)->depth--;
}

static void put_list(Printer *printer, const char *key)
{
	open_value(self(printer), key, mustache_value_new_list(), true);
}

static void put_list_end(Printer *printer)
{
	Tree *tree = self(printer);
	const char *key = tree->keys[tree->depth];
	int count = tree->counts[tree->depth--];
	if (key == NULL || tree->lists[tree->depth])
		return;
	g_autofree char *has = g_strconcat("has_", key, NULL), *number = g_strconcat(key, "_count", NULL);
	g_autofree char *text = g_strdup_printf("%d", count);
	mustache_object_set_bool(tree->at[tree->depth], has, count > 0);
	mustache_object_set_string(tree->at[tree->depth], number, text);
}

/* Keys whose text is an instant that an op keeps as text. */
static bool is_time_key(const char *key)
{
	static const char *const keys[] = {"due", "opens", "closes", "start", "end", "at", "now", NULL};
	return key != NULL && (g_str_has_suffix(key, "_at") || g_strv_contains(keys, key));
}

/* A template asks no questions of a text: of these words it is told which one it is. */
static void put_word(Tree *tree, const char *key, const char *value)
{
	static const char *const keys[] = {"action", "channel", "column", "draft_state", "kind",  "level",   "outbox_state",
									   "role",   "says",    "state",  "step",        "style", "verdict", NULL};
	if (key == NULL || value == NULL || tree->lists[tree->depth] || !g_strv_contains(keys, key))
		return;
	g_autofree char *is = g_strdelimit(g_strconcat(key, "_is_", value, NULL), "-", '_');
	mustache_object_set_bool(tree->at[tree->depth], is, true);
}

static void put_string(Printer *printer, const char *key, const char *label, const char *value)
{
	Tree *tree = self(printer);
	Stamp stamp;
	put_word(tree, key, value);
	if (value != NULL && is_time_key(key) && stamp_parse(value, &stamp))
		put(tree, key, tree_time(tree->zone, zone_resolve(tree->zone, stamp), tree->now));
	else
		put(tree, key, mustache_value_new_string(value));
}

static void put_integer(Printer *printer, const char *key, const char *label, int64_t value)
{
	char text[32];
	g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, value);
	put(self(printer), key, mustache_value_new_string(text));
}

static void put_boolean(Printer *printer, const char *key, bool value)
{
	put(self(printer), key, mustache_value_new_bool(value));
}

MustacheValue *tree_time(const Zone *zone, int64_t at, int64_t now)
{
	MustacheValue *value = mustache_value_new_object();
	char iso[STAMP_TEXT_BYTES];
	g_autofree char *said = when_say(zone, at, now);
	zone_format(zone, at, iso);
	mustache_object_set_string(value, "iso", iso);
	mustache_object_set_string(value, "say", said);
	mustache_object_set_bool(value, "past", at <= now);
	return value;
}

MustacheValue *tree_day(Day day, const Zone *zone, int64_t now)
{
	MustacheValue *value = mustache_value_new_object();
	char iso[DAY_TEXT_BYTES];
	g_autofree char *said = when_say_day(zone, day, now);
	mustache_object_set_string(value, "iso", day_format(day, iso));
	mustache_object_set_string(value, "say", said);
	return value;
}

static void put_time(Printer *printer, const char *key, const Zone *zone, int64_t at)
{
	put(self(printer), key, tree_time(zone, at, self(printer)->now));
}

static void put_day(Printer *printer, const char *key, Day day)
{
	put(self(printer), key, tree_day(day, self(printer)->zone, self(printer)->now));
}

static const char *style_word(SayStyle style)
{
	static const char *const words[] = {
		[SAY_HEADING] = "heading", [SAY_SUBJECT] = "subject", [SAY_ITEM] = "item",   [SAY_URGENT] = "urgent",
		[SAY_DETAIL] = "detail",   [SAY_COMMAND] = "command", [SAY_TEXT] = "text",   [SAY_GOOD] = "good",
		[SAY_WARNING] = "warning", [SAY_QUOTE] = "quote",     [SAY_BREAK] = "break",
	};
	return words[style];
}

static void put_say(Printer *printer, SayStyle style, const char *text)
{
	MustacheValue *line = mustache_value_new_object();
	mustache_object_set_string(line, "style", style_word(style));
	mustache_object_set_bool(line, style_word(style), true);
	mustache_object_set_string(line, "text", text);
	mustache_list_take(self(printer)->says, line);
}

static void put_row(Printer *printer, const char *const *cells)
{
	g_autofree char *line = g_strjoinv("  ", (char **)cells);
	put_say(printer, SAY_ITEM, line);
}

static void put_document(Printer *printer, const char *text, size_t length)
{
	Tree *tree = self(printer);
	if (tree->document == NULL)
		tree->document = g_string_new(NULL);
	g_string_append_len(tree->document, text, (gssize)length);
}

static void put_progress(Printer *printer, const char *what, int64_t done, int64_t all)
{
}

static void put_flush(Printer *printer)
{
}

static const PrinterVerbs tree_verbs = {
	.object = put_object,
	.object_end = put_object_end,
	.list = put_list,
	.list_end = put_list_end,
	.string = put_string,
	.integer = put_integer,
	.boolean = put_boolean,
	.say = put_say,
	.row = put_row,
	.document = put_document,
	.progress = put_progress,
	.flush = put_flush,
	.time = put_time,
	.day = put_day,
};

Tree tree_begin(const App *app, bool with_sentences)
{
	Tree tree = {.port = {.verbs = &tree_verbs, .for_people = with_sentences, .for_programs = true}};
	tree.zone = app_get_zone(app);
	tree.now = app_get_now(app);
	tree.root = mustache_value_new_object();
	tree.says = mustache_value_new_list();
	tree.at[0] = tree.root;
	mustache_object_take(tree.root, "says", tree.says);
	return tree;
}

void tree_clear(Tree *tree)
{
	g_clear_pointer(&tree->root, mustache_value_free);
	if (tree->document != NULL)
		g_string_free(tree->document, TRUE);
	tree->document = NULL;
}

MustacheValue *tree_take(Tree *tree)
{
	return g_steal_pointer(&tree->root);
}

char *tree_say_done(const MustacheValue *told)
{
	enum { BYTES_MAX = 600 };
	g_autoptr(GString) text = g_string_new(NULL);
	const GPtrArray *says = mustache_list_get_items(mustache_object_find(told, "says"));
	for (guint i = 0; i < says->len && text->len < BYTES_MAX; i++) {
		const MustacheValue *line = g_ptr_array_index(says, i);
		if (mustache_object_find(line, "command") != NULL || mustache_object_find(line, "quote") != NULL)
			continue;
		const char *said = mustache_value_get_text(mustache_object_find(line, "text"));
		g_string_append_printf(text, "%s%s", text->len == 0 || said[0] == '\0' ? "" : " ", said);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}
