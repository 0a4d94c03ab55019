/* remind.c - notices of what is due: once each, never in the quiet hours.
 */
#include "remind.h"

#include <notify/module.h>
#include <store/remind.h>
#include <string.h>

enum { DUE_LIMIT = 200, NOTICES_MAX = 3, LINES_MAX = 5 };

bool remind_is_wanted(const App *app)
{
	RemindSetup setup = remind_setup(app);
	return setup.desktop || setup.digest >= 0;
}

static bool is_quiet(const App *app, const RemindSetup *setup)
{
	int second = 0;
	(void)zone_to_day(app->zone, app->now, &second);
	if (setup->quiet_from <= setup->quiet_until)
		return second >= setup->quiet_from && second < setup->quiet_until;
	return second >= setup->quiet_from || second < setup->quiet_until;
}

/* ---- what is new ---- */

/* A thing is new if anything of it was not told yet. */
static bool is_new(App *app, const DueThing *thing, bool *ret_new, GError **error)
{
	*ret_new = false;
	for (guint i = 0; i < thing->keys->len && !*ret_new; i++) {
		bool told = false;
		if (!store_reminded_load(app->store, ACCOUNT_SELF, thing->opportunity, thing->keys->pdata[i], &told, error))
			return false;
		*ret_new = !told;
	}
	return true;
}

/* Puts it on record before it is shown, so that of two programs one shows it. */
static bool take(App *app, const DueThing *thing, bool *ret_first, GError **error)
{
	*ret_first = false;
	for (guint i = 0; i < thing->keys->len; i++) {
		bool first = false;
		if (!store_reminded_take(
				app->store, ACCOUNT_SELF, thing->opportunity, thing->keys->pdata[i], app->now, &first, error))
			return false;
		*ret_first = *ret_first || first;
	}
	return true;
}

static void drop(App *app, const GPtrArray *things)
{
	for (guint i = 0; i < things->len; i++) {
		const DueThing *thing = things->pdata[i];
		for (guint k = 0; k < thing->keys->len; k++)
			(void)!store_reminded_drop(app->store, ACCOUNT_SELF, thing->opportunity, thing->keys->pdata[k], NULL);
	}
}

static bool add_new(App *app, const Case *item, GPtrArray *fresh, GError **error)
{
	g_autoptr(GPtrArray) things = remind_list_due(app, item);
	for (guint i = 0; i < things->len;) {
		bool is_fresh = false;
		if (!is_new(app, things->pdata[i], &is_fresh, error))
			return false;
		if (is_fresh)
			g_ptr_array_add(fresh, g_ptr_array_steal_index(things, i));
		else
			i++;
	}
	return true;
}

/* Everything that is due and was told by no notice yet; of DueThing. */
static bool list_new(App *app, GPtrArray **ret_fresh, GError **error)
{
	g_autoptr(GPtrArray) records = NULL, fresh = g_ptr_array_new_with_free_func(due_thing_free);
	if (!store_due_load(app->store, ACCOUNT_SELF, app->now, DUE_LIMIT, &records, error))
		return false;
	while (records->len > 0) {
		g_autoptr(Case) item = NULL;
		if (!case_take(app, g_ptr_array_steal_index(records, 0), &item, error) || !add_new(app, item, fresh, error))
			return false;
	}
	*ret_fresh = g_steal_pointer(&fresh);
	return true;
}

/* ---- showing ---- */

/* A desktop that cannot be reached is no reason for a program that goes on to end. */
static bool show(App *app, const char *summary, const char *body, GError **error)
{
	static const ModuleName name = {
		"The part that shows notices", NOTIFY_MODULE_FILE, NOTIFY_MODULE_SYMBOL, NOTIFY_MODULE_VERSION};
	const Notice notice = {.summary = summary, .body = body};
	g_autoptr(GError) missing = NULL;
	const void *module = NULL;
	if (!desk_module_load(app, &name, &module, &missing))
		return base_error_set(error, BASE_ERROR_MISSING, NOTIFY_MODULE_FILE, "%s", missing->message);
	return ((const NotifyModule *)module)->show(&notice, error);
}

/* A few are shown one by one; many would bury the screen, and are one. */
static bool show_all(App *app, const GPtrArray *things, GError **error)
{
	g_autoptr(GString) body = g_string_new(NULL);
	g_autofree char *title = g_strdup_printf("%u things to do", things->len);
	for (guint i = 0; i < things->len; i++) {
		const DueThing *thing = things->pdata[i];
		g_autofree char *one = g_strdup_printf("%s.\n%s", thing->text, thing->command);
		if (things->len <= NOTICES_MAX && !show(app, thing->company, one, error))
			return false;
		if (i < LINES_MAX)
			g_string_append_printf(body, "%s%s: %s", i == 0 ? "" : "\n", thing->company, thing->text);
	}
	if (things->len > LINES_MAX)
		g_string_append(body, "\n\"followup\" shows the rest.");
	return things->len <= NOTICES_MAX || show(app, title, body->str, error);
}

void remind_tell(const RemindCounts *counts, Printer *printer)
{
	printer_object(printer, NULL);
	printer_list(printer, "reminders");
	for (guint i = 0; counts->things != NULL && i < counts->things->len; i++) {
		const DueThing *thing = counts->things->pdata[i];
		printer_object(printer, NULL);
		printer_integer(printer, "opportunity", NULL, thing->opportunity);
		printer_string(printer, "company", NULL, thing->company);
		printer_string(printer, "text", NULL, thing->text);
		printer_string(printer, "command", NULL, thing->command);
		printer_say(printer, SAY_ITEM, "%s: %s.", thing->company, thing->text);
		printer_say_text(printer, SAY_COMMAND, thing->command);
		printer_object_end(printer);
	}
	printer_list_end(printer);
	printer_integer(printer, "waiting", NULL, counts->waiting);
	printer_integer(printer, "digest", NULL, counts->digest);
	if (counts->digest > 0)
		printer_say(printer, SAY_GOOD, "Sent to yourself: what is to be done today.");
	printer_object_end(printer);
}

void remind_counts_clear(RemindCounts *counts)
{
	g_clear_pointer(&counts->things, g_ptr_array_unref);
}

static bool show_notices(App *app, RemindCounts *counts, GError **error)
{
	RemindSetup setup = remind_setup(app);
	g_autoptr(GPtrArray) fresh = NULL;
	if (!setup.desktop)
		return true;
	if (!list_new(app, &fresh, error))
		return false;
	if (is_quiet(app, &setup)) {
		counts->waiting = (int)fresh->len;
		return true;
	}
	for (guint i = 0; i < fresh->len;) {
		bool first = false;
		if (!take(app, fresh->pdata[i], &first, error))
			return false;
		if (first)
			i++;
		else
			g_ptr_array_remove_index(fresh, i);
	}
	if (fresh->len > 0 && !show_all(app, fresh, error)) {
		drop(app, fresh);
		return false;
	}
	counts->told = (int)fresh->len;
	counts->things = g_steal_pointer(&fresh);
	return true;
}

/* Without a desktop there is still the mail. */
bool remind_give(App *app, RemindCounts *ret_counts, GError **error)
{
	g_autoptr(GError) no_notice = NULL;
	bool shown = show_notices(app, ret_counts, &no_notice);
	bool passes = shown || (no_notice->domain == BASE_ERROR && no_notice->code != BASE_ERROR_INTERNAL);
	if (passes && !remind_digest(app, ret_counts, error))
		return false;
	if (!shown)
		g_propagate_error(error, g_steal_pointer(&no_notice));
	return shown;
}
