/* op-add.c - followup add: an opportunity goes on record, or what is known of it changes.
 */
#include "intake.h"
#include "ops.h"

#include <base/limits.h>

/* The opportunity of exactly that company and, where one is said, that position; *ret_case NULL where there is none. */
static bool find_same(App *app, const char *company, const char *position, Case **ret_case, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	if (!store_list(app->store, ACCOUNT_SELF, company, 200, &rows, error))
		return false;
	g_autofree char *folded = g_utf8_casefold(company, -1);
	for (guint i = 0; i < rows->len; i++) {
		const ListRow *row = g_ptr_array_index(rows, i);
		g_autofree char *name = g_utf8_casefold(row->company, -1);
		if (strcmp(name, folded) == 0 &&
			(position == NULL || row->position == NULL || g_utf8_collate(row->position, position) == 0))
			return case_load_id(app, row->id, ret_case, error);
	}
	*ret_case = NULL;
	return true;
}

static bool new_case(App *app, const OpArgs *args, const char *company, Case **ret_case, GError **error)
{
	const char *zone_name = op_args_get(args, "zone");
	g_autoptr(Zone) zone = zone_name == NULL ? zone_ref(app->zone) : zone_load(zone_name, error);
	if (zone == NULL)
		return false;
	Facts *facts = facts_new(zone);
	facts->company = g_strdup(company);
	Record *record = record_new(ACCOUNT_SELF, facts);
	record->created_at = app->now;
	return case_take(app, record, ret_case, error);
}

bool case_open_or_new(App *app, const OpArgs *args, const char *company, Case **ret_case, GError **error)
{
	Case *found = NULL;
	if (!find_same(app, company, op_args_get(args, "position"), &found, error))
		return false;
	if (found == NULL && !new_case(app, args, company, &found, error))
		return false;
	*ret_case = found;
	return true;
}

static bool set_zone(Facts *facts, const char *name, GError **error)
{
	if (name == NULL)
		return true;
	Zone *zone = zone_load(name, error);
	if (zone == NULL)
		return false;
	zone_unref(facts->zone);
	facts->zone = zone;
	return true;
}

static bool set_playbook(App *app, Case *item, const char *name, GError **error)
{
	if (name == NULL)
		return true;
	if (!desk_playbook_load(app, name, &item->playbook, error))
		return false;
	g_free(item->record->playbook);
	item->record->playbook = g_strdup(name);
	return true;
}

bool case_set_opportunity(App *app, Case *item, const OpArgs *args, GError **error)
{
	Facts *facts = item->record->facts;
	intake_field(&facts->position, op_args_get(args, "position"));
	if (!set_zone(facts, op_args_get(args, "zone"), error) ||
		!set_playbook(app, item, op_args_get(args, "playbook"), error))
		return false;
	if (op_args_has(args, "pace"))
		facts->pace = (Pace)word_find(WORDS_PACE, op_args_get(args, "pace"));
	if (op_args_has(args, "stage"))
		facts->stage = (Stage)word_find(WORDS_STAGE, op_args_get(args, "stage"));
	const GPtrArray *requirements = op_args_get_all(args, "requirement");
	for (guint i = 0; i < requirements->len; i++) {
		const char *text = g_ptr_array_index(requirements, i);
		if (!g_ptr_array_find_with_equal_func(facts->requirements, text, g_str_equal, NULL))
			g_ptr_array_add(facts->requirements, g_strdup(text));
	}
	return true;
}

bool op_add(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	if (!case_open_or_new(app, args, op_args_get(args, "company"), &item, error) ||
		!case_set_opportunity(app, item, args, error))
		return false;
	bool is_new = item->record->revision == 0;
	g_autoptr(Change) change = change_new(item->record);
	change_put(change, PART_OPPORTUNITY, 0);
	if (!case_save(app, item, change, error))
		return false;
	g_autofree char *what = say_opportunity(item->record->facts), *handle = say_handle(item->record);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "company", NULL, item->record->facts->company);
	printer_boolean(printer, "new", is_new);
	printer_say(
		printer, SAY_GOOD, "%s is %s, times in %s.", what, is_new ? "on record" : "changed",
		zone_get_name(item->record->facts->zone));
	if (item->record->facts->interviews->len == 0)
		printer_say(printer, SAY_COMMAND, "followup interview %s \"tomorrow 10am\" --with \"NAME <ADDRESS>\"", handle);
	printer_object_end(printer);
	return true;
}
