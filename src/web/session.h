/* session.h - who is signed in: browsers by a cookie, programs by a token; and the addresses that let somebody in.
 *
 * A browser is let in by a link that works once, or by the password; it then shows a secret of 32 random bytes as its
 * cookie.  A form carries a second one, made of the first, so that no other site can send it.  Who may come in is on
 * record (app/access.h): a desk that is opened again signs nobody out.  What is only for the next page is in memory.
 */
#pragma once

#include "request.h"

#include <app/access.h>
#include <app/app.h>

typedef struct Sessions Sessions;

typedef struct Session {
	int64_t number; /* by which it is on record */
	char *secret;   /* what the cookie says */
	char *csrf;     /* what a form has to carry */
	char *flash;    /* what was done, for the next page; or NULL */
	bool flash_is_error;
	char *upload,
		*upload_name; /* a file that came in and waits for a word: where it lies, what it is called; or NULL */
} Session;

enum { SESSION_SECRET_BYTES = 32 };

/* port: the desk's, by which its cookie is told from another desk's of this machine. */
Sessions *sessions_new(App *app, int port);
void sessions_free(Sessions *sessions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sessions, sessions_free)

/* The session of a request's cookie, or NULL; borrowed. */
Session *sessions_find(Sessions *sessions, const Request *request);

/* The entry of a request's token, or NULL. Free with access_entry_free. */
AccessEntry *sessions_find_token(Sessions *sessions, const Request *request);

/* A link's key that lets one browser in, within the hour; it is on record, for whichever process serves. Free with
 * g_free. */
bool sessions_new_link(Sessions *sessions, char **ret_key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Begins a session for whoever shows that key; *ret_session is NULL where it is none, or was used. Borrowed. */
bool sessions_enter(Sessions *sessions, const char *key, const Request *request, Session **ret_session, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Begins a session for somebody who has shown otherwise that they may come in. */
bool sessions_begin(Sessions *sessions, const Request *request, Session **ret_session, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Ends the session. */
void sessions_end(Sessions *sessions, Session *session);

/* A new secret part for the address of the calendar; the one before ends. Free with g_free. */
bool sessions_new_feed(Sessions *sessions, char **ret_secret, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether that is the calendar's secret. */
bool sessions_check_feed(Sessions *sessions, const char *secret);

/* The cookie that says the session, as the value of Set-Cookie; secure where the request came by TLS. session NULL: the
 * one that takes it away. Free with g_free. */
char *sessions_make_cookie(const Sessions *sessions, const Session *session, bool secure);

/* Whether what a form carries is the session's; takes the same time whatever differs. */
bool session_check_csrf(const Session *session, const char *token);

/* Remembers what to say on the next page; text is copied. */
void session_set_flash(Session *session, const char *text, bool is_error);

/* Takes a file over, in the place of the one before, whose file goes; both are copied. */
void session_keep_upload(Session *session, const char *path, const char *name);
void session_forget_upload(Session *session);

/* A secret of 32 random bytes, as base64url. Free with g_free. */
char *session_make_secret(void);
