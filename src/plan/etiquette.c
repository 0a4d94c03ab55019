/* etiquette.c - never two platforms a day, no card that comes too late, nothing after an ending.
 *
 * The order is fixed: what other rules of the playbook change, missing addresses, late cards, one platform a day, then
 * the state.
 */
#include "etiquette.h"

#define E(number) (1u << (number))
#define CHANNEL_BIT(channel) (1u << (channel))

/* What is worked out on the way to a step's state. */
typedef struct Course {
	Context context;
	Channels wanted; /* by the playbook */
	int skip;        /* SkipReason that the playbook gives */
	bool blocked;    /* no channel that it wants has an address */
	bool late;       /* a card mailed now comes after the decision */
	bool card;       /* the step is a card, or has one beside another channel */
} Course;

/* ---- the playbook's other rules ---- */

static void follow_rule(Course *course, PlanStep *step, const PlaybookRule *rule)
{
	const Choice *channels = choices_find(&rule->channels, course->context);
	const Choice *skip = choices_find(&rule->skip, course->context);
	if (channels)
		course->wanted = channels->channels;
	if (skip)
		course->skip = skip->number;
	step->must |= rule->must;
}

static void follow_playbook(const Planner *planner, Course *course, PlanStep *step)
{
	follow_rule(course, step, step->rule);
	for (uint64_t rest = planner->playbook->changers[step->kind]; rest; rest &= rest - 1) {
		const PlaybookRule *rule = &planner->playbook->rules[__builtin_ctzll(rest)];
		if (!condition_holds(&rule->when, course->context))
			continue;
		step->also |= UINT64_C(1) << rule->index;
		follow_rule(course, step, rule);
	}
	const Choice *optional = choices_find(&step->rule->optional, course->context);
	step->optional = optional && optional->flag;
}

/* ---- addresses ---- */

static unsigned need_of(int channel)
{
	switch (channel) {
	case CHANNEL_EMAIL:
		return NEED_EMAIL;
	case CHANNEL_CALL:
		return NEED_PHONE;
	case CHANNEL_CARD:
		return NEED_ADDRESS;
	default:
		return 0;
	}
}

/* The channels that cannot reach a person, as bits. */
static unsigned unreachable(const Planner *planner, int index)
{
	if (index == NOBODY)
		return 0;
	const Person *person = facts_person(planner->history->facts, index);
	unsigned bits = history_person(planner->history, index)->bounced;
	bits &= CHANNEL_BIT(CHANNEL_EMAIL) | CHANNEL_BIT(CHANNEL_CALL) | CHANNEL_BIT(CHANNEL_CARD);
	bits |= person->email ? 0 : CHANNEL_BIT(CHANNEL_EMAIL);
	bits |= person->phone ? 0 : CHANNEL_BIT(CHANNEL_CALL);
	return bits | (person->address ? 0 : CHANNEL_BIT(CHANNEL_CARD));
}

static unsigned channel_bits(const PlanStep *step)
{
	unsigned bits = 0;
	for (int i = 0; i < step->channel_count; i++)
		bits |= CHANNEL_BIT(step->channels[i]);
	return bits;
}

static void keep_channels(PlanStep *step, unsigned kept)
{
	int count = 0;
	for (int i = 0; i < step->channel_count; i++)
		if (kept & CHANNEL_BIT(step->channels[i]))
			step->channels[count++] = step->channels[i];
	step->channel_count = count;
}

static void set_channels(PlanStep *step, const Channels *wanted)
{
	for (int i = 0; i < wanted->count; i++)
		step->channels[i] = wanted->list[i];
	step->channel_count = wanted->count;
}

/* Leaves out what has no address (E9: or bounced). A step of which nothing is left keeps its channels and is blocked.
 */
static void leave_reachable(const Planner *planner, Course *course, PlanStep *step)
{
	unsigned wanted = channel_bits(step), missing = wanted & unreachable(planner, step->to);
	if (!missing)
		return;
	if (missing & history_person(planner->history, step->to)->bounced)
		step->etiquette |= E(9);
	course->blocked = missing == wanted;
	if (!course->blocked)
		keep_channels(step, ~missing);
}

/* ---- cards (E13) ---- */

/* Mailed today; before the interview is over, on the day it ends; after the step closed, on the day it closed. */
static Day mailing_day(const Planner *planner, const PlanStep *step, const Subject *subject)
{
	if (step->closes != TIME_NONE && planner->plan->now >= step->closes)
		return calendar_day(planner->calendar, step->closes);
	return planner->plan->now < subject->over ? subject->day : planner->history->today;
}

static bool is_late(const Planner *planner, const PlanStep *step, const Subject *subject)
{
	return planner->card_late_from != DAY_NONE && mailing_day(planner, step, subject) >= planner->card_late_from;
}

static void leave_out_late_card(Course *course, PlanStep *step)
{
	const unsigned card = CHANNEL_BIT(CHANNEL_CARD);
	bool beside = step->channel_count > 1 && (channel_bits(step) & card);
	course->card = step->kind == STEP_CARD || beside;
	if (!course->late || !beside || step->kind == STEP_CARD)
		return;
	keep_channels(step, ~card);
	step->etiquette |= E(13);
}

/* The midnight from which an open card comes too late. */
static int64_t late_midnight(const Planner *planner, const Course *course, const PlanStep *step, const Subject *subject)
{
	if (!course->card || course->late || planner->card_late_from == DAY_NONE || planner->plan->now < subject->over)
		return TIME_NONE;
	int64_t midnight = calendar_at(planner->calendar, planner->card_late_from, 0);
	return step->closes != TIME_NONE && midnight >= step->closes ? TIME_NONE : midnight;
}

/* ---- one platform a day (E1) ---- */

/* On which days a person was contacted. Cards do not count. */
typedef struct Contacts {
	Day latest_other; /* the latest day, not before the opening, on none of the step's channels; or DAY_NONE */
	unsigned today;   /* the channels used today */
} Contacts;

static Contacts read_contacts(const Planner *planner, const PlanStep *step, unsigned channels)
{
	const History *history = planner->history;
	Contacts contacts = {DAY_NONE, 0};
	Day opening = DAY_NONE, day = DAY_NONE;
	unsigned used = 0;
	for (int i = history_person(history, step->to)->first_contact; i >= 0; i = history_contact(history, i)->next) {
		const Contact *contact = history_contact(history, i);
		if (contact->channel == CHANNEL_CARD)
			continue;
		if (opening == DAY_NONE)
			opening = calendar_day(planner->calendar, step->opens);
		if (contact->day != day) {
			contacts.latest_other = day >= opening && !(used & channels) ? day : contacts.latest_other;
			used = 0;
		}
		day = contact->day;
		used |= CHANNEL_BIT(contact->channel);
	}
	if (day != DAY_NONE && day >= opening && !(used & channels))
		contacts.latest_other = day;
	contacts.today = day == history->today ? used : 0;
	return contacts;
}

static void hold_back(const Planner *planner, PlanStep *step, Day day, unsigned channels)
{
	bool working = step_is_ask(step->kind) || channels == CHANNEL_BIT(CHANNEL_CALL);
	Day next = working ? calendar_nth_after(planner->calendar, day, 1) : day + 1;
	int64_t at = calendar_at(planner->calendar, next, NINE_O_CLOCK);
	if (at <= step->opens)
		return;
	step->opens = at;
	step->etiquette |= E(1);
}

static void keep_to_one_platform(const Planner *planner, PlanStep *step)
{
	const unsigned card = CHANNEL_BIT(CHANNEL_CARD);
	unsigned channels = channel_bits(step);
	Contacts contacts = read_contacts(planner, step, channels);
	if (contacts.latest_other != DAY_NONE && !(channels & card))
		hold_back(planner, step, contacts.latest_other, channels);
	unsigned kept = channels & (contacts.today | card);
	if (!contacts.today || !kept || kept == channels)
		return;
	bool today =
		step->opens <= planner->plan->now || calendar_day(planner->calendar, step->opens) == planner->history->today;
	if (!today)
		return;
	keep_channels(step, kept);
	step->etiquette |= E(1);
}

/* ---- skipped, and the state ---- */

static SkipReason ending_reason(const Planner *planner, PlanStep *step)
{
	bool planned = step->rule->after_rejection || step_shapes[step->kind].target == FOR_THE_ANSWER;
	switch (planner->history->ending.kind) {
	case ENDING_OFFER:
		step->etiquette |= E(6);
		return REASON_OFFER;
	case ENDING_WITHDRAWN:
		step->etiquette |= E(6);
		return REASON_WITHDRAWN;
	case ENDING_REJECTED:
		step->etiquette |= planned ? 0 : E(7);
		return planned ? REASON_NONE : REASON_REJECTED;
	case ENDING_NONE:
		break;
	}
	return REASON_NONE;
}

static SkipReason skip_reason(const Planner *planner, const Course *course, PlanStep *step)
{
	SkipReason ending = ending_reason(planner, step);
	if (ending != REASON_NONE)
		return ending;
	bool later_round = planner->index + 1 < (int)planner->history->rounds->len;
	if (later_round && (step_is_ask(step->kind) || step->kind == STEP_ADDITIONAL_INFO)) {
		step->etiquette |= E(5);
		return REASON_NEXT_ROUND;
	}
	if (course->skip != REASON_NONE)
		return (SkipReason)course->skip;
	if (step->kind == STEP_CARD && course->late) {
		step->etiquette |= E(13);
		return REASON_LATE;
	}
	return REASON_NONE;
}

static void set_needs(PlanStep *step)
{
	for (int i = 0; i < step->channel_count; i++)
		step->needs |= need_of(step->channels[i]);
}

static StepState open_state(const PlanStep *step, int64_t now, bool blocked)
{
	if (step->closes != TIME_NONE && now >= step->closes)
		return STATE_MISSED;
	if (step->opens == TIME_NONE || now < step->opens)
		return STATE_UPCOMING;
	if (blocked)
		return STATE_BLOCKED;
	return now < step->due ? STATE_DUE : STATE_OVERDUE;
}

static void consider(Plan *plan, int64_t at)
{
	if (at > plan->now && at < plan->next_at)
		plan->next_at = at;
}

static void consider_times(Plan *plan, const PlanStep *step)
{
	if (step->state == STATE_UPCOMING)
		consider(plan, step->opens);
	if (step->state == STATE_DUE)
		consider(plan, step->due);
	if (step->state != STATE_MISSED)
		consider(plan, step->closes);
}

void etiquette_apply(const Planner *planner, PlanStep *step, const Subject *subject)
{
	Plan *plan = planner->plan;
	Course course = {.context = subject->context};
	course.late = is_late(planner, step, subject);
	course.context.flags |= course.late ? IF_BIT(IF_CARD_LATE) : 0;
	follow_playbook(planner, &course, step);
	step->context = course.context.flags;
	set_channels(step, &course.wanted);
	if (step->done_at != TIME_NONE) {
		step->state = STATE_DONE;
		return;
	}
	step->reason = skip_reason(planner, &course, step);
	if (step->reason != REASON_NONE) {
		step->state = STATE_SKIPPED;
		return;
	}
	if (step->channel_count > 0) {
		leave_reachable(planner, &course, step);
		leave_out_late_card(&course, step);
		bool closed = step->closes != TIME_NONE && plan->now >= step->closes;
		if (!closed && !course.blocked && step->to != NOBODY && step->opens != TIME_NONE)
			keep_to_one_platform(planner, step);
	}
	step->state = open_state(step, plan->now, course.blocked);
	if (step->state == STATE_BLOCKED)
		set_needs(step);
	consider_times(plan, step);
	if (step->state != STATE_MISSED)
		consider(plan, late_midnight(planner, &course, step, subject));
}
