/* test-file.c - the file behind the store: who may read it, what is refused, and what a broken one says.
 *
 * Whatever is wrong with a file, the answer is one sentence with the right code, and the file stays as it was.
 */
#include "sample.h"

#include <base/error.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define T0 1795190400
#define NOBODY_UID 65534

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
	g_chmod(place->folder, 0700);
	g_free(place->path);
	sample_folder_remove(place->folder);
}

static void fill(const char *path, guint32 records)
{
	g_autoptr(Store) store = sample_open(path, STORE_WRITE);
	sample_account_save(store);
	for (guint32 seed = 1; seed <= records; seed++) {
		g_autoptr(Record) record = sample_record(seed);
		sample_save(store, record);
	}
}

static GBytes *read_bytes(const char *path)
{
	g_autoptr(GError) error = NULL;
	char *bytes = NULL;
	size_t length = 0;
	g_file_get_contents(path, &bytes, &length, &error);
	g_assert_no_error(error);
	return g_bytes_new_take(bytes, length);
}

static void write_bytes(const char *path, const void *bytes, size_t length)
{
	g_autoptr(GError) error = NULL;
	g_file_set_contents(path, bytes, (gssize)length, &error);
	g_assert_no_error(error);
}

static void run_sql(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

/* Opening fails in that way, in every mode, and the file and its folder stay as they were. */
static void expect_refused(const char *path, int code, const char *word)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) before = read_bytes(path);
	Store *store = NULL;
	for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
		g_assert_false(store_open(path, (StoreMode)mode, &store, &error));
		sample_expect(&error, code, word);
	}
	g_assert_null(store);
	g_autoptr(GBytes) after = read_bytes(path);
	g_assert_true(g_bytes_equal(before, after));
}

static guint mode_of(const char *path)
{
	GStatBuf found;
	g_assert_cmpint(g_stat(path, &found), ==, 0);
	return found.st_mode & 0777;
}

static void test_private(Place *place, const void *data)
{
	g_autofree char *folder = g_build_filename(place->folder, "share", "followup", NULL);
	g_autofree char *path = g_build_filename(folder, "followup.db", NULL);
	g_autofree char *log = g_strconcat(path, "-wal", NULL);
	mode_t before = umask(0);
	Store *store = sample_open(path, STORE_WRITE);
	sample_account_save(store);
	g_assert_cmpuint(mode_of(folder), ==, 0700);
	g_assert_cmpuint(mode_of(path), ==, 0600);
	g_assert_cmpuint(mode_of(log), ==, 0600);
	store_close(store);
	umask(before);
}

static void test_missing(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	Store *store = NULL;
	g_assert_false(store_open(place->path, STORE_READ, &store, &error));
	sample_expect(&error, BASE_ERROR_MISSING, "No such file");
	g_assert_false(g_file_test(place->path, G_FILE_TEST_EXISTS));
	g_autofree char *below = g_build_filename(place->path, "x", "store.db", NULL);
	write_bytes(place->path, "x", 1);
	g_assert_false(store_open(below, STORE_WRITE, &store, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "cannot be created");
	g_assert_false(store_open(place->folder, STORE_WRITE, &store, &error));
	sample_expect(&error, BASE_ERROR_INVALID, "is a folder");
}

static void test_not_ours(Place *place, const void *data)
{
	static const char text[] =
		"Dear Zoë, this is a letter and no database. It is long enough to be read as one, though: "
		"a hundred bytes and some more.\n";
	write_bytes(place->path, text, strlen(text));
	expect_refused(place->path, BASE_ERROR_INVALID, "not a database of this program");
	g_unlink(place->path);
	run_sql(place->path, "CREATE TABLE bookmark (url TEXT)");
	expect_refused(place->path, BASE_ERROR_INVALID, "another program's database");
	run_sql(place->path, "DROP TABLE bookmark; PRAGMA application_id = 77");
	expect_refused(place->path, BASE_ERROR_INVALID, "another program's database");
}

static void test_empty_file(Place *place, const void *data)
{
	write_bytes(place->path, "", 0);
	fill(place->path, 1);
	g_autoptr(Store) store = sample_open(place->path, STORE_READ);
}

static void test_newer(Place *place, const void *data)
{
	fill(place->path, 1);
	run_sql(place->path, "PRAGMA user_version = 9999");
	expect_refused(place->path, BASE_ERROR_CONFLICT, "newer version");
}

/* Reads everything; whatever fails must fail in a sentence. True if all of it could be read. */
static bool read_everything(const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	bool good = store_open(path, STORE_READ, &store, &error);
	int64_t after = 0;
	while (good) {
		g_autoptr(GPtrArray) whole = NULL;
		g_autoptr(GPtrArray) outlines = NULL;
		good = store_outline_load(store, ACCOUNT_SELF, after, 5, &outlines, &error) &&
			   store_batch_load(store, ACCOUNT_SELF, after, 5, &whole, &error);
		if (!good || whole->len == 0)
			break;
		int64_t last = ((Record *)whole->pdata[whole->len - 1])->id;
		g_assert_cmpint(last, >, after);
		after = last;
	}
	if (good)
		return true;
	g_assert_nonnull(error);
	g_assert_true(
		error->code == BASE_ERROR_INTERNAL || error->code == BASE_ERROR_INVALID || error->code == BASE_ERROR_CONFLICT);
	g_assert_true(g_str_has_suffix(error->message, "."));
	g_assert_null(strchr(error->message, '\n'));
	return false;
}

static void test_garbled(Place *place, const void *data)
{
	fill(place->path, 12);
	g_assert_true(read_everything(place->path));
	g_autoptr(GBytes) good = read_bytes(place->path);
	size_t length = g_bytes_get_size(good);
	int failed = 0;
	GRand *grand = g_rand_new_with_seed(7);
	for (int round = 0; round < 300; round++) {
		g_autofree guint8 *bytes = g_memdup2(g_bytes_get_data(good, NULL), length);
		for (int hits = g_rand_int_range(grand, 1, 60); hits > 0; hits--)
			bytes[g_rand_int_range(grand, 100, (gint32)length)] = (guint8)g_rand_int_range(grand, 0, 256);
		write_bytes(place->path, bytes, length);
		failed += !read_everything(place->path);
	}
	g_rand_free(grand);
	g_assert_cmpint(failed, >, 30);
}

static void test_truncated(Place *place, const void *data)
{
	fill(place->path, 12);
	g_autoptr(GBytes) good = read_bytes(place->path);
	int failed = 0;
	for (size_t length = 1; length < g_bytes_get_size(good); length += 4999) {
		write_bytes(place->path, g_bytes_get_data(good, NULL), length);
		failed += !read_everything(place->path);
	}
	g_assert_cmpint(failed, >, 5);
}

/* What was written by hand, and does not fit: said so, with the opportunity's number. */
static void test_damaged_rows(Place *place, const void *data)
{
	static const struct {
		const char *sql, *word;
	} cases[] = {
		{"UPDATE event SET kind = 'danced' WHERE number = 0", "kind of one event"},
		{"UPDATE person SET role = 'king'", "role of one person"},
		{"UPDATE person SET number = number + 5", "person rows of opportunity"},
		{"UPDATE interview SET start_at = 0, end_at = 0", "1970"},
		{"UPDATE interview SET decision_by = 'soon'", "decision_by of one interview"},
		{"UPDATE interview_person SET person = 77", "names nobody"},
		{"UPDATE opportunity SET company = CAST(x'ff' AS TEXT)", "company of one opportunity"},
		{"UPDATE opportunity SET company = 'a' || char(10) || 'b'", "line break"},
		{"UPDATE draft SET person = 77", "draft rows of opportunity"},
		{"UPDATE outbox SET state = 'lost'", "state of one note"},
	};
	fill(place->path, 12);
	g_autoptr(GBytes) good = read_bytes(place->path);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) records = NULL;
		g_autofree char *sql =
			g_strconcat("PRAGMA foreign_keys = OFF; UPDATE opportunity SET outline = NULL;", cases[i].sql, NULL);
		write_bytes(place->path, g_bytes_get_data(good, NULL), g_bytes_get_size(good));
		run_sql(place->path, sql);
		g_autoptr(Store) store = sample_open(place->path, STORE_READ);
		if (store_outline_load(store, ACCOUNT_SELF, 0, 100, &records, &error))
			g_error("\"%s\" went unnoticed", cases[i].sql);
		sample_expect(&error, BASE_ERROR_INTERNAL, cases[i].word);
	}
}

/* An outline that is stale, cut, of another program or plain noise is not believed. */
static void test_bad_outlines(Place *place, const void *data)
{
	static const char *const spoil[] = {
		"UPDATE opportunity SET outline = NULL",
		"UPDATE opportunity SET outline = x''",
		"UPDATE opportunity SET outline = x'00'",
		"UPDATE opportunity SET outline = substr(outline, 1, length(outline) - 1)",
		"UPDATE opportunity SET outline = substr(outline, 1, length(outline) / 2)",
		"UPDATE opportunity SET outline = CAST(outline || x'01' AS BLOB)",
		"UPDATE opportunity SET outline = CAST(substr(outline, 1, 6) || randomblob(200) AS BLOB)",
		"UPDATE opportunity SET outline = CAST(substr(outline, 1, 60) || randomblob(length(outline) - 60) AS BLOB)",
		"UPDATE opportunity SET outline = substr(outline, 2)",
		"UPDATE opportunity SET outline = (SELECT outline FROM opportunity WHERE id = 3), revision = revision + 1",
	};
	for (guint i = 0; i < G_N_ELEMENTS(spoil); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) outlines = NULL;
		g_autoptr(GPtrArray) whole = NULL;
		g_unlink(place->path);
		fill(place->path, 30);
		run_sql(place->path, spoil[i]);
		g_autoptr(Store) store = sample_open(place->path, STORE_READ);
		g_assert_true(store_outline_load(store, ACCOUNT_SELF, 0, 100, &outlines, &error));
		g_assert_true(store_batch_load(store, ACCOUNT_SELF, 0, 100, &whole, &error));
		for (guint row = 0; row < whole->len; row++) {
			g_autofree char *want = sample_text(whole->pdata[row], false),
							*found = sample_text(outlines->pdata[row], false);
			g_assert_cmpstr(found, ==, want);
		}
	}
}

/* Bytes changed anywhere in an outline: what comes out is fit for the planner, whatever it says. */
static void test_noisy_outlines(Place *place, const void *data)
{
	GRand *grand = g_rand_new_with_seed(5);
	fill(place->path, 30);
	for (int round = 0; round < 150; round++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) outlines = NULL;
		int at = g_rand_int_range(grand, 6, 900), count = g_rand_int_range(grand, 1, 5);
		g_autofree char *sql = g_strdup_printf(
			"UPDATE opportunity SET outline = CAST(substr(outline, 1, %d) || randomblob(%d) || substr(outline, %d) AS "
			"BLOB)",
			at, count, at + count + 1);
		run_sql(place->path, sql);
		g_autoptr(Store) store = sample_open(place->path, STORE_READ);
		bool good = store_outline_load(store, ACCOUNT_SELF, 0, 100, &outlines, &error);
		g_assert_no_error(error);
		g_assert_true(good);
		for (guint i = 0; i < outlines->len; i++)
			g_assert_true(facts_check(((Record *)outlines->pdata[i])->facts, NULL));
	}
	g_rand_free(grand);
}

/* ---- read-only ---- */

static bool load_one(Store *store, GError **error)
{
	g_autoptr(Record) record = NULL;
	g_autoptr(GPtrArray) due = NULL;
	return store_record_load(store, ACCOUNT_SELF, 1, &record, error) &&
		   store_due_load(store, ACCOUNT_SELF, 2 * (int64_t)T0, 5, &due, error);
}

static void expect_no_save(Store *store)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) record = sample_record(99);
	g_autoptr(Change) change = change_new(record);
	g_assert_false(store_save(store, change, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "read-only");
}

static void test_read_mode(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	fill(place->path, 2);
	for (int mode = STORE_READ; mode < STORE_WRITE; mode++) {
		g_autoptr(Store) store = sample_open(place->path, (StoreMode)mode);
		g_assert_true(load_one(store, &error));
		expect_no_save(store);
	}
}

/* What somebody without rights on the file sees; runs in a child, because the test may be root. */
static void look_as_nobody(Place *place)
{
	g_autoptr(GError) error = NULL;
	if (geteuid() == 0 && setresuid(NOBODY_UID, NOBODY_UID, NOBODY_UID) != 0)
		_exit(9);
	for (int mode = STORE_READ; mode < STORE_WRITE; mode++) {
		g_autoptr(Store) store = NULL;
		if (!store_open(place->path, (StoreMode)mode, &store, &error) || !load_one(store, &error))
			g_error("%s", error->message);
		expect_no_save(store);
	}
	g_autoptr(Store) writer = NULL;
	if (store_open(place->path, STORE_WRITE, &writer, &error))
		expect_no_save(writer);
	else
		sample_expect(&error, BASE_ERROR_CONFLICT, "");
}

static void in_child(void (*run)(Place *place), Place *place)
{
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		run(place);
		_exit(0);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_cmpint(status, ==, 0);
}

static void test_read_only_file(Place *place, const void *data)
{
	fill(place->path, 2);
	g_chmod(place->path, 0444);
	g_chmod(place->folder, 0777);
	in_child(look_as_nobody, place);
}

static void test_read_only_folder(Place *place, const void *data)
{
	fill(place->path, 2);
	g_chmod(place->path, 0444);
	g_chmod(place->folder, 0555);
	in_child(look_as_nobody, place);
}

/* A log that holds something, in a folder where it cannot be used: better no answer than an old one. */
static void look_at_log(Place *place)
{
	if (geteuid() == 0 && setresuid(NOBODY_UID, NOBODY_UID, NOBODY_UID) != 0)
		_exit(9);
	for (int mode = STORE_READ; mode < STORE_WRITE; mode++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Store) store = NULL;
		g_autoptr(Record) record = NULL;
		if (store_open(place->path, (StoreMode)mode, &store, &error))
			g_assert_true(store_record_load(store, ACCOUNT_SELF, 2, &record, &error));
		else
			sample_expect(&error, BASE_ERROR_CONFLICT, "");
	}
}

static void leave_log(Place *place)
{
	Store *store = sample_open(place->path, STORE_WRITE);
	g_autoptr(Record) record = sample_record(2);
	sample_save(store, record);
}

static void test_read_only_log(Place *place, const void *data)
{
	g_autofree char *log = g_strconcat(place->path, "-wal", NULL), *shared = g_strconcat(place->path, "-shm", NULL);
	fill(place->path, 1);
	in_child(leave_log, place);
	g_unlink(shared);
	g_chmod(place->path, 0444);
	g_chmod(log, 0444);
	g_chmod(place->folder, 0555);
	in_child(look_at_log, place);
}

/* ---- full disk ---- */

static bool save_many(const char *path, int64_t *ret_last, GError **error)
{
	g_autoptr(Store) store = sample_open(path, STORE_WRITE);
	for (guint32 seed = 1; seed <= 2000; seed++) {
		g_autoptr(Record) record = sample_record(seed);
		g_autoptr(Change) change = change_new(record);
		if (!store_save(store, change, error))
			return false;
		*ret_last = record->id;
	}
	return true;
}

/* No file may grow beyond a size: to the program, a disk that is full. */
static void fill_disk(Place *place)
{
	g_autoptr(GError) error = NULL;
	const struct rlimit limit = {900000, 900000};
	int64_t last = 0;
	signal(SIGXFSZ, SIG_IGN);
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
	g_assert_false(save_many(place->path, &last, &error));
	sample_expect(&error, BASE_ERROR_TEMPORARY, "disk is full");
	g_assert_cmpint(last, >, 5);
	g_autoptr(Store) store = sample_open(place->path, STORE_READ);
	StoreCounts counts;
	g_assert_true(store_count(store, ACCOUNT_SELF, 0, &counts, &error));
	g_assert_cmpint(counts.opportunities, ==, last);
	g_autofree char *copy = g_strconcat(place->path, ".copy", NULL);
	const struct rlimit smaller = {100000, 900000};
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &smaller), ==, 0);
	g_assert_false(store_backup(store, copy, false, &error));
	sample_expect(&error, BASE_ERROR_TEMPORARY, "disk is full");
	g_assert_false(g_file_test(copy, G_FILE_TEST_EXISTS));
}

static void test_full_disk(Place *place, const void *data)
{
	in_child(fill_disk, place);
	g_assert_true(read_everything(place->path));
	g_autoptr(GDir) dir = g_dir_open(place->folder, 0, NULL);
	const char *name;
	while ((name = g_dir_read_name(dir)) != NULL)
		g_assert_false(g_str_has_prefix(name, "store.db.copy"));
}

/* ---- locks ---- */

static void *hold_lock(void *data)
{
	sqlite3 *db = data;
	g_usleep(700 * 1000);
	sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	return NULL;
}

static void test_locked(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	fill(place->path, 1);
	g_autoptr(Store) store = sample_open(place->path, STORE_WRITE);
	sqlite3 *db = NULL;
	g_assert_cmpint(sqlite3_open(place->path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
	g_assert_true(load_one(store, &error));
	GThread *thread = g_thread_new("lock", hold_lock, db);
	g_autoptr(Record) patient = sample_record(2);
	sample_save(store, patient);
	g_thread_join(thread);

	g_assert_cmpint(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
	g_autoptr(Record) record = sample_record(3);
	g_autoptr(Change) change = change_new(record);
	g_assert_false(store_save(store, change, &error));
	sample_expect(&error, BASE_ERROR_TEMPORARY, "Another program");
	sqlite3_close(db);
	g_assert_true(store_save(store, change, &error));
}

/* ---- backup and deletion ---- */

static void test_backup_refused(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *link = g_strconcat(place->path, ".link", NULL), *busy = g_strconcat(place->path, ".busy", NULL);
	g_autofree char *nowhere = g_build_filename(place->folder, "no", "where", NULL);
	fill(place->path, 1);
	g_autoptr(Store) store = sample_open(place->path, STORE_READ);
	g_assert_false(store_backup(store, place->path, true, &error));
	sample_expect(&error, BASE_ERROR_INVALID, "store itself");
	g_assert_cmpint(symlink(place->path, link), ==, 0);
	g_assert_false(store_backup(store, link, true, &error));
	sample_expect(&error, BASE_ERROR_INVALID, "store itself");
	g_assert_false(store_backup(store, nowhere, false, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "No such file");
	Store *other = sample_open(busy, STORE_WRITE);
	g_assert_false(store_backup(store, busy, true, &error));
	sample_expect(&error, BASE_ERROR_CONFLICT, "in use");
	store_close(other);
	g_assert_true(store_backup(store, busy, true, &error));
	g_assert_cmpuint(mode_of(busy), ==, 0600);
}

static bool holds(const char *path, const char *text)
{
	g_autoptr(GBytes) bytes = g_file_test(path, G_FILE_TEST_EXISTS) ? read_bytes(path) : g_bytes_new(NULL, 0);
	size_t length;
	const void *data = g_bytes_get_data(bytes, &length);
	return length > 0 && memmem(data, length, text, strlen(text)) != NULL;
}

static void test_deleted_is_gone(Place *place, const void *data)
{
	static const char secret[] = "Zanzibar-Quokka-Holdings";
	g_autoptr(GError) error = NULL;
	g_autofree char *log = g_strconcat(place->path, "-wal", NULL);
	fill(place->path, 20);
	g_autoptr(Store) store = sample_open(place->path, STORE_WRITE);
	g_autoptr(Record) record = sample_record(77);
	g_free(record->facts->company);
	record->facts->company = g_strdup(secret);
	Debrief *debrief = facts_add_debrief(record->facts, 0, T0);
	g_ptr_array_add(debrief->fit, g_strdup(secret));
	sample_save(store, record);
	g_assert_true(holds(place->path, secret) || holds(log, secret));
	g_assert_true(store_delete(store, ACCOUNT_SELF, record->id, T0, NULL, &error));
	g_assert_false(holds(place->path, secret));
	g_assert_false(holds(log, secret));
	g_assert_true(store_delete(store, ACCOUNT_SELF, 0, T0, NULL, &error));
	g_assert_false(holds(place->path, "Zoë"));
	g_assert_false(holds(place->path, "ana@example.net"));
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(Place *place, const void *data);
	} cases[] = {
		{"private", test_private},
		{"missing", test_missing},
		{"not-ours", test_not_ours},
		{"empty-file", test_empty_file},
		{"newer", test_newer},
		{"garbled", test_garbled},
		{"truncated", test_truncated},
		{"damaged-rows", test_damaged_rows},
		{"bad-outlines", test_bad_outlines},
		{"noisy-outlines", test_noisy_outlines},
		{"read-mode", test_read_mode},
		{"read-only-file", test_read_only_file},
		{"read-only-folder", test_read_only_folder},
		{"read-only-log", test_read_only_log},
		{"full-disk", test_full_disk},
		{"locked", test_locked},
		{"backup-refused", test_backup_refused},
		{"deleted-is-gone", test_deleted_is_gone},
	};
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/store-file/", cases[i].name, NULL);
		g_test_add(path, Place, NULL, set_up, cases[i].run, tear_down);
	}
	return g_test_run();
}
