/* op-draft.c - followup draft and edit: a note for each person, from what was really said; and changing one.
 *
 * With an opportunity the drafts are kept; without one, facts come in on standard input and one draft goes out.
 */
#include "dispatch.h"
#include "intake.h"
#include "ops.h"
#include "tell-note.h"

#include <base/address.h>
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
static void hash_bytes(const char *text, uint8_t random[ADDRESS_RANDOM_BYTES])
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	uint8_t digest[32];
	gsize length = sizeof digest;
	g_checksum_update(sum, (const guchar *)text, -1);
	g_checksum_get_digest(sum, digest, &length);
	memcpy(random, digest, ADDRESS_RANDOM_BYTES);
}

static bool format_draft_eml(
	App *app, const Facts *facts, const NoteTarget *target, const DraftNote *note, GString **ret_eml, GError **error)
{
	const MailModule *mail = NULL;
	g_autofree char *id = NULL;
	uint8_t random[ADDRESS_RANDOM_BYTES];
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
	if (!desk_mail_load(app, &mail, error) || !address_new_message_id(facts->me.email, random, &id, error))
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
	int person = NOBODY, interview = NO_INTERVIEW, step = desk_word(WORDS_STEP, op_args_get(args, "step"));
	if (!need_person(facts, op_args_get(args, "to"), &person, error))
		return false;
	if (interview_id != NULL && (interview = facts_find_interview(facts, interview_id)) == NO_INTERVIEW)
		return base_error_set(
			error, BASE_ERROR_INVALID, "interview", "facts.interviews has none with the id \"%s\".", interview_id);
	plan_compute(facts, playbook, app->now, plan);
	*ret_target = note_target_find(plan, facts, step, person, interview, desk_word(WORDS_CHANNEL, channel));
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
			"Say which --step the note is for; or, for one on record, for which opportunity: followup draft globex.");
	if (!desk_input_load(args, LIMIT_INPUT_BYTES, &input, error) || !facts_input_load(app, input, &facts, error) ||
		!desk_playbook_load(app, op_args_get(args, "playbook"), &playbook, error) ||
		!note_target_from_args(app, args, facts, playbook, plan, &target, error) ||
		!need_person(facts, op_args_get(args, "about"), &target.about, error) ||
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

/* What was written in one go. */
typedef struct Drafting {
	App *app;
	Case *item;
	Change *change;
	const OpArgs *args;
	Printer *printer;
	GArray *written; /* of int: drafts */
	GArray *gaps;    /* of guint: of each, how many */
	int interview;   /* the one that is named, or NO_INTERVIEW */
} Drafting;

static const char *name_of(const Case *item, int person)
{
	return person == NOBODY ? "yourself" : facts_person(item->record->facts, person)->name;
}

static void tell_draft(const Drafting *drafting, int index, const DraftNote *note)
{
	Printer *printer = drafting->printer;
	const Draft *draft = record_draft(drafting->item->record, index);
	g_autofree char *text = note_text_join(draft->subject, draft->body);
	printer_object(printer, NULL);
	tell_note(drafting->app, drafting->item, index, printer);
	printer_list(printer, "gaps");
	for (guint i = 0; i < note->gaps->len; i++)
		printer_string(printer, NULL, NULL, g_ptr_array_index(note->gaps, i));
	printer_list_end(printer);
	printer_say(
		printer, SAY_HEADING, "%s for %s%s%s", word_text(WORDS_STEP, draft->step),
		name_of(drafting->item, draft->person), draft->channel == WORD_NONE ? "" : ", by ",
		say_channel(draft->channel));
	printer_say_text(printer, SAY_QUOTE, text);
	printer_object_end(printer);
	printer_break(printer);
}

/* What was written for the same step and person before something happened makes room. */
static void discard_outdated(const Drafting *drafting, const NoteTarget *target)
{
	for (int i = 0; i < (int)drafting->item->record->drafts->len; i++) {
		Draft *draft = record_draft(drafting->item->record, i);
		if (draft->state != DRAFT_OPEN || draft->step != target->step || draft->person != target->person ||
			draft->interview != target->interview || case_draft_is_live(drafting->item, i))
			continue;
		draft->state = DRAFT_DISCARDED;
		change_put(drafting->change, PART_DRAFT, i);
	}
}

/* A mail that waits for working hours is not written as if it left today. */
static bool compose(const Drafting *drafting, const NoteTarget *target, DraftNote **ret_note, GError **error)
{
	NoteTarget timed = *target;
	const Facts *facts = drafting->item->record->facts;
	const OutboxRow *thread = dispatch_find_thread(drafting->item, target->step, target->person);
	if (target->channel == CHANNEL_EMAIL && target->person != NOBODY)
		timed.leaves = dispatch_fitting_time(facts, drafting->app->now, target->opens, target->due);
	return note_compose(
		drafting->app, facts, &timed, thread == NULL ? NULL : thread->subject, drafting->args, ret_note, error);
}

static bool keep_draft(Drafting *drafting, const NoteTarget *target, GError **error)
{
	g_autoptr(DraftNote) note = NULL;
	Case *item = drafting->item;
	if (!compose(drafting, target, &note, error))
		return false;
	int channel = target->step == STEP_PREPARE_CLOSE ? WORD_NONE : (int)note->channel;
	discard_outdated(drafting, target);
	int index = case_find_draft(item, target->step, target->interview, target->person, channel);
	Draft *draft = index == NO_DRAFT ? record_add_draft(item->record) : record_draft(item->record, index);
	if (index == NO_DRAFT) {
		index = (int)item->record->drafts->len - 1;
		draft->step = target->step;
		draft->interview = target->interview;
		draft->person = target->person;
		draft->channel = channel;
		draft->created_at = drafting->app->now;
	}
	intake_replace(&draft->subject, note->subject);
	intake_replace(&draft->body, note->body);
	intake_replace(&draft->playbook, playbook_get_name(item->playbook));
	intake_replace(&draft->variant, op_args_get(drafting->args, "variant"));
	draft->edited_at = TIME_NONE;
	change_put(drafting->change, PART_DRAFT, index);
	tell_draft(drafting, index, note);
	g_array_append_val(drafting->written, index);
	g_array_append_val(drafting->gaps, note->gaps->len);
	return true;
}

/* What comes next for one that was written: gaps are filled in, an e-mail is approved, the rest is done and logged. */
static void say_next(const Drafting *drafting, guint number)
{
	int index = g_array_index(drafting->written, int, number);
	const Draft *draft = record_draft(drafting->item->record, index);
	g_autofree char *handle = say_handle(drafting->app, drafting->item->record);
	g_autofree char *which = case_say_draft(drafting->item, index);
	g_autofree char *person = say_person_handle(drafting->item->record->facts, draft->person);
	if (g_array_index(drafting->gaps, guint, number) > 0)
		printer_say(drafting->printer, SAY_COMMAND, "followup edit %s %s", handle, which);
	else if (draft->channel == CHANNEL_EMAIL)
		printer_say(drafting->printer, SAY_COMMAND, "followup approve %s %s", handle, which);
	else if (draft->person != NOBODY)
		printer_say(
			drafting->printer, SAY_COMMAND, "followup log %s %s --step %s --channel %s%s", handle, person,
			word_text(WORDS_STEP, draft->step), word_text(WORDS_CHANNEL, draft->channel),
			draft->channel == CHANNEL_CALL ? " --result reached" : "");
}

static void say_all_next(const Drafting *drafting)
{
	guint gaps = 0, mails = 0, count = drafting->written->len;
	for (guint i = 0; i < count; i++) {
		gaps += g_array_index(drafting->gaps, guint, i) > 0;
		mails +=
			record_draft(drafting->item->record, g_array_index(drafting->written, int, i))->channel == CHANNEL_EMAIL;
	}
	if (gaps > 0)
		printer_say(drafting->printer, SAY_WARNING, "Fill in what stands in [[ ]] before it can go.");
	if (count > 1 && gaps == 0 && mails == count) {
		g_autofree char *handle = say_handle(drafting->app, drafting->item->record);
		g_autofree char *first = case_say_draft(drafting->item, g_array_index(drafting->written, int, 0));
		printer_say(drafting->printer, SAY_TEXT, "Let them go as they are, or change one:");
		printer_say(drafting->printer, SAY_COMMAND, "followup approve %s --all", handle);
		printer_say(drafting->printer, SAY_COMMAND, "followup edit %s %s", handle, first);
		return;
	}
	for (guint i = 0; i < count; i++)
		say_next(drafting, i);
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

/* Which steps to write for, the first of these that there are: what is open, what may be done too, what is to come. */
typedef enum { PASS_OPEN, PASS_OPTIONAL, PASS_UPCOMING, PASS_COUNT } DraftPass;

/* Without --step only what is open, and optional steps only for somebody who is named. */
static bool is_wanted(const PlanStep *step, int kind, int person, DraftPass pass)
{
	if (person != NOBODY && step->to != person && step->about != person)
		return false;
	if (kind != WORD_NONE)
		return (int)step->kind == kind &&
			   (pass == PASS_OPEN ? plan_step_is_open(step) : pass == PASS_UPCOMING && step->state == STATE_UPCOMING);
	return plan_step_is_open(step) && draft_has_text(step->kind) && step->kind != STEP_GET_CONTACT &&
		   (pass == PASS_OPEN ? !step->optional
							  : pass == PASS_OPTIONAL && person != NOBODY && step_can_be_done(step) && step->optional);
}

static void say_taken(const Drafting *drafting, const NoteTarget *target)
{
	int index = case_find_draft(drafting->item, target->step, target->interview, target->person, target->channel);
	bool approved = record_draft(drafting->item->record, index)->state == DRAFT_APPROVED;
	printer_say(
		drafting->printer, SAY_WARNING, "The %s for %s is %s.", word_text(WORDS_STEP, target->step),
		name_of(drafting->item, target->person),
		approved ? "approved already; \"followup edit\" takes it back"
				 : "written already, and you changed it; --again writes over that");
}

/* Which interview to write for: the one that is named; of what is to come, the first. */
static bool is_for_interview(const Drafting *drafting, const PlanStep *step, DraftPass pass, int *interview)
{
	if (drafting->interview != NO_INTERVIEW)
		return step->interview == drafting->interview;
	if (*interview == NO_INTERVIEW && pass == PASS_UPCOMING)
		*interview = step->interview;
	return *interview == NO_INTERVIEW || step->interview == *interview;
}

static bool draft_steps(Drafting *drafting, int person, DraftPass pass, bool *ret_any, GError **error)
{
	const OpArgs *args = drafting->args;
	int channel = desk_word(WORDS_CHANNEL, op_args_get(args, "channel"));
	int kind = desk_word(WORDS_STEP, op_args_get(args, "step")), first = NO_INTERVIEW;
	for (guint i = 0; i < drafting->item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(drafting->item->plan, i);
		if (!is_wanted(step, kind, person, pass) || !is_for_interview(drafting, step, pass, &first))
			continue;
		NoteTarget target = note_target_of(step, channel);
		*ret_any = true;
		if (is_taken(drafting->item, &target, op_args_has(args, "again")))
			say_taken(drafting, &target);
		else if (!keep_draft(drafting, &target, error))
			return false;
	}
	return true;
}

static bool draft_wanted(Drafting *drafting, int person, bool *ret_any, GError **error)
{
	for (int pass = 0; pass < PASS_COUNT && !*ret_any; pass++)
		if (!draft_steps(drafting, person, (DraftPass)pass, ret_any, error))
			return false;
	return true;
}

/* What may be written too, and is not yet: the commands that do it. */
static void say_optional(const Drafting *drafting)
{
	const Case *item = drafting->item;
	g_autofree char *handle = say_handle(drafting->app, item->record);
	for (guint i = 0; i < item->plan->steps->len; i++) {
		const PlanStep *step = plan_step(item->plan, i);
		if (!step->optional || !step_can_be_done(step) || !draft_has_text(step->kind) || step->to == NOBODY ||
			case_find_draft(item, (int)step->kind, step->interview, step->to, WORD_NONE) != NO_DRAFT)
			continue;
		g_autofree char *person = say_person_handle(item->record->facts, step->to);
		printer_say(
			drafting->printer, SAY_COMMAND, "followup draft %s %s --step %s", handle, person,
			word_text(WORDS_STEP, (int)step->kind));
	}
}

/* Nothing to write is well where nothing particular was asked for. */
static bool tell_nothing(const Drafting *drafting, GError **error)
{
	g_autofree char *verdict = plan_explain_verdict(drafting->item->plan);
	const char *step = op_args_get(drafting->args, "step");
	if (step != NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "step", "The plan for %s asks for no %s now or later. %s",
			drafting->item->record->facts->company, step, verdict);
	printer_say(drafting->printer, SAY_TEXT, "There is nothing that has to be written now. %s", verdict);
	say_optional(drafting);
	return true;
}

static bool draft_kept(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	g_autoptr(GArray) written = g_array_new(FALSE, FALSE, sizeof(int)), gaps = g_array_new(FALSE, FALSE, sizeof(guint));
	int person = NOBODY, interview = NO_INTERVIEW;
	bool any = false;
	const char *id = op_args_get(args, "interview");
	const char *name = op_args_has(args, "person") ? op_args_get(args, "person") : op_args_get(args, "to");
	if (g_strcmp0(op_args_get(args, "format"), "eml") == 0)
		return base_error_set(
			error, BASE_ERROR_INVALID, "format",
			"A draft that is kept is shown as text or json; eml is for facts on "
			"standard input.");
	if (!desk_open(app, OP_STORE_WRITE, error) || !case_load(app, args, &item, error) ||
		(name != NULL && !case_find_person(item, name, &person, error)) ||
		(id != NULL && !case_find_interview(app, item, id, &interview, error)))
		return false;
	g_autoptr(Change) change = change_new(item->record);
	Drafting drafting = {app, item, change, args, printer, written, gaps, interview};
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_list(printer, "drafts");
	if (!draft_wanted(&drafting, person, &any, error))
		return false;
	printer_list_end(printer);
	if ((written->len > 0 && !case_save(app, item, change, error)) || (!any && !tell_nothing(&drafting, error)))
		return false;
	say_all_next(&drafting);
	printer_object_end(printer);
	return true;
}

bool op_draft(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	bool piped = !op_args_has(args, "opportunity") && (op_args_has(args, "step") || op_args_has(args, "to"));
	return piped ? draft_piped(app, args, printer, error) : draft_kept(app, args, printer, error);
}
