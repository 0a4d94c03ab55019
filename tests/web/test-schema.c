/* test-schema.c - what programs are told of the ops, held against the table of ops and against what is taken from them.
 */
#include "order.h"
#include "schema.h"
#include "usage.h"
#include "visiting.h"

#include <facts/json-value.h>
#include <string.h>

static JsonDocument *read_json(const char *text)
{
	JsonDocument *document = NULL;
	g_autoptr(GError) error = NULL;
	if (!json_document_parse(text, strlen(text), 1 << 24, &document, &error))
		g_error("%s", error->message);
	return document;
}

static size_t count_members(const JsonValue *object)
{
	JsonMember member = {0};
	size_t count = 0;
	while (json_value_next_member(object, &member))
		count++;
	return count;
}

/* A member of a member of a member. */
static const JsonValue *dig(const JsonValue *value, const char *path)
{
	g_auto(GStrv) keys = g_strsplit(path, " ", -1);
	for (char **key = keys; *key != NULL && value != NULL; key++)
		value = json_value_find(value, *key);
	return value;
}

static void check_property(const Op *op, const OpParam *param, const JsonValue *property)
{
	bool many = (param->flags & PARAM_MANY) != 0;
	g_assert_nonnull(property);
	if (many)
		g_assert_cmpstr(json_value_get_string(property, "type"), ==, "array");
	const JsonValue *one = many ? json_value_find(property, "items") : property;
	g_assert_true(g_str_has_prefix(json_value_get_string(one, "description"), param->help));
	g_assert_cmpint(json_value_get_kind(json_value_find(one, "enum")) == JSON_LIST, ==, param->type == PARAM_WORD);
	if (param->type == PARAM_FLAG)
		g_assert_cmpstr(json_value_get_string(one, "type"), ==, "boolean");
	if (param->type == PARAM_INT)
		g_assert_cmpstr(json_value_get_string(one, "type"), ==, "integer");
}

/* Every parameter, nothing else, and what is required. */
static void test_params(void)
{
	for (const Op *op = op_table(); op->name != NULL; op++) {
		g_autoptr(GString) text = g_string_new(NULL);
		JsonOut out = json_out(text, false);
		schema_write_params(&out, op, SCHEMA_API);
		g_autoptr(JsonDocument) document = read_json(text->str);
		const JsonValue *root = json_document_get_root(document), *properties = json_value_find(root, "properties");
		size_t shown = usage_takes_input(op), required = 0;
		g_test_message("%s", op->name);
		for (const OpParam *param = op->params; param->name != NULL; param++) {
			if ((param->flags & PARAM_HIDDEN) != 0)
				continue;
			check_property(op, param, json_value_find(properties, param->name));
			shown++;
			required += (param->flags & PARAM_REQUIRED) != 0;
		}
		g_assert_cmpuint(count_members(properties), ==, shown);
		g_assert_cmpuint(json_value_get_length(json_value_find(root, "required")), ==, required);
	}
}

/* A proposer is told of nothing that names a place on this machine or a command to run there. */
static void test_proposer(void)
{
	static const char *const never[] = {"secret-command", "secret-file", "maildir", "ca-file", NULL};
	g_autoptr(GString) text = g_string_new(NULL);
	JsonOut out = json_out(text, false);
	schema_write_params(&out, op_find("config"), SCHEMA_PROPOSER);
	for (const char *const *word = never; *word != NULL; word++)
		g_assert_null(strstr(text->str, *word));
	g_assert_nonnull(strstr(text->str, "\"holiday\""));
}

static void test_examples(void)
{
	static const struct {
		const char *op, *line, *json;
	} cases[] = {
		{"show", "followup show globex", "{\"opportunity\":\"globex\"}"},
		{"send", "followup send globex finn --now", "{\"opportunity\":\"globex\",\"person\":\"finn\",\"now\":true}"},
		{"later", "followup later globex \"in two weeks\"", "{\"opportunity\":\"globex\",\"until\":\"in two weeks\"}"},
		{"debrief", "followup debrief globex --topic \"finn: a\" --topic b",
		 "{\"opportunity\":\"globex\",\"topic\":[\"finn: a\",\"b\"]}"},
		{"draft", "followup draft globex --variant 2", "{\"opportunity\":\"globex\",\"variant\":2}"},
		{"calendar", "followup calendar --output jobs.ics", "{\"output\":true}"},
		{"import", "followup import a.ics b.vcf --yes",
		 "{\"file\":[{\"name\":\"a.ics\",\"text\":\"…\"},{\"name\":\"b.vcf\",\"text\":\"…\"}],\"yes\":true}"},
		{"today", "followup today --format json", "{}"},
		{"plan", "followup plan < facts.json", NULL},
		{"today", "followup", NULL},
		{"show", "followup show globex --no-such-option", NULL},
		{"show", "followup list", NULL},
		{"show", "followup show 'globex", NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		JsonOut out = json_out(text, false);
		g_test_message("%s", cases[i].line);
		g_assert_cmpint(schema_write_example(&out, op_find(cases[i].op), cases[i].line), ==, cases[i].json != NULL);
		g_assert_cmpstr(text->str, ==, cases[i].json == NULL ? "" : cases[i].json);
	}
}

/* ---- the whole description ---- */

static JsonDocument *load_description(Visiting *visiting)
{
	g_auto(VisitAnswer) answer = visiting_ask(visiting, "GET /api/v1/openapi.json", NULL);
	g_assert_cmpuint(answer.response.status, ==, 200);
	return read_json(answer.text);
}

/* Each op under its path; GET where it can be asked to only read, with a parameter each. */
static void test_paths(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	g_autoptr(JsonDocument) document = load_description(visiting);
	const JsonValue *paths = json_value_find(json_document_get_root(document), "paths");
	size_t count = 0;
	for (const Op *op = op_table(); op->name != NULL; op++) {
		g_autofree char *path = g_strconcat("/", op->name, NULL);
		const JsonValue *item = json_value_find(paths, path);
		g_test_message("%s", path);
		g_assert_cmpint(item != NULL, ==, usage_of(op) != USAGE_NOT);
		if (item == NULL)
			continue;
		count++;
		g_assert_cmpint(json_value_find(item, "get") != NULL, ==, usage_may_read(op));
		g_assert_cmpstr(json_value_get_string(dig(item, "post"), "summary"), ==, op->summary);
		g_assert_nonnull(dig(item, "post responses 200"));
		g_assert_nonnull(dig(item, "post responses 422"));
	}
	g_assert_cmpuint(count_members(paths), ==, count);
}

/* What is shown as an example is taken; whatever is described as an error is one that the desk can answer with. */
static void test_taken(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	g_autoptr(JsonDocument) document = load_description(visiting);
	const JsonValue *root = json_document_get_root(document);
	JsonMember path = {0};
	int examples = 0;
	while (json_value_next_member(json_value_find(root, "paths"), &path)) {
		JsonMember example = {0};
		const Op *op = op_find(path.key + 1);
		while (
			json_value_next_member(dig(path.value, "post requestBody content application/json examples"), &example)) {
			g_auto(Order) order = {0};
			g_autoptr(GError) error = NULL;
			g_test_message("%s", json_value_get_string(example.value, "summary"));
			(void)!order_take_json(op, json_value_find(example.value, "value"), &order, &error);
			g_assert_no_error(error);
			examples++;
		}
	}
	g_assert_cmpint(examples, >, 40);
	for (int code = BASE_ERROR_INVALID; code <= BASE_ERROR_INTERNAL; code++) {
		g_autoptr(GError) error = g_error_new_literal(BASE_ERROR, code, "x");
		g_autofree char *where = g_strdup_printf("components responses %u", response_status(error));
		g_assert_nonnull(dig(root, where));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/schema/params", test_params);
	g_test_add_func("/schema/proposer", test_proposer);
	g_test_add_func("/schema/examples", test_examples);
	g_test_add_func("/openapi/paths", test_paths);
	g_test_add_func("/openapi/taken", test_taken);
	return g_test_run();
}
