/* op-card.c - followup card: the card as a PDF, with its envelope, and the day on which it arrives.
 */
#include "intake.h"
#include "ops.h"
#include "paper.h"

/* One card of those that are printed together. */
typedef struct CardTask {
	NoteTarget target;
	PlanCard days;
	int draft;
} CardTask;

/* All of one run. */
typedef struct CardJob {
	App *app;
	Case *item;
	const OpArgs *args;
	Printer *printer;
	GArray *tasks; /* of CardTask */
} CardJob;

static const Person *person_of(const CardJob *job, int person)
{
	return facts_person(job->item->record->facts, person);
}

static CardTask *task_of(const CardJob *job, guint index)
{
	return &g_array_index(job->tasks, CardTask, index);
}

/* ---- which cards ---- */

static bool goes_by_card(const PlanStep *step)
{
	return plan_step_goes_by(step, CHANNEL_CARD) && (step->kind == STEP_CARD || step->kind == STEP_THANK_YOU);
}

static bool is_ahead(const PlanStep *step)
{
	return plan_step_is_open(step) || step->state == STATE_UPCOMING;
}

static bool is_late(const PlanCard *days)
{
	return days->decision != DAY_NONE && days->arrives > days->decision;
}

static void add_task(CardJob *job, const NoteTarget *target)
{
	CardTask task = {.target = *target, .days = plan_card(job->item->plan, target->interview), .draft = NO_DRAFT};
	g_array_append_val(job->tasks, task);
}

/* Those that the plan wants: what is open, else what is to come; to one person, or to all. */
static void add_planned(CardJob *job, int person, bool upcoming)
{
	for (guint i = 0; i < job->item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(job->item->plan, i);
		bool wanted = upcoming ? step->state == STATE_UPCOMING : plan_step_is_open(step);
		if (!wanted || !goes_by_card(step) || (person != NOBODY && step->to != person))
			continue;
		NoteTarget target = note_target_of(step, CHANNEL_CARD);
		add_task(job, &target);
	}
}

static bool refuse_late(const CardJob *job, const PlanCard *days, GError **error)
{
	const Facts *facts = job->item->record->facts;
	g_autofree char *arrives = when_name_day(facts->zone, days->arrives, job->app->now);
	g_autofree char *decision = when_name_day(facts->zone, days->decision, job->app->now);
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "anyway",
		"A card would arrive on %s, and they decide by %s: write an e-mail, or print it all the same with --anyway.",
		arrives, decision);
}

/* The step that there is, if none is ahead: why no card goes. */
static const PlanStep *find_past(const CardJob *job, int person)
{
	const PlanStep *found = NULL;
	for (guint i = 0; i < job->item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(job->item->plan, i);
		bool theirs = person == NOBODY || step->to == person;
		if (step->kind == STEP_CARD && theirs && !is_ahead(step))
			found = step;
	}
	return found;
}

static bool refuse_unplanned(const CardJob *job, int person, const PlanCard *days, GError **error)
{
	const PlanStep *past = find_past(job, person);
	const char *name = person == NOBODY ? job->item->record->facts->company : person_of(job, person)->name;
	if ((past == NULL || past->state != STATE_DONE) && is_late(days))
		return refuse_late(job, days, error);
	if (past == NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "anyway",
			"The plan for %s asks for no card to %s now; name the person and --anyway to print one all the same.",
			job->item->record->facts->company, name);
	if (past->state == STATE_DONE)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "anyway", "A card to %s is on record as mailed; --anyway prints it once more.",
			person_of(job, past->to)->name);
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "anyway", "The card to %s is %s (%s); --anyway prints it all the same.",
		person_of(job, past->to)->name, step_state_word(past->state),
		past->reason == REASON_NONE ? "its time is over" : skip_reason_word(past->reason));
}

static bool pick_unplanned(CardJob *job, int person, GError **error)
{
	int interview = NO_INTERVIEW;
	const Case *item = job->item;
	if (!case_find_interview(job->app, item, NULL, &interview, error))
		return false;
	PlanCard days = plan_card(item->plan, interview);
	if (person == NOBODY || !op_args_has(job->args, "anyway"))
		return refuse_unplanned(job, person, &days, error);
	NoteTarget target =
		note_target_find(item->plan, item->record->facts, STEP_CARD, person, NO_INTERVIEW, CHANNEL_CARD);
	if (target.interview == NO_INTERVIEW)
		target.interview = interview;
	add_task(job, &target);
	return true;
}

static bool pick(CardJob *job, GError **error)
{
	int person = NOBODY;
	const char *name = op_args_get(job->args, "person");
	if (name != NULL && !case_find_person(job->item, name, &person, error))
		return false;
	add_planned(job, person, false);
	if (job->tasks->len == 0)
		add_planned(job, person, true);
	if (job->tasks->len == 0)
		return pick_unplanned(job, person, error);
	for (guint i = 0; i < job->tasks->len && !op_args_has(job->args, "anyway"); i++)
		if (is_late(&task_of(job, i)->days))
			return refuse_late(job, &task_of(job, i)->days, error);
	return true;
}

/* ---- their words ---- */

static bool find_notes(CardJob *job, GError **error)
{
	guint before = job->item->record->drafts->len;
	g_autoptr(Change) change = change_new(job->item->record);
	for (guint i = 0; i < job->tasks->len; i++) {
		CardTask *task = task_of(job, i);
		if (!paper_note_find(job->app, job->item, change, &task->target, &task->draft, error))
			return false;
	}
	/* Kept before it is looked at: a gap is filled in by editing what is kept. */
	if (job->item->record->drafts->len > before && !case_save(job->app, job->item, change, error))
		return false;
	for (guint i = 0; i < job->tasks->len; i++)
		if (!paper_note_check(job->app, job->item, task_of(job, i)->draft, error))
			return false;
	return true;
}

/* What a careful friend would not let go is said, but ink is patient: the card is printed. */
static bool tell_findings(const CardJob *job, const CardTask *task, GError **error)
{
	g_autoptr(Review) review = NULL;
	int errors = 0;
	if (!case_review_draft(job->app, job->item, task->draft, job->app->now, true, &review, error))
		return false;
	for (guint i = 0; i < review->findings->len; i++)
		errors += review_finding(review, i)->level == FINDING_ERROR;
	if (errors == 0)
		return true;
	g_autofree char *handle = say_handle(job->app, job->item->record);
	g_autofree char *who = say_person_handle(job->item->record->facts, task->target.person);
	printer_say(
		job->printer, SAY_WARNING, "Something in the card to %s looks wrong; see to it before you mail it:",
		person_of(job, task->target.person)->name);
	printer_say(
		job->printer, SAY_COMMAND, "followup review %s %s --step %s --channel card", handle, who,
		word_text(WORDS_STEP, task->target.step));
	return true;
}

/* ---- on paper ---- */

static bool check_addresses(const CardJob *job, GError **error)
{
	g_autofree char *handle = say_handle(job->app, job->item->record);
	for (guint i = 0; i < job->tasks->len; i++) {
		int person = task_of(job, i)->target.person;
		g_autofree char *who = say_person_handle(job->item->record->facts, person);
		if (person_of(job, person)->address == NULL)
			return base_error_set(
				error, BASE_ERROR_MISSING, "address",
				"The postal address of %s is not on record: followup people %s %s --address \"STREET, TOWN\"",
				person_of(job, person)->name, handle, who);
	}
	return true;
}

static CardSize size_of(const CardJob *job)
{
	int size = op_args_get_choice(job->args, "size");
	return size >= 0 ? (CardSize)size : paper_is_letter(job->app) ? CARD_4X6 : CARD_A6;
}

static bool make_pdf(const CardJob *job, GString **ret_pdf, CardReport *ret_report, GError **error)
{
	const PrintModule *print = NULL;
	const Facts *facts = job->item->record->facts;
	bool envelopes = op_args_has(job->args, "envelope") || op_args_has(job->args, "envelope-size");
	g_autofree Card *cards = g_new0(Card, job->tasks->len);
	for (guint i = 0; i < job->tasks->len; i++) {
		const Person *person = person_of(job, task_of(job, i)->target.person);
		const Draft *draft = record_draft(job->item->record, task_of(job, i)->draft);
		cards[i] = (Card){draft->body, person->name, facts->company, person->address};
	}
	g_autofree char *title = job->tasks->len == 1 ? g_strdup_printf("Card to %s, %s", cards[0].name, facts->company)
												  : g_strdup_printf("Cards to %s", facts->company);
	CardRequest request = {
		.info = paper_info(job->app, job->item, title),
		.cards = cards,
		.count = job->tasks->len,
		.size = size_of(job),
		.ruled = op_args_has(job->args, "ruled"),
		.envelopes = envelopes,
		.envelope = op_args_get_choice(job->args, "envelope-size"),
		.sender_name = facts->me.name,
		.sender_address = desk_setting(job->app, PAPER_ADDRESS_SETTING),
	};
	return (!envelopes || check_addresses(job, error)) && paper_load(job->app, &print, error) &&
		   print->card_print(&request, ret_pdf, ret_report, error);
}

/* ---- telling ---- */

/* "Mailed today, it arrives on Friday 20 November; they decide by Thursday 26 November." */
static void say_arrival(const CardJob *job, const CardTask *task)
{
	const Facts *facts = job->item->record->facts;
	const PlanCard *days = &task->days;
	int64_t now = job->app->now;
	g_autofree char *mailed = when_say_day(facts->zone, days->mailed, now);
	g_autofree char *arrives = when_name_day(facts->zone, days->arrives, now);
	g_autofree char *decision = days->decision == DAY_NONE ? NULL : when_name_day(facts->zone, days->decision, now);
	g_autofree char *last = days->last == DAY_NONE ? NULL : when_name_day(facts->zone, days->last, now);
	GString *text = g_string_new(NULL);
	g_string_printf(
		text, "The card to %s, mailed %s%s, arrives on %s", person_of(job, task->target.person)->name,
		strchr(mailed, ' ') == NULL ? "" : "on ", mailed, arrives);
	if (decision == NULL)
		g_string_append(text, "; when they decide is not known.");
	else if (is_late(days))
		g_string_append_printf(text, ": too late, they decide by %s.", decision);
	else
		g_string_append_printf(text, "; they decide by %s.", decision);
	if (decision != NULL && !is_late(days) && days->last > days->mailed)
		g_string_append_printf(text, " %s is the last day to mail it.", last);
	printer_say_text(job->printer, is_late(days) ? SAY_WARNING : SAY_TEXT, text->str);
	g_string_free(text, TRUE);
}

static void tell_card(const CardJob *job, const CardTask *task)
{
	printer_object(job->printer, NULL);
	printer_string(job->printer, "to", NULL, person_of(job, task->target.person)->id);
	printer_string(job->printer, "step", NULL, word_text(WORDS_STEP, task->target.step));
	printer_day(job->printer, "mailed", task->days.mailed);
	printer_day(job->printer, "arrives", task->days.arrives);
	printer_day(job->printer, "decision_by", task->days.decision);
	printer_day(job->printer, "mail_by", task->days.last);
	printer_boolean(job->printer, "late", is_late(&task->days));
	printer_string(job->printer, "text", NULL, record_draft(job->item->record, task->draft)->body);
	say_arrival(job, task);
	printer_object_end(job->printer);
}

static void say_next(const CardJob *job, const CardReport *report)
{
	g_autofree char *handle = say_handle(job->app, job->item->record);
	if (report->unknown > 0)
		printer_say(
			job->printer, SAY_WARNING,
			"No font here has %d of the characters; install one that has (fonts-noto-core, fonts-noto-cjk).",
			report->unknown);
	if (report->envelopes > 0 && desk_setting(job->app, PAPER_ADDRESS_SETTING) == NULL) {
		printer_say(job->printer, SAY_WARNING, "Your own postal address is not on record; the envelope goes without.");
		printer_say(job->printer, SAY_COMMAND, "followup config me --address \"STREET, TOWN\"");
	}
	printer_say(job->printer, SAY_TEXT, "When it is in the post:");
	for (guint i = 0; i < job->tasks->len; i++) {
		const CardTask *task = task_of(job, i);
		g_autofree char *who = say_person_handle(job->item->record->facts, task->target.person);
		printer_say(
			job->printer, SAY_COMMAND, "followup log %s %s --step %s --channel card", handle, who,
			word_text(WORDS_STEP, task->target.step));
	}
}

static bool tell(const CardJob *job, const char *path, const CardReport *report, GError **error)
{
	static const char *const sizes[] = {"a6", "4x6", "a4", "letter"};
	Printer *printer = job->printer;
	const PrintModule *print = NULL;
	if (!paper_load(job->app, &print, error))
		return false;
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, job->item->record->id);
	printer_string(printer, "file", NULL, path);
	printer_string(printer, "size", NULL, sizes[size_of(job)]);
	printer_integer(printer, "pages", NULL, report->pages);
	printer_integer(printer, "envelopes", NULL, report->envelopes);
	printer_say(
		printer, SAY_GOOD, "%s: %d page%s%s%s.", path, report->pages, report->pages == 1 ? "" : "s",
		report->envelopes == 0   ? ""
		: report->envelopes == 1 ? ", the last an envelope "
								 : ", the last ones envelopes ",
		report->envelopes == 0 ? "" : print->paper_of_envelope((EnvelopeSize)report->envelope).name);
	printer_list(printer, "cards");
	for (guint i = 0; i < job->tasks->len; i++)
		tell_card(job, task_of(job, i));
	printer_list_end(printer);
	for (guint i = 0; i < job->tasks->len; i++)
		if (!tell_findings(job, task_of(job, i), error))
			return false;
	say_next(job, report);
	printer_object_end(printer);
	return true;
}

static bool run(CardJob *job, GError **error)
{
	g_autoptr(GString) pdf = NULL;
	CardReport report = {0};
	if (!pick(job, error) || !find_notes(job, error) || !make_pdf(job, &pdf, &report, error))
		return false;
	g_autofree char *usual =
		paper_file_name("card", job->item, job->tasks->len == 1 ? task_of(job, 0)->target.person : NOBODY);
	const char *path = op_args_has(job->args, "output") ? op_args_get(job->args, "output") : usual;
	if (!paper_write(path, op_args_has(job->args, "force"), pdf, job->printer, error))
		return false;
	return strcmp(path, "-") == 0 || tell(job, path, &report, error);
}

bool op_card(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(CardTask));
	if (!case_load(app, args, &item, error))
		return false;
	CardJob job = {app, item, args, printer, tasks};
	return run(&job, error);
}
