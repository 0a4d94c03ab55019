/* parse-words.c - reads the built-in lists once into tables, takes texts apart, and matches.
 *
 * Every phrase is tried only at tokens it may begin with.  A gap takes as few words as will do.
 */
#include "parse-words.h"

#include "mail-words.h"

#include <string.h>

enum { ELEMENTS_MAX = 24, GAP_MAX = 12, SET_MAX = 400 };

typedef enum { ELEMENT_WORD, ELEMENT_OPTIONAL, ELEMENT_NOT, ELEMENT_GAP } ElementKind;

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

/* A slot of the vocabulary as texts are looked up in it. */
typedef struct Slot {
	uint32_t hash;
	uint16_t word, length;
	const char *text;
} Slot;

typedef struct Lists {
	GHashTable *vocabulary; /* char* to its number */
	Slot *slots;            /* the same, open addressing; slot_mask + 1 of them */
	uint32_t slot_mask;
	GHashTable *sets;  /* char* to GArray of uint16_t */
	GArray *phrases;   /* of Phrase */
	GPtrArray *starts; /* by number: GArray of uint32_t, indexes of phrases; or NULL */
	GArray *values;    /* by number: uint32_t, kind << 16 | value */
	char *fault;
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
	g_hash_table_insert(lists->vocabulary, g_strdup(word), GUINT_TO_POINTER(number));
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

static void read_file(Lists *lists, const EmbeddedFile *file)
{
	Section section = {.list = WORDS_COUNT};
	g_auto(GStrv) lines = g_strsplit(file->text, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++)
		if (!read_line(lists, lines[i], &section) && lists->fault == NULL)
			lists->fault = g_strdup_printf("%s, line %d: %s", file->name, i + 1, lines[i]);
}

static uint32_t hash_more(uint32_t hash, unsigned char c)
{
	return (hash ^ c) * 16777619u;
}

static uint32_t hash_word(const char *word)
{
	uint32_t hash = 2166136261u;
	for (; *word != '\0'; word++)
		hash = hash_more(hash, (unsigned char)*word);
	return hash;
}

static void fill_slots(Lists *lists)
{
	GHashTableIter iter;
	gpointer word, number;
	lists->slot_mask = 1;
	while (lists->slot_mask < 4 * g_hash_table_size(lists->vocabulary))
		lists->slot_mask = lists->slot_mask * 2 + 1;
	lists->slots = g_new0(Slot, lists->slot_mask + 1);
	g_hash_table_iter_init(&iter, lists->vocabulary);
	while (g_hash_table_iter_next(&iter, &word, &number)) {
		uint32_t hash = hash_word(word), at = hash & lists->slot_mask;
		while (lists->slots[at].word != 0)
			at = (at + 1) & lists->slot_mask;
		lists->slots[at] = (Slot){hash, (uint16_t)GPOINTER_TO_UINT(number), (uint16_t)strlen(word), word};
	}
}

static uint16_t find_word(const Lists *lists, const char *word, size_t length, uint32_t hash)
{
	for (uint32_t at = hash & lists->slot_mask; lists->slots[at].word != 0; at = (at + 1) & lists->slot_mask) {
		const Slot *slot = &lists->slots[at];
		if (slot->hash == hash && slot->length == length && memcmp(slot->text, word, length) == 0)
			return slot->word;
	}
	return 0;
}

/* Which phrases may begin at which word. */
static void index_starts(Lists *lists)
{
	guint words = g_hash_table_size(lists->vocabulary) + 1;
	g_ptr_array_set_size(lists->starts, (int)words);
	g_array_set_size(lists->values, words);
	for (uint32_t i = 0; i < lists->phrases->len; i++) {
		const Phrase *phrase = &g_array_index(lists->phrases, Phrase, i);
		const GArray *first = phrase->elements->len == 0 ? NULL : g_array_index(phrase->elements, Element, 0).words;
		for (guint j = 0; first != NULL && j < first->len; j++) {
			gpointer *start = &lists->starts->pdata[g_array_index(first, uint16_t, j)];
			if (*start == NULL)
				*start = g_array_new(FALSE, FALSE, sizeof(uint32_t));
			g_array_append_val((GArray *)*start, i);
		}
	}
}

static Lists *read_lists(void)
{
	Lists *lists = g_new0(Lists, 1);
	lists->vocabulary = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	lists->sets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	lists->phrases = g_array_new(FALSE, FALSE, sizeof(Phrase));
	lists->starts = g_ptr_array_new();
	lists->values = g_array_new(FALSE, TRUE, sizeof(uint32_t));
	for (const EmbeddedFile *file = mail_words; file->name != NULL; file++)
		read_file(lists, file);
	index_starts(lists);
	fill_slots(lists);
	return lists;
}

/* Read once, and kept until the program ends. */
static const Lists *get_lists(void)
{
	static gsize lists;
	if (g_once_init_enter(&lists))
		g_once_init_leave(&lists, (gsize)read_lists());
	return (const Lists *)lists;
}

char *words_check(void)
{
	return g_strdup(get_lists()->fault);
}

/* ---- a text's words ---- */

/* The letter without its accents, in lower case; 0 for a mark that is only an accent. */
static gunichar plain_letter(gunichar c)
{
	gunichar parts[4];
	if (c >= 0x0300 && c <= 0x036f)
		return 0;
	if (c >= 0xc0 && c < 0x250 && g_unichar_fully_decompose(c, FALSE, parts, G_N_ELEMENTS(parts)) > 1)
		c = parts[0];
	return g_unichar_tolower(c);
}

static bool is_apostrophe(gunichar c)
{
	return c == '\'' || c == 0x2019 || c == 0x2bc || c == 0x60 || c == 0xb4;
}

static bool is_letter(gunichar c)
{
	return c < 0x80 ? g_ascii_isalnum((char)c) : (g_unichar_isalnum(c) || g_unichar_ismark(c));
}

static void push_token(WordsText *text, const Lists *lists, Token token, const char *word)
{
	token.word = find_word(lists, word, strlen(word), hash_word(word));
	if (token.word > 0 && (size_t)token.word < lists->values->len && token.number < 0) {
		uint32_t value = g_array_index(lists->values, uint32_t, token.word);
		if (value >> 16 == VALUE_NUMBER)
			token.number = (int16_t)(value & 0xffff);
	}
	g_array_append_val(text->tokens, token);
}

/* What follows an apostrophe in a contraction, written out; NULL where it is none, "" where it goes. */
static const char *write_out(const char *tail)
{
	static const char *const tails[][2] = {{"d", "would"}, {"ll", "will"}, {"re", "are"},
										   {"ve", "have"}, {"m", "am"},    {"s", ""}};
	for (size_t i = 0; i < G_N_ELEMENTS(tails); i++)
		if (strcmp(tails[i][0], tail) == 0)
			return tails[i][1];
	return NULL;
}

/* "can't", "won't", "don't": the verb and "not". */
static bool push_negated(WordsText *text, const Lists *lists, Token token, char *word, const char *tail)
{
	size_t length = strlen(word);
	if (strcmp(tail, "t") != 0 || length < 2 || word[length - 1] != 'n')
		return false;
	bool bare = strcmp(word, "can") == 0, will = strcmp(word, "won") == 0;
	if (!bare)
		word[length - 1] = '\0';
	push_token(text, lists, token, will ? "will" : word);
	push_token(text, lists, token, "not");
	return true;
}

typedef struct Scanner {
	const char *text, *at, *end;
	bool blank;
} Scanner;

/* Takes letters and digits at the scanner into word; their bytes go past. */
static int16_t scan_word(Scanner *scanner, char *word)
{
	size_t used = 0;
	bool digits = true;
	long value = 0;
	while (scanner->at < scanner->end) {
		unsigned char byte = (unsigned char)*scanner->at;
		gunichar c = byte < 0x80 ? byte : g_utf8_get_char(scanner->at);
		if (byte < 0x80 ? !g_ascii_isalnum((char)byte) : !is_letter(c))
			break;
		digits = digits && byte >= '0' && byte <= '9';
		value = digits && value < 10000 ? value * 10 + (byte - '0') : value;
		gunichar plain = byte < 0x80 ? (gunichar)(g_ascii_isupper((char)byte) ? byte | 0x20 : byte) : plain_letter(c);
		if (plain != 0 && used + 6 < WORDS_TOKEN_BYTES) {
			if (plain < 0x80)
				word[used++] = (char)plain;
			else
				used += (size_t)g_unichar_to_utf8(plain, word + used);
		}
		scanner->at += byte < 0x80 ? 1 : g_utf8_next_char(scanner->at) - scanner->at;
	}
	word[used] = '\0';
	return digits && used > 0 && value < 10000 ? (int16_t)value : -1;
}

static void take_word(WordsText *text, const Lists *lists, Scanner *scanner)
{
	char word[WORDS_TOKEN_BYTES], tail[WORDS_TOKEN_BYTES];
	const char *start = scanner->at;
	Token token = {.at = (uint32_t)(start - scanner->text), .blank = scanner->blank};
	token.number = scan_word(scanner, word);
	token.length = (uint32_t)(scanner->at - start);
	Scanner after = *scanner;
	if (after.at < after.end && is_apostrophe(g_utf8_get_char(after.at))) {
		after.at = g_utf8_next_char(after.at);
		scan_word(&after, tail);
		const char *more = write_out(tail);
		bool negated = *tail != '\0' && push_negated(text, lists, token, word, tail);
		if (negated || more != NULL) {
			if (!negated)
				push_token(text, lists, token, word);
			if (!negated && *more != '\0')
				push_token(text, lists, token, more);
			scanner->at = after.at;
			return;
		}
	}
	bool cannot = strcmp(word, "cannot") == 0;
	push_token(text, lists, token, cannot ? "can" : word);
	if (cannot)
		push_token(text, lists, token, "not");
}

static void take_mark(WordsText *text, const Lists *lists, Scanner *scanner)
{
	char mark[8] = {0};
	const char *next = g_utf8_next_char(scanner->at);
	gunichar c = g_utf8_get_char(scanner->at);
	Token token = {
		.at = (uint32_t)(scanner->at - scanner->text),
		.length = (uint32_t)(next - scanner->at),
		.number = -1,
		.blank = scanner->blank};
	if (c == 0xff1a)
		c = ':';
	mark[g_unichar_to_utf8(c, mark)] = '\0';
	if (!is_apostrophe(c))
		push_token(text, lists, token, mark);
	scanner->at = next;
}

/* ---- sentences ---- */

/* True where a full stop is part of what it follows: "Mr.", "e.g.", an initial, "12. Januar". */
static bool is_inner_stop(const WordsText *text, const char *next)
{
	static const char *const short_words[] = {"mr",  "mrs",  "ms",  "dr", "prof", "st", "approx", "ca",
											  "bzw", "inkl", "usw", "no", "nr",   "vs", "hr",     "fr"};
	if (text->tokens->len < 2)
		return false;
	const Token *word = words_token(text, text->tokens->len - 2);
	const char *bytes = text->text + word->at;
	if (word->number >= 0 && word->length <= 2)
		return g_ascii_islower(*next) || g_ascii_isdigit(*next) ||
			   (g_ascii_isalpha(*next) && strncmp(next, "We", 2) != 0 && strncmp(next, "I ", 2) != 0);
	if (word->length == 1 && g_ascii_isalpha(*bytes) && *bytes != 'I')
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(short_words); i++)
		if (word->length == strlen(short_words[i]) && g_ascii_strncasecmp(bytes, short_words[i], word->length) == 0)
			return true;
	return false;
}

static void end_sentence(WordsText *text, uint32_t *first)
{
	Sentence sentence = {.first = *first, .last = text->tokens->len};
	if (sentence.first == sentence.last)
		return;
	const Token *begin = words_token(text, sentence.first), *end = words_token(text, sentence.last - 1);
	sentence.at = begin->at;
	sentence.end = end->at + end->length;
	g_array_append_val(text->sentences, sentence);
	*first = sentence.last;
}

/* Passes white space over; true where a paragraph or a list's entry ends there. */
static bool skip_blank(Scanner *scanner)
{
	int lines = 0;
	scanner->blank = false;
	while (scanner->at < scanner->end) {
		unsigned char byte = (unsigned char)*scanner->at;
		if (byte > ' ' && byte < 0x80)
			break;
		gunichar c = byte < 0x80 ? byte : g_utf8_get_char(scanner->at);
		if (!g_unichar_isspace(c) && c != 0x200b && c != 0xfeff && byte >= ' ')
			break;
		lines += c == '\n';
		scanner->blank = true;
		scanner->at = g_utf8_next_char(scanner->at);
	}
	bool entry = lines == 1 && scanner->at + 1 < scanner->end &&
				 (*scanner->at == '-' || *scanner->at == '*' || *scanner->at == '>') && scanner->at[1] == ' ';
	return lines > 1 || entry;
}

static bool ends_sentence(const WordsText *text, const Scanner *scanner)
{
	if (text->tokens->len == 0)
		return false;
	const Token *last = words_token(text, text->tokens->len - 1);
	const char *mark = text->text + last->at;
	if (last->length != 1)
		return last->length == 3 && (g_str_has_prefix(mark, "。") || g_str_has_prefix(mark, "！"));
	if (*mark != '.' && *mark != '!' && *mark != '?')
		return false;
	return scanner->blank && !(*mark == '.' && is_inner_stop(text, scanner->at));
}

WordsText *words_text_new(const char *bytes, size_t length)
{
	const Lists *lists = get_lists();
	WordsText *text = g_new0(WordsText, 1);
	Scanner scanner = {.text = bytes, .at = bytes, .end = bytes + length};
	uint32_t first = 0;
	text->text = bytes;
	text->tokens = g_array_sized_new(FALSE, FALSE, sizeof(Token), (guint)MIN(length / 5 + 16, WORDS_TOKENS));
	text->sentences = g_array_new(FALSE, FALSE, sizeof(Sentence));
	while (text->tokens->len < WORDS_TOKENS) {
		bool ended = skip_blank(&scanner);
		if (ended || ends_sentence(text, &scanner))
			end_sentence(text, &first);
		if (scanner.at >= scanner.end)
			break;
		if (is_letter(g_utf8_get_char(scanner.at)))
			take_word(text, lists, &scanner);
		else
			take_mark(text, lists, &scanner);
	}
	end_sentence(text, &first);
	return text;
}

void words_text_free(WordsText *text)
{
	if (text == NULL)
		return;
	g_array_unref(text->tokens);
	g_array_unref(text->sentences);
	g_free(text);
}

/* ---- phrases ---- */

static bool has_word(const GArray *words, uint16_t word)
{
	for (guint i = 0; word != 0 && i < words->len; i++)
		if (g_array_index(words, uint16_t, i) == word)
			return true;
	return false;
}

/* Where a phrase that goes on at `at` ends; 0 where it does not fit. */
static uint32_t match_from(const WordsText *text, const GArray *elements, guint i, uint32_t at, uint32_t end)
{
	for (; i < elements->len; i++) {
		const Element *element = &g_array_index(elements, Element, i);
		if (element->kind == ELEMENT_GAP) {
			for (uint32_t gap = 0; gap <= element->gap && at + gap <= end; gap++) {
				uint32_t last = match_from(text, elements, i + 1, at + gap, end);
				if (last != 0)
					return last;
			}
			return 0;
		}
		bool here = at < end && has_word(element->words, words_token(text, at)->word);
		if (element->kind == ELEMENT_OPTIONAL && here) {
			uint32_t last = match_from(text, elements, i + 1, at + 1, end);
			if (last != 0)
				return last;
		}
		if ((element->kind == ELEMENT_WORD && !here) || (element->kind == ELEMENT_NOT && here))
			return 0;
		at += element->kind == ELEMENT_WORD;
	}
	return at;
}

static bool stands_in(const WordsText *text, const Sentence *sentence, const GArray *elements)
{
	for (uint32_t at = sentence->first; at < sentence->last; at++)
		if (match_from(text, elements, 0, at, sentence->last) != 0)
			return true;
	return false;
}

static bool are_met(const WordsText *text, const Sentence *sentence, const GArray *conditions)
{
	for (guint i = 0; conditions != NULL && i < conditions->len; i++) {
		const Condition *condition = &g_array_index(conditions, Condition, i);
		if (stands_in(text, sentence, condition->elements) == condition->absent)
			return false;
	}
	return true;
}

static void find_at(const WordsText *text, uint32_t sentence, uint32_t at, uint64_t wanted, GArray *finds)
{
	const Lists *lists = get_lists();
	const GArray *starts = g_ptr_array_index(lists->starts, words_token(text, at)->word);
	uint32_t end = words_sentence(text, sentence)->last;
	for (guint i = 0; starts != NULL && i < starts->len; i++) {
		const Phrase *phrase = &g_array_index(lists->phrases, Phrase, g_array_index(starts, uint32_t, i));
		if ((wanted >> phrase->list & 1) == 0)
			continue;
		uint32_t last = match_from(text, phrase->elements, 0, at, end);
		if (last != 0 && are_met(text, words_sentence(text, sentence), phrase->conditions)) {
			WordsFind find = {phrase->list, phrase->weight, sentence, at, last};
			g_array_append_val(finds, find);
		}
	}
}

GArray *words_find(const WordsText *text, uint64_t wanted)
{
	GArray *finds = g_array_new(FALSE, FALSE, sizeof(WordsFind));
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		const Sentence *sentence = words_sentence(text, i);
		for (uint32_t at = sentence->first; at < sentence->last; at++)
			if (words_token(text, at)->word != 0)
				find_at(text, i, at, wanted, finds);
	}
	return finds;
}

bool words_fit(const char *bytes, WordsList list)
{
	g_autoptr(WordsText) text = words_text_new(bytes, strlen(bytes));
	g_autoptr(GArray) finds = words_find(text, UINT64_C(1) << list);
	return finds->len > 0;
}

/* Whether any phrase of the list begins with the first word there; most lines are done with here. */
static bool may_start(const char *bytes, size_t length, WordsList list)
{
	const Lists *lists = get_lists();
	Scanner scanner = {.text = bytes, .at = bytes, .end = bytes + length};
	char word[WORDS_TOKEN_BYTES];
	scan_word(&scanner, word);
	if (*word == '\0')
		return true; /* a mark: looked at in full */
	const GArray *starts = g_ptr_array_index(lists->starts, find_word(lists, word, strlen(word), hash_word(word)));
	for (guint i = 0; starts != NULL && i < starts->len; i++)
		if (g_array_index(lists->phrases, Phrase, g_array_index(starts, uint32_t, i)).list == list)
			return true;
	return false;
}

bool words_fit_start(const char *bytes, size_t length, WordsList list)
{
	while (length > 0 && (unsigned char)*bytes < 0x80 && !g_ascii_isalnum(*bytes)) {
		bytes++;
		length--;
	}
	if (!may_start(bytes, length, list))
		return false;
	g_autoptr(WordsText) text = words_text_new(bytes, length);
	g_autoptr(GArray) finds = g_array_new(FALSE, FALSE, sizeof(WordsFind));
	if (text->tokens->len > 0)
		find_at(text, 0, 0, UINT64_C(1) << list, finds);
	return finds->len > 0;
}

int words_value(const Token *token, ValueKind kind)
{
	const GArray *values = get_lists()->values;
	if (kind == VALUE_NUMBER)
		return token->number > 0 ? token->number : 0;
	uint32_t value = g_array_index(values, uint32_t, token->word);
	return value >> 16 == (uint32_t)kind ? (int)(value & 0xffff) : 0;
}

bool words_has_value(const WordsText *text, const Token *token)
{
	return g_array_index(get_lists()->values, uint32_t, token->word) != 0 || g_ascii_isdigit(text->text[token->at]);
}

bool words_is(const WordsText *text, const Token *token, const char *word)
{
	size_t length = strlen(word);
	return token->length == length && g_ascii_strncasecmp(text->text + token->at, word, length) == 0;
}
