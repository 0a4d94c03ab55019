/* test-cases.c - every worked case in a folder, held against the planner.
 *
 * usage: test-cases FOLDER.  A case passes when the verdict and next_at are equal, every expected step is in the plan
 * with equal keys and a reason, and the plan has no other step.
 */
#include "case-reader.h"

#include <string.h>

static struct json_object *member(struct json_object *json, const char *key)
{
	return json_object_object_get(json, key);
}

static const char *text_of(struct json_object *json)
{
	return json ? json_object_to_json_string_ext(json, JSON_C_TO_STRING_PLAIN) : "null";
}

static int by_text(const void *a, const void *b)
{
	return strcmp(text_of(*(struct json_object *const *)a), text_of(*(struct json_object *const *)b));
}

/* The order of `must` is nobody's business. */
static bool values_equal(const char *key, struct json_object *want, struct json_object *got)
{
	if (strcmp(key, "must") == 0 && json_object_is_type(got, json_type_array)) {
		json_object_array_sort(want, by_text);
		json_object_array_sort(got, by_text);
	}
	return strcmp(text_of(want), text_of(got)) == 0;
}

static bool is_same_step(struct json_object *want, struct json_object *got)
{
	static const char *const keys[] = {"step", "interview", "to", "about"};
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		if (!values_equal(keys[i], member(want, keys[i]), member(got, keys[i])))
			return false;
	return json_object_get_int(member(want, "attempt")) == json_object_get_int(member(got, "attempt"));
}

static struct json_object *find_step(struct json_object *steps, struct json_object *want)
{
	struct json_object *found = NULL;
	for (size_t i = 0; i < json_object_array_length(steps); i++) {
		struct json_object *step = json_object_array_get_idx(steps, i);
		if (!is_same_step(want, step))
			continue;
		if (found)
			g_test_fail_printf("two steps of one key: %s", text_of(want));
		found = step;
	}
	return found;
}

static void check_step(struct json_object *want, struct json_object *got)
{
	if (!got) {
		g_test_fail_printf("missing: %s", text_of(want));
		return;
	}
	json_object_object_foreach(want, key, value)
	{
		if (!values_equal(key, value, member(got, key)))
			g_test_fail_printf(
				"%s: %s: want %s, got %s", text_of(member(want, "step")), key, text_of(value),
				text_of(member(got, key)));
	}
	struct json_object *because = member(got, "because");
	if (!because || json_object_array_length(because) == 0)
		g_test_fail_printf("%s: no reason given", text_of(member(want, "step")));
}

static void check_plan(struct json_object *expect, struct json_object *plan)
{
	static const char *const keys[] = {"verdict", "next_at"};
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		if (!values_equal(keys[i], member(expect, keys[i]), member(plan, keys[i])))
			g_test_fail_printf(
				"%s: want %s, got %s", keys[i], text_of(member(expect, keys[i])), text_of(member(plan, keys[i])));
	struct json_object *want = member(expect, "steps"), *got = member(plan, "steps");
	for (size_t i = 0; i < json_object_array_length(want); i++) {
		struct json_object *step = json_object_array_get_idx(want, i);
		check_step(step, find_step(got, step));
	}
	for (size_t i = 0; i < json_object_array_length(got); i++)
		if (!find_step(want, json_object_array_get_idx(got, i)))
			g_test_fail_printf("not expected: %s", text_of(json_object_array_get_idx(got, i)));
}

/* Both ways of writing a plan say the same. */
static struct json_object *parse_plan(const Plan *plan)
{
	g_autoptr(GString) compact = g_string_new(NULL), indented = g_string_new(NULL);
	plan_format(plan, false, compact);
	plan_format(plan, true, indented);
	struct json_object *parsed = json_tokener_parse(compact->str), *again = json_tokener_parse(indented->str);
	g_assert_nonnull(parsed);
	g_assert_nonnull(again);
	g_assert_cmpstr(text_of(parsed), ==, text_of(again));
	json_object_put(again);
	return parsed;
}

static void test_case(gconstpointer data)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(FactsReader) reader = facts_reader_new();
	g_autoptr(Plan) plan = plan_new();
	Case read;
	g_assert_true(g_file_get_contents(data, &text, NULL, &error));
	bool good = case_parse(reader, text, &read, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	plan_compute(read.facts, read.playbook, read.now, plan);
	struct json_object *parsed = parse_plan(plan);
	check_plan(member(read.json, "expect"), parsed);
	json_object_put(parsed);
	case_clear(&read);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) folder = g_dir_open(argc > 1 ? argv[1] : "cases", 0, &error);
	g_assert_no_error(error);
	int count = 0;
	for (const char *name; (name = g_dir_read_name(folder));) {
		if (!g_str_has_suffix(name, ".json"))
			continue;
		g_autofree char *path = g_strdup_printf("/plan/cases/%.*s", (int)strlen(name) - 5, name);
		g_test_add_data_func_full(path, g_build_filename(argc > 1 ? argv[1] : "cases", name, NULL), test_case, g_free);
		count++;
	}
	g_assert_cmpint(count, >=, 62);
	return g_test_run();
}
