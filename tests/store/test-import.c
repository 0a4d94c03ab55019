/* test-import.c - an import is kept with what was there before, and goes back whole or not at all.
 */
#include "backend.h"
#include "sample.h"

#include <base/error.h>
#include <store/import.h>
#include <string.h>

#define T0 1795190400

static Record *load(Store *store, int64_t id)
{
	g_autoptr(GError) error = NULL;
	Record *record = NULL;
	g_assert_true(store_record_load(store, ACCOUNT_SELF, id, &record, &error));
	g_assert_no_error(error);
	return record;
}

static int64_t count(Store *store)
{
	StoreCounts counts = {0};
	g_assert_true(store_count(store, ACCOUNT_SELF, 0, &counts, NULL));
	return counts.opportunities;
}

/* One opportunity on record already gets a call, a new one comes in; each with an invitation. */
static void take_in(Store *store, Record *known, Record *fresh)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Import) import = import_new(ACCOUNT_SELF, T0, "tracker.csv");
	Record *const records[] = {known, fresh};
	sample_add_call(known, T0 - 100);
	for (guint i = 0; i < G_N_ELEMENTS(records); i++) {
		ImportPart *part = import_add_part(import);
		part->change = change_new(records[i]);
		part->before = i == 0 ? g_strdup("as it was") : NULL;
		part->invitations = g_ptr_array_new_with_free_func((GDestroyNotify)invitation_free);
		g_autofree char *uid = g_strdup_printf("%u@globex.example", i);
		g_ptr_array_add(part->invitations, invitation_new(uid, 0, i == 0 ? NULL : "video", 3));
	}
	g_assert_true(store_import_save(store, import, &error));
	g_assert_no_error(error);
}

static Import *load_import(Store *store)
{
	g_autoptr(GError) error = NULL;
	Import *import = NULL;
	g_assert_true(store_import_load(store, ACCOUNT_SELF, &import, &error));
	g_assert_no_error(error);
	return import;
}

static void expect_no_import(Store *store)
{
	g_autoptr(GError) error = NULL;
	Import *import = NULL;
	g_assert_false(store_import_load(store, ACCOUNT_SELF, &import, &error));
	sample_expect(&error, BASE_ERROR_MISSING, "no import");
}

static Invitation *find(Store *store, const char *uid)
{
	Invitation *invitation = NULL;
	g_assert_true(store_invitation_load(store, ACCOUNT_SELF, uid, &invitation, NULL));
	return invitation;
}

static void test_kept(Bench *bench, const void *data)
{
	g_autoptr(Record) known = sample_record(1), fresh = sample_record(2);
	expect_no_import(bench->store);
	sample_save(bench->store, known);
	take_in(bench->store, known, fresh);
	g_autoptr(Import) import = load_import(bench->store);
	g_assert_cmpstr(import->name, ==, "tracker.csv");
	g_assert_cmpint(import->at, ==, T0);
	g_assert_cmpuint(import->parts->len, ==, 2);
	const ImportPart *one = import->parts->pdata[0], *two = import->parts->pdata[1];
	g_assert_cmpint(one->opportunity, ==, known->id);
	g_assert_cmpint(one->revision, ==, known->revision);
	g_assert_cmpstr(one->before, ==, "as it was");
	g_assert_cmpint(two->opportunity, ==, fresh->id);
	g_assert_null(two->before);
	g_autoptr(Invitation) cancelled = find(bench->store, "0@globex.example"),
						  held = find(bench->store, "1@globex.example");
	g_assert_null(cancelled->interview);
	g_assert_cmpstr(held->interview, ==, "video");
	g_assert_cmpint(held->opportunity, ==, fresh->id);
	g_assert_cmpint(held->sequence, ==, 3);
	g_assert_null(find(bench->store, "2@globex.example"));
}

static void test_undo(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) known = sample_record(1), fresh = sample_record(2);
	sample_save(bench->store, known);
	guint events = known->facts->events->len;
	take_in(bench->store, known, fresh);
	g_autoptr(Import) import = load_import(bench->store);
	g_autoptr(Record) again = load(bench->store, known->id);
	g_array_set_size(again->facts->events, events);
	ImportPart *part = import->parts->pdata[0];
	part->change = change_new(again);
	change_put_all(part->change);
	part->invitations = g_ptr_array_new_with_free_func((GDestroyNotify)invitation_free);
	g_assert_true(store_import_undo(bench->store, import, &error));
	g_assert_no_error(error);
	g_assert_cmpint(count(bench->store), ==, 1);
	g_autoptr(Record) after = load(bench->store, known->id);
	g_assert_cmpuint(after->facts->events->len, ==, events);
	g_assert_null(find(bench->store, "0@globex.example"));
	g_assert_null(find(bench->store, "1@globex.example"));
	expect_no_import(bench->store);
}

/* Whoever saved in between is not overwritten, and nothing of the rest goes. */
static void test_undo_refused(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) known = sample_record(1), fresh = sample_record(2);
	sample_save(bench->store, known);
	take_in(bench->store, known, fresh);
	g_autoptr(Import) import = load_import(bench->store);
	g_autoptr(Record) again = load(bench->store, known->id);
	((ImportPart *)import->parts->pdata[0])->change = change_new(again);
	sample_add_call(fresh, T0);
	sample_save(bench->store, fresh);
	g_assert_false(store_import_undo(bench->store, import, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "another program");
	g_assert_cmpint(count(bench->store), ==, 2);
	import_free(load_import(bench->store));
}

/* Only the last import can be taken back; deleting takes away what is kept of it. */
static void test_last(Bench *bench, const void *data)
{
	g_autoptr(Record) one = sample_record(1), two = sample_record(2), three = sample_record(3);
	sample_save(bench->store, one);
	take_in(bench->store, one, two);
	take_in(bench->store, one, three);
	g_autoptr(Import) import = load_import(bench->store);
	g_assert_cmpuint(import->parts->len, ==, 2);
	g_assert_cmpint(((ImportPart *)import->parts->pdata[1])->opportunity, ==, three->id);
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, three->id, T0, NULL, NULL));
	g_autoptr(Import) less = load_import(bench->store);
	g_assert_cmpuint(less->parts->len, ==, 1);
	g_assert_null(find(bench->store, "1@globex.example"));
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, 0, T0, NULL, NULL));
	expect_no_import(bench->store);
}

/* A part that cannot be saved: nothing of the import is. */
static void test_all_or_nothing(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) good = sample_record(1), bad = sample_record(2);
	g_autoptr(Import) import = import_new(ACCOUNT_SELF, T0, "two.csv");
	import_add_part(import)->change = change_new(good);
	import_add_part(import)->change = change_new(bad);
	g_free(bad->facts->company);
	bad->facts->company = g_strdup("two\nlines");
	g_assert_false(store_import_save(bench->store, import, &error));
	sample_expect(&error, BASE_ERROR_INVALID, "line break");
	g_assert_cmpint(count(bench->store), ==, 0);
	expect_no_import(bench->store);
}

static GPtrArray *list_mails(Store *store)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *items = NULL;
	g_assert_true(store_inbox_batch_load(store, ACCOUNT_SELF, 0, 100, &items, &error));
	g_assert_no_error(error);
	return items;
}

static InboxItem *mail_new(const char *message_id)
{
	InboxItem *item = inbox_item_new();
	item->message_id = g_strdup(message_id);
	item->at = T0;
	return item;
}

static Account *load_account(Store *store)
{
	Account *account = NULL;
	g_assert_true(store_account_load(store, ACCOUNT_SELF, &account, NULL));
	return account;
}

/* An import of nothing but a new opportunity with a mail, another mail, and a setting. */
static void take_in_beside(Store *store, Record *fresh, Account *account)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Import) import = import_new(ACCOUNT_SELF, T0, "all.json");
	ImportPart *part = import_add_part(import);
	part->change = change_new(fresh);
	part->mails = g_ptr_array_new_with_free_func((GDestroyNotify)inbox_item_free);
	g_ptr_array_add(part->mails, mail_new("about@globex.example"));
	g_ptr_array_add(import->mails, mail_new("beside@globex.example"));
	g_hash_table_insert(account->settings, g_strdup("colour"), g_strdup("red"));
	import->me = account;
	import->before = g_strdup("what it did beside");
	g_assert_true(store_import_save(store, import, &error));
	g_assert_no_error(error);
}

/* Mails and the account go with an import, in and back; the opportunity of a new mail is the one that was saved. */
static void test_beside(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) other = sample_record(1), fresh = sample_record(2);
	g_autoptr(Account) account = load_account(bench->store);
	sample_save(bench->store, other);
	take_in_beside(bench->store, fresh, account);
	g_autoptr(GPtrArray) mails = list_mails(bench->store);
	g_assert_cmpuint(mails->len, ==, 2);
	g_assert_cmpint(((InboxItem *)mails->pdata[0])->opportunity, ==, fresh->id);
	g_assert_cmpint(((InboxItem *)mails->pdata[1])->opportunity, ==, 0);
	g_autoptr(Account) changed = load_account(bench->store);
	g_assert_cmpstr(g_hash_table_lookup(changed->settings, "colour"), ==, "red");
	g_assert_cmpint(changed->revision, ==, account->revision);

	g_autoptr(Import) import = load_import(bench->store);
	g_assert_cmpstr(import->before, ==, "what it did beside");
	g_assert_cmpuint(import->mails->len, ==, 0);
	g_ptr_array_add(import->mails, mail_new("beside@globex.example"));
	g_hash_table_remove(changed->settings, "colour");
	import->me = changed;
	g_assert_true(store_import_undo(bench->store, import, &error));
	g_assert_no_error(error);
	g_autoptr(GPtrArray) left = list_mails(bench->store);
	g_assert_cmpuint(left->len, ==, 0);
	g_autoptr(Account) restored = load_account(bench->store);
	g_assert_null(g_hash_table_lookup(restored->settings, "colour"));
	g_assert_cmpint(count(bench->store), ==, 1);
}

/* A mail that is known stops an import as a whole, and an account that was saved since the undo. */
static void test_beside_refused(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) fresh = sample_record(1), second = sample_record(2);
	g_autoptr(Account) account = load_account(bench->store), stale = load_account(bench->store);
	take_in_beside(bench->store, fresh, account);
	g_autoptr(Import) again = import_new(ACCOUNT_SELF, T0 + 1, "again.json");
	import_add_part(again)->change = change_new(second);
	g_ptr_array_add(again->mails, mail_new("about@globex.example"));
	g_assert_false(store_import_save(bench->store, again, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "about@globex.example");
	g_assert_cmpint(count(bench->store), ==, 1);
	g_autoptr(Import) import = load_import(bench->store);
	g_assert_cmpstr(import->name, ==, "all.json");
	import->me = stale;
	g_assert_false(store_import_undo(bench->store, import, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "settings");
	g_assert_cmpint(count(bench->store), ==, 1);
}

static const BackendCase CASES[] = {
	{"kept", test_kept},
	{"undo", test_undo},
	{"undo-refused", test_undo_refused},
	{"last", test_last},
	{"all-or-nothing", test_all_or_nothing},
	{"beside", test_beside},
	{"beside-refused", test_beside_refused},
};

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	backend_add_cases("store-import", CASES, G_N_ELEMENTS(CASES));
	return g_test_run();
}
