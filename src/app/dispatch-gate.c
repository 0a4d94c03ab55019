/* dispatch-gate.c - may this note leave now?  Asked of the plan as it is at this moment.
 *
 * Since it was approved they may have answered, a call may have been made, a date may have moved.  The plan knows
 * all that: a note leaves only for a step that is open now and has e-mail among the channels left for today.
 */
#include "dispatch-gate.h"
#include "dispatch.h"
#include "note-text.h"

#include <facts/facts-json.h>
#include <glib/gstdio.h>
#include <store/inbox.h>
#include <string.h>

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

static int64_t tomorrow_morning(const Facts *facts, int64_t now)
{
	return zone_to_instant(facts->zone, zone_to_day(facts->zone, now, NULL) + 1, 9 * 3600);
}

/* A question that is due does not leave while its opportunity is put off; a thank-you does. */
static bool is_put_off(const Case *item, const PlanStep *step, int64_t *ret_until)
{
	bool asks = step->kind == STEP_SECOND_NOTE || step->kind == STEP_CHECK_IN || step->kind == STEP_FINAL_CHECK;
	int64_t until = case_later_until(item);
	if (!asks || until == TIME_NONE || (step->state != STATE_DUE && step->state != STATE_OVERDUE))
		return false;
	*ret_until = dispatch_fitting_time(item->record->facts, until, TIME_NONE, TIME_NONE);
	return true;
}

GateAnswer gate_ask_plan(App *app, const Case *item, const Draft *draft, char **ret_why, int64_t *ret_until)
{
	const Facts *facts = item->record->facts;
	const PlanStep *step = find_step(item, draft);
	const char *name = facts_person(facts, draft->person)->name, *what = word_text(WORDS_STEP, draft->step);
	if (step == NULL) {
		*ret_why = g_strdup_printf("The plan no longer asks for this %s to %s.", what, name);
		return GATE_CANCEL;
	}
	if (is_put_off(item, step, ret_until)) {
		*ret_why = g_strdup_printf("%s is put off until then.", facts->company);
		return GATE_HOLD;
	}
	switch (step->state) {
	case STATE_DUE:
	case STATE_OVERDUE:
		if (plan_step_goes_by(step, CHANNEL_EMAIL))
			return GATE_PASS;
		*ret_until = tomorrow_morning(facts, app->now);
		*ret_why = g_strdup_printf("%s was reached another way today, and one platform a day is enough (E1).", name);
		return GATE_HOLD;
	case STATE_UPCOMING: {
		g_autofree char *why = plan_step_explain(item->plan, step), *opens = say_time(app, facts, step->opens);
		*ret_until = step->opens;
		*ret_why = step->opens == TIME_NONE
					   ? g_strdup_printf("It is not known yet when the %s to %s opens. %s", what, name, why)
					   : g_strdup_printf("It may leave from %s: %s", opens, why);
		return step->opens == TIME_NONE ? GATE_CANCEL : GATE_HOLD;
	}
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

static void put_text(GString *out, const char *text)
{
	g_string_append_len(out, text == NULL ? "" : text, text == NULL ? 1 : (gssize)strlen(text) + 1);
}

/* Which program this is, by its file; "" where that cannot be told. Rules and word lists are part of it: another build
 * may find other things. Static. */
static const char *program_mark(void)
{
	static char mark[128];
	static gsize known;
	GStatBuf self;
	if (g_once_init_enter(&known)) {
		if (g_stat("/proc/self/exe", &self) == 0)
			g_snprintf(
				mark, sizeof mark, "%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%ld ",
				(guint64)self.st_ino, (gint64)self.st_size, (gint64)self.st_mtim.tv_sec, self.st_mtim.tv_nsec);
		g_once_init_leave(&known, 1);
	}
	return mark;
}

/* More drafts than a review compares with, so that which those are need not be known here. */
static void put_drafts(GString *out, const Record *record)
{
	for (int i = 0; i < (int)record->drafts->len; i++) {
		const Draft *draft = record_draft(record, i);
		g_string_append_printf(
			out, "%d %d %d %d %d ", draft->step, draft->interview, draft->person, draft->channel,
			draft->state == DRAFT_DISCARDED);
		put_text(out, draft->subject);
		put_text(out, draft->body);
	}
}

char *gate_seal(const Case *item, int index, int64_t send_at)
{
	const Facts *facts = item->record->facts;
	const Draft *draft = record_draft(item->record, index);
	g_autoptr(GString) text = g_string_sized_new(8192);
	NoteTarget target =
		note_target_find(item->plan, facts, draft->step, draft->person, draft->interview, draft->channel);
	if (program_mark()[0] == '\0')
		return NULL;
	g_string_append_printf(
		text, "%s%d %d %u %d ", program_mark(), index, zone_to_day(facts->zone, send_at, NULL), target.must,
		playbook_is_spelling_error(item->playbook));
	for (int i = 0; i < (int)facts->interviews->len; i++)
		g_string_append_c(text, facts_interview(facts, i)->start <= send_at ? 'b' : '-');
	put_drafts(text, item->record);
	facts_format(facts, false, text);
	/* Against slips, not against anybody: who could forge it could as well change the note and the seal. */
	return g_compute_checksum_for_data(G_CHECKSUM_MD5, (const guchar *)text->str, text->len);
}

/* Whether what was approved would be approved again: unless something of what the review read has changed since. */
static bool ask_review(
	App *app, const Case *item, const OutboxRow *row, GateAnswer *ret_answer, char **ret_why, GError **error)
{
	g_autoptr(Review) review = NULL;
	g_autofree char *seal = row->review_seal == NULL ? NULL : gate_seal(item, row->draft, app->now);
	if (seal != NULL && strcmp(seal, row->review_seal) == 0)
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

/* What would be a nuisance, or worse, if they have answered; a thank-you never is. */
static bool asks_for_news(int step)
{
	return step == STEP_SECOND_NOTE || step == STEP_CHECK_IN || step == STEP_FINAL_CHECK;
}

/* Whether what they may have written is known. */
static bool ask_mailbox(
	App *app, const Case *item, const Draft *draft, GateAnswer *ret_answer, char **ret_why, int64_t *ret_until,
	GError **error)
{
	enum { AGAIN = 900 };
	int64_t open = 0;
	if (!asks_for_news(draft->step))
		return true;
	if (!store_inbox_count(app->store, ACCOUNT_SELF, item->record->id, &open, error))
		return false;
	if (app->mailbox_fault == NULL && open == 0)
		return true;
	*ret_answer = GATE_HOLD;
	*ret_until = app->now + AGAIN;
	*ret_why =
		open > 0 ? g_strdup("A mail in the inbox may be their answer; say first what it is: followup inbox")
				 : g_strdup_printf(
					   "Whether they have answered cannot be seen, and an ask waits for that: %s", app->mailbox_fault);
	return true;
}

bool gate_ask(
	App *app, const Case *item, const OutboxRow *row, GateAnswer *ret_answer, char **ret_why, int64_t *ret_until,
	GError **error)
{
	const Draft *draft = row->draft == NO_DRAFT ? NULL : record_draft(item->record, row->draft);
	*ret_answer = GATE_CANCEL;
	if (draft == NULL || draft->state != DRAFT_APPROVED || draft->person == NOBODY ||
		strcmp(draft->body, row->body) != 0 ||
		strcmp(draft->subject == NULL ? "" : draft->subject, row->subject) != 0) {
		*ret_why = g_strdup("The note is not what was approved (E12).");
		return true;
	}
	const Person *to = facts_person(item->record->facts, draft->person);
	if (g_strcmp0(to->email, row->to_address) != 0) {
		*ret_why = g_strdup_printf("The e-mail address of %s has changed since it was approved.", to->name);
		return true;
	}
	*ret_answer = gate_ask_plan(app, item, draft, ret_why, ret_until);
	if (*ret_answer == GATE_PASS && !ask_mailbox(app, item, draft, ret_answer, ret_why, ret_until, error))
		return false;
	return *ret_answer != GATE_PASS || ask_review(app, item, row, ret_answer, ret_why, error);
}
