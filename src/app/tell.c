/* tell.c - see tell.h.
 */
#include "tell.h"

void tell_whom(const Facts *facts, int person, const char *key, const char *name_key, Printer *printer)
{
	const Person *who = person == NOBODY ? NULL : facts_person(facts, person);
	printer_string(printer, key, NULL, who == NULL ? NULL : who->id);
	printer_string(printer, name_key, NULL, who == NULL ? NULL : who->name);
}

void tell_person(const Person *person, Printer *printer)
{
	printer_string(printer, "id", NULL, person->id);
	printer_string(printer, "name", NULL, person->name);
	printer_string(printer, "salutation", NULL, person->salutation);
	printer_string(printer, "role", NULL, word_text(WORDS_ROLE, (int)person->role));
	printer_string(printer, "email", NULL, person->email);
	printer_string(printer, "phone", NULL, person->phone);
	printer_string(printer, "address", NULL, person->address);
	printer_string(printer, "linkedin", NULL, person->linkedin);
}

void tell_texts(const GPtrArray *texts, const char *key, Printer *printer)
{
	printer_list(printer, key);
	for (guint i = 0; i < texts->len; i++)
		printer_string(printer, NULL, NULL, g_ptr_array_index(texts, i));
	printer_list_end(printer);
}

/* ---- notes ---- */

const char *note_state_word(const Case *item, int index)
{
	const Draft *draft = record_draft(item->record, index);
	const OutboxRow *row = case_find_outbox(item, index);
	if (draft->state == DRAFT_OPEN && !case_draft_is_live(item, index))
		return "outdated";
	if (row != NULL && (draft->state == DRAFT_APPROVED || row->state == OUTBOX_SENT))
		return outbox_state_word((int)row->state);
	return row != NULL && row->state == OUTBOX_REFUSED ? "refused" : draft_state_word((int)draft->state);
}

/* The draft that there is for a step; null where there is none. */
static void tell_draft(const App *app, const Case *item, const PlanStep *step, Printer *printer)
{
	const Facts *facts = item->record->facts;
	int index = case_find_draft(item, (int)step->kind, step->interview, step->to, WORD_NONE);
	if (index == NO_DRAFT) {
		printer_string(printer, "draft", NULL, NULL);
		return;
	}
	const Draft *draft = record_draft(item->record, index);
	const OutboxRow *row = case_find_outbox(item, index);
	bool waits = row != NULL && draft->state == DRAFT_APPROVED;
	g_autofree char *when = waits ? say_time(app, facts, row->send_at) : NULL;
	printer_object(printer, "draft");
	printer_integer(printer, "id", NULL, index);
	printer_string(printer, "state", NULL, note_state_word(item, index));
	printer_string(printer, "channel", NULL, word_text(WORDS_CHANNEL, draft->channel));
	printer_string(printer, "subject", NULL, draft->subject);
	printer_time(printer, "send_at", facts->zone, waits ? row->send_at : TIME_NONE);
	printer_string(printer, "when", NULL, when);
	printer_object_end(printer);
}

void tell_note_row(const App *app, const NoteRow *row, Printer *printer)
{
	bool left = row->sent_at != TIME_NONE;
	g_autofree char *when = when_say(app->zone, left ? row->sent_at : row->send_at, app->now);
	printer_integer(printer, "opportunity", NULL, row->opportunity);
	printer_string(printer, "company", NULL, row->company);
	printer_string(printer, "position", NULL, row->position);
	if (row->draft == NO_DRAFT)
		printer_string(printer, "id", NULL, NULL);
	else
		printer_integer(printer, "id", NULL, row->draft);
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, row->step));
	printer_string(printer, "to", NULL, row->person);
	printer_string(printer, "to_name", NULL, row->to_name == NULL ? row->to_address : row->to_name);
	printer_string(printer, "subject", NULL, row->subject);
	printer_string(printer, "state", NULL, outbox_state_word((int)row->state));
	printer_time(printer, "send_at", app->zone, row->send_at);
	printer_time(printer, "sent_at", app->zone, row->sent_at);
	printer_string(printer, "when", NULL, when);
	printer_string(printer, "error", NULL, row->last_error);
}

/* ---- steps ---- */

char *say_step_when(const App *app, const Case *item, const PlanStep *step)
{
	const Facts *facts = item->record->facts;
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	g_ptr_array_add(steps, (void *)step);
	if (plan_step_is_open(step))
		return task_say_due(app, &(Task){.item = item, .steps = steps});
	if (step->state == STATE_DONE && step->done_at != TIME_NONE)
		return say_time(app, facts, step->done_at);
	if (step->state != STATE_UPCOMING)
		return NULL;
	g_autofree char *opens = say_time(app, facts, step->opens);
	return step->opens == TIME_NONE ? g_strdup("not yet") : g_strdup_printf("from %s on", opens);
}

static void tell_channels(const PlanStep *step, Printer *printer)
{
	printer_list(printer, "channels");
	for (int i = 0; i < step->channel_count; i++)
		printer_string(printer, NULL, NULL, word_text(WORDS_CHANNEL, (int)step->channels[i]));
	printer_list_end(printer);
}

/* What each channel lacks, in the channels' order; each thing once. */
static void tell_needs(const PlanStep *step, Printer *printer)
{
	static const struct {
		Channel channel;
		unsigned need;
		const char *word;
	} needs[] = {
		{CHANNEL_EMAIL, NEED_EMAIL, "email"},
		{CHANNEL_CALL, NEED_PHONE, "phone"},
		{CHANNEL_CARD, NEED_ADDRESS, "address"}};
	printer_list(printer, "needs");
	for (int i = 0; i < step->channel_count; i++)
		for (size_t n = 0; n < G_N_ELEMENTS(needs); n++)
			if (step->channels[i] == needs[n].channel && (step->needs & needs[n].need) != 0)
				printer_string(printer, NULL, NULL, needs[n].word);
	printer_list_end(printer);
}

static void tell_must(const PlanStep *step, Printer *printer)
{
	printer_list(printer, "must");
	for (int must = 0; must < MUST_COUNT; must++)
		if ((step->must & (1U << must)) != 0)
			printer_string(printer, NULL, NULL, word_text(WORDS_MUST, must));
	printer_list_end(printer);
}

static void tell_times(const Facts *facts, const PlanStep *step, Printer *printer)
{
	printer_time(printer, "opens", facts->zone, step->opens);
	printer_time(printer, "due", facts->zone, step->due);
	printer_time(printer, "closes", facts->zone, step->closes);
	printer_time(printer, "done_at", facts->zone, step->done_at);
}

void tell_step(const App *app, const Case *item, const PlanStep *step, Printer *printer)
{
	const Facts *facts = item->record->facts;
	const Interview *interview = facts_interview(facts, step->interview);
	g_autofree char *text = task_say_step(item, step), *when = say_step_when(app, item, step);
	g_autofree char *why = plan_step_explain(item->plan, step);
	bool ahead = plan_step_is_open(step) || step->state == STATE_UPCOMING;
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, (int)step->kind));
	printer_string(printer, "interview", NULL, interview->id);
	printer_string(printer, "interview_kind", NULL, word_text(WORDS_INTERVIEW_KIND, (int)interview->kind));
	tell_whom(facts, step->to, "to", "to_name", printer);
	tell_whom(facts, step->about, "about", "about_name", printer);
	printer_integer(printer, "attempt", NULL, step->attempt);
	printer_string(printer, "state", NULL, step_state_word(step->state));
	printer_string(printer, "reason", NULL, skip_reason_word(step->reason));
	printer_boolean(printer, "optional", step->optional);
	printer_boolean(printer, "is_ahead", ahead);
	printer_boolean(
		printer, "is_late",
		plan_step_is_open(step) && !step->optional && step->due != TIME_NONE && step->due <= app->now);
	printer_string(
		printer, "channel", NULL, step->channel_count == 0 ? NULL : word_text(WORDS_CHANNEL, (int)step->channels[0]));
	tell_channels(step, printer);
	tell_needs(step, printer);
	tell_must(step, printer);
	tell_times(facts, step, printer);
	printer_string(printer, "text", NULL, text);
	printer_string(printer, "when", NULL, when);
	printer_string(printer, "because", NULL, why);
	printer_string(printer, "action", NULL, ahead ? task_action_word(task_action_of(item, step)) : NULL);
	tell_draft(app, item, step, printer);
}

void tell_reasons(const Case *item, const PlanStep *step, Printer *printer)
{
	g_autoptr(GPtrArray) reasons = plan_step_list_reasons(item->plan, step);
	printer_list(printer, "reasons");
	for (guint i = 0; i < reasons->len; i++) {
		const PlanReason *reason = g_ptr_array_index(reasons, i);
		printer_object(printer, NULL);
		printer_string(printer, "rule", NULL, reason->rule);
		printer_string(printer, "source", NULL, reason->source);
		printer_string(printer, "text", NULL, reason->text);
		printer_object_end(printer);
	}
	printer_list_end(printer);
}
