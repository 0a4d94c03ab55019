/* op-edit.c - followup edit: a draft gets other words; and which draft is meant, for all ops that take one.
 */
#include "intake.h"
#include "ops.h"
#include "tell-note.h"

#include <base/limits.h>
#include <base/text.h>
#include <limits.h>
#include <string.h>

/* Which drafts are meant; members are none where any will do. */
typedef struct Wanted {
	int step, channel, person, interview, draft;
	bool any_interview;
	DraftState state;
} Wanted;

static bool read_wanted(App *app, const Case *item, const OpArgs *args, Wanted *wanted, GError **error)
{
	const char *id = op_args_get(args, "interview");
	wanted->step = desk_word(WORDS_STEP, op_args_get(args, "step"));
	wanted->channel = desk_word(WORDS_CHANNEL, op_args_get(args, "channel"));
	wanted->person = NOBODY;
	wanted->any_interview = id == NULL;
	wanted->draft = (int)CLAMP(op_args_get_int(args, "draft", NO_DRAFT), NO_DRAFT, INT_MAX);
	return (!op_args_has(args, "person") ||
			case_find_person(item, op_args_get(args, "person"), &wanted->person, error)) &&
		   (id == NULL || case_find_interview(app, item, id, &wanted->interview, error));
}

static bool is_wanted(const Case *item, int index, const Wanted *wanted)
{
	const Draft *draft = record_draft(item->record, index);
	return case_draft_is_live(item, index) && (wanted->draft == NO_DRAFT || wanted->draft == index) &&
		   (wanted->state == DRAFT_STATE_COUNT || draft->state == wanted->state) &&
		   (wanted->state != DRAFT_OPEN || draft->person != NOBODY) &&
		   (wanted->person == NOBODY || draft->person == wanted->person) &&
		   (wanted->step == WORD_NONE || draft->step == wanted->step) &&
		   (wanted->any_interview || draft->interview == wanted->interview) &&
		   (wanted->channel == WORD_NONE || draft->channel == wanted->channel);
}

bool case_list_drafts(App *app, const Case *item, const OpArgs *args, DraftState state, GArray *indexes, GError **error)
{
	Wanted wanted = {.state = state};
	if (!read_wanted(app, item, args, &wanted, error))
		return false;
	for (int i = 0; i < (int)item->record->drafts->len; i++)
		if (is_wanted(item, i, &wanted))
			g_array_append_val(indexes, i);
	return true;
}

bool case_pick_drafts(App *app, const Case *item, const OpArgs *args, DraftState state, GArray *indexes, GError **error)
{
	if (!case_list_drafts(app, item, args, state, indexes, error))
		return false;
	g_autofree char *handle = say_handle(app, item->record);
	return indexes->len > 0 || base_error_set(
								   error, BASE_ERROR_MISSING, "person",
								   "There is no such draft; this writes what is due: followup draft %s", handle);
}

char *case_say_draft(const Case *item, int index)
{
	const Draft *draft = record_draft(item->record, index);
	bool channels = false, interviews = false;
	for (int i = 0; i < (int)item->record->drafts->len; i++) {
		const Draft *other = record_draft(item->record, i);
		if (other->step != draft->step || other->person != draft->person || !case_draft_is_live(item, i))
			continue;
		channels = channels || other->channel != draft->channel;
		interviews = interviews || other->interview != draft->interview;
	}
	g_autofree char *person = say_person_handle(item->record->facts, draft->person);
	GString *text = g_string_new(person);
	g_string_append_printf(text, "%s--step %s", person[0] == '\0' ? "" : " ", word_text(WORDS_STEP, draft->step));
	if (channels && draft->channel != WORD_NONE)
		g_string_append_printf(text, " --channel %s", word_text(WORDS_CHANNEL, draft->channel));
	if (interviews && draft->interview != NO_INTERVIEW) {
		g_autofree char *id = shell_word(facts_interview(item->record->facts, draft->interview)->id);
		g_string_append_printf(text, " --interview %s", id);
	}
	return g_string_free(text, FALSE);
}

static char *list_drafts(const Case *item, const GArray *indexes)
{
	GString *all = g_string_new(NULL);
	for (guint i = 0; i < indexes->len; i++) {
		g_autofree char *one = case_say_draft(item, g_array_index(indexes, int, i));
		g_string_append_printf(all, "%s%s", i == 0 ? "" : ", ", one);
	}
	return g_string_free(all, FALSE);
}

bool case_pick_draft(App *app, const Case *item, const OpArgs *args, int *ret_index, GError **error)
{
	g_autoptr(GArray) indexes = g_array_new(FALSE, FALSE, sizeof(int));
	if (!case_pick_drafts(app, item, args, DRAFT_STATE_COUNT, indexes, error))
		return false;
	if (indexes->len == 1) {
		*ret_index = g_array_index(indexes, int, 0);
		return true;
	}
	g_autofree char *all = list_drafts(item, indexes);
	return base_error_set(
		error, BASE_ERROR_INVALID, "person", "There are %u such drafts; say which: %s.", indexes->len, all);
}

bool app_note_text_load(App *app, const OpArgs *args, char **ret_text, GError **error)
{
	g_autoptr(Case) item = NULL;
	int index = NO_DRAFT;
	if (!desk_open(app, OP_STORE_READ, error) || !case_load(app, args, &item, error) ||
		!case_pick_draft(app, item, args, &index, error))
		return false;
	const Draft *draft = record_draft(item->record, index);
	*ret_text = note_text_join(draft->subject, draft->body);
	return true;
}

/* An edited note is no longer what was approved: it is taken back and has to be approved anew. One that may have gone
 * already is asked about first. */
static bool withdraw(Case *item, Change *change, int index, GError **error)
{
	Draft *draft = record_draft(item->record, index);
	for (int i = 0; i < (int)item->record->outbox->len; i++) {
		const OutboxRow *row = record_outbox(item->record, i);
		if (row->draft != index)
			continue;
		if (row->state == OUTBOX_UNKNOWN)
			return base_error_set(
				error, BASE_ERROR_CONFLICT, NULL,
				"It is not known whether this note went; say that first: followup settle OPPORTUNITY PERSON sent, or "
				"not-sent.");
		if (row->state != OUTBOX_SENT && row->state != OUTBOX_CANCELLED && row->state != OUTBOX_REFUSED)
			change_cancel_outbox(change, i, "It was edited.");
	}
	draft->state = DRAFT_OPEN;
	draft->approved_at = TIME_NONE;
	return true;
}

static bool take_text(const OpArgs *args, char **ret_text, GError **error)
{
	g_autoptr(GString) input = NULL;
	if (op_args_has(args, "text")) {
		*ret_text = g_strdup(op_args_get(args, "text"));
		return true;
	}
	if (!desk_input_load(args, LIMIT_NOTE_BYTES, &input, error))
		return false;
	const char *fault = text_find_fault(input->str, input->len, LIMIT_NOTE_BYTES, TEXT_BLOCK);
	if (fault != NULL)
		return base_error_set(error, BASE_ERROR_INVALID, "input", "The note %s.", fault);
	*ret_text = g_string_free(g_steal_pointer(&input), FALSE);
	return true;
}

static bool tell_edited(App *app, const Case *item, int index, Printer *printer, GError **error)
{
	const Draft *draft = record_draft(item->record, index);
	g_autoptr(Review) review = NULL;
	if (!case_review_draft(app, item, index, TIME_NONE, true, &review, error))
		return false;
	g_autofree char *text = note_text_join(draft->subject, draft->body);
	g_autofree char *handle = say_handle(app, item->record), *which = case_say_draft(item, index);
	printer_object(printer, NULL);
	tell_note(app, item, index, printer);
	printer_say(printer, SAY_GOOD, "Changed.");
	tell_review(review, text, printer);
	printer_integer(printer, "words", NULL, review->words);
	if (draft->person != NOBODY)
		printer_say(
			printer, SAY_COMMAND, "followup %s %s %s", review_count(review, FINDING_ERROR) > 0 ? "edit" : "approve",
			handle, which);
	printer_object_end(printer);
	return true;
}

/* Somebody else's change is not written over by one that did not know of it. */
static bool check_version(const OpArgs *args, const Draft *draft, GError **error)
{
	const char *version = op_args_get(args, "seen");
	g_autofree char *now = note_text_version(draft->subject, draft->body);
	return version == NULL || strcmp(version, now) == 0 ||
		   base_error_set(
			   error, BASE_ERROR_CONFLICT, "seen",
			   "The note was changed elsewhere since; look at what it says now, then change it again.");
}

/* Taken over as it is; a mail keeps its subject where none is said, and loses it by an empty one. A note that stays the
 * same word for word was not edited. */
static void replace_text(const App *app, Draft *draft, const char *subject, const char *body)
{
	g_autofree char *before = note_text_version(draft->subject, draft->body);
	if (subject != NULL || draft->channel != CHANNEL_EMAIL)
		intake_replace(&draft->subject, text_is_blank(subject) ? NULL : subject);
	intake_replace(&draft->body, body);
	g_autofree char *after = note_text_version(draft->subject, draft->body);
	if (strcmp(before, after) != 0)
		draft->edited_at = app->now;
}

bool op_edit(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	g_autofree char *text = NULL, *subject = NULL, *body = NULL;
	int index = NO_DRAFT;
	if (!case_load(app, args, &item, error) || !case_pick_draft(app, item, args, &index, error) ||
		!take_text(args, &text, error))
		return false;
	note_text_split(text, &subject, &body);
	if (text_is_blank(body))
		return base_error_set(error, BASE_ERROR_INVALID, "text", "The note is empty; nothing was changed.");
	g_autoptr(Change) change = change_new(item->record);
	Draft *draft = record_draft(item->record, index);
	if (!check_version(args, draft, error) || !withdraw(item, change, index, error))
		return false;
	replace_text(app, draft, subject, body);
	change_put(change, PART_DRAFT, index);
	return case_save(app, item, change, error) && tell_edited(app, item, index, printer, error);
}
