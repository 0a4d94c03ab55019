/* op-recompute.c - every plan anew, after a playbook, the holidays or the program changed.
 *
 * Works through the store in batches, each saved by itself: stopped at any moment, what was done is done.
 */
#include "ops.h"

enum { RECOMPUTE_BATCH = 1000 };

static bool recompute_batch(App *app, GPtrArray *records, GError **error)
{
	g_autoptr(GArray) next = g_array_sized_new(FALSE, FALSE, sizeof(NextAt), records->len);
	g_autoptr(Plan) plan = plan_new();
	for (guint i = 0; i < records->len; i++) {
		Case item = {.record = g_ptr_array_index(records, i), .plan = plan};
		if (!case_playbook_load(app, item.record, &item.playbook, error))
			return false;
		case_replan(app, &item);
		NextAt entry = {item.record->id, item.record->revision, case_agenda_at(&item)};
		if (entry.next_at != item.record->next_at)
			g_array_append_val(next, entry);
	}
	return next->len == 0 || store_next_at_save(app->store, ACCOUNT_SELF, next, NULL, error);
}

bool recompute_all(App *app, Printer *printer, int64_t *ret_count, GError **error)
{
	StoreCounts counts = {0};
	int64_t after = 0, done = 0;
	if (!store_count(app->store, ACCOUNT_SELF, 0, &counts, error))
		return false;
	for (;;) {
		g_autoptr(GPtrArray) records = NULL;
		if (!store_outline_load(app->store, ACCOUNT_SELF, after, RECOMPUTE_BATCH, &records, error))
			return false;
		if (records->len == 0)
			break;
		after = ((const Record *)g_ptr_array_index(records, records->len - 1))->id;
		if (!recompute_batch(app, records, error))
			return false;
		done += records->len;
		printer_progress(printer, "Plans", done, counts.opportunities);
	}
	*ret_count = done;
	return true;
}

bool op_recompute(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	int64_t count = 0;
	if (!recompute_all(app, printer, &count, error))
		return false;
	printer_object(printer, NULL);
	printer_integer(printer, "opportunities", NULL, count);
	printer_say(printer, SAY_GOOD, "Every plan is up to date (%" G_GINT64_FORMAT ").", count);
	printer_object_end(printer);
	return true;
}
