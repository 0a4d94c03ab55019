/* watch-run.c - one look into the mailbox, from its mark to the next; and the one right before notes leave.
 *
 * Mails are stored some at a time, each group with what it changes in one transaction, and the mark at the very end: a
 * look that breaks off is begun anew, and finds by their Message-IDs what it did already.
 */
#include "task.h"
#include "watch.h"

#include <string.h>

enum {
	GROUP = 64,                   /* mails stored at once, and opportunities kept in memory */
	LOOK_BACK = 60 * DAY_SECONDS, /* before the first opportunity, where the mailbox was never read */
	LOOK_AGAIN = 60,              /* seconds, before notes leave */
};

typedef struct Watch {
	const WatchOrder *order;
	const Known *known;
	GHashTable *cases;
	GPtrArray *mails; /* of WatchMail: read, and not stored yet */
	WatchCounts *counts;
} Watch;

/* ---- telling ---- */

static void tell_data(const WatchOrder *order, const InboxItem *item, const Facts *facts)
{
	if (order->quiet || !order->printer->for_programs)
		return;
	printer_object(order->printer, NULL);
	inbox_tell(order->app, item, facts, order->printer);
	printer_object_end(order->printer);
}

static void say_recorded(const WatchOrder *order, const InboxItem *item, const Case *about)
{
	App *app = order->app;
	Printer *printer = order->printer;
	const Facts *facts = about->record->facts;
	Event event;
	if (!inbox_make_event(app, item, about, &event))
		return;
	g_autofree char *company = say_opportunity(facts), *what = say_event(app, facts, &event);
	g_autofree char *when = say_time(app, facts, event.at);
	printer_say(printer, SAY_GOOD, "On record at %s: %s, %s.", company, what, when);
	if (item->quote != NULL)
		printer_say_text(printer, SAY_QUOTE, item->quote);
}

static void say_open(const WatchOrder *order, const InboxItem *item, const Facts *facts)
{
	Printer *printer = order->printer;
	g_autofree char *company = say_opportunity(facts), *question = inbox_say_question(item, facts);
	g_autofree char *reading = inbox_say_reading(order->app, item);
	printer_say(printer, SAY_WARNING, "%s: %s %s", company, question, reading);
	if (item->quote != NULL)
		printer_say_text(printer, SAY_QUOTE, item->quote);
	if (inbox_say_reason(item) != NULL)
		printer_say_text(printer, SAY_DETAIL, inbox_say_reason(item));
	printer_say(printer, SAY_COMMAND, "followup inbox %" G_GINT64_FORMAT " --confirm", item->number);
}

static void say_noted(const WatchOrder *order, const InboxItem *item, const Facts *facts)
{
	g_autofree char *company = say_opportunity(facts), *sender = inbox_say_sender(item, facts);
	printer_say(
		order->printer, SAY_TEXT, "%s: a mail by %s changes nothing (%s): \"%s\".", company, sender,
		inbox_kind_word((int)item->kind), item->subject == NULL ? "" : item->subject);
}

/* Says of each opportunity of which something was recorded what it comes to now. */
static void say_next(const Watch *watch)
{
	g_autoptr(GHashTable) said = g_hash_table_new(g_direct_hash, g_direct_equal);
	for (guint i = 0; i < watch->mails->len && !watch->order->quiet; i++) {
		const WatchMail *mail = g_ptr_array_index(watch->mails, i);
		const Case *about = g_hash_table_lookup(watch->cases, &mail->item->opportunity);
		if (mail->item->state != INBOX_RECORDED || about == NULL || !g_hash_table_add(said, (gpointer)about))
			continue;
		g_autofree char *company = say_opportunity(about->record->facts);
		g_autofree char *verdict = plan_explain_verdict(about->plan);
		printer_say(watch->order->printer, SAY_DETAIL, "%s: %s", company, verdict);
		task_say_next(watch->order->app, about, watch->order->printer);
	}
}

static void tell(const Watch *watch)
{
	const WatchOrder *order = watch->order;
	for (guint i = 0; i < watch->mails->len; i++) {
		const InboxItem *item = ((const WatchMail *)g_ptr_array_index(watch->mails, i))->item;
		const Case *about = g_hash_table_lookup(watch->cases, &item->opportunity);
		watch->counts->recorded += item->state == INBOX_RECORDED;
		watch->counts->proposed += item->state == INBOX_OPEN;
		watch->counts->noted += item->state == INBOX_NOTED;
		if (about == NULL)
			continue;
		tell_data(order, item, about->record->facts);
		if (!order->printer->for_people)
			continue;
		if (item->state == INBOX_RECORDED)
			say_recorded(order, item, about);
		else if (item->state == INBOX_OPEN)
			say_open(order, item, about->record->facts);
		else
			say_noted(order, item, about->record->facts);
	}
	if (order->printer->for_people)
		say_next(watch);
}

/* ---- reading ---- */

static bool store_group(Watch *watch, GError **error)
{
	if (!watch_save(watch->order->app, watch->mails, watch->cases, error))
		return false;
	tell(watch);
	g_ptr_array_set_size(watch->mails, 0);
	g_hash_table_remove_all(watch->cases);
	return true;
}

static bool wants(const char *head, size_t length, void *data)
{
	return known_wants(((const Watch *)data)->known, head, length);
}

static bool is_waiting(const Watch *watch, const char *message_id)
{
	for (guint i = 0; i < watch->mails->len; i++)
		if (strcmp(((const WatchMail *)g_ptr_array_index(watch->mails, i))->item->message_id, message_id) == 0)
			return true;
	return false;
}

static bool take(const char *bytes, size_t length, void *data, GError **error)
{
	Watch *watch = data;
	const WatchDesk desk = {watch->order->app, watch->known, watch->cases};
	WatchMail *mail = NULL;
	if (!watch_mail_read(&desk, bytes, length, &mail, error))
		return false;
	if (mail != NULL && is_waiting(watch, mail->item->message_id))
		g_clear_pointer(&mail, watch_mail_free);
	if (mail != NULL)
		g_ptr_array_add(watch->mails, mail);
	return watch->mails->len < GROUP || store_group(watch, error);
}

/* From when on a mailbox that was never read is looked through. Under a --now of its user's, whose day the files of a
 * mailbox know nothing of, all of it. */
static bool find_since(App *app, int64_t *ret_since, GError **error)
{
	int64_t first = TIME_NONE;
	if (!store_first_created_at(app->store, ACCOUNT_SELF, &first, error))
		return false;
	*ret_since = app->now_text != NULL ? 0 : (first == TIME_NONE ? app->now : MIN(first, app->now)) - LOOK_BACK;
	return true;
}

static bool keep_mark(App *app, const InboxSetup *setup, GBytes *before, GBytes *mark, GError **error)
{
	const InboxSave save = {.account = ACCOUNT_SELF, .mailbox = setup->name, .mark = mark, .read_at = app->now};
	return (before != NULL && g_bytes_equal(before, mark)) || store_inbox_save(app->store, &save, error);
}

static bool read_new(const WatchOrder *order, Watch *watch, GError **error)
{
	App *app = order->app;
	g_autoptr(GBytes) before = NULL, mark = NULL;
	const MailboxVisit visit = {wants, take, watch};
	int64_t read_at = 0, since = 0;
	return store_mailbox_load(app->store, ACCOUNT_SELF, order->setup->name, &before, &read_at, error) &&
		   find_since(app, &since, error) &&
		   app->mail->mailbox_read(order->mailbox, before, since, &visit, &mark, error) && store_group(watch, error) &&
		   keep_mark(app, order->setup, before, mark, error);
}

bool watch_read(const WatchOrder *order, WatchCounts *ret_counts, GError **error)
{
	g_autoptr(Known) known = NULL;
	g_autoptr(GHashTable) cases = watch_cases_new();
	g_autoptr(GPtrArray) mails = g_ptr_array_new_with_free_func((GDestroyNotify)watch_mail_free);
	WatchCounts counts = {0};
	if (!watch_settle_unknown(order, &counts.settled, error) || !known_load(order->app, &known, error))
		return false;
	Watch watch = {order, known, cases, mails, &counts};
	if (!read_new(order, &watch, error))
		return false;
	*ret_counts = counts;
	return true;
}

/* ---- before notes leave ---- */

static bool look(App *app, Printer *printer, GError **error)
{
	g_auto(InboxSetup) setup = {0};
	Mailbox *mailbox = NULL;
	WatchCounts counts = {0};
	if (!inbox_setup_load(app, &setup, error) || !inbox_open(app, &setup, &mailbox, error))
		return false;
	const WatchOrder order = {app, &setup, mailbox, printer, .quiet = true};
	bool good = watch_read(&order, &counts, error);
	app->mail->mailbox_close(mailbox);
	return good;
}

bool watch_before_sending(App *app, Printer *printer, GError **error)
{
	g_autoptr(GError) failure = NULL;
	int64_t now = g_get_monotonic_time() / G_USEC_PER_SEC;
	if (!inbox_is_set_up(app) || (app->mailbox_read_at != 0 && now - app->mailbox_read_at < LOOK_AGAIN))
		return true;
	app->mailbox_read_at = MAX(now, 1);
	g_clear_pointer(&app->mailbox_fault, g_free);
	if (look(app, printer, &failure))
		return true;
	if (g_error_matches(failure, BASE_ERROR, BASE_ERROR_INTERNAL)) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return false;
	}
	app->mailbox_fault = g_strdup(failure->message);
	printer_say_text(printer, SAY_WARNING, failure->message);
	return true;
}
