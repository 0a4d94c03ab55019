/* wrap.h - how wide a text is on a terminal, and where a line of it ends.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Columns a text of length bytes of UTF-8 takes: none for combining marks, two for wide characters. */
int wrap_columns(const char *text, size_t length);

/* How many bytes go on a line of so many columns: up to a space where there is one (the space is not counted), else the
 * whole first word, or, with cut, as much of it as fits (one character at least). */
size_t wrap_fit(const char *text, size_t length, int columns, bool cut);

/* The end of the shell word that begins at text: quotes keep spaces together. */
size_t wrap_shell_word(const char *text, size_t length);

/* A foreign text as one line that cannot move the cursor: control characters, line breaks and marks of direction are
 * escaped visibly, tabs are spaces. NULL where it can be shown as it stands; free with g_free. */
char *wrap_find_safe(const char *text, size_t length);
