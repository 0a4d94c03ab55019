/* op-watch.c - followup watch: the mailbox is read, once or until stopped, and what came is taken in.
 */
#include "ops.h"
#include "watch.h"

#include <unistd.h>

enum {
	WAIT_SECONDS = 600, /* for news, before a look that nothing asked for */
	AGAIN_FIRST = 30,   /* seconds before a mailbox that cannot be reached is tried again; doubled up to */
	AGAIN_LONGEST = 900,
};

static void tell_counts(const WatchCounts *counts, Printer *printer)
{
	printer_list_end(printer);
	printer_integer(printer, "recorded", NULL, counts->recorded);
	printer_integer(printer, "proposed", NULL, counts->proposed);
	printer_integer(printer, "noted", NULL, counts->noted);
	printer_integer(printer, "settled", NULL, counts->settled);
	printer_object_end(printer);
}

static int count_all(const WatchCounts *counts)
{
	return counts->recorded + counts->proposed + counts->noted + counts->settled;
}

/* One look, told as a document of its own. */
static bool look(const WatchOrder *order, WatchCounts *ret_counts, GError **error)
{
	printer_object(order->printer, NULL);
	printer_list(order->printer, "mails");
	if (!watch_read(order, ret_counts, error))
		return false;
	tell_counts(ret_counts, order->printer);
	return true;
}

static bool watch_once(App *app, const InboxSetup *setup, Printer *printer, GError **error)
{
	Mailbox *mailbox = NULL;
	WatchCounts counts = {0};
	if (!inbox_open(app, setup, &mailbox, error))
		return false;
	const WatchOrder order = {app, setup, mailbox, printer, .quiet = false};
	bool good = look(&order, &counts, error);
	app->mail->mailbox_close(mailbox);
	if (good && count_all(&counts) == 0)
		printer_say(printer, SAY_TEXT, "Nothing new in the mailbox that concerns an opportunity.");
	return good;
}

/* What was told of a look that broke off is a document all the same. */
static void end_early(Printer *printer)
{
	printer_list_end(printer);
	printer_boolean(printer, "broken_off", true);
	printer_object_end(printer);
}

/* Looks and waits, as long as the connection holds. *ret_looked: it did hold for a look. */
static bool watch_while_open(App *app, const InboxSetup *setup, Printer *printer, bool *ret_looked, GError **error)
{
	Mailbox *mailbox = NULL;
	bool good = inbox_open(app, setup, &mailbox, error);
	while (good) {
		WatchCounts counts = {0};
		const WatchOrder order = {app, setup, mailbox, printer, .quiet = false};
		bool changed = false;
		app->now = app->clock();
		good = look(&order, &counts, error);
		if (!good)
			end_early(printer);
		*ret_looked = *ret_looked || good;
		printer_flush(printer);
		good = good && app->mail->mailbox_wait(mailbox, WAIT_SECONDS, &changed, error);
	}
	if (mailbox != NULL)
		app->mail->mailbox_close(mailbox);
	return good;
}

/* A mailbox that cannot be reached is tried again a little later each time; settings that are wrong are an error. */
static bool watch_on(App *app, const InboxSetup *setup, Printer *printer, GError **error)
{
	for (int64_t wait = 0;;) {
		g_autoptr(GError) failure = NULL;
		bool looked = false;
		(void)!watch_while_open(app, setup, printer, &looked, &failure);
		if (!g_error_matches(failure, BASE_ERROR, BASE_ERROR_TEMPORARY)) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return false;
		}
		wait = looked ? AGAIN_FIRST : CLAMP(wait * 2, AGAIN_FIRST, AGAIN_LONGEST);
		printer_say_text(printer, SAY_WARNING, failure->message);
		printer_flush(printer);
		sleep((unsigned)wait);
	}
}

bool op_watch(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	g_auto(InboxSetup) setup = {0};
	if (!inbox_setup_load(app, &setup, error))
		return false;
	if (op_args_has(args, "once"))
		return watch_once(app, &setup, printer, error);
	if (app->now_text != NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "now", "watch waits by the real clock; with --now, say --once too.");
	return watch_on(app, &setup, printer, error);
}
