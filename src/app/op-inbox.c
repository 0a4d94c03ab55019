/* op-inbox.c - followup inbox: what came by mail and is not sure enough to be put on record without its user's word.
 *
 * A word confirms, corrects or dismisses; it can also be said of a mail that was recorded at once, whose event is then
 * changed or taken off the record.
 */
#include "import-job.h"
#include "intake.h"
#include "ops.h"
#include "task.h"
#include "watch.h"

#include <app/inbox.h>

enum { LIST_LIMIT = 200 };

/* ---- listing ---- */

/* The opportunity an item is about; NULL where there is none, or none any more. */
static Case *load_about(App *app, GHashTable *cases, const InboxItem *item)
{
	Case *about = NULL;
	return item->opportunity != 0 && watch_case(app, cases, item->opportunity, &about, NULL) ? about : NULL;
}

static void say_item(App *app, const InboxItem *item, const Facts *facts, Printer *printer)
{
	g_autofree char *question = inbox_say_question(item, facts), *reading = inbox_say_reading(app, item);
	g_autofree char *company = facts == NULL ? g_strdup("") : say_opportunity(facts);
	g_autofree char *when = when_say(app->zone, item->at, app->now);
	bool open = item->state == INBOX_OPEN;
	printer_say(
		printer, open ? SAY_URGENT : SAY_ITEM, "%" G_GINT64_FORMAT ". %s%s%s %s", item->number, company,
		company[0] == '\0' ? "" : ": ", question, reading);
	printer_say(
		printer, SAY_DETAIL, "%s, %s%s%s%s%s%s.", when,
		item->from_address == NULL ? "by nobody named" : item->from_address, item->subject == NULL ? "" : ", \"",
		item->subject == NULL ? "" : item->subject, item->subject == NULL ? "" : "\"", open ? "" : "; ",
		open ? "" : inbox_state_word((int)item->state));
	if (item->quote != NULL)
		printer_say_text(printer, SAY_QUOTE, item->quote);
	if (open && inbox_say_reason(item) != NULL)
		printer_say_text(printer, SAY_DETAIL, inbox_say_reason(item));
}

static void say_how(const GPtrArray *items, Printer *printer)
{
	const InboxItem *first = items->len == 0 ? NULL : g_ptr_array_index(items, 0);
	if (first == NULL || first->state != INBOX_OPEN)
		return;
	printer_break(printer);
	printer_say(printer, SAY_COMMAND, "followup inbox %" G_GINT64_FORMAT " --confirm", first->number);
	if (first->kind == INBOX_REPLY)
		printer_say(printer, SAY_COMMAND, "followup inbox %" G_GINT64_FORMAT " --as more-time", first->number);
	printer_say(printer, SAY_COMMAND, "followup inbox %" G_GINT64_FORMAT " --dismiss", first->number);
}

static bool list(App *app, bool all, Printer *printer, GError **error)
{
	g_autoptr(GPtrArray) items = NULL;
	g_autoptr(GHashTable) cases = watch_cases_new();
	if (!store_inbox_list(app->store, ACCOUNT_SELF, all, LIST_LIMIT, &items, error))
		return false;
	printer_object(printer, NULL);
	printer_list(printer, "mails");
	for (guint i = 0; i < items->len; i++) {
		const InboxItem *item = g_ptr_array_index(items, i);
		const Case *about = load_about(app, cases, item);
		const Facts *facts = about == NULL ? NULL : about->record->facts;
		printer_object(printer, NULL);
		inbox_tell(app, item, facts, printer);
		printer_object_end(printer);
		say_item(app, item, facts, printer);
	}
	printer_list_end(printer);
	printer_object_end(printer);
	if (items->len == 0)
		printer_say_text(printer, SAY_GOOD, all ? "No mail was taken in yet." : "Nothing waits for your word.");
	say_how(items, printer);
	return true;
}

/* ---- questions, for a door that puts them ---- */

static void free_question(void *data)
{
	InboxQuestion *question = data;
	g_free(question->title);
	g_free(question->from);
	g_free(question->quote);
	g_free(question->reason);
	g_free(question);
}

static InboxQuestion *make_question(const App *app, const InboxItem *item, const Facts *facts)
{
	InboxQuestion *question = g_new0(InboxQuestion, 1);
	g_autofree char *company = facts == NULL ? g_strdup("A mail") : say_opportunity(facts);
	g_autofree char *what = inbox_say_question(item, facts), *reading = inbox_say_reading(app, item);
	question->number = item->number;
	question->title = g_strdup_printf("%s: %s%s%s", company, what, reading[0] == '\0' ? "" : " ", reading);
	question->from = g_strdup_printf(
		"%s, \"%s\"", item->from_address == NULL ? "by nobody named" : item->from_address,
		item->subject == NULL ? "" : item->subject);
	question->quote = g_strdup(item->quote);
	question->reason = g_strdup(inbox_say_reason(item));
	question->answers = item->kind == INBOX_REPLY;
	return question;
}

bool app_inbox_questions_load(App *app, GPtrArray **ret_questions, GError **error)
{
	g_autoptr(GPtrArray) items = NULL, questions = g_ptr_array_new_with_free_func(free_question);
	g_autoptr(GHashTable) cases = watch_cases_new();
	if (!desk_open(app, OP_STORE_WRITE, error) ||
		!store_inbox_list(app->store, ACCOUNT_SELF, false, LIST_LIMIT, &items, error))
		return false;
	for (guint i = 0; i < items->len; i++) {
		const InboxItem *item = g_ptr_array_index(items, i);
		const Case *about = load_about(app, cases, item);
		g_ptr_array_add(questions, make_question(app, item, about == NULL ? NULL : about->record->facts));
	}
	*ret_questions = g_steal_pointer(&questions);
	return true;
}

/* ---- a word ---- */

static bool tell_done(App *app, const InboxItem *item, const Case *about, const char *what, Printer *printer)
{
	const Facts *facts = about == NULL ? NULL : about->record->facts;
	printer_object(printer, NULL);
	inbox_tell(app, item, facts, printer);
	if (about != NULL)
		printer_string(printer, "verdict", NULL, verdict_word(about->plan->verdict));
	printer_say_text(printer, SAY_GOOD, what);
	if (about != NULL && item->state == INBOX_CONFIRMED) {
		g_autofree char *verdict = plan_explain_verdict(about->plan);
		printer_say_text(printer, SAY_DETAIL, verdict);
	}
	if (about != NULL)
		task_say_next(app, about, printer);
	printer_object_end(printer);
	return true;
}

static bool save(App *app, InboxItem *item, Case *about, Change *change, GError **error)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new(), changes = g_ptr_array_new();
	g_ptr_array_add(items, item);
	if (change != NULL) {
		case_replan(app, about);
		about->record->next_at = case_agenda_at(about);
		g_ptr_array_add(changes, change);
	}
	return store_inbox_save(
		app->store, &(InboxSave){.account = ACCOUNT_SELF, .changes = changes, .items = items}, error);
}

static bool dismiss(App *app, InboxItem *item, Case *about, Printer *printer, GError **error)
{
	int event = about == NULL ? -1 : inbox_find_event(app, item, about);
	g_autoptr(Change) change = event < 0 ? NULL : change_new(about->record);
	if (event >= 0) {
		g_array_remove_index(about->record->facts->events, (guint)event);
		change_put_all(change);
	}
	item->state = INBOX_DISMISSED;
	g_clear_pointer(&item->calendar, g_bytes_unref);
	return save(app, item, about, change, error) &&
		   tell_done(
			   app, item, about, event < 0 ? "Dismissed: nothing is on record of it." : "Taken off the record.",
			   printer);
}

/* "Rook, Rita" as one says it, without what has a meaning where people are introduced. */
static char *plain_name(const char *name)
{
	g_auto(GStrv) parts = g_strsplit(name, ",", -1);
	g_autofree char *turned = g_strv_length(parts) == 2
								  ? g_strdup_printf("%s %s", g_strstrip(parts[1]), g_strstrip(parts[0]))
								  : g_strjoinv(" ", parts);
	return g_strdup(g_strstrip(g_strdelimit(turned, "<>;\"@", ' ')));
}

/* Whoever writes for a company is put on record by the name they sign with. */
static bool add_sender(App *app, Case *about, Change *change, const InboxItem *item, int *ret_person)
{
	bool new = false;
	if (item->reason != INBOX_BY_DOMAIN || item->from_name == NULL || item->from_address == NULL)
		return false;
	g_autofree char *name = plain_name(item->from_name);
	g_autofree char *text = g_strdup_printf("%s <%s>", name, item->from_address);
	return intake_person(app, about, change, text, ret_person, &new, NULL);
}

/* To whom something was sent last. */
static int find_last_reader(const Facts *facts)
{
	const Event *last = NULL;
	for (guint i = 0; i < facts->events->len; i++) {
		const Event *event = facts_event(facts, (int)i);
		if (event->kind == EVENT_SENT && event->person != NOBODY && (last == NULL || event->at >= last->at))
			last = event;
	}
	return last == NULL ? NOBODY : last->person;
}

/* Whom it is from: as said, else as read, else whoever signed it; of what an applicant system sent, whoever was written
 * to last. */
static bool fill_person(App *app, Case *about, Change *change, const OpArgs *args, InboxItem *item, GError **error)
{
	int person = item->person == NULL ? NOBODY : facts_find_person(about->record->facts, item->person);
	if (person != NOBODY && !op_args_has(args, "person"))
		return true;
	if (op_args_has(args, "person") || !add_sender(app, about, change, item, &person))
		person = op_args_has(args, "person") ? NOBODY : find_last_reader(about->record->facts);
	if (person == NOBODY && !case_find_person(about, op_args_get(args, "person"), &person, error))
		return false;
	g_free(item->person);
	item->person = g_strdup(facts_person(about->record->facts, person)->id);
	return true;
}

/* What its user says instead of what was read. */
static bool fill_word(const App *app, const OpArgs *args, const Zone *zone, InboxItem *item, GError **error)
{
	When when = {0};
	bool replies = item->kind == INBOX_REPLY;
	if (!replies && (op_args_has(args, "as") || op_args_has(args, "decision-by")))
		return base_error_set(
			error, BASE_ERROR_INVALID, "as",
			"That mail is no answer (it is read as: %s); --confirm or --dismiss is what can be said of it.",
			inbox_kind_word((int)item->kind));
	if (op_args_has(args, "as")) {
		item->says = desk_word(WORDS_SAYS, op_args_get(args, "as"));
		bool dated = item->says == SAYS_MORE_TIME || item->says == SAYS_NEXT_ROUND || item->says == SAYS_OTHER;
		item->decision_by = dated ? item->decision_by : DAY_NONE;
	}
	if (!op_args_has(args, "decision-by"))
		return true;
	if (!desk_when(app, args, "decision-by", zone, WHEN_AHEAD, &when, error))
		return false;
	item->decision_by = when.day;
	return intake_check_said(app, zone, &(Promise){when.day, DAY_NONE, 0}, item->at, error);
}

static void put_event(Case *about, Change *change, const Event *event, int known)
{
	Facts *facts = about->record->facts;
	if (known < 0) {
		facts_add_event(facts, event);
		change_put(change, PART_EVENT, (int)facts->events->len - 1);
		return;
	}
	Event *stored = facts_event(facts, known);
	stored->person = event->person;
	stored->says = event->says;
	stored->promise = event->promise;
	change_put(change, PART_EVENT, known);
}

static bool record(App *app, InboxItem *item, Case *about, const OpArgs *args, Printer *printer, GError **error)
{
	Event event;
	int known = inbox_find_event(app, item, about);
	const Facts *facts = about->record->facts;
	g_autoptr(Change) change = change_new(about->record);
	if (!fill_person(app, about, change, args, item, error) || !fill_word(app, args, facts->zone, item, error))
		return false;
	if (!inbox_make_event(app, item, about, &event))
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL,
			item->kind == INBOX_DELAY ? "That mail changes nothing; it may still arrive."
									  : "Nothing on record was sent to that person that could have come back.");
	put_event(about, change, &event, known);
	item->state = INBOX_CONFIRMED;
	if (!save(app, item, about, change, error))
		return false;
	g_autofree char *company = say_opportunity(facts), *what = say_event(app, facts, &event);
	g_autofree char *when = say_time(app, facts, event.at);
	g_autofree char *told = g_strdup_printf("On record at %s: %s, %s.", company, what, when);
	return tell_done(app, item, about, told, printer);
}

/* ---- appointments ---- */

static bool give(OpArgs *args, const char *name, const char *value, GError **error)
{
	return op_args_take(args, op_find_param(op_find("import"), name), value, error);
}

/* What "import" would be told: the opportunity, unless another company is said, and whom it is with. */
static bool fill_import(const InboxItem *item, const OpArgs *args, OpArgs *import, GError **error)
{
	g_autofree char *number = g_strdup_printf("#%" G_GINT64_FORMAT, item->opportunity);
	const GPtrArray *with = op_args_get_all(args, "with");
	for (guint i = 0; i < with->len; i++)
		if (!give(import, "with", g_ptr_array_index(with, i), error))
			return false;
	if (op_args_has(args, "company") ? !give(import, "company", op_args_get(args, "company"), error)
									 : item->opportunity != 0 && !give(import, "opportunity", number, error))
		return false;
	return give(import, "yes", NULL, error);
}

/* The calendar goes the way of any file that is imported, and can be taken back as such. */
static bool take_over(App *app, InboxItem *item, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(OpArgs) import = op_args_new(op_find("import"));
	gsize length = 0;
	if (item->calendar == NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL,
			"The calendar of that mail is not kept here; save it from your mail program, then: followup import FILE");
	void *bytes = (void *)g_bytes_get_data(item->calendar, &length);
	FILE *input = fmemopen(bytes, length, "rb");
	if (input == NULL)
		return base_error_set(error, BASE_ERROR_INTERNAL, NULL, "The calendar cannot be read from memory; try again.");
	op_args_set_input(import, input);
	bool good = fill_import(item, args, import, error) && import_run(app, import, printer, error);
	fclose(input);
	if (!good)
		return false;
	item->state = INBOX_CONFIRMED;
	g_clear_pointer(&item->calendar, g_bytes_unref);
	return save(app, item, NULL, NULL, error);
}

/* ---- the op ---- */

static bool check_words(const OpArgs *args, GError **error)
{
	int words = op_args_has(args, "confirm") + op_args_has(args, "as") + op_args_has(args, "dismiss");
	if (words > 1)
		return base_error_set(
			error, BASE_ERROR_INVALID, "as", "Say one of --confirm, --as and --dismiss, not several.");
	if (words > 0 && !op_args_has(args, "number"))
		return base_error_set(
			error, BASE_ERROR_INVALID, "number", "Say which mail is meant, by its number: followup inbox 3 --confirm");
	if (words == 0 && op_args_has(args, "decision-by"))
		return base_error_set(
			error, BASE_ERROR_INVALID, "decision-by", "A date goes with an answer; say --confirm or --as too.");
	return true;
}

static bool show(App *app, const InboxItem *item, const Case *about, Printer *printer)
{
	const Facts *facts = about == NULL ? NULL : about->record->facts;
	printer_object(printer, NULL);
	inbox_tell(app, item, facts, printer);
	printer_object_end(printer);
	say_item(app, item, facts, printer);
	return true;
}

/* What was said before of a mail stays, unless something else is said now. */
static bool refuse_again(const InboxItem *item, const OpArgs *args, GError **error)
{
	bool appointment = item->kind == INBOX_INVITATION || item->kind == INBOX_CANCELLATION;
	if (item->state == INBOX_OPEN || item->state == INBOX_NOTED || (!op_args_has(args, "confirm") && !appointment))
		return true;
	return base_error_set(
		error, BASE_ERROR_CONFLICT, NULL, "That mail is no longer open: it was %s.",
		inbox_state_word((int)item->state));
}

/* Another opportunity than the one it was taken for. */
static bool load_case(App *app, const OpArgs *args, InboxItem *item, Case **ret_case, GError **error)
{
	if (op_args_has(args, "opportunity")) {
		if (!case_load_named(app, op_args_get(args, "opportunity"), ret_case, error))
			return false;
		if ((*ret_case)->record->id != item->opportunity)
			g_clear_pointer(&item->person, g_free);
		item->opportunity = (*ret_case)->record->id;
		return true;
	}
	return item->opportunity == 0 || case_load_id(app, item->opportunity, ret_case, error);
}

bool op_inbox(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(InboxItem) item = NULL;
	g_autoptr(Case) about = NULL;
	if (!check_words(args, error))
		return false;
	if (!op_args_has(args, "number"))
		return list(app, op_args_has(args, "all"), printer, error);
	if (!store_inbox_load(app->store, ACCOUNT_SELF, op_args_get_int(args, "number", 0), &item, error) ||
		!load_case(app, args, item, &about, error))
		return false;
	bool says = op_args_has(args, "confirm") || op_args_has(args, "as");
	if (!says && !op_args_has(args, "dismiss"))
		return show(app, item, about, printer);
	if (!refuse_again(item, args, error))
		return false;
	if (!says)
		return dismiss(app, item, about, printer, error);
	if (item->kind == INBOX_INVITATION || item->kind == INBOX_CANCELLATION)
		return take_over(app, item, args, printer, error);
	if (about == NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "opportunity",
			"Which opportunity that mail is about is not known; say it with --opportunity.");
	return record(app, item, about, args, printer, error);
}
