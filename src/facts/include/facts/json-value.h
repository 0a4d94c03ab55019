/* json-value.h - a JSON document as a tree to read from: for what is not facts (an export, a settings file).
 *
 * Bounded like facts (limits.h), strict, and without the JSON library's own types, which stay in this room.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct JsonDocument JsonDocument;
typedef struct JsonValue JsonValue; /* part of a document; borrowed from it */

/* Parses a whole text of at most limit bytes. INVALID, with the place, where it is no JSON. */
bool json_document_parse(const char *text, size_t length, size_t limit, JsonDocument **ret_document, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
void json_document_free(JsonDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JsonDocument, json_document_free)

const JsonValue *json_document_get_root(const JsonDocument *document);

/* A member of an object; NULL where value is no object, has none of that name, or it is null. */
const JsonValue *json_value_find(const JsonValue *value, const char *key);

typedef enum { JSON_NULL, JSON_BOOL, JSON_INT, JSON_DOUBLE, JSON_STRING, JSON_LIST, JSON_OBJECT } JsonKind;

/* What a value is; NULL is null. */
JsonKind json_value_get_kind(const JsonValue *value);
bool json_value_is_list(const JsonValue *value);

/* True if it is the literal true. */
bool json_value_is_true(const JsonValue *value);

/* An array's length (0 where value is none) and its elements. */
size_t json_value_get_length(const JsonValue *value);
const JsonValue *json_value_get_element(const JsonValue *value, size_t index);

/* Members of an object, one after the other: false when there is no more. */
typedef struct JsonMember {
	const char *key;
	const JsonValue *value;
	const void *place; /* start with a zeroed struct */
	bool begun;
} JsonMember;
bool json_value_next_member(const JsonValue *object, JsonMember *member);

/* What a member holds; `otherwise` where it is missing, null or of another type. Strings are borrowed. */
const char *json_value_get_string(const JsonValue *object, const char *key);
int64_t json_value_get_int(const JsonValue *object, const char *key, int64_t otherwise);

/* The string a value is, or NULL; borrowed. One with a NUL in it is none. */
const char *json_value_get_text(const JsonValue *value);

/* The whole number a value is; `otherwise` where it is none. */
int64_t json_value_get_number(const JsonValue *value, int64_t otherwise);

/* The value as JSON text again. Free with g_free. */
char *json_value_format(const JsonValue *value);
