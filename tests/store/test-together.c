/* test-together.c - several programs on one file, and programs that are killed in the middle.
 *
 * Children are forked and speak through a pipe: a line before they start something and a line when the store said it is
 * done. Killed at any moment, what was done is there, what was begun is there whole or not at all.
 */
#include "sample.h"

#include <base/error.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define T0 1795190400
#define LEASE 60

typedef struct Place {
	char *folder, *path;
} Place;

static void set_up(Place *place, const void *data)
{
	place->folder = sample_folder_new();
	place->path = g_build_filename(place->folder, "store.db", NULL);
}

static void tear_down(Place *place, const void *data)
{
	g_free(place->path);
	sample_folder_remove(place->folder);
}

typedef struct Child {
	pid_t pid;
	FILE *lines; /* what it says */
} Child;

typedef void (*ChildRun)(const char *path, int number, int say);

static Child start(ChildRun run, const char *path, int number)
{
	int ends[2];
	g_assert_cmpint(pipe(ends), ==, 0);
	pid_t pid = fork();
	g_assert_cmpint(pid, >=, 0);
	if (pid == 0) {
		close(ends[0]);
		run(path, number, ends[1]);
		_exit(0);
	}
	close(ends[1]);
	return (Child){pid, fdopen(ends[0], "r")};
}

/* Reads one line it says, or finds that it is silent for good. */
static bool hear(Child child, GPtrArray *lines)
{
	char line[256];
	if (fgets(line, sizeof line, child.lines) == NULL)
		return false;
	if (strchr(line, '\n') != NULL)
		g_ptr_array_add(lines, g_strndup(line, strcspn(line, "\n")));
	return true;
}

/* Waits; adds all it says until then. */
static void finish(Child child, GPtrArray *lines, int *ret_status)
{
	while (hear(child, lines))
		continue;
	fclose(child.lines);
	g_assert_cmpint(waitpid(child.pid, ret_status, 0), ==, child.pid);
}

/* Lets it say so many lines, then kills it a moment later, and gives what it said. A count of lines, because a busy
 * machine may take long before anything happens. */
static GPtrArray *kill_after(Child child, GRand *grand, int most_lines, int *ret_status)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	for (int left = g_rand_int_range(grand, 0, most_lines + 1); left > 0 && hear(child, lines); left--)
		continue;
	g_usleep((gulong)g_rand_int_range(grand, 0, 1500));
	kill(child.pid, SIGKILL);
	finish(child, lines, ret_status);
	return lines;
}

static void say(int to, const char *what, gint64 number)
{
	char line[64];
	int length = g_snprintf(line, sizeof line, "%s %" G_GINT64_FORMAT "\n", what, number);
	if (write(to, line, (size_t)length) != length)
		_exit(8);
}

/* ---- together ---- */

enum { WRITERS = 4, CALLS = 25 };

/* Adds calls to one record, reloading whenever another was faster. */
static void add_calls(const char *path, int number, int to)
{
	g_autoptr(Store) store = sample_open(path, STORE_WRITE);
	for (int done = 0; done < CALLS;) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Record) record = NULL;
		g_assert_true(store_record_load(store, ACCOUNT_SELF, 1, &record, &error));
		sample_add_call(record, T0 + number * 1000 + done);
		g_autoptr(Change) change = change_new(record);
		if (store_save(store, change, &error))
			done++;
		else
			sample_expect(&error, BASE_ERROR_CONFLICT, "another program");
	}
}

static void test_writers(Place *place, const void *data)
{
	Child children[WRITERS];
	Store *store = sample_open(place->path, STORE_WRITE);
	g_autoptr(Record) record = sample_record(1);
	g_array_set_size(record->facts->events, 0);
	sample_save(store, record);
	store_close(store);
	for (int i = 0; i < WRITERS; i++)
		children[i] = start(add_calls, place->path, i);
	for (int i = 0; i < WRITERS; i++) {
		int status = 0;
		g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
		finish(children[i], lines, &status);
		g_assert_cmpint(status, ==, 0);
	}
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) stored = NULL;
	g_autoptr(GHashTable) times = g_hash_table_new(g_int64_hash, g_int64_equal);
	store = sample_open(place->path, STORE_READ);
	g_assert_true(store_record_load(store, ACCOUNT_SELF, 1, &stored, &error));
	for (guint i = 0; i < stored->facts->events->len; i++)
		g_assert_true(g_hash_table_add(times, &facts_event(stored->facts, (int)i)->at));
	g_assert_cmpuint(stored->facts->events->len, ==, WRITERS * CALLS);
	g_assert_cmpint(stored->revision, ==, 1 + WRITERS * CALLS);
	store_close(store);
}

/* All start on a file that is not there yet. Who comes while it is made may be told to try again. */
static void create_and_save(const char *path, int number, int to)
{
	g_autoptr(Store) store = NULL;
	g_autoptr(GError) busy = NULL;
	for (int tries = 0; tries < 2000 && !store_open(path, STORE_WRITE, &store, &busy); tries++) {
		sample_expect(&busy, BASE_ERROR_TEMPORARY, "try again");
		g_usleep(1000);
	}
	g_assert_nonnull(store);
	g_autoptr(Record) record = sample_record((guint32)number + 1);
	say(to, "saved", sample_save(store, record));
}

static void test_creators(Place *place, const void *data)
{
	Child children[6];
	gint64 sum = 0;
	for (int i = 0; i < 6; i++)
		children[i] = start(create_and_save, place->path, i);
	for (int i = 0; i < 6; i++) {
		int status = 0;
		g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
		finish(children[i], lines, &status);
		g_assert_cmpint(status, ==, 0);
		g_assert_cmpuint(lines->len, ==, 1);
		sum += g_ascii_strtoll((char *)lines->pdata[0] + strlen("saved "), NULL, 10);
	}
	g_assert_cmpint(sum, ==, 1 + 2 + 3 + 4 + 5 + 6);
}

/* ---- a glance ---- */

static guint count_events(const char *path, StoreMode mode)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) record = NULL;
	g_autoptr(Store) store = sample_open(path, mode);
	if (!store_record_load(store, ACCOUNT_SELF, 1, &record, &error))
		g_error("%s", error->message);
	return record->facts->events->len;
}

static void save_first(const char *path)
{
	g_autoptr(Store) store = sample_open(path, STORE_WRITE);
	g_autoptr(Record) record = sample_record(1);
	g_array_set_size(record->facts->events, 0);
	sample_save(store, record);
}

/* Has the file to itself for a while. */
static void look_long(const char *path, int number, int to)
{
	enum { LONG = 400000 }; /* microseconds */
	g_autoptr(Store) store = sample_open(path, STORE_GLANCE);
	say(to, "open", number);
	g_usleep(LONG);
	say(to, "closing", number);
}

static bool can_read_at_once(const char *path)
{
	sqlite3 *db = NULL;
	g_assert_cmpint(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
	int code = sqlite3_exec(db, "SELECT id FROM opportunity", NULL, NULL, NULL);
	g_assert_true(code == SQLITE_OK || code == SQLITE_BUSY);
	sqlite3_close(db);
	return code == SQLITE_OK;
}

/* Others wait until it is over, to read and to write. */
static void test_glance_alone(Place *place, const void *data)
{
	static const StoreMode modes[] = {STORE_READ, STORE_GLANCE, STORE_WRITE};
	save_first(place->path);
	for (guint i = 0; i < G_N_ELEMENTS(modes); i++) {
		int status = 0;
		g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
		Child child = start(look_long, place->path, 1);
		g_assert_true(hear(child, lines));
		g_assert_false(can_read_at_once(place->path));
		g_autoptr(Store) store = sample_open(place->path, modes[i]);
		finish(child, lines, &status);
		g_assert_cmpint(status, ==, 0);
		g_assert_cmpuint(lines->len, ==, 2);
	}
	g_assert_true(can_read_at_once(place->path));
}

/* Where somebody has the file open it is a look like any other, and sees what was saved last. */
static void test_glance_beside(Place *place, const void *data)
{
	save_first(place->path);
	g_autoptr(Store) writer = sample_open(place->path, STORE_WRITE);
	g_autoptr(Record) record = NULL;
	g_assert_true(store_record_load(writer, ACCOUNT_SELF, 1, &record, NULL));
	for (guint i = 0; i < 3; i++) {
		sample_add_call(record, T0 + (int)i);
		g_autoptr(Change) change = change_new(record);
		g_assert_true(store_save(writer, change, NULL));
		g_assert_cmpuint(count_events(place->path, STORE_GLANCE), ==, i + 1);
	}
	g_autoptr(Store) glance = sample_open(place->path, STORE_GLANCE);
	g_assert_true(can_read_at_once(place->path));
}

static void glance_again(const char *path, int number, int to)
{
	guint before = 0;
	for (int i = 0; i < 40; i++) {
		guint now = count_events(path, STORE_GLANCE);
		g_assert_cmpuint(now, >=, before);
		before = now;
	}
	say(to, "saw", before);
}

/* Some look and some write, all at once: nobody is refused, and nothing that was seen is gone. */
static void test_glances(Place *place, const void *data)
{
	Child children[2 * WRITERS];
	save_first(place->path);
	for (int i = 0; i < 2 * WRITERS; i++)
		children[i] = start(i % 2 == 0 ? add_calls : glance_again, place->path, i);
	for (int i = 0; i < 2 * WRITERS; i++) {
		int status = 0;
		g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
		finish(children[i], lines, &status);
		g_assert_cmpint(status, ==, 0);
	}
	g_assert_cmpuint(count_events(place->path, STORE_GLANCE), ==, WRITERS * CALLS);
}

/* ---- delivering ---- */

enum { NOTES = 120 };

static void fill_outbox(const char *path)
{
	g_autoptr(Store) store = sample_open(path, STORE_WRITE);
	for (guint32 seed = 1; seed <= NOTES; seed++) {
		g_autoptr(Record) record = sample_waiting(seed, T0);
		sample_save(store, record);
	}
}

/* Claims, marks, "sends" (says so) and settles until nothing is left. The time is the clock's, so that leases of the
 * dead end. */
static void deliver(const char *path, int number, int to)
{
	g_autoptr(Store) store = sample_open(path, STORE_WRITE);
	for (;;) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) rows = NULL;
		if (!store_outbox_claim(store, T0, LEASE, 1 + number % 4, &rows, &error))
			g_error("%s", error->message);
		if (rows->len == 0)
			return;
		if (!store_outbox_mark_sending(store, rows, T0, LEASE, &error))
			g_error("%s", error->message);
		for (guint i = 0; i < rows->len; i++) {
			const OutboxRow *row = rows->pdata[i];
			say(to, "sent", row->opportunity);
			const OutboxResult result = {.row = row, .state = OUTBOX_SENT, .at = T0};
			if (!store_outbox_settle(store, &result, 1, NULL, &error))
				g_error("%s", error->message);
			say(to, "settled", row->opportunity);
		}
	}
}

typedef struct Tally {
	int sent[NOTES + 1], settled[NOTES + 1];
} Tally;

static void count_lines(Tally *tally, const GPtrArray *lines)
{
	for (guint i = 0; i < lines->len; i++) {
		const char *line = lines->pdata[i];
		bool sent = g_str_has_prefix(line, "sent ");
		gint64 id = g_ascii_strtoll(strchr(line, ' ') + 1, NULL, 10);
		(sent ? tally->sent : tally->settled)[id]++;
	}
}

static void test_deliverers(Place *place, const void *data)
{
	Child children[WRITERS];
	Tally tally = {{0}, {0}};
	fill_outbox(place->path);
	for (int i = 0; i < WRITERS; i++)
		children[i] = start(deliver, place->path, i);
	for (int i = 0; i < WRITERS; i++) {
		int status = 0;
		g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
		finish(children[i], lines, &status);
		g_assert_cmpint(status, ==, 0);
		count_lines(&tally, lines);
	}
	for (int id = 1; id <= NOTES; id++)
		g_assert_cmpint(tally.sent[id], ==, 1);
}

static void check_integrity(const char *path)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	g_assert_cmpint(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &statement, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
	g_assert_cmpstr((const char *)sqlite3_column_text(statement, 0), ==, "ok");
	sqlite3_finalize(statement);
	g_assert_cmpint(sqlite3_prepare_v2(db, "PRAGMA foreign_key_check", -1, &statement, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_DONE);
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

/* A deliverer killed again and again: nothing said to be sent is ever sent twice, and what was never sent stays to be
 * sent. */
static void test_killed_deliverer(Place *place, const void *data)
{
	Tally tally = {{0}, {0}};
	GRand *grand = g_rand_new_with_seed(11);
	int kills = 0;
	fill_outbox(place->path);
	for (int round = 0; round < 40; round++) {
		int status = 0;
		Child child = start(deliver, place->path, round);
		g_autoptr(GPtrArray) lines = kill_after(child, grand, 5, &status);
		kills += WIFSIGNALED(status);
		count_lines(&tally, lines);
		g_autoptr(Store) store = sample_open(place->path, STORE_WRITE);
		g_autoptr(GPtrArray) none = NULL;
		g_assert_true(store_outbox_claim(store, T0 + LEASE, 1, 0, &none, NULL));
	}
	g_rand_free(grand);
	check_integrity(place->path);
	g_autoptr(Store) store = sample_open(place->path, STORE_READ);
	int sent = 0, unknown = 0;
	for (int id = 1; id <= NOTES; id++) {
		g_autoptr(Record) record = NULL;
		g_assert_true(store_record_load(store, ACCOUNT_SELF, id, &record, NULL));
		OutboxState state = record_outbox(record, 0)->state;
		g_assert_cmpint(tally.sent[id], <=, 1);
		g_assert_true(tally.settled[id] == 0 || state == OUTBOX_SENT);
		g_assert_true(tally.sent[id] == 0 || state == OUTBOX_SENT || state == OUTBOX_UNKNOWN);
		g_assert_true(tally.sent[id] == 1 || state == OUTBOX_READY || state == OUTBOX_UNKNOWN);
		sent += state == OUTBOX_SENT;
		unknown += state == OUTBOX_UNKNOWN;
	}
	g_test_message("%d kills: %d sent, %d unknown", kills, sent, unknown);
	g_assert_cmpint(kills, >, 5);
	g_assert_cmpint(sent, >, 0);
}

/* ---- killed while saving ---- */

/* The record of a number after so many saves: what the parent expects can be computed anew. */
static void save_forever(const char *path, int number, int to)
{
	g_autoptr(Store) store = sample_open(path, STORE_WRITE);
	for (guint32 seed = (guint32)number;; seed++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Record) record = sample_record(seed);
		record->id = seed;
		say(to, "begin", seed);
		sample_save(store, record);
		say(to, "saved", seed);
		sample_add_call(record, T0);
		g_autoptr(Change) change = change_new(record);
		change_put_all(change);
		say(to, "edit", seed);
		if (!store_save(store, change, &error))
			g_error("%s", error->message);
		say(to, "edited", seed);
	}
}

static bool is_same(const Record *found, guint32 seed, bool edited)
{
	g_autoptr(Record) expected = sample_record(seed);
	expected->id = seed;
	expected->revision = edited ? 2 : 1;
	for (guint row = 0; row < expected->outbox->len; row++)
		record_outbox(expected, (int)row)->opportunity = seed;
	if (edited)
		sample_add_call(expected, T0);
	g_autofree char *want = sample_text(expected, true), *have = sample_text(found, true);
	return g_str_equal(want, have);
}

/* The last word about a seed decides what may be there. */
static void check_seed(Store *store, guint32 seed, const char *word)
{
	g_autoptr(Record) record = NULL;
	g_autoptr(GError) error = NULL;
	bool there = store_record_load(store, ACCOUNT_SELF, seed, &record, &error);
	if (!there && !g_error_matches(error, BASE_ERROR, BASE_ERROR_MISSING))
		g_error("%s", error->message);
	g_assert_true(there || g_str_equal(word, "begin"));
	if (!there)
		return;
	bool edited = record->revision == 2;
	g_assert_true(is_same(record, seed, edited));
	g_assert_true(!edited || g_str_equal(word, "edit") || g_str_equal(word, "edited"));
	g_assert_true(edited || !g_str_equal(word, "edited"));
}

static void test_killed_writer(Place *place, const void *data)
{
	GRand *grand = g_rand_new_with_seed(12);
	guint32 next = 1;
	Store *first = sample_open(place->path, STORE_WRITE);
	sample_account_save(first);
	store_close(first);
	for (int round = 0; round < 60; round++) {
		int status = 0;
		g_autoptr(GHashTable) words = g_hash_table_new_full(NULL, NULL, NULL, g_free);
		Child child = start(save_forever, place->path, (int)next);
		g_autoptr(GPtrArray) lines = kill_after(child, grand, 16, &status);
		for (guint i = 0; i < lines->len; i++) {
			const char *line = lines->pdata[i], *blank = strchr(line, ' ');
			guint32 seed = (guint32)g_ascii_strtoull(blank + 1, NULL, 10);
			g_hash_table_replace(words, GUINT_TO_POINTER(seed), g_strndup(line, (gsize)(blank - line)));
			next = MAX(next, seed + 1);
		}
		g_autoptr(Store) store = sample_open(place->path, STORE_WRITE);
		GHashTableIter iter;
		gpointer seed, word;
		g_hash_table_iter_init(&iter, words);
		while (g_hash_table_iter_next(&iter, &seed, &word))
			check_seed(store, GPOINTER_TO_UINT(seed), word);
	}
	g_rand_free(grand);
	check_integrity(place->path);
	g_test_message("%u records in 60 kills", next - 1);
	g_assert_cmpuint(next, >, 20);
}

/* Killed while the file is made: the next start makes it, or finds it made. */
static void test_killed_creator(Place *place, const void *data)
{
	GRand *grand = g_rand_new_with_seed(13);
	for (int round = 0; round < 40; round++) {
		int status = 0;
		g_autofree char *path = g_strdup_printf("%s/%d.db", place->folder, round);
		Child child = start(create_and_save, path, 0);
		g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
		g_usleep((gulong)g_rand_int_range(grand, 0, 6000));
		kill(child.pid, SIGKILL);
		finish(child, lines, &status);
		Store *store = sample_open(path, STORE_WRITE);
		g_autoptr(Record) record = sample_record(2);
		sample_save(store, record);
		store_close(store);
		check_integrity(path);
	}
	g_rand_free(grand);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(Place *place, const void *data);
	} cases[] = {
		{"writers", test_writers},
		{"creators", test_creators},
		{"glance-alone", test_glance_alone},
		{"glance-beside", test_glance_beside},
		{"glances", test_glances},
		{"deliverers", test_deliverers},
		{"killed-deliverer", test_killed_deliverer},
		{"killed-writer", test_killed_writer},
		{"killed-creator", test_killed_creator},
	};
	g_test_init(&argc, &argv, NULL);
	signal(SIGPIPE, SIG_IGN);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/store-together/", cases[i].name, NULL);
		g_test_add(path, Place, NULL, set_up, cases[i].run, tear_down);
	}
	return g_test_run();
}
