/* record.c - making and freeing the rows of the store, and the words of their states.
 */
#include <store/record.h>

#include "store-private.h"

Account *account_new(int64_t id)
{
	Account *account = g_new0(Account, 1);
	account->id = id;
	account->me.skills = g_ptr_array_new_with_free_func(g_free);
	account->holidays = g_array_new(FALSE, FALSE, sizeof(Day));
	account->settings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return account;
}

void account_free(Account *account)
{
	if (account == NULL)
		return;
	g_free(account->zone);
	g_free(account->me.name);
	g_free(account->me.email);
	g_free(account->me.phone);
	g_free(account->me.linkedin);
	g_ptr_array_unref(account->me.skills);
	g_array_unref(account->holidays);
	g_hash_table_unref(account->settings);
	g_free(account);
}

static void free_draft(void *data)
{
	draft_free(data);
}

static void free_outbox_row(void *data)
{
	outbox_row_free(data);
}

Record *record_new(int64_t account, Facts *facts)
{
	Record *record = g_new0(Record, 1);
	record->account = account;
	record->next_at = TIME_NONE;
	record->created_at = TIME_NONE;
	record->later_until = record->later_since = TIME_NONE;
	record->facts = facts;
	record->drafts = g_ptr_array_new_with_free_func(free_draft);
	record->outbox = g_ptr_array_new_with_free_func(free_outbox_row);
	return record;
}

void record_reuse(Record *record, Zone *zone)
{
	g_clear_pointer(&record->playbook, g_free);
	facts_reuse(record->facts, zone);
	g_ptr_array_set_size(record->drafts, 0);
	g_ptr_array_set_size(record->outbox, 0);
}

void record_free(Record *record)
{
	if (record == NULL)
		return;
	g_free(record->playbook);
	facts_free(record->facts);
	g_ptr_array_unref(record->drafts);
	g_ptr_array_unref(record->outbox);
	g_free(record);
}

Draft *draft_new(void)
{
	Draft *draft = g_new0(Draft, 1);
	draft->step = WORD_NONE;
	draft->interview = NO_INTERVIEW;
	draft->person = NOBODY;
	draft->channel = WORD_NONE;
	draft->created_at = draft->edited_at = draft->approved_at = TIME_NONE;
	return draft;
}

void draft_free(Draft *draft)
{
	if (draft == NULL)
		return;
	g_free(draft->subject);
	g_free(draft->body);
	g_free(draft->playbook);
	g_free(draft->variant);
	g_free(draft);
}

OutboxRow *outbox_row_new(void)
{
	OutboxRow *row = g_new0(OutboxRow, 1);
	row->draft = NO_DRAFT;
	row->created_at = row->send_at = row->lease_until = row->sent_at = TIME_NONE;
	return row;
}

void outbox_row_free(OutboxRow *row)
{
	if (row == NULL)
		return;
	g_free(row->message_id);
	g_free(row->from_name);
	g_free(row->from_address);
	g_free(row->to_name);
	g_free(row->to_address);
	g_free(row->subject);
	g_free(row->body);
	g_free(row->in_reply_to);
	g_free(row->references);
	g_free(row->response);
	g_free(row->last_error);
	g_free(row->review_seal);
	g_free(row);
}

void record_note_stored(Record *record)
{
	record->stored.people = record->facts->people->len;
	record->stored.interviews = record->facts->interviews->len;
	record->stored.debriefs = record->facts->debriefs->len;
	record->stored.events = record->facts->events->len;
	record->stored.drafts = record->drafts->len;
	record->stored.outbox = record->outbox->len;
}

Draft *record_add_draft(Record *record)
{
	Draft *draft = draft_new();
	g_ptr_array_add(record->drafts, draft);
	return draft;
}

OutboxRow *record_add_outbox(Record *record)
{
	OutboxRow *row = outbox_row_new();
	row->account = record->account;
	row->opportunity = record->id;
	row->number = (int)record->outbox->len;
	g_ptr_array_add(record->outbox, row);
	return row;
}

static const char *const DRAFT_STATES[DRAFT_STATE_COUNT] = {"open", "approved", "used", "discarded"};
static const char *const OUTBOX_STATES[OUTBOX_STATE_COUNT] = {"ready",   "claimed", "sending", "sent",
															  "refused", "retry",   "unknown", "cancelled"};

const char *draft_state_word(int state)
{
	return row_state_word(DRAFT_STATES, DRAFT_STATE_COUNT, state);
}

int draft_state_find(const char *word)
{
	return row_state_find(DRAFT_STATES, DRAFT_STATE_COUNT, word);
}

const char *outbox_state_word(int state)
{
	return row_state_word(OUTBOX_STATES, OUTBOX_STATE_COUNT, state);
}

int outbox_state_find(const char *word)
{
	return row_state_find(OUTBOX_STATES, OUTBOX_STATE_COUNT, word);
}
