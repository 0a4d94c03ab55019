/* test-order.c - JSON and fields as the parameters of an op, strictly; and what an op's result is.
 */
#include "order.h"

#include "request.h"
#include "usage.h"

#include <base/error.h>
#include <base/limits.h>
#include <stdio.h>
#include <string.h>

static bool take(const char *op, const char *json, Order *order, GError **error)
{
	g_autoptr(JsonDocument) document = NULL;
	g_assert_nonnull(op_find(op));
	g_assert_true(json_document_parse(json, strlen(json), LIMIT_INPUT_BYTES, &document, NULL));
	return order_take_json(op_find(op), json_document_get_root(document), order, error);
}

static void test_refused(void)
{
	static const struct {
		const char *name, *op, *json, *where;
	} cases[] = {
		{"a key nobody knows", "people", "{\"emial\":\"x\"}", "emial"},
		{"a key that is markup", "people", "{\"<b>\":\"x\"}", "<b>"},
		{"a list where one is taken", "show", "{\"opportunity\":[\"globex\"]}", "opportunity"},
		{"a text for a flag", "approve", "{\"all\":\"yes\"}", "all"},
		{"a number for a flag", "approve", "{\"all\":1}", "all"},
		{"a flag for a text", "show", "{\"opportunity\":true}", "opportunity"},
		{"an object for a text", "show", "{\"opportunity\":{\"a\":1}}", "opportunity"},
		{"a broken number", "draft", "{\"variant\":1.5}", "variant"},
		{"a number for a day", "later", "{\"opportunity\":1,\"until\":20261120}", "until"},
		{"a list in a list", "debrief", "{\"topic\":[[\"a\"]]}", "topic"},
		{"no such word", "outcome", "{\"opportunity\":1,\"outcome\":\"won\"}", "outcome"},
		{"what is required is missing", "outcome", "{\"opportunity\":1}", "outcome"},
		{"a NUL in a text", "show", "{\"opportunity\":\"glo\\u0000bex\"}", "opportunity"},
		{"a control character", "show", "{\"opportunity\":\"\\u001b[31m\"}", "opportunity"},
		{"input where nothing is piped in", "show", "{\"input\":\"x\"}", "input"},
		{"a path for a file", "classify", "{\"facts\":{\"path\":\"/etc/passwd\"}}", "facts"},
		{"a path to write to", "export", "{\"file\":\"/tmp/x\"}", "file"},
		{"a playbook by its path", "plan", "{\"playbook\":\"/etc/passwd\"}", "playbook"},
		{"a playbook by its file", "plan", "{\"playbook\":\"mine.playbook\"}", "playbook"},
		{"a playbook to show by its path", "playbook", "{\"action\":\"show\",\"name\":\"../x\"}", "name"},
		{"a playbook to compare with by its path", "compare", "{\"with\":\"/etc/passwd\"}", "with"},
		{"a playbook to compare by its path", "compare", "{\"with\":\"standard\",\"playbook\":\"./x\"}", "playbook"},
		{"a template by its path", "template", "{\"action\":\"check\",\"name\":\"/etc/passwd\"}", "name"},
		{"a list of parameters", "today", "[]", NULL},
		{"a text of parameters", "today", "\"x\"", NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Order) order = {0};
		g_autoptr(GError) error = NULL;
		g_test_message("%s", cases[i].name);
		g_assert_false(take(cases[i].op, cases[i].json, &order, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_cmpstr(base_error_get_where(error), ==, cases[i].where);
		g_assert_null(order.args);
	}
}

static void test_values(void)
{
	g_auto(Order) order = {0};
	g_autoptr(GError) error = NULL;
	g_assert_true(take(
		"debrief", "{\"opportunity\":7,\"topic\":[\"finn: a\",\"b\"],\"fit\":\"c\",\"editor\":false,\"at\":null}",
		&order, &error));
	g_assert_cmpstr(op_args_get(order.args, "opportunity"), ==, "#7");
	g_assert_cmpuint(op_args_get_all(order.args, "topic")->len, ==, 2);
	g_assert_cmpstr(op_args_get(order.args, "fit"), ==, "c");
	g_assert_false(op_args_has(order.args, "editor"));
	g_assert_false(op_args_has(order.args, "at"));
}

static void test_files(void)
{
	g_auto(Order) order = {0};
	g_autoptr(GError) error = NULL;
	g_assert_true(take(
		"import",
		"{\"file\":[\"plain\",{\"name\":\"a.ics\",\"text\":\"named\"},{\"name\":\"b.vcf\",\"base64\":\"Y29k\"}],"
		"\"yes\":true}",
		&order, &error));
	static const char *const names[] = {"file", "a.ics", "b.vcf"}, *const texts[] = {"plain", "named", "cod"};
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		gsize length = 0;
		GBytes *bytes = op_args_get_file(order.args, "file", i);
		const char *data = g_bytes_get_data(bytes, &length);
		g_assert_cmpmem(data, length, texts[i], strlen(texts[i]));
		g_assert_cmpstr(g_ptr_array_index(op_args_get_all(order.args, "file"), i), ==, names[i]);
	}
}

/* Programs get data, and documents instead of files. */
static void test_shapes(void)
{
	g_auto(Order) draft = {0}, sheet = {0}, card = {0}, call = {0};
	g_assert_true(take("draft", "{}", &draft, NULL));
	g_assert_cmpstr(op_args_get(draft.args, "format"), ==, "json");
	g_assert_true(take("export", "{\"format\":\"csv\"}", &sheet, NULL));
	g_assert_cmpstr(op_args_get(sheet.args, "format"), ==, "csv");
	g_assert_true(take("card", "{}", &card, NULL));
	g_assert_cmpstr(op_args_get(card.args, "output"), ==, "-");
	g_assert_true(take("call", "{}", &call, NULL));
	g_assert_false(op_args_has(call.args, "pdf"));
}

static void test_input(void)
{
	static const struct {
		const char *json, *text;
	} cases[] = {
		{"{\"input\":\"a\\nb\"}", "a\nb"},
		{"{\"input\":{\"version\":1}}", "{\"version\":1}"},
		{"{\"input\":[1,2]}", "[1,2]"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Order) order = {0};
		gsize length = 0;
		g_assert_true(take("plan", cases[i].json, &order, NULL));
		const char *data = g_bytes_get_data(order.input, &length);
		g_assert_cmpmem(data, length, cases[i].text, strlen(cases[i].text));
	}
}

/* What the tables of this room say of ops has to be about ops and parameters that there are. */
static void test_usage(void)
{
	static const struct {
		const char *op, *json;
		bool reads, slow, decides;
	} cases[] = {
		{"today", "{}", true, false, false},
		{"people", "{\"opportunity\":1}", true, false, false},
		{"people", "{\"opportunity\":1,\"person\":\"finn\",\"email\":\"a@b.example\"}", false, false, false},
		{"config", "{}", true, false, false},
		{"config", "{\"topic\":\"show\"}", true, false, false},
		{"config", "{\"topic\":\"me\",\"name\":\"Ana\"}", false, false, false},
		{"config", "{\"topic\":\"mail\",\"host\":\"x\"}", false, true, true},
		{"config", "{\"topic\":\"mail\",\"no-probe\":true}", false, false, true},
		{"calendar", "{}", true, false, false},
		{"calendar", "{\"action\":\"list\"}", true, false, false},
		{"calendar", "{\"action\":\"publish\"}", false, true, false},
		{"settle", "{\"opportunity\":1,\"person\":\"finn\"}", false, true, true},
		{"settle", "{\"opportunity\":1,\"person\":\"finn\",\"answer\":\"sent\"}", false, false, true},
		{"template", "{\"action\":\"new\",\"name\":\"thank-you.email\"}", false, false, false},
		{"template", "{\"action\":\"list\"}", true, false, false},
		{"review", "{\"input\":\"Dear Mr. Finn\"}", true, false, false},
		{"review", "{\"opportunity\":1,\"off\":\"pushy\"}", false, false, false},
		{"inbox", "{}", true, false, false},
		{"inbox", "{\"number\":3,\"confirm\":true}", false, false, false},
		{"draft", "{}", false, false, false},
		{"approve", "{}", false, false, true},
		{"send", "{}", false, true, true},
		{"deliver", "{}", false, true, true},
		{"watch", "{}", false, true, false},
		{"delete", "{\"opportunity\":1}", false, false, true},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Order) order = {0};
		g_test_message("%s %s", cases[i].op, cases[i].json);
		g_assert_true(take(cases[i].op, cases[i].json, &order, NULL));
		g_assert_cmpint(usage_reads(order.op, order.args), ==, cases[i].reads);
		g_assert_cmpint(usage_is_slow(order.op, order.args), ==, cases[i].slow);
		g_assert_cmpint(usage_decides(order.op, order.args), ==, cases[i].decides);
	}
	for (const Op *op = op_table(); op->name != NULL; op++)
		if (op->store == OP_STORE_READ)
			g_assert_true(usage_may_read(op));
}

/* Only what is listed as reading is; a parameter that comes to such an op later is taken for one that changes. */
static void test_new_parameter(void)
{
	static const OpParam params[] = {
		{"opportunity", PARAM_OPPORTUNITY, 0, "which", NULL},
		{"shred", PARAM_FLAG, 0, "something new", NULL},
		{NULL, PARAM_TEXT, 0, NULL, NULL}};
	static const Op op = {.name = "people", .store = OP_NO_STORE, .params = params};
	g_autoptr(OpArgs) args = op_args_new(&op);
	g_assert_true(op_args_take(args, &params[0], "globex", NULL));
	g_assert_true(usage_reads(&op, args));
	g_assert_true(op_args_take(args, &params[1], NULL, NULL));
	g_assert_false(usage_reads(&op, args));
}

static void free_field(void *data)
{
	field_free(data);
}

static void test_fields(void)
{
	static const struct {
		const char *name, *op, *field, *value;
		size_t length;
		bool good;
	} cases[] = {
		{"a parameter", "show", "opportunity", "globex", 6, true},
		{"what a form carries beside", "today", "csrf", "x", 1, true},
		{"a field nobody knows", "show", "opportunities", "globex", 6, false},
		{"a flag", "approve", "all", "1", 1, true},
		{"no flag", "approve", "all", "0", 1, true},
		{"a NUL", "show", "opportunity", "glo\0bex", 7, false},
		{"a file as text", "classify", "facts", "{\0}", 3, true},
		{"an output that is wanted", "call", "pdf", "true", 4, true},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Order) order = {0};
		g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(free_field);
		g_test_message("%s", cases[i].name);
		g_ptr_array_add(fields, field_new(cases[i].field, cases[i].value, cases[i].length));
		g_assert_cmpint(order_take_fields(op_find(cases[i].op), fields, &order, NULL), ==, cases[i].good);
	}
}

static void test_documents(void)
{
	static const struct {
		const char *text, *type;
	} cases[] = {
		{"%PDF-1.5", "application/pdf"},
		{"BEGIN:VCALENDAR\r\n", "text/calendar; charset=utf-8"},
		{"BEGIN:VCARD\r\n", "text/vcard; charset=utf-8"},
		{"Date: Tue, 17 Nov 2026 19:00:00 -0700\r\n", "message/rfc822"},
		{"{}", "application/json"},
		{"<script>alert(1)</script>", "text/plain; charset=utf-8"},
		{"", "text/plain; charset=utf-8"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) text = g_string_new(cases[i].text);
		g_assert_cmpstr(document_kind(text)->type, ==, cases[i].type);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/order/refused", test_refused);
	g_test_add_func("/order/values", test_values);
	g_test_add_func("/order/files", test_files);
	g_test_add_func("/order/shapes", test_shapes);
	g_test_add_func("/order/input", test_input);
	g_test_add_func("/order/usage", test_usage);
	g_test_add_func("/order/new-parameter", test_new_parameter);
	g_test_add_func("/order/fields", test_fields);
	g_test_add_func("/order/documents", test_documents);
	return g_test_run();
}
