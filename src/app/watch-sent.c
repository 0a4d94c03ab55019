/* watch-sent.c - notes of which it is not known whether they went, looked for among the sent ones.
 *
 * That one is there proves that it went.  That it is not there proves nothing by itself: many servers keep no copy of
 * what programs send.  Where another note of the same days is there it is likely that this one did not go; its user is
 * asked all the same.
 */
#include "dispatch.h"
#include "watch.h"

#include <string.h>

enum { AT_ONCE = 200 };

static bool find_id(App *app, Mailbox *mailbox, const char *message_id, bool *ret_found, GError **error)
{
	g_autofree char *id = g_strdup(message_id[0] == '<' ? message_id + 1 : message_id);
	if (g_str_has_suffix(id, ">"))
		id[strlen(id) - 1] = '\0';
	return app->mail->mailbox_find_sent(mailbox, id, ret_found, error);
}

/* Whether a note that did go, within some days of this one, is there. */
static bool keeps_copies(App *app, Mailbox *mailbox, const OutboxRow *row, bool *ret_keeps, GError **error)
{
	enum { NEAR = 14 * DAY_SECONDS, TRIES = 3 };
	g_autoptr(GPtrArray) sent = NULL;
	int tries = 0;
	*ret_keeps = false;
	if (!store_outbox_list(app->store, ACCOUNT_SELF, OUTBOX_SENT, AT_ONCE, &sent, error))
		return false;
	for (guint i = sent->len; i-- > 0 && tries < TRIES && !*ret_keeps;) {
		const OutboxRow *other = g_ptr_array_index(sent, i);
		if (ABS(other->sent_at - row->send_at) > NEAR)
			continue;
		tries++;
		if (!find_id(app, mailbox, other->message_id, ret_keeps, error))
			return false;
	}
	return true;
}

bool watch_find_sent(App *app, Mailbox *mailbox, const OutboxRow *row, bool *ret_found, char **ret_why, GError **error)
{
	g_autoptr(GError) missing = NULL;
	bool found = false, keeps = false;
	if (!find_id(app, mailbox, row->message_id, &found, &missing)) {
		bool no_folder = g_error_matches(missing, BASE_ERROR, BASE_ERROR_MISSING);
		if (no_folder) {
			*ret_found = false;
			*ret_why = g_strdup("There is no folder of sent mail to look into.");
		} else {
			g_propagate_error(error, g_steal_pointer(&missing));
		}
		return no_folder;
	}
	if (!found && !keeps_copies(app, mailbox, row, &keeps, error))
		return false;
	*ret_found = found;
	if (!found)
		*ret_why = g_strdup(
			keeps ? "It is not among your sent mail, where other notes of those days are: most likely it did not go."
				  : WATCH_NOT_AMONG_SENT ", but neither is any other note: your server keeps no copies there.");
	return true;
}

static void tell(const WatchOrder *order, const OutboxRow *row)
{
	Printer *printer = order->printer;
	if (!order->quiet) {
		printer_object(printer, NULL);
		printer_integer(printer, "opportunity", NULL, row->opportunity);
		printer_string(printer, "kind", NULL, "sent");
		printer_string(printer, "message_id", NULL, row->message_id);
		printer_string(printer, "subject", NULL, row->subject);
		printer_object_end(printer);
	}
	printer_say(
		printer, SAY_GOOD, "\"%s\" to %s did go: it is among your sent mail.", row->subject,
		row->to_name == NULL ? row->to_address : row->to_name);
}

/* Keeps what was found out, or why it was not. */
static bool settle(const WatchOrder *order, const OutboxRow *row, bool found, const char *why, GError **error)
{
	App *app = order->app;
	g_autoptr(Case) item = NULL;
	const OutboxResult result = {
		.row = row,
		.state = found ? OUTBOX_SENT : OUTBOX_UNKNOWN,
		.at = MIN(row->send_at, app->now),
		.response = row->response,
		.last_error = found ? NULL : why};
	if (!found)
		return store_outbox_settle(app->store, &result, 1, NULL, error);
	return case_load_id(app, row->opportunity, &item, error) && dispatch_settle(app, item, &result, error);
}

bool watch_settle_unknown(const WatchOrder *order, int *ret_settled, GError **error)
{
	App *app = order->app;
	g_autoptr(GPtrArray) rows = NULL;
	*ret_settled = 0;
	if (!store_outbox_list(app->store, ACCOUNT_SELF, OUTBOX_UNKNOWN, AT_ONCE, &rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const OutboxRow *row = g_ptr_array_index(rows, i);
		g_autoptr(GError) failure = NULL;
		g_autofree char *why = NULL;
		bool found = false;
		if (!watch_find_sent(app, order->mailbox, row, &found, &why, error))
			return false;
		if (!found && g_strcmp0(why, row->last_error) == 0)
			continue;
		if (settle(order, row, found, why, &failure)) {
			*ret_settled += found;
			if (found)
				tell(order, row);
		} else if (!g_error_matches(failure, BASE_ERROR, BASE_ERROR_CONFLICT)) { /* else: next time */
			g_propagate_error(error, g_steal_pointer(&failure));
			return false;
		}
	}
	return true;
}
