/* test-api.c - the API without sockets: methods, tokens of forms, errors as JSON, what reads and what changes.
 */
#include "visiting.h"

#include <facts/json-value.h>
#include <string.h>

/* The object of an answer; free with json_document_free. */
static JsonDocument *read_answer(const VisitAnswer *answer)
{
	JsonDocument *document = NULL;
	g_autoptr(GError) error = NULL;
	if (!json_document_parse(answer->text, strlen(answer->text), 1 << 24, &document, &error))
		g_error("%s: %s", error->message, answer->text);
	return document;
}

/* An error's word, where it is, or "" where there is none. */
static char *error_of(const VisitAnswer *answer, const char *key)
{
	g_autoptr(JsonDocument) document = read_answer(answer);
	const JsonValue *error = json_value_find(json_document_get_root(document), "error");
	return g_strdup(json_value_get_string(error, key) == NULL ? "" : json_value_get_string(error, key));
}

static VisitAnswer post(Visiting *visiting, const char *op, const char *json)
{
	g_autofree char *what = g_strconcat("POST /api/v1/", op, NULL);
	return visiting_ask(visiting, what, &(VisitAs){.body = json, .content_type = "application/json"});
}

static void test_statuses(void)
{
	static const struct {
		const char *name, *what, *json;
		unsigned status;
		const char *code;
	} cases[] = {
		{"reading by GET", "GET /api/v1/today", NULL, 200, ""},
		{"reading by HEAD", "HEAD /api/v1/today", NULL, 200, ""},
		{"reading by POST", "POST /api/v1/today", "{}", 200, ""},
		{"a query", "GET /api/v1/list?opportunity=glo&limit=5", NULL, 200, ""},
		{"a query nobody knows", "GET /api/v1/list?oportunity=glo", NULL, 422, "invalid"},
		{"a change by GET", "GET /api/v1/add?company=Globex", NULL, 405, "invalid"},
		{"a change by GET of what can read", "GET /api/v1/people?opportunity=1&person=finn&name=X", NULL, 405,
		 "invalid"},
		{"a change", "POST /api/v1/add", "{\"company\":\"Globex\"}", 200, ""},
		{"a key nobody knows", "POST /api/v1/add", "{\"company\":\"Globex\",\"positon\":\"x\"}", 422, "invalid"},
		{"no JSON", "POST /api/v1/add", "{\"company\":", 422, "invalid"},
		{"twice the same", "POST /api/v1/add", "{\"company\":\"Globex\"} {}", 422, "invalid"},
		{"what there is not", "POST /api/v1/outcome", "{\"opportunity\":\"zzz\",\"outcome\":\"offer\"}", 404,
		 "missing"},
		{"what cannot be now", "POST /api/v1/delete", "{\"opportunity\":\"Globex\"}", 409, "conflict"},
		{"no such op", "GET /api/v1/nothing", NULL, 404, "missing"},
		{"what is for the command line", "POST /api/v1/backup", "{}", 404, "missing"},
		{"no such path", "GET /api/v1/today/now", NULL, 404, "missing"},
		{"another version", "GET /api/v2/today", NULL, 404, "missing"},
	};
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		const VisitAs as = {.body = cases[i].json, .content_type = "application/json"};
		g_auto(VisitAnswer) answer = visiting_ask(visiting, cases[i].what, &as);
		g_autofree char *code = error_of(&answer, "code");
		g_assert_cmpuint(answer.response.status, ==, cases[i].status);
		g_assert_cmpstr(code, ==, cases[i].code);
		g_assert_cmpstr(answer.response.content_type, ==, "application/json");
	}
}

static void test_who_may(void)
{
	static const struct {
		const char *name;
		VisitAs as;
		unsigned status;
	} cases[] = {
		{"a stranger", {.stranger = true}, 401},
		{"a stranger with some token", {.stranger = true, .authorization = "Bearer abc"}, 401},
		{"a stranger with no token", {.stranger = true, .authorization = "Bearer "}, 401},
		{"another way to say who one is", {.stranger = true, .authorization = "Basic YTpi"}, 401},
		{"without the form's token", {.bare = true}, 403},
		{"with another one", {.bare = true, .csrf_header = "aaaa"}, 403},
		{"from another site", {.origin = "https://evil.example"}, 403},
		{"from a page of ours", {.origin = "http://127.0.0.1:7474"}, 200},
		{"another host", {.host = "evil.example"}, 421},
		{"a text that is no JSON by its type", {.content_type = "text/plain"}, 422},
		{"a type that only begins so", {.content_type = "application/jsonp"}, 422},
		{"a type with its letters said", {.content_type = "application/json; charset=utf-8"}, 200},
	};
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		VisitAs as = cases[i].as;
		g_test_message("%s", cases[i].name);
		as.body = "{\"company\":\"Globex\"}";
		as.content_type = as.content_type == NULL ? "application/json" : as.content_type;
		g_auto(VisitAnswer) answer = visiting_ask(visiting, "POST /api/v1/add", &as);
		g_assert_cmpuint(answer.response.status, ==, cases[i].status);
		if (cases[i].status == 401)
			g_assert_cmpstr(visit_answer_header(&answer, "WWW-Authenticate"), ==, "Bearer");
	}
}

/* Every op, with nothing and with something nobody knows: JSON comes back, and no fault of ours. */
static void test_every_op(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	for (const Op *op = op_table(); op->name != NULL; op++) {
		static const char *const bodies[] = {
			"{}", "{\"nobody-knows\":1}", "{\"input\":\"\"}", "{\"ndjson\":true}", NULL};
		for (const char *const *body = bodies; *body != NULL; body++) {
			g_test_message("%s %s", op->name, *body);
			g_auto(VisitAnswer) answer = post(visiting, op->name, *body);
			if (answer.response.kind == RESPONSE_WAIT)
				continue;
			g_assert_nonnull(answer.response.content_type);
			if (strstr(answer.text, "there are no modules here") == NULL)
				g_assert_cmpuint(answer.response.status, <, 500);
			if (strcmp(answer.response.content_type, "application/json") == 0)
				json_document_free(read_answer(&answer));
		}
	}
}

static void test_results(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	g_auto(VisitAnswer) put = post(
		visiting, "interview",
		"{\"opportunity\":\"Globex\",\"when\":\"today 5am\",\"with\":[\"Huck Finn <finn@globex.example>\",\"Ada "
		"Okoro\"]}");
	g_assert_cmpuint(put.response.status, ==, 200);
	g_auto(VisitAnswer) shown = visiting_ask(visiting, "GET /api/v1/show?opportunity=globex", NULL);
	g_autoptr(JsonDocument) story = read_answer(&shown);
	g_assert_cmpuint(json_value_get_length(json_value_find(json_document_get_root(story), "people")), ==, 2);
	g_assert_cmpstr(visit_answer_header(&shown, "Cache-Control"), ==, "no-store");
	g_auto(VisitAnswer) sheet = post(visiting, "export", "{\"format\":\"csv\"}");
	g_assert_cmpstr(sheet.response.content_type, ==, "text/plain; charset=utf-8");
	g_assert_nonnull(strstr(sheet.text, "Globex"));
	g_auto(VisitAnswer) by_form =
		visiting_ask(visiting, "POST /api/v1/add", &(VisitAs){.form = "company=Initech&position=Clerk"});
	g_assert_cmpuint(by_form.response.status, ==, 200);
}

/* The plumbing: what is piped in on the command line comes under a key. */
static void test_plumbing(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	g_auto(VisitAnswer) plan = post(
		visiting, "plan",
		"{\"playbook\":\"standard\",\"input\":{\"version\":1,\"timezone\":\"America/Phoenix\",\"opportunity\":"
		"{\"company\":\"Globex\"},\"people\":[{\"id\":\"finn\",\"name\":\"Huck Finn\",\"role\":\"hr\"}],\"interviews\":"
		"[{\"id\":\"one\",\"kind\":\"panel\",\"start\":\"2026-11-23T10:00\",\"end\":\"2026-11-23T11:00\",\"with\":"
		"[\"finn\"]}]}}");
	g_autoptr(JsonDocument) told = read_answer(&plan);
	g_assert_cmpstr(json_value_get_string(json_document_get_root(told), "playbook"), ==, "standard");
	g_auto(VisitAnswer) review =
		post(visiting, "review", "{\"input\":\"Dear [NAME], thank you\",\"step\":\"thank-you\"}");
	g_autoptr(JsonDocument) findings = read_answer(&review);
	g_assert_cmpuint(review.response.status, ==, 200); /* the findings are the result, errors or not */
	g_assert_cmpuint(json_value_get_length(json_value_find(json_document_get_root(findings), "findings")), >, 0);
#define NOTE                                                                                                           \
	"Dear Mr. Finn,\\n\\nThank you for the talk on Tuesday about moving the forecast off spreadsheets. It stayed "     \
	"with me on "                                                                                                      \
	"the way home how the team reviews each other's queries before anybody runs them.\\n\\nAna Reyes\\n"
	g_auto(VisitAnswer) others = post(
		visiting, "review",
		"{\"input\":\"" NOTE "\",\"step\":\"thank-you\",\"others\":[{\"name\":\"ada\",\"text\":\"" NOTE "\"}]}");
	g_assert_nonnull(strstr(others.text, "alike"));
}

/* What talks to a server waits for a process of its own; here that one fails at once. */
static void test_slow(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	g_auto(VisitAnswer) sent = post(visiting, "send", "{}");
	g_assert_cmpint(sent.response.kind, ==, RESPONSE_WAIT);
	g_assert_nonnull(sent.response.job);
	g_auto(VisitAnswer) placed = post(visiting, "send", "{\"person\":\"finn\"}");
	g_assert_cmpuint(placed.response.status, ==, 422); /* a person without the opportunity cannot be said by place */
	for (int tries = 0; !sent.response.job->is_done && tries < 1000; tries++) {
		g_usleep(5000);
		jobs_tend(visiting->desk->jobs);
	}
	g_autoptr(GError) error = NULL;
	g_assert_true(job_get_failure(sent.response.job, &error));
	g_assert_cmpstr(error->message, ==, "The command came to no end; what it did is on record.");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/api/statuses", test_statuses);
	g_test_add_func("/api/who-may", test_who_may);
	g_test_add_func("/api/every-op", test_every_op);
	g_test_add_func("/api/results", test_results);
	g_test_add_func("/api/plumbing", test_plumbing);
	g_test_add_func("/api/slow", test_slow);
	return g_test_run();
}
