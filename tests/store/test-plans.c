/* test-plans.c - how the engine looks for what is asked: by index, never by going through everything, never by sorting.
 *
 * Every statement the store really runs is caught on its way into SQLite and explained there.
 */
#include "sample.h"

#include <sqlite3.h>
#include <store/inbox.h>
#include <string.h>

#define T0 1795190400

/* What is caught, in order; a copy of each text. */
static GPtrArray *caught;

static int catch_statement(unsigned reason, void *context, void *statement, void *text)
{
	if (caught != NULL && sqlite3_sql(statement) != NULL)
		g_ptr_array_add(caught, g_strdup(sqlite3_sql(statement)));
	return 0;
}

static int watch(sqlite3 *db, const char **message, const struct sqlite3_api_routines *api)
{
	return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, catch_statement, NULL);
}

typedef struct Place {
	char *folder, *path;
	Store *store;
	sqlite3 *db; /* for EXPLAIN */
} Place;

static void set_up(Place *place, const void *data)
{
	place->folder = sample_folder_new();
	place->path = g_build_filename(place->folder, "store.db", NULL);
	place->store = sample_open(place->path, STORE_WRITE);
	sample_account_save(place->store);
	for (guint32 seed = 1; seed <= 20; seed++) {
		g_autoptr(Record) record = seed % 2 ? sample_record(seed) : sample_waiting(seed, T0);
		record->next_at = T0;
		sample_save(place->store, record);
	}
	g_assert_cmpint(sqlite3_open(place->path, &place->db), ==, SQLITE_OK);
	caught = g_ptr_array_new_with_free_func(g_free);
}

static void tear_down(Place *place, const void *data)
{
	g_clear_pointer(&caught, g_ptr_array_unref);
	sqlite3_close(place->db);
	store_close(place->store);
	g_free(place->path);
	sample_folder_remove(place->folder);
}

/* Each line of the plan is a search by an index that names the account, or one of the exceptions. */
static bool is_good_line(const char *line)
{
	static const char *const fine[] = {
		"LIST SUBQUERY",
		"SCALAR SUBQUERY",
		"CORRELATED SCALAR SUBQUERY",
		"SCAN CONSTANT ROW",
		"CO-ROUTINE",
		"COMPOUND QUERY",
		"LEFT-MOST SUBQUERY",
		"UNION ALL",
		"SCAN next",
		"SCAN passage_source", /* whatever its parts, each a SEARCH, give */
		"MERGE (UNION ALL)",
		"LEFT",
		"RIGHT"};
	if (g_str_has_prefix(line, "SEARCH ") && strstr(line, "AUTOMATIC") == NULL)
		return true;
	for (guint i = 0; i < G_N_ELEMENTS(fine); i++)
		if (g_str_has_prefix(line, fine[i]))
			return true;
	return false;
}

static void explain(sqlite3 *db, const char *sql, bool *ret_good)
{
	sqlite3_stmt *statement = NULL;
	g_autofree char *question = g_strconcat("EXPLAIN QUERY PLAN ", sql, NULL);
	g_assert_cmpint(sqlite3_prepare_v2(db, question, -1, &statement, NULL), ==, SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		const char *line = (const char *)sqlite3_column_text(statement, 3);
		if (is_good_line(line))
			continue;
		g_test_message("%s\n    in: %s", line, sql);
		*ret_good = false;
	}
	sqlite3_finalize(statement);
}

/* Explains all that was caught since the last time; so many statements of this kind were among them. */
static guint check_caught(Place *place, const char *kind)
{
	bool good = true;
	guint found = 0;
	for (guint i = 0; i < caught->len; i++) {
		const char *sql = caught->pdata[i];
		found += g_str_has_prefix(sql, kind);
		if (g_str_has_prefix(sql, "SELECT") || g_str_has_prefix(sql, "UPDATE") || g_str_has_prefix(sql, "DELETE"))
			explain(place->db, sql, &good);
	}
	g_assert_true(good);
	g_ptr_array_set_size(caught, 0);
	return found;
}

/* The whole agenda is one query over the index, whatever hangs on the opportunities. */
static void test_agenda(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	for (guint32 seed = 2; seed <= 20; seed += 2)
		g_assert_true(store_delete(place->store, ACCOUNT_SELF, seed, T0, NULL, &error));
	g_ptr_array_set_size(caught, 0);
	g_autoptr(GPtrArray) due = NULL;
	g_autoptr(GPtrArray) coming = NULL;
	g_assert_true(store_due_load(place->store, ACCOUNT_SELF, T0, 25, &due, &error));
	g_assert_cmpuint(due->len, ==, 10);
	g_assert_true(store_coming_load(place->store, ACCOUNT_SELF, T0 - 5, 25, &coming, &error));
	bool by_agenda = false;
	for (guint i = 0; i < caught->len; i++)
		by_agenda = by_agenda || strstr(caught->pdata[i], "next_at > $2") != NULL;
	g_assert_true(by_agenda);
	g_assert_cmpuint(check_caught(place, "SELECT"), ==, 2 * 2); /* the account, the agenda */
	int64_t count;
	g_assert_true(store_due_count(place->store, ACCOUNT_SELF, T0, &count, &error));
	g_assert_cmpuint(check_caught(place, "SELECT"), ==, 1);
}

static void test_records(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) record = NULL;
	g_autoptr(GPtrArray) whole = NULL;
	g_autoptr(GPtrArray) outlines = NULL;
	g_autoptr(Account) account = NULL;
	g_assert_true(store_record_load(place->store, ACCOUNT_SELF, 3, &record, &error));
	g_assert_cmpuint(check_caught(place, "SELECT"), ==, 10);
	g_assert_true(store_batch_load(place->store, ACCOUNT_SELF, 0, 15, &whole, &error));
	g_assert_cmpuint(check_caught(place, "SELECT"), ==, 10);
	g_assert_true(store_outline_load(place->store, ACCOUNT_SELF, 0, 15, &outlines, &error));
	check_caught(place, "SELECT");
	g_assert_true(store_account_load(place->store, ACCOUNT_SELF, &account, &error));
	check_caught(place, "SELECT");
}

static void test_saves(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) record = NULL;
	g_assert_true(store_record_load(place->store, ACCOUNT_SELF, 4, &record, &error));
	sample_add_call(record, T0);
	g_autoptr(Change) change = change_new(record);
	change_put(change, PART_OPPORTUNITY, 0);
	change_put(change, PART_PERSON, 0);
	change_put(change, PART_INTERVIEW, 0);
	change_put(change, PART_DRAFT, 0);
	change_move_outbox(change, 0, T0 + 1);
	change_cancel_outbox(change, 0, "no more");
	g_assert_true(store_save(place->store, change, &error));
	g_autoptr(Change) all = change_new(record);
	change_put_all(all);
	g_assert_true(store_save(place->store, all, &error));
	g_autoptr(GArray) next = g_array_new(FALSE, FALSE, sizeof(NextAt));
	const NextAt row = {4, 3, T0};
	g_array_append_val(next, row);
	g_assert_true(store_next_at_save(place->store, ACCOUNT_SELF, next, NULL, &error));
	g_assert_true(store_delete(place->store, ACCOUNT_SELF, 4, T0, NULL, &error));
	g_assert_cmpuint(check_caught(place, "UPDATE"), >=, 5);
}

static void test_outbox(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GPtrArray) listed = NULL;
	int64_t at;
	g_assert_true(store_outbox_claim(place->store, T0, 60, 3, &rows, &error));
	g_assert_cmpuint(rows->len, ==, 3);
	g_assert_true(store_outbox_mark_sending(place->store, rows, T0, 60, &error));
	const OutboxResult result = {.row = rows->pdata[0], .state = OUTBOX_SENT, .at = T0};
	g_assert_true(store_outbox_settle(place->store, &result, 1, NULL, &error));
	g_assert_true(store_outbox_list(place->store, ACCOUNT_SELF, OUTBOX_UNKNOWN, 5, &listed, &error));
	g_autoptr(GPtrArray) waiting = NULL;
	const OutboxSpan span = {ACCOUNT_SELF, T0 - 10, T0, 100};
	g_assert_true(store_outbox_waiting(place->store, &span, &waiting, &error));
	g_assert_cmpuint(waiting->len, ==, 10 - 3);
	g_assert_true(store_outbox_next_at(place->store, &at, &error));
	g_assert_cmpuint(check_caught(place, "UPDATE"), ==, 2 + 3 + 1);
}

static void expect_selects(Place *place, int64_t id, guint expected)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) outlines = NULL;
	g_assert_true(store_outline_load(place->store, ACCOUNT_SELF, id - 1, 1, &outlines, &error));
	g_assert_cmpint(((Record *)outlines->pdata[0])->id, ==, id);
	g_assert_cmpuint(check_caught(place, "SELECT"), ==, expected);
}

/* A note on its way takes the outline away; the save that records its end brings it back. */
static void test_outline_returns(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(Record) record = NULL;
	g_assert_true(store_outbox_claim(place->store, T0, 60, 1, &rows, &error));
	const OutboxRow *row = rows->pdata[0];
	check_caught(place, "UPDATE");
	expect_selects(place, row->opportunity, 2 + 8);
	g_assert_true(store_record_load(place->store, ACCOUNT_SELF, row->opportunity, &record, &error));
	sample_add_call(record, T0);
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)(void *)change_free);
	g_ptr_array_add(changes, change_new(record));
	const OutboxResult result = {.row = row, .state = OUTBOX_SENT, .at = T0};
	g_assert_true(store_outbox_settle(place->store, &result, 1, changes, &error));
	check_caught(place, "UPDATE");
	expect_selects(place, row->opportunity, 2);
}

static void test_inbox(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) of = NULL;
	g_autoptr(GPtrArray) batch = NULL;
	g_assert_true(store_inbox_of_load(place->store, ACCOUNT_SELF, 3, &of, &error));
	g_assert_true(store_inbox_batch_load(place->store, ACCOUNT_SELF, 5, 10, &batch, &error));
	g_assert_cmpuint(check_caught(place, "SELECT"), ==, 2);
}

static void test_lists(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GPtrArray) people = NULL;
	StoreCounts counts;
	g_assert_true(store_list(place->store, ACCOUNT_SELF, "glob", 5, &rows, &error));
	g_assert_true(store_people_find(place->store, ACCOUNT_SELF, "zo", 5, &people, &error));
	g_assert_true(store_count(place->store, ACCOUNT_SELF, 3, &counts, &error));
	g_assert_cmpuint(check_caught(place, "SELECT"), ==, 3);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(Place *place, const void *data);
	} cases[] = {
		{"agenda", test_agenda},
		{"records", test_records},
		{"saves", test_saves},
		{"outbox", test_outbox},
		{"outline-returns", test_outline_returns},
		{"inbox", test_inbox},
		{"lists", test_lists},
	};
	g_test_init(&argc, &argv, NULL);
	sqlite3_auto_extension((void (*)(void))watch);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/store-plans/", cases[i].name, NULL);
		g_test_add(path, Place, NULL, set_up, cases[i].run, tear_down);
	}
	return g_test_run();
}
