/* test-access.c - doors let in who shows a secret, and see them now and then; on a real store.
 */
#include "desk.h"

#include <app/access.h>
#include <base/error.h>
#include <string.h>

#define T0 1795190400
#define SECRET "0123456789abcdef0123456789abcdef"

static App *open_app(void)
{
	const AppSetup setup = {.db_path = STORE_MEMORY, .config_dir = "/nonexistent", .now = T0};
	App *app = app_new(&setup);
	g_assert_true(desk_open(app, OP_STORE_WRITE, NULL));
	return app;
}

static int64_t add(App *app, const AccessOffer *offer)
{
	g_autoptr(GError) error = NULL;
	int64_t number = 0;
	bool good = app_access_add(app, offer, &number, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return number;
}

static AccessEntry *find(App *app, const char *secret)
{
	AccessEntry *entry = NULL;
	g_assert_true(app_access_find(app, secret, &entry, NULL));
	return entry;
}

static void test_in_and_out(void)
{
	g_autoptr(App) app = open_app();
	g_autoptr(GError) error = NULL;
	AccessOffer offer = {.secret = SECRET, .name = "Firefox", .expires_at = T0 + 1000};
	int64_t number = add(app, &offer);
	g_autoptr(AccessEntry) entry = find(app, SECRET), nobody = find(app, SECRET "x");
	g_assert_nonnull(entry);
	g_assert_null(nobody);
	g_assert_cmpint(entry->number, ==, number);
	g_assert_cmpstr(entry->name, ==, "Firefox");
	g_assert_false(entry->is_token);
	g_assert_true(app_access_end(app, number, &error));
	g_autoptr(AccessEntry) ended = find(app, SECRET);
	g_assert_null(ended);
	g_assert_false(app_access_end(app, number, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_MISSING);
}

/* Written down once a minute at most, and never after the end. */
static void test_seen(void)
{
	static const struct {
		int after;
		int seen; /* -1: not let in */
	} cases[] = {{0, 0}, {59, 0}, {60, 60}, {119, 60}, {130, 130}, {999, 999}, {1000, -1}};
	g_autoptr(App) app = open_app();
	AccessOffer offer = {.secret = SECRET, .name = "Firefox", .expires_at = T0 + 1000};
	add(app, &offer);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		app->now = T0 + cases[i].after;
		g_autoptr(AccessEntry) entry = find(app, SECRET);
		g_autoptr(GPtrArray) all = NULL;
		g_assert_true(app_access_list(app, &all, NULL));
		g_assert_cmpint(all->len, ==, cases[i].seen < 0 ? 0 : 1);
		if (cases[i].seen < 0)
			g_assert_null(entry);
		else
			g_assert_cmpint(((AccessEntry *)all->pdata[0])->seen_at, ==, T0 + cases[i].seen);
	}
}

/* Only a token may send, and only one that was given that. */
static void test_may_send(void)
{
	static const struct {
		const char *name;
		bool is_token, offered, may_send;
	} cases[] = {
		{"a browser", false, true, false}, {"a token", true, false, false}, {"a token that may", true, true, true}};
	g_autoptr(App) app = open_app();
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *secret = g_strdup_printf("%s%zu", SECRET, i);
		const AccessOffer offer = {secret, cases[i].name, cases[i].is_token, cases[i].offered, TIME_NONE};
		add(app, &offer);
		g_autoptr(AccessEntry) entry = find(app, secret);
		g_test_message("%s", cases[i].name);
		g_assert_cmpint(entry->may_send, ==, cases[i].may_send);
	}
}

/* What a browser says it is, is anything. */
static void test_names(void)
{
	g_autofree char *long_name = g_strnfill(10000, 'x');
	const char *const names[] = {NULL, "", "\xff\xfe", "a\nb\033[31m", long_name};
	g_autoptr(App) app = open_app();
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *secret = g_strdup_printf("%s%zu", SECRET, i);
		const AccessOffer offer = {.secret = secret, .name = names[i], .expires_at = TIME_NONE};
		add(app, &offer);
		g_autoptr(AccessEntry) entry = find(app, secret);
		g_assert_true(g_utf8_validate(entry->name, -1, NULL));
		g_assert_cmpuint(strlen(entry->name), <=, 200);
		for (const char *at = entry->name; *at != '\0'; at++)
			g_assert_cmpint((unsigned char)*at, >=, ' ');
	}
}

static void test_short_secret(void)
{
	g_autoptr(App) app = open_app();
	g_autoptr(GError) error = NULL;
	int64_t number = 0;
	const AccessOffer offer = {.secret = "0123456789abcdef0123456789abcde", .name = "x", .expires_at = TIME_NONE};
	g_assert_false(app_access_add(app, &offer, &number, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
}

static void test_password(void)
{
	g_autoptr(App) app = open_app();
	g_autofree char *none = NULL, *hash = NULL;
	g_assert_true(app_password_load(app, &none, NULL));
	g_assert_null(none);
	g_assert_true(app_password_save(app, "$argon2id$x", NULL));
	g_assert_true(app_password_load(app, &hash, NULL));
	g_assert_cmpstr(hash, ==, "$argon2id$x");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/app-access/in-and-out", test_in_and_out);
	g_test_add_func("/app-access/seen", test_seen);
	g_test_add_func("/app-access/may-send", test_may_send);
	g_test_add_func("/app-access/names", test_names);
	g_test_add_func("/app-access/short-secret", test_short_secret);
	g_test_add_func("/app-access/password", test_password);
	return g_test_run();
}
