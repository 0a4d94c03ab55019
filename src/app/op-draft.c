/* op-draft.c - followup draft and edit: a note for each person, from what was really said; and changing one.
 *
 * With an opportunity the drafts are kept; without one, facts come in on standard input and one draft goes out.
 */
#include "intake.h"
#include "note-text.h"
#include "ops.h"

#include <base/json-out.h>
#include <base/limits.h>
#include <base/text.h>
#include <facts/facts-json.h>

/* ---- for other programs: facts in, one draft out ---- */

static void format_draft_json(const Facts *facts, const NoteTarget *target, const DraftNote *note, GString *text)
{
	JsonOut out = json_out(text, true);
	json_out_object(&out);
	json_out_key_string(&out, "channel", word_text(WORDS_CHANNEL, (int)note->channel));
	json_out_key_string(&out, "to", target->person == NOBODY ? NULL : facts_person(facts, target->person)->id);
	json_out_key_string(&out, "subject", note->subject);
	json_out_key_string(&out, "body", note->body);
	json_out_key(&out, "gaps");
	json_out_array(&out);
	for (guint i = 0; i < note->gaps->len; i++)
		json_out_string(&out, g_ptr_array_index(note->gaps, i));
	json_out_array_end(&out);
	json_out_key(&out, "must");
	json_out_array(&out);
	for (int i = 0; i < MUST_COUNT; i++)
		if ((target->must & 1u << i) != 0)
			json_out_string(&out, word_text(WORDS_MUST, i));
	json_out_array_end(&out);
	json_out_object_end(&out);
	g_string_append_c(text, '\n');
}

/* The id of a mail that is written for others to send is made from what is in it: the same request, the same bytes. */
static void hash_bytes(const char *text, uint8_t random[MAIL_RANDOM_BYTES])
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	uint8_t digest[32];
	gsize length = sizeof digest;
	g_checksum_update(sum, (const guchar *)text, -1);
	g_checksum_get_digest(sum, digest, &length);
	memcpy(random, digest, MAIL_RANDOM_BYTES);
}

static bool format_draft_eml(
	App *app, const Facts *facts, const NoteTarget *target, const DraftNote *note, GString **ret_eml, GError **error)
{
	const MailModule *mail = NULL;
	g_autofree char *id = NULL;
	uint8_t random[MAIL_RANDOM_BYTES];
	const Person *to = target->person == NOBODY ? NULL : facts_person(facts, target->person);
	if (note->channel != CHANNEL_EMAIL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "format", "Only an e-mail can be written as eml; this note goes by %s.",
			say_channel((int)note->channel));
	if (facts->me.email == NULL || to == NULL || to->email == NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, facts->me.email == NULL ? "facts.me.email" : "facts.people",
			"An eml needs the e-mail addresses of both: me.email and that of the person.");
	hash_bytes(note->body, random);
	if (!desk_mail_load(app, &mail, error) || !mail->new_message_id(facts->me.email, random, &id, error))
		return false;
	MailMessage message = {
		.from_name = facts->me.name,
		.from_address = facts->me.email,
		.to_name = to->name,
		.to_address = to->email,
		.subject = note->subject == NULL ? "" : note->subject,
		.body = note->body,
		.message_id = id,
		.date_at = app->now,
		.date_offset = zone_offset_at(facts->zone, app->now),
		.user_agent = "followup",
	};
	return mail->compose(&message, ret_eml, error);
}

static bool need_person(const Facts *facts, const char *id, int *ret_index, GError **error)
{
	if (id == NULL)
		return true;
	*ret_index = facts_find_person(facts, id);
	if (*ret_index != NOBODY)
		return true;
	g_autofree char *shown = text_to_show(id, 60);
	return base_error_set(error, BASE_ERROR_INVALID, "to", "facts.people has nobody with the id \"%s\".", shown);
}

bool facts_input_load(App *app, GString *input, Facts **ret_facts, GError **error)
{
	g_autoptr(Facts) facts = NULL;
	if (!facts_parse(input->str, input->len, &facts, error) || !desk_now(app, facts->zone, &app->now, error))
		return false;
	*ret_facts = g_steal_pointer(&facts);
	return true;
}

bool note_target_from_args(
	App *app, const OpArgs *args, const Facts *facts, const Playbook *playbook, Plan *plan, NoteTarget *ret_target,
	GError **error)
{
	const char *interview_id = op_args_get(args, "interview"), *channel = op_args_get(args, "channel");
	int person = NOBODY, interview = NO_INTERVIEW, step = word_find(WORDS_STEP, op_args_get(args, "step"));
	if (!need_person(facts, op_args_get(args, "to"), &person, error))
		return false;
	if (interview_id != NULL && (interview = facts_find_interview(facts, interview_id)) == NO_INTERVIEW)
		return base_error_set(
			error, BASE_ERROR_INVALID, "interview", "facts.interviews has none with the id \"%s\".", interview_id);
	plan_compute(facts, playbook, app->now, plan);
	*ret_target = note_target_find(
		plan, facts, step, person, interview, channel == NULL ? WORD_NONE : word_find(WORDS_CHANNEL, channel));
	return true;
}

static bool draft_piped(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GString) input = NULL;
	g_autoptr(Facts) facts = NULL;
	g_autoptr(Plan) plan = plan_new();
	g_autoptr(DraftNote) note = NULL;
	const Playbook *playbook = NULL;
	NoteTarget target = {0};
	if (!op_args_has(args, "step"))
		return base_error_set(
			error, BASE_ERROR_INVALID, "step",
			"Say for which opportunity (followup draft Globex), or with facts on standard input which --step and --to "
			"whom.");
	if (!desk_input_load(args, LIMIT_INPUT_BYTES, &input, error) || !facts_input_load(app, input, &facts, error) ||
		!desk_playbook_load(app, op_args_get(args, "playbook"), &playbook, error) ||
		!note_target_from_args(app, args, facts, playbook, plan, &target, error) ||
		!note_compose(app, facts, &target, NULL, args, &note, error))
		return false;
	const char *format = op_args_get(args, "format");
	g_autoptr(GString) text = g_string_new(NULL);
	if (g_strcmp0(format, "json") == 0) {
		format_draft_json(facts, &target, note, text);
	} else if (g_strcmp0(format, "eml") == 0) {
		g_autoptr(GString) eml = NULL;
		if (!format_draft_eml(app, facts, &target, note, &eml, error))
			return false;
		g_string_append_len(text, eml->str, (gssize)eml->len);
	} else {
		g_autofree char *joined = note_text_join(note->subject, note->body);
		g_string_append(text, joined);
	}
	printer_document(printer, text->str, text->len);
	return true;
}

/* ---- for people: drafts that are kept ---- */

/* The subject of the thread that a note to this person continues, or NULL. */
static const char *thread_subject(const Case *item, int step, int person)
{
	if (step == STEP_THANK_YOU || step == STEP_KEEP_IN_TOUCH || step == STEP_GET_CONTACT)
		return NULL;
	for (int i = (int)item->record->outbox->len - 1; i >= 0; i--) {
		const OutboxRow *row = record_outbox(item->record, i);
		bool theirs = row->draft != NO_DRAFT && record_draft(item->record, row->draft)->person == person;
		if (theirs && row->state == OUTBOX_SENT)
			return row->subject;
	}
	return NULL;
}

static void tell_draft(App *app, const Case *item, int index, const DraftNote *note, Printer *printer)
{
	const Draft *draft = record_draft(item->record, index);
	const Facts *facts = item->record->facts;
	const char *name = draft->person == NOBODY ? "yourself" : facts_person(facts, draft->person)->name;
	g_autofree char *text = note_text_join(draft->subject, draft->body);
	printer_object(printer, NULL);
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, draft->step));
	printer_string(printer, "to", NULL, draft->person == NOBODY ? NULL : facts_person(facts, draft->person)->id);
	printer_string(printer, "channel", NULL, word_text(WORDS_CHANNEL, draft->channel));
	printer_string(printer, "subject", NULL, draft->subject);
	printer_string(printer, "body", NULL, draft->body);
	printer_list(printer, "gaps");
	for (guint i = 0; i < note->gaps->len; i++)
		printer_string(printer, NULL, NULL, g_ptr_array_index(note->gaps, i));
	printer_list_end(printer);
	printer_say(
		printer, SAY_HEADING, "%s for %s%s%s", word_text(WORDS_STEP, draft->step), name,
		draft->channel == WORD_NONE ? "" : ", by ", say_channel(draft->channel));
	printer_say(printer, SAY_QUOTE, "%s", text);
	if (note->gaps->len > 0)
		printer_say(printer, SAY_WARNING, "Fill in what stands in [[ ]] before it can go.");
	g_autofree char *handle = say_handle(item->record), *person = say_person_handle(facts, draft->person);
	bool whole = note->gaps->len == 0;
	if (draft->person != NOBODY || !whole)
		printer_say(
			printer, SAY_COMMAND, "followup %s %s %s --step %s", whole ? "approve" : "edit", handle, person,
			word_text(WORDS_STEP, draft->step));
	printer_object_end(printer);
	printer_break(printer);
}

static bool keep_draft(
	App *app, Case *item, Change *change, const NoteTarget *target, const OpArgs *args, Printer *printer,
	GError **error)
{
	g_autoptr(DraftNote) note = NULL;
	if (!note_compose(
			app, item->record->facts, target, thread_subject(item, target->step, target->person), args, &note, error))
		return false;
	int channel = target->step == STEP_PREPARE_CLOSE ? WORD_NONE : (int)note->channel;
	int index = case_find_draft(item, target->step, target->interview, target->person, channel);
	Draft *draft = index == NO_DRAFT ? record_add_draft(item->record) : record_draft(item->record, index);
	if (index == NO_DRAFT) {
		index = (int)item->record->drafts->len - 1;
		draft->step = target->step;
		draft->interview = target->interview;
		draft->person = target->person;
		draft->channel = channel;
		draft->created_at = app->now;
	}
	intake_replace(&draft->subject, note->subject);
	intake_replace(&draft->body, note->body);
	intake_replace(&draft->playbook, playbook_get_name(item->playbook));
	draft->edited_at = TIME_NONE;
	change_put(change, PART_DRAFT, index);
	tell_draft(app, item, index, note, printer);
	return true;
}

/* True if what is there must not be written over: it is approved, or its user changed it. */
static bool is_taken(const Case *item, const NoteTarget *target, bool again)
{
	int index = case_find_draft(item, target->step, target->interview, target->person, target->channel);
	if (index == NO_DRAFT)
		return false;
	const Draft *draft = record_draft(item->record, index);
	return draft->state == DRAFT_APPROVED || (draft->edited_at != TIME_NONE && !again);
}

static bool is_wanted(const PlanStep *step, const OpArgs *args, int person)
{
	const char *word = op_args_get(args, "step");
	if (person != NOBODY && step->to != person && step->about != person)
		return false;
	if (word != NULL)
		return (int)step->kind == word_find(WORDS_STEP, word) && step->state != STATE_DONE &&
			   step->state != STATE_SKIPPED && step->state != STATE_MISSED;
	return plan_step_is_open(step) && draft_has_text(step->kind) && step->kind != STEP_GET_CONTACT &&
		   (!step->optional || person != NOBODY);
}

static bool draft_steps(
	App *app, Case *item, Change *change, const OpArgs *args, int person, int *ret_count, Printer *printer,
	GError **error)
{
	const char *channel = op_args_get(args, "channel");
	for (guint i = 0; i < item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(item->plan, i);
		if (!is_wanted(step, args, person))
			continue;
		NoteTarget target = note_target_of(step, channel == NULL ? WORD_NONE : word_find(WORDS_CHANNEL, channel));
		if (is_taken(item, &target, op_args_has(args, "again"))) {
			printer_say(
				printer, SAY_WARNING, "The %s to %s is %s already; \"edit\" changes it.",
				word_text(WORDS_STEP, target.step),
				target.person == NOBODY ? "yourself" : facts_person(item->record->facts, target.person)->name,
				"written or approved");
			continue;
		}
		if (!keep_draft(app, item, change, &target, args, printer, error))
			return false;
		++*ret_count;
	}
	return true;
}

bool op_draft(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	int person = NOBODY, count = 0;
	const char *name = op_args_has(args, "person") ? op_args_get(args, "person") : op_args_get(args, "to");
	if (!op_args_has(args, "opportunity"))
		return draft_piped(app, args, printer, error);
	if (!desk_open(app, OP_STORE_WRITE, error) || !case_load(app, args, &item, error) ||
		(name != NULL && !case_find_person(item, name, &person, error)))
		return false;
	g_autoptr(Change) change = change_new(item->record);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_list(printer, "drafts");
	if (!draft_steps(app, item, change, args, person, &count, printer, error))
		return false;
	printer_list_end(printer);
	printer_object_end(printer);
	if (count > 0)
		return case_save(app, item, change, error);
	g_autofree char *verdict = plan_explain_verdict(item->plan);
	printer_say(printer, SAY_TEXT, "There is nothing to write now. %s", verdict);
	return true;
}

/* ---- changing one ---- */

bool case_pick_draft(const Case *item, const OpArgs *args, int *ret_index, GError **error)
{
	const char *step = op_args_get(args, "step"), *channel = op_args_get(args, "channel");
	int person = NOBODY, found = NO_DRAFT, count = 0;
	if (op_args_has(args, "person") && !case_find_person(item, op_args_get(args, "person"), &person, error))
		return false;
	for (int i = 0; i < (int)item->record->drafts->len; i++) {
		const Draft *draft = record_draft(item->record, i);
		if ((draft->state != DRAFT_OPEN && draft->state != DRAFT_APPROVED) ||
			(person != NOBODY && draft->person != person) ||
			(step != NULL && draft->step != word_find(WORDS_STEP, step)) ||
			(channel != NULL && draft->channel != word_find(WORDS_CHANNEL, channel)))
			continue;
		found = i;
		count++;
	}
	g_autofree char *handle = say_handle(item->record);
	if (count == 0)
		return base_error_set(
			error, BASE_ERROR_MISSING, "person", "There is no such draft; \"followup draft %s\" writes what is due.",
			handle);
	if (count > 1)
		return base_error_set(
			error, BASE_ERROR_INVALID, "person",
			"There are %d such drafts; say which by person and --step (\"followup show %s\" lists them).", count,
			handle);
	*ret_index = found;
	return true;
}

bool app_note_text_load(App *app, const OpArgs *args, char **ret_text, GError **error)
{
	g_autoptr(Case) item = NULL;
	int index = NO_DRAFT;
	if (!desk_open(app, OP_STORE_READ, error) || !case_load(app, args, &item, error) ||
		!case_pick_draft(item, args, &index, error))
		return false;
	const Draft *draft = record_draft(item->record, index);
	*ret_text = note_text_join(draft->subject, draft->body);
	return true;
}

/* An edited note is no longer what was approved: it is taken back and has to be approved anew. */
static void withdraw(Case *item, Change *change, int index)
{
	for (int i = 0; i < (int)item->record->outbox->len; i++) {
		const OutboxRow *row = record_outbox(item->record, i);
		if (row->draft == index && row->state != OUTBOX_SENT && row->state != OUTBOX_CANCELLED &&
			row->state != OUTBOX_REFUSED)
			change_cancel_outbox(change, i, "edited");
	}
	Draft *draft = record_draft(item->record, index);
	draft->state = DRAFT_OPEN;
	draft->approved_at = TIME_NONE;
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

bool op_edit(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	g_autofree char *text = NULL, *subject = NULL, *body = NULL;
	int index = NO_DRAFT;
	if (!case_load(app, args, &item, error) || !case_pick_draft(item, args, &index, error) ||
		!take_text(args, &text, error))
		return false;
	note_text_split(text, &subject, &body);
	if (text_is_blank(body))
		return base_error_set(error, BASE_ERROR_INVALID, "text", "The note is empty; nothing was changed.");
	g_autoptr(Change) change = change_new(item->record);
	Draft *draft = record_draft(item->record, index);
	if (subject != NULL || draft->channel != CHANNEL_EMAIL)
		intake_replace(&draft->subject, subject);
	intake_replace(&draft->body, body);
	draft->edited_at = app->now;
	withdraw(item, change, index);
	change_put(change, PART_DRAFT, index);
	if (!case_save(app, item, change, error))
		return false;
	g_autoptr(Review) review = NULL;
	if (!case_review_draft(app, item, index, TIME_NONE, true, &review, error))
		return false;
	g_autofree char *joined = note_text_join(draft->subject, draft->body);
	printer_object(printer, NULL);
	printer_string(printer, "subject", NULL, draft->subject);
	printer_string(printer, "body", NULL, draft->body);
	printer_say(printer, SAY_GOOD, "Changed.");
	tell_review(review, joined, printer);
	g_autofree char *handle = say_handle(item->record), *person = say_person_handle(item->record->facts, draft->person);
	printer_say(
		printer, SAY_COMMAND, "followup approve %s %s --step %s", handle, person, word_text(WORDS_STEP, draft->step));
	printer_object_end(printer);
	return true;
}
