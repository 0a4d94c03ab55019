/* test-lists.c - long lists, a part at a time: opportunities, everybody on record, notes that leave and that left.
 */
#include "backend.h"
#include "sample.h"

#include <base/error.h>
#include <store/notes.h>

#define T0 1795190400

static Record *record_named(const char *company, const char *person, const char *email)
{
	g_autoptr(Zone) zone = zone_load("UTC", NULL);
	Facts *facts = facts_new(zone);
	facts->company = g_strdup(company);
	if (person != NULL)
		facts_add_person(facts, &(Person){.id = "p", .name = (char *)person, .email = (char *)email});
	Record *record = record_new(ACCOUNT_SELF, facts);
	record->next_at = TIME_NONE;
	return record;
}

static void save_named(Store *store, const char *company, const char *person, const char *email)
{
	g_autoptr(Record) record = record_named(company, person, email);
	sample_save(store, record);
}

/* ---- opportunities ---- */

static char *list(Store *store, const char *text, int limit, int offset)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	GString *found = g_string_new(NULL);
	bool good = store_list_part(store, ACCOUNT_SELF, &(ListPart){text, limit, offset}, &rows, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	for (guint i = 0; i < rows->len; i++)
		g_string_append_printf(found, "%s%s", i == 0 ? "" : " ", ((ListRow *)rows->pdata[i])->company);
	return g_string_free(found, FALSE);
}

static void test_opportunities(Bench *bench, const void *data)
{
	static const struct {
		const char *name, *text;
		int limit, offset;
		const char *expected;
	} cases[] = {
		{"all", NULL, 10, 0, "Acme Globe Globex Hooli"},
		{"the first two", NULL, 2, 0, "Acme Globe"},
		{"the next two", "", 2, 2, "Globex Hooli"},
		{"after the last", NULL, 2, 4, ""},
		{"the second that begins so", "glob", 1, 1, "Globex"},
		{"after the last that begins so", "glob", 5, 2, ""},
		{"a word of it", "works", 5, 0, "Hooli"},
	};
	g_autoptr(Record) works = record_named("Hooli", NULL, NULL);
	works->facts->position = g_strdup("Glob works");
	sample_save(bench->store, works);
	save_named(bench->store, "Globex", NULL, NULL);
	save_named(bench->store, "Acme", NULL, NULL);
	save_named(bench->store, "Globe", NULL, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *found = list(bench->store, cases[i].text, cases[i].limit, cases[i].offset);
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(found, ==, cases[i].expected);
	}
}

/* In the order asked for, whole or from an outline; those there are not are left out. */
static void test_outlines(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) found = NULL;
	g_autoptr(GPtrArray) none = NULL;
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	const int64_t asked[] = {7, 2, 99, 5};
	for (guint32 seed = 1; seed <= 8; seed++) {
		g_autoptr(Record) record = seed == 5 ? sample_waiting(seed, T0) : sample_record(seed);
		sample_save(bench->store, record);
	}
	g_assert_true(store_outlines_of(bench->store, ACCOUNT_SELF, ids, &none, &error));
	g_assert_cmpuint(none->len, ==, 0);
	g_array_append_vals(ids, asked, G_N_ELEMENTS(asked));
	g_assert_true(store_outlines_of(bench->store, ACCOUNT_SELF, ids, &found, &error));
	g_assert_cmpuint(found->len, ==, 3);
	for (guint i = 0; i < found->len; i++) {
		const Record *record = found->pdata[i];
		g_autoptr(Record) stored = NULL;
		g_assert_cmpint(record->id, ==, asked[i < 2 ? i : 3]);
		g_assert_true(store_record_load(bench->store, ACCOUNT_SELF, record->id, &stored, &error));
		g_autofree char *want = sample_text(stored, false), *got = sample_text(record, false);
		g_assert_cmpstr(got, ==, want);
	}
}

/* ---- people ---- */

static void test_people(Bench *bench, const void *data)
{
	static const struct {
		const char *name, *text;
		int limit, offset;
		const char *expected;
	} cases[] = {
		{"everybody", NULL, 10, 0, "Ada Okoro at Initech; Huck Finn at Globex; Zoë Lind at Globex"},
		{"a part", "", 1, 1, "Huck Finn at Globex"},
		{"by first name", "huck", 10, 0, "Huck Finn at Globex"},
		{"by last name", "OKO", 10, 0, "Ada Okoro at Initech"},
		{"without the accent", "zoe", 10, 0, "Zoë Lind at Globex"},
		{"by company", "globex", 10, 0, "Huck Finn at Globex; Zoë Lind at Globex"},
		{"by address", "ada@", 10, 0, "Ada Okoro at Initech"},
		{"not in the middle of a word", "inn", 10, 0, ""},
		{"no wildcard", "%", 10, 0, ""},
	};
	save_named(bench->store, "Globex", "Zoë Lind", NULL);
	save_named(bench->store, "Initech", "Ada Okoro", "Ada@initech.example");
	save_named(bench->store, "Globex", "Huck Finn", "finn@globex.example");
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const ListPart part = {cases[i].text, cases[i].limit, cases[i].offset};
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) entries = NULL;
		g_autoptr(GString) found = g_string_new(NULL);
		g_assert_true(store_people_list(bench->store, ACCOUNT_SELF, &part, &entries, &error));
		for (guint e = 0; e < entries->len; e++) {
			const PersonEntry *entry = entries->pdata[e];
			g_string_append_printf(found, "%s%s at %s", e == 0 ? "" : "; ", entry->person.name, entry->company);
		}
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(found->str, ==, cases[i].expected);
	}
}

/* ---- notes ---- */

static void settle(Store *store, int64_t sent_at)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	g_assert_true(store_outbox_claim(store, sent_at, 60, 1, &rows, &error));
	g_assert_cmpuint(rows->len, ==, 1);
	g_assert_true(store_outbox_mark_sending(store, rows, sent_at, 60, &error));
	const OutboxResult sent = {.row = rows->pdata[0], .state = OUTBOX_SENT, .at = sent_at};
	g_assert_true(store_outbox_settle(store, &sent, 1, NULL, &error));
}

static void test_notes(Bench *bench, const void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) leaving = NULL;
	g_autoptr(GPtrArray) left = NULL;
	g_autoptr(GPtrArray) newest = NULL;
	for (guint32 i = 0; i < 4; i++) {
		g_autoptr(Record) record = sample_waiting(i, T0 + i * 100);
		sample_save(bench->store, record);
	}
	settle(bench->store, T0 + 5);
	settle(bench->store, T0 + 150);
	g_assert_true(store_notes_leaving(bench->store, ACCOUNT_SELF, 10, &leaving, &error));
	g_assert_cmpuint(leaving->len, ==, 2);
	const NoteRow *first = leaving->pdata[0];
	g_autoptr(Record) record = NULL;
	g_assert_true(store_record_load(bench->store, ACCOUNT_SELF, first->opportunity, &record, &error));
	const Draft *draft = record_draft(record, first->draft);
	g_assert_cmpint(first->send_at, ==, T0 + 200);
	g_assert_cmpint(first->sent_at, ==, TIME_NONE);
	g_assert_cmpint(first->state, ==, OUTBOX_READY);
	g_assert_cmpstr(first->company, ==, record->facts->company);
	g_assert_cmpint(first->step, ==, draft->step);
	g_assert_cmpstr(first->person, ==, draft->person == NOBODY ? NULL : facts_person(record->facts, draft->person)->id);
	g_assert_cmpstr(first->subject, ==, record_outbox(record, first->number)->subject);
	g_assert_true(store_notes_left(bench->store, ACCOUNT_SELF, T0, 10, &left, &error));
	g_assert_cmpuint(left->len, ==, 2);
	g_assert_cmpint(((NoteRow *)left->pdata[0])->sent_at, ==, T0 + 150);
	g_assert_true(store_notes_left(bench->store, ACCOUNT_SELF, T0 + 6, 10, &newest, &error));
	g_assert_cmpuint(newest->len, ==, 1);
}

int main(int argc, char **argv)
{
	static const BackendCase cases[] = {
		{"opportunities", test_opportunities},
		{"outlines", test_outlines},
		{"people", test_people},
		{"notes", test_notes},
	};
	g_test_init(&argc, &argv, NULL);
	backend_add_cases("lists", cases, G_N_ELEMENTS(cases));
	return g_test_run();
}
