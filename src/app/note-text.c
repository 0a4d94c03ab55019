/* note-text.c - between the plan and the words: what a step's note needs to know, composing and reviewing it.
 */
#include "note-text.h"

#include "ending.h"
#include "review-own.h"

#include <base/limits.h>
#include <base/text.h>
#include <note/template.h>
#include <string.h>

/* A card need not mention itself. */
static unsigned must_on(unsigned must, int channel)
{
	return channel == CHANNEL_CARD ? must & ~(1u << MUST_MENTIONS_CARD) : must;
}

NoteTarget note_target_of(const PlanStep *step, int channel)
{
	if (channel == WORD_NONE && step->channel_count > 0)
		channel = (int)step->channels[0];
	return (NoteTarget){
		.step = (int)step->kind,
		.interview = step->interview,
		.person = step->to,
		.about = step->about,
		.channel = channel,
		.attempt = step->attempt,
		.must = must_on(step->must, channel),
		.due = step->due,
		.opens = step->opens,
		.leaves = TIME_NONE,
		.planned = step,
	};
}

/* Where the plan has no such step to come, one that is done or closed still tells what its note had to hold. */
static const PlanStep *find_any(const Plan *plan, int step, int person, int interview)
{
	const PlanStep *best = plan_find_step(plan, (StepKind)step, person, interview);
	for (guint i = 0; i < plan->steps->len && best == NULL; i++) {
		const PlanStep *candidate = plan_step(plan, i);
		if ((int)candidate->kind == step && (person == NOBODY || candidate->to == person) &&
			(interview == NO_INTERVIEW || candidate->interview == interview))
			best = candidate;
	}
	return best;
}

unsigned note_usual_must(int step)
{
	static const unsigned musts[STEP_COUNT] = {
		[STEP_THANK_YOU] = 1u << MUST_THANKS | 1u << MUST_SPECIFIC | 1u << MUST_INTEREST,
		[STEP_CARD] = 1u << MUST_THANKS,
		[STEP_CONNECT] = 1u << MUST_THANKS,
		[STEP_ADDITIONAL_INFO] = 1u << MUST_NEW_DETAIL,
		[STEP_SECOND_NOTE] = 1u << MUST_ASK_DECISION,
		[STEP_CHECK_IN] = 1u << MUST_ASK_DECISION | 1u << MUST_OFFER_INFO,
		[STEP_FINAL_CHECK] = 1u << MUST_ASK_DECISION | 1u << MUST_OFFER_INFO,
		[STEP_THANK_FOR_ANSWER] = 1u << MUST_THANKS | 1u << MUST_NO_FEEDBACK_REQUEST,
	};
	return musts[step];
}

NoteTarget note_target_find(const Plan *plan, const Facts *facts, int step, int person, int interview, int channel)
{
	const PlanStep *planned = find_any(plan, step, person, interview);
	if (planned != NULL) {
		NoteTarget target = note_target_of(planned, channel);
		target.must |= planned->state == STATE_DONE || planned->state == STATE_SKIPPED ? note_usual_must(step) : 0;
		if (person != NOBODY)
			target.person = person;
		return target;
	}
	Channel channels[CHANNEL_COUNT];
	int count = draft_list_channels((StepKind)step, channels);
	return (NoteTarget){
		.step = step,
		.interview = interview,
		.person = person,
		.about = NOBODY,
		.channel = channel != WORD_NONE ? channel
				   : count > 0          ? (int)channels[0]
										: WORD_NONE,
		.attempt = 1,
		.must = note_usual_must(step),
		.due = TIME_NONE,
		.opens = TIME_NONE,
		.leaves = TIME_NONE,
	};
}

bool note_can_go_by(StepKind step, Channel channel)
{
	Channel channels[CHANNEL_COUNT];
	int count = draft_list_channels(step, channels);
	for (int i = 0; i < count; i++)
		if (channels[i] == channel)
			return true;
	return false;
}

char *note_text_join(const char *subject, const char *body)
{
	return subject == NULL ? g_strdup(body) : g_strdup_printf("Subject: %s\n\n%s", subject, body);
}

char *note_text_version(const char *subject, const char *body)
{
	enum { DIGITS = 16 };
	g_autofree char *text = note_text_join(subject, body);
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
	return g_strndup(sum, DIGITS);
}

void note_text_split(const char *text, char **ret_subject, char **ret_body)
{
	*ret_subject = NULL;
	if (g_ascii_strncasecmp(text, "Subject:", 8) == 0) {
		const char *end = strchr(text, '\n');
		*ret_subject = g_strstrip(end == NULL ? g_strdup(text + 8) : g_strndup(text + 8, (size_t)(end - text - 8)));
		text = end == NULL ? "" : end + 1;
	}
	while (*text == '\n')
		text++;
	g_autofree char *body = g_strchomp(g_strdup(text));
	*ret_body = g_strconcat(body, "\n", NULL);
}

static bool is_shared(const char *path)
{
	g_autofree char *name = g_path_get_basename(path);
	return strcmp(name, TEMPLATE_SHARED TEMPLATE_SUFFIX) == 0;
}

static bool check_template(const char *path, const char *text, size_t length, GError **error)
{
	if (strlen(text) != length)
		return base_error_set(
			error, BASE_ERROR_INVALID, path, "The template \"%s\" holds a NUL byte; text is expected.", path);
	if (text_is_blank(text) && !is_shared(path))
		return base_error_set(
			error, BASE_ERROR_INVALID, path, "The template \"%s\" is empty; the text of a note is expected.", path);
	return true;
}

bool note_template_file_load(const char *path, char **ret_text, GError **error)
{
	g_autofree char *text = NULL;
	size_t length = 0;
	if (!desk_file_load(path, LIMIT_NOTE_BYTES, &text, &length, error) || !check_template(path, text, length, error))
		return false;
	*ret_text = g_steal_pointer(&text);
	return true;
}

static bool load_given_template(const OpArgs *args, char **ret_text, GError **error)
{
	g_autoptr(GString) text = NULL;
	if (!desk_given_file_load(args, "template", 0, LIMIT_NOTE_BYTES, &text, error) ||
		!check_template(op_args_get(args, "template"), text->str, text->len, error))
		return false;
	*ret_text = g_string_free(g_steal_pointer(&text), FALSE);
	return true;
}

bool note_template_find(const App *app, const char *name, char **ret_path)
{
	g_autofree char *file = g_strconcat(name, TEMPLATE_SUFFIX, NULL);
	g_autofree char *path = g_build_filename(app->config_dir, "templates", file, NULL);
	bool found = g_file_test(path, G_FILE_TEST_EXISTS);
	if (ret_path != NULL)
		*ret_path = g_steal_pointer(&path);
	return found;
}

bool note_template_load(const App *app, const char *name, char **ret_text, GError **error)
{
	g_autofree char *path = NULL;
	return !note_template_find(app, name, &path) || note_template_file_load(path, ret_text, error);
}

/* The user's own template for a step, from --template or the config folder; *ret_text NULL where there is none. */
static bool load_template(
	const App *app, const Facts *facts, const NoteTarget *target, const OpArgs *args, char **ret_text, GError **error)
{
	if (op_args_has(args, "template"))
		return load_given_template(args, ret_text, error);
	int kind = target->interview == NO_INTERVIEW ? WORD_NONE : (int)facts_interview(facts, target->interview)->kind;
	g_auto(GStrv) names = template_names((StepKind)target->step, target->channel, kind);
	for (char **name = names; *name != NULL; name++)
		if (note_template_find(app, *name, NULL))
			return note_template_load(app, *name, ret_text, error);
	return true;
}

int note_linkedin_characters(const App *app, const OpArgs *args)
{
	const char *setting = desk_setting(app, "linkedin-characters");
	int64_t otherwise = setting != NULL ? g_ascii_strtoll(setting, NULL, 10) : 0;
	return (int)(args != NULL ? op_args_get_int(args, "linkedin-characters", otherwise) : otherwise);
}

bool note_compose(
	App *app, const Facts *facts, const NoteTarget *target, const char *previous_subject, const OpArgs *args,
	DraftNote **ret_note, GError **error)
{
	g_autofree char *own = NULL, *common = NULL;
	const char *path = op_args_get(args, "template");
	if (!load_template(app, facts, target, args, &own, error) ||
		!note_template_load(app, TEMPLATE_SHARED, &common, error))
		return false;
	DraftRequest request = note_request_of(facts, target);
	request.now = target->leaves > 0 ? target->leaves : app->now;
	request.previous_subject = previous_subject;
	request.user_template = own;
	request.user_common = common;
	request.template_name = path;
	request.linkedin_characters = note_linkedin_characters(app, args);
	request.variant = (int)op_args_get_int(args, "variant", 0);
	return draft_compose(&request, ret_note, error);
}

DraftRequest note_request_of(const Facts *facts, const NoteTarget *target)
{
	DraftRequest request = DRAFT_REQUEST_INIT;
	request.facts = facts;
	request.step = (StepKind)target->step;
	request.channel = target->channel;
	request.interview = target->interview;
	request.to = target->person;
	request.about = target->about;
	request.attempt = target->attempt;
	request.must = target->must;
	unsigned questions = target->planned == NULL || target->planned->rule == NULL
							 ? 0
							 : playbook_rule_get_questions(target->planned->rule);
	request.asks_decision_date = (questions & QUESTION_DECISION_DATE) != 0;
	request.asks_follow_up_date = (questions & QUESTION_FOLLOW_UP_DATE) != 0;
	return request;
}

void review_context_clear(ReviewContext *context)
{
	g_clear_pointer(&context->others, g_ptr_array_unref);
	g_clear_pointer(&context->companies, g_ptr_array_unref);
	g_clear_pointer(&context->positions, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ReviewContext, review_context_clear)

GArray *note_list_others(const Case *item, int index)
{
	GArray *others = g_array_new(FALSE, FALSE, sizeof(int));
	const Draft *mine = record_draft(item->record, index);
	for (int i = 0; i < (int)item->record->drafts->len; i++) {
		const Draft *draft = record_draft(item->record, i);
		if (i != index && draft->state != DRAFT_DISCARDED && draft->step == mine->step &&
			draft->person != mine->person && draft->interview == mine->interview && draft->channel == mine->channel)
			g_array_append_val(others, i);
	}
	return others;
}

/* They may not read alike. */
static void gather_others(const Case *item, int index, GPtrArray *others)
{
	g_autoptr(GArray) drafts = note_list_others(item, index);
	for (guint i = 0; i < drafts->len; i++) {
		const Draft *draft = record_draft(item->record, g_array_index(drafts, int, i));
		g_ptr_array_add(others, note_text_join(draft->subject, draft->body));
	}
}

static bool gather_opportunities(App *app, const Case *item, ReviewContext *context, GError **error)
{
	enum { OTHERS_MAX = 300 };
	g_autoptr(GPtrArray) rows = NULL;
	if (!store_list(app->store, ACCOUNT_SELF, NULL, OTHERS_MAX, &rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const ListRow *row = g_ptr_array_index(rows, i);
		if (row->id == item->record->id)
			continue;
		g_ptr_array_add(context->companies, g_strdup(row->company));
		if (row->position != NULL)
			g_ptr_array_add(context->positions, g_strdup(row->position));
	}
	return true;
}

static bool gather(App *app, const Case *item, int index, bool thorough, ReviewContext *context, GError **error)
{
	context->others = g_ptr_array_new_with_free_func(g_free);
	context->companies = g_ptr_array_new_with_free_func(g_free);
	context->positions = g_ptr_array_new_with_free_func(g_free);
	gather_others(item, index, context->others);
	if (thorough && !gather_opportunities(app, item, context, error))
		return false;
	g_ptr_array_add(context->others, NULL);
	g_ptr_array_add(context->companies, NULL);
	g_ptr_array_add(context->positions, NULL);
	return true;
}

bool case_review_draft(
	App *app, const Case *item, int index, int64_t send_at, bool thorough, Review **ret_review, GError **error)
{
	const Draft *draft = record_draft(item->record, index);
	g_auto(ReviewContext) context = {0};
	g_auto(ReviewOwn) own = {0};
	if (!gather(app, item, index, thorough, &context, error) ||
		!review_own_load(app, item, index, thorough, &own, error))
		return false;
	NoteTarget target =
		note_target_find(item->plan, item->record->facts, draft->step, draft->person, draft->interview, draft->channel);
	g_autofree char *text = note_text_join(draft->subject, draft->body);
	ReviewRequest request = REVIEW_REQUEST_INIT;
	request.note = text;
	request.length = strlen(text);
	request.facts = item->record->facts;
	request.step = draft->step;
	request.to = draft->person;
	request.interview = draft->interview;
	request.channel = draft->channel;
	request.linkedin_limit = note_linkedin_characters(app, NULL);
	request.must = target.must;
	request.spelling_is_error = playbook_is_spelling_error(item->playbook);
	request.rejected = facts_are_rejected(item->record->facts, app->now);
	request.send_at = send_at;
	request.others = (const char *const *)context.others->pdata;
	request.other_companies = (const char *const *)context.companies->pdata;
	request.other_positions = (const char *const *)context.positions->pdata;
	request.speller = thorough ? desk_speller(app) : NULL;
	review_own_apply(&own, &request);
	return review_note(&request, ret_review, error);
}

void tell_review(const Review *review, const char *text, Printer *printer)
{
	printer_list(printer, "findings");
	for (guint i = 0; i < review->findings->len; i++) {
		const Finding *finding = review_finding(review, i);
		g_autofree char *part = g_strndup(text + finding->start, finding->end - finding->start);
		g_autofree char *suggest = g_strjoinv(" / ", finding->suggest);
		printer_object(printer, NULL);
		printer_string(printer, "rule", NULL, review_rule_name((int)finding->rule));
		printer_string(printer, "level", NULL, review_level_name(finding->level));
		printer_integer(printer, "start", NULL, (int64_t)finding->start);
		printer_integer(printer, "end", NULL, (int64_t)finding->end);
		printer_string(printer, "text", NULL, part);
		printer_string(printer, "message", NULL, finding->message);
		printer_list(printer, "suggest");
		for (char **word = finding->suggest; *word != NULL; word++)
			printer_string(printer, NULL, NULL, *word);
		printer_list_end(printer);
		printer_say(
			printer, finding->level == FINDING_ERROR ? SAY_URGENT : SAY_ITEM, "%s (%s): %s%s%s",
			review_level_name(finding->level), review_rule_name((int)finding->rule), finding->message,
			suggest[0] == '\0' ? "" : " Perhaps: ", suggest);
		printer_object_end(printer);
	}
	printer_list_end(printer);
}
