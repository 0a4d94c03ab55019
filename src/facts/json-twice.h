/* json-twice.h - keys that one JSON object holds twice.
 *
 * The JSON library keeps the last of them and says nothing; here they are found in the text.  The text must be JSON that
 * was parsed without an error.  Private to this room.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* True if the text holds exactly that many keys and, where this can be told sooner, texts that are values: what a tree made
 * of it holds, unless a key stood twice. */
bool json_holds(const char *text, size_t length, size_t keys, size_t values);

/* The place of the first key that repeats one of the same object, spelled the same ("facts.people[1].name", with root
 * "facts"); NULL where there is none. Free with g_free. */
char *json_find_twice(const char *text, size_t length, const char *root);
