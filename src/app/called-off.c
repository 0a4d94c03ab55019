/* called-off.c - see called-off.h.
 *
 * Interviews are named by their number: what is behind the one that goes moves up by one.
 */
#include "called-off.h"

bool interview_is_debriefed(const Facts *facts, int interview)
{
	for (guint i = 0; i < facts->debriefs->len; i++)
		if (facts_debrief(facts, (int)i)->interview == interview)
			return true;
	return false;
}

bool interview_has_history(const Facts *facts, int interview)
{
	for (guint i = 0; i < facts->events->len; i++)
		if (facts_event(facts, (int)i)->interview == interview)
			return true;
	return interview_is_debriefed(facts, interview);
}

static const Event *find_contact(const Facts *facts, int interview)
{
	for (guint i = 0; i < facts->events->len; i++) {
		const Event *event = facts_event(facts, (int)i);
		bool contact = event->kind == EVENT_SENT || (event->kind == EVENT_CALLED && event->result != CALL_NO_ANSWER);
		if (contact && event->interview == interview)
			return event;
	}
	return NULL;
}

static bool refuse_contact(App *app, const Case *item, const Event *contact, GError **error)
{
	const Facts *facts = item->record->facts;
	const char *name = contact->person == NOBODY ? "somebody" : facts_person(facts, contact->person)->name;
	g_autofree char *handle = say_handle(app, item->record), *what = say_contact(contact->step, name, contact->channel);
	g_autofree char *id = shell_word(facts_interview(facts, contact->interview)->id);
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "called-off",
		"It stays on record, because of it went the %s; if it was at another time: followup interview %s \"WHEN\" --id "
		"%s; if nothing went and that is what was recorded last: followup log %s --undo",
		what, handle, id, handle);
}

/* A note that may be gone already is asked about first. */
static bool check_on_its_way(App *app, const Case *item, int interview, GError **error)
{
	for (guint i = 0; i < item->record->outbox->len; i++) {
		const OutboxRow *row = record_outbox(item->record, (int)i);
		const Draft *draft = row->draft == NO_DRAFT ? NULL : record_draft(item->record, row->draft);
		if (draft == NULL || draft->interview != interview)
			continue;
		if (row->state == OUTBOX_SENDING)
			return base_error_set(
				error, BASE_ERROR_TEMPORARY, "called-off", "A note of it is being sent at this moment; try again.");
		if (row->state != OUTBOX_UNKNOWN)
			continue;
		g_autofree char *handle = say_handle(app, item->record);
		g_autofree char *person = say_person_handle(item->record->facts, draft->person);
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "called-off",
			"It is not known whether a note of it went; say that first: followup settle %s %s sent, or not-sent.",
			handle, person);
	}
	return true;
}

bool interview_check_unsent(App *app, const Case *item, int interview, GError **error)
{
	const Event *contact = find_contact(item->record->facts, interview);
	if (contact != NULL)
		return refuse_contact(app, item, contact, error);
	return check_on_its_way(app, item, interview, error);
}

static int without(int index, int gone)
{
	return index == gone ? NO_INTERVIEW : index > gone ? index - 1 : index;
}

static void take_back(const Record *record, Change *change, int draft)
{
	for (guint i = 0; i < record->outbox->len; i++) {
		const OutboxRow *row = record_outbox(record, (int)i);
		if (row->draft == draft &&
			(row->state == OUTBOX_READY || row->state == OUTBOX_RETRY || row->state == OUTBOX_CLAIMED))
			change_cancel_outbox(change, (int)i, "the interview was called off");
	}
}

static void discard_notes(const Record *record, Change *change, int gone)
{
	for (guint i = 0; i < record->drafts->len; i++) {
		Draft *draft = record_draft(record, (int)i);
		if (draft->interview == gone && (draft->state == DRAFT_OPEN || draft->state == DRAFT_APPROVED))
			draft->state = DRAFT_DISCARDED;
		if (draft->interview == gone)
			take_back(record, change, (int)i);
		draft->interview = without(draft->interview, gone);
	}
}

static void renumber_events(Facts *facts, int gone)
{
	for (guint i = facts->events->len; i-- > 0;) {
		Event *event = facts_event(facts, (int)i);
		if (event->kind == EVENT_SOUNDED_OUT && event->interview == gone)
			g_array_remove_index(facts->events, i);
		else
			event->interview = without(event->interview, gone);
	}
}

static void renumber_debriefs(Facts *facts, int gone)
{
	for (guint i = facts->debriefs->len; i-- > 0;) {
		Debrief *debrief = facts_debrief(facts, (int)i);
		if (debrief->interview == gone)
			g_array_remove_index(facts->debriefs, i);
		else
			debrief->interview = without(debrief->interview, gone);
	}
}

void interview_remove(Case *item, Change *change, int gone)
{
	Facts *facts = item->record->facts;
	change_put_all(change);
	discard_notes(item->record, change, gone);
	renumber_events(facts, gone);
	renumber_debriefs(facts, gone);
	g_array_remove_index(facts->interviews, (guint)gone);
}
