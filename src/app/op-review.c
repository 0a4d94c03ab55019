/* op-review.c - followup review: what a careful friend would say about a note.
 *
 * With an opportunity it is one that is kept; else the note comes in on standard input, with --facts or without.
 */
#include "ending.h"
#include "note-text.h"
#include "ops.h"
#include "review-own.h"

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

static void tell_whole(const Review *review, const char *text, Printer *printer)
{
	printer_object(printer, NULL);
	tell_review(review, text, printer);
	printer_integer(printer, "words", NULL, review->words);
	if (review->findings->len == 0)
		printer_say(printer, SAY_GOOD, "%d words, nothing to mend.", review->words);
	else
		printer_say(
			printer, SAY_DETAIL, "%d words, %d error%s, %d warning%s.", review->words,
			review_count(review, FINDING_ERROR), review_count(review, FINDING_ERROR) == 1 ? "" : "s",
			review_count(review, FINDING_WARNING), review_count(review, FINDING_WARNING) == 1 ? "" : "s");
	printer_object_end(printer);
}

/* The files of --others, NULL at the end. */
static bool load_others(const OpArgs *args, GPtrArray *others, GError **error)
{
	const GPtrArray *paths = op_args_get_all(args, "others");
	for (guint i = 0; i < paths->len; i++) {
		char *text = NULL;
		size_t length = 0;
		if (!desk_file_load(g_ptr_array_index(paths, i), LIMIT_NOTE_BYTES, &text, &length, error))
			return false;
		g_ptr_array_add(others, text);
	}
	g_ptr_array_add(others, NULL);
	return true;
}

/* The request from facts in a file; all stays borrowed from what the caller keeps. */
static bool request_from_facts(App *app, const OpArgs *args, Facts **ret_facts, ReviewRequest *request, GError **error)
{
	g_autofree char *text = NULL;
	size_t length = 0;
	g_autoptr(Plan) plan = plan_new();
	const Playbook *playbook = NULL;
	NoteTarget target = {0};
	if (!desk_file_load(op_args_get(args, "facts"), LIMIT_INPUT_BYTES, &text, &length, error))
		return false;
	g_autoptr(GString) input = g_string_new_len(text, (gssize)length);
	if (!facts_input_load(app, input, ret_facts, error) ||
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
	tell_whole(review, note->str, printer);
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

bool op_review(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	g_autoptr(Review) review = NULL;
	int index = NO_DRAFT;
	if (op_args_has(args, "explain"))
		return explain(op_args_get(args, "explain"), printer, error);
	if (op_args_has(args, "words"))
		return copy_words(app, op_args_get(args, "words"), printer, error);
	if (!op_args_has(args, "opportunity"))
		return review_piped(app, args, printer, error);
	bool switches = op_args_has(args, "off") || op_args_has(args, "on");
	if (!desk_open(app, switches ? OP_STORE_WRITE : OP_STORE_READ, error) || !case_load(app, args, &item, error) ||
		!case_pick_draft(app, item, args, &index, error) || !switch_rules(app, args, item, index, error) ||
		!case_review_draft(app, item, index, app->now, true, &review, error))
		return false;
	const Draft *draft = record_draft(item->record, index);
	g_autofree char *text = note_text_join(draft->subject, draft->body);
	printer_say_text(printer, SAY_QUOTE, text);
	printer_break(printer);
	tell_whole(review, text, printer);
	return !has_errors(review, error);
}
