/* learned-walk.c - what of a sentence is counted: the same for the examples and for what is read.
 */
#include "known.h"
#include "learned.h"
#include "stem.h"

enum { HASH_START = 0x9dc5u, HASH_END, HASH_NUMBER, HASH_NAME, HASH_DAY, HASH_OPAQUE, HASH_STEM };

int learned_compare_hashes(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
	return one < other ? -1 : one > other;
}

static uint32_t join(uint32_t one, uint32_t other)
{
	uint32_t hash = (one ^ (one >> 15)) * 0x2c1b3c6du + other;
	hash = (hash ^ (hash >> 12)) * 0x297a2d39u;
	return hash ^ (hash >> 15);
}

/* Within a sentence a capital makes a name; what it is called says nothing of the tone. */
static bool is_name(const NoteText *text, const Token *token, bool begins)
{
	const uint32_t names = KNOWN_ME | KNOWN_PERSON | KNOWN_COMPANY;
	if (token->caps == CAPS_NONE || token->caps == CAPS_ALL || token->lower_length < 2)
		return false;
	return (token->known & names) || (!begins && !token_in_set(text, token, SET_PROPER));
}

/* What was talked about is not held against the writer. */
static bool is_told(const NoteText *text, const Token *token)
{
	const uint32_t told = KNOWN_TOPIC | KNOWN_OTHER_TOPIC | KNOWN_STRONG | KNOWN_WEAK | KNOWN_UNSAID | KNOWN_FIT;
	return (token->known & told) && !token_in_set(text, token, SET_STOP) && !token_in_set(text, token, SET_STOCK);
}

/* 0 for what does not count. */
static uint32_t hash_token(const NoteText *text, const Token *token, bool begins)
{
	char mark = text->note[token->start];
	switch ((TokenKind)token->kind) {
	case TOKEN_NUMBER:
		return HASH_NUMBER;
	case TOKEN_OPAQUE:
		return HASH_OPAQUE;
	case TOKEN_MARK:
		return mark == '?' || mark == '!' ? (uint32_t)mark : 0;
	case TOKEN_WORD:
		break;
	}
	if (is_told(text, token))
		return 0;
	if (is_name(text, token, begins))
		return HASH_NAME;
	if (token->caps == CAPS_FIRST && token_in_set(text, token, SET_PROPER))
		return HASH_DAY; /* or a month, or a language */
	return list_hash(text_lower(text, token), token->lower_length);
}

void learned_walk(const NoteText *text, uint32_t first, uint32_t last, LearnedTake take, void *data)
{
	uint32_t before = HASH_START;
	for (uint32_t i = first; i < last; i++) {
		const Token *token = text_token(text, i);
		uint32_t hash = hash_token(text, token, before == HASH_START);
		if (hash == 0)
			continue;
		take(hash, i, data);
		take(join(before, hash), i, data);
		if (token->kind == TOKEN_WORD && hash != HASH_NAME && hash != HASH_DAY) {
			char stem[STEM_BYTES];
			size_t length = stem_inflected(text_lower(text, token), token->lower_length, stem);
			take(join(HASH_STEM, list_hash(stem, length)), i, data);
		}
		before = hash;
	}
	if (before != HASH_START)
		take(join(before, HASH_END), last - 1, data);
}
