/* text.h - what may stand in a text that came from outside, and small questions about UTF-8.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a text may hold.  TEXT_LINE: one line, no control characters.  TEXT_NAME: as TEXT_LINE, and neither invisible
 * direction marks nor emoji, for names that end up in headers and salutations.  TEXT_BLOCK: lines and tabs too. */
typedef enum { TEXT_LINE, TEXT_NAME, TEXT_BLOCK } TextKind;

/* NULL if text is valid UTF-8, of at most limit bytes, and of that kind; else what is wrong with it, as the end of a
 * sentence that begins with the text's name ("holds a line break; one line is expected"); static. */
const char *text_find_fault(const char *text, size_t length, size_t limit, TextKind kind);

/* True if text is NULL, empty, or only white space. */
bool text_is_blank(const char *text);

/* A copy in which control characters and direction marks are escaped visibly, and that is cut to at most `limit` bytes
 * at a character's edge: for showing a foreign text in a message. Free with g_free. */
char *text_to_show(const char *text, size_t limit);

/* Adds a text as one part of an address's path: everything but letters, digits and "-._~" is percent-encoded. "." and
 * "..", which a browser would take for places in the path, get a "=" in front; text_read_path_part takes it away. */
void text_append_path_part(GString *out, const char *text);

/* What such a part stands for: its first length bytes, decoded. NULL if that is no text: a bad escape, a NUL, or not
 * UTF-8. Free with g_free. */
char *text_read_path_part(const char *part, size_t length);

/* Adds a number in decimal, with zeros before it where it has fewer digits than that: what a format would do, in a
 * tenth of the time. */
void text_append_number(GString *text, int64_t number, int digits);

/* Adds the time of day, "09:05", of a second of the day. */
void text_append_clock(GString *text, int second);
