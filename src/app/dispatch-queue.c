/* dispatch-queue.c - an approved note enters the outbox: when it leaves, from whom, in which thread.
 */
#include "dispatch-gate.h"
#include "dispatch.h"

#include <base/address.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static int number_setting(const App *app, const char *key)
{
	const char *text = desk_setting(app, key);
	return text == NULL ? 0 : atoi(text);
}

bool dispatch_setup_load(const App *app, MailSetup *ret_setup, GError **error)
{
	MailSetup setup = {
		.server =
			{.host = desk_setting(app, "mail.host"),
			 .port = number_setting(app, "mail.port"),
			 .user = desk_setting(app, "mail.user"),
			 .ca_file = desk_setting(app, "mail.ca-file"),
			 .stop_fd = app->stop_fd},
		.secret =
			{.command = desk_setting(app, "mail.secret-command"),
			 .path = desk_setting(app, "mail.secret-file"),
			 .host = desk_setting(app, "mail.host"),
			 .user = desk_setting(app, "mail.user"),
			 .stop_fd = app->stop_fd},
		.from_name = app->account->me.name,
		.from_address =
			desk_setting(app, "mail.from") == NULL ? app->account->me.email : desk_setting(app, "mail.from"),
	};
	if (setup.server.host == NULL || setup.from_address == NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "mail",
			"No mail account is set up yet; do it with: followup config mail --address ADDRESS");
	(void)smtp_security_find(desk_setting(app, "mail.security"), &setup.server.security);
	(void)smtp_auth_find(desk_setting(app, "mail.auth"), &setup.server.auth);
	if (setup.server.auth == SMTP_AUTH_NONE)
		setup.server.user = NULL;
	setup.secret.kind = setup.secret.command != NULL ? MAIL_SECRET_COMMAND
						: setup.secret.path != NULL  ? MAIL_SECRET_FILE
													 : MAIL_SECRET_KEYRING;
	*ret_setup = setup;
	return true;
}

/* A check-in continues the thread of the thank-you; a thank-you, a friendly word months later and a question about
 * somebody else begin one. */
const OutboxRow *dispatch_find_thread(const Case *item, int step, int person)
{
	if (step == STEP_THANK_YOU || step == STEP_KEEP_IN_TOUCH || step == STEP_GET_CONTACT)
		return NULL;
	for (int i = (int)item->record->outbox->len - 1; i >= 0; i--) {
		const OutboxRow *row = record_outbox(item->record, i);
		if (row->state == OUTBOX_SENT && row->draft != NO_DRAFT &&
			record_draft(item->record, row->draft)->person == person)
			return row;
	}
	return NULL;
}

static void set_thread(const Case *item, OutboxRow *row, const Draft *draft)
{
	const OutboxRow *earlier = dispatch_find_thread(item, draft->step, draft->person);
	if (earlier == NULL)
		return;
	row->in_reply_to = g_strdup(earlier->message_id);
	row->references = earlier->references == NULL ? g_strdup(earlier->message_id)
												  : g_strdup_printf("%s %s", earlier->references, earlier->message_id);
}

static bool fill_row(App *app, Case *item, OutboxRow *row, const Draft *draft, const char *from_address, GError **error)
{
	g_autofree char *id = NULL, *ascii = NULL;
	uint8_t random[ADDRESS_RANDOM_BYTES];
	const Person *to = facts_person(item->record->facts, draft->person);
	if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
		return base_error_set(
			error, BASE_ERROR_INTERNAL, NULL, "The system gives no random bytes for a Message-ID; try again.");
	if (!address_new_message_id(from_address, random, &id, error) || !address_to_ascii(to->email, &ascii, error))
		return false;
	row->message_id = g_strdup_printf("<%s>", id);
	row->from_name = g_strdup(app->account->me.name);
	row->from_address = g_strdup(from_address);
	row->to_name = g_strdup(to->name);
	row->to_address = g_strdup(to->email);
	row->subject = g_strdup(draft->subject == NULL ? "" : draft->subject);
	row->body = g_strdup(draft->body);
	set_thread(item, row, draft);
	return true;
}

bool dispatch_enqueue(App *app, Case *item, Change *change, int index, int64_t send_at, GError **error)
{
	const Draft *draft = record_draft(item->record, index);
	const char *from = desk_setting(app, "mail.from") == NULL ? app->account->me.email : desk_setting(app, "mail.from");
	const Person *to = draft->person == NOBODY ? NULL : facts_person(item->record->facts, draft->person);
	if (from == NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "email",
			"Your own address is not on record; give it with: followup config me --email ADDRESS");
	if (to == NULL || to->email == NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "email",
			"There is no e-mail address of %s on record; give it with: followup people %s %s --email ADDRESS",
			to == NULL ? "the person" : to->name, item->record->facts->company, to == NULL ? "PERSON" : to->id);
	OutboxRow *row = record_add_outbox(item->record);
	row->draft = index;
	row->created_at = app->now;
	row->send_at = send_at;
	row->state = OUTBOX_READY;
	row->review_seal = gate_seal(item, index, send_at);
	if (!fill_row(app, item, row, draft, from, error))
		return false;
	change_put(change, PART_OUTBOX, (int)item->record->outbox->len - 1);
	return true;
}

bool dispatch_find_waiting(App *app, int64_t after, int64_t until, GArray **ret_ids, GError **error)
{
	const OutboxSpan span = {ACCOUNT_SELF, after, until, INT_MAX};
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal); /* keys borrowed from the rows */
	if (!store_outbox_waiting(app->store, &span, &rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		OutboxRow *row = rows->pdata[i];
		if (g_hash_table_add(seen, &row->opportunity))
			g_array_append_val(ids, row->opportunity);
	}
	*ret_ids = g_steal_pointer(&ids);
	return true;
}
