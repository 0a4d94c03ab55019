/* reading.h - a text through the room's one entry, for the tests of its readers.
 *
 * The reference zone is America/Phoenix, now is 2026-11-16 12:00 there, and the user is ana@example.net.
 */
#pragma once

#include <exchange/read.h>

#define NOW INT64_C(1794855600)

/* The items of a text; a refusal ends the test. Release with g_ptr_array_unref. */
GPtrArray *read_items(const char *text);
GPtrArray *read_bytes(const void *bytes, size_t length);

/* The message with which a text is refused. Free with g_free. */
char *read_refusal(const char *text);

/* An item by its place; it must be there. */
const Item *item_at(const GPtrArray *items, guint at);

/* A person of an item by place. */
const ItemPerson *person_at(const Item *item, guint at);

/* The calendar with one event that has these lines ("\n" between them). Free with g_free. */
char *calendar_with(const char *lines);
