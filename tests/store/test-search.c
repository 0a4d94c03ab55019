/* test-search.c - what is written down is found, whatever was done to it since; what is gone is not.
 *
 * The index is held against the tables after every kind of change, and against itself.
 */
#include "backend.h"
#include "sample.h"

#include <base/error.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <store/import.h>
#include <store/inbox.h>
#include <store/search.h>
#include <string.h>

#define T0 1795190400

/* "person 0 of Globex: [Huck] Finn"; a line a hit. Free with g_free. */
static char *find(Store *store, const char *words)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) hits = NULL;
	g_autoptr(GString) found = g_string_new(NULL);
	bool good = store_search(store, ACCOUNT_SELF, &(ListPart){words, 100, 0}, &hits, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	for (guint i = 0; i < hits->len; i++) {
		const SearchHit *hit = hits->pdata[i];
		g_string_append_printf(
			found, "%s%s %d of %s: %s", i == 0 ? "" : "; ", found_kind_word((int)hit->kind), (int)hit->number,
			hit->company == NULL ? "nobody" : hit->company, hit->text);
	}
	for (char *at = found->str; *at != '\0'; at++)
		*at = *at == SEARCH_BEGIN ? '[' : *at == SEARCH_END ? ']' : *at == '\n' ? '/' : *at;
	return g_strdup(found->str);
}

static void expect(Store *store, const char *words, const char *expected)
{
	g_autofree char *found = find(store, words);
	g_test_message("%s", words);
	g_assert_cmpstr(found, ==, expected);
}

/* An opportunity at Zürich Re with something of every kind; not saved. */
static Record *make_record(void)
{
	g_autoptr(Zone) zone = zone_load("UTC", NULL);
	Facts *facts = facts_new(zone);
	facts->company = g_strdup("Zürich Re");
	facts->position = g_strdup("Underwriter");
	g_ptr_array_add(facts->requirements, g_strdup("actuarial tables"));
	facts_add_person(
		facts, &(Person){.id = "zoe", .name = "Zoë O'Neill-Smith", .role = ROLE_HR, .email = "zoe@zurich.example"});
	Interview *interview = facts_add_interview(
		facts,
		&(Interview){.id = "video", .kind = INTERVIEW_VIDEO, .start = T0, .end = T0 + 3600, .promise = PROMISE_NONE});
	g_array_append_val(interview->with, (int){0});
	Debrief *debrief = facts_add_debrief(facts, 0, T0 + 4000);
	debrief_add_topic(debrief, 0, "storms, floods and how they are priced");
	g_ptr_array_add(debrief->weak, g_strdup("reinsurance treaties"));
	Event reply = EVENT_INIT(EVENT_REPLY), sent = EVENT_INIT(EVENT_SENT);
	reply.at = T0 + 9000;
	reply.person = 0;
	reply.says = SAYS_MORE_TIME;
	sent.at = T0 + 8000;
	sent.person = 0;
	sent.step = STEP_THANK_YOU;
	sent.channel = CHANNEL_EMAIL;
	facts_add_event(facts, &sent);
	facts_add_event(facts, &reply);
	Record *record = record_new(ACCOUNT_SELF, facts);
	record->next_at = TIME_NONE;
	Draft *draft = record_add_draft(record);
	draft->step = STEP_THANK_YOU;
	draft->interview = 0;
	draft->person = 0;
	draft->channel = CHANNEL_EMAIL;
	draft->subject = g_strdup("Many thanks");
	draft->body = g_strdup("Dear Ms. O'Neill-Smith,\n\nthe hailstorm of 1984 stays with me.\n");
	return record;
}

static void save_change(Store *store, Record *record, Part part, int index)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Change) change = change_new(record);
	if (part != PART_COUNT)
		change_put(change, part, index);
	else
		change_put_all(change);
	bool good = store_save(store, change, &error);
	g_assert_no_error(error);
	g_assert_true(good);
}

/* ---- what is found ---- */

static void test_found(Bench *bench, const void *data)
{
	static const struct {
		const char *name, *words, *found;
	} cases[] = {
		{"a company", "zürich",
		 "opportunity 0 of Zürich Re: [Zürich] Re/Underwriter/actuarial tables/; "
		 "person 0 of Zürich Re: Zoë O'Neill-Smith/zoe@[zurich].example"},
		{"a position", "underwriter", "opportunity 0 of Zürich Re: Zürich Re/[Underwriter]/actuarial tables/"},
		{"a requirement", "actuarial", "opportunity 0 of Zürich Re: Zürich Re/Underwriter/[actuarial] tables/"},
		{"a person, without the accent", "ZOE neill",
		 "person 0 of Zürich Re: [Zoë] O'[Neill]-Smith/[zoe]@zurich.example"},
		{"an address", "zoe@zurich.example", "person 0 of Zürich Re: Zoë O'Neill-Smith/[zoe@zurich.example]"},
		{"a topic", "flood", "debrief 0 of Zürich Re: storms, [floods] and how they are priced"},
		{"an answer", "treat rein", "debrief 0 of Zürich Re: [reinsurance] [treaties]"},
		{"an event", "more time", "event 1 of Zürich Re: reply [more]-[time]"},
		{"a note's subject", "many",
		 "note 0 of Zürich Re: [Many] thanks/Dear Ms. O'Neill-Smith,//the hailstorm of "
		 "1984 stays with me./"},
		{"a note's body", "hail 1984",
		 "note 0 of Zürich Re: Many thanks/Dear Ms. O'Neill-Smith,//the [hailstorm] of "
		 "[1984] stays with me./"},
		{"words of two texts", "hail reinsurance", ""},
		{"the middle of a word", "storm", "debrief 0 of Zürich Re: [storms], floods and how they are priced"},
		{"that a note was sent", "sent", ""},
		{"no operator: OR", "flood OR treaties", ""},
		{"no operator: NOT", "flood NOT priced", ""},
		{"no operator: NEAR", "NEAR(flood priced)", ""},
		{"no column", "text:flood", ""},
		{"no other column", "rank: flood", ""},
		{"quotes", "\"flood\"", "debrief 0 of Zürich Re: storms, [floods] and how they are priced"},
		{"a quote that does not end", "\"flood", "debrief 0 of Zürich Re: storms, [floods] and how they are priced"},
		{"a caret, a plus, a minus", "^flood +and -how",
		 "debrief 0 of Zürich Re: storms, [floods] [and] [how] they are priced"},
		{"signs between words", "flood ( ) * & | '' , how",
		 "debrief 0 of Zürich Re: storms, [floods] and [how] they are priced"},
		{"an apostrophe", "o'neill",
		 "person 0 of Zürich Re: Zoë [O'Neill]-Smith/zoe@zurich.example; "
		 "note 0 of Zürich Re: Many thanks/Dear Ms. [O'Neill]-Smith,//the hailstorm of "
		 "1984 stays with me./"},
		{"SQL", "'; DROP TABLE passage; --", ""},
	};
	g_autoptr(Record) record = make_record();
	sample_save(bench->store, record);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		expect(bench->store, cases[i].words, cases[i].found);
	}
}

static void test_refused(Bench *bench, const void *data)
{
	static const char *const questions[] = {
		NULL, "", "   ", "\"", "* - ( )", "\xf0\x9f\x98\x80", "a b c d e f g h i j k l m n o p q"};
	for (guint i = 0; i < G_N_ELEMENTS(questions); i++) {
		g_autoptr(GError) error = NULL;
		GPtrArray *hits = NULL;
		g_assert_false(store_search(bench->store, ACCOUNT_SELF, &(ListPart){questions[i], 10, 0}, &hits, &error));
		sample_expect(&error, BASE_ERROR_INVALID, i == 6 ? "16 at most" : "a word to look for");
		g_assert_null(hits);
	}
}

static void test_parts(Bench *bench, const void *data)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)search_hit_free);
	for (int i = 0; i < 7; i++) {
		g_autoptr(Record) record = make_record();
		sample_save(bench->store, record);
	}
	for (int offset = 0; offset < 9; offset += 3) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) hits = NULL;
		g_assert_true(store_search(bench->store, ACCOUNT_SELF, &(ListPart){"flood", 3, offset}, &hits, &error));
		g_assert_cmpuint(hits->len, ==, offset == 6 ? 1 : 3);
		while (hits->len > 0) {
			SearchHit *hit = g_ptr_array_steal_index(hits, 0);
			g_ptr_array_add(all, hit);
			g_assert_true(g_hash_table_add(seen, &hit->opportunity)); /* each once */
		}
	}
}

/* ---- what changes ---- */

static void test_changed(Bench *bench, const void *data)
{
	g_autoptr(Record) record = make_record();
	Store *store = bench->store;
	sample_save(store, record);
	Facts *facts = record->facts;

	g_free(facts->company);
	facts->company = g_strdup("Basel Re");
	save_change(store, record, PART_OPPORTUNITY, 0);
	expect(store, "zürich re", "");
	expect(store, "basel", "opportunity 0 of Basel Re: [Basel] Re/Underwriter/actuarial tables/");

	g_free(facts_person(facts, 0)->name);
	facts_person(facts, 0)->name = g_strdup("Zoë Berg");
	save_change(store, record, PART_PERSON, 0);
	expect(
		store, "neill",
		"note 0 of Basel Re: Many thanks/Dear Ms. O'[Neill]-Smith,//the hailstorm of 1984 stays with "
		"me./");
	expect(store, "berg", "person 0 of Basel Re: Zoë [Berg]/zoe@zurich.example");

	Draft *draft = record_draft(record, 0);
	g_free(draft->body);
	draft->body = g_strdup("The landslide stays with me.\n");
	save_change(store, record, PART_DRAFT, 0);
	expect(store, "hail", "");
	expect(store, "landslide", "note 0 of Basel Re: Many thanks/The [landslide] stays with me./");
	draft->state = DRAFT_USED;
	save_change(store, record, PART_DRAFT, 0);
	expect(store, "landslide", "note 0 of Basel Re: Many thanks/The [landslide] stays with me./");
	draft->state = DRAFT_DISCARDED;
	save_change(store, record, PART_DRAFT, 0);
	expect(store, "landslide", "");

	g_ptr_array_set_size(facts_debrief(facts, 0)->weak, 0);
	g_ptr_array_add(facts_debrief(facts, 0)->fit, g_strdup("catastrophe models"));
	save_change(store, record, PART_DEBRIEF, 0);
	expect(store, "treaties", "");
	expect(store, "models", "debrief 0 of Basel Re: catastrophe [models]");

	g_array_set_size(facts->events, 1);
	save_change(store, record, PART_COUNT, 0);
	expect(store, "more time", "");
	expect(store, "models", "debrief 0 of Basel Re: catastrophe [models]");
}

static InboxItem *make_mail(const char *id, int64_t opportunity, const char *quote)
{
	InboxItem *item = inbox_item_new();
	item->message_id = g_strdup(id);
	item->at = T0;
	item->from_name = g_strdup("Rita Rook");
	item->from_address = g_strdup("rook@zurich.example");
	item->subject = g_strdup("Re: Many thanks");
	item->quote = g_strdup(quote);
	item->opportunity = opportunity;
	return item;
}

static void save_mail(Store *store, InboxItem *item)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	g_ptr_array_add(items, item);
	const InboxSave save = {.account = ACCOUNT_SELF, .items = items};
	bool good = store_inbox_save(store, &save, &error);
	g_assert_no_error(error);
	g_assert_true(good);
}

static void test_mails(Bench *bench, const void *data)
{
	g_autoptr(Record) record = make_record();
	g_autoptr(InboxItem) item = make_mail("1@zurich.example", 0, "We are snowed under.");
	int64_t id = sample_save(bench->store, record);
	save_mail(bench->store, item);
	expect(
		bench->store, "snow", "mail 1 of nobody: Re: Many thanks/We are [snowed] under./Rita Rook rook@zurich.example");
	item->opportunity = id;
	g_free(item->quote);
	item->quote = g_strdup("We are buried.");
	save_mail(bench->store, item);
	expect(bench->store, "snow", "");
	expect(
		bench->store, "buried rook",
		"mail 1 of Zürich Re: Re: Many thanks/We are [buried]./Rita [Rook] [rook]@zurich.example");
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, id, T0, NULL, NULL));
	expect(bench->store, "buried", "");
}

static void test_deleted(Bench *bench, const void *data)
{
	g_autoptr(Record) one = make_record();
	g_autoptr(Record) other = make_record();
	g_autoptr(InboxItem) item = make_mail("1@zurich.example", 0, "We are snowed under.");
	g_free(other->facts->company);
	other->facts->company = g_strdup("Basel Re");
	int64_t id = sample_save(bench->store, one);
	sample_save(bench->store, other);
	save_mail(bench->store, item);
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, id, T0, NULL, NULL));
	expect(bench->store, "flood", "debrief 0 of Basel Re: storms, [floods] and how they are priced");
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, 0, T0, NULL, NULL));
	expect(bench->store, "flood", "");
	expect(bench->store, "snow", "");
}

static void test_import_undone(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Record) record = make_record();
	g_autoptr(Import) import = import_new(ACCOUNT_SELF, T0, "all.json"), last = NULL;
	import_add_part(import)->change = change_new(record);
	g_assert_true(store_import_save(bench->store, import, &error));
	expect(bench->store, "flood", "debrief 0 of Zürich Re: storms, [floods] and how they are priced");
	g_assert_true(store_import_load(bench->store, ACCOUNT_SELF, &last, &error));
	g_assert_true(store_import_undo(bench->store, last, &error));
	expect(bench->store, "flood", "");
}

/* ---- the index against the tables ---- */

static void run_sql(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	g_autofree char *fault = NULL;
	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &fault) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static int count(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
	int number = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return number;
}

static const char DIFFERENCE[] =
	"WITH passage_source (account, opportunity, kind, number, part, text) AS ("
	"SELECT account, id, 'opportunity', 0, 0, company || ifnull(char(10) || position, '') || "
	"ifnull(char(10) || requirements, '') FROM opportunity "
	"UNION ALL SELECT account, opportunity, 'person', number, 0, name || ifnull(char(10) || email, '') || "
	"ifnull(char(10) || phone, '') || ifnull(char(10) || address, '') || ifnull(char(10) || linkedin, '') FROM person "
	"UNION ALL SELECT account, opportunity, 'debrief', debrief, number, text FROM debrief_item "
	"UNION ALL SELECT account, opportunity, 'event', number, 0, kind || ifnull(' ' || step, '') || "
	"ifnull(' ' || result, '') || ifnull(' ' || says, '') || ifnull(' ' || address, '') FROM event WHERE kind <> "
	"'sent' "
	"UNION ALL SELECT account, opportunity, 'note', number, 0, ifnull(subject || char(10), '') || body FROM draft "
	"WHERE state <> 'discarded') "
	"SELECT count(*) FROM (SELECT account, opportunity, kind, number, part, text FROM passage "
	"EXCEPT SELECT account, opportunity, kind, number, part, text FROM passage_source UNION ALL SELECT * FROM ("
	"SELECT account, opportunity, kind, number, part, text FROM passage_source EXCEPT "
	"SELECT account, opportunity, kind, number, part, text FROM passage))";

static void change_something(Store *store, GRand *grand, Record *record)
{
	Facts *facts = record->facts;
	int person = (int)facts->people->len - 1;
	switch (g_rand_int_range(grand, 0, 5)) {
	case 0:
		sample_add_call(record, T0 + g_rand_int_range(grand, 0, 100000));
		return save_change(store, record, PART_EVENT, 0);
	case 1:
		if (person < 0)
			return;
		g_free(facts_person(facts, person)->name);
		facts_person(facts, person)->name = g_strdup_printf("Person %u", g_rand_int(grand) % 100);
		return save_change(store, record, PART_PERSON, person);
	case 2:
		if (record->drafts->len == 0)
			return;
		record_draft(record, 0)->state = (DraftState)g_rand_int_range(grand, 0, DRAFT_STATE_COUNT);
		return save_change(store, record, PART_DRAFT, 0);
	case 3:
		if (facts->events->len > 0)
			g_array_set_size(facts->events, facts->events->len - 1);
		return save_change(store, record, PART_COUNT, 0);
	default:
		return save_change(store, record, PART_OPPORTUNITY, 0);
	}
}

/* After two hundred changes of every kind nothing is missing, nothing is left over, and the index holds together. */
static void test_whole(Bench *bench, const void *data)
{
	GRand *grand = g_rand_new_with_seed(11);
	if (!bench->backend->shared) {
		g_test_skip("it is looked at beside the store");
		g_rand_free(grand);
		return;
	}
	for (guint32 seed = 1; seed <= 20; seed++) {
		g_autoptr(Record) record = sample_record(seed);
		sample_save(bench->store, record);
	}
	for (int round = 0; round < 200; round++) {
		g_autoptr(Record) record = NULL;
		int64_t id = g_rand_int_range(grand, 1, 21);
		if (!store_record_load(bench->store, ACCOUNT_SELF, id, &record, NULL))
			continue;
		if (round % 50 == 49)
			g_assert_true(store_delete(bench->store, ACCOUNT_SELF, id, 2 * (int64_t)T0, NULL, NULL));
		else
			change_something(bench->store, grand, record);
	}
	g_rand_free(grand);
	g_assert_cmpint(count(bench->path, "SELECT count(*) FROM passage"), >, 50);
	g_assert_cmpint(count(bench->path, DIFFERENCE), ==, 0);
	run_sql(bench->path, "INSERT INTO passage_index (passage_index, rank) VALUES ('integrity-check', 1)");
}

/* What was deleted is in no page of the file, the index's included. */
static void test_unreadable(Bench *bench, const void *data)
{
	g_autofree char *bytes = NULL;
	gsize length = 0;
	if (!bench->backend->shared) {
		g_test_skip("there is no file");
		return;
	}
	g_autoptr(Record) record = make_record();
	int64_t id = sample_save(bench->store, record);
	for (guint32 seed = 1; seed <= 5; seed++) {
		g_autoptr(Record) other = sample_record(seed);
		sample_save(bench->store, other);
	}
	g_assert_true(store_delete(bench->store, ACCOUNT_SELF, id, T0, NULL, NULL));
	g_clear_pointer(&bench->store, store_close);
	g_assert_true(g_file_get_contents(bench->path, &bytes, &length, NULL));
	static const char *const words[] = {"hailstorm", "reinsurance", "neill", "actuarial"};
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (memmem(bytes, length, words[i], strlen(words[i])) != NULL)
			g_error("\"%s\" can still be read", words[i]);
}

int main(int argc, char **argv)
{
	static const BackendCase cases[] = {
		{"found", test_found},
		{"refused", test_refused},
		{"parts", test_parts},
		{"changed", test_changed},
		{"mails", test_mails},
		{"deleted", test_deleted},
		{"import-undone", test_import_undone},
		{"whole", test_whole},
		{"unreadable", test_unreadable},
	};
	g_test_init(&argc, &argv, NULL);
	backend_add_cases("search", cases, G_N_ELEMENTS(cases));
	return g_test_run();
}
