/* op-interview.c - followup interview: one goes on record, with the people it is with; its opportunity too, if it is
 * new.
 */
#include "called-off.h"
#include "ending.h"
#include "intake.h"
#include "kept-answers.h"
#include "ops.h"
#include "task.h"

/* A later interview at a closed opportunity: only if its user says that it is open again. */
static bool reopen(App *app, Case *item, Change *change, const OpArgs *args, int64_t start, GError **error)
{
	const Event *ending = facts_find_ending(item->record->facts, app->now);
	if (ending == NULL || start <= ending->at)
		return true;
	if (!op_args_has(args, "reopen"))
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "reopen", "%s is closed (%s); if it is open again, say so with --reopen.",
			item->record->facts->company, ending_word(ending));
	Event event = EVENT_INIT(EVENT_REOPENED);
	event.at = app->now;
	facts_add_event(item->record->facts, &event);
	change_put(change, PART_EVENT, (int)item->record->facts->events->len - 1);
	return true;
}

static bool add_people(App *app, Case *item, Change *change, const OpArgs *args, GArray *with, GError **error)
{
	const GPtrArray *names = op_args_get_all(args, "with");
	for (guint i = 0; i < names->len; i++) {
		int index = NOBODY;
		bool is_new = false;
		if (!intake_person(app, item, change, g_ptr_array_index(names, i), &index, &is_new, error))
			return false;
		for (guint j = 0; j < with->len; j++)
			if (g_array_index(with, int, j) == index)
				return base_error_set(
					error, BASE_ERROR_INVALID, "with", "%s is named twice; once is enough.",
					facts_person(item->record->facts, index)->name);
		g_array_append_val(with, index);
	}
	return true;
}

static bool read_start(const App *app, const OpArgs *args, const Zone *zone, int64_t *ret_start, GError **error)
{
	When when = {0};
	if (!op_args_has(args, "when"))
		return base_error_set(
			error, BASE_ERROR_INVALID, "when",
			"Say when it is, such as \"tomorrow 10am\"; or --called-off with its --id.");
	if (!desk_when(app, args, "when", zone, WHEN_AHEAD, &when, error))
		return false;
	const char *said = op_args_get(args, "when");
	bool late = strcasestr(said, "night") != NULL || strcasestr(said, "evening") != NULL;
	if (!when.has_time)
		return base_error_set(
			error, BASE_ERROR_INVALID, "when", "\"%s\" names no time of day; \"%s %s\" does.", said, said,
			late             ? "7pm"
			: when.afternoon ? "3pm"
							 : "10am");
	*ret_start = when.at;
	return true;
}

/* Said twice, an interview is one all the same; with an id it is moved. */
static int find_known(const Facts *facts, const OpArgs *args, int64_t start)
{
	const char *id = op_args_get(args, "id");
	if (id != NULL)
		return facts_find_interview(facts, id);
	for (guint i = 0; i < facts->interviews->len; i++)
		if (facts_interview(facts, (int)i)->start == start)
			return (int)i;
	return NO_INTERVIEW;
}

static int add_interview(Facts *facts, const OpArgs *args, int64_t start, guint people)
{
	Interview fresh = {.start = start, .end = start + 3600, .promise = PROMISE_NONE};
	const char *id = op_args_get(args, "id");
	fresh.kind = op_args_has(args, "kind") ? (InterviewKind)word_find(WORDS_INTERVIEW_KIND, op_args_get(args, "kind"))
				 : people > 1              ? INTERVIEW_PANEL
										   : INTERVIEW_VIDEO;
	g_autofree char *made = id == NULL ? intake_interview_id(facts, fresh.kind) : g_strdup(id);
	fresh.id = made;
	facts_add_interview(facts, &fresh);
	return (int)facts->interviews->len - 1;
}

/* "-" takes it away. */
static void set_said(char **text, const OpArgs *args, const char *name)
{
	if (!op_args_has(args, name))
		return;
	g_free(*text);
	*text = strcmp(op_args_get(args, name), "-") == 0 ? NULL : g_strdup(op_args_get(args, name));
}

/* What is said of an interview replaces what was known of it; what is not said stays. */
static void change_interview(Interview *interview, const OpArgs *args, int64_t start, const GArray *with)
{
	int64_t length = op_args_get_int(args, "for", interview->end - interview->start);
	interview->start = start;
	interview->end = start + length;
	if (op_args_has(args, "kind"))
		interview->kind = (InterviewKind)word_find(WORDS_INTERVIEW_KIND, op_args_get(args, "kind"));
	set_said(&interview->place, args, "place");
	set_said(&interview->link, args, "link");
	if (with->len == 0)
		return;
	g_array_set_size(interview->with, 0);
	g_array_append_vals(interview->with, with->data, with->len);
}

static bool refuse_id(const App *app, const Case *item, const char *id, GError **error)
{
	int index = NO_INTERVIEW;
	g_autoptr(GError) fault = NULL;
	(void)!case_find_interview(app, item, id, &index, &fault);
	return base_error_set(error, BASE_ERROR_INVALID, "id", "%s A new one is with somebody: --with.", fault->message);
}

static bool fill(App *app, Case *item, Change *change, const OpArgs *args, int *ret_index, GError **error)
{
	Facts *facts = item->record->facts;
	g_autoptr(GArray) with = g_array_new(FALSE, FALSE, sizeof(int));
	Promise promise = PROMISE_NONE;
	int64_t start = 0;
	if (!read_start(app, args, facts->zone, &start, error) || !reopen(app, item, change, args, start, error) ||
		!add_people(app, item, change, args, with, error) || !intake_promise(app, args, facts->zone, &promise, error))
		return false;
	int index = find_known(facts, args, start);
	if (index == NO_INTERVIEW && with->len == 0 && op_args_has(args, "id"))
		return refuse_id(app, item, op_args_get(args, "id"), error);
	if (index == NO_INTERVIEW && with->len == 0)
		return base_error_set(
			error, BASE_ERROR_INVALID, "with",
			"An interview is with somebody: --with \"Huck Finn <finn@globex.example>\", once for each person.");
	if (index == NO_INTERVIEW)
		index = add_interview(facts, args, start, with->len);
	change_interview(facts_interview(facts, index), args, start, with);
	promise_merge(&facts_interview(facts, index)->promise, &promise);
	change_put(change, PART_INTERVIEW, index);
	*ret_index = index;
	return intake_check_promise(app, facts, index, error);
}

/* Another interview to come is perhaps the one that was meant. */
static void say_other(App *app, const Case *item, const OpArgs *args, int index, Printer *printer)
{
	const Facts *facts = item->record->facts;
	for (guint i = 0; i < facts->interviews->len && !op_args_has(args, "id"); i++) {
		const Interview *other = facts_interview(facts, (int)i);
		if ((int)i == index || other->start <= app->now)
			continue;
		g_autofree char *what = say_interview(app, facts, (int)i);
		printer_say(
			printer, SAY_DETAIL, "There is another to come, %s; had you meant to move that, say --id %s.", what,
			other->id);
		return;
	}
}

static void say_next(App *app, const Case *item, const Interview *interview, Printer *printer)
{
	const Facts *facts = item->record->facts;
	g_autofree char *handle = say_handle(app, item->record);
	for (guint i = 0; i < interview->with->len; i++) {
		int person = g_array_index(interview->with, int, i);
		g_autofree char *name = say_person_handle(facts, person);
		if (facts_person(facts, person)->email == NULL)
			printer_say(printer, SAY_COMMAND, "followup people %s %s --email ADDRESS", handle, name);
	}
	if (interview->end <= app->now) {
		printer_say(printer, SAY_COMMAND, "followup debrief %s", handle);
		return;
	}
	g_autofree char *verdict = plan_explain_verdict(item->plan);
	printer_say_text(printer, SAY_DETAIL, verdict);
}

static void tell(App *app, const Case *item, const OpArgs *args, int index, bool is_new, Printer *printer)
{
	static const char *const kinds[] = {"a phone screen", "a video interview", "an interview in person", "a panel"};
	const Facts *facts = item->record->facts;
	const Interview *interview = facts_interview(facts, index);
	g_autofree char *what = say_interview(app, facts, index), *people = say_people(facts, index);
	g_autofree char *company = say_opportunity(facts);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "company", NULL, facts->company);
	printer_boolean(printer, "new", is_new);
	printer_string(printer, "interview", NULL, interview->id);
	printer_string(printer, "kind", NULL, word_text(WORDS_INTERVIEW_KIND, (int)interview->kind));
	printer_time(printer, "start", facts->zone, interview->start);
	printer_time(printer, "end", facts->zone, interview->end);
	printer_string(printer, "place", NULL, interview->place);
	printer_string(printer, "link", NULL, interview->link);
	printer_say(
		printer, SAY_GOOD, "On record: %s at %s with %s, times in %s.", what, company, people,
		zone_get_name(facts->zone));
	if (!op_args_has(args, "kind") && !op_args_has(args, "id"))
		printer_say(printer, SAY_DETAIL, "It is taken as %s; --kind says otherwise.", kinds[interview->kind]);
	say_other(app, item, args, index, printer);
	say_next(app, item, interview, printer);
	printer_object_end(printer);
}

static bool is_lower_case(const char *name)
{
	g_autofree char *lower = g_utf8_strdown(name, -1);
	return strcmp(lower, name) == 0;
}

/* The one opportunity whose company begins with these words; *ret_case is NULL where none does. */
static bool find_by_words(App *app, const char *name, Case **ret_case, GError **error)
{
	g_autofree char *words = g_strconcat(name, " ", NULL);
	g_autoptr(GPtrArray) rows = NULL;
	int64_t id = 0;
	if (!store_list(app->store, ACCOUNT_SELF, words, 2, &rows, error))
		return false;
	g_autofree char *folded = g_utf8_casefold(words, -1);
	for (guint i = rows->len; i-- > 0;) {
		g_autofree char *company = g_utf8_casefold(((const ListRow *)g_ptr_array_index(rows, i))->company, -1);
		if (!g_str_has_prefix(company, folded))
			g_ptr_array_remove_index(rows, i);
	}
	return rows->len == 0 || (case_find_id(app, words, &id, error) && case_load_id(app, id, ret_case, error));
}

static bool refuse_position(const char *company, const char *position, GError **error)
{
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "position",
		"%s is on record for another position; put this one beside it with: followup add \"%s\" --position \"%s\"",
		company, company, position);
}

/* An interview is no occasion to rename a position. */
static bool check_position(const Case *item, const char *position, GError **error)
{
	const char *known = item->record->facts->position;
	if (known == NULL || position == NULL || item->record->revision == 0)
		return true;
	g_autofree char *one = g_utf8_casefold(known, -1), *other = g_utf8_casefold(position, -1);
	return strcmp(one, other) == 0 || refuse_position(item->record->facts->company, position, error);
}

/* The opportunity that a name means here, where a name may also be a new one's: what is written in lower case may be
 * the start of a name on record; what is written as a name is one, or its first words. */
static bool find_named(App *app, const char *name, const char *position, Case **ret_case, GError **error)
{
	g_autoptr(GError) missing = NULL;
	int others = 0;
	if (strchr(name, '#') != NULL)
		return case_load_named(app, name, ret_case, error);
	if (!case_find_at(app, name, position, ret_case, &others, error) || *ret_case != NULL)
		return *ret_case != NULL;
	if (others > 0)
		return refuse_position(name, position, error);
	if (!is_lower_case(name))
		return find_by_words(app, name, ret_case, error);
	if (case_load_named(app, name, ret_case, &missing) || g_error_matches(missing, BASE_ERROR, BASE_ERROR_MISSING))
		return true;
	g_propagate_error(error, g_steal_pointer(&missing));
	return false;
}

/* ---- called off ---- */

/* What is called off is not described too. */
static bool check_alone(const OpArgs *args, GError **error)
{
	static const char *const others[] = {"when",   "with",        "kind", "for",  "decision-by", "follow-up-after",
										 "weeks",  "position",    "zone", "pace", "stage",       "playbook",
										 "reopen", "requirement", NULL};
	for (const char *const *name = others; *name != NULL; name++)
		if (op_args_has(args, *name))
			return base_error_set(
				error, BASE_ERROR_INVALID, *name,
				"--called-off takes the interview off the record; say nothing else of it but its --id.");
	return true;
}

/* The one that is named, or the only one there is. */
static bool find_called_off(const App *app, const Case *item, const char *id, int *ret_index, GError **error)
{
	const Facts *facts = item->record->facts;
	g_autoptr(GString) all = g_string_new(NULL);
	if (id != NULL || facts->interviews->len < 2)
		return case_find_interview(app, item, id, ret_index, error);
	for (guint i = 0; i < facts->interviews->len; i++) {
		g_autofree char *what = say_interview(app, facts, (int)i);
		g_string_append_printf(all, "%s--id %s (%s)", i == 0 ? "" : ", ", facts_interview(facts, (int)i)->id, what);
	}
	return base_error_set(error, BASE_ERROR_INVALID, "id", "Say which interview at %s: %s.", facts->company, all->str);
}

static void tell_called_off(App *app, const Case *item, const char *id, const char *what, Printer *printer)
{
	const Facts *facts = item->record->facts;
	g_autofree char *company = say_opportunity(facts), *verdict = plan_explain_verdict(item->plan);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "called_off", NULL, id);
	printer_integer(printer, "interviews", NULL, facts->interviews->len);
	printer_string(printer, "verdict", NULL, verdict_word(item->plan->verdict));
	printer_say(printer, SAY_GOOD, "Off the record at %s: %s.", company, what);
	if (facts->interviews->len > 0) {
		printer_say_text(printer, SAY_DETAIL, verdict);
		task_say_next(app, item, printer);
	} else {
		g_autofree char *handle = say_handle(app, item->record);
		printer_say(printer, SAY_DETAIL, "No interview is on record there now; with another date:");
		printer_say(printer, SAY_COMMAND, "followup interview %s \"WHEN\" --with NAME", handle);
	}
	printer_object_end(printer);
}

static bool call_off(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	int index = NO_INTERVIEW;
	if (!check_alone(args, error) || !case_load(app, args, &item, error) ||
		!find_called_off(app, item, op_args_get(args, "id"), &index, error) ||
		!interview_check_unsent(app, item, index, error))
		return false;
	const Facts *facts = item->record->facts;
	g_autofree char *id = g_strdup(facts_interview(facts, index)->id), *what = say_interview(app, facts, index);
	if (interview_is_debriefed(facts, index) && !op_args_has(args, "yes"))
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "yes",
			"There is a debrief of it, which goes with it; say --yes for both, or move it: --id %s \"WHEN\".", id);
	g_autoptr(Change) change = change_new(item->record);
	interview_remove(item, change, index);
	if (!case_save(app, item, change, error))
		return false;
	g_autofree char *kept = kept_answers_path(app, item->record->id, id);
	kept_answers_forget(kept);
	tell_called_off(app, item, id, what, printer);
	return true;
}

bool op_interview(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	const char *name = op_args_get(args, "opportunity");
	int index = NO_INTERVIEW;
	if (op_args_has(args, "called-off"))
		return call_off(app, args, printer, error);
	if (!find_named(app, name, op_args_get(args, "position"), &item, error) ||
		(item == NULL && !case_new(app, args, name, &item, error)) ||
		!check_position(item, op_args_get(args, "position"), error))
		return false;
	g_autoptr(Change) change = change_new(item->record);
	g_autofree char *position = g_strdup(item->record->facts->position);
	if (!case_set_opportunity(app, item, args, error))
		return false;
	if (position != NULL) /* it is the same, perhaps in other letters */
		intake_replace(&item->record->facts->position, position);
	if (!fill(app, item, change, args, &index, error))
		return false;
	bool is_new = item->record->revision == 0;
	change_put(change, PART_OPPORTUNITY, 0);
	if (!case_save(app, item, change, error))
		return false;
	tell(app, item, args, index, is_new, printer);
	return true;
}
