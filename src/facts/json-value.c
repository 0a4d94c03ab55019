/* json-value.c - a JSON document as a tree, over the JSON library.
 *
 * A JsonValue is the library's object under another name; it lives as long as its document.
 */
#include <facts/json-value.h>

#include <base/error.h>
#include <base/limits.h>
#include <json-c/json.h>
#include <limits.h>
#include <string.h>

struct JsonDocument {
	struct json_object *root;
};

static struct json_object *raw(const JsonValue *value)
{
	return (struct json_object *)(uintptr_t)value;
}

static const JsonValue *wrap(struct json_object *object)
{
	return (const JsonValue *)object;
}

static bool refuse(const char *text, size_t length, enum json_tokener_error fault, size_t end, GError **error)
{
	if (strspn(text, " \t\r\n") >= length)
		return base_error_set(error, BASE_ERROR_INVALID, NULL, "This is empty; a JSON document is expected.");
	const char *nul = memchr(text, '\0', length);
	if (nul != NULL && end >= (size_t)(nul - text))
		end = (size_t)(nul - text);
	else
		nul = NULL;
	return base_error_set(
		error, BASE_ERROR_INVALID, NULL, "This is not JSON: %s at byte %zu.",
		nul != NULL                      ? "a NUL character stands"
		: fault == json_tokener_success  ? "something stands after its end"
		: fault == json_tokener_continue ? "the text ends in the middle"
										 : json_tokener_error_desc(fault),
		end);
}

bool json_document_parse(const char *text, size_t length, size_t limit, JsonDocument **ret_document, GError **error)
{
	if (length > limit || length > INT_MAX)
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL, "The document is larger than %zu MiB, the most that is read.",
			limit >> 20);
	struct json_tokener *tokener = json_tokener_new_ex(LIMIT_JSON_DEPTH + 8);
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	struct json_object *root = json_tokener_parse_ex(tokener, text, (int)length);
	enum json_tokener_error fault = json_tokener_get_error(tokener);
	size_t end = json_tokener_get_parse_end(tokener);
	json_tokener_free(tokener);
	if (fault != json_tokener_success || root == NULL || strspn(text + end, " \t\r\n") < length - end) {
		json_object_put(root);
		return refuse(text, length, fault, end, error);
	}
	JsonDocument *document = g_new0(JsonDocument, 1);
	document->root = root;
	*ret_document = document;
	return true;
}

void json_document_free(JsonDocument *document)
{
	if (document == NULL)
		return;
	json_object_put(document->root);
	g_free(document);
}

const JsonValue *json_document_get_root(const JsonDocument *document)
{
	return wrap(document->root);
}

const JsonValue *json_value_find(const JsonValue *value, const char *key)
{
	struct json_object *found = NULL;
	if (!json_object_is_type(raw(value), json_type_object) || !json_object_object_get_ex(raw(value), key, &found))
		return NULL;
	return wrap(found);
}

JsonKind json_value_get_kind(const JsonValue *value)
{
	switch (json_object_get_type(raw(value))) {
	case json_type_boolean:
		return JSON_BOOL;
	case json_type_int:
		return JSON_INT;
	case json_type_double:
		return JSON_DOUBLE;
	case json_type_string:
		return JSON_STRING;
	case json_type_array:
		return JSON_LIST;
	case json_type_object:
		return JSON_OBJECT;
	case json_type_null:
		return JSON_NULL;
	}
	return JSON_NULL;
}

bool json_value_is_true(const JsonValue *value)
{
	return json_object_is_type(raw(value), json_type_boolean) && json_object_get_boolean(raw(value));
}

bool json_value_is_list(const JsonValue *value)
{
	return json_object_is_type(raw(value), json_type_array);
}

size_t json_value_get_length(const JsonValue *value)
{
	return json_object_is_type(raw(value), json_type_array) ? json_object_array_length(raw(value)) : 0;
}

const JsonValue *json_value_get_element(const JsonValue *value, size_t index)
{
	return wrap(json_object_array_get_idx(raw(value), index));
}

bool json_value_next_member(const JsonValue *object, JsonMember *member)
{
	if (!json_object_is_type(raw(object), json_type_object))
		return false;
	struct lh_entry *entry = member->begun ? lh_entry_next((const struct lh_entry *)member->place)
										   : lh_table_head(json_object_get_object(raw(object)));
	if (entry == NULL)
		return false;
	member->begun = true;
	member->place = entry;
	member->key = lh_entry_k(entry);
	member->value = wrap(lh_entry_v(entry));
	return true;
}

const char *json_value_get_text(const JsonValue *value)
{
	if (!json_object_is_type(raw(value), json_type_string))
		return NULL;
	const char *text = json_object_get_string(raw(value));
	return strlen(text) == (size_t)json_object_get_string_len(raw(value)) ? text : NULL;
}

const char *json_value_get_string(const JsonValue *object, const char *key)
{
	return json_value_get_text(json_value_find(object, key));
}

int64_t json_value_get_number(const JsonValue *value, int64_t otherwise)
{
	return json_object_is_type(raw(value), json_type_int) ? json_object_get_int64(raw(value)) : otherwise;
}

int64_t json_value_get_int(const JsonValue *object, const char *key, int64_t otherwise)
{
	return json_value_get_number(json_value_find(object, key), otherwise);
}

char *json_value_format(const JsonValue *value)
{
	return g_strdup(json_object_to_json_string_ext(raw(value), JSON_C_TO_STRING_PLAIN));
}
