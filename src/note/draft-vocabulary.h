/* draft-vocabulary.h - the English words by which a jotted-down text is read.
 *
 * Closed lists in lower case; what is not in them is left alone.
 */
#pragma once

#include <stdbool.h>

typedef enum {
	GROUP_SUBJECT,     /* begins a sentence: "we", "it's" */
	GROUP_DETERMINER,  /* begins a noun phrase that lacks nothing: "the", "our", "two" */
	GROUP_CLAUSE,      /* begins a clause that can stand for a noun: "how" */
	GROUP_BEFORE,      /* prepositions and the like: what begins with one needs a colon */
	GROUP_AFTER_HEAD,  /* ends the noun that a phrase is about: "team that", "culture of" */
	GROUP_OPENING,     /* words before "she" that mean no one else: "the way she" */
	GROUP_VERB,        /* verbs without -ed that may have lost their subject */
	GROUP_NOT_PAST,    /* adjectives in -ed */
	GROUP_NOT_DOING,   /* words in -ing that are no verbs */
	GROUP_NOT_PLURAL,  /* words in -s that are no plurals */
	GROUP_FINITE,      /* verbs that make what they stand in a sentence */
	GROUP_COUNTED,     /* nouns that need an article in the singular */
	GROUP_SETTING,     /* the same, of what one works in: "team" */
	GROUP_COMMON,      /* words that begin notes with a capital and are no names */
	GROUP_LEAD,        /* beginnings that only announce the text: "we talked about " */
	GROUP_LEAD_UNSAID, /* the same before something left unsaid: "forgot to mention " */
	GROUP_LEAD_ANSWER, /* the same before an answer: "my answer on " */
	GROUP_TOGETHER,    /* verbs after "we" that both did */
	GROUP_COUNT
} WordGroup;

/* Whether a lower-case word belongs to a group. */
bool vocabulary_has(WordGroup group, const char *word);

/* The entries of a group, NULL at the end; static. */
const char *const *vocabulary_list(WordGroup group);
