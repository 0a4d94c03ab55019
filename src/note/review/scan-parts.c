/* scan-parts.c - lines, parts, paragraphs and sentences of a note whose words are known.
 *
 * A letter's shape is read from both ends: the greeting from the top, closing line and signature from the bottom.  What
 * is neither is body.  Lines of one paragraph may be wrapped; a list's items stand alone.
 */
#include "scan.h"

#include <string.h>

enum { SIGNATURE_LINES = 8, NAME_WORDS = 6, CLOSING_WORDS = 8 };

typedef struct Line {
	uint32_t start, end;  /* bytes, white space at both ends left out */
	uint32_t first, last; /* tokens */
	Part part;
	bool blank;
} Line;

static bool is_header_name(const char *line, size_t length)
{
	static const char *const names[] = {
		"subject",
		"to",
		"from",
		"cc",
		"bcc",
		"date",
		"reply-to",
		"message-id",
		"in-reply-to",
		"references",
		"mime-version",
		"content-type",
		"content-transfer-encoding"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (length > strlen(names[i]) && line[strlen(names[i])] == ':' &&
			g_ascii_strncasecmp(line, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static uint32_t line_end(const char *note, uint32_t at, uint32_t length)
{
	const char *stop = memchr(note + at, '\n', length - at);
	return stop ? (uint32_t)(stop - note) : length;
}

static void trim(const char *note, uint32_t *start, uint32_t *end)
{
	while (*start < *end && g_ascii_isspace(note[*start]))
		++*start;
	while (*end > *start && g_ascii_isspace(note[*end - 1]))
		--*end;
}

/* Reads the header lines; returns where the body begins. */
static uint32_t read_headers(NoteText *text, uint32_t *ret_start, uint32_t *ret_end)
{
	uint32_t at = 0;
	bool in_subject = false;
	*ret_start = *ret_end = 0;
	while (at < text->length) {
		uint32_t stop = line_end(text->note, at, text->length);
		bool folded = at > 0 && (text->note[at] == ' ' || text->note[at] == '\t');
		bool named = is_header_name(text->note + at, stop - at);
		uint32_t start = at, end = stop;
		trim(text->note, &start, &end);
		if (at > 0 && start == end)
			return MIN(stop + 1, text->length);
		if (!named && !folded)
			return at;
		if (named)
			in_subject = g_ascii_strncasecmp(text->note + at, "subject", 7) == 0;
		if (in_subject && named)
			*ret_start = at + 8;
		if (in_subject)
			*ret_end = end;
		at = MIN(stop + 1, text->length);
	}
	return at;
}

void note_text_init(NoteText *text, const char *note, size_t length, const ReviewLists *lists)
{
	uint32_t start, end;
	*text = (NoteText){
		.note = note,
		.length = (uint32_t)length,
		.lists = lists,
		.lower = g_string_sized_new(length * 2 + 64),
		.tokens = g_array_sized_new(FALSE, FALSE, sizeof(Token), (guint)(length / 4 + 16)),
		.sentences = g_array_sized_new(FALSE, FALSE, sizeof(Sentence), 32),
		.paragraphs = g_array_sized_new(FALSE, FALSE, sizeof(Paragraph), 16),
	};
	g_string_append_c(text->lower, '\0');
	text->body = read_headers(text, &start, &end);
	if (end > start)
		trim(note, &start, &end);
	text->has_subject = end > start;
	if (text->has_subject)
		scan_words(text, start, end);
	uint32_t subject_tokens = text->tokens->len;
	scan_words(text, text->body, text->length);
	scan_parts(text, subject_tokens);
}

void note_text_clear(NoteText *text)
{
	g_string_free(text->lower, TRUE);
	g_array_unref(text->tokens);
	g_array_unref(text->sentences);
	g_array_unref(text->paragraphs);
}

static bool is_item(const NoteText *text, const Line *line)
{
	const char *at = text->note + line->start;
	size_t size = line->end - line->start;
	size_t digits = 0;
	while (digits < size && g_ascii_isdigit(at[digits]))
		digits++;
	if (digits && digits < 3 && digits + 1 < size)
		return (at[digits] == '.' || at[digits] == ')') && at[digits + 1] == ' ';
	if (size > 4 && memcmp(at, "\xe2\x80\xa2", 3) == 0)
		return true;
	return size > 2 && (at[0] == '-' || at[0] == '*') && at[1] == ' ';
}

static GArray *read_lines(NoteText *text, uint32_t token)
{
	GArray *lines = g_array_new(FALSE, TRUE, sizeof(Line));
	for (uint32_t at = text->body; at < text->length;) {
		uint32_t stop = line_end(text->note, at, text->length);
		Line line = {.start = at, .end = stop, .first = token, .part = PART_BODY};
		while (token < text->tokens->len && text_token(text, token)->start < stop)
			token++;
		line.last = token;
		trim(text->note, &line.start, &line.end);
		line.blank = line.start == line.end;
		if (!line.blank && text->note[line.start] == '>')
			line.part = PART_QUOTED;
		else if (!line.blank && is_item(text, &line))
			line.part = PART_ITEM;
		if (!line.blank)
			text->end = line.end;
		g_array_append_val(lines, line);
		at = stop + 1;
	}
	return lines;
}

static Line *line_at(const GArray *lines, guint index)
{
	return &g_array_index(lines, Line, index);
}

static bool is_name_word(const NoteText *text, const Token *token)
{
	if (token->kind != TOKEN_WORD)
		return false;
	if (token_in_set(text, token, SET_TITLE) || lists_in_set(text->lists, token->word, SET_NAME_WORD))
		return token->caps != CAPS_NONE || token_in_set(text, token, SET_TITLE);
	return token->caps != CAPS_NONE && !lists_in_set(text->lists, token->word, SET_STOP);
}

/* Words between two names: "Huck and Mary", "Ana de la Cruz". */
static bool joins_names(const NoteText *text, const Token *token)
{
	static const char *const joins[] = {"and", "de", "la", "van", "von", "der", "den", "di", "da", "del", "bin", "al"};
	if (token_is_mark(text, token, '&'))
		return true;
	for (size_t i = 0; token->kind == TOKEN_WORD && i < G_N_ELEMENTS(joins); i++)
		if (strcmp(text_lower(text, token), joins[i]) == 0)
			return true;
	return false;
}

static bool ends_greeting(const NoteText *text, uint32_t index, uint32_t last)
{
	const Token *token = index < last ? text_token(text, index) : NULL;
	return token == NULL || (token->kind == TOKEN_MARK &&
							 (strchr(",:!;.", text->note[token->start]) ||
							  (unsigned char)text->note[token->start] >= 0x80 || text->note[token->start] == '-'));
}

/* A word that may be addressed without a capital: "john", "all", "hiring team"; not "this". */
static bool may_be_greeted(const NoteText *text, const Token *token)
{
	return token->kind == TOKEN_WORD &&
		   (token_in_set(text, token, SET_GREETED) || joins_names(text, token) || !token_in_set(text, token, SET_STOP));
}

/* From `at`: the names greeted. Lower-case words count where the greeting ends right after them ("dear john,"). */
static uint32_t names_end(const NoteText *text, uint32_t at, uint32_t last)
{
	uint32_t stop = at, lower = at;
	while (stop < last && stop < at + NAME_WORDS &&
		   (is_name_word(text, text_token(text, stop)) || (stop > at && joins_names(text, text_token(text, stop)))))
		stop++;
	while (lower < last && lower < at + 4 && may_be_greeted(text, text_token(text, lower)))
		lower++;
	return lower > stop && ends_greeting(text, lower, last) ? lower : stop;
}

static uint32_t greeting_words_end(const NoteText *text, uint32_t at, uint32_t last)
{
	bool good = at + 1 < last && strcmp(text_lower(text, text_token(text, at)), "good") == 0 &&
				token_in_set(text, text_token(text, at + 1), SET_DAYTIME);
	if (good)
		return at + 2;
	if (at < last && token_in_set(text, text_token(text, at), SET_GREETING))
		return at + 1;
	return at;
}

/* "John," or "Mr. Finn:" alone on the first line. */
static bool is_bare_name(const NoteText *text, const Line *line)
{
	uint32_t stop = names_end(text, line->first, line->last);
	const Token *mark = stop < line->last ? text_token(text, stop) : NULL;
	bool closed = mark && mark->kind == TOKEN_MARK && text->note[mark->start] != '.' && text->note[mark->start] != '!';
	return stop > line->first && stop + 1 == line->last && closed;
}

/* "John, thank you for…": a name, a comma, and a sentence that goes on in small letters or with thanks. */
static bool opens_with_name(const NoteText *text, const Line *line)
{
	uint32_t stop = names_end(text, line->first, line->last);
	if (stop == line->first || stop > line->first + 3 || stop + 1 >= line->last ||
		!token_is_mark(text, text_token(text, stop), ','))
		return false;
	for (uint32_t i = line->first; i < stop; i++)
		if (token_in_set(text, text_token(text, i), SET_STOP) || token_in_set(text, text_token(text, i), SET_STOCK))
			return false;
	const char *next = text_lower(text, text_token(text, stop + 1));
	return strcmp(next, "thank") == 0 || strcmp(next, "thanks") == 0 || strcmp(next, "it") == 0 ||
		   strcmp(next, "i") == 0;
}

static void find_greeting(NoteText *text, GArray *lines)
{
	guint i = 0;
	while (i < lines->len && (line_at(lines, i)->blank || line_at(lines, i)->part == PART_QUOTED))
		i++;
	if (i == lines->len || line_at(lines, i)->first == line_at(lines, i)->last)
		return;
	Line *line = line_at(lines, i);
	uint32_t names = greeting_words_end(text, line->first, line->last);
	text->greets = names > line->first;
	if (!text->greets && !is_bare_name(text, line) && !opens_with_name(text, line))
		return;
	while (names < line->last && token_is_mark(text, text_token(text, names), ','))
		names++;
	text->greeting_first = names;
	text->greeting_last = names_end(text, names, line->last);
	text->greeting_end = text->greeting_last;
	if (text->greeting_end < line->last && ends_greeting(text, text->greeting_end, line->last))
		text->greeting_end++;
	if (text->greeting_end >= line->last)
		line->part = PART_GREETING;
}

static uint32_t count_line_words(const NoteText *text, const Line *line)
{
	uint32_t count = 0;
	for (uint32_t i = line->first; i < line->last; i++)
		count +=
			text_token(text, i)->kind != TOKEN_MARK && !(text_token(text, i)->flags & (TOKEN_GLUED | TOKEN_HYPHEN));
	return count;
}

static bool ends_with_mark(const NoteText *text, const Line *line, const char *marks)
{
	return line->last > line->first && text_token(text, line->last - 1)->kind == TOKEN_MARK &&
		   strchr(marks, text->note[text_token(text, line->last - 1)->start]) != NULL;
}

/* How many tokens at the line's beginning are a closing phrase ("Kind regards,"); 0 where it is none. */
static uint32_t closing_phrase(const NoteText *text, const Line *line)
{
	uint32_t at = line->first;
	while (at < line->last && at < line->first + CLOSING_WORDS && token_in_set(text, text_token(text, at), SET_CLOSING))
		at++;
	if (at == line->first)
		return 0;
	if (at == line->last ||
		(token_is_mark(text, text_token(text, at), ',') || token_is_mark(text, text_token(text, at), '!') ||
		 token_is_mark(text, text_token(text, at), '.')))
		return at - line->first;
	return 0;
}

/* "Looking forward to hearing from you," and the like: short, and ends in a comma. */
static bool is_long_closing(const NoteText *text, const Line *line)
{
	return ends_with_mark(text, line, ",") && count_line_words(text, line) <= CLOSING_WORDS &&
		   count_line_words(text, line) > 0;
}

/* A line that may stand in a signature: a name, an address, a number, a title. */
static bool is_signature_line(const NoteText *text, const Line *line)
{
	uint32_t words = count_line_words(text, line);
	if (words == 0 || words > 8 || ends_with_mark(text, line, "?!:;"))
		return false;
	for (uint32_t i = line->first; i < line->last; i++) {
		const Token *token = text_token(text, i);
		if (token->kind == TOKEN_OPAQUE || token->kind == TOKEN_NUMBER)
			return true;
	}
	return !ends_with_mark(text, line, ".") || words <= 2;
}

static bool is_postscript(const NoteText *text, const Line *line)
{
	const char *first = line->first < line->last ? text_lower(text, text_token(text, line->first)) : "";
	return strcmp(first, "ps") == 0 || strcmp(first, "p.s.") == 0 || strcmp(first, "p.s") == 0;
}

static void sign(NoteText *text, uint32_t first, uint32_t last)
{
	while (first < last && text_token(text, first)->kind == TOKEN_MARK)
		first++;
	if (first >= last)
		return;
	if (text->signature_first == text->signature_last)
		text->signature_first = first;
	text->signature_last = last;
}

/* Marks what follows a closing line as the signature, up to a postscript. */
static void sign_lines_after(NoteText *text, GArray *lines, guint closing)
{
	for (guint i = closing + 1; i < lines->len; i++) {
		Line *line = line_at(lines, i);
		if (line->blank || line->part == PART_QUOTED)
			continue;
		if (is_postscript(text, line))
			return;
		line->part = PART_SIGNATURE;
		sign(text, line->first, line->last);
	}
}

/* True if only lines fit for a signature follow. */
static bool signature_follows(const NoteText *text, const GArray *lines, guint index)
{
	int count = 0;
	for (guint i = index + 1; i < lines->len; i++) {
		const Line *line = line_at(lines, i);
		if (line->blank || line->part == PART_QUOTED)
			continue;
		if (is_postscript(text, line))
			return true;
		if (++count > SIGNATURE_LINES || !is_signature_line(text, line))
			return false;
	}
	return true;
}

static bool find_closing(NoteText *text, GArray *lines)
{
	for (guint i = lines->len; i-- > 0;) {
		Line *line = line_at(lines, i);
		if (line->blank || line->part != PART_BODY)
			continue;
		uint32_t phrase = closing_phrase(text, line);
		bool alone = phrase && line->first + phrase + 1 >= line->last;
		bool with_name = phrase && !alone && names_end(text, line->first + phrase + 1, line->last) == line->last;
		if (!alone && !with_name && !is_long_closing(text, line))
			continue;
		if (!signature_follows(text, lines, i))
			return false;
		line->part = PART_CLOSING;
		if (with_name)
			sign(text, line->first + phrase + 1, line->last);
		sign_lines_after(text, lines, i);
		return true;
	}
	return false;
}

static bool all_names(const NoteText *text, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i < last; i++)
		if (!is_name_word(text, text_token(text, i)) && !joins_names(text, text_token(text, i)))
			return false;
	return last > first;
}

/* Tokens of the line without marks at its ends (a dash before a name). */
static void inner_tokens(const NoteText *text, const Line *line, uint32_t *ret_first, uint32_t *ret_last)
{
	*ret_first = line->first;
	*ret_last = line->last;
	while (*ret_first < *ret_last && text_token(text, *ret_first)->kind == TOKEN_MARK)
		++*ret_first;
	while (*ret_last > *ret_first && text_token(text, *ret_last - 1)->kind == TOKEN_MARK)
		--*ret_last;
}

/* Where a name ends that has more behind it: "Ana Reyes, RN", "Ana Reyes (she/her)"; `last` where nothing is. */
static uint32_t name_proper_end(const NoteText *text, uint32_t first, uint32_t last)
{
	enum { TAIL_TOKENS = 6 };
	for (uint32_t i = first + 2; i < last; i++)
		if (last - i <= TAIL_TOKENS &&
			(token_is_mark(text, text_token(text, i), ',') || token_is_mark(text, text_token(text, i), '(')))
			return i;
	return last;
}

static bool is_name_line(const NoteText *text, const Line *line)
{
	uint32_t first, last;
	inner_tokens(text, line, &first, &last);
	last = name_proper_end(text, first, last);
	return last - first <= 5 && all_names(text, first, last) && !ends_with_mark(text, line, ".?!:");
}

/* A telephone number or an address alone on its line. */
static bool is_contact_line(const NoteText *text, const Line *line)
{
	uint32_t others = 0;
	bool contact = false;
	for (uint32_t i = line->first; i < line->last; i++) {
		const Token *token = text_token(text, i);
		contact = contact || token->kind == TOKEN_OPAQUE || token->kind == TOKEN_NUMBER;
		others += token->kind == TOKEN_WORD;
	}
	return contact && others <= 2 && !ends_with_mark(text, line, ".?!:");
}

/* No closing phrase: a line that holds names only is a signature where nothing but ways to reach the writer follows. */
static void find_bare_signature(NoteText *text, GArray *lines)
{
	guint name = lines->len;
	for (guint i = lines->len; i-- > 1;) {
		const Line *line = line_at(lines, i);
		if (line->blank || line->part == PART_QUOTED)
			continue;
		if (is_name_line(text, line))
			name = i;
		else if (!is_contact_line(text, line) || line->part == PART_GREETING)
			break;
	}
	if (name == lines->len || line_at(lines, name)->part == PART_GREETING)
		return;
	line_at(lines, name)->part = PART_SIGNATURE;
	inner_tokens(text, line_at(lines, name), &text->signature_first, &text->signature_last);
	sign_lines_after(text, lines, name);
}

/* A note of one paragraph may end in its name: "… Best, Ana" or "Thank you! Ana Reyes". */
static void find_inline_signature(NoteText *text, uint32_t subject_tokens)
{
	uint32_t last = text->tokens->len, first;
	while (last > subject_tokens && text_token(text, last - 1)->kind == TOKEN_MARK)
		last--;
	first = last;
	while (first > subject_tokens && last - first < 4 && is_name_word(text, text_token(text, first - 1)))
		first--;
	if (first == last || first <= subject_tokens)
		return;
	const Token *before = text_token(text, first - 1);
	bool ended = before->kind == TOKEN_MARK && strchr(".!?,-", text->note[before->start]);
	bool dash = before->kind == TOKEN_MARK && (unsigned char)text->note[before->start] == 0xe2;
	if (ended && text->note[before->start] == ',') {
		uint32_t closing = first - 1;
		while (closing > 0 && token_in_set(text, text_token(text, closing - 1), SET_CLOSING))
			closing--;
		ended = closing < first - 1;
	}
	if (ended || dash)
		sign(text, first, last);
}

static bool starts_sentence(const NoteText *text, const Token *token)
{
	return token->kind == TOKEN_WORD && token->caps != CAPS_NONE && (token->flags & TOKEN_SPACE) &&
		   (token_in_set(text, token, SET_STOP) || token_in_set(text, token, SET_STOCK));
}

static bool is_closing_mark(const NoteText *text, const Token *token)
{
	return token->kind == TOKEN_MARK && !(token->flags & TOKEN_SPACE) &&
		   (strchr(")\"'.!?", text->note[token->start]) || (unsigned char)text->note[token->start] >= 0x80);
}

/* True if a sentence ends behind the token. */
static bool ends_sentence(const NoteText *text, uint32_t index, uint32_t last)
{
	const Token *token = text_token(text, index);
	const Token *next = index + 1 < last ? text_token(text, index + 1) : NULL;
	if (next == NULL)
		return true;
	if (token->kind == TOKEN_WORD)
		return (token->flags & TOKEN_DOTTED) && !lists_in_set(text->lists, token->word, SET_TITLE) &&
			   token->lower_length > 1 && starts_sentence(text, next);
	if (token->kind != TOKEN_MARK || !strchr(".!?", text->note[token->start]))
		return false;
	while (index + 1 < last && is_closing_mark(text, text_token(text, index + 1)))
		index++;
	next = index + 1 < last ? text_token(text, index + 1) : NULL;
	return next == NULL || ((next->flags & (TOKEN_SPACE | TOKEN_BREAK)) &&
							!(next->kind == TOKEN_MARK && strchr(",;:)", text->note[next->start])));
}

static void cut_sentences(NoteText *text, Paragraph *paragraph, uint32_t number)
{
	uint32_t first = paragraph->first;
	paragraph->first_sentence = text->sentences->len;
	for (uint32_t i = paragraph->first; i < paragraph->last; i++) {
		bool greeting_over = i + 1 == text->greeting_end && paragraph->part == PART_BODY;
		bool signature_next = i + 1 == text->signature_first && text->signature_first < text->signature_last;
		if (!ends_sentence(text, i, paragraph->last) && !greeting_over && !signature_next)
			continue;
		while (i + 1 < paragraph->last && is_closing_mark(text, text_token(text, i + 1)))
			i++;
		const Token *end = text_token(text, i);
		Sentence sentence = {.first = first, .last = i + 1, .paragraph = number};
		sentence.ended = (end->kind == TOKEN_MARK && strchr(".!?:)\"", text->note[end->start])) || greeting_over ||
						 (end->kind == TOKEN_MARK && (unsigned char)text->note[end->start] >= 0x80) ||
						 (end->flags & TOKEN_DOTTED);
		for (uint32_t t = first; t <= i; t++)
			g_array_index(text->tokens, Token, t).sentence = text->sentences->len;
		g_array_append_val(text->sentences, sentence);
		first = i + 1;
	}
	paragraph->last_sentence = text->sentences->len;
}

static void add_paragraph(NoteText *text, Paragraph paragraph)
{
	if (paragraph.first < paragraph.last)
		cut_sentences(text, &paragraph, text->paragraphs->len);
	else
		paragraph.first_sentence = paragraph.last_sentence = text->sentences->len;
	g_array_append_val(text->paragraphs, paragraph);
}

/* Lines belong to one paragraph while they are body text, or the wrapped rest of a list's item. */
static bool goes_on(const Line *line, const Line *next)
{
	return !next->blank && next->part == PART_BODY && (line->part == PART_BODY || line->part == PART_ITEM);
}

static void add_paragraphs(NoteText *text, const GArray *lines)
{
	for (guint i = 0; i < lines->len; i++) {
		const Line *line = line_at(lines, i);
		if (line->blank)
			continue;
		Paragraph paragraph = {
			.part = line->part, .start = line->start, .end = line->end, .first = line->first, .last = line->last};
		while (i + 1 < lines->len && goes_on(line, line_at(lines, i + 1))) {
			i++;
			paragraph.end = line_at(lines, i)->end;
			paragraph.last = line_at(lines, i)->last;
		}
		add_paragraph(text, paragraph);
	}
}

static int count_words(const NoteText *text, const GArray *lines)
{
	int count = 0;
	for (guint i = 0; i < lines->len; i++) {
		const Line *line = line_at(lines, i);
		bool in_word = false;
		for (uint32_t at = line->start; at < line->end && line->part != PART_QUOTED; at++) {
			unsigned char c = (unsigned char)text->note[at];
			bool starts = !in_word && (g_ascii_isalnum(c) || c >= 0xc3);
			in_word = !g_ascii_isspace(c) && (in_word || starts);
			count += starts;
		}
	}
	return count;
}

void scan_parts(NoteText *text, uint32_t subject_tokens)
{
	text->end = text->body;
	g_autoptr(GArray) lines = read_lines(text, subject_tokens);
	find_greeting(text, lines);
	if (!find_closing(text, lines))
		find_bare_signature(text, lines);
	if (text->signature_first == text->signature_last)
		find_inline_signature(text, subject_tokens);
	if (subject_tokens)
		add_paragraph(
			text, (Paragraph){
					  .part = PART_SUBJECT,
					  .start = text_token(text, 0)->start,
					  .end = text_token(text, subject_tokens - 1)->end,
					  .last = subject_tokens});
	add_paragraphs(text, lines);
	text->words = count_words(text, lines);
}
