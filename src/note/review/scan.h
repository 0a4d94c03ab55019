/* scan.h - a note as words, sentences and parts.
 *
 * Knows where the subject, the greeting, the closing line and the signature are, and gives every word its numbers in
 * the word lists.  A contraction is two words ("I'm" is "i" and "am"), so that lists need to name one form only.  All
 * positions are bytes of the input.  It judges nothing.
 */
#pragma once

#include "lists.h"

typedef enum { TOKEN_WORD, TOKEN_NUMBER, TOKEN_OPAQUE, TOKEN_MARK } TokenKind;

typedef enum { CAPS_NONE, CAPS_FIRST, CAPS_ALL, CAPS_INNER } Caps;

enum {
	TOKEN_GLUED = 1,      /* second half of a contraction */
	TOKEN_HYPHEN = 2,     /* joined to the word before by a hyphen */
	TOKEN_SPACE = 4,      /* white space stands before it */
	TOKEN_POSSESSIVE = 8, /* 's or s' was cut off */
	TOKEN_DIGITS = 16,    /* a word with digits in it */
	TOKEN_DOTTED = 32,    /* an abbreviation whose full stop belongs to it */
	TOKEN_BREAK = 64,     /* a line break stands before it */
	TOKEN_SPLIT = 128,    /* first half of a contraction */
};

typedef struct Token {
	uint32_t start, end;
	uint32_t lower; /* offset into NoteText.lower, NUL-terminated there */
	uint16_t lower_length;
	uint8_t kind, caps;
	uint8_t flags;
	WordId word, alt, stem, root; /* numbers in the lists, or 0; alt of a contraction's half is "'s", "'re" */
	uint32_t sentence;
	uint32_t known; /* bits of known.h */
} Token;

typedef enum {
	PART_SUBJECT,
	PART_GREETING,
	PART_BODY,
	PART_ITEM,
	PART_CLOSING,
	PART_SIGNATURE,
	PART_QUOTED,
} Part;

typedef struct Sentence {
	uint32_t first, last; /* tokens [first, last) */
	uint32_t paragraph;
	uint32_t senses; /* bit (1 << Sense): what the patterns found */
	bool ended;      /* by . ! ? … or a colon */
} Sentence;

typedef struct Paragraph {
	Part part;
	uint32_t start, end;                    /* bytes, without white space around them */
	uint32_t first, last;                   /* tokens */
	uint32_t first_sentence, last_sentence; /* sentences */
} Paragraph;

typedef struct NoteText {
	const char *note; /* borrowed */
	uint32_t length;
	const ReviewLists *lists;
	GString *lower;
	GArray *tokens;     /* of Token */
	GArray *sentences;  /* of Sentence */
	GArray *paragraphs; /* of Paragraph */
	bool has_subject;   /* a Subject header that is not empty */
	uint32_t body;      /* byte where the body begins */
	uint32_t end;       /* byte behind the last that is no white space */
	/* Token ranges, empty where there is none. */
	uint32_t greeting_first, greeting_last; /* the greeted names, titles included: "Mr. Finn" */
	uint32_t greeting_end;                  /* first token behind the greeting and its comma */
	bool greets;                            /* a greeting word stands at the top */
	uint32_t signature_first, signature_last;
	int words; /* of the body, as an editor counts them */
} NoteText;

/* The note must be valid UTF-8 without NUL. */
void note_text_init(NoteText *text, const char *note, size_t length, const ReviewLists *lists);
void note_text_clear(NoteText *text);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NoteText, note_text_clear)

static inline const Token *text_token(const NoteText *text, uint32_t index)
{
	return &g_array_index(text->tokens, Token, index);
}
static inline const Sentence *text_sentence(const NoteText *text, uint32_t index)
{
	return &g_array_index(text->sentences, Sentence, index);
}
static inline const Paragraph *text_paragraph(const NoteText *text, uint32_t index)
{
	return &g_array_index(text->paragraphs, Paragraph, index);
}
static inline Part text_part_of(const NoteText *text, const Sentence *sentence)
{
	return text_paragraph(text, sentence->paragraph)->part;
}
static inline const char *text_lower(const NoteText *text, const Token *token)
{
	return text->lower->str + token->lower;
}
/* True if the token is that mark. */
static inline bool token_is_mark(const NoteText *text, const Token *token, char mark)
{
	return token->kind == TOKEN_MARK && text->note[token->start] == mark;
}
static inline bool token_in_set(const NoteText *text, const Token *token, unsigned set)
{
	return lists_in_set(text->lists, token->word, set) || lists_in_set(text->lists, token->stem, set);
}
/* True if something of the note's own text stands in that part: not quoted, not the signature. */
static inline bool part_is_prose(Part part)
{
	return part == PART_BODY || part == PART_ITEM;
}

/* scan-words.c: appends the tokens of note[start, end). */
void scan_words(NoteText *text, uint32_t start, uint32_t end);
/* scan-parts.c: finds parts, paragraphs and sentences once the tokens are there. */
void scan_parts(NoteText *text, uint32_t subject_tokens);
