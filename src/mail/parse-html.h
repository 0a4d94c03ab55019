/* parse-html.h - HTML of a mail as plain text.
 *
 * libxml2's parser with its limits on, no network, no tree.  Quoted parts get "> " before their lines, a signature that
 * the mail program marked gets "-- " above it, so that one set of rules finds both.
 */
#pragma once

#include <stddef.h>

/* The text of UTF-8 HTML, at most limit bytes. Free with g_free. */
char *html_to_text(const char *html, size_t length, size_t limit);
