/* op-remind.c - followup remind: its user is told what is due, once (for cron); and how that is set up.
 */
#include "intake.h"
#include "ops.h"
#include "remind.h"

bool op_remind(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_auto(RemindCounts) counts = {0};
	if (!remind_give(app, &counts, error))
		return false;
	remind_tell(&counts, printer);
	if (counts.waiting > 0)
		printer_say(
			printer, SAY_TEXT, "%d %s until the quiet hours are over.", counts.waiting,
			counts.waiting == 1 ? "thing waits" : "things wait");
	else if (counts.told + counts.digest == 0)
		printer_say(printer, SAY_TEXT, "Nothing new to remind of.");
	return true;
}

static void keep(App *app, const char *key, const char *value)
{
	if (value != NULL)
		g_hash_table_insert(app->account->settings, g_strdup(key), g_strdup(value));
}

bool remind_configure(App *app, const OpArgs *args, GError **error)
{
	const char *quiet = op_args_get(args, "quiet"), *digest = op_args_get(args, "digest");
	int from = 0, until = 0;
	bool no_quiet = g_strcmp0(quiet, "no") == 0 || g_strcmp0(quiet, "-") == 0;
	bool no_digest = g_strcmp0(digest, "no") == 0 || g_strcmp0(digest, "-") == 0;
	if (quiet != NULL && !no_quiet && !remind_read_span(quiet, &from, &until))
		return base_error_set(
			error, BASE_ERROR_INVALID, "quiet", "Quiet hours are from a time to a time, such as 21:00-08:00; or no.");
	if (digest != NULL && !no_digest && !remind_read_time(digest, &from))
		return base_error_set(
			error, BASE_ERROR_INVALID, "digest", "The morning's mail goes at a time of day, such as 08:00; or no.");
	keep(app, "reminders.quiet", no_quiet ? "00:00-00:00" : quiet);
	keep(app, "reminders.desktop", op_args_get(args, "desktop"));
	if (no_digest)
		g_hash_table_remove(app->account->settings, "reminders.digest");
	else
		keep(app, "reminders.digest", digest);
	return store_account_save(app->store, app->account, error);
}
