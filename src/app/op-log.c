/* op-log.c - what happened outside the program: a call, a card mailed, an answer, a new date, an ending.
 */
#include "intake.h"
#include "ops.h"
#include "task.h"

static bool save_event(App *app, Case *item, const Event *event, GError **error)
{
	g_autoptr(Change) change = change_new(item->record);
	facts_add_event(item->record->facts, event);
	change_put(change, PART_EVENT, (int)item->record->facts->events->len - 1);
	return case_save(app, item, change, error);
}

static void say_next_round(App *app, const Case *item, int person, Printer *printer)
{
	g_autofree char *handle = say_handle(app, item->record);
	g_autofree char *name = say_person_handle(item->record->facts, person);
	printer_say(printer, SAY_COMMAND, "followup interview %s \"WHEN\" --with %s", handle, name);
}

/* Says what was recorded and what the plan makes of it now. */
static void tell(App *app, const Case *item, const char *what, const Event *event, Printer *printer)
{
	const Facts *facts = item->record->facts;
	g_autofree char *company = say_opportunity(facts), *when = say_time(app, facts, event->at);
	g_autofree char *verdict = plan_explain_verdict(item->plan);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "event", NULL, word_text(WORDS_EVENT, (int)event->kind));
	printer_time(printer, "at", facts->zone, event->at);
	printer_string(printer, "verdict", NULL, verdict_word(item->plan->verdict));
	printer_say(printer, SAY_GOOD, "On record at %s: %s, %s.", company, what, when);
	printer_say_text(printer, SAY_DETAIL, verdict);
	if (event->kind == EVENT_REPLY && event->says == SAYS_NEXT_ROUND)
		say_next_round(app, item, event->person, printer);
	task_say_next(app, item, printer);
	printer_object_end(printer);
}

/* The step a contact belongs to, where it is not said: one that is open to that person and goes by that channel, one
 * that is not optional first. A card is not meant by a channel that is not said. */
static int guess_step(const Case *item, int person, int channel)
{
	int found = WORD_NONE;
	for (guint i = 0; i < item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(item->plan, i);
		bool goes = channel == WORD_NONE ? step->channel_count > 0 && step->kind != STEP_CARD
										 : plan_step_goes_by(step, (Channel)channel);
		bool fits = plan_step_is_open(step) && step->to == person && goes;
		if (fits && !step->optional)
			return (int)step->kind;
		if (fits && found == WORD_NONE)
			found = (int)step->kind;
	}
	return found;
}

static int default_channel(int step, const Case *item, int person)
{
	const PlanStep *planned = plan_find_step(item->plan, (StepKind)step, person, NO_INTERVIEW);
	if (step == STEP_CARD)
		return CHANNEL_CARD;
	if (step == STEP_CONNECT)
		return CHANNEL_LINKEDIN;
	return planned != NULL && planned->channel_count > 0 ? (int)planned->channels[0] : CHANNEL_EMAIL;
}

static bool fill_contact(const Case *item, const OpArgs *args, Event *event, GError **error)
{
	if (event->kind == EVENT_CALLED)
		event->channel = CHANNEL_CALL;
	if (event->step == WORD_NONE)
		event->step = guess_step(item, event->person, event->channel);
	if (event->step == WORD_NONE)
		return base_error_set(
			error, BASE_ERROR_INVALID, "step",
			"Nothing is open to %s that this could be; say which step it was for: --step thank-you, --step check-in or "
			"another.",
			facts_person(item->record->facts, event->person)->name);
	if (event->channel == WORD_NONE)
		event->channel = default_channel(event->step, item, event->person);
	if (event->kind == EVENT_SENT && event->channel == CHANNEL_CALL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "result",
			"Say how the call ended: --result reached, message-left, call-back, will-contact or no-answer; or, if it "
			"was no "
			"call, --channel email.");
	const PlanStep *planned = plan_find_step(item->plan, (StepKind)event->step, event->person, NO_INTERVIEW);
	if (planned != NULL)
		event->interview = planned->interview;
	return true;
}

/* A bounce is of what was sent last to that person, by the step and channel that are said. */
static bool fill_bounce(const Case *item, Event *event, GError **error)
{
	const Facts *facts = item->record->facts;
	const Event *sent = NULL;
	for (guint i = 0; i < facts->events->len; i++) {
		const Event *earlier = facts_event(facts, (int)i);
		bool fits = earlier->kind == EVENT_SENT && earlier->person == event->person && earlier->at <= event->at &&
					(event->step == WORD_NONE || earlier->step == event->step) &&
					(event->channel == WORD_NONE || earlier->channel == event->channel);
		if (fits && (sent == NULL || earlier->at >= sent->at))
			sent = earlier;
	}
	if (sent == NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "bounced", "Nothing on record was sent to %s that could have come back.",
			facts_person(facts, event->person)->name);
	event->step = sent->step;
	event->channel = sent->channel;
	event->interview = sent->interview;
	if (event->address == NULL && event->channel == CHANNEL_EMAIL)
		event->address = facts_person(facts, event->person)->email;
	return true;
}

static bool fill_away(const App *app, const Case *item, const OpArgs *args, Event *event, GError **error)
{
	When back = {0};
	event->kind = EVENT_AUTO_REPLY;
	if (!desk_when(app, args, "away-until", item->record->facts->zone, WHEN_AHEAD, &back, error))
		return false;
	event->back_on = back.day;
	if (back.day >= zone_to_day(item->record->facts->zone, event->at, NULL))
		return true;
	return base_error_set(
		error, BASE_ERROR_INVALID, "away-until", "\"%s\" is past; say the day on which they are back.",
		op_args_get(args, "away-until"));
}

/* Only what goes together is taken: a call has a result, what came back has none. */
static bool check_options(const OpArgs *args, GError **error)
{
	if (op_args_has(args, "bounced") && op_args_has(args, "result"))
		return base_error_set(
			error, BASE_ERROR_INVALID, "result", "A call does not come back; say --result or --bounced, not both.");
	if (op_args_has(args, "result") && op_args_has(args, "channel") &&
		strcmp(op_args_get(args, "channel"), "call") != 0)
		return base_error_set(
			error, BASE_ERROR_INVALID, "channel", "A result is of a call; leave --channel out, or --result.");
	if (op_args_has(args, "address") && !op_args_has(args, "bounced"))
		return base_error_set(
			error, BASE_ERROR_INVALID, "address",
			"The address is one that something came back from; say --bounced too.");
	return true;
}

/* What is said after an interview, and of it. */
static bool is_of_the_past(int step)
{
	return step == STEP_THANK_YOU || step == STEP_CARD || step == STEP_ADDITIONAL_INFO || step == STEP_SECOND_NOTE;
}

/* The interview with that person that began last by then. */
static int find_begun(const Facts *facts, const Event *event)
{
	int found = NO_INTERVIEW;
	for (int i = 0; i < (int)facts->interviews->len; i++) {
		const Interview *interview = facts_interview(facts, i);
		if (interview->start <= event->at && interview_has(interview, event->person) &&
			(found == NO_INTERVIEW || interview->start > facts_interview(facts, found)->start))
			found = i;
	}
	return found;
}

/* Thanks are for an interview that was: those that are said twice are not for the next. */
static bool check_interview(const App *app, const Case *item, bool is_named, Event *event, GError **error)
{
	const Facts *facts = item->record->facts;
	bool ahead = event->interview != NO_INTERVIEW && facts_interview(facts, event->interview)->start > event->at;
	if (!is_of_the_past(event->step) || !ahead)
		return true;
	int begun = is_named ? NO_INTERVIEW : find_begun(facts, event);
	if (begun == NO_INTERVIEW) {
		g_autofree char *what = say_interview(app, facts, event->interview);
		return base_error_set(
			error, BASE_ERROR_INVALID, "step", "A %s comes after the interview: %s is still to come.",
			word_text(WORDS_STEP, event->step), what);
	}
	event->interview = begun;
	return true;
}

/* What is nobody's mail. */
static bool check_step(const Case *item, int step, GError **error)
{
	if (step == STEP_PREPARE_CLOSE)
		return base_error_set(
			error, BASE_ERROR_INVALID, "step",
			"Closing words go to nobody, and are over when the interview begins; there is nothing to record.");
	if (step == STEP_DEBRIEF)
		return base_error_set(
			error, BASE_ERROR_INVALID, "step",
			"A debrief is not sent; \"followup debrief\" puts on record how the interview at %s went.",
			item->record->facts->company);
	return true;
}

static bool fill_log(const App *app, const Case *item, const OpArgs *args, Event *event, GError **error)
{
	const char *interview = op_args_get(args, "interview");
	event->step = desk_word(WORDS_STEP, op_args_get(args, "step"));
	event->channel = desk_word(WORDS_CHANNEL, op_args_get(args, "channel"));
	event->result = desk_word(WORDS_CALL_RESULT, op_args_get(args, "result"));
	event->address = (char *)op_args_get(args, "address");
	if (event->step == STEP_SOUND_OUT) {
		*event = (Event)EVENT_INIT(EVENT_SOUNDED_OUT);
		return case_find_interview(app, item, interview, &event->interview, error);
	}
	if (!check_step(item, event->step, error) || !check_options(args, error) ||
		!case_find_person(item, op_args_get(args, "person"), &event->person, error))
		return false;
	if (op_args_has(args, "away-until")) {
		Event away = EVENT_INIT(EVENT_AUTO_REPLY);
		away.person = event->person;
		away.at = event->at;
		*event = away;
		return fill_away(app, item, args, event, error);
	}
	if (op_args_has(args, "bounced")) {
		event->kind = EVENT_BOUNCED;
		return fill_bounce(item, event, error);
	}
	event->kind = op_args_has(args, "result") ? EVENT_CALLED : EVENT_SENT;
	return fill_contact(item, args, event, error) &&
		   (interview == NULL || case_find_interview(app, item, interview, &event->interview, error)) &&
		   check_interview(app, item, interview != NULL, event, error);
}

static char *say_away(const App *app, const Facts *facts, const Event *event)
{
	g_autofree char *day = when_name_day(facts->zone, event->back_on, app->now);
	return g_strdup_printf("an automatic reply from %s (away until %s)", facts_person(facts, event->person)->name, day);
}

static char *say_log(const App *app, const Case *item, const Event *event)
{
	const char *name = event->person == NOBODY ? "" : facts_person(item->record->facts, event->person)->name;
	switch (event->kind) {
	case EVENT_CALLED:
		return g_strdup_printf(
			"a call to %s (%s, %s)", name, word_text(WORDS_STEP, event->step),
			word_text(WORDS_CALL_RESULT, event->result));
	case EVENT_BOUNCED:
		return g_strdup_printf("the %s to %s came back", word_text(WORDS_STEP, event->step), name);
	case EVENT_AUTO_REPLY:
		return say_away(app, item->record->facts, event);
	case EVENT_SOUNDED_OUT:
		return g_strdup("the interview was talked over");
	default:
		return say_contact(event->step, name, event->channel);
	}
}

/* The draft that was used, if there is one, is done with, and does not go by mail too. */
static void use_draft(Case *item, Change *change, const Event *event)
{
	int index = case_find_draft(item, event->step, event->interview, event->person, event->channel);
	if (index == NO_DRAFT || event->kind == EVENT_BOUNCED || event->result == CALL_NO_ANSWER)
		return;
	const OutboxRow *row = case_find_outbox(item, index);
	if (row != NULL && (row->state == OUTBOX_READY || row->state == OUTBOX_RETRY || row->state == OUTBOX_UNKNOWN))
		change_cancel_outbox(change, row->number, "It was put on record by hand.");
	record_draft(item->record, index)->state = DRAFT_USED;
	change_put(change, PART_DRAFT, index);
}

/* What was written for the same step to go another way is not wanted any more. */
static void discard_drafts(Case *item, Change *change, const Event *event)
{
	bool contact = event->kind == EVENT_SENT || (event->kind == EVENT_CALLED && event->result != CALL_NO_ANSWER);
	for (int i = 0; contact && i < (int)item->record->drafts->len; i++) {
		Draft *draft = record_draft(item->record, i);
		if (draft->state != DRAFT_OPEN || draft->step != event->step || draft->interview != event->interview ||
			draft->person != event->person)
			continue;
		draft->state = DRAFT_DISCARDED;
		change_put(change, PART_DRAFT, i);
	}
}

/* What was recorded last is taken off the record: a slip. */
static bool undo(App *app, Case *item, const OpArgs *args, Printer *printer, GError **error)
{
	static const char *const others[] = {"person",  "step",       "channel",   "result", "bounced",
										 "address", "away-until", "interview", "at",     NULL};
	Facts *facts = item->record->facts;
	for (const char *const *name = others; *name != NULL; name++)
		if (op_args_has(args, *name))
			return base_error_set(
				error, BASE_ERROR_INVALID, *name,
				"--undo takes back what was recorded last, whatever it is; say it alone.");
	if (facts->events->len == 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "undo", "Nothing is recorded at %s that could be taken back.", facts->company);
	const Event *last = facts_event(facts, (int)facts->events->len - 1);
	g_autofree char *what = say_event(app, facts, last), *when = say_time(app, facts, last->at);
	if (case_find_undoable(item) < 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "undo",
			"The last on record at %s is what was sent from here: %s, %s; that stays.", facts->company, what, when);
	Event taken = *last;
	taken.address = NULL;
	g_autoptr(Change) change = change_new(item->record);
	g_array_set_size(facts->events, facts->events->len - 1);
	change_put_all(change);
	if (!case_save(app, item, change, error))
		return false;
	g_autofree char *told = g_strconcat("taken back: ", what, NULL);
	tell(app, item, told, &taken, printer);
	return true;
}

bool op_log(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	Event event = EVENT_INIT(EVENT_SENT);
	int64_t at = 0;
	if (op_args_has(args, "undo"))
		return case_load(app, args, &item, error) && undo(app, item, args, printer, error);
	if (!case_load(app, args, &item, error) || !intake_at(app, args, item->record->facts->zone, &at, error))
		return false;
	event.at = at;
	if (!fill_log(app, item, args, &event, error))
		return false;
	event.at = at;
	g_autofree char *what = say_log(app, item, &event);
	g_autoptr(Change) change = change_new(item->record);
	facts_add_event(item->record->facts, &event);
	change_put(change, PART_EVENT, (int)item->record->facts->events->len - 1);
	use_draft(item, change, &event);
	discard_drafts(item, change, &event);
	if (!case_save(app, item, change, error))
		return false;
	tell(app, item, what, &event, printer);
	return true;
}

bool op_reply(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	Event event = EVENT_INIT(EVENT_REPLY);
	Promise promise = PROMISE_NONE;
	if (!case_load(app, args, &item, error))
		return false;
	Facts *facts = item->record->facts;
	if (!case_find_person(item, op_args_get(args, "person"), &event.person, error) ||
		!intake_at(app, args, facts->zone, &event.at, error) ||
		!intake_promise(app, args, facts->zone, &promise, error) ||
		!intake_check_said(app, facts->zone, &promise, event.at, error))
		return false;
	event.says = op_args_has(args, "says") ? desk_word(WORDS_SAYS, op_args_get(args, "says")) : SAYS_OTHER;
	event.promise.decision_by = promise.decision_by;
	if (promise.follow_up_after ==
		DAY_NONE) /* else the dates are given together, since later ones replace earlier ones */
		promise.decision_by = DAY_NONE;
	g_autoptr(Change) change = change_new(item->record);
	facts_add_event(facts, &event);
	change_put(change, PART_EVENT, (int)facts->events->len - 1);
	if (!promise_is_none(&promise)) { /* what a reply cannot hold is a promise of its own */
		Event given = EVENT_INIT(EVENT_PROMISE);
		given.at = event.at;
		given.promise = promise;
		facts_add_event(facts, &given);
		change_put(change, PART_EVENT, (int)facts->events->len - 1);
	}
	if (!case_save(app, item, change, error))
		return false;
	promise.decision_by = event.promise.decision_by;
	g_autofree char *said = say_promise(app, facts, &promise);
	g_autofree char *what = g_strdup_printf(
		"a reply from %s (%s%s%s)", facts_person(facts, event.person)->name, word_text(WORDS_SAYS, event.says),
		said[0] == '\0' ? "" : ": ", said);
	tell(app, item, what, &event, printer);
	return true;
}

bool op_promise(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	Event event = EVENT_INIT(EVENT_PROMISE);
	if (!case_load(app, args, &item, error) || !intake_at(app, args, item->record->facts->zone, &event.at, error) ||
		!intake_promise(app, args, item->record->facts->zone, &event.promise, error) ||
		!intake_check_said(app, item->record->facts->zone, &event.promise, event.at, error))
		return false;
	if (promise_is_none(&event.promise))
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL,
			"Say what they promised: --decision-by fri, --follow-up-after \"1 dec\" or --weeks 3.");
	if (!save_event(app, item, &event, error))
		return false;
	g_autofree char *what = say_promise(app, item->record->facts, &event.promise);
	tell(app, item, what, &event, printer);
	return true;
}

bool op_outcome(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	Event event = EVENT_INIT((EventKind)desk_word(WORDS_EVENT, op_args_get(args, "outcome")));
	if (!case_load(app, args, &item, error) || !intake_at(app, args, item->record->facts->zone, &event.at, error) ||
		!save_event(app, item, &event, error))
		return false;
	tell(app, item, op_args_get(args, "outcome"), &event, printer);
	return true;
}
