/* complete.c - what a parameter can be, for shells that complete.
 */
#include "desk.h"

#include <string.h>

enum { COMPLETE_LIMIT = 100 };

static void add_opportunities(App *app, GPtrArray *found)
{
	g_autoptr(GPtrArray) rows = NULL;
	if (!desk_open(app, OP_STORE_READ, NULL) ||
		!store_list(app->store, ACCOUNT_SELF, NULL, COMPLETE_LIMIT, &rows, NULL))
		return;
	for (guint i = 0; i < rows->len; i++)
		g_ptr_array_add(found, g_strdup(((const ListRow *)g_ptr_array_index(rows, i))->company));
}

static void add_people(App *app, const OpArgs *args, GPtrArray *found)
{
	g_autoptr(Case) item = NULL;
	if (!desk_open(app, OP_STORE_READ, NULL) || !case_load(app, args, &item, NULL))
		return;
	for (guint i = 0; i < item->record->facts->people->len; i++)
		g_ptr_array_add(found, g_strdup(facts_person(item->record->facts, (int)i)->id));
}

GPtrArray *app_complete(App *app, const OpArgs *args, const OpParam *param)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	for (const char *const *choice = param->choices; choice != NULL && *choice != NULL; choice++)
		g_ptr_array_add(found, g_strdup(*choice));
	if (param->type == PARAM_OPPORTUNITY)
		add_opportunities(app, found);
	if (strcmp(param->name, "person") == 0)
		add_people(app, args, found);
	for (const char *const *name = playbook_shipped_names(); strcmp(param->name, "playbook") == 0 && *name != NULL;
		 name++)
		g_ptr_array_add(found, g_strdup(*name));
	return found;
}
