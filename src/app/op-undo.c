/* op-undo.c - followup undo: the last import is taken back, whole, or refused with what was built on it.
 */
#include "archive.h"
#include "import-job.h"
#include "ops.h"

typedef struct Undo {
	App *app;
	Import *import;
	GPtrArray *items; /* of Case: what the changes are of */
	int deleted, restored;
	bool plans_change; /* of what is not part of it */
} Undo;

static bool refuse_built_on(const Undo *undo, const ImportPart *part, const Case *item, GError **error)
{
	g_autofree char *name = say_opportunity(item->record->facts);
	g_autofree char *since = import_say_since(part->before == NULL ? "" : part->before, item->record);
	return base_error_set(
		error, BASE_ERROR_CONFLICT, NULL,
		"The import of %s cannot be taken back, because %s was changed since (%s), and that would be lost.",
		undo->import->name, name, since);
}

static bool undo_part(Undo *undo, ImportPart *part, GError **error)
{
	Case *item = NULL;
	bool is_new = true;
	if (!case_load_id(undo->app, part->opportunity, &item, error))
		return false;
	g_ptr_array_add(undo->items, item);
	if (item->record->revision != part->revision)
		return refuse_built_on(undo, part, item, error);
	if (part->before != NULL && !import_restore(part->before, item->record, &part->invitations, &is_new, error))
		return false;
	*(is_new ? &undo->deleted : &undo->restored) += 1;
	if (is_new)
		return true;
	part->change = change_new(item->record);
	change_put_all(part->change);
	change_put(part->change, PART_OPPORTUNITY, 0);
	case_replan(undo->app, item);
	item->record->next_at = case_agenda_at(item);
	return true;
}

static void tell(const Undo *undo, Printer *printer)
{
	printer_object(printer, NULL);
	printer_string(printer, "import", NULL, undo->import->name);
	printer_integer(printer, "deleted", NULL, undo->deleted);
	printer_integer(printer, "restored", NULL, undo->restored);
	printer_say(printer, SAY_GOOD, "Taken back: the import of %s.", undo->import->name);
	if (undo->deleted > 0)
		printer_say(
			printer, SAY_DETAIL, "%d opportunit%s gone that came in with it.", undo->deleted,
			undo->deleted == 1 ? "y is" : "ies are");
	if (undo->restored > 0)
		printer_say(
			printer, SAY_DETAIL, "%d opportunit%s as before.", undo->restored,
			undo->restored == 1 ? "y is" : "ies are");
	printer_boolean(printer, "settings", undo->import->me != NULL);
	if (undo->import->me != NULL)
		printer_say_text(printer, SAY_DETAIL, "What is on record of you, and your settings, are as before.");
	printer_object_end(printer);
}

bool op_undo(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Import) import = NULL;
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func((GDestroyNotify)case_free);
	if (!store_import_load(app->store, ACCOUNT_SELF, &import, error))
		return false;
	Undo undo = {.app = app, .import = import, .items = items};
	for (guint i = 0; i < import->parts->len; i++)
		if (!undo_part(&undo, g_ptr_array_index(import->parts, i), error))
			return false;
	int64_t count = 0;
	if (!archive_take_back(app, import, &undo.plans_change, error) || !store_import_undo(app->store, import, error) ||
		(undo.plans_change && !recompute_all(app, printer, &count, error)))
		return false;
	tell(&undo, printer);
	return true;
}
