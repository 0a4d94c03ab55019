/* test-desk.c - the way of one request: who asks, from where, may they, and what answers.
 */
#include "route.h"
#include "visiting.h"

#include <string.h>

static void test_hosts(void)
{
	static const struct {
		const char *host;
		unsigned status;
	} cases[] = {
		{"127.0.0.1:7474", 200},
		{"localhost:7474", 200},
		{"LOCALHOST:7474", 200},
		{"[::1]:7474", 200},
		{"localhost", 200},
		{"desk.globex.example", 200},
		{"desk.globex.example:7474", 200},
		{"127.0.0.1:7475", 421},
		{"evil.example", 421},
		{"evil.example:7474", 421},
		{"localhost.evil.example:7474", 421},
		{"127.0.0.1:7474.evil.example", 421},
		{"", 421},
		{"127.0.0.1:7474@evil", 421},
		{"127.0.0.1:74740", 421},
	};
	g_autoptr(Visiting) visiting = visiting_new();
	g_ptr_array_add(visiting->desk->hosts, g_strdup("desk.globex.example"));
	g_ptr_array_add(visiting->desk->hosts, g_strdup("desk.globex.example:7474"));
	visiting_enter(visiting);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].host);
		g_auto(VisitAnswer) answer = visiting_ask(visiting, "GET /", &(VisitAs){.host = cases[i].host});
		g_assert_cmpuint(answer.response.status, ==, cases[i].status);
	}
}

static void test_strangers(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	for (const Route *route = route_table(); route->method != NULL; route++) {
		if ((route->flags & ROUTE_OPEN) != 0)
			continue;
		g_auto(GStrv) parts = g_strsplit(route->pattern, ":", -1);
		g_autofree char *path = g_strjoinv("1", parts), *what = g_strconcat(route->method, " ", path, NULL);
		g_test_message("%s", what);
		g_auto(VisitAnswer) answer = visiting_ask(visiting, what, &(VisitAs){.stranger = true});
		g_assert_cmpuint(answer.response.status, ==, 401);
		g_auto(VisitAnswer) forged = visiting_ask(visiting, what, &(VisitAs){.cookie = "followup=AAAA"});
		g_assert_cmpuint(forged.response.status, ==, 401);
	}
	g_auto(VisitAnswer) nowhere = visiting_ask(visiting, "GET /nowhere", &(VisitAs){.stranger = true});
	g_assert_cmpuint(nowhere.response.status, ==, 401); /* who is not signed in learns nothing of what there is */
}

static void test_link(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_autofree char *old = sessions_new_link(visiting->desk->sessions), *key = NULL;
	key = sessions_new_link(visiting->desk->sessions);
	g_autofree char *by_old = g_strconcat("GET /enter?key=", old, NULL), *by_key = NULL;
	by_key = g_strconcat("GET /enter?key=", key, NULL);
	static const char *const wrong[] = {"GET /enter", "GET /enter?key=", "GET /enter?key=x", NULL};
	for (const char *const *what = wrong; *what != NULL; what++) {
		g_auto(VisitAnswer) answer = visiting_ask(visiting, *what, NULL);
		g_assert_cmpuint(answer.response.status, ==, 409);
	}
	g_auto(VisitAnswer) first = visiting_ask(visiting, by_old, NULL), good = visiting_ask(visiting, by_key, NULL);
	g_assert_cmpuint(first.response.status, ==, 409); /* a newer one took its place */
	g_assert_cmpuint(good.response.status, ==, 303);
	const char *cookie = visit_answer_header(&good, "Set-Cookie");
	g_assert_nonnull(strstr(cookie, "; HttpOnly"));
	g_assert_nonnull(strstr(cookie, "; SameSite=Strict"));
	g_assert_null(strstr(cookie, "Secure"));
	g_auto(VisitAnswer) again = visiting_ask(visiting, by_key, NULL);
	g_assert_cmpuint(again.response.status, ==, 409);
	g_assert_null(visit_answer_header(&again, "Set-Cookie"));
}

/* Whoever looks at what a link is has not opened it. */
static void test_link_head(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_autofree char *key = sessions_new_link(visiting->desk->sessions);
	g_autofree char *head = g_strconcat("HEAD /enter?key=", key, NULL),
					*get = g_strconcat("GET /enter?key=", key, NULL);
	g_auto(VisitAnswer) looked = visiting_ask(visiting, head, NULL), opened = visiting_ask(visiting, get, NULL);
	g_assert_null(visit_answer_header(&looked, "Set-Cookie"));
	g_assert_cmpuint(opened.response.status, ==, 303);
}

static void test_leave(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	g_auto(VisitAnswer) left = visiting_ask(visiting, "POST /leave", NULL);
	g_assert_cmpuint(left.response.status, ==, 200);
	g_assert_nonnull(strstr(visit_answer_header(&left, "Set-Cookie"), "Max-Age=0"));
	g_auto(VisitAnswer) after = visiting_ask(visiting, "GET /", NULL);
	g_assert_cmpuint(after.response.status, ==, 401);
}

static void test_forged_forms(void)
{
	static const struct {
		const char *name;
		VisitAs as;
		unsigned status;
	} cases[] = {
		{"without a token", {.bare = true}, 403},
		{"with another's token", {.bare = true, .form = "company=Globex&csrf=aaaaaaaa"}, 403},
		{"with an empty token", {.bare = true, .form = "company=Globex&csrf="}, 403},
		{"from another site", {.origin = "https://evil.example"}, 403},
		{"from nowhere", {.origin = "null"}, 403},
		{"from another port", {.origin = "http://127.0.0.1:7475"}, 403},
		{"from another scheme", {.origin = "https://127.0.0.1:7474"}, 403},
		{"from another site, which says so otherwise", {.fetch_site = "cross-site"}, 403},
		{"from the same site, but not the same origin", {.fetch_site = "same-site"}, 403},
		{"from a page of ours", {.origin = "http://127.0.0.1:7474", .fetch_site = "same-origin"}, 200},
		{"from a page of ours, which only says so", {.fetch_site = "same-origin"}, 200},
		{"by a browser that says nothing", {.form = "company=Globex"}, 200},
	};
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		VisitAs as = cases[i].as;
		g_test_message("%s", cases[i].name);
		if (as.form == NULL)
			as.form = "company=Globex";
		g_auto(VisitAnswer) answer = visiting_ask(visiting, "POST /do/add", &as);
		g_assert_cmpuint(answer.response.status, ==, cases[i].status);
	}
	g_auto(VisitAnswer) header = visiting_ask(
		visiting, "POST /do/add", &(VisitAs){.bare = true, .form = "company=X", .csrf_header = visiting->csrf});
	g_assert_cmpuint(header.response.status, ==, 200);
}

static void test_routes(void)
{
	static const struct {
		const char *what;
		unsigned status;
	} cases[] = {
		{"GET /", 200},
		{"HEAD /", 200},
		{"GET /do", 200},
		{"GET /do/", 404},
		{"GET /do/add", 200},
		{"GET /do/add/", 404},
		{"GET /do/add/more", 404},
		{"GET /do/nothing", 404},
		{"GET /do/serve", 404},
		{"POST /", 405},
		{"POST /do", 405},
		{"GET /leave", 405},
		{"GET /nowhere", 404},
		{"GET //", 404},
		{"GET /assets/x/../../etc/passwd", 404},
		{"GET /assets/x/nothing.css", 404},
		{"GET /assets/x/desk.css", 200},
		{"GET /favicon.ico", 200},
		{"GET /do/%2e%2e", 404},
		{"GET /do/%0a", 404},
	};
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].what);
		g_auto(VisitAnswer) answer = visiting_ask(visiting, cases[i].what, NULL);
		g_assert_cmpuint(answer.response.status, ==, cases[i].status);
		g_assert_nonnull(answer.response.content_type);
	}
}

/* What does not work is said on the form, which keeps what was typed. */
static void test_errors(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	g_auto(VisitAnswer) unknown =
		visiting_ask(visiting, "POST /do/outcome", &(VisitAs){.form = "opportunity=Initech&outcome=offer&next=/"});
	g_assert_cmpuint(unknown.response.status, ==, 404);
	g_assert_nonnull(strstr(unknown.text, "value=\"Initech\""));
	g_assert_nonnull(strstr(unknown.text, "name=\"next\" value=\"/\""));
	g_auto(VisitAnswer) invalid =
		visiting_ask(visiting, "POST /do/interview", &(VisitAs){.form = "opportunity=Globex&when=someday"});
	g_assert_cmpuint(invalid.response.status, ==, 422);
	g_assert_nonnull(strstr(invalid.text, "role=\"alert\""));
	g_auto(VisitAnswer) yes = visiting_ask(visiting, "POST /do/delete", &(VisitAs){.form = "everything=1"});
	g_assert_cmpuint(yes.response.status, ==, 409);
	g_assert_nonnull(strstr(yes.text, "name=\"yes\""));
}

static void test_done(void)
{
	static const struct {
		const char *name, *form, *location;
	} cases[] = {
		{"where the form says", "company=Globex&next=/do", "/do"},
		{"not where another site says", "company=Globex&next=//evil.example", NULL},
		{"not with a header in it", "company=Globex&next=/%0d%0aSet-Cookie:+a=b", NULL},
	};
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_auto(VisitAnswer) answer = visiting_ask(visiting, "POST /do/add", &(VisitAs){.form = cases[i].form});
		g_assert_cmpuint(answer.response.status, ==, cases[i].location == NULL ? 200 : 303);
		g_assert_cmpstr(visit_answer_header(&answer, "Location"), ==, cases[i].location);
	}
}

/* What was done is said once, on the next page. */
static void test_flash(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	g_auto(VisitAnswer) done = visiting_ask(visiting, "POST /do/add", &(VisitAs){.form = "company=Globex&next=/"});
	g_auto(VisitAnswer) first = visiting_ask(visiting, "GET /", NULL), second = visiting_ask(visiting, "GET /", NULL);
	g_assert_nonnull(strstr(first.text, "class=\"flash"));
	g_assert_null(strstr(second.text, "class=\"flash"));
}

static void test_kept(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	g_auto(VisitAnswer) first = visiting_ask(visiting, "GET /", NULL);
	g_autofree char *etag = g_strdup(visit_answer_header(&first, "ETag"));
	g_assert_nonnull(etag);
	g_auto(VisitAnswer) same = visiting_ask(visiting, "GET /", &(VisitAs){.if_none_match = etag});
	g_assert_cmpuint(same.response.status, ==, 304);
	g_assert_cmpstr(same.text, ==, "");
	visiting_run(visiting, "interview", "opportunity", "Globex", "when", "today 5am", "with", "Huck Finn", NULL);
	g_auto(VisitAnswer) changed = visiting_ask(visiting, "GET /", &(VisitAs){.if_none_match = etag});
	g_assert_cmpuint(changed.response.status, ==, 200);
	g_assert_nonnull(strstr(changed.text, "Globex"));
	/* Another browser has forms of its own. */
	g_autofree char *token = g_strdup(visiting->csrf);
	visiting_enter(visiting);
	g_auto(VisitAnswer) other = visiting_ask(visiting, "GET /", NULL);
	g_assert_null(strstr(other.text, token));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/desk/hosts", test_hosts);
	g_test_add_func("/desk/strangers", test_strangers);
	g_test_add_func("/desk/link", test_link);
	g_test_add_func("/desk/link-head", test_link_head);
	g_test_add_func("/desk/leave", test_leave);
	g_test_add_func("/desk/forged-forms", test_forged_forms);
	g_test_add_func("/desk/routes", test_routes);
	g_test_add_func("/desk/errors", test_errors);
	g_test_add_func("/desk/done", test_done);
	g_test_add_func("/desk/flash", test_flash);
	g_test_add_func("/desk/kept", test_kept);
	return g_test_run();
}
