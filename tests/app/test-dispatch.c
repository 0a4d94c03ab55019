/* test-dispatch.c - when an approved note fits, and which earlier note it continues; each case named.
 */
#include "dispatch.h"

#include <base/error.h>
#include <string.h>

static int64_t at(const Zone *zone, const char *text)
{
	Stamp stamp = {0};
	if (text == NULL)
		return TIME_NONE;
	g_assert_true(stamp_parse(text, &stamp));
	return zone_resolve(zone, stamp);
}

/* November 2026: the 17th is a Tuesday, the 20th a Friday; the 26th is a holiday. */
static void test_fitting_time(void)
{
	static const struct {
		const char *name, *now, *opens, *due, *leaves;
	} cases[] = {
		{"in working hours", "2026-11-17T10:00", NULL, NULL, "2026-11-17T10:00"},
		{"at their beginning", "2026-11-17T08:00", NULL, NULL, "2026-11-17T08:00"},
		{"a moment before their end", "2026-11-17T17:59", NULL, NULL, "2026-11-17T17:59"},
		{"at their end", "2026-11-17T18:00", NULL, NULL, "2026-11-18T08:00"},
		{"early in the morning", "2026-11-17T05:30", NULL, NULL, "2026-11-17T08:00"},
		{"at night", "2026-11-17T23:30", NULL, "2026-11-18T11:00", "2026-11-18T08:00"},
		{"on Friday evening", "2026-11-20T19:00", NULL, NULL, "2026-11-23T08:00"},
		{"on Saturday", "2026-11-21T12:00", NULL, NULL, "2026-11-23T08:00"},
		{"on the eve of a holiday", "2026-11-25T20:00", NULL, NULL, "2026-11-27T08:00"},
		{"on a holiday", "2026-11-26T10:00", NULL, NULL, "2026-11-27T08:00"},
		{"the due time would pass", "2026-11-17T19:00", NULL, "2026-11-18T07:30", "2026-11-17T19:00"},
		{"it would pass to the second", "2026-11-17T19:00", NULL, "2026-11-18T08:00", "2026-11-17T19:00"},
		{"over the weekend it would", "2026-11-20T19:00", NULL, "2026-11-21T11:00", "2026-11-20T19:00"},
		{"it has passed already", "2026-11-17T19:00", NULL, "2026-11-17T12:00", "2026-11-18T08:00"},
		{"not before it opens", "2026-11-17T10:00", "2026-11-20T09:00", NULL, "2026-11-20T09:00"},
		{"it opens at night", "2026-11-17T10:00", "2026-11-20T22:00", NULL, "2026-11-23T08:00"},
		{"it opened", "2026-11-17T10:00", "2026-11-16T09:00", NULL, "2026-11-17T10:00"},
	};
	g_autoptr(Zone) zone = zone_load("America/Phoenix", NULL);
	g_autoptr(Facts) facts = facts_new(zone);
	Day holiday = 0;
	g_assert_true(day_parse("2026-11-26", &holiday));
	facts_add_holiday(facts, holiday);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char text[STAMP_TEXT_BYTES];
		int64_t leaves =
			dispatch_fitting_time(facts, at(zone, cases[i].now), at(zone, cases[i].opens), at(zone, cases[i].due));
		zone_format(zone, leaves, text);
		text[strlen("2026-11-17T10:00")] = '\0';
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(text, ==, cases[i].leaves);
	}
}

/* Working hours are the employer's. */
static void test_fitting_zone(void)
{
	g_autoptr(Zone) tokyo = zone_load("Asia/Tokyo", NULL), phoenix = zone_load("America/Phoenix", NULL);
	g_autoptr(Facts) facts = facts_new(tokyo);
	int64_t now = at(phoenix, "2026-11-17T10:00"); /* 02:00 on Wednesday there */
	g_assert_cmpint(dispatch_fitting_time(facts, now, TIME_NONE, TIME_NONE), ==, at(tokyo, "2026-11-18T08:00"));
}

/* ---- threads ---- */

/* A case with two people and three notes: a thank-you to each that went, and one that did not. */
static Record *make_record(void)
{
	g_autoptr(Zone) zone = zone_load("UTC", NULL);
	Facts *facts = facts_new(zone);
	facts->company = g_strdup("Globex");
	facts_add_person(facts, &(Person){.id = "finn", .name = "Huck Finn"});
	facts_add_person(facts, &(Person){.id = "okoro", .name = "Ada Okoro"});
	Record *record = record_new(ACCOUNT_SELF, facts);
	static const struct {
		int person;
		OutboxState state;
		const char *id;
	} notes[] = {{0, OUTBOX_SENT, "<one@x>"}, {1, OUTBOX_SENT, "<two@x>"}, {0, OUTBOX_CANCELLED, "<three@x>"}};
	for (size_t i = 0; i < G_N_ELEMENTS(notes); i++) {
		Draft *draft = record_add_draft(record);
		draft->step = STEP_THANK_YOU;
		draft->person = notes[i].person;
		OutboxRow *row = record_add_outbox(record);
		row->draft = (int)i;
		row->state = notes[i].state;
		row->message_id = g_strdup(notes[i].id);
	}
	return record;
}

static void test_thread(void)
{
	static const struct {
		const char *name;
		int step, person;
		const char *id;
	} cases[] = {
		{"a check-in continues the thank-you", STEP_CHECK_IN, 0, "<one@x>"},
		{"to somebody else theirs", STEP_CHECK_IN, 1, "<two@x>"},
		{"so does what was left unsaid", STEP_ADDITIONAL_INFO, 0, "<one@x>"},
		{"a thank-you begins a thread", STEP_THANK_YOU, 0, NULL},
		{"so does a friendly word", STEP_KEEP_IN_TOUCH, 0, NULL},
		{"so does a question about somebody", STEP_GET_CONTACT, 0, NULL},
		{"nothing went to nobody", STEP_CHECK_IN, NOBODY, NULL},
	};
	g_autoptr(Record) record = make_record();
	const Case item = {.record = record};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const OutboxRow *row = dispatch_find_thread(&item, cases[i].step, cases[i].person);
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(row == NULL ? NULL : row->message_id, ==, cases[i].id);
	}
}

/* ---- what follows from a result ---- */

static void test_apply(void)
{
	static const struct {
		const char *name;
		OutboxState state;
		bool address_refused;
		DraftState draft;
		int events;
	} cases[] = {
		{"sent", OUTBOX_SENT, false, DRAFT_USED, 1},
		{"refused", OUTBOX_REFUSED, false, DRAFT_OPEN, 0},
		{"the address refused: it came back", OUTBOX_REFUSED, true, DRAFT_OPEN, 2},
		{"taken back", OUTBOX_CANCELLED, false, DRAFT_OPEN, 0},
		{"later", OUTBOX_RETRY, false, DRAFT_APPROVED, 0},
		{"not known", OUTBOX_UNKNOWN, false, DRAFT_APPROVED, 0},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Record) record = make_record();
		g_autoptr(Change) change = change_new(record);
		Case item = {.record = record};
		record_draft(record, 2)->state = DRAFT_APPROVED;
		const OutboxResult result = {.row = record_outbox(record, 2), .state = cases[i].state, .at = 1000};
		record_outbox(record, 2)->number = 2;
		record_outbox(record, 2)->to_address = g_strdup("finn@globex.example");
		dispatch_apply(&item, change, &result, cases[i].address_refused);
		g_test_message("%s", cases[i].name);
		g_assert_cmpint(record_draft(record, 2)->state, ==, cases[i].draft);
		g_assert_cmpint(record_outbox(record, 2)->state, ==, cases[i].state);
		g_assert_cmpint(record->facts->events->len, ==, cases[i].events);
		if (cases[i].events == 2)
			g_assert_cmpstr(facts_event(record->facts, 1)->address, ==, "finn@globex.example");
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dispatch/fitting-time", test_fitting_time);
	g_test_add_func("/dispatch/fitting-zone", test_fitting_zone);
	g_test_add_func("/dispatch/thread", test_thread);
	g_test_add_func("/dispatch/apply", test_apply);
	return g_test_run();
}
