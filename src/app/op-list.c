/* op-list.c - followup list: what is on record, where each stands and what comes next there.
 */
#include "ops.h"

enum { LIST_LIMIT = 1000 };

bool op_list(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	if (!store_list(app->store, ACCOUNT_SELF, op_args_get(args, "opportunity"), LIST_LIMIT, &rows, error))
		return false;
	printer_object(printer, NULL);
	printer_list(printer, "opportunities");
	for (guint i = 0; i < rows->len; i++) {
		const ListRow *row = g_ptr_array_index(rows, i);
		g_autofree char *number = g_strdup_printf("#%" G_GINT64_FORMAT, row->id);
		g_autofree char *next = row->next_at == TIME_NONE  ? g_strdup("-")
								: row->next_at <= app->now ? g_strdup("now")
														   : when_say(app->zone, row->next_at, app->now);
		printer_object(printer, NULL);
		printer_integer(printer, "opportunity", NULL, row->id);
		printer_string(printer, "company", NULL, row->company);
		printer_string(printer, "position", NULL, row->position);
		printer_time(printer, "next_at", app->zone, row->next_at);
		printer_integer(printer, "people", NULL, row->people);
		printer_integer(printer, "interviews", NULL, row->interviews);
		printer_row(
			printer,
			(const char *const[]){number, row->company, row->position == NULL ? "" : row->position, next, NULL});
		printer_object_end(printer);
	}
	printer_list_end(printer);
	if (rows->len == 0)
		printer_say(
			printer, SAY_TEXT, "Nothing on record%s.", op_args_has(args, "opportunity") ? " begins with that" : " yet");
	if (rows->len == LIST_LIMIT)
		printer_say(
			printer, SAY_WARNING, "Only the first %d are shown; say the start of a name for others.", LIST_LIMIT);
	printer_object_end(printer);
	return true;
}
