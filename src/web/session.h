/* session.h - who is signed in: browsers by a cookie, programs by a token.
 *
 * A browser is let in by a link that works once, or by the password; it then shows a secret of 32 random bytes as its
 * cookie.  A form carries a second one, made of the first, so that no other site can send it.
 */
#pragma once

#include "request.h"

#include <app/app.h>

typedef struct Sessions Sessions;

typedef struct Session {
	char *secret; /* what the cookie says */
	char *csrf;   /* what a form has to carry */
	char *flash;  /* what was done, for the next page; or NULL */
	bool flash_is_error;
	char *upload,
		*upload_name; /* a file that came in and waits for a word: where it lies, what it is called; or NULL */
	int64_t seen_at;  /* Unix seconds */
} Session;

enum { SESSION_SECRET_BYTES = 32 };

Sessions *sessions_new(App *app);
void sessions_free(Sessions *sessions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sessions, sessions_free)

/* The session of a request's cookie, or NULL. */
Session *sessions_find(Sessions *sessions, const Request *request);

/* A link's key that lets one browser in, within the hour. Free with g_free. */
char *sessions_new_link(Sessions *sessions);

/* Begins a session for whoever shows that key; NULL where it is none, or was used. */
Session *sessions_enter(Sessions *sessions, const char *key, const Request *request);

/* Ends the session. */
void sessions_end(Sessions *sessions, Session *session);

/* The cookie that says the session, as the value of Set-Cookie; secure where the request came by TLS. Free with g_free.
 */
char *session_cookie(const Session *session, bool secure);

/* Whether what a form carries is the session's; takes the same time whatever differs. */
bool session_check_csrf(const Session *session, const char *token);

/* Remembers what to say on the next page; text is copied. */
void session_set_flash(Session *session, const char *text, bool is_error);

/* Takes a file over, in the place of the one before, whose file goes; both are copied. */
void session_keep_upload(Session *session, const char *path, const char *name);
void session_forget_upload(Session *session);

/* A secret of 32 random bytes, as base64url. Free with g_free. */
char *session_make_secret(void);
