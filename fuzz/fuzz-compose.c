/* fuzz-compose.c - any bytes as the fields of a message, separated by \1.
 *
 * What is accepted has the headers it should have, each once, in seven bits and short lines; its text, decoded and put
 * together as format=flowed, is the one that went in.  What is refused is refused in one sentence.
 */
#include <base/error.h>
#include <mail/compose.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_refusal(const GError *error)
{
	g_assert_true(error->domain == BASE_ERROR && error->code == BASE_ERROR_INVALID);
	g_assert_true(g_utf8_validate(error->message, -1, NULL));
	g_assert_null(strpbrk(error->message, "\n\r\x1b"));
}

/* Counts a header line that begins a field; one nobody asked for ends the program. */
static void check_header(const char *line, int seen[])
{
	static const char *const names[] = {
		"From",
		"To",
		"Subject",
		"Date",
		"Message-ID",
		"In-Reply-To",
		"References",
		"User-Agent",
		"MIME-Version",
		"Content-Type",
		"Content-Transfer-Encoding"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_str_has_prefix(line, names[i]) && line[strlen(names[i])] == ':') {
			g_assert_cmpint(seen[i]++, ==, 0);
			return;
		}
	g_assert_not_reached();
}

static void check_headers(const char *headers)
{
	int seen[16] = {0};
	g_auto(GStrv) lines = g_strsplit(headers, "\r\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		g_assert_cmpuint(strlen(*line), <=, 998);
		g_assert_null(strpbrk(*line, "\r\n"));
		if (**line != ' ' && **line != '\t')
			check_header(*line, seen);
	}
	g_assert_true(seen[0] == 1 && seen[1] == 1 && seen[2] == 1 && seen[4] == 1);
}

static GString *decode_quoted(const char *text)
{
	GString *out = g_string_new(NULL);
	for (const char *at = text; *at != '\0'; at++) {
		if (*at != '=') {
			g_string_append_c(out, *at);
		} else if (g_str_has_prefix(at, "=\r\n")) {
			at += 2;
		} else {
			g_assert_true(g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2]));
			g_string_append_c(out, (char)(g_ascii_xdigit_value(at[1]) * 16 + g_ascii_xdigit_value(at[2])));
			at += 2;
		}
	}
	return out;
}

static GString *unflow(const char *text)
{
	GString *out = g_string_new(NULL);
	g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		const char *bare = **line == ' ' ? *line + 1 : *line;
		g_string_append(out, bare);
		if (!g_str_has_suffix(bare, " ") || strcmp(bare, "-- ") == 0)
			g_string_append_c(out, '\n');
	}
	return out;
}

/* A text without the spaces at the ends of its lines, the signature's mark excepted, and without empty lines at its
 * end. */
static GString *strip_lines(const char *text)
{
	GString *out = g_string_new(NULL);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if (g_str_has_suffix(*line, "\r"))
			(*line)[strlen(*line) - 1] = '\0';
		g_string_append(out, *line);
		while (strcmp(*line, "-- ") != 0 && g_str_has_suffix(out->str, " "))
			g_string_truncate(out, out->len - 1);
		g_string_append_c(out, '\n');
	}
	while (g_str_has_suffix(out->str, "\n"))
		g_string_truncate(out, out->len - 1);
	return out;
}

static void check_message(const MailMessage *message, const GString *eml)
{
	const char *end = strstr(eml->str, "\r\n\r\n");
	g_assert_true(end != NULL && strlen(eml->str) == eml->len);
	for (size_t i = 0; i < eml->len; i++)
		g_assert_true((unsigned char)eml->str[i] < 0x80);
	g_autofree char *headers = g_strndup(eml->str, (size_t)(end - eml->str));
	check_headers(headers);
	bool quoted = strstr(headers, "\r\nContent-Transfer-Encoding: quoted-printable") != NULL;
	g_autoptr(GString) decoded = quoted ? decode_quoted(end + 4) : g_string_new(end + 4);
	g_autoptr(GString) joined = unflow(decoded->str);
	g_autoptr(GString) got = strip_lines(joined->str), want = strip_lines(message->body);
	g_assert_cmpstr(got->str, ==, want->str);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { FIELDS = 8 };
	g_autofree char *text = g_strndup((const char *)data, size);
	g_auto(GStrv) fields = g_strsplit(text, "\1", FIELDS);
	if (g_strv_length(fields) < FIELDS)
		return 0;
	MailMessage message = {
		.from_name = fields[0],
		.from_address = fields[1],
		.to_name = fields[2],
		.to_address = fields[3],
		.subject = fields[4],
		.message_id = fields[5],
		.in_reply_to = fields[6][0] == '\0' ? NULL : fields[6],
		.body = fields[7],
		.date_at = 1795000000,
		.user_agent = "followup",
	};
	g_autoptr(GString) eml = NULL;
	g_autoptr(GError) error = NULL;
	if (mail_compose(&message, &eml, &error))
		check_message(&message, eml);
	else
		check_refusal(error);
	return 0;
}
