/* import-keep.c - what an import changed, kept as it was before, and put back.
 *
 * One JSON text an opportunity: its facts in the words of the contract, what is known of its drafts, its invitations;
 * and how much there was right after, so that it can be said what came later.
 */
#include "import-job.h"

#include <base/json-out.h>
#include <facts/facts-json.h>
#include <facts/json-value.h>
#include <string.h>

enum { PART_BYTES = 16 * 1024 * 1024 };

static void put_drafts(JsonOut *out, const Record *record)
{
	json_out_key(out, "drafts");
	json_out_array(out);
	for (guint i = 0; i < record->drafts->len; i++) {
		const Draft *draft = record_draft(record, (int)i);
		json_out_object(out);
		json_out_key_int(out, "interview", draft->interview);
		json_out_key_string(out, "state", draft_state_word((int)draft->state));
		json_out_object_end(out);
	}
	json_out_array_end(out);
}

static void put_invitations(JsonOut *out, const GPtrArray *invitations)
{
	json_out_key(out, "invitations");
	json_out_array(out);
	for (guint i = 0; i < invitations->len; i++) {
		const Invitation *invitation = g_ptr_array_index(invitations, i);
		json_out_object(out);
		json_out_key_string(out, "uid", invitation->uid);
		json_out_key_string(out, "interview", invitation->interview);
		json_out_key_int(out, "sequence", invitation->sequence);
		json_out_object_end(out);
	}
	json_out_array_end(out);
}

GString *import_format_before(const Record *record, const GPtrArray *invitations)
{
	GString *text = g_string_new(NULL);
	g_autoptr(GString) facts = g_string_new(NULL);
	JsonOut out = json_out(text, false);
	facts_format(record->facts, false, facts);
	json_out_object(&out);
	json_out_key(&out, "facts");
	json_out_raw(&out, facts->str);
	put_drafts(&out, record);
	put_invitations(&out, invitations);
	json_out_object_end(&out);
	return text;
}

/* The lists that can have become longer since, as they are named in the text and to a person. */
typedef struct Count {
	const char *key, *one, *many;
	guint count;
} Count;

enum { COUNTS = 5 };

static void count_all(const Record *record, Count counts[COUNTS])
{
	const Facts *facts = record->facts;
	const Count all[COUNTS] = {
		{"people", "person", "people", facts->people->len},
		{"interviews", "interview", "interviews", facts->interviews->len},
		{"debriefs", "debrief", "debriefs", facts->debriefs->len},
		{"events", "event", "events", facts->events->len},
		{"drafts", "note", "notes", record->drafts->len},
	};
	memcpy(counts, all, sizeof all);
}

char *import_format_part(const GString *before, const Record *record)
{
	GString *text = g_string_new(NULL);
	Count counts[COUNTS];
	JsonOut out = json_out(text, false);
	count_all(record, counts);
	json_out_object(&out);
	json_out_key(&out, "after");
	json_out_object(&out);
	for (int i = 0; i < COUNTS; i++)
		json_out_key_int(&out, counts[i].key, counts[i].count);
	json_out_object_end(&out);
	json_out_key(&out, "before");
	if (before == NULL)
		json_out_null(&out);
	else
		json_out_raw(&out, before->str);
	json_out_object_end(&out);
	return g_string_free(text, FALSE);
}

static bool restore_facts(const JsonValue *before, Record *record, GError **error)
{
	const JsonValue *value = json_value_find(before, "facts");
	Facts *facts = NULL;
	if (value == NULL)
		return base_error_set(error, BASE_ERROR_INTERNAL, NULL, "What was there before the import is damaged.");
	g_autofree char *text = json_value_format(value);
	if (!facts_parse(text, strlen(text), &facts, error))
		return false;
	facts_free(record->facts);
	record->facts = facts;
	return true;
}

static void restore_drafts(const JsonValue *before, Record *record)
{
	const JsonValue *drafts = json_value_find(before, "drafts");
	for (guint i = 0; i < record->drafts->len && i < json_value_get_length(drafts); i++) {
		const JsonValue *value = json_value_get_element(drafts, i);
		Draft *draft = record_draft(record, (int)i);
		int state = draft_state_find(json_value_get_string(value, "state"));
		int64_t interview = json_value_get_int(value, "interview", NO_INTERVIEW);
		if (interview >= NO_INTERVIEW && interview < (int64_t)record->facts->interviews->len)
			draft->interview = (int)interview;
		if (state == DRAFT_APPROVED && draft->state == DRAFT_DISCARDED)
			state = DRAFT_OPEN; /* what was to be sent was stopped: it is approved again, or not */
		if (state != WORD_NONE)
			draft->state = (DraftState)state;
	}
}

static GPtrArray *read_invitations(const JsonValue *before)
{
	GPtrArray *invitations = g_ptr_array_new_with_free_func((GDestroyNotify)invitation_free);
	const JsonValue *values = json_value_find(before, "invitations");
	for (size_t i = 0; i < json_value_get_length(values); i++) {
		const JsonValue *value = json_value_get_element(values, i);
		const char *uid = json_value_get_string(value, "uid");
		if (uid != NULL)
			g_ptr_array_add(
				invitations,
				invitation_new(
					uid, 0, json_value_get_string(value, "interview"), json_value_get_int(value, "sequence", 0)));
	}
	return invitations;
}

bool import_restore(const char *part, Record *record, GPtrArray **ret_invitations, bool *ret_new, GError **error)
{
	g_autoptr(JsonDocument) document = NULL;
	if (!json_document_parse(part, strlen(part), PART_BYTES, &document, error))
		return false;
	const JsonValue *before = json_value_find(json_document_get_root(document), "before");
	*ret_new = before == NULL;
	*ret_invitations = NULL;
	if (before == NULL)
		return true;
	if (!restore_facts(before, record, error))
		return false;
	restore_drafts(before, record);
	*ret_invitations = read_invitations(before);
	return true;
}

char *import_say_since(const char *part, const Record *record)
{
	g_autoptr(JsonDocument) document = NULL;
	Count counts[COUNTS];
	GString *text = g_string_new(NULL);
	count_all(record, counts);
	if (!json_document_parse(part, strlen(part), PART_BYTES, &document, NULL))
		return g_string_free(text, FALSE);
	const JsonValue *after = json_value_find(json_document_get_root(document), "after");
	for (int i = 0; i < COUNTS; i++) {
		int64_t more = (int64_t)counts[i].count - json_value_get_int(after, counts[i].key, counts[i].count);
		if (more > 0)
			g_string_append_printf(
				text, "%s%" G_GINT64_FORMAT " %s", text->len == 0 ? "" : ", ", more,
				more == 1 ? counts[i].one : counts[i].many);
	}
	if (text->len == 0)
		g_string_assign(text, "a change");
	return g_string_free(text, FALSE);
}
