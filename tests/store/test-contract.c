/* test-contract.c - what every store must do, whatever engine stands behind it.
 *
 * Each case runs on each backend (backend.c): today SQLite in memory and in a file; another engine is one line more.
 */
#include "backend.h"
#include "sample.h"

#include <base/error.h>
#include <string.h>

#define T0 1795190400

static Record *load(Store *store, int64_t id)
{
	g_autoptr(GError) error = NULL;
	Record *record = NULL;
	bool good = store_record_load(store, ACCOUNT_SELF, id, &record, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return record;
}

static void expect_stored(Store *store, const Record *record)
{
	g_autoptr(Record) loaded = load(store, record->id);
	g_autofree char *expected = sample_text(record, true), *found = sample_text(loaded, true);
	g_assert_cmpstr(found, ==, expected);
}

static void expect_missing(Store *store, int64_t id)
{
	g_autoptr(GError) error = NULL;
	Record *record = NULL;
	g_assert_false(store_record_load(store, ACCOUNT_SELF, id, &record, &error));
	g_assert_null(record);
	sample_expect(&error, BASE_ERROR_MISSING, "no opportunity");
}

/* ---- accounts ---- */

static void test_account(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Account) one = NULL;
	g_autoptr(Account) other = NULL;
	g_assert_true(store_account_load(bench->store, ACCOUNT_SELF, &one, &error));
	g_assert_cmpstr(one->zone, ==, "America/Phoenix");
	g_assert_cmpstr(one->me.name, ==, "Ana Reyes");
	g_assert_null(one->me.phone);
	g_assert_cmpuint(one->me.skills->len, ==, 2);
	g_assert_cmpstr(one->me.skills->pdata[1], ==, "forecasting, at scale");
	g_assert_cmpint(g_array_index(one->holidays, Day, 1), ==, 20812);
	g_assert_cmpuint(g_hash_table_size(one->settings), ==, 2);
	g_assert_cmpstr(g_hash_table_lookup(one->settings, "playbook"), ==, "standard");
	g_assert_true(store_account_load(bench->store, ACCOUNT_SELF, &other, &error));

	g_hash_table_remove(one->settings, "playbook");
	g_assert_true(store_account_save(bench->store, one, &error));
	g_assert_false(store_account_save(bench->store, other, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "another program");
	account_free(g_steal_pointer(&other));
	g_assert_true(store_account_load(bench->store, ACCOUNT_SELF, &other, &error));
	g_assert_cmpuint(g_hash_table_size(other->settings), ==, 1);
	g_assert_cmpint(other->revision, ==, one->revision);
}

static void test_account_refused(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Account) account = NULL;
	g_assert_false(store_account_load(bench->store, 7, &account, &error));
	sample_expect(&error, BASE_ERROR_MISSING, "account 7");
	g_assert_true(store_account_load(bench->store, ACCOUNT_SELF, &account, &error));
	g_ptr_array_add(account->me.skills, g_strdup("two\nlines"));
	g_assert_false(store_account_save(bench->store, account, &error));
	sample_expect(&error, BASE_ERROR_INVALID, "line break");
}

/* ---- records ---- */

static void test_round_trip(Bench *bench, const void *data)
{
	for (guint32 seed = 1; seed <= 150; seed++) {
		g_autoptr(Record) record = sample_record(seed);
		g_assert_cmpint(sample_save(bench->store, record), ==, seed);
		g_assert_cmpint(record->revision, ==, 1);
		expect_stored(bench->store, record);
	}
	expect_missing(bench->store, 151);
	expect_missing(bench->store, 0);
	expect_missing(bench->store, -3);
}

static void check_batch(const GPtrArray *batch, int64_t after, bool bodies)
{
	for (guint i = 0; i < batch->len; i++) {
		g_autoptr(Record) expected = sample_record((guint32)after + i + 1);
		expected->id = after + i + 1;
		expected->revision = 1;
		for (guint row = 0; row < expected->outbox->len; row++)
			record_outbox(expected, (int)row)->opportunity = expected->id;
		g_autofree char *want = sample_text(expected, bodies), *found = sample_text(batch->pdata[i], bodies);
		g_assert_cmpstr(found, ==, want);
	}
}

static void test_batches(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	for (guint32 seed = 1; seed <= 50; seed++) {
		g_autoptr(Record) record = sample_record(seed);
		sample_save(bench->store, record);
	}
	for (int64_t after = 0; after <= 50; after += 20) {
		g_autoptr(GPtrArray) whole = NULL;
		g_autoptr(GPtrArray) outlines = NULL;
		g_assert_true(store_batch_load(bench->store, ACCOUNT_SELF, after, 20, &whole, &error));
		g_assert_true(store_outline_load(bench->store, ACCOUNT_SELF, after, 20, &outlines, &error));
		g_assert_cmpuint(whole->len, ==, MIN(20, 50 - after));
		g_assert_cmpuint(outlines->len, ==, whole->len);
		check_batch(whole, after, true);
		check_batch(outlines, after, false);
	}
	g_autoptr(GPtrArray) end = NULL;
	g_assert_true(store_batch_load(bench->store, ACCOUNT_SELF, 50, 20, &end, &error));
	g_assert_cmpuint(end->len, ==, 0);
}

/* Edits every kind of part in place and adds one of each. */
static void edit_all(Record *record, Change *change)
{
	Facts *facts = record->facts;
	g_free(facts->company);
	facts->company = g_strdup("Initech");
	record->later_until = T0 + 900;
	record->later_since = T0;
	change_put(change, PART_OPPORTUNITY, 0);
	g_free(facts_person(facts, 0)->email);
	facts_person(facts, 0)->email = g_strdup("new@initech.example");
	change_put(change, PART_PERSON, 0);
	Interview *interview = facts_interview(facts, 0);
	g_array_set_size(interview->with, 0);
	int zero = 0;
	g_array_append_val(interview->with, zero);
	interview->promise.process_weeks = 5;
	change_put(change, PART_INTERVIEW, 0);
	Debrief *debrief = facts_add_debrief(facts, 0, T0 + 50);
	debrief_add_topic(debrief, 0, "something new");
	sample_add_call(record, T0 + 100);
	Draft *draft = record_add_draft(record);
	draft->step = STEP_THANK_YOU;
	draft->channel = CHANNEL_EMAIL;
	draft->body = g_strdup("Dear Sir or Madam\n");
	draft->created_at = T0;
	Draft *closing = record_add_draft(record); /* words to say oneself: to nobody, on no channel */
	closing->step = STEP_PREPARE_CLOSE;
	closing->body = g_strdup("When do you expect to decide?\n");
	closing->created_at = T0;
	record->next_at = T0 + 7;
}

static void test_edit(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	for (guint32 seed = 1; seed <= 40; seed++) {
		g_autoptr(Record) fresh = sample_record(seed);
		g_autoptr(Record) record = load(bench->store, sample_save(bench->store, fresh));
		g_autoptr(Change) change = change_new(record);
		edit_all(record, change);
		g_assert_true(store_save(bench->store, change, &error));
		g_assert_cmpint(record->revision, ==, 2);
		expect_stored(bench->store, record);

		/* Once more on what is stored now, each part named a second time. */
		g_autoptr(Change) again = change_new(record);
		g_array_set_size(facts_debrief(record->facts, 0)->topics, 0);
		g_ptr_array_add(facts_debrief(record->facts, 0)->fit, g_strdup("they need someone like that"));
		change_put(again, PART_DEBRIEF, 0);
		change_put(again, PART_DEBRIEF, 0);
		facts_event(record->facts, (int)record->facts->events->len - 1)->result = CALL_RESULT_COUNT - 1;
		change_put(again, PART_EVENT, (int)record->facts->events->len - 1);
		record_draft(record, (int)record->drafts->len - 1)->state = DRAFT_DISCARDED;
		change_put(again, PART_DRAFT, (int)record->drafts->len - 1);
		bool good = store_save(bench->store, again, &error);
		g_assert_no_error(error);
		g_assert_true(good);
		expect_stored(bench->store, record);
	}
}

/* What is not named is not written. */
static void test_unnamed(Bench *bench, const void *data)
{
	g_autoptr(Record) record = sample_record(3);
	sample_save(bench->store, record);
	g_autofree char *before = g_strdup(facts_person(record->facts, 0)->name);
	g_free(facts_person(record->facts, 0)->name);
	facts_person(record->facts, 0)->name = g_strdup("Nobody");
	sample_add_call(record, T0);
	sample_save(bench->store, record);
	g_autoptr(Record) loaded = load(bench->store, record->id);
	g_assert_cmpstr(facts_person(loaded->facts, 0)->name, ==, before);
	g_assert_cmpuint(loaded->facts->events->len, ==, record->facts->events->len);
}

/* Takes the last person away, from every place. */
static void remove_last_person(Record *record)
{
	Facts *facts = record->facts;
	int last = (int)facts->people->len - 1;
	for (guint i = 0; i < facts->interviews->len; i++) {
		GArray *with = facts_interview(facts, (int)i)->with;
		for (guint w = with->len; w-- > 0;)
			if (g_array_index(with, int, w) == last)
				g_array_remove_index(with, w);
	}
	for (guint i = 0; i < facts->debriefs->len; i++)
		g_array_set_size(facts_debrief(facts, (int)i)->topics, 0);
	for (guint i = facts->events->len; i-- > 0;)
		if (facts_event(facts, (int)i)->person == last)
			g_array_remove_index(facts->events, i);
	for (guint i = record->drafts->len; i-- > 0;) {
		if (record_draft(record, (int)i)->person != last)
			continue;
		g_ptr_array_remove_index(record->drafts, i);
		for (guint row = 0; row < record->outbox->len; row++) {
			OutboxRow *out = record_outbox(record, (int)row);
			out->draft = out->draft == (int)i ? NO_DRAFT : out->draft > (int)i ? out->draft - 1 : out->draft;
		}
	}
	g_array_remove_index(facts->people, (guint)last);
}

static void test_put_all(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	for (guint32 seed = 1; seed <= 40; seed++) {
		g_autoptr(Record) record = sample_record(seed);
		sample_save(bench->store, record);
		remove_last_person(record);
		g_autoptr(Change) change = change_new(record);
		change_put_all(change);
		bool good = store_save(bench->store, change, &error);
		g_assert_no_error(error);
		g_assert_true(good);
		expect_stored(bench->store, record);
	}
}

static void test_conflict(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) record = sample_record(9);
	g_autoptr(Record) mine = load(bench->store, sample_save(bench->store, record));
	g_autoptr(Record) theirs = load(bench->store, record->id);
	sample_add_call(theirs, T0);
	sample_save(bench->store, theirs);

	sample_add_call(mine, T0 + 5);
	g_autoptr(Change) change = change_new(mine);
	g_assert_false(store_save(bench->store, change, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "another program");
	g_assert_cmpint(mine->revision, ==, 1);
	expect_stored(bench->store, theirs);
}

/* One bad change among good ones: nothing is written, and no record changes. */
static void test_all_or_nothing(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) stored = sample_record(1);
	g_autoptr(Record) added = sample_record(2);
	g_autoptr(Record) stale = load(bench->store, sample_save(bench->store, stored));
	sample_add_call(stored, T0);
	sample_save(bench->store, stored);
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)(void *)change_free);
	g_ptr_array_add(changes, change_new(added));
	g_ptr_array_add(changes, change_new(stale));
	g_assert_false(store_save_many(bench->store, changes, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "another program");
	g_assert_cmpint(added->id, ==, 0);
	g_assert_cmpint(added->revision, ==, 0);
	expect_missing(bench->store, 2);
	expect_stored(bench->store, stored);
	g_assert_cmpint(sample_save(bench->store, added), ==, 2);
}

static void test_unfit_facts(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) record = sample_record(4);
	int nobody = 99;
	g_array_append_val(facts_interview(record->facts, 0)->with, nobody);
	g_autoptr(Change) change = change_new(record);
	g_assert_false(store_save(bench->store, change, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
	expect_missing(bench->store, 1);
}

/* A draft of an outline has no body, and must not take the stored one away. */
static void test_outline_not_saved(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) outlines = NULL;
	guint32 seed = 1;
	g_autoptr(Record) record = sample_record(seed);
	while (record->drafts->len == 0) {
		record_free(record);
		record = sample_record(++seed);
	}
	sample_save(bench->store, record);
	g_assert_true(store_outline_load(bench->store, ACCOUNT_SELF, 0, 5, &outlines, &error));
	Record *outline = outlines->pdata[0];
	g_assert_null(record_draft(outline, 0)->body);
	g_autoptr(Change) change = change_new(outline);
	change_put(change, PART_DRAFT, 0);
	g_assert_false(store_save(bench->store, change, &error));
	expect_stored(bench->store, record);

	sample_add_call(outline, T0);
	sample_save(bench->store, outline);
	g_autoptr(Record) loaded = load(bench->store, record->id);
	g_assert_cmpstr(record_draft(loaded, 0)->body, ==, record_draft(record, 0)->body);
}

static void test_imported_ids(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) kept = sample_record(1);
	g_autoptr(Record) next = sample_record(2);
	g_autoptr(Record) taken = sample_record(3);
	kept->id = 40;
	g_assert_cmpint(sample_save(bench->store, kept), ==, 40);
	g_assert_cmpint(sample_save(bench->store, next), ==, 41);
	taken->id = 40;
	g_autoptr(Change) change = change_new(taken);
	g_assert_false(store_save(bench->store, change, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "already");
	expect_stored(bench->store, kept);
}

/* ---- agenda ---- */

static int compare_agenda(const void *left, const void *right)
{
	const Record *one = *(Record *const *)left, *other = *(Record *const *)right;
	if (one->next_at != other->next_at)
		return one->next_at < other->next_at ? -1 : 1;
	return one->id < other->id ? -1 : 1;
}

static void expect_agenda(const GPtrArray *found, const GPtrArray *all, int64_t after, int64_t until)
{
	guint at = 0;
	for (guint i = 0; i < all->len; i++) {
		const Record *record = all->pdata[i];
		if (record->next_at == TIME_NONE || record->next_at <= after || record->next_at > until || at == 10)
			continue;
		g_assert_cmpuint(at, <, found->len);
		g_autofree char *want = sample_text(record, false), *have = sample_text(found->pdata[at++], false);
		g_assert_cmpstr(have, ==, want);
	}
	g_assert_cmpuint(at, ==, found->len);
}

typedef struct Visited {
	GPtrArray *texts; /* of char* */
	guint stop_at;
} Visited;

static bool take_visited(Record *record, void *data, GError **error)
{
	Visited *visited = data;
	if (visited->texts->len == visited->stop_at)
		return base_error_set(error, BASE_ERROR_CONFLICT, NULL, "That is enough.");
	g_ptr_array_add(visited->texts, sample_text(record, false));
	return true;
}

/* A visit gives the same as a load, one after the other, and ends when it is told to. */
static void expect_visit(Bench *bench, const GPtrArray *due, int64_t now)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	Visited visited = {texts, G_MAXUINT};
	const StoreVisit visit = {now, 10, take_visited, &visited};
	g_assert_true(store_due_visit(bench->store, ACCOUNT_SELF, &visit, &error));
	g_assert_cmpuint(texts->len, ==, due->len);
	for (guint i = 0; i < due->len; i++) {
		g_autofree char *want = sample_text(due->pdata[i], false);
		g_assert_cmpstr(texts->pdata[i], ==, want);
	}
	g_ptr_array_set_size(texts, 0);
	visited.stop_at = due->len / 2;
	g_assert_true(store_due_visit(bench->store, ACCOUNT_SELF, &visit, &error) == (due->len == 0));
	g_assert_true(due->len == 0 || g_error_matches(error, BASE_ERROR, BASE_ERROR_CONFLICT));
	g_assert_cmpuint(texts->len, ==, due->len / 2);
}

static void test_agenda(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)(void *)record_free);
	for (guint32 seed = 1; seed <= 60; seed++) {
		Record *record = seed % 4 == 0 ? sample_waiting(seed, T0) : sample_record(seed);
		g_ptr_array_add(all, record);
		sample_save(bench->store, record);
	}
	g_ptr_array_sort(all, compare_agenda);
	for (int64_t now = T0 - 3600; now <= T0 + 60 * 3600; now += 7 * 3600) {
		g_autoptr(GPtrArray) due = NULL;
		g_autoptr(GPtrArray) coming = NULL;
		int64_t count = 0, expected = 0;
		g_assert_true(store_due_load(bench->store, ACCOUNT_SELF, now, 10, &due, &error));
		g_assert_true(store_coming_load(bench->store, ACCOUNT_SELF, now, 10, &coming, &error));
		g_assert_true(store_due_count(bench->store, ACCOUNT_SELF, now, &count, &error));
		expect_agenda(due, all, INT64_MIN, now);
		expect_visit(bench, due, now);
		expect_agenda(coming, all, now, INT64_MAX);
		for (guint i = 0; i < all->len; i++) {
			int64_t next_at = ((Record *)all->pdata[i])->next_at;
			expected += next_at != TIME_NONE && next_at <= now;
		}
		g_assert_cmpint(count, ==, expected);
	}
}

static void test_next_at(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) one = sample_record(1);
	g_autoptr(Record) two = sample_record(2);
	sample_save(bench->store, one);
	sample_save(bench->store, two);
	g_autoptr(GArray) next = g_array_new(FALSE, FALSE, sizeof(NextAt));
	const NextAt rows[] = {{1, 1, T0 + 99}, {2, 7, T0 + 99}, {3, 1, T0 + 99}};
	g_array_append_vals(next, rows, G_N_ELEMENTS(rows));
	int written = -1;
	g_assert_true(store_next_at_save(bench->store, ACCOUNT_SELF, next, &written, &error));
	g_assert_cmpint(written, ==, 1);
	one->next_at = T0 + 99;
	expect_stored(bench->store, one);
	expect_stored(bench->store, two);
	g_array_index(next, NextAt, 0).next_at = TIME_NONE;
	g_assert_true(store_next_at_save(bench->store, ACCOUNT_SELF, next, NULL, &error));
	one->next_at = TIME_NONE;
	expect_stored(bench->store, one);
}

/* ---- lists ---- */

static void save_named(Store *store, const char *company, const char *position, const char *person)
{
	g_autoptr(Record) record = sample_record(5);
	g_free(record->facts->company);
	g_free(record->facts->position);
	record->facts->company = g_strdup(company);
	record->facts->position = g_strdup(position);
	g_free(facts_person(record->facts, 0)->name);
	facts_person(record->facts, 0)->name = g_strdup(person);
	for (guint i = 0; i < record->outbox->len; i++) {
		g_free(record_outbox(record, (int)i)->message_id);
		record_outbox(record, (int)i)->message_id = g_strdup_printf("<%s.%u>", company, i);
	}
	sample_save(store, record);
}

static void test_list(Bench *bench, const void *data)
{
	static const struct {
		const char *prefix, *expected;
	} cases[] = {
		{NULL, "100%_ok Globex Globex Zürich "},
		{"", "100%_ok Globex Globex Zürich "},
		{"glob", "Globex Globex "},
		{"GLOBEX B", "Globex "},
		{"zur", "Zürich "},
		{"ZÜR", "Zürich "},
		{"analyst", "Globex "},
		{"%", ""},
		{"_", ""},
		{"100%_", "100%_ok "},
		{"lobex", ""},
		{"x", ""},
	};
	g_autoptr(GError) error = NULL;
	save_named(bench->store, "Zürich", NULL, "Finn");
	save_named(bench->store, "Globex", "Baker", "Huck Finn");
	save_named(bench->store, "Globex", "Data analyst", "Ada Okoro");
	save_named(bench->store, "100%_ok", NULL, "Finn");
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) rows = NULL;
		g_autoptr(GString) found = g_string_new(NULL);
		g_assert_true(store_list(bench->store, ACCOUNT_SELF, cases[i].prefix, 10, &rows, &error));
		for (guint row = 0; row < rows->len; row++)
			g_string_append_printf(found, "%s ", ((ListRow *)rows->pdata[row])->company);
		if (!g_str_equal(found->str, cases[i].expected))
			g_error("\"%s\" finds \"%s\", not \"%s\"", cases[i].prefix, found->str, cases[i].expected);
	}
}

static void test_list_counts(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(Record) record = sample_record(8);
	sample_add_call(record, T0 + 999 * 3600);
	sample_save(bench->store, record);
	g_assert_true(store_list(bench->store, ACCOUNT_SELF, NULL, 10, &rows, &error));
	const ListRow *row = rows->pdata[0];
	g_assert_cmpint(row->id, ==, 1);
	g_assert_cmpstr(row->position, ==, record->facts->position);
	g_assert_cmpint(row->next_at, ==, record->next_at);
	g_assert_cmpint(row->created_at, ==, record->created_at);
	g_assert_cmpint(row->people, ==, record->facts->people->len);
	g_assert_cmpint(row->interviews, ==, record->facts->interviews->len);
	g_assert_cmpint(row->last_at, ==, T0 + 999 * 3600);
}

static void test_people(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) first = NULL;
	g_autoptr(GPtrArray) word = NULL;
	save_named(bench->store, "Globex", NULL, "Huck Finn");
	save_named(bench->store, "Initech", NULL, "Ada Okoro");
	g_assert_true(store_people_find(bench->store, ACCOUNT_SELF, "huck", 10, &first, &error));
	g_assert_cmpuint(first->len, ==, 1);
	const PersonRow *row = first->pdata[0];
	g_assert_cmpint(row->opportunity, ==, 1);
	g_assert_cmpint(row->index, ==, 0);
	g_assert_cmpstr(row->company, ==, "Globex");
	g_assert_cmpstr(row->name, ==, "Huck Finn");
	g_assert_true(store_people_find(bench->store, ACCOUNT_SELF, "oko", 10, &word, &error));
	g_assert_cmpuint(word->len, ==, 1);
	g_assert_cmpint(((PersonRow *)word->pdata[0])->opportunity, ==, 2);
}

/* ---- deletion ---- */

static void test_delete_one(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) one = sample_record(1);
	g_autoptr(Record) two = sample_record(2);
	g_autoptr(Record) three = sample_record(3);
	StoreCounts told, went;
	sample_save(bench->store, one);
	sample_save(bench->store, two);
	g_assert_true(store_count(bench->store, ACCOUNT_SELF, 1, &told, &error));
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, 1, T0, &went, &error));
	g_assert_cmpmem(&told, sizeof told, &went, sizeof went);
	g_assert_cmpint(went.opportunities, ==, 1);
	g_assert_cmpint(went.people, ==, one->facts->people->len);
	g_assert_cmpint(went.interviews, ==, one->facts->interviews->len);
	g_assert_cmpint(went.debriefs, ==, one->facts->debriefs->len);
	g_assert_cmpint(went.events, ==, one->facts->events->len);
	g_assert_cmpint(went.drafts, ==, one->drafts->len);
	expect_missing(bench->store, 1);
	expect_stored(bench->store, two);
	g_assert_false(store_delete(bench->store, ACCOUNT_SELF, 1, T0, NULL, &error));
	sample_expect(&error, BASE_ERROR_MISSING, "no opportunity 1");
	/* An id is never given twice. */
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, 2, T0, NULL, &error));
	g_assert_cmpint(sample_save(bench->store, three), ==, 3);
	sample_add_call(two, T0);
	g_autoptr(Change) late = change_new(two);
	g_assert_false(store_save(bench->store, late, &error));
	sample_expect(&error, BASE_ERROR_MISSING, "deleted");
}

static void test_delete_all(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Account) account = NULL;
	StoreCounts counts;
	for (guint32 seed = 1; seed <= 20; seed++) {
		g_autoptr(Record) record = sample_record(seed);
		sample_save(bench->store, record);
	}
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, 0, T0, &counts, &error));
	g_assert_cmpint(counts.opportunities, ==, 20);
	g_assert_true(store_count(bench->store, ACCOUNT_SELF, 0, &counts, &error));
	const StoreCounts none = {0};
	g_assert_cmpmem(&counts, sizeof counts, &none, sizeof none);
	g_assert_true(store_account_load(bench->store, ACCOUNT_SELF, &account, &error));
	g_assert_null(account->me.name);
	g_assert_cmpuint(account->me.skills->len + account->holidays->len, ==, 0);
	g_assert_cmpuint(g_hash_table_size(account->settings), ==, 0);
	g_autoptr(Record) record = sample_record(1);
	sample_save(bench->store, record);
}

/* ---- backup ---- */

static void test_backup(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) record = sample_record(1);
	g_autoptr(Record) later = sample_record(2);
	g_autofree char *path = g_build_filename(bench->folder, "copy.db", NULL);
	sample_save(bench->store, record);
	g_assert_true(store_backup(bench->store, path, false, &error));
	sample_save(bench->store, later);
	g_assert_false(store_backup(bench->store, path, false, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "exists already");
	Store *copy = sample_open(path, STORE_READ);
	expect_stored(copy, record);
	expect_missing(copy, 2);
	store_close(copy);
	g_assert_true(store_backup(bench->store, path, true, &error));
	copy = sample_open(path, STORE_READ);
	expect_stored(copy, later);
	store_close(copy);
}

/* ---- two at once ---- */

static void test_two_stores(Bench *bench, const void *data)
{
	if (!bench->backend->shared) {
		g_test_skip("this backend is one program's alone");
		return;
	}
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) other = sample_open(bench->path, STORE_WRITE);
	g_autoptr(Record) record = sample_record(1);
	sample_save(bench->store, record);
	expect_stored(other, record);
	g_autoptr(Record) theirs = load(other, 1);
	sample_add_call(theirs, T0);
	sample_save(other, theirs);
	expect_stored(bench->store, theirs);
	g_autoptr(Change) change = change_new(record);
	g_assert_false(store_save(bench->store, change, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "another program");
}

static const BackendCase CASES[] = {
	{"account", test_account},
	{"account-refused", test_account_refused},
	{"round-trip", test_round_trip},
	{"batches", test_batches},
	{"edit", test_edit},
	{"unnamed-is-not-written", test_unnamed},
	{"put-all", test_put_all},
	{"conflict", test_conflict},
	{"all-or-nothing", test_all_or_nothing},
	{"unfit-facts", test_unfit_facts},
	{"outline-is-not-saved", test_outline_not_saved},
	{"imported-ids", test_imported_ids},
	{"agenda", test_agenda},
	{"next-at", test_next_at},
	{"list", test_list},
	{"list-counts", test_list_counts},
	{"people", test_people},
	{"delete-one", test_delete_one},
	{"delete-all", test_delete_all},
	{"backup", test_backup},
	{"two-stores", test_two_stores},
};

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	backend_add_cases("store", CASES, G_N_ELEMENTS(CASES));
	return g_test_run();
}
