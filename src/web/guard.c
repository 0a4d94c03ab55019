/* guard.c - one look over the head of a request.
 */
#include "guard.h"

#include "request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEADERS_MAX = 100 };

typedef struct Look {
	int headers, hosts, lengths, encodings;
	bool control, bad_encoding;
	unsigned long long length;
	bool bad_length;
} Look;

static bool has_control(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (((unsigned char)text[i] < 0x20 && text[i] != '\t') || text[i] == 0x7f)
			return true;
	return false;
}

static void take_length(Look *look, const char *value)
{
	char *end = NULL;
	look->lengths++;
	look->length = strtoull(value, &end, 10);
	look->bad_length = look->bad_length || !g_ascii_isdigit(value[0]) || *end != '\0';
}

/* The library reads a body in chunks only, and takes any other for one that goes on until the connection ends. */
static void take_encoding(Look *look, const char *value)
{
	look->encodings++;
	look->bad_encoding = look->bad_encoding || strcasecmp(value, "chunked") != 0;
}

static enum MHD_Result look_at(
	void *data, enum MHD_ValueKind kind, const char *name, size_t name_length, const char *value, size_t value_length)
{
	Look *look = data;
	if (value == NULL)
		value = "";
	look->headers++;
	look->control = look->control || has_control(name, name_length) || has_control(value, value_length);
	look->hosts += strcasecmp(name, "Host") == 0;
	if (strcasecmp(name, "Transfer-Encoding") == 0)
		take_encoding(look, value);
	if (strcasecmp(name, "Content-Length") == 0)
		take_length(look, value);
	return MHD_YES;
}

/* A target is ASCII without blanks (RFC 3986); everything else comes encoded. */
static bool is_bad_target(const char *target)
{
	if (target == NULL || target[0] != '/' || strlen(target) > PATH_BYTES_MAX || strstr(target, "%00") != NULL)
		return true;
	for (const char *p = target; *p != '\0'; p++)
		if (!g_ascii_isgraph(*p))
			return true;
	return false;
}

static bool is_known_method(const char *method)
{
	return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0 || strcmp(method, "POST") == 0;
}

unsigned guard_check(struct MHD_Connection *connection, const char *method, const char *target, size_t limit)
{
	Look look = {0};
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, look_at, &look);
	if (!is_known_method(method))
		return MHD_HTTP_METHOD_NOT_ALLOWED;
	if (look.control || look.hosts != 1 || look.lengths > 1 || look.bad_length || look.headers > HEADERS_MAX ||
		look.bad_encoding || look.encodings > 1 || (look.encodings > 0 && look.lengths > 0) || is_bad_target(target))
		return MHD_HTTP_BAD_REQUEST;
	return look.length > limit ? MHD_HTTP_CONTENT_TOO_LARGE : 0;
}
