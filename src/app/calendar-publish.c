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
} Publishing;

static char *name_of(const char *uid)
{
	return g_strconcat(uid, ".ics", NULL);
}

/* A hash of what makes an event another one: not when it was written. */
static char *seal_of(const Publishing *job, const CalendarEntry *entry, GError **error)
{
	CalendarEvent event = entry->event;
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	GString *text = NULL;
	event.stamp = 0;
	event.sequence = 0;
	g_ptr_array_add(one, &event);
	if (!job->exchange->write_calendar(one, NULL, &text, error))
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
	g_autofree char *seal = seal_of(job, entry, error), *name = name_of(entry->uid);
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

static bool publish_all(const Publishing *job, const GPtrArray *entries, const GPtrArray *ours, GError **error)
{
	g_autoptr(GHashTable) wanted = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < entries->len; i++)
		g_hash_table_add(wanted, ((const CalendarEntry *)entries->pdata[i])->uid);
	for (guint i = 0; i < entries->len && !desk_is_stopping(job->app); i++)
		if (!publish_one(job, entries->pdata[i], error))
			return false;
	for (guint i = 0; i < ours->len && !desk_is_stopping(job->app); i++) {
		const Published *event = ours->pdata[i];
		if (!g_hash_table_contains(wanted, event->uid) && !remove_one(job, event->uid, error))
			return false;
	}
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

bool calendar_publish(App *app, PublishCounts *ret_counts, GError **error)
{
	CalendarSetup setup = {0};
	Publishing job = {.app = app, .counts = ret_counts};
	g_autoptr(GPtrArray) entries = NULL;
	if (!calendar_setup_load(app, &setup, error) || !calendar_entries_load(app, &entries, error) ||
		!desk_exchange_load(app, &job.exchange, error) || !calendar_open(app, &setup, &job.session, error))
		return false;
	job.url = setup.server.url;
	bool good = publish_open(&job, entries, error);
	app->net->dav_close(job.session);
	return good;
}
