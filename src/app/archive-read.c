/* archive-read.c - a document that an export wrote, taken in.
 *
 * Reading decides nothing half way: all records are made first, then saved in one transaction.
 */
#include "archive.h"
#include "import-job.h"
#include "intake.h"

#include <base/limits.h>
#include <base/text.h>
#include <facts/facts-json.h>
#include <facts/json-value.h>
#include <string.h>

/* Where an opportunity of the document is. */
typedef struct Home {
	Record *record; /* among those to be added; NULL: it is on record */
	int64_t id;     /* there */
} Home;

typedef struct Reading {
	App *app;
	ArchiveCounts *counts;
	GPtrArray *records; /* of Record, to be added */
	GHashTable *places; /* int64_t* to which opportunity bears that id, counted from 1 */
	GArray *homes;      /* of Home, for each opportunity */
	GHashTable *mails;  /* such a Record to the GPtrArray of InboxItem about it */
	Import *import;     /* what comes of it */
	size_t place;       /* which opportunity */
} Reading;

static bool refuse(const Reading *reading, const char *key, const char *expected, GError **error)
{
	g_autofree char *where = g_strdup_printf("opportunities[%zu].%s", reading->place, key);
	return base_error_set(error, BASE_ERROR_INVALID, where, "%s is not %s.", where, expected);
}

static bool check_row_keys(
	const Reading *reading, const char *list, const JsonValue *row, const char *const *known, GError **error)
{
	g_autofree char *where = g_strdup_printf("opportunities[%zu].%s[]", reading->place, list);
	return archive_check_keys(row, where, known, error);
}

static int get_index(const JsonValue *value, const char *key, guint count)
{
	int64_t index = json_value_get_int(value, key, -1);
	return index >= 0 && index < (int64_t)count ? (int)index : -1;
}

static int64_t get_time(const JsonValue *value, const char *key)
{
	return json_value_get_int(value, key, TIME_NONE);
}

static bool read_draft(const Reading *reading, Record *record, const JsonValue *value, GError **error)
{
	static const char *const keys[] = {"step",  "interview", "person",     "channel",   "subject",     "body",
									   "state", "playbook",  "created_at", "edited_at", "approved_at", NULL};
	Draft *draft = record_add_draft(record);
	const char *body = json_value_get_string(value, "body"), *subject = json_value_get_string(value, "subject");
	if (!check_row_keys(reading, "drafts", value, keys, error))
		return false;
	const char *channel = json_value_get_string(value, "channel");
	draft->step = desk_word(WORDS_STEP, json_value_get_string(value, "step"));
	draft->channel = desk_word(WORDS_CHANNEL, channel);
	int state = draft_state_find(json_value_get_string(value, "state"));
	if (draft->step == WORD_NONE || state == WORD_NONE || body == NULL ||
		(channel != NULL && draft->channel == WORD_NONE))
		return refuse(reading, "drafts", "a list of drafts with step, state, body and a known channel", error);
	if (!archive_is_fit(body, LIMIT_NOTE_BYTES, TEXT_BLOCK) ||
		!archive_is_fit(subject, LIMIT_NAME_BYTES * 4, TEXT_LINE))
		return refuse(reading, "drafts", "a list of notes, each a text, with a subject of one line", error);
	draft->interview = get_index(value, "interview", record->facts->interviews->len);
	draft->person = get_index(value, "person", record->facts->people->len);
	draft->subject = g_strdup(subject);
	draft->body = g_strdup(body);
	draft->state = (DraftState)state;
	draft->playbook = g_strdup(json_value_get_string(value, "playbook"));
	draft->created_at = json_value_get_int(value, "created_at", reading->app->now);
	draft->edited_at = get_time(value, "edited_at");
	draft->approved_at = get_time(value, "approved_at");
	return true;
}

/* What was on its way elsewhere must not go from here too. */
static void calm_outbox(const Reading *reading, Record *record, OutboxRow *row)
{
	if (row->state == OUTBOX_CLAIMED || row->state == OUTBOX_SENDING)
		row->state = OUTBOX_UNKNOWN;
	if (row->state != OUTBOX_READY && row->state != OUTBOX_RETRY)
		return;
	row->state = OUTBOX_CANCELLED;
	if (row->draft != NO_DRAFT)
		record_draft(record, row->draft)->state = DRAFT_OPEN;
	reading->counts->drafts_reopened++;
}

static bool read_outbox(const Reading *reading, Record *record, const JsonValue *value, GError **error)
{
	static const char *const keys[] = {"draft",    "message_id", "from_name",   "from_address", "to_name", "to_address",
									   "subject",  "body",       "in_reply_to", "references",   "state",   "attempts",
									   "response", "last_error", "created_at",  "send_at",      "sent_at", NULL};
	OutboxRow *row = record_add_outbox(record);
	struct {
		const char *key;
		char **field;
		bool required;
	} strings[] = {
		{"message_id", &row->message_id, true},
		{"from_name", &row->from_name, false},
		{"from_address", &row->from_address, true},
		{"to_name", &row->to_name, false},
		{"to_address", &row->to_address, true},
		{"subject", &row->subject, true},
		{"body", &row->body, true},
		{"in_reply_to", &row->in_reply_to, false},
		{"references", &row->references, false},
		{"response", &row->response, false},
		{"last_error", &row->last_error, false},
	};
	if (!check_row_keys(reading, "outbox", value, keys, error))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(strings); i++) {
		bool is_body = strings[i].field == &row->body;
		*strings[i].field = g_strdup(json_value_get_string(value, strings[i].key));
		if ((*strings[i].field == NULL && strings[i].required) ||
			!archive_is_fit(*strings[i].field, LIMIT_NOTE_BYTES, is_body ? TEXT_BLOCK : TEXT_LINE))
			return refuse(reading, "outbox", "a list of notes with message_id, addresses, subject and body", error);
	}
	int state = outbox_state_find(json_value_get_string(value, "state"));
	if (state == WORD_NONE)
		return refuse(reading, "outbox", "a list of notes with a known state", error);
	row->state = (OutboxState)state;
	row->draft = get_index(value, "draft", record->drafts->len);
	row->attempts = (int)CLAMP(json_value_get_int(value, "attempts", 0), 0, 1000);
	row->created_at = json_value_get_int(value, "created_at", reading->app->now);
	row->send_at = json_value_get_int(value, "send_at", reading->app->now);
	row->sent_at = get_time(value, "sent_at");
	calm_outbox(reading, record, row);
	return true;
}

static bool read_rows(const Reading *reading, Record *record, const JsonValue *value, GError **error)
{
	const JsonValue *drafts = json_value_find(value, "drafts"), *outbox = json_value_find(value, "outbox");
	for (size_t i = 0; i < json_value_get_length(drafts); i++)
		if (!read_draft(reading, record, json_value_get_element(drafts, i), error))
			return false;
	for (size_t i = 0; i < json_value_get_length(outbox); i++)
		if (!read_outbox(reading, record, json_value_get_element(outbox, i), error))
			return false;
	return true;
}

/* What belongs to the account is no part of an opportunity. */
static void strip_account(Facts *facts)
{
	intake_replace(&facts->me.name, NULL);
	intake_replace(&facts->me.email, NULL);
	intake_replace(&facts->me.phone, NULL);
	intake_replace(&facts->me.linkedin, NULL);
	g_ptr_array_set_size(facts->me.skills, 0);
	g_array_set_size(facts->holidays, 0);
}

/* Whether what is stored under an id has these facts; *ret_there: whether anything is. */
static bool has_facts(
	const Reading *reading, int64_t id, const GString *facts, bool *ret_there, bool *ret_same, GError **error)
{
	g_autoptr(Record) stored = NULL;
	g_autoptr(GError) missing = NULL;
	g_autoptr(GString) theirs = g_string_new(NULL);
	*ret_there = *ret_same = false;
	if (id <= 0)
		return true;
	if (!store_record_load(reading->app->store, ACCOUNT_SELF, id, &stored, &missing)) {
		if (g_error_matches(missing, BASE_ERROR, BASE_ERROR_MISSING))
			return true;
		g_propagate_error(error, g_steal_pointer(&missing));
		return false;
	}
	strip_account(stored->facts);
	facts_format(stored->facts, false, theirs);
	*ret_there = true;
	*ret_same = g_string_equal(theirs, facts);
	return true;
}

/* The opportunity on record that is the same: under its id, or under another that it was given when it came in before.
 * 0 where there is none; *ret_free: whether it can keep its id. */
static bool look_up(
	const Reading *reading, int64_t id, const Facts *facts, int64_t *ret_found, bool *ret_free, GError **error)
{
	enum { ALIKE = 20 };
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	bool there = false, same = false;
	facts_format(facts, false, text);
	if (!has_facts(reading, id, text, &there, &same, error))
		return false;
	*ret_free = !there;
	*ret_found = same ? id : 0;
	if (same)
		return true;
	if (!store_list_beginning(reading->app->store, ACCOUNT_SELF, facts->company, ALIKE, &rows, error))
		return false;
	for (guint i = 0; i < rows->len && *ret_found == 0; i++) {
		const ListRow *row = rows->pdata[i];
		if (!has_facts(reading, row->id, text, &there, &same, error))
			return false;
		*ret_found = same ? row->id : 0;
	}
	return true;
}

/* A document in which two bear one id is none of ours. */
static bool check_id(const Reading *reading, int64_t id, GError **error)
{
	size_t other = GPOINTER_TO_SIZE(g_hash_table_lookup(reading->places, &id));
	if (id <= 0)
		return true;
	g_hash_table_insert(reading->places, g_memdup2(&id, sizeof id), GSIZE_TO_POINTER(reading->place + 1));
	if (other == 0)
		return true;
	g_autofree char *where = g_strdup_printf("opportunities[%zu].id", reading->place);
	return base_error_set(
		error, BASE_ERROR_INVALID, where,
		"%s is %" G_GINT64_FORMAT ", which is that of opportunities[%zu]; each has an id of its own.", where, id,
		other - 1);
}

/* What is kept is more than what can be planned: an interview is with somebody. */
static bool check_company(const Reading *reading, const Facts *facts, GError **error)
{
	for (guint i = 0; i < facts->interviews->len; i++) {
		if (facts_interview(facts, (int)i)->with->len > 0)
			continue;
		g_autofree char *where = g_strdup_printf("opportunities[%zu].facts.interviews[%u].with", reading->place, i);
		return base_error_set(
			error, BASE_ERROR_INVALID, where,
			"%s is empty; an interview is with somebody, by the id of one of the people.", where);
	}
	return true;
}

static bool read_record(Reading *reading, const JsonValue *value, GError **error)
{
	static const char *const keys[] = {"id",    "playbook", "created_at", "later_until", "later_since",
									   "facts", "drafts",   "outbox",     NULL};
	const JsonValue *facts_value = json_value_find(value, "facts");
	g_autoptr(Facts) facts = NULL;
	g_autofree char *where = g_strdup_printf("opportunities[%zu]", reading->place);
	int64_t id = json_value_get_int(value, "id", 0);
	Home home = {0};
	bool free = false;
	if (!archive_check_keys(value, where, keys, error))
		return false;
	if (facts_value == NULL)
		return refuse(reading, "facts", "there; an opportunity has facts", error);
	g_autofree char *text = json_value_format(facts_value);
	if (!facts_parse(text, strlen(text), &facts, error)) {
		g_prefix_error(error, "opportunities[%zu]: ", reading->place);
		return false;
	}
	if (!check_company(reading, facts, error) || !check_id(reading, id, error))
		return false;
	strip_account(facts);
	if (!look_up(reading, id, facts, &home.id, &free, error))
		return false;
	Record *record = home.id != 0 ? NULL : record_new(ACCOUNT_SELF, g_steal_pointer(&facts));
	home.record = record;
	g_array_append_val(reading->homes, home);
	if (record == NULL) {
		reading->counts->present++;
		return true;
	}
	g_ptr_array_add(reading->records, record);
	record->id = free && id > 0 ? id : 0;
	const char *playbook = json_value_get_string(value, "playbook");
	bool by_file = playbook != NULL && desk_playbook_is_path(playbook);
	record->playbook = by_file ? NULL : g_strdup(playbook);
	reading->counts->playbook_left_out = reading->counts->playbook_left_out || by_file;
	record->created_at = json_value_get_int(value, "created_at", reading->app->now);
	record->later_until = json_value_get_int(value, "later_until", TIME_NONE);
	record->later_since = json_value_get_int(value, "later_since", TIME_NONE);
	return read_rows(reading, record, value, error);
}

/* ---- the inbox ---- */

/* Where the opportunity of a mail is; nowhere, if it is about none. */
static bool find_home(const Reading *reading, const InboxItem *item, size_t place, Home *ret_home, GError **error)
{
	size_t found = GPOINTER_TO_SIZE(g_hash_table_lookup(reading->places, &item->opportunity));
	*ret_home = (Home){0};
	if (item->opportunity == 0)
		return true;
	if (found == 0) {
		g_autofree char *where = g_strdup_printf("inbox[%zu].opportunity", place);
		return base_error_set(
			error, BASE_ERROR_INVALID, where,
			"%s is %" G_GINT64_FORMAT ", which is the id of none of the opportunities.", where, item->opportunity);
	}
	*ret_home = g_array_index(reading->homes, Home, found - 1);
	return true;
}

static void add_mail(const Reading *reading, InboxItem *item, const Home *home)
{
	GPtrArray *mails =
		home->record == NULL ? reading->import->mails : g_hash_table_lookup(reading->mails, home->record);
	if (mails == NULL) {
		mails = g_ptr_array_new_with_free_func((GDestroyNotify)inbox_item_free);
		g_hash_table_insert(reading->mails, home->record, mails);
	}
	item->opportunity = home->id;
	g_ptr_array_add(mails, item);
	reading->counts->mails++;
}

/* What is known already stays as it is; so does what the document says twice. */
static bool read_inbox(const Reading *reading, const JsonValue *inbox, JsonOut *out, GError **error)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	json_out_key(out, "mails");
	json_out_array(out);
	for (size_t i = 0; i < json_value_get_length(inbox); i++) {
		g_autoptr(InboxItem) item = NULL;
		Home home;
		bool known = false;
		if (!archive_read_mail(json_value_get_element(inbox, i), i, &item, error) ||
			!find_home(reading, item, i, &home, error) ||
			!store_inbox_knows(reading->app->store, ACCOUNT_SELF, item->message_id, &known, error))
			return false;
		if (known || !g_hash_table_add(seen, g_strdup(item->message_id)))
			continue;
		json_out_string(out, item->message_id);
		add_mail(reading, g_steal_pointer(&item), &home);
	}
	json_out_array_end(out);
	return true;
}

/* ---- all of it ---- */

/* A record gets its place on the agenda. */
static bool add_part(const Reading *reading, Record *record, Plan *plan, GError **error)
{
	Case item = {.record = record, .plan = plan};
	g_autoptr(GError) unknown = NULL;
	if (!desk_playbook_load(reading->app, record->playbook, &item.playbook, &unknown)) {
		g_clear_pointer(&record->playbook, g_free); /* a playbook of its user's that is not here */
		if (!desk_playbook_load(reading->app, NULL, &item.playbook, error))
			return false;
	}
	const GArray *holidays = reading->app->account->holidays;
	g_array_append_vals(record->facts->holidays, holidays->data, holidays->len);
	case_replan(reading->app, &item);
	record->next_at = case_agenda_at(&item);
	ImportPart *part = import_add_part(reading->import);
	part->change = change_new(record);
	part->before = import_format_part(NULL, record);
	GPtrArray *mails = g_hash_table_lookup(reading->mails, record);
	part->mails = mails == NULL ? NULL : g_ptr_array_ref(mails);
	return true;
}

/* All in one transaction; what keeps its id before what is given a new one, which is none of those. Where nothing comes
 * in, the import before stays the last. */
static bool save_all(Reading *reading, GError **error)
{
	const ArchiveCounts *counts = reading->counts;
	g_autoptr(Plan) plan = plan_new();
	for (int turn = 0; turn < 2; turn++)
		for (guint i = 0; i < reading->records->len; i++) {
			Record *record = g_ptr_array_index(reading->records, i);
			if ((record->id == 0) == (turn == 1) && !add_part(reading, record, plan, error))
				return false;
		}
	reading->counts->added = reading->records->len;
	reading->import->me = counts->account_changed ? reading->app->account : NULL;
	return (counts->added == 0 && counts->mails == 0 && !counts->account_changed) ||
		   store_import_save(reading->app->store, reading->import, error);
}

static bool check_root(const JsonValue *root, GError **error)
{
	static const char *const keys[] = {"kind", "version", "account", "opportunities", "inbox", NULL};
	static const char *const account_keys[] = {"zone",   "name",     "email",    "phone", "linkedin",
											   "skills", "holidays", "settings", NULL};
	if (g_strcmp0(json_value_get_string(root, "kind"), "followup-export") != 0)
		return base_error_set(
			error, BASE_ERROR_INVALID, "kind",
			"This is not what \"followup export\" writes; its kind is \"followup-export\".");
	if (json_value_get_int(root, "version", 0) != ARCHIVE_VERSION)
		return base_error_set(
			error, BASE_ERROR_INVALID, "version",
			"The export is of version %" G_GINT64_FORMAT "; this program reads version %d.",
			json_value_get_int(root, "version", 0), ARCHIVE_VERSION);
	if (!json_value_is_list(json_value_find(root, "opportunities")))
		return base_error_set(
			error, BASE_ERROR_INVALID, "opportunities",
			"opportunities is no list; the list that \"followup export\" writes is expected.");
	return archive_check_keys(root, "", keys, error) &&
		   archive_check_keys(json_value_find(root, "account"), "account", account_keys, error);
}

static bool read_opportunities(Reading *reading, const JsonValue *all, Printer *progress, GError **error)
{
	size_t count = json_value_get_length(all);
	for (reading->place = 0; reading->place < count; reading->place++) {
		if (!read_record(reading, json_value_get_element(all, reading->place), error))
			return false;
		printer_progress(progress, "Opportunities", (int64_t)reading->place, (int64_t)count);
	}
	return true;
}

bool archive_read(App *app, const ArchiveSource *source, Printer *progress, ArchiveCounts *ret_counts, GError **error)
{
	g_autoptr(JsonDocument) document = NULL;
	if (!json_document_parse(source->text, source->length, ARCHIVE_BYTES, &document, error))
		return false;
	const JsonValue *root = json_document_get_root(document);
	if (!check_root(root, error))
		return false;
	g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func((GDestroyNotify)record_free);
	g_autoptr(GArray) homes = g_array_new(FALSE, FALSE, sizeof(Home));
	g_autoptr(GHashTable) places = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	g_autoptr(GHashTable) mails = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
	g_autoptr(Import) import = import_new(ACCOUNT_SELF, app->now, source->name);
	g_autoptr(GString) beside = g_string_new(NULL);
	Reading reading = {
		.app = app,
		.counts = ret_counts,
		.records = records,
		.places = places,
		.homes = homes,
		.mails = mails,
		.import = import};
	JsonOut out = json_out(beside, false);
	json_out_object(&out);
	if (!read_opportunities(&reading, json_value_find(root, "opportunities"), progress, error) ||
		!archive_fill_account(app->account, json_value_find(root, "account"), &out, ret_counts, error) ||
		!read_inbox(&reading, json_value_find(root, "inbox"), &out, error))
		return false;
	json_out_object_end(&out);
	import->before = g_string_free(g_steal_pointer(&beside), FALSE);
	return save_all(&reading, error);
}
