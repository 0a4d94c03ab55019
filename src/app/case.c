/* case.c - one opportunity with its plan: found by the name a person gives it, planned, saved.
 */
#include "desk.h"

#include <base/limits.h>
#include <base/text.h>
#include <string.h>

enum { NAMES_SHOWN = 8 };

void case_free(Case *item)
{
	if (item == NULL)
		return;
	plan_free(item->plan);
	record_free(item->record);
	g_free(item);
}

bool case_playbook_load(App *app, const Record *record, const Playbook **ret_playbook, GError **error)
{
	g_autoptr(GError) fault = NULL;
	if (desk_playbook_load(app, record->playbook, ret_playbook, &fault))
		return true;
	if (!desk_playbook_load(app, "standard", ret_playbook, error))
		return false;
	g_autofree char *command =
		record->playbook == NULL
			? g_strdup("followup config me --playbook standard")
			: g_strdup_printf("followup add \"#%" G_GINT64_FORMAT "\" --playbook standard", record->id);
	const char *name = record->playbook == NULL ? desk_setting(app, "playbook") : record->playbook;
	if (app->warning == NULL)
		app->warning = g_strdup_printf(
			"%s goes by the playbook standard instead of \"%s\" (%s) To make that lasting: %s", record->facts->company,
			name == NULL ? "standard" : name, fault->message, command);
	return true;
}

bool case_take(App *app, Record *record, Case **ret_case, GError **error)
{
	const Playbook *playbook = NULL;
	if (!case_playbook_load(app, record, &playbook, error)) {
		record_free(record);
		return false;
	}
	Case *item = g_new0(Case, 1);
	item->record = record;
	item->playbook = playbook;
	item->plan = plan_new();
	item->plan->reader = app->zone;
	case_replan(app, item);
	*ret_case = item;
	return true;
}

void case_replan(App *app, Case *item)
{
	plan_compute(item->record->facts, item->playbook, app->now, item->plan);
}

bool step_can_be_done(const PlanStep *step)
{
	return plan_step_is_open(step) && !(step->optional && step->state == STATE_BLOCKED);
}

/* Whoever waits for them to answer has not put off what they say. */
static bool is_answer(const Event *event)
{
	return event->kind == EVENT_REPLY || event->kind == EVENT_OFFER || event->kind == EVENT_REJECTED ||
		   event->kind == EVENT_WITHDRAWN || event->kind == EVENT_REOPENED;
}

int64_t case_later_until(const Case *item)
{
	const Record *record = item->record;
	if (record->later_until == TIME_NONE || record->later_until <= item->plan->now)
		return TIME_NONE;
	for (int i = 0; i < (int)record->facts->events->len; i++) {
		const Event *event = facts_event(record->facts, i);
		if (is_answer(event) && event->at > record->later_since && event->at <= item->plan->now)
			return TIME_NONE;
	}
	return record->later_until;
}

/* By its plan alone. */
static int64_t planned_at(const Case *item)
{
	const Plan *plan = item->plan;
	for (guint i = 0; i < plan->steps->len; i++)
		if (step_can_be_done(plan_step(plan, i)))
			return plan->now;
	return plan->verdict == VERDICT_MOVE_ON ? plan->now : plan->next_at;
}

int64_t case_agenda_at(const Case *item)
{
	for (guint i = 0; i < item->record->outbox->len; i++)
		if (record_outbox(item->record, (int)i)->state == OUTBOX_UNKNOWN)
			return item->plan->now; /* its user is asked */
	int64_t planned = planned_at(item), later = case_later_until(item);
	return planned == TIME_NONE || later == TIME_NONE ? planned : MAX(planned, later);
}

bool case_save(App *app, Case *item, const Change *change, GError **error)
{
	if (!facts_check(item->record->facts, error))
		return false;
	case_replan(app, item);
	item->record->next_at = case_agenda_at(item);
	return store_save(app->store, change, error);
}

bool case_load_id(App *app, int64_t id, Case **ret_case, GError **error)
{
	Record *record = NULL;
	return store_record_load(app->store, ACCOUNT_SELF, id, &record, error) && case_take(app, record, ret_case, error);
}

bool case_load_many(App *app, const GArray *ids, GHashTable **ret_cases, GError **error)
{
	g_autoptr(GHashTable) cases = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)case_free);
	g_autoptr(GPtrArray) records = NULL;
	if (!store_outlines_of(app->store, ACCOUNT_SELF, ids, &records, error))
		return false;
	while (records->len > 0) {
		Case *item = NULL;
		if (!case_take(app, g_ptr_array_steal_index(records, records->len - 1), &item, error))
			return false;
		g_hash_table_replace(cases, &item->record->id, item);
	}
	*ret_cases = g_steal_pointer(&cases);
	return true;
}

static char *list_rows(const GPtrArray *rows)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < rows->len && i < NAMES_SHOWN; i++) {
		const ListRow *row = g_ptr_array_index(rows, i);
		g_string_append_printf(
			text, "%s%s%s%s%s #%" G_GINT64_FORMAT, i == 0 ? "" : ", ", row->company, row->position == NULL ? "" : " (",
			row->position == NULL ? "" : row->position, row->position == NULL ? "" : ")", row->id);
	}
	if (rows->len > NAMES_SHOWN)
		g_string_append(text, ", …");
	return g_string_free(text, FALSE);
}

/* Of those that begin with the name, the one that is it exactly. */
static const ListRow *pick_row(const GPtrArray *rows, const char *name)
{
	const ListRow *exact = NULL;
	g_autofree char *folded = g_utf8_casefold(name, -1);
	for (guint i = 0; i < rows->len; i++) {
		const ListRow *row = g_ptr_array_index(rows, i);
		g_autofree char *company = g_utf8_casefold(row->company, -1);
		if (strcmp(company, folded) != 0)
			continue;
		if (exact != NULL)
			return NULL;
		exact = row;
	}
	return rows->len == 1 ? g_ptr_array_index(rows, 0) : exact;
}

static bool no_such_opportunity(const char *name, GError **error)
{
	if (name[0] == '\0')
		return base_error_set(
			error, BASE_ERROR_MISSING, "opportunity",
			"Nothing is on record yet; begin with: followup interview COMPANY \"today 10am\" --with \"NAME\".");
	g_autofree char *shown = text_to_show(name, 60);
	return base_error_set(
		error, BASE_ERROR_MISSING, "opportunity",
		"No opportunity begins with \"%s\"; \"followup list\" shows those on record.", shown);
}

/* "#7" and "globex#7" name one by its number; *ret_id is 0 where the name is no such thing. */
static void read_number(const char *name, int64_t *ret_id)
{
	const char *hash = strrchr(name, '#');
	char *end = NULL;
	bool is_name = hash == NULL || (hash > name && hash[-1] == ' '); /* "Route #66" */
	int64_t id = is_name || !g_ascii_isdigit(hash[1]) ? 0 : g_ascii_strtoll(hash + 1, &end, 10);
	*ret_id = id > 0 && *end == '\0' ? id : 0;
}

static bool refuse_ambiguous(const char *name, const GPtrArray *rows, GError **error)
{
	g_autofree char *all = list_rows(rows), *shown = text_to_show(name, 60);
	if (name[0] == '\0')
		return base_error_set(error, BASE_ERROR_INVALID, "opportunity", "Say which opportunity: %s.", all);
	return base_error_set(error, BASE_ERROR_INVALID, "opportunity", "\"%s\" could be any of these: %s.", shown, all);
}

bool case_find_id(App *app, const char *name, int64_t *ret_id, GError **error)
{
	enum { LOOKED_AT = 50 };
	g_autoptr(GPtrArray) rows = NULL;
	int64_t number = 0;
	read_number(name, &number);
	if (number == 0 && !store_list(app->store, ACCOUNT_SELF, name, LOOKED_AT, &rows, error))
		return false;
	if (number == 0 && rows->len == 0)
		return no_such_opportunity(name, error);
	const ListRow *row = number != 0 ? NULL : pick_row(rows, name);
	if (number == 0 && row == NULL)
		return refuse_ambiguous(name, rows, error);
	*ret_id = number != 0 ? number : row->id;
	return true;
}

/* "globex#7" where 7 is another's number is a slip. */
static bool check_number(const Case *item, const char *name, GError **error)
{
	const char *hash = strrchr(name, '#');
	if (hash == NULL || hash == name)
		return true;
	g_autofree char *typed = g_strndup(name, (size_t)(hash - name));
	g_autofree char *folded = g_utf8_casefold(typed, -1);
	g_autofree char *company = g_utf8_casefold(item->record->facts->company, -1);
	int64_t number = 0;
	read_number(name, &number);
	return number == 0 || g_str_has_prefix(company, folded) ||
		   base_error_set(
			   error, BASE_ERROR_INVALID, "opportunity",
			   "#%" G_GINT64_FORMAT " is %s; say either its name or its number.", number, item->record->facts->company);
}

bool case_load_named(App *app, const char *name, Case **ret_case, GError **error)
{
	g_autoptr(Case) item = NULL;
	int64_t id = 0;
	name = name == NULL ? "" : name;
	if (!case_find_id(app, name, &id, error) || !case_load_id(app, id, &item, error) ||
		!check_number(item, name, error))
		return false;
	*ret_case = g_steal_pointer(&item);
	return true;
}

bool case_load(App *app, const OpArgs *args, Case **ret_case, GError **error)
{
	return case_load_named(app, op_args_get(args, "opportunity"), ret_case, error);
}

/* 3: it is the id or the whole name, 2: a prefix of the id or name, 1: a prefix of a word of the name, 0: not. */
static int person_match(const Person *person, const char *folded)
{
	g_autofree char *id = g_utf8_casefold(person->id, -1);
	g_autofree char *name = g_utf8_casefold(person->name, -1);
	if (strcmp(id, folded) == 0 || strcmp(name, folded) == 0)
		return 3;
	if (g_str_has_prefix(id, folded) || g_str_has_prefix(name, folded))
		return 2;
	for (const char *p = strchr(name, ' '); p != NULL; p = strchr(p + 1, ' '))
		if (g_str_has_prefix(p + 1, folded))
			return 1;
	return 0;
}

static bool refuse_person(const Case *item, const char *name, int level, GError **error)
{
	GString *text = g_string_new(NULL);
	g_autofree char *folded = g_utf8_casefold(name, -1);
	const Facts *facts = item->record->facts;
	for (guint i = 0; i < facts->people->len; i++) {
		const Person *person = facts_person(facts, (int)i);
		if (level == 0 || person_match(person, folded) == level)
			g_string_append_printf(text, "%s%s (%s)", text->len == 0 ? "" : ", ", person->name, person->id);
	}
	g_autofree char *all = g_string_free(text, FALSE);
	g_autofree char *shown = text_to_show(name, 60);
	if (facts->people->len == 0)
		return base_error_set(
			error, BASE_ERROR_MISSING, "person",
			"Nobody is on record at %s yet; add them with: followup people %s \"NAME\".", facts->company,
			facts->company);
	if (level == 0 && name[0] != '\0')
		return base_error_set(
			error, BASE_ERROR_MISSING, "person", "Nobody at %s is called \"%s\"; on record are: %s.", facts->company,
			shown, all);
	if (name[0] == '\0')
		return base_error_set(error, BASE_ERROR_INVALID, "person", "Say which person at %s: %s.", facts->company, all);
	return base_error_set(error, BASE_ERROR_INVALID, "person", "\"%s\" could be any of these: %s.", shown, all);
}

bool case_find_person(const Case *item, const char *name, int *ret_index, GError **error)
{
	const Facts *facts = item->record->facts;
	if (name == NULL && facts->people->len == 1) {
		*ret_index = 0;
		return true;
	}
	if (name == NULL)
		return refuse_person(item, "", 0, error);
	int exact = facts_find_person(facts, name);
	if (exact != NOBODY) {
		*ret_index = exact;
		return true;
	}
	g_autofree char *folded = g_utf8_casefold(name, -1);
	int best = 0, count = 0, found = NOBODY;
	for (guint i = 0; i < facts->people->len; i++) {
		int level = person_match(facts_person(facts, (int)i), folded);
		if (level > best) {
			best = level;
			count = 0;
		}
		if (level == best && level > 0 && count++ == 0)
			found = (int)i;
	}
	if (count != 1)
		return refuse_person(item, name, count == 0 ? 0 : best, error);
	*ret_index = found;
	return true;
}

static bool refuse_interview(const Facts *facts, const char *id, GError **error)
{
	GString *all = g_string_new(NULL);
	g_autofree char *shown = text_to_show(id, 60);
	for (guint i = 0; i < facts->interviews->len; i++)
		g_string_append_printf(all, "%s%s", i == 0 ? "" : ", ", facts_interview(facts, (int)i)->id);
	base_error_set(
		error, BASE_ERROR_MISSING, "interview", "No interview at %s has the id \"%s\"; on record are: %s.",
		facts->company, shown, all->len == 0 ? "none" : all->str);
	g_string_free(all, TRUE);
	return false;
}

bool case_find_interview(const App *app, const Case *item, const char *id, int *ret_index, GError **error)
{
	const Facts *facts = item->record->facts;
	int found = NO_INTERVIEW;
	if (id != NULL)
		found = facts_find_interview(facts, id);
	for (guint i = 0; i < facts->interviews->len && id == NULL; i++) {
		const Interview *next = facts_interview(facts, (int)i);
		const Interview *best = found == NO_INTERVIEW ? NULL : facts_interview(facts, found);
		bool ended = next->end <= app->now, best_ended = best != NULL && best->end <= app->now;
		if (best == NULL || (ended && (!best_ended || next->end > best->end)) ||
			(!ended && !best_ended && next->start < best->start))
			found = (int)i;
	}
	if (found == NO_INTERVIEW && id == NULL)
		return base_error_set(
			error, BASE_ERROR_MISSING, "interview",
			"No interview at %s is on record yet; add it with: followup interview %s \"WHEN\" --with \"NAME\".",
			facts->company, facts->company);
	if (found == NO_INTERVIEW)
		return refuse_interview(facts, id, error);
	*ret_index = found;
	return true;
}

static bool is_ask(int step)
{
	return step == STEP_SECOND_NOTE || step == STEP_CHECK_IN || step == STEP_FINAL_CHECK;
}

/* A question that was written before they were asked or said something is not the one to ask now; nor are closing words
 * of any use once the interview has begun. */
static bool is_outdated(const Case *item, const Draft *draft)
{
	if (draft->step == STEP_PREPARE_CLOSE && draft->interview != NO_INTERVIEW)
		return facts_interview(item->record->facts, draft->interview)->start <= item->plan->now;
	const GArray *events = item->record->facts->events;
	int64_t written = draft->edited_at == TIME_NONE ? draft->created_at : draft->edited_at;
	for (guint i = 0; is_ask(draft->step) && i < events->len; i++) {
		const Event *event = &g_array_index(events, Event, i);
		bool asked = (event->kind == EVENT_SENT || event->kind == EVENT_CALLED) && is_ask(event->step);
		if (event->at > written && event->at <= item->plan->now &&
			(asked || event->kind == EVENT_REPLY || event->kind == EVENT_PROMISE))
			return true;
	}
	return false;
}

bool case_draft_is_live(const Case *item, int index)
{
	const Draft *draft = record_draft(item->record, index);
	return draft->state == DRAFT_APPROVED || (draft->state == DRAFT_OPEN && !is_outdated(item, draft));
}

int case_find_draft(const Case *item, int step, int interview, int person, int channel)
{
	for (int i = (int)item->record->drafts->len - 1; i >= 0; i--) {
		const Draft *draft = record_draft(item->record, i);
		if (draft->step == step && draft->interview == interview && draft->person == person &&
			(channel == WORD_NONE || draft->channel == channel) && case_draft_is_live(item, i))
			return i;
	}
	return NO_DRAFT;
}

OutboxRow *case_find_outbox(const Case *item, int draft)
{
	for (int i = (int)item->record->outbox->len - 1; i >= 0 && draft != NO_DRAFT; i--)
		if (record_outbox(item->record, i)->draft == draft)
			return record_outbox(item->record, i);
	return NULL;
}

int case_find_undoable(const Case *item)
{
	int last = (int)item->record->facts->events->len - 1;
	const Event *event = last < 0 ? NULL : facts_event(item->record->facts, last);
	for (guint i = 0; i < item->record->outbox->len && event != NULL; i++) {
		const OutboxRow *row = record_outbox(item->record, (int)i);
		if (event->kind == EVENT_SENT && row->state == OUTBOX_SENT && row->sent_at == event->at)
			return -1;
	}
	return last;
}
