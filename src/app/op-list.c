/* op-list.c - followup list: what is on record, where each stands and what comes next there.
 *
 * Plans are computed for programs alone, and only of what is shown.
 */
#include "column.h"
#include "ending.h"
#include "ops.h"
#include "part-args.h"
#include "tell.h"

enum { LIST_LIMIT = 1000 };

/* Those that are shown, with their plans. */
static bool load_cases(App *app, const GPtrArray *rows, GHashTable **ret_cases, GError **error)
{
	g_autoptr(GArray) ids = g_array_sized_new(FALSE, FALSE, sizeof(int64_t), rows->len);
	for (guint i = 0; i < rows->len; i++)
		g_array_append_val(ids, ((const ListRow *)g_ptr_array_index(rows, i))->id);
	return case_load_many(app, ids, ret_cases, error);
}

static void tell_next(const App *app, const Case *item, Printer *printer)
{
	const PlanStep *step = case_find_next_step(item);
	if (step == NULL) {
		printer_string(printer, "next", NULL, NULL);
		return;
	}
	const Facts *facts = item->record->facts;
	g_autofree char *text = task_say_step(item, step), *when = say_step_when(app, item, step);
	printer_object(printer, "next");
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, (int)step->kind));
	tell_whom(facts, step->to, "to", "to_name", printer);
	tell_whom(facts, step->about, "about", "about_name", printer);
	printer_string(printer, "state", NULL, step_state_word(step->state));
	printer_boolean(printer, "optional", step->optional);
	printer_time(printer, "opens", facts->zone, step->opens);
	printer_time(printer, "due", facts->zone, step->due);
	printer_string(printer, "text", NULL, text);
	printer_string(printer, "when", NULL, when);
	printer_object_end(printer);
}

static void tell_standing(const App *app, const Case *item, Printer *printer)
{
	const Facts *facts = item->record->facts;
	const Event *ending = facts_find_ending(facts, app->now);
	g_autofree char *verdict = plan_explain_verdict(item->plan);
	printer_string(printer, "verdict", NULL, verdict_word(item->plan->verdict));
	printer_string(printer, "text", NULL, facts->interviews->len == 0 ? NULL : verdict);
	printer_string(printer, "column", NULL, column_word(column_of(item)));
	tell_next(app, item, printer);
	printer_string(printer, "ended", NULL, ending == NULL ? NULL : ending_word(ending));
	printer_time(printer, "ended_at", facts->zone, ending == NULL ? TIME_NONE : ending->at);
	printer_time(printer, "later_until", facts->zone, case_later_until(item));
}

static void tell_row(const App *app, const ListRow *row, const Case *item, Printer *printer)
{
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
	printer_time(printer, "last_at", app->zone, row->last_at);
	if (item != NULL)
		tell_standing(app, item, printer);
	printer_row(
		printer, (const char *const[]){number, row->company, row->position == NULL ? "" : row->position, next, NULL});
	printer_object_end(printer);
}

static void say_end(const OpArgs *args, const ListPart *part, guint count, bool more, Printer *printer)
{
	int next = part->offset + (int)count;
	if (count == 0 && part->offset > 0)
		printer_say(printer, SAY_TEXT, "There are no more.");
	else if (count == 0)
		printer_say(
			printer, SAY_TEXT, "Nothing on record%s.", op_args_has(args, "opportunity") ? " begins with that" : " yet");
	if (more)
		printer_say(
			printer, SAY_WARNING, "There are more: --offset %d shows those after these; or say the start of a name.",
			next);
}

/* How many there are in all, where not all are shown: what is left to look for. */
static bool tell_all(App *app, const ListPart *part, bool more, Printer *printer, GError **error)
{
	StoreCounts counts = {0};
	if (!printer->for_programs || part->text != NULL || (!more && part->offset == 0))
		return true;
	if (!store_count(app->store, ACCOUNT_SELF, 0, &counts, error))
		return false;
	printer_integer(printer, "all", NULL, counts.opportunities);
	return true;
}

bool op_list(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GHashTable) cases = NULL;
	ListPart part = {.text = op_args_get(args, "opportunity")};
	if (!part_from_args(args, LIST_LIMIT, LIST_LIMIT, &part, error) ||
		!store_list_part(app->store, ACCOUNT_SELF, &part, &rows, error))
		return false;
	printer_object(printer, NULL);
	bool more = part_tell(&part, rows, printer);
	if (!tell_all(app, &part, more, printer, error))
		return false;
	if (printer->for_programs && !load_cases(app, rows, &cases, error))
		return false;
	printer_list(printer, "opportunities");
	for (guint i = 0; i < rows->len; i++) {
		const ListRow *row = g_ptr_array_index(rows, i);
		tell_row(app, row, cases == NULL ? NULL : g_hash_table_lookup(cases, &row->id), printer);
	}
	printer_list_end(printer);
	say_end(args, &part, rows->len, more, printer);
	printer_object_end(printer);
	return true;
}
