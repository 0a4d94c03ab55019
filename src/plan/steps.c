/* steps.c - goes through the rounds and makes what the playbook asks for.
 *
 * For a round: the steps of each interview, of each person (the card before the thank-you, which may mention it), of
 * the round, then its asks, one after the other.  How a step is kept to etiquette is etiquette.c's.
 */
#include "steps.h"
#include "etiquette.h"
#include "history.h"
#include "planner.h"

#include <string.h>

/* ---- making a step ---- */

/* Of the rules for a kind the first whose condition holds. */
static const PlaybookRule *find_maker(const Playbook *playbook, StepKind kind, Context context)
{
	for (uint64_t rest = playbook->makers[kind]; rest; rest &= rest - 1) {
		const PlaybookRule *rule = &playbook->rules[__builtin_ctzll(rest)];
		if (condition_holds(&rule->when, context))
			return rule;
	}
	return NULL;
}

static PlanStep *add_step(Planner *planner, const PlaybookRule *rule, const Subject *subject)
{
	GArray *steps = planner->plan->steps;
	g_array_set_size(steps, steps->len + 1);
	PlanStep *step = &g_array_index(steps, PlanStep, steps->len - 1);
	*step = (PlanStep){
		.kind = subject->kind,
		.interview = subject->interview,
		.to = subject->person,
		.about = NOBODY,
		.attempt = 1,
		.opens = TIME_NONE,
		.due = TIME_NONE,
		.closes = TIME_NONE,
		.done_at = subject->done_at,
		.rule = rule,
		.basis = TIME_NONE,
		.planned = TIME_NONE,
		.round = planner->index,
		.context = subject->context.flags};
	return step;
}

static int64_t get_moment(const Planner *planner, const Choices *choices, const Subject *subject)
{
	const Choice *choice = choices_find(choices, subject->context);
	return choice ? moment_get(&choice->moment, &subject->anchors, planner->calendar, planner->interval) : TIME_NONE;
}

static int64_t default_due(const Planner *planner, int64_t opens)
{
	Day first = calendar_on_or_after(planner->calendar, calendar_day(planner->calendar, opens));
	return calendar_at(planner->calendar, calendar_nth_after(planner->calendar, first, 1), 17 * 3600);
}

/* What follows from when a step opens. */
static void time_step(Planner *planner, PlanStep *step, Subject *subject)
{
	const PlaybookRule *rule = step->rule;
	subject->anchors.at[ANCHOR_OPENING] = step->opens;
	if (step->opens != TIME_NONE)
		step->due = rule->due.count > 0 ? get_moment(planner, &rule->due, subject) : TIME_NONE;
	if (step->opens != TIME_NONE && step->due == TIME_NONE)
		step->due = default_due(planner, step->opens);
	const StepShape *shape = &step_shapes[step->kind];
	if (rule->closes.count > 0)
		step->closes = get_moment(planner, &rule->closes, subject);
	else if (shape->closes && subject->anchors.at[shape->closes_from] != TIME_NONE)
		step->closes = subject->anchors.at[shape->closes_from] + (int64_t)shape->closes_days * DAY_SECONDS;
}

/* Makes the step of a kind for a subject, if the playbook has one; borrowed until the next is made. */
static const PlanStep *make_step(Planner *planner, StepKind kind, Subject *subject)
{
	const PlaybookRule *rule = find_maker(planner->playbook, kind, subject->context);
	if (!rule)
		return NULL;
	subject->kind = kind;
	PlanStep *step = add_step(planner, rule, subject);
	const Choice *opens = choices_find(&rule->opens, subject->context);
	if (opens) {
		step->opens = moment_get(&opens->moment, &subject->anchors, planner->calendar, planner->interval);
		step->basis =
			opens->moment.anchor < ANCHOR_DECISION_DATE ? subject->anchors.at[opens->moment.anchor] : TIME_NONE;
		step->planned = step->opens;
	}
	time_step(planner, step, subject);
	etiquette_apply(planner, step, subject);
	return step;
}

/* ---- interviews ---- */

static void plan_interview(Planner *planner, int index)
{
	const History *history = planner->history;
	const Interview *interview = facts_interview(history->facts, index);
	const InterviewNote *note = history_interview(history, index);
	Subject subject = {
		.interview = index,
		.person = NOBODY,
		.over = interview->end,
		.day = note->end_day,
		.done_at = TIME_NONE,
		.context = planner->context,
		.anchors = planner->anchors};
	subject.context.flags = (subject.context.flags & ~IF_KINDS) | IF_BIT(interview->kind);
	subject.anchors.at[ANCHOR_START] = interview->start;
	subject.anchors.at[ANCHOR_END] = interview->end;
	subject.anchors.at[ANCHOR_DEBRIEF] = note->debriefed;
	if (planner->plan->now < interview->start)
		make_step(planner, STEP_PREPARE_CLOSE, &subject);
	subject.done_at = note->debriefed;
	make_step(planner, STEP_DEBRIEF, &subject);
	subject.done_at = note->sounded;
	make_step(planner, STEP_SOUND_OUT, &subject);
}

/* ---- people ---- */

/* When a person was first contacted for a step: in a round, or in any where round is -1. TIME_NONE if never. */
static int64_t find_contact(const History *history, int person, StepKind kind, int round)
{
	for (int i = history_person(history, person)->first_contact; i >= 0;) {
		const Contact *contact = history_contact(history, i);
		if (contact->kind == (int)kind && (round < 0 || contact->round == round))
			return contact->at;
		i = contact->next;
	}
	return TIME_NONE;
}

/* Who can be asked for an address: the first recruiter or HR person on record but the one it is about. */
static int find_helper(const Facts *facts, int about)
{
	for (int i = 0; i < (int)facts->people->len; i++) {
		Role role = facts_person(facts, i)->role;
		if (i != about && (role == ROLE_RECRUITER || role == ROLE_HR))
			return i;
	}
	return NOBODY;
}

static uint32_t card_flags(const PlanStep *card)
{
	if (!card)
		return 0;
	bool along = card->state == STATE_UPCOMING || card->state == STATE_DUE || card->state == STATE_OVERDUE;
	if (card->state == STATE_DONE)
		return IF_BIT(IF_CARD_GOES_ALONG) | IF_BIT(IF_CARD_SENT);
	return along ? IF_BIT(IF_CARD_GOES_ALONG) : 0;
}

static void ask_for_address(Planner *planner, Subject *subject)
{
	int about = subject->person;
	guint before = planner->plan->steps->len;
	subject->context.flags |= IF_BIT(IF_THANK_YOU_BLOCKED);
	subject->person = find_helper(planner->history->facts, about);
	subject->done_at = TIME_NONE;
	make_step(planner, STEP_GET_CONTACT, subject);
	if (planner->plan->steps->len > before)
		g_array_index(planner->plan->steps, PlanStep, before).about = about;
}

static Subject person_subject(const Planner *planner, const Met *met)
{
	const History *history = planner->history;
	const Interview *interview = facts_interview(history->facts, met->interview);
	Subject subject = {
		.interview = met->interview,
		.person = met->person,
		.over = interview->end,
		.day = history_interview(history, met->interview)->end_day,
		.context = planner->context,
		.anchors = planner->anchors};
	uint32_t *flags = &subject.context.flags;
	*flags = (*flags & ~IF_KINDS) | IF_BIT(interview->kind);
	*flags |= facts_person(history->facts, met->person)->address ? IF_BIT(IF_POSTAL_ADDRESS) : 0;
	*flags |= met->first_met ? IF_BIT(IF_FIRST_MET) : 0;
	*flags |= met->person == planner->round->primary ? IF_BIT(IF_PRIMARY) : 0;
	subject.anchors.at[ANCHOR_START] = interview->start;
	subject.anchors.at[ANCHOR_END] = interview->end;
	subject.anchors.at[ANCHOR_DEBRIEF] = history_interview(history, met->interview)->debriefed;
	return subject;
}

static void plan_person(Planner *planner, const Met *met)
{
	const History *history = planner->history;
	Subject subject = person_subject(planner, met);
	int64_t thanked = find_contact(history, met->person, STEP_THANK_YOU, planner->index);
	subject.anchors.at[ANCHOR_THANK_YOU] = thanked;
	subject.context.flags &= ~IF_BIT(IF_THANKED);
	subject.context.flags |= thanked != TIME_NONE ? IF_BIT(IF_THANKED) : 0;

	subject.done_at = find_contact(history, met->person, STEP_CARD, planner->index);
	subject.context.flags |= card_flags(make_step(planner, STEP_CARD, &subject));
	subject.done_at = thanked;
	const PlanStep *thanks = make_step(planner, STEP_THANK_YOU, &subject);
	bool blocked = thanks && thanks->state == STATE_BLOCKED;
	subject.done_at = find_contact(history, met->person, STEP_CONNECT, -1);
	make_step(planner, STEP_CONNECT, &subject);
	if (blocked)
		ask_for_address(planner, &subject);
}

/* ---- the round ---- */

static Subject round_subject(const Planner *planner)
{
	const Round *round = planner->round;
	return (Subject){
		.interview = round->anchor,
		.person = round->primary,
		.over = round->end,
		.day = round->end_day,
		.done_at = TIME_NONE,
		.context = planner->context,
		.anchors = planner->anchors};
}

/* A round with nobody in it: what went out with no addressee was for its primary contact. */
static int64_t find_contact_with_nobody(const History *history, StepKind kind, int round)
{
	for (guint i = 0; i < history->contacts->len; i++) {
		const Contact *contact = history_contact(history, (int)i);
		if (contact->person == NOBODY && contact->kind == (int)kind && contact->round == round)
			return contact->at;
	}
	return TIME_NONE;
}

static void plan_additional_info(Planner *planner)
{
	if (!planner->playbook->makers[STEP_ADDITIONAL_INFO])
		return;
	Subject subject = round_subject(planner);
	subject.done_at = subject.person == NOBODY
						  ? find_contact_with_nobody(planner->history, STEP_ADDITIONAL_INFO, planner->index)
						  : find_contact(planner->history, subject.person, STEP_ADDITIONAL_INFO, planner->index);
	make_step(planner, STEP_ADDITIONAL_INFO, &subject);
}

/* ---- asks ---- */

/* The rule that an ask made as the count-th of the round is shown under; NULL where the playbook has none of its kind.
 */
static const PlaybookRule *find_ask_rule(const Planner *planner, int kind, int count)
{
	const Playbook *playbook = planner->playbook;
	const Choices *asks = count <= playbook->asks.count ? &playbook->asks.asks[count - 1] : NULL;
	for (int i = 0; asks && i < asks->count; i++)
		if (playbook->rules[asks->items[i].number].step == kind)
			return &playbook->rules[asks->items[i].number];
	uint64_t makers = playbook->makers[kind];
	return makers ? &playbook->rules[__builtin_ctzll(makers)] : NULL;
}

/* Each ask that was made is a done step of its own. Counts them by kind. */
static void plan_asks_made(Planner *planner, int attempts[STEP_COUNT])
{
	const History *history = planner->history;
	int count = 0;
	for (int i = 0; planner->round->last_ask >= 0 && i <= planner->round->last_ask; i++) {
		const Contact *contact = history_contact(history, i);
		if (contact->round != planner->index || !step_is_ask(contact->kind))
			continue;
		Subject subject = round_subject(planner);
		subject.kind = (StepKind)contact->kind;
		subject.done_at = contact->at;
		PlanStep *step = add_step(planner, find_ask_rule(planner, contact->kind, ++count), &subject);
		step->attempt = ++attempts[contact->kind];
		step->state = STATE_DONE;
		step->channels[step->channel_count++] = (Channel)contact->channel;
		step->must = step->rule ? step->rule->must : 0;
	}
}

/* A step opens no sooner than an instant; notes the etiquette that moved it. */
static void hold_back(PlanStep *step, int64_t at, int etiquette)
{
	if (step->opens == TIME_NONE || at == TIME_NONE || at <= step->opens)
		return;
	step->opens = at;
	step->etiquette |= 1u << etiquette;
}

/* After a postponement the first ask opens by the promise alone; else by its rule, and no sooner than its "not-before".
 */
static void open_ask(Planner *planner, PlanStep *step, const Subject *subject)
{
	int64_t promised = round_promised_opening(planner->round, planner->calendar);
	const Choice *opens = choices_find(&step->rule->opens, subject->context);
	if (subject->context.flags & IF_BIT(IF_POSTPONED)) {
		step->opens = promised;
		step->etiquette |= 1u << 4;
	} else if (opens) {
		Anchor anchor = opens->moment.anchor;
		step->opens = moment_get(&opens->moment, &subject->anchors, planner->calendar, planner->interval);
		step->basis = anchor < ANCHOR_DECISION_DATE ? subject->anchors.at[anchor] : TIME_NONE;
		bool answered = (subject->context.flags & IF_BIT(IF_ANSWERED)) && anchor == ANCHOR_LAST_WORD;
		step->etiquette |= answered ? 1u << 3 : 0;
		hold_back(step, get_moment(planner, &step->rule->not_before, subject), 3);
	}
	step->planned = step->opens;
	hold_back(step, promised, 2);
	Day back_on = step->to != NOBODY ? history_person(planner->history, step->to)->back_on : DAY_NONE;
	if (back_on != DAY_NONE)
		hold_back(
			step, calendar_at(planner->calendar, calendar_nth_after(planner->calendar, back_on, 1), NINE_O_CLOCK), 10);
}

/* The one ask that is open, upcoming or missed; NULL where the list is at its end. Borrowed until the next step is
 * made. */
static const PlanStep *plan_next_ask(Planner *planner, const int attempts[STEP_COUNT])
{
	const Playbook *playbook = planner->playbook;
	const Round *round = planner->round;
	const AskList *list = round->postponed ? &playbook->postponed : &playbook->asks;
	if (round->asks_made >= list->count)
		return NULL;
	Subject subject = round_subject(planner);
	subject.context.flags |= round->postponed && round->asks_made == 0 ? IF_BIT(IF_POSTPONED) : 0;
	const Choice *choice = choices_find(&list->asks[round->asks_made], subject.context);
	const PlaybookRule *rule = &playbook->rules[choice->number];
	subject.kind = (StepKind)rule->step;
	PlanStep *step = add_step(planner, rule, &subject);
	step->attempt = attempts[rule->step] + 1;
	open_ask(planner, step, &subject);
	time_step(planner, step, &subject);
	etiquette_apply(planner, step, &subject);
	return step;
}

/* ---- when to stop ---- */

static int64_t wait_end(const Planner *planner, int64_t since)
{
	const Playbook *playbook = planner->playbook;
	Day day = calendar_day(planner->calendar, since);
	if (playbook->wait_kind == WAIT_BUSINESS_DAYS)
		day = calendar_nth_after(planner->calendar, day, playbook->wait);
	else
		day = calendar_on_or_after(
			planner->calendar, day + (playbook->wait_kind == WAIT_INTERVAL ? planner->interval : playbook->wait));
	return calendar_at(planner->calendar, day, NINE_O_CLOCK);
}

/* When it is time to move on (E8), given the last round's ask that is not made, if there is one. */
static int64_t move_on_time(const Planner *planner, const PlanStep *ask)
{
	const Round *round = planner->round;
	bool missed = ask && ask->state == STATE_MISSED;
	bool open = ask && !missed && ask->state != STATE_SKIPPED;
	if (planner->playbook->wait_kind == WAIT_NEVER || open || (!missed && round->last_ask < 0))
		return TIME_NONE;
	int64_t at = missed ? ask->closes : TIME_NONE;
	int64_t last_ask = round->last_ask >= 0 ? history_contact(planner->history, round->last_ask)->at : TIME_NONE;
	int64_t since = MAX(last_ask, round->last_heard);
	if (since != TIME_NONE)
		at = MAX(at, wait_end(planner, since));
	if (round->length.weeks > 0) {
		Day day = calendar_on_or_after(planner->calendar, length_over(&round->length) + 7);
		at = MAX(at, calendar_at(planner->calendar, day, NINE_O_CLOCK));
	}
	return at;
}

static void plan_asks(Planner *planner)
{
	int attempts[STEP_COUNT] = {0};
	plan_asks_made(planner, attempts);
	const PlanStep *ask = plan_next_ask(planner, attempts);
	bool last = planner->index + 1 == (int)planner->history->rounds->len;
	if (last && planner->history->ending.kind == ENDING_NONE)
		planner->plan->move_on_at = move_on_time(planner, ask);
}

/* ---- after a rejection ---- */

static void plan_answer(Planner *planner)
{
	const History *history = planner->history;
	Subject subject = round_subject(planner);
	if (history->ending.person != NOBODY)
		subject.person = history->ending.person;
	subject.anchors.at[ANCHOR_ANSWER] = history->ending.at;
	subject.done_at = history->thanked_for_answer;
	make_step(planner, STEP_THANK_FOR_ANSWER, &subject);
	subject.done_at = history->kept_in_touch;
	make_step(planner, STEP_KEEP_IN_TOUCH, &subject);
}

/* ---- rounds ---- */

static uint32_t opportunity_flags(const Facts *facts)
{
	uint32_t flags = facts->pace == PACE_FAST ? IF_BIT(IF_FAST_PACE) : 0;
	flags |= facts->stage == STAGE_EARLY ? IF_BIT(IF_EARLY) : 0;
	return flags | (facts->stage == STAGE_NEAR_END ? IF_BIT(IF_NEAR_END) : 0);
}

static uint32_t promise_flags(const Round *round)
{
	uint32_t flags = round->dates.decision != DAY_NONE ? IF_BIT(IF_DECISION_DATE) | IF_BIT(IF_DATES) : 0;
	flags |= round->dates.follow_up != DAY_NONE ? IF_BIT(IF_FOLLOW_UP_DATE) | IF_BIT(IF_DATES) : 0;
	flags |= round->dates.counted ? IF_BIT(IF_COUNTED_DATE) : 0;
	return flags | (round->length.weeks > 0 ? IF_BIT(IF_LENGTH) : 0);
}

/* What was said last, by whom, and how. */
static uint32_t talk_flags(const Planner *planner)
{
	const Round *round = planner->round;
	uint32_t flags = round->unsaid ? IF_BIT(IF_UNSAID) : 0;
	flags |= round->thanked != TIME_NONE ? IF_BIT(IF_THANKED) : 0;
	if (round->last_reply != TIME_NONE && round->last_reply == planner->anchors.at[ANCHOR_LAST_WORD])
		flags |= IF_BIT(IF_ANSWERED);
	if (round->last_ask < 0)
		return flags;
	const Contact *ask = history_contact(planner->history, round->last_ask);
	flags |= ask->result == CALL_CALL_BACK ? IF_BIT(IF_CALL_BACK) : 0;
	flags |= ask->result == CALL_WILL_CONTACT ? IF_BIT(IF_WILL_CONTACT) : 0;
	if ((flags & IF_BIT(IF_ANSWERED)) && calendar_day(planner->calendar, round->last_reply) > ask->day)
		flags |= IF_BIT(IF_ANSWERED_LATER);
	return flags;
}

static void set_anchors(Planner *planner)
{
	const Round *round = planner->round;
	int64_t *at = planner->anchors.at;
	for (int i = 0; i < ANCHOR_COUNT; i++)
		at[i] = TIME_NONE;
	at[ANCHOR_ROUND_END] = round->end;
	at[ANCHOR_FIRST_THANK_YOU] = round->thanked;
	at[ANCHOR_LAST_REPLY] = round->last_reply;
	if (round->last_ask >= 0)
		at[ANCHOR_LAST_ASK] = history_contact(planner->history, round->last_ask)->at;
	int64_t ours = at[ANCHOR_LAST_ASK] != TIME_NONE ? at[ANCHOR_LAST_ASK] : round->thanked;
	at[ANCHOR_LAST_WORD] = MAX(ours != TIME_NONE ? ours : round->end, round->last_reply);
	if (round->dates.decision != DAY_NONE)
		at[ANCHOR_DECISION_DATE] = round->dates.decision;
	if (round->dates.follow_up != DAY_NONE)
		at[ANCHOR_FOLLOW_UP_DATE] = round->dates.follow_up;
}

/* A card arrives on the third business day after it is mailed (E13): from which day on that is after the decision. */
static Day card_late_from(const Planner *planner)
{
	Day decision = planner->round->dates.decision;
	return decision == DAY_NONE ? DAY_NONE : calendar_nth_before(planner->calendar, decision + 1, 3);
}

static void enter_round(Planner *planner, int index)
{
	const Facts *facts = planner->history->facts;
	const Round *round = history_round(planner->history, index);
	planner->round = round;
	planner->index = index;
	set_anchors(planner);
	InterviewKind kind = facts_interview(facts, round->anchor)->kind;
	planner->context.flags = opportunity_flags(facts) | promise_flags(round) | talk_flags(planner) | IF_BIT(kind);
	planner->context.weeks = round->length.weeks;
	const Choice *interval = choices_find(&planner->playbook->interval, planner->context);
	planner->interval = interval ? interval->number : 0;
	planner->card_late_from = card_late_from(planner);
}

static void plan_round(Planner *planner)
{
	const Round *round = planner->round;
	const History *history = planner->history;
	for (int i = round->first; i < round->first + round->count; i++)
		plan_interview(planner, history_by_start(history, i));
	for (int i = round->met_first; i < round->met_first + round->met_count; i++)
		plan_person(planner, &g_array_index(history->met, Met, i));
	plan_additional_info(planner);
	plan_asks(planner);
}

/* The last round that had begun when they said no, or -1. */
static int find_answered(const History *history)
{
	if (history->ending.kind != ENDING_REJECTED)
		return -1;
	int index = (int)history->rounds->len - 1;
	while (index >= 0 && history_round(history, index)->start > history->ending.at)
		index--;
	return index;
}

void steps_plan(Plan *plan)
{
	const History *history = plan->history;
	Planner planner = {.plan = plan, .history = history, .playbook = plan->playbook, .calendar = &history->calendar};
	int answered = find_answered(history);
	for (int i = 0; i < (int)history->rounds->len; i++) {
		enter_round(&planner, i);
		plan_round(&planner);
		if (i == answered)
			plan_answer(&planner);
	}
}
