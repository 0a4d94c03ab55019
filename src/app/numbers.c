/* numbers.c - see numbers.h.
 */
#include "numbers.h"

#include "ending.h"

#include <string.h>

#define HOUR_SECONDS 3600

/* A note or call that went. */
typedef struct Contact {
	const Event *event;
	int64_t answered_at; /* or TIME_NONE */
	bool bounced;
} Contact;

/* One opportunity while it is counted. */
typedef struct Tally {
	Numbers *numbers;
	const Facts *facts;
	int64_t now;
	GArray *events;   /* of const Event*, by now, in order of time */
	GArray *contacts; /* of Contact, in that order */
} Tally;

static void spans_add(Spans *spans, int64_t span)
{
	spans->count++;
	spans->of[CLAMP(span, 0, NUMBERS_SPAN_MAX)]++;
}

int spans_median(const Spans *spans)
{
	int passed = 0;
	for (int span = 0; span <= NUMBERS_SPAN_MAX && spans->count > 0; span++) {
		passed += spans->of[span];
		if (2 * passed >= spans->count)
			return span;
	}
	return -1;
}

int numbers_percent(int count, int of)
{
	return of < NUMBERS_PERCENT_MIN ? -1 : (100 * count + of / 2) / of;
}

char *numbers_say_share(int count, int of)
{
	int percent = numbers_percent(count, of);
	if (of == 0)
		return g_strdup("none yet");
	return percent < 0 ? g_strdup_printf("%d of %d", count, of)
					   : g_strdup_printf("%d %% (%d of %d)", percent, count, of);
}

/* ---- events in order ---- */

static int compare_events(const void *a, const void *b)
{
	const Event *one = *(const Event *const *)a, *other = *(const Event *const *)b;
	if (one->at != other->at)
		return one->at < other->at ? -1 : 1;
	return one < other ? -1 : one > other; /* as they were given */
}

static void list_events(Tally *tally)
{
	for (guint i = 0; i < tally->facts->events->len; i++) {
		const Event *event = facts_event(tally->facts, (int)i);
		if (event->at <= tally->now)
			g_array_append_val(tally->events, event);
	}
	g_array_sort(tally->events, compare_events);
}

static const Event *event_at(const Tally *tally, guint index)
{
	return g_array_index(tally->events, const Event *, index);
}

/* The interview that an event belongs to: the one it names, else the last that had ended; NULL where there is none. */
static const Interview *interview_of(const Facts *facts, const Event *event)
{
	const Interview *found = NULL;
	if (event->interview != NO_INTERVIEW)
		return facts_interview(facts, event->interview);
	for (guint i = 0; i < facts->interviews->len; i++) {
		const Interview *interview = facts_interview(facts, (int)i);
		if (interview->end <= event->at && (found == NULL || interview->end > found->end))
			found = interview;
	}
	return found;
}

/* They said something of themselves; an automatic reply says nothing. */
static bool is_word(const Event *event)
{
	return event->kind == EVENT_REPLY || event->kind == EVENT_OFFER || event->kind == EVENT_REJECTED ||
		   event->kind == EVENT_PROMISE;
}

/* ---- answers ---- */

static Contact *contact_at(const Tally *tally, guint index)
{
	return &g_array_index(tally->contacts, Contact, index);
}

static void note_bounce(Tally *tally, const Event *bounce)
{
	for (guint i = tally->contacts->len; i-- > 0;) {
		Contact *contact = contact_at(tally, i);
		const Event *sent = contact->event;
		if (contact->bounced || sent->step != bounce->step || sent->person != bounce->person ||
			sent->channel != bounce->channel)
			continue;
		contact->bounced = true;
		return;
	}
}

/* The last that went to that person (NOBODY: to anybody) and can still be answered. */
static Contact *find_contact(const Tally *tally, int person, int64_t at)
{
	for (guint i = tally->contacts->len; i-- > 0;) {
		Contact *contact = contact_at(tally, i);
		bool in_time = at - contact->event->at <= NUMBERS_ANSWER_DAYS * DAY_SECONDS;
		if (in_time && !contact->bounced && (person == NOBODY || contact->event->person == person))
			return contact;
	}
	return NULL;
}

static void note_answer(const Tally *tally, const Event *answer)
{
	Contact *contact = find_contact(tally, answer->person, answer->at);
	if (contact == NULL && answer->person != NOBODY)
		contact = find_contact(tally, NOBODY, answer->at);
	if (contact != NULL && contact->answered_at == TIME_NONE)
		contact->answered_at = answer->at;
}

static void note_event(Tally *tally, const Event *event)
{
	bool contact = event->kind == EVENT_SENT || (event->kind == EVENT_CALLED && event->result != CALL_NO_ANSWER);
	if (contact)
		g_array_append_val(tally->contacts, ((Contact){event, TIME_NONE, false}));
	else if (event->kind == EVENT_BOUNCED)
		note_bounce(tally, event);
	else if (is_word(event) && event->kind != EVENT_PROMISE)
		note_answer(tally, event);
}

static void count_answer(Answers *answers, const Contact *contact)
{
	answers->asked++;
	if (contact->answered_at == TIME_NONE)
		return;
	answers->answered++;
	spans_add(&answers->hours, (contact->answered_at - contact->event->at) / HOUR_SECONDS);
}

static Delay delay_of(const Interview *interview, int64_t at)
{
	int64_t passed = at - interview->end;
	return passed <= DAY_SECONDS ? DELAY_DAY : passed <= 2 * DAY_SECONDS ? DELAY_TWO_DAYS : DELAY_LATER;
}

static void count_contact(const Tally *tally, const Contact *contact)
{
	Numbers *numbers = tally->numbers;
	const Event *event = contact->event;
	if (event->kind == EVENT_SENT && event->channel == CHANNEL_EMAIL) {
		numbers->mails++;
		numbers->bounced += contact->bounced;
	}
	if (contact->bounced)
		return;
	/* Even where there is an answer: those of the same age that have none yet may still get one. */
	if (tally->now - event->at < NUMBERS_EARLY_DAYS * DAY_SECONDS) {
		numbers->early++;
		return;
	}
	count_answer(&numbers->by_step[event->step], contact);
	count_answer(&numbers->by_channel[event->kind == EVENT_CALLED ? CHANNEL_CALL : event->channel], contact);
	const Interview *interview = event->step == STEP_THANK_YOU ? interview_of(tally->facts, event) : NULL;
	if (interview != NULL)
		count_answer(&numbers->by_delay[delay_of(interview, event->at)], contact);
}

/* ---- promises ---- */

static void count_promise(const Tally *tally, Day day, int64_t given_at)
{
	Numbers *numbers = tally->numbers;
	const Zone *zone = tally->facts->zone;
	if (zone_to_day(zone, tally->now, NULL) <= day) {
		numbers->promises.open++;
		return;
	}
	for (guint i = 0; i < tally->events->len; i++) {
		const Event *event = event_at(tally, i);
		if (event->at <= given_at)
			continue;
		Day heard = zone_to_day(zone, event->at, NULL);
		if (event->kind == EVENT_WITHDRAWN && heard <= day)
			return; /* nothing was to be kept any more */
		if (!is_word(event))
			continue;
		numbers->promises.kept += heard <= day;
		numbers->promises.late += heard > day;
		if (heard > day)
			spans_add(&numbers->promises.days, heard - day);
		return;
	}
	numbers->promises.never++;
}

static void count_promises(const Tally *tally)
{
	for (guint i = 0; i < tally->facts->interviews->len; i++) {
		const Interview *interview = facts_interview(tally->facts, (int)i);
		if (interview->promise.decision_by != DAY_NONE && interview->end <= tally->now)
			count_promise(tally, interview->promise.decision_by, interview->end);
	}
	for (guint i = 0; i < tally->events->len; i++) {
		const Event *event = event_at(tally, i);
		if ((event->kind == EVENT_PROMISE || event->kind == EVENT_REPLY) && event->promise.decision_by != DAY_NONE)
			count_promise(tally, event->promise.decision_by, event->at);
	}
}

/* ---- where interviews lead ---- */

/* Of a day's interviews only the one that ended last stands for them. */
static bool ends_its_day(const Facts *facts, int index)
{
	const Interview *one = facts_interview(facts, index);
	Day day = zone_to_day(facts->zone, one->start, NULL);
	for (int i = 0; i < (int)facts->interviews->len; i++) {
		const Interview *other = facts_interview(facts, i);
		bool later = other->end > one->end || (other->end == one->end && i > index);
		if (later && zone_to_day(facts->zone, other->start, NULL) == day)
			return false;
	}
	return true;
}

/* Another one followed, whenever: on record by another day. */
static bool has_next(const Facts *facts, const Interview *interview)
{
	Day day = zone_to_day(facts->zone, interview->start, NULL);
	for (guint i = 0; i < facts->interviews->len; i++)
		if (zone_to_day(facts->zone, facts_interview(facts, (int)i)->start, NULL) > day)
			return true;
	return false;
}

static LedTo led_to_of(const Tally *tally, const Interview *interview)
{
	const Event *ending = facts_find_ending(tally->facts, tally->now);
	int64_t heard_at = interview->end;
	bool next_round = has_next(tally->facts, interview);
	for (guint i = 0; i < tally->events->len; i++) {
		const Event *event = event_at(tally, i);
		if (event->at < interview->end || !is_word(event))
			continue;
		heard_at = MAX(heard_at, event->at);
		next_round = next_round || (event->kind == EVENT_REPLY && event->says == SAYS_NEXT_ROUND);
	}
	if (next_round)
		return LED_TO_NEXT_ROUND;
	if (ending != NULL) {
		const char *word = ending_word(ending);
		return strcmp(word, "offer") == 0      ? LED_TO_OFFER
			   : strcmp(word, "rejected") == 0 ? LED_TO_REJECTION
											   : LED_TO_WITHDRAWAL;
	}
	return tally->now - heard_at >= NUMBERS_ANSWER_DAYS * DAY_SECONDS ? LED_TO_SILENCE : LED_TO_WAITING;
}

static void count_interviews(const Tally *tally)
{
	for (guint i = 0; i < tally->facts->interviews->len; i++) {
		const Interview *interview = facts_interview(tally->facts, (int)i);
		if (interview->end <= tally->now && ends_its_day(tally->facts, (int)i))
			tally->numbers->led_to[led_to_of(tally, interview)]++;
	}
}

void numbers_add(Numbers *numbers, const Facts *facts, int64_t now)
{
	g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(const Event *));
	g_autoptr(GArray) contacts = g_array_new(FALSE, FALSE, sizeof(Contact));
	Tally tally = {numbers, facts, now, events, contacts};
	numbers->opportunities++;
	list_events(&tally);
	for (guint i = 0; i < events->len; i++)
		note_event(&tally, event_at(&tally, i));
	for (guint i = 0; i < contacts->len; i++)
		count_contact(&tally, contact_at(&tally, i));
	count_promises(&tally);
	count_interviews(&tally);
}
