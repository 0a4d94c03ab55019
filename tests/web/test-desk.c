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
		g_auto(VisitAnswer) forged = visiting_ask(visiting, what, &(VisitAs){.cookie = "followup-7474=AAAA"});
		g_assert_cmpuint(forged.response.status, ==, 401);
	}
	g_auto(VisitAnswer) nowhere = visiting_ask(visiting, "GET /nowhere", &(VisitAs){.stranger = true});
	g_assert_cmpuint(nowhere.response.status, ==, 401); /* who is not signed in learns nothing of what there is */
}

/* Asks to be let in by a key; *ret_cookie is what the browser then shows, or NULL. */
static unsigned enter(Visiting *visiting, const char *method, const char *key, char **ret_cookie)
{
	g_autofree char *what = g_strdup_printf("%s /enter?key=%s", method, key);
	g_auto(VisitAnswer) answer = visiting_ask(visiting, what, &(VisitAs){.stranger = true});
	*ret_cookie = g_strdup(visit_answer_header(&answer, "Set-Cookie"));
	return answer.response.status;
}

static char *new_link(Visiting *visiting)
{
	char *key = NULL;
	g_assert_true(sessions_new_link(visiting->desk->sessions, &key, NULL));
	return key;
}

static void test_link(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_autofree char *key = new_link(visiting), *cookie = NULL, *again = NULL;
	static const char *const wrong[] = {"", "x", "link:x", "%00", NULL};
	for (int i = 0; wrong[i] != NULL; i++) {
		g_autofree char *none = NULL;
		if (strcmp(wrong[i], "%00") != 0)
			g_assert_cmpuint(enter(visiting, "GET", wrong[i], &none), ==, 409);
		g_assert_null(none);
	}
	g_assert_cmpuint(enter(visiting, "GET", key, &cookie), ==, 303);
	g_assert_true(g_str_has_prefix(cookie, "followup-7474="));
	g_assert_nonnull(strstr(cookie, "; HttpOnly"));
	g_assert_nonnull(strstr(cookie, "; SameSite=Strict"));
	g_assert_null(strstr(cookie, "Secure"));
	g_assert_cmpuint(enter(visiting, "GET", key, &again), ==, 409);
	g_assert_null(again);
}

/* Whoever looks at what a link is has not opened it. */
static void test_link_head(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_autofree char *key = new_link(visiting), *none = NULL, *cookie = NULL;
	enter(visiting, "HEAD", key, &none);
	g_assert_null(none);
	g_assert_cmpuint(enter(visiting, "GET", key, &cookie), ==, 303);
}

/* What lets somebody in by one way lets nobody in by another. */
static void test_secrets_apart(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_autofree char *key = new_link(visiting), *token = session_make_secret(), *feed = NULL;
	int64_t number = 0;
	const AccessOffer offer = {.secret = token, .name = "a program", .is_token = true, .expires_at = TIME_NONE};
	g_assert_true(app_access_add(visiting->app, &offer, &number, NULL));
	g_assert_true(sessions_new_feed(visiting->desk->sessions, &feed, NULL));
	visiting_enter(visiting);
	g_autofree char *session = g_strdup(strchr(visiting->cookie, '=') + 1);
	const char *const secrets[] = {key, token, feed, session};
	for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++) {
		const char *const marks[] = {"", "link:", "feed:"};
		for (size_t j = 0; j < G_N_ELEMENTS(marks); j++) {
			g_autofree char *cookie = g_strconcat("followup-7474=", marks[j], secrets[i], NULL);
			g_autofree char *bearer = g_strconcat("Bearer ", marks[j], secrets[i], NULL);
			g_autofree char *calendar = g_strconcat("GET /calendar/", marks[j], secrets[i], ".ics", NULL);
			g_auto(VisitAnswer) by_cookie = visiting_ask(visiting, "GET /api/v1/today", &(VisitAs){.cookie = cookie});
			g_auto(VisitAnswer) by_token =
				visiting_ask(visiting, "GET /api/v1/today", &(VisitAs){.stranger = true, .authorization = bearer});
			g_auto(VisitAnswer) by_address = visiting_ask(visiting, calendar, &(VisitAs){.stranger = true});
			bool plain = j == 0;
			g_assert_cmpuint(by_cookie.response.status, ==, plain && secrets[i] == session ? 200 : 401);
			g_assert_cmpuint(by_token.response.status, ==, plain && secrets[i] == token ? 200 : 401);
			g_assert_cmpint(by_address.response.status == 404, ==, !plain || secrets[i] != feed);
		}
	}
}

/* A desk that is opened again signs nobody out, and its forms are the same. */
static void test_reopened(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_autoptr(GError) error = NULL;
	visiting_enter(visiting);
	desk_free(visiting->desk);
	visiting->desk = desk_new(visiting->app, &visiting->setup, 7474, &error);
	g_assert_no_error(error);
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET /", NULL);
	g_assert_cmpuint(page.response.status, ==, 200);
	g_auto(VisitAnswer) form = visiting_ask(visiting, "POST /do/add", &(VisitAs){.form = "company=Globex"});
	g_assert_cmpuint(form.response.status, ==, 200);
}

/* The newest are kept, and who is ended elsewhere is out at once. */
static void test_many(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_autoptr(GPtrArray) list = NULL;
	visiting_enter(visiting);
	g_autofree char *first = g_strdup(visiting->cookie);
	for (int i = 0; i < 70; i++)
		visiting_enter(visiting);
	g_assert_true(app_access_list(visiting->app, &list, NULL));
	g_assert_cmpuint(list->len, <=, 64);
	g_auto(VisitAnswer) own = visiting_ask(visiting, "GET /", NULL);
	g_assert_cmpuint(own.response.status, ==, 200);
	visiting_run(visiting, "access", "action", "end", "all", NULL, NULL);
	g_auto(VisitAnswer) ended = visiting_ask(visiting, "GET /", NULL);
	g_assert_cmpuint(ended.response.status, ==, 401);
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
		{"GET /playbooks/standard", 200},
		{"GET /playbooks/%2Fetc%2Fpasswd", 422},
		{"GET /playbooks/..%2F..%2Fetc%2Fpasswd", 422},
		{"GET /playbooks/mine.playbook", 422},
		{"GET /playbooks/mine", 404},
		{"GET /compare?one=standard&other=seven-steps", 200},
		{"GET /compare?one=standard&other=%2Fetc%2Fpasswd", 422},
		{"GET /compare?one=~%2Fx&other=standard", 422},
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

/* More opportunities than the board shows can be reached: a part after the other, or by name. */
static void test_board_in_parts(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	for (int i = 0; i < 405; i++) {
		g_autofree char *company = g_strdup_printf("Globex %03d", i);
		visiting_run(visiting, "add", "company", company, NULL);
	}
	static const struct {
		const char *name, *what, *has, *lacks;
	} cases[] = {
		{"the first part", "GET /board", "1 to 400 of 405, by name", "Globex 400"},
		{"where the next is", "GET /board", "href=\"/board?find=&amp;offset=400\"", ">Before<"},
		{"the last part", "GET /board?offset=400", "401 to 405 of 405, by name", ">More<"},
		{"the way back", "GET /board?offset=400", "href=\"/board?find=&amp;offset=0\"", "Globex 399"},
		{"by name", "GET /board?find=globex+40", "1 to 5, by name", "Globex 399"},
		{"a name that nothing has", "GET /board?find=initech", "Nothing begins like that.", "Globex"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_auto(VisitAnswer) answer = visiting_ask(visiting, cases[i].what, NULL);
		g_assert_cmpuint(answer.response.status, ==, 200);
		g_assert_nonnull(strstr(answer.text, cases[i].has));
		g_assert_null(strstr(answer.text, cases[i].lacks));
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
	g_test_add_func("/desk/secrets-apart", test_secrets_apart);
	g_test_add_func("/desk/reopened", test_reopened);
	g_test_add_func("/desk/many", test_many);
	g_test_add_func("/desk/leave", test_leave);
	g_test_add_func("/desk/forged-forms", test_forged_forms);
	g_test_add_func("/desk/routes", test_routes);
	g_test_add_func("/desk/board-in-parts", test_board_in_parts);
	g_test_add_func("/desk/errors", test_errors);
	g_test_add_func("/desk/done", test_done);
	g_test_add_func("/desk/flash", test_flash);
	g_test_add_func("/desk/kept", test_kept);
	return g_test_run();
}
