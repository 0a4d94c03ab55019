/* learned.c - adds up what the examples have taught of each word and each two.
 */
#include "learned.h"

#include <math.h>
#include <stdlib.h>

enum { KNOWN_WORDS_MIN = 14 }; /* of what counts: some five words with their stems and pairs */

/* The weights of what has that hash; NULL where no example did. */
static const int8_t *find_weights(uint32_t hash)
{
	const uint32_t *found =
		bsearch(&hash, learned_table.hashes, learned_table.count, sizeof hash, learned_compare_hashes);
	return found == NULL ? NULL : learned_table.weights[found - learned_table.hashes];
}

typedef struct Sum {
	int32_t weights[LEARNED_COUNT];
	int count;
} Sum;

static void add(uint32_t hash, uint32_t token, void *data)
{
	Sum *sum = data;
	const int8_t *weights = find_weights(hash);
	if (weights == NULL)
		return;
	for (int kind = 0; kind < LEARNED_COUNT; kind++)
		sum->weights[kind] += weights[kind];
	sum->count++;
}

LearnedScores learned_read(const NoteText *text, uint32_t first, uint32_t last)
{
	Sum sum = {{0}, 0};
	LearnedScores scores;
	learned_walk(text, first, last, add, &sum);
	for (int kind = 0; kind < LEARNED_COUNT; kind++) {
		double score = learned_table.bias[kind] + sum.weights[kind] / sqrt(MAX(sum.count, 1));
		scores.of[kind] = sum.count < KNOWN_WORDS_MIN ? LEARNED_UNKNOWN : (int)(score * 100 / LEARNED_SCALE);
	}
	return scores;
}

typedef struct Weighty {
	const NoteText *text;
	LearnedKind kind;
	uint32_t token, besides, best;
	int32_t weight, most;
} Weighty;

/* A token's word, stem and pair come one after the other. */
static void weigh(uint32_t hash, uint32_t token, void *data)
{
	Weighty *weighty = data;
	const Token *word = text_token(weighty->text, token);
	const int8_t *weights = find_weights(hash);
	weighty->weight = token == weighty->token ? weighty->weight : 0;
	weighty->token = token;
	weighty->weight += weights == NULL ? 0 : weights[weighty->kind];
	if (token == weighty->besides || weighty->weight <= weighty->most || word->kind != TOKEN_WORD ||
		token_in_set(weighty->text, word, SET_STOP))
		return;
	weighty->most = weighty->weight;
	weighty->best = token;
}

uint32_t learned_find_weighty(const NoteText *text, const Sentence *sentence, LearnedKind kind, uint32_t besides)
{
	Weighty weighty = {.text = text, .kind = kind, .token = sentence->last, .besides = besides, .best = sentence->last};
	learned_walk(text, sentence->first, sentence->last, weigh, &weighty);
	return weighty.best;
}
