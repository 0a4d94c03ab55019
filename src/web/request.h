/* request.h - one request and its response as plain data, without the HTTP library.
 *
 * What a browser or a program sent, bounded by the server; and what goes back.  Nothing here is trusted: names, values
 * and headers are as they came.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	STRANGER_BYTES_MAX = 16 * 1024,      /* of a body by somebody who is not signed in */
	FORM_BYTES_MAX = 1024 * 1024,        /* of a form */
	UPLOAD_BYTES_MAX = 16 * 1024 * 1024, /* of a form with files in it, or JSON */
	FIELDS_MAX = 600,                    /* of a form or a query */
	PATH_BYTES_MAX = 2048,
	SEGMENTS_MAX = 8,
};

/* A value of the query or of a form; a file where it has a name. */
typedef struct Field {
	char *name;
	char *value; /* closed by a NUL that length does not count */
	size_t length;
	char *filename; /* or NULL */
} Field;

typedef struct Request {
	const char *method;
	const char *path;   /* decoded, begins with "/"; "a%2Fb" is two parts here, routes go by target */
	const char *target; /* path and query as they came, to come back to */
	GPtrArray *query;   /* of Field */
	GPtrArray *form;    /* of Field: what was posted as a form */
	const char *body;   /* what was posted as anything else; or NULL */
	size_t body_length;
	const char *content_type, *host, *origin, *fetch_site, *fetch_dest, *cookie, *authorization, *agent, *accept,
		*accept_encoding, *if_none_match, *csrf_header; /* headers, or NULL */
	const char *peer;                                   /* the address it came from */
	bool secure;                                        /* over TLS, ours or a proxy's */
	struct Job *job;                                    /* what its answer waited for, which is done now; or NULL */
	char *segments[SEGMENTS_MAX];                       /* what stood in the place of the route's names; owned */
} Request;

typedef enum {
	RESPONSE_BODY,   /* a body */
	RESPONSE_STREAM, /* events, until the reader leaves */
	RESPONSE_WAIT,   /* nothing yet: the request is to be asked again when the job is done */
} ResponseKind;

typedef struct Response {
	unsigned status;
	ResponseKind kind;
	const char *content_type; /* static, or owned by nobody else before the response is gone */
	GString *text;            /* owned; or */
	const char *bytes;        /* static, as length says */
	size_t length;
	bool zipped;        /* text or bytes are gzip */
	GPtrArray *headers; /* of char*: "Name: value", beside those that every response has */
	struct Job *job;    /* what is waited for; borrowed */
} Response;

Field *field_new(const char *name, const char *value, size_t length);
void field_free(Field *field);

/* The last value of a name, or NULL; borrowed. */
const char *fields_find(const GPtrArray *fields, const char *name);

void request_clear(Request *request);
void response_clear(Response *response);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Response, response_clear)

/* A header of a response, printf style; a value with a line break in it is left out. */
void response_add_header(Response *response, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* "See other": where to go after a form was taken; a path of ours. */
void response_redirect(Response *response, const char *path);

/* A plain text: an error before there is a page. text is copied. */
void response_set_text(Response *response, unsigned status, const char *text);

/* The status that an error is: the one table of this door. */
unsigned response_status(const GError *error);

/* An error as programs get it, as JSON. */
void response_set_error(Response *response, unsigned status, const GError *error);

/* "/o/3/debrief/r1" of its parts, NULL at the end, each encoded. Free with g_free. */
char *request_join_path(const char *part, ...) G_GNUC_NULL_TERMINATED;

/* True if text is a path of ours to go back to: "/…", not "//…", no control characters. */
bool request_is_own_path(const char *text);
