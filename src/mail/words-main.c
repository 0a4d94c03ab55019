/* words-main.c - writes the word lists as a C file: words-main FILE.words… > mail-words.c
 *
 * Runs at build time only.  What a file may hold is checked here, so that a wrong line stops the build, with its place.
 * A set is known to the files after it.  Nothing is freed: the program ends with its output.
 */
#include "parse-words.h"
#include "words-lists.h"

#include <stdio.h>
#include <string.h>

enum { ELEMENTS_MAX = 24, GAP_MAX = 12, SET_MAX = 400, WORDS_MAX = 60000 };

typedef struct Element {
	ElementKind kind;
	uint32_t gap;
	GArray *words; /* of uint16_t */
} Element;

/* What else has to stand in the sentence, or must not. */
typedef struct Condition {
	bool absent;
	GArray *elements; /* of Element */
} Condition;

typedef struct Phrase {
	WordsList list;
	int weight;
	GArray *elements;   /* of Element */
	GArray *conditions; /* of Condition; or NULL */
} Phrase;

typedef struct Lists {
	GHashTable *vocabulary; /* char* to its number */
	GPtrArray *words;       /* the same by number; the first is NULL */
	GHashTable *sets;       /* char* to GArray of uint16_t */
	GArray *phrases;        /* of Phrase */
	GArray *values;         /* by number: uint32_t, kind << 16 | value */
} Lists;

static const char *const list_names[WORDS_COUNT] = {
	[WORDS_REJECT] = "reject",
	[WORDS_REJECT_NOT] = "reject-not",
	[WORDS_REGRET] = "regret",
	[WORDS_WISH] = "wish",
	[WORDS_KEEP] = "keep",
	[WORDS_OTHERS] = "others",
	[WORDS_OFFER] = "offer",
	[WORDS_OFFER_NOT] = "offer-not",
	[WORDS_NEXT] = "next",
	[WORDS_NEXT_NOT] = "next-not",
	[WORDS_WAIT] = "wait",
	[WORDS_WAIT_NOT] = "wait-not",
	[WORDS_PROMISE] = "promise",
	[WORDS_ASKED] = "asked",
	[WORDS_ERRAND] = "errand",
	[WORDS_LOGISTICS] = "logistics",
	[WORDS_NEGATION] = "negation",
	[WORDS_AWAY] = "away",
	[WORDS_AWAY_SIGN] = "away-sign",
	[WORDS_AWAY_UNTIL] = "away-until",
	[WORDS_AUTO] = "auto",
	[WORDS_AUTO_SUBJECT] = "auto-subject",
	[WORDS_ANSWER_SUBJECT] = "answer-subject",
	[WORDS_FORWARD_SUBJECT] = "forward-subject",
	[WORDS_BOUNCE_SUBJECT] = "bounce-subject",
	[WORDS_BOUNCE_SENDER] = "bounce-sender",
	[WORDS_BOUNCE_TEXT] = "bounce-text",
	[WORDS_RETURNED] = "returned",
	[WORDS_DEAD] = "dead",
	[WORDS_ALIVE] = "alive",
	[WORDS_ATTRIBUTION] = "attribution",
	[WORDS_INTRODUCTION] = "introduction",
	[WORDS_JOB] = "job",
	[WORDS_RELAY] = "relay",
	[WORDS_ORIGINAL] = "original",
	[WORDS_HEADER] = "header",
	[WORDS_DEVICE] = "device",
	[WORDS_CLOSING] = "closing",
	[WORDS_DISCLAIMER] = "disclaimer",
	[WORDS_BANNER] = "banner",
	[WORDS_TONGUE] = "tongue",
};

static const char *const value_names[VALUE_COUNT] = {
	[VALUE_NONE] = "none", [VALUE_MONTH] = "month", [VALUE_WEEKDAY] = "weekday", [VALUE_NUMBER] = "number",
	[VALUE_UNIT] = "unit", [VALUE_ORDER] = "order", [VALUE_START] = "start",
};

/* ---- the lists ---- */

static uint16_t intern(Lists *lists, const char *word)
{
	gpointer known = g_hash_table_lookup(lists->vocabulary, word);
	if (known != NULL)
		return (uint16_t)GPOINTER_TO_UINT(known);
	guint number = g_hash_table_size(lists->vocabulary) + 1;
	char *own = g_strdup(word);
	g_hash_table_insert(lists->vocabulary, own, GUINT_TO_POINTER(number));
	g_ptr_array_add(lists->words, own);
	return (uint16_t)number;
}

static void add_word(GArray *words, uint16_t word)
{
	g_array_append_val(words, word);
}

/* The words of "a|b|@set". */
static bool read_words(Lists *lists, const char *text, GArray *words)
{
	g_auto(GStrv) parts = g_strsplit(text, "|", -1);
	for (char **part = parts; *part != NULL; part++) {
		const GArray *set = **part == '@' ? g_hash_table_lookup(lists->sets, *part + 1) : NULL;
		if (**part == '\0' || (**part == '@' && set == NULL))
			return false;
		if (set != NULL)
			g_array_append_vals(words, set->data, set->len);
		else
			add_word(words, intern(lists, *part));
	}
	return true;
}

static bool read_element(Lists *lists, const char *text, GArray *elements)
{
	Element element = {.kind = ELEMENT_WORD, .words = g_array_new(FALSE, FALSE, sizeof(uint16_t))};
	g_autofree char *word = g_strdup(text);
	size_t length = strlen(word);
	bool fits = true;
	if (g_str_has_prefix(word, "..") && length > 2) {
		element.kind = ELEMENT_GAP;
		element.gap = (uint32_t)g_ascii_strtoull(word + 2, NULL, 10);
		fits = element.gap > 0 && element.gap <= GAP_MAX && elements->len > 0;
	} else if (*word == '!' && length > 1) {
		element.kind = ELEMENT_NOT;
		fits = elements->len > 0 && read_words(lists, word + 1, element.words);
	} else {
		if (length > 1 && word[length - 1] == '?') {
			element.kind = ELEMENT_OPTIONAL;
			word[length - 1] = '\0';
			fits = elements->len > 0;
		}
		fits = fits && read_words(lists, word, element.words);
	}
	g_array_append_val(elements, element);
	return fits && elements->len <= ELEMENTS_MAX;
}

static bool read_elements(Lists *lists, const char *text, GArray *elements)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	bool fits = true;
	for (char **word = words; *word != NULL && fits; word++)
		fits = **word == '\0' || read_element(lists, *word, elements);
	return fits && elements->len > 0;
}

static bool read_condition(Lists *lists, const char *text, Phrase *phrase)
{
	Condition condition = {.elements = g_array_new(FALSE, FALSE, sizeof(Element))};
	condition.absent = g_str_has_prefix(text, "! ");
	if (phrase->conditions == NULL)
		phrase->conditions = g_array_new(FALSE, FALSE, sizeof(Condition));
	g_array_append_val(phrase->conditions, condition);
	return read_elements(lists, text + (condition.absent ? 2 : 0), condition.elements);
}

static bool read_phrase(Lists *lists, const char *line, WordsList list, int weight)
{
	Phrase phrase = {list, weight, g_array_new(FALSE, FALSE, sizeof(Element)), NULL};
	g_auto(GStrv) parts = g_strsplit(line, " & ", -1);
	bool fits = read_elements(lists, parts[0], phrase.elements);
	for (char **part = parts + 1; *part != NULL && fits; part++)
		fits = read_condition(lists, *part, &phrase);
	g_array_append_val(lists->phrases, phrase);
	return fits;
}

static bool read_value(Lists *lists, const char *line, ValueKind kind)
{
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	uint32_t value = (uint32_t)g_ascii_strtoull(words[0], NULL, 10);
	for (char **word = words + 1; *word != NULL; word++) {
		uint16_t number = intern(lists, *word);
		if (lists->values->len <= number)
			g_array_set_size(lists->values, number + 1u);
		g_array_index(lists->values, uint32_t, number) = (uint32_t)kind << 16 | value;
	}
	return value > 0 && words[1] != NULL;
}

/* Where the lines of a file go. */
typedef struct Section {
	WordsList list;
	int weight;
	ValueKind value;
	GArray *set;
} Section;

static int find_name(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

/* "[reject 10]", "[set people]", "[value month]" */
static bool read_section(Lists *lists, char *line, Section *section)
{
	size_t length = strlen(line);
	if (line[length - 1] != ']')
		return false;
	line[length - 1] = '\0';
	g_auto(GStrv) words = g_strsplit(line + 1, " ", 2);
	*section = (Section){.list = WORDS_COUNT};
	if (words[1] == NULL)
		return false;
	if (strcmp(words[0], "set") == 0) {
		section->set = g_array_new(FALSE, FALSE, sizeof(uint16_t));
		return g_hash_table_insert(lists->sets, g_strdup(words[1]), section->set);
	}
	if (strcmp(words[0], "value") == 0) {
		int value = find_name(value_names, VALUE_COUNT, words[1]);
		section->value = (ValueKind)MAX(value, 0);
		return value > 0;
	}
	int list = find_name(list_names, WORDS_COUNT, words[0]);
	section->weight = (int)g_ascii_strtoll(words[1], NULL, 10);
	section->list = list < 0 ? WORDS_COUNT : (WordsList)list;
	return list >= 0 && section->weight > 0;
}

static bool read_line(Lists *lists, char *line, Section *section)
{
	g_strstrip(line);
	if (*line == '\0' || *line == '#')
		return true;
	if (*line == '[')
		return read_section(lists, line, section);
	if (section->set != NULL) {
		g_auto(GStrv) words = g_strsplit(line, " ", -1);
		for (char **word = words; *word != NULL; word++)
			if (**word != '\0')
				add_word(section->set, intern(lists, *word));
		return section->set->len <= SET_MAX;
	}
	return section->value != VALUE_NONE
			   ? read_value(lists, line, section->value)
			   : section->list != WORDS_COUNT && read_phrase(lists, line, section->list, section->weight);
}

/* False where a line cannot be read; it is told on standard error. */
static bool read_file(Lists *lists, const char *path)
{
	Section section = {.list = WORDS_COUNT};
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	if (!g_file_get_contents(path, &text, NULL, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return false;
	}
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	bool fits = true;
	for (int i = 0; lines[i] != NULL; i++) {
		bool fit = read_line(lists, lines[i], &section);
		if (!fit)
			fprintf(stderr, "%s:%d: no line of a word list: %s\n", path, i + 1, lines[i]);
		fits = fits && fit;
	}
	return fits;
}

/* ---- writing ---- */

/* The tables that grow while phrases are written. */
typedef struct Tables {
	GString *elements, *choices, *conditions, *phrases;
	uint32_t element_count, choice_count, condition_count;
} Tables;

static int compare_numbers(gconstpointer a, gconstpointer b)
{
	return *(const uint16_t *)a - *(const uint16_t *)b;
}

static uint32_t add_elements(Tables *tables, const GArray *elements)
{
	uint32_t first = tables->element_count;
	for (guint i = 0; i < elements->len; i++) {
		const Element *element = &g_array_index(elements, Element, i);
		g_array_sort(element->words, compare_numbers);
		g_string_append_printf(
			tables->elements, "{%d,%u,%u,%u},\n", (int)element->kind, element->gap, element->words->len,
			tables->choice_count);
		for (guint j = 0; j < element->words->len; j++)
			g_string_append_printf(
				tables->choices, "%u,%s", g_array_index(element->words, uint16_t, j), j % 20 == 19 ? "\n" : "");
		tables->choice_count += element->words->len;
		tables->element_count++;
	}
	return first;
}

/* The words that the two rarest-looking of the elements behind the first ask for, as bits. */
static void find_needs(const GArray *elements, guint from, uint64_t needs[WORDS_NEEDS], guint counts[WORDS_NEEDS])
{
	for (guint i = from; i < elements->len; i++) {
		const Element *element = &g_array_index(elements, Element, i);
		int worst = counts[0] >= counts[1] ? 0 : 1;
		if (element->kind != ELEMENT_WORD || element->words->len >= counts[worst])
			continue;
		counts[worst] = element->words->len;
		needs[worst] = 0;
		for (guint j = 0; j < element->words->len; j++)
			needs[worst] |= words_bit(g_array_index(element->words, uint16_t, j));
	}
}

static void add_phrase(Tables *tables, const Phrase *phrase)
{
	uint64_t needs[WORDS_NEEDS] = {UINT64_MAX, UINT64_MAX};
	guint counts[WORDS_NEEDS] = {G_MAXUINT, G_MAXUINT};
	guint conditions = phrase->conditions == NULL ? 0 : phrase->conditions->len;
	uint32_t first = tables->condition_count;
	find_needs(phrase->elements, 1, needs, counts);
	uint32_t at = add_elements(tables, phrase->elements);
	for (guint i = 0; i < conditions; i++) {
		const Condition *condition = &g_array_index(phrase->conditions, Condition, i);
		if (!condition->absent)
			find_needs(condition->elements, 0, needs, counts);
		uint32_t inner = add_elements(tables, condition->elements);
		g_string_append_printf(tables->conditions, "{%u,%u,%d},\n", inner, condition->elements->len, condition->absent);
		tables->condition_count++;
	}
	g_string_append_printf(
		tables->phrases,
		"{{UINT64_C(0x%" G_GINT64_MODIFIER "x),UINT64_C(0x%" G_GINT64_MODIFIER "x)},%u,%u,%u,%u,%d,%d},\n", needs[0],
		needs[1], at, first, phrase->elements->len, conditions, (int)phrase->list, phrase->weight);
}

static void write_phrases(const Lists *lists)
{
	Tables tables = {g_string_new(NULL), g_string_new(NULL), g_string_new(NULL), g_string_new(NULL), 0, 0, 0};
	for (guint i = 0; i < lists->phrases->len; i++)
		add_phrase(&tables, &g_array_index(lists->phrases, Phrase, i));
	printf("static const ListElement elements[] = {\n%s};\n", tables.elements->str);
	printf("static const uint16_t choices[] = {%s0};\n", tables.choices->str);
	printf("static const ListCondition conditions[] = {\n%s{0,0,0}};\n", tables.conditions->str);
	printf("static const ListPhrase phrases[] = {\n%s};\n", tables.phrases->str);
}

/* Which phrases may begin at which word: by number, GArray of uint16_t; or NULL. */
static GPtrArray *index_starts(const Lists *lists)
{
	GPtrArray *starts = g_ptr_array_new();
	g_ptr_array_set_size(starts, (int)lists->words->len);
	for (uint16_t i = 0; i < lists->phrases->len; i++) {
		const Phrase *phrase = &g_array_index(lists->phrases, Phrase, i);
		const GArray *first = g_array_index(phrase->elements, Element, 0).words;
		for (guint j = 0; j < first->len; j++) {
			gpointer *start = &starts->pdata[g_array_index(first, uint16_t, j)];
			GArray *own = *start == NULL ? g_array_new(FALSE, FALSE, sizeof(uint16_t)) : *start;
			*start = own;
			if (own->len == 0 || g_array_index(own, uint16_t, own->len - 1) != i)
				g_array_append_val(own, i);
		}
	}
	return starts;
}

static void write_words(const Lists *lists, const GPtrArray *starts)
{
	g_autoptr(GString) words = g_string_new(NULL), indexes = g_string_new(NULL);
	uint32_t at = 0, start = 0;
	printf("static const char chars[] =");
	for (guint i = 1; i < lists->words->len; i++) {
		const char *word = g_ptr_array_index(lists->words, i);
		const GArray *own = g_ptr_array_index(starts, i);
		uint64_t members = 0;
		printf("%s\"", i % 8 == 1 ? "\n" : " ");
		for (const char *c = word; *c != '\0'; c++)
			printf(g_ascii_isalnum(*c) ? "%c" : "\\%03o", (unsigned char)*c);
		printf("\"");
		for (guint j = 0; own != NULL && j < own->len; j++) {
			uint16_t phrase = g_array_index(own, uint16_t, j);
			members |= UINT64_C(1) << g_array_index(lists->phrases, Phrase, phrase).list;
			g_string_append_printf(indexes, "%u,%s", phrase, j % 20 == 19 ? "\n" : "");
		}
		g_string_append_printf(
			words, "{%u,%u,%u,%zu,%u,UINT64_C(0x%" G_GINT64_MODIFIER "x)},\n", at, start,
			g_array_index(lists->values, uint32_t, i), strlen(word), own == NULL ? 0 : own->len, members);
		at += (uint32_t)strlen(word);
		start += own == NULL ? 0 : own->len;
	}
	printf(";\nstatic const ListWord words[] = {\n{0,0,0,0,0,0},\n%s};\n", words->str);
	printf("static const uint16_t starts[] = {%s0};\n", indexes->str);
}

/* Returns slot_mask. */
static uint32_t write_slots(const Lists *lists)
{
	uint32_t mask = 1;
	while (mask < 4 * lists->words->len)
		mask = mask * 2 + 1;
	g_autofree uint16_t *slots = g_new0(uint16_t, mask + 1);
	for (guint i = 1; i < lists->words->len; i++) {
		uint32_t at = words_hash(g_ptr_array_index(lists->words, i)) & mask;
		while (slots[at] != 0)
			at = (at + 1) & mask;
		slots[at] = (uint16_t)i;
	}
	printf("static const uint16_t slots[] = {");
	for (uint32_t i = 0; i <= mask; i++)
		printf("%u,%s", slots[i], i % 24 == 23 ? "\n" : "");
	printf("};\n");
	return mask;
}

int main(int argc, char **argv)
{
	Lists lists = {
		.vocabulary = g_hash_table_new(g_str_hash, g_str_equal),
		.words = g_ptr_array_new(),
		.sets = g_hash_table_new(g_str_hash, g_str_equal),
		.phrases = g_array_new(FALSE, FALSE, sizeof(Phrase)),
		.values = g_array_new(FALSE, TRUE, sizeof(uint32_t)),
	};
	g_ptr_array_add(lists.words, NULL);
	uint16_t any_number = intern(&lists, "0");
	bool fits = true;
	for (int i = 1; i < argc; i++)
		fits = read_file(&lists, argv[i]) && fits;
	if (!fits || lists.words->len > WORDS_MAX || lists.phrases->len > WORDS_MAX)
		return 1;
	g_array_set_size(lists.values, lists.words->len);
	printf("/* Made from src/mail/words by words-main. */\n#include \"words-lists.h\"\n\n");
	write_phrases(&lists);
	write_words(&lists, index_starts(&lists));
	uint32_t mask = write_slots(&lists);
	printf(
		"const WordsLists words_lists = {chars, words, slots, elements, choices, conditions, phrases, starts, %u, "
		"%u};\n",
		mask, any_number);
	return 0;
}
