/* json-twice.h - keys that one JSON object holds twice, and keys in single quotes.
 *
 * The JSON library keeps the last of two equal keys, takes single quotes for double ones, and says nothing; here they
 * are found in the text, which must have been parsed without an error.  Private to this room.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* True if the text holds exactly that many keys and values that are texts: what a tree made of it holds, unless a key
 * stood twice. False, too, where a key stands in single quotes, which the library lets pass. */
bool json_holds(const char *text, size_t length, size_t keys, size_t values);

/* The first single quote that is not inside a text, or NULL; borrowed. */
const char *json_find_single_quote(const char *text, size_t length);

/* The place of the first key that repeats one of the same object, spelled the same ("facts.people[1].name", with root
 * "facts"); NULL where there is none. Free with g_free. */
char *json_find_twice(const char *text, size_t length, const char *root);
