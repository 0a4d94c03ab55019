/* op-add.c - followup add: an opportunity goes on record, or what is known of it changes.
 */
#include "intake.h"
#include "ops.h"

static bool is_same(const char *a, const char *b)
{
	g_autofree char *one = g_utf8_casefold(a, -1), *other = g_utf8_casefold(b, -1);
	return strcmp(one, other) == 0;
}

/* Which of the opportunities at exactly that company is meant: with a position the one that has it, or has none yet;
 * else the only one. *ret_row stays NULL where there is none, *ret_others counts those at the company. */
static bool pick_same(
	const GPtrArray *rows, const char *company, const char *position, const ListRow **ret_row, int *ret_others,
	GError **error)
{
	const ListRow *open = NULL;
	for (guint i = 0; i < rows->len; i++) {
		const ListRow *row = g_ptr_array_index(rows, i);
		if (!is_same(row->company, company))
			continue;
		++*ret_others;
		if (position != NULL && row->position != NULL && is_same(row->position, position)) {
			*ret_row = row;
			return true;
		}
		if (position == NULL || row->position == NULL)
			open = row;
	}
	*ret_row = open;
	return position != NULL || *ret_others < 2 ||
		   base_error_set(
			   error, BASE_ERROR_INVALID, "position",
			   "There are %d opportunities at %s; say which with --position, or by "
			   "number (\"followup list\" shows them).",
			   *ret_others, company);
}

bool case_find_at(App *app, const char *company, const char *position, Case **ret_case, int *ret_others, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	const ListRow *row = NULL;
	*ret_case = NULL;
	*ret_others = 0;
	if (!store_list(app->store, ACCOUNT_SELF, company, 200, &rows, error) ||
		!pick_same(rows, company, position, &row, ret_others, error))
		return false;
	return row == NULL || case_load_id(app, row->id, ret_case, error);
}

bool case_new(App *app, const OpArgs *args, const char *company, Case **ret_case, GError **error)
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
	item->record->playbook = desk_playbook_name(name);
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
	intake_list(facts->requirements, op_args_get_all(args, "requirement"));
	return true;
}

/* The opportunity to change, by number or by name; else a new one. */
static bool find_or_new(App *app, const OpArgs *args, Case **ret_case, GError **error)
{
	const char *company = op_args_get(args, "company");
	int others = 0;
	if (company[0] == '#')
		return case_load_named(app, company, ret_case, error);
	return case_find_at(app, company, op_args_get(args, "position"), ret_case, &others, error) &&
		   (*ret_case != NULL || case_new(app, args, company, ret_case, error));
}

bool op_add(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	if (!find_or_new(app, args, &item, error) || !case_set_opportunity(app, item, args, error))
		return false;
	if (!intake_check_name(op_args_get(args, "name"), "Globex", error))
		return false;
	intake_field(&item->record->facts->company, op_args_get(args, "name"));
	bool is_new = item->record->revision == 0;
	g_autoptr(Change) change = change_new(item->record);
	change_put(change, PART_OPPORTUNITY, 0);
	if (!case_save(app, item, change, error))
		return false;
	g_autofree char *what = say_opportunity(item->record->facts), *handle = say_handle(app, item->record);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_string(printer, "company", NULL, item->record->facts->company);
	printer_string(printer, "position", NULL, item->record->facts->position);
	printer_boolean(printer, "new", is_new);
	printer_say(
		printer, SAY_GOOD, "%s is %s, times in %s.", what, is_new ? "on record" : "changed",
		zone_get_name(item->record->facts->zone));
	if (item->record->facts->interviews->len == 0)
		printer_say(printer, SAY_COMMAND, "followup interview %s \"tomorrow 10am\" --with \"NAME <ADDRESS>\"", handle);
	printer_object_end(printer);
	return true;
}
