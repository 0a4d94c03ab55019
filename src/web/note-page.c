/* note-page.c - see note-page.h.
 */
#include "note-page.h"

#include <stdlib.h>
#include <string.h>

#define SUBJECT_BEGIN "Subject: "

const char *note_value(const MustacheValue *note, const char *key)
{
	const char *text = mustache_value_get_text(mustache_object_find(note, key));
	return text == NULL ? "" : text;
}

static bool is_true(const MustacheValue *value, const char *key)
{
	return mustache_value_is_true(mustache_object_find(value, key));
}

/* ---- places in a text ---- */

static void set_number(MustacheValue *object, const char *key, int number)
{
	g_autofree char *text = g_strdup_printf("%d", number);
	mustache_object_set_string(object, key, text);
}

/* How many UTF-16 units the first bytes of a text are; no further than it goes. */
static int count_units(const char *text, int bytes)
{
	int units = 0;
	for (const char *p = text; *p != '\0' && p - text < bytes; p = g_utf8_next_char(p))
		units += g_utf8_get_char(p) > 0xffff ? 2 : 1;
	return units;
}

/* Whether the words a finding is about have to be shown beside it: a few words that its sentence does not quote. */
static bool is_worth_quoting(const MustacheValue *finding)
{
	enum { BYTES_MAX = 80 };
	const char *words = note_value(finding, "text");
	return words[0] != '\0' && strlen(words) <= BYTES_MAX && strchr(words, '\n') == NULL &&
		   strstr(note_value(finding, "message"), words) == NULL;
}

/* A finding's bytes are of the whole note; a browser has its subject and its body, in UTF-16. */
static void place_finding(MustacheValue *finding, const char *subject, const char *body)
{
	int start = atoi(note_value(finding, "start")), end = atoi(note_value(finding, "end"));
	int head = subject[0] == '\0' ? 0 : (int)(strlen(SUBJECT_BEGIN) + strlen(subject) + strlen("\n\n"));
	bool in_subject = start < head;
	int from = in_subject ? MAX(0, start - (int)strlen(SUBJECT_BEGIN)) : start - head;
	int to = in_subject ? MAX(0, end - (int)strlen(SUBJECT_BEGIN)) : end - head;
	const char *part = in_subject ? subject : body;
	g_autofree char *label = g_strdelimit(g_strdup(note_value(finding, "rule")), "-", ' ');
	mustache_object_set_string(finding, "part", in_subject ? "subject" : "text");
	set_number(finding, "from", count_units(part, from));
	set_number(finding, "to", count_units(part, to));
	mustache_object_set_string(finding, "label", label);
	mustache_object_set_bool(finding, "is_missing", start == end);
	mustache_object_set_bool(finding, "is_quoted", is_worth_quoting(finding));
}

static void place_findings(const MustacheValue *note, const char *body)
{
	enum { SUGGESTIONS = 3 };
	const GPtrArray *findings = mustache_list_get_items(mustache_object_find(note, "findings"));
	for (guint i = 0; findings != NULL && i < findings->len; i++) {
		MustacheValue *finding = g_ptr_array_index(findings, i);
		set_number(finding, "n", (int)i);
		place_finding(finding, note_value(note, "subject"), body);
		mustache_list_shorten(mustache_object_find_own(finding, "suggest"), SUGGESTIONS);
	}
}

/* ---- what a note is, and what may be done with it ---- */

/* A step as the heading of its note, up to the name of whom it is for. */
static const char *name_step(const char *step)
{
	static const char *const names[][2] = {
		{"prepare-close", "Your closing words"},
		{"thank-you", "Thank-you to"},
		{"card", "Card to"},
		{"connect", "A few words on LinkedIn to"},
		{"get-contact", "A question to"},
		{"additional-info", "What was left unsaid, to"},
		{"second-note", "Second note to"},
		{"check-in", "Check-in with"},
		{"final-check", "Last question to"},
		{"thank-for-answer", "Thanks for the answer to"},
		{"keep-in-touch", "A friendly word to"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(names[i][0], step) == 0)
			return names[i][1];
	return step;
}

/* "Thank-you to Huck Finn", "Call Huck Finn". */
static void add_title(MustacheValue *note)
{
	bool call = is_true(note, "channel_is_call");
	const char *begin = call ? "Call" : name_step(note_value(note, "step")), *name = note_value(note, "to_name");
	g_autofree char *title = g_strconcat(begin, name[0] == '\0' ? "" : " ", name, NULL);
	mustache_object_set_string(note, "title", title);
}

static bool is_one_of(const char *word, const char *const *words)
{
	return g_strv_contains(words, word);
}

/* A link that opens the note in the mail program of this machine. */
static void add_mail_link(MustacheValue *note, const char *body)
{
	const char *address = note_value(note, "address"), *subject = note_value(note, "subject");
	if (address[0] == '\0' || !is_true(note, "channel_is_email"))
		return;
	g_auto(GStrv) lines = g_strsplit(body, "\n", -1);
	g_autofree char *joined = g_strjoinv("\r\n", lines);
	g_autofree char *to = g_uri_escape_string(address, "@", FALSE);
	g_autofree char *about = g_uri_escape_string(subject, NULL, FALSE);
	g_autofree char *text = g_uri_escape_string(joined, NULL, FALSE);
	g_autofree char *link = g_strdup_printf("mailto:%s?subject=%s&body=%s", to, about, text);
	mustache_object_set_string(note, "mail_link", link);
}

/* The body without its last line end, as a field of a page has it. Free with g_free. */
static char *text_of(const MustacheValue *note)
{
	return g_strchomp(g_strdup(note_value(note, "body")));
}

static void describe(Visit *visit, MustacheValue *note)
{
	static const char *const open[] = {"open", "refused", NULL};
	static const char *const waiting[] = {"approved", "ready", "claimed", "retry", NULL};
	g_autofree char *text = text_of(note);
	const char *state = note_value(note, "state");
	bool is_open = is_one_of(state, open), is_mail = is_true(note, "channel_is_email");
	bool faulty = strcmp(note_value(note, "errors"), "0") != 0;
	place_findings(note, text);
	add_mail_link(note, text);
	set_number(note, "next_variant", atoi(note_value(note, "variant")) + 1);
	mustache_object_set_string(note, "text", text);
	add_title(note);
	mustache_object_set_bool(note, "is_open", is_open);
	mustache_object_set_bool(note, "is_waiting", is_one_of(state, waiting));
	mustache_object_set_bool(note, "is_faulty", faulty);
	mustache_object_set_bool(
		note, "is_overdue", strcmp(note_value(note, "step_state"), "overdue") == 0 && !is_true(note, "optional"));
	mustache_object_set_bool(
		note, "is_read", !is_true(note, "channel_is_call") && strcmp(note_value(note, "channel"), "") != 0);
	mustache_object_set_bool(note, "may_approve", is_open && is_mail && is_true(note, "may_leave"));
	mustache_object_set_bool(note, "is_own", note_value(note, "to")[0] == '\0');
	mustache_object_set_bool(note, "is_link", g_str_has_prefix(note_value(note, "address"), "https://"));
	mustache_object_set_bool(note, "mails", app_get_setting(visit->desk->app, "mail.host") != NULL);
}

static void describe_all(Visit *visit, MustacheValue *values)
{
	const GPtrArray *notes = mustache_list_get_items(mustache_object_find(values, "notes"));
	int open = 0, may = 0, ready = 0;
	for (guint i = 0; notes != NULL && i < notes->len; i++) {
		MustacheValue *note = g_ptr_array_index(notes, i);
		describe(visit, note);
		open += is_true(note, "is_open");
		may += is_true(note, "may_approve");
		ready += is_true(note, "may_approve") && !is_true(note, "is_faulty");
	}
	set_number(values, "approve_count", ready);
	mustache_object_set_bool(values, "has_open", open > 0);
	mustache_object_set_bool(values, "can_approve", may > 0);
	mustache_object_set_bool(values, "is_ready", ready > 0);
	mustache_object_set_bool(values, "approves_one", ready == 1);
}

/* The channels of a step that is not written yet, as buttons. */
static MustacheValue *list_ways(const MustacheValue *step)
{
	static const char *const labels[][2] = {
		{"email", "Write the e-mail"},
		{"call", "Prepare the call"},
		{"card", "Write the card"},
		{"linkedin", "Write for LinkedIn"},
		{"hand-delivered", "Write one to hand over"},
		{"", "Write it"}};
	const GPtrArray *channels = mustache_list_get_items(mustache_object_find(step, "channels"));
	guint count = channels == NULL ? 0 : channels->len;
	MustacheValue *ways = mustache_value_new_list();
	for (guint i = 0; i < MAX(count, 1); i++) {
		const char *channel = count == 0 ? "" : mustache_value_get_text(g_ptr_array_index(channels, i));
		size_t label = 0;
		while (label + 1 < G_N_ELEMENTS(labels) && strcmp(labels[label][0], channel) != 0)
			label++;
		MustacheValue *way = mustache_value_new_object();
		mustache_object_set_string(way, "value", channel);
		mustache_object_set_string(way, "label_way", labels[label][1]);
		mustache_object_set_bool(way, "is_first", i == 0 && !is_true(step, "optional"));
		mustache_list_take(ways, way);
	}
	return ways;
}

static void describe_unwritten(MustacheValue *values)
{
	const GPtrArray *list = mustache_list_get_items(mustache_object_find(values, "unwritten"));
	int due = 0;
	for (guint i = 0; list != NULL && i < list->len; i++) {
		MustacheValue *step = g_ptr_array_index(list, i);
		set_number(step, "n", (int)i);
		mustache_object_take(step, "ways", list_ways(step));
		due += !is_true(step, "optional");
	}
	mustache_object_set_bool(values, "several_unwritten", due > 1);
}

static void describe_gone(MustacheValue *values)
{
	const GPtrArray *list = mustache_list_get_items(mustache_object_find(values, "gone"));
	for (guint i = 0; list != NULL && i < list->len; i++) {
		MustacheValue *note = g_ptr_array_index(list, i);
		g_autofree char *text = text_of(note);
		add_title(note);
		mustache_object_set_string(note, "text", text);
	}
}

bool note_page_load(Visit *visit, const NoteFilter *filter, MustacheValue **ret_values, GError **error)
{
	g_auto(Tree) tree = tree_begin(visit->desk->app, false);
	g_autoptr(GError) failure = NULL;
	bool good = desk_run(
		visit->desk, "review", &tree.port, &failure, "opportunity", filter->opportunity, "step", filter->step,
		"interview", filter->interview, "person", filter->to, "draft", filter->draft, "all", "1", NULL);
	/* What was told whole is good, whatever it says of the notes. */
	if (!good && mustache_object_find(tree.root, "unwritten") == NULL) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return false;
	}
	describe_all(visit, tree.root);
	describe_gone(tree.root);
	describe_unwritten(tree.root);
	*ret_values = tree_take(&tree);
	return true;
}

MustacheValue *note_page_find(MustacheValue *values, const char *draft)
{
	const GPtrArray *notes = mustache_list_get_items(mustache_object_find(values, "notes"));
	for (guint i = 0; notes != NULL && i < notes->len; i++)
		if (strcmp(note_value(g_ptr_array_index(notes, i), "id"), draft) == 0)
			return g_ptr_array_index(notes, i);
	return NULL;
}
