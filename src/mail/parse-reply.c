/* parse-reply.c - goes through the lines once, leaving out what is not the writer's, then trims the end.
 *
 * Left out: quoted lines and the line that introduces them, everything below the header of an earlier mail, signatures
 * ("-- ", a telephone's, a block of contact details), disclaimers.  A closing and a name stay.
 */
#include "parse-reply.h"

#include "parse-words.h"

#include <string.h>

enum {
	INTRODUCTION_LINES = 6, /* of "On … wrote:" */
	INTRODUCTION_BYTES = 600,
	HEADER_LINES = 9, /* in which an earlier mail's header is looked for */
	SIGNATURE_LINES = 20,
	CONTACT_LINES = 14,
	CLOSING_BYTES = 48,
	RULE_LINES = 8, /* above a disclaimer, in which the line that parts it off is looked for */
	BANNER_BYTES = 500,
};

typedef struct Line {
	const char *at;
	size_t length; /* without white space at its end */
} Line;

static bool is_blank(const Line *line)
{
	return line->length == 0;
}

static Line make_line(const char *at, size_t length)
{
	while (length > 0 && (g_ascii_isspace(at[length - 1])))
		length--;
	return (Line){at, length};
}

static const char *find_line_end(const char *text, const char *text_end)
{
	const char *end = memchr(text, '\n', (size_t)(text_end - text));
	return end == NULL ? text_end : end;
}

static GArray *split_lines(const char *text)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(Line));
	const char *text_end = text + strlen(text);
	while (text < text_end) {
		const char *end = find_line_end(text, text_end);
		Line line = make_line(text, (size_t)(end - text));
		g_array_append_val(lines, line);
		text = end == text_end ? end : end + 1;
	}
	return lines;
}

static const Line *line_at(const GArray *lines, guint i)
{
	return &g_array_index(lines, Line, i);
}

/* The next line that is not empty, from i on; lines->len where there is none. */
static guint next_filled(const GArray *lines, guint i)
{
	while (i < lines->len && is_blank(line_at(lines, i)))
		i++;
	return i;
}

static bool contains(const Line *line, const char *part)
{
	return memmem(line->at, line->length, part, strlen(part)) != NULL;
}

static bool begins(const Line *line, const char *part)
{
	return line->length >= strlen(part) && strncmp(line->at, part, strlen(part)) == 0;
}

/* "> …", but not ">From " as mailbox files have it. */
static bool is_quote(const Line *line)
{
	size_t i = 0;
	while (i < line->length && i < 3 && line->at[i] == ' ')
		i++;
	return i < line->length && line->at[i] == '>' && !(i == 0 && begins(line, ">From "));
}

/* Only marks such as a person or a program draws a line with. */
static bool is_rule(const Line *line)
{
	static const char *const marks[] = {"-", "_", "=", "+", "~", "#", "*", "—", "–", "ᐧ", "\t", " ", "\xc2\xa0"};
	for (size_t i = 0; i < line->length;) {
		size_t step = 0;
		for (size_t j = 0; j < G_N_ELEMENTS(marks) && step == 0; j++)
			if (strncmp(line->at + i, marks[j], strlen(marks[j])) == 0)
				step = strlen(marks[j]);
		if (step == 0)
			return false;
		i += step;
	}
	return line->length > 0;
}

/* ---- what introduces a quote ---- */

/* What a text holds that people do not write in passing. */
typedef struct Traits {
	bool address; /* somebody@somewhere */
	bool time;    /* 14:17, or a year */
	bool verb;    /* "wrote" near its end */
} Traits;

static bool has_year_or_time(const WordsText *text)
{
	for (guint i = 0; i < text->tokens->len; i++) {
		const Token *token = words_token(text, i);
		bool colon = i + 2 < text->tokens->len && token->number >= 0 && token->length <= 2 &&
					 text->text[words_token(text, i + 1)->at] == ':' && words_token(text, i + 2)->number >= 0 &&
					 !words_token(text, i + 2)->blank;
		if (colon || (token->length == 4 && token->number >= 1990 && token->number < 2100))
			return true;
	}
	return false;
}

static Traits read_traits(const char *joined)
{
	g_autoptr(WordsText) text = words_text_new(joined, strlen(joined));
	g_autoptr(GArray) finds = words_find(text, UINT64_C(1) << WORDS_ATTRIBUTION);
	Traits traits = {.address = strchr(joined, '@') != NULL, .time = has_year_or_time(text)};
	for (guint i = 0; i < finds->len; i++)
		traits.verb = traits.verb || g_array_index(finds, WordsFind, i).last + 4 >= text->tokens->len;
	return traits;
}

/* True where the joined lines end as an introduction does: ":" or "wrote ----". */
static bool ends_as_introduction(const GString *joined)
{
	size_t length = joined->len;
	while (length > 0 && strchr("-*_ ", joined->str[length - 1]) != NULL)
		length--;
	bool ruled = joined->len - length >= 4 && joined->str[0] == '-';
	return ruled || (length > 0 && joined->str[length - 1] == ':') ||
		   (length >= 3 && memcmp(joined->str + length - 3, "\xef\xbc\x9a", 3) == 0);
}

static bool is_introduction(const GString *joined, const GArray *lines, guint after)
{
	if (!ends_as_introduction(joined))
		return false;
	guint next = next_filled(lines, after);
	bool quoted = next < lines->len && is_quote(line_at(lines, next));
	Traits traits = read_traits(joined->str);
	return (traits.verb && (traits.time || traits.address)) || (traits.address && traits.time) ||
		   (quoted && joined->len < 120 && (traits.verb || traits.time));
}

/* A full stop at the end of a line, but not that of "p.m.". */
static bool ends_a_sentence(const Line *line)
{
	char last = line->at[line->length - 1];
	bool hour = line->length > 2 && line->at[line->length - 2] == 'm';
	return last == '!' || last == '?' || (last == '.' && !hour);
}

/* "On Tue, 3 Apr …": a line that an introduction starts with. */
static bool begins_introduction(const Line *line)
{
	bool digit = false;
	for (size_t i = 0; i < line->length; i++)
		digit = digit || g_ascii_isdigit(line->at[i]);
	return digit && line->length > 8 && words_fit_start(line->at, MIN(line->length, 12u), WORDS_INTRODUCTION);
}

/* How many lines from i on introduce a quote ("On …, somebody wrote:"); 0 where they do not. */
static guint find_introduction(const GArray *lines, guint i)
{
	g_autoptr(GString) joined = g_string_new(NULL);
	for (guint n = 0; n < INTRODUCTION_LINES && i + n < lines->len; n++) {
		const Line *line = line_at(lines, i + n);
		if (is_quote(line) && n > 0 && !begins(line, ">:") && !begins(line, "> "))
			return 0;
		if (is_blank(line)) {
			guint next = next_filled(lines, i + n);
			if (next >= lines->len || strchr("<m>", *line_at(lines, next)->at) == NULL)
				return 0;
			continue;
		}
		if (n > 0 && begins_introduction(line))
			return 0;
		g_string_append_printf(joined, "%s%.*s", n == 0 ? "" : " ", (int)line->length, line->at);
		if (joined->len > INTRODUCTION_BYTES || ends_a_sentence(line))
			return 0;
		if (is_introduction(joined, lines, i + n + 1))
			return n + 1;
	}
	return 0;
}

/* Cheap: whether a line may begin an introduction. */
static bool may_introduce(const GArray *lines, guint i)
{
	const Line *line = line_at(lines, i);
	bool digit = false, mark = false;
	for (size_t j = 0; j < line->length; j++) {
		digit = digit || g_ascii_isdigit(line->at[j]);
		mark = mark || line->at[j] == '@' || line->at[j] == ':';
	}
	return line->length > 0 && (digit || mark || contains(line, "\xef\xbc\x9a"));
}

/* ---- an earlier mail's header ---- */

/* Whether the line is "Name: …" of a header, in any of the languages of the list. */
static bool is_header_line(const Line *line)
{
	size_t skip = 0;
	while (skip < line->length && strchr("*_ >", line->at[skip]) != NULL)
		skip++;
	size_t room = MIN(line->length - skip, 40u);
	const char *colon = memchr(line->at + skip, ':', room);
	const char *wide = memmem(line->at + skip, room, "\xef\xbc\x9a", 3);
	size_t name = colon != NULL ? (size_t)(colon - line->at) : wide != NULL ? (size_t)(wide - line->at) : line->length;
	return name - skip <= 30 && name > skip && (name < line->length || line->length < 12) &&
		   words_fit_start(line->at + skip, name - skip, WORDS_HEADER);
}

/* How Notes shows an earlier mail: "Name <address>", day and time, then the names of the header above their values.
 */
static bool is_notes_header(const GArray *lines, guint i)
{
	if (line_at(lines, i)->length > 120 || !contains(line_at(lines, i), "@"))
		return false;
	guint when = next_filled(lines, i + 1), first = when < lines->len ? next_filled(lines, when + 1) : lines->len;
	int digits = 0, count = 0, filled = 0;
	if (first >= lines->len || !is_header_line(line_at(lines, first)))
		return false;
	for (size_t j = 0; j < line_at(lines, when)->length; j++)
		digits += g_ascii_isdigit(line_at(lines, when)->at[j]) != 0;
	if (line_at(lines, when)->length > 40 || digits < 6 || !contains(line_at(lines, when), ":"))
		return false;
	for (guint j = first; j < lines->len && filled < HEADER_LINES; j++) {
		filled += !is_blank(line_at(lines, j));
		count += !is_blank(line_at(lines, j)) && is_header_line(line_at(lines, j));
	}
	return count >= 3;
}

/* The edge of the boxes in which Notes quotes: "|------------>". */
static bool is_box_edge(const Line *line)
{
	if (line->length < 6 || *line->at != '|' || !contains(line, "----"))
		return false;
	for (size_t i = 0; i < line->length; i++)
		if (strchr("|->+ ", line->at[i]) == NULL)
			return false;
	return true;
}

static bool is_earlier_header(const GArray *lines, guint i)
{
	if (!is_header_line(line_at(lines, i)))
		return is_box_edge(line_at(lines, i)) || is_notes_header(lines, i);
	int count = 0, filled = 0;
	bool address = false;
	for (guint j = i; j < MIN(lines->len, i + 3 * HEADER_LINES) && filled < HEADER_LINES; j++) {
		const Line *line = line_at(lines, j);
		filled += !is_blank(line);
		bool header = !is_blank(line) && is_header_line(line);
		count += header;
		address = address || (header && (contains(line, "@") ||
										 words_fit_start(line->at, MIN(line->length, 12u), WORDS_ANSWER_SUBJECT)));
	}
	return count >= 4 || (count >= 3 && address);
}

/* "-----Original Message-----" and its kin. */
static bool is_original_mark(const Line *line)
{
	if (line->length > 90 || line->length < 6)
		return false;
	bool ruled = strchr("-_=*", *line->at) != NULL;
	g_autofree char *text = g_strndup(line->at, line->length);
	return ruled ? words_fit(text, WORDS_ORIGINAL)
				 : line->length < 45 && words_fit_start(text, line->length, WORDS_ORIGINAL) &&
					   line->at[line->length - 1] == ':';
}

/* ---- signatures ---- */

static bool is_device_line(const Line *line)
{
	if (line->length > 120 || line->length < 6)
		return false;
	if (!g_ascii_isalpha(*line->at) && strchr("<([*_", *line->at) == NULL && (unsigned char)*line->at < 0x80)
		return false;
	return words_fit_start(line->at, line->length, WORDS_DEVICE);
}

static bool is_dashes(const Line *line)
{
	return (line->length == 2 && memcmp(line->at, "--", 2) == 0) ||
		   (line->length == 3 && memcmp(line->at, "—", 3) == 0);
}

/* Contact details: a telephone number, an address of mail or web. */
static bool is_contact_line(const Line *line)
{
	int digits = 0;
	for (size_t i = 0; i < line->length; i++)
		digits += g_ascii_isdigit(line->at[i]) != 0;
	return line->length < 120 &&
		   (contains(line, "@") || contains(line, "www.") || contains(line, "http") || digits >= 7);
}

static bool is_sentence(const Line *line)
{
	char last = line->length == 0 ? ' ' : line->at[line->length - 1];
	return line->length > 60 || ((last == '.' || last == '!' || last == '?') && line->length > 30);
}

/* Where the lines from i on stop being a signature: at a quote, or what introduces one, or at the limit. */
static guint end_of_signature(const GArray *lines, guint i, guint limit)
{
	while (i < limit && !is_quote(line_at(lines, i)) && !is_original_mark(line_at(lines, i)) &&
		   !is_earlier_header(lines, i) && !(may_introduce(lines, i) && find_introduction(lines, i) > 0))
		i++;
	return i;
}

/* Whether a drawn line has only a signature or a disclaimer below it. */
static bool rules_off(const GArray *lines, guint i)
{
	const Line *rule = line_at(lines, i);
	guint filled = 0, contacts = 0, sentences = 0;
	if (!is_rule(rule) || rule->length < 2)
		return false;
	guint limit = MIN(lines->len, i + 1 + 4 * SIGNATURE_LINES), end = end_of_signature(lines, i + 1, limit);
	if (end == limit && limit < lines->len)
		return false;
	for (guint j = i + 1; j < end; j++) {
		const Line *line = line_at(lines, j);
		filled += !is_blank(line);
		contacts += is_contact_line(line);
		sentences += is_sentence(line);
	}
	if (is_dashes(rule))
		return filled <= SIGNATURE_LINES;
	return rule->length >= 4 && contacts > 0 && filled <= SIGNATURE_LINES && sentences == 0;
}

/* ---- the walk ---- */

/* The writer's own lines. */
static GArray *keep_own(const GArray *lines)
{
	GArray *kept = g_array_new(FALSE, FALSE, sizeof(Line));
	bool any = false, fenced = false;
	for (guint i = 0; i < lines->len; i++) {
		Line line = *line_at(lines, i);
		guint introduced = 0;
		fenced = fenced != begins(&line, "```");
		if (is_quote(&line))
			continue;
		if (!is_blank(&line) && !fenced) {
			if (is_original_mark(&line) || is_earlier_header(lines, i))
				break;
			introduced = may_introduce(lines, i) ? find_introduction(lines, i) : 0;
			if (introduced == 0 && (is_device_line(&line) || rules_off(lines, i))) {
				i = end_of_signature(lines, i + 1, lines->len) - 1;
				continue;
			}
		}
		if (introduced > 0) {
			guint next = next_filled(lines, i + introduced);
			if (any && next < lines->len && !is_quote(line_at(lines, next)))
				break;
			i += introduced - 1;
			continue;
		}
		any = any || !is_blank(&line);
		g_array_append_val(kept, line);
	}
	return kept;
}

/* Takes empty and drawn lines off the end. */
static void trim_end(GArray *lines)
{
	while (lines->len > 0 && (is_blank(line_at(lines, lines->len - 1)) || is_rule(line_at(lines, lines->len - 1))))
		g_array_set_size(lines, lines->len - 1);
}

static bool is_closing(const Line *line)
{
	return line->length > 0 && line->length <= CLOSING_BYTES && words_fit_start(line->at, line->length, WORDS_CLOSING);
}

/* The last line that closes the letter, among the last lines; lines->len where there is none. */
static guint find_closing(const GArray *lines)
{
	guint filled = 0;
	for (guint i = lines->len; i > 0 && filled <= CONTACT_LINES + 2; i--) {
		filled += !is_blank(line_at(lines, i - 1));
		if (is_closing(line_at(lines, i - 1)))
			return i - 1;
	}
	return lines->len;
}

static bool is_postscript(const Line *line)
{
	return begins(line, "PS") || begins(line, "P.S") || begins(line, "P.s") || begins(line, "Ps:") ||
		   begins(line, "NB");
}

/* Leaves the closing and the name below it; contact details go, a postscript stays. */
static void trim_contacts(GArray *lines)
{
	guint closing = find_closing(lines);
	if (closing == lines->len)
		return;
	guint name = next_filled(lines, closing + 1);
	for (guint i = name + 1; i < lines->len; i++)
		if (is_postscript(line_at(lines, i)) || (is_sentence(line_at(lines, i)) && !is_contact_line(line_at(lines, i))))
			return;
	if (name < lines->len && !is_contact_line(line_at(lines, name)))
		name++;
	g_array_set_size(lines, MIN(name, lines->len));
}

/* Whether a line may be a name or a title below a letter. */
static bool is_name_line(const Line *line)
{
	return line->length > 0 && line->length <= CLOSING_BYTES && g_unichar_isupper(g_utf8_get_char(line->at)) &&
		   strchr(".!?,:;>)]", line->at[line->length - 1]) == NULL && !is_closing(line);
}

/* A last block without a closing: a name, unless one stands above it, and ways to reach its bearer. */
static void trim_card(GArray *lines)
{
	guint first = lines->len, contacts = 0;
	while (first > 0 && !is_blank(line_at(lines, first - 1))) {
		contacts += is_contact_line(line_at(lines, first - 1));
		if (is_sentence(line_at(lines, first - 1)) || is_closing(line_at(lines, first - 1)))
			return;
		first--;
	}
	bool named = first > 1 && is_name_line(line_at(lines, first - 2));
	if (first > 0 && contacts > 0 && lines->len - first >= 3 && lines->len - first <= CONTACT_LINES)
		g_array_set_size(lines, first + (!named && !is_contact_line(line_at(lines, first))));
}

static const char *line_start(const char *text, const char *at)
{
	while (at > text && at[-1] != '\n')
		at--;
	return at;
}

/* Whether a line may be an earlier one of what ends as a disclaimer: prose that was wrapped, or its heading. */
static bool leads_on(const Line *line)
{
	bool capitals = line->length > 6;
	for (size_t i = 0; i < line->length; i++)
		capitals = capitals && !g_ascii_islower(line->at[i]);
	return line->length >= 50 || capitals || (line->length > 0 && line->at[line->length - 1] == ':');
}

/* The drawn line that parts a disclaimer's paragraphs from the letter, a few lines above `at`; else `at`. */
static const char *find_rule_above(const char *text, const char *at)
{
	const char *above = at;
	for (int i = 0; i < RULE_LINES && above > text; i++) {
		const char *start = line_start(text, above - 1);
		Line line = make_line(start, (size_t)(above - start));
		if (line.length >= 4 && is_rule(&line))
			return start;
		above = start;
	}
	return at;
}

/* What lawyers and scanners add, from the line on that it begins in; what stands above that as one paragraph goes too,
 * unless it is the lines of a signature. */
static void cut_disclaimer(GString *text)
{
	g_autoptr(WordsText) words = words_text_new(text->str, text->len);
	g_autoptr(GArray) finds = words_find(words, UINT64_C(1) << WORDS_DISCLAIMER);
	if (finds->len == 0)
		return;
	const char *at = text->str + words_token(words, g_array_index(finds, WordsFind, 0).first)->at;
	at = line_start(text->str, at);
	while (at > text->str) {
		const char *start = line_start(text->str, at - 1);
		Line line = make_line(start, (size_t)(at - start));
		if (!leads_on(&line))
			break;
		at = start;
	}
	at = find_rule_above(text->str, at);
	if (at > text->str)
		g_string_truncate(text, (gsize)(at - text->str));
}

/* Where the letter begins: below the warning that a gateway puts above mail from outside. */
static const char *skip_banner(const char *text)
{
	const char *end = strstr(text, "\n\n");
	size_t length = end == NULL ? 0 : (size_t)(end - text);
	if (length == 0 || length > BANNER_BYTES)
		return text;
	g_autofree char *first = g_strndup(text, length);
	return words_fit(first, WORDS_BANNER) ? end + 2 : text;
}

static GString *join_lines(const GArray *lines)
{
	GString *text = g_string_new(NULL);
	bool begun = false, gap = false;
	for (guint i = 0; i < lines->len; i++) {
		const Line *line = line_at(lines, i);
		if (is_blank(line)) {
			gap = begun;
			continue;
		}
		g_string_append(text, gap ? "\n" : "");
		g_string_append_len(text, line->at + begins(line, ">From "), (gssize)(line->length - begins(line, ">From ")));
		g_string_append_c(text, '\n');
		begun = true;
		gap = false;
	}
	return text;
}

char *reply_new_text(const char *text)
{
	g_autoptr(GArray) lines = split_lines(text);
	g_autoptr(GArray) kept = keep_own(lines);
	g_autoptr(GString) own = join_lines(kept);
	cut_disclaimer(own);
	g_autoptr(GArray) rest = split_lines(skip_banner(own->str));
	trim_end(rest);
	trim_card(rest);
	trim_contacts(rest);
	trim_end(rest);
	return g_string_free(join_lines(rest), FALSE);
}

/* ---- format=flowed ---- */

static int quote_depth(const char *line)
{
	int depth = 0;
	while (*line == '>') {
		depth++;
		line++;
	}
	return depth;
}

char *reply_unflow(const char *text, bool delsp)
{
	GString *out = g_string_new(NULL);
	const char *text_end = text + strlen(text);
	int open = -1; /* the depth of a paragraph that goes on, or -1 */
	while (text < text_end) {
		const char *end = find_line_end(text, text_end);
		int depth = quote_depth(text);
		const char *body = text + depth;
		body += *body == ' ' && !(depth > 0 && end - body == 1);
		size_t length = (size_t)(MAX(end, body) - body);
		bool signature = length == 3 && strncmp(body, "-- ", 3) == 0;
		bool soft = length > 0 && body[length - 1] == ' ' && !signature;
		if (open != depth || signature) {
			if (open >= 0)
				g_string_append_c(out, '\n');
			for (int i = 0; i < depth; i++)
				g_string_append(out, i + 1 == depth ? "> " : ">");
		}
		g_string_append_len(out, body, (gssize)(length - (soft && delsp)));
		if (!soft)
			g_string_append_c(out, '\n');
		open = soft ? depth : -1;
		text = end == text_end ? end : end + 1;
	}
	return g_string_free(out, FALSE);
}
