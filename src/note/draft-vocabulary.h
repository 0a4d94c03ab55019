/* draft-vocabulary.h - the English words by which a jotted-down text is read.
 *
 * Closed lists in lower case; what is not in them is left alone.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef enum {
	GROUP_SUBJECT,      /* begins a sentence: "we", "it's" */
	GROUP_DETERMINER,   /* begins a noun phrase that lacks nothing: "the", "our", "two" */
	GROUP_CLAUSE,       /* begins a clause that can stand for a noun: "how" */
	GROUP_BEFORE,       /* prepositions and the like: what begins with one needs a colon */
	GROUP_AFTER_HEAD,   /* ends the noun that a phrase is about: "team that", "culture of" */
	GROUP_OPENING,      /* words before "she" that mean no one else: "the way she" */
	GROUP_VERB,         /* verbs without -ed that may have lost their subject */
	GROUP_NOT_PAST,     /* adjectives in -ed */
	GROUP_NOT_DOING,    /* words in -ing that are no verbs */
	GROUP_NOT_PLURAL,   /* words in -s that are no plurals */
	GROUP_FINITE,       /* verbs that make what they stand in a sentence */
	GROUP_PLURAL_VERB,  /* words that are verbs after a plural: "patients come" */
	GROUP_SORE,         /* words of an answer better not brought up again */
	GROUP_COUNTED,      /* nouns that need an article in the singular */
	GROUP_SETTING,      /* the same, of what one works in: "team" */
	GROUP_COMMON,       /* words that begin notes with a capital and are no names */
	GROUP_NAMES,        /* words that look as if they were none, but are names */
	GROUP_COMMON_END,   /* endings of words that are no names */
	GROUP_HUMAN,        /* people, whom "he" could mean */
	GROUP_STATE,        /* adjectives that lack "I am" where a preposition follows: "fluent in" */
	GROUP_MONEY,        /* what a note of thanks brings up last */
	GROUP_PRIVATE,      /* what an answer may be about without being brought up again */
	GROUP_TOGETHER,     /* verbs after "we" that both did */
	GROUP_BASE_VERB,    /* infinitives: "improve" */
	GROUP_BASE_OR_NOUN, /* the same, where an object has to follow to tell: "plan the move" */
	GROUP_DOUBLING,     /* infinitives that double their last letter before -ing */
	GROUP_OBJECT,       /* words behind an infinitive, articles aside: "show them" */
	GROUP_MINE,         /* nouns of what only a candidate has: "experience" */
	GROUP_BRINGABLE,    /* the same, of a detail not mentioned yet: "thesis" */
	GROUP_COUNT
} WordGroup;

/* Whether a lower-case word belongs to a group. */
bool vocabulary_has(WordGroup group, const char *word);

/* Whether a lower-case word ends with an entry, with three letters at least before it. */
bool vocabulary_match_end(WordGroup group, const char *word);
