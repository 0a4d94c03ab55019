/* save-parts.c - writes people, interviews, debriefs, events and drafts.
 *
 * A part that is stored already is taken away and written anew, together with what hangs on it (whom an interview was
 * with, the entries of a debrief); what refers to it by number is checked at the commit.
 */
#include "passage.h"
#include "save.h"

SqlQuery *save_query(const Saver *saver, const char *text, GError **error)
{
	SqlQuery *query = sql_query(saver->store->sql, text, error);
	return query == NULL ? NULL : sql_bind_int(sql_bind_int(query, 1, saver->record->account), 2, saver->id);
}

/* Runs a statement whose $3, where it has one, is a number. */
static bool run_for(const Saver *saver, const char *text, int number, GError **error)
{
	SqlQuery *query = save_query(saver, text, error);
	return query != NULL && sql_run(sql_bind_int(query, 3, number), NULL, error);
}

static const char DELETE_PERSON[] = "DELETE FROM person WHERE account = $1 AND opportunity = $2 AND number = $3";
static const char INSERT_PERSON[] =
	"INSERT INTO person (account, opportunity, number, match_key, id, name, salutation, role, email, phone, address, "
	"linkedin) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

static bool save_person(const Saver *saver, int index, bool stored, GError **error)
{
	const Person *person = facts_person(saver->record->facts, index);
	if (stored && !run_for(saver, DELETE_PERSON, index, error))
		return false;
	SqlQuery *query = save_query(saver, INSERT_PERSON, error);
	if (query == NULL)
		return false;
	g_autofree char *key = match_key_new(person->name, person->id);
	sql_bind_text(sql_bind_int(query, 3, index), 4, key);
	return sql_run(row_bind(query, 5, &PERSON_SHAPE, person), NULL, error);
}

static const char INSERT_WITH[] =
	"INSERT INTO interview_person (account, opportunity, interview, number, person) VALUES ($1, $2, $3, $4, $5)";

static bool save_with(const Saver *saver, int interview, const GArray *with, GError **error)
{
	for (guint i = 0; i < with->len; i++) {
		SqlQuery *query = save_query(saver, INSERT_WITH, error);
		if (query == NULL)
			return false;
		sql_bind_int(sql_bind_int(query, 3, interview), 4, i);
		if (!sql_run(sql_bind_int(query, 5, g_array_index(with, int, i)), NULL, error))
			return false;
	}
	return true;
}

static const char DELETE_WITH[] =
	"DELETE FROM interview_person WHERE account = $1 AND opportunity = $2 AND interview = $3";
static const char DELETE_INTERVIEW[] = "DELETE FROM interview WHERE account = $1 AND opportunity = $2 AND number = $3";
static const char INSERT_INTERVIEW[] =
	"INSERT INTO interview (account, opportunity, number, id, kind, start_at, end_at, decision_by, follow_up_after, "
	"process_weeks, place, link) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

static bool save_interview(const Saver *saver, int index, bool stored, GError **error)
{
	const Interview *interview = facts_interview(saver->record->facts, index);
	if (stored && (!run_for(saver, DELETE_WITH, index, error) || !run_for(saver, DELETE_INTERVIEW, index, error)))
		return false;
	SqlQuery *query = save_query(saver, INSERT_INTERVIEW, error);
	if (query == NULL)
		return false;
	row_bind(sql_bind_int(query, 3, index), 4, &INTERVIEW_SHAPE, interview);
	return sql_run(query, NULL, error) && save_with(saver, index, interview->with, error);
}

static const char INSERT_ITEM[] =
	"INSERT INTO debrief_item (account, opportunity, number, debrief, kind, person, text) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7)";

static bool save_item(const Saver *saver, int number, const DebriefItem *item, GError **error)
{
	SqlQuery *query = save_query(saver, INSERT_ITEM, error);
	return query != NULL && sql_run(row_bind(sql_bind_int(query, 3, number), 4, &ITEM_SHAPE, item), NULL, error);
}

static bool save_items(const Saver *saver, int index, const Debrief *debrief, GError **error)
{
	const struct {
		ItemKind kind;
		const GPtrArray *texts;
	} lists[] = {
		{ITEM_STRONG, debrief->strong},
		{ITEM_WEAK, debrief->weak},
		{ITEM_UNSAID, debrief->unsaid},
		{ITEM_FIT, debrief->fit}};
	int number = 0;
	for (guint i = 0; i < debrief->topics->len; i++) {
		const Topic *topic = &g_array_index(debrief->topics, Topic, i);
		DebriefItem item = {.debrief = index, .kind = ITEM_TOPIC, .person = topic->with, .text = topic->text};
		if (!save_item(saver, number++, &item, error))
			return false;
	}
	for (guint list = 0; list < G_N_ELEMENTS(lists); list++) {
		for (guint i = 0; i < lists[list].texts->len; i++) {
			DebriefItem item = {index, lists[list].kind, NOBODY, lists[list].texts->pdata[i]};
			if (!save_item(saver, number++, &item, error))
				return false;
		}
	}
	return true;
}

static const char DELETE_ITEMS[] = "DELETE FROM debrief_item WHERE account = $1 AND opportunity = $2 AND debrief = $3";
static const char DELETE_DEBRIEF[] = "DELETE FROM debrief WHERE account = $1 AND opportunity = $2 AND number = $3";
static const char INSERT_DEBRIEF[] =
	"INSERT INTO debrief (account, opportunity, number, interview, at) VALUES ($1, $2, $3, $4, $5)";

static bool save_debrief(const Saver *saver, int index, bool stored, GError **error)
{
	const Debrief *debrief = facts_debrief(saver->record->facts, index);
	if (stored && (!run_for(saver, DELETE_ITEMS, index, error) || !run_for(saver, DELETE_DEBRIEF, index, error)))
		return false;
	SqlQuery *query = save_query(saver, INSERT_DEBRIEF, error);
	if (query == NULL)
		return false;
	row_bind(sql_bind_int(query, 3, index), 4, &DEBRIEF_SHAPE, debrief);
	return sql_run(query, NULL, error) && save_items(saver, index, debrief, error);
}

static const char DELETE_EVENT[] = "DELETE FROM event WHERE account = $1 AND opportunity = $2 AND number = $3";
static const char INSERT_EVENT[] =
	"INSERT INTO event (account, opportunity, number, at, kind, step, interview, person, channel, result, says, "
	"decision_by, follow_up_after, process_weeks, back_on, address) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

static bool save_event(const Saver *saver, int index, bool stored, GError **error)
{
	const Event *event = facts_event(saver->record->facts, index);
	if (stored && !run_for(saver, DELETE_EVENT, index, error))
		return false;
	SqlQuery *query = save_query(saver, INSERT_EVENT, error);
	if (query == NULL)
		return false;
	row_bind(sql_bind_int(query, 3, index), 4, &EVENT_SHAPE, event);
	return sql_run(query, NULL, error);
}

/* The only part that is long, and whose rows change again and again: where it lies it stays. */
static const char PUT_DRAFT[] =
	"INSERT INTO draft (account, opportunity, number, step, interview, person, channel, subject, state, playbook, "
	"variant, created_at, edited_at, approved_at, body) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) "
	"ON CONFLICT (account, opportunity, number) DO UPDATE SET step = excluded.step, interview = excluded.interview, "
	"person = excluded.person, channel = excluded.channel, subject = excluded.subject, state = excluded.state, "
	"playbook = excluded.playbook, variant = excluded.variant, created_at = excluded.created_at, "
	"edited_at = excluded.edited_at, approved_at = excluded.approved_at, body = excluded.body";

static bool save_draft(const Saver *saver, int index, bool stored, GError **error)
{
	(void)stored;
	SqlQuery *query = save_query(saver, PUT_DRAFT, error);
	if (query == NULL)
		return false;
	row_bind(sql_bind_int(query, 3, index), 4, &DRAFT_SHAPE, record_draft(saver->record, index));
	return sql_run(query, NULL, error);
}

bool save_part(const Saver *saver, Part part, int index, bool stored, GError **error)
{
	static bool (*const WRITERS[PART_COUNT])(const Saver *, int, bool, GError **) = {
		[PART_PERSON] = save_person, [PART_INTERVIEW] = save_interview, [PART_DEBRIEF] = save_debrief,
		[PART_EVENT] = save_event,   [PART_DRAFT] = save_draft,
	};
	return WRITERS[part](saver, index, stored, error);
}

bool save_found(const Saver *saver, Part part, int index, bool stored, GError **error)
{
	static const FoundKind kinds[PART_COUNT] = {
		[PART_OPPORTUNITY] = FOUND_OPPORTUNITY,
		[PART_PERSON] = FOUND_PERSON,
		[PART_INTERVIEW] = FOUND_COUNT,
		[PART_DEBRIEF] = FOUND_DEBRIEF,
		[PART_EVENT] = FOUND_EVENT,
		[PART_DRAFT] = FOUND_NOTE,
		[PART_OUTBOX] = FOUND_COUNT};
	/* That a note went has no text of its own; that is most of what is saved. */
	bool silent = part == PART_EVENT && !stored && facts_event(saver->record->facts, index)->kind == EVENT_SENT;
	const PassageScope scope = {saver->record->account, saver->id, kinds[part], index, !stored};
	return kinds[part] == FOUND_COUNT || silent || passages_update(saver->store, &scope, error);
}

static const char *const DELETE_PARTS[] = {
	"DELETE FROM event WHERE account = $1 AND opportunity = $2",
	"DELETE FROM debrief_item WHERE account = $1 AND opportunity = $2",
	"DELETE FROM debrief WHERE account = $1 AND opportunity = $2",
	"DELETE FROM draft WHERE account = $1 AND opportunity = $2",
	"DELETE FROM interview_person WHERE account = $1 AND opportunity = $2",
	"DELETE FROM interview WHERE account = $1 AND opportunity = $2",
	"DELETE FROM person WHERE account = $1 AND opportunity = $2",
};

bool save_clear_parts(const Saver *saver, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(DELETE_PARTS); i++) {
		SqlQuery *query = save_query(saver, DELETE_PARTS[i], error);
		if (query == NULL || !sql_run(query, NULL, error))
			return false;
	}
	return true;
}
