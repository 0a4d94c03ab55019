/* test-remind.c - a thing is told once, whoever tells it; and what a calendar server was given is known again.
 */
#include "backend.h"
#include "sample.h"

#include <base/error.h>
#include <store/remind.h>

#define T0 1795190400

static bool take(Store *store, int64_t opportunity, const char *what, int64_t at)
{
	g_autoptr(GError) error = NULL;
	bool first = false;
	g_assert_true(store_reminded_take(store, ACCOUNT_SELF, opportunity, what, at, &first, &error));
	g_assert_no_error(error);
	return first;
}

static bool is_told(Store *store, int64_t opportunity, const char *what)
{
	bool told = false;
	g_assert_true(store_reminded_load(store, ACCOUNT_SELF, opportunity, what, &told, NULL));
	return told;
}

static void test_once(Bench *bench, const void *data)
{
	g_assert_false(is_told(bench->store, 1, "thank-you"));
	g_assert_true(take(bench->store, 1, "thank-you", T0));
	g_assert_false(take(bench->store, 1, "thank-you", T0 + 1));
	g_assert_true(is_told(bench->store, 1, "thank-you"));
	g_assert_true(take(bench->store, 2, "thank-you", T0));
	g_assert_true(take(bench->store, 1, "check-in", T0));
	g_assert_true(store_reminded_drop(bench->store, ACCOUNT_SELF, 1, "thank-you", NULL));
	g_assert_true(take(bench->store, 1, "thank-you", T0 + 2));
}

static void test_forgotten(Bench *bench, const void *data)
{
	take(bench->store, 1, "old", T0);
	take(bench->store, 1, "new", T0 + 10);
	g_assert_true(store_reminded_forget(bench->store, ACCOUNT_SELF, T0 + 10, NULL));
	g_assert_false(is_told(bench->store, 1, "old"));
	g_assert_true(is_told(bench->store, 1, "new"));
}

static void test_deleted(Bench *bench, const void *data)
{
	g_autoptr(Record) record = sample_record(1);
	g_autoptr(GPtrArray) left = NULL;
	int64_t id = sample_save(bench->store, record);
	g_autoptr(Published) event = published_new("a", NULL, "s");
	take(bench->store, id, "thank-you", T0);
	take(bench->store, 0, "digest", T0);
	g_assert_true(store_published_put(bench->store, ACCOUNT_SELF, "here", event, NULL));
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, id, T0, NULL, NULL));
	g_assert_false(is_told(bench->store, id, "thank-you"));
	g_assert_true(is_told(bench->store, 0, "digest"));
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, 0, T0, NULL, NULL));
	g_assert_false(is_told(bench->store, 0, "digest"));
	g_assert_true(store_published_list(bench->store, ACCOUNT_SELF, "here", &left, NULL));
	g_assert_cmpuint(left->len, ==, 0);
}

static void put(Store *store, const char *collection, const char *uid, const char *etag, const char *seal)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Published) event = published_new(uid, etag, seal);
	g_assert_true(store_published_put(store, ACCOUNT_SELF, collection, event, &error));
	g_assert_no_error(error);
}

static void test_published(Bench *bench, const void *data)
{
	g_autoptr(GPtrArray) events = NULL, after = NULL;
	put(bench->store, "here", "b", "\"1\"", "one");
	put(bench->store, "here", "a", NULL, "two");
	put(bench->store, "there", "a", "\"9\"", "other");
	put(bench->store, "here", "b", "\"2\"", "three");
	g_assert_true(store_published_list(bench->store, ACCOUNT_SELF, "here", &events, NULL));
	g_assert_cmpuint(events->len, ==, 2);
	const Published *first = events->pdata[0], *second = events->pdata[1];
	g_assert_cmpstr(first->uid, ==, "a");
	g_assert_null(first->etag);
	g_assert_cmpstr(second->etag, ==, "\"2\"");
	g_assert_cmpstr(second->seal, ==, "three");
	g_assert_true(store_published_remove(bench->store, ACCOUNT_SELF, "here", "a", NULL));
	g_assert_true(store_published_list(bench->store, ACCOUNT_SELF, "here", &after, NULL));
	g_assert_cmpuint(after->len, ==, 1);
}

static const BackendCase CASES[] = {
	{"once", test_once}, {"forgotten", test_forgotten}, {"deleted", test_deleted}, {"published", test_published}};

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	backend_add_cases("store-remind", CASES, G_N_ELEMENTS(CASES));
	return g_test_run();
}
