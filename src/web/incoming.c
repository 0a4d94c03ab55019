/* incoming.c - bodies, piece by piece.
 */
#include "incoming.h"

#include <string.h>

enum { PARTS_BYTES = 16 * 1024 };

static void free_field(void *data)
{
	field_free(data);
}

Incoming *incoming_new(const char *target)
{
	Incoming *incoming = g_new0(Incoming, 1);
	incoming->target = g_strndup(target, strnlen(target, PATH_BYTES_MAX + 1));
	return incoming;
}

void incoming_free(Incoming *incoming)
{
	if (incoming == NULL)
		return;
	if (incoming->parts != NULL)
		MHD_destroy_post_processor(incoming->parts);
	if (incoming->body != NULL)
		g_string_free(incoming->body, TRUE);
	g_clear_pointer(&incoming->form, g_ptr_array_unref);
	job_unref(incoming->job);
	g_free(incoming->target);
	g_free(incoming);
}

/* A field comes in one or more pieces; a piece at an offset goes on where the last one ended. */
static enum MHD_Result take_part(
	void *user, enum MHD_ValueKind kind, const char *name, const char *filename, const char *content_type,
	const char *encoding, const char *data, uint64_t offset, size_t size)
{
	Incoming *incoming = user;
	Field *last = incoming->form->len == 0 ? NULL : g_ptr_array_index(incoming->form, incoming->form->len - 1);
	if (offset > 0 && last != NULL) {
		last->value = g_realloc(last->value, last->length + size + 1);
		memcpy(last->value + last->length, data, size);
		last->length += size;
		last->value[last->length] = '\0';
		return MHD_YES;
	}
	incoming->is_bad = incoming->is_bad || incoming->form->len >= FIELDS_MAX;
	if (incoming->is_bad)
		return MHD_NO;
	Field *field = field_new(name == NULL ? "" : name, data, size);
	field->filename = g_strdup(filename);
	g_ptr_array_add(incoming->form, field);
	return MHD_YES;
}

static bool is_type(struct MHD_Connection *connection, const char *type)
{
	const char *said = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Type");
	return said != NULL && g_ascii_strncasecmp(said, type, strlen(type)) == 0;
}

size_t incoming_limit(struct MHD_Connection *connection, bool known)
{
	if (!known)
		return STRANGER_BYTES_MAX;
	return is_type(connection, MHD_HTTP_POST_ENCODING_MULTIPART_FORMDATA) || is_type(connection, "application/json")
			   ? UPLOAD_BYTES_MAX
			   : FORM_BYTES_MAX;
}

void incoming_begin(Incoming *incoming, struct MHD_Connection *connection, size_t limit)
{
	incoming->begun = true;
	incoming->limit = limit;
	incoming->form = g_ptr_array_new_with_free_func(free_field);
	incoming->is_plain = is_type(connection, MHD_HTTP_POST_ENCODING_FORM_URLENCODED);
	bool is_form = incoming->is_plain || is_type(connection, MHD_HTTP_POST_ENCODING_MULTIPART_FORMDATA);
	if (is_form)
		incoming->parts = MHD_create_post_processor(connection, PARTS_BYTES, take_part, incoming);
	else
		incoming->body = g_string_new(NULL);
	incoming->is_bad = is_form && incoming->parts == NULL; /* several parts, and no word on where they end */
}

void incoming_take(Incoming *incoming, const char *data, size_t size)
{
	incoming->taken += size;
	if (incoming->taken > incoming->limit || incoming->is_bad)
		return;
	if (incoming->parts != NULL)
		incoming->is_bad = MHD_post_process(incoming->parts, data, size) != MHD_YES || incoming->is_bad;
	else
		g_string_append_len(incoming->body, data, (gssize)size);
}

unsigned incoming_end(Incoming *incoming)
{
	/* The last value of a form is handed over only now. Whether all of it could be read is told of the plain kind. */
	if (incoming->parts != NULL) {
		bool whole = MHD_destroy_post_processor(incoming->parts) == MHD_YES;
		incoming->is_bad = incoming->is_bad || (!whole && incoming->is_plain && incoming->taken > 0);
		incoming->parts = NULL;
	}
	if (incoming->taken > incoming->limit)
		return MHD_HTTP_CONTENT_TOO_LARGE;
	return incoming->is_bad ? MHD_HTTP_BAD_REQUEST : 0;
}
