/* examples-main.c - writes what the words of the examples tell as a C file: examples-main FILE… > review-examples.c
 *
 * Runs at build time only.  A file holds lines "kind: sentence", or good notes in the form of the tests (".cases"), or
 * what drafts are made of (".mustache"): each sentence of those is plain.  A sentence of several kinds has them all
 * before the colon.  "plain" (or "fine") has no wrong tone, "other" and "thanks" say nothing else either that a note
 * may have to hold.  What has another fault teaches nothing here.  Each kind is told from all others by a linear
 * support vector machine, solved by dual coordinate descent (Hsieh et al. 2008, squared hinge): plain arithmetic in a
 * fixed order, the same on every machine.  Nothing is freed: the program ends with its output.
 */
#include "learned.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ROUNDS = 160, PAUSE_MAX = 15, SEEN_MIN = 2 };

/* What an example on the wrong side costs, as the method has it: 1 / (2 C).  Good notes and what our own drafts say are
 * certain, and cost more. */
static const double SLACK = 0.5, SLACK_CERTAIN = 0.05;

typedef struct Example {
	uint32_t kinds;   /* bit (1 << LearnedKind) */
	bool tells_parts; /* what it holds is known, not its tone alone */
	bool is_faulty;   /* in another way than a tone's */
	bool is_certain;
	GArray *features; /* of uint32_t: hashes, then numbers of weights */
	double value;     /* of each feature: their length is one */
} Example;

static const char *const kind_names[] = {
#define NAME(kind, name) name,
	LEARNED_KINDS(NAME)
#undef NAME
};

static void take_hash(uint32_t hash, uint32_t token, void *data)
{
	g_array_append_val((GArray *)data, hash);
}

static int find_name(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

/* False where a kind is none. */
static bool read_kinds(const char *words, Example *example)
{
	static const char *const no_tone[] = {"plain", "fine", "other", "thanks"};
	static const char *const other_faults[] = {"placeholder", "missing-attachment", "shouting", "spelling",
											   "grammar",     "punctuation"};
	char **names = g_strsplit(words, " ", -1);
	for (char **name = names; *name; name++) {
		int kind = find_name(kind_names, LEARNED_COUNT, *name), none = find_name(no_tone, G_N_ELEMENTS(no_tone), *name);
		bool fault = find_name(other_faults, G_N_ELEMENTS(other_faults), *name) >= 0;
		if (kind < 0 && none < 0 && !fault)
			return false;
		example->kinds |= kind < 0 ? 0 : 1u << kind;
		example->is_faulty = example->is_faulty || fault;
		example->tells_parts = example->tells_parts || kind >= LEARNED_TONES || none >= 2;
		example->is_certain = example->is_certain || none == 1;
	}
	return true;
}

static void add_example(GArray *examples, Example example, const NoteText *text, uint32_t first, uint32_t last)
{
	example.features = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	learned_walk(text, first, last, take_hash, example.features);
	g_array_append_val(examples, example);
}

/* The sentences of a note that is good. */
static void read_note(const char *note, GArray *examples)
{
	NoteText text;
	note_text_init(&text, note, strlen(note), &review_lists_built_in);
	for (uint32_t i = 0; i < text.sentences->len; i++) {
		const Sentence *sentence = text_sentence(&text, i);
		if (part_is_prose(text_part_of(&text, sentence)))
			add_example(examples, (Example){.is_certain = true}, &text, sentence->first, sentence->last);
	}
	note_text_clear(&text);
}

static void read_notes(const char *content, GArray *examples)
{
	char **cases = g_strsplit(content, "\n=== ", -1);
	for (char **one = cases; *one; one++) {
		const char *note = strstr(*one, "\n---\n");
		if (note != NULL)
			read_note(note + strlen("\n---\n"), examples);
	}
}

/* The wordings of a template, with a name in every place that the facts fill. */
static void read_template(const char *content, GArray *examples)
{
	GRegex *tags = g_regex_new("\\{\\{[#^/!][^}]*\\}\\}", 0, 0, NULL),
		   *places = g_regex_new("\\{\\{[^}]*\\}\\}", 0, 0, NULL);
	char *open = g_regex_replace_literal(tags, content, -1, 0, "", 0, NULL);
	char **lines = g_strsplit(g_regex_replace_literal(places, open, -1, 0, "Ada", 0, NULL), "\n", -1);
	for (char **line = lines; *line; line++)
		if (!g_str_has_prefix(*line, "=="))
			read_note(*line, examples);
}

/* "kind: sentence"; false where it is not. */
static bool read_line(char *line, GArray *examples)
{
	Example example = {0};
	NoteText text;
	char *colon = strstr(line, ": ");
	if (colon != NULL)
		*colon = '\0';
	if (colon == NULL || !read_kinds(line, &example))
		return false;
	if (example.is_faulty)
		return true;
	note_text_init(&text, colon + 2, strlen(colon + 2), &review_lists_built_in);
	add_example(examples, example, &text, 0, text.tokens->len);
	note_text_clear(&text);
	return true;
}

/* False where the file cannot be read, or a line is none; it is told on standard error. */
static bool read_file(const char *path, GArray *examples)
{
	char *content = NULL;
	GError *error = NULL;
	if (!g_file_get_contents(path, &content, NULL, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return false;
	}
	if (g_str_has_suffix(path, ".cases")) {
		read_notes(content, examples);
		return true;
	}
	if (g_str_has_suffix(path, ".mustache")) {
		read_template(content, examples);
		return true;
	}
	char **lines = g_strsplit(content, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++)
		if (lines[i][0] != '#' && lines[i][0] != '\0' && !read_line(lines[i], examples)) {
			fprintf(stderr, "%s:%d: \"kind: sentence\" is expected, with a kind that learned.h names\n", path, i + 1);
			return false;
		}
	return true;
}

/* All that is seen often enough, ascending. */
static GArray *collect_hashes(const GArray *examples)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(uint32_t)), *kept = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	for (guint i = 0; i < examples->len; i++) {
		const GArray *features = g_array_index(examples, Example, i).features;
		g_array_append_vals(all, features->data, features->len);
	}
	g_array_sort(all, learned_compare_hashes);
	for (guint i = 0, begin = 0; i <= all->len; i++) {
		if (i < all->len && g_array_index(all, uint32_t, i) == g_array_index(all, uint32_t, begin))
			continue;
		if (i - begin >= SEEN_MIN)
			g_array_append_vals(kept, &g_array_index(all, uint32_t, begin), 1);
		begin = i;
	}
	return kept;
}

/* Numbers take the place of hashes; what is rare goes. */
static void number_features(GArray *examples, const GArray *hashes)
{
	for (guint i = 0; i < examples->len; i++) {
		Example *example = &g_array_index(examples, Example, i);
		guint kept = 0, number = 0;
		for (guint f = 0; f < example->features->len; f++)
			if (g_array_binary_search(
					(GArray *)hashes, &g_array_index(example->features, uint32_t, f), learned_compare_hashes, &number))
				g_array_index(example->features, uint32_t, kept++) = number;
		g_array_set_size(example->features, kept);
		example->value = kept == 0 ? 0 : 1 / sqrt(kept);
	}
}

static double add_up(const Example *example, const double *weights, double bias)
{
	double sum = 0;
	for (guint f = 0; f < example->features->len; f++)
		sum += weights[g_array_index(example->features, uint32_t, f)];
	return sum * example->value + bias;
}

/* An order that is no order of the files, the same each time. */
static guint *shuffle(guint count)
{
	guint *order = g_new(guint, count);
	uint64_t state = 1;
	for (guint i = 0; i < count; i++) {
		state = state * 6364136223846793005u + 1442695040888963407u;
		guint other = (guint)((state >> 33) % (i + 1));
		order[i] = order[other];
		order[other] = i;
	}
	return order;
}

/* A step for one example; *alpha is its weight among all. False where nothing changed. */
static bool step(const Example *example, double side, double *alpha, double *weights, double *bias)
{
	double slack = example->is_certain ? SLACK_CERTAIN : SLACK;
	double norm = example->features->len * example->value * example->value + 1 + slack; /* 1: the bias */
	double slope = side * add_up(example, weights, *bias) - 1 + *alpha * slack;
	double next = MAX(*alpha - slope / norm, 0), change = (next - *alpha) * side;
	*alpha = next;
	if (change == 0)
		return false;
	for (guint f = 0; f < example->features->len; f++)
		weights[g_array_index(example->features, uint32_t, f)] += change * example->value;
	*bias += change;
	return true;
}

/* What changes nothing is asked more and more rarely, so that many rounds are short. */
static double learn(const GArray *examples, int kind, double *weights)
{
	double *alphas = g_new0(double, examples->len), bias = 0;
	uint8_t *pauses = g_new0(uint8_t, examples->len), *waits = g_new0(uint8_t, examples->len);
	guint *order = shuffle(examples->len);
	for (int round = 0; round < ROUNDS; round++)
		for (guint i = 0; i < examples->len; i++) {
			guint at = order[i];
			const Example *example = &g_array_index(examples, Example, at);
			if (kind >= LEARNED_TONES && !example->tells_parts)
				continue;
			if (waits[at] > 0) {
				waits[at]--;
				continue;
			}
			bool changed = step(example, example->kinds >> kind & 1 ? 1 : -1, &alphas[at], weights, &bias);
			pauses[at] = (uint8_t)(changed ? 0 : MIN(pauses[at] * 2 + 1, PAUSE_MAX));
			waits[at] = pauses[at];
		}
	return bias;
}

static int to_int(double value, int most)
{
	return (int)lround(CLAMP(value * LEARNED_SCALE, -most, most));
}

static void write_table(const GArray *hashes, double *const weights[LEARNED_COUNT], const double *biases)
{
	guint kept = 0;
	GString *numbers = g_string_new(NULL);
	printf("/* Made from src/note/review/examples by examples-main. */\n#include \"review/learned.h\"\n\n");
	printf("static const int8_t LIST_APART weights[][LEARNED_COUNT] = {\n");
	for (guint i = 0; i < hashes->len; i++) {
		int most = 0;
		for (int kind = 0; kind < LEARNED_COUNT; kind++)
			most = MAX(most, ABS(to_int(weights[kind][i], INT8_MAX)));
		if (most == 0)
			continue;
		for (int kind = 0; kind < LEARNED_COUNT; kind++)
			printf("%s%d", kind == 0 ? "{" : ",", to_int(weights[kind][i], INT8_MAX));
		printf("},\n");
		g_string_append_printf(numbers, "%s%uu,", kept % 8 ? "" : "\n", g_array_index(hashes, uint32_t, i));
		kept++;
	}
	printf("};\nstatic const uint32_t LIST_APART hashes[] = {%s};\nstatic const int16_t bias[] = {", numbers->str);
	for (int kind = 0; kind < LEARNED_COUNT; kind++)
		printf("%d,", to_int(biases[kind], INT16_MAX));
	printf("};\nconst LearnedTable learned_table = {hashes, weights, bias, %u};\n", kept);
}

int main(int argc, char **argv)
{
	GArray *examples = g_array_new(FALSE, FALSE, sizeof(Example));
	for (int i = 1; i < argc; i++)
		if (!read_file(argv[i], examples))
			return 1;
	GArray *hashes = collect_hashes(examples);
	number_features(examples, hashes);
	double *weights[LEARNED_COUNT], biases[LEARNED_COUNT];
	for (int kind = 0; kind < LEARNED_COUNT; kind++) {
		weights[kind] = g_new0(double, hashes->len);
		biases[kind] = learn(examples, kind, weights[kind]);
	}
	write_table(hashes, weights, biases);
	return 0;
}
