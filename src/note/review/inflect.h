/* inflect.h - the forms of English verbs and nouns, made from what a list says of them.
 *
 * Used where lists are read; knows spelling rules alone, and no word but by its letters.
 */
#pragma once

#include "stem.h"
#include <stdbool.h>

enum { FORM_BASE, FORM_S, FORM_ING, FORM_PAST, FORM_PARTICIPLE, FORM_COUNT };

typedef char WordForms[FORM_COUNT][STEM_BYTES];

/* "walk", "put/put/put", "begin/began/begun/beginning": all forms. False where a form is empty or too long. */
bool inflect_verb(const char *item, WordForms forms);

/* "role", "child/children": one in FORM_BASE, several in FORM_S; the others empty. */
bool inflect_noun(const char *item, WordForms forms);
