/* parse-words.c - takes texts apart, and finds where the phrases of the lists fit them.
 *
 * Every phrase is tried only at words it may begin with, in sentences that may hold the rest of it.  A gap takes as few
 * words as will do.
 */
#include "parse-words.h"

#include "words-lists.h"

#include <string.h>

static uint16_t find_word(const WordsLists *lists, const char *word, size_t length, uint32_t hash)
{
	for (uint32_t at = hash & lists->slot_mask; lists->slots[at] != 0; at = (at + 1) & lists->slot_mask) {
		const ListWord *listed = &lists->words[lists->slots[at]];
		if (listed->length == length && memcmp(lists->chars + listed->text, word, length) == 0)
			return lists->slots[at];
	}
	return 0;
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

static void push_token(WordsText *text, const WordsLists *lists, Token token, const char *word)
{
	token.hash = words_hash(word);
	token.word = find_word(lists, word, strlen(word), token.hash);
	if (g_ascii_isdigit(*word)) {
		token.hash = words_hash("0");
		token.word = token.word == 0 ? lists->any_number : token.word;
	}
	if (token.word > 0 && token.number < 0) {
		uint32_t value = lists->words[token.word].value;
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
static bool push_negated(WordsText *text, const WordsLists *lists, Token token, char *word, const char *tail)
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

static void take_word(WordsText *text, const WordsLists *lists, Scanner *scanner)
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

static void take_mark(WordsText *text, const WordsLists *lists, Scanner *scanner)
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

/* True where a full stop is part of what it follows: "Mr.", "e.g.", an initial, "12. Januar", "Nov. 30". */
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
	if (g_ascii_isdigit(*next) && word->length <= 5 &&
		(words_value(word, VALUE_MONTH) > 0 || words_value(word, VALUE_WEEKDAY) > 0))
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
	const WordsLists *lists = &words_lists;
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

static bool has_word(const ListElement *element, uint16_t word)
{
	const uint16_t *choices = words_lists.choices + element->choices;
	uint32_t low = 0, high = element->count;
	while (high - low > 4) {
		uint32_t middle = (low + high) / 2;
		if (choices[middle] <= word)
			low = middle;
		else
			high = middle;
	}
	for (; low < high; low++)
		if (choices[low] == word)
			return word != 0;
	return false;
}

/* A run of elements that are still to be found. */
typedef struct Run {
	const ListElement *at, *end;
} Run;

/* Where a phrase that goes on at `at` ends; 0 where it does not fit. A gap at its end takes all it may. */
static uint32_t match_from(const WordsText *text, Run run, uint32_t at, uint32_t end)
{
	for (; run.at < run.end; run.at++) {
		const ListElement *element = run.at;
		if (element->kind == ELEMENT_GAP && element + 1 == run.end)
			return MIN(at + element->gap, end);
		if (element->kind == ELEMENT_GAP) {
			for (uint32_t gap = 0; gap <= element->gap && at + gap <= end; gap++) {
				uint32_t last = match_from(text, (Run){element + 1, run.end}, at + gap, end);
				if (last != 0)
					return last;
			}
			return 0;
		}
		bool here = at < end && has_word(element, words_token(text, at)->word);
		if (element->kind == ELEMENT_OPTIONAL && here) {
			uint32_t last = match_from(text, (Run){element + 1, run.end}, at + 1, end);
			if (last != 0)
				return last;
		}
		if ((element->kind == ELEMENT_WORD && !here) || (element->kind == ELEMENT_NOT && here))
			return 0;
		at += element->kind == ELEMENT_WORD;
	}
	return at;
}

static Run make_run(uint32_t elements, uint32_t count)
{
	return (Run){words_lists.elements + elements, words_lists.elements + elements + count};
}

static bool are_met(const WordsText *text, const Sentence *sentence, const ListPhrase *phrase)
{
	for (uint32_t i = 0; i < phrase->condition_count; i++) {
		const ListCondition *condition = &words_lists.conditions[phrase->conditions + i];
		bool stands = false;
		for (uint32_t at = sentence->first; at < sentence->last && !stands; at++)
			stands = match_from(text, make_run(condition->elements, condition->count), at, sentence->last) != 0;
		if (stands == condition->absent)
			return false;
	}
	return true;
}

/* Which words a sentence holds, roughly. */
static uint64_t collect_bits(const WordsText *text, const Sentence *sentence)
{
	uint64_t bits = 0;
	for (uint32_t at = sentence->first; at < sentence->last; at++) {
		uint16_t word = words_token(text, at)->word;
		bits |= word == 0 ? 0 : words_bit(word);
	}
	return bits;
}

/* What is looked for, and in which sentence. */
typedef struct Search {
	uint64_t wanted, bits;
	uint32_t sentence;
} Search;

static void find_at(const WordsText *text, const Search *search, uint32_t at, GArray *finds)
{
	const ListWord *word = &words_lists.words[words_token(text, at)->word];
	const Sentence *sentence = words_sentence(text, search->sentence);
	for (uint32_t i = 0; (word->lists & search->wanted) != 0 && i < word->start_count; i++) {
		const ListPhrase *phrase = &words_lists.phrases[words_lists.starts[word->starts + i]];
		if ((search->wanted >> phrase->list & 1) == 0 || (phrase->needs[0] & search->bits) == 0 ||
			(phrase->needs[1] & search->bits) == 0)
			continue;
		Run run = make_run(phrase->elements, phrase->element_count);
		uint32_t last = match_from(text, (Run){run.at + 1, run.end}, at + 1, sentence->last);
		if (last != 0 && are_met(text, sentence, phrase)) {
			WordsFind find = {(WordsList)phrase->list, phrase->weight, search->sentence, at, last};
			g_array_append_val(finds, find);
		}
	}
}

GArray *words_find(const WordsText *text, uint64_t wanted)
{
	GArray *finds = g_array_new(FALSE, FALSE, sizeof(WordsFind));
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		const Sentence *sentence = words_sentence(text, i);
		Search search = {wanted, collect_bits(text, sentence), i};
		for (uint32_t at = sentence->first; at < sentence->last; at++)
			find_at(text, &search, at, finds);
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
	const WordsLists *lists = &words_lists;
	Scanner scanner = {.text = bytes, .at = bytes, .end = bytes + length};
	char word[WORDS_TOKEN_BYTES];
	scan_word(&scanner, word);
	if (*word == '\0')
		return true; /* a mark: looked at in full */
	return (lists->words[find_word(lists, word, strlen(word), words_hash(word))].lists >> list & 1) != 0;
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
	if (text->tokens->len > 0) {
		Search search = {UINT64_C(1) << list, collect_bits(text, words_sentence(text, 0)), 0};
		find_at(text, &search, 0, finds);
	}
	return finds->len > 0;
}

int words_value(const Token *token, ValueKind kind)
{
	if (kind == VALUE_NUMBER)
		return token->number > 0 ? token->number : 0;
	uint32_t value = words_lists.words[token->word].value;
	return value >> 16 == (uint32_t)kind ? (int)(value & 0xffff) : 0;
}

bool words_has_value(const WordsText *text, const Token *token)
{
	return words_lists.words[token->word].value != 0 || g_ascii_isdigit(text->text[token->at]);
}

bool words_is(const WordsText *text, const Token *token, const char *word)
{
	size_t length = strlen(word);
	return token->length == length && g_ascii_strncasecmp(text->text + token->at, word, length) == 0;
}
