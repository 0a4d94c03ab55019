/* csv-text.h - the bytes of a sheet as UTF-8, and its words as they are compared.
 *
 * For the CSV reader only.  Sheets do not say how they are encoded: a mark at the beginning, what is valid, and what
 * reads like words decide.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The text in UTF-8, without a mark at its beginning; bytes that are no character become U+FFFD. charset: what somebody
 * said it is, or NULL; believed where the bytes allow it. */
GString *csv_text_decode(const char *bytes, size_t length, const char *charset);

/* "Date d'envoi (prévue)" as "date d envoi prevue": lower case, without accents, words with a space between;
 * "dateApplied" as "date applied" where camel. Of a long text the beginning. Free with g_free. */
char *csv_text_fold(const char *text, bool camel);

/* True of a cell that says there is nothing: empty, "-", "N/A", "TBD", "none". */
bool csv_text_is_missing(const char *cell);
