/* lists-parse.c - from readable lists to flat tables.
 *
 * The same code makes the lists that are built in (lists-main.c) and those that are read at run time.  It is strict: a
 * line it does not understand is an error that names the file and the line.  It knows no rule's code.
 */
#include "inflect.h"
#include "lists.h"

#include <base/error.h>
#include <base/limits.h>
#include <string.h>

enum { GAP_MAX = 10, TEXT_MAX = 4 * 1024 * 1024, PATTERN_MAX = 20000 };

typedef enum {
	SECTION_NONE,
	SECTION_SET,
	SECTION_PATTERNS,
	SECTION_ALIKE_WORDS,
	SECTION_ALIKE_NAMES,
	SECTION_VERBS,
	SECTION_NOUNS
} SectionKind;

typedef struct Builder {
	GString *chars;
	GArray *words, *elements, *choices, *patterns, *starts, *kin, *forms, *form_of;
	GHashTable *word_numbers; /* char* → number */
	GPtrArray *sets;          /* names */
	GPtrArray *places;        /* of each pattern: "tone.words:12" */
	uint64_t defined[LIST_SET_MAX / 64];
	uint16_t groups;
	SectionKind section;
	unsigned set;
	int rule, sense;
	uint32_t reason;
	char *place;
} Builder;

#define LIST_NAME(name, text) text,
static const char *const set_names[] = {LIST_SETS(LIST_NAME)};
static const char *const sense_names[] = {LIST_SENSES(LIST_NAME)};
#undef LIST_NAME
static const char *const class_names[] = {"CAPITAL", "NUMBER", "ANY", "ING", "ED", "LY", "OWNS"};

static void builder_clear(Builder *builder)
{
	g_string_free(builder->chars, TRUE);
	g_array_unref(builder->words);
	g_array_unref(builder->elements);
	g_array_unref(builder->choices);
	g_array_unref(builder->patterns);
	g_array_unref(builder->starts);
	g_array_unref(builder->kin);
	g_array_unref(builder->forms);
	g_array_unref(builder->form_of);
	g_hash_table_unref(builder->word_numbers);
	g_ptr_array_unref(builder->sets);
	g_ptr_array_unref(builder->places);
	g_free(builder->place);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Builder, builder_clear)

static void builder_init(Builder *builder)
{
	ListWord none = {0};
	*builder = (Builder){
		.chars = g_string_new(NULL),
		.words = g_array_new(FALSE, TRUE, sizeof(ListWord)),
		.elements = g_array_new(FALSE, TRUE, sizeof(ListElement)),
		.choices = g_array_new(FALSE, TRUE, sizeof(uint16_t)),
		.patterns = g_array_new(FALSE, TRUE, sizeof(ListPattern)),
		.starts = g_array_new(FALSE, TRUE, sizeof(uint16_t)),
		.kin = g_array_new(FALSE, TRUE, sizeof(ListKin)),
		.forms = g_array_new(FALSE, TRUE, sizeof(ListForms)),
		.form_of = g_array_new(FALSE, TRUE, sizeof(ListKin)),
		.word_numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.sets = g_ptr_array_new_with_free_func(g_free),
		.places = g_ptr_array_new_with_free_func(g_free),
		.rule = WORD_NONE,
		.sense = WORD_NONE,
	};
	g_string_append_c(builder->chars, '\0');
	g_array_append_val(builder->words, none);
	for (size_t i = 0; i < G_N_ELEMENTS(set_names); i++)
		g_ptr_array_add(builder->sets, g_strdup(set_names[i]));
}

static bool fault(const Builder *builder, GError **error, const char *what, const char *text)
{
	return base_error_set(error, BASE_ERROR_INVALID, builder->place, "%s: %s \"%s\".", builder->place, what, text);
}

static uint32_t add_text(Builder *builder, const char *text)
{
	uint32_t at = (uint32_t)builder->chars->len;
	g_string_append_len(builder->chars, text, (gssize)strlen(text) + 1);
	return at;
}

static bool add_word(Builder *builder, const char *word, WordId *ret_word, GError **error)
{
	gpointer number;
	if (g_hash_table_lookup_extended(builder->word_numbers, word, NULL, &number)) {
		*ret_word = (WordId)GPOINTER_TO_UINT(number);
		return true;
	}
	if (strlen(word) > STEM_BYTES || !g_utf8_validate(word, -1, NULL))
		return fault(builder, error, "a word of at most 48 bytes is expected, not", word);
	if (builder->words->len >= LIST_WORD_MAX)
		return fault(builder, error, "too many different words, the last", word);
	ListWord entry = {.text = add_text(builder, word), .length = (uint16_t)strlen(word)};
	*ret_word = (WordId)builder->words->len;
	g_array_append_val(builder->words, entry);
	g_hash_table_insert(builder->word_numbers, g_strdup(word), GUINT_TO_POINTER((guint)*ret_word));
	return true;
}

/* "~hiring" names the stem, and so every form of the word. */
static bool add_word_or_stem(Builder *builder, const char *word, WordId *ret_word, GError **error)
{
	char marked[STEM_BYTES + 1] = "~";
	if (strpbrk(word, "-\"()[]"))
		return fault(
			builder, error, "a word without hyphen and marks is expected (a hyphen parts two words), not", word);
	if (word[0] != '~')
		return add_word(builder, word, ret_word, error);
	stem_inflected(word + 1, strlen(word + 1), marked + 1);
	return add_word(builder, marked, ret_word, error);
}

static int find_name(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return (int)i;
	return WORD_NONE;
}

static bool find_set(Builder *builder, const char *name, unsigned *ret_set, GError **error)
{
	int set = find_name((const char *const *)builder->sets->pdata, builder->sets->len, name);
	if (set == WORD_NONE) {
		if (builder->sets->len == LIST_SET_MAX)
			return fault(builder, error, "too many sets, the last", name);
		set = (int)builder->sets->len;
		g_ptr_array_add(builder->sets, g_strdup(name));
	}
	*ret_set = (unsigned)set;
	return true;
}

static bool start_patterns(Builder *builder, const char *kind, const char *name, GError **error)
{
	bool is_rule = strcmp(kind, "rule") == 0;
	builder->section = SECTION_PATTERNS;
	builder->rule = is_rule ? review_rule_find(name) : WORD_NONE;
	builder->sense = is_rule ? WORD_NONE : find_name(sense_names, G_N_ELEMENTS(sense_names), name);
	if (builder->rule == WORD_NONE && builder->sense == WORD_NONE)
		return fault(builder, error, is_rule ? "no rule is called" : "no sense is called", name);
	return true;
}

/* Verbs and nouns fill the sets of their forms. */
static void start_forms(Builder *builder, bool verbs)
{
	unsigned first = verbs ? SET_VERB : SET_NOUN, last = verbs ? SET_VERB_PARTICIPLE : SET_NOUNS;
	builder->section = verbs ? SECTION_VERBS : SECTION_NOUNS;
	for (unsigned set = first; set <= last; set++)
		builder->defined[set / 64] |= UINT64_C(1) << (set % 64);
}

/* "[set stop]", "[rule pushy]", "[sense thanks]", "[alike words]", "[verbs]". */
static bool read_section(Builder *builder, const char *line, GError **error)
{
	g_auto(GStrv) parts = NULL;
	g_autofree char *inside = g_strndup(line + 1, strlen(line) - 2);
	parts = g_strsplit(inside, " ", 2);
	builder->reason = 0;
	builder->section = SECTION_NONE;
	if (strcmp(line, "[verbs]") == 0 || strcmp(line, "[nouns]") == 0) {
		start_forms(builder, line[1] == 'v');
		return true;
	}
	if (g_strv_length(parts) != 2 || line[strlen(line) - 1] != ']')
		return fault(builder, error, "a section is written \"[set NAME]\", not", line);
	if (strcmp(parts[0], "set") == 0) {
		builder->section = SECTION_SET;
		if (!find_set(builder, parts[1], &builder->set, error))
			return false;
		builder->defined[builder->set / 64] |= UINT64_C(1) << (builder->set % 64);
		return true;
	}
	if (strcmp(parts[0], "rule") == 0 || strcmp(parts[0], "sense") == 0)
		return start_patterns(builder, parts[0], parts[1], error);
	if (strcmp(inside, "alike words") == 0)
		builder->section = SECTION_ALIKE_WORDS;
	else if (strcmp(inside, "alike names") == 0)
		builder->section = SECTION_ALIKE_NAMES;
	else
		return fault(
			builder, error, "a section is a set, a rule, a sense, \"alike words\" or \"alike names\", not", inside);
	return true;
}

static bool read_set_words(Builder *builder, char **words, GError **error)
{
	for (char **word = words; *word; word++) {
		WordId number;
		if (!add_word_or_stem(builder, *word, &number, error))
			return false;
		g_array_index(builder->words, ListWord, number).sets[builder->set / 64] |= UINT64_C(1) << (builder->set % 64);
	}
	return true;
}

static bool read_kin(Builder *builder, char **words, GError **error)
{
	builder->groups++;
	for (char **word = words; *word; word++) {
		char marked[STEM_BYTES + 1] = "=";
		ListKin kin = {.group = builder->groups};
		stem_root(*word, strlen(*word), marked + 1);
		if (!add_word(builder, builder->section == SECTION_ALIKE_WORDS ? marked : *word, &kin.word, error))
			return false;
		g_array_append_val(builder->kin, kin);
	}
	return true;
}

/* "walk", "begin/began/begun": every form goes into its set, and the forms are kept together. */
static bool read_forms(Builder *builder, char **items, GError **error)
{
	bool verbs = builder->section == SECTION_VERBS;
	for (char **item = items; *item; item++) {
		WordForms forms;
		ListForms entry = {0};
		if (!(verbs ? inflect_verb(*item, forms) : inflect_noun(*item, forms)))
			return fault(builder, error, "a word, or its forms between \"/\", are expected, not", *item);
		for (int form = 0; form < FORM_COUNT; form++) {
			unsigned set = (unsigned)form + (verbs ? SET_VERB : SET_NOUN);
			ListKin of = {.group = (uint16_t)builder->forms->len};
			if (forms[form][0] == '\0')
				continue;
			if (!add_word(builder, forms[form], &of.word, error))
				return false;
			g_array_index(builder->words, ListWord, of.word).sets[set / 64] |= UINT64_C(1) << (set % 64);
			entry.forms[form] = of.word;
			g_array_append_val(builder->form_of, of);
		}
		g_array_append_val(builder->forms, entry);
	}
	return true;
}

static bool read_choice(Builder *builder, const char *text, GError **error)
{
	uint16_t choice;
	unsigned set;
	int class = find_name(class_names, G_N_ELEMENTS(class_names), text);
	if (class != WORD_NONE) {
		choice = (uint16_t)(CHOICE_CLASS | (unsigned)class);
	} else if (text[0] == '@') {
		if (!find_set(builder, text + 1, &set, error))
			return false;
		choice = (uint16_t)(CHOICE_SET | set);
	} else if (!add_word_or_stem(builder, text, &choice, error)) {
		return false;
	}
	g_array_append_val(builder->choices, choice);
	return true;
}

static bool read_word_element(Builder *builder, char *item, ListElement *element, GError **error)
{
	size_t length = strlen(item);
	element->kind = ELEMENT_WORD;
	if (item[0] == '!') {
		element->negated = true;
		item++;
		length--;
	}
	if (length && item[length - 1] == '?') {
		element->optional = true;
		item[length - 1] = '\0';
	}
	g_auto(GStrv) choices = g_strsplit(item, "|", -1);
	element->choices = builder->choices->len;
	element->count = (uint16_t)g_strv_length(choices);
	for (char **choice = choices; *choice; choice++) {
		if (**choice == '\0' || strchr(*choice, '?'))
			return fault(builder, error, "a word or alternatives between \"|\" are expected, not", item);
		if (!read_choice(builder, *choice, error))
			return false;
	}
	return element->count != 0 || fault(builder, error, "a word is expected, not", item);
}

static bool read_element(Builder *builder, char *item, GError **error)
{
	static const struct {
		const char *text;
		ElementKind kind;
	} marks[] = {{"^", ELEMENT_START}, {"$", ELEMENT_END},    {"{", ELEMENT_OPEN}, {"}", ELEMENT_CLOSE},
				 {",", ELEMENT_COMMA}, {",?", ELEMENT_COMMA}, {"&", ELEMENT_ALSO}, {"&!", ELEMENT_ALSO}};
	ListElement element = {.optional = strcmp(item, ",?") == 0, .negated = strcmp(item, "&!") == 0};
	bool found = false;
	for (size_t i = 0; i < G_N_ELEMENTS(marks) && !found; i++)
		if ((found = strcmp(item, marks[i].text) == 0))
			element.kind = (uint8_t)marks[i].kind;
	if (!found && g_str_has_prefix(item, "..")) {
		guint64 reach = g_ascii_strtoull(item + 2, NULL, 10);
		if (reach < 1 || reach > GAP_MAX)
			return fault(builder, error, "a gap is \"..1\" to \"..10\", not", item);
		element = (ListElement){.kind = ELEMENT_GAP, .reach = (uint8_t)reach};
	} else if (!found && !read_word_element(builder, item, &element, error)) {
		return false;
	}
	g_array_append_val(builder->elements, element);
	return true;
}

static ElementKind element_kind(const Builder *builder, guint index)
{
	return (ElementKind)g_array_index(builder->elements, ListElement, index).kind;
}

/* "look forward to { hear|meet } -> hearing|meeting" */
static bool read_pattern(Builder *builder, char *line, GError **error)
{
	ListPattern pattern = {
		.elements = builder->elements->len,
		.rule = (int8_t)builder->rule,
		.sense = (int8_t)builder->sense,
		.reason = builder->reason};
	char *arrow = strstr(line, "->");
	if (arrow) {
		*arrow = '\0';
		pattern.replace = add_text(builder, g_strstrip(arrow + 2));
	}
	if (builder->rule != WORD_NONE && !builder->reason)
		return fault(builder, error, "a reason (\"= …\") is expected before the pattern", line);
	g_auto(GStrv) items = g_strsplit_set(line, " \t", -1);
	for (char **item = items; *item; item++)
		if (**item && !read_element(builder, *item, error))
			return false;
	guint count = builder->elements->len - pattern.elements;
	for (guint i = pattern.elements; i < builder->elements->len; i++)
		if (element_kind(builder, i) == ELEMENT_ALSO &&
			(i + 1 == builder->elements->len || element_kind(builder, i + 1) == ELEMENT_ALSO))
			return fault(builder, error, "words are expected behind \"&\" in", line);
	if (count == 0 || count > LIST_PATTERN_WORDS || builder->patterns->len >= PATTERN_MAX)
		return fault(builder, error, "a pattern has 1 to 24 words, unlike", line);
	pattern.element_count = (uint8_t)count;
	g_array_append_val(builder->patterns, pattern);
	g_ptr_array_add(builder->places, g_strdup(builder->place));
	return true;
}

static bool read_line(Builder *builder, char *line, GError **error)
{
	if (line[0] == '\0' || line[0] == '#')
		return true;
	if (line[0] == '[')
		return read_section(builder, line, error);
	if (builder->section == SECTION_NONE)
		return fault(builder, error, "a section is expected before", line);
	if (builder->section == SECTION_PATTERNS && line[0] == '=') {
		builder->reason = add_text(builder, g_strstrip(line + 1));
		return true;
	}
	if (builder->section == SECTION_PATTERNS)
		return read_pattern(builder, line, error);
	g_auto(GStrv) words = g_strsplit_set(line, " \t", -1);
	guint kept = 0;
	for (guint i = 0; words[i]; i++) {
		if (*words[i])
			words[kept++] = words[i];
		else
			g_free(words[i]);
	}
	words[kept] = NULL;
	if (builder->section == SECTION_VERBS || builder->section == SECTION_NOUNS)
		return read_forms(builder, words, error);
	return builder->section == SECTION_SET ? read_set_words(builder, words, error) : read_kin(builder, words, error);
}

static bool read_source(Builder *builder, const ListSource *source, GError **error)
{
	if (strlen(source->text) > LIMIT_INPUT_BYTES || !g_utf8_validate(source->text, -1, NULL))
		return base_error_set(
			error, BASE_ERROR_INVALID, source->name, "%s is not UTF-8 text of at most 4 MB.", source->name);
	g_auto(GStrv) lines = g_strsplit(source->text, "\n", -1);
	builder->section = SECTION_NONE;
	for (int i = 0; lines[i]; i++) {
		g_free(builder->place);
		builder->place = g_strdup_printf("%s:%d", source->name, i + 1);
		if (!read_line(builder, g_strstrip(lines[i]), error))
			return false;
	}
	return true;
}

static int compare_kin(gconstpointer a, gconstpointer b)
{
	const ListKin *left = a, *right = b;
	return left->word != right->word ? (left->word < right->word ? -1 : 1) : (int)left->group - (int)right->group;
}

static bool start_fault(const Builder *builder, guint number, GError **error)
{
	const char *place = builder->places->pdata[number];
	return base_error_set(
		error, BASE_ERROR_INVALID, place,
		"%s: a pattern begins with a word that is not optional, not with a gap, a class or \"!\".", place);
}

/* Marks the words a pattern may begin with: those of its first element, and of the next while it is optional. */
static bool mark_starts(Builder *builder, guint number, GArray *pairs, GError **error)
{
	const ListPattern *pattern = &g_array_index(builder->patterns, ListPattern, number);
	for (guint e = 0; e < pattern->element_count; e++) {
		const ListElement *element = &g_array_index(builder->elements, ListElement, pattern->elements + e);
		if (element->kind == ELEMENT_START || element->kind == ELEMENT_OPEN)
			continue;
		if (element->kind != ELEMENT_WORD || element->negated)
			break;
		for (guint c = 0; c < element->count; c++) {
			ListKin pair = {.group = (uint16_t)number};
			uint16_t choice = g_array_index(builder->choices, uint16_t, element->choices + c);
			if (choice >= CHOICE_CLASS)
				return start_fault(builder, number, error);
			pair.word = choice;
			g_array_append_val(pairs, pair);
		}
		if (!element->optional)
			return true;
	}
	return start_fault(builder, number, error);
}

/* A set in `pairs` stands for all its words. */
static void spread_sets(const Builder *builder, const GArray *pairs, GArray *spread)
{
	for (guint i = 0; i < pairs->len; i++) {
		ListKin pair = g_array_index(pairs, ListKin, i);
		unsigned set = pair.word & ~CHOICE_SET;
		if (!(pair.word & CHOICE_SET)) {
			g_array_append_val(spread, pair);
			continue;
		}
		for (guint w = 1; w < builder->words->len; w++) {
			pair.word = (WordId)w;
			if (g_array_index(builder->words, ListWord, w).sets[set / 64] >> (set % 64) & 1)
				g_array_append_val(spread, pair);
		}
	}
	g_array_sort(spread, compare_kin);
}

static bool index_patterns(Builder *builder, GError **error)
{
	g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(ListKin));
	g_autoptr(GArray) spread = g_array_new(FALSE, FALSE, sizeof(ListKin));
	for (guint i = 0; i < builder->patterns->len; i++)
		if (!mark_starts(builder, i, pairs, error))
			return false;
	spread_sets(builder, pairs, spread);
	for (guint i = 0; i < spread->len; i++) {
		const ListKin *pair = &g_array_index(spread, ListKin, i);
		ListWord *word = &g_array_index(builder->words, ListWord, pair->word);
		if (i && compare_kin(pair, pair - 1) == 0)
			continue;
		if (word->start_count++ == 0)
			word->starts = builder->starts->len;
		g_array_append_val(builder->starts, pair->group);
	}
	return true;
}

static bool check_sets(const Builder *builder, GError **error)
{
	for (guint set = 0; set < builder->sets->len; set++)
		if (!(builder->defined[set / 64] >> (set % 64) & 1))
			return base_error_set(
				error, BASE_ERROR_INVALID, NULL, "The word lists lack the section \"[set %s]\".",
				(char *)builder->sets->pdata[set]);
	return true;
}

static const WordId *build_slots(const Builder *builder, uint32_t *ret_mask)
{
	uint32_t mask = 1023;
	while (mask < builder->words->len * 2)
		mask = mask * 2 + 1;
	WordId *slots = g_new0(WordId, mask + 1);
	for (guint i = 1; i < builder->words->len; i++) {
		const ListWord *word = &g_array_index(builder->words, ListWord, i);
		uint32_t slot = list_hash(builder->chars->str + word->text, word->length) & mask;
		while (slots[slot])
			slot = (slot + 1) & mask;
		slots[slot] = (WordId)i;
	}
	*ret_mask = mask;
	return slots;
}

#define TAKE(builder, field, count)                                                                                    \
	((builder)->field->len ? g_memdup2((builder)->field->data, (builder)->field->len * (count)) : NULL)

static ReviewLists *finish(Builder *builder)
{
	ReviewLists *lists = g_new0(ReviewLists, 1);
	uint32_t mask;
	const WordId *slots = build_slots(builder, &mask);
	g_array_sort(builder->kin, compare_kin);
	g_array_sort(builder->form_of, compare_kin);
	*lists = (ReviewLists){
		.chars = g_memdup2(builder->chars->str, builder->chars->len),
		.words = TAKE(builder, words, sizeof(ListWord)),
		.slots = slots,
		.elements = TAKE(builder, elements, sizeof(ListElement)),
		.choices = TAKE(builder, choices, sizeof(uint16_t)),
		.patterns = TAKE(builder, patterns, sizeof(ListPattern)),
		.starts = TAKE(builder, starts, sizeof(uint16_t)),
		.kin = TAKE(builder, kin, sizeof(ListKin)),
		.forms = TAKE(builder, forms, sizeof(ListForms)),
		.form_of = TAKE(builder, form_of, sizeof(ListKin)),
		.slot_mask = mask,
		.char_count = (uint32_t)builder->chars->len,
		.word_count = builder->words->len,
		.element_count = builder->elements->len,
		.choice_count = builder->choices->len,
		.pattern_count = builder->patterns->len,
		.start_count = builder->starts->len,
		.kin_count = builder->kin->len,
		.forms_count = builder->forms->len,
		.form_of_count = builder->form_of->len,
		.owned = true,
	};
	return lists;
}

bool review_lists_parse(const ListSource *sources, size_t count, ReviewLists **ret_lists, GError **error)
{
	g_auto(Builder) builder;
	builder_init(&builder);
	for (size_t i = 0; i < count; i++)
		if (!read_source(&builder, &sources[i], error))
			return false;
	if (!check_sets(&builder, error) || !index_patterns(&builder, error))
		return false;
	*ret_lists = finish(&builder);
	return true;
}

void review_lists_free(ReviewLists *lists)
{
	if (lists == NULL || !lists->owned)
		return;
	g_free((void *)lists->chars);
	g_free((void *)lists->words);
	g_free((void *)lists->slots);
	g_free((void *)lists->elements);
	g_free((void *)lists->choices);
	g_free((void *)lists->patterns);
	g_free((void *)lists->starts);
	g_free((void *)lists->kin);
	g_free((void *)lists->forms);
	g_free((void *)lists->form_of);
	g_free(lists);
}
