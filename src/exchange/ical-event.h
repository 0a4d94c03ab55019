/* ical-event.h - one event of a calendar, from its lines to an item.
 *
 * For the files of this room only.
 */
#pragma once

#include "content-line.h"
#include "problem.h"
#include "zone-book.h"

#include <exchange/read.h>

typedef struct EventDraft EventDraft;

/* What an event is read with; all borrowed. */
typedef struct EventSetting {
	const ReadRequest *request;
	ZoneBook *book;
	Problems *problems;
	ItemMethod method;
} EventSetting;

EventDraft *event_draft_new(const EventSetting *setting, int line);
void event_draft_free(EventDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EventDraft, event_draft_free)

/* Takes in one of its properties; what it cannot use it passes over, what it cannot read is a problem. */
void event_draft_add(EventDraft *draft, const ContentLine *line);

/* The item that follows from all its lines; the caller owns it. */
Item *event_draft_finish(EventDraft *draft);

/* Whether it replaces all later instances of its series too (RANGE=THISANDFUTURE). */
bool event_draft_is_range(const EventDraft *draft);
