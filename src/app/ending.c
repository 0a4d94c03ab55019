/* ending.c - the one answer to "is it over?", for the ops that ask a person or a reviewer about it.
 *
 * The planner answers the same for its own rules; here nothing is planned.
 */
#include "ending.h"

static EventKind kind_of(const Event *event)
{
	if (event->kind != EVENT_REPLY)
		return event->kind;
	return event->says == SAYS_OFFER ? EVENT_OFFER : event->says == SAYS_REJECTION ? EVENT_REJECTED : EVENT_REPLY;
}

const Event *facts_find_ending(const Facts *facts, int64_t now)
{
	const Event *ending = NULL;
	for (guint i = 0; i < facts->events->len; i++) {
		const Event *event = facts_event(facts, (int)i);
		EventKind kind = kind_of(event);
		bool counts =
			kind == EVENT_OFFER || kind == EVENT_REJECTED || kind == EVENT_WITHDRAWN || kind == EVENT_REOPENED;
		if (counts && event->at <= now && (ending == NULL || event->at >= ending->at))
			ending = event;
	}
	return ending == NULL || ending->kind == EVENT_REOPENED ? NULL : ending;
}

bool facts_are_rejected(const Facts *facts, int64_t now)
{
	const Event *ending = facts_find_ending(facts, now);
	return ending != NULL && kind_of(ending) == EVENT_REJECTED;
}

const char *ending_word(const Event *ending)
{
	return word_text(WORDS_EVENT, (int)kind_of(ending));
}
