/* test-outbox.c - the way of a note out of the house: who may do what with a row, and when.
 *
 * At every stage the agenda's outline of the opportunity must say the same as the opportunity loaded whole.
 */
#include "backend.h"
#include "sample.h"

#include <base/error.h>

#define T0 1795190400
#define LEASE 60

static GPtrArray *claim(Store *store, int64_t now, int limit)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *rows = NULL;
	bool good = store_outbox_claim(store, now, LEASE, limit, &rows, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return rows;
}

static void mark(Store *store, GPtrArray *rows, int64_t now)
{
	g_autoptr(GError) error = NULL;
	bool good = store_outbox_mark_sending(store, rows, now, LEASE, &error);
	g_assert_no_error(error);
	g_assert_true(good);
}

static bool settle(Store *store, const OutboxRow *row, OutboxState state, int64_t at, GError **error)
{
	const OutboxResult result = {.row = row, .state = state, .at = at, .send_at = at + 600, .response = "so be it"};
	return store_outbox_settle(store, &result, 1, NULL, error);
}

static Record *load(Store *store, int64_t id)
{
	g_autoptr(GError) error = NULL;
	Record *record = NULL;
	bool good = store_record_load(store, ACCOUNT_SELF, id, &record, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return record;
}

/* The one row of opportunity id is in that state, in the tables and on the agenda. */
static void expect_state(Store *store, int64_t id, OutboxState state)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) outlines = NULL;
	g_autoptr(Record) record = load(store, id);
	g_assert_cmpstr(outbox_state_word(record_outbox(record, 0)->state), ==, outbox_state_word(state));
	g_assert_true(store_outline_load(store, ACCOUNT_SELF, id - 1, 1, &outlines, &error));
	g_autofree char *whole = sample_text(record, false), *outline = sample_text(outlines->pdata[0], false);
	g_assert_cmpstr(outline, ==, whole);
}

static void save_waiting(Store *store, guint32 seed, int64_t send_at)
{
	g_autoptr(Record) record = sample_waiting(seed, send_at);
	sample_save(store, record);
}

static void test_claim(Bench *bench, const void *data)
{
	for (guint32 seed = 1; seed <= 6; seed++)
		save_waiting(bench->store, seed, T0 + 100 - seed * 10);
	g_autoptr(GPtrArray) early = claim(bench->store, T0 + 39, 10);
	g_assert_cmpuint(early->len, ==, 0);
	g_autoptr(GPtrArray) rows = claim(bench->store, T0 + 90, 4);
	g_assert_cmpuint(rows->len, ==, 4);
	for (guint i = 0; i < rows->len; i++) {
		const OutboxRow *row = rows->pdata[i];
		g_assert_cmpint(row->opportunity, ==, 6 - (int)i);
		g_assert_cmpint(row->state, ==, OUTBOX_CLAIMED);
		g_assert_cmpint(row->lease_until, ==, T0 + 90 + LEASE);
		g_assert_cmpint(row->claims, ==, 1);
		g_assert_cmpint(row->attempts, ==, 0);
		g_assert_cmpstr(row->to_address, ==, "zoe@globex.example");
		g_assert_cmpstr(row->body, ==, "Dear Zoë,\n\nthank you.\n");
		expect_state(bench->store, row->opportunity, OUTBOX_CLAIMED);
	}
	g_autoptr(GPtrArray) rest = claim(bench->store, T0 + 90, 10);
	g_assert_cmpuint(rest->len, ==, 2);
	g_autoptr(GPtrArray) none = claim(bench->store, T0 + 90, 10);
	g_assert_cmpuint(none->len, ==, 0);
}

static int claim_of(Store *store, const OutboxScope *scope, int64_t now)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	g_assert_true(store_outbox_claim_of(store, scope, now, LEASE, &rows, &error));
	for (guint i = 0; i < rows->len; i++) {
		const OutboxRow *row = rows->pdata[i];
		g_assert_cmpint(row->opportunity, ==, scope->opportunity);
		g_assert_cmpint(row->state, ==, OUTBOX_CLAIMED);
		g_assert_cmpint(row->lease_until, ==, now + LEASE);
	}
	return (int)rows->len;
}

/* What is asked for is claimed, and what is somebody else's is not touched. */
static void test_claim_of(Bench *bench, const void *data)
{
	for (guint32 seed = 1; seed <= 3; seed++)
		save_waiting(bench->store, seed, T0);
	g_autoptr(Record) second = load(bench->store, 2);
	const Draft *draft = record_draft(second, 0);
	OutboxScope scope = {ACCOUNT_SELF, 2, draft->person, draft->step, NO_DRAFT};
	int other_step = draft->step == STEP_CARD ? STEP_CONNECT : STEP_CARD;
	g_assert_cmpint(claim_of(bench->store, &scope, T0 - 1), ==, 0);
	g_assert_cmpint(claim_of(bench->store, &(OutboxScope){ACCOUNT_SELF, 2, NOBODY, other_step, NO_DRAFT}, T0), ==, 0);
	g_assert_cmpint(
		claim_of(bench->store, &(OutboxScope){ACCOUNT_SELF, 2, draft->person + 1, WORD_NONE, NO_DRAFT}, T0), ==, 0);
	g_assert_cmpint(
		claim_of(bench->store, &(OutboxScope){ACCOUNT_SELF + 1, 2, NOBODY, WORD_NONE, NO_DRAFT}, T0), ==, 0);
	expect_state(bench->store, 2, OUTBOX_READY);
	g_assert_cmpint(claim_of(bench->store, &scope, T0), ==, 1);
	g_assert_cmpint(claim_of(bench->store, &scope, T0), ==, 0);
	expect_state(bench->store, 1, OUTBOX_READY);
	expect_state(bench->store, 2, OUTBOX_CLAIMED);
	expect_state(bench->store, 3, OUTBOX_READY);
	g_assert_cmpint(claim_of(bench->store, &(OutboxScope){ACCOUNT_SELF, 3, NOBODY, WORD_NONE, NO_DRAFT}, T0), ==, 1);
	g_assert_cmpint(claim_of(bench->store, &scope, T0 + LEASE), ==, 1);
}

/* A claim alone: nothing left the house, so it may be claimed again, and the first deliverer has lost it. */
static void test_lease_of_claim(Bench *bench, const void *data)
{
	save_waiting(bench->store, 1, T0);
	g_autoptr(GPtrArray) first = claim(bench->store, T0, 5);
	g_autoptr(GPtrArray) during = claim(bench->store, T0 + LEASE - 1, 5);
	g_assert_cmpuint(during->len, ==, 0);
	g_autoptr(GPtrArray) second = claim(bench->store, T0 + LEASE, 5);
	g_assert_cmpuint(second->len, ==, 1);
	g_assert_cmpint(((OutboxRow *)second->pdata[0])->claims, ==, 2);
	mark(bench->store, first, T0 + LEASE);
	g_assert_cmpuint(first->len, ==, 0);
	expect_state(bench->store, 1, OUTBOX_CLAIMED);
	mark(bench->store, second, T0 + LEASE);
	g_assert_cmpuint(second->len, ==, 1);
	expect_state(bench->store, 1, OUTBOX_SENDING);
}

/* Sending: it may have left, so nobody claims it again. Whoever was sending may still say what became of it. */
static void test_lease_of_sending(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) unknown = NULL;
	save_waiting(bench->store, 1, T0);
	g_autoptr(GPtrArray) rows = claim(bench->store, T0, 5);
	mark(bench->store, rows, T0 + 10);
	g_assert_cmpint(((OutboxRow *)rows->pdata[0])->lease_until, ==, T0 + 10 + LEASE);
	g_autoptr(GPtrArray) later = claim(bench->store, T0 + 1000, 5);
	g_assert_cmpuint(later->len, ==, 0);
	expect_state(bench->store, 1, OUTBOX_UNKNOWN);
	g_assert_true(store_outbox_list(bench->store, ACCOUNT_SELF, OUTBOX_UNKNOWN, 5, &unknown, &error));
	g_assert_cmpuint(unknown->len, ==, 1);
	g_autoptr(GPtrArray) much_later = claim(bench->store, T0 + 100000, 5);
	g_assert_cmpuint(much_later->len, ==, 0);
	g_assert_true(settle(bench->store, rows->pdata[0], OUTBOX_SENT, T0 + 2000, &error));
	expect_state(bench->store, 1, OUTBOX_SENT);
	g_assert_false(settle(bench->store, unknown->pdata[0], OUTBOX_READY, T0 + 3000, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "settled already");
	expect_state(bench->store, 1, OUTBOX_SENT);
}

/* An unknown one goes out again only when someone says so. */
static void test_unknown_again(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) unknown = NULL;
	save_waiting(bench->store, 1, T0);
	g_autoptr(GPtrArray) rows = claim(bench->store, T0, 5);
	mark(bench->store, rows, T0);
	g_autoptr(GPtrArray) none = claim(bench->store, T0 + 1000, 5);
	g_assert_true(store_outbox_list(bench->store, ACCOUNT_SELF, OUTBOX_UNKNOWN, 5, &unknown, &error));
	g_assert_true(settle(bench->store, unknown->pdata[0], OUTBOX_READY, T0 + 1000, &error));
	g_autoptr(GPtrArray) before = claim(bench->store, T0 + 1599, 5);
	g_assert_cmpuint(before->len, ==, 0);
	g_autoptr(GPtrArray) again = claim(bench->store, T0 + 1600, 5);
	g_assert_cmpuint(again->len, ==, 1);
	g_assert_cmpint(((OutboxRow *)again->pdata[0])->attempts, ==, 1);
}

static void test_results(Bench *bench, const void *data)
{
	static const struct {
		OutboxState state;
		bool claimable; /* later */
	} cases[] = {{OUTBOX_SENT, false},    {OUTBOX_REFUSED, false}, {OUTBOX_RETRY, true},
				 {OUTBOX_UNKNOWN, false}, {OUTBOX_READY, true},    {OUTBOX_CANCELLED, false}};
	g_autoptr(GError) error = NULL;
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		int64_t now = T0 + i * 100000;
		save_waiting(bench->store, i + 1, now);
		g_autoptr(GPtrArray) rows = claim(bench->store, now, 5);
		g_assert_cmpuint(rows->len, ==, 1);
		mark(bench->store, rows, now);
		g_assert_true(settle(bench->store, rows->pdata[0], cases[i].state, now + 3, &error));
		expect_state(bench->store, i + 1, cases[i].state);
		g_autoptr(Record) record = load(bench->store, i + 1);
		const OutboxRow *row = record_outbox(record, 0);
		g_assert_cmpstr(row->response, ==, "so be it");
		g_assert_cmpint(row->lease_until, ==, TIME_NONE);
		g_assert_cmpint(row->sent_at, ==, cases[i].state == OUTBOX_SENT ? now + 3 : TIME_NONE);
		g_assert_cmpint(row->send_at, ==, cases[i].claimable ? now + 603 : now);
		g_autoptr(GPtrArray) later = claim(bench->store, now + 90000, 5);
		g_assert_cmpuint(later->len, ==, cases[i].claimable);
		if (later->len > 0)
			g_assert_true(settle(bench->store, later->pdata[0], OUTBOX_SENT, now + 90000, &error));
	}
}

/* The result and what follows from it are one: here the sent event and the draft's new state. */
static Change *note_sent(Record *record, int64_t at)
{
	Event sent = EVENT_INIT(EVENT_SENT);
	sent.at = at;
	sent.step = STEP_THANK_YOU;
	sent.person = 0;
	sent.channel = CHANNEL_EMAIL;
	facts_add_event(record->facts, &sent);
	record_draft(record, 0)->state = DRAFT_USED;
	record_outbox(record, 0)->state = OUTBOX_SENT; /* half of what the row will be: the store knows better */
	record->next_at = at + 5000;
	Change *change = change_new(record);
	change_put(change, PART_DRAFT, 0);
	return change;
}

static void test_settle_with_change(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)(void *)change_free);
	save_waiting(bench->store, 1, T0);
	g_autoptr(GPtrArray) rows = claim(bench->store, T0, 5);
	mark(bench->store, rows, T0);
	g_autoptr(Record) record = load(bench->store, 1);
	g_autoptr(Record) theirs = load(bench->store, 1);
	sample_add_call(theirs, T0 + 1);
	sample_save(bench->store, theirs);
	g_ptr_array_add(changes, note_sent(record, T0 + 2));
	const OutboxResult result = {.row = rows->pdata[0], .state = OUTBOX_SENT, .at = T0 + 2};
	g_assert_false(store_outbox_settle(bench->store, &result, 1, changes, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "another program");
	expect_state(bench->store, 1, OUTBOX_SENDING);

	g_ptr_array_set_size(changes, 0);
	g_autoptr(Record) fresh = load(bench->store, 1);
	g_ptr_array_add(changes, note_sent(fresh, T0 + 2));
	g_assert_true(store_outbox_settle(bench->store, &result, 1, changes, &error));
	expect_state(bench->store, 1, OUTBOX_SENT);
	g_autoptr(Record) stored = load(bench->store, 1);
	g_assert_cmpuint(stored->facts->events->len, ==, 2);
	g_assert_cmpint(record_draft(stored, 0)->state, ==, DRAFT_USED);
	g_assert_cmpint(stored->next_at, ==, T0 + 5002);
}

static bool cancel(Store *store, int64_t id, GError **error)
{
	g_autoptr(Record) record = load(store, id);
	g_autoptr(Change) change = change_new(record);
	change_cancel_outbox(change, 0, "The person changed their mind.");
	bool good = store_save(store, change, error);
	if (good) {
		g_autoptr(Record) stored = load(store, id);
		g_autofree char *expected = sample_text(record, true), *found = sample_text(stored, true);
		g_assert_cmpstr(found, ==, expected);
	}
	return good;
}

static void test_cancel(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	save_waiting(bench->store, 1, T0);
	save_waiting(bench->store, 2, T0);
	save_waiting(bench->store, 3, T0 + 9000);
	g_autoptr(GPtrArray) rows = claim(bench->store, T0, 5);
	g_assert_true(cancel(bench->store, 1, &error));
	g_assert_true(cancel(bench->store, 3, &error));
	mark(bench->store, rows, T0);
	g_assert_cmpuint(rows->len, ==, 1);
	g_assert_cmpint(((OutboxRow *)rows->pdata[0])->opportunity, ==, 2);
	g_assert_false(cancel(bench->store, 2, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "on its way");
	g_assert_true(settle(bench->store, rows->pdata[0], OUTBOX_SENT, T0 + 1, &error));
	g_assert_false(cancel(bench->store, 2, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "on its way");
	expect_state(bench->store, 1, OUTBOX_CANCELLED);
	expect_state(bench->store, 2, OUTBOX_SENT);
	g_autoptr(GPtrArray) none = claim(bench->store, T0 + 99999, 5);
	g_assert_cmpuint(none->len, ==, 0);
}

static void test_move(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	save_waiting(bench->store, 1, T0 + 9000);
	g_autoptr(Record) record = load(bench->store, 1);
	g_autoptr(Change) change = change_new(record);
	change_move_outbox(change, 0, T0);
	g_assert_true(store_save(bench->store, change, &error));
	g_assert_cmpint(record_outbox(record, 0)->send_at, ==, T0);
	g_autoptr(GPtrArray) rows = claim(bench->store, T0, 5);
	g_assert_cmpuint(rows->len, ==, 1);
	g_autoptr(Change) late = change_new(record);
	change_move_outbox(late, 0, T0 + 5);
	g_assert_false(store_save(bench->store, late, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "on its way");
}

/* A new note goes through the same save as the approval of its draft, and its Message-ID is its own. */
static void test_approve(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	save_waiting(bench->store, 1, T0);
	g_autoptr(Record) record = load(bench->store, 1);
	OutboxRow *row = record_add_outbox(record);
	row->message_id = g_strdup(record_outbox(record, 0)->message_id);
	row->from_address = g_strdup("ana@example.net");
	row->to_address = g_strdup("zoe@globex.example");
	row->subject = g_strdup("Again");
	row->body = g_strdup("Hello\n");
	row->created_at = row->send_at = T0 + 5;
	g_autoptr(Change) same = change_new(record);
	g_assert_false(store_save(bench->store, same, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "Message-ID");
	g_free(row->message_id);
	row->message_id = g_strdup("<other@followup.example>");
	sample_save(bench->store, record);
	g_autoptr(GPtrArray) rows = claim(bench->store, T0 + 5, 5);
	g_assert_cmpuint(rows->len, ==, 2);
	g_assert_cmpint(((OutboxRow *)rows->pdata[1])->number, ==, 1);
}

static void test_deleted(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	save_waiting(bench->store, 1, T0);
	g_autoptr(GPtrArray) rows = claim(bench->store, T0, 5);
	mark(bench->store, rows, T0);
	g_assert_false(store_delete(bench->store, ACCOUNT_SELF, 1, T0 + LEASE - 1, NULL, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "being sent");
	g_assert_false(store_delete(bench->store, ACCOUNT_SELF, 0, T0 + LEASE - 1, NULL, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "being sent");
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, 1, T0 + LEASE, NULL, &error));
	g_assert_true(settle(bench->store, rows->pdata[0], OUTBOX_SENT, T0 + 999, &error));
}

static void expect_next(Store *store, int64_t expected)
{
	g_autoptr(GError) error = NULL;
	int64_t at = 0;
	g_assert_true(store_outbox_next_at(store, &at, &error));
	g_assert_cmpint(at, ==, expected);
}

static void test_next(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	expect_next(bench->store, TIME_NONE);
	save_waiting(bench->store, 1, T0 + 50);
	save_waiting(bench->store, 2, T0 + 5000);
	expect_next(bench->store, T0 + 50);
	g_autoptr(GPtrArray) rows = claim(bench->store, T0 + 50, 5);
	expect_next(bench->store, T0 + 50 + LEASE);
	mark(bench->store, rows, T0 + 70);
	expect_next(bench->store, T0 + 70 + LEASE);
	g_assert_true(settle(bench->store, rows->pdata[0], OUTBOX_SENT, T0 + 71, &error));
	expect_next(bench->store, T0 + 5000);
}

static GPtrArray *waiting(Store *store, int64_t account, int64_t after, int64_t until, int limit)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *rows = NULL;
	const OutboxSpan span = {account, after, until, limit};
	bool good = store_outbox_waiting(store, &span, &rows, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return rows;
}

/* Opportunities 1 to 4 have a note that was settled (1 waits again, for T0 + 20), 5 one in hand, 6 and 7 one that waits
 * for T0 + 10 and T0 + 30. */
static void save_one_of_each_state(Store *store)
{
	static const OutboxState settled[] = {OUTBOX_RETRY, OUTBOX_SENT, OUTBOX_CANCELLED, OUTBOX_REFUSED};
	g_autoptr(GError) error = NULL;
	for (guint i = 0; i < G_N_ELEMENTS(settled); i++) {
		save_waiting(store, i + 1, T0);
		g_autoptr(GPtrArray) rows = claim(store, T0, 1);
		const OutboxResult result = {.row = rows->pdata[0], .state = settled[i], .at = T0, .send_at = T0 + 20};
		g_assert_true(store_outbox_settle(store, &result, 1, NULL, &error));
	}
	save_waiting(store, 5, T0);
	g_autoptr(GPtrArray) claimed = claim(store, T0, 1);
	save_waiting(store, 6, T0 + 10);
	save_waiting(store, 7, T0 + 30);
}

static void test_waiting(Bench *bench, const void *data)
{
	static const struct {
		const char *name;
		int64_t account, after, until;
		int limit;
		const char *found; /* opportunities, in order */
	} cases[] = {
		{"all that wait, of two states, by time", ACCOUNT_SELF, INT64_MIN, INT64_MAX, INT_MAX, "6 1 7 "},
		{"until a moment, which counts", ACCOUNT_SELF, INT64_MIN, T0 + 20, INT_MAX, "6 1 "},
		{"after a moment, which does not", ACCOUNT_SELF, T0 + 10, INT64_MAX, INT_MAX, "1 7 "},
		{"between two", ACCOUNT_SELF, T0 + 10, T0 + 29, INT_MAX, "1 "},
		{"the first of them", ACCOUNT_SELF, INT64_MIN, INT64_MAX, 2, "6 1 "},
		{"of nobody", ACCOUNT_SELF + 1, INT64_MIN, INT64_MAX, INT_MAX, ""},
		{"in no time", ACCOUNT_SELF, T0 + 30, T0 + 10, INT_MAX, ""},
	};
	save_one_of_each_state(bench->store);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) rows =
			waiting(bench->store, cases[i].account, cases[i].after, cases[i].until, cases[i].limit);
		g_autoptr(GString) found = g_string_new(NULL);
		for (guint j = 0; j < rows->len; j++) {
			const OutboxRow *row = rows->pdata[j];
			g_string_append_printf(found, "%d ", (int)row->opportunity);
			g_assert_cmpstr(row->to_address, ==, "zoe@globex.example");
			g_assert_null(row->body);
		}
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(found->str, ==, cases[i].found);
	}
}

/* What a deliverer that is gone had in hand waits again, without a claim; what it was sending is not known. */
static void test_end_leases(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	save_waiting(bench->store, 1, T0);
	g_autoptr(GPtrArray) sending = claim(bench->store, T0, 1);
	mark(bench->store, sending, T0);
	save_waiting(bench->store, 2, T0 + 1);
	g_autoptr(GPtrArray) claimed = claim(bench->store, T0 + 1, 1);
	g_assert_true(store_outbox_end_leases(bench->store, T0 + LEASE - 1, &error));
	expect_state(bench->store, 1, OUTBOX_SENDING);
	expect_state(bench->store, 2, OUTBOX_CLAIMED);
	g_assert_true(store_outbox_end_leases(bench->store, T0 + LEASE + 1, &error));
	expect_state(bench->store, 1, OUTBOX_UNKNOWN);
	expect_state(bench->store, 2, OUTBOX_READY);
	g_autoptr(GPtrArray) rows = waiting(bench->store, ACCOUNT_SELF, INT64_MIN, T0 + 1, INT_MAX);
	g_assert_cmpuint(rows->len, ==, 1);
}

static void test_two_deliverers(Bench *bench, const void *data)
{
	if (!bench->backend->shared) {
		g_test_skip("this backend is one program's alone");
		return;
	}
	g_autoptr(Store) other = sample_open(bench->path, STORE_WRITE);
	for (guint32 seed = 1; seed <= 10; seed++)
		save_waiting(bench->store, seed, T0 + seed);
	g_autoptr(GPtrArray) ours = claim(bench->store, T0 + 100, 4);
	g_autoptr(GPtrArray) theirs = claim(other, T0 + 100, 4);
	g_assert_cmpuint(ours->len, ==, 4);
	g_assert_cmpuint(theirs->len, ==, 4);
	for (guint i = 0; i < 4; i++) {
		g_assert_cmpint(((OutboxRow *)ours->pdata[i])->opportunity, ==, i + 1);
		g_assert_cmpint(((OutboxRow *)theirs->pdata[i])->opportunity, ==, i + 5);
	}
}

static const BackendCase CASES[] = {
	{"claim", test_claim},
	{"claim-of", test_claim_of},
	{"lease-of-claim", test_lease_of_claim},
	{"lease-of-sending", test_lease_of_sending},
	{"unknown-again", test_unknown_again},
	{"results", test_results},
	{"settle-with-change", test_settle_with_change},
	{"cancel", test_cancel},
	{"move", test_move},
	{"approve", test_approve},
	{"deleted", test_deleted},
	{"next", test_next},
	{"waiting", test_waiting},
	{"end-leases", test_end_leases},
	{"two-deliverers", test_two_deliverers},
};

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	backend_add_cases("outbox", CASES, G_N_ELEMENTS(CASES));
	return g_test_run();
}
