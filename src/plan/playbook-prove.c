/* playbook-prove.c - plays a playbook through generated histories, and keeps the shortest in which somebody is treated
 * badly.
 *
 * What the engine already holds every playbook to (etiquette.c) is looked at again, and what it cannot: an ask in
 * disguise, a list longer than its limit, two platforms that are due on one day, a playbook that never says to stop.
 */
#include "calendar.h"
#include "history.h"
#include "playbook-model.h"
#include "step-shape.h"
#include "tale.h"

#include <plan/playbook-check.h>
#include <string.h>

void playbook_breach_free(PlaybookBreach *breach)
{
	if (!breach)
		return;
	g_free(breach->rule);
	g_free(breach->message);
	g_free(breach->story);
	facts_free(breach->facts);
	g_free(breach);
}

/* ---- what must never be ---- */

/* A look at a play: NULL if all is well, else what is wrong (owned by the caller), and *ret_rule what it breaks. */
typedef char *(*Look)(const Play *play, const PlanStep *step, const char **ret_rule);

static const char *step_word(const PlanStep *step)
{
	return word_text(WORDS_STEP, (int)step->kind);
}

static const History *history_of(const Play *play)
{
	return play->plan->history;
}

/* Whether the plan tells its user to send the step's note now. */
static bool is_told(const PlanStep *step)
{
	return step->state == STATE_DUE || step->state == STATE_OVERDUE;
}

/* E1: with everything done at once, a note that has to go out may not come too late because of another platform that
 * day. */
static char *look_for_two_platforms(const Play *play, const PlanStep *step, const char **ret_rule)
{
	bool meant = !step->optional && step->state == STATE_UPCOMING && (play->tale->performs >> step->kind & 1u);
	if (!meant || !(step->etiquette & 1u << 1) || play->now >= step->due || step->opens < step->due)
		return NULL;
	*ret_rule = "E1";
	return g_strdup_printf(
		"the %s is due on the same day as a note on another platform, and one platform a day is the limit; give them a "
		"channel in "
		"common, or a later due time",
		step_word(step));
}

/* E2, whatever the step is called. */
static char *look_for_early_ask(const Play *play, const PlanStep *step, const char **ret_rule)
{
	if (!step_asks(step) || !is_told(step))
		return NULL;
	int64_t promised =
		round_promised_opening(history_round(history_of(play), step->round), &history_of(play)->calendar);
	if (promised == TIME_NONE || play->now >= promised)
		return NULL;
	*ret_rule = "E2";
	return g_strdup_printf(
		"the %s asks for the decision before the date that they gave; take ask-decision from what it must hold, or "
		"make it an ask of [asks]",
		step_word(step));
}

static char *look_for_too_many_asks(const Play *play, const PlanStep *step, const char **ret_rule)
{
	int limit = play->plan->playbook->ask_limit;
	if (limit == 0 || !step_asks(step) || !is_told(step) || play->unanswered < limit)
		return NULL;
	*ret_rule = "E8";
	return g_strdup_printf(
		"the %s is ask number %d without an answer, and the playbook's own limit is %d; shorten the list of asks, or "
		"raise the limit",
		step_word(step), play->unanswered + 1, limit);
}

/* E3: a further ask waits anew from the last word between the two. */
static char *look_for_impatience(const Play *play, const PlanStep *step, const char **ret_rule)
{
	const History *history = history_of(play);
	const Round *round = history_round(history, step->round);
	if (!step_is_ask((int)step->kind) || !is_told(step) || round->last_ask < 0 ||
		(step->context & IF_BIT(IF_POSTPONED)))
		return NULL;
	Day opening = calendar_day(&history->calendar, step->planned),
		asked = history_contact(history, round->last_ask)->day;
	Day replied = round->last_reply == TIME_NONE ? DAY_NONE : calendar_day(&history->calendar, round->last_reply);
	bool after_reply = replied > asked && opening <= calendar_nth_after(&history->calendar, replied, 1);
	if (opening > asked && !after_reply)
		return NULL;
	*ret_rule = "E3";
	return g_strdup_printf(
		"the %s asks again %s; count it from last-word, or with “not-before if answered-later”", step_word(step),
		after_reply ? "right after they wrote" : "on the day of the ask before it");
}

/* E7 */
static char *look_for_ask_after_rejection(const Play *play, const PlanStep *step, const char **ret_rule)
{
	if (history_of(play)->ending.kind != ENDING_REJECTED || !step_asks(step) || !is_told(step))
		return NULL;
	*ret_rule = "E7";
	return g_strdup_printf(
		"the %s asks for the decision after they said no; take “after-rejection” or ask-decision from it",
		step_word(step));
}

/* A step that nobody can do in time. */
static char *look_for_impossible_times(const Play *play, const PlanStep *step, const char **ret_rule)
{
	bool waits = step->state == STATE_UPCOMING || is_told(step) || step->state == STATE_MISSED;
	if (!waits || step->planned == TIME_NONE || step->rule == NULL)
		return NULL;
	bool closed = step->closes != TIME_NONE && step->closes <= step->planned;
	if (!closed && step->due >= step->planned)
		return NULL;
	*ret_rule = step->rule->id;
	return g_strdup_printf(
		"the %s %s before it opens; give it another time", step_word(step), closed ? "closes" : "is due");
}

/* E11: whoever was met is thanked, if anybody is. */
static char *look_for_thankless(const Play *play)
{
	const Plan *plan = play->plan;
	const History *history = plan->history;
	bool any = false;
	for (guint i = 0; i < plan->steps->len; i++)
		any |= plan_step(plan, i)->kind == STEP_THANK_YOU;
	for (guint i = 0; any && i < history->met->len; i++) {
		const Met *met = &g_array_index(history->met, Met, i);
		bool thanked = false;
		for (guint j = 0; j < plan->steps->len; j++)
			thanked |= plan_step(plan, j)->kind == STEP_THANK_YOU && plan_step(plan, j)->to == met->person;
		if (!thanked)
			return g_strdup_printf(
				"%s was there and gets no thank-you, while others do; every interviewer is thanked",
				facts_person(play->facts, met->person)->name);
	}
	return NULL;
}

/* E8: who asks must know when to stop. */
static char *look_for_no_end(const Play *play)
{
	const Plan *plan = play->plan;
	bool asks = plan->playbook->asks.count > 0 && play->tale->employer == EMPLOYER_SILENT;
	if (!asks || plan->verdict != VERDICT_WAIT || plan->next_at != TIME_NONE)
		return NULL;
	return g_strdup("nothing more happens, and the playbook never says to move on; a “wait = 7 days” in [asks] is "
					"expected, and asks that "
					"open by something that happens");
}

/* E1, by what was done: cards aside, nobody hears from the seeker on two platforms in a day. */
static char *look_for_two_notes(const Play *play)
{
	const History *history = history_of(play);
	int last = (int)history->contacts->len - 1;
	const Contact *latest = last < 0 ? NULL : history_contact(history, last);
	for (int i = 0; i < last && latest->channel != CHANNEL_CARD; i++) {
		const Contact *contact = history_contact(history, i);
		bool same_day = contact->person == latest->person && contact->day == latest->day;
		if (same_day && contact->channel != latest->channel && contact->channel != CHANNEL_CARD)
			return g_strdup_printf(
				"%s hears from you on two platforms in one day; one a day is the limit",
				facts_person(play->facts, latest->person)->name);
	}
	return NULL;
}

/* ---- one play ---- */

typedef struct Watch {
	const char *rule;
	char *message;
	int64_t at;
} Watch;

static const Look looks[] = {look_for_impossible_times, look_for_two_platforms, look_for_early_ask,
							 look_for_too_many_asks,    look_for_impatience,    look_for_ask_after_rejection};

static bool watch_play(const Play *play, gpointer data)
{
	static const struct {
		const char *rule;
		char *(*look)(const Play *play);
	} wholes[] = {{"E1", look_for_two_notes}, {"E11", look_for_thankless}, {"E8", look_for_no_end}};
	Watch *watch = data;
	watch->at = play->now;
	for (guint i = 0; i < play->plan->steps->len && !watch->message; i++)
		for (guint j = 0; j < G_N_ELEMENTS(looks) && !watch->message; j++)
			watch->message = looks[j](play, plan_step(play->plan, i), &watch->rule);
	for (guint i = 0; i < G_N_ELEMENTS(wholes) && !watch->message; i++) {
		watch->message = wholes[i].look(play);
		watch->rule = wholes[i].rule;
	}
	return watch->message != NULL;
}

/* ---- all plays ---- */

typedef struct Prover {
	const Playbook *playbook;
	Zone *zone;
	Plan *plan;
	PlaybookBreach *shortest;
	int lines; /* of the shortest story */
} Prover;

/* Plays one tale, and keeps it if it goes wrong sooner than any before. */
static void try_tale(Prover *prover, const Tale *tale)
{
	Watch watch = {NULL, NULL, TIME_NONE};
	const TaleStage stage = {prover->playbook, prover->zone, prover->plan, watch_play, &watch, prover->lines};
	Facts *facts;
	GString *story;
	if (!tale_play(tale, &stage, &facts, &story))
		return;
	prover->lines = 0;
	for (const char *at = story->str; *at; at++)
		prover->lines += *at == '\n';
	story_begin_line(story, facts, watch.at);
	const char *advice = g_strrstr(watch.message, "; ");
	g_string_append_len(story, watch.message, advice ? advice - watch.message : (gssize)strlen(watch.message));
	g_string_append(story, ".\n");
	playbook_breach_free(prover->shortest);
	prover->shortest = g_new0(PlaybookBreach, 1);
	*prover->shortest =
		(PlaybookBreach){g_strdup(watch.rule), watch.message, g_string_free(story, FALSE), facts, watch.at};
}

/* Of the kinds that the playbook makes, beside asks, those that the seeker can do; and of these the notes. */
static void list_kinds(const Playbook *playbook, unsigned *ret_others, unsigned *ret_notes)
{
	*ret_others = *ret_notes = 0;
	for (int i = 0; i < STEP_COUNT; i++) {
		if (!playbook->makers[i] || step_is_ask(i) || i == STEP_PREPARE_CLOSE || i == STEP_GET_CONTACT)
			continue;
		*ret_others |= 1u << i;
		*ret_notes |= step_shapes[i].has_channels ? 1u << i : 0;
	}
}

/* What the seeker does: everything; or of all else but asks nothing, one kind or two of notes, with the asks and
 * without. */
static void try_performances(Prover *prover, Tale tale, bool pairs)
{
	unsigned others, notes;
	list_kinds(prover->playbook, &others, &notes);
	tale.performs = others | ASK_STEPS;
	try_tale(prover, &tale);
	for (unsigned one = 0; one <= STEP_COUNT; one++)
		for (unsigned two = one; two <= (pairs ? STEP_COUNT : one); two++) {
			unsigned kinds = ((1u << one) | (1u << two)) & ~(1u << STEP_COUNT);
			bool wanted = one == two ? (kinds & others) == kinds : two < STEP_COUNT && (kinds & notes) == kinds;
			for (int asks = 0; wanted && asks < 2; asks++) {
				tale.performs = kinds | (asks ? ASK_STEPS : 0);
				try_tale(prover, &tale);
			}
		}
}

/* Every promise with every employer. */
static void try_employers(Prover *prover)
{
	for (int promise = 0; promise < GIVES_COUNT; promise++)
		for (int employer = 0; employer < EMPLOYER_COUNT; employer++) {
			const Tale tale = {
				.kind = INTERVIEW_IN_PERSON,
				.people = 1,
				.promise = (TalePromise)promise,
				.employer = (TaleEmployer)employer};
			try_performances(prover, tale, true);
		}
}

/* Every kind of opportunity, with few promises and employers. */
static void try_opportunities(Prover *prover)
{
	static const TalePromise promises[] = {GIVES_NOTHING, GIVES_DECISION, GIVES_SHORT_LENGTH};
	static const TaleEmployer employers[] = {EMPLOYER_SILENT, EMPLOYER_REJECTS};
	const int ways = INTERVIEW_KIND_COUNT * 2 * STAGE_COUNT * PACE_COUNT * REACH_COUNT;
	for (int way = 0; way < ways; way++) {
		int rest = way;
		Tale tale = {.kind = (InterviewKind)(rest % INTERVIEW_KIND_COUNT)};
		rest /= INTERVIEW_KIND_COUNT;
		tale.people = rest % 2 + 1;
		rest /= 2;
		tale.stage = (Stage)(rest % STAGE_COUNT);
		rest /= STAGE_COUNT;
		tale.pace = (Pace)(rest % PACE_COUNT);
		tale.reach = (TaleReach)(rest / PACE_COUNT);
		for (guint i = 0; i < G_N_ELEMENTS(promises) * G_N_ELEMENTS(employers); i++) {
			tale.promise = promises[i % G_N_ELEMENTS(promises)];
			tale.employer = employers[i / G_N_ELEMENTS(promises)];
			try_performances(prover, tale, false);
		}
	}
}

PlaybookBreach *playbook_prove(const Playbook *playbook, Zone *zone)
{
	g_autoptr(Plan) plan = plan_new();
	Prover prover = {playbook, zone, plan, NULL, G_MAXINT};
	try_employers(&prover);
	try_opportunities(&prover);
	return prover.shortest;
}
