/* op-review.c - followup review: what a careful friend would say about a note.
 *
 * With an opportunity it is one that is kept; else the note comes in on standard input, with --facts or without.
 */
#include "ending.h"
#include "leaving.h"
#include "ops.h"
#include "review-own.h"
#include "tell-note.h"

#include <base/json-out.h>
#include <base/limits.h>
#include <facts/facts-json.h>

static bool has_errors(const Review *review, GError **error)
{
	int errors = review_count(review, FINDING_ERROR);
	if (errors == 0)
		return false;
	base_error_set(
		error, BASE_ERROR_CONFLICT, NULL, "The note has %d finding%s of level error; mend %s before it goes.", errors,
		errors == 1 ? "" : "s", errors == 1 ? "it" : "them");
	return true;
}

static void tell_words(const Review *review, Printer *printer)
{
	printer_integer(printer, "words", NULL, review->words);
	if (review->findings->len == 0)
		printer_say(printer, SAY_GOOD, "%d words, nothing to mend.", review->words);
	else
		printer_say(
			printer, SAY_DETAIL, "%d words, %d error%s, %d warning%s.", review->words,
			review_count(review, FINDING_ERROR), review_count(review, FINDING_ERROR) == 1 ? "" : "s",
			review_count(review, FINDING_WARNING), review_count(review, FINDING_WARNING) == 1 ? "" : "s");
}

/* The files of --others, NULL at the end. */
static bool load_others(const OpArgs *args, GPtrArray *others, GError **error)
{
	const GPtrArray *paths = op_args_get_all(args, "others");
	for (guint i = 0; i < paths->len; i++) {
		GString *text = NULL;
		if (!desk_given_file_load(args, "others", i, LIMIT_NOTE_BYTES, &text, error))
			return false;
		g_ptr_array_add(others, g_string_free(text, FALSE));
	}
	g_ptr_array_add(others, NULL);
	return true;
}

/* The request from facts in a file; all stays borrowed from what the caller keeps. */
static bool request_from_facts(App *app, const OpArgs *args, Facts **ret_facts, ReviewRequest *request, GError **error)
{
	g_autoptr(GString) input = NULL;
	g_autoptr(Plan) plan = plan_new();
	const Playbook *playbook = NULL;
	NoteTarget target = {0};
	if (!desk_given_file_load(args, "facts", 0, LIMIT_INPUT_BYTES, &input, error) ||
		!facts_input_load(app, input, ret_facts, error) ||
		!desk_playbook_load(app, op_args_get(args, "playbook"), &playbook, error))
		return false;
	if (!op_args_has(args, "to") || !op_args_has(args, "step"))
		return base_error_set(error, BASE_ERROR_INVALID, "to", "With --facts, say --step and --to whom the note goes.");
	if (!note_target_from_args(app, args, *ret_facts, playbook, plan, &target, error))
		return false;
	request->facts = *ret_facts;
	request->to = target.person;
	request->interview = target.interview;
	request->channel = target.channel;
	request->must = target.must;
	request->spelling_is_error = playbook_is_spelling_error(playbook);
	request->rejected = facts_are_rejected(*ret_facts, app->now);
	request->send_at = app->now;
	return true;
}

static bool review_piped(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GString) note = NULL;
	g_autoptr(Facts) facts = NULL;
	g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(Review) review = NULL;
	g_auto(ReviewOwn) own = {0};
	ReviewRequest request = REVIEW_REQUEST_INIT;
	const char *step = op_args_get(args, "step"), *channel = op_args_get(args, "channel");
	if (!desk_input_load(args, LIMIT_NOTE_BYTES, &note, error) || !load_others(args, others, error))
		return false;
	if (!review_own_rules_read(op_args_get_all(args, "off"), &own.off, error) ||
		!review_own_lists_load(app, &own, error))
		return false;
	request.step = desk_word(WORDS_STEP, step);
	request.channel = desk_word(WORDS_CHANNEL, channel);
	/* What only facts can tell is not asked for without them. */
	if (request.step != WORD_NONE)
		request.must = note_usual_must(request.step) & ~(1u << MUST_SPECIFIC | 1u << MUST_OWN_NAME);
	if (op_args_has(args, "facts") && !request_from_facts(app, args, &facts, &request, error))
		return false;
	request.note = note->str;
	request.length = note->len;
	request.others = (const char *const *)others->pdata;
	request.linkedin_limit = (int)op_args_get_int(args, "linkedin-characters", 0);
	request.speller = desk_speller(app);
	review_own_apply(&own, &request);
	if (!review_note(&request, &review, error))
		return false;
	printer_object(printer, NULL);
	tell_review(review, note->str, printer);
	tell_words(review, printer);
	printer_object_end(printer);
	return !has_errors(review, error);
}

static bool explain(const char *name, Printer *printer, GError **error)
{
	int rule = review_rule_find(name);
	if (rule == WORD_NONE) {
		GString *all = g_string_new(NULL);
		for (int i = 0; i < REVIEW_RULE_COUNT; i++)
			g_string_append_printf(all, "%s%s", i == 0 ? "" : ", ", review_rule_name(i));
		base_error_set(
			error, BASE_ERROR_INVALID, "explain", "There is no rule of that name; the rules are %s.", all->str);
		g_string_free(all, TRUE);
		return false;
	}
	printer_object(printer, NULL);
	printer_string(printer, "rule", NULL, review_rule_name(rule));
	printer_string(printer, "text", NULL, review_explain((ReviewRule)rule));
	printer_say_text(printer, SAY_HEADING, review_rule_name(rule));
	printer_say_text(printer, SAY_TEXT, review_explain((ReviewRule)rule));
	printer_object_end(printer);
	return true;
}

static bool fail_words(const char *name, GError **error)
{
	g_autoptr(GString) all = g_string_new(NULL);
	for (size_t i = 0; review_lists_name(i); i++)
		g_string_append_printf(all, "%s%s", i == 0 ? "" : ", ", review_lists_name(i));
	return base_error_set(
		error, BASE_ERROR_INVALID, "words", "There is no list \"%s\"; the lists are %s.", name, all->str);
}

/* A list of the program's, copied into the config folder to be changed there. */
static bool copy_words(const App *app, const char *name, Printer *printer, GError **error)
{
	const char *text = review_lists_text(name);
	g_autofree char *folder = g_build_filename(app->config_dir, "review", NULL);
	g_autofree char *path = g_build_filename(folder, name, NULL);
	if (text == NULL)
		return fail_words(name, error);
	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return base_error_set(
			error, BASE_ERROR_CONFLICT, path, "%s is there already; change it, or take it away first.", path);
	if (g_mkdir_with_parents(folder, 0700) != 0 || !g_file_set_contents(path, text, -1, NULL))
		return base_error_set(error, BASE_ERROR_TEMPORARY, path, "%s cannot be written.", path);
	printer_object(printer, NULL);
	printer_string(printer, "file", NULL, path);
	printer_say(printer, SAY_GOOD, "%s is yours to change; it is read in place of the program's own.", path);
	printer_object_end(printer);
	return true;
}

/* --off and --on are kept with the note. */
static bool switch_rules(App *app, const OpArgs *args, const Case *item, int draft, GError **error)
{
	uint64_t off = 0, on = 0;
	if (!op_args_has(args, "off") && !op_args_has(args, "on"))
		return true;
	if (!review_own_rules_read(op_args_get_all(args, "off"), &off, error) ||
		!review_own_rules_read(op_args_get_all(args, "on"), &on, error))
		return false;
	review_own_switch(app, item, draft, off, on);
	return store_account_save(app->store, app->account, error);
}

/* ---- notes on record ---- */

/* Reviews one and tells it, as members of the object that is open. */
static bool review_stored(App *app, const Case *item, int index, Printer *printer, Review **ret_review, GError **error)
{
	g_autoptr(Review) review = NULL;
	if (!case_review_draft(app, item, index, leaving_review_at(app, item, index), true, &review, error))
		return false;
	const Draft *draft = record_draft(item->record, index);
	g_autofree char *text = note_text_join(draft->subject, draft->body);
	tell_note(app, item, index, printer);
	tell_review(review, text, printer);
	tell_words(review, printer);
	if (printer->for_programs)
		tell_note_standing(app, item, index, review, printer);
	*ret_review = g_steal_pointer(&review);
	return true;
}

/* "thank-you to Huck Finn by e-mail". */
static void say_which(const Case *item, int index, Printer *printer)
{
	const Draft *draft = record_draft(item->record, index);
	const char *name = draft->person == NOBODY ? "yourself" : facts_person(item->record->facts, draft->person)->name;
	g_autofree char *what = say_contact(draft->step, name, draft->channel);
	printer_break(printer);
	printer_say_text(printer, SAY_HEADING, what);
}

static bool review_drafts(
	App *app, const Case *item, const GArray *indexes, Printer *printer, int *ret_faulty, GError **error)
{
	printer_list(printer, "notes");
	for (guint i = 0; i < indexes->len; i++) {
		g_autoptr(Review) review = NULL;
		int index = g_array_index(indexes, int, i);
		printer_object(printer, NULL);
		say_which(item, index, printer);
		if (!review_stored(app, item, index, printer, &review, error))
			return false;
		printer_object_end(printer);
		*ret_faulty += review_count(review, FINDING_ERROR) > 0;
	}
	printer_list_end(printer);
	return true;
}

/* What went already of a step or an interview that is named. */
static void tell_gone(const App *app, const Case *item, const OpArgs *args, int interview, Printer *printer)
{
	int step = desk_word(WORDS_STEP, op_args_get(args, "step"));
	bool named = step != WORD_NONE || interview != NO_INTERVIEW;
	printer_list(printer, "gone");
	for (int i = 0; i < (int)item->record->drafts->len && named; i++) {
		const Draft *draft = record_draft(item->record, i);
		if (draft->state != DRAFT_USED || (step != WORD_NONE && draft->step != step) ||
			(interview != NO_INTERVIEW && draft->interview != interview))
			continue;
		const OutboxRow *row = case_find_outbox(item, i);
		g_autofree char *when =
			row == NULL || row->sent_at == TIME_NONE ? NULL : say_time(app, item->record->facts, row->sent_at);
		printer_object(printer, NULL);
		tell_note(app, item, i, printer);
		printer_string(printer, "when", NULL, when);
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

/* A step that a note could be written for and has none. What is still to come counts where that step is named. */
static bool is_unwritten(const Case *item, const PlanStep *step, int kind, int person, int interview)
{
	bool ahead = kind == WORD_NONE
					 ? step_can_be_done(step)
					 : (int)step->kind == kind && (plan_step_is_open(step) || step->state == STATE_UPCOMING);
	return ahead && draft_has_text(step->kind) && (person == NOBODY || step->to == person || step->about == person) &&
		   (interview == NO_INTERVIEW || step->interview == interview) &&
		   case_find_draft(item, (int)step->kind, step->interview, step->to, WORD_NONE) == NO_DRAFT;
}

static void tell_unwritten(
	const App *app, const Case *item, const OpArgs *args, int interview, int person, Printer *printer)
{
	int kind = desk_word(WORDS_STEP, op_args_get(args, "step"));
	printer_list(printer, "unwritten");
	for (guint i = 0; i < item->plan->steps->len && printer->for_programs; i++) {
		const PlanStep *step = plan_step(item->plan, i);
		if (!is_unwritten(item, step, kind, person, interview))
			continue;
		printer_object(printer, NULL);
		tell_step(app, item, step, printer);
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

static bool fail_faulty(int faulty, guint count, GError **error)
{
	return faulty == 0 || base_error_set(
							  error, BASE_ERROR_CONFLICT, NULL,
							  "%d of %u note%s %s findings of level error; mend them before they go.", faulty, count,
							  count == 1 ? "" : "s", faulty == 1 ? "has" : "have");
}

/* --all: the notes as they stand beside each other, and what is missing. */
static bool review_all(App *app, const Case *item, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GArray) indexes = g_array_new(FALSE, FALSE, sizeof(int));
	const char *id = op_args_get(args, "interview"), *name = op_args_get(args, "person");
	int interview = NO_INTERVIEW, person = NOBODY, faulty = 0;
	if ((id != NULL && !case_find_interview(app, item, id, &interview, error)) ||
		(name != NULL && !case_find_person(item, name, &person, error)) ||
		!case_list_drafts(app, item, args, DRAFT_STATE_COUNT, indexes, error))
		return false;
	g_autofree char *verdict = plan_explain_verdict(item->plan);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "company", NULL, item->record->facts->company);
	printer_string(printer, "position", NULL, item->record->facts->position);
	printer_string(printer, "verdict", NULL, verdict_word(item->plan->verdict));
	printer_string(printer, "verdict_text", NULL, verdict);
	if (!review_drafts(app, item, indexes, printer, &faulty, error))
		return false;
	tell_gone(app, item, args, interview, printer);
	tell_unwritten(app, item, args, interview, person, printer);
	if (indexes->len == 0)
		printer_say(printer, SAY_TEXT, "No note is written there. %s", verdict);
	printer_object_end(printer);
	return fail_faulty(faulty, indexes->len, error);
}

static bool review_one(App *app, const Case *item, int index, Printer *printer, GError **error)
{
	g_autoptr(Review) review = NULL;
	const Draft *draft = record_draft(item->record, index);
	g_autofree char *text = note_text_join(draft->subject, draft->body);
	printer_say_text(printer, SAY_QUOTE, text);
	printer_break(printer);
	printer_object(printer, NULL);
	if (!review_stored(app, item, index, printer, &review, error))
		return false;
	printer_object_end(printer);
	return !has_errors(review, error);
}

bool op_review(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	int index = NO_DRAFT;
	if (op_args_has(args, "explain"))
		return explain(op_args_get(args, "explain"), printer, error);
	if (op_args_has(args, "words"))
		return copy_words(app, op_args_get(args, "words"), printer, error);
	if (!op_args_has(args, "opportunity"))
		return review_piped(app, args, printer, error);
	bool switches = op_args_has(args, "off") || op_args_has(args, "on");
	if (!desk_open(app, switches ? OP_STORE_WRITE : OP_STORE_READ, error) || !case_load(app, args, &item, error))
		return false;
	if (op_args_has(args, "all"))
		return review_all(app, item, args, printer, error);
	return case_pick_draft(app, item, args, &index, error) && switch_rules(app, args, item, index, error) &&
		   review_one(app, item, index, printer, error);
}
