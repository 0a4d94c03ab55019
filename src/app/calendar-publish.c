/* calendar-publish.c - what the server has of ours against what there is now.
 *
 * Ours is what the store says was put there, by uid.  An event that its user moved or noted something in, in the
 * calendar, is left so until it changes here too.  Each step is on record when it is done: broken off, it goes on.
 */
#include "calendar-publish.h"

#include "calendar-events.h"
#include "foreign-file.h"

#include <store/remind.h>
#include <string.h>

bool calendar_setup_load(const App *app, CalendarSetup *ret_setup, GError **error)
{
	const char *command = desk_setting(app, "calendar.secret-command"),
			   *file = desk_setting(app, "calendar.secret-file");
	const char *url = desk_setting(app, "calendar.url"), *user = desk_setting(app, "calendar.user");
	g_autoptr(GUri) uri = url == NULL ? NULL : g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
	if (url == NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "calendar",
			"No calendar is set up yet; do it with: followup config calendar --url ADDRESS --user NAME");
	*ret_setup = (CalendarSetup){
		.server =
			{.url = url,
			 .user = user,
			 .is_token = g_strcmp0(desk_setting(app, "calendar.auth"), "xoauth2") == 0,
			 .ca_file = desk_setting(app, "calendar.ca-file"),
			 .stop_fd = app->stop_fd},
		.secret =
			{.kind = command != NULL ? MAIL_SECRET_COMMAND
					 : file != NULL  ? MAIL_SECRET_FILE
									 : MAIL_SECRET_KEYRING,
			 .command = command,
			 .path = file,
			 .host = uri == NULL || g_uri_get_host(uri) == NULL ? url : g_intern_string(g_uri_get_host(uri)),
			 .user = user,
			 .stop_fd = app->stop_fd},
		.has_login = user != NULL && g_strcmp0(desk_setting(app, "calendar.auth"), "none") != 0};
	return true;
}

bool calendar_open(App *app, const CalendarSetup *setup, DavSession **ret_session, GError **error)
{
	const MailModule *mail = NULL;
	const NetModule *net = NULL;
	char *secret = NULL;
	if (!desk_mail_load(app, &mail, error) || !desk_net_load(app, &net, error) ||
		!net->dav_check(&setup->server, error) ||
		(setup->has_login && !mail->secret_load(&setup->secret, &secret, error)))
		return false;
	bool opened = net->dav_open(&setup->server, secret, ret_session, error);
	mail->secret_free(secret);
	return opened;
}

/* ---- what is where ---- */

typedef struct Publishing {
	App *app;
	const char *url;
	const ExchangeModule *exchange;
	DavSession *session;
	GHashTable *there; /* char* name to DavItem*, on the server */
	GHashTable *ours;  /* char* uid to Published*, as the store has it */
	PublishCounts *counts;
	int64_t until; /* microseconds of the monotonic clock, or 0 */
} Publishing;

static char *name_of(const char *uid)
{
	return g_strconcat(uid, ".ics", NULL);
}

/* A hash of what makes an event another one: not when it was written. */
static char *seal_of(const ExchangeModule *exchange, const CalendarEntry *entry, GError **error)
{
	CalendarEvent event = entry->event;
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	GString *text = NULL;
	event.stamp = 0;
	event.sequence = 0;
	g_ptr_array_add(one, &event);
	if (!exchange->write_calendar(one, NULL, &text, error))
		return NULL;
	char *seal = g_compute_checksum_for_data(G_CHECKSUM_SHA1, (const guchar *)text->str, text->len);
	g_string_free(text, TRUE);
	return seal;
}

static bool keep(const Publishing *job, const char *uid, const char *etag, const char *seal, GError **error)
{
	g_autoptr(Published) event = published_new(uid, etag, seal);
	return store_published_put(job->app->store, ACCOUNT_SELF, job->url, event, error);
}

static bool put(const Publishing *job, const CalendarEntry *entry, const char *seal, GError **error)
{
	g_autofree char *name = name_of(entry->uid), *etag = NULL;
	const DavItem *there = g_hash_table_lookup(job->there, name);
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	DavOutcome outcome = DAV_DONE;
	GString *text = NULL;
	g_ptr_array_add(one, (void *)&entry->event);
	if (!job->exchange->write_calendar(one, NULL, &text, error))
		return false;
	const DavObject object = {name, text->str, text->len, there == NULL ? NULL : there->etag};
	bool good = job->app->net->dav_put(job->session, &object, &outcome, &etag, error);
	g_string_free(text, TRUE);
	if (!good)
		return false;
	if (outcome != DAV_DONE) { /* somebody was at it this very moment: the next time */
		job->counts->foreign++;
		return true;
	}
	*(there == NULL ? &job->counts->created : &job->counts->updated) += 1;
	return keep(job, entry->uid, etag, seal, error);
}

static bool publish_one(const Publishing *job, const CalendarEntry *entry, GError **error)
{
	g_autofree char *seal = seal_of(job->exchange, entry, error), *name = name_of(entry->uid);
	const Published *known = g_hash_table_lookup(job->ours, entry->uid);
	if (seal == NULL)
		return false;
	if (known != NULL && strcmp(known->seal, seal) == 0 && g_hash_table_contains(job->there, name)) {
		job->counts->kept++;
		return true;
	}
	return put(job, entry, seal, error);
}

static bool remove_one(const Publishing *job, const char *uid, GError **error)
{
	g_autofree char *name = name_of(uid);
	const DavItem *there = g_hash_table_lookup(job->there, name);
	DavOutcome outcome = DAV_GONE;
	if (there != NULL && !job->app->net->dav_remove(job->session, name, there->etag, &outcome, error))
		return false;
	if (outcome == DAV_CHANGED) {
		job->counts->foreign++;
		return true;
	}
	job->counts->removed += there != NULL;
	return store_published_remove(job->app->store, ACCOUNT_SELF, job->url, uid, error);
}

static bool is_over(const Publishing *job)
{
	return desk_is_stopping(job->app) || (job->until != 0 && g_get_monotonic_time() >= job->until);
}

static bool publish_all(const Publishing *job, const GPtrArray *entries, const GPtrArray *ours, GError **error)
{
	g_autoptr(GHashTable) wanted = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < entries->len; i++)
		g_hash_table_add(wanted, ((const CalendarEntry *)entries->pdata[i])->uid);
	for (guint i = 0; i < entries->len && !is_over(job); i++)
		if (!publish_one(job, entries->pdata[i], error))
			return false;
	for (guint i = 0; i < ours->len && !is_over(job); i++) {
		const Published *event = ours->pdata[i];
		if (!g_hash_table_contains(wanted, event->uid) && !remove_one(job, event->uid, error))
			return false;
	}
	job->counts->over = !is_over(job);
	return true;
}

static bool publish_open(Publishing *job, const GPtrArray *entries, GError **error)
{
	g_autoptr(GPtrArray) items = NULL, ours = NULL;
	g_autoptr(GHashTable) there = g_hash_table_new(g_str_hash, g_str_equal),
						  known = g_hash_table_new(g_str_hash, g_str_equal);
	if (!job->app->net->dav_list(job->session, &items, error) ||
		!store_published_list(job->app->store, ACCOUNT_SELF, job->url, &ours, error))
		return false;
	for (guint i = 0; i < items->len; i++)
		g_hash_table_insert(there, ((DavItem *)items->pdata[i])->name, items->pdata[i]);
	for (guint i = 0; i < ours->len; i++)
		g_hash_table_insert(known, ((Published *)ours->pdata[i])->uid, ours->pdata[i]);
	job->there = there;
	job->ours = known;
	return publish_all(job, entries, ours, error);
}

bool calendar_publish(App *app, const PublishOrder *order, PublishCounts *ret_counts, GError **error)
{
	CalendarSetup setup = {0};
	Publishing job = {.app = app, .counts = ret_counts};
	g_autoptr(GPtrArray) entries = NULL;
	if (!calendar_setup_load(app, &setup, error) || !calendar_entries_load(app, &entries, error) ||
		!desk_exchange_load(app, &job.exchange, error))
		return false;
	setup.server.timeout_ms = order->timeout_ms;
	job.url = setup.server.url;
	job.until = order->seconds == 0 ? 0 : g_get_monotonic_time() + order->seconds * G_USEC_PER_SEC;
	if (!calendar_open(app, &setup, &job.session, error))
		return false;
	bool good = publish_open(&job, entries, error);
	app->net->dav_close(job.session);
	return good;
}

bool calendar_seal(App *app, char **ret_seal, GError **error)
{
	CalendarSetup setup = {0};
	const ExchangeModule *exchange = NULL;
	g_autoptr(GPtrArray) entries = NULL;
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA1);
	if (!calendar_setup_load(app, &setup, error) || !calendar_entries_load(app, &entries, error) ||
		!desk_exchange_load(app, &exchange, error))
		return false;
	g_checksum_update(sum, (const guchar *)setup.server.url, -1);
	for (guint i = 0; i < entries->len; i++) {
		g_autofree char *seal = seal_of(exchange, entries->pdata[i], error);
		if (seal == NULL)
			return false;
		g_checksum_update(sum, (const guchar *)seal, -1);
	}
	*ret_seal = g_strdup(g_checksum_get_string(sum));
	return true;
}

void calendar_tell(const PublishCounts *counts, Printer *printer)
{
	printer_object(printer, NULL);
	printer_integer(printer, "created", NULL, counts->created);
	printer_integer(printer, "updated", NULL, counts->updated);
	printer_integer(printer, "removed", NULL, counts->removed);
	printer_integer(printer, "kept", NULL, counts->kept);
	printer_integer(printer, "left_alone", NULL, counts->foreign);
	printer_boolean(printer, "up_to_date", counts->over && counts->foreign == 0);
	printer_say(
		printer, SAY_GOOD, "The calendar is %s: %d new, %d changed, %d removed, %d as they were.",
		counts->over ? "up to date" : "not up to date yet", counts->created, counts->updated, counts->removed,
		counts->kept);
	if (counts->foreign > 0)
		printer_say(
			printer, SAY_WARNING, "%d changed there at this moment, and were left alone; publish once more.",
			counts->foreign);
	printer_object_end(printer);
}
