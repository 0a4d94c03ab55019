/* request.c - fields, and the few shapes of responses that everybody needs.
 */
#include "request.h"

#include <app/op.h>
#include <base/error.h>
#include <base/text.h>
#include <stdarg.h>
#include <string.h>

Field *field_new(const char *name, const char *value, size_t length)
{
	Field *field = g_new0(Field, 1);
	field->name = g_strdup(name);
	field->value = g_malloc(length + 1);
	if (length > 0)
		memcpy(field->value, value, length);
	field->value[length] = '\0';
	field->length = length;
	return field;
}

void field_free(Field *field)
{
	if (field == NULL)
		return;
	g_free(field->name);
	g_free(field->value);
	g_free(field->filename);
	g_free(field);
}

const char *fields_find(const GPtrArray *fields, const char *name)
{
	for (guint i = fields == NULL ? 0 : fields->len; i > 0; i--) {
		const Field *field = g_ptr_array_index(fields, i - 1);
		if (strcmp(field->name, name) == 0)
			return field->value;
	}
	return NULL;
}

void request_clear(Request *request)
{
	for (int i = 0; i < SEGMENTS_MAX; i++)
		g_clear_pointer(&request->segments[i], g_free);
	g_clear_pointer(&request->query, g_ptr_array_unref);
	g_clear_pointer(&request->form, g_ptr_array_unref);
}

void response_clear(Response *response)
{
	if (response->text != NULL)
		g_string_free(response->text, TRUE);
	g_clear_pointer(&response->headers, g_ptr_array_unref);
	response->text = NULL;
}

void response_add_header(Response *response, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_autofree char *line = g_strdup_vprintf(format, args);
	va_end(args);
	if (strpbrk(line, "\r\n") != NULL)
		return;
	if (response->headers == NULL)
		response->headers = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(response->headers, g_steal_pointer(&line));
}

void response_redirect(Response *response, const char *path)
{
	response_set_text(response, 303, "");
	response_add_header(response, "Location: %s", path);
}

void response_set_text(Response *response, unsigned status, const char *text)
{
	response->status = status;
	response->content_type = "text/plain; charset=utf-8";
	if (response->text == NULL)
		response->text = g_string_new(NULL);
	g_string_assign(response->text, text);
}

unsigned response_status(const GError *error)
{
	if (error->domain != BASE_ERROR)
		return 500;
	switch ((BaseErrorCode)error->code) {
	case BASE_ERROR_INVALID:
		return 422;
	case BASE_ERROR_MISSING:
		return 404;
	case BASE_ERROR_CONFLICT:
		return 409;
	case BASE_ERROR_TEMPORARY:
	case BASE_ERROR_UNCERTAIN:
		return 503;
	case BASE_ERROR_INTERNAL:
		return 500;
	}
	return 500;
}

void response_set_error(Response *response, unsigned status, const GError *error)
{
	response_set_text(response, status, "");
	response->content_type = "application/json";
	response->kind = RESPONSE_BODY;
	op_error_format(error, false, response->text);
	response_add_header(response, "Cache-Control: no-store");
}

char *request_join_path(const char *part, ...)
{
	g_autoptr(GString) path = g_string_new(NULL);
	va_list parts;
	va_start(parts, part);
	for (; part != NULL; part = va_arg(parts, const char *)) {
		g_string_append_c(path, '/');
		text_append_path_part(path, part);
	}
	va_end(parts);
	return g_string_free(g_steal_pointer(&path), FALSE);
}

bool request_is_own_path(const char *text)
{
	if (text == NULL || text[0] != '/' || text[1] == '/' || text[1] == '\\' || strlen(text) > PATH_BYTES_MAX)
		return false;
	for (const char *p = text; *p != '\0'; p++)
		if (!g_ascii_isgraph(*p))
			return false;
	return true;
}
