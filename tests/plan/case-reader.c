/* case-reader.c - a worked case from its JSON.
 */
#include "case-reader.h"

#include <base/error.h>
#include <string.h>

static const char *get_text(struct json_object *json, const char *key)
{
	struct json_object *value = json_object_object_get(json, key);
	return value ? json_object_get_string(value) : NULL;
}

static bool load_playbook(const char *name, Playbook **ret_playbook, GError **error)
{
	g_autofree char *text = NULL;
	gsize length;
	if (!strpbrk(name, "./"))
		return playbook_load_shipped(name, ret_playbook, error);
	return g_file_get_contents(name, &text, &length, error) && playbook_parse(text, length, name, ret_playbook, error);
}

bool case_parse(FactsReader *reader, const char *text, Case *ret_case, GError **error)
{
	Case read = {.json = json_tokener_parse(text)};
	if (!read.json)
		return base_error_set(error, BASE_ERROR_INVALID, NULL, "a case is a JSON object");
	struct json_object *facts = json_object_object_get(read.json, "facts");
	const char *name = get_text(read.json, "playbook"), *now = get_text(read.json, "now");
	const char *facts_text = facts ? json_object_to_json_string_ext(facts, JSON_C_TO_STRING_PLAIN) : "";
	Stamp stamp;
	bool good = name && now && stamp_parse(now, &stamp);
	if (!good)
		(void)base_error_set(error, BASE_ERROR_INVALID, NULL, "a case names its playbook and now");
	good = good && facts_reader_parse(reader, facts_text, strlen(facts_text), &read.facts, error) &&
		   load_playbook(name, &read.playbook, error);
	if (!good) {
		case_clear(&read);
		return false;
	}
	read.now = zone_resolve(read.facts->zone, stamp);
	*ret_case = read;
	return true;
}

void case_clear(Case *read)
{
	json_object_put(read->json);
	facts_free(read->facts);
	playbook_free(read->playbook);
	*read = (Case){0};
}
