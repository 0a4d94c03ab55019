/* content-write.h - the lines that iCalendar and vCard share, as they are written.
 *
 * What stands in a value is escaped, so that it can neither end its line nor add another.  Knows neither format.
 */
#pragma once

#include <glib.h>

/* Appends a content line, folded at most 75 octets a line without cutting a character in two. */
void content_append_line(GString *out, const GString *line);

/* Appends a text value to a line: commas, semicolons and line breaks escaped, other control characters left out. NULL
 * is empty. */
void content_append_escaped(GString *line, const char *value);

/* Appends NAME:value as a line of its own; nothing where the value is blank. */
void content_append_property(GString *out, const char *name, const char *value);

/* The same of a value that is no text (an address of the web): nothing in it is escaped, and it is one line. */
void content_append_uri(GString *out, const char *name, const char *value);
