/* test-fixtures.c - yesterday's files: one of every version of the tables there was, with something in all of them.
 *
 * Each is opened, brought up to date, and says what the program that wrote it said.  A migration that is added wants
 * the file of the version it ends: test-fixtures --make FILE > LISTING, before anything else is changed.
 */
#include "sample.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <store/access.h>
#include <store/import.h>
#include <store/inbox.h>
#include <store/remind.h>
#include <store/search.h>
#include <string.h>

#define T0 1795190400
#define FIXTURES 9 /* versions that have one */
#define COLLECTION "https://dav.example/ana/followup/"

/* ---- what a file holds ---- */

static const char *shown(const char *text)
{
	return text == NULL ? "-" : text;
}

static void describe_import(Store *store, GString *text)
{
	g_autoptr(Import) import = NULL;
	if (!store_import_load(store, ACCOUNT_SELF, &import, NULL))
		return;
	g_string_append_printf(text, "import \"%s\" at %" G_GINT64_FORMAT "\n", import->name, import->at);
	if (import->before != NULL)
		g_string_append_printf(text, "\tbeside: %s\n", import->before);
	for (guint i = 0; i < import->parts->len; i++) {
		const ImportPart *part = import->parts->pdata[i];
		g_string_append_printf(
			text, "\tof %" G_GINT64_FORMAT " at revision %" G_GINT64_FORMAT ", before: %s\n", part->opportunity,
			part->revision, shown(part->before));
	}
}

static void describe_invitations(Store *store, int64_t id, GString *text)
{
	g_autoptr(GPtrArray) invitations = NULL;
	g_assert_true(store_invitation_list(store, ACCOUNT_SELF, id, &invitations, NULL));
	for (guint i = 0; i < invitations->len; i++) {
		const Invitation *one = invitations->pdata[i];
		g_string_append_printf(
			text, "invitation %s to %s, %" G_GINT64_FORMAT "\n", one->uid, shown(one->interview), one->sequence);
	}
}

static void describe_records(Store *store, GString *text)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) records = NULL;
	g_assert_true(store_batch_load(store, ACCOUNT_SELF, 0, 100, &records, &error));
	for (guint i = 0; i < records->len; i++) {
		const Record *record = records->pdata[i];
		g_autofree char *one = sample_text(record, true);
		g_string_append(text, one);
		describe_invitations(store, record->id, text);
	}
}

static void describe_mail(Store *store, int64_t number, GString *text)
{
	g_autoptr(InboxItem) item = NULL;
	char decision[DAY_TEXT_BYTES] = "-", back[DAY_TEXT_BYTES] = "-";
	g_assert_true(store_inbox_load(store, ACCOUNT_SELF, number, &item, NULL));
	if (item->decision_by != DAY_NONE)
		day_format(item->decision_by, decision);
	if (item->back_on != DAY_NONE)
		day_format(item->back_on, back);
	g_string_append_printf(
		text, "mail %d <%s> %s %s %s at %" G_GINT64_FORMAT "\n", (int)item->number, item->message_id,
		inbox_state_word((int)item->state), inbox_kind_word((int)item->kind), shown(inbox_reason_word(item->reason)),
		item->at);
	g_string_append_printf(
		text, "\t%s <%s>: %s; %s, %s, %s, %s\n\t\"%s\"\n\tof %d, %s, %s, %s; %d bytes\n", shown(item->from_name),
		item->from_address, shown(item->subject), shown(word_text(WORDS_SAYS, item->says)), decision, back,
		shown(item->address), shown(item->quote), (int)item->opportunity, shown(item->person), shown(item->answers),
		shown(word_text(WORDS_STEP, item->step)), item->calendar == NULL ? 0 : (int)g_bytes_get_size(item->calendar));
}

static void describe_mailbox(Store *store, GString *text)
{
	g_autoptr(GPtrArray) items = NULL;
	g_autoptr(GBytes) mark = NULL;
	int64_t read_at = TIME_NONE;
	g_assert_true(store_mailbox_load(store, ACCOUNT_SELF, "imaps://ana@mail.example", &mark, &read_at, NULL));
	if (mark != NULL)
		g_string_append_printf(
			text, "mailbox read at %" G_GINT64_FORMAT " up to %d bytes\n", read_at, (int)g_bytes_get_size(mark));
	g_assert_true(store_inbox_list(store, ACCOUNT_SELF, true, 100, &items, NULL));
	for (guint i = 0; i < items->len; i++)
		describe_mail(store, ((const InboxItem *)items->pdata[i])->number, text);
}

static void describe_outside(Store *store, GString *text)
{
	static const struct {
		int64_t opportunity;
		const char *what;
	} things[] = {{0, "digest"}, {1, "thank-you"}, {1, "check-in"}};
	g_autoptr(GPtrArray) events = NULL;
	for (guint i = 0; i < G_N_ELEMENTS(things); i++) {
		bool told = false;
		g_assert_true(store_reminded_load(store, ACCOUNT_SELF, things[i].opportunity, things[i].what, &told, NULL));
		if (told)
			g_string_append_printf(text, "told of %s of %d\n", things[i].what, (int)things[i].opportunity);
	}
	g_assert_true(store_published_list(store, ACCOUNT_SELF, COLLECTION, &events, NULL));
	for (guint i = 0; i < events->len; i++) {
		const Published *event = events->pdata[i];
		g_string_append_printf(text, "published %s: %s, %s\n", event->uid, event->etag, event->seal);
	}
}

static void describe_access(Store *store, GString *text)
{
	g_autoptr(GPtrArray) list = NULL;
	g_autofree char *password = NULL;
	g_assert_true(store_access_list(store, ACCOUNT_SELF, T0, &list, NULL));
	for (guint i = 0; i < list->len; i++) {
		const Access *access = list->pdata[i];
		g_string_append_printf(
			text, "access %d: %s %s%s, %" G_GINT64_FORMAT ", until %" G_GINT64_FORMAT "\n", (int)access->number,
			access_kind_word((int)access->kind), access->name, access->may_send ? ", may send" : "", access->seen_at,
			access->expires_at);
	}
	g_assert_true(store_desk_password_load(store, ACCOUNT_SELF, &password, NULL));
	if (password != NULL)
		g_string_append_printf(text, "password %s\n", password);
}

static char *describe(Store *store)
{
	GString *text = g_string_new(NULL);
	describe_records(store, text);
	describe_import(store, text);
	describe_mailbox(store, text);
	describe_outside(store, text);
	describe_access(store, text);
	return g_string_free(text, FALSE);
}

/* ---- making one ---- */

/* Of version 1: opportunities, drafts, notes on their way. */
static void fill_records(Store *store)
{
	sample_account_save(store);
	for (guint32 seed = 1; seed <= 3; seed++) {
		g_autoptr(Record) record = sample_record(seed);
		sample_save(store, record);
	}
	g_autoptr(Record) waiting = sample_waiting(7, T0 + 500);
	sample_save(store, waiting);
}

/* Of version 2: an import of two opportunities, and the invitations they came by; of version 5: what it did beside. */
static void fill_import(Store *store)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) known = NULL;
	g_autoptr(Record) fresh = sample_record(8);
	g_autoptr(Import) import = import_new(ACCOUNT_SELF, T0 + 600, "invitation.ics");
	import->before = g_strdup("{\"account\":{},\"mails\":[]}");
	g_assert_true(store_record_load(store, ACCOUNT_SELF, 2, &known, &error));
	sample_add_call(known, T0 + 50);
	Record *const records[] = {known, fresh};
	for (guint i = 0; i < G_N_ELEMENTS(records); i++) {
		ImportPart *part = import_add_part(import);
		part->change = change_new(records[i]);
		part->before = i == 0 ? g_strdup("as it was") : NULL;
		part->invitations = g_ptr_array_new_with_free_func((GDestroyNotify)invitation_free);
		g_autofree char *uid = g_strdup_printf("%u@globex.example", i);
		g_ptr_array_add(part->invitations, invitation_new(uid, 0, i == 0 ? NULL : "video", 3));
	}
	g_assert_true(store_import_save(store, import, &error));
}

static InboxItem *make_mail(InboxState state, InboxKind kind)
{
	InboxItem *item = inbox_item_new();
	item->message_id = g_strdup_printf("%d%d@globex.example", (int)state, (int)kind);
	item->state = state;
	item->kind = kind;
	item->at = T0 + 700 + (int)kind;
	item->from_name = g_strdup("Zoë O'Finn");
	item->from_address = g_strdup("zoe@globex.example");
	item->subject = g_strdup("Re: Thank you");
	item->opportunity = 1;
	return item;
}

/* Of version 3: how far a mailbox was read, an answer, an invitation that waits, and an absence. */
static void fill_mailbox(Store *store)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func((GDestroyNotify)inbox_item_free);
	g_autoptr(GBytes) mark = g_bytes_new("1:\0:42", 6);
	InboxItem *reply = make_mail(INBOX_RECORDED, INBOX_REPLY);
	reply->says = SAYS_MORE_TIME;
	g_assert_true(day_parse("2026-11-27", &reply->decision_by));
	reply->quote = g_strdup("We need until Friday week.");
	reply->person = g_strdup("p5");
	reply->answers = g_strdup("<1@followup.example>");
	reply->step = STEP_THANK_YOU;
	g_ptr_array_add(items, reply);
	InboxItem *invitation = make_mail(INBOX_OPEN, INBOX_INVITATION);
	invitation->reason = INBOX_APPOINTMENT;
	invitation->calendar = g_bytes_new("BEGIN:VCALENDAR\0END", 19);
	g_ptr_array_add(items, invitation);
	InboxItem *absence = make_mail(INBOX_CONFIRMED, INBOX_AUTO_REPLY);
	g_assert_true(day_parse("2026-11-30", &absence->back_on));
	g_ptr_array_add(items, absence);
	const InboxSave save = {
		.account = ACCOUNT_SELF,
		.items = items,
		.mailbox = "imaps://ana@mail.example",
		.mark = mark,
		.read_at = T0 + 800};
	g_assert_true(store_inbox_save(store, &save, &error));
}

/* Of version 4: one put off, what was told, what a calendar server was given. */
static void fill_outside(Store *store)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) record = NULL;
	g_autoptr(Published) event = published_new("a@followup.example", "\"1\"", "seal");
	bool first = false;
	g_assert_true(store_record_load(store, ACCOUNT_SELF, 3, &record, &error));
	record->later_until = T0 + 90000;
	record->later_since = T0 + 900;
	g_autoptr(Change) change = change_new(record);
	change_put(change, PART_OPPORTUNITY, 0);
	g_assert_true(store_save(store, change, &error));
	g_assert_true(store_reminded_take(store, ACCOUNT_SELF, 1, "thank-you", T0, &first, &error));
	g_assert_true(store_reminded_take(store, ACCOUNT_SELF, 0, "digest", T0, &first, &error));
	g_assert_true(store_published_put(store, ACCOUNT_SELF, COLLECTION, event, &error));
}

/* Of version 6: a browser that is signed in, a program's token, a password. */
static void fill_access(Store *store)
{
	g_autoptr(GError) error = NULL;
	const char *const names[] = {"Firefox on a laptop", "a script"};
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(Access) access = access_new();
		guint8 hash[ACCESS_HASH_BYTES] = {(guint8)(i + 1)};
		access->kind = i == 0 ? ACCESS_BROWSER : ACCESS_TOKEN;
		access->name = g_strdup(names[i]);
		access->may_send = i == 1;
		access->created_at = T0 + 950 + i;
		access->expires_at = i == 0 ? T0 + 90 * 86400 : TIME_NONE;
		g_assert_true(store_access_add(store, ACCOUNT_SELF, access, hash, &error));
	}
	g_assert_true(store_desk_password_save(store, ACCOUNT_SELF, "$argon2id$v=19$salt$hash", &error));
}

static int make_fixture(const char *path)
{
	g_autoptr(Store) store = sample_open(path, STORE_WRITE);
	fill_records(store);
	fill_import(store);
	fill_mailbox(store);
	fill_outside(store);
	fill_access(store);
	g_autofree char *text = describe(store);
	return fputs(text, stdout) < 0;
}

/* ---- opening them ---- */

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

/* What the first row of a query holds, as text. */
static char *ask(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
	char *answer = g_strdup((const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return answer;
}

static int ask_number(const char *path, const char *sql)
{
	g_autofree char *answer = ask(path, sql);
	return atoi(answer);
}

static const char TABLES[] =
	"SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name)";

/* A new store beside it: the tables and the version of this program. */
static char *make_new(const Place *place)
{
	char *path = g_strconcat(place->path, ".new", NULL);
	store_close(sample_open(path, STORE_WRITE));
	return path;
}

static void copy_fixture(const Place *place, int version, const char *ending, char **ret_text, gsize *ret_length)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *name = g_strdup_printf("v%d.%s", version, ending);
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "fixtures", name, NULL);
	g_file_get_contents(path, ret_text, ret_length, &error);
	g_assert_no_error(error);
}

/* Line by line, so that what differs can be read. */
static void expect_lines(const char *found, const char *expected)
{
	g_auto(GStrv) lines = g_strsplit(found, "\n", -1), wanted = g_strsplit(expected, "\n", -1);
	for (guint i = 0; lines[i] != NULL && wanted[i] != NULL; i++)
		g_assert_cmpstr(lines[i], ==, wanted[i]);
	g_assert_cmpuint(g_strv_length(lines), ==, g_strv_length(wanted));
}

/* What is in the tables can be found, whichever version wrote them. */
static void expect_found(Store *store)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) records = NULL;
	g_assert_true(store_batch_load(store, ACCOUNT_SELF, 0, 100, &records, &error));
	for (guint i = 0; i < records->len; i++) {
		const Record *record = records->pdata[i];
		g_autoptr(GPtrArray) hits = NULL;
		bool found = false;
		bool good = store_search(store, ACCOUNT_SELF, &(ListPart){record->facts->company, 100, 0}, &hits, &error);
		g_assert_no_error(error);
		g_assert_true(good);
		for (guint hit = 0; hit < hits->len; hit++)
			found = found || ((SearchHit *)hits->pdata[hit])->opportunity == record->id;
		g_assert_true(found);
	}
}

static void test_fixture(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *bytes = NULL, *listing = NULL, *new_path = make_new(place);
	gsize length = 0;
	int version = GPOINTER_TO_INT(data);
	copy_fixture(place, version, "db", &bytes, &length);
	g_assert_true(g_file_set_contents(place->path, bytes, (gssize)length, &error));
	copy_fixture(place, version, "txt", &listing, &length);
	int changes = ask_number(place->path, "PRAGMA schema_version");
	g_assert_cmpint(ask_number(place->path, "PRAGMA user_version"), ==, version);

	Store *store = sample_open(place->path, STORE_WRITE);
	g_autofree char *found = describe(store);
	expect_found(store);
	store_close(store);
	expect_lines(found, listing);
	int newest = ask_number(new_path, "PRAGMA user_version");
	g_assert_cmpint(ask_number(place->path, "PRAGMA user_version"), ==, newest);
	g_autofree char *tables = ask(place->path, TABLES), *expected = ask(new_path, TABLES);
	g_assert_cmpstr(tables, ==, expected);
	bool migrated = ask_number(place->path, "PRAGMA schema_version") != changes;
	g_assert_cmpint(migrated, ==, version != newest);
}

/* Something is in every table the newest file has: what nobody put there nobody would miss. */
static void test_nothing_empty(Place *place, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *bytes = NULL;
	gsize length = 0;
	copy_fixture(place, FIXTURES, "db", &bytes, &length);
	g_assert_true(g_file_set_contents(place->path, bytes, (gssize)length, &error));
	g_autofree char *names =
		ask(place->path,
			"SELECT group_concat(name) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
	g_auto(GStrv) tables = g_strsplit(names, ",", -1);
	for (char **table = tables; *table != NULL; table++) {
		g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s", *table);
		g_test_message("%s", *table);
		g_assert_cmpint(ask_number(place->path, sql), >, 0);
	}
}

static void test_every_version(Place *place, const void *data)
{
	g_autofree char *path = make_new(place);
	g_assert_cmpint(ask_number(path, "PRAGMA user_version"), ==, FIXTURES);
}

int main(int argc, char **argv)
{
	if (argc == 3 && g_str_equal(argv[1], "--make"))
		return make_fixture(argv[2]);
	g_test_init(&argc, &argv, NULL);
	for (int version = 1; version <= FIXTURES; version++) {
		g_autofree char *path = g_strdup_printf("/store-fixtures/v%d", version);
		g_test_add(path, Place, GINT_TO_POINTER(version), set_up, test_fixture, tear_down);
	}
	g_test_add("/store-fixtures/nothing-empty", Place, NULL, set_up, test_nothing_empty, tear_down);
	g_test_add("/store-fixtures/every-version", Place, NULL, set_up, test_every_version, tear_down);
	return g_test_run();
}
