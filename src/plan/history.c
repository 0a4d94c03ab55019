/* history.c - walks through what happened, in the order in which it did.
 *
 * First the interviews become rounds, then bounces undo contacts, then every event is told to its round: who was
 * contacted, what was asked, what was promised, how it ended.
 */
#include "history.h"
#include "step-shape.h"

#include <string.h>

static GArray **history_arrays(History *history, int index)
{
	GArray **arrays[] = {&history->order,  &history->undone,     &history->by_start,
						 &history->by_end, &history->interviews, &history->people,
						 &history->rounds, &history->met,        &history->contacts};
	return index < (int)G_N_ELEMENTS(arrays) ? arrays[index] : NULL;
}

History *history_new(void)
{
	static const guint sizes[] = {sizeof(int),   sizeof(guint8),        sizeof(int),
								  sizeof(int),   sizeof(InterviewNote), sizeof(PersonNote),
								  sizeof(Round), sizeof(Met),           sizeof(Contact)};
	History *history = g_new0(History, 1);
	for (int i = 0; history_arrays(history, i); i++)
		*history_arrays(history, i) = g_array_sized_new(FALSE, FALSE, sizes[i], 16);
	return history;
}

void history_free(History *history)
{
	if (!history)
		return;
	for (int i = 0; history_arrays(history, i); i++)
		g_array_unref(*history_arrays(history, i));
	g_free(history);
}

/* ---- interviews and rounds ---- */

/* Sorts indexes by their keys, stable; they come almost sorted. */
static void sort_indexes(GArray *indexes, const Facts *facts, int64_t (*key)(const Facts *, int))
{
	int *list = (int *)(void *)indexes->data;
	for (guint i = 1; i < indexes->len; i++) {
		int moved = list[i];
		int64_t moved_key = key(facts, moved);
		guint j = i;
		for (; j > 0 && key(facts, list[j - 1]) > moved_key; j--)
			list[j] = list[j - 1];
		list[j] = moved;
	}
}

static int64_t start_of(const Facts *facts, int index)
{
	return facts_interview(facts, index)->start;
}

static int64_t end_of(const Facts *facts, int index)
{
	return facts_interview(facts, index)->end;
}

static int64_t time_of(const Facts *facts, int index)
{
	return facts_event(facts, index)->at;
}

static void read_interviews(History *history)
{
	const Facts *facts = history->facts;
	guint count = facts->interviews->len;
	g_array_set_size(history->interviews, count);
	g_array_set_size(history->by_start, count);
	g_array_set_size(history->by_end, count);
	for (guint i = 0; i < count; i++) {
		InterviewNote *note = &g_array_index(history->interviews, InterviewNote, i);
		*note = (InterviewNote){
			calendar_day(&history->calendar, start_of(facts, (int)i)),
			calendar_day(&history->calendar, end_of(facts, (int)i)), -1, TIME_NONE, TIME_NONE};
		g_array_index(history->by_start, int, i) = (int)i;
	}
	sort_indexes(history->by_start, facts, start_of);
	if (count > 0)
		memcpy(history->by_end->data, history->by_start->data, count * sizeof(int));
	sort_indexes(history->by_end, facts, end_of);
}

static void read_people(History *history)
{
	guint count = history->facts->people->len;
	g_array_set_size(history->people, count);
	for (guint i = 0; i < count; i++)
		g_array_index(history->people, PersonNote, i) = (PersonNote){-1, -1, -1, 0, DAY_NONE};
}

static void round_meet(History *history, Round *round, int interview)
{
	const GArray *with = facts_interview(history->facts, interview)->with;
	int index = (int)history->rounds->len - 1;
	for (guint i = 0; i < with->len; i++) {
		int person = g_array_index(with, int, i);
		PersonNote *note = &g_array_index(history->people, PersonNote, person);
		if (note->met_round == index)
			continue;
		Met met = {person, interview, note->met_round < 0};
		note->met_round = index;
		g_array_append_val(history->met, met);
		round->met_count++;
		Role role = facts_person(history->facts, person)->role;
		if (round->primary == NOBODY ||
			(role == ROLE_HIRING_MANAGER && facts_person(history->facts, round->primary)->role != ROLE_HIRING_MANAGER))
			round->primary = person;
	}
}

static Round *round_add(History *history, int place)
{
	guint index = history->rounds->len;
	g_array_set_size(history->rounds, index + 1);
	Round *round = &g_array_index(history->rounds, Round, index);
	int interview = history_by_start(history, place);
	*round = (Round){
		.first = place,
		.met_first = (int)history->met->len,
		.anchor = interview,
		.primary = NOBODY,
		.start = start_of(history->facts, interview),
		.end = end_of(history->facts, interview),
		.dates = {DAY_NONE, DAY_NONE, false},
		.thanked = TIME_NONE,
		.last_reply = TIME_NONE,
		.last_heard = TIME_NONE,
		.last_ask = -1};
	return round;
}

/* The interviews of one local date are one round. */
static void read_rounds(History *history)
{
	g_array_set_size(history->rounds, 0);
	g_array_set_size(history->met, 0);
	Round *round = NULL;
	Day day = DAY_NONE;
	for (int i = 0; i < (int)history->by_start->len; i++) {
		int interview = history_by_start(history, i);
		InterviewNote *note = &g_array_index(history->interviews, InterviewNote, interview);
		if (!round || note->day != day)
			round = round_add(history, i);
		day = note->day;
		note->round = (int)history->rounds->len - 1;
		round->count++;
		if (end_of(history->facts, interview) >= round->end) {
			round->end = end_of(history->facts, interview);
			round->anchor = interview;
		}
		round_meet(history, round, interview);
	}
	for (guint i = 0; i < history->rounds->len; i++) {
		round = &g_array_index(history->rounds, Round, i);
		round->end_day = calendar_day(&history->calendar, round->end);
	}
}

static void read_debriefs(History *history)
{
	for (guint i = 0; i < history->facts->debriefs->len; i++) {
		const Debrief *debrief = facts_debrief(history->facts, (int)i);
		if (debrief->at > history->now)
			continue;
		InterviewNote *note = &g_array_index(history->interviews, InterviewNote, debrief->interview);
		if (note->debriefed == TIME_NONE || debrief->at < note->debriefed)
			note->debriefed = debrief->at;
		if (debrief->unsaid->len > 0)
			g_array_index(history->rounds, Round, note->round).unsaid = true;
	}
}

/* ---- events in time, and what bounced ---- */

static void read_order(History *history)
{
	const Facts *facts = history->facts;
	g_array_set_size(history->order, facts->events->len);
	guint count = 0;
	bool sorted = true;
	int64_t last = TIME_NONE;
	for (guint i = 0; i < facts->events->len; i++) {
		int64_t at = time_of(facts, (int)i);
		if (at > history->now)
			continue;
		sorted &= at >= last;
		last = at;
		g_array_index(history->order, int, count++) = (int)i;
	}
	g_array_set_size(history->order, count);
	if (!sorted)
		sort_indexes(history->order, facts, time_of);
}

static bool event_is_contact(const Event *event)
{
	return event->kind == EVENT_SENT || (event->kind == EVENT_CALLED && event->result != CALL_NO_ANSWER);
}

static int event_channel(const Event *event)
{
	return event->kind == EVENT_CALLED ? CHANNEL_CALL : event->channel;
}

/* A bounce undoes the latest contact before it with the same step, person and channel, even if another already did
 * (E9). */
static void undo_contact(History *history, guint place, const Event *bounce)
{
	for (guint i = place; i-- > 0;) {
		int index = g_array_index(history->order, int, i);
		const Event *event = facts_event(history->facts, index);
		if (!event_is_contact(event) || event->step != bounce->step || event->person != bounce->person ||
			event_channel(event) != bounce->channel)
			continue;
		g_array_index(history->undone, guint8, index) = 1;
		return;
	}
}

/* What is on record for a channel that needs an address; NULL where there is nothing, or none is needed. */
static const char *address_on_record(const Person *person, int channel)
{
	switch (channel) {
	case CHANNEL_EMAIL:
		return person->email;
	case CHANNEL_CALL:
		return person->phone;
	case CHANNEL_CARD:
		return person->address;
	default:
		return NULL;
	}
}

static void note_bounced_address(History *history, const Event *bounce)
{
	const char *address = address_on_record(facts_person(history->facts, bounce->person), bounce->channel);
	if (!address)
		return;
	/* A mail server may say an address in other case than it was written. */
	bool same = !bounce->address || strcmp(bounce->address, address) == 0 ||
				(bounce->channel == CHANNEL_EMAIL && g_ascii_strcasecmp(bounce->address, address) == 0);
	if (same)
		g_array_index(history->people, PersonNote, bounce->person).bounced |= 1u << bounce->channel;
}

static void read_bounces(History *history)
{
	guint count = history->facts->events->len;
	g_array_set_size(history->undone, count);
	if (count > 0)
		memset(history->undone->data, 0, count);
	for (guint i = 0; i < history->order->len; i++) {
		const Event *event = facts_event(history->facts, g_array_index(history->order, int, i));
		if (event->kind != EVENT_BOUNCED)
			continue;
		undo_contact(history, i, event);
		if (event->person != NOBODY)
			note_bounced_address(history, event);
	}
}

/* ---- what was promised ---- */

static bool dates_given(const Dates *dates)
{
	return dates_latest(dates) != DAY_NONE;
}

/* The dates in force in a round so far: its own, else those of the round before if one of them is not before its end.
 */
static Dates dates_in_force(const History *history, int index)
{
	const Round *round = history_round(history, index);
	if (dates_given(&round->dates) || index == 0)
		return round->dates;
	Dates before = dates_in_force(history, index - 1);
	bool taken = !before.counted && dates_given(&before) && dates_latest(&before) >= round->end_day;
	return taken ? before : round->dates;
}

int64_t round_promised_opening(const Round *round, const Calendar *calendar)
{
	Day day = DAY_NONE;
	if (round->dates.decision != DAY_NONE)
		day = calendar_nth_after(calendar, round->dates.decision, 1);
	if (round->dates.follow_up != DAY_NONE)
		day = MAX(day, calendar_on_or_after(calendar, round->dates.follow_up));
	return day == DAY_NONE ? TIME_NONE : calendar_at(calendar, day, NINE_O_CLOCK);
}

static void take_over_promises(History *history)
{
	for (int i = 1; i < (int)history->rounds->len; i++) {
		Round *round = &g_array_index(history->rounds, Round, i);
		const Length *before = &round[-1].length;
		round->dates = dates_in_force(history, i);
		if (round->length.weeks == 0 && before->weeks > 0 && length_over(before) > round->end_day)
			round->length = *before;
	}
}

/* Dates that count only because something was said: unless a later one is in force, which is then given anew. */
static Dates count_date(const History *history, int round, Day counted)
{
	Dates in_force = dates_in_force(history, round);
	return dates_latest(&in_force) > counted ? in_force : (Dates){DAY_NONE, counted, true};
}

/* New dates by an event or a reply. After an ask they are a postponement. */
static void round_promise(Round *round, Dates dates, bool postpones)
{
	round->dates = dates;
	if (round->last_ask < 0 || !postpones)
		return;
	round->postponed = true;
	round->asks_made = 0;
}

static void hear_interview(History *history, int index)
{
	const Interview *interview = facts_interview(history->facts, index);
	const Promise *promise = &interview->promise;
	if (promise->decision_by == DAY_NONE && promise->follow_up_after == DAY_NONE && promise->process_weeks == 0)
		return;
	Round *round = &g_array_index(history->rounds, Round, history_interview(history, index)->round);
	Dates dates = {promise->decision_by, promise->follow_up_after, false};
	if (dates_given(&dates))
		round->dates = dates;
	if (promise->process_weeks > 0)
		round->length = (Length){promise->process_weeks, calendar_day(&history->calendar, interview->end)};
}

static void hear_promise(History *history, const Event *event, int index)
{
	Round *round = &g_array_index(history->rounds, Round, index);
	const Promise *promise = &event->promise;
	Day day = calendar_day(&history->calendar, event->at);
	Dates dates = {promise->decision_by, promise->follow_up_after, false};
	if (dates_given(&dates))
		round_promise(round, dates, true);
	else if (promise->process_weeks > 0 && round->last_ask >= 0)
		round_promise(round, count_date(history, index, day + 7 * promise->process_weeks), true);
	if (promise->process_weeks > 0)
		round->length = (Length){promise->process_weeks, day};
}

static bool is_of_round(const History *history, const Round *round, int person)
{
	for (int i = 0; i < round->met_count; i++)
		if (g_array_index(history->met, Met, round->met_first + i).person == person)
			return true;
	return false;
}

static void hear_reply(History *history, const Event *event, int index)
{
	Round *round = &g_array_index(history->rounds, Round, index);
	round->last_heard = event->at;
	if (is_of_round(history, round, event->person))
		round->last_reply = event->at;
	Dates dates = {event->promise.decision_by, event->promise.follow_up_after, false};
	bool delays = event->says == SAYS_MORE_TIME || event->says == SAYS_NEXT_ROUND;
	/* Another round asks for time only until it is on record (E4). */
	bool postpones = event->says != SAYS_NEXT_ROUND || index + 1 == (int)history->rounds->len;
	if (dates_given(&dates))
		round_promise(round, dates, postpones);
	else if (delays)
		round_promise(round, count_date(history, index, calendar_day(&history->calendar, event->at) + 7), postpones);
}

/* ---- what happened ---- */

static void end_with(History *history, EndingKind kind, const Event *event)
{
	history->ending = (Ending){kind, event->at, event->kind == EVENT_REPLY ? event->person : NOBODY};
}

static void reopen(History *history)
{
	history->ending = (Ending){ENDING_NONE, TIME_NONE, NOBODY};
	history->thanked_for_answer = history->kept_in_touch = TIME_NONE;
}

static void set_first(int64_t *at, int64_t value)
{
	if (*at == TIME_NONE)
		*at = value;
}

static void chain_contact(History *history, int person, int index)
{
	if (person == NOBODY)
		return;
	PersonNote *note = &g_array_index(history->people, PersonNote, person);
	if (note->last_contact >= 0)
		g_array_index(history->contacts, Contact, note->last_contact).next = index;
	else
		note->first_contact = index;
	note->last_contact = index;
}

static void hear_contact(History *history, const Event *event, int round_index)
{
	int index = (int)history->contacts->len;
	Contact contact = {
		event->at,
		calendar_day(&history->calendar, event->at),
		event->step,
		event->person,
		event_channel(event),
		event->kind == EVENT_CALLED ? event->result : WORD_NONE,
		round_index,
		-1};
	g_array_append_val(history->contacts, contact);
	chain_contact(history, event->person, index);
	if (event->step == STEP_THANK_FOR_ANSWER)
		set_first(&history->thanked_for_answer, event->at);
	if (event->step == STEP_KEEP_IN_TOUCH)
		set_first(&history->kept_in_touch, event->at);
	if (round_index < 0)
		return;
	Round *round = &g_array_index(history->rounds, Round, round_index);
	if (event->step == STEP_THANK_YOU)
		set_first(&round->thanked, event->at);
	if (step_is_ask(event->step)) {
		round->last_ask = index;
		round->asks_made++;
	}
}

/* Who talked it over without saying which interview meant all of the round. */
static void hear_sounded_out(History *history, const Event *event, int round_index)
{
	for (guint i = 0; i < history->interviews->len; i++) {
		InterviewNote *note = &g_array_index(history->interviews, InterviewNote, i);
		if (event->interview == NO_INTERVIEW ? note->round == round_index : event->interview == (int)i)
			set_first(&note->sounded, event->at);
	}
}

static void hear_event(History *history, int index, int round)
{
	const Event *event = facts_event(history->facts, index);
	switch (event->kind) {
	case EVENT_SENT:
	case EVENT_CALLED:
		if (event_is_contact(event) && !g_array_index(history->undone, guint8, index))
			hear_contact(history, event, round);
		break;
	case EVENT_REPLY:
		if (round >= 0)
			hear_reply(history, event, round);
		if (event->says == SAYS_OFFER || event->says == SAYS_REJECTION)
			end_with(history, event->says == SAYS_OFFER ? ENDING_OFFER : ENDING_REJECTED, event);
		break;
	case EVENT_AUTO_REPLY:
		if (event->person != NOBODY && event->back_on != DAY_NONE)
			g_array_index(history->people, PersonNote, event->person).back_on = event->back_on;
		break;
	case EVENT_SOUNDED_OUT:
		hear_sounded_out(history, event, round);
		break;
	case EVENT_PROMISE:
		if (round >= 0)
			hear_promise(history, event, round);
		break;
	case EVENT_OFFER:
		end_with(history, ENDING_OFFER, event);
		break;
	case EVENT_REJECTED:
		end_with(history, ENDING_REJECTED, event);
		break;
	case EVENT_WITHDRAWN:
		end_with(history, ENDING_WITHDRAWN, event);
		break;
	case EVENT_REOPENED:
		reopen(history);
		break;
	case EVENT_BOUNCED:
	case EVENT_COUNT:
		break;
	}
}

/* Interviews speak when they end; an event belongs to the interview it names, else to the last that had ended, else to
 * the first round. */
static void walk(History *history)
{
	const Facts *facts = history->facts;
	const int *by_end = (const int *)(void *)history->by_end->data;
	int round = history->rounds->len > 0 ? 0 : -1;
	guint ended = 0, count = history->by_end->len;
	for (guint i = 0; i < history->order->len; i++) {
		int index = g_array_index(history->order, int, i);
		const Event *event = facts_event(facts, index);
		for (; ended < count && end_of(facts, by_end[ended]) <= event->at; ended++) {
			hear_interview(history, by_end[ended]);
			round = history_interview(history, by_end[ended])->round;
		}
		bool named = event->interview != NO_INTERVIEW;
		hear_event(history, index, named ? history_interview(history, event->interview)->round : round);
	}
	for (; ended < count && end_of(facts, by_end[ended]) <= history->now; ended++)
		hear_interview(history, by_end[ended]);
}

void history_read(History *history, const Facts *facts, int64_t now)
{
	history->facts = facts;
	history->calendar = calendar_of(facts);
	history->now = now;
	history->today = calendar_day(&history->calendar, now);
	reopen(history);
	g_array_set_size(history->contacts, 0);
	read_people(history);
	read_interviews(history);
	read_rounds(history);
	read_debriefs(history);
	read_order(history);
	read_bounces(history);
	walk(history);
	take_over_promises(history);
}
