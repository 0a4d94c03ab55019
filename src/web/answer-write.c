/* answer-write.c - the notes of a panel beside each other: read, changed, looked over, approved, taken back.
 *
 * The page is one form: whatever button is pressed, every text comes along and is saved first.  A button says what to
 * do as "VERB NUMBER …".  A script asks for one note only ("part") and gets it as a part of the page.
 */
#include "answers.h"
#include "note-form.h"
#include "note-page.h"
#include "page.h"

#include <stdlib.h>
#include <string.h>

/* ---- the page ---- */

static NoteFilter filter_of(const Visit *visit, const char *opportunity)
{
	const GPtrArray *query = visit->request->query;
	const char *step = fields_find(query, "step"), *interview = fields_find(query, "interview");
	const char *to = fields_find(query, "to");
	return (NoteFilter){
		.opportunity = opportunity,
		.step = step == NULL || step[0] == '\0' ? NULL : step,
		.interview = interview == NULL || interview[0] == '\0' ? NULL : interview,
		.to = to == NULL || to[0] == '\0' ? NULL : to,
	};
}

static char *opportunity_of(const Visit *visit)
{
	return g_strconcat("#", visit->request->segments[0], NULL);
}

static void add_argument(GString *path, const char *name, const char *value)
{
	if (value == NULL)
		return;
	g_autofree char *escaped = g_uri_escape_string(value, NULL, FALSE);
	g_string_append_printf(path, "%s%s=%s", strchr(path->str, '?') == NULL ? "?" : "&", name, escaped);
}

/* The page's own address. Free with g_free. */
static char *address_of(const Visit *visit, const NoteFilter *filter)
{
	GString *path = g_string_new(NULL);
	g_string_printf(path, "/o/%s/write", visit->request->segments[0]);
	add_argument(path, "step", filter->step);
	add_argument(path, "interview", filter->interview);
	add_argument(path, "to", filter->to);
	return g_string_free(path, FALSE);
}

/* What was typed stands in place of what is on record; of a note changed elsewhere both are shown. */
static void put_typed(MustacheValue *values, const GPtrArray *texts)
{
	for (guint i = 0; texts != NULL && i < texts->len; i++) {
		const NoteText *text = g_ptr_array_index(texts, i);
		MustacheValue *note = note_page_find(values, text->draft);
		if (note == NULL)
			continue;
		if (text->conflict) {
			mustache_object_set_string(note, "their_subject", note_value(note, "subject"));
			mustache_object_set_string(note, "their_text", note_value(note, "text"));
			mustache_object_set_bool(note, "conflict", true);
		}
		mustache_object_set_string(note, "subject", text->subject);
		mustache_object_set_string(note, "text", text->body);
	}
}

/* What the page says, and as what. */
typedef struct Outcome {
	const GPtrArray *texts; /* of NoteText: typed and perhaps not saved; or NULL */
	const GError *failure;  /* or NULL */
	const char *done;       /* or NULL */
} Outcome;

static bool show(Visit *visit, const NoteFilter *filter, const Outcome *outcome, GError **error)
{
	MustacheValue *values = NULL;
	if (!note_page_load(visit, filter, &values, error))
		return false;
	g_autofree char *address = address_of(visit, filter);
	g_autofree char *title = g_strconcat("Write to ", note_value(values, "company"), NULL);
	put_typed(values, outcome->texts);
	mustache_object_set_string(values, "address_here", address);
	mustache_object_set_bool(values, "is_narrow", filter->step != NULL || filter->interview != NULL);
	if (outcome->failure != NULL)
		mustache_object_set_string(values, "message", outcome->failure->message);
	const Page page = {
		.template_name = "write",
		.title = title,
		.values = values,
		.status = outcome->failure == NULL ? 200 : response_status(outcome->failure),
	};
	return page_show(visit, &page, error);
}

/* One note, for a script; where it is gone the page has to be loaded anew. */
static bool show_part(Visit *visit, const NoteFilter *filter, const char *draft, const Outcome *outcome, GError **error)
{
	NoteFilter one = *filter;
	g_autoptr(MustacheValue) values = NULL;
	one.draft = draft;
	if (!note_page_load(visit, &one, &values, error))
		return false;
	if (note_page_find(values, draft) == NULL)
		return base_error_set(error, BASE_ERROR_MISSING, "draft", "This note is no longer there to be changed.");
	put_typed(values, outcome->texts);
	if (outcome->failure != NULL)
		mustache_object_set_string(values, "message", outcome->failure->message);
	if (outcome->done != NULL)
		mustache_object_set_string(values, "done", outcome->done);
	bool good = page_show_part(visit, "note-part", g_steal_pointer(&values), error);
	visit->response->status = outcome->failure == NULL ? 200 : response_status(outcome->failure);
	return good;
}

bool answer_write(Visit *visit, GError **error)
{
	g_autofree char *opportunity = opportunity_of(visit);
	const NoteFilter filter = filter_of(visit, opportunity);
	return show(visit, &filter, &(Outcome){0}, error);
}

/* ---- what a button does ---- */

/* One press of a button. */
typedef struct Press {
	Visit *visit;
	const NoteFilter *filter;
	const GPtrArray *texts;
	const char *draft; /* the note's number, or "" */
	const char *rest;  /* what stands behind it, or "" */
	GString *done;     /* what to say */
	bool *answered;    /* set where the button itself says where to go on */
} Press;

static bool run(const Press *press, const char *op, const char *name, const char *value, GError **error)
{
	g_auto(Tree) tree = tree_begin(press->visit->desk->app, true);
	return desk_run(
		press->visit->desk, op, &tree.port, error, "opportunity", press->filter->opportunity, "draft", press->draft,
		name, value, NULL);
}

static bool do_save(const Press *press, GError **error)
{
	g_string_append(press->done, "Saved.");
	return true;
}

static bool do_look(const Press *press, GError **error)
{
	return true;
}

/* How many are approved, and when the first of them leaves. */
static void say_approved(const MustacheValue *told, GString *done)
{
	const GPtrArray *list = mustache_list_get_items(mustache_object_find(told, "approved"));
	const char *first = NULL;
	int count = 0;
	bool together = true;
	for (guint i = 0; list != NULL && i < list->len; i++) {
		const MustacheValue *one = g_ptr_array_index(list, i);
		if (!mustache_value_is_true(mustache_object_find(one, "approved")))
			continue;
		const char *when = note_value(mustache_object_find(one, "send_at"), "say");
		together = together && (first == NULL || strcmp(first, when) == 0);
		first = first == NULL ? when : first;
		count++;
	}
	if (count == 0)
		return;
	if (count == 1)
		g_string_append(done, "Approved");
	else
		g_string_append_printf(done, "%d notes approved", count);
	if (first[0] != '\0')
		g_string_append_printf(
			done, "; %s %s",
			count == 1 ? "it leaves"
			: together ? "they leave"
					   : "the first leaves",
			first);
	g_string_append_c(done, '.');
}

static bool approve(const Press *press, const char *draft, bool at_once, GError **error)
{
	g_auto(Tree) tree = tree_begin(press->visit->desk->app, false);
	const NoteFilter *filter = press->filter;
	bool all = draft == NULL;
	bool good = desk_run(
		press->visit->desk, "approve", &tree.port, error, "opportunity", filter->opportunity, "draft", draft, "step",
		all ? filter->step : NULL, "interview", all ? filter->interview : NULL, "person", all ? filter->to : NULL,
		"channel", all ? "email" : NULL, "all", all ? "1" : NULL, "now", at_once ? "1" : NULL, NULL);
	say_approved(tree.root, press->done);
	return good;
}

static bool do_approve(const Press *press, GError **error)
{
	return approve(press, press->draft, false, error);
}

static bool do_approve_now(const Press *press, GError **error)
{
	return approve(press, press->draft, true, error);
}

static bool do_approve_all(const Press *press, GError **error)
{
	return approve(press, NULL, false, error);
}

static void add_field(GPtrArray *fields, const char *name, const char *value)
{
	g_ptr_array_add(fields, field_new(name, value, strlen(value)));
}

/* What is approved goes now, as the command does it: looked at once more, by a process of its own. */
static bool do_send(const Press *press, GError **error)
{
	const Op *op = op_find("send");
	g_autoptr(OpArgs) args = op_args_new(op);
	g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func((GDestroyNotify)field_free);
	g_autofree char *address = address_of(press->visit, press->filter);
	g_autofree char *here = g_strconcat(address, "#note-", press->draft, NULL);
	add_field(fields, "next", here);
	add_field(fields, "back", here);
	if (!op_args_take(args, op_find_param(op, "opportunity"), press->filter->opportunity, error) ||
		!op_args_take(args, op_find_param(op, "draft"), press->draft, error) ||
		!op_args_take(args, op_find_param(op, "now"), NULL, error) ||
		!answer_with_job(press->visit, op, args, fields, error))
		return false;
	*press->answered = true;
	return true;
}

/* The note as it is on record; the caller owns *ret_values, the note is borrowed from it. */
static bool load_note(const Press *press, MustacheValue **ret_values, MustacheValue **ret_note, GError **error)
{
	NoteFilter one = {.opportunity = press->filter->opportunity, .draft = press->draft};
	g_autoptr(MustacheValue) values = NULL;
	if (!note_page_load(press->visit, &one, &values, error))
		return false;
	*ret_note = note_page_find(values, press->draft);
	if (*ret_note == NULL)
		return base_error_set(error, BASE_ERROR_MISSING, "draft", "This note is no longer there to be changed.");
	*ret_values = g_steal_pointer(&values);
	return true;
}

static char *whole_text(const MustacheValue *note)
{
	const NoteText text = {.subject = (char *)note_value(note, "subject"), .body = (char *)note_value(note, "text")};
	return note_text_format(&text);
}

/* An edit takes an approved note back; the same words are no change. */
static bool do_back(const Press *press, GError **error)
{
	g_autoptr(MustacheValue) values = NULL;
	MustacheValue *note = NULL;
	if (!load_note(press, &values, &note, error))
		return false;
	g_autofree char *text = whole_text(note);
	g_string_append(press->done, "Taken back; it stays here until you approve it again.");
	return run(press, "edit", "text", text, error);
}

/* "START END SUGGESTION": other words for those of a finding. */
static bool do_take(const Press *press, GError **error)
{
	char *end = NULL;
	size_t start = strtoul(press->rest, &end, 10), stop = strtoul(end, &end, 10);
	const char *other = *end == ' ' ? end + 1 : "";
	g_autoptr(MustacheValue) values = NULL;
	MustacheValue *note = NULL;
	if (!load_note(press, &values, &note, error))
		return false;
	g_autofree char *text = whole_text(note);
	g_autofree char *words = start <= stop && stop <= strlen(text) ? g_strndup(text + start, stop - start) : NULL;
	g_autofree char *changed = NULL;
	if (start == stop && start > strlen(text)) /* what is missing at the end goes behind it, as a part of its own */
		changed = g_strconcat(text, "\n\n", other, NULL);
	else if (words != NULL)
		changed = note_text_replace(text, start, words, other);
	if (changed == NULL || start > strlen(text) + 1)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "take", "The note reads otherwise by now; look at what is said of it anew.");
	return run(press, "edit", "text", changed, error);
}

static bool do_off(const Press *press, GError **error)
{
	g_autoptr(GError) failure = NULL;
	if (run(press, "review", "off", press->rest, &failure) || failure->code == BASE_ERROR_CONFLICT)
		return true; /* that it still has faults is no failure */
	g_propagate_error(error, g_steal_pointer(&failure));
	return false;
}

static bool do_on(const Press *press, GError **error)
{
	g_autoptr(GError) failure = NULL;
	if (run(press, "review", "on", press->rest, &failure) || failure->code == BASE_ERROR_CONFLICT)
		return true;
	g_propagate_error(error, g_steal_pointer(&failure));
	return false;
}

static const char *or_null(const char *text)
{
	return text[0] == '\0' ? NULL : text;
}

/* The next wording of the template; it takes the place of this one. */
static bool do_another(const Press *press, GError **error)
{
	g_autoptr(MustacheValue) values = NULL;
	MustacheValue *note = NULL;
	if (!load_note(press, &values, &note, error))
		return false;
	g_auto(Tree) tree = tree_begin(press->visit->desk->app, false);
	return desk_run(
		press->visit->desk, "draft", &tree.port, error, "opportunity", press->filter->opportunity, "person",
		or_null(note_value(note, "to")), "step", note_value(note, "step"), "channel",
		or_null(note_value(note, "channel")), "interview", or_null(note_value(note, "interview")), "variant",
		note_value(note, "next_variant"), "again", "1", NULL);
}

/* It was mailed, handed over or sent from elsewhere. */
static bool do_done(const Press *press, GError **error)
{
	g_autoptr(MustacheValue) values = NULL;
	MustacheValue *note = NULL;
	if (!load_note(press, &values, &note, error))
		return false;
	g_auto(Tree) tree = tree_begin(press->visit->desk->app, true);
	const char *step = note_value(note, "step");
	bool only_way = strcmp(step, "card") == 0 || strcmp(step, "connect") == 0;
	if (!desk_run(
			press->visit->desk, "log", &tree.port, error, "opportunity", press->filter->opportunity, "person",
			or_null(note_value(note, "to")), "step", step, "channel",
			only_way ? NULL : or_null(note_value(note, "channel")), "interview", or_null(note_value(note, "interview")),
			NULL))
		return false;
	g_autofree char *said = tree_say_done(tree.root);
	g_string_append(press->done, said);
	return true;
}

static const char *field_of(const Press *press, const char *what)
{
	g_autofree char *name = g_strdup_printf("%s %s", what, press->draft);
	const char *value = fields_find(press->visit->request->form, name);
	return value == NULL || value[0] == '\0' ? NULL : value;
}

/* A step without a note gets one; the number is that of the step's hidden fields. */
static bool do_write(const Press *press, GError **error)
{
	g_auto(Tree) tree = tree_begin(press->visit->desk->app, false);
	return desk_run(
		press->visit->desk, "draft", &tree.port, error, "opportunity", press->filter->opportunity, "person",
		field_of(press, "new-to"), "step", field_of(press, "new-step"), "channel", or_null(press->rest), "interview",
		field_of(press, "new-interview"), NULL);
}

static bool do_write_all(const Press *press, GError **error)
{
	g_auto(Tree) tree = tree_begin(press->visit->desk->app, false);
	const NoteFilter *filter = press->filter;
	return desk_run(
		press->visit->desk, "draft", &tree.port, error, "opportunity", filter->opportunity, "person", filter->to,
		"step", filter->step, "interview", filter->interview, NULL);
}

typedef struct Verb {
	const char *name;
	bool of_note; /* it is about one note, or one step without a note */
	bool (*press)(const Press *press, GError **error);
} Verb;

static const Verb verbs[] = {
	{"save", false, do_save},
	{"look", true, do_look},
	{"approve", true, do_approve},
	{"approve-now", true, do_approve_now},
	{"approve-all", false, do_approve_all},
	{"send", true, do_send},
	{"back", true, do_back},
	{"take", true, do_take},
	{"off", true, do_off},
	{"on", true, do_on},
	{"another", true, do_another},
	{"done", true, do_done},
	{"write", true, do_write},
	{"write-all", false, do_write_all},
};

static const Verb *find_verb(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

/* "VERB NUMBER REST". */
static bool press_button(Press *press, const char *what, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(what, " ", 3);
	guint count = g_strv_length(parts);
	const Verb *verb = count == 0 ? NULL : find_verb(parts[0]);
	if (verb == NULL || (verb->of_note && (count < 2 || !note_text_is_number(parts[1]))))
		return base_error_set(error, BASE_ERROR_INVALID, "do", "This button is of another page; load the page again.");
	press->draft = count > 1 ? parts[1] : "";
	press->rest = count > 2 ? parts[2] : "";
	return verb->press(press, error);
}

/* ---- what was posted ---- */

static void go_back(Visit *visit, const NoteFilter *filter, const char *what, const Outcome *outcome)
{
	g_autofree char *address = address_of(visit, filter);
	const char *number = strchr(what, ' ');
	g_autofree char *anchor = number == NULL ? g_strdup("") : g_strdup_printf("#note-%d", atoi(number + 1));
	g_autofree char *next = g_strconcat(address, anchor, NULL);
	bool failed = outcome->failure != NULL;
	g_autofree char *said = g_strconcat(
		outcome->done, failed && outcome->done[0] != '\0' ? " " : "", failed ? outcome->failure->message : "", NULL);
	if (said[0] != '\0')
		session_set_flash(visit->session, said, failed);
	response_redirect(visit->response, next);
}

bool answer_write_post(Visit *visit, GError **error)
{
	g_autofree char *opportunity = opportunity_of(visit);
	const NoteFilter filter = filter_of(visit, opportunity);
	g_autoptr(GPtrArray) texts = note_texts_take(visit->request->form);
	g_autoptr(GString) done = g_string_new(NULL);
	g_autoptr(GError) failure = NULL;
	const char *what = fields_find(visit->request->form, "do"), *part = fields_find(visit->request->form, "part");
	bool answered = false;
	Press press = {.visit = visit, .filter = &filter, .texts = texts, .done = done, .answered = &answered};
	bool saved = note_texts_save(visit, opportunity, texts, &failure);
	what = what == NULL ? "save" : what;
	if (saved)
		press_button(&press, what, &failure);
	if (answered)
		return true;
	Outcome outcome = {.failure = failure, .done = done->str, .texts = saved ? NULL : texts};
	if (part != NULL && note_text_is_number(part))
		return show_part(visit, &filter, part, &outcome, error);
	if (!saved)
		return show(visit, &filter, &outcome, error);
	go_back(visit, &filter, what, &outcome);
	return true;
}

/* ---- beside it ---- */

bool answer_rule(Visit *visit, GError **error)
{
	MustacheValue *values = NULL;
	if (!desk_tell(visit->desk, "review", &values, error, "explain", visit->request->segments[0], NULL))
		return false;
	g_autofree char *title = g_strdelimit(g_strdup(visit->request->segments[0]), "-", ' ');
	const Page page = {.template_name = "rule", .title = title, .values = values};
	return page_show(visit, &page, error);
}

/* What speaks against a card is said, and it is printed all the same if that is wanted. */
static bool show_doubt(Visit *visit, GError **error)
{
	MustacheValue *values = mustache_value_new_object();
	const char *target = visit->request->target;
	g_autofree char *anyway = g_strconcat(target, strchr(target, '?') == NULL ? "?" : "&", "anyway=1", NULL);
	mustache_object_set_string(values, "anyway", anyway);
	mustache_object_set_string(values, "opportunity", visit->request->segments[0]);
	const Page page = {.template_name = "card", .title = "A card", .values = values, .status = 409};
	return page_show(visit, &page, error);
}

/* The card to somebody as a PDF; the query says how it is printed. */
bool answer_card(Visit *visit, GError **error)
{
	g_autofree char *opportunity = opportunity_of(visit);
	const GPtrArray *query = visit->request->query;
	g_auto(Tree) tree = tree_begin(visit->desk->app, false);
	g_autoptr(GError) failure = NULL;
	bool good = desk_run(
		visit->desk, "card", &tree.port, &failure, "opportunity", opportunity, "person", visit->request->segments[1],
		"size", fields_find(query, "size"), "ruled", fields_find(query, "ruled"), "envelope",
		fields_find(query, "envelope"), "anyway", fields_find(query, "anyway"), "output", "-", NULL);
	if (!good && g_strcmp0(base_error_get_where(failure), "anyway") == 0)
		return show_doubt(visit, error);
	if (!good) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return false;
	}
	visit->response->status = 200;
	visit->response->content_type = "application/pdf";
	visit->response->text = g_steal_pointer(&tree.document);
	response_add_header(visit->response, "Cache-Control: no-store");
	response_add_header(visit->response, "Content-Disposition: inline; filename=\"card.pdf\"");
	return true;
}
