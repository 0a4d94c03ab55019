/* test-ops.c - the one command table: what holds for every op, and what a parameter of each type takes.
 */
#include <app/op.h>

#include <base/error.h>
#include <base/limits.h>
#include <stdlib.h>
#include <string.h>

static void test_table(void)
{
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	for (const Op *op = op_table(); op->name != NULL; op++) {
		g_assert_true(g_hash_table_add(names, (char *)op->name)); /* each once */
		g_assert_nonnull(op->run);
		g_assert_true(g_ascii_isupper(op->summary[0]));
		g_assert_false(g_str_has_suffix(op->summary, "."));
		g_assert_cmpuint(strlen(op->summary), <=, 70);
		g_assert_true(op_find(op->name) == op);
		g_auto(GStrv) examples = g_strsplit(op->example, "\n", -1);
		for (char **example = examples; *example != NULL; example++)
			g_assert_true(g_str_has_prefix(*example, "followup"));
	}
}

/* What is required stands before what is not, names are each once, words have choices. */
static void test_params(void)
{
	for (const Op *op = op_table(); op->name != NULL; op++) {
		g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
		bool optional = false;
		for (const OpParam *param = op->params; param->name != NULL; param++) {
			bool positional = (param->flags & PARAM_POSITIONAL) != 0, required = (param->flags & PARAM_REQUIRED) != 0;
			g_test_message("%s %s", op->name, param->name);
			g_assert_true(g_hash_table_add(names, (char *)param->name));
			g_assert_nonnull(param->help);
			g_assert_cmpint(param->type == PARAM_WORD, ==, param->choices != NULL);
			g_assert_false(positional && required && optional);
			g_assert_false(required && !positional); /* an option that must be given is none */
			optional = optional || (positional && !required);
		}
	}
}

static const char *const choices[] = {"one", "two", NULL};

static void test_types(void)
{
	static const struct {
		const char *name;
		ParamType type;
		const char *value;
		bool good;
	} cases[] = {
		{"text", PARAM_TEXT, "a line", true},
		{"text of two lines", PARAM_TEXT, "a\nb", false},
		{"text with an escape", PARAM_TEXT, "\033[31m", false},
		{"text that is no UTF-8", PARAM_TEXT, "\xff", false},
		{"a block of two lines", PARAM_BLOCK, "a\nb", true},
		{"a block with an escape", PARAM_BLOCK, "a\033", false},
		{"a name", PARAM_NAME, "Zo\u00eb", true},
		{"a name with an emoji", PARAM_NAME, "Zo \U0001f600", false},
		{"a name that turns around", PARAM_NAME, "a\u202eb", false},
		{"a word", PARAM_WORD, "two", true},
		{"no such word", PARAM_WORD, "three", false},
		{"the start of a word", PARAM_WORD, "tw", false},
		{"a number", PARAM_INT, "-12", true},
		{"a number and more", PARAM_INT, "12x", false},
		{"a huge number", PARAM_INT, "99999999999999999999", false},
		{"no number", PARAM_INT, "", false},
		{"a length of time", PARAM_DURATION, "1h30", true},
		{"no length of time", PARAM_DURATION, "soon", false},
		{"a day is read by the op", PARAM_WHEN, "whenever", true},
		{"nothing", PARAM_TEXT, NULL, false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const OpParam params[] = {{"thing", cases[i].type, 0, "a thing", choices}, {NULL, PARAM_TEXT, 0, NULL, NULL}};
		const Op op = {.name = "try", .params = params};
		g_autoptr(OpArgs) args = op_args_new(&op);
		g_autoptr(GError) error = NULL;
		bool taken = op_args_take(args, &params[0], cases[i].value, &error);
		g_test_message("%s", cases[i].name);
		g_assert_cmpint(taken, ==, cases[i].good);
		g_assert_cmpint(op_args_has(args, "thing"), ==, cases[i].good);
		if (taken)
			continue;
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID); /* and it says of what or which */
		g_assert_true(strstr(error->message, "thing") != NULL || strstr(error->message, cases[i].value) != NULL);
	}
}

static void test_bounds(void)
{
	static const OpParam params[] = {
		{"name", PARAM_NAME, 0, "", NULL},
		{"text", PARAM_TEXT, PARAM_MANY, "", NULL},
		{"need", PARAM_NAME, PARAM_REQUIRED | PARAM_POSITIONAL, "what is needed", NULL},
		{NULL, PARAM_TEXT, 0, NULL, NULL}};
	static const Op op = {.name = "try", .params = params};
	g_autoptr(OpArgs) args = op_args_new(&op);
	g_autofree char *longest = g_strnfill(LIMIT_NAME_BYTES, 'x'), *longer = g_strnfill(LIMIT_NAME_BYTES + 1, 'x');
	g_assert_false(op_args_take(args, &params[0], longer, NULL));
	g_assert_true(op_args_take(args, &params[0], longest, NULL));
	g_assert_false(op_args_take(args, &params[0], "again", NULL));
	int taken = 0;
	while (taken < 10000 && op_args_take(args, &params[1], "x", NULL))
		taken++;
	g_assert_cmpint(taken, <, 10000); /* nobody from outside decides how much is kept */
	g_assert_cmpuint(op_args_get_all(args, "text")->len, ==, taken);
	g_assert_false(op_args_check(args, NULL));
	g_assert_false(op_args_take(args, &params[2], "  ", NULL));
	g_assert_true(op_args_take(args, &params[2], "it", NULL));
	g_assert_true(op_args_check(args, NULL));
	g_assert_cmpstr(op_args_get(args, "need"), ==, "it");
	g_assert_cmpint(op_args_get_int(args, "name", 7), ==, 0); /* no number: as strtoll has it */
	g_assert_null(op_find_param(&op, "other"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ops/table", test_table);
	g_test_add_func("/ops/params", test_params);
	g_test_add_func("/ops/types", test_types);
	g_test_add_func("/ops/bounds", test_bounds);
	return g_test_run();
}
