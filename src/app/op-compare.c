/* op-compare.c - followup compare: two playbooks held against one's own history: what would the other have said?
 *
 * Both plans are computed of the same facts at the same moment; steps are the same where they are of one kind, round,
 * person and attempt.  Told is what only one of them has, and what opens or is due at another time.
 */
#include "ops.h"
#include "tell.h"

enum { USUAL = 20, MOST = 200 };

typedef struct Comparison {
	App *app;
	const Playbook *playbooks[2];
	Plan *plans[2];
	Printer *printer;
	int shown, differing, limit;
} Comparison;

static bool is_same_step(const PlanStep *one, const PlanStep *other)
{
	return one->kind == other->kind && one->interview == other->interview && one->to == other->to &&
		   one->about == other->about && one->attempt == other->attempt;
}

static const PlanStep *find_same(const Plan *plan, const PlanStep *step)
{
	for (guint i = 0; i < plan->steps->len; i++)
		if (is_same_step(plan_step(plan, i), step))
			return plan_step(plan, i);
	return NULL;
}

/* A step that was never to be done says nothing about its playbook. */
static bool is_said(const PlanStep *step)
{
	return step != NULL && step->state != STATE_SKIPPED;
}

static bool differs(const PlanStep *one, const PlanStep *other)
{
	if (!is_said(one) || !is_said(other))
		return is_said(one) || is_said(other);
	return one->opens != other->opens || one->due != other->due || one->optional != other->optional;
}

static char *say_span(const Comparison *comparison, const Facts *facts, const PlanStep *step)
{
	if (!is_said(step))
		return g_strdup("nothing");
	g_autofree char *opens = say_time(comparison->app, facts, step->opens);
	g_autofree char *due = say_time(comparison->app, facts, step->due);
	return g_strdup_printf(
		"%s%s%s%s", step->opens == TIME_NONE ? "in time" : "from ", step->opens == TIME_NONE ? "" : opens,
		step->due == TIME_NONE ? "" : ", by ", step->due == TIME_NONE ? "" : due);
}

static void tell_side(const Comparison *comparison, const Facts *facts, int side, const PlanStep *step)
{
	Printer *printer = comparison->printer;
	g_autofree char *text = say_span(comparison, facts, step);
	printer_object(printer, side == 0 ? "one" : "other");
	printer_boolean(printer, "said", is_said(step));
	printer_string(printer, "text", NULL, text);
	printer_string(printer, "state", NULL, step == NULL ? NULL : step_state_word(step->state));
	printer_boolean(printer, "optional", step != NULL && step->optional);
	printer_time(printer, "opens", facts->zone, step == NULL ? TIME_NONE : step->opens);
	printer_time(printer, "due", facts->zone, step == NULL ? TIME_NONE : step->due);
	printer_object_end(printer);
}

static void tell_difference(Comparison *comparison, const Case *item, const PlanStep *one, const PlanStep *other)
{
	Printer *printer = comparison->printer;
	const Facts *facts = item->record->facts;
	const PlanStep *step = one == NULL ? other : one;
	const PlanStep *sides[2] = {one, other};
	g_autofree char *what = task_say_step(item, step);
	printer_object(printer, NULL);
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, (int)step->kind));
	printer_string(printer, "interview", NULL, facts_interview(facts, step->interview)->id);
	tell_whom(facts, step->to, "to", "to_name", printer);
	printer_string(printer, "text", NULL, what);
	printer_say_text(printer, SAY_ITEM, what);
	for (int side = 0; side < 2; side++) {
		g_autofree char *span = say_span(comparison, facts, sides[side]);
		tell_side(comparison, facts, side, sides[side]);
		printer_say(printer, SAY_DETAIL, "%s: %s.", playbook_get_title(comparison->playbooks[side]), span);
	}
	printer_object_end(printer);
}

/* The differences of one opportunity, in the first plan's order, then what only the second has; counted where printer
 * is to stay silent. */
static int walk(Comparison *comparison, const Case *item, bool tell)
{
	const Plan *first = comparison->plans[0], *second = comparison->plans[1];
	int count = 0;
	for (guint i = 0; i < first->steps->len; i++) {
		const PlanStep *step = plan_step(first, i), *same = find_same(second, step);
		if (!differs(step, same))
			continue;
		count++;
		if (tell)
			tell_difference(comparison, item, step, same);
	}
	for (guint i = 0; i < second->steps->len; i++) {
		const PlanStep *step = plan_step(second, i);
		if (!is_said(step) || find_same(first, step) != NULL)
			continue;
		count++;
		if (tell)
			tell_difference(comparison, item, NULL, step);
	}
	return count;
}

static void compare(Comparison *comparison, Record *record)
{
	Printer *printer = comparison->printer;
	Case item = {.record = record, .playbook = comparison->playbooks[0], .plan = comparison->plans[0]};
	for (int side = 0; side < 2; side++)
		plan_compute(record->facts, comparison->playbooks[side], comparison->app->now, comparison->plans[side]);
	int count = walk(comparison, &item, false);
	comparison->differing += count > 0;
	if (count == 0 || comparison->shown == comparison->limit)
		return;
	g_autofree char *name = say_opportunity(record->facts);
	comparison->shown++;
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, record->id);
	printer_string(printer, "company", NULL, record->facts->company);
	printer_string(printer, "position", NULL, record->facts->position);
	printer_say_text(printer, SAY_SUBJECT, name);
	printer_list(printer, "differences");
	walk(comparison, &item, true);
	printer_list_end(printer);
	printer_object_end(printer);
}

/* One opportunity, or all of them, a batch at a time. */
static bool compare_all(Comparison *comparison, const OpArgs *args, GError **error)
{
	App *app = comparison->app;
	int64_t after = 0;
	if (op_args_has(args, "opportunity")) {
		g_autoptr(Case) item = NULL;
		if (!case_load(app, args, &item, error))
			return false;
		compare(comparison, item->record);
		return true;
	}
	for (;;) {
		enum { BATCH = 500 };
		g_autoptr(GPtrArray) records = NULL;
		if (!store_batch_load(app->store, ACCOUNT_SELF, after, BATCH, &records, error))
			return false;
		if (records->len == 0)
			return true;
		for (guint i = 0; i < records->len; i++) {
			Record *record = g_ptr_array_index(records, i);
			compare(comparison, record);
			after = record->id;
		}
	}
}

static void tell_end(const Comparison *comparison)
{
	Printer *printer = comparison->printer;
	printer_integer(printer, "differing", NULL, comparison->differing);
	printer_boolean(printer, "more", comparison->differing > comparison->shown);
	if (comparison->differing == 0)
		printer_say(printer, SAY_GOOD, "Both say the same of everything on record.");
	if (comparison->differing > comparison->shown)
		printer_say(
			printer, SAY_WARNING, "They differ on %d more; name an opportunity, or a --limit.",
			comparison->differing - comparison->shown);
}

bool op_compare(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	static const char *const names[2] = {"playbook", "with"};
	Comparison comparison = {.app = app, .printer = printer, .limit = (int)op_args_get_int(args, "limit", USUAL)};
	if (comparison.limit < 1 || comparison.limit > MOST)
		return base_error_set(error, BASE_ERROR_INVALID, "limit", "--limit is a number from 1 to %d.", MOST);
	for (int side = 0; side < 2; side++)
		if (!desk_playbook_load(app, op_args_get(args, names[side]), &comparison.playbooks[side], error))
			return false;
	g_autoptr(Plan) first = plan_new(), second = plan_new();
	comparison.plans[0] = first;
	comparison.plans[1] = second;
	printer_object(printer, NULL);
	printer_string(printer, "one_title", NULL, playbook_get_title(comparison.playbooks[0]));
	printer_string(printer, "other_title", NULL, playbook_get_title(comparison.playbooks[1]));
	printer_list(printer, "opportunities");
	if (!compare_all(&comparison, args, error))
		return false;
	printer_list_end(printer);
	tell_end(&comparison);
	printer_object_end(printer);
	return true;
}
