/* import-application.c - a row of a tracker as an opportunity, with how it ended and whom it names.
 */
#include "ending.h"
#include "import-job.h"
#include "intake.h"

#include <base/limits.h>

enum { NOON = 12 * 3600 };

/* The event that a status stands for; WORD_NONE where it is no ending. */
static int ending_of(int status)
{
	switch (status) {
	case STATUS_OFFER:
		return EVENT_OFFER;
	case STATUS_REJECTED:
		return EVENT_REJECTED;
	case STATUS_WITHDRAWN:
		return EVENT_WITHDRAWN;
	default:
		return WORD_NONE;
	}
}

/* When it ended is not said: the latest day of the row that is over. */
static int64_t ended_at(const ImportJob *job, const Facts *facts, const Item *item)
{
	const Day days[] = {item->applied, item->interviewed};
	int64_t at = TIME_NONE;
	for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
		int64_t noon = days[i] == DAY_NONE ? TIME_NONE : zone_to_instant(facts->zone, days[i], NOON);
		if (noon != TIME_NONE && noon <= job->app->now)
			at = MAX(at, noon);
	}
	return at == TIME_NONE ? job->app->now : at;
}

static bool put_ending(ImportJob *job, ImportRow *row, GError **error)
{
	Facts *facts = row->target->item->record->facts;
	int kind = ending_of(row->item->status);
	if (kind == WORD_NONE || facts_find_ending(facts, job->app->now) != NULL || facts->events->len >= LIMIT_EVENTS)
		return true;
	if (!import_touch(job, row->target, error))
		return false;
	Event event = EVENT_INIT((EventKind)kind);
	event.at = ended_at(job, facts, row->item);
	facts_add_event(facts, &event);
	if (row->action == IMPORT_SAME)
		row->action = IMPORT_UPDATE;
	return true;
}

static bool put_people(ImportJob *job, ImportRow *row, GError **error)
{
	for (guint i = 0; i < row->item->people->len; i++) {
		const ItemPerson *person = g_ptr_array_index(row->item->people, i);
		ImportAction action = IMPORT_SAME;
		g_autofree char *name = import_name_of(person);
		if (name == NULL)
			continue;
		if (!import_put_person(job, row->target, person, ROLE_OTHER, NULL, &action, error))
			return false;
		if (action != IMPORT_SAME && row->action == IMPORT_SAME)
			row->action = IMPORT_UPDATE;
	}
	return true;
}

static bool put_position(ImportJob *job, ImportRow *row, GError **error)
{
	Facts *facts = row->target->item->record->facts;
	if (facts->position != NULL || row->item->position == NULL)
		return true;
	if (!import_touch(job, row->target, error))
		return false;
	facts->position = g_strdup(row->item->position);
	if (row->action == IMPORT_SAME)
		row->action = IMPORT_UPDATE;
	return true;
}

/* The opportunity of the row, or a new one. */
static bool open_target(ImportJob *job, ImportRow *row, GError **error)
{
	const Item *item = row->item;
	row->action = IMPORT_SAME;
	if (!import_find(job, item->company, item->position, false, &row->target, error))
		return false;
	if (row->target != NULL)
		return true;
	if (!import_add_target(job, item->company, NULL, &row->target, error) ||
		!import_load_invitations(job, row->target, error))
		return false;
	Record *record = row->target->item->record;
	if (item->applied != DAY_NONE)
		record->created_at = MIN(zone_to_instant(record->facts->zone, item->applied, NOON), job->app->now);
	row->action = IMPORT_NEW;
	return true;
}

static void describe(ImportRow *row)
{
	static const char *const statuses[STATUS_COUNT] = {"saved", "applied",  "interview",
													   "offer", "rejected", "withdrawn"};
	const Item *item = row->item;
	char day[DAY_TEXT_BYTES];
	GString *text = g_string_new(item->company);
	if (item->position != NULL)
		g_string_append_printf(text, " (%s)", item->position);
	if (item->status != STATUS_NONE)
		g_string_append_printf(text, ", %s", statuses[item->status]);
	if (item->applied != DAY_NONE)
		g_string_append_printf(
			text, "%s%s", item->status == STATUS_APPLIED ? " " : ", applied ", day_format(item->applied, day));
	row->what = g_string_free(text, FALSE);
}

bool import_application(ImportJob *job, ImportRow *row, GError **error)
{
	g_autoptr(GError) fault = NULL;
	describe(row);
	if (row->item->error != NULL)
		return import_cannot(row, "%s", row->item->error);
	if (open_target(job, row, &fault) && put_position(job, row, &fault) && put_people(job, row, &fault) &&
		put_ending(job, row, &fault))
		return true;
	if (fault->code == BASE_ERROR_INVALID)
		return import_cannot(row, "%s", fault->message);
	g_propagate_error(error, g_steal_pointer(&fault));
	return false;
}
