/* test-mustache.c - the template engine against cases in JSON, and its bounds.
 *
 * The project's own cases stand in tests/base/mustache/; with MUSTACHE_SPEC set to a folder of the public
 * specification's JSON files, those run too.  A case may name an escape, be strict, and expect an error's place instead
 * of a text.
 */
#include <base/error.h>
#include <base/mustache.h>
#include <json-c/json.h>
#include <string.h>

typedef struct Case {
	char *name;
	struct json_object *json; /* borrowed from the file's object */
} Case;

static MustacheValue *value_from_json(struct json_object *json)
{
	switch (json_object_get_type(json)) {
	case json_type_boolean:
		return mustache_value_new_bool(json_object_get_boolean(json));
	case json_type_array: {
		MustacheValue *list = mustache_value_new_list();
		for (size_t i = 0; i < json_object_array_length(json); i++)
			mustache_list_take(list, value_from_json(json_object_array_get_idx(json, i)));
		return list;
	}
	case json_type_object: {
		MustacheValue *object = mustache_value_new_object();
		json_object_object_foreach(json, key, member)
		{
			if (strcmp(key, "[[missing]]") == 0) {
				mustache_value_free(object);
				return mustache_value_new_missing(json_object_get_string(member));
			}
			mustache_object_take(object, key, value_from_json(member));
		}
		return object;
	}
	default:
		return mustache_value_new_string(json_object_get_string(json));
	}
}

static MustacheTemplate *parse(const char *name, const char *text, GError **error)
{
	MustacheSource source = {.name = name, .text = text, .length = strlen(text)};
	MustacheTemplate *parsed = NULL;
	return mustache_parse(&source, &parsed, error) ? parsed : NULL;
}

static const MustacheTemplate *find_partial(const char *name, void *user)
{
	return g_hash_table_lookup(user, name);
}

static void free_template(gpointer data)
{
	mustache_template_free(data);
}

static GHashTable *parse_partials(struct json_object *json)
{
	GHashTable *partials = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_template);
	struct json_object *object;
	if (!json_object_object_get_ex(json, "partials", &object))
		return partials;
	json_object_object_foreach(object, name, text)
	{
		g_autoptr(GError) error = NULL;
		MustacheTemplate *parsed = parse(name, json_object_get_string(text), &error);
		g_assert_no_error(error);
		g_hash_table_insert(partials, g_strdup(name), parsed);
	}
	return partials;
}

static const char *find_text(struct json_object *json, const char *key)
{
	struct json_object *member;
	return json_object_object_get_ex(json, key, &member) ? json_object_get_string(member) : NULL;
}

/* The rendered text, or NULL and an error. */
static char *run_case(struct json_object *json, GPtrArray *missing, GError **error)
{
	g_autoptr(MustacheTemplate) parsed = parse("case", find_text(json, "template"), error);
	if (parsed == NULL)
		return NULL;
	g_autoptr(GHashTable) partials = parse_partials(json);
	struct json_object *data;
	g_autoptr(MustacheValue) context =
		json_object_object_get_ex(json, "data", &data) ? value_from_json(data) : mustache_value_new_object();
	const char *escape = find_text(json, "escape");
	MustacheRender render = {
		.parsed = parsed,
		.context = context,
		.escape = g_strcmp0(escape, "plain") == 0    ? MUSTACHE_PLAIN
				  : g_strcmp0(escape, "header") == 0 ? MUSTACHE_HEADER
													 : MUSTACHE_HTML,
		.strict = find_text(json, "strict") != NULL,
		.partials = find_partial,
		.partials_user = partials,
		.max_bytes = 10000,
		.missing = missing};
	g_autoptr(GString) out = g_string_new("before ");
	if (!mustache_render(&render, out, error)) {
		g_assert_cmpstr(out->str, ==, "before ");
		return NULL;
	}
	return g_strdup(out->str + strlen("before "));
}

static void test_case(gconstpointer data)
{
	struct json_object *json = ((const Case *)data)->json;
	g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	g_autofree char *text = run_case(json, missing, &error);
	const char *fault = find_text(json, "error");
	if (fault != NULL) {
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_cmpstr(base_error_get_where(error), ==, fault);
		return;
	}
	g_assert_no_error(error);
	g_assert_cmpstr(text, ==, find_text(json, "expected"));
	struct json_object *expected;
	if (json_object_object_get_ex(json, "missing", &expected)) {
		g_ptr_array_add(missing, NULL);
		g_autofree char *list = g_strjoinv("|", (char **)missing->pdata);
		g_assert_cmpstr(list, ==, json_object_get_string(expected));
	}
}

static void case_free(gpointer data)
{
	Case *one = data;
	g_free(one->name);
	g_free(one);
}

static void add_cases(const char *folder, const char *prefix, GPtrArray *files)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) dir = g_dir_open(folder, 0, &error);
	g_assert_no_error(error);
	const char *name;
	while ((name = g_dir_read_name(dir)) != NULL) {
		if (!g_str_has_suffix(name, ".json"))
			continue;
		g_autofree char *path = g_build_filename(folder, name, NULL);
		struct json_object *file = json_object_from_file(path), *tests;
		g_assert_nonnull(file);
		g_ptr_array_add(files, file);
		g_assert_true(json_object_object_get_ex(file, "tests", &tests));
		for (size_t i = 0; i < json_object_array_length(tests); i++) {
			struct json_object *json = json_object_array_get_idx(tests, i);
			Case *one = g_new0(Case, 1);
			one->json = json;
			one->name = g_strdup_printf("/mustache/%s/%s/%s", prefix, name, find_text(json, "name"));
			g_test_add_data_func_full(one->name, one, test_case, case_free);
		}
	}
}

static char *render_plain(const char *text, const MustacheValue *context, const MustacheTemplate *self, GError **error)
{
	g_autoptr(MustacheTemplate) parsed = parse("bound", text, error);
	if (parsed == NULL)
		return NULL;
	g_autoptr(GHashTable) partials = g_hash_table_new(g_str_hash, g_str_equal);
	if (self != NULL)
		g_hash_table_insert(partials, (gpointer) "self", (gpointer)self);
	MustacheRender render = {.parsed = parsed, .context = context, .partials = find_partial, .partials_user = partials};
	g_autoptr(GString) out = g_string_new(NULL);
	return mustache_render(&render, out, error) ? g_strdup(out->str) : NULL;
}

static void test_recursive_partial(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(MustacheTemplate) self = parse("self", "x{{>self}}{{>self}}", &error);
	g_autoptr(MustacheValue) context = mustache_value_new_object();
	g_autofree char *text = render_plain("{{>self}}", context, self, &error);
	g_assert_null(text);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
}

static void test_work_is_bounded(void)
{
	g_autoptr(MustacheValue) context = mustache_value_new_object();
	MustacheValue *list = mustache_value_new_list();
	for (int i = 0; i < 1000; i++)
		mustache_list_take(list, mustache_value_new_bool(true));
	mustache_object_take(context, "l", list);
	static const char *const templates[] = {
		"{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}",
		"{{#l}}{{#l}}{{#l}}{{^l}}{{/l}}{{/l}}{{/l}}{{/l}}",
		"{{#l}}{{#l}}some text that fills the output soon enough{{/l}}{{/l}}",
	};
	for (guint i = 0; i < G_N_ELEMENTS(templates); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *text = render_plain(templates[i], context, NULL, &error);
		g_assert_null(text);
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
	}
}

static void test_nested_sections(void)
{
	for (int depth = 60; depth < 70; depth++) {
		g_autoptr(GString) text = g_string_new(NULL);
		for (int i = 0; i < depth; i++)
			g_string_append(text, "{{#a}}");
		g_string_append(text, "deep");
		for (int i = 0; i < depth; i++)
			g_string_append(text, "{{/a}}");
		g_autoptr(MustacheValue) context = mustache_value_new_object();
		mustache_object_set_bool(context, "a", true);
		g_autoptr(GError) error = NULL;
		g_autofree char *out = render_plain(text->str, context, NULL, &error);
		if (depth < 64)
			g_assert_cmpstr(out, ==, "deep");
		else
			g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
	}
}

static void test_bad_bytes(void)
{
	static const struct {
		const char *text;
		gsize length;
	} cases[] = {{"\xff", 1}, {"a\0b", 3}, {"{{name\xc3}}", 9}};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		MustacheSource source = {.name = "bytes", .text = cases[i].text, .length = cases[i].length};
		g_autoptr(MustacheTemplate) parsed = NULL;
		g_autoptr(GError) error = NULL;
		g_assert_false(mustache_parse(&source, &parsed, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
	}
}

static bool known_name(const char *name, bool is_partial, void *user)
{
	return strcmp(name, is_partial ? "part" : "known") == 0;
}

static void test_check_names(void)
{
	static const struct {
		const char *text;
		const char *where; /* NULL: all are known */
	} cases[] = {
		{"{{known}} {{known.more}} {{.}} {{>part}} {{#known}}{{^known}}{{/known}}{{/known}}", NULL},
		{"{{known}}\n {{other}}", "case:2:2"},
		{"{{#known}}{{#never}}{{/never}}{{/known}}", "case:1:11"},
		{"{{^known}}\n\n\xc3\xa4{{{other.known}}}{{/known}}", "case:3:2"},
		{"{{>known}}", "case:1:1"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(MustacheTemplate) parsed = parse("case", cases[i].text, &error);
		g_assert_no_error(error);
		g_assert_cmpint(mustache_check_names(parsed, known_name, NULL, &error), ==, cases[i].where == NULL);
		g_assert_cmpstr(base_error_get_where(error), ==, cases[i].where);
	}
}

static void test_values_taken_anew(void)
{
	g_autoptr(MustacheValue) context = mustache_value_new_object();
	mustache_object_set_string(context, "a", "first");
	mustache_object_set_string(context, "ab", "other");
	mustache_object_set_string(context, "a", "second");
	mustache_object_set_string(context, "b", NULL);
	g_assert_null(mustache_object_find(context, "b"));
	g_autoptr(GError) error = NULL;
	g_autofree char *text = render_plain("{{a}} {{ab}} {{b}}", context, NULL, &error);
	g_assert_cmpstr(text, ==, "second other ");
}

static void test_template_values(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(MustacheTemplate) line = parse("line", "to {{name}}\nand {{name}}", &error);
	g_autoptr(MustacheTemplate) loop = parse("loop", "{{loop}}", &error);
	g_autoptr(MustacheValue) context = mustache_value_new_object();
	mustache_object_set_string(context, "name", "{{name}}");
	mustache_object_take(context, "line", mustache_value_new_template(line));
	mustache_object_take(context, "loop", mustache_value_new_template(loop));
	g_autofree char *text = render_plain("{{#line}}<{{line}}>{{/line}}", context, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(text, ==, "<to {{name}}\nand {{name}}>");
	g_autofree char *never = render_plain("{{loop}}", context, NULL, &error);
	g_assert_null(never);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
}

static void free_json(gpointer data)
{
	json_object_put(data);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(free_json);
	g_autofree char *own = g_test_build_filename(G_TEST_DIST, "mustache", NULL);
	add_cases(own, "own", files);
	const char *spec = g_getenv("MUSTACHE_SPEC");
	if (spec != NULL)
		add_cases(spec, "spec", files);
	g_test_add_func("/mustache/recursive-partial", test_recursive_partial);
	g_test_add_func("/mustache/work-is-bounded", test_work_is_bounded);
	g_test_add_func("/mustache/nested-sections", test_nested_sections);
	g_test_add_func("/mustache/bad-bytes", test_bad_bytes);
	g_test_add_func("/mustache/check-names", test_check_names);
	g_test_add_func("/mustache/values-taken-anew", test_values_taken_anew);
	g_test_add_func("/mustache/template-values", test_template_values);
	return g_test_run();
}
