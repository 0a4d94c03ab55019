/* op-later.c - followup later: an opportunity is put off for some days.
 *
 * What has to be done stays as the plan has it; it is only not shown, and its user not reminded, until then.
 */
#include "dispatch.h"
#include "ops.h"
#include "task.h"

static bool is_pressing(const PlanStep *step)
{
	return !step->optional && (plan_step_is_open(step) || step->state == STATE_UPCOMING);
}

/* What should be done before it comes back. */
static void say_what_passes(App *app, const Case *item, int64_t until, Printer *printer)
{
	g_autoptr(GPtrArray) tasks = task_list_new(item, is_pressing);
	for (guint i = 0; i < tasks->len; i++) {
		const PlanStep *step = task_step(tasks->pdata[i]);
		if (step->due == TIME_NONE || step->due >= until || (step->opens != TIME_NONE && step->opens >= until))
			continue;
		g_autofree char *what = task_say(tasks->pdata[i]), *due = task_say_due(app, tasks->pdata[i]);
		printer_say(printer, SAY_WARNING, "Meanwhile: %s, %s.", what, due);
	}
}

static bool read_until(const App *app, const OpArgs *args, int64_t *ret_until, GError **error)
{
	When when = {0};
	if (!desk_when(app, args, "until", app->zone, WHEN_AHEAD, &when, error))
		return false;
	if (when.day < zone_to_day(app->zone, app->now, NULL))
		return base_error_set(
			error, BASE_ERROR_INVALID, "until", "\"%s\" is past; say the day on which it comes back, or now.",
			op_args_get(args, "until"));
	*ret_until = when.has_time ? when.at : zone_to_instant(app->zone, when.day, 0);
	return true;
}

static bool waits(const OutboxRow *row)
{
	return row->state == OUTBOX_READY || row->state == OUTBOX_RETRY;
}

/* Notes that waited for it to come back do so no longer, or for another day; the gate holds what is not to leave. */
static void release_notes(const Case *item, Change *change, int64_t before)
{
	const Facts *facts = item->record->facts;
	int64_t held_until = before == TIME_NONE ? TIME_NONE : dispatch_fitting_time(facts, before, TIME_NONE, TIME_NONE);
	for (int i = 0; i < (int)item->record->outbox->len && before != TIME_NONE; i++)
		if (waits(record_outbox(item->record, i)) && record_outbox(item->record, i)->send_at == held_until)
			change_move_outbox(change, i, dispatch_fitting_time(facts, item->plan->now, TIME_NONE, TIME_NONE));
}

static void tell_later(App *app, const Case *item, int64_t until, Printer *printer)
{
	g_autofree char *what = say_opportunity(item->record->facts);
	g_autofree char *when = until == TIME_NONE ? NULL : say_from(app, item->record->facts, until);
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, item->record->id);
	printer_time(printer, "later_until", app->zone, until);
	if (until == TIME_NONE)
		printer_say(printer, SAY_GOOD, "%s is not put off any more.", what);
	else
		printer_say(printer, SAY_GOOD, "%s is put off until %s.", what, when);
	if (until != TIME_NONE && printer->for_people)
		say_what_passes(app, item, until, printer);
	printer_object_end(printer);
}

bool op_later(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_autoptr(Case) item = NULL;
	int64_t until = TIME_NONE;
	if (!case_load(app, args, &item, error) || !read_until(app, args, &until, error))
		return false;
	if (until <= app->now)
		until = TIME_NONE;
	int64_t before = case_later_until(item);
	item->record->later_until = until;
	item->record->later_since = until == TIME_NONE ? TIME_NONE : app->now;
	g_autoptr(Change) change = change_new(item->record);
	change_put(change, PART_OPPORTUNITY, 0);
	release_notes(item, change, before);
	if (!case_save(app, item, change, error))
		return false;
	tell_later(app, item, until, printer);
	return true;
}
