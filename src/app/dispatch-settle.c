/* dispatch-settle.c - what follows from what became of a note: a contact on record, the draft used or open again.
 *
 * The same whether a server said it, a person did, or the mailbox.
 */
#include "dispatch.h"

static void add_contact(Case *item, Change *change, const OutboxResult *result, EventKind kind, const char *address)
{
	Facts *facts = item->record->facts;
	const Draft *draft = record_draft(item->record, result->row->draft);
	Event event = EVENT_INIT(kind);
	event.at = result->at;
	event.step = draft->step;
	event.interview = draft->interview;
	event.person = draft->person;
	event.channel = CHANNEL_EMAIL;
	event.address = (char *)address;
	facts_add_event(facts, &event);
	change_put(change, PART_EVENT, (int)facts->events->len - 1);
}

void dispatch_apply(Case *item, Change *change, const OutboxResult *result, bool address_refused)
{
	record_outbox(item->record, result->row->number)->state = result->state;
	if (result->row->draft == NO_DRAFT)
		return;
	Draft *draft = record_draft(item->record, result->row->draft);
	DraftState before = draft->state;
	if (result->state == OUTBOX_SENT) {
		draft->state = DRAFT_USED;
		add_contact(item, change, result, EVENT_SENT, NULL);
	} else if (result->state == OUTBOX_REFUSED || result->state == OUTBOX_CANCELLED) {
		draft->state = DRAFT_OPEN;
		draft->approved_at = TIME_NONE;
	}
	if (result->state == OUTBOX_REFUSED && address_refused) {
		add_contact(item, change, result, EVENT_SENT, NULL);
		add_contact(item, change, result, EVENT_BOUNCED, result->row->to_address);
	}
	if (draft->state != before)
		change_put(change, PART_DRAFT, result->row->draft);
}

bool dispatch_settle(App *app, Case *item, const OutboxResult *result, GError **error)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
	Change *change = change_new(item->record);
	g_ptr_array_add(changes, change);
	dispatch_apply(item, change, result, false);
	case_replan(app, item);
	item->record->next_at = case_agenda_at(item);
	return store_outbox_settle(app->store, result, 1, changes, error);
}
