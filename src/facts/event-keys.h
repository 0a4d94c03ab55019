/* event-keys.h - which keys an event of each kind may have, and which it must.
 *
 * One table for the reader, which sees keys, and for the check, which sees an Event.  Private to this room.
 */
#pragma once

#include <facts/facts.h>

typedef enum {
	EVENT_KEY_AT,
	EVENT_KEY_KIND,
	EVENT_KEY_STEP,
	EVENT_KEY_INTERVIEW,
	EVENT_KEY_TO,
	EVENT_KEY_FROM,
	EVENT_KEY_CHANNEL,
	EVENT_KEY_RESULT,
	EVENT_KEY_SAYS,
	EVENT_KEY_DECISION_BY,
	EVENT_KEY_FOLLOW_UP_AFTER,
	EVENT_KEY_PROCESS_WEEKS,
	EVENT_KEY_BACK_ON,
	EVENT_KEY_ADDRESS,
	EVENT_KEY_COUNT
} EventKey;

/* Sets of keys as bits. */
#define EVENT_BIT(key) (1u << EVENT_KEY_##key)

/* The keys an event of a kind may have, "at" and "kind" among them, and those it must have. */
unsigned event_keys_allowed(EventKind kind);
unsigned event_keys_required(EventKind kind);

/* The keys that an event has, seen from its fields. Of a call, the channel is none: it follows from the kind. */
unsigned event_keys_of(const Event *event);

/* "decision_by"; static. */
const char *event_key_name(EventKey key);

/* "at, kind, step or to". Free with g_free. */
char *event_keys_list(unsigned keys);
