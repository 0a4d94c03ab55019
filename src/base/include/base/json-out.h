/* json-out.h - writes JSON text into a string.
 *
 * Commas and escaping are its business; nesting is the caller's (checked by assertion).  Strings must be UTF-8; bytes
 * that are not are written as U+FFFD.  Compact (one line) or indented by two spaces.
 */
#pragma once

#include <base/civil.h>
#include <base/zone.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct JsonOut {
	GString *text;   /* borrowed: where it writes */
	bool indented;   /* a line a value, two spaces a level */
	int depth;       /* at most 32 */
	uint32_t filled; /* bit per level: whether that level has a value already */
	bool after_key;
} JsonOut;

/* A writer that appends to text. */
JsonOut json_out(GString *text, bool indented);

void json_out_object(JsonOut *out);
void json_out_object_end(JsonOut *out);
void json_out_array(JsonOut *out);
void json_out_array_end(JsonOut *out);
void json_out_key(JsonOut *out, const char *key);

/* A NULL value is written as null. */
void json_out_string(JsonOut *out, const char *value);
void json_out_int(JsonOut *out, int64_t value);
void json_out_double(JsonOut *out, double value);
void json_out_bool(JsonOut *out, bool value);
void json_out_null(JsonOut *out);
/* A value that is JSON text already, taken as it is. */
void json_out_raw(JsonOut *out, const char *json);

/* key and value at once. */
void json_out_key_string(JsonOut *out, const char *key, const char *value);
void json_out_key_int(JsonOut *out, const char *key, int64_t value);
void json_out_key_bool(JsonOut *out, const char *key, bool value);

/* The same of a day (DAY_NONE: nothing is written), and of an instant with the zone's offset at that time (TIME_NONE:
 * nothing). */
void json_out_key_day(JsonOut *out, const char *key, Day day);
void json_out_key_time(JsonOut *out, const char *key, const Zone *zone, int64_t at);
