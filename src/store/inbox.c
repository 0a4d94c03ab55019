/* inbox.c - mailboxes and the mails that concern an opportunity, in their two tables.
 *
 * What a mail made of an opportunity is stored together with the mail: either both are there or neither.
 */
#include <store/inbox.h>

#include "passage.h"

#include <string.h>

static const char *const STATES[INBOX_STATE_COUNT] = {"open", "recorded", "confirmed", "dismissed", "noted"};
static const char *const KINDS[INBOX_KIND_COUNT] = {"reply", "auto-reply", "bounce",
													"delay", "invitation", "cancellation"};
static const char *const REASONS[INBOX_REASON_COUNT] = {"address", "domain", "relay", "unsure", "appointment"};

const char *inbox_state_word(int state)
{
	return row_state_word(STATES, INBOX_STATE_COUNT, state);
}

int inbox_state_find(const char *word)
{
	return row_state_find(STATES, INBOX_STATE_COUNT, word);
}

const char *inbox_kind_word(int kind)
{
	return row_state_word(KINDS, INBOX_KIND_COUNT, kind);
}

int inbox_kind_find(const char *word)
{
	return row_state_find(KINDS, INBOX_KIND_COUNT, word);
}

const char *inbox_reason_word(int reason)
{
	return row_state_word(REASONS, INBOX_REASON_COUNT, reason);
}

int inbox_reason_find(const char *word)
{
	return row_state_find(REASONS, INBOX_REASON_COUNT, word);
}

InboxItem *inbox_item_new(void)
{
	InboxItem *item = g_new0(InboxItem, 1);
	item->reason = item->says = item->step = WORD_NONE;
	item->decision_by = item->back_on = DAY_NONE;
	item->at = TIME_NONE;
	return item;
}

void inbox_item_free(InboxItem *item)
{
	if (item == NULL)
		return;
	g_free(item->message_id);
	g_free(item->from_name);
	g_free(item->from_address);
	g_free(item->subject);
	g_free(item->address);
	g_free(item->quote);
	g_free(item->person);
	g_free(item->answers);
	g_clear_pointer(&item->calendar, g_bytes_unref);
	g_free(item);
}

static void free_item(void *data)
{
	inbox_item_free(data);
}

#define TEXT(type, name)                                                                                               \
	{                                                                                                                  \
		.column = #name, .kind = ROW_TEXT, .offset = offsetof(type, name)                                              \
	}
#define FIELD(type, name, field_kind)                                                                                  \
	{                                                                                                                  \
		.column = #name, .kind = (field_kind), .offset = offsetof(type, name)                                          \
	}
#define STATE(name, word, find)                                                                                        \
	{                                                                                                                  \
		.column = #name, .kind = ROW_STATE, .offset = offsetof(InboxItem, name), .state_word = (word),                 \
		.state_find = (find)                                                                                           \
	}
#define WORD(name, word_set)                                                                                           \
	{                                                                                                                  \
		.column = #name, .kind = ROW_WORD, .offset = offsetof(InboxItem, name), .set = (word_set)                      \
	}

/* All but number, opportunity, reason and calendar. */
static const RowField ITEM_FIELDS[] = {
	TEXT(InboxItem, message_id),
	STATE(state, inbox_state_word, inbox_state_find),
	STATE(kind, inbox_kind_word, inbox_kind_find),
	FIELD(InboxItem, at, ROW_INT64),
	TEXT(InboxItem, from_name),
	TEXT(InboxItem, from_address),
	TEXT(InboxItem, subject),
	WORD(says, WORDS_SAYS),
	FIELD(InboxItem, decision_by, ROW_DAY),
	FIELD(InboxItem, back_on, ROW_DAY),
	TEXT(InboxItem, address),
	TEXT(InboxItem, quote),
	TEXT(InboxItem, person),
	TEXT(InboxItem, answers),
	WORD(step, WORDS_STEP),
};
static const RowShape INBOX_SHAPE = {"mail", ITEM_FIELDS, G_N_ELEMENTS(ITEM_FIELDS)};

#define FIELD_COLUMNS                                                                                                  \
	"message_id, state, kind, at, from_name, from_address, subject, says, decision_by, back_on, address, quote, "      \
	"person, answers, step"
#define LIST_COLUMNS "number, opportunity, reason, " FIELD_COLUMNS

/* ---- mailboxes ---- */

static const char LOAD_MAILBOX[] = "SELECT mark, read_at FROM mailbox WHERE account = $1 AND name = $2";

bool store_mailbox_load(
	Store *store, int64_t account, const char *name, GBytes **ret_mark, int64_t *ret_read_at, GError **error)
{
	SqlQuery *query = sql_query(store->sql, LOAD_MAILBOX, error);
	if (query == NULL)
		return false;
	SqlStep step = sql_step(sql_bind_text(sql_bind_int(query, 1, account), 2, name), error);
	if (step == SQL_FAILED)
		return false;
	*ret_mark = NULL;
	*ret_read_at = TIME_NONE;
	if (step == SQL_DONE)
		return true;
	size_t length = 0;
	const void *bytes = sql_bytes(query, sql_column(query, "mark"), &length);
	*ret_mark = bytes == NULL ? NULL : g_bytes_new(bytes, length);
	*ret_read_at = sql_int(query, sql_column(query, "read_at"));
	sql_end(query);
	return true;
}

static const char PUT_MAILBOX[] =
	"INSERT INTO mailbox (account, name, mark, read_at) VALUES ($1, $2, $3, $4) "
	"ON CONFLICT (account, name) DO UPDATE SET mark = excluded.mark, read_at = excluded.read_at";
static const char FORGET_MAILBOX[] = "DELETE FROM mailbox WHERE account = $1 AND name = $2";

static bool put_mailbox(Store *store, const InboxSave *save, GError **error)
{
	gsize length = 0;
	const void *bytes = save->mark == NULL ? NULL : g_bytes_get_data(save->mark, &length);
	SqlQuery *query = sql_query(store->sql, save->mark == NULL ? FORGET_MAILBOX : PUT_MAILBOX, error);
	if (query == NULL)
		return false;
	sql_bind_text(sql_bind_int(query, 1, save->account), 2, save->mailbox);
	if (save->mark != NULL)
		sql_bind_int(sql_bind_bytes(query, 3, bytes, length), 4, save->read_at);
	return sql_run(query, NULL, error);
}

/* ---- items ---- */

static const char KNOWS[] = "SELECT count(*) FROM mail WHERE account = $1 AND message_id = $2";

bool store_inbox_knows(Store *store, int64_t account, const char *message_id, bool *ret_known, GError **error)
{
	int64_t count = 0;
	SqlQuery *query = sql_query(store->sql, KNOWS, error);
	if (query == NULL || !sql_run_int(sql_bind_text(sql_bind_int(query, 1, account), 2, message_id), &count, error))
		return false;
	*ret_known = count > 0;
	return true;
}

/* The calendar only where the query has it. */
static bool read_item(Store *store, SqlQuery *query, const RowReader *reader, InboxItem *item, GError **error)
{
	int opportunity = sql_column(query, "opportunity"), reason = sql_column(query, "reason");
	item->number = sql_int(query, sql_column(query, "number"));
	item->opportunity = sql_is_null(query, opportunity) ? 0 : sql_int(query, opportunity);
	if (!sql_is_null(query, reason)) {
		item->reason = inbox_reason_find(sql_text(query, reason, NULL));
		if (item->reason == WORD_NONE)
			return row_damaged(store->sql, error, "the reason of a mail is \"%s\"", sql_text(query, reason, NULL));
	}
	return row_read(reader, item, error);
}

static void read_calendar(SqlQuery *query, InboxItem *item)
{
	size_t length = 0;
	const void *bytes = sql_bytes(query, sql_column(query, "calendar"), &length);
	item->calendar = bytes == NULL ? NULL : g_bytes_new(bytes, length);
}

/* All items of a query that is bound (NULL: it could not be made). */
static bool read_items(Store *store, SqlQuery *query, bool calendars, GPtrArray **ret_items, GError **error)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(free_item);
	if (query == NULL)
		return false;
	const RowReader reader = row_reader(store->sql, query, &INBOX_SHAPE);
	SqlStep step;
	while ((step = sql_step(query, error)) == SQL_ROW) {
		InboxItem *item = inbox_item_new();
		g_ptr_array_add(items, item);
		if (!read_item(store, query, &reader, item, error)) {
			sql_end(query);
			return false;
		}
		if (calendars)
			read_calendar(query, item);
	}
	if (step != SQL_DONE)
		return false;
	*ret_items = g_steal_pointer(&items);
	return true;
}

static const char LIST_OPEN[] =
	"SELECT " LIST_COLUMNS " FROM mail WHERE account = $1 AND state = 'open' ORDER BY at, number LIMIT $2";
static const char LIST_ALL[] =
	"SELECT " LIST_COLUMNS " FROM mail WHERE account = $1 ORDER BY at DESC, number DESC LIMIT $2";

bool store_inbox_list(Store *store, int64_t account, bool all, int limit, GPtrArray **ret_items, GError **error)
{
	SqlQuery *query = sql_query(store->sql, all ? LIST_ALL : LIST_OPEN, error);
	if (query != NULL)
		sql_bind_int(sql_bind_int(query, 1, account), 2, limit);
	return read_items(store, query, false, ret_items, error);
}

static const char LIST_OF[] = "SELECT " LIST_COLUMNS " FROM mail WHERE account = $1 AND opportunity = $2";

bool store_inbox_of_load(Store *store, int64_t account, int64_t opportunity, GPtrArray **ret_items, GError **error)
{
	SqlQuery *query = sql_query(store->sql, LIST_OF, error);
	if (query != NULL)
		sql_bind_int(sql_bind_int(query, 1, account), 2, opportunity);
	return read_items(store, query, false, ret_items, error);
}

static const char LOAD_BATCH[] =
	"SELECT " LIST_COLUMNS ", calendar FROM mail WHERE account = $1 AND number > $2 ORDER BY number LIMIT $3";

bool store_inbox_batch_load(
	Store *store, int64_t account, int64_t after, int limit, GPtrArray **ret_items, GError **error)
{
	SqlQuery *query = sql_query(store->sql, LOAD_BATCH, error);
	if (query != NULL)
		sql_bind_int(sql_bind_int(sql_bind_int(query, 1, account), 2, after), 3, limit);
	return read_items(store, query, true, ret_items, error);
}

bool store_inbox_load(Store *store, int64_t account, int64_t number, InboxItem **ret_item, GError **error)
{
	g_autoptr(GPtrArray) items = NULL;
	if (!store_inbox_batch_load(store, account, number - 1, 1, &items, error))
		return false;
	if (items->len == 0 || ((const InboxItem *)items->pdata[0])->number != number)
		return base_error_set(
			error, BASE_ERROR_MISSING, "number",
			"There is no mail %" G_GINT64_FORMAT " in the inbox; \"followup inbox\" lists those there are.", number);
	*ret_item = g_ptr_array_steal_index(items, 0);
	return true;
}

static const char COUNT_OPEN[] =
	"SELECT count(*) FROM mail WHERE account = $1 AND state = 'open' AND ($2 = 0 OR opportunity = $2)";

bool store_inbox_count(Store *store, int64_t account, int64_t opportunity, int64_t *ret_count, GError **error)
{
	SqlQuery *query = sql_query(store->sql, COUNT_OPEN, error);
	return query != NULL &&
		   sql_run_int(sql_bind_int(sql_bind_int(query, 1, account), 2, opportunity), ret_count, error);
}

/* ---- saving ---- */

static const char NEXT_NUMBER[] = "SELECT max(number) + 1 FROM mail WHERE account = $1";
static const char PUT_ITEM[] =
	"INSERT INTO mail (account, number, opportunity, reason, calendar, " FIELD_COLUMNS ") "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) "
	"ON CONFLICT (account, message_id) DO NOTHING";
static const char DROP_ITEM[] = "DELETE FROM mail WHERE account = $1 AND number = $2";

static bool put_item(Store *store, int64_t account, int64_t number, const InboxItem *item, GError **error)
{
	enum { FIRST_FIELD = 6 };
	int changed = 0;
	gsize length = 0;
	const void *bytes = item->calendar == NULL ? NULL : g_bytes_get_data(item->calendar, &length);
	SqlQuery *query = sql_query(store->sql, PUT_ITEM, error);
	if (query == NULL)
		return false;
	sql_bind_int(sql_bind_int(query, 1, account), 2, number);
	if (item->opportunity == 0)
		sql_bind_null(query, 3);
	else
		sql_bind_int(query, 3, item->opportunity);
	sql_bind_text(query, 4, inbox_reason_word(item->reason));
	if (bytes == NULL)
		sql_bind_null(query, 5);
	else
		sql_bind_bytes(query, 5, bytes, length);
	if (!sql_run(row_bind(query, FIRST_FIELD, &INBOX_SHAPE, item), &changed, error))
		return false;
	return changed == 1 ||
		   base_error_set(
			   error, BASE_ERROR_CONFLICT, NULL,
			   "The mail \"%s\" was taken in by another program in the meantime; look at it anew.", item->message_id);
}

bool inbox_put(Store *store, int64_t account, const GPtrArray *items, GArray *numbers, GError **error)
{
	int64_t next = 0;
	SqlQuery *query = sql_query(store->sql, NEXT_NUMBER, error);
	if (query == NULL || !sql_run_int(sql_bind_int(query, 1, account), &next, error))
		return false;
	next = MAX(next, 1);
	for (guint i = 0; i < items->len; i++) {
		const InboxItem *item = g_ptr_array_index(items, i);
		int64_t number = item->number == 0 ? next++ : item->number;
		query = item->number == 0 ? NULL : sql_query(store->sql, DROP_ITEM, error);
		if (item->number != 0 &&
			(query == NULL || !sql_run(sql_bind_int(sql_bind_int(query, 1, account), 2, number), NULL, error)))
			return false;
		const PassageScope scope = {account, 0, FOUND_MAIL, number, item->number == 0};
		if (!put_item(store, account, number, item, error) || !passages_update(store, &scope, error))
			return false;
		g_array_append_val(numbers, number);
	}
	return true;
}

static const char DROP_MAIL[] = "DELETE FROM mail WHERE account = $1 AND message_id = $2";

bool inbox_drop(Store *store, int64_t account, const GPtrArray *items, GError **error)
{
	for (guint i = 0; i < items->len; i++) {
		const InboxItem *item = g_ptr_array_index(items, i);
		SqlQuery *query = sql_query(store->sql, DROP_MAIL, error);
		if (query == NULL || !sql_run(sql_bind_text(sql_bind_int(query, 1, account), 2, item->message_id), NULL, error))
			return false;
	}
	return true;
}

bool store_inbox_save(Store *store, const InboxSave *save, GError **error)
{
	g_autoptr(GArray) ids = NULL, numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
	if (!sql_begin(store->sql, SQL_WRITE, error))
		return false;
	if ((save->changes != NULL && !save_apply(store, save->changes, &ids, error)) ||
		(save->items != NULL && !inbox_put(store, save->account, save->items, numbers, error)) ||
		(save->mailbox != NULL && !put_mailbox(store, save, error)) || !sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	if (save->changes != NULL)
		save_confirm(save->changes, ids);
	for (guint i = 0; i < numbers->len; i++)
		((InboxItem *)g_ptr_array_index(save->items, i))->number = g_array_index(numbers, int64_t, i);
	return true;
}

/* ---- correspondence ---- */

static const RowField NOTE_FIELDS[] = {
	FIELD(SentNote, opportunity, ROW_INT64),
	FIELD(SentNote, number, ROW_INT),
	TEXT(SentNote, message_id),
	TEXT(SentNote, to_address),
};
static const RowShape NOTE_SHAPE = {"note", NOTE_FIELDS, G_N_ELEMENTS(NOTE_FIELDS)};

static const RowField PERSON_FIELDS[] = {
	FIELD(Correspondent, opportunity, ROW_INT64),
	TEXT(Correspondent, person),
	TEXT(Correspondent, email),
};
static const RowShape PERSON_SHAPE_OF_MAIL = {"person", PERSON_FIELDS, G_N_ELEMENTS(PERSON_FIELDS)};

static void free_note(void *data)
{
	SentNote *note = data;
	g_free(note->message_id);
	g_free(note->to_address);
	g_free(note);
}

static void free_correspondent(void *data)
{
	Correspondent *person = data;
	g_free(person->person);
	g_free(person->email);
	g_free(person);
}

static const char LIST_NOTES[] =
	"SELECT opportunity, number, message_id, to_address FROM outbox "
	"WHERE account = $1 AND state IN ('sent', 'sending', 'unknown') ORDER BY COALESCE(sent_at, send_at)";
static const char LIST_PEOPLE[] = "SELECT opportunity, id AS person, email FROM person "
								  "WHERE account = $1 AND email IS NOT NULL ORDER BY opportunity, number";

bool store_correspondence_load(
	Store *store, int64_t account, GPtrArray **ret_notes, GPtrArray **ret_people, GError **error)
{
	g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(free_note);
	g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func(free_correspondent);
	SqlQuery *query = sql_query(store->sql, LIST_NOTES, error);
	if (query == NULL)
		return false;
	const RowReader note = row_reader(store->sql, sql_bind_int(query, 1, account), &NOTE_SHAPE);
	if (!row_read_all(&note, sizeof(SentNote), notes, error))
		return false;
	query = sql_query(store->sql, LIST_PEOPLE, error);
	if (query == NULL)
		return false;
	const RowReader person = row_reader(store->sql, sql_bind_int(query, 1, account), &PERSON_SHAPE_OF_MAIL);
	if (!row_read_all(&person, sizeof(Correspondent), people, error))
		return false;
	*ret_notes = g_steal_pointer(&notes);
	*ret_people = g_steal_pointer(&people);
	return true;
}

static const char FIRST_CREATED[] = "SELECT min(created_at) AS at FROM opportunity WHERE account = $1";

bool store_first_created_at(Store *store, int64_t account, int64_t *ret_at, GError **error)
{
	SqlQuery *query = sql_query(store->sql, FIRST_CREATED, error);
	if (query == NULL || sql_step(sql_bind_int(query, 1, account), error) != SQL_ROW)
		return false;
	int column = sql_column(query, "at");
	*ret_at = sql_is_null(query, column) ? TIME_NONE : sql_int(query, column);
	sql_end(query);
	return true;
}
