/* test-json-out.c - commas, escapes and shapes of the JSON that is written.
 *
 * Whatever bytes come in, what goes out is UTF-8.
 */
#include <base/json-out.h>
#include <math.h>

static void write_sample(JsonOut *out)
{
	json_out_object(out);
	json_out_key_string(out, "a", "x");
	json_out_key(out, "list");
	json_out_array(out);
	json_out_int(out, 1);
	json_out_object(out);
	json_out_object_end(out);
	json_out_array(out);
	json_out_array_end(out);
	json_out_null(out);
	json_out_string(out, NULL);
	json_out_array_end(out);
	json_out_key_bool(out, "yes", true);
	json_out_key_int(out, "n", -7);
	json_out_object_end(out);
}

static void test_compact(void)
{
	g_autoptr(GString) text = g_string_new("> ");
	JsonOut out = json_out(text, false);
	write_sample(&out);
	g_assert_cmpstr(text->str, ==, "> {\"a\":\"x\",\"list\":[1,{},[],null,null],\"yes\":true,\"n\":-7}");
}

static void test_indented(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	JsonOut out = json_out(text, true);
	write_sample(&out);
	g_assert_cmpstr(
		text->str, ==,
		"{\n  \"a\": \"x\",\n  \"list\": [\n    1,\n    {},\n    [],\n    null,\n    null\n  ],\n"
		"  \"yes\": true,\n  \"n\": -7\n}");
}

static const struct {
	const char *name, *value, *json;
} STRINGS[] = {
	{"empty", "", "\"\""},
	{"plain", "Huck Finn", "\"Huck Finn\""},
	{"quote", "say \"yes\" \\ no", "\"say \\\"yes\\\" \\\\ no\""},
	{"named", "a\nb\rc\td", "\"a\\nb\\rc\\td\""},
	{"control", "\x01\x1f\x7f", "\"\\u0001\\u001f\x7f\""},
	{"utf-8", "Zoë 李 😀", "\"Zoë 李 😀\""},
	{"lone byte",
	 "a\xff"
	 "b",
	 "\"a\xef\xbf\xbd"
	 "b\""},
	{"cut short", "a\xe6\x9d", "\"a\xef\xbf\xbd\xef\xbf\xbd\""},
	{"overlong", "\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\""},
	{"surrogate", "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
	{"good between bad", "\xffë\xff\"", "\"\xef\xbf\xbdë\xef\xbf\xbd\\\"\""},
};

static void test_strings(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(STRINGS); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		JsonOut out = json_out(text, false);
		g_test_message("%s", STRINGS[i].name);
		json_out_string(&out, STRINGS[i].value);
		g_assert_cmpstr(text->str, ==, STRINGS[i].json);
		g_assert_true(g_utf8_validate(text->str, -1, NULL));
	}
}

static void test_integers(void)
{
	static const int64_t values[] = {0, 9, 10, -1, 1234567890123, INT64_MAX, INT64_MIN};
	for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autofree char *expected = g_strdup_printf("%" G_GINT64_FORMAT, values[i]);
		JsonOut out = json_out(text, false);
		json_out_int(&out, values[i]);
		g_assert_cmpstr(text->str, ==, expected);
	}
}

static const struct {
	double value;
	const char *json;
} DOUBLES[] = {{0, "0"},           {0.85, "0.85"}, {0.1 + 0.2, "0.30000000000000004"}, {-2.5e300, "-2.5e+300"},
			   {INFINITY, "null"}, {NAN, "null"}};

static void test_doubles(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(DOUBLES); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		JsonOut out = json_out(text, false);
		json_out_double(&out, DOUBLES[i].value);
		g_assert_cmpstr(text->str, ==, DOUBLES[i].json);
	}
}

/* A level's comma must not depend on what an earlier level of the same depth held. */
static void test_levels(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	JsonOut out = json_out(text, false);
	for (int i = 0; i < 32; i++)
		json_out_array(&out);
	json_out_int(&out, 1);
	json_out_array_end(&out);
	json_out_array(&out);
	json_out_int(&out, 2);
	json_out_array_end(&out);
	for (int i = 0; i < 31; i++)
		json_out_array_end(&out);
	g_assert_nonnull(g_strstr_len(text->str, -1, "[[1],[2]]"));
	g_assert_cmpint(out.depth, ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/json-out/compact", test_compact);
	g_test_add_func("/json-out/indented", test_indented);
	g_test_add_func("/json-out/strings", test_strings);
	g_test_add_func("/json-out/integers", test_integers);
	g_test_add_func("/json-out/doubles", test_doubles);
	g_test_add_func("/json-out/levels", test_levels);
	return g_test_run();
}
