/* draft-reader.h - a text about the reader, turned to the reader: "their plan" is "your plan".
 *
 * English only.  Where somebody else can be meant, the word is left as it is.
 */
#pragma once

#include <facts/facts.h>
#include <stdbool.h>

/* "they", "their", and with one_person "he", "she" and "her" too, as the reader; verbs agree.  Free with g_free. */
char *turn_to_reader(const char *text, bool one_person);

/* The reader's own name as "he", "Finn's" as "his", so that turn_to_reader sees it; reader may be NULL.  Free with
 * g_free. */
char *name_to_pronoun(const char *text, const Person *reader);

/* Whether "their" after that word could mean others than the reader: "customers". */
bool may_be_meant(const char *word);
