/* punctuation.c - slips of the hand between the words: spaces, capitals, stops, brackets.
 *
 * Two spaces after every full stop are a habit, not a slip; so is a list's line without a stop.
 */
#include "rules.h"

#include <string.h>

static void report(Reading *reading, uint32_t start, uint32_t end, const char *message, const char *replacement)
{
	Finding *finding = reading_add(reading, REVIEW_PUNCTUATION, start, end, "%s", message);
	finding_suggest(finding, replacement);
}

static bool is_prose_like(const NoteText *text, uint32_t at)
{
	Part part = text_part_of(text, text_sentence(text, text_token(text, at)->sentence));
	return part_is_prose(part) || part == PART_SUBJECT || part == PART_GREETING || part == PART_CLOSING;
}

/* Spaces right before the token, on its own line. */
static uint32_t spaces_before(const NoteText *text, uint32_t at)
{
	uint32_t start = text_token(text, at)->start, count = 0;
	while (count < start && text->note[start - count - 1] == ' ')
		count++;
	return count;
}

static bool ends_sentence(const NoteText *text, uint32_t at)
{
	const Token *token = text_token(text, at);
	return token->kind == TOKEN_MARK && strchr(".!?", text->note[token->start]);
}

/* Some type two spaces after each sentence. */
static bool spaces_by_habit(const NoteText *text)
{
	int twice = 0, once = 0;
	for (uint32_t i = 1; i < text->tokens->len; i++) {
		if (!ends_sentence(text, i - 1) || (text_token(text, i)->flags & TOKEN_BREAK))
			continue;
		twice += spaces_before(text, i) == 2;
		once += spaces_before(text, i) == 1;
	}
	return twice >= 2 && once == 0;
}

static void check_spaces(Reading *reading, uint32_t at, bool habit)
{
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at);
	uint32_t spaces = spaces_before(text, at);
	bool first = (token->flags & TOKEN_BREAK) || token->start == text->body;
	if (first || spaces < 2 || (habit && spaces == 2 && ends_sentence(text, at - 1)))
		return;
	report(reading, token->start - spaces, token->start, "Several spaces stand where one would do.", " ");
}

static void check_space_before_mark(Reading *reading, uint32_t at)
{
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at);
	uint32_t spaces = spaces_before(text, at);
	bool mark =
		token->kind == TOKEN_MARK && strchr(",.;!?", text->note[token->start]) && token->end - token->start == 1;
	bool joined = at + 1 < text->tokens->len && text_token(text, at + 1)->start == token->end &&
				  text_token(text, at + 1)->kind != TOKEN_MARK;
	if (!mark || spaces == 0 || (token->flags & TOKEN_BREAK) || (joined && text->note[token->start] == '.'))
		return;
	char fixed[] = {text->note[token->start], '\0'};
	report(reading, token->start - spaces, token->end, "A space stands before a mark that belongs to the word.", fixed);
}

static void check_space_after_mark(Reading *reading, uint32_t at)
{
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at), *next = text_token(text, at + 1);
	const Token *before = at > 0 ? text_token(text, at - 1) : NULL;
	bool glued = next->start == token->end && next->kind == TOKEN_WORD && before && before->end == token->start;
	if (!glued || token->kind != TOKEN_MARK || !strchr(",.;:!?", text->note[token->start]) ||
		token->end - token->start > 1 || before->kind == TOKEN_MARK)
		return;
	bool stop = text->note[token->start] == '.';
	bool common = next->caps == CAPS_NONE && token_in_set(text, next, SET_STOP) && before->lower_length > 1;
	if (stop && ((next->caps == CAPS_NONE && !common) || before->kind != TOKEN_WORD || before->caps == CAPS_ALL ||
				 next->caps == CAPS_ALL))
		return;
	char fixed[] = {text->note[token->start], ' ', '\0'};
	report(reading, token->start, token->end, "A space is missing behind the mark.", fixed);
}

/* "( and": the bracket belongs to the word behind it. */
static void check_inner_space(Reading *reading, uint32_t at)
{
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at), *next = text_token(text, at + 1);
	uint32_t spaces = spaces_before(text, at + 1);
	if (token_is_mark(text, token, '(') && spaces > 0 && !(next->flags & TOKEN_BREAK))
		report(reading, token->end, token->end + spaces, "A space stands behind a bracket that opens.", "");
	if (token_is_mark(text, next, ')') && spaces > 0 && !(next->flags & TOKEN_BREAK))
		report(reading, next->start - spaces, next->start, "A space stands before a bracket that closes.", "");
}

static void check_double_mark(Reading *reading, uint32_t at)
{
	static const char *const pairs[] = {",,", "..", ";;", "!!", "??", ",.", ".,", "!.", "?.", "::", ".!", ".?"};
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at), *next = text_token(text, at + 1);
	if (token->kind != TOKEN_MARK || next->kind != TOKEN_MARK || next->start != token->end ||
		token->end - token->start > 1)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		if (memcmp(text->note + token->start, pairs[i], 2) != 0)
			continue;
		char fixed[] = {pairs[i][0] == ',' ? pairs[i][1] : pairs[i][0], '\0'};
		report(reading, token->start, next->end, "Two marks stand where one would do.", fixed);
	}
}

static char *capitalised(const char *word, size_t length)
{
	g_autofree char *copy = g_strndup(word, length);
	g_autoptr(GString) capital = g_string_new(NULL);
	g_string_append_unichar(capital, g_unichar_toupper(g_utf8_get_char(copy)));
	g_string_append(capital, g_utf8_next_char(copy));
	return g_string_free(g_steal_pointer(&capital), FALSE);
}

static void report_capital(Reading *reading, uint32_t at, const char *why)
{
	const Token *token = text_token(&reading->text, at);
	g_autofree char *quote = reading_quote(reading, at, at + 1);
	g_autofree char *right = capitalised(reading->text.note + token->start, token->end - token->start);
	Finding *finding =
		reading_add_tokens(reading, REVIEW_PUNCTUATION, at, at + 1, "\"%s\" wants a capital: %s.", quote, why);
	finding_suggest(finding, right);
}

static bool is_name_of_facts(const Reading *reading, const Token *token)
{
	for (guint i = 0; i < reading->known.names->len; i++) {
		const KnownName *name = known_name(&reading->known, i);
		if (name->owner != OWNER_RECORD && g_unichar_isupper(g_utf8_get_char(name->shown)) &&
			strcmp(name->lower, text_lower(&reading->text, token)) == 0)
			return true;
	}
	return false;
}

static void check_capital(Reading *reading, uint32_t at)
{
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at);
	const char *lower = text_lower(text, token);
	bool greeted = at >= text->greeting_first && at < text->greeting_last;
	bool signature = at >= text->signature_first && at < text->signature_last;
	if (token->kind != TOKEN_WORD || token->caps != CAPS_NONE || (token->flags & (TOKEN_GLUED | TOKEN_HYPHEN)))
		return;
	if (strcmp(lower, "i") == 0)
		report_capital(reading, at, "it is I who writes");
	else if (
		lists_in_set(text->lists, token->word, SET_PROPER) && !lists_in_set(text->lists, token->word, SET_NAME_WORD))
		report_capital(reading, at, "it is a name");
	else if (
		((greeted && !lists_in_set(text->lists, token->word, SET_GREETED)) || signature ||
		 !lists_in_set(text->lists, token->word, SET_NAME_WORD)) &&
		is_name_of_facts(reading, token) && !reading_is_word(reading, token))
		report_capital(reading, at, "it is a name");
	else if (greeted && (is_name_of_facts(reading, token) || token_in_set(text, token, SET_TITLE)))
		report_capital(reading, at, "it is a name");
}

/* After a colon, a quotation or three dots a sentence may go on in small letters. */
static bool goes_on_after(const NoteText *text, const Sentence *sentence)
{
	const char *end = sentence->first > 0 ? text->note + text_token(text, sentence->first - 1)->start : "";
	return *end == ':' || *end == '"' || (unsigned char)*end >= 0x80 || g_str_has_prefix(end, "...");
}

/* A sentence begins with a capital; after a greeting's comma it may go on in small letters, and items are free. */
static void check_sentence_start(Reading *reading, uint32_t number)
{
	const NoteText *text = &reading->text;
	const Sentence *sentence = text_sentence(text, number);
	uint32_t at = sentence->first;
	if (text_part_of(text, sentence) != PART_BODY)
		return;
	while (at < sentence->last && text_token(text, at)->kind == TOKEN_MARK)
		at++;
	const Token *token = at < sentence->last ? text_token(text, at) : NULL;
	bool after_greeting = text->greeting_end > 0 && at == text->greeting_end;
	if (token == NULL || token->kind != TOKEN_WORD || token->caps != CAPS_NONE || after_greeting ||
		goes_on_after(text, sentence) || strcmp(text_lower(text, token), "i") == 0 || (token->flags & TOKEN_DIGITS))
		return;
	if (g_unichar_islower(g_utf8_get_char(text->note + token->start)))
		report_capital(reading, at, "a sentence begins");
}

static bool is_one_of(const NoteText *text, uint32_t at, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(text_lower(text, text_token(text, at)), *words) == 0)
			return true;
	return false;
}

/* "Is there any news.", "When can we meet.": the verb stands before whom it speaks of. "Should you …" and "May I …"
 * need no answer. */
static bool asks(const NoteText *text, const Sentence *sentence)
{
	static const char *const words[] = {"when", "where", "how", "why", NULL};
	static const char *const helpers[] = {"could", "would", "can", "will", "do",   "does",
										  "did",   "is",    "are", "has",  "have", NULL};
	static const char *const doers[] = {"i", "you", "we", "they", "he", "she", "it", "there", NULL};
	static const char *const things[] = {"is", "are", "has", "does", "did", NULL};
	static const char *const articles[] = {"the", "your", NULL};
	uint32_t at = sentence->first, last = sentence->last;
	if (last < at + 4)
		return false;
	if (is_one_of(text, at, words))
		return is_one_of(text, at + 1, helpers) &&
			   (is_one_of(text, at + 2, doers) || is_one_of(text, at + 2, articles) ||
				strcmp(text_lower(text, text_token(text, at + 2)), "be") == 0);
	return (is_one_of(text, at, helpers) && is_one_of(text, at + 1, doers)) ||
		   (is_one_of(text, at, things) && is_one_of(text, at + 1, articles));
}

static void check_question(Reading *reading, const Sentence *sentence)
{
	const NoteText *text = &reading->text;
	const Token *end = sentence->last > sentence->first ? text_token(text, sentence->last - 1) : NULL;
	if (end && part_is_prose(text_part_of(text, sentence)) && end->kind == TOKEN_MARK && end->end == end->start + 1 &&
		text->note[end->start] == '.' && asks(text, sentence))
		report(reading, end->start, end->end, "A question ends in a question mark.", "?");
}

static bool is_wrapped_oddly(const NoteText *text, const Sentence *sentence)
{
	return sentence->last - sentence->first < 4 || text_token(text, sentence->last - 1)->kind == TOKEN_OPAQUE;
}

/* Whether the items of the note's lists end in full stops: then all of them should. */
static bool items_are_ended(const NoteText *text)
{
	for (uint32_t i = 0; i < text->paragraphs->len; i++) {
		const Paragraph *paragraph = text_paragraph(text, i);
		if (paragraph->part == PART_ITEM && paragraph->last_sentence > paragraph->first_sentence &&
			text_sentence(text, paragraph->last_sentence - 1)->ended)
			return true;
	}
	return false;
}

enum { GREETING_TOKENS = 6 }; /* "Hannah, good morning," with its commas */

/* The last sentence of a paragraph ends in a mark. */
static void check_paragraph_end(Reading *reading, const Paragraph *paragraph)
{
	const NoteText *text = &reading->text;
	const Paragraph *last_paragraph = text_paragraph(text, text->paragraphs->len - 1);
	const Paragraph *next = paragraph < last_paragraph ? paragraph + 1 : NULL;
	if (paragraph->last_sentence == paragraph->first_sentence ||
		(paragraph->part != PART_BODY && !(paragraph->part == PART_ITEM && items_are_ended(text))))
		return;
	const Sentence *last = text_sentence(text, paragraph->last_sentence - 1);
	bool signature = last->first >= text->signature_first && last->first < text->signature_last;
	if (signature || last->ended || is_wrapped_oddly(text, last))
		return;
	const Token *token = text_token(text, last->last - 1);
	if (token->kind == TOKEN_MARK) {
		bool closing = next && (next->part == PART_SIGNATURE || next->part == PART_CLOSING);
		bool greeting = paragraph->start == text->body && paragraph->last - paragraph->first <= GREETING_TOKENS;
		if (text->note[token->start] == ',' && paragraph->end < text->end && !closing && !greeting)
			report(reading, token->start, token->end, "A comma ends the paragraph; a full stop would.", ".");
		return;
	}
	if ((token->known & KNOWN_ME) && last->last - last->first > 2)
		return; /* "Many thanks for yesterday, Ana": who writes has the last word */
	g_autofree char *quote = reading_quote(reading, last->last - 1, last->last);
	g_autofree char *fixed = g_strdup_printf("%.*s.", (int)(token->end - token->start), text->note + token->start);
	Finding *finding = reading_add_tokens(
		reading, REVIEW_PUNCTUATION, last->last - 1, last->last, "A full stop is missing behind \"%s\".", quote);
	finding_suggest(finding, fixed);
}

/* True if the mark is this one; its length says how much of the note may be looked at. */
static bool is_mark(const NoteText *text, const Token *token, const char *mark)
{
	size_t length = strlen(mark);
	return token->kind == TOKEN_MARK && token->end - token->start >= length &&
		   memcmp(text->note + token->start, mark, length) == 0;
}

/* Brackets and double quotes that are opened and not closed, or the other way round. */
static void check_pairs(Reading *reading, const Paragraph *paragraph, const char *open, const char *close)
{
	const NoteText *text = &reading->text;
	bool same = strcmp(open, close) == 0;
	uint32_t opened = 0;
	int depth = 0;
	for (uint32_t i = paragraph->first; i < paragraph->last; i++) {
		const Token *token = text_token(text, i);
		bool opens = is_mark(text, token, open), closes = is_mark(text, token, close);
		bool enumerates = i > paragraph->first &&
						  (text_token(text, i - 1)->lower_length < 2 || text_token(text, i - 1)->kind == TOKEN_MARK);
		if (opens && !(same && depth)) {
			depth++;
			opened = i;
		} else if (closes && depth) {
			depth--;
		} else if (closes && !enumerates) {
			report(
				reading, token->start, token->end, "A bracket or quotation mark is closed that was not opened.", NULL);
		}
	}
	if (depth)
		report(
			reading, text_token(text, opened)->start, text_token(text, opened)->end,
			"A bracket or quotation mark is not closed.", NULL);
}

static void check_paragraph(Reading *reading, const Paragraph *paragraph)
{
	if (paragraph->part == PART_QUOTED || paragraph->part == PART_SIGNATURE)
		return;
	check_paragraph_end(reading, paragraph);
	check_pairs(reading, paragraph, "(", ")");
	check_pairs(reading, paragraph, "\"", "\"");
	check_pairs(reading, paragraph, "\xe2\x80\x9c", "\xe2\x80\x9d");
}

void rules_punctuation(Reading *reading)
{
	const NoteText *text = &reading->text;
	bool habit = spaces_by_habit(text);
	if (reading->request->disabled & REVIEW_RULE_BIT(REVIEW_PUNCTUATION))
		return;
	for (uint32_t i = 0; i < text->tokens->len; i++) {
		check_capital(reading, i);
		if (!is_prose_like(text, i))
			continue;
		check_spaces(reading, i, habit);
		check_space_before_mark(reading, i);
		if (i + 1 < text->tokens->len) {
			check_space_after_mark(reading, i);
			check_double_mark(reading, i);
			check_inner_space(reading, i);
		}
	}
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		check_sentence_start(reading, i);
		check_question(reading, text_sentence(text, i));
	}
	for (uint32_t i = 0; i < text->paragraphs->len; i++)
		check_paragraph(reading, text_paragraph(text, i));
}
