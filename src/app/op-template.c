/* op-template.c - followup template: the templates of drafts there are, what one says, whether one of your own is
 * sound, and a copy to begin one with.
 *
 * Your own lie in the config folder's "templates", under the names of the shipped ones, and are used instead of them.
 */
#include "note-text.h"
#include "ops.h"

#include <base/limits.h>
#include <base/text.h>
#include <errno.h>
#include <facts/facts-json.h>
#include <glib/gstdio.h>
#include <note/template.h>

/* ---- list ---- */

/* "thank-you by e-mail, after a panel" */
static char *say_use(const char *name)
{
	TemplateName read;
	if (strcmp(name, TEMPLATE_SHARED) == 0)
		return g_strdup("wordings that all templates share");
	if (!template_read_name(name, &read))
		return g_strdup("no draft asks for this name");
	GString *use = g_string_new(word_text(WORDS_STEP, read.step));
	if (read.channel != WORD_NONE)
		g_string_append_printf(
			use, read.channel == CHANNEL_HAND_DELIVERED ? ", %s" : " by %s", say_channel(read.channel));
	if (read.kind != WORD_NONE)
		g_string_append_printf(use, ", after a %s interview", word_text(WORDS_INTERVIEW_KIND, read.kind));
	return g_string_free(use, FALSE);
}

static void tell_in_list(const char *name, const char *origin, Printer *printer)
{
	g_autofree char *use = say_use(name);
	printer_object(printer, NULL);
	printer_string(printer, "name", NULL, name);
	printer_string(printer, "origin", NULL, origin);
	printer_string(printer, "use", NULL, use);
	printer_row(printer, (const char *const[]){name, origin, use, NULL});
	printer_object_end(printer);
}

static int compare_names(gconstpointer one, gconstpointer two)
{
	return strcmp(*(char *const *)one, *(char *const *)two);
}

/* The names in the user's folder, sorted, NULL at the end. Free with g_strfreev. */
static char **list_own(const App *app)
{
	g_autofree char *folder = g_build_filename(app->config_dir, "templates", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	GPtrArray *names = g_ptr_array_new();
	const char *file = NULL;
	while (dir != NULL && (file = g_dir_read_name(dir)) != NULL)
		if (g_str_has_suffix(file, TEMPLATE_SUFFIX) && g_utf8_validate(file, -1, NULL))
			g_ptr_array_add(names, g_strndup(file, strlen(file) - strlen(TEMPLATE_SUFFIX)));
	g_ptr_array_sort(names, compare_names);
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(names, FALSE);
}

static bool find_fault(const App *app, const char *name, char **ret_fault)
{
	g_autoptr(GError) fault = NULL;
	g_autofree char *text = NULL;
	if (note_template_load(app, name, &text, &fault) && text != NULL &&
		template_check(name, text, strlen(text), &fault))
		return false;
	*ret_fault = g_strdup(fault != NULL ? fault->message : "");
	return true;
}

static bool list_templates(const App *app, Printer *printer)
{
	g_auto(GStrv) shipped = template_list_shipped(), own = list_own(app);
	printer_object(printer, NULL);
	printer_list(printer, "templates");
	for (char **name = shipped; *name != NULL; name++)
		if (!g_strv_contains((const char *const *)own, *name))
			tell_in_list(*name, "shipped", printer);
	for (char **name = own; *name != NULL; name++)
		tell_in_list(*name, "yours", printer);
	printer_list_end(printer);
	printer_list(printer, "faults");
	for (char **name = own; *name != NULL; name++) {
		g_autofree char *fault = NULL;
		if (!find_fault(app, *name, &fault))
			continue;
		printer_string(printer, NULL, NULL, fault);
		printer_say_text(printer, SAY_WARNING, fault);
	}
	printer_list_end(printer);
	printer_break(printer);
	printer_say(printer, SAY_COMMAND, "followup template show thank-you.email");
	printer_object_end(printer);
	return true;
}

/* ---- show ---- */

static void show_variables(Printer *printer)
{
	printer_object(printer, NULL);
	printer_list(printer, "variables");
	for (const TemplateVariable *variable = template_list_variables(); variable->name != NULL; variable++) {
		printer_object(printer, NULL);
		printer_string(printer, "name", NULL, variable->name);
		printer_string(printer, "about", NULL, variable->about);
		printer_row(printer, (const char *const[]){variable->name, variable->about, NULL});
		printer_object_end(printer);
	}
	printer_list_end(printer);
	printer_object_end(printer);
}

/* The shipped text that serves a name: its own, or that of the more general name, or of the step's first channel. */
static const char *find_shipped(const char *name)
{
	TemplateName read;
	Channel channels[CHANNEL_COUNT];
	const char *text = template_find_shipped(name);
	if (text != NULL || !template_read_name(name, &read))
		return text;
	text = template_find_shipped_for((StepKind)read.step, read.channel, read.kind, NULL);
	if (text == NULL && draft_list_channels((StepKind)read.step, channels) > 0)
		text = template_find_shipped_for((StepKind)read.step, (int)channels[0], read.kind, NULL);
	return text;
}

static bool refuse_name(const char *name, GError **error)
{
	g_autofree char *shown = text_to_show(name, LIMIT_NAME_BYTES);
	return base_error_set(
		error, BASE_ERROR_MISSING, "name",
		"There is no template \"%s\"; a name is a step, perhaps with a channel and a kind of interview: "
		"thank-you.email.panel.",
		shown);
}

static bool show_template(const App *app, const char *name, Printer *printer, GError **error)
{
	g_autofree char *own = NULL;
	if (strcmp(name, "variables") == 0) {
		show_variables(printer);
		return true;
	}
	if (strchr(name, '/') == NULL && !note_template_load(app, name, &own, error))
		return false;
	const char *text = own != NULL ? own : find_shipped(name);
	if (text == NULL)
		return refuse_name(name, error);
	if (!printer->for_programs) {
		printer_document(printer, text, strlen(text));
		return true;
	}
	printer_object(printer, NULL);
	printer_string(printer, "name", NULL, name);
	printer_string(printer, "origin", NULL, own != NULL ? "yours" : "shipped");
	printer_string(printer, "text", NULL, text);
	printer_object_end(printer);
	return true;
}

/* ---- check ---- */

/* Made-up facts with which a template is filled to see what comes of it. */
static const char sample[] =
	"{\"version\":1,\"timezone\":\"America/Phoenix\",\"me\":{\"name\":\"Ana Reyes\",\"email\":\"ana@example.net\","
	"\"phone\":\"+1 602 555 "
	"0142\",\"linkedin\":\"https://linkedin.example/in/ana\",\"skills\":[\"SQL\",\"forecasting\"]},"
	"\"opportunity\":{\"company\":\"Globex\",\"position\":\"Data analyst\",\"requirements\":[\"SQL\",\"clear "
	"writing\"]},"
	"\"people\":[{\"id\":\"finn\",\"name\":\"Huck Finn\",\"salutation\":\"Mr. Finn\",\"role\":\"hiring-manager\"},"
	"{\"id\":\"moss\",\"name\":\"Rita Moss\",\"salutation\":\"Ms. Moss\",\"role\":\"recruiter\"}],"
	"\"interviews\":[{\"id\":\"talk\",\"kind\":\"%s\",\"start\":\"2026-11-17T10:00\",\"end\":\"2026-11-17T11:00\","
	"\"with\":[\"finn\"],\"promise\":{\"decision_by\":\"2026-11-26\"}}],"
	"\"debriefs\":[{\"interview\":\"talk\",\"at\":\"2026-11-17T12:00\",\"topics\":[{\"with\":\"finn\",\"text\":"
	"\"moving the forecast off spreadsheets\"}],\"strong\":[\"the question about late deliveries\"],\"weak\":"
	"[\"the pricing question\"],\"unsaid\":[\"the course on forecasting I gave last spring\"],\"fit\":"
	"[\"a small team that ships weekly\"]}]}";

#define SAMPLE_NOW INT64_C(1795017600) /* the morning after: 18 November 2026, 9:00 in Phoenix */

static bool load_sample(int kind, Facts **ret_facts, GError **error)
{
	g_autoptr(GString) text = g_string_new(sample);
	const char *word = word_text(WORDS_INTERVIEW_KIND, kind == WORD_NONE ? INTERVIEW_IN_PERSON : kind);
	g_string_replace(text, "%s", word, 1);
	return facts_parse(text->str, text->len, ret_facts, error);
}

static bool review_sample(
	App *app, const NoteTarget *target, const Facts *facts, const char *text, Printer *printer, GError **error)
{
	g_autoptr(Review) review = NULL;
	ReviewRequest request = REVIEW_REQUEST_INIT;
	request.note = text;
	request.length = strlen(text);
	request.facts = facts;
	request.step = target->step;
	request.to = target->person;
	request.interview = target->interview;
	request.channel = target->channel;
	request.must = target->must;
	request.rejected = target->step == STEP_THANK_FOR_ANSWER || target->step == STEP_KEEP_IN_TOUCH;
	request.send_at = SAMPLE_NOW;
	request.speller = desk_speller(app);
	if (!review_note(&request, &review, error))
		return false;
	tell_review(review, text, printer);
	return true;
}

/* Fills the template with made-up facts, shows what comes of it, and what a friend would say about that. */
static bool try_template(App *app, const TemplateName *name, DraftRequest *base, Printer *printer, GError **error)
{
	g_autoptr(Facts) facts = NULL;
	g_autoptr(Plan) plan = plan_new();
	g_autoptr(DraftNote) note = NULL;
	if (!load_sample(name->kind, &facts, error))
		return false;
	bool asks = name->step == STEP_GET_CONTACT;
	NoteTarget target =
		note_target_find(plan, facts, name->step, facts_find_person(facts, asks ? "moss" : "finn"), 0, name->channel);
	target.about = asks ? facts_find_person(facts, "finn") : NOBODY;
	DraftRequest request = note_request_of(facts, &target);
	request.user_template = base->user_template;
	request.user_common = base->user_common;
	request.template_name = base->template_name;
	request.now = SAMPLE_NOW;
	if (!draft_compose(&request, &note, error))
		return false;
	g_autofree char *text = note_text_join(note->subject, note->body);
	printer_string(printer, "example", NULL, text);
	printer_say(printer, SAY_TEXT, "With made-up facts it reads:");
	printer_say_text(printer, SAY_QUOTE, text);
	printer_break(printer);
	return review_sample(app, &target, facts, text, printer, error);
}

/* "thank-you.email" of "/home/ana/thank-you.email.mustache". Free with g_free. */
static char *name_of_path(const char *path)
{
	char *name = g_path_get_basename(path);
	if (g_str_has_suffix(name, TEMPLATE_SUFFIX))
		name[strlen(name) - strlen(TEMPLATE_SUFFIX)] = '\0';
	return name;
}

/* A file, or the name of one of the user's own. */
static bool load_checked(const App *app, const char *file, char **ret_text, GError **error)
{
	g_autofree char *path = NULL;
	bool own =
		strchr(file, '/') == NULL && !g_file_test(file, G_FILE_TEST_EXISTS) && note_template_find(app, file, &path);
	return note_template_file_load(own ? path : file, ret_text, error);
}

static bool check_template(App *app, const char *file, Printer *printer, GError **error)
{
	g_autofree char *text = NULL, *common = NULL, *name = name_of_path(file);
	TemplateName read;
	if (!load_checked(app, file, &text, error))
		return false;
	bool shared = strcmp(name, TEMPLATE_SHARED) == 0, known = template_read_name(name, &read);
	if (!shared && !note_template_load(app, TEMPLATE_SHARED, &common, error))
		return false;
	if (shared || !known || common == NULL)
		if (!template_check(file, text, strlen(text), error))
			return false;
	DraftRequest base = {
		.user_template = shared ? NULL : text, .user_common = shared ? text : common, .template_name = file};
	if (shared)
		read = (TemplateName){STEP_THANK_YOU, CHANNEL_EMAIL, WORD_NONE};
	printer_object(printer, NULL);
	printer_string(printer, "template", NULL, file);
	if ((shared || known) && !try_template(app, &read, &base, printer, error))
		return false;
	if (!shared && !known)
		printer_say(
			printer, SAY_WARNING,
			"No draft asks for the name \"%s\"; it can be given with --template, or be renamed: "
			"thank-you.email" TEMPLATE_SUFFIX,
			name);
	printer_say(printer, SAY_GOOD, "%s can be filled.", file);
	printer_object_end(printer);
	return true;
}

/* ---- new ---- */

/* What stands at the head of a copy, as a comment that never shows. Free with g_free. */
static char *write_head(const char *name, const char *path)
{
	g_autofree char *use = say_use(name);
	return g_strdup_printf(
		"{{! This is your own template: %s.\n"
		"    It is used from now on; delete this file to have the shipped one back. Comments such as this never show "
		"in a note.\n"
		"\n"
		"    A name in double braces shows what is known, or one of the wordings of that name. What stands between "
		"such a name\n"
		"    with # before it and the same with / is left out where nothing is known; with ^ it shows only there.\n"
		"    A line == name == begins wordings, one a line, of which each person of a panel gets another; == shorter "
		"== begins a\n"
		"    shorter message, for channels with a limit.\n"
		"\n"
		"    The names:            followup template show variables\n"
		"    The shared wordings:  followup template show common    (copy a part here to word it otherwise)\n"
		"    Whether it is sound:  followup template check %s }}\n\n",
		use, path);
}

static bool keep_file(const char *path, const char *text, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autoptr(GError) fault = NULL;
	if (g_mkdir_with_parents(folder, 0700) != 0)
		return base_error_set(
			error, BASE_ERROR_MISSING, path, "The folder \"%s\" cannot be made: %s.", folder, g_strerror(errno));
	return g_file_set_contents(path, text, -1, &fault) ||
		   base_error_set(error, BASE_ERROR_MISSING, path, "\"%s\" cannot be written: %s.", path, fault->message);
}

static bool new_template(const App *app, const char *name, Printer *printer, GError **error)
{
	g_autofree char *path = NULL;
	const char *shipped = find_shipped(name);
	if (shipped == NULL)
		return refuse_name(name, error);
	if (note_template_find(app, name, &path))
		return base_error_set(
			error, BASE_ERROR_CONFLICT, path,
			"You have a template of that name; \"%s\" can be edited, or deleted first.", path);
	g_autofree char *head = write_head(name, path), *text = g_strconcat(head, shipped, NULL);
	if (!keep_file(path, text, error))
		return false;
	printer_object(printer, NULL);
	printer_string(printer, "name", NULL, name);
	printer_string(printer, "path", NULL, path);
	printer_say(printer, SAY_GOOD, "%s is yours to edit; drafts use it from now on.", path);
	printer_say(printer, SAY_COMMAND, "followup template check %s", name);
	printer_object_end(printer);
	return true;
}

bool op_template(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *action = op_args_get(args, "action"), *name = op_args_get(args, "name");
	if (action == NULL || strcmp(action, "list") == 0)
		return list_templates(app, printer);
	if (name == NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "name", "Say which template: followup template %s thank-you.email", action);
	if (strcmp(action, "show") == 0)
		return show_template(app, name, printer, error);
	return strcmp(action, "new") == 0 ? new_template(app, name, printer, error)
									  : check_template(app, name, printer, error);
}
