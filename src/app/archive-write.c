/* archive-write.c - everything of an account as one JSON document, written as it is read.
 *
 * Facts travel in the words of the contract; rows of the store beside them by their own names.  However many
 * opportunities there are, a few of them are in memory at a time.
 */
#include "archive.h"

#include <base/json-out.h>
#include <facts/facts-json.h>
#include <string.h>

static void put_time(JsonOut *out, const char *key, int64_t at)
{
	json_out_key(out, key);
	if (at == TIME_NONE)
		json_out_null(out);
	else
		json_out_int(out, at);
}

static void put_draft(JsonOut *out, const Draft *draft)
{
	json_out_object(out);
	json_out_key_string(out, "step", word_text(WORDS_STEP, draft->step));
	json_out_key_int(out, "interview", draft->interview);
	json_out_key_int(out, "person", draft->person);
	json_out_key_string(out, "channel", word_text(WORDS_CHANNEL, draft->channel));
	json_out_key_string(out, "subject", draft->subject);
	json_out_key_string(out, "body", draft->body);
	json_out_key_string(out, "state", draft_state_word((int)draft->state));
	json_out_key_string(out, "playbook", draft->playbook);
	put_time(out, "created_at", draft->created_at);
	put_time(out, "edited_at", draft->edited_at);
	put_time(out, "approved_at", draft->approved_at);
	json_out_object_end(out);
}

static void put_outbox(JsonOut *out, const OutboxRow *row)
{
	json_out_object(out);
	json_out_key_int(out, "draft", row->draft);
	json_out_key_string(out, "message_id", row->message_id);
	json_out_key_string(out, "from_name", row->from_name);
	json_out_key_string(out, "from_address", row->from_address);
	json_out_key_string(out, "to_name", row->to_name);
	json_out_key_string(out, "to_address", row->to_address);
	json_out_key_string(out, "subject", row->subject);
	json_out_key_string(out, "body", row->body);
	json_out_key_string(out, "in_reply_to", row->in_reply_to);
	json_out_key_string(out, "references", row->references);
	json_out_key_string(out, "state", outbox_state_word((int)row->state));
	json_out_key_int(out, "attempts", row->attempts);
	json_out_key_string(out, "response", row->response);
	json_out_key_string(out, "last_error", row->last_error);
	put_time(out, "created_at", row->created_at);
	put_time(out, "send_at", row->send_at);
	put_time(out, "sent_at", row->sent_at);
	json_out_object_end(out);
}

static void put_record(JsonOut *out, const Record *record)
{
	json_out_object(out);
	json_out_key_int(out, "id", record->id);
	json_out_key_string(out, "playbook", record->playbook);
	put_time(out, "created_at", record->created_at);
	put_time(out, "later_until", record->later_until);
	put_time(out, "later_since", record->later_since);
	json_out_key(out, "facts");
	g_autoptr(GString) facts = g_string_new(NULL);
	facts_format(record->facts, false, facts);
	json_out_raw(out, facts->str);
	json_out_key(out, "drafts");
	json_out_array(out);
	for (guint i = 0; i < record->drafts->len; i++)
		put_draft(out, record_draft(record, (int)i));
	json_out_array_end(out);
	json_out_key(out, "outbox");
	json_out_array(out);
	for (guint i = 0; i < record->outbox->len; i++)
		put_outbox(out, record_outbox(record, (int)i));
	json_out_array_end(out);
	json_out_object_end(out);
}

void archive_put_strings(JsonOut *out, const char *key, const GPtrArray *items)
{
	json_out_key(out, key);
	json_out_array(out);
	for (guint i = 0; i < items->len; i++)
		json_out_string(out, g_ptr_array_index(items, i));
	json_out_array_end(out);
}

void archive_put_days(JsonOut *out, const char *key, const GArray *days)
{
	char day[DAY_TEXT_BYTES];
	json_out_key(out, key);
	json_out_array(out);
	for (guint i = 0; i < days->len; i++)
		json_out_string(out, day_format(g_array_index(days, Day, i), day));
	json_out_array_end(out);
}

static void put_account(JsonOut *out, const Account *account)
{
	json_out_key(out, "account");
	json_out_object(out);
	json_out_key_string(out, "zone", account->zone);
	json_out_key_string(out, "name", account->me.name);
	json_out_key_string(out, "email", account->me.email);
	json_out_key_string(out, "phone", account->me.phone);
	json_out_key_string(out, "linkedin", account->me.linkedin);
	archive_put_strings(out, "skills", account->me.skills);
	archive_put_days(out, "holidays", account->holidays);
	json_out_key(out, "settings");
	json_out_object(out);
	g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(account->settings), (GCompareFunc)strcmp);
	for (GList *key = keys; key != NULL; key = key->next)
		json_out_key_string(out, key->data, g_hash_table_lookup(account->settings, key->data));
	json_out_object_end(out);
	json_out_object_end(out);
}

bool archive_pour(const ArchiveSink *sink, GString *text, GError **error)
{
	bool taken = sink->put(sink->data, text->str, text->len);
	g_string_truncate(text, 0);
	return taken ||
		   base_error_set(error, BASE_ERROR_TEMPORARY, NULL, "The export cannot be written; is the disk full?");
}

bool archive_visit(App *app, const ArchiveVisit *visit, int64_t *ret_count, GError **error)
{
	enum { BATCH = 500 };
	StoreCounts counts = {0};
	int64_t count = 0;
	if (!store_count(app->store, ACCOUNT_SELF, 0, &counts, error))
		return false;
	for (int64_t after = 0;;) {
		g_autoptr(GPtrArray) records = NULL;
		if (!store_batch_load(app->store, ACCOUNT_SELF, after, BATCH, &records, error))
			return false;
		if (records->len == 0)
			break;
		for (guint i = 0; i < records->len; i++)
			if (!visit->take(visit->data, records->pdata[i], error))
				return false;
		after = ((const Record *)records->pdata[records->len - 1])->id;
		count += records->len;
		printer_progress(visit->progress, "Opportunities", count, counts.opportunities);
	}
	*ret_count = count;
	return true;
}

/* The document while it is written. */
typedef struct Writing {
	JsonOut out;
	const ArchiveSink *sink;
} Writing;

/* What is written goes on its way when it has grown to that. */
enum { POUR_BYTES = 1 << 18 };

static bool take_record(void *data, const Record *record, GError **error)
{
	Writing *writing = data;
	put_record(&writing->out, record);
	return writing->out.text->len < POUR_BYTES || archive_pour(writing->sink, writing->out.text, error);
}

static bool put_inbox(App *app, Writing *writing, GError **error)
{
	enum { BATCH = 500 };
	for (int64_t after = 0;;) {
		g_autoptr(GPtrArray) items = NULL;
		if (!store_inbox_batch_load(app->store, ACCOUNT_SELF, after, BATCH, &items, error))
			return false;
		if (items->len == 0)
			return true;
		for (guint i = 0; i < items->len; i++)
			archive_put_mail(&writing->out, items->pdata[i]);
		after = ((const InboxItem *)items->pdata[items->len - 1])->number;
		if (!archive_pour(writing->sink, writing->out.text, error))
			return false;
	}
}

bool archive_write(App *app, const ArchiveSink *sink, Printer *progress, int64_t *ret_count, GError **error)
{
	g_autoptr(GString) text = g_string_sized_new(1 << 16);
	Writing writing = {json_out(text, true), sink};
	const ArchiveVisit visit = {take_record, &writing, progress};
	JsonOut *out = &writing.out;
	json_out_object(out);
	json_out_key_string(out, "kind", "followup-export");
	json_out_key_int(out, "version", ARCHIVE_VERSION);
	put_account(out, app->account);
	json_out_key(out, "opportunities");
	json_out_array(out);
	if (!archive_visit(app, &visit, ret_count, error))
		return false;
	json_out_array_end(out);
	json_out_key(out, "inbox");
	json_out_array(out);
	if (!put_inbox(app, &writing, error))
		return false;
	json_out_array_end(out);
	json_out_object_end(out);
	g_string_append_c(text, '\n');
	return archive_pour(sink, text, error);
}
