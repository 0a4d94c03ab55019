/* test-error.c - codes, places and what happens to them on the way up.
 *
 * A place has to survive copying and a prefix, and foreign errors have none.
 */
#include <base/error.h>

static void test_set(void)
{
	GError *error = NULL;
	g_assert_false(base_error_set(&error, BASE_ERROR_INVALID, "facts.me", "%s is %d", "it", 3));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
	g_assert_cmpstr(error->message, ==, "it is 3");
	g_assert_cmpstr(base_error_get_where(error), ==, "facts.me");
	g_assert_false(base_error_set(NULL, BASE_ERROR_INVALID, NULL, "nobody listens"));
	g_clear_error(&error);
}

static void test_where_survives(void)
{
	GError *error = NULL, *above = NULL;
	base_error_set(&error, BASE_ERROR_MISSING, "[D3] opens", "lost");
	g_propagate_prefixed_error(&above, error, "%s: ", "here");
	g_autoptr(GError) copy = g_error_copy(above);
	g_clear_error(&above);
	g_assert_cmpstr(copy->message, ==, "here: lost");
	g_assert_cmpstr(base_error_get_where(copy), ==, "[D3] opens");
}

static void test_no_where(void)
{
	g_autoptr(GError) ours = NULL;
	g_autoptr(GError) foreign = g_error_new_literal(g_quark_from_static_string("other"), 1, "x");
	base_error_set(&ours, BASE_ERROR_TEMPORARY, NULL, "x");
	g_assert_null(base_error_get_where(ours));
	g_assert_null(base_error_get_where(foreign));
	g_assert_null(base_error_get_where(NULL));
}

static void test_words(void)
{
	static const char *const words[] = {"invalid", "missing", "conflict", "temporary", "uncertain", "internal"};
	for (int i = 0; i < (int)G_N_ELEMENTS(words); i++)
		g_assert_cmpstr(base_error_code_word(i), ==, words[i]);
	g_assert_cmpstr(base_error_code_word(99), ==, "internal");
	g_assert_cmpstr(base_error_code_word(-1), ==, "internal");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/error/set", test_set);
	g_test_add_func("/error/where-survives", test_where_survives);
	g_test_add_func("/error/no-where", test_no_where);
	g_test_add_func("/error/words", test_words);
	return g_test_run();
}
