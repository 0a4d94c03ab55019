/* tale.c - plays generated histories: the employer speaks, the seeker does what the plan says.
 *
 * Everybody is invented.  Time jumps from one thing that happens to the next.
 */
#include "tale.h"
#include "calendar.h"
#include "history.h"
#include "playbook-model.h"
#include "step-shape.h"

#define ACTS_MAX 120 /* no history is longer */

/* Tuesday 17 November 2026, and a holiday in the week after. */
#define TALE_DAY 20774
#define TALE_HOLIDAY (TALE_DAY + 9)

static int64_t at_hour(const Facts *facts, Day day, int hour)
{
	return zone_to_instant(facts->zone, day, hour * 3600);
}

/* ---- the story in words ---- */

void story_begin_line(GString *story, const Facts *facts, int64_t at)
{
	int second;
	Day day = zone_to_day(facts->zone, at, &second);
	Civil civil = civil_from_day(day);
	g_string_append_printf(
		story, "%s %d %s, %02d:%02d: ", weekday_name(day_weekday(day)), civil.day, month_name(civil.month),
		second / 3600, second / 60 % 60);
}

static void tell(Play *play, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void tell(Play *play, const char *format, ...)
{
	story_begin_line(play->story, play->facts, play->now);
	va_list arguments;
	va_start(arguments, format);
	g_string_append_vprintf(play->story, format, arguments);
	va_end(arguments);
	g_string_append_c(play->story, '\n');
	play->lines++;
}

/* ---- how it begins ---- */

static Promise promise_of(TalePromise kind)
{
	switch (kind) {
	case GIVES_DECISION:
		return (Promise){TALE_DAY + 2, DAY_NONE, 0};
	case GIVES_LATE_DECISION:
		return (Promise){TALE_DAY + 16, DAY_NONE, 0};
	case GIVES_FOLLOW_UP:
		return (Promise){DAY_NONE, TALE_DAY + 18, 0};
	case GIVES_BOTH:
		return (Promise){TALE_DAY + 3, TALE_DAY + 8, 0};
	case GIVES_SHORT_LENGTH:
		return (Promise){DAY_NONE, DAY_NONE, 2};
	case GIVES_LONG_LENGTH:
		return (Promise){DAY_NONE, DAY_NONE, 12};
	case GIVES_NOTHING:
	case GIVES_COUNT:
		break;
	}
	return PROMISE_NONE;
}

static void add_people(Facts *facts, const Tale *tale)
{
	static const char *const names[][3] = {
		{"ada", "Ada Bloom", "ada@globex.example"}, {"ben", "Ben Cole", "ben@globex.example"}};
	for (int i = 0; i < tale->people; i++) {
		Person person = {
			.id = (char *)names[i][0],
			.name = (char *)names[i][1],
			.role = i == 0 ? ROLE_HIRING_MANAGER : ROLE_INTERVIEWER};
		if (tale->reach != REACHED_BY_PHONE)
			person.email = (char *)names[i][2];
		if (tale->reach != REACHED_BY_EMAIL)
			person.phone = (char *)"+1 602 555 0100";
		if (tale->reach == REACHED_BY_ALL)
			person.address = (char *)"1 Main Street, Phoenix AZ 85001";
		facts_add_person(facts, &person);
	}
}

static void add_interview(Facts *facts, const Tale *tale, const char *id, Day day)
{
	Interview interview = {
		.id = (char *)id,
		.kind = tale->kind,
		.start = at_hour(facts, day, 10),
		.end = at_hour(facts, day, 11),
		.promise = day == TALE_DAY ? promise_of(tale->promise) : PROMISE_NONE};
	Interview *added = facts_add_interview(facts, &interview);
	for (int i = 0; i < tale->people; i++)
		g_array_append_val(added->with, i);
}

static Facts *tale_facts(const Tale *tale, Zone *zone)
{
	Facts *facts = facts_new(zone);
	facts->me.name = g_strdup("Sam Doe");
	facts->company = g_strdup("Globex");
	facts->pace = tale->pace;
	facts->stage = tale->stage;
	facts_add_holiday(facts, TALE_HOLIDAY);
	add_people(facts, tale);
	add_interview(facts, tale, "first", TALE_DAY);
	if (tale->employer == EMPLOYER_MEETS_AGAIN)
		add_interview(facts, tale, "second", TALE_DAY + 14);
	return facts;
}

static void tell_beginning(Play *play)
{
	static const char *const promises[GIVES_COUNT] = {
		"nothing is said about when",
		"they say that they decide by Thursday 19 November",
		"they say that they decide by Thursday 3 December",
		"they want to hear from you from Saturday 5 December on",
		"they say that they decide by Friday 20 November, and to follow up from Wednesday 25 November on",
		"they say that it takes 2 weeks",
		"they say that it takes 12 weeks"};
	static const char *const kinds[INTERVIEW_KIND_COUNT] = {
		"phone screen", "video interview", "in-person interview", "panel interview"};
	static const char *const reaches[REACH_COUNT] = {"", "; only e-mail reaches them", "; only the phone reaches them"};
	const Tale *tale = play->tale;
	tell(
		play, "the %s with Ada Bloom%s ends; %s%s%s%s.", kinds[tale->kind], tale->people > 1 ? " and Ben Cole" : "",
		promises[tale->promise], reaches[tale->reach],
		tale->stage == STAGE_EARLY      ? "; they are at the beginning"
		: tale->stage == STAGE_NEAR_END ? "; they are near the end"
										: "",
		tale->pace == PACE_FAST ? "; they work at a fast pace" : "");
}

/* ---- the seeker ---- */

bool step_asks(const PlanStep *step)
{
	return step_is_ask((int)step->kind) || (step->must >> MUST_ASK_DECISION & 1u);
}

static bool can_be_done(const Play *play, const PlanStep *step)
{
	bool open = step->state == STATE_DUE || step->state == STATE_OVERDUE;
	bool never = step->kind == STEP_PREPARE_CLOSE || step->kind == STEP_GET_CONTACT;
	return open && !never && (play->tale->performs >> step->kind & 1u);
}

/* What the seeker does next: what is not optional first, then what is due first. NULL where there is nothing. */
static const PlanStep *choose_step(const Play *play)
{
	const PlanStep *chosen = NULL;
	for (guint i = 0; i < play->plan->steps->len; i++) {
		const PlanStep *step = plan_step(play->plan, i);
		if (!can_be_done(play, step))
			continue;
		bool better = chosen && (step->optional != chosen->optional ? chosen->optional : step->due < chosen->due);
		if (!chosen || better)
			chosen = step;
	}
	return chosen;
}

static void write_down(Play *play, const PlanStep *step)
{
	Debrief *debrief = facts_add_debrief(play->facts, step->interview, play->now);
	g_ptr_array_add(debrief->unsaid, g_strdup("a project of last year"));
	tell(play, "you write the interview down, and that something was left unsaid.");
}

static void contact(Play *play, const PlanStep *step)
{
	static const char *const ways[CHANNEL_COUNT] = {
		"by e-mail", "by phone, and leave a message", "by card", "on LinkedIn", "by a note handed in"};
	Channel channel = step->channels[0];
	Event event = EVENT_INIT(channel == CHANNEL_CALL ? EVENT_CALLED : EVENT_SENT);
	event.at = play->now;
	event.step = (int)step->kind;
	event.interview = step->interview;
	event.person = step->to;
	event.channel = (int)channel;
	event.result = channel == CHANNEL_CALL ? CALL_MESSAGE_LEFT : WORD_NONE;
	facts_add_event(play->facts, &event);
	play->unanswered += step_asks(step);
	play->asks += step_asks(step);
	tell(
		play, "%s to %s, %s%s.", word_text(WORDS_STEP, (int)step->kind),
		step->to == NOBODY ? "nobody" : facts_person(play->facts, step->to)->name, ways[channel],
		step_asks(step) && !step_is_ask((int)step->kind) ? ", asking about the decision" : "");
}

static void perform(Play *play, const PlanStep *step)
{
	if (step->kind == STEP_DEBRIEF) {
		write_down(play, step);
	} else if (step->kind == STEP_SOUND_OUT) {
		Event event = EVENT_INIT(EVENT_SOUNDED_OUT);
		event.at = play->now;
		event.interview = step->interview;
		facts_add_event(play->facts, &event);
		tell(play, "you talk it over with a friend.");
	} else {
		contact(play, step);
	}
}

/* ---- the employer ---- */

static int64_t first_event(const Facts *facts, bool asks)
{
	for (guint i = 0; i < facts->events->len; i++) {
		const Event *event = facts_event(facts, (int)i);
		bool contact = event->kind == EVENT_SENT || event->kind == EVENT_CALLED;
		if (contact && (!asks || step_is_ask(event->step)))
			return event->at;
	}
	return TIME_NONE;
}

/* 10:00 on the business day before the next ask that waits for nothing but its time; TIME_NONE where there is none. */
static int64_t before_next_ask(const Play *play)
{
	Calendar calendar = calendar_of(play->facts);
	for (guint i = 0; i < play->plan->steps->len; i++) {
		const PlanStep *step = plan_step(play->plan, i);
		if (!step_is_ask((int)step->kind) || step->state != STATE_UPCOMING || step->opens == TIME_NONE)
			continue;
		return at_hour(play->facts, calendar_nth_before(&calendar, calendar_day(&calendar, step->opens), 1), 10);
	}
	return TIME_NONE;
}

/* When the employer does something next; TIME_NONE if never. */
static int64_t employer_time(const Play *play)
{
	const Facts *facts = play->facts;
	int64_t asked = first_event(facts, true), noted = first_event(facts, false);
	switch (play->tale->employer) {
	case EMPLOYER_WRITES:
		return play->employer_turns == 0 || play->asks > play->asks_when_heard ? before_next_ask(play) : TIME_NONE;
	case EMPLOYER_ANSWERS:
		return play->asks > play->asks_when_heard ? before_next_ask(play) : TIME_NONE;
	case EMPLOYER_NEEDS_TIME:
	case EMPLOYER_GIVES_DATE:
	case EMPLOYER_INVITES:
	case EMPLOYER_REJECTS_ASKED:
	case EMPLOYER_OFFERS:
		if (play->employer_turns > 0 || asked == TIME_NONE)
			return TIME_NONE;
		return at_hour(facts, zone_to_day(facts->zone, asked, NULL) + 1, 10);
	case EMPLOYER_REJECTS:
		return play->employer_turns > 0 ? TIME_NONE : at_hour(facts, TALE_DAY + 3, 10);
	case EMPLOYER_IS_AWAY:
		return play->employer_turns > 0 || noted == TIME_NONE ? TIME_NONE : noted + 60;
	case EMPLOYER_SILENT:
	case EMPLOYER_MEETS_AGAIN:
	case EMPLOYER_COUNT:
		break;
	}
	return TIME_NONE;
}

static void employer_speaks(Play *play)
{
	static const struct {
		EventKind kind;
		int says;
		const char *told;
	} lines[EMPLOYER_COUNT] = {
		[EMPLOYER_WRITES] = {EVENT_REPLY, SAYS_OTHER, "Ada Bloom writes a friendly line."},
		[EMPLOYER_ANSWERS] = {EVENT_REPLY, SAYS_OTHER, "Ada Bloom writes a friendly line."},
		[EMPLOYER_NEEDS_TIME] = {EVENT_REPLY, SAYS_MORE_TIME, "Ada Bloom writes that they need more time."},
		[EMPLOYER_GIVES_DATE] = {EVENT_REPLY, SAYS_MORE_TIME, "Ada Bloom writes that they need two more weeks."},
		[EMPLOYER_INVITES] = {EVENT_REPLY, SAYS_NEXT_ROUND, "Ada Bloom writes that there will be another interview."},
		[EMPLOYER_REJECTS] = {EVENT_REPLY, SAYS_REJECTION, "Ada Bloom writes that they chose somebody else."},
		[EMPLOYER_REJECTS_ASKED] = {EVENT_REPLY, SAYS_REJECTION, "Ada Bloom writes that they chose somebody else."},
		[EMPLOYER_OFFERS] = {EVENT_OFFER, SAYS_OFFER, "they offer the position."},
		[EMPLOYER_IS_AWAY] = {EVENT_AUTO_REPLY, WORD_NONE, "an automatic reply: Ada Bloom is away for ten days."},
	};
	Day day = zone_to_day(play->facts->zone, play->now, NULL);
	Event event = EVENT_INIT(lines[play->tale->employer].kind);
	event.at = play->now;
	event.person = event.kind == EVENT_OFFER ? NOBODY : 0;
	event.says = event.kind == EVENT_REPLY ? lines[play->tale->employer].says : WORD_NONE;
	event.back_on = event.kind == EVENT_AUTO_REPLY ? day + 10 : DAY_NONE;
	if (play->tale->employer == EMPLOYER_GIVES_DATE)
		event.promise.decision_by = day + 14;
	facts_add_event(play->facts, &event);
	play->employer_turns++;
	play->asks_when_heard = play->asks;
	play->unanswered = event.kind == EVENT_AUTO_REPLY ? play->unanswered : 0;
	tell(play, "%s", lines[play->tale->employer].told);
}

/* ---- playing ---- */

/* The next thing that happens; false where nothing more can. */
static bool play_on(Play *play)
{
	const PlanStep *step = choose_step(play);
	if (step) {
		perform(play, step);
		play->now += 60;
		return true;
	}
	int64_t employer = employer_time(play), next = play->plan->next_at;
	if (employer != TIME_NONE && employer < play->now)
		employer = play->now;
	if (employer == TIME_NONE && next == TIME_NONE)
		return false;
	bool speaks = employer != TIME_NONE && (next == TIME_NONE || employer < next);
	play->now = speaks ? employer : next;
	if (speaks) {
		employer_speaks(play);
		play->now += 60;
	}
	return true;
}

bool tale_play(const Tale *tale, const TaleStage *stage, Facts **ret_facts, GString **ret_story)
{
	g_autoptr(Facts) facts = tale_facts(tale, stage->zone);
	g_autoptr(GString) story = g_string_new(NULL);
	Play play = {
		.tale = tale, .facts = facts, .plan = stage->plan, .now = facts_interview(facts, 0)->end, .story = story};
	tell_beginning(&play);
	bool ended = false;
	for (int acts = 0; acts < ACTS_MAX && play.lines < stage->max_lines && !ended; acts++) {
		plan_compute(facts, stage->playbook, play.now, stage->plan);
		ended = stage->watch(&play, stage->data);
		if (!ended && !play_on(&play))
			break;
	}
	if (!ended)
		return false;
	*ret_facts = g_steal_pointer(&facts);
	*ret_story = g_steal_pointer(&story);
	return true;
}
