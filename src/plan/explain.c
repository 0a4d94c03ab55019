/* explain.c - fills the sentences of the playbook and of etiquette with names and dates.
 *
 * Only when somebody asks: planning itself makes no text.
 */
#include "explain.h"
#include "history.h"
#include "playbook-model.h"
#include "step-shape.h"

#include <base/text.h>
#include <string.h>

#define ARTICLE_NOTE "000_acdb32f46573db32.txt"
#define ARTICLE_MORNING "001_97061c4d5ee00e58.txt"
#define ARTICLE_TOUCH "002_f80ab5cb05f6104a.txt"
#define ARTICLE_THREE "003_b26c21053bf9d0f0.txt"
#define ARTICLE_STEPS "004_3dc7818f8935a0b3.txt"

/* ---- words ---- */

static void put(GString *out, const char *text)
{
	g_string_append_len(out, text, (gssize)strlen(text));
}

/* "Friday 20 November", with the year where it is not this one. */
static void put_day(GString *out, const Plan *plan, Day day)
{
	if (day == DAY_NONE) {
		put(out, "a day not known yet");
		return;
	}
	Civil civil = civil_from_day(day);
	put(out, weekday_name(day_weekday(day)));
	g_string_append_c(out, ' ');
	text_append_number(out, civil.day, 1);
	g_string_append_c(out, ' ');
	put(out, month_name(civil.month));
	if (civil.year == civil_from_day(plan->history->today).year)
		return;
	g_string_append_c(out, ' ');
	text_append_number(out, civil.year, 1);
}

static void put_day_of(GString *out, const Plan *plan, int64_t at)
{
	put_day(out, plan, at == TIME_NONE ? DAY_NONE : calendar_day(&plan->history->calendar, at));
}

/* "09:00", or "09:00 in New York" for a reader whose clock shows another time then. */
static void put_clock(GString *out, const Plan *plan, int64_t at)
{
	int second;
	const Zone *zone = plan->history->calendar.zone;
	(void)zone_to_day(zone, at, &second);
	text_append_clock(out, second);
	if (plan->reader == NULL || zone_offset_at(plan->reader, at) == zone_offset_at(zone, at))
		return;
	put(out, " in ");
	zone_append_place(zone, out);
}

static void put_time(GString *out, const Plan *plan, int64_t at)
{
	put_day_of(out, plan, at);
	if (at == TIME_NONE)
		return;
	put(out, ", ");
	put_clock(out, plan, at);
}

static void put_person(GString *out, const Plan *plan, int person)
{
	put(out, person == NOBODY ? "somebody there" : facts_person(plan->facts, person)->name);
}

/* "in-person interview on Tuesday 17 November" */
static void put_interview(GString *out, const Plan *plan, int index)
{
	static const char *const kinds[INTERVIEW_KIND_COUNT] = {
		"phone screen", "video interview", "in-person interview", "panel interview"};
	put(out, kinds[facts_interview(plan->facts, index)->kind]);
	put(out, " on ");
	put_day(out, plan, history_interview(plan->history, index)->day);
}

static void put_span(GString *out, int days)
{
	bool weeks = days > 0 && days % 7 == 0;
	int number = weeks ? days / 7 : days;
	text_append_number(out, number, 1);
	put(out, weeks ? " week" : " day");
	put(out, number == 1 ? "" : "s");
}

/* ---- slots ---- */

static const Round *round_of(const Plan *plan, const PlanStep *step)
{
	return history_round(plan->history, step->round);
}

static int64_t last_ask_at(const Plan *plan, const PlanStep *step)
{
	int ask = round_of(plan, step)->last_ask;
	return ask < 0 ? TIME_NONE : history_contact(plan->history, ask)->at;
}

static int64_t last_word_at(const Plan *plan, const PlanStep *step)
{
	const Round *round = round_of(plan, step);
	int64_t ours = last_ask_at(plan, step);
	if (ours == TIME_NONE)
		ours = round->thanked != TIME_NONE ? round->thanked : round->end;
	return MAX(ours, round->last_reply);
}

static int64_t thanked_at(const Plan *plan, const PlanStep *step)
{
	for (int i = step->to == NOBODY ? -1 : history_person(plan->history, step->to)->first_contact; i >= 0;) {
		const Contact *contact = history_contact(plan->history, i);
		if (contact->kind == STEP_THANK_YOU && contact->round == step->round)
			return contact->at;
		i = contact->next;
	}
	return TIME_NONE;
}

static int interval_of(const Plan *plan, const PlanStep *step)
{
	const Context context = {step->context, round_of(plan, step)->length.weeks};
	const Choice *interval = choices_find(&plan->playbook->interval, context);
	return interval ? interval->number : 0;
}

static void put_promised_day(GString *out, const Plan *plan, const PlanStep *step)
{
	put_day(out, plan, dates_latest(&round_of(plan, step)->dates));
}

static void put_slot(GString *out, const Plan *plan, const PlanStep *step, Slot slot)
{
	switch (slot) {
	case SLOT_PERSON:
		return put_person(out, plan, step->to);
	case SLOT_ABOUT:
		return put_person(out, plan, step->about);
	case SLOT_COMPANY:
		return put(out, plan->facts->company);
	case SLOT_INTERVIEW:
		return put_interview(out, plan, step->interview);
	case SLOT_OPENING_DAY:
		return put_day_of(out, plan, step->planned);
	case SLOT_OPENING:
		return put_time(out, plan, step->planned);
	case SLOT_DUE:
		return put_time(out, plan, step->due);
	case SLOT_START:
		return put_clock(out, plan, facts_interview(plan->facts, step->interview)->start);
	case SLOT_END:
		return put_clock(out, plan, facts_interview(plan->facts, step->interview)->end);
	case SLOT_DECISION_DAY:
		return put_day(out, plan, round_of(plan, step)->dates.decision);
	case SLOT_FOLLOW_UP_DAY:
		return put_day(out, plan, round_of(plan, step)->dates.follow_up);
	case SLOT_PROMISED_DAY:
		return put_promised_day(out, plan, step);
	case SLOT_THANK_YOU_DAY:
		return put_day_of(out, plan, thanked_at(plan, step));
	case SLOT_FIRST_THANK_YOU_DAY:
		return put_day_of(out, plan, round_of(plan, step)->thanked);
	case SLOT_LAST_ASK_DAY:
		return put_day_of(out, plan, last_ask_at(plan, step));
	case SLOT_LAST_REPLY_DAY:
		return put_day_of(out, plan, round_of(plan, step)->last_reply);
	case SLOT_LAST_WORD_DAY:
		return put_day_of(out, plan, last_word_at(plan, step));
	case SLOT_INTERVAL:
		return put_span(out, interval_of(plan, step));
	case SLOT_LENGTH:
		return put_span(out, 7 * round_of(plan, step)->length.weeks);
	case SLOT_ANSWER_DAY:
		return put_day_of(out, plan, plan->history->ending.at);
	case SLOT_CARD_DAY:
		return put_day(out, plan, plan_card(plan, step->interview).arrives);
	case SLOT_NONE:
	case SLOT_COUNT:
		break;
	}
}

static void put_sentence(GString *out, const Plan *plan, const PlanStep *step, const Choices *sentences)
{
	const Context context = {step->context, round_of(plan, step)->length.weeks};
	const Choice *choice = choices_find(sentences, context);
	if (!choice)
		return;
	for (int i = 0; i < choice->sentence->count; i++) {
		const Piece *piece = &choice->sentence->pieces[i];
		if (piece->slot == SLOT_NONE)
			g_string_append_len(out, choice->sentence->text + piece->at, piece->length);
		else
			put_slot(out, plan, step, piece->slot);
	}
}

/* ---- etiquette ---- */

static const char *channel_phrase(int channel)
{
	static const char *const phrases[CHANNEL_COUNT] = {"by e-mail", "by phone", "by card", "on LinkedIn", "in person"};
	return phrases[channel];
}

/* The last contact with a step's person before a day, cards left aside; NULL where there is none. */
static const Contact *last_contact_before(const Plan *plan, const PlanStep *step, Day day)
{
	const Contact *last = NULL;
	for (int i = step->to == NOBODY ? -1 : history_person(plan->history, step->to)->first_contact; i >= 0;) {
		const Contact *contact = history_contact(plan->history, i);
		if (contact->channel != CHANNEL_CARD && contact->day < day)
			last = contact;
		i = contact->next;
	}
	return last;
}

static void explain_one_platform(GString *out, const Plan *plan, const PlanStep *step)
{
	Day today = plan->history->today;
	Day opening = calendar_day(&plan->history->calendar, step->opens);
	bool moved = step->opens != step->planned && opening > today;
	const Contact *contact = last_contact_before(plan, step, moved || opening > today ? opening : today + 1);
	put(out, "You were in touch with ");
	put_person(out, plan, step->to);
	if (contact) {
		g_string_append_c(out, ' ');
		put(out, channel_phrase(contact->channel));
		put(out, " on ");
		put_day(out, plan, contact->day);
	}
	put(out, ", and one platform a day is enough; so ");
	if (step->opens > plan->now || step->channel_count == 0) {
		put(out, "not before ");
		put_time(out, plan, step->opens);
	} else {
		put(out, contact && contact->day == today ? "nothing else is left for today" : "it waited until ");
		if (!contact || contact->day != today)
			put_time(out, plan, step->opens);
	}
	put(out, ".");
}

static void explain_promise(GString *out, const Plan *plan, const PlanStep *step)
{
	put(out, "Nobody is asked before the date they gave, ");
	put_promised_day(out, plan, step);
	put(out, ".");
}

static void explain_reply(GString *out, const Plan *plan, const PlanStep *step)
{
	put(out, "They wrote on ");
	put_day_of(out, plan, round_of(plan, step)->last_reply);
	put(out, ", and the waiting starts anew from there.");
}

static void explain_postponed(GString *out, const Plan *plan, const PlanStep *step)
{
	put(out, "After you asked they gave a new date, ");
	put_promised_day(out, plan, step);
	put(out, "; who asks for time gets it, and is asked again.");
}

static void explain_next_round(GString *out, const Plan *plan, const PlanStep *step)
{
	put(out, "The next interview is on record, on ");
	put_day_of(out, plan, history_round(plan->history, step->round + 1)->start);
	put(out, "; there is nothing to ask about this one.");
}

static void explain_ending(GString *out, const Plan *plan, const PlanStep *step)
{
	put(out, plan->history->ending.kind == ENDING_OFFER ? "They offered you the position on " : "You withdrew on ");
	put_day_of(out, plan, plan->history->ending.at);
	put(out, ", so there is nothing more to follow up.");
}

static void explain_rejection(GString *out, const Plan *plan, const PlanStep *step)
{
	put(out, "They said no on ");
	put_day_of(out, plan, plan->history->ending.at);
	put(out, "; all that is left is to thank them.");
}

static void explain_bounce(GString *out, const Plan *plan, const PlanStep *step)
{
	put(out, "What was sent to ");
	put_person(out, plan, step->to);
	put(out, " came back, so that address is left out until there is another.");
}

static void explain_away(GString *out, const Plan *plan, const PlanStep *step)
{
	Day back_on = step->to == NOBODY ? DAY_NONE : history_person(plan->history, step->to)->back_on;
	put_person(out, plan, step->to);
	put(out, " is away until ");
	put_day(out, plan, back_on);
	put(out, "; the next business day is ");
	put_day(out, plan, back_on == DAY_NONE ? DAY_NONE : calendar_nth_after(&plan->history->calendar, back_on, 1));
	put(out, ".");
}

static void explain_late_card(GString *out, const Plan *plan, const PlanStep *step)
{
	put(out, "A card takes until the third business day, ");
	put_day(out, plan, plan_card(plan, step->interview).arrives);
	put(out, "; they decide by ");
	put_day(out, plan, round_of(plan, step)->dates.decision);
	put(out, ".");
}

typedef struct Etiquette {
	const char *id;
	const char *source;
	void (*explain)(GString *out, const Plan *plan, const PlanStep *step);
} Etiquette;

/* By number; those that never change a step have no explanation. */
static const Etiquette etiquette[] = {
	[1] = {"E1", ARTICLE_TOUCH, explain_one_platform}, [2] = {"E2", ARTICLE_MORNING, explain_promise},
	[3] = {"E3", ARTICLE_THREE, explain_reply},        [4] = {"E4", ARTICLE_MORNING, explain_postponed},
	[5] = {"E5", ARTICLE_NOTE, explain_next_round},    [6] = {"E6", ARTICLE_MORNING, explain_ending},
	[7] = {"E7", ARTICLE_TOUCH, explain_rejection},    [9] = {"E9", ARTICLE_STEPS, explain_bounce},
	[10] = {"E10", ARTICLE_MORNING, explain_away},     [13] = {"E13", ARTICLE_NOTE, explain_late_card},
};

/* An ask that was made. One that the playbook does not have counts all the same (E8: know when to stop). */
static void explain_ask_made(GString *out, const Plan *plan, const PlanStep *step)
{
	put(out, "You asked on ");
	put_day_of(out, plan, step->done_at);
	put(out, step->rule ? "." : "; every time of asking counts, whatever it is called.");
}

/* ---- the walk ---- */

BecauseWalk because_walk(const Plan *plan, const PlanStep *step)
{
	return (BecauseWalk){plan, step, step->also, step->etiquette, false};
}

bool because_next(BecauseWalk *walk, Because *ret_because, GString *sentence)
{
	const PlaybookRule *rule = NULL;
	bool first = !walk->begun;
	walk->begun = true;
	g_string_truncate(sentence, 0);
	if (first) {
		rule = walk->step->rule;
		*ret_because = rule ? (Because){rule->id, rule->source} : (Because){"E8", ARTICLE_STEPS};
		if (step_is_ask((int)walk->step->kind) && walk->step->state == STATE_DONE) {
			explain_ask_made(sentence, walk->plan, walk->step);
			return true;
		}
	} else if (walk->also) {
		rule = &walk->plan->playbook->rules[__builtin_ctzll(walk->also)];
		walk->also &= walk->also - 1;
	}
	if (rule) {
		*ret_because = (Because){rule->id, rule->source};
		put_sentence(sentence, walk->plan, walk->step, &rule->reason);
		return true;
	}
	if (!walk->etiquette)
		return false;
	const Etiquette *entry = &etiquette[__builtin_ctz(walk->etiquette)];
	walk->etiquette &= walk->etiquette - 1;
	*ret_because = (Because){entry->id, entry->source};
	entry->explain(sentence, walk->plan, walk->step);
	return true;
}

char *plan_step_explain(const Plan *plan, const PlanStep *step)
{
	GString *text = g_string_new(NULL);
	g_autoptr(GString) sentence = g_string_new(NULL);
	BecauseWalk walk = because_walk(plan, step);
	Because because;
	while (because_next(&walk, &because, sentence)) {
		if (text->len > 0)
			g_string_append_c(text, ' ');
		g_string_append_len(text, sentence->str, (gssize)sentence->len);
	}
	return g_string_free(text, FALSE);
}

static void free_reason(void *data)
{
	PlanReason *reason = data;
	g_free(reason->text);
	g_free(reason);
}

GPtrArray *plan_step_list_reasons(const Plan *plan, const PlanStep *step)
{
	GPtrArray *reasons = g_ptr_array_new_with_free_func(free_reason);
	g_autoptr(GString) sentence = g_string_new(NULL);
	BecauseWalk walk = because_walk(plan, step);
	Because because;
	while (because_next(&walk, &because, sentence)) {
		PlanReason *reason = g_new0(PlanReason, 1);
		*reason = (PlanReason){because.rule, because.source, g_strndup(sentence->str, sentence->len)};
		g_ptr_array_add(reasons, reason);
	}
	return reasons;
}

/* ---- the verdict ---- */

static void put_step(GString *out, const Plan *plan, const PlanStep *step)
{
	static const char *const phrases[STEP_COUNT] = {
		[STEP_PREPARE_CLOSE] = "prepare your closing words",
		[STEP_DEBRIEF] = "write the interview down",
		[STEP_SOUND_OUT] = "talk the interview over",
		[STEP_THANK_YOU] = "thank",
		[STEP_CARD] = "send a card to",
		[STEP_CONNECT] = "connect with",
		[STEP_GET_CONTACT] = "get the address of",
		[STEP_ADDITIONAL_INFO] = "send what you left unsaid to",
		[STEP_SECOND_NOTE] = "write again to",
		[STEP_CHECK_IN] = "check in with",
		[STEP_FINAL_CHECK] = "ask",
		[STEP_THANK_FOR_ANSWER] = "give thanks for the answer to",
		[STEP_KEEP_IN_TOUCH] = "keep in touch with",
	};
	int person = step->kind == STEP_GET_CONTACT ? step->about : step->to;
	put(out, phrases[step->kind]);
	if (person != NOBODY) {
		g_string_append_c(out, ' ');
		put_person(out, plan, person);
	}
	if (step->kind == STEP_FINAL_CHECK)
		put(out, " for the last time");
}

/* Of what waits for its user the first that is due; how many there are. */
static const PlanStep *find_pressing(const Plan *plan, int *ret_count)
{
	const PlanStep *pressing = NULL;
	*ret_count = 0;
	for (guint i = 0; i < plan->steps->len; i++) {
		const PlanStep *step = plan_step(plan, i);
		if (step->optional || !plan_step_is_open(step))
			continue;
		(*ret_count)++;
		if (!pressing || step->due < pressing->due)
			pressing = step;
	}
	return pressing;
}

static void explain_act(GString *out, const Plan *plan)
{
	int count;
	const PlanStep *step = find_pressing(plan, &count);
	put(out, "Now: ");
	put_step(out, plan, step);
	put(out, step->state == STATE_OVERDUE ? ", which was due " : ", by ");
	put_time(out, plan, step->due);
	if (count > 1) {
		put(out, "; and ");
		text_append_number(out, count - 1, 1);
		put(out, " more");
	}
	put(out, ".");
}

static void explain_wait(GString *out, const Plan *plan)
{
	const PlanStep *next = NULL;
	for (guint i = 0; i < plan->steps->len && !next; i++)
		if (plan_step(plan, i)->state == STATE_UPCOMING && plan_step(plan, i)->opens != TIME_NONE)
			next = plan_step(plan, i);
	if (!next) {
		put(out, plan->move_on_at > plan->now ? "Nothing to do but wait until " : "Nothing is left to do");
		if (plan->move_on_at > plan->now)
			put_time(out, plan, plan->move_on_at);
		put(out, ".");
		return;
	}
	put(out, "Nothing until ");
	put_time(out, plan, next->opens);
	put(out, ": then ");
	put_step(out, plan, next);
	put(out, ".");
}

static void explain_end(GString *out, const Plan *plan)
{
	static const char *const phrases[] = {
		[ENDING_OFFER] = "They offered you the position on ",
		[ENDING_REJECTED] = "They said no on ",
		[ENDING_WITHDRAWN] = "You withdrew on "};
	put(out, phrases[plan->history->ending.kind]);
	put_day_of(out, plan, plan->history->ending.at);
	put(out, plan->history->ending.kind == ENDING_OFFER ? ": congratulations." : ".");
}

static void explain_move_on(GString *out, const Plan *plan)
{
	const Round *round = history_round(plan->history, (int)plan->history->rounds->len - 1);
	int64_t asked = round->last_ask < 0 ? TIME_NONE : history_contact(plan->history, round->last_ask)->at;
	int64_t since = MAX(asked, round->last_reply);
	put(out, since == TIME_NONE ? "The time to ask has passed" : "Nothing was heard since ");
	if (since != TIME_NONE)
		put_day_of(out, plan, since);
	put(out, "; it is time to move on.");
}

char *plan_explain_verdict(const Plan *plan)
{
	GString *text = g_string_new(NULL);
	switch (plan->verdict) {
	case VERDICT_ACT:
		explain_act(text, plan);
		break;
	case VERDICT_WAIT:
		explain_wait(text, plan);
		break;
	case VERDICT_MOVE_ON:
		explain_move_on(text, plan);
		break;
	case VERDICT_OFFER:
	case VERDICT_CLOSED:
	case VERDICT_COUNT:
		explain_end(text, plan);
		break;
	}
	return g_string_free(text, FALSE);
}
