/* answer-debrief.c - the questions right after an interview, for a thumb and two minutes.
 *
 * What is typed is kept at every pause, beside the database, until it is on record, so that nothing is lost with a tab,
 * the server or the device.  A question's name is its field's: "topic finn", "strong".  A line is an answer.
 */
#include "answers.h"
#include "page.h"

#include <string.h>

/* ---- what was typed ---- */

static const struct {
	const char *question, *title, *hint;
} general[] = {
	{"strong", "What went well?", "An answer you would give again."},
	{"weak", "What would you clear up?", "An answer that came out short, or wrong."},
	{"unsaid", "What was left unsaid?", "What you meant to bring up, and they should know."},
	{"fit", "Why would it be a good match?", "A reason of yours, or of theirs."},
};

#define DECISION "decision-by"
#define FOLLOW_UP "follow-up-after"
#define WEEKS "weeks"
#define OTHER_DAY " day" /* "decision-by day": the field for a day that is not offered */

static bool is_question(const DebriefForm *form, const char *name)
{
	bool known = strcmp(name, "topic") == 0;
	for (size_t i = 0; i < G_N_ELEMENTS(general); i++)
		known = known || strcmp(general[i].question, name) == 0;
	for (guint i = 0; i < form->person_ids->len && g_str_has_prefix(name, "topic "); i++)
		known = known || strcmp(name + strlen("topic "), g_ptr_array_index(form->person_ids, i)) == 0;
	return known;
}

/* One of the offered days, "none", or "other" with a day of its own; where that alone was filled in, it is meant. */
static void take_day(const GPtrArray *fields, const char *question, GPtrArray *answers)
{
	g_autofree char *other = g_strconcat(question, OTHER_DAY, NULL);
	const char *chosen = fields_find(fields, question), *typed = fields_find(fields, other);
	if (chosen == NULL || strcmp(chosen, "other") == 0)
		chosen = typed;
	if (chosen != NULL && chosen[0] != '\0')
		kept_answers_put(answers, question, strcmp(chosen, "none") == 0 ? NULL : chosen);
}

static GPtrArray *take_answers(const DebriefForm *form, const GPtrArray *fields)
{
	GPtrArray *answers = kept_answers_new();
	for (guint i = 0; i < fields->len; i++) {
		const Field *field = g_ptr_array_index(fields, i);
		if (is_question(form, field->name) && g_utf8_validate(field->value, (gssize)field->length, NULL))
			kept_answers_put(answers, field->name, field->value);
	}
	take_day(fields, DECISION, answers);
	take_day(fields, FOLLOW_UP, answers);
	const char *weeks = fields_find(fields, WEEKS);
	if (weeks != NULL && weeks[0] != '\0')
		kept_answers_put(answers, WEEKS, weeks);
	return answers;
}

/* ---- as a page ---- */

static MustacheValue *make_field(const char *id, guint number, const char *value)
{
	MustacheValue *field = mustache_value_new_object();
	g_autofree char *name = g_strdup_printf("%s-%u", id, number);
	mustache_object_set_string(field, "field_id", name);
	mustache_object_set_bool(field, "is_first", number == 0);
	mustache_object_set_string(field, "value", value);
	return field;
}

/* What was said to a question, and an empty field for more. */
static MustacheValue *make_fields(const char *id, const char *question, const GPtrArray *answers)
{
	MustacheValue *fields = mustache_value_new_list();
	guint number = 0;
	for (guint i = 0; i < answers->len; i++) {
		const KeptAnswer *answer = g_ptr_array_index(answers, i);
		if (strcmp(answer->question, question) == 0 && answer->text != NULL)
			mustache_list_take(fields, make_field(id, number++, answer->text));
	}
	mustache_list_take(fields, make_field(id, number, ""));
	return fields;
}

typedef struct Part {
	const char *id, *question, *title, *hint;
} Part;

static void add_part(MustacheValue *list, const Part *part, const GPtrArray *answers)
{
	MustacheValue *item = mustache_value_new_object();
	mustache_object_set_string(item, "id", part->id);
	mustache_object_set_string(item, "question", part->question);
	mustache_object_set_string(item, "title", part->title);
	mustache_object_set_string(item, "hint", part->hint);
	mustache_object_take(item, "fields", make_fields(part->id, part->question, answers));
	mustache_list_take(list, item);
}

static MustacheValue *list_people(const DebriefForm *form, const GPtrArray *answers)
{
	MustacheValue *list = mustache_value_new_list();
	for (guint i = 0; i < form->person_ids->len; i++) {
		g_autofree char *id = g_strdup_printf("p%u", i);
		g_autofree char *question = g_strconcat("topic ", g_ptr_array_index(form->person_ids, i), NULL);
		const Part part = {id, question, g_ptr_array_index(form->person_names, i), "What did you talk about?"};
		add_part(list, &part, answers);
	}
	if (form->person_ids->len != 1) {
		bool alone = form->person_ids->len == 0;
		const Part part = {
			"all", "topic", alone ? "What did you talk about?" : "With all of them",
			alone ? "A few words for each thing." : "What did everybody talk about?"};
		add_part(list, &part, answers);
	}
	return list;
}

static MustacheValue *list_general(const GPtrArray *answers)
{
	MustacheValue *list = mustache_value_new_list();
	for (size_t i = 0; i < G_N_ELEMENTS(general); i++) {
		const Part part = {general[i].question, general[i].question, general[i].title, general[i].hint};
		add_part(list, &part, answers);
	}
	return list;
}

static const KeptAnswer *find_answer(const GPtrArray *answers, const char *question)
{
	const KeptAnswer *found = NULL;
	for (guint i = 0; i < answers->len; i++) {
		const KeptAnswer *answer = g_ptr_array_index(answers, i);
		if (strcmp(answer->question, question) == 0)
			found = answer;
	}
	return found;
}

/* A day's question: those that are offered, none, or one of one's own. */
static MustacheValue *make_day(const DebriefForm *form, const char *question, const GPtrArray *answers)
{
	MustacheValue *item = mustache_value_new_object(), *list = mustache_value_new_list();
	const KeptAnswer *answer = find_answer(answers, question);
	const char *said = answer == NULL ? NULL : answer->text;
	bool offered = false;
	char date[DAY_TEXT_BYTES];
	for (guint i = 0; i < form->days->len; i++) {
		const DayChoice *choice = g_ptr_array_index(form->days, i);
		MustacheValue *day = mustache_value_new_object();
		bool chosen = g_strcmp0(said, day_format(choice->day, date)) == 0;
		offered = offered || chosen;
		mustache_object_set_string(day, "value", date);
		mustache_object_set_string(day, "words", choice->words);
		mustache_object_set_string(day, "date", choice->date);
		mustache_object_set_bool(day, "chosen", chosen);
		mustache_list_take(list, day);
	}
	mustache_object_set_string(item, "question", question);
	mustache_object_take(item, "days", list);
	mustache_object_set_bool(item, "none", answer != NULL && said == NULL);
	mustache_object_set_bool(item, "other", said != NULL && !offered);
	mustache_object_set_string(item, "other_day", said != NULL && !offered ? said : "");
	return item;
}

static MustacheValue *list_weeks(const GPtrArray *answers)
{
	static const char *const weeks[] = {"1", "2", "3", "4", "6", "8"};
	const KeptAnswer *answer = find_answer(answers, WEEKS);
	MustacheValue *list = mustache_value_new_list();
	for (size_t i = 0; i < G_N_ELEMENTS(weeks); i++) {
		MustacheValue *item = mustache_value_new_object();
		mustache_object_set_string(item, "value", weeks[i]);
		mustache_object_set_bool(item, "one", i == 0);
		mustache_object_set_bool(item, "chosen", answer != NULL && g_strcmp0(answer->text, weeks[i]) == 0);
		mustache_list_take(list, item);
	}
	return list;
}

/* "finn" of "topic finn" by name; else what a question is called. */
static const char *name_question(const DebriefForm *form, const char *question)
{
	for (size_t i = 0; i < G_N_ELEMENTS(general); i++)
		if (strcmp(general[i].question, question) == 0)
			return general[i].title;
	for (guint i = 0; i < form->person_ids->len; i++)
		if (g_str_has_prefix(question, "topic ") && strcmp(question + 6, g_ptr_array_index(form->person_ids, i)) == 0)
			return g_ptr_array_index(form->person_names, i);
	return "With all";
}

static MustacheValue *list_on_record(const DebriefForm *form)
{
	MustacheValue *list = mustache_value_new_list();
	for (guint i = 0; i < form->on_record->len; i++) {
		const KeptAnswer *answer = g_ptr_array_index(form->on_record, i);
		MustacheValue *item = mustache_value_new_object();
		mustache_object_set_string(item, "title", name_question(form, answer->question));
		mustache_object_set_string(item, "text", answer->text);
		mustache_list_take(list, item);
	}
	return list;
}

static char *begin_large(const char *text)
{
	char *large = g_strdup(text);
	large[0] = g_ascii_toupper(large[0]);
	return large;
}

static char *path_of(const Visit *visit, const char *interview)
{
	return request_join_path("o", visit->request->segments[0], "debrief", interview, NULL);
}

static bool show(Visit *visit, const DebriefForm *form, const GPtrArray *answers, const GError *failure, GError **error)
{
	MustacheValue *values = mustache_value_new_object();
	g_autofree char *path = path_of(visit, form->interview), *mark = kept_answers_mark(answers);
	g_autofree char *what = begin_large(form->what),
					*title = g_strconcat("How did it go at ", form->company, "?", NULL);
	bool more = find_answer(answers, FOLLOW_UP) != NULL || find_answer(answers, WEEKS) != NULL;
	mustache_object_set_string(values, "opportunity", visit->request->segments[0]);
	mustache_object_set_string(values, "company", form->company);
	mustache_object_set_string(values, "what", what);
	mustache_object_set_string(values, "path", path);
	mustache_object_set_string(values, "mark", mark);
	mustache_object_set_string(values, "promised", form->promised);
	mustache_object_set_bool(values, "has_debrief", form->has_debrief);
	mustache_object_set_bool(values, "kept", answers->len > 0);
	mustache_object_set_bool(values, "more_promised", more);
	mustache_object_take(values, "people", list_people(form, answers));
	mustache_object_take(values, "general", list_general(answers));
	mustache_object_take(values, "decision", make_day(form, DECISION, answers));
	mustache_object_take(values, "follow_up", make_day(form, FOLLOW_UP, answers));
	mustache_object_take(values, "weeks", list_weeks(answers));
	mustache_object_take(values, "on_record", list_on_record(form));
	if (failure != NULL)
		mustache_object_set_string(values, "message", failure->message);
	const Page page = {
		.template_name = "debrief",
		.title = title,
		.values = values,
		.status = failure == NULL ? 200 : response_status(failure),
	};
	return page_show(visit, &page, error);
}

/* ---- the routes ---- */

static bool load_form(Visit *visit, const char *interview, DebriefForm **ret_form, GError **error)
{
	g_autofree char *opportunity = g_strconcat("#", visit->request->segments[0], NULL);
	return app_debrief_form_load(visit->desk->app, opportunity, interview, ret_form, error);
}

bool answer_debrief_latest(Visit *visit, GError **error)
{
	g_autoptr(DebriefForm) form = NULL;
	if (!load_form(visit, NULL, &form, error))
		return false;
	g_autofree char *path = path_of(visit, form->interview);
	response_redirect(visit->response, path);
	return true;
}

bool answer_debrief(Visit *visit, GError **error)
{
	g_autoptr(DebriefForm) form = NULL;
	if (!load_form(visit, visit->request->segments[1], &form, error))
		return false;
	g_autoptr(GPtrArray) answers = kept_answers_load(form->kept);
	return show(visit, form, answers, NULL, error);
}

/* Answers may be kept by another tab, or the command line, since these were loaded: what is there then stays, and who
 * asked adds it to theirs. */
bool answer_debrief_keep(Visit *visit, GError **error)
{
	g_autoptr(DebriefForm) form = NULL;
	if (!load_form(visit, visit->request->segments[1], &form, error))
		return false;
	g_autoptr(GPtrArray) there = kept_answers_load(form->kept), answers = take_answers(form, visit->request->form);
	g_autofree char *mark = kept_answers_mark(there), *fresh = kept_answers_mark(answers);
	const char *was = fields_find(visit->request->form, "mark");
	if (strcmp(mark, fresh) != 0 && g_strcmp0(mark, was) != 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "mark", "Answers were kept elsewhere since; load the page again to see them.");
	if (!kept_answers_save(form->kept, answers))
		return base_error_set(error, BASE_ERROR_TEMPORARY, NULL, "The answers cannot be kept; is the disk full?");
	response_set_text(visit->response, 200, fresh);
	return true;
}

static bool take(OpArgs *args, const char *name, const char *value, GError **error)
{
	return op_args_take(args, op_find_param(op_find("debrief"), name), value, error);
}

/* "topic finn" is a topic with him; "topic" is one with all, whatever is in it. */
static bool take_answer(OpArgs *args, const KeptAnswer *answer, GError **error)
{
	if (answer->text == NULL)
		return true;
	if (strcmp(answer->question, "topic") != 0 && !g_str_has_prefix(answer->question, "topic "))
		return take(args, answer->question, answer->text, error);
	const char *whom = answer->question[5] == '\0' ? "" : answer->question + 6;
	g_autofree char *value = g_strdup_printf("%s: %s", whom, answer->text);
	return take(args, "topic", value, error);
}

static bool record(Visit *visit, const DebriefForm *form, const GPtrArray *answers, GError **error)
{
	const Op *op = op_find("debrief");
	g_autoptr(OpArgs) args = op_args_new(op);
	g_auto(Tree) tree = tree_begin(visit->desk->app, true);
	if (!take(args, "opportunity", form->opportunity, error) || !take(args, "interview", form->interview, error))
		return false;
	for (guint i = 0; i < answers->len; i++)
		if (!take_answer(args, g_ptr_array_index(answers, i), error))
			return false;
	if (!op_run(visit->desk->app, op, args, &tree.port, error))
		return false;
	g_autofree char *done = tree_say_done(tree.root);
	session_set_flash(visit->session, done, false);
	kept_answers_forget(form->kept);
	return true;
}

/* What was said is of use at once: the notes that it asks for are written. Where they cannot be, the page for them says
 * why. */
static void write_notes(Visit *visit, const DebriefForm *form)
{
	g_auto(Tree) tree = tree_begin(visit->desk->app, false);
	g_autoptr(GError) failure = NULL;
	if (!desk_run(
			visit->desk, "draft", &tree.port, &failure, "opportunity", form->opportunity, "interview", form->interview,
			NULL))
		session_set_flash(visit->session, failure->message, true);
}

bool answer_debrief_record(Visit *visit, GError **error)
{
	g_autoptr(DebriefForm) form = NULL;
	g_autoptr(GError) failure = NULL;
	if (!load_form(visit, visit->request->segments[1], &form, error))
		return false;
	g_autoptr(GPtrArray) answers = take_answers(form, visit->request->form);
	if (!kept_answers_save(form->kept, answers))
		g_debug("answers that cannot be kept are recorded all the same");
	if (fields_find(visit->request->form, "later") != NULL) {
		g_autofree char *path = path_of(visit, form->interview);
		session_set_flash(visit->session, "Kept as it is; go on whenever you like.", false);
		response_redirect(visit->response, path);
		return true;
	}
	if (!record(visit, form, answers, &failure))
		return show(visit, form, answers, failure, error);
	write_notes(visit, form);
	g_autofree char *interview = g_uri_escape_string(form->interview, NULL, FALSE);
	g_autofree char *next = g_strdup_printf("/o/%s/write?interview=%s", visit->request->segments[0], interview);
	response_redirect(visit->response, next);
	return true;
}
