/* load.c - fills Records from the tables, many at once: one query a table, whatever the number of opportunities.
 *
 * A load is one snapshot.  First the opportunities themselves, then table by table what belongs to them; every table gives
 * its rows by opportunity and number, so that they are handed out in one pass.  What does not fit together is damage, and
 * said so: nothing is guessed, left out or repaired.
 */
#include "store-private.h"

/* Which opportunities: by id, or by their place on the agenda. */
typedef enum { SCOPE_IDS, SCOPE_AGENDA, SCOPE_COUNT } ScopeKind;

typedef struct Scope {
	ScopeKind kind;
	int64_t account;
	int64_t after, until; /* of the id, or of next_at */
	int limit;
} Scope;

/* A table's query for each scope. Both are index ranges in the order of the table's key. */
#define SCOPED(table, columns, order)                                                                                      \
	{                                                                                                                      \
		[SCOPE_IDS] = "SELECT opportunity, " columns " FROM " table                                                        \
					  " WHERE account = $1 AND opportunity BETWEEN $2 AND $3 ORDER BY opportunity, " order,                \
		[SCOPE_AGENDA] = "SELECT opportunity, " columns " FROM " table                                                     \
						 " WHERE account = $1 AND opportunity IN (SELECT id FROM opportunity WHERE account = $1 AND "      \
						 "next_at >= $2 AND (next_at, id) <= ($3, $4)) ORDER BY opportunity, " order,                      \
	}

typedef struct Loader {
	Store *store;
	const Scope *scope;
	const Account *account;
	GPtrArray *records; /* in the scope's order */
	GPtrArray *by_id;   /* the same, borrowed */
	RowReader rows;     /* of the table being read */
	int number;         /* its column */
} Loader;

static bool misplaced(const Loader *loader, const Record *record, GError **error)
{
	return row_damaged(
		loader->store->sql, error, "the %s rows of opportunity %" G_GINT64_FORMAT " do not fit together",
		loader->rows.shape->what, record->id);
}

/* The number of a row must be its place in the list. */
static bool check_number(const Loader *loader, const Record *record, guint place, GError **error)
{
	return sql_int(loader->rows.query, loader->number) == (int64_t)place || misplaced(loader, record, error);
}

static const char *const SELECT_PEOPLE[] =
	SCOPED("person", "number, id, name, salutation, role, email, phone, address, linkedin", "number");

static bool add_person(Loader *loader, Record *record, GError **error)
{
	GArray *people = record->facts->people;
	Person person = {0};
	if (!check_number(loader, record, people->len, error))
		return false;
	bool good = row_read(&loader->rows, &person, error);
	g_array_append_val(people, person);
	return good;
}

static const char *const SELECT_INTERVIEWS[] = SCOPED("interview", "number, id, kind, start_at, end_at", "number");

static bool add_interview(Loader *loader, Record *record, GError **error)
{
	GArray *interviews = record->facts->interviews;
	Interview interview = {.promise = PROMISE_NONE};
	if (!check_number(loader, record, interviews->len, error))
		return false;
	bool good = row_read(&loader->rows, &interview, error);
	interview.with = g_array_new(FALSE, FALSE, sizeof(int));
	g_array_append_val(interviews, interview);
	return good;
}

typedef struct WithRow {
	int interview;
	int person;
} WithRow;

static const RowField WITH_FIELDS[] = {
	{.column = "interview", .kind = ROW_INT, .offset = offsetof(WithRow, interview)},
	{.column = "person", .kind = ROW_INT, .offset = offsetof(WithRow, person)},
};
static const RowShape WITH_SHAPE = {"interview's person", WITH_FIELDS, G_N_ELEMENTS(WITH_FIELDS)};

static const char *const SELECT_WITH[] =
	SCOPED("interview_person", "interview, number, person", "interview, number");

static bool add_with(Loader *loader, Record *record, GError **error)
{
	WithRow row;
	if (!row_read(&loader->rows, &row, error))
		return false;
	if (row.interview >= (int)record->facts->interviews->len)
		return misplaced(loader, record, error);
	GArray *with = facts_interview(record->facts, row.interview)->with;
	g_array_append_val(with, row.person);
	return check_number(loader, record, with->len - 1, error);
}

static const char *const SELECT_DEBRIEFS[] = SCOPED("debrief", "number, interview, at", "number");

static bool add_debrief(Loader *loader, Record *record, GError **error)
{
	Debrief row;
	if (!check_number(loader, record, record->facts->debriefs->len, error) || !row_read(&loader->rows, &row, error))
		return false;
	facts_add_debrief(record->facts, row.interview, row.at);
	return true;
}

static GPtrArray *find_texts(Debrief *debrief, int kind)
{
	switch ((ItemKind)kind) {
	case ITEM_STRONG:
		return debrief->strong;
	case ITEM_WEAK:
		return debrief->weak;
	case ITEM_UNSAID:
		return debrief->unsaid;
	default:
		return debrief->fit;
	}
}

static const char *const SELECT_ITEMS[] =
	SCOPED("debrief_item", "debrief, number, kind, person, text", "debrief, number");

static bool add_item(Loader *loader, Record *record, GError **error)
{
	DebriefItem item = {0};
	bool good = row_read(&loader->rows, &item, error);
	g_autofree char *text = item.text;
	if (!good)
		return false;
	if (item.debrief >= (int)record->facts->debriefs->len)
		return misplaced(loader, record, error);
	Debrief *debrief = facts_debrief(record->facts, item.debrief);
	if (item.kind == ITEM_TOPIC) {
		Topic topic = {.with = item.person, .text = g_steal_pointer(&text)};
		g_array_append_val(debrief->topics, topic);
	} else {
		g_ptr_array_add(find_texts(debrief, item.kind), g_steal_pointer(&text));
	}
	return true;
}

static const char *const SELECT_EVENTS[] =
	SCOPED("event", "number, at, kind, step, interview, person, channel, result, says, back_on, address", "number");

static bool add_event(Loader *loader, Record *record, GError **error)
{
	GArray *events = record->facts->events;
	Event event = EVENT_INIT(EVENT_SENT);
	if (!check_number(loader, record, events->len, error))
		return false;
	bool good = row_read(&loader->rows, &event, error);
	g_array_append_val(events, event);
	return good;
}

static const char *const SELECT_PROMISES[] =
	SCOPED("promise", "source, number, decision_by, follow_up_after, process_weeks", "source, number");

static bool add_promise(Loader *loader, Record *record, GError **error)
{
	Promise promise;
	if (!row_read(&loader->rows, &promise, error))
		return false;
	const char *source = sql_text(loader->rows.query, sql_column(loader->rows.query, "source"), NULL);
	int64_t number = sql_int(loader->rows.query, loader->number);
	bool of_event = g_str_equal(source, "event");
	guint count = of_event ? record->facts->events->len : record->facts->interviews->len;
	if (number < 0 || number >= count)
		return misplaced(loader, record, error);
	if (of_event)
		facts_event(record->facts, (int)number)->promise = promise;
	else
		facts_interview(record->facts, (int)number)->promise = promise;
	return true;
}

static const char *const SELECT_DRAFTS[] = SCOPED(
	"draft",
	"number, step, interview, person, channel, subject, body, state, playbook, variant, created_at, edited_at, approved_at",
	"number");

static bool add_draft(Loader *loader, Record *record, GError **error)
{
	if (!check_number(loader, record, record->drafts->len, error))
		return false;
	Draft *draft = record_add_draft(record);
	if (!row_read(&loader->rows, draft, error))
		return false;
	bool fits = draft->interview < (int)record->facts->interviews->len &&
		draft->person < (int)record->facts->people->len;
	return fits || misplaced(loader, record, error);
}

static const char *const SELECT_OUTBOX[] = SCOPED(
	"outbox",
	"account, number, draft, message_id, from_name, from_address, to_name, to_address, subject, body, in_reply_to, "
	"reference_ids, created_at, send_at, state, attempts, claims, lease_until, sent_at, response, last_error",
	"number");

static bool add_outbox(Loader *loader, Record *record, GError **error)
{
	if (!check_number(loader, record, record->outbox->len, error))
		return false;
	OutboxRow *row = record_add_outbox(record);
	if (!row_read(&loader->rows, row, error))
		return false;
	return row->draft < (int)record->drafts->len || misplaced(loader, record, error);
}

/* In this order: what is named comes before what names it. */
static const struct {
	const char *const *select; /* by scope */
	const RowShape *shape;
	bool (*add)(Loader *loader, Record *record, GError **error);
} TABLES[] = {
	{SELECT_PEOPLE, &PERSON_SHAPE, add_person},
	{SELECT_INTERVIEWS, &INTERVIEW_SHAPE, add_interview},
	{SELECT_WITH, &WITH_SHAPE, add_with},
	{SELECT_DEBRIEFS, &DEBRIEF_SHAPE, add_debrief},
	{SELECT_ITEMS, &ITEM_SHAPE, add_item},
	{SELECT_EVENTS, &EVENT_SHAPE, add_event},
	{SELECT_PROMISES, &PROMISE_SHAPE, add_promise},
	{SELECT_DRAFTS, &DRAFT_SHAPE, add_draft},
	{SELECT_OUTBOX, &OUTBOX_SHAPE, add_outbox},
};

/* Hands a table's rows to their opportunities; both come by id. */
static bool read_table(Loader *loader, SqlQuery *query, guint table, GError **error)
{
	loader->rows = row_reader(loader->store->sql, query, TABLES[table].shape);
	loader->number = sql_column(query, "number");
	int opportunity = sql_column(query, "opportunity");
	guint at = 0;
	SqlStep step;
	while ((step = sql_step(query, error)) == SQL_ROW) {
		int64_t id = sql_int(query, opportunity);
		while (at < loader->by_id->len && ((Record *)loader->by_id->pdata[at])->id < id)
			at++;
		if (at == loader->by_id->len || ((Record *)loader->by_id->pdata[at])->id != id)
			return row_damaged(
				loader->store->sql, error, "a %s belongs to no opportunity", TABLES[table].shape->what);
		if (!TABLES[table].add(loader, loader->by_id->pdata[at], error))
			return false;
	}
	return step == SQL_DONE;
}

static SqlQuery *bind_scope(const Loader *loader, SqlQuery *query)
{
	sql_bind_int(query, 1, loader->scope->account);
	if (loader->scope->kind == SCOPE_IDS) {
		const Record *first = loader->by_id->pdata[0], *last = loader->by_id->pdata[loader->by_id->len - 1];
		return sql_bind_int(sql_bind_int(query, 2, first->id), 3, last->id);
	}
	const Record *first = loader->records->pdata[0], *last = loader->records->pdata[loader->records->len - 1];
	sql_bind_int(sql_bind_int(query, 2, first->next_at), 3, last->next_at);
	return sql_bind_int(query, 4, last->id);
}

static bool read_tables(Loader *loader, GError **error)
{
	for (guint table = 0; table < G_N_ELEMENTS(TABLES); table++) {
		SqlQuery *query = sql_query(loader->store->sql, TABLES[table].select[loader->scope->kind], error);
		if (query == NULL || !read_table(loader, bind_scope(loader, query), table, error))
			return false;
	}
	return true;
}

static Zone *find_zone(Store *store, const char *name, GError **error)
{
	Zone *zone = g_hash_table_lookup(store->zones, name);
	if (zone != NULL)
		return zone;
	zone = zone_load(name, error);
	if (zone != NULL)
		g_hash_table_insert(store->zones, g_strdup(name), zone);
	return zone;
}

/* The columns of a scope's first query, in the order of the scope. */
#define OPPORTUNITY_COLUMNS                                                                                                \
	"id, revision, next_at, created_at, playbook, company, position, pace, stage, requirements, zone"

static const char *const SELECT_OPPORTUNITIES[SCOPE_COUNT] = {
	[SCOPE_IDS] = "SELECT " OPPORTUNITY_COLUMNS
				  " FROM opportunity WHERE account = $1 AND id > $2 AND id <= $3 ORDER BY id LIMIT $4",
	[SCOPE_AGENDA] = "SELECT " OPPORTUNITY_COLUMNS
					 " FROM opportunity WHERE account = $1 AND next_at > $2 AND next_at <= $3 ORDER BY next_at, id LIMIT $4",
};

static bool read_opportunity(
	Loader *loader, const RowReader *record_rows, const RowReader *facts_rows, int zone_column, GError **error)
{
	Zone *zone = find_zone(loader->store, sql_text(record_rows->query, zone_column, NULL), error);
	if (zone == NULL)
		return false;
	Record *record = record_new(loader->scope->account, facts_new(zone));
	g_ptr_array_add(loader->records, record);
	account_fill_facts(loader->account, record->facts);
	return row_read(record_rows, record, error) && row_read(facts_rows, record->facts, error);
}

static bool read_opportunities(Loader *loader, GError **error)
{
	const Scope *scope = loader->scope;
	SqlQuery *query = sql_query(loader->store->sql, SELECT_OPPORTUNITIES[scope->kind], error);
	if (query == NULL)
		return false;
	RowReader record_rows = row_reader(loader->store->sql, query, &RECORD_SHAPE);
	RowReader facts_rows = row_reader(loader->store->sql, query, &OPPORTUNITY_SHAPE);
	int zone_column = sql_column(query, "zone");
	sql_bind_int(sql_bind_int(query, 1, scope->account), 2, scope->after);
	sql_bind_int(sql_bind_int(query, 3, scope->until), 4, scope->limit);
	SqlStep step;
	while ((step = sql_step(query, error)) == SQL_ROW)
		if (!read_opportunity(loader, &record_rows, &facts_rows, zone_column, error))
			return false;
	return step == SQL_DONE;
}

static int compare_ids(const void *left, const void *right)
{
	int64_t one = (*(Record *const *)left)->id, other = (*(Record *const *)right)->id;
	return (one > other) - (one < other);
}

/* What was read must be what could have been stored; the planner relies on it. */
static bool check_record(const Loader *loader, Record *record, GError **error)
{
	g_autoptr(GError) fault = NULL;
	const Facts *facts = record->facts;
	record->stored.people = facts->people->len;
	record->stored.interviews = facts->interviews->len;
	record->stored.debriefs = facts->debriefs->len;
	record->stored.events = facts->events->len;
	record->stored.drafts = record->drafts->len;
	record->stored.outbox = record->outbox->len;
	if (facts_check(facts, &fault))
		return true;
	g_autofree char *what = g_strdup(fault->message);
	if (g_str_has_suffix(what, "."))
		what[strlen(what) - 1] = '\0';
	return row_damaged(
		loader->store->sql, error, "in opportunity %" G_GINT64_FORMAT ", %s", record->id, what);
}

static bool read_all(Loader *loader, GError **error)
{
	if (!read_opportunities(loader, error))
		return false;
	if (loader->records->len == 0)
		return true;
	for (guint i = 0; i < loader->records->len; i++)
		g_ptr_array_add(loader->by_id, loader->records->pdata[i]);
	g_ptr_array_sort(loader->by_id, compare_ids);
	if (!read_tables(loader, error))
		return false;
	for (guint i = 0; i < loader->records->len; i++)
		if (!check_record(loader, loader->records->pdata[i], error))
			return false;
	return true;
}

static void free_record(void *data)
{
	record_free(data);
}

static bool load(Store *store, const Scope *scope, GPtrArray **ret_records, GError **error)
{
	g_autoptr(Account) account = NULL;
	g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(free_record);
	g_autoptr(GPtrArray) by_id = g_ptr_array_new();
	Loader loader = {.store = store, .scope = scope, .records = records, .by_id = by_id};
	if (!sql_begin(store->sql, SQL_SNAPSHOT, error))
		return false;
	bool good = account_read(store, scope->account, false, &account, error);
	loader.account = account;
	if (!good || !read_all(&loader, error) || !sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	*ret_records = g_steal_pointer(&records);
	return true;
}

bool store_record_load(Store *store, int64_t account, int64_t id, Record **ret_record, GError **error)
{
	g_autoptr(GPtrArray) records = NULL;
	const Scope scope = {.kind = SCOPE_IDS, .account = account, .after = id - 1, .until = id, .limit = 1};
	if (id > 0 && !load(store, &scope, &records, error))
		return false;
	if (records == NULL || records->len == 0)
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL,
			"There is no opportunity %" G_GINT64_FORMAT "; the list shows those there are.", id);
	*ret_record = g_ptr_array_steal_index(records, 0);
	return true;
}

bool store_due_load(Store *store, int64_t account, int64_t until, int limit, GPtrArray **ret_records, GError **error)
{
	const Scope scope = {SCOPE_AGENDA, account, INT64_MIN, until, limit};
	return load(store, &scope, ret_records, error);
}

bool store_coming_load(Store *store, int64_t account, int64_t after, int limit, GPtrArray **ret_records, GError **error)
{
	const Scope scope = {SCOPE_AGENDA, account, after, INT64_MAX, limit};
	return load(store, &scope, ret_records, error);
}

bool store_batch_load(Store *store, int64_t account, int64_t after, int limit, GPtrArray **ret_records, GError **error)
{
	const Scope scope = {SCOPE_IDS, account, after, INT64_MAX, limit};
	return load(store, &scope, ret_records, error);
}
