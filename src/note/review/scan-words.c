/* scan-words.c - from bytes to words, numbers, addresses and marks.
 *
 * Splits contractions, keeps abbreviations with their full stop, and takes web and mail addresses as one piece each.
 * Linear: every byte is looked at a bounded number of times.
 */
#include "scan.h"
#include "stem.h"

#include <string.h>

enum { ADDRESS_MAX = 256 }; /* bytes looked at for a web or mail address */

static gunichar char_at(const NoteText *text, uint32_t at, uint32_t end)
{
	return at < end ? g_utf8_get_char(text->note + at) : 0;
}

static uint32_t next_at(const NoteText *text, uint32_t at)
{
	return at + (uint32_t)g_utf8_skip[(unsigned char)text->note[at]];
}

static bool is_letter(gunichar c)
{
	return c && (g_unichar_isalpha(c) || g_unichar_ismark(c));
}

static bool is_apostrophe(gunichar c)
{
	return c == '\'' || c == 0x2019 || c == 0x02BC;
}

/* Lower case into text->lower, apostrophes made plain; returns the offset. */
static uint32_t add_lower(NoteText *text, uint32_t start, uint32_t end)
{
	uint32_t at = (uint32_t)text->lower->len;
	for (uint32_t i = start; i < end; i = next_at(text, i)) {
		gunichar c = char_at(text, i, end);
		if (c < 0x80)
			g_string_append_c(text->lower, g_ascii_tolower((char)c));
		else if (is_apostrophe(c))
			g_string_append_c(text->lower, '\'');
		else
			g_string_append_unichar(text->lower, g_unichar_tolower(c));
	}
	return at;
}

static void number_word(NoteText *text, Token *token)
{
	char stem[STEM_BYTES];
	const char *lower = text->lower->str + token->lower;
	token->word = lists_find(text->lists, lower, token->lower_length);
	size_t length = stem_inflected(lower, token->lower_length, stem);
	token->stem = lists_find_marked(text->lists, '~', stem, length);
	length = stem_root(lower, token->lower_length, stem);
	token->root = lists_find_marked(text->lists, '=', stem, length);
}

static Caps find_caps(const NoteText *text, uint32_t start, uint32_t end)
{
	int letters = 0, upper = 0;
	bool first = false;
	for (uint32_t i = start; i < end; i = next_at(text, i)) {
		gunichar c = char_at(text, i, end);
		if (!is_letter(c))
			continue;
		bool is_upper = g_unichar_isupper(c);
		first = first || (letters == 0 && is_upper);
		letters++;
		upper += is_upper;
	}
	if (upper == 0)
		return CAPS_NONE;
	if (upper == letters)
		return letters == 1 ? CAPS_FIRST : CAPS_ALL;
	return first && upper == 1 ? CAPS_FIRST : CAPS_INNER;
}

static Token *add_token(NoteText *text, TokenKind kind, uint32_t start, uint32_t end, uint8_t flags)
{
	Token token = {.start = start, .end = end, .kind = (uint8_t)kind, .flags = flags};
	if (start > 0 && g_unichar_isspace(g_utf8_get_char(g_utf8_prev_char(text->note + start))))
		token.flags |= TOKEN_SPACE;
	if (kind != TOKEN_MARK)
		token.caps = (uint8_t)find_caps(text, start, end);
	token.lower = add_lower(text, start, end);
	token.lower_length = (uint16_t)MIN(text->lower->len - token.lower, (size_t)UINT16_MAX);
	g_string_append_c(text->lower, '\0');
	g_array_append_val(text->tokens, token);
	return &g_array_index(text->tokens, Token, text->tokens->len - 1);
}

/* Gives a token other lower-case letters than those that stand there. */
static void set_lower(NoteText *text, Token *token, const char *lower)
{
	token->lower = (uint32_t)text->lower->len;
	token->lower_length = (uint16_t)strlen(lower);
	g_string_append_len(text->lower, lower, token->lower_length + 1);
}

/* What may stand before an apostrophe so that the whole is a contraction. */
static bool takes_ending(const char *base, size_t length, const char *ending)
{
	static const char *const is_bases[] = {"it",    "that", "what", "there",      "here", "he",   "she", "who",
										   "where", "how",  "let",  "everything", "this", "when", NULL};
	static const char *const not_bases[] = {"do",   "does", "did",   "is", "are",   "was",   "were",
											"has",  "have", "had",   "ca", "could", "would", "should",
											"must", "need", "might", "ai", "wo",    "sha",   NULL};
	static const char *const had_bases[] = {"i", "you", "he", "she", "we", "they", "it", "that", "who", NULL};
	const char *const *bases = strcmp(ending, "'s") == 0    ? is_bases
							   : strcmp(ending, "n't") == 0 ? not_bases
															: had_bases;
	if (strcmp(ending, "'m") == 0)
		return length == 1 && base[0] == 'i';
	if (strcmp(ending, "'s") != 0 && strcmp(ending, "n't") != 0 && strcmp(ending, "'d") != 0)
		return length > 0;
	for (; *bases; bases++)
		if (strlen(*bases) == length && memcmp(*bases, base, length) == 0)
			return true;
	return false;
}

static const char *expand(const char *ending, const char *base, size_t length)
{
	static const char *const endings[][2] = {{"'m", "am"},    {"'re", "are"},  {"'ve", "have"},
											 {"'ll", "will"}, {"'d", "would"}, {"n't", "not"}};
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
		if (strcmp(endings[i][0], ending) == 0)
			return endings[i][1];
	return length == 3 && memcmp(base, "let", 3) == 0 ? "us" : "is";
}

static const char *restore(const char *base)
{
	static const char *const bases[][2] = {{"ca", "can"}, {"wo", "will"}, {"sha", "shall"}, {"ai", "is"}};
	for (size_t i = 0; i < G_N_ELEMENTS(bases); i++)
		if (strcmp(bases[i][0], base) == 0)
			return bases[i][1];
	return base;
}

/* Splits the last token where it is a contraction; cuts a possessive ending off. */
static void split_contraction(NoteText *text, Token *token)
{
	static const char *const endings[] = {"n't", "'re", "'ve", "'ll", "'s", "'m", "'d"};
	const char *lower = text->lower->str + token->lower;
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		size_t size = strlen(endings[i]);
		if (token->lower_length <= size || strcmp(lower + token->lower_length - size, endings[i]) != 0)
			continue;
		size_t base_length = token->lower_length - size;
		if (!takes_ending(lower, base_length, endings[i])) {
			if (strcmp(endings[i], "'s") == 0) {
				token->flags |= TOKEN_POSSESSIVE;
				token->lower_length = (uint16_t)base_length;
				text->lower->str[token->lower + base_length] = '\0';
			}
			return;
		}
		g_autofree char *base = g_strndup(lower, base_length);
		uint32_t end = token->end;
		for (size_t c = 0; c < size; c++)
			token->end = (uint32_t)(g_utf8_prev_char(text->note + token->end) - text->note);
		token->flags |= TOKEN_SPLIT;
		token->alt = lists_find(text->lists, lower, token->lower_length);
		set_lower(text, token, restore(base));
		number_word(text, token);
		uint32_t middle = token->end;
		Token *second = add_token(text, TOKEN_WORD, middle, end, TOKEN_GLUED);
		second->caps = CAPS_NONE;
		set_lower(text, second, expand(endings[i], base, base_length));
		number_word(text, second);
		second->alt = lists_find(text->lists, endings[i], size);
		return;
	}
}

/* The end of letters, digits and inner apostrophes. */
static uint32_t word_end(const NoteText *text, uint32_t at, uint32_t end, bool *ret_digits)
{
	*ret_digits = false;
	while (at < end) {
		gunichar c = char_at(text, at, end);
		uint32_t next = next_at(text, at);
		if (g_unichar_isdigit(c))
			*ret_digits = true;
		else if (!is_letter(c) && !(is_apostrophe(c) && is_letter(char_at(text, next, end))))
			break;
		at = next;
	}
	return at;
}

static bool is_abbreviation(const NoteText *text, const Token *token, uint32_t end)
{
	gunichar next = char_at(text, token->end + 1, end), after = 0;
	if (g_unichar_isspace(next))
		after = char_at(text, token->end + 2, end);
	bool goes_on = g_unichar_islower(after) || (next && strchr(",;:)?!", (int)MIN(next, 0x7fu)));
	if (token->lower_length == 1 && token->caps == CAPS_FIRST && text->note[token->start] != 'I')
		return next != 0 && !(next == '\n' || next == '\r');
	if (lists_in_set(text->lists, token->word, SET_TITLE))
		return true;
	return lists_in_set(text->lists, token->word, SET_ABBREVIATION) && goes_on;
}

/* "e.g.", "a.m.", "U.S." whole; 0 where it is none. */
static uint32_t dotted_end(const NoteText *text, uint32_t at, uint32_t end)
{
	int pairs = 0;
	while (at + 1 < end && g_ascii_isalpha(text->note[at]) && text->note[at + 1] == '.') {
		at += 2;
		pairs++;
	}
	if (pairs >= 1 && at < end && g_ascii_isalpha(text->note[at]) &&
		(at + 1 == end || !g_ascii_isalnum(text->note[at + 1])) && text->note[at] != 'I')
		return at + 1;
	return pairs >= 2 ? at : 0;
}

static uint32_t add_word(NoteText *text, uint32_t at, uint32_t end, uint8_t flags)
{
	bool digits;
	uint32_t stop = dotted_end(text, at, end);
	if (stop) {
		Token *token = add_token(text, TOKEN_WORD, at, stop, (uint8_t)(flags | TOKEN_DOTTED | TOKEN_DIGITS));
		number_word(text, token);
		return stop;
	}
	stop = word_end(text, at, end, &digits);
	Token *token = add_token(text, TOKEN_WORD, at, stop, (uint8_t)(flags | (digits ? TOKEN_DIGITS : 0)));
	number_word(text, token);
	if (strchr(text->lower->str + token->lower, '\'')) {
		split_contraction(text, token);
		token = &g_array_index(text->tokens, Token, text->tokens->len - 1);
		if (!(token->flags & TOKEN_GLUED))
			number_word(text, token);
	}
	if (stop < end && text->note[stop] == '.' && is_abbreviation(text, token, end)) {
		token->end = ++stop;
		token->flags |= TOKEN_DOTTED;
	} else if (is_apostrophe(char_at(text, stop, end)) && text->note[stop - 1] == 's') {
		token->flags |= TOKEN_POSSESSIVE;
		stop = next_at(text, stop);
		token->end = stop;
	}
	return stop;
}

/* "18th", "10:30", "1,000.50", "50%", "10am". */
static uint32_t number_end(const NoteText *text, uint32_t at, uint32_t end)
{
	while (at < end) {
		gunichar c = char_at(text, at, end);
		gunichar next = char_at(text, next_at(text, at), end);
		bool inner = (c == '.' || c == ',' || c == ':' || c == '/') && g_unichar_isdigit(next);
		if (!g_unichar_isalnum(c) && c != '%' && !inner)
			break;
		at = next_at(text, at);
	}
	return at;
}

static bool is_address_end(const char *word, size_t length)
{
	static const char *const ends[] = {"com", "org", "net",  "example", "io",   "dev", "co",   "uk",     "de",  "eu",
									   "fr",  "us",  "ca",   "edu",     "gov",  "app", "ai",   "me",     "js",  "py",
									   "pdf", "doc", "docx", "xls",     "xlsx", "csv", "txt",  "png",    "jpg", "html",
									   "zip", "ppt", "pptx", "md",      "info", "biz", "test", "invalid"};
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
		if (strlen(ends[i]) == length && g_ascii_strncasecmp(ends[i], word, length) == 0)
			return true;
	return false;
}

/* The end of a web or mail address or a file's name that begins here; 0 where there is none. */
static uint32_t address_end(const NoteText *text, uint32_t at, uint32_t end)
{
	uint32_t stop = at, dot = 0;
	bool is_address = false;
	end = MIN(end, at + ADDRESS_MAX);
	while (stop < end && (g_ascii_isalnum(text->note[stop]) || strchr("@._-+/:?=&#%~,", text->note[stop]))) {
		if (text->note[stop] == '.')
			dot = stop;
		if (text->note[stop] == '@' || (stop + 2 < end && memcmp(text->note + stop, "://", 3) == 0))
			is_address = true;
		stop++;
	}
	while (stop > at && strchr(".:?/-&,", text->note[stop - 1]))
		stop--;
	if (stop <= at + 2)
		return 0;
	if (is_address || (stop > at + 4 && g_ascii_strncasecmp(text->note + at, "www.", 4) == 0))
		return stop;
	if (!dot || dot >= stop || dot == at)
		return 0;
	uint32_t slash = dot + 1;
	while (slash < stop && g_ascii_isalpha(text->note[slash]))
		slash++;
	bool closed = slash == stop || text->note[slash] == '/';
	return closed && is_address_end(text->note + dot + 1, slash - dot - 1) ? stop : 0;
}

static uint32_t mark_end(const NoteText *text, uint32_t at, uint32_t end)
{
	uint32_t stop = next_at(text, at);
	if (text->note[at] == '.' && stop + 1 < end && text->note[stop] == '.' && text->note[stop + 1] == '.')
		while (stop < end && text->note[stop] == '.')
			stop++;
	return stop;
}

/* A hyphen right between two words joins them; anything else that is no word is a mark. */
static uint32_t add_mark(NoteText *text, uint32_t at, uint32_t end, uint8_t *ret_flags)
{
	gunichar c = char_at(text, at, end);
	uint32_t next = next_at(text, at);
	bool joins = (c == '-' || c == 0x2010 || c == 0x2011) && text->tokens->len && is_letter(char_at(text, next, end));
	if (joins) {
		const Token *before = text_token(text, text->tokens->len - 1);
		if (before->end == at && (before->kind == TOKEN_WORD || before->kind == TOKEN_NUMBER)) {
			*ret_flags = TOKEN_HYPHEN;
			return next;
		}
	}
	next = mark_end(text, at, end);
	add_token(text, TOKEN_MARK, at, next, 0);
	return next;
}

static uint32_t add_piece(NoteText *text, uint32_t at, uint32_t end, uint8_t flags)
{
	gunichar c = char_at(text, at, end);
	uint32_t stop = g_ascii_isalnum(c) ? address_end(text, at, end) : 0;
	if (stop) {
		add_token(text, TOKEN_OPAQUE, at, stop, flags);
		return stop;
	}
	if (is_letter(c))
		return add_word(text, at, end, flags);
	stop = number_end(text, at, end);
	Token *token = add_token(text, TOKEN_NUMBER, at, stop, flags);
	number_word(text, token);
	return stop;
}

void scan_words(NoteText *text, uint32_t start, uint32_t end)
{
	uint8_t flags = 0;
	for (uint32_t at = start; at < end;) {
		gunichar c = char_at(text, at, end);
		if (g_unichar_isspace(c)) {
			flags = c == '\n' ? TOKEN_BREAK : flags & TOKEN_BREAK;
			at = next_at(text, at);
			continue;
		}
		uint32_t first = text->tokens->len;
		uint8_t carried = flags;
		flags = 0;
		if (is_letter(c) || g_unichar_isdigit(c))
			at = add_piece(text, at, end, carried & TOKEN_HYPHEN);
		else
			at = add_mark(text, at, end, &flags);
		if (text->tokens->len > first)
			g_array_index(text->tokens, Token, first).flags |= carried & TOKEN_BREAK;
	}
}
