/* compose.c - checks a note's fields, lets GMime write the message, and holds the result to what was promised.
 *
 * Every field is checked before GMime sees it: what GMime would fold or encode away is refused here with a sentence.
 */
#include "flow.h"

#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <mail/compose.h>

#include <gmime/gmime.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimePart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeDataWrapper, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeFormatOptions, g_mime_format_options_free)

enum {
	SUBJECT_BYTES = 900, /* one line of a header, encoded or not: RFC 5322, 2.1.1 */
	ID_BYTES = 250,
	REFERENCES = 50,
};

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

/* The address for the header, which has to be the one that the server is told: GMime writes a domain of another script
 * by rules of its own, and one on which they differ is refused. */
static bool make_mailbox(const char *name, const char *address, InternetAddress **ret_mailbox, GError **error)
{
	g_autofree char *ascii = NULL;
	if (!mail_address_to_ascii(address, &ascii, error))
		return false;
	InternetAddress *mailbox = internet_address_mailbox_new(text_is_blank(name) ? NULL : name, ascii);
	internet_address_set_charset(mailbox, "utf-8");
	if (g_strcmp0(internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(mailbox)), ascii) != 0) {
		g_object_unref(mailbox);
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL, "The address \"%s\" has a domain of mixed scripts that cannot be.", ascii);
	}
	*ret_mailbox = mailbox;
	return true;
}

static bool set_mailbox(
	GMimeMessage *mime, GMimeAddressType type, const char *name, const char *address, GError **error)
{
	g_autoptr(GError) fault = NULL;
	InternetAddress *mailbox = NULL;
	if (!make_mailbox(name, address, &mailbox, &fault))
		return base_error_set(
			error, BASE_ERROR_INVALID, type == GMIME_ADDRESS_TYPE_FROM ? "from_address" : "to_address", "%s",
			fault->message);
	internet_address_list_add(g_mime_message_get_addresses(mime, type), mailbox);
	g_object_unref(mailbox);
	return true;
}

static bool set_date(GMimeMessage *mime, int64_t at, int offset, GError **error)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
	if (utc == NULL || offset % 60 != 0 || ABS(offset) > 24 * 3600)
		return base_error_set(
			error, BASE_ERROR_INVALID, "date_at",
			"The message's date is no time between the years 1 and 9999 with an offset of whole minutes.");
	g_autoptr(GTimeZone) zone = g_time_zone_new_offset(offset);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
	g_mime_message_set_date(mime, local);
	return true;
}

/* Message-IDs as a header's value: "<a@b> <c@d>". */
static void set_ids(GMimeMessage *mime, const char *header, const char *const *ids)
{
	g_autoptr(GString) value = g_string_new(NULL);
	for (size_t i = 0; ids[i] != NULL; i++)
		g_string_append_printf(value, "%s<%s>", i == 0 ? "" : " ", ids[i]);
	if (value->len > 0)
		g_mime_object_set_header(GMIME_OBJECT(mime), header, value->str, NULL);
}

static void set_headers(GMimeMessage *mime, const MailMessage *message)
{
	g_mime_message_set_subject(mime, message->subject, "utf-8");
	g_mime_message_set_message_id(mime, message->message_id);
	if (message->in_reply_to != NULL)
		set_ids(mime, "In-Reply-To", (const char *[]){message->in_reply_to, NULL});
	if (message->references != NULL)
		set_ids(mime, "References", message->references);
	if (!text_is_blank(message->user_agent))
		g_mime_object_set_header(GMIME_OBJECT(mime), "User-Agent", message->user_agent, NULL);
}

/* Seven bits and short lines, or quoted-printable: base64 would save a third for some scripts, and hide every other
 * text. */
static void set_body(GMimeMessage *mime, const char *body)
{
	g_autoptr(GString) flowed = flow_wrap(body);
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(flowed->str, flowed->len);
	g_autoptr(GMimeDataWrapper) content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
	g_autoptr(GMimePart) part = g_mime_part_new_with_type("text", "plain");
	g_mime_part_set_content(part, content);
	g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
	g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "format", "flowed");
	bool plain =
		g_mime_part_get_best_content_encoding(part, GMIME_ENCODING_CONSTRAINT_7BIT) < GMIME_CONTENT_ENCODING_8BIT;
	g_mime_part_set_content_encoding(
		part, plain ? GMIME_CONTENT_ENCODING_7BIT : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	g_mime_message_set_mime_part(mime, GMIME_OBJECT(part));
}

static GString *write_message(GMimeMessage *mime)
{
	g_autoptr(GMimeFormatOptions) options = g_mime_format_options_new();
	g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new();
	g_mime_object_write_to_stream(GMIME_OBJECT(mime), options, stream);
	GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	return g_string_new_len((const char *)bytes->data, (gssize)bytes->len);
}

/* Whether the bytes are what every server takes: CRLF, seven bits, no NUL, lines of at most 998 bytes. */
static bool is_transportable(const GString *eml)
{
	size_t line = 0;
	for (size_t i = 0; i < eml->len; i++) {
		unsigned char c = (unsigned char)eml->str[i];
		bool ends = c == '\r' && eml->str[i + 1] == '\n';
		if (c == '\0' || c >= 0x80 || (!ends && (c == '\r' || c == '\n')) || (!ends && ++line > 998))
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
	g_autoptr(GMimeMessage) mime = g_mime_message_new(TRUE);
	if (!set_mailbox(mime, GMIME_ADDRESS_TYPE_FROM, message->from_name, message->from_address, error) ||
		!set_mailbox(mime, GMIME_ADDRESS_TYPE_TO, message->to_name, message->to_address, error) ||
		!set_date(mime, message->date_at, message->date_offset, error))
		return false;
	set_headers(mime, message);
	set_body(mime, message->body);
	g_autoptr(GString) eml = write_message(mime);
	if (!is_transportable(eml))
		return base_error_set(
			error, BASE_ERROR_INTERNAL, NULL, "The message could not be brought into a form that servers take.");
	*ret_eml = g_steal_pointer(&eml);
	return true;
}
