/* answer-opportunity.c - one opportunity as a page: its story, what is next and why, its people; and a call with its
 * words.
 */
#include "answers.h"
#include "page.h"
#include "words.h"

#include <string.h>

/* "#3" for the number in an address. Free with g_free. */
static char *name_of(const Visit *visit)
{
	return g_strconcat("#", visit->request->segments[0], NULL);
}

/* The steps that are still to come, apart from those that are settled. */
static void divide_steps(MustacheValue *values)
{
	MustacheValue *plan = mustache_object_find_own(values, "plan");
	MustacheValue *ahead = mustache_list_take_if(mustache_object_find_own(plan, "steps"), "is_ahead");
	mustache_object_set_bool(plan, "has_ahead", mustache_value_is_true(ahead));
	mustache_object_take(plan, "ahead", ahead);
}

/* An invitation says what it likes: only an address of the web may be followed from a page. */
static void mark_links(MustacheValue *values)
{
	const GPtrArray *interviews = mustache_list_get_items(mustache_object_find_own(values, "interviews"));
	for (guint i = 0; interviews != NULL && i < interviews->len; i++) {
		MustacheValue *one = g_ptr_array_index(interviews, i);
		const MustacheValue *link = mustache_object_find(one, "link");
		const char *text = link == NULL ? NULL : mustache_value_get_text(link);
		mustache_object_set_bool(one, "is_address", text != NULL && g_str_has_prefix(text, "https://"));
	}
}

bool answer_opportunity(Visit *visit, GError **error)
{
	MustacheValue *values = NULL;
	g_autofree char *name = name_of(visit);
	if (!desk_tell(visit->desk, "show", &values, error, "opportunity", name, NULL))
		return false;
	divide_steps(values);
	mark_links(values);
	mustache_object_set_bool(
		values, "has_documents",
		mustache_value_is_true(mustache_object_find(values, "people")) ||
			mustache_value_is_true(mustache_object_find(values, "interviews")));
	g_autofree char *title = g_strdup(mustache_value_get_text(mustache_object_find(values, "company")));
	const Page page = {.template_name = "opportunity", .title = title, .values = values};
	return page_show(visit, &page, error);
}

/* ---- a person ---- */

static const MustacheValue *find_person(const MustacheValue *values, const char *id)
{
	const GPtrArray *people = mustache_list_get_items(mustache_object_find(values, "people"));
	for (guint i = 0; people != NULL && i < people->len; i++) {
		const MustacheValue *person = g_ptr_array_index(people, i);
		if (g_strcmp0(mustache_value_get_text(mustache_object_find(person, "id")), id) == 0)
			return person;
	}
	return NULL;
}

static void copy_texts(MustacheValue *into, const MustacheValue *from, const char *const *keys)
{
	for (; *keys != NULL; keys++)
		mustache_object_set_string(into, *keys, mustache_value_get_text(mustache_object_find(from, *keys)));
}

bool answer_person(Visit *visit, GError **error)
{
	static const char *const about[] = {"opportunity", "company", NULL};
	static const char *const keys[] = {"id",       "name", "email",      "phone", "address",
									   "linkedin", "role", "salutation", NULL};
	g_autoptr(MustacheValue) all = NULL;
	g_autofree char *name = name_of(visit);
	if (!desk_tell(visit->desk, "show", &all, error, "opportunity", name, NULL))
		return false;
	const MustacheValue *person = find_person(all, visit->request->segments[1]);
	if (person == NULL)
		return base_error_set(error, BASE_ERROR_MISSING, "person", "Nobody of that name is on record here.");
	MustacheValue *values = mustache_value_new_object();
	copy_texts(values, all, about);
	copy_texts(values, person, keys);
	mustache_object_take(
		values, "roles", words_choices(WORDS_OF_ROLE, mustache_value_get_text(mustache_object_find(person, "role"))));
	g_autofree char *title = g_strdup(mustache_value_get_text(mustache_object_find(person, "name")));
	const Page page = {.template_name = "person", .title = title, .values = values};
	return page_show(visit, &page, error);
}

/* ---- a call ---- */

/* The script is parts: a line that ends with a colon, and what to say. */
static MustacheValue *list_parts(const char *script)
{
	MustacheValue *parts = mustache_value_new_list();
	g_auto(GStrv) blocks = g_strsplit(script, "\n\n", -1);
	for (int i = 0; blocks[i] != NULL; i++) {
		char *line_end = strchr(blocks[i], '\n');
		MustacheValue *part = mustache_value_new_object();
		if (line_end != NULL && line_end > blocks[i] && line_end[-1] == ':') {
			line_end[-1] = '\0';
			mustache_object_set_string(part, "heading", blocks[i]);
			mustache_object_set_string(part, "text", g_strchomp(line_end + 1));
		} else {
			mustache_object_set_string(part, "heading", "");
			mustache_object_set_string(part, "text", g_strchomp(blocks[i]));
		}
		mustache_list_take(parts, part);
	}
	return parts;
}

/* What a telephone dials: digits and a plus. Free with g_free. */
static char *dial_of(const char *number)
{
	GString *dial = g_string_new(NULL);
	for (const char *p = number; *p != '\0'; p++)
		if (g_ascii_isdigit(*p) || (*p == '+' && dial->len == 0))
			g_string_append_c(dial, *p);
	return g_string_free(dial, FALSE);
}

bool answer_call(Visit *visit, GError **error)
{
	static const char *const about[] = {"company", "position", NULL};
	const char *person = visit->request->segments[1], *step = fields_find(visit->request->query, "step");
	g_autoptr(MustacheValue) all = NULL;
	g_autofree char *name = name_of(visit);
	MustacheValue *values = NULL;
	if (!desk_tell(visit->desk, "show", &all, error, "opportunity", name, NULL) ||
		!desk_tell(visit->desk, "call", &values, error, "opportunity", name, "person", person, "step", step, NULL))
		return false;
	const char *number = mustache_value_get_text(mustache_object_find(values, "number"));
	const char *script = mustache_value_get_text(mustache_object_find(values, "script"));
	g_autofree char *dial = dial_of(number == NULL ? "" : number);
	copy_texts(values, all, about);
	mustache_object_set_string(values, "dial", dial);
	mustache_object_take(values, "parts", list_parts(script == NULL ? "" : script));
	const Page page = {.template_name = "call", .title = "A call", .values = values};
	return page_show(visit, &page, error);
}
