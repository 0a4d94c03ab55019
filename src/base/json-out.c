/* json-out.c - JSON text, run by run.
 *
 * A string is copied in runs of bytes that need no escape; UTF-8 is validated once from the first byte that is not
 * ASCII on.  It knows nothing of what it writes.
 */
#include <base/json-out.h>
#include <base/text.h>
#include <math.h>
#include <string.h>

#define DEPTH_MAX 32

JsonOut json_out(GString *text, bool indented)
{
	return (JsonOut){.text = text, .indented = indented};
}

static void new_line(JsonOut *out)
{
	static const char spaces[] = "                                                                ";
	g_string_append_c(out->text, '\n');
	g_string_append_len(out->text, spaces, 2 * out->depth);
}

/* What stands between the value before and the next one. */
static void begin_value(JsonOut *out)
{
	if (out->after_key) {
		out->after_key = false;
		return;
	}
	if (out->depth == 0)
		return;
	uint32_t bit = UINT32_C(1) << (out->depth - 1);
	if (out->filled & bit)
		g_string_append_c(out->text, ',');
	out->filled |= bit;
	if (out->indented)
		new_line(out);
}

static void open_level(JsonOut *out, char bracket)
{
	g_assert(out->depth < DEPTH_MAX);
	begin_value(out);
	g_string_append_c(out->text, bracket);
	out->filled &= ~(UINT32_C(1) << out->depth);
	out->depth++;
}

static void close_level(JsonOut *out, char bracket)
{
	g_assert(out->depth > 0 && !out->after_key);
	out->depth--;
	if (out->indented && (out->filled & (UINT32_C(1) << out->depth)))
		new_line(out);
	g_string_append_c(out->text, bracket);
}

void json_out_object(JsonOut *out)
{
	open_level(out, '{');
}

void json_out_object_end(JsonOut *out)
{
	close_level(out, '}');
}

void json_out_array(JsonOut *out)
{
	open_level(out, '[');
}

void json_out_array_end(JsonOut *out)
{
	close_level(out, ']');
}

static void append_escape(GString *text, unsigned char byte)
{
	static const char digits[] = "0123456789abcdef";
	const char *simple = NULL;
	switch (byte) {
	case '"':
		simple = "\\\"";
		break;
	case '\\':
		simple = "\\\\";
		break;
	case '\n':
		simple = "\\n";
		break;
	case '\r':
		simple = "\\r";
		break;
	case '\t':
		simple = "\\t";
		break;
	default:
		break;
	}
	if (simple != NULL) {
		g_string_append_len(text, simple, 2);
		return;
	}
	char escape[] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
	g_string_append_len(text, escape, sizeof escape);
}

static bool byte_is_plain(unsigned char byte)
{
	return byte >= 0x20 && byte != '"' && byte != '\\' && byte < 0x80;
}

static void append_quoted(GString *text, const char *value)
{
	const char *run = value, *at = value, *valid = value; /* bytes before valid are known to be UTF-8 */
	g_string_append_c(text, '"');
	for (;;) {
		while (byte_is_plain((unsigned char)*at))
			at++;
		unsigned char byte = (unsigned char)*at;
		if (byte >= 0x80) {
			if (at >= valid)
				(void)g_utf8_validate(at, -1, &valid);
			if (at < valid) {
				at++;
				continue;
			}
		}
		g_string_append_len(text, run, at - run);
		if (byte == '\0')
			break;
		if (byte >= 0x80)
			g_string_append_len(text, "\xef\xbf\xbd", 3);
		else
			append_escape(text, byte);
		run = ++at;
	}
	g_string_append_c(text, '"');
}

void json_out_key(JsonOut *out, const char *key)
{
	g_assert(out->depth > 0 && !out->after_key);
	begin_value(out);
	append_quoted(out->text, key);
	g_string_append_len(out->text, ": ", out->indented ? 2 : 1);
	out->after_key = true;
}

void json_out_string(JsonOut *out, const char *value)
{
	if (value == NULL) {
		json_out_null(out);
		return;
	}
	begin_value(out);
	append_quoted(out->text, value);
}

void json_out_int(JsonOut *out, int64_t value)
{
	begin_value(out);
	text_append_number(out->text, value, 1);
}

/* The shortest of two widths that reads back to the same number; JSON has no infinity and no NaN. */
void json_out_double(JsonOut *out, double value)
{
	char digits[G_ASCII_DTOSTR_BUF_SIZE];
	if (!isfinite(value)) {
		json_out_null(out);
		return;
	}
	g_ascii_formatd(digits, sizeof digits, "%.15g", value);
	if (g_ascii_strtod(digits, NULL) != value)
		g_ascii_dtostr(digits, sizeof digits, value);
	begin_value(out);
	g_string_append(out->text, digits);
}

void json_out_bool(JsonOut *out, bool value)
{
	begin_value(out);
	g_string_append(out->text, value ? "true" : "false");
}

void json_out_null(JsonOut *out)
{
	begin_value(out);
	g_string_append_len(out->text, "null", 4);
}

void json_out_raw(JsonOut *out, const char *json)
{
	begin_value(out);
	g_string_append(out->text, json);
}

void json_out_key_string(JsonOut *out, const char *key, const char *value)
{
	json_out_key(out, key);
	json_out_string(out, value);
}

void json_out_key_int(JsonOut *out, const char *key, int64_t value)
{
	json_out_key(out, key);
	json_out_int(out, value);
}

void json_out_key_bool(JsonOut *out, const char *key, bool value)
{
	json_out_key(out, key);
	json_out_bool(out, value);
}

void json_out_key_day(JsonOut *out, const char *key, Day day)
{
	char text[DAY_TEXT_BYTES];
	if (day != DAY_NONE)
		json_out_key_string(out, key, day_format(day, text));
}

void json_out_key_time(JsonOut *out, const char *key, const Zone *zone, int64_t at)
{
	char text[STAMP_TEXT_BYTES];
	if (at == TIME_NONE)
		return;
	zone_format(zone, at, text);
	json_out_key_string(out, key, text);
}
