/* blanks.c - placeholder and missing-attachment: what was to be filled in or added, and was not.
 *
 * Brackets and runs of marks are looked for in the bytes, headers included; words that stand for a blank come from the
 * lists.
 */
#include "rules.h"

#include <string.h>

enum { BLANK_BYTES = 80, BRACKET_WORDS = 10 };

static void report(Reading *reading, size_t start, size_t end)
{
	g_autofree char *quote = g_strndup(reading->text.note + start, MIN(end - start, (size_t)BLANK_BYTES));
	const char *valid;
	g_utf8_validate(quote, -1, &valid);
	*(char *)valid = '\0';
	reading_add(reading, REVIEW_PLACEHOLDER, (uint32_t)start, (uint32_t)end, "\"%s\" is still to be filled in.", quote);
}

/* The end behind `close` of what opens at `at`, within one line and BLANK_BYTES; 0 where it is not closed. */
static size_t closed_at(const char *note, size_t at, size_t length, const char *close)
{
	size_t size = strlen(close);
	for (size_t i = at; i + size <= length && i < at + BLANK_BYTES && note[i] != '\n'; i++)
		if (memcmp(note + i, close, size) == 0)
			return i + size;
	return 0;
}

static bool has_letter(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (g_ascii_isalpha(text[i]))
			return true;
	return false;
}

/* "[Name]" is a blank; "[1]" is a note's mark and "[sic]" an editor's. */
static size_t square_end(const char *note, size_t at, size_t length)
{
	size_t end = closed_at(note, at + 1, length, "]");
	bool sic = end == at + 5 && memcmp(note + at, "[sic]", 5) == 0;
	return end && !sic && has_letter(note + at, end - at) ? end : 0;
}

/* "<name>" is a blank; "<ana@example.net>" and "<https://…>" are addresses. */
static size_t angle_end(const char *note, size_t at, size_t length)
{
	size_t end = closed_at(note, at + 1, length, ">");
	if (end == 0 || !has_letter(note + at + 1, 1))
		return 0;
	bool address = memchr(note + at, '@', end - at) || g_strstr_len(note + at, (gssize)(end - at), "://");
	return address ? 0 : end;
}

static size_t run_end(const char *note, size_t at, size_t length)
{
	size_t end = at;
	while (end < length && note[end] == note[at])
		end++;
	return end;
}

/* "%NAME%", "$NAME", "__NAME__": a word of capitals between marks. */
static size_t variable_end(const char *note, size_t at, size_t length)
{
	size_t start = run_end(note, at, length), end = start + (start < length && note[start] == '{');
	size_t letters = end;
	bool any_case = note[at] == '%' || (note[at] == '$' && end > start);
	while (end < length && (g_ascii_isupper(note[end]) || note[end] == '_' || (any_case && g_ascii_islower(note[end]))))
		end++;
	if (end < letters + 3)
		return 0;
	if (note[at] == '$')
		return end < length && note[end] == '}' ? end + 1 : end;
	return end < length && note[at] == '%' && note[end] == '%' ? end + 1
		   : note[at] == '_' && note[end - 1] == '_'           ? end
															   : 0;
}

/* "###-####": marks that stand for figures. */
static size_t figures_end(const char *note, size_t at, size_t length)
{
	size_t end = at, marks = 0;
	while (end < length && (note[end] == '#' || (note[end] == '-' && marks > 0)))
		marks += note[end++] == '#';
	while (end > at && note[end - 1] == '-')
		end--;
	return marks >= 3 ? end : 0;
}

/* "000-000-0000" */
static size_t zeros_end(const char *note, size_t at, size_t length)
{
	size_t end = at, zeros = 0, parts = 1;
	for (; end < length && strchr("0-. ()", note[end]); end++) {
		zeros += note[end] == '0';
		parts += note[end] == '-' || note[end] == '.';
	}
	while (end > at && note[end - 1] != '0')
		end--;
	bool inside = (at > 0 && g_ascii_isdigit(note[at - 1])) || (end < length && g_ascii_isdigit(note[end]));
	return zeros >= 6 && parts >= 2 && !inside ? end : 0;
}

/* The end of the blank that begins at `at`; 0 where none does. */
static size_t blank_end(const char *note, size_t at, size_t length)
{
	bool twice = at + 1 < length && note[at + 1] == note[at];
	size_t end = 0;
	switch (note[at]) {
	case '[':
		end = twice ? closed_at(note, at + 2, length, "]]") : 0;
		return end ? end : square_end(note, at, length);
	case '{':
		end = twice ? closed_at(note, at + 2, length, "}}") : closed_at(note, at + 1, length, "}");
		return end && has_letter(note + at, end - at) ? end : 0;
	case '<':
		return twice ? closed_at(note, at + 2, length, ">>") : angle_end(note, at, length);
	case '_':
		end = variable_end(note, at, length);
		return end ? end : run_end(note, at, length) >= at + 3 ? run_end(note, at, length) : 0;
	case '0':
		return zeros_end(note, at, length);
	case '#':
		return figures_end(note, at, length);
	case '$':
	case '%':
		return variable_end(note, at, length);
	case '\xc2': /* « */
		return at + 1 < length && note[at + 1] == '\xab' ? closed_at(note, at + 2, length, "\xc2\xbb") : 0;
	default:
		return 0;
	}
}

static void find_brackets(Reading *reading)
{
	const char *note = reading->text.note;
	size_t length = reading->text.length;
	for (size_t at = 0; at < length;) {
		size_t end = blank_end(note, at, length);
		if (end)
			report(reading, at, end);
		at = end ? end : at + 1;
	}
}

/* XXX, xxxx, XX/XX. */
static bool is_crossed_out(const NoteText *text, const Token *token)
{
	if (token->lower_length < 2 || (token->lower_length == 2 && token->caps != CAPS_ALL))
		return false;
	return strspn(text_lower(text, token), "x") == token->lower_length;
}

/* "Dear ," and "at ." are templates that found nothing to say. */
static void find_gap_before_mark(Reading *reading, uint32_t at)
{
	static const char *const openers[] = {"dear", "at",    "the", "with", "for", "of", "a",  "an",   "your",
										  "in",   "about", "mr",  "ms",   "mrs", "dr", "hi", "hello"};
	const NoteText *text = &reading->text;
	const Token *token = text_token(text, at), *mark = at + 1 < text->tokens->len ? text_token(text, at + 1) : NULL;
	const char *lower = text_lower(text, token);
	if (mark == NULL || mark->kind != TOKEN_MARK || !strchr(",.!?:;", text->note[mark->start]) ||
		(mark->end - mark->start) > 1)
		return;
	bool must_name = strcmp(lower, "dear") == 0 || (lists_in_set(text->lists, token->word, SET_TITLE) &&
													token->caps == CAPS_FIRST && (token->flags & TOKEN_DOTTED));
	if (!must_name && !(mark->flags & TOKEN_SPACE))
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(openers); i++) {
		if (strcmp(openers[i], lower) != 0)
			continue;
		g_autofree char *quote = reading_quote(reading, at, at + 2);
		reading_add_tokens(
			reading, REVIEW_PLACEHOLDER, at, at + 2, "\"%s\" lacks a word: what or who is meant?", quote);
		return;
	}
}

static bool all_capitals(const NoteText *text, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i < last; i++)
		if (text_token(text, i)->kind == TOKEN_WORD && text_token(text, i)->caps == CAPS_NONE)
			return false;
	return true;
}

/* "(company name)", "*company name*", "(mention a detail of the talk)" */
static bool in_brackets(const NoteText *text, uint32_t first, uint32_t last)
{
	if (first == 0 || last >= text->tokens->len)
		return false;
	const Token *before = text_token(text, first - 1), *after = text_token(text, last);
	uint32_t close = last;
	while (last - first > 1 && close < text->tokens->len && close < last + BRACKET_WORDS &&
		   !token_is_mark(text, text_token(text, close), ')'))
		close++;
	bool closed = close < text->tokens->len && token_is_mark(text, text_token(text, close), ')');
	return (token_is_mark(text, before, '(') && closed) ||
		   (token_is_mark(text, before, '*') && token_is_mark(text, after, '*')) ||
		   (token_is_mark(text, before, '#') && token_is_mark(text, after, '#'));
}

static bool is_all_capitals(const NoteText *text, uint32_t at)
{
	return at < text->tokens->len && text_token(text, at)->kind == TOKEN_WORD &&
		   text_token(text, at)->caps == CAPS_ALL && text_token(text, at)->lower_length > 1;
}

/* "on DATE", "the COMPANY team"; among other capitals it is a heading or shouts. */
static bool is_blank_word(const NoteText *text, uint32_t at)
{
	const Token *token = text_token(text, at);
	return is_all_capitals(text, at) && token_in_set(text, token, SET_BLANK_WORD) && !(token->known & KNOWN_EXACT) &&
		   !(at > 0 && is_all_capitals(text, at - 1)) && !is_all_capitals(text, at + 1);
}

/* "the ... position" */
static bool is_dotted_blank(const NoteText *text, uint32_t at)
{
	const Token *token = text_token(text, at);
	return token->kind == TOKEN_MARK && token->start + 3 <= text->length &&
		   memcmp(text->note + token->start, "...", 3) == 0 && at + 1 < text->tokens->len && at > 0 &&
		   (token->flags & TOKEN_SPACE) && (text_token(text, at + 1)->flags & TOKEN_SPACE) &&
		   token_in_set(text, text_token(text, at + 1), SET_BLANK_WORD);
}

/* "name@company.com" */
static bool is_blank_address(const NoteText *text, const Token *token)
{
	static const char *const blanks[] = {"name@",     "yourname@",    "your.name@",
										 "firstname", "@company.com", "@domain.com"};
	for (size_t i = 0; i < G_N_ELEMENTS(blanks); i++)
		if (g_strstr_len(text->note + token->start, (gssize)(token->end - token->start), blanks[i]))
			return true;
	return false;
}

static void find_blank_words(Reading *reading)
{
	const NoteText *text = &reading->text;
	for (uint32_t i = 0; i < text->tokens->len; i++) {
		const Token *token = text_token(text, i);
		if (token->kind == TOKEN_WORD && (is_crossed_out(text, token) || is_blank_word(text, i)))
			report(reading, token->start, token->end);
		if (is_dotted_blank(text, i) || (token->kind == TOKEN_OPAQUE && is_blank_address(text, token)))
			report(reading, token->start, token->end);
		if (token->kind == TOKEN_WORD)
			find_gap_before_mark(reading, i);
	}
	for (guint i = 0; i < reading->matches->len; i++) {
		const Match *match = &g_array_index(reading->matches, Match, i);
		bool blank =
			match->pattern->sense == SENSE_BLANK ||
			(match->pattern->sense == SENSE_BLANK_TITLE &&
			 ((match->mark_last - match->mark_first > 1 && all_capitals(text, match->mark_first, match->mark_last)) ||
			  in_brackets(text, match->mark_first, match->mark_last)));
		if (blank && match->mark_first < match->mark_last)
			report(reading, text_token(text, match->mark_first)->start, text_token(text, match->mark_last - 1)->end);
	}
}

static void find_attachments(Reading *reading)
{
	for (guint i = 0; i < reading->matches->len; i++) {
		const Match *match = &g_array_index(reading->matches, Match, i);
		if (match->pattern->sense != SENSE_ATTACHMENT || match->mark_first >= match->mark_last)
			continue;
		g_autofree char *quote = reading_quote(reading, match->mark_first, match->mark_last);
		reading_add_tokens(
			reading, REVIEW_MISSING_ATTACHMENT, match->mark_first, match->mark_last,
			"\"%s\" announces a file, and none is attached.", quote);
	}
}

void rules_blanks(Reading *reading)
{
	find_brackets(reading);
	find_blank_words(reading);
	if (!reading->request->has_attachment)
		find_attachments(reading);
}
