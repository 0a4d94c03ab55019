/* answer-new.c - an interview goes on record, or is changed: day and hour by the browser's own pickers, a row for each
 * person.
 */
#include "answers.h"
#include "page.h"
#include "words.h"

#include <base/limits.h>
#include <string.h>

enum { ROWS_MIN = 3, ROWS_SPARE = 1 };

/* ---- the form ---- */

static MustacheValue *make_row(int number, const char *name, const char *email, const char *role)
{
	MustacheValue *row = mustache_value_new_object();
	g_autofree char *text = g_strdup_printf("%d", number);
	mustache_object_set_string(row, "number", text);
	mustache_object_set_string(row, "name", name == NULL ? "" : name);
	mustache_object_set_string(row, "email", email == NULL ? "" : email);
	mustache_object_take(row, "roles", words_choices(WORDS_OF_ROLE, role));
	return row;
}

/* The value of the nth field of a name, or NULL. */
static const char *nth_field(const GPtrArray *fields, const char *name, int nth)
{
	for (guint i = 0; i < fields->len; i++) {
		const Field *field = g_ptr_array_index(fields, i);
		if (strcmp(field->name, name) == 0 && nth-- == 0)
			return field->value;
	}
	return NULL;
}

static int count_fields(const GPtrArray *fields, const char *name)
{
	int count = 0;
	while (nth_field(fields, name, count) != NULL)
		count++;
	return count;
}

static MustacheValue *list_rows(const GPtrArray *form)
{
	MustacheValue *rows = mustache_value_new_list();
	int count = MIN(MAX(count_fields(form, "person-name") + ROWS_SPARE, ROWS_MIN), LIMIT_WITH);
	for (int i = 0; i < count; i++)
		mustache_list_take(
			rows, make_row(
					  i + 1, nth_field(form, "person-name", i), nth_field(form, "person-email", i),
					  nth_field(form, "person-role", i)));
	return rows;
}

static void keep_fields(MustacheValue *values, const GPtrArray *form)
{
	static const char *const keys[] = {"position", "day", "clock", "zone", "place", "link"};
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		mustache_object_set_string(values, keys[i], fields_find(form, keys[i]));
	mustache_object_set_string(values, "opportunity_name", fields_find(form, "opportunity"));
	mustache_object_take(values, "rows", list_rows(form));
	mustache_object_take(values, "kinds", words_choices(WORDS_OF_KIND, fields_find(form, "kind")));
	const char *length = fields_find(form, "for");
	mustache_object_take(values, "lengths", words_choices(WORDS_OF_LENGTH, length == NULL ? "1h" : length));
}

/* An instant as the tree has it, in Unix seconds. */
static int64_t read_instant(const MustacheValue *object, const char *key)
{
	const MustacheValue *time = mustache_object_find(object, key);
	const char *iso = time == NULL ? NULL : mustache_value_get_text(mustache_object_find(time, "iso"));
	g_autoptr(GDateTime) at = iso == NULL ? NULL : g_date_time_new_from_iso8601(iso, NULL);
	return at == NULL ? 0 : g_date_time_to_unix(at);
}

/* "1h30", "45m", "2h": how long it takes, as the form says it. Free with g_free. */
static char *say_length(const MustacheValue *interview)
{
	int minutes = (int)CLAMP((read_instant(interview, "end") - read_instant(interview, "start")) / 60, 1, 24 * 60);
	if (minutes < 60)
		return g_strdup_printf("%dm", minutes);
	return minutes % 60 == 0 ? g_strdup_printf("%dh", minutes / 60)
							 : g_strdup_printf("%dh%02d", minutes / 60, minutes % 60);
}

static void add_text(GPtrArray *form, const MustacheValue *interview, const char *name)
{
	const MustacheValue *value = mustache_object_find(interview, name);
	const char *text = value == NULL ? NULL : mustache_value_get_text(value);
	if (text != NULL)
		g_ptr_array_add(form, field_new(name, text, strlen(text)));
}

/* The interview of the address, as fields of a form. */
static bool load_fields(const Visit *visit, GPtrArray *form, GError **error)
{
	g_autoptr(MustacheValue) all = NULL;
	g_autofree char *name = g_strconcat("#", visit->request->segments[0], NULL);
	if (!desk_tell(visit->desk, "show", &all, error, "opportunity", name, NULL))
		return false;
	const GPtrArray *interviews = mustache_list_get_items(mustache_object_find(all, "interviews"));
	for (guint i = 0; i < interviews->len; i++) {
		const MustacheValue *one = g_ptr_array_index(interviews, i);
		const char *id = mustache_value_get_text(mustache_object_find(one, "id"));
		const MustacheValue *start = mustache_object_find(one, "start");
		const char *iso = start == NULL ? NULL : mustache_value_get_text(mustache_object_find(start, "iso"));
		const char *kind = mustache_value_get_text(mustache_object_find(one, "kind"));
		if (g_strcmp0(id, visit->request->segments[1]) != 0 || iso == NULL || strlen(iso) < 16)
			continue;
		g_ptr_array_add(form, field_new("day", iso, 10));
		g_ptr_array_add(form, field_new("clock", iso + 11, 5));
		g_ptr_array_add(form, field_new("kind", kind, strlen(kind)));
		g_autofree char *length = say_length(one);
		g_ptr_array_add(form, field_new("for", length, strlen(length)));
		add_text(form, one, "place");
		add_text(form, one, "link");
		return true;
	}
	return base_error_set(error, BASE_ERROR_MISSING, "interview", "There is no such interview on record.");
}

static bool show(Visit *visit, const GPtrArray *form, const GError *failure, GError **error)
{
	const char *opportunity = visit->request->segments[0], *id = visit->request->segments[1];
	MustacheValue *values = mustache_value_new_object();
	g_autofree char *back = opportunity == NULL ? g_strdup("/") : g_strconcat("/o/", opportunity, NULL);
	const char *where = failure == NULL ? NULL : base_error_get_where(failure);
	bool confirm = failure != NULL && failure->code == BASE_ERROR_CONFLICT && g_strcmp0(where, "reopen") == 0;
	keep_fields(values, form);
	g_autofree char *action = g_strndup(visit->request->target, strcspn(visit->request->target, "?"));
	mustache_object_set_string(values, "action", action);
	mustache_object_set_string(values, "back", back);
	mustache_object_set_string(values, "id", id);
	mustache_object_set_bool(values, "known", opportunity != NULL);
	mustache_object_set_string(
		values, "lead",
		id != NULL ? "Move it, or add who was there. Who is on record stays."
				   : "When it is, or was, and with whom. Everything else follows from it.");
	mustache_object_set_string(values, "message", failure == NULL ? NULL : failure->message);
	mustache_object_set_string(values, "confirm", confirm ? where : NULL);
	const Page page = {
		.template_name = "new",
		.title = id != NULL ? "Change an interview" : "An interview",
		.values = values,
		.status = failure == NULL ? 200 : response_status(failure),
	};
	return page_show(visit, &page, error);
}

bool answer_new(Visit *visit, GError **error)
{
	g_autoptr(GPtrArray) form = g_ptr_array_new_with_free_func((GDestroyNotify)field_free);
	if (visit->request->segments[1] != NULL && !load_fields(visit, form, error))
		return false;
	return show(visit, form, NULL, error);
}

/* ---- what comes back ---- */

static bool take(OpArgs *args, const char *name, const char *value, GError **error)
{
	const OpParam *param = op_find_param(op_find("interview"), name);
	return value == NULL || value[0] == '\0' || op_args_take(args, param, value, error);
}

/* "Huck Finn <finn@globex.example>, hiring-manager" of each row that has a name or an address. */
static bool take_people(OpArgs *args, const GPtrArray *form, GError **error)
{
	int count = count_fields(form, "person-name");
	for (int i = 0; i < count; i++) {
		g_autofree char *name = g_strstrip(g_strdup(nth_field(form, "person-name", i)));
		const char *email = nth_field(form, "person-email", i), *role = nth_field(form, "person-role", i);
		bool has_email = email != NULL && email[0] != '\0', has_role = role != NULL && role[0] != '\0';
		if (name[0] == '\0' && !has_email)
			continue;
		g_autofree char *text = g_strconcat(
			name, has_email ? " <" : "", has_email ? email : "", has_email ? ">" : "", has_role ? ", " : "",
			has_role ? role : "", NULL);
		if (!take(args, "with", g_strstrip(text), error))
			return false;
	}
	return true;
}

/* Where it is; what was emptied is not known any more. */
static bool take_where(const Visit *visit, OpArgs *args, const char *name, GError **error)
{
	const char *text = fields_find(visit->request->form, name);
	bool emptied = text != NULL && text[0] == '\0' && visit->request->segments[1] != NULL;
	return take(args, name, emptied ? "-" : text, error);
}

static bool take_form(const Visit *visit, OpArgs *args, GError **error)
{
	static const char *const same[] = {"position", "zone", "kind", "for"};
	const GPtrArray *form = visit->request->form;
	const char *opportunity = visit->request->segments[0], *day = fields_find(form, "day");
	const char *clock = fields_find(form, "clock");
	g_autofree char *name =
		opportunity == NULL ? g_strdup(fields_find(form, "opportunity")) : g_strconcat("#", opportunity, NULL);
	g_autofree char *when =
		g_strconcat(day == NULL ? "" : day, clock == NULL || clock[0] == '\0' ? "" : "T", clock, NULL);
	if (!take(args, "opportunity", name, error) || !take(args, "when", when, error) ||
		!take(args, "id", visit->request->segments[1], error) || !take_people(args, form, error))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(same); i++)
		if (!take(args, same[i], fields_find(form, same[i]), error))
			return false;
	if (!take_where(visit, args, "place", error) || !take_where(visit, args, "link", error))
		return false;
	if (fields_find(form, "reopen") != NULL &&
		!op_args_take(args, op_find_param(op_find("interview"), "reopen"), NULL, error))
		return false;
	return op_args_check(args, error);
}

/* One that is over is debriefed at once. */
static void go_on(const Visit *visit, const MustacheValue *told)
{
	const char *number = mustache_value_get_text(mustache_object_find(told, "opportunity"));
	const char *interview = mustache_value_get_text(mustache_object_find(told, "interview"));
	const MustacheValue *end = mustache_object_find(told, "end");
	bool over = end != NULL && mustache_value_is_true(mustache_object_find(end, "past"));
	g_autofree char *path = request_join_path("o", number, over ? "debrief" : NULL, interview, NULL);
	session_set_flash(visit->session, "It is on record.", false);
	response_redirect(visit->response, path);
}

bool answer_new_post(Visit *visit, GError **error)
{
	const Op *op = op_find("interview");
	g_autoptr(OpArgs) args = op_args_new(op);
	g_autoptr(GError) failure = NULL;
	g_auto(Tree) tree = tree_begin(visit->desk->app, false);
	if (!take_form(visit, args, &failure) || !op_run(visit->desk->app, op, args, &tree.port, &failure))
		return show(visit, visit->request->form, failure, error);
	go_on(visit, tree.root);
	return true;
}
