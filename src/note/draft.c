/* draft.c - writes a note: checks the request, fills the template, takes the message that fits its channel.
 *
 * Knows neither plan nor clock nor files; everything comes in through the request.
 */
#include "draft-context.h"
#include "draft-shape.h"
#include "draft-wording.h"

#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <string.h>

/* The channels of each step, preferred first, as the playbooks plan them. */
static const struct {
	bool has_text;
	int count;
	Channel channels[CHANNEL_COUNT];
} steps[STEP_COUNT] = {
	[STEP_PREPARE_CLOSE] = {true, 0, {0}},
	[STEP_THANK_YOU] = {true, 4, {CHANNEL_EMAIL, CHANNEL_CALL, CHANNEL_CARD, CHANNEL_HAND_DELIVERED}},
	[STEP_CARD] = {true, 1, {CHANNEL_CARD}},
	[STEP_CONNECT] = {true, 1, {CHANNEL_LINKEDIN}},
	[STEP_GET_CONTACT] = {true, 2, {CHANNEL_EMAIL, CHANNEL_CALL}},
	[STEP_ADDITIONAL_INFO] = {true, 1, {CHANNEL_EMAIL}},
	[STEP_SECOND_NOTE] = {true, 2, {CHANNEL_EMAIL, CHANNEL_CALL}},
	[STEP_CHECK_IN] = {true, 2, {CHANNEL_CALL, CHANNEL_EMAIL}},
	[STEP_FINAL_CHECK] = {true, 2, {CHANNEL_EMAIL, CHANNEL_CALL}},
	[STEP_THANK_FOR_ANSWER] = {true, 1, {CHANNEL_EMAIL}},
	[STEP_KEEP_IN_TOUCH] = {true, 2, {CHANNEL_EMAIL, CHANNEL_LINKEDIN}},
};

void draft_note_free(DraftNote *draft)
{
	if (draft == NULL)
		return;
	g_free(draft->subject);
	g_free(draft->body);
	if (draft->gaps != NULL)
		g_ptr_array_unref(draft->gaps);
	g_free(draft);
}

int draft_list_channels(StepKind step, Channel channels[CHANNEL_COUNT])
{
	for (int i = 0; i < steps[step].count; i++)
		channels[i] = steps[step].channels[i];
	return steps[step].count;
}

bool draft_has_text(StepKind step)
{
	return steps[step].has_text;
}

/* ---- the request ---- */

/* "email, call or card" */
static char *name_channels(StepKind step)
{
	GString *names = g_string_new(NULL);
	for (int i = 0; i < steps[step].count; i++) {
		const char *before = i == 0 ? "" : i < steps[step].count - 1 ? ", " : " or ";
		g_string_append_printf(names, "%s%s", before, word_text(WORDS_CHANNEL, steps[step].channels[i]));
	}
	return g_string_free(names, FALSE);
}

static bool find_channel(const DraftRequest *request, int *ret_channel, GError **error)
{
	const char *step = word_text(WORDS_STEP, (int)request->step);
	if (!steps[request->step].has_text)
		return base_error_set(
			error, BASE_ERROR_INVALID, "step",
			"There is nothing to write for %s; a step that addresses somebody, such as thank-you, is expected.", step);
	*ret_channel = WORD_NONE;
	if (steps[request->step].count == 0)
		return true;
	*ret_channel = request->channel == WORD_NONE ? (int)steps[request->step].channels[0] : request->channel;
	if (request->user_template != NULL)
		return true;
	for (int i = 0; i < steps[request->step].count; i++)
		if ((int)steps[request->step].channels[i] == *ret_channel)
			return true;
	g_autofree char *names = name_channels(request->step);
	return base_error_set(
		error, BASE_ERROR_INVALID, "channel", "%s goes by %s, not by %s; for another way, give a template of your own.",
		step, names, word_text(WORDS_CHANNEL, *ret_channel));
}

static bool check_person(const Facts *facts, int person, const char *key, GError **error)
{
	return person == NOBODY || (person >= 0 && person < (int)facts->people->len) ||
		   base_error_set(
			   error, BASE_ERROR_INVALID, key, "%s names nobody in the facts; one of their people is expected.", key);
}

static bool check_people(const DraftRequest *request, GError **error)
{
	const char *step = word_text(WORDS_STEP, (int)request->step);
	bool needs_nobody = request->step == STEP_PREPARE_CLOSE || request->step == STEP_GET_CONTACT;
	if (!check_person(request->facts, request->to, "to", error) ||
		!check_person(request->facts, request->about, "about", error))
		return false;
	if (request->interview != NO_INTERVIEW &&
		(request->interview < 0 || request->interview >= (int)request->facts->interviews->len))
		return base_error_set(
			error, BASE_ERROR_INVALID, "interview",
			"interview is none of the facts; one of their interviews is expected.");
	if (request->to == NOBODY && !needs_nobody)
		return base_error_set(
			error, BASE_ERROR_INVALID, "to", "%s is written to somebody; one of the people is expected.", step);
	return true;
}

/* The request as the rest reads it: channel and interview found, numbers within reason, the closing statement addressed
 * to the first hiring manager of its interview, else to the first person. */
static DraftRequest complete_request(const DraftRequest *request, int channel)
{
	DraftRequest whole = *request;
	whole.channel = channel;
	if (whole.linkedin_characters <= 0)
		whole.linkedin_characters = DRAFT_LINKEDIN_CHARACTERS;
	whole.attempt = CLAMP(request->attempt, 1, 100);
	whole.variant = CLAMP(request->variant, 0, 10000);
	whole.interview = find_interview(request);
	if (request->step != STEP_PREPARE_CLOSE || whole.to != NOBODY || whole.interview == NO_INTERVIEW)
		return whole;
	const GArray *with = facts_interview(request->facts, whole.interview)->with;
	for (guint i = 0; i < with->len; i++) {
		int person = g_array_index(with, int, i);
		bool manages = facts_person(request->facts, person)->role == ROLE_HIRING_MANAGER;
		if (whole.to == NOBODY || (manages && facts_person(request->facts, whole.to)->role != ROLE_HIRING_MANAGER))
			whole.to = person;
	}
	return whole;
}

/* ---- the template ---- */

static bool load_template(const DraftRequest *request, const Template *shared, Template **ret_template, GError **error)
{
	int kind =
		request->interview != NO_INTERVIEW ? (int)facts_interview(request->facts, request->interview)->kind : WORD_NONE;
	g_autofree char *shipped_name = NULL;
	const char *text = template_find_shipped_for(request->step, request->channel, kind, &shipped_name);
	const char *name = shipped_name;
	if (request->user_template != NULL) {
		text = request->user_template;
		name = request->template_name != NULL ? request->template_name : "template";
	}
	if (text == NULL)
		return base_error_set(
			error, BASE_ERROR_INTERNAL, NULL, "There is no template for %s.",
			word_text(WORDS_STEP, (int)request->step));
	MustacheSource source = {.name = name, .text = text, .length = strlen(text)};
	return template_parse(&source, shared, ret_template, error);
}

/* ---- filling ---- */

static void free_text(gpointer data)
{
	g_free(data);
}

static bool fill(
	const MustacheTemplate *parsed, const MustacheValue *context, MustacheEscape escape, char **ret_text,
	GPtrArray *missing, GError **error)
{
	MustacheRender render = {
		.parsed = parsed,
		.context = context,
		.escape = escape,
		.strict = true,
		.max_bytes = LIMIT_NOTE_BYTES,
		.missing = missing};
	g_autoptr(GString) out = g_string_new(NULL);
	if (!mustache_render(&render, out, error))
		return false;
	*ret_text = g_strdup(out->str);
	return true;
}

/* Adds what is new among the gaps shown, without their brackets. */
static void add_gaps(DraftNote *draft, const GPtrArray *missing)
{
	for (guint i = 0; i < missing->len; i++) {
		const char *shown = g_ptr_array_index(missing, i);
		gsize length = strlen(shown) - strlen(GAP_OPEN) - strlen(GAP_CLOSE);
		g_autofree char *gap = g_strndup(shown + strlen(GAP_OPEN), length);
		if (!g_ptr_array_find_with_equal_func(draft->gaps, gap, g_str_equal, NULL))
			g_ptr_array_add(draft->gaps, g_steal_pointer(&gap));
	}
}

static bool write_subject(
	const DraftRequest *request, const MustacheTemplate *subject, const MustacheValue *context, DraftNote *draft,
	GError **error)
{
	static const char reply[] = "Re: {{previous_subject}}", plain[] = "{{plain_subject}}";
	if (request->channel != CHANNEL_EMAIL)
		return true;
	g_autoptr(MustacheTemplate) own = NULL;
	bool continues = mustache_value_is_true(mustache_object_find(context, "previous_subject"));
	if (continues || subject == NULL) {
		const char *text = continues ? reply : plain;
		MustacheSource source = {.name = "subject", .text = text, .length = strlen(text)};
		if (!mustache_parse(&source, &own, error))
			return false;
		subject = own;
	}
	g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(free_text);
	g_autofree char *line = NULL;
	if (!fill(subject, context, MUSTACHE_HEADER, &line, missing, error))
		return false;
	g_autofree char *tidied = tidy(line);
	draft->subject = g_strdup(g_strstrip(tidied));
	add_gaps(draft, missing);
	return true;
}

/* One message filled: its text, and the gaps in it. */
typedef struct Filled {
	char *text;
	GPtrArray *missing;
	int miss; /* by how much it misses its shape */
} Filled;

static void filled_clear(Filled *filled)
{
	g_clear_pointer(&filled->text, g_free);
	g_clear_pointer(&filled->missing, g_ptr_array_unref);
}

/* Whether one message is to be preferred to the one before: it fits better, or fits as well and has no gap. */
static bool is_better(const Filled *candidate, const Filled *best)
{
	if (best->text == NULL || candidate->miss != best->miss)
		return best->text == NULL || candidate->miss < best->miss;
	return candidate->missing->len == 0 && best->missing->len > 0;
}

static bool write_body(
	const DraftRequest *request, const Template *own, const MustacheValue *context, DraftNote *draft, GError **error)
{
	Shape shape = shape_of(request->channel, request->linkedin_characters);
	Filled best = {0};
	for (guint i = 0; i < own->messages->len; i++) {
		const TemplateMessage *message = g_ptr_array_index(own->messages, i);
		Filled candidate = {.missing = g_ptr_array_new_with_free_func(free_text)};
		g_autofree char *raw = NULL;
		if (!fill(message->body, context, MUSTACHE_PLAIN, &raw, candidate.missing, error)) {
			filled_clear(&candidate);
			filled_clear(&best);
			return false;
		}
		candidate.text = tidy(raw);
		candidate.miss = MAX(0, shape_miss(&shape, candidate.text));
		if (is_better(&candidate, &best)) {
			filled_clear(&best);
			best = candidate;
		} else {
			filled_clear(&candidate);
		}
	}
	draft->body = shape_cut(&shape, best.text);
	add_gaps(draft, best.missing);
	filled_clear(&best);
	return true;
}

static bool write_draft(const DraftRequest *request, DraftNote *draft, GError **error)
{
	g_autoptr(Template) shared = NULL, own = NULL;
	if (!template_load_shared(request->user_common, &shared, error) || !load_template(request, shared, &own, error))
		return false;
	Substance substance;
	substance_find(request, request->to, &substance);
	g_autoptr(MustacheValue) context = context_new(&substance);
	substance_clear(&substance);
	wording_choose_all(request, shared, own, context);
	const TemplateMessage *fullest = g_ptr_array_index(own->messages, 0);
	if (!write_subject(request, fullest->subject, context, draft, error) ||
		!write_body(request, own, context, draft, error))
		return false;
	const char *name = request->template_name != NULL ? request->template_name : "for this note";
	return !text_is_blank(draft->body) || base_error_set(
											  error, BASE_ERROR_INVALID, request->template_name,
											  "The template %s gives an empty note; the text of a note is expected.",
											  name);
}

bool draft_compose(const DraftRequest *request, DraftNote **ret_draft, GError **error)
{
	int channel = WORD_NONE;
	if (!find_channel(request, &channel, error) || !check_people(request, error))
		return false;
	DraftRequest whole = complete_request(request, channel);
	g_autoptr(DraftNote) draft = g_new0(DraftNote, 1);
	draft->channel = channel;
	draft->gaps = g_ptr_array_new_with_free_func(free_text);
	if (!write_draft(&whole, draft, error))
		return false;
	*ret_draft = g_steal_pointer(&draft);
	return true;
}
