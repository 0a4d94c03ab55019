/* remind-digest.c - the morning's mail to oneself: what is to be done that day, and what was last with whom.
 *
 * It is on record as sent before it leaves: whatever happens on the way, there are never two on one day.
 */
#include "dispatch.h"
#include "remind.h"

#include <base/address.h>
#include <store/remind.h>
#include <sys/random.h>

enum { DUE_LIMIT = 200, KEPT_DAYS = 400 };

/* Everything of the day, or nothing: *ret_body is NULL then. */
static bool write_body(App *app, int64_t until, char **ret_body, int *ret_count, GError **error)
{
	g_autoptr(GPtrArray) records = NULL;
	g_autoptr(GString) body = g_string_new(NULL);
	if (!store_due_load(app->store, ACCOUNT_SELF, until - 1, DUE_LIMIT, &records, error))
		return false;
	*ret_count = 0;
	while (records->len > 0) {
		g_autoptr(Case) item = NULL;
		if (!case_take(app, g_ptr_array_steal_index(records, 0), &item, error))
			return false;
		*ret_count += remind_describe(app, item, until, body);
	}
	*ret_body = *ret_count == 0 ? NULL : g_string_free(g_steal_pointer(&body), FALSE);
	return true;
}

static bool compose(App *app, const MailSetup *setup, const char *body, int count, GString **ret_eml, GError **error)
{
	uint8_t random[ADDRESS_RANDOM_BYTES];
	g_autofree char *id = NULL;
	g_autofree char *day = when_name_day(app->zone, zone_to_day(app->zone, app->now, NULL), app->now);
	g_autofree char *subject =
		g_strdup_printf("Follow-ups for %s: %d %s", day, count, count == 1 ? "opportunity" : "opportunities");
	if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
		return base_error_set(
			error, BASE_ERROR_INTERNAL, NULL, "The system gives no random bytes for a Message-ID; try again.");
	if (!address_new_message_id(setup->from_address, random, &id, error))
		return false;
	const MailMessage message = {
		.from_name = setup->from_name,
		.from_address = setup->from_address,
		.to_name = setup->from_name,
		.to_address = setup->from_address,
		.subject = subject,
		.body = body,
		.message_id = id,
		.date_at = app->now,
		.date_offset = zone_offset_at(app->zone, app->now),
		.user_agent = "followup"};
	return app->mail->compose(&message, ret_eml, error);
}

/* ---- one message through a session ---- */

typedef struct Letter {
	SmtpMessage message;
	SmtpResult result;
	bool given;
} Letter;

static const SmtpMessage *give(void *data)
{
	Letter *letter = data;
	bool before = letter->given;
	letter->given = true;
	return before ? NULL : &letter->message;
}

static bool may_finish(void *data)
{
	(void)data;
	return true; /* it was put on record before */
}

static void hear(void *data, const SmtpResult *result)
{
	((Letter *)data)->result = *result;
}

static bool transmit(App *app, const MailSetup *setup, Letter *letter, GError **error)
{
	const SmtpCallbacks callbacks = {.next = give, .may_finish = may_finish, .told = hear, .data = letter};
	const NetModule *net = NULL;
	SmtpSession *session = NULL;
	char *secret = NULL;
	if (!desk_net_load(app, &net, error))
		return false;
	if (setup->server.auth != SMTP_AUTH_NONE && !app->mail->secret_load(&setup->secret, &secret, error))
		return false;
	bool opened = net->smtp_open(&setup->server, secret, &session, error);
	app->mail->secret_free(secret);
	if (!opened)
		return false;
	(void)!net->smtp_send(session, &callbacks);
	net->smtp_quit(session);
	/* Whether it went is not known: then it went, for there is no second one. */
	bool gone = letter->result.outcome == SMTP_SENT || letter->result.outcome == SMTP_UNKNOWN;
	return gone || base_error_set(
					   error, BASE_ERROR_TEMPORARY, NULL, "The morning's mail to yourself was not taken: %s",
					   letter->result.text);
}

static bool send_body(App *app, const char *body, int count, GError **error)
{
	const MailModule *mail = NULL;
	MailSetup setup = {0};
	GString *eml = NULL;
	g_autofree char *address = NULL;
	if (!desk_mail_load(app, &mail, error) || !dispatch_setup_load(app, &setup, error) ||
		!address_to_ascii(setup.from_address, &address, error) || !compose(app, &setup, body, count, &eml, error))
		return false;
	Letter letter = {
		.message = {address, address, eml->str, eml->len},
		.result = {.outcome = SMTP_RETRY, .text = "the connection was lost"}};
	bool good = transmit(app, &setup, &letter, error);
	g_string_free(eml, TRUE);
	return good;
}

/* ---- once a day ---- */

static bool send_once(App *app, const char *key, const char *body, int count, RemindCounts *counts, GError **error)
{
	bool first = false;
	if (!store_reminded_take(app->store, ACCOUNT_SELF, 0, key, app->now, &first, error))
		return false;
	if (!first)
		return true;
	if (!send_body(app, body, count, error)) {
		(void)!store_reminded_drop(app->store, ACCOUNT_SELF, 0, key, NULL);
		return false;
	}
	counts->digest = 1;
	return store_reminded_forget(app->store, ACCOUNT_SELF, app->now - (int64_t)KEPT_DAYS * DAY_SECONDS, error);
}

bool remind_digest(App *app, RemindCounts *counts, GError **error)
{
	RemindSetup setup = remind_setup(app);
	char text[DAY_TEXT_BYTES];
	int second = 0, count = 0;
	bool told = false;
	g_autofree char *body = NULL;
	Day today = zone_to_day(app->zone, app->now, &second);
	g_autofree char *key = g_strconcat("digest ", day_format(today, text), NULL);
	if (setup.digest < 0 || second < setup.digest)
		return true;
	if (!store_reminded_load(app->store, ACCOUNT_SELF, 0, key, &told, error))
		return false;
	if (told)
		return true;
	if (!write_body(app, zone_to_instant(app->zone, today + 1, 0), &body, &count, error) ||
		(body != NULL && !send_once(app, key, body, count, counts, error)))
		return false;
	return true;
}
