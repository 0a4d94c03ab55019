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

bool answer_playbook(Visit *visit, GError **error)
{
	MustacheValue *values = NULL;
	if (!desk_tell(
			visit->desk, "playbook", &values, error, "action", "show", "name", visit->request->segments[0], NULL))
		return false;
	g_autofree char *title = g_strdup(mustache_value_get_text(mustache_object_find(values, "title")));
	const Page page = {.template_name = "playbook", .title = title, .section = "playbooks", .values = values};
	return page_show(visit, &page, error);
}
