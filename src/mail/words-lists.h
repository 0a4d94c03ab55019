/* words-lists.h - the word lists as the program holds them: tables without pointers between them, made when it is
 * built.
 *
 * words-main.c reads words/ and writes them; parse-words.c looks things up.  What the lines of a list may hold is told
 * in parse-words.h.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { WORDS_NEEDS = 2 };

typedef enum { ELEMENT_WORD, ELEMENT_OPTIONAL, ELEMENT_NOT, ELEMENT_GAP } ElementKind;

typedef struct ListElement {
	uint8_t kind, gap;
	uint16_t count;   /* of its words */
	uint32_t choices; /* where their numbers begin, ascending */
} ListElement;

/* What else has to stand in the sentence, or must not. */
typedef struct ListCondition {
	uint32_t elements;
	uint8_t count;
	bool absent;
} ListCondition;

typedef struct ListPhrase {
	uint64_t needs[WORDS_NEEDS]; /* a sentence without any of these (words_bit) does not hold it */
	uint32_t elements, conditions;
	uint8_t element_count, condition_count, list, weight;
} ListPhrase;

typedef struct ListWord {
	uint32_t text, starts; /* where it stands, and where the phrases that may begin with it are */
	uint32_t value;        /* kind << 16 | value */
	uint16_t length, start_count;
	uint64_t lists; /* that those phrases belong to */
} ListWord;

typedef struct WordsLists {
	const char *chars;
	const ListWord *words; /* the first is no word */
	const uint16_t *slots; /* words by hash, open addressing; slot_mask + 1 of them */
	const ListElement *elements;
	const uint16_t *choices;
	const ListCondition *conditions;
	const ListPhrase *phrases;
	const uint16_t *starts; /* indexes of phrases */
	uint32_t slot_mask;
	uint16_t any_number; /* what "0" stands for: a word of no list that begins with a digit */
} WordsLists;

extern const WordsLists words_lists;

static inline uint32_t words_hash_more(uint32_t hash, unsigned char c)
{
	return (hash ^ c) * 16777619u;
}

static inline uint32_t words_hash(const char *word)
{
	uint32_t hash = 2166136261u;
	for (; *word != '\0'; word++)
		hash = words_hash_more(hash, (unsigned char)*word);
	return hash;
}

/* One of 64 bits for a word: what a sentence holds, roughly. */
static inline uint64_t words_bit(uint16_t word)
{
	return UINT64_C(1) << ((word * UINT32_C(2654435769)) >> 26);
}
