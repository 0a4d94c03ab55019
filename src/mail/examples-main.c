/* examples-main.c - writes what the words of the examples tell as a C file: examples-main FILE… > mail-examples.c
 *
 * Runs at build time only.  A file holds answers: "== SAYS …", a line break, the text; lines before the first are
 * comments.  Names are left out: they are those of the examples.  Nothing is freed: the program ends with its output.
 */
#include "classify-like.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What a word, or two, that no example of a kind holds counts all the same. */
static const double UNSEEN = 0.3;

typedef struct Count {
	uint32_t hash;
	int answers[SAYS_COUNT]; /* of each kind that hold it */
	int inside, titled;      /* within sentences, and of these with a capital as names have it */
	bool dated;              /* a month or a weekday: capitals are its own */
} Count;

static bool is_titled(const WordsText *text, const Token *token)
{
	const char *at = text->text + token->at;
	return token->length > 1 && g_ascii_isupper(at[0]) && g_ascii_islower(at[1]);
}

/* One answer as it is counted. */
typedef struct Answer {
	GHashTable *counts, *seen; /* of all answers; of this one */
	const WordsText *text;
	const Token *first; /* of the sentence */
	int says;
} Answer;

static void count_one(uint32_t hash, const Token *token, bool alone, void *data)
{
	const Answer *answer = data;
	Count *count = g_hash_table_lookup(answer->counts, GUINT_TO_POINTER(hash));
	if (count == NULL) {
		count = g_new0(Count, 1);
		count->hash = hash;
		g_hash_table_insert(answer->counts, GUINT_TO_POINTER(hash), count);
	}
	bool inside = alone && token != answer->first;
	count->inside += inside;
	count->titled += inside && is_titled(answer->text, token);
	count->dated = words_has_value(answer->text, token);
	if (g_hash_table_add(answer->seen, GUINT_TO_POINTER(hash)))
		count->answers[answer->says]++;
}

static void count_answer(GHashTable *counts, const char *bytes, int says)
{
	WordsText *text = words_text_new(bytes, strlen(bytes));
	Answer answer = {counts, g_hash_table_new(g_direct_hash, g_direct_equal), text, NULL, says};
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		answer.first = words_token(text, words_sentence(text, i)->first);
		like_walk(text, i, count_one, &answer);
	}
}

/* As the facts have them; their code is not at hand while the room is built. */
static int find_kind(const char *word)
{
	static const char *const words[SAYS_COUNT] = {
		[SAYS_OTHER] = "other",
		[SAYS_MORE_TIME] = "more-time",
		[SAYS_NEXT_ROUND] = "next-round",
		[SAYS_OFFER] = "offer",
		[SAYS_REJECTION] = "rejection"};
	for (int i = 0; i < SAYS_COUNT; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

/* False where the file cannot be read, or holds an answer of no kind; it is told on standard error. */
static bool count_file(GHashTable *counts, const char *path)
{
	char *content = NULL;
	GError *error = NULL;
	if (!g_file_get_contents(path, &content, NULL, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return false;
	}
	char **answers = g_strsplit(content, "\n== ", -1);
	for (char **answer = answers + 1; answers[0] != NULL && *answer != NULL; answer++) {
		char *end = *answer + strcspn(*answer, "\n");
		char *word = g_strndup(*answer, strcspn(*answer, " \n"));
		int says = find_kind(word);
		if (says < 0) {
			fprintf(stderr, "%s: no kind of answer: %s\n", path, word);
			return false;
		}
		count_answer(counts, end, says);
	}
	return true;
}

static bool is_name(const Count *count)
{
	return count->inside > 0 && count->titled == count->inside && !count->dated;
}

static int compare_counts(const void *a, const void *b)
{
	const Count *one = *(Count *const *)a, *other = *(Count *const *)b;
	return one->hash < other->hash ? -1 : one->hash > other->hash;
}

static void write_word(const Count *count, const double sums[SAYS_COUNT], double words)
{
	double shares[SAYS_COUNT], mean = 0;
	for (int says = 0; says < SAYS_COUNT; says++) {
		shares[says] = log((count->answers[says] + UNSEEN) / (sums[says] + UNSEEN * words));
		mean += shares[says] / SAYS_COUNT;
	}
	printf("{%uu,{", count->hash);
	for (int says = 0; says < SAYS_COUNT; says++)
		printf("%s%d", says == 0 ? "" : ",", (int)CLAMP(lround(LIKE_NAT * (shares[says] - mean)), INT8_MIN, INT8_MAX));
	printf("}},\n");
}

int main(int argc, char **argv)
{
	GHashTable *counts = g_hash_table_new(g_direct_hash, g_direct_equal);
	GPtrArray *kept = g_ptr_array_new();
	double sums[SAYS_COUNT] = {0};
	bool good = argc > 1;
	for (int i = 1; i < argc; i++)
		good = count_file(counts, argv[i]) && good;
	GHashTableIter iter;
	gpointer value = NULL;
	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, NULL, &value))
		if (!is_name(value))
			g_ptr_array_add(kept, value);
	g_ptr_array_sort(kept, compare_counts);
	for (guint i = 0; i < kept->len; i++)
		for (int says = 0; says < SAYS_COUNT; says++)
			sums[says] += ((const Count *)kept->pdata[i])->answers[says];
	printf("/* Made from src/mail/examples by examples-main. */\n#include \"classify-like.h\"\n\n");
	printf("static const LikeWord words[] = {\n");
	for (guint i = 0; i < kept->len; i++)
		write_word(kept->pdata[i], sums, (double)kept->len);
	printf("};\nconst LikeTable like_table = {words, %u};\n", kept->len);
	return good ? 0 : 1;
}
