/* words.h - our words as people read them, and as choices of a form.
 */
#pragma once

#include <base/mustache.h>

typedef enum { WORDS_OF_ROLE, WORDS_OF_KIND, WORDS_OF_LENGTH } WordsOf;

/* A list of {value, label, selected} for a template; selected: the value that is chosen, or NULL. The caller owns it.
 */
MustacheValue *words_choices(WordsOf words, const char *selected);
