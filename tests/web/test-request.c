/* test-request.c - fields, headers and paths as plain data.
 */
#include "request.h"

#include <string.h>

static void free_field(void *data)
{
	field_free(data);
}

static void test_fields(void)
{
	g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(free_field);
	g_assert_null(fields_find(NULL, "a"));
	g_assert_null(fields_find(fields, "a"));
	g_ptr_array_add(fields, field_new("a", "one", 3));
	g_ptr_array_add(fields, field_new("b", "", 0));
	g_ptr_array_add(fields, field_new("a", "two\0three", 9));
	g_assert_cmpstr(fields_find(fields, "a"), ==, "two"); /* the last one */
	g_assert_cmpstr(fields_find(fields, "b"), ==, "");
	const Field *last = g_ptr_array_index(fields, 2);
	g_assert_cmpuint(last->length, ==, 9);
	g_assert_cmpint(last->value[9], ==, '\0');
}

static void test_paths(void)
{
	static const struct {
		const char *name, *path;
		bool own;
	} cases[] = {
		{"the first page", "/", true},
		{"a page with a query", "/o/3/write?to=finn&now=1", true},
		{"nothing", "", false},
		{"no beginning", "o/3", false},
		{"another host", "//evil.example/", false},
		{"another host, as some browsers read it", "/\\evil.example/", false},
		{"a scheme", "https://evil.example/", false},
		{"a space", "/a b", false},
		{"a line break", "/a\r\nSet-Cookie: x=y", false},
		{"a tab, which browsers leave out", "/\t/evil.example", false},
		{"bytes that are not ASCII", "/\xc3\xa4", false},
		{"a NULL", NULL, false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_assert_cmpint(request_is_own_path(cases[i].path), ==, cases[i].own);
	}
	g_autofree char *longest = g_strnfill(PATH_BYTES_MAX, 'a'), *longer = g_strnfill(PATH_BYTES_MAX + 1, 'a');
	longest[0] = longer[0] = '/';
	g_assert_true(request_is_own_path(longest));
	g_assert_false(request_is_own_path(longer));
}

static void test_headers(void)
{
	g_auto(Response) response = {0};
	response_add_header(&response, "Location: %s", "/a\r\nSet-Cookie: x=y");
	response_add_header(&response, "Location: %s", "/a\nb");
	g_assert_null(response.headers);
	response_redirect(&response, "/today");
	g_assert_cmpuint(response.status, ==, 303);
	g_assert_cmpstr(g_ptr_array_index(response.headers, 0), ==, "Location: /today");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/request/fields", test_fields);
	g_test_add_func("/request/paths", test_paths);
	g_test_add_func("/request/headers", test_headers);
	return g_test_run();
}
