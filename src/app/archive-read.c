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

typedef struct Reading {
	App *app;
	ArchiveCounts *counts;
	GPtrArray *records; /* of Record, to be added */
	GHashTable *places; /* int64_t* to which opportunity bears that id, counted from 1 */
	size_t place;       /* which opportunity */
} Reading;

static bool refuse(const Reading *reading, const char *key, const char *expected, GError **error)
{
	g_autofree char *where = g_strdup_printf("opportunities[%zu].%s", reading->place, key);
	return base_error_set(error, BASE_ERROR_INVALID, where, "%s is not %s.", where, expected);
}

/* A key that nobody reads is rather a slip, or of a newer program. */
static bool check_keys(const JsonValue *object, const char *where, const char *const *known, GError **error)
{
	JsonMember member = {0};
	while (json_value_next_member(object, &member)) {
		if (g_strv_contains(known, member.key))
			continue;
		g_autofree char *shown = text_to_show(member.key, 40);
		g_autofree char *place = g_strdup_printf("%s%s%s", where, where[0] == '\0' ? "" : ".", shown);
		return base_error_set(error, BASE_ERROR_INVALID, place, "%s is a key that an export does not have.", place);
	}
	return true;
}

static bool check_row_keys(
	const Reading *reading, const char *list, const JsonValue *row, const char *const *known, GError **error)
{
	g_autofree char *where = g_strdup_printf("opportunities[%zu].%s[]", reading->place, list);
	return check_keys(row, where, known, error);
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

static bool is_fit(const char *text, size_t limit, TextKind kind)
{
	return text == NULL || text_find_fault(text, strlen(text), limit, kind) == NULL;
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
	if (!is_fit(body, LIMIT_NOTE_BYTES, TEXT_BLOCK) || !is_fit(subject, LIMIT_NAME_BYTES * 4, TEXT_LINE))
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
			!is_fit(*strings[i].field, LIMIT_NOTE_BYTES, is_body ? TEXT_BLOCK : TEXT_LINE))
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

/* Whether what is stored under the id is the same opportunity: 0 free, 1 the same, 2 another. */
static bool look_up(const Reading *reading, int64_t id, const Facts *facts, int *ret_found, GError **error)
{
	g_autoptr(Record) stored = NULL;
	g_autoptr(GError) missing = NULL;
	g_autoptr(GString) mine = g_string_new(NULL), theirs = g_string_new(NULL);
	*ret_found = 0;
	if (id <= 0)
		return true;
	if (!store_record_load(reading->app->store, ACCOUNT_SELF, id, &stored, &missing)) {
		if (g_error_matches(missing, BASE_ERROR, BASE_ERROR_MISSING))
			return true;
		g_propagate_error(error, g_steal_pointer(&missing));
		return false;
	}
	strip_account(stored->facts);
	facts_format(stored->facts, false, mine);
	facts_format(facts, false, theirs);
	*ret_found = g_string_equal(mine, theirs) ? 1 : 2;
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
	int found = 0;
	if (!check_keys(value, where, keys, error))
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
	if (!look_up(reading, id, facts, &found, error))
		return false;
	if (found == 1) {
		reading->counts->present++;
		return true;
	}
	Record *record = record_new(ACCOUNT_SELF, g_steal_pointer(&facts));
	g_ptr_array_add(reading->records, record);
	record->id = found == 0 ? id : 0;
	record->playbook = g_strdup(json_value_get_string(value, "playbook"));
	record->created_at = json_value_get_int(value, "created_at", reading->app->now);
	record->later_until = json_value_get_int(value, "later_until", TIME_NONE);
	record->later_since = json_value_get_int(value, "later_since", TIME_NONE);
	return read_rows(reading, record, value, error);
}

static void fill(char **field, const char *text)
{
	if (*field == NULL)
		*field = g_strdup(text);
}

static void read_skills(Account *account, const JsonValue *skills)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new();
	for (size_t i = 0; i < json_value_get_length(skills) && i < LIMIT_ITEMS; i++) {
		const char *skill = json_value_get_text(json_value_get_element(skills, i));
		if (skill != NULL && is_fit(skill, LIMIT_TEXT_BYTES, TEXT_LINE))
			g_ptr_array_add(texts, (char *)skill);
	}
	if (account->me.skills->len == 0)
		intake_list(account->me.skills, texts);
}

static void read_holidays(Account *account, const JsonValue *holidays)
{
	Day last = DAY_NONE, day = 0;
	if (account->holidays->len > 0)
		return;
	for (size_t i = 0; i < json_value_get_length(holidays) && i < LIMIT_HOLIDAYS; i++) {
		const char *text = json_value_get_text(json_value_get_element(holidays, i));
		if (text == NULL || !day_parse(text, &day) || day <= last)
			continue;
		g_array_append_val(account->holidays, day);
		last = day;
	}
}

/* A command comes in from no file: its user says it again. */
static void read_settings(Account *account, const JsonValue *settings, ArchiveCounts *counts)
{
	JsonMember member = {0};
	while (json_value_next_member(settings, &member)) {
		const char *text = json_value_get_text(member.value);
		if (text == NULL || !is_fit(text, LIMIT_TEXT_BYTES, TEXT_LINE) ||
			!is_fit(member.key, LIMIT_NAME_BYTES, TEXT_LINE) || g_hash_table_contains(account->settings, member.key))
			continue;
		if (g_str_has_suffix(member.key, "secret-command"))
			counts->command_left_out = true;
		else
			g_hash_table_insert(account->settings, g_strdup(member.key), g_strdup(text));
	}
}

/* What is not known about the account yet; what is known stays. */
static bool read_account(App *app, const JsonValue *value, ArchiveCounts *counts, GError **error)
{
	Account *account = app->account;
	struct {
		const char *key;
		char **field;
	} names[] = {
		{"zone", &account->zone},      {"name", &account->me.name},         {"email", &account->me.email},
		{"phone", &account->me.phone}, {"linkedin", &account->me.linkedin},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *text = json_value_get_string(value, names[i].key);
		if (!is_fit(text, LIMIT_NAME_BYTES, TEXT_NAME))
			return base_error_set(
				error, BASE_ERROR_INVALID, names[i].key, "account.%s is not a name on one line.", names[i].key);
		fill(names[i].field, text);
	}
	g_autoptr(Zone) zone = account->zone == NULL ? NULL : zone_load(account->zone, error);
	if (account->zone != NULL && zone == NULL)
		return false;
	read_skills(account, json_value_find(value, "skills"));
	read_holidays(account, json_value_find(value, "holidays"));
	read_settings(account, json_value_find(value, "settings"), counts);
	return true;
}

/* A record gets its place on the agenda. */
static bool add_part(const Reading *reading, Import *import, Record *record, Plan *plan, GError **error)
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
	ImportPart *part = import_add_part(import);
	part->change = change_new(record);
	part->before = import_format_part(NULL, record);
	return true;
}

/* All in one transaction; what keeps its id before what is given a new one, which is none of those. */
static bool save_all(Reading *reading, const char *name, GError **error)
{
	g_autoptr(Import) import = import_new(ACCOUNT_SELF, reading->app->now, name);
	g_autoptr(Plan) plan = plan_new();
	for (int turn = 0; turn < 2; turn++)
		for (guint i = 0; i < reading->records->len; i++) {
			Record *record = g_ptr_array_index(reading->records, i);
			if ((record->id == 0) == (turn == 1) && !add_part(reading, import, record, plan, error))
				return false;
		}
	reading->counts->added = reading->records->len;
	import->me = reading->app->account;
	return import->parts->len == 0 ? store_account_save(reading->app->store, import->me, error)
								   : store_import_save(reading->app->store, import, error);
}

static bool check_root(const JsonValue *root, GError **error)
{
	static const char *const keys[] = {"kind", "version", "account", "opportunities", NULL};
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
	return check_keys(root, "", keys, error) &&
		   check_keys(json_value_find(root, "account"), "account", account_keys, error);
}

bool archive_read(App *app, const ArchiveSource *source, Printer *progress, ArchiveCounts *ret_counts, GError **error)
{
	g_autoptr(JsonDocument) document = NULL;
	g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func((GDestroyNotify)record_free);
	if (!json_document_parse(source->text, source->length, ARCHIVE_BYTES, &document, error))
		return false;
	const JsonValue *root = json_document_get_root(document);
	if (!check_root(root, error))
		return false;
	g_autoptr(GHashTable) places = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	Reading reading = {.app = app, .counts = ret_counts, .records = records, .places = places};
	const JsonValue *all = json_value_find(root, "opportunities");
	size_t count = json_value_get_length(all);
	for (reading.place = 0; reading.place < count; reading.place++) {
		if (!read_record(&reading, json_value_get_element(all, reading.place), error))
			return false;
		printer_progress(progress, "Opportunities", (int64_t)reading.place, (int64_t)count);
	}
	return read_account(app, json_value_find(root, "account"), ret_counts, error) &&
		   save_all(&reading, source->name, error);
}
