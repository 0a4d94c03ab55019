/* test-access.c - who may come in and how far: the password and how often it may be tried, tokens, the calendar's
 * address.
 */
#include "password.h"
#include "tries.h"
#include "visiting.h"

#include <base/error.h>
#include <string.h>

/* ---- tries ---- */

static void fail_often(Tries *tries, const char *address, int times, int64_t now)
{
	for (int i = 0; i < times; i++)
		tries_fail(tries, address, now);
}

static void test_tries(void)
{
	static const struct {
		const char *name;
		int wrong;
		int64_t wait;
	} cases[] = {
		{"none", 0, 0},   {"a slip", 1, 0},    {"four", 4, 0},        {"five", 5, 4},     {"six", 6, 8},
		{"ten", 10, 128}, {"twelve", 12, 512}, {"thirteen", 13, 900}, {"forty", 40, 900},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Tries *tries = tries_new();
		g_test_message("%s", cases[i].name);
		fail_often(tries, "192.0.2.7", cases[i].wrong, 1000);
		g_assert_cmpint(tries_wait(tries, "192.0.2.7", 1000), ==, cases[i].wait);
		g_assert_cmpint(tries_wait(tries, "192.0.2.8", 1000), ==, 0);
		g_assert_cmpint(tries_wait(tries, "192.0.2.7", 1000 + cases[i].wait), ==, 0);
		tries_free(tries);
	}
}

static void test_tries_fade(void)
{
	Tries *tries = tries_new();
	fail_often(tries, "192.0.2.7", 8, 1000);
	tries_fail(tries, "192.0.2.7", 1000 + 3601);
	g_assert_cmpint(tries_wait(tries, "192.0.2.7", 4601), ==, 0); /* an hour without one: it begins anew */
	fail_often(tries, "192.0.2.7", 8, 5000);
	tries_succeed(tries, "192.0.2.7");
	g_assert_cmpint(tries_wait(tries, "192.0.2.7", 5000), ==, 0);
	tries_free(tries);
}

/* Many addresses help nobody, and shut nobody out for long. */
static void test_tries_of_all(void)
{
	Tries *tries = tries_new();
	for (int i = 0; i < 6000; i++) {
		g_autofree char *address = g_strdup_printf("198.51.%d.%d", i / 256, i % 256);
		tries_fail(tries, address, 1000);
	}
	g_assert_cmpint(tries_wait(tries, "192.0.2.7", 1000), ==, 30);
	g_assert_cmpint(tries_wait(tries, "192.0.2.7", 1030), ==, 0);
	tries_free(tries);
}

static void test_tries_networks(void)
{
	static const struct {
		const char *one, *other;
		bool same;
	} cases[] = {
		{"2001:db8::1", "2001:db8::2", true},
		{"2001:db8::1", "2001:db8:0:0:ffff::1", true},
		{"2001:db8:0:1::1", "2001:db8:0:2::1", false},
		{"::ffff:192.0.2.7", "::ffff:192.0.2.8", false},
		{"192.0.2.7", "192.0.2.70", false},
		{"", "192.0.2.7", false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Tries *tries = tries_new();
		fail_often(tries, cases[i].one, 5, 1000);
		g_assert_cmpint(tries_wait(tries, cases[i].other, 1000) > 0, ==, cases[i].same);
		tries_free(tries);
	}
}

/* ---- the password ---- */

static void test_password(void)
{
	static const struct {
		const char *name, *password;
		bool good;
	} cases[] = {
		{"ten characters", "0123456789", true},
		{"nine", "012345678", false},
		{"ten that are not ASCII", "\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4", true},
		{"five that are ten bytes", "\u00e4\u00e4\u00e4\u00e4\u00e4", false},
		{"no UTF-8", "0123456789\xff", false},
		{"nothing", "", false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *kept = NULL;
		g_autoptr(GError) error = NULL;
		g_test_message("%s", cases[i].name);
		g_assert_cmpint(password_make(cases[i].password, &kept, &error), ==, cases[i].good);
		if (!cases[i].good)
			g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		else
			g_assert_true(g_str_has_prefix(kept, "$argon2id$"));
	}
	g_autofree char *kept = NULL, *again = NULL;
	g_assert_true(password_make("correct horse battery", &kept, NULL));
	g_assert_true(password_make("correct horse battery", &again, NULL));
	g_assert_cmpstr(kept, !=, again); /* salted */
	g_assert_true(password_check(kept, "correct horse battery"));
	g_assert_false(password_check(kept, "correct horse batter"));
	g_assert_false(password_check(kept, ""));
	g_assert_false(password_check("", ""));
	g_assert_false(password_check("$argon2id$nonsense", "correct horse battery"));
}

static void set_password(Visiting *visiting, const char *password)
{
	g_autofree char *kept = NULL;
	g_assert_true(password_make(password, &kept, NULL));
	g_assert_true(app_password_save(visiting->app, kept, NULL));
}

static VisitAnswer sign_in(Visiting *visiting, const char *form, const char *origin)
{
	return visiting_ask(
		visiting, "POST /sign-in", &(VisitAs){.form = form, .origin = origin, .stranger = true, .bare = true});
}

static void test_sign_in(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_auto(VisitAnswer) none = sign_in(visiting, "password=correct+horse+battery", NULL);
	g_assert_cmpuint(none.response.status, ==, 404); /* there is none */
	set_password(visiting, "correct horse battery");
	g_auto(VisitAnswer) asked = visiting_ask(visiting, "GET /o/3/write?to=finn", &(VisitAs){.stranger = true});
	g_assert_cmpuint(asked.response.status, ==, 401);
	g_assert_nonnull(strstr(asked.text, "name=\"next\" value=\"/o/3/write?to=finn\""));
	g_auto(VisitAnswer) wrong = sign_in(visiting, "password=correct+horse+batterie&next=/do", NULL);
	g_assert_cmpuint(wrong.response.status, ==, 403);
	g_assert_null(visit_answer_header(&wrong, "Set-Cookie"));
	g_assert_null(strstr(wrong.text, "batterie")); /* what was typed is not sent back */
	g_auto(VisitAnswer) forged = sign_in(visiting, "password=correct+horse+battery", "https://evil.example");
	g_assert_cmpuint(forged.response.status, ==, 403);
	g_auto(VisitAnswer) away = sign_in(visiting, "password=correct+horse+battery&next=//evil.example", NULL);
	g_assert_cmpstr(visit_answer_header(&away, "Location"), ==, "/");
	g_auto(VisitAnswer) good = sign_in(visiting, "password=correct+horse+battery&next=/do", NULL);
	g_assert_cmpuint(good.response.status, ==, 303);
	g_assert_cmpstr(visit_answer_header(&good, "Location"), ==, "/do");
	const char *cookie = visit_answer_header(&good, "Set-Cookie");
	visiting->cookie = g_strndup(cookie, strcspn(cookie, ";"));
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET /", NULL);
	g_assert_cmpuint(page.response.status, ==, 200);
}

static void test_sign_in_limit(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	set_password(visiting, "correct horse battery");
	for (int i = 0; i < 5; i++) {
		g_auto(VisitAnswer) wrong = sign_in(visiting, "password=wrong", NULL);
		g_assert_cmpuint(wrong.response.status, ==, 403);
	}
	g_auto(VisitAnswer) refused = sign_in(visiting, "password=correct+horse+battery", NULL);
	g_assert_cmpuint(refused.response.status, ==, 429);
	g_assert_nonnull(visit_answer_header(&refused, "Retry-After"));
	g_assert_nonnull(strstr(refused.text, "try again in"));
}

static void test_new_password(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_autofree char *kept = NULL, *after = NULL;
	visiting_enter(visiting);
	g_autofree char *other = g_strdup(visiting->cookie);
	visiting_enter(visiting);
	g_auto(VisitAnswer) unlike = visiting_ask(
		visiting, "POST /settings/password", &(VisitAs){.form = "password=one+two+three&again=one+two+four"});
	g_assert_cmpuint(unlike.response.status, ==, 303);
	g_assert_true(app_password_load(visiting->app, &kept, NULL));
	g_assert_null(kept);
	g_auto(VisitAnswer) set = visiting_ask(
		visiting, "POST /settings/password", &(VisitAs){.form = "password=one+two+three&again=one+two+three"});
	g_assert_cmpuint(set.response.status, ==, 303);
	g_assert_true(app_password_load(visiting->app, &after, NULL));
	g_assert_true(password_check(after, "one two three"));
	g_auto(VisitAnswer) own = visiting_ask(visiting, "GET /", NULL);
	g_auto(VisitAnswer) others = visiting_ask(visiting, "GET /", &(VisitAs){.cookie = other});
	g_assert_cmpuint(own.response.status, ==, 200);
	g_assert_cmpuint(others.response.status, ==, 401);
}

/* ---- tokens ---- */

static char *new_token(Visiting *visiting, bool may_send)
{
	g_autofree char *secret = session_make_secret();
	int64_t number = 0;
	const AccessOffer offer = {
		.secret = secret, .name = "a program", .is_token = true, .may_send = may_send, .expires_at = TIME_NONE};
	g_assert_true(app_access_add(visiting->app, &offer, &number, NULL));
	return g_strconcat("Bearer ", secret, NULL);
}

static void test_tokens(void)
{
	static const struct {
		const char *what, *json;
		unsigned proposes, sends;
	} cases[] = {
		{"GET /api/v1/today", NULL, 200, 200},
		{"GET /api/v1/openapi.json", NULL, 200, 200},
		{"POST /api/v1/add", "{\"company\":\"Globex\"}", 200, 200},
		{"POST /api/v1/draft", "{\"opportunity\":\"Globex\"}", 200, 200},
		{"POST /api/v1/approve", "{\"opportunity\":\"Globex\",\"all\":true}", 403, 404},
		{"POST /api/v1/settle", "{\"opportunity\":\"Globex\",\"person\":\"x\",\"answer\":\"sent\"}", 403, 404},
		{"POST /api/v1/delete", "{\"opportunity\":\"Initech\"}", 403, 404},
		{"POST /api/v1/config", "{\"topic\":\"mail\",\"secret-command\":\"id\",\"no-probe\":true}", 403, 403},
		{"POST /api/v1/config", "{\"topic\":\"mail\",\"host\":\"x\",\"no-probe\":true}", 403, 409},
		{"POST /api/v1/config", "{\"topic\":\"reminders\",\"desktop\":\"no\"}", 403, 200},
		{"POST /api/v1/config", "{\"topic\":\"me\",\"skill\":[\"SQL\"]}", 200, 200},
		{"POST /api/v1/access", "{\"action\":\"token\",\"name\":\"another\",\"may-send\":true}", 403, 403},
		{"GET /api/v1/access", NULL, 403, 403},
		{"POST /api/v1/config", "{\"topic\":\"desk\",\"no-password\":true}", 403, 403},
		{"GET /", NULL, 401, 401},
		{"GET /settings/access", NULL, 401, 401},
		{"POST /do/add", NULL, 401, 401},
		{"GET /events", NULL, 401, 401},
		{"POST /settings/feed", NULL, 401, 401},
	};
	g_autoptr(Visiting) visiting = visiting_new();
	g_autofree char *proposes = new_token(visiting, false), *sends = new_token(visiting, true);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		VisitAs as = {.stranger = true, .authorization = proposes, .body = cases[i].json};
		g_test_message("%s %s", cases[i].what, cases[i].json == NULL ? "" : cases[i].json);
		as.content_type = "application/json";
		g_auto(VisitAnswer) one = visiting_ask(visiting, cases[i].what, &as);
		as.authorization = sends;
		g_auto(VisitAnswer) other = visiting_ask(visiting, cases[i].what, &as);
		g_assert_cmpuint(one.response.status, ==, cases[i].proposes);
		g_assert_cmpuint(other.response.status, ==, cases[i].sends);
	}
}

/* A token that came along with a cookie has a program's rights, not the browser's. */
static void test_token_beside_cookie(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_autofree char *proposes = new_token(visiting, false);
	visiting_enter(visiting);
	g_auto(VisitAnswer) answer = visiting_ask(
		visiting, "POST /api/v1/approve",
		&(VisitAs){.authorization = proposes, .body = "{}", .content_type = "application/json"});
	g_assert_cmpuint(answer.response.status, ==, 403);
}

static void test_ended_token(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_autofree char *token = new_token(visiting, true);
	const VisitAs as = {.stranger = true, .authorization = token};
	g_auto(VisitAnswer) before = visiting_ask(visiting, "GET /api/v1/today", &as);
	g_assert_cmpuint(before.response.status, ==, 200);
	visiting_run(visiting, "access", "action", "end", "all", NULL, NULL);
	g_auto(VisitAnswer) after = visiting_ask(visiting, "GET /api/v1/today", &as);
	g_assert_cmpuint(after.response.status, ==, 401);
}

/* ---- the page, and the calendar's address ---- */

static void test_page(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	g_autofree char *token = new_token(visiting, true);
	visiting_enter(visiting);
	g_auto(VisitAnswer) page = visiting_ask(visiting, "GET /settings/access", NULL);
	g_assert_cmpuint(page.response.status, ==, 200);
	g_assert_nonnull(strstr(page.text, "a browser"));
	g_assert_nonnull(strstr(page.text, "this browser"));
	g_assert_nonnull(strstr(page.text, "a program"));
	g_assert_nonnull(strstr(page.text, "may send"));
	g_assert_null(strstr(page.text, token + strlen("Bearer ")));
}

/* How a browser is called on the page, by what it says of itself. */
static void test_names(void)
{
	static const struct {
		const char *agent, *name;
	} cases[] = {
		{"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"},
		{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
		 "Chrome on Linux"},
		{"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Safari/604.1",
		 "Safari on an iPhone"},
		{"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome on Android"},
		{"lynx", "lynx"},
		{NULL, "a browser"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Visiting) visiting = visiting_new();
		g_autoptr(GPtrArray) list = NULL;
		Session *session = NULL;
		g_assert_true(sessions_begin(visiting->desk->sessions, &(Request){.agent = cases[i].agent}, &session, NULL));
		g_assert_true(app_access_list(visiting->app, &list, NULL));
		g_assert_cmpstr(((AccessEntry *)g_ptr_array_index(list, 0))->name, ==, cases[i].name);
	}
}

/* The address as the page shows it, from its path on. Free with g_free. */
static char *new_feed(Visiting *visiting)
{
	g_auto(VisitAnswer) answer = visiting_ask(visiting, "POST /settings/feed", &(VisitAs){.form = ""});
	const char *begin = strstr(answer.text, "http://" TEST_HOST "/calendar/");
	g_assert_nonnull(begin);
	begin += strlen("http://" TEST_HOST);
	return g_strndup(begin, strcspn(begin, "<"));
}

static unsigned ask_feed(Visiting *visiting, const char *path)
{
	g_autofree char *what = g_strconcat("GET ", path, NULL);
	g_auto(VisitAnswer) answer = visiting_ask(visiting, what, &(VisitAs){.stranger = true});
	return answer.response.status;
}

static void test_feed(void)
{
	g_autoptr(Visiting) visiting = visiting_new();
	visiting_enter(visiting);
	g_autofree char *first = new_feed(visiting);
	g_assert_true(g_str_has_suffix(first, ".ics"));
	g_assert_cmpuint(
		ask_feed(visiting, first), ==, 500); /* found; what writes calendars is a module, not loaded here */
	g_autofree char *second = new_feed(visiting);
	g_assert_cmpuint(ask_feed(visiting, first), ==, 404);
	g_assert_cmpuint(ask_feed(visiting, second), ==, 500);
	g_autofree char *bare = g_strndup(second, strlen(second) - strlen(".ics"));
	g_assert_cmpuint(ask_feed(visiting, bare), ==, 404);
	g_assert_cmpuint(ask_feed(visiting, "/calendar/.ics"), ==, 404);
	g_assert_cmpuint(ask_feed(visiting, "/calendar/x.ics"), ==, 404);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/access/tries", test_tries);
	g_test_add_func("/access/tries-fade", test_tries_fade);
	g_test_add_func("/access/tries-of-all", test_tries_of_all);
	g_test_add_func("/access/tries-networks", test_tries_networks);
	g_test_add_func("/access/password", test_password);
	g_test_add_func("/access/sign-in", test_sign_in);
	g_test_add_func("/access/sign-in-limit", test_sign_in_limit);
	g_test_add_func("/access/new-password", test_new_password);
	g_test_add_func("/access/tokens", test_tokens);
	g_test_add_func("/access/token-beside-cookie", test_token_beside_cookie);
	g_test_add_func("/access/ended-token", test_ended_token);
	g_test_add_func("/access/page", test_page);
	g_test_add_func("/access/names", test_names);
	g_test_add_func("/access/feed", test_feed);
	return g_test_run();
}
