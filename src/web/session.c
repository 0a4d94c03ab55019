/* session.c - sessions in memory, keyed by the hash of their secret.
 */
#include "session.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define COOKIE_NAME "followup"

enum {
	SESSIONS_MAX = 64,
	LINK_SECONDS = 3600,
	COOKIE_DAYS = 90,
};

struct Sessions {
	App *app;
	GHashTable *by_secret; /* char* (its hash) to Session* */
	char *link_hash;       /* of the link that was made last, or NULL: it was used */
	int64_t link_until;
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

Sessions *sessions_new(App *app)
{
	Sessions *sessions = g_new0(Sessions, 1);
	sessions->app = app;
	sessions->by_secret = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, session_free);
	return sessions;
}

void sessions_free(Sessions *sessions)
{
	if (sessions == NULL)
		return;
	g_hash_table_unref(sessions->by_secret);
	g_free(sessions->link_hash);
	g_free(sessions);
}

char *session_make_secret(void)
{
	unsigned char bytes[SESSION_SECRET_BYTES];
	char text[sodium_base64_ENCODED_LEN(SESSION_SECRET_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return g_strdup(text);
}

static char *hash_of(const char *purpose, const char *secret)
{
	g_autofree char *text = g_strconcat(purpose, ":", secret, NULL);
	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* The value of our cookie among those of a request; NULL where it has none. Free with g_free. */
static char *read_cookie(const char *header)
{
	const size_t length = strlen(COOKIE_NAME);
	for (const char *at = header; at != NULL && *at != '\0'; at = strchr(at, ';')) {
		at += strspn(at, "; ");
		if (strncmp(at, COOKIE_NAME, length) == 0 && at[length] == '=')
			return g_strndup(at + length + 1, strcspn(at + length + 1, "; "));
	}
	return NULL;
}

Session *sessions_find(Sessions *sessions, const Request *request)
{
	g_autofree char *secret = read_cookie(request->cookie);
	g_autofree char *hash = secret == NULL ? NULL : hash_of("session", secret);
	Session *session = hash == NULL ? NULL : g_hash_table_lookup(sessions->by_secret, hash);
	if (session != NULL)
		session->seen_at = app_get_now(sessions->app);
	return session;
}

char *sessions_new_link(Sessions *sessions)
{
	char *key = session_make_secret();
	g_free(sessions->link_hash);
	sessions->link_hash = hash_of("link", key);
	sessions->link_until = app_get_now(sessions->app) + LINK_SECONDS;
	return key;
}

static void drop_oldest(Sessions *sessions)
{
	GHashTableIter iter;
	void *key, *value, *oldest = NULL;
	int64_t seen_at = INT64_MAX;
	g_hash_table_iter_init(&iter, sessions->by_secret);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		if (((Session *)value)->seen_at >= seen_at)
			continue;
		seen_at = ((Session *)value)->seen_at;
		oldest = key;
	}
	if (oldest != NULL)
		g_hash_table_remove(sessions->by_secret, oldest);
}

static Session *begin(Sessions *sessions)
{
	Session *session = g_new0(Session, 1);
	session->secret = session_make_secret();
	session->csrf = hash_of("form", session->secret);
	session->seen_at = app_get_now(sessions->app);
	if (g_hash_table_size(sessions->by_secret) >= SESSIONS_MAX)
		drop_oldest(sessions);
	g_hash_table_insert(sessions->by_secret, hash_of("session", session->secret), session);
	return session;
}

static bool is_same(const char *one, const char *other)
{
	return strlen(one) == strlen(other) && sodium_memcmp(one, other, strlen(one)) == 0;
}

Session *sessions_enter(Sessions *sessions, const char *key, const Request *request)
{
	g_autofree char *hash = key == NULL ? NULL : hash_of("link", key);
	if (hash == NULL || sessions->link_hash == NULL || !is_same(hash, sessions->link_hash) ||
		app_get_now(sessions->app) > sessions->link_until)
		return NULL;
	g_clear_pointer(&sessions->link_hash, g_free);
	return begin(sessions);
}

void sessions_end(Sessions *sessions, Session *session)
{
	g_autofree char *hash = hash_of("session", session->secret);
	g_hash_table_remove(sessions->by_secret, hash);
}

char *session_cookie(const Session *session, bool secure)
{
	return g_strdup_printf(
		COOKIE_NAME "=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s", session->secret, COOKIE_DAYS * 86400,
		secure ? "; Secure" : "");
}

bool session_check_csrf(const Session *session, const char *token)
{
	return token != NULL && is_same(session->csrf, token);
}

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
