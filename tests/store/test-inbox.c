/* test-inbox.c - what a mailbox brought is kept together with what it made of an opportunity, each mail once.
 */
#include "backend.h"
#include "sample.h"

#include <base/error.h>
#include <store/inbox.h>
#include <string.h>

#define T0 1795190400

static GPtrArray *items_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)inbox_item_free);
}

/* A reply that is not sure, with all that an item can hold. */
static InboxItem *item_new(const char *message_id, int64_t opportunity, int64_t at)
{
	InboxItem *item = inbox_item_new();
	item->message_id = g_strdup(message_id);
	item->state = INBOX_OPEN;
	item->kind = INBOX_REPLY;
	item->reason = INBOX_BY_ADDRESS;
	item->at = at;
	item->from_name = g_strdup("Huck Finn");
	item->from_address = g_strdup("finn@globex.example");
	item->subject = g_strdup("Re: our talk");
	item->says = SAYS_MORE_TIME;
	item->decision_by = 20100;
	item->back_on = 20101;
	item->address = g_strdup("old@globex.example");
	item->quote = g_strdup("We need until Friday week.");
	item->opportunity = opportunity;
	item->person = g_strdup("finn");
	item->answers = g_strdup("<1@example.net>");
	item->step = STEP_CHECK_IN;
	item->calendar = g_bytes_new("BEGIN:VCALENDAR\0END", 19);
	return item;
}

static void save(Store *store, const InboxSave *what)
{
	g_autoptr(GError) error = NULL;
	g_assert_true(store_inbox_save(store, what, &error));
	g_assert_no_error(error);
}

static InboxItem *save_one(Store *store, GPtrArray *items, const char *message_id, int64_t opportunity, int64_t at)
{
	InboxItem *item = item_new(message_id, opportunity, at);
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	g_ptr_array_add(items, item);
	g_ptr_array_add(one, item);
	save(store, &(InboxSave){.account = ACCOUNT_SELF, .items = one});
	return item;
}

static GPtrArray *list(Store *store, bool all)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *items = NULL;
	g_assert_true(store_inbox_list(store, ACCOUNT_SELF, all, 100, &items, &error));
	g_assert_no_error(error);
	return items;
}

static int64_t count_open(Store *store, int64_t opportunity)
{
	int64_t count = -1;
	g_assert_true(store_inbox_count(store, ACCOUNT_SELF, opportunity, &count, NULL));
	return count;
}

static void expect_same(const InboxItem *one, const InboxItem *other)
{
	g_assert_cmpint(one->number, ==, other->number);
	g_assert_cmpstr(one->message_id, ==, other->message_id);
	g_assert_cmpint(one->state, ==, other->state);
	g_assert_cmpint(one->kind, ==, other->kind);
	g_assert_cmpint(one->reason, ==, other->reason);
	g_assert_cmpint(one->at, ==, other->at);
	g_assert_cmpstr(one->from_name, ==, other->from_name);
	g_assert_cmpstr(one->from_address, ==, other->from_address);
	g_assert_cmpstr(one->subject, ==, other->subject);
	g_assert_cmpint(one->says, ==, other->says);
	g_assert_cmpint(one->decision_by, ==, other->decision_by);
	g_assert_cmpint(one->back_on, ==, other->back_on);
	g_assert_cmpstr(one->address, ==, other->address);
	g_assert_cmpstr(one->quote, ==, other->quote);
	g_assert_cmpint(one->opportunity, ==, other->opportunity);
	g_assert_cmpstr(one->person, ==, other->person);
	g_assert_cmpstr(one->answers, ==, other->answers);
	g_assert_cmpint(one->step, ==, other->step);
}

static void test_mark(Bench *bench, const void *data)
{
	g_autoptr(GBytes) mark = g_bytes_new("\0\1\2", 3), read = NULL, gone = NULL;
	int64_t at = 0;
	g_assert_true(store_mailbox_load(bench->store, ACCOUNT_SELF, "maildir /home", &read, &at, NULL));
	g_assert_null(read);
	g_assert_cmpint(at, ==, TIME_NONE);
	save(bench->store, &(InboxSave){.account = ACCOUNT_SELF, .mailbox = "maildir /home", .mark = mark, .read_at = T0});
	save(bench->store, &(InboxSave){.account = ACCOUNT_SELF, .mailbox = "another", .mark = mark, .read_at = T0 + 9});
	g_assert_true(store_mailbox_load(bench->store, ACCOUNT_SELF, "maildir /home", &read, &at, NULL));
	g_assert_true(g_bytes_equal(mark, read));
	g_assert_cmpint(at, ==, T0);
	save(bench->store, &(InboxSave){.account = ACCOUNT_SELF, .mailbox = "maildir /home"});
	g_assert_true(store_mailbox_load(bench->store, ACCOUNT_SELF, "maildir /home", &gone, &at, NULL));
	g_assert_null(gone);
}

static void test_kept(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) record = sample_record(1);
	g_autoptr(GPtrArray) items = items_new();
	int64_t id = sample_save(bench->store, record);
	const InboxItem *one = save_one(bench->store, items, "a@globex.example", id, T0);
	InboxItem *loaded = NULL;
	g_assert_cmpint(one->number, ==, 1);
	g_assert_true(store_inbox_load(bench->store, ACCOUNT_SELF, 1, &loaded, &error));
	g_assert_no_error(error);
	expect_same(one, loaded);
	g_assert_true(g_bytes_equal(one->calendar, loaded->calendar));
	inbox_item_free(loaded);
	g_assert_false(store_inbox_load(bench->store, ACCOUNT_SELF, 2, &loaded, &error));
	sample_expect(&error, BASE_ERROR_MISSING, "no mail 2");
	InboxItem *bare = inbox_item_new();
	bare->message_id = g_strdup("bare@globex.example");
	bare->at = T0 + 1;
	g_ptr_array_add(items, bare);
	g_autoptr(GPtrArray) alone = g_ptr_array_new();
	g_ptr_array_add(alone, bare);
	save(bench->store, &(InboxSave){.account = ACCOUNT_SELF, .items = alone});
	g_autoptr(GPtrArray) all = list(bench->store, true);
	g_assert_cmpuint(all->len, ==, 2);
	expect_same(bare, all->pdata[0]);
	expect_same(one, all->pdata[1]);
}

static void test_states(Bench *bench, const void *data)
{
	g_autoptr(Record) record = sample_record(1);
	g_autoptr(GPtrArray) items = items_new();
	int64_t id = sample_save(bench->store, record);
	InboxItem *late = save_one(bench->store, items, "late@globex.example", id, T0 + 100);
	InboxItem *soon = save_one(bench->store, items, "soon@globex.example", 0, T0);
	g_autoptr(GPtrArray) open = list(bench->store, false);
	g_assert_cmpuint(open->len, ==, 2);
	expect_same(soon, open->pdata[0]);
	g_assert_cmpint(count_open(bench->store, 0), ==, 2);
	g_assert_cmpint(count_open(bench->store, id), ==, 1);
	late->state = INBOX_CONFIRMED;
	g_clear_pointer(&late->calendar, g_bytes_unref);
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	g_ptr_array_add(one, late);
	save(bench->store, &(InboxSave){.account = ACCOUNT_SELF, .items = one});
	g_assert_cmpint(late->number, ==, 1);
	g_assert_cmpint(count_open(bench->store, id), ==, 0);
	g_autoptr(GPtrArray) left = list(bench->store, false);
	g_assert_cmpuint(left->len, ==, 1);
	expect_same(soon, left->pdata[0]);
}

/* The change and the mail are both there or neither; a mail that is known stops what would be recorded twice. */
static void test_once(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) record = sample_record(1), again = NULL;
	g_autoptr(GPtrArray) items = items_new(), twice = items_new();
	bool known = true;
	int64_t id = sample_save(bench->store, record);
	guint events = record->facts->events->len;
	g_assert_true(store_inbox_knows(bench->store, ACCOUNT_SELF, "a@globex.example", &known, NULL));
	g_assert_false(known);
	save_one(bench->store, items, "a@globex.example", id, T0);
	g_assert_true(store_inbox_knows(bench->store, ACCOUNT_SELF, "a@globex.example", &known, NULL));
	g_assert_true(known);
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
	sample_add_call(record, T0 - 100);
	g_ptr_array_add(changes, change_new(record));
	g_ptr_array_add(twice, item_new("a@globex.example", id, T0));
	const InboxSave what = {.account = ACCOUNT_SELF, .changes = changes, .items = twice};
	g_assert_false(store_inbox_save(bench->store, &what, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "another program");
	g_assert_true(store_record_load(bench->store, ACCOUNT_SELF, id, &again, &error));
	g_assert_cmpuint(again->facts->events->len, ==, events);
	((InboxItem *)twice->pdata[0])->message_id[0] = 'b';
	save(bench->store, &what);
	g_assert_cmpint(((InboxItem *)twice->pdata[0])->number, ==, 2);
	g_autoptr(GPtrArray) all = list(bench->store, true);
	g_assert_cmpuint(all->len, ==, 2);
}

static void test_deleted(Bench *bench, const void *data)
{
	g_autoptr(Record) record = sample_record(1);
	g_autoptr(GPtrArray) items = items_new();
	g_autoptr(GBytes) mark = g_bytes_new("m", 1), read = NULL;
	int64_t at = 0, id = sample_save(bench->store, record);
	save_one(bench->store, items, "a@globex.example", id, T0);
	save_one(bench->store, items, "b@globex.example", 0, T0);
	save(bench->store, &(InboxSave){.account = ACCOUNT_SELF, .mailbox = "here", .mark = mark, .read_at = T0});
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, id, T0, NULL, NULL));
	g_autoptr(GPtrArray) left = list(bench->store, true);
	g_assert_cmpuint(left->len, ==, 1);
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, 0, T0, NULL, NULL));
	g_autoptr(GPtrArray) none = list(bench->store, true);
	g_assert_cmpuint(none->len, ==, 0);
	g_assert_true(store_mailbox_load(bench->store, ACCOUNT_SELF, "here", &read, &at, NULL));
	g_assert_null(read);
}

static void test_correspondence(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) notes = NULL, people = NULL;
	int64_t created = 0;
	guint expected_notes = 0, expected_people = 0;
	g_assert_true(store_first_created_at(bench->store, ACCOUNT_SELF, &created, NULL));
	g_assert_cmpint(created, ==, TIME_NONE);
	for (guint32 seed = 1; seed <= 20; seed++) {
		g_autoptr(Record) record = sample_record(seed);
		sample_save(bench->store, record);
		for (guint i = 0; i < record->outbox->len; i++) {
			OutboxState state = record_outbox(record, (int)i)->state;
			expected_notes += state == OUTBOX_SENT || state == OUTBOX_SENDING || state == OUTBOX_UNKNOWN;
		}
		for (guint i = 0; i < record->facts->people->len; i++)
			expected_people += facts_person(record->facts, (int)i)->email != NULL;
	}
	g_assert_true(store_correspondence_load(bench->store, ACCOUNT_SELF, &notes, &people, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(expected_notes, >, 0);
	g_assert_cmpuint(notes->len, ==, expected_notes);
	g_assert_cmpuint(people->len, ==, expected_people);
	g_assert_nonnull(((SentNote *)notes->pdata[0])->message_id);
	g_assert_nonnull(((Correspondent *)people->pdata[0])->email);
	g_assert_true(store_first_created_at(bench->store, ACCOUNT_SELF, &created, NULL));
	g_assert_cmpint(created, !=, TIME_NONE);
}

/* Whole, calendars too, in parts of any size; and those of one opportunity without them. */
static void test_batches(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) one = sample_record(1), other = sample_record(2);
	g_autoptr(GPtrArray) items = items_new(), of = NULL, none = NULL;
	int64_t first = sample_save(bench->store, one), second = sample_save(bench->store, other), after = 0;
	for (int i = 0; i < 5; i++) {
		g_autofree char *id = g_strdup_printf("%d@globex.example", i);
		save_one(bench->store, items, id, i == 4 ? 0 : i % 2 == 0 ? first : second, T0 - i);
	}
	for (guint seen = 0; seen < items->len;) {
		g_autoptr(GPtrArray) batch = NULL;
		g_assert_true(store_inbox_batch_load(bench->store, ACCOUNT_SELF, after, 2, &batch, &error));
		g_assert_cmpuint(batch->len, ==, MIN(2, items->len - seen));
		for (guint i = 0; i < batch->len; i++, seen++) {
			const InboxItem *found = batch->pdata[i], *expected = items->pdata[seen];
			expect_same(found, expected);
			g_assert_true(g_bytes_equal(found->calendar, expected->calendar));
			after = found->number;
		}
	}
	g_assert_true(store_inbox_batch_load(bench->store, ACCOUNT_SELF, after, 2, &none, &error));
	g_assert_cmpuint(none->len, ==, 0);
	g_assert_true(store_inbox_of_load(bench->store, ACCOUNT_SELF, second, &of, &error));
	g_assert_cmpuint(of->len, ==, 2);
	for (guint i = 0; i < of->len; i++) {
		expect_same(of->pdata[i], items->pdata[((const InboxItem *)of->pdata[i])->number - 1]);
		g_assert_null(((const InboxItem *)of->pdata[i])->calendar);
	}
}

static const BackendCase CASES[] = {
	{"mark", test_mark},       {"kept", test_kept},       {"states", test_states},
	{"once", test_once},       {"deleted", test_deleted}, {"correspondence", test_correspondence},
	{"batches", test_batches},
};

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	backend_add_cases("store-inbox", CASES, G_N_ELEMENTS(CASES));
	return g_test_run();
}
