/* op-debrief.c - followup debrief: what was said in an interview, and what they promised; asked right after it.
 */
#include "day-choices.h"
#include "intake.h"
#include "kept-answers.h"
#include "ops.h"
#include "task.h"

#include <base/text.h>

void debrief_form_free(DebriefForm *form)
{
	if (form == NULL)
		return;
	g_free(form->opportunity);
	g_free(form->company);
	g_free(form->interview);
	g_free(form->what);
	g_free(form->title);
	g_free(form->promised);
	g_ptr_array_unref(form->person_ids);
	g_ptr_array_unref(form->person_names);
	g_ptr_array_unref(form->on_record);
	g_ptr_array_unref(form->days);
	zone_unref(form->zone);
	g_free(form->kept);
	g_free(form);
}

static int debrief_of(const Facts *facts, int interview)
{
	for (int i = (int)facts->debriefs->len - 1; i >= 0; i--)
		if (facts_debrief(facts, i)->interview == interview)
			return i;
	return -1;
}

/* The interview meant: by id, else the last that ended without a debrief, else the last that ended. */
static bool find_interview(const App *app, const Case *item, const char *id, int *ret_index, GError **error)
{
	const Facts *facts = item->record->facts;
	int found = NO_INTERVIEW;
	for (guint i = 0; i < facts->interviews->len && id == NULL; i++) {
		const Interview *interview = facts_interview(facts, (int)i);
		if (interview->end <= app->now && debrief_of(facts, (int)i) < 0 &&
			(found == NO_INTERVIEW || interview->end > facts_interview(facts, found)->end))
			found = (int)i;
	}
	if (found == NO_INTERVIEW && !case_find_interview(app, item, id, &found, error))
		return false;
	if (facts_interview(facts, found)->start > app->now) {
		g_autofree char *what = say_interview(app, facts, found);
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "interview", "A debrief comes after the interview: %s at %s is still to come.",
			what, facts->company);
	}
	*ret_index = found;
	return true;
}

static bool wants_debrief(const Case *item)
{
	for (guint i = 0; i < item->plan->steps->len; i++)
		if (plan_step(item->plan, i)->kind == STEP_DEBRIEF && plan_step_is_open(plan_step(item->plan, i)))
			return true;
	return false;
}

/* The one opportunity whose debrief is due; *ret_case is NULL where there is none, or more than one. */
static bool find_due(App *app, Case **ret_case, GError **error)
{
	enum { LOOKED_AT = 50 };
	g_autoptr(GPtrArray) records = NULL;
	int64_t found = 0;
	int count = 0;
	if (!store_due_load(app->store, ACCOUNT_SELF, app->now, LOOKED_AT, &records, error))
		return false;
	for (guint i = 0; i < records->len; i++) {
		g_autoptr(Case) item = NULL;
		if (!case_take(app, g_steal_pointer(&records->pdata[i]), &item, error))
			return false;
		if (wants_debrief(item) && count++ == 0)
			found = item->record->id;
	}
	return count != 1 || case_load_id(app, found, ret_case, error);
}

/* The opportunity that is named; else the one whose debrief is due, else the only one there is. */
static bool load_case(App *app, const char *name, Case **ret_case, GError **error)
{
	if (name == NULL && !find_due(app, ret_case, error))
		return false;
	return *ret_case != NULL || case_load_named(app, name, ret_case, error);
}

static void put_all(GPtrArray *answers, const char *question, const GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++)
		kept_answers_put(answers, question, g_ptr_array_index(texts, i));
}

/* What a debrief has, as the answers it was made from. */
static GPtrArray *list_answers(const Facts *facts, int index)
{
	GPtrArray *answers = kept_answers_new();
	const Debrief *debrief = index < 0 ? NULL : facts_debrief(facts, index);
	if (debrief == NULL)
		return answers;
	for (guint i = 0; i < debrief->topics->len; i++) {
		const Topic *topic = &g_array_index(debrief->topics, Topic, i);
		g_autofree char *question = topic->with == NOBODY
										? g_strdup("topic")
										: g_strconcat("topic ", facts_person(facts, topic->with)->id, NULL);
		kept_answers_put(answers, question, topic->text);
	}
	put_all(answers, "strong", debrief->strong);
	put_all(answers, "weak", debrief->weak);
	put_all(answers, "unsaid", debrief->unsaid);
	put_all(answers, "fit", debrief->fit);
	return answers;
}

static void add_people(DebriefForm *form, const Facts *facts, int index)
{
	const GArray *with = facts_interview(facts, index)->with;
	form->person_ids = g_ptr_array_new_with_free_func(g_free);
	form->person_names = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < with->len; i++) {
		const Person *person = facts_person(facts, g_array_index(with, int, i));
		g_ptr_array_add(form->person_ids, g_strdup(person->id));
		g_ptr_array_add(form->person_names, g_strdup(person->name));
	}
}

bool app_debrief_form_load(
	App *app, const char *opportunity, const char *interview, DebriefForm **ret_form, GError **error)
{
	g_autoptr(Case) item = NULL;
	int index = NO_INTERVIEW;
	if (!desk_open(app, OP_STORE_READ, error) || !load_case(app, opportunity, &item, error) ||
		!find_interview(app, item, interview, &index, error))
		return false;
	const Facts *facts = item->record->facts;
	DebriefForm *form = g_new0(DebriefForm, 1);
	g_autofree char *people = say_people(facts, index);
	form->opportunity = g_strdup_printf("#%" G_GINT64_FORMAT, item->record->id);
	form->company = g_strdup(facts->company);
	form->interview = g_strdup(facts_interview(facts, index)->id);
	form->what = say_interview(app, facts, index);
	form->title = g_strdup_printf("%s at %s, with %s", form->what, facts->company, people);
	form->on_record = list_answers(facts, debrief_of(facts, index));
	form->promised = say_promise(app, facts, &facts_interview(facts, index)->promise);
	form->days = day_choices_new(facts, app->now);
	form->has_debrief = debrief_of(facts, index) >= 0;
	form->zone = zone_ref(facts->zone);
	form->now = app->now;
	form->kept = kept_answers_path(app, item->record->id, form->interview);
	add_people(form, facts, index);
	*ret_form = form;
	return true;
}

/* Said twice in the same words it is on record once: whoever is not sure that an answer arrived gives it again. */
static void add_items(GPtrArray *target, const OpArgs *args, const char *name)
{
	const GPtrArray *items = op_args_get_all(args, name);
	for (guint i = 0; i < items->len; i++) {
		g_autofree char *item = g_strstrip(g_strdup(g_ptr_array_index(items, i)));
		if (item[0] != '\0' && !g_ptr_array_find_with_equal_func(target, item, g_str_equal, NULL))
			g_ptr_array_add(target, g_steal_pointer(&item));
	}
}

static bool has_topic(const Debrief *debrief, int person, const char *text)
{
	for (guint i = 0; i < debrief->topics->len; i++) {
		const Topic *topic = &g_array_index(debrief->topics, Topic, i);
		if (topic->with == person && strcmp(topic->text, text) == 0)
			return true;
	}
	return false;
}

/* Behind an id and its colon, whatever the id is made of; the longest that fits. */
static const char *find_id(const Facts *facts, const char *text, int *person)
{
	size_t longest = 0;
	for (int i = 0; i < (int)facts->people->len; i++) {
		const char *id = facts_person(facts, i)->id;
		size_t length = strlen(id);
		if (length > longest && strncmp(text, id, length) == 0 && text[length] == ':') {
			longest = length;
			*person = i;
		}
	}
	return longest == 0 ? NULL : text + longest + 1;
}

/* A word before a colon is taken for a name. */
static bool refuse_name(const Case *item, const char *name, const char *text, GError **error)
{
	int person = NOBODY;
	g_autoptr(GError) fault = NULL;
	g_autofree char *shown = text_to_show(text, 60);
	(void)!case_find_person(item, name, &person, &fault);
	return base_error_set(
		error, BASE_ERROR_INVALID, "topic", "%s If it is no name, begin with the colon: --topic \": %s\".",
		fault->message, shown);
}

/* "finn: moving the forecast" is a topic with him; without a name, or with an empty one, it was talked about with all.
 */
static bool add_topic(const Case *item, Debrief *debrief, const char *text, GError **error)
{
	const char *colon = strchr(text, ':');
	int person = NOBODY;
	if (text_is_blank(text))
		return true;
	const char *said = colon == text ? text + 1 : find_id(item->record->facts, text, &person);
	if (said == NULL && colon != NULL && colon - text < 60) {
		g_autofree char *name = g_strstrip(g_strndup(text, (size_t)(colon - text)));
		if (case_find_person(item, name, &person, NULL))
			said = colon + 1;
		else if (strchr(name, ' ') == NULL)
			return refuse_name(item, name, text, error);
	}
	g_autofree char *topic = g_strstrip(g_strdup(said == NULL ? text : said));
	if (topic[0] != '\0' && !has_topic(debrief, person, topic))
		debrief_add_topic(debrief, person, topic);
	return true;
}

static bool fill(Case *item, Debrief *debrief, const OpArgs *args, GError **error)
{
	const GPtrArray *topics = op_args_get_all(args, "topic");
	for (guint i = 0; i < topics->len; i++)
		if (!add_topic(item, debrief, g_ptr_array_index(topics, i), error))
			return false;
	add_items(debrief->strong, args, "strong");
	add_items(debrief->weak, args, "weak");
	add_items(debrief->unsaid, args, "unsaid");
	add_items(debrief->fit, args, "fit");
	return true;
}

/* A debrief in which nothing is said is none: to record it would only silence the reminder. */
static bool is_empty(const Debrief *debrief, const Promise *promise)
{
	guint said =
		debrief->topics->len + debrief->strong->len + debrief->weak->len + debrief->unsaid->len + debrief->fit->len;
	return said == 0 && promise_is_none(promise);
}

static void tell_nothing(App *app, const Case *item, int interview, Printer *printer)
{
	g_autofree char *what = say_interview(app, item->record->facts, interview), *handle = say_handle(app, item->record);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "interview", NULL, facts_interview(item->record->facts, interview)->id);
	printer_time(printer, "at", item->record->facts->zone, TIME_NONE);
	printer_integer(printer, "topics", NULL, 0);
	printer_say(
		printer, SAY_WARNING,
		"Nothing was said of %s, so nothing is on record. One thing is enough: what you talked about, what went well, "
		"or "
		"why it would be a good match.",
		what);
	printer_say(printer, SAY_COMMAND, "followup debrief %s --topic \"what you talked about\"", handle);
	printer_object_end(printer);
}

static void tell(App *app, const Case *item, int interview, int index, Printer *printer)
{
	const Facts *facts = item->record->facts;
	const Debrief *debrief = facts_debrief(facts, index);
	g_autofree char *what = say_interview(app, facts, interview);
	g_autofree char *promise = say_promise(app, facts, &facts_interview(facts, interview)->promise);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "interview", NULL, facts_interview(facts, interview)->id);
	printer_time(printer, "at", facts->zone, debrief->at);
	printer_integer(printer, "topics", NULL, debrief->topics->len);
	printer_say(printer, SAY_GOOD, "The debrief of %s at %s is on record.", what, facts->company);
	if (promise[0] != '\0')
		printer_say(printer, SAY_DETAIL, "They promised %s.", promise);
	task_say_next(app, item, printer);
	printer_object_end(printer);
}

bool op_debrief(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	int interview = NO_INTERVIEW;
	int64_t at = 0;
	Promise promise = PROMISE_NONE;
	if (!load_case(app, op_args_get(args, "opportunity"), &item, error) ||
		!find_interview(app, item, op_args_get(args, "interview"), &interview, error) ||
		!intake_at(app, args, item->record->facts->zone, &at, error) ||
		!intake_promise(app, args, item->record->facts->zone, &promise, error))
		return false;
	Facts *facts = item->record->facts;
	int index = debrief_of(facts, interview);
	if (index < 0) {
		facts_add_debrief(facts, interview, at);
		index = (int)facts->debriefs->len - 1;
	}
	if (!fill(item, facts_debrief(facts, index), args, error))
		return false;
	if (is_empty(facts_debrief(facts, index), &promise)) {
		tell_nothing(app, item, interview, printer);
		return true;
	}
	g_autoptr(Change) change = change_new(item->record);
	change_put(change, PART_DEBRIEF, index);
	if (!promise_is_none(&promise)) {
		promise_merge(&facts_interview(facts, interview)->promise, &promise);
		change_put(change, PART_INTERVIEW, interview);
	}
	if (!intake_check_promise(app, facts, interview, error) || !case_save(app, item, change, error))
		return false;
	tell(app, item, interview, index, printer);
	return true;
}
