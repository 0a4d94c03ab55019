/* classify-like.h - which kind of answer a text resembles, by its words alone.
 *
 * The examples (examples/) are counted when the program is built (examples-main.c): how many of each kind hold a word,
 * and how many two words in a row.  A text is as likely of a kind as all it holds is together (naive Bayes).  What is
 * said far apart is not seen together: the lists (classify-says.c) see it.
 */
#pragma once

#include "parse-words.h"

#include <facts/words.h>

enum { LIKE_NAT = 20 }; /* what a factor of e is in the numbers below */

/* How much more likely a word, or two, are in each kind of answer than in the mean of all, as logarithms. */
typedef struct LikeWord {
	uint32_t hash;
	int8_t weights[SAYS_COUNT];
} LikeWord;

typedef struct LikeTable {
	const LikeWord *words; /* by hash */
	uint32_t count;
} LikeTable;

extern const LikeTable like_table;

/* Calls take with the hash of each word of a sentence that says anything (words, numbers, the marks of questions, cheer
 * and money), and of each two in a row; token is the last of it. */
typedef void (*LikeTake)(uint32_t hash, const Token *token, bool alone, void *data);
void like_walk(const WordsText *text, uint32_t sentence, LikeTake take, void *data);

typedef struct LikeReading {
	int32_t scores[SAYS_COUNT]; /* logarithms, in LIKE_NAT; only their differences mean something */
	bool knows;                 /* its words, mostly */
} LikeReading;

/* All the same where less than three in five of the words are known: it is another language, or another matter. */
LikeReading like_read(const WordsText *text);

/* The sentence that says most for one kind against the others; -1 where the text is empty. */
int like_find_sentence(const WordsText *text, Says says);
