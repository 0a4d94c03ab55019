/* test-access.c - who may come in: known by the hash of a secret, until it expires or is ended.
 */
#include "backend.h"
#include "sample.h"

#include <base/error.h>
#include <store/access.h>
#include <string.h>

#define T0 1795190400

static void make_hash(guint8 hash[ACCESS_HASH_BYTES], int seed)
{
	memset(hash, 0, ACCESS_HASH_BYTES);
	hash[0] = (guint8)seed;
	hash[ACCESS_HASH_BYTES - 1] = (guint8)seed;
}

static int64_t add(Store *store, AccessKind kind, int seed, int64_t at, int64_t expires_at)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Access) access = access_new();
	guint8 hash[ACCESS_HASH_BYTES];
	make_hash(hash, seed);
	access->kind = kind;
	access->name = g_strdup_printf("number %d", seed);
	access->may_send = seed % 2 == 0;
	access->created_at = at;
	access->expires_at = expires_at;
	g_assert_true(store_access_add(store, ACCOUNT_SELF, access, hash, &error));
	g_assert_no_error(error);
	return access->number;
}

/* The number of whoever shows that secret; 0: nobody. */
static int64_t find(Store *store, int seed, int64_t now)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Access) access = NULL;
	guint8 hash[ACCESS_HASH_BYTES];
	make_hash(hash, seed);
	g_assert_true(store_access_find(store, ACCOUNT_SELF, hash, now, &access, &error));
	return access == NULL ? 0 : access->number;
}

/* "1 2": their numbers, in order. Free with g_free. */
static char *list(Store *store, int64_t now)
{
	g_autoptr(GPtrArray) all = NULL;
	GString *text = g_string_new(NULL);
	g_assert_true(store_access_list(store, ACCOUNT_SELF, now, &all, NULL));
	for (guint i = 0; i < all->len; i++)
		g_string_append_printf(text, "%s%d", i == 0 ? "" : " ", (int)((Access *)all->pdata[i])->number);
	return g_string_free(text, FALSE);
}

static void expect_list(Store *store, int64_t now, const char *expected)
{
	g_autofree char *found = list(store, now);
	g_assert_cmpstr(found, ==, expected);
}

static void test_known(Bench *bench, const void *data)
{
	g_autoptr(Access) access = NULL;
	guint8 hash[ACCESS_HASH_BYTES];
	g_assert_cmpint(find(bench->store, 1, T0), ==, 0);
	g_assert_cmpint(add(bench->store, ACCESS_BROWSER, 1, T0, T0 + 100), ==, 1);
	g_assert_cmpint(add(bench->store, ACCESS_TOKEN, 2, T0 + 5, TIME_NONE), ==, 2);
	make_hash(hash, 2);
	g_assert_true(store_access_find(bench->store, ACCOUNT_SELF, hash, T0 + 10, &access, NULL));
	g_assert_cmpint(access->number, ==, 2);
	g_assert_cmpint(access->kind, ==, ACCESS_TOKEN);
	g_assert_cmpstr(access->name, ==, "number 2");
	g_assert_true(access->may_send);
	g_assert_cmpint(access->created_at, ==, T0 + 5);
	g_assert_cmpint(access->seen_at, ==, T0 + 5);
	g_assert_cmpint(access->expires_at, ==, TIME_NONE);
	g_assert_cmpint(find(bench->store, 1, T0), ==, 1);
	g_assert_cmpint(find(bench->store, 3, T0), ==, 0);
	hash[1] = 1;
	access_free(g_steal_pointer(&access));
	g_assert_true(store_access_find(bench->store, ACCOUNT_SELF, hash, T0 + 10, &access, NULL));
	g_assert_null(access);
}

static void test_taken(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Access) access = access_new();
	guint8 hash[ACCESS_HASH_BYTES];
	add(bench->store, ACCESS_BROWSER, 1, T0, TIME_NONE);
	make_hash(hash, 1);
	access->name = g_strdup("another");
	access->created_at = T0;
	g_assert_false(store_access_add(bench->store, ACCOUNT_SELF, access, hash, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "in use already");
	expect_list(bench->store, T0, "1");
}

static void test_expired(Bench *bench, const void *data)
{
	add(bench->store, ACCESS_BROWSER, 1, T0, T0 + 100);
	add(bench->store, ACCESS_BROWSER, 2, T0, T0 + 200);
	g_assert_cmpint(find(bench->store, 1, T0 + 99), ==, 1);
	g_assert_cmpint(find(bench->store, 1, T0 + 100), ==, 0);
	expect_list(bench->store, T0 + 100, "2");
	expect_list(bench->store, T0, "2 1"); /* still there, until another comes */
	add(bench->store, ACCESS_TOKEN, 3, T0 + 150, TIME_NONE);
	expect_list(bench->store, T0, "3 2");
}

static void test_seen(Bench *bench, const void *data)
{
	add(bench->store, ACCESS_BROWSER, 1, T0, TIME_NONE);
	add(bench->store, ACCESS_BROWSER, 2, T0 + 1, TIME_NONE);
	g_assert_true(store_access_touch(bench->store, ACCOUNT_SELF, 1, T0 + 60, NULL));
	expect_list(bench->store, T0 + 60, "1 2");
	g_assert_true(store_access_touch(bench->store, ACCOUNT_SELF, 1, T0, NULL)); /* not backwards */
	expect_list(bench->store, T0 + 60, "1 2");
	g_assert_true(store_access_touch(bench->store, ACCOUNT_SELF, 77, T0 + 60, NULL));
	expect_list(bench->store, T0 + 60, "1 2");
}

static void test_ended(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	int count = 0;
	for (int seed = 1; seed <= 3; seed++)
		add(bench->store, ACCESS_BROWSER, seed, T0, TIME_NONE);
	for (int seed = 4; seed <= 6; seed++)
		add(bench->store, ACCESS_TOKEN, seed, T0, TIME_NONE);
	g_assert_true(store_access_end(bench->store, ACCOUNT_SELF, 5, &error));
	g_assert_cmpint(find(bench->store, 5, T0), ==, 0);
	g_assert_false(store_access_end(bench->store, ACCOUNT_SELF, 5, &error));
	sample_expect(&error, BASE_ERROR_MISSING, "number 5");
	g_assert_true(store_access_end_others(bench->store, ACCOUNT_SELF, ACCESS_BROWSER, 2, &count, &error));
	g_assert_cmpint(count, ==, 2);
	expect_list(bench->store, T0, "6 4 2");
	g_assert_true(store_access_end_others(bench->store, ACCOUNT_SELF, ACCESS_TOKEN, 0, &count, &error));
	g_assert_cmpint(count, ==, 2);
	expect_list(bench->store, T0, "2");
}

static char *password(Store *store)
{
	char *hash = NULL;
	g_assert_true(store_desk_password_load(store, ACCOUNT_SELF, &hash, NULL));
	return hash;
}

/* It stays whatever else is saved of the account, and goes with everything. */
static void test_password(Bench *bench, const void *data)
{
	g_assert_null(password(bench->store));
	g_assert_true(store_desk_password_save(bench->store, ACCOUNT_SELF, "$argon2id$one", NULL));
	g_autoptr(Account) account = NULL;
	g_assert_true(store_account_load(bench->store, ACCOUNT_SELF, &account, NULL));
	g_assert_true(store_account_save(bench->store, account, NULL));
	g_autofree char *kept = password(bench->store);
	g_assert_cmpstr(kept, ==, "$argon2id$one");
	g_assert_true(store_desk_password_save(bench->store, ACCOUNT_SELF, NULL, NULL));
	g_assert_null(password(bench->store));
	g_assert_true(store_desk_password_save(bench->store, ACCOUNT_SELF, "$argon2id$two", NULL));
	add(bench->store, ACCESS_BROWSER, 1, T0, TIME_NONE);
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, 0, T0, NULL, NULL));
	g_assert_null(password(bench->store));
	expect_list(bench->store, T0, "");
}

int main(int argc, char **argv)
{
	static const BackendCase cases[] = {
		{"known", test_known}, {"taken", test_taken}, {"expired", test_expired},
		{"seen", test_seen},   {"ended", test_ended}, {"password", test_password},
	};
	g_test_init(&argc, &argv, NULL);
	backend_add_cases("access", cases, G_N_ELEMENTS(cases));
	return g_test_run();
}
