/* test-form.c - what a form gives an op, by the table of ops; and an op as a form.
 */
#include "form.h"
#include "usage.h"

#include <base/error.h>
#include <string.h>

static void free_field(void *data)
{
	field_free(data);
}

static GPtrArray *new_fields(void)
{
	return g_ptr_array_new_with_free_func(free_field);
}

static void add(GPtrArray *fields, const char *name, const char *value)
{
	g_ptr_array_add(fields, field_new(name, value, strlen(value)));
}

static void test_values(void)
{
	g_autoptr(GPtrArray) fields = new_fields();
	g_autoptr(OpArgs) args = NULL;
	g_autoptr(GError) error = NULL;
	add(fields, "csrf", "a token");
	add(fields, "opportunity", "  globex ");
	add(fields, "topic", "finn: the forecast\r\n\r\nokoro: reviews\r\n");
	add(fields, "topic", "finn: the team");
	add(fields, "fit", "");
	g_assert_true(form_take(op_find("debrief"), fields, &args, &error));
	g_assert_cmpstr(op_args_get(args, "opportunity"), ==, "globex");
	const GPtrArray *topics = op_args_get_all(args, "topic");
	g_assert_cmpuint(topics->len, ==, 3); /* a line each, and a field each */
	g_assert_cmpstr(g_ptr_array_index(topics, 1), ==, "okoro: reviews");
	g_assert_false(op_args_has(args, "fit"));
}

static void test_block(void)
{
	g_autoptr(GPtrArray) fields = new_fields();
	g_autoptr(OpArgs) args = NULL;
	g_autoptr(GError) error = NULL;
	add(fields, "text", "Subject: Thanks\r\n\r\n  Dear Mr. Finn,\r\n");
	g_assert_true(form_take(op_find("edit"), fields, &args, &error));
	g_assert_cmpstr(op_args_get(args, "text"), ==, "Subject: Thanks\n\n  Dear Mr. Finn,\n");
}

static void test_flag(void)
{
	g_autoptr(GPtrArray) fields = new_fields();
	g_autoptr(OpArgs) args = NULL;
	g_autoptr(GError) error = NULL;
	add(fields, "all", "1");
	add(fields, "now", "");
	g_assert_true(form_take(op_find("approve"), fields, &args, &error));
	g_assert_true(op_args_has(args, "all"));
	g_assert_false(op_args_has(args, "now"));
}

static void test_refused(void)
{
	static const struct {
		const char *name, *op, *field, *value;
		size_t length;
		const char *where;
	} cases[] = {
		{"a NUL in a text", "interview", "with", "Huck\0Finn", 9, "with"},
		{"no UTF-8", "interview", "with", "Huck \xff", 6, "with"},
		{"a control character", "interview", "with", "Huck \033[31m", 10, "with"},
		{"no such word", "interview", "kind", "seance", 6, "kind"},
		{"no number", "draft", "variant", "two", 3, "variant"},
		{"what is required is missing", "outcome", "opportunity", "globex", 6, "outcome"},
		{"a file of this machine", "review", "facts", "/etc/passwd", 11, "facts"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_autoptr(GPtrArray) fields = new_fields();
		g_autoptr(OpArgs) args = NULL;
		g_autoptr(GError) error = NULL;
		if (strcmp(cases[i].op, "interview") == 0)
			add(fields, "opportunity", "globex");
		g_ptr_array_add(fields, field_new(cases[i].field, cases[i].value, cases[i].length));
		g_assert_false(form_take(op_find(cases[i].op), fields, &args, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_cmpstr(base_error_get_where(error), ==, cases[i].where);
		g_assert_null(args);
	}
}

/* Whatever would be written to a file is asked for as a document. */
static void test_outputs(void)
{
	static const struct {
		const char *op, *param;
	} cases[] = {{"card", "output"}, {"export", "file"}, {"calendar", "output"}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) fields = new_fields();
		g_autoptr(OpArgs) args = NULL;
		g_assert_true(form_take(op_find(cases[i].op), fields, &args, NULL));
		g_assert_cmpstr(op_args_get(args, cases[i].param), ==, "-");
	}
}

/* A page never shows a way to name a file, nor what goes on for ever. */
static void test_every_op(void)
{
	for (const Op *op = op_table(); op->name != NULL; op++) {
		g_autoptr(MustacheValue) shown = form_describe(op, NULL, NULL);
		const GPtrArray *fields = mustache_list_get_items(mustache_object_find(shown, "fields"));
		g_test_message("%s", op->name);
		g_assert_cmpstr(mustache_value_get_text(mustache_object_find(shown, "op")), ==, op->name);
		for (guint i = 0; i < fields->len; i++) {
			const char *name = mustache_value_get_text(mustache_object_find(g_ptr_array_index(fields, i), "name"));
			g_assert_nonnull(op_find_param(op, name));
			const OpParam *param = op_find_param(op, name);
			g_assert_true(param->type != PARAM_FILE || usage_of_file(op, param) != FILE_OUTPUT);
		}
	}
	static const char *const not_here[] = {"serve", "desk", "service", "backup", NULL};
	for (const char *const *name = not_here; *name != NULL; name++)
		g_assert_cmpint(usage_of(op_find(*name)), ==, USAGE_NOT);
	static const char *const slow[] = {"send", "deliver", "watch", NULL};
	for (const char *const *name = slow; *name != NULL; name++)
		g_assert_cmpint(usage_of(op_find(*name)), ==, USAGE_SLOW);
}

static void test_shown_again(void)
{
	g_autoptr(GPtrArray) fields = new_fields();
	add(fields, "opportunity", "globex");
	add(fields, "kind", "panel");
	add(fields, "with", "Huck Finn");
	add(fields, "with", "Ada Okoro");
	g_autoptr(MustacheValue) shown = form_describe(op_find("interview"), fields, "when");
	const GPtrArray *items = mustache_list_get_items(mustache_object_find(shown, "fields"));
	int seen = 0;
	for (guint i = 0; i < items->len; i++) {
		const MustacheValue *item = g_ptr_array_index(items, i);
		const char *name = mustache_value_get_text(mustache_object_find(item, "name"));
		const char *value = mustache_value_get_text(mustache_object_find(item, "value"));
		bool wrong = mustache_value_is_true(mustache_object_find(item, "wrong"));
		g_assert_cmpint(wrong, ==, strcmp(name, "when") == 0);
		seen += strcmp(name, "with") == 0 && strcmp(value, "Huck Finn\nAda Okoro") == 0;
		seen += strcmp(name, "kind") == 0 && strcmp(value, "panel") == 0;
	}
	g_assert_cmpint(seen, ==, 2);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/form/values", test_values);
	g_test_add_func("/form/block", test_block);
	g_test_add_func("/form/flag", test_flag);
	g_test_add_func("/form/refused", test_refused);
	g_test_add_func("/form/outputs", test_outputs);
	g_test_add_func("/form/every-op", test_every_op);
	g_test_add_func("/form/shown-again", test_shown_again);
	return g_test_run();
}
