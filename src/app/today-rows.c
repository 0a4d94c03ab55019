/* today-rows.c - rows of the agenda, collected opportunity by opportunity, then put in order and told.
 */
#include "today-rows.h"

#include "task.h"
#include "watch.h"

typedef enum { LIST_QUESTIONS, LIST_INBOX, LIST_DUE, LIST_OPTIONAL, LIST_MOVE_ON, LIST_COMING, LIST_COUNT } TodayList;

static const char *const keys[LIST_COUNT] = {"questions", "inbox", "due", "optional", "move_on", "coming"};

/* A value under its key: a text, or where text is NULL and it is a number, that. */
typedef struct Value {
	const char *key;
	enum { VALUE_TEXT, VALUE_NUMBER, VALUE_YES_OR_NO } kind;
	char *text;
	int64_t number;
} Value;

typedef struct Row {
	TodayList list;
	int64_t at;
	guint order;
	GArray *values; /* of Value */
} Row;

struct TodayRows {
	App *app;
	GArray *rows; /* of Row */
};

static void clear_value(void *value)
{
	g_free(((Value *)value)->text);
}

static void clear_row(void *row)
{
	g_array_unref(((Row *)row)->values);
}

TodayRows *today_rows_new(App *app)
{
	TodayRows *rows = g_new0(TodayRows, 1);
	rows->app = app;
	rows->rows = g_array_new(FALSE, FALSE, sizeof(Row));
	g_array_set_clear_func(rows->rows, clear_row);
	return rows;
}

void today_rows_free(TodayRows *rows)
{
	if (rows == NULL)
		return;
	g_array_unref(rows->rows);
	g_free(rows);
}

static void put_text(GArray *values, const char *key, const char *text)
{
	Value value = {.key = key, .kind = VALUE_TEXT, .text = g_strdup(text)};
	g_array_append_val(values, value);
}

static void put_number(GArray *values, const char *key, int64_t number)
{
	Value value = {.key = key, .kind = VALUE_NUMBER, .number = number};
	g_array_append_val(values, value);
}

static void put_yes_or_no(GArray *values, const char *key, bool yes)
{
	Value value = {.key = key, .kind = VALUE_YES_OR_NO, .number = yes};
	g_array_append_val(values, value);
}

static void put_time(GArray *values, const char *key, const Zone *zone, int64_t at)
{
	char text[STAMP_TEXT_BYTES];
	if (at != TIME_NONE)
		zone_format(zone, at, text);
	put_text(values, key, at == TIME_NONE ? NULL : text);
}

static GArray *add_bare_row(TodayRows *rows, TodayList list, int64_t at)
{
	Row row = {.list = list, .at = at, .order = rows->rows->len, .values = g_array_new(FALSE, FALSE, sizeof(Value))};
	g_array_set_clear_func(row.values, clear_value);
	g_array_append_val(rows->rows, row);
	return row.values;
}

/* A new row, begun with what each has. */
static GArray *add_row(TodayRows *rows, const Case *item, TodayList list, int64_t at)
{
	GArray *values = add_bare_row(rows, list, at);
	put_number(values, "opportunity", item->record->id);
	put_text(values, "company", item->record->facts->company);
	put_text(values, "position", item->record->facts->position);
	return values;
}

static const char *person_id(const Facts *facts, int person)
{
	return person == NOBODY ? NULL : facts_person(facts, person)->id;
}

static void add_step(TodayRows *rows, const Case *item, const PlanStep *step, const char *handle)
{
	const Facts *facts = item->record->facts;
	GArray *values = add_row(rows, item, step->optional ? LIST_OPTIONAL : LIST_DUE, step->due);
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	g_ptr_array_add(steps, (void *)step);
	const Task task = {.item = item, .action = task_action_of(item, step), .steps = steps};
	g_autofree char *why = task_explain(&task);
	g_autoptr(GPtrArray) commands = task_list_commands(&task, handle);
	put_text(values, "step", word_text(WORDS_STEP, (int)step->kind));
	put_text(values, "interview", facts_interview(facts, step->interview)->id);
	put_text(values, "to", person_id(facts, step->to));
	put_text(values, "about", person_id(facts, step->about));
	put_text(values, "state", step_state_word(step->state));
	put_yes_or_no(values, "optional", step->optional);
	put_time(values, "due", facts->zone, step->due);
	put_text(values, "because", why);
	put_text(values, "command", g_ptr_array_index(commands, 0));
}

static void add_question(TodayRows *rows, const Case *item, const OutboxRow *row)
{
	GArray *values = add_row(rows, item, LIST_QUESTIONS, row->send_at);
	int to = row->draft == NO_DRAFT ? NOBODY : record_draft(item->record, row->draft)->person;
	put_text(values, "subject", row->subject);
	put_text(values, "person", person_id(item->record->facts, to));
	put_text(values, "to", row->to_address);
	put_text(values, "state", outbox_state_word((int)row->state));
	put_text(values, "error", row->last_error);
}

static void put_day(GArray *values, const char *key, Day day)
{
	char text[DAY_TEXT_BYTES];
	put_text(values, key, day == DAY_NONE ? NULL : day_format(day, text));
}

void today_rows_add_mail(TodayRows *rows, const InboxItem *item, const Facts *facts)
{
	GArray *values = add_bare_row(rows, LIST_INBOX, item->at);
	g_autofree char *question = inbox_say_question(item, facts);
	g_autofree char *command = g_strdup_printf("followup inbox %" G_GINT64_FORMAT " --confirm", item->number);
	put_number(values, "opportunity", item->opportunity);
	put_text(values, "company", facts == NULL ? NULL : facts->company);
	put_text(values, "position", facts == NULL ? NULL : facts->position);
	put_number(values, "number", item->number);
	put_text(values, "kind", inbox_kind_word((int)item->kind));
	put_text(values, "question", question);
	put_text(values, "person", item->person);
	put_text(values, "from", item->from_address);
	put_text(values, "subject", item->subject);
	put_text(values, "says", word_text(WORDS_SAYS, item->says));
	put_day(values, "decision_by", item->decision_by);
	put_text(values, "quote", item->quote);
	put_text(values, "reason", inbox_reason_word(item->reason));
	put_text(values, "command", command);
}

static void add_case(TodayRows *rows, const Case *item, TodayList list)
{
	int64_t later = case_later_until(item), at = later == TIME_NONE ? item->plan->next_at : case_agenda_at(item);
	GArray *values = add_row(rows, item, list, at);
	g_autofree char *why = plan_explain_verdict(item->plan);
	put_time(values, "next_at", item->record->facts->zone, at);
	put_time(values, "later_until", item->record->facts->zone, later);
	put_text(values, "because", why);
}

void today_rows_add_due(TodayRows *rows, const Case *item)
{
	for (guint i = 0; i < item->record->outbox->len; i++)
		if (record_outbox(item->record, (int)i)->state == OUTBOX_UNKNOWN)
			add_question(rows, item, record_outbox(item->record, (int)i));
	if (case_later_until(item) != TIME_NONE)
		return;
	g_autofree char *handle = say_handle(rows->app, item->record);
	for (guint i = 0; i < item->plan->steps->len; i++)
		if (step_can_be_done(plan_step(item->plan, i)))
			add_step(rows, item, plan_step(item->plan, i), handle);
	if (item->plan->verdict == VERDICT_MOVE_ON)
		add_case(rows, item, LIST_MOVE_ON);
}

void today_rows_add_coming(TodayRows *rows, const Case *item)
{
	add_case(rows, item, LIST_COMING);
}

static int compare_rows(const void *a, const void *b)
{
	const Row *one = a, *other = b;
	if (one->list != other->list)
		return one->list < other->list ? -1 : 1;
	if (one->at != other->at)
		return one->at < other->at ? -1 : 1;
	return one->order < other->order ? -1 : one->order > other->order;
}

static void tell_row(const Row *row, Printer *printer)
{
	printer_object(printer, NULL);
	for (guint i = 0; i < row->values->len; i++) {
		const Value *value = &g_array_index(row->values, Value, i);
		if (value->kind == VALUE_NUMBER)
			printer_integer(printer, value->key, NULL, value->number);
		else if (value->kind == VALUE_YES_OR_NO)
			printer_boolean(printer, value->key, value->number != 0);
		else
			printer_string(printer, value->key, NULL, value->text);
	}
	printer_object_end(printer);
}

void today_rows_tell(TodayRows *rows, int coming_max, Printer *printer)
{
	guint next = 0;
	g_array_sort(rows->rows, compare_rows);
	for (int list = 0; list < LIST_COUNT; list++) {
		printer_list(printer, keys[list]);
		for (; next < rows->rows->len && (int)g_array_index(rows->rows, Row, next).list == list; next++)
			if (list != LIST_COMING || coming_max-- > 0)
				tell_row(&g_array_index(rows->rows, Row, next), printer);
		printer_list_end(printer);
	}
}
