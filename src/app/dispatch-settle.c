/* dispatch-settle.c - what follows from what became of a note: a contact on record, the draft used or open again.
 *
 * The same whether a server said it or a person did.  Saves nothing.
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
