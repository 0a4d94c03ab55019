/* op-interview.c - followup interview: one goes on record, with the people it is with; its opportunity too, if it is
 * new.
 */
#include "intake.h"
#include "ops.h"

static bool find_ending(const Case *item, const char **ret_word)
{
	const Facts *facts = item->record->facts;
	const Event *ending = NULL;
	for (guint i = 0; i < facts->events->len; i++) {
		const Event *event = facts_event(facts, (int)i);
		bool ends = event->kind == EVENT_OFFER || event->kind == EVENT_REJECTED || event->kind == EVENT_WITHDRAWN ||
					event->kind == EVENT_REOPENED || event->says == SAYS_OFFER || event->says == SAYS_REJECTION;
		if (ends && (ending == NULL || event->at >= ending->at))
			ending = event;
	}
	if (ending == NULL || ending->kind == EVENT_REOPENED)
		return false;
	*ret_word =
		ending->kind == EVENT_REPLY ? word_text(WORDS_SAYS, ending->says) : word_text(WORDS_EVENT, (int)ending->kind);
	return true;
}

/* A new interview at a closed opportunity: only if its user says that it is open again. */
static bool reopen(App *app, Case *item, Change *change, bool yes, GError **error)
{
	const char *word = NULL;
	if (!find_ending(item, &word))
		return true;
	if (!yes)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "reopen", "%s is closed (%s); if it is open again, say so with --reopen.",
			item->record->facts->company, word);
	Event event = EVENT_INIT(EVENT_REOPENED);
	event.at = app->now;
	facts_add_event(item->record->facts, &event);
	change_put(change, PART_EVENT, (int)item->record->facts->events->len - 1);
	return true;
}

static bool add_people(Case *item, Change *change, const OpArgs *args, GArray *with, GError **error)
{
	const GPtrArray *names = op_args_get_all(args, "with");
	if (names->len == 0)
		return base_error_set(
			error, BASE_ERROR_INVALID, "with",
			"An interview is with somebody: --with \"Huck Finn <finn@globex.example>\", once for each person.");
	for (guint i = 0; i < names->len; i++) {
		int index = NOBODY;
		bool is_new = false;
		if (!intake_person(item, change, g_ptr_array_index(names, i), &index, &is_new, error))
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

static bool read_times(const App *app, const OpArgs *args, const Zone *zone, Interview *interview, GError **error)
{
	When when = {0};
	if (!desk_when(app, args, "when", zone, WHEN_AHEAD, &when, error))
		return false;
	if (!when.has_time)
		return base_error_set(
			error, BASE_ERROR_INVALID, "when", "\"%s\" names no time of day; \"%s 10am\" does.",
			op_args_get(args, "when"), op_args_get(args, "when"));
	interview->start = when.at;
	interview->end = when.at + op_args_get_int(args, "for", 3600);
	return true;
}

/* Said twice, an interview is one all the same. */
static int find_same_start(const Facts *facts, int64_t start)
{
	for (guint i = 0; i < facts->interviews->len; i++)
		if (facts_interview(facts, (int)i)->start == start)
			return (int)i;
	return NO_INTERVIEW;
}

static Interview *find_or_add(Facts *facts, const OpArgs *args, const Interview *fresh, int *ret_index)
{
	const char *id = op_args_get(args, "id");
	int index = id == NULL ? find_same_start(facts, fresh->start) : facts_find_interview(facts, id);
	if (index == NO_INTERVIEW) {
		g_autofree char *made = id == NULL ? intake_interview_id(facts, fresh->kind) : g_strdup(id);
		Interview named = *fresh;
		named.id = made;
		facts_add_interview(facts, &named);
		index = (int)facts->interviews->len - 1;
	} else {
		Interview *old = facts_interview(facts, index);
		old->kind = fresh->kind;
		old->start = fresh->start;
		old->end = fresh->end;
		if (!promise_is_none(&fresh->promise))
			old->promise = fresh->promise;
	}
	*ret_index = index;
	return facts_interview(facts, index);
}

static bool fill(App *app, Case *item, Change *change, const OpArgs *args, int *ret_index, GError **error)
{
	Facts *facts = item->record->facts;
	g_autoptr(GArray) with = g_array_new(FALSE, FALSE, sizeof(int));
	Interview fresh = {.promise = PROMISE_NONE};
	if (!read_times(app, args, facts->zone, &fresh, error) || !add_people(item, change, args, with, error) ||
		!intake_promise(app, args, facts->zone, &fresh.promise, error))
		return false;
	fresh.kind = op_args_has(args, "kind") ? (InterviewKind)word_find(WORDS_INTERVIEW_KIND, op_args_get(args, "kind"))
				 : with->len > 1           ? INTERVIEW_PANEL
										   : INTERVIEW_VIDEO;
	Interview *interview = find_or_add(facts, args, &fresh, ret_index);
	g_array_set_size(interview->with, 0);
	g_array_append_vals(interview->with, with->data, with->len);
	change_put(change, PART_INTERVIEW, *ret_index);
	return true;
}

static void tell(App *app, const Case *item, const OpArgs *args, int index, Printer *printer)
{
	const Facts *facts = item->record->facts;
	const Interview *interview = facts_interview(facts, index);
	g_autofree char *what = say_interview(app, facts, index), *people = say_people(facts, index);
	g_autofree char *company = say_opportunity(facts), *handle = say_handle(item->record);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "interview", NULL, interview->id);
	printer_time(printer, "start", facts->zone, interview->start);
	printer_time(printer, "end", facts->zone, interview->end);
	printer_say(
		printer, SAY_GOOD, "On record: %s at %s with %s, times in %s.", what, company, people,
		zone_get_name(facts->zone));
	if (!op_args_has(args, "kind"))
		printer_say(
			printer, SAY_DETAIL, "Taken as %s; --kind says otherwise.",
			interview->kind == INTERVIEW_PANEL ? "a panel" : "a video interview");
	for (guint i = 0; i < interview->with->len; i++) {
		const Person *person = facts_person(facts, g_array_index(interview->with, int, i));
		g_autofree char *name = say_person_handle(facts, g_array_index(interview->with, int, i));
		if (person->email == NULL)
			printer_say(printer, SAY_COMMAND, "followup people %s %s --email ADDRESS", handle, name);
	}
	if (interview->end <= app->now)
		printer_say(printer, SAY_COMMAND, "followup debrief %s", handle);
	printer_object_end(printer);
}

bool op_interview(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	g_autoptr(GError) missing = NULL;
	const char *name = op_args_get(args, "opportunity");
	int index = NO_INTERVIEW;
	if (!case_load_named(app, name, &item, &missing)) {
		if (!g_error_matches(missing, BASE_ERROR, BASE_ERROR_MISSING) || name[0] == '#') {
			g_propagate_error(error, g_steal_pointer(&missing));
			return false;
		}
		if (!case_open_or_new(app, args, name, &item, error))
			return false;
	}
	g_autoptr(Change) change = change_new(item->record);
	if (!case_set_opportunity(app, item, args, error) ||
		!reopen(app, item, change, op_args_has(args, "reopen"), error) || !fill(app, item, change, args, &index, error))
		return false;
	change_put(change, PART_OPPORTUNITY, 0);
	if (!case_save(app, item, change, error))
		return false;
	tell(app, item, args, index, printer);
	return true;
}
