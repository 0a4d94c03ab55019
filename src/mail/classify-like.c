/* classify-like.c - adds up what is known of each word and each two, once.
 */
#include "classify-like.h"

#include <stdlib.h>

static int compare_words(const void *a, const void *b)
{
	uint32_t one = ((const LikeWord *)a)->hash, other = ((const LikeWord *)b)->hash;
	return one < other ? -1 : one > other;
}

static const LikeWord *find_word(uint32_t hash)
{
	const LikeWord wanted = {.hash = hash};
	return bsearch(&wanted, like_table.words, like_table.count, sizeof wanted, compare_words);
}

typedef struct Sum {
	GHashTable *seen;
	LikeReading reading;
	int words, known; /* met, each time that it is */
} Sum;

static void add(uint32_t hash, const Token *token, bool alone, void *data)
{
	Sum *sum = data;
	const LikeWord *word = find_word(hash);
	sum->words += alone;
	sum->known += alone && word != NULL;
	if (word == NULL || (sum->seen != NULL && !g_hash_table_add(sum->seen, GUINT_TO_POINTER(hash))))
		return;
	for (int says = 0; says < SAYS_COUNT; says++)
		sum->reading.scores[says] += word->weights[says];
}

LikeReading like_read(const WordsText *text)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
	Sum sum = {.seen = seen};
	for (uint32_t i = 0; i < text->sentences->len; i++)
		like_walk(text, i, add, &sum);
	sum.reading.knows = sum.known * 5 >= sum.words * 3;
	return sum.reading.knows ? sum.reading : (LikeReading){{0}, false};
}

int like_find_sentence(const WordsText *text, Says says)
{
	int best = -1;
	int32_t most = 0;
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		Sum sum = {0};
		like_walk(text, i, add, &sum);
		if (best < 0 || sum.reading.scores[says] > most) {
			most = sum.reading.scores[says];
			best = (int)i;
		}
	}
	return best;
}
