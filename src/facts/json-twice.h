/* json-twice.h - keys that one JSON object holds twice.
 *
 * The JSON library keeps the last of them and says nothing; here they are found in the text.  The text must be JSON that
 * was parsed without an error.  Private to this room.
 */
#pragma once

#include <stddef.h>

/* The keys of all objects in the text, each as often as it stands there. */
size_t json_count_keys(const char *text, size_t length);

/* The place of the first key that repeats one of the same object, spelled the same ("facts.people[1].name", with root
 * "facts"); NULL where there is none. Free with g_free. */
char *json_find_twice(const char *text, size_t length, const char *root);
