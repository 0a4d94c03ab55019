/* dav.h - a calendar on a CalDAV server (RFC 4791): what lies in it, and one object put or removed.
 *
 * Each change says which version it replaces (ETags, RFC 4918), so that nothing is lost that somebody else wrote in
 * between.  TLS, except to this machine; redirections are not followed.  Knows nothing of what an event is about.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* All borrowed. */
typedef struct DavServer {
	const char *url;     /* of the calendar itself */
	const char *user;    /* NULL: without a login, or with a token */
	bool is_token;       /* the secret is a bearer token */
	const char *ca_file; /* trusted beside the system's certificates, or NULL */
	int timeout_ms;      /* for each request; 0 is 60 s */
	int stop_fd;         /* as SmtpServer has it */
} DavServer;

typedef struct DavSession DavSession;

/* An object of the calendar. */
typedef struct DavItem {
	char *name; /* the last part of its address */
	char *etag; /* or NULL */
} DavItem;

typedef enum {
	DAV_DONE,
	DAV_CHANGED, /* it is another version by now, or there although it was to be new */
	DAV_GONE,    /* it is not there */
} DavOutcome;

/* Checks the address without asking anybody: https, or http to this machine. INVALID says what would be right. */
bool dav_check(const DavServer *server, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Opens a session and proves that a calendar is there. Release with dav_close. INVALID as dav_check, or where the
 * address is of something else than a calendar; MISSING: there is nothing; CONFLICT: the login or the certificate;
 * TEMPORARY: the server cannot be reached or does not work. So do all that follow. */
bool dav_open(const DavServer *server, const char *secret, DavSession **ret_session, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
void dav_close(DavSession *session);

/* What lies in it. *ret_items: of DavItem; the caller owns it. */
bool dav_list(DavSession *session, GPtrArray **ret_items, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One object as it is put. */
typedef struct DavObject {
	const char *name;
	const char *text;
	size_t length;
	const char *etag; /* of the version it replaces; NULL: it is new */
} DavObject;

/* Puts it. *ret_etag is its version now, or NULL where the server does not say; free with g_free. */
bool dav_put(DavSession *session, const DavObject *object, DavOutcome *ret_outcome, char **ret_etag, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Removes that version (NULL: any). */
bool dav_remove(DavSession *session, const char *name, const char *etag, DavOutcome *ret_outcome, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
