/* load.c - fills Records, many at once, either whole from the tables or as outlines.
 *
 * A load is one snapshot.  First the opportunities themselves, with their outlines where those will do; then, table by
 * table, what belongs to the others: one query a table for as many as lie side by side.  What does not fit together is
 * damage, and said so: nothing is guessed, left out or repaired.
 */
#include "outline.h"
#include "store-private.h"

#include <string.h>

/* Which opportunities: those with after < id <= until, or with next_at in that range. */
typedef struct Scope {
	const char *select;
	int64_t account;
	int64_t after, until;
	int limit;
	bool outline;            /* the query gives outlines, and they will do */
	bool consecutive;        /* ids follow each other: no other opportunity lies between two of them */
	const StoreVisit *visit; /* to be given each, or NULL */
	const GArray *ids;       /* of int64_t: these instead, one after the other; or NULL */
} Scope;

typedef struct Loader {
	Store *store;
	const Scope *scope;
	const Account *account;
	GPtrArray *records; /* in the scope's order */
	GPtrArray *run;     /* those whose tables are being read, borrowed, by id */
	RowReader rows;     /* of the table being read */
	int number;         /* its column */
	Record *visited;    /* to be used for the next one; or NULL */
} Loader;

/* Every table's query is an index range in the order of the table's key. */
#define IN_RUN " WHERE account = $1 AND opportunity BETWEEN $2 AND $3 ORDER BY opportunity, "

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

static const char SELECT_PEOPLE[] =
	"SELECT opportunity, number, id, name, salutation, role, email, phone, address, linkedin FROM person" IN_RUN
	"number";

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

static const char SELECT_INTERVIEWS[] =
	"SELECT opportunity, number, id, kind, start_at, end_at, decision_by, follow_up_after, process_weeks, place, link "
	"FROM interview" IN_RUN "number";

static bool add_interview(Loader *loader, Record *record, GError **error)
{
	GArray *interviews = record->facts->interviews;
	Interview interview = {0};
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

static const char SELECT_WITH[] =
	"SELECT opportunity, interview, number, person FROM interview_person" IN_RUN "interview, number";

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

static const char SELECT_DEBRIEFS[] = "SELECT opportunity, number, interview, at FROM debrief" IN_RUN "number";

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

static const char SELECT_ITEMS[] =
	"SELECT opportunity, debrief, number, kind, person, text FROM debrief_item" IN_RUN "debrief, number";

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

static const char SELECT_EVENTS[] =
	"SELECT opportunity, number, at, kind, step, interview, person, channel, result, says, decision_by, "
	"follow_up_after, process_weeks, back_on, address FROM event" IN_RUN "number";

static bool add_event(Loader *loader, Record *record, GError **error)
{
	GArray *events = record->facts->events;
	Event event = {0};
	if (!check_number(loader, record, events->len, error))
		return false;
	bool good = row_read(&loader->rows, &event, error);
	g_array_append_val(events, event);
	return good;
}

static const char SELECT_DRAFTS[] =
	"SELECT opportunity, number, step, interview, person, channel, subject, state, playbook, variant, created_at, "
	"edited_at, approved_at, body FROM draft" IN_RUN "number";

static bool add_draft(Loader *loader, Record *record, GError **error)
{
	if (!check_number(loader, record, record->drafts->len, error))
		return false;
	Draft *draft = record_add_draft(record);
	if (!row_read(&loader->rows, draft, error))
		return false;
	bool fits =
		draft->interview < (int)record->facts->interviews->len && draft->person < (int)record->facts->people->len;
	return fits || misplaced(loader, record, error);
}

static const char SELECT_OUTBOX[] =
	"SELECT account, opportunity, number, draft, message_id, from_name, from_address, to_name, to_address, subject, "
	"in_reply_to, reference_ids, created_at, send_at, state, attempts, claims, lease_until, sent_at, response, "
	"last_error, review_seal, body FROM outbox" IN_RUN "number";

static bool add_outbox(Loader *loader, Record *record, GError **error)
{
	if (!check_number(loader, record, record->outbox->len, error))
		return false;
	OutboxRow *row = record_add_outbox(record);
	if (!row_read(&loader->rows, row, error))
		return false;
	return row->draft < (int)record->drafts->len || misplaced(loader, record, error);
}

typedef struct Table {
	const char *select;
	const RowShape *shape;
	bool (*add)(Loader *loader, Record *record, GError **error);
} Table;

/* In this order: what is named comes before what names it. */
static const Table TABLES[] = {
	{SELECT_PEOPLE, &PERSON_SHAPE, add_person}, {SELECT_INTERVIEWS, &INTERVIEW_SHAPE, add_interview},
	{SELECT_WITH, &WITH_SHAPE, add_with},       {SELECT_DEBRIEFS, &DEBRIEF_SHAPE, add_debrief},
	{SELECT_ITEMS, &ITEM_SHAPE, add_item},      {SELECT_EVENTS, &EVENT_SHAPE, add_event},
	{SELECT_DRAFTS, &DRAFT_SHAPE, add_draft},   {SELECT_OUTBOX, &OUTBOX_SHAPE, add_outbox},
};

static Record *run_record(const Loader *loader, guint index)
{
	return loader->run->pdata[index];
}

/* Hands a table's rows to their opportunities; both come by id. */
static bool read_rows(Loader *loader, SqlQuery *query, const Table *table, GError **error)
{
	loader->rows = row_reader(loader->store->sql, query, table->shape);
	loader->number = sql_column(query, "number");
	int opportunity = sql_column(query, "opportunity");
	guint at = 0;
	SqlStep step;
	while ((step = sql_step(query, error)) == SQL_ROW) {
		int64_t id = sql_int(query, opportunity);
		while (at < loader->run->len && run_record(loader, at)->id < id)
			at++;
		if (at == loader->run->len || run_record(loader, at)->id != id)
			return row_damaged(loader->store->sql, error, "one %s belongs to no opportunity", table->shape->what);
		if (!table->add(loader, run_record(loader, at), error))
			return false;
	}
	return step == SQL_DONE;
}

/* What was read must be what could have been stored; the planner relies on it. */
static bool check_run(const Loader *loader, GError **error)
{
	for (guint i = 0; i < loader->run->len; i++) {
		g_autoptr(GError) fault = NULL;
		if (facts_check(run_record(loader, i)->facts, &fault))
			continue;
		size_t length = strlen(fault->message);
		int shown = (int)(g_str_has_suffix(fault->message, ".") ? length - 1 : length);
		return row_damaged(
			loader->store->sql, error, "in opportunity %" G_GINT64_FORMAT ", %.*s", run_record(loader, i)->id, shown,
			fault->message);
	}
	return true;
}

static bool read_run(Loader *loader, GError **error)
{
	if (loader->run->len == 0)
		return true;
	for (guint i = 0; i < G_N_ELEMENTS(TABLES); i++) {
		SqlQuery *query = sql_query(loader->store->sql, TABLES[i].select, error);
		if (query == NULL)
			return false;
		sql_bind_int(query, 1, loader->scope->account);
		sql_bind_int(query, 2, run_record(loader, 0)->id);
		sql_bind_int(query, 3, run_record(loader, loader->run->len - 1)->id);
		if (!read_rows(loader, query, &TABLES[i], error))
			return false;
	}
	bool good = check_run(loader, error);
	g_ptr_array_set_size(loader->run, 0);
	return good;
}

/* The columns of a row that stand in no shape; outline is -1 where the query gives none. */
typedef struct HeadColumns {
	RowReader record, facts;
	int zone, outline;
} HeadColumns;

/* An empty one with what is the account's in it. */
static Record *begin_record(Loader *loader, Zone *zone)
{
	Record *record = g_steal_pointer(&loader->visited);
	if (record != NULL) {
		record_reuse(record, zone);
		return record;
	}
	record = record_new(loader->scope->account, facts_new(zone));
	account_fill_facts(loader->account, record->facts);
	return record;
}

static bool read_head(Loader *loader, const HeadColumns *columns, bool *ret_outlined, GError **error)
{
	SqlQuery *query = columns->record.query;
	Zone *zone = store_zone_find(loader->store, sql_text(query, columns->zone, NULL), error);
	if (zone == NULL)
		return false;
	Record *record = begin_record(loader, zone);
	g_ptr_array_add(loader->records, record);
	if (!row_read(&columns->record, record, error) || !row_read(&columns->facts, record->facts, error))
		return false;
	*ret_outlined = false;
	if (columns->outline >= 0) {
		size_t length;
		const void *bytes = sql_bytes(query, columns->outline, &length);
		*ret_outlined = length > 0 && outline_read(record, loader->store->outline_stamp, bytes, length);
	}
	return true;
}

static Record *last_record(const Loader *loader)
{
	return g_ptr_array_index(loader->records, loader->records->len - 1);
}

/* Gives the record that was read last to the visit, and forgets it. */
static bool visit_last(Loader *loader, bool outlined, GError **error)
{
	Record *record = last_record(loader);
	const StoreVisit *visit = loader->scope->visit;
	if (!outlined)
		g_ptr_array_add(loader->run, record);
	if (!read_run(loader, error))
		return false;
	record_note_stored(record);
	bool good = visit->take(record, visit->data, error);
	loader->visited = g_ptr_array_steal_index(loader->records, 0);
	return good;
}

/* Lists in unread the records whose tables are to be read, a NULL wherever other opportunities may lie between. */
static bool read_heads(Loader *loader, GPtrArray *unread, GError **error)
{
	const Scope *scope = loader->scope;
	SqlQuery *query = sql_query(loader->store->sql, scope->select, error);
	if (query == NULL)
		return false;
	HeadColumns columns = {
		.record = row_reader(loader->store->sql, query, &RECORD_SHAPE),
		.facts = row_reader(loader->store->sql, query, &OPPORTUNITY_SHAPE),
		.zone = sql_column(query, "zone"),
		.outline = scope->outline ? sql_column(query, "outline") : -1,
	};
	sql_bind_int(sql_bind_int(query, 1, scope->account), 2, scope->after);
	sql_bind_int(sql_bind_int(query, 3, scope->until), 4, scope->limit);
	SqlStep step;
	while ((step = sql_step(query, error)) == SQL_ROW) {
		bool outlined;
		if (!read_head(loader, &columns, &outlined, error))
			return false;
		if (scope->visit != NULL && !visit_last(loader, outlined, error))
			return false;
		if (scope->visit != NULL)
			continue;
		if (!outlined)
			g_ptr_array_add(unread, last_record(loader));
		if (outlined || !scope->consecutive)
			g_ptr_array_add(unread, NULL);
	}
	return step == SQL_DONE;
}

static bool read_all(Loader *loader, GError **error)
{
	g_autoptr(GPtrArray) unread = g_ptr_array_new();
	if (!read_heads(loader, unread, error))
		return false;
	for (guint i = 0; i < unread->len; i++) {
		if (unread->pdata[i] != NULL)
			g_ptr_array_add(loader->run, unread->pdata[i]);
		else if (!read_run(loader, error))
			return false;
	}
	return read_run(loader, error);
}

/* Each by the same query, whose range is that one id. */
static bool read_ids(Loader *loader, GError **error)
{
	const Scope *all = loader->scope;
	bool good = true;
	for (guint i = 0; i < all->ids->len && good; i++) {
		int64_t id = g_array_index(all->ids, int64_t, i);
		Scope one = *all;
		one.after = id - 1;
		one.until = id;
		one.limit = 1;
		loader->scope = &one;
		good = read_all(loader, error);
	}
	loader->scope = all;
	return good;
}

static void free_record(void *data)
{
	record_free(data);
}

/* ret_records may be NULL where all are visited. */
static bool load(Store *store, const Scope *scope, GPtrArray **ret_records, GError **error)
{
	g_autoptr(Account) account = NULL;
	g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(free_record);
	g_autoptr(GPtrArray) run = g_ptr_array_new();
	Loader loader = {.store = store, .scope = scope, .records = records, .run = run};
	if (!sql_begin(store->sql, SQL_SNAPSHOT, error))
		return false;
	bool good = account_read(store, scope->account, false, &account, error);
	loader.account = account;
	good = good && (scope->ids == NULL ? read_all : read_ids)(&loader, error);
	record_free(loader.visited);
	if (!good || !sql_commit(store->sql, error)) {
		sql_rollback(store->sql);
		return false;
	}
	for (guint i = 0; i < records->len; i++)
		record_note_stored(records->pdata[i]);
	if (ret_records != NULL)
		*ret_records = g_steal_pointer(&records);
	return true;
}

#define SELECT_HEADS                                                                                                   \
	"SELECT id, revision, next_at, created_at, later_until, later_since, playbook, company, position, pace, "          \
	"stage, requirements, zone"

static const char SELECT_WHOLE[] =
	SELECT_HEADS " FROM opportunity WHERE account = $1 AND id > $2 AND id <= $3 ORDER BY id LIMIT $4";
static const char SELECT_OUTLINES[] =
	SELECT_HEADS ", outline FROM opportunity WHERE account = $1 AND id > $2 AND id <= $3 ORDER BY id LIMIT $4";
static const char SELECT_AGENDA[] =
	SELECT_HEADS ", outline FROM opportunity WHERE account = $1 AND next_at > $2 AND next_at <= $3 "
				 "ORDER BY next_at, id LIMIT $4";

bool store_record_load(Store *store, int64_t account, int64_t id, Record **ret_record, GError **error)
{
	g_autoptr(GPtrArray) records = NULL;
	const Scope scope = {.select = SELECT_WHOLE, .account = account, .after = id - 1, .until = id, .limit = 1};
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
	const Scope scope = {SELECT_AGENDA, account, INT64_MIN, until, limit, .outline = true};
	return load(store, &scope, ret_records, error);
}

bool store_due_visit(Store *store, int64_t account, const StoreVisit *visit, GError **error)
{
	const Scope scope = {SELECT_AGENDA, account,         INT64_MIN,     visit->until,
						 visit->limit,  .outline = true, .visit = visit};
	return load(store, &scope, NULL, error);
}

bool store_coming_load(Store *store, int64_t account, int64_t after, int limit, GPtrArray **ret_records, GError **error)
{
	const Scope scope = {SELECT_AGENDA, account, after, INT64_MAX, limit, .outline = true};
	return load(store, &scope, ret_records, error);
}

bool store_batch_load(Store *store, int64_t account, int64_t after, int limit, GPtrArray **ret_records, GError **error)
{
	const Scope scope = {SELECT_WHOLE, account, after, INT64_MAX, limit, .consecutive = true};
	return load(store, &scope, ret_records, error);
}

bool store_outline_load(
	Store *store, int64_t account, int64_t after, int limit, GPtrArray **ret_records, GError **error)
{
	const Scope scope = {SELECT_OUTLINES, account, after, INT64_MAX, limit, .outline = true, .consecutive = true};
	return load(store, &scope, ret_records, error);
}

bool store_outlines_of(Store *store, int64_t account, const GArray *ids, GPtrArray **ret_records, GError **error)
{
	const Scope scope = {.select = SELECT_OUTLINES, .account = account, .outline = true, .ids = ids};
	return load(store, &scope, ret_records, error);
}
