/* foreign.h - text of other programs, made fit for an item: UTF-8, without what may not stand there, and bounded.
 *
 * For the files of this room only.  Bytes that are no UTF-8 are read as what they were declared to be, else as
 * Windows-1252; nothing is refused.
 */
#pragma once

#include <base/text.h>
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The bytes as UTF-8 without NULs. charset is what was declared, or NULL; a declaration that the bytes disprove is
 * passed over. Free with g_free. */
char *foreign_to_utf8(const char *bytes, size_t length, const char *charset);

/* The file as UTF-8 if it is UTF-16 (by its mark, or by every other byte of its beginning being 0); else NULL. */
GString *foreign_from_utf16(const char *bytes, size_t length);

/* The text without what a text of that kind may not hold, in composed form, white space at its ends and (in one line)
 * runs of it gone, cut to limit bytes; NULL where nothing is left or text is NULL. Free with g_free. */
char *foreign_clean(const char *text, size_t limit, TextKind kind);

/* The text without HTML tags, if it has any; line ends and the commonest entities become what they stand for. Free with
 * g_free. */
char *foreign_strip_tags(const char *text);
