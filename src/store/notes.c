/* notes.c - see store/notes.h.
 */
#include <store/notes.h>

#include "store-private.h"

void note_row_free(NoteRow *row)
{
	if (row == NULL)
		return;
	g_free(row->company);
	g_free(row->position);
	g_free(row->person);
	g_free(row->to_name);
	g_free(row->to_address);
	g_free(row->subject);
	g_free(row->last_error);
	g_free(row);
}

static void free_row(void *data)
{
	note_row_free(data);
}

#define FIELD(name, row_kind)                                                                                          \
	{                                                                                                                  \
		.column = #name, .kind = (row_kind), .offset = offsetof(NoteRow, name)                                         \
	}

static const RowField FIELDS[] = {
	FIELD(opportunity, ROW_INT64),
	FIELD(number, ROW_INT),
	FIELD(draft, ROW_INDEX),
	FIELD(company, ROW_TEXT),
	FIELD(position, ROW_TEXT),
	{.column = "step", .kind = ROW_WORD, .offset = offsetof(NoteRow, step), .set = WORDS_STEP},
	FIELD(person, ROW_TEXT),
	FIELD(to_name, ROW_TEXT),
	FIELD(to_address, ROW_TEXT),
	FIELD(subject, ROW_TEXT),
	{.column = "state",
	 .kind = ROW_STATE,
	 .offset = offsetof(NoteRow, state),
	 .state_word = outbox_state_word,
	 .state_find = outbox_state_find},
	FIELD(send_at, ROW_INT64),
	FIELD(sent_at, ROW_TIME),
	FIELD(last_error, ROW_TEXT),
};
static const RowShape SHAPE = {"note on its way", FIELDS, G_N_ELEMENTS(FIELDS)};

#define SELECT_NOTES                                                                                                   \
	"SELECT n.opportunity AS opportunity, n.number AS number, n.draft AS draft, o.company AS company, "                \
	"o.position AS position, d.step AS step, p.id AS person, n.to_name AS to_name, n.to_address AS to_address, "       \
	"n.subject AS subject, n.state AS state, n.send_at AS send_at, n.sent_at AS sent_at, n.last_error AS last_error "  \
	"FROM outbox AS n JOIN opportunity AS o ON o.account = n.account AND o.id = n.opportunity "                        \
	"LEFT JOIN draft AS d ON d.account = n.account AND d.opportunity = n.opportunity AND d.number = n.draft "          \
	"LEFT JOIN person AS p ON p.account = d.account AND p.opportunity = d.opportunity AND p.number = d.person "        \
	"WHERE n.account = $1 AND "
static const char LEAVING[] = SELECT_NOTES
	"n.state IN ('ready', 'retry', 'claimed', 'sending') ORDER BY n.send_at, n.opportunity, n.number LIMIT $2";
static const char LEFT_SINCE[] =
	SELECT_NOTES "n.state = 'sent' AND n.sent_at >= $3 "
				 "ORDER BY n.sent_at DESC, n.opportunity DESC, n.number DESC LIMIT $2"; /* as the index has them */

static bool read_notes(Store *store, SqlQuery *query, GPtrArray **ret_rows, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
	const RowReader reader = row_reader(store->sql, query, &SHAPE);
	if (!row_read_all(&reader, sizeof(NoteRow), rows, error))
		return false;
	*ret_rows = g_steal_pointer(&rows);
	return true;
}

bool store_notes_leaving(Store *store, int64_t account, int limit, GPtrArray **ret_rows, GError **error)
{
	SqlQuery *query = sql_query(store->sql, LEAVING, error);
	return query != NULL && read_notes(store, sql_bind_int(sql_bind_int(query, 1, account), 2, limit), ret_rows, error);
}

bool store_notes_left(Store *store, int64_t account, int64_t since, int limit, GPtrArray **ret_rows, GError **error)
{
	SqlQuery *query = sql_query(store->sql, LEFT_SINCE, error);
	if (query == NULL)
		return false;
	sql_bind_int(sql_bind_int(sql_bind_int(query, 1, account), 2, limit), 3, since);
	return read_notes(store, query, ret_rows, error);
}
