/* op-compare.c - followup compare: two playbooks held against one's own history: what would the other have said?
 *
 * Both plans are computed of the same facts at the same moment: now, or, of what is over, right before it was.
 */
#include "compare.h"
#include "ops.h"
#include "tell.h"

enum { USUAL = 20, MOST = 200 };

/* How often a kind of step differs, over all that was compared. */
typedef struct StepCounts {
	int only_one, only_other;
	int sooner, later; /* the other says it opens, or else is due, then */
	int otherwise;     /* in another way or order */
} StepCounts;

typedef struct Comparison {
	App *app;
	const Playbook *playbooks[2];
	Plan *plans[2];
	Printer *printer;
	int shown, differing, compared, limit;
	StepCounts steps[STEP_COUNT];
} Comparison;

/* ---- one step ---- */

static void append_channels(GString *text, const PlanStep *step)
{
	for (int i = 0; i < step->channel_count; i++)
		g_string_append_printf(text, "%s%s", i == 0 ? " (" : " or ", say_channel((int)step->channels[i]));
	g_string_append(text, step->channel_count == 0 ? "" : ")");
}

/* "from Friday 20 November, 09:00, due Friday 20 November, 12:00 (phone or e-mail)": what differs is said. */
static char *say_span(const App *app, const Facts *facts, const PlanStep *step, unsigned what, int place)
{
	if (step == NULL)
		return g_strdup("nothing");
	g_autofree char *opens = say_time(app, facts, step->opens), *due = say_time(app, facts, step->due);
	GString *text = g_string_new(step->opens == TIME_NONE ? "once its time comes" : "from ");
	if (step->opens != TIME_NONE)
		g_string_append(text, opens);
	if (step->due != TIME_NONE)
		g_string_append_printf(text, ", due %s", due);
	if ((what & (DIFFERS_CHANNELS | DIFFERS_THERE)) != 0)
		append_channels(text, step);
	if ((what & DIFFERS_OPTIONAL) != 0)
		g_string_append(text, step->optional ? ", if you like" : ", not to be left out");
	if ((what & DIFFERS_CLOSES) != 0 && step->closes != TIME_NONE) {
		g_autofree char *closes = say_time(app, facts, step->closes);
		g_string_append_printf(text, ", not after %s", closes);
	}
	if ((what & DIFFERS_ORDER) != 0)
		g_string_append_printf(text, ", as number %d", place);
	return g_string_free(text, FALSE);
}

static void tell_side(const Comparison *comparison, const Facts *facts, int side, const StepDifference *difference)
{
	Printer *printer = comparison->printer;
	const PlanStep *step = side == 0 ? difference->one : difference->other;
	int place = side == 0 ? difference->one_place : difference->other_place;
	g_autofree char *text = say_span(comparison->app, facts, step, difference->what, place);
	printer_object(printer, side == 0 ? "one" : "other");
	printer_boolean(printer, "said", step != NULL);
	printer_integer(printer, "place", NULL, place);
	printer_string(printer, "text", NULL, text);
	printer_string(printer, "state", NULL, step == NULL ? NULL : step_state_word(step->state));
	printer_boolean(printer, "optional", step != NULL && step->optional);
	printer_list(printer, "channels");
	for (int i = 0; step != NULL && i < step->channel_count; i++)
		printer_string(printer, NULL, NULL, word_text(WORDS_CHANNEL, (int)step->channels[i]));
	printer_list_end(printer);
	printer_time(printer, "opens", facts->zone, step == NULL ? TIME_NONE : step->opens);
	printer_time(printer, "due", facts->zone, step == NULL ? TIME_NONE : step->due);
	printer_time(printer, "closes", facts->zone, step == NULL ? TIME_NONE : step->closes);
	printer_time(printer, "done_at", facts->zone, step == NULL ? TIME_NONE : step->done_at);
	printer_object_end(printer);
	printer_say(printer, SAY_DETAIL, "%s: %s.", playbook_get_title(comparison->playbooks[side]), text);
}

static void tell_difference(const Comparison *comparison, const Case *item, const StepDifference *difference)
{
	Printer *printer = comparison->printer;
	const Facts *facts = item->record->facts;
	const PlanStep *step = difference->one == NULL ? difference->other : difference->one;
	g_autofree char *text = task_say_step(item, step);
	printer_object(printer, NULL);
	printer_string(printer, "step", NULL, word_text(WORDS_STEP, (int)step->kind));
	printer_string(printer, "interview", NULL, facts_interview(facts, step->interview)->id);
	tell_whom(facts, step->to, "to", "to_name", printer);
	tell_whom(facts, step->about, "about", "about_name", printer);
	printer_integer(printer, "attempt", NULL, step->attempt);
	printer_string(printer, "text", NULL, text);
	printer_list(printer, "differs");
	for (int i = 0; i < DIFFERS_COUNT; i++)
		if ((difference->what & (1U << i)) != 0)
			printer_string(printer, NULL, NULL, differs_word(1U << i));
	printer_list_end(printer);
	printer_say_text(printer, SAY_ITEM, text);
	for (int side = 0; side < 2; side++)
		tell_side(comparison, facts, side, difference);
	printer_object_end(printer);
}

/* ---- one opportunity ---- */

static void count_step(StepCounts *counts, const StepDifference *difference)
{
	const PlanStep *one = difference->one, *other = difference->other;
	bool opens = (difference->what & DIFFERS_OPENS) != 0, due = (difference->what & DIFFERS_DUE) != 0;
	if (one == NULL || other == NULL) {
		counts->only_one += one != NULL;
		counts->only_other += other != NULL;
		return;
	}
	bool sooner = opens ? other->opens < one->opens : other->due < one->due;
	counts->sooner += (opens || due) && sooner;
	counts->later += (opens || due) && !sooner;
	counts->otherwise += !opens && !due;
}

static void tell_verdicts(const Comparison *comparison, const Facts *facts, int64_t at)
{
	static const char *const keys[2][2] = {{"one_verdict", "one_says"}, {"other_verdict", "other_says"}};
	Printer *printer = comparison->printer;
	for (int side = 0; side < 2; side++) {
		const Plan *plan = comparison->plans[side];
		g_autofree char *says = plan_explain_verdict(plan);
		printer_string(printer, keys[side][0], NULL, verdict_word(plan->verdict));
		printer_string(printer, keys[side][1], NULL, says);
	}
	g_autofree char *when = say_time(comparison->app, facts, at);
	printer_time(printer, "at", facts->zone, at);
	printer_string(printer, "when", NULL, when);
	if (at < comparison->app->now)
		printer_say(printer, SAY_DETAIL, "as it stood %s, before it was over", when);
}

static void compare(Comparison *comparison, Record *record)
{
	Printer *printer = comparison->printer;
	Case item = {.record = record, .playbook = comparison->playbooks[0], .plan = comparison->plans[0]};
	int64_t at = facts_last_say(record->facts, comparison->app->now);
	for (int side = 0; side < 2; side++)
		plan_compute(record->facts, comparison->playbooks[side], at, comparison->plans[side]);
	g_autoptr(GArray) differences = plans_compare(comparison->plans[0], comparison->plans[1]);
	comparison->compared++;
	comparison->differing += differences->len > 0;
	for (guint i = 0; i < differences->len; i++) {
		const StepDifference *difference = &g_array_index(differences, StepDifference, i);
		const PlanStep *step = difference->one == NULL ? difference->other : difference->one;
		count_step(&comparison->steps[step->kind], difference);
	}
	if (differences->len == 0 || comparison->shown == comparison->limit)
		return;
	g_autofree char *name = say_opportunity(record->facts);
	comparison->shown++;
	printer_object(printer, NULL);
	printer_integer(printer, "opportunity", NULL, record->id);
	printer_string(printer, "company", NULL, record->facts->company);
	printer_string(printer, "position", NULL, record->facts->position);
	printer_say_text(printer, SAY_SUBJECT, name);
	tell_verdicts(comparison, record->facts, at);
	printer_list(printer, "differences");
	for (guint i = 0; i < differences->len; i++)
		tell_difference(comparison, &item, &g_array_index(differences, StepDifference, i));
	printer_list_end(printer);
	printer_object_end(printer);
}

/* ---- all of it ---- */

/* One opportunity, or all of them, a batch at a time. */
static bool compare_all(Comparison *comparison, const OpArgs *args, GError **error)
{
	enum { BATCH = 500 };
	App *app = comparison->app;
	if (op_args_has(args, "opportunity")) {
		g_autoptr(Case) item = NULL;
		if (!case_load(app, args, &item, error))
			return false;
		compare(comparison, item->record);
		return true;
	}
	for (int64_t after = 0;;) {
		g_autoptr(GPtrArray) records = NULL;
		if (!store_outline_load(app->store, ACCOUNT_SELF, after, BATCH, &records, error))
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

static void append_count(GString *text, int count, const char *what)
{
	if (count > 0)
		g_string_append_printf(text, "%s%d %s", text->len == 0 ? "" : ", ", count, what);
}

/* Over all that was compared, by kind of step. */
static void tell_steps(const Comparison *comparison)
{
	Printer *printer = comparison->printer;
	const char *one = playbook_get_title(comparison->playbooks[0]),
			   *other = playbook_get_title(comparison->playbooks[1]);
	g_autofree char *only_one = g_strdup_printf("only in %s", one), *only_other = g_strdup_printf("only in %s", other);
	g_autofree char *sooner = g_strdup_printf("sooner in %s", other), *later = g_strdup_printf("later in %s", other);
	bool all = comparison->compared > 1 && comparison->differing > 0;
	if (all) {
		printer_break(printer);
		printer_say(printer, SAY_HEADING, "In all");
	}
	printer_list(printer, "by_step");
	for (int step = 0; step < STEP_COUNT; step++) {
		const StepCounts *counts = &comparison->steps[step];
		g_autoptr(GString) text = g_string_new(NULL);
		append_count(text, counts->only_one, only_one);
		append_count(text, counts->only_other, only_other);
		append_count(text, counts->sooner, sooner);
		append_count(text, counts->later, later);
		append_count(text, counts->otherwise, "in another way");
		if (text->len == 0)
			continue;
		printer_object(printer, NULL);
		printer_string(printer, "step", NULL, word_text(WORDS_STEP, step));
		printer_integer(printer, "only_one", NULL, counts->only_one);
		printer_integer(printer, "only_other", NULL, counts->only_other);
		printer_integer(printer, "sooner", NULL, counts->sooner);
		printer_integer(printer, "later", NULL, counts->later);
		printer_integer(printer, "otherwise", NULL, counts->otherwise);
		printer_string(printer, "text", NULL, text->str);
		if (all)
			printer_row(printer, (const char *const[]){word_text(WORDS_STEP, step), text->str, NULL});
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

static void tell_end(const Comparison *comparison)
{
	Printer *printer = comparison->printer;
	printer_integer(printer, "compared", NULL, comparison->compared);
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
	first->reader = second->reader = app->zone;
	comparison.plans[0] = first;
	comparison.plans[1] = second;
	printer_object(printer, NULL);
	printer_string(printer, "one_title", NULL, playbook_get_title(comparison.playbooks[0]));
	printer_string(printer, "other_title", NULL, playbook_get_title(comparison.playbooks[1]));
	printer_list(printer, "opportunities");
	if (!compare_all(&comparison, args, error))
		return false;
	printer_list_end(printer);
	tell_steps(&comparison);
	tell_end(&comparison);
	printer_object_end(printer);
	return true;
}
