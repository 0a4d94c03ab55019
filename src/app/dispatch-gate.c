/* dispatch-gate.c - may this note leave now?  Asked of the plan as it is at this moment.
 *
 * Since it was approved they may have answered, a call may have been made, a date may have moved.  The plan knows
 * all that: a note leaves only for a step that is open now and has e-mail among the channels left for today.
 */
#include "dispatch-gate.h"
#include "note-text.h"

static const PlanStep *find_step(const Case *item, const Draft *draft)
{
	const PlanStep *found = NULL;
	for (guint i = 0; i < item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(item->plan, i);
		if ((int)step->kind != draft->step || step->interview != draft->interview ||
			(step->to != draft->person && step->to != NOBODY))
			continue;
		bool open = plan_step_is_open(step) || step->state == STATE_UPCOMING;
		if (found == NULL || open) /* a further attempt is an object of its own: the one that is not done counts */
			found = step;
	}
	return found;
}

static bool has_email(const PlanStep *step)
{
	for (int i = 0; i < step->channel_count; i++)
		if (step->channels[i] == CHANNEL_EMAIL)
			return true;
	return false;
}

static int64_t tomorrow_morning(const Facts *facts, int64_t now)
{
	return zone_to_instant(facts->zone, zone_to_day(facts->zone, now, NULL) + 1, 9 * 3600);
}

/* What the plan says about the step now. */
static GateAnswer ask_plan(App *app, const Case *item, const Draft *draft, char **ret_why, int64_t *ret_until)
{
	const Facts *facts = item->record->facts;
	const PlanStep *step = find_step(item, draft);
	const char *name = facts_person(facts, draft->person)->name, *what = word_text(WORDS_STEP, draft->step);
	if (step == NULL) {
		*ret_why = g_strdup_printf("The plan no longer asks for this %s to %s.", what, name);
		return GATE_CANCEL;
	}
	g_autofree char *opens = say_time(app, facts, step->opens);
	switch (step->state) {
	case STATE_DUE:
	case STATE_OVERDUE:
		if (has_email(step))
			return GATE_PASS;
		*ret_until = tomorrow_morning(facts, app->now);
		*ret_why = g_strdup_printf("%s was reached another way today; one platform a day (E1).", name);
		return GATE_HOLD;
	case STATE_UPCOMING:
		*ret_until = step->opens;
		*ret_why = g_strdup_printf("The %s to %s opens %s, not before (E1, E2).", what, name, opens);
		return step->opens == TIME_NONE ? GATE_CANCEL : GATE_HOLD;
	case STATE_BLOCKED:
		*ret_why = g_strdup_printf("The e-mail address of %s is missing or came back.", name);
		return GATE_CANCEL;
	default:
		*ret_why = g_strdup_printf(
			"The %s to %s is %s%s%s by now.", what, name, step_state_word(step->state),
			step->reason == REASON_NONE ? "" : ", ", step->reason == REASON_NONE ? "" : skip_reason_word(step->reason));
		return GATE_CANCEL;
	}
}

bool gate_ask(
	App *app, const Case *item, const OutboxRow *row, GateAnswer *ret_answer, char **ret_why, int64_t *ret_until,
	GError **error)
{
	g_autoptr(Review) review = NULL;
	const Draft *draft = row->draft == NO_DRAFT ? NULL : record_draft(item->record, row->draft);
	*ret_answer = GATE_CANCEL;
	if (draft == NULL || draft->state != DRAFT_APPROVED || draft->person == NOBODY ||
		g_strcmp0(draft->body, row->body) != 0) {
		*ret_why = g_strdup("The note is not what was approved (E12).");
		return true;
	}
	const Person *to = facts_person(item->record->facts, draft->person);
	if (g_strcmp0(to->email, row->to_address) != 0) {
		*ret_why = g_strdup_printf("The e-mail address of %s has changed since it was approved.", to->name);
		return true;
	}
	*ret_answer = ask_plan(app, item, draft, ret_why, ret_until);
	if (*ret_answer != GATE_PASS)
		return true;
	if (!case_review_draft(app, item, row->draft, app->now, false, &review, error))
		return false;
	for (guint i = 0; i < review->findings->len; i++) {
		const Finding *finding = review_finding(review, i);
		if (finding->level != FINDING_ERROR)
			continue;
		*ret_answer = GATE_CANCEL;
		*ret_why = g_strdup_printf("%s (%s, E12)", finding->message, review_rule_name((int)finding->rule));
		break;
	}
	return true;
}
