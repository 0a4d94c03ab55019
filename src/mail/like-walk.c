/* like-walk.c - what of a sentence is counted: the same for the examples and for what is read.
 */
#include "classify-like.h"

#include "words-lists.h"

static bool counts(const WordsText *text, const Token *token)
{
	const unsigned char *at = (const unsigned char *)text->text + token->at;
	bool punctuation = at[0] == 0xe2 && at[1] == 0x80;
	return g_ascii_isalnum((char)*at) || *at == '?' || *at == '!' || *at == '$' || (*at >= 0x80 && !punctuation);
}

void like_walk(const WordsText *text, uint32_t sentence, LikeTake take, void *data)
{
	const Sentence *bounds = words_sentence(text, sentence);
	uint32_t before = 0;
	for (uint32_t at = bounds->first; at < bounds->last; at++) {
		const Token *token = words_token(text, at);
		if (!counts(text, token))
			continue;
		take(token->hash, token, true, data);
		uint32_t both = before;
		for (int shift = 0; shift < 32; shift += 8)
			both = words_hash_more(both, (unsigned char)(token->hash >> shift));
		if (before != 0)
			take(both, token, false, data);
		before = token->hash;
	}
}
