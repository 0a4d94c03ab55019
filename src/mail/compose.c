/* compose.c - checks a note's fields, lets GMime encode and fold them, and holds the result to what was promised.
 *
 * Every field is checked before GMime sees it: what GMime would fold or encode away is refused here with a sentence.
 */
#include "flow.h"

#include <base/address.h>
#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <mail/compose.h>

#include <gmime/gmime.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeFormatOptions, g_mime_format_options_free)

enum {
	SUBJECT_BYTES = 900, /* one line of a header, encoded or not: RFC 5322, 2.1.1 */
	ID_BYTES = 250,
	REFERENCES = 50,
	LINE_BYTES = 998,  /* RFC 5322, 2.1.1 */
	FOLD_COLUMNS = 76, /* RFC 2047, 2 */
};

/* A message on its way into bytes. */
typedef struct Writer {
	GMimeFormatOptions *options;
	GString *out;
} Writer;

typedef struct Mailbox {
	const char *field, *name, *address;
} Mailbox;

static void start_gmime(void)
{
	static gsize started;
	if (g_once_init_enter(&started)) {
		g_mime_init();
		g_once_init_leave(&started, 1);
	}
}

static bool check_text(const char *text, const char *field, size_t limit, TextKind kind, GError **error)
{
	const char *fault = text_find_fault(text, strlen(text), limit, kind);
	return fault == NULL || base_error_set(error, BASE_ERROR_INVALID, field, "The message's %s %s.", field, fault);
}

/* A header in which only visible ASCII and spaces may stand. */
static bool check_ascii(const char *text, const char *field, GError **error)
{
	for (const char *at = text; *at != '\0'; at++)
		if (*at < ' ' || *at > '~')
			return base_error_set(
				error, BASE_ERROR_INVALID, field, "The message's %s may hold plain ASCII only.", field);
	return strlen(text) <= LIMIT_NAME_BYTES ||
		   base_error_set(
			   error, BASE_ERROR_INVALID, field, "The message's %s is longer than %d bytes.", field, LIMIT_NAME_BYTES);
}

/* A Message-ID without its brackets: visible ASCII with one @ inside (the msg-id of RFC 5322 without quoted parts). */
static bool check_id(const char *id, const char *field, GError **error)
{
	size_t length = strlen(id);
	const char *at = strchr(id, '@');
	bool fits = length <= ID_BYTES && at != NULL && at != id && at[1] != '\0' && strchr(at + 1, '@') == NULL;
	for (size_t i = 0; fits && i < length; i++)
		fits = id[i] > ' ' && id[i] <= '~' && strchr("<>()\"\\,;", id[i]) == NULL;
	return fits || base_error_set(
					   error, BASE_ERROR_INVALID, field,
					   "The message's %s is not of the form unique@domain, in visible ASCII without brackets.", field);
}

static bool check_references(const char *const *references, GError **error)
{
	for (size_t i = 0; references != NULL && references[i] != NULL; i++) {
		if (i >= REFERENCES)
			return base_error_set(
				error, BASE_ERROR_INVALID, "references", "The message refers to more than %d others.", REFERENCES);
		if (!check_id(references[i], "references", error))
			return false;
	}
	return true;
}

/* A carriage return belongs to a line's end. */
static bool check_returns(const char *body, GError **error)
{
	for (const char *at = strchr(body, '\r'); at != NULL; at = strchr(at + 1, '\r'))
		if (at[1] != '\n')
			return base_error_set(
				error, BASE_ERROR_INVALID, "body",
				"The message's body holds a carriage return inside a line; take it out.");
	return true;
}

static bool check_message(const MailMessage *message, GError **error)
{
	if (message->subject == NULL || message->body == NULL || message->message_id == NULL)
		return base_error_set(error, BASE_ERROR_INVALID, NULL, "A message needs a subject, a body and a Message-ID.");
	return (message->from_name == NULL ||
			check_text(message->from_name, "from_name", LIMIT_NAME_BYTES, TEXT_NAME, error)) &&
		   (message->to_name == NULL || check_text(message->to_name, "to_name", LIMIT_NAME_BYTES, TEXT_NAME, error)) &&
		   check_text(message->subject, "subject", SUBJECT_BYTES, TEXT_LINE, error) &&
		   check_text(message->body, "body", LIMIT_NOTE_BYTES, TEXT_BLOCK, error) &&
		   check_returns(message->body, error) && check_id(message->message_id, "message_id", error) &&
		   (message->in_reply_to == NULL || check_id(message->in_reply_to, "in_reply_to", error)) &&
		   check_references(message->references, error) &&
		   (message->user_agent == NULL || check_ascii(message->user_agent, "user_agent", error));
}

/* Appends text whose lines end in LF, each ending in CR LF. */
static void append_lines(GString *out, const char *text, size_t length)
{
	const char *end = text + length;
	for (const char *next; text < end; text = next + 1) {
		next = memchr(text, '\n', (size_t)(end - text));
		if (next == NULL)
			next = end;
		g_string_append_len(out, text, next - text);
		g_string_append(out, "\r\n");
	}
}

/* A header is made as one string, "Name: value", folded by GMime. */
static void append_header(Writer *writer, const char *name, const char *value)
{
	g_autofree char *line = g_strdup_printf("%s: %s\n", name, value);
	g_autofree char *folded = g_mime_utils_unstructured_header_fold(NULL, writer->options, line);
	append_lines(writer->out, folded, strlen(folded));
}

/* A domain of another script has to be the same by GMime's rules: one on which they differ is refused. */
static bool check_domain(const char *ascii, GError **error)
{
	if (strstr(ascii, "xn--") == NULL)
		return true;
	InternetAddress *mailbox = internet_address_mailbox_new(NULL, ascii);
	bool same = g_strcmp0(internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(mailbox)), ascii) == 0;
	g_object_unref(mailbox);
	return same || base_error_set(
					   error, BASE_ERROR_INVALID, NULL,
					   "The address \"%s\" has a domain of mixed scripts that cannot be.", ascii);
}

/* "From: Ana Reyes <ana@example.net>"; an address is never broken in two, as GMime would. */
static void append_name(Writer *writer, const char *header, const char *name, const char *ascii)
{
	if (text_is_blank(name)) {
		g_string_append_printf(writer->out, "%s: %s\r\n", header, ascii);
		return;
	}
	g_autofree char *phrase = g_mime_utils_header_encode_phrase(writer->options, name, "utf-8");
	g_autofree char *line = g_strdup_printf("%s: %s", header, phrase);
	g_autofree char *folded = g_mime_utils_structured_header_fold(NULL, writer->options, line);
	size_t last = strlen(g_strchomp(folded));
	for (const char *at = strchr(folded, '\n'); at != NULL; at = strchr(at + 1, '\n'))
		last = strlen(at + 1);
	bool fits = last + strlen(ascii) + 3 <= FOLD_COLUMNS;
	g_autofree char *whole = g_strdup_printf("%s%s<%s>", folded, fits ? " " : "\n\t", ascii);
	append_lines(writer->out, whole, strlen(whole));
}

static bool append_mailbox(Writer *writer, const char *header, const Mailbox *who, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autofree char *ascii = NULL;
	if (!address_to_ascii(who->address, &ascii, &fault) || !check_domain(ascii, &fault))
		return base_error_set(error, BASE_ERROR_INVALID, who->field, "%s", fault->message);
	append_name(writer, header, who->name, ascii);
	return true;
}

static bool append_date(Writer *writer, int64_t at, int offset, GError **error)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
	if (utc == NULL || offset % 60 != 0 || ABS(offset) > 24 * 3600)
		return base_error_set(
			error, BASE_ERROR_INVALID, "date_at",
			"The message's date is no time between the years 1 and 9999 with an offset of whole minutes.");
	g_autoptr(GTimeZone) zone = g_time_zone_new_offset(offset);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
	g_autofree char *date = g_mime_utils_header_format_date(local);
	append_header(writer, "Date", date);
	return true;
}

/* Message-IDs, each after the first on a line of its own. */
static void append_ids(Writer *writer, const char *header, const char *const *ids)
{
	if (ids == NULL || ids[0] == NULL)
		return;
	g_string_append_printf(writer->out, "%s:", header);
	for (size_t i = 0; ids[i] != NULL; i++)
		g_string_append_printf(writer->out, "%s <%s>", i == 0 ? "" : "\r\n", ids[i]);
	g_string_append(writer->out, "\r\n");
}

static bool append_headers(Writer *writer, const MailMessage *message, GError **error)
{
	const Mailbox from = {"from_address", message->from_name, message->from_address};
	const Mailbox to = {"to_address", message->to_name, message->to_address};
	g_autofree char *subject = g_mime_utils_header_encode_text(writer->options, message->subject, "utf-8");
	if (!append_date(writer, message->date_at, message->date_offset, error) ||
		!append_mailbox(writer, "From", &from, error) || !append_mailbox(writer, "To", &to, error))
		return false;
	append_header(writer, "Subject", subject);
	append_ids(writer, "Message-ID", (const char *[]){message->message_id, NULL});
	append_ids(writer, "In-Reply-To", (const char *[]){message->in_reply_to, NULL});
	append_ids(writer, "References", message->references);
	if (!text_is_blank(message->user_agent))
		append_header(writer, "User-Agent", message->user_agent);
	g_string_append(writer->out, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n");
	return true;
}

static bool is_plain(const GString *text)
{
	size_t line = 0;
	for (size_t i = 0; i < text->len; i++) {
		line = text->str[i] == '\n' ? 0 : line + 1;
		if ((unsigned char)text->str[i] >= 0x80 || line > LINE_BYTES)
			return false;
	}
	return true;
}

/* Seven bits and short lines, or quoted-printable: base64 would save a third for some scripts, and hide every other
 * text. */
static void append_body(Writer *writer, const char *body)
{
	g_autoptr(GString) text = flow_wrap(body);
	bool plain = is_plain(text);
	g_string_append_printf(writer->out, "Content-Transfer-Encoding: %s\r\n\r\n", plain ? "7bit" : "quoted-printable");
	if (!plain) {
		GMimeEncoding state;
		g_mime_encoding_init_encode(&state, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
		GString *coded = g_string_sized_new(g_mime_encoding_outlen(&state, text->len));
		coded->len = g_mime_encoding_flush(&state, text->str, text->len, coded->str);
		g_string_free(text, TRUE);
		text = coded;
	}
	append_lines(writer->out, text->str, text->len);
}

/* Whether the bytes are what every server takes: CRLF, seven bits, no NUL, lines of at most 998 bytes. */
static bool is_transportable(const GString *eml)
{
	size_t line = 0;
	for (size_t i = 0; i < eml->len; i++) {
		unsigned char c = (unsigned char)eml->str[i];
		bool ends = c == '\r' && eml->str[i + 1] == '\n';
		if (c == '\0' || c >= 0x80 || (!ends && (c == '\r' || c == '\n')) || (!ends && ++line > LINE_BYTES))
			return false;
		if (ends) {
			line = 0;
			i++;
		}
	}
	return eml->len > 0 && line == 0;
}

bool mail_compose(const MailMessage *message, GString **ret_eml, GError **error)
{
	if (!check_message(message, error))
		return false;
	start_gmime();
	g_autoptr(GMimeFormatOptions) options = g_mime_format_options_new();
	g_autoptr(GString) eml = g_string_sized_new(strlen(message->body) + 1024);
	Writer writer = {.options = options, .out = eml};
	if (!append_headers(&writer, message, error))
		return false;
	append_body(&writer, message->body);
	if (!is_transportable(eml))
		return base_error_set(
			error, BASE_ERROR_INTERNAL, NULL, "The message could not be brought into a form that servers take.");
	*ret_eml = g_steal_pointer(&eml);
	return true;
}
