/* answer-playbooks.c - the ways of following up: which there are, and one as a story with its sources.
 */
#include "answers.h"
#include "page.h"

/* Which of them its user goes by. */
static bool mark_own(const Visit *visit, MustacheValue *values, GError **error)
{
	g_autoptr(MustacheValue) settings = NULL;
	if (!desk_tell(visit->desk, "config", &settings, error, NULL))
		return false;
	const char *own = mustache_value_get_text(mustache_object_find(settings, "playbook"));
	const GPtrArray *items = mustache_list_get_items(mustache_object_find(values, "playbooks"));
	for (guint i = 0; items != NULL && i < items->len; i++) {
		MustacheValue *item = g_ptr_array_index(items, i);
		bool is_own = g_strcmp0(mustache_value_get_text(mustache_object_find(item, "name")), own) == 0;
		mustache_object_set_bool(item, "selected", is_own);
		if (is_own)
			mustache_object_set_string(
				values, "own_title", mustache_value_get_text(mustache_object_find(item, "title")));
	}
	return true;
}

bool answer_playbooks(Visit *visit, GError **error)
{
	MustacheValue *values = NULL;
	if (!desk_tell(visit->desk, "playbook", &values, error, "action", "list", NULL))
		return false;
	if (!mark_own(visit, values, error)) {
		mustache_value_free(values);
		return false;
	}
	const Page page = {.template_name = "playbooks", .title = "Playbooks", .section = "playbooks", .values = values};
	return page_show(visit, &page, error);
}

/* ---- one of them, as a story ---- */

/* The steps in the order in which they come, and what each is. */
static const struct {
	const char *step, *heading;
} chapters[] = {
	{"prepare-close", "Before the interview: closing words"},
	{"debrief", "Right after it: write it down"},
	{"sound-out", "Talk it over"},
	{"get-contact", "Find out how to reach them"},
	{"thank-you", "Thank everyone"},
	{"card", "A card by hand"},
	{"connect", "Connect"},
	{"additional-info", "Add what was left unsaid"},
	{"second-note", "Write again"},
	{"check-in", "Ask how it stands"},
	{"final-check", "Ask for the last time"},
	{"thank-for-answer", "After a no: thanks all the same"},
	{"keep-in-touch", "Stay in touch"},
	{"", "In all of them"},
};

/* A rule has one reason, or some of which one holds. */
static void weigh_reasons(MustacheValue *rule)
{
	const GPtrArray *reasons = mustache_list_get_items(mustache_object_find(rule, "reasons"));
	mustache_object_set_bool(rule, "several", reasons != NULL && reasons->len > 1);
}

static MustacheValue *list_chapters(MustacheValue *rules)
{
	MustacheValue *list = mustache_value_new_list();
	for (size_t i = 0; i < G_N_ELEMENTS(chapters); i++) {
		g_autofree char *is = g_strdelimit(g_strconcat("step_is_", chapters[i].step, NULL), "-", '_');
		/* What is left at the end is of no step. */
		MustacheValue *own = mustache_list_take_if(rules, chapters[i].step[0] == '\0' ? "text" : is);
		const GPtrArray *items = mustache_list_get_items(own);
		for (guint j = 0; j < items->len; j++)
			weigh_reasons(g_ptr_array_index(items, j));
		MustacheValue *chapter = mustache_value_new_object();
		mustache_object_set_string(chapter, "heading", chapters[i].heading);
		mustache_object_set_bool(chapter, "is_told", items->len > 0);
		mustache_object_take(chapter, "rules", own);
		mustache_list_take(list, chapter);
	}
	return list;
}

bool answer_playbook(Visit *visit, GError **error)
{
	MustacheValue *values = NULL;
	if (!desk_tell(
			visit->desk, "playbook", &values, error, "action", "show", "name", visit->request->segments[0], NULL))
		return false;
	g_autofree char *title = g_strdup(mustache_value_get_text(mustache_object_find(values, "title")));
	const char *limit = mustache_value_get_text(mustache_object_find(values, "limit"));
	mustache_object_set_bool(values, "asks_once", g_strcmp0(limit, "1") == 0);
	mustache_object_take(values, "chapters", list_chapters(mustache_object_find_own(values, "rules")));
	const Page page = {.template_name = "playbook", .title = title, .section = "playbooks", .values = values};
	return page_show(visit, &page, error);
}
