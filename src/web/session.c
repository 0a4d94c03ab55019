/* session.c - sessions on record, looked up by the hash of their secret; what they hold for the next page in memory.
 */
#include "session.h"

#include <base/civil.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

/* Beside browsers and tokens there are two more of whom a secret is known.  Theirs have a word in front that no cookie
 * and no token can have, so that none of the three stands for another. */
#define LINK_MARK "link:"
#define FEED_MARK "feed:"
#define LINK_NAME "a link that nobody has opened yet"
#define FEED_NAME "the calendar's address"

enum {
	SESSIONS_MAX = 64,
	LINK_SECONDS = 3600,
	COOKIE_DAYS = 90,
	SECRET_LENGTH = 43, /* of 32 bytes as base64url */
};

struct Sessions {
	App *app;
	int port;
	GHashTable *by_number; /* int64_t* to Session*: those that were seen since the desk was opened */
};

static void session_free(void *data)
{
	Session *session = data;
	g_free(session->secret);
	g_free(session->csrf);
	g_free(session->flash);
	session_forget_upload(session);
	g_free(session);
}

Sessions *sessions_new(App *app, int port)
{
	Sessions *sessions = g_new0(Sessions, 1);
	sessions->app = app;
	sessions->port = port;
	sessions->by_number = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, session_free);
	return sessions;
}

void sessions_free(Sessions *sessions)
{
	if (sessions == NULL)
		return;
	g_hash_table_unref(sessions->by_number);
	g_free(sessions);
}

/* ---- secrets ---- */

char *session_make_secret(void)
{
	unsigned char bytes[SESSION_SECRET_BYTES];
	char text[sodium_base64_ENCODED_LEN(SESSION_SECRET_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return g_strdup(text);
}

/* Whether a text can be a secret at all; what cannot is looked up nowhere. */
static bool is_secret(const char *text)
{
	size_t length = 0;
	for (const char *p = text; p != NULL && *p != '\0'; p++, length++)
		if (length > SECRET_LENGTH || (!g_ascii_isalnum(*p) && *p != '-' && *p != '_'))
			return false;
	return length == SECRET_LENGTH;
}

static char *make_csrf(const char *secret)
{
	g_autofree char *text = g_strconcat("form:", secret, NULL);
	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

static bool is_same(const char *one, const char *other)
{
	return strlen(one) == strlen(other) && sodium_memcmp(one, other, strlen(one)) == 0;
}

bool session_check_csrf(const Session *session, const char *token)
{
	return token != NULL && is_same(session->csrf, token);
}

/* Who shows a secret with a mark in front, of the kind that is wanted; NULL where nobody does. */
static AccessEntry *find_entry(const Sessions *sessions, const char *mark, const char *secret, bool is_token)
{
	g_autoptr(AccessEntry) entry = NULL;
	if (!is_secret(secret))
		return NULL;
	g_autofree char *marked = g_strconcat(mark, secret, NULL);
	if (!app_access_find(sessions->app, marked, &entry, NULL) || entry == NULL || entry->is_token != is_token)
		return NULL;
	return g_steal_pointer(&entry);
}

/* ---- cookies ---- */

/* Cookies do not know ports: two desks of one machine would overwrite each other's. */
static char *cookie_name(const Sessions *sessions, bool secure)
{
	return secure ? g_strdup("__Host-followup") : g_strdup_printf("followup-%d", sessions->port);
}

/* The value of our cookie among those of a request; NULL where it has none. Free with g_free. */
static char *read_cookie(const Sessions *sessions, const Request *request)
{
	g_autofree char *name = cookie_name(sessions, request->secure);
	const size_t length = strlen(name);
	for (const char *at = request->cookie; at != NULL && *at != '\0'; at = strchr(at, ';')) {
		at += strspn(at, "; ");
		if (strncmp(at, name, length) == 0 && at[length] == '=')
			return g_strndup(at + length + 1, strcspn(at + length + 1, "; "));
	}
	return NULL;
}

char *sessions_make_cookie(const Sessions *sessions, const Session *session, bool secure)
{
	g_autofree char *name = cookie_name(sessions, secure);
	return g_strdup_printf(
		"%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s", name, session == NULL ? "" : session->secret,
		session == NULL ? 0 : COOKIE_DAYS * 86400, secure ? "; Secure" : "");
}

/* ---- sessions ---- */

static Session *take_session(Sessions *sessions, int64_t number, const char *secret)
{
	Session *session = g_hash_table_lookup(sessions->by_number, &number);
	if (session != NULL && is_same(session->secret, secret))
		return session;
	g_hash_table_remove(sessions->by_number, &number);
	session = g_new0(Session, 1);
	session->number = number;
	session->secret = g_strdup(secret);
	session->csrf = make_csrf(secret);
	g_hash_table_insert(sessions->by_number, &session->number, session);
	return session;
}

Session *sessions_find(Sessions *sessions, const Request *request)
{
	g_autofree char *secret = read_cookie(sessions, request);
	g_autoptr(AccessEntry) entry = find_entry(sessions, "", secret, false);
	return entry == NULL ? NULL : take_session(sessions, entry->number, secret);
}

AccessEntry *sessions_find_token(Sessions *sessions, const Request *request)
{
	const char *said = request->authorization;
	if (said == NULL || g_ascii_strncasecmp(said, "Bearer ", strlen("Bearer ")) != 0)
		return NULL;
	return find_entry(sessions, "", said + strlen("Bearer ") + strspn(said + strlen("Bearer "), " "), true);
}

/* Whoever was ended otherwise is forgotten; where there are too many the one that was not seen for longest goes. */
static bool make_room(Sessions *sessions, GError **error)
{
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GHashTable) there = g_hash_table_new(g_int64_hash, g_int64_equal);
	GHashTableIter iter;
	void *number = NULL;
	int browsers = 0;
	if (!app_access_list(sessions->app, &list, error))
		return false;
	for (guint i = 0; i < list->len; i++) {
		AccessEntry *entry = g_ptr_array_index(list, i);
		browsers += !entry->is_token;
		if (entry->is_token || browsers < SESSIONS_MAX)
			g_hash_table_add(there, &entry->number);
		else if (!app_access_end(sessions->app, entry->number, error))
			return false;
	}
	g_hash_table_iter_init(&iter, sessions->by_number);
	while (g_hash_table_iter_next(&iter, &number, NULL))
		if (!g_hash_table_contains(there, number))
			g_hash_table_iter_remove(&iter);
	return true;
}

/* "Firefox on Linux" of what a browser says of itself at length, in which the names of others stand too; as it is where
 * nothing of it is known. Free with g_free. */
static char *name_browser(const char *agent)
{
	static const char *const browsers[][2] = {
		{"Firefox/", "Firefox"}, {"Edg/", "Edge"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}};
	static const char *const systems[][2] = {{"Android", "Android"}, {"iPhone", "an iPhone"}, {"iPad", "an iPad"},
											 {"Windows", "Windows"}, {"Mac OS", "a Mac"},     {"Linux", "Linux"}};
	const char *browser = NULL, *system = NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(browsers) && agent != NULL && browser == NULL; i++)
		browser = strstr(agent, browsers[i][0]) != NULL ? browsers[i][1] : NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(systems) && agent != NULL && system == NULL; i++)
		system = strstr(agent, systems[i][0]) != NULL ? systems[i][1] : NULL;
	if (browser == NULL || system == NULL)
		return g_strdup(agent == NULL ? "a browser" : agent);
	return g_strdup_printf("%s on %s", browser, system);
}

bool sessions_begin(Sessions *sessions, const Request *request, Session **ret_session, GError **error)
{
	g_autofree char *secret = session_make_secret(), *name = name_browser(request->agent);
	int64_t number = 0;
	const AccessOffer offer = {
		.secret = secret,
		.name = name,
		.expires_at = app_get_now(sessions->app) + COOKIE_DAYS * INT64_C(86400),
	};
	if (!make_room(sessions, error) || !app_access_add(sessions->app, &offer, &number, error))
		return false;
	*ret_session = take_session(sessions, number, secret);
	return true;
}

void sessions_end(Sessions *sessions, Session *session)
{
	int64_t number = session->number;
	g_hash_table_remove(sessions->by_number, &number);
	(void)!app_access_end(sessions->app, number, NULL); /* whoever is gone already may be gone */
}

/* ---- links ---- */

bool sessions_new_link(Sessions *sessions, char **ret_key, GError **error)
{
	g_autofree char *key = session_make_secret(), *marked = g_strconcat(LINK_MARK, key, NULL);
	int64_t number = 0;
	const AccessOffer offer = {
		.secret = marked, .name = LINK_NAME, .expires_at = app_get_now(sessions->app) + LINK_SECONDS};
	if (!app_access_add(sessions->app, &offer, &number, error))
		return false;
	*ret_key = g_steal_pointer(&key);
	return true;
}

bool sessions_enter(Sessions *sessions, const char *key, const Request *request, Session **ret_session, GError **error)
{
	g_autoptr(AccessEntry) entry = find_entry(sessions, LINK_MARK, key, false);
	if (entry == NULL) {
		*ret_session = NULL;
		return true;
	}
	return app_access_end(sessions->app, entry->number, error) && sessions_begin(sessions, request, ret_session, error);
}

/* ---- the calendar's address ---- */

static bool end_feeds(Sessions *sessions, GError **error)
{
	g_autoptr(GPtrArray) list = NULL;
	if (!app_access_list(sessions->app, &list, error))
		return false;
	for (guint i = 0; i < list->len; i++) {
		const AccessEntry *entry = g_ptr_array_index(list, i);
		if (entry->is_token && strcmp(entry->name, FEED_NAME) == 0 &&
			!app_access_end(sessions->app, entry->number, error))
			return false;
	}
	return true;
}

bool sessions_new_feed(Sessions *sessions, char **ret_secret, GError **error)
{
	g_autofree char *secret = session_make_secret(), *marked = g_strconcat(FEED_MARK, secret, NULL);
	int64_t number = 0;
	const AccessOffer offer = {.secret = marked, .name = FEED_NAME, .is_token = true, .expires_at = TIME_NONE};
	if (!end_feeds(sessions, error) || !app_access_add(sessions->app, &offer, &number, error))
		return false;
	*ret_secret = g_steal_pointer(&secret);
	return true;
}

bool sessions_check_feed(Sessions *sessions, const char *secret)
{
	g_autoptr(AccessEntry) entry = find_entry(sessions, FEED_MARK, secret, true);
	return entry != NULL;
}

/* ---- what is for the next page ---- */

void session_set_flash(Session *session, const char *text, bool is_error)
{
	g_free(session->flash);
	session->flash = g_strdup(text);
	session->flash_is_error = is_error;
}

void session_keep_upload(Session *session, const char *path, const char *name)
{
	session_forget_upload(session);
	session->upload = g_strdup(path);
	session->upload_name = g_utf8_make_valid(name, -1);
}

void session_forget_upload(Session *session)
{
	if (session->upload != NULL)
		unlink(session->upload);
	g_clear_pointer(&session->upload, g_free);
	g_clear_pointer(&session->upload_name, g_free);
}
