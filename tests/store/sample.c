/* sample.c - see sample.h.
 */
#include "sample.h"

#include <base/error.h>
#include <facts/facts-json.h>
#include <glib/gstdio.h>
#include <string.h>

#define BASE 1795190400 /* 2026-11-20T16:00:00Z */
#define HOUR 3600
#define DAY_LENGTH (24 * HOUR)

static const char *const TEXTS[] = {"SQL",
									"moving the forecast off spreadsheets",
									"“quoted”, with 50 % and under_score",
									"ein Gespräch über Größe",
									"数据分析",
									"a \\ backslash and a 'quote'",
									"résumé; DROP TABLE person; --"};
static const char *const ZONES[] = {"America/Phoenix", "Europe/Berlin", "Asia/Tokyo", "UTC"};

#define PICK(grand, list) ((list)[g_rand_int_range((grand), 0, G_N_ELEMENTS(list))])

static int upto(GRand *grand, int most)
{
	return g_rand_int_range(grand, 0, most + 1);
}

static char *maybe(GRand *grand, const char *text)
{
	return upto(grand, 1) ? g_strdup(text) : NULL;
}

static void add_texts(GRand *grand, GPtrArray *list, int most)
{
	for (int left = upto(grand, most); left > 0; left--)
		g_ptr_array_add(list, g_strdup_printf("%s %d", PICK(grand, TEXTS), left));
}

void sample_account_save(Store *store)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Account) account = NULL;
	g_assert_true(store_account_load(store, ACCOUNT_SELF, &account, &error));
	account->zone = g_strdup("America/Phoenix");
	account->me.name = g_strdup("Ana Reyes");
	account->me.email = g_strdup("ana@example.net");
	account->me.linkedin = g_strdup("https://linkedin.example/ana");
	g_ptr_array_add(account->me.skills, g_strdup("SQL"));
	g_ptr_array_add(account->me.skills, g_strdup("forecasting, at scale"));
	Day holidays[] = {20783, 20812};
	g_array_append_vals(account->holidays, holidays, G_N_ELEMENTS(holidays));
	g_hash_table_replace(account->settings, g_strdup("playbook"), g_strdup("standard"));
	g_hash_table_replace(account->settings, g_strdup("mail.server"), g_strdup("smtp.example.net"));
	g_assert_true(store_account_save(store, account, &error));
	g_assert_no_error(error);
}

static void fill_me(Facts *facts)
{
	facts->me.name = g_strdup("Ana Reyes");
	facts->me.email = g_strdup("ana@example.net");
	facts->me.linkedin = g_strdup("https://linkedin.example/ana");
	g_ptr_array_add(facts->me.skills, g_strdup("SQL"));
	g_ptr_array_add(facts->me.skills, g_strdup("forecasting, at scale"));
	facts_add_holiday(facts, 20783);
	facts_add_holiday(facts, 20812);
}

static void add_people(GRand *grand, Facts *facts, int least)
{
	int count = least + upto(grand, 4);
	for (int i = 0; i < count; i++) {
		g_autofree char *id = g_strdup_printf("p%d", count - i);
		g_autofree char *name = g_strdup_printf("Zoë O'Finn %c", 'A' + i);
		g_autofree char *salutation = maybe(grand, "Ms. O'Finn"), *phone = maybe(grand, "+1 602 555 0100");
		g_autofree char *email = maybe(grand, "zoe@globex.example"), *address = maybe(grand, "12 High Street");
		g_autofree char *linkedin = maybe(grand, "https://linkedin.example/zoe");
		Person person = {id, name, salutation, upto(grand, ROLE_COUNT - 1), email, phone, address, linkedin};
		facts_add_person(facts, &person);
	}
}

static Promise make_promise(GRand *grand, Day from)
{
	Promise promise = PROMISE_NONE;
	if (upto(grand, 1))
		promise.decision_by = from + upto(grand, 20);
	if (upto(grand, 2) == 0)
		promise.follow_up_after = from + upto(grand, 20);
	if (upto(grand, 2) == 0)
		promise.process_weeks = 1 + upto(grand, 8);
	return promise;
}

static void add_interviews(GRand *grand, Facts *facts)
{
	int count = 1 + upto(grand, 3);
	for (int i = 0; i < count; i++) {
		g_autofree char *id = g_strdup_printf("round-%d", count - i);
		int64_t start = BASE + i * 3 * DAY_LENGTH;
		Interview interview = {.id = id, .kind = upto(grand, INTERVIEW_KIND_COUNT - 1), .start = start};
		interview.end = start + upto(grand, 3) * HOUR;
		g_autofree char *place = i % 2 == 0 ? g_strdup("12 Main St, Phoenix AZ") : NULL;
		g_autofree char *link = i % 3 == 0 ? g_strdup("https://meet.globex.example/j/7?p=a%2Fb") : NULL;
		interview.place = place;
		interview.link = link;
		interview.promise = make_promise(grand, zone_to_day(facts->zone, interview.end, NULL));
		Interview *added = facts_add_interview(facts, &interview);
		for (int person = (int)facts->people->len - 1; person >= 0; person--)
			if (upto(grand, 1))
				g_array_append_val(added->with, person);
	}
}

static int maybe_index(GRand *grand, const GArray *list)
{
	return upto(grand, (int)list->len) - 1;
}

static void add_debriefs(GRand *grand, Facts *facts)
{
	for (int left = upto(grand, 2); left > 0; left--) {
		int interview = upto(grand, (int)facts->interviews->len - 1);
		Debrief *debrief = facts_add_debrief(facts, interview, BASE + left * HOUR);
		for (int topics = upto(grand, 3); topics > 0; topics--)
			debrief_add_topic(debrief, maybe_index(grand, facts->people), PICK(grand, TEXTS));
		add_texts(grand, debrief->strong, 2);
		add_texts(grand, debrief->weak, 2);
		add_texts(grand, debrief->unsaid, 2);
		add_texts(grand, debrief->fit, 2);
	}
}

static void fill_event(GRand *grand, const Facts *facts, Event *event)
{
	bool note = event->kind == EVENT_SENT || event->kind == EVENT_CALLED || event->kind == EVENT_BOUNCED;
	bool said = event->kind == EVENT_REPLY || event->kind == EVENT_AUTO_REPLY;
	if (note || said)
		event->person = upto(grand, (int)facts->people->len - 1);
	if (note) {
		event->step = upto(grand, STEP_COUNT - 1);
		event->interview = maybe_index(grand, facts->interviews);
		event->channel = event->kind == EVENT_CALLED ? CHANNEL_CALL : upto(grand, CHANNEL_COUNT - 1);
	}
	if (event->kind == EVENT_CALLED)
		event->result = upto(grand, CALL_RESULT_COUNT - 1);
	if (event->kind == EVENT_BOUNCED)
		event->address = maybe(grand, "zoe@globex.example");
	if (event->kind == EVENT_SOUNDED_OUT)
		event->interview = upto(grand, (int)facts->interviews->len - 1);
	if (event->kind == EVENT_REPLY)
		event->says = upto(grand, SAYS_COUNT - 1);
	if (event->kind == EVENT_REPLY && upto(grand, 1))
		event->promise.decision_by = 20800 + upto(grand, 30);
	while (event->kind == EVENT_PROMISE && memcmp(&event->promise, &PROMISE_NONE, sizeof(Promise)) == 0)
		event->promise = make_promise(grand, 20800);
	if (event->kind == EVENT_AUTO_REPLY && upto(grand, 1))
		event->back_on = 20800 + upto(grand, 30);
}

static void add_events(GRand *grand, Facts *facts)
{
	for (int left = upto(grand, 12); left > 0; left--) {
		Event event = EVENT_INIT((EventKind)upto(grand, EVENT_COUNT - 1));
		event.at = BASE + upto(grand, 100) * HOUR;
		fill_event(grand, facts, &event);
		facts_add_event(facts, &event);
		g_free(event.address);
	}
}

static void add_draft(GRand *grand, Record *record)
{
	Draft *draft = record_add_draft(record);
	draft->step = upto(grand, STEP_COUNT - 1);
	draft->interview = maybe_index(grand, record->facts->interviews);
	draft->person = maybe_index(grand, record->facts->people);
	draft->channel = upto(grand, CHANNEL_COUNT - 1);
	draft->subject = maybe(grand, "Thank you for the talk");
	draft->body = g_strdup_printf("Dear Zoë,\n\n%s\n\tAna\n", PICK(grand, TEXTS));
	draft->state = (DraftState)upto(grand, DRAFT_STATE_COUNT - 1);
	draft->playbook = maybe(grand, "standard");
	draft->variant = maybe(grand, "short");
	draft->created_at = BASE + HOUR;
	draft->edited_at = upto(grand, 1) ? BASE + 2 * HOUR : TIME_NONE;
	draft->approved_at = upto(grand, 1) ? BASE + 3 * HOUR : TIME_NONE;
}

static OutboxRow *add_outbox(GRand *grand, Record *record, guint32 seed)
{
	OutboxRow *row = record_add_outbox(record);
	row->draft = upto(grand, (int)record->drafts->len) - 1;
	row->message_id = g_strdup_printf("<%u.%d@followup.example>", seed, row->number);
	row->from_name = maybe(grand, "Ana Reyes");
	row->from_address = g_strdup("ana@example.net");
	row->to_name = maybe(grand, "Zoë O'Finn");
	row->to_address = g_strdup("zoe@globex.example");
	row->subject = g_strdup("Thank you");
	row->body = g_strdup("Dear Zoë,\n\nthank you.\n");
	row->in_reply_to = maybe(grand, "<0@globex.example>");
	row->references = maybe(grand, "<0@globex.example> <1@globex.example>");
	row->created_at = BASE + 3 * HOUR;
	row->send_at = BASE + 4 * HOUR;
	row->review_seal = maybe(grand, "a seal");
	return row;
}

static void settle(GRand *grand, OutboxRow *row)
{
	static const OutboxState settled[] = {OUTBOX_SENT, OUTBOX_REFUSED, OUTBOX_CANCELLED};
	row->state = PICK(grand, settled);
	row->attempts = upto(grand, 3);
	row->claims = upto(grand, 3);
	row->sent_at = row->state == OUTBOX_SENT ? row->send_at + 5 : TIME_NONE;
	row->response = maybe(grand, "250 2.0.0 Ok: queued as 4F2A1");
	row->last_error = maybe(grand, "The server took its time.");
}

static Record *make_record(GRand *grand, guint32 seed)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Zone) zone = zone_load(PICK(grand, ZONES), &error);
	g_assert_no_error(error);
	Facts *facts = facts_new(zone);
	fill_me(facts);
	facts->company = g_strdup_printf("Globex %u", seed);
	facts->position = maybe(grand, "Data analyst");
	facts->pace = (Pace)upto(grand, PACE_COUNT - 1);
	facts->stage = (Stage)upto(grand, STAGE_COUNT - 1);
	add_texts(grand, facts->requirements, 3);
	add_people(grand, facts, 1);
	add_interviews(grand, facts);
	Record *record = record_new(ACCOUNT_SELF, facts);
	record->created_at = BASE - DAY_LENGTH;
	record->next_at = upto(grand, 3) == 0 ? TIME_NONE : BASE + upto(grand, 50) * HOUR;
	record->later_until = record->next_at == TIME_NONE ? BASE + 2 * DAY_LENGTH : TIME_NONE;
	record->playbook = maybe(grand, "seven-steps");
	return record;
}

Record *sample_record(guint32 seed)
{
	GRand *grand = g_rand_new_with_seed(seed);
	Record *record = make_record(grand, seed);
	add_debriefs(grand, record->facts);
	add_events(grand, record->facts);
	for (int left = upto(grand, 3); left > 0; left--)
		add_draft(grand, record);
	for (int left = upto(grand, 2); left > 0; left--)
		settle(grand, add_outbox(grand, record, seed));
	g_rand_free(grand);
	return record;
}

Record *sample_waiting(guint32 seed, int64_t send_at)
{
	GRand *grand = g_rand_new_with_seed(seed);
	Record *record = make_record(grand, seed);
	add_draft(grand, record);
	record_draft(record, 0)->state = DRAFT_APPROVED;
	OutboxRow *row = add_outbox(grand, record, seed);
	row->draft = 0;
	row->send_at = send_at;
	g_rand_free(grand);
	return record;
}

int64_t sample_save(Store *store, Record *record)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Change) change = change_new(record);
	bool good = store_save(store, change, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return record->id;
}

void sample_add_call(Record *record, int64_t at)
{
	Event call = EVENT_INIT(EVENT_CALLED);
	call.at = at;
	call.step = STEP_CHECK_IN;
	call.person = 0;
	call.channel = CHANNEL_CALL;
	call.result = CALL_REACHED;
	facts_add_event(record->facts, &call);
}

static void add_draft_text(GString *text, const Draft *draft, bool body)
{
	g_string_append_printf(
		text, "draft %d %d %d %d %s %s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
		draft->step, draft->interview, draft->person, draft->channel, draft->subject, draft_state_word(draft->state),
		draft->playbook, draft->variant, draft->created_at, draft->edited_at, draft->approved_at,
		body ? draft->body : "-");
}

static void add_outbox_text(GString *text, const OutboxRow *row, bool body)
{
	g_string_append_printf(
		text, "outbox %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d draft %d %s from %s <%s> to %s <%s> \"%s\" %s %s ",
		row->account, row->opportunity, row->number, row->draft, row->message_id, row->from_name, row->from_address,
		row->to_name, row->to_address, row->subject, row->in_reply_to, row->references);
	g_string_append_printf(
		text,
		"%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
		row->created_at, row->send_at, outbox_state_word(row->state), row->attempts, row->claims, row->lease_until,
		row->sent_at);
	g_string_append_printf(
		text, " %s %s %s %s\n", row->response, row->last_error, body ? row->review_seal : "-", body ? row->body : "-");
}

char *sample_text(const Record *record, bool bodies)
{
	GString *text = g_string_new(NULL);
	g_string_append_printf(
		text,
		"%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
		record->account, record->id, record->revision, record->playbook, record->next_at, record->created_at);
	if (record->later_until != TIME_NONE)
		g_string_append_printf(
			text, "later %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", record->later_until, record->later_since);
	facts_format(record->facts, true, text);
	g_string_append_c(text, '\n');
	for (guint i = 0; i < record->drafts->len; i++)
		add_draft_text(text, record_draft(record, (int)i), bodies);
	for (guint i = 0; i < record->outbox->len; i++)
		add_outbox_text(text, record_outbox(record, (int)i), bodies);
	return g_string_free(text, FALSE);
}

Store *sample_open(const char *path, StoreMode mode)
{
	g_autoptr(GError) error = NULL;
	Store *store = NULL;
	bool good = store_open(path, mode, &store, &error);
	g_assert_no_error(error);
	g_assert_true(good);
	return store;
}

char *sample_folder_new(void)
{
	g_autoptr(GError) error = NULL;
	char *folder = g_dir_make_tmp("followup-store-XXXXXX", &error);
	g_assert_no_error(error);
	return folder;
}

void sample_folder_remove(char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;
	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
			sample_folder_remove(g_strdup(path));
		else
			g_unlink(path);
	}
	if (dir != NULL)
		g_dir_close(dir);
	g_rmdir(folder);
	g_free(folder);
}

void sample_expect(GError **error, int code, const char *word)
{
	g_assert_nonnull(*error);
	if (!g_error_matches(*error, BASE_ERROR, code) || strstr((*error)->message, word) == NULL)
		g_error("code %d with \"%s\" was expected, not %d: %s", code, word, (*error)->code, (*error)->message);
	g_assert_true(g_str_has_suffix((*error)->message, "."));
	g_assert_null(strchr((*error)->message, '\n'));
	g_clear_error(error);
}
