/* event-keys.c - the table of event-keys.h.
 *
 * It says what each kind of event is made of, and nothing about what follows from it.
 */
#include "event-keys.h"

#define ALWAYS (EVENT_BIT(AT) | EVENT_BIT(KIND))
#define NOTE (EVENT_BIT(STEP) | EVENT_BIT(TO))
#define DATES (EVENT_BIT(DECISION_BY) | EVENT_BIT(FOLLOW_UP_AFTER) | EVENT_BIT(PROCESS_WEEKS))

static const struct {
	unsigned allowed; /* besides ALWAYS */
	unsigned required;
} KEYS[EVENT_COUNT] = {
	[EVENT_SENT] = {NOTE | EVENT_BIT(INTERVIEW) | EVENT_BIT(CHANNEL), EVENT_BIT(STEP) | EVENT_BIT(CHANNEL)},
	[EVENT_CALLED] = {NOTE | EVENT_BIT(INTERVIEW) | EVENT_BIT(RESULT), EVENT_BIT(STEP) | EVENT_BIT(RESULT)},
	[EVENT_REPLY] = {EVENT_BIT(FROM) | EVENT_BIT(SAYS) | EVENT_BIT(DECISION_BY), EVENT_BIT(FROM)},
	[EVENT_AUTO_REPLY] = {EVENT_BIT(FROM) | EVENT_BIT(BACK_ON), EVENT_BIT(FROM)},
	[EVENT_BOUNCED] =
		{NOTE | EVENT_BIT(INTERVIEW) | EVENT_BIT(CHANNEL) | EVENT_BIT(ADDRESS), NOTE | EVENT_BIT(CHANNEL)},
	[EVENT_SOUNDED_OUT] = {EVENT_BIT(INTERVIEW), EVENT_BIT(INTERVIEW)},
	[EVENT_PROMISE] = {DATES, 0},
};

static const char *const NAMES[] = {
	"at",
	"kind",
	"step",
	"interview",
	"to",
	"from",
	"channel",
	"result",
	"says",
	"decision_by",
	"follow_up_after",
	"process_weeks",
	"back_on",
	"address"};
G_STATIC_ASSERT(G_N_ELEMENTS(NAMES) == EVENT_KEY_COUNT);

unsigned event_keys_allowed(EventKind kind)
{
	return KEYS[kind].allowed | ALWAYS;
}

unsigned event_keys_required(EventKind kind)
{
	return KEYS[kind].required | ALWAYS;
}

static unsigned bit_if(bool has, unsigned bit)
{
	return has ? bit : 0;
}

unsigned event_keys_of(const Event *event)
{
	unsigned person = KEYS[event->kind].allowed & EVENT_BIT(FROM) ? EVENT_BIT(FROM) : EVENT_BIT(TO);
	return ALWAYS | bit_if(event->step != WORD_NONE, EVENT_BIT(STEP)) |
		   bit_if(event->interview != NO_INTERVIEW, EVENT_BIT(INTERVIEW)) | bit_if(event->person != NOBODY, person) |
		   bit_if(event->channel != WORD_NONE && event->kind != EVENT_CALLED, EVENT_BIT(CHANNEL)) |
		   bit_if(event->result != WORD_NONE, EVENT_BIT(RESULT)) | bit_if(event->says != WORD_NONE, EVENT_BIT(SAYS)) |
		   bit_if(event->promise.decision_by != DAY_NONE, EVENT_BIT(DECISION_BY)) |
		   bit_if(event->promise.follow_up_after != DAY_NONE, EVENT_BIT(FOLLOW_UP_AFTER)) |
		   bit_if(event->promise.process_weeks != 0, EVENT_BIT(PROCESS_WEEKS)) |
		   bit_if(event->back_on != DAY_NONE, EVENT_BIT(BACK_ON)) | bit_if(event->address != NULL, EVENT_BIT(ADDRESS));
}

const char *event_key_name(EventKey key)
{
	return NAMES[key];
}

char *event_keys_list(unsigned keys)
{
	GString *list = g_string_new(NULL);
	for (int i = 0; i < EVENT_KEY_COUNT; i++) {
		if ((keys & (1u << i)) == 0)
			continue;
		bool last = keys >> i == 1;
		g_string_append_printf(list, "%s%s", list->len == 0 ? "" : last ? " or " : ", ", NAMES[i]);
	}
	return g_string_free(list, FALSE);
}
