/* content-line.c - unfolding, and taking one line apart.
 *
 * Real programs break lines in the middle of a letter, forget the space that marks a continuation, let quoted-printable
 * run on with "=", or leave raw line breaks in a text: what can be put together again is.
 */
#include "content-line.h"

#include "foreign.h"

#include <string.h>

enum { PARAMS_MAX = 64, PARTS_MAX = 64, SHOWN_BYTES = 40, HEAD_BYTES = 1024, REPAIRS_MAX = 8 };

static void param_clear(void *data)
{
	LineParam *param = data;
	g_free(param->name);
	g_free(param->value);
}

ContentLine *content_line_new(void)
{
	ContentLine *line = g_new0(ContentLine, 1);
	line->params = g_array_new(FALSE, FALSE, sizeof(LineParam));
	g_array_set_clear_func(line->params, param_clear);
	line->raw = g_string_new(NULL);
	return line;
}

static void content_line_clear(ContentLine *line)
{
	g_clear_pointer(&line->group, g_free);
	g_clear_pointer(&line->name, g_free);
	g_clear_pointer(&line->value, g_free);
	g_array_set_size(line->params, 0);
	g_string_truncate(line->raw, 0);
	line->fault = NULL;
}

void content_line_free(ContentLine *line)
{
	if (line == NULL)
		return;
	content_line_clear(line);
	g_array_unref(line->params);
	g_string_free(line->raw, TRUE);
	g_free(line);
}

LineReader line_reader(const char *bytes, size_t length, const char *charset)
{
	size_t mark = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	return (LineReader){.bytes = bytes, .length = length, .at = mark, .number = 1, .charset = charset};
}

/* One line of the file, without its break: LF, CR LF, CR alone, or CR CR LF (a file that was converted twice). */
typedef LinePiece Physical;

static bool peek_physical(LineReader *reader, Physical *ret)
{
	if (reader->at >= reader->length)
		return false;
	if (reader->peeked.next > reader->at) {
		*ret = reader->peeked;
		return true;
	}
	const char *start = reader->bytes + reader->at;
	size_t left = reader->length - reader->at, length = 0;
	while (length < left && start[length] != '\n' && start[length] != '\r')
		length++;
	size_t skip = length < left;
	if (length + 1 < left && start[length] == '\r' && start[length + 1] == '\n')
		skip = 2;
	else if (length + 2 < left && start[length] == '\r' && memcmp(start + length, "\r\r\n", 3) == 0)
		skip = 3;
	*ret = reader->peeked = (Physical){start, length, reader->at + length + skip};
	return true;
}

static void take_physical(LineReader *reader, const Physical *line)
{
	reader->at = line->next;
	reader->number++;
}

static bool is_empty(const Physical *line)
{
	for (size_t i = 0; i < line->length; i++)
		if (line->start[i] != ' ' && line->start[i] != '\t' && line->start[i] != '\0')
			return false;
	return true;
}

static bool is_name_char(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
}

/* Whether a line begins like "NAME:" or "NAME;". An address of the web in a text that was broken over lines does not.
 */
static bool begins_property(const char *start, size_t length)
{
	size_t i = 0;
	while (i < length && is_name_char(start[i]))
		i++;
	if (i == 0 || i == length || (start[i] != ':' && start[i] != ';'))
		return false;
	return !(start[i] == ':' && i + 1 < length && start[i + 1] == '/');
}

/* A line while it is put together. What its head says is learned once, so that a long line costs no more than its
 * bytes. */
typedef struct Unfolding {
	GString *raw;
	size_t looked; /* how much of raw was there when its head was looked at last */
	bool known;    /* the head is whole: a colon ended it */
	bool quoted_printable, binary, free_text;
	int repairs;
} Unfolding;

static const char *find_colon(const GString *raw)
{
	bool quoted = false;
	for (size_t i = 0; i < raw->len; i++) {
		if (raw->str[i] == '"')
			quoted = !quoted;
		else if (raw->str[i] == ':' && !quoted)
			return raw->str + i;
	}
	return NULL;
}

static bool head_holds(const char *head, const char *colon, const char *word)
{
	size_t length = strlen(word);
	for (; head + length <= colon; head++)
		if (g_ascii_toupper(*head) == *word && g_ascii_strncasecmp(head, word, length) == 0)
			return true;
	return false;
}

static bool is_free_text(const char *head)
{
	static const char *const names[] = {"DESCRIPTION", "COMMENT", "SUMMARY", "LOCATION", "NOTE", "LABEL", "X-ALT-DESC"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		size_t length = strlen(names[i]);
		if (g_ascii_strncasecmp(head, names[i], length) == 0 && strchr(";:", head[length]) != NULL)
			return true;
	}
	return false;
}

static void learn_head(Unfolding *line)
{
	const GString *raw = line->raw;
	if (line->known || line->looked > HEAD_BYTES || raw->len == line->looked)
		return;
	line->looked = raw->len;
	const char *colon = find_colon(raw);
	if (colon == NULL)
		return;
	const char *end = MIN(colon, raw->str + HEAD_BYTES) + 1;
	line->known = true;
	line->free_text = is_free_text(raw->str);
	line->binary = g_ascii_strncasecmp(raw->str, "PHOTO", 5) == 0;
	if (memchr(raw->str, ';', (size_t)(end - raw->str)) == NULL)
		return;
	line->quoted_printable = head_holds(raw->str, end, "QUOTED-PRINTABLE");
	line->binary = line->binary || head_holds(raw->str, end, "BASE64") || head_holds(raw->str, end, "ENCODING=B;") ||
				   head_holds(raw->str, end, "ENCODING=B:");
}

static void append_bounded(GString *raw, const char *start, size_t length)
{
	size_t room = raw->len < LINE_BYTES ? LINE_BYTES - raw->len : 0;
	g_string_append_len(raw, start, (gssize)MIN(room, length));
}

static bool wants_more(const Unfolding *line)
{
	return line->quoted_printable && line->raw->str[line->raw->len - 1] == '=';
}

/* How the line after it belongs to what is put together so far. */
typedef enum { NOT_A_PART, FOLDED, SOFT_BREAK, BROKEN_HEAD, BROKEN_TEXT, MORE_BINARY } Joint;

static Joint find_joint(Unfolding *line, const Physical *next)
{
	learn_head(line);
	if (wants_more(line))
		return SOFT_BREAK;
	if (next->length > 0 && (next->start[0] == ' ' || next->start[0] == '\t'))
		return FOLDED;
	if (begins_property(next->start, next->length))
		return NOT_A_PART;
	if (line->known)
		return line->binary ? MORE_BINARY : line->free_text ? BROKEN_TEXT : NOT_A_PART;
	bool goes_on = next->length > 0 && strchr(":;", next->start[0]) != NULL && line->repairs++ < REPAIRS_MAX;
	return goes_on && begins_property(line->raw->str, line->raw->len) ? BROKEN_HEAD : NOT_A_PART;
}

static void append_joined(GString *raw, const Physical *next, Joint joint)
{
	if (joint == SOFT_BREAK)
		g_string_truncate(raw, raw->len - 1);
	if (joint == BROKEN_TEXT)
		append_bounded(raw, "\\n", 2);
	size_t skip = joint == FOLDED ? 1 : 0;
	append_bounded(raw, next->start + skip, next->length - skip);
}

/* Empty lines are passed over, also within a folded line; after a picture one ends it. */
static void unfold(LineReader *reader, GString *raw)
{
	Unfolding line = {.raw = raw};
	Physical next;
	while (peek_physical(reader, &next)) {
		learn_head(&line);
		if (is_empty(&next) && !wants_more(&line) && !(next.length > 0 && next.start[0] == ' ')) {
			if (line.binary)
				return;
			take_physical(reader, &next);
			continue;
		}
		Joint joint = find_joint(&line, &next);
		if (joint == NOT_A_PART)
			return;
		append_joined(raw, &next, joint);
		take_physical(reader, &next);
	}
}

/* Where a parameter's value ends: at ';', ':' or the end. Colons within a zone's name ("(GMT+01:00) Rome") do not end
 * it; the one before a date does. */
static const char *find_param_end(const char *at, bool is_zone, bool quotes)
{
	for (; *at != '\0' && *at != ';'; at++) {
		if (*at == '\\' && at[1] != '\0')
			at++;
		else if (quotes && *at == '"' && strchr(at + 1, '"') != NULL)
			at = strchr(at + 1, '"');
		else if (*at == ':' && (!is_zone || strspn(at + 1, "0123456789") >= 4 || strchr(at + 1, ':') == NULL))
			break;
	}
	return at;
}

/* Quotes taken away, "^n", "^'" and "^^" (RFC 6868) and backslashes resolved. */
static char *param_value(const char *start, const char *end)
{
	GString *value = g_string_new(NULL);
	for (; start < end; start++) {
		char next = start + 1 < end ? start[1] : '\0';
		if (*start == '^' && (next == 'n' || next == '\'' || next == '^')) {
			g_string_append_c(value, next == 'n' ? ' ' : next == '\'' ? '"' : '^');
			start++;
		} else if (*start == '\\' && (next == ';' || next == ',' || next == ':' || next == '\\')) {
			g_string_append_c(value, next);
			start++;
		} else if (*start != '"') {
			g_string_append_c(value, *start);
		}
	}
	g_strstrip(value->str);
	return g_string_free(value, FALSE);
}

/* vCard 2.1 leaves a parameter's name away: TEL;HOME;VOICE:, NOTE;QUOTED-PRINTABLE:. */
static const char *name_of_bare(const char *value)
{
	static const char *const encodings[] = {"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"};
	for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++)
		if (g_ascii_strcasecmp(value, encodings[i]) == 0)
			return "ENCODING";
	return "TYPE";
}

static void add_param(ContentLine *line, const char *start, const char *end)
{
	const char *equals = memchr(start, '=', (size_t)(end - start));
	LineParam param;
	if (equals == NULL) {
		param.value = param_value(start, end);
		param.name = g_strdup(name_of_bare(param.value));
	} else {
		param.value = param_value(equals + 1, end);
		param.name = g_ascii_strup(start, equals - start);
		g_strstrip(param.name);
	}
	g_array_append_val(line->params, param);
}

/* From the ';' after the name; returns the ':' before the value, or NULL. Where no colon is left outside of quotes,
 * they are in the wrong place, and mean nothing. */
static const char *parse_params(ContentLine *line, const char *start, bool quotes)
{
	const char *at = start;
	while (*at == ';') {
		at++;
		while (*at == ' ')
			at++;
		const char *end = find_param_end(at, g_ascii_strncasecmp(at, "TZID=", 5) == 0, quotes);
		if (end > at && line->params->len < PARAMS_MAX)
			add_param(line, at, end);
		at = end;
	}
	if (*at == ':' || !quotes)
		return *at == ':' ? at : NULL;
	g_array_set_size(line->params, 0);
	return parse_params(line, start, false);
}

static GString *decode_quoted_printable(const char *value)
{
	GString *out = g_string_new(NULL);
	for (; *value != '\0'; value++) {
		if (*value == '=' && g_ascii_isxdigit(value[1]) && g_ascii_isxdigit(value[2])) {
			g_string_append_c(out, (char)(g_ascii_xdigit_value(value[1]) * 16 + g_ascii_xdigit_value(value[2])));
			value += 2;
		} else {
			g_string_append_c(out, *value);
		}
	}
	return out;
}

static char *decode_value(const ContentLine *line, const char *value, const char *charset)
{
	const char *declared = content_line_param(line, "CHARSET");
	if (declared == NULL)
		declared = charset;
	if (content_line_has(line, "ENCODING", "QUOTED-PRINTABLE") || content_line_has(line, "ENCODING", "Q")) {
		g_autoptr(GString) bytes = decode_quoted_printable(value);
		return foreign_to_utf8(bytes->str, bytes->len, declared);
	}
	if (content_line_has(line, "ENCODING", "BASE64") || content_line_has(line, "ENCODING", "B")) {
		gsize length = 0;
		g_autofree guchar *bytes = g_base64_decode(value, &length);
		/* A picture has no text to give; only what is text may go on. */
		return g_utf8_validate((const char *)bytes, (gssize)length, NULL) ? g_strndup((const char *)bytes, length)
																		  : g_strdup("");
	}
	return foreign_to_utf8(value, strlen(value), declared);
}

static void set_fault(ContentLine *line, const char *fault)
{
	g_autofree char *text = foreign_to_utf8(line->raw->str, strlen(line->raw->str), NULL);
	g_array_set_size(line->params, 0);
	g_free(line->name);
	line->name = text_to_show(text, SHOWN_BYTES);
	line->value = g_strdup("");
	line->fault = fault;
}

static void parse(ContentLine *line, const char *charset)
{
	const char *text = line->raw->str, *end = text;
	while (is_name_char(*end))
		end++;
	size_t length = (size_t)(end - text);
	while (*end == ' ' || *end == '\t')
		end++;
	if (length == 0 || (*end != ':' && *end != ';')) {
		set_fault(
			line, *end == '\0' ? "has no colon; NAME:value is expected" : "is no property; NAME:value is expected");
		return;
	}
	const char *dot = memchr(text, '.', length);
	line->group = dot == NULL ? NULL : g_ascii_strup(text, dot - text);
	const char *name = dot == NULL ? text : dot + 1;
	line->name = g_ascii_strup(name, (gssize)(length - (size_t)(name - text)));
	const char *colon = *end == ';' ? parse_params(line, end, true) : end;
	if (colon == NULL)
		set_fault(line, "has no colon; NAME:value is expected");
	else
		line->value = decode_value(line, colon + 1, charset);
	if (strcmp(line->name, "BEGIN") == 0 || strcmp(line->name, "END") == 0)
		g_strstrip(line->value);
}

bool line_reader_next(LineReader *reader, ContentLine *line)
{
	content_line_clear(line);
	Physical first;
	while (peek_physical(reader, &first) && is_empty(&first))
		take_physical(reader, &first);
	if (!peek_physical(reader, &first))
		return false;
	line->number = reader->number;
	while (first.length > 0 && g_ascii_isspace(*first.start)) {
		first.start++;
		first.length--;
	}
	append_bounded(line->raw, first.start, first.length);
	take_physical(reader, &first);
	unfold(reader, line->raw);
	parse(line, reader->charset);
	return true;
}

bool line_reader_seek(LineReader *reader, const char *const *starts)
{
	Physical line;
	while (peek_physical(reader, &line)) {
		const char *at = line.start, *end = line.start + line.length;
		while (at < end && (*at == ' ' || *at == '\t'))
			at++;
		for (const char *const *start = starts; *start != NULL; start++)
			if ((size_t)(end - at) >= strlen(*start) && g_ascii_strncasecmp(at, *start, strlen(*start)) == 0)
				return true;
		take_physical(reader, &line);
	}
	return false;
}

bool content_line_is(const ContentLine *line, const char *name, const char *value)
{
	return strcmp(line->name, name) == 0 && (value == NULL || g_ascii_strcasecmp(line->value, value) == 0);
}

const char *content_line_param(const ContentLine *line, const char *name)
{
	for (guint i = 0; i < line->params->len; i++) {
		const LineParam *param = &g_array_index(line->params, LineParam, i);
		if (strcmp(param->name, name) == 0)
			return param->value;
	}
	return NULL;
}

static bool list_has(const char *list, const char *value)
{
	size_t length = strlen(value);
	while (*list != '\0') {
		size_t word = strcspn(list, ", ");
		if (word == length && g_ascii_strncasecmp(list, value, length) == 0)
			return true;
		list += word;
		list += *list != '\0';
	}
	return false;
}

bool content_line_has(const ContentLine *line, const char *name, const char *value)
{
	for (guint i = 0; i < line->params->len; i++) {
		const LineParam *param = &g_array_index(line->params, LineParam, i);
		if (strcmp(param->name, name) == 0 && list_has(param->value, value))
			return true;
	}
	return false;
}

static char *unescape(const char *value, size_t length)
{
	GString *out = g_string_sized_new(length);
	for (size_t i = 0; i < length; i++) {
		char next = i + 1 < length ? value[i + 1] : '\0';
		if (value[i] != '\\' || next == '\0' || strchr("nN,;:\\\"", next) == NULL) {
			g_string_append_c(out, value[i]);
			continue;
		}
		g_string_append_c(out, next == 'n' || next == 'N' ? '\n' : next);
		i++;
	}
	return g_string_free(out, FALSE);
}

char *content_unescape(const char *value)
{
	return unescape(value, strlen(value));
}

char **content_split(const char *value, char separator)
{
	GPtrArray *parts = g_ptr_array_new();
	const char *start = value;
	for (const char *at = value;; at++) {
		if (*at == '\\' && at[1] != '\0') {
			at++;
		} else if (*at == '\0' || (*at == separator && parts->len + 1 < PARTS_MAX)) {
			g_ptr_array_add(parts, unescape(start, (size_t)(at - start)));
			start = at + 1;
			if (*at == '\0')
				break;
		}
	}
	g_ptr_array_add(parts, NULL);
	return (char **)g_ptr_array_free(parts, FALSE);
}
