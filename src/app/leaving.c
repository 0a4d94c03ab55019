/* leaving.c - see leaving.h: the plan says whether, the employer's working hours say when.
 */
#include "leaving.h"

#include "dispatch-gate.h"
#include "dispatch.h"
#include "note-text.h"

void leaving_clear(Leaving *leaving)
{
	g_clear_pointer(&leaving->why, g_free);
}

void leaving_find(App *app, const Case *item, int index, bool at_once, Leaving *ret_leaving)
{
	const Draft *draft = record_draft(item->record, index);
	const Facts *facts = item->record->facts;
	NoteTarget target =
		note_target_find(item->plan, facts, draft->step, draft->person, draft->interview, draft->channel);
	int64_t until = TIME_NONE;
	Leaving leaving = {.may = true};
	leaving.send_at = at_once ? app->now : dispatch_fitting_time(facts, app->now, target.opens, target.due);
	GateAnswer answer = gate_ask_plan(app, item, draft, &leaving.why, &until);
	if (answer == GATE_HOLD)
		leaving.send_at = MAX(leaving.send_at, until);
	leaving.may = answer != GATE_CANCEL;
	*ret_leaving = leaving;
}

int64_t leaving_review_at(App *app, const Case *item, int index)
{
	const Draft *draft = record_draft(item->record, index);
	const OutboxRow *row = draft->state == DRAFT_APPROVED ? case_find_outbox(item, index) : NULL;
	if (row != NULL)
		return row->send_at;
	if (draft->channel != CHANNEL_EMAIL || draft->person == NOBODY)
		return app->now;
	g_auto(Leaving) leaving = {0};
	leaving_find(app, item, index, false, &leaving);
	return leaving.may ? leaving.send_at : app->now;
}
