/* flow.h - paragraphs as lines of format=flowed (RFC 3676, DelSp=no).
 *
 * A reader that knows the format joins them again to any width; one that does not sees lines of at most 78 columns.
 */
#pragma once

#include <glib.h>

#define FLOW_COLUMNS 78

/* Takes UTF-8 whose lines end in \n or \r\n and returns it flowed, lines ending in \n: a long line is broken after a
 * space, a line that must not look quoted or be escaped by a mailbox is stuffed with a space. Spaces at a line's end
 * are cut, but for the signature mark "-- ". A word wider than a line stays whole. Free with g_string_free. */
GString *flow_wrap(const char *text);
