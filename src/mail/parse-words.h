/* parse-words.h - word lists as data, and where their phrases fit a text.
 *
 * The lists (words/ *.words) are made into tables when the program is built (words-lists.h).  A text becomes tokens:
 * lower-case words without accents, contractions written out ("can't": can not), and single marks.  A phrase never
 * crosses the end of a sentence.  It finds; what a find means is for others to say.
 *
 *   # a comment            [list WEIGHT]   the list that the lines below it belong to, and what a find in it weighs
 *   a|b        one of these         a?     may be missing       ..3    up to three other words
 *   !a|b       not one of these     @set   one of the words of [set set]
 *   x & y      and y anywhere in the sentence              x & ! y   and y nowhere in it
 *   0          any word of no list that begins with a digit
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
	WORDS_REJECT,
	WORDS_REJECT_NOT,
	WORDS_REGRET,
	WORDS_WISH,
	WORDS_KEEP,
	WORDS_OTHERS,
	WORDS_OFFER,
	WORDS_OFFER_NOT,
	WORDS_NEXT,
	WORDS_NEXT_NOT,
	WORDS_WAIT,
	WORDS_WAIT_NOT,
	WORDS_PROMISE,
	WORDS_ASKED,
	WORDS_ERRAND,
	WORDS_LOGISTICS,
	WORDS_NEGATION,
	WORDS_AWAY,
	WORDS_AWAY_SIGN,
	WORDS_AWAY_UNTIL,
	WORDS_AUTO,
	WORDS_AUTO_SUBJECT,
	WORDS_ANSWER_SUBJECT,
	WORDS_FORWARD_SUBJECT,
	WORDS_BOUNCE_SUBJECT,
	WORDS_BOUNCE_SENDER,
	WORDS_BOUNCE_TEXT,
	WORDS_RETURNED,
	WORDS_DEAD,
	WORDS_ALIVE,
	WORDS_ATTRIBUTION,
	WORDS_INTRODUCTION,
	WORDS_JOB,
	WORDS_RELAY,
	WORDS_ORIGINAL,
	WORDS_HEADER,
	WORDS_DEVICE,
	WORDS_CLOSING,
	WORDS_DISCLAIMER,
	WORDS_BANNER,
	WORDS_TONGUE,
	WORDS_COUNT,
} WordsList;

/* Words with a value: months (1 to 12), weekdays (1 to 7), numbers, units of time, first to fourth, and what
 * else a date may begin with. */
typedef enum {
	VALUE_NONE,
	VALUE_MONTH,
	VALUE_WEEKDAY,
	VALUE_NUMBER,
	VALUE_UNIT,
	VALUE_ORDER,
	VALUE_START,
	VALUE_COUNT
} ValueKind;

enum { WORDS_TOKEN_BYTES = 72, WORDS_TOKENS = 20000 };

typedef struct Token {
	uint32_t at, length; /* its bytes in the text */
	uint32_t hash;       /* of it as the reader makes it; numbers have one and the same */
	uint16_t word;       /* its number in the vocabulary; 0 for a word of no list */
	int16_t number;      /* of digits: their value up to 9999; else -1 */
	bool blank;          /* white space before it */
} Token;

typedef struct Sentence {
	uint32_t first, last; /* tokens, last not included */
	uint32_t at, end;     /* bytes */
} Sentence;

typedef struct WordsText {
	const char *text;  /* borrowed */
	GArray *tokens;    /* of Token */
	GArray *sentences; /* of Sentence */
} WordsText;

typedef struct WordsFind {
	WordsList list;
	int weight;
	uint32_t sentence;
	uint32_t first, last; /* tokens, last not included */
} WordsFind;

/* Takes a valid UTF-8 text apart; at most WORDS_TOKENS tokens. */
WordsText *words_text_new(const char *text, size_t length);
void words_text_free(WordsText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WordsText, words_text_free)

/* All finds of the lists whose bits (1 << WordsList) are set, by place. Of WordsFind. */
GArray *words_find(const WordsText *text, uint64_t lists);

/* Whether a phrase of the list fits anywhere, or right at the beginning. */
bool words_fit(const char *text, WordsList list);
bool words_fit_start(const char *text, size_t length, WordsList list);

/* What a token is worth as a month, a weekday, a number or a unit; 0 where it is none. */
int words_value(const Token *token, ValueKind kind);

/* Whether a token is worth anything of that kind, or begins with a digit: what is not begins no date. */
bool words_has_value(const WordsText *text, const Token *token);

/* Whether a token is that word (in lower case, of some list or asked for before); an unlisted word is never equal. */
bool words_is(const WordsText *text, const Token *token, const char *word);

static inline const Token *words_token(const WordsText *text, uint32_t index)
{
	return &g_array_index(text->tokens, Token, index);
}
static inline const Sentence *words_sentence(const WordsText *text, uint32_t index)
{
	return &g_array_index(text->sentences, Sentence, index);
}
