/* parse.c - GMime takes a mail apart; what matters of it goes into a MailIncoming.
 *
 * What GMime would spend without bound (lines, boundaries, headers) is cut before it sees it.
 */
#include "parse-html.h"
#include "parse-reply.h"

#include <mail/parse.h>

#include <gmime/gmime.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeFilter, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeReferences, g_mime_references_free)

enum {
	LINES_MAX = 500 * 1000,
	BOUNDARIES_MAX = 4000, /* lines that begin with "--" */
	RETURNED_BYTES = 16 * 1024,
};

/* What a walk through the parts collects. */
typedef struct Walk {
	MailIncoming *mail;
	GString *plain;
	GMimePart *html; /* the first such part; decoded only where there is no plain text */
	bool flowed, delsp;
	int parts;
} Walk;

static void start_gmime(void)
{
	static gsize started;
	if (g_once_init_enter(&started)) {
		g_mime_init();
		g_once_init_leave(&started, 1);
	}
}

/* ---- bytes ---- */

enum { WORD_BYTES = sizeof(uint64_t) };

/* The next eight bytes as a number. */
static uint64_t load_word(const char *at)
{
	uint64_t word;
	memcpy(&word, at, sizeof word);
	return word;
}

/* Whether it is UTF-8 without a NUL; eight bytes at a time where they are ASCII, as most are. */
static bool is_utf8(const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		if (i + WORD_BYTES <= length && (load_word(text + i) & UINT64_C(0x8080808080808080)) == 0) {
			i += WORD_BYTES;
			continue;
		}
		gunichar c = g_utf8_get_char_validated(text + i, (gssize)(length - i));
		if (c >= (gunichar)-2)
			return false;
		i += (size_t)g_unichar_to_utf8(c, NULL);
	}
	return length == 0 || memchr(text, 0, length) == NULL;
}

static char *copy_text(const char *text, size_t length)
{
	char *copy = g_malloc(length + 1);
	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

static char *make_valid(const char *text, size_t length)
{
	return is_utf8(text, length) ? copy_text(text, length) : g_utf8_make_valid(text, (gssize)length);
}

/* One line without control characters, at most MAIL_LIMIT_VALUE bytes. */
static char *clean_value(const char *value)
{
	char *clean = make_valid(value, strnlen(value, MAIL_LIMIT_VALUE));
	for (char *at = clean; *at != '\0'; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			*at = ' ';
	return g_strstrip(clean);
}

static bool is_kept(char c)
{
	return (unsigned char)c >= ' ' || c == '\n' || c == '\t';
}

/* How many bytes from there on are kept, eight at a time where none of them is below a blank. */
static size_t count_kept(const char *text, size_t length)
{
	size_t i = 0;
	while (i < length && is_kept(text[i])) {
		i++;
		while (i + WORD_BYTES <= length) {
			uint64_t word = load_word(text + i);
			if (((word - UINT64_C(0x2020202020202020)) & ~word & UINT64_C(0x8080808080808080)) != 0)
				break;
			i += WORD_BYTES;
		}
	}
	return i;
}

/* Lines ended by \n, no control characters but tabs. */
static void append_lines(GString *to, const char *text, size_t length, size_t limit)
{
	for (size_t i = 0; i < length && to->len < limit;) {
		size_t run = i + count_kept(text + i, length - i);
		g_string_append_len(to, text + i, (gssize)MIN(run - i, limit - to->len));
		if (run < length && text[run] == '\r' && !(run + 1 < length && text[run + 1] == '\n'))
			g_string_append_c(to, '\n');
		i = run + 1 - (run == length);
	}
}

/* The text in UTF-8: by the charset it says it has, else by what it can be. */
static char *decode_charset(const char *bytes, size_t length, const char *charset)
{
	if (length == 0)
		return g_strdup("");
	bool japanese = charset == NULL && memmem(bytes, length, "\033$B", 3) != NULL;
	bool unicode =
		charset == NULL || g_ascii_strcasecmp(charset, "utf-8") == 0 || g_ascii_strcasecmp(charset, "us-ascii") == 0;
	if (unicode && !japanese && is_utf8(bytes, length))
		return copy_text(bytes, length);
	if (charset != NULL && g_ascii_strcasecmp(charset, "unicode-1-1-utf-7") == 0)
		charset = "utf-7";
	const char *name = japanese ? "iso-2022-jp" : unicode ? "windows-1252" : g_mime_charset_iconv_name(charset);
	char *text = g_convert(bytes, (gssize)length, "UTF-8", name, NULL, NULL, NULL);
	if (text != NULL && g_utf8_validate(text, -1, NULL))
		return text;
	g_free(text);
	g_autoptr(GMimeFilter) filter = g_mime_filter_charset_new(name, "UTF-8");
	char *out = NULL;
	size_t out_length = 0, pre = 0;
	if (filter == NULL)
		return g_utf8_make_valid(bytes, (gssize)length);
	g_mime_filter_complete(filter, (char *)bytes, length, 0, &out, &out_length, &pre);
	return g_utf8_make_valid(out, (gssize)out_length);
}

/* Of a mail: where it begins, and how much of it is read. */
static void cut_mail(const char **bytes, size_t *length)
{
	const char *at = *bytes, *end = *bytes + MIN(*length, (size_t)MAIL_LIMIT_BYTES);
	size_t lines = 0, boundaries = 0;
	if (end - at >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
		at += 3;
	for (const char *blank = at; blank < end && g_ascii_isspace(*blank); blank++)
		at = *blank == '\n' || *blank == '\r' ? blank + 1 : at;
	if (end - at > 5 && memcmp(at, "From ", 5) == 0) {
		const char *line = memchr(at, '\n', (size_t)(end - at));
		at = line == NULL ? at : line + 1;
	}
	*bytes = at;
	while (at < end && lines < LINES_MAX && boundaries < BOUNDARIES_MAX) {
		boundaries += end - at > 2 && at[0] == '-' && at[1] == '-';
		const char *next = memchr(at, '\n', (size_t)(end - at));
		at = next == NULL ? end : next + 1;
		lines++;
	}
	*length = (size_t)(at - *bytes);
}

/* The bytes with \n for each \r, where a mail has no other line ends. */
static char *mend_line_ends(const char *bytes, size_t length)
{
	if (memchr(bytes, '\n', length) != NULL || memchr(bytes, '\r', length) == NULL)
		return NULL;
	char *mended = g_memdup2(bytes, length);
	for (size_t i = 0; i < length; i++)
		if (mended[i] == '\r')
			mended[i] = '\n';
	return mended;
}

/* The length of the headers with the empty line; 0 where the bytes do not begin with headers of a mail. */
static size_t find_headers(const char *bytes, size_t length)
{
	static const char *const known[] = {"from:",         "to:",           "date:",          "subject:",
										"received:",     "message-id:",   "return-path:",   "content-type:",
										"mime-version:", "delivered-to:", "reply-to:",      "x-",
										"envelope-to:",  "in-reply-to:",  "auto-submitted:"};
	const char *at = bytes, *end = bytes + MIN(length, (size_t)MAIL_LIMIT_HEADERS);
	bool found = false;
	while (at < end && *at != '\n' && !(*at == '\r' && at + 1 < end && at[1] == '\n')) {
		const char *next = memchr(at, '\n', (size_t)(end - at));
		size_t rest = (size_t)(end - at);
		const char *colon = memchr(at, ':', MIN(rest, 80));
		bool header = colon != NULL && (next == NULL || colon < next) && memchr(at, ' ', (size_t)(colon - at)) == NULL;
		if (at == bytes && !header)
			return 0;
		for (size_t i = 0; header && !found && i < G_N_ELEMENTS(known); i++)
			found = rest > strlen(known[i]) && g_ascii_strncasecmp(at, known[i], strlen(known[i])) == 0;
		at = next == NULL ? end : next + 1;
	}
	return found ? (size_t)(at - bytes) : 0;
}

/* ---- headers ---- */

static const char *get_header(GMimeMessage *message, const char *name)
{
	return g_mime_object_get_header(GMIME_OBJECT(message), name);
}

static char *make_address(const char *address)
{
	if (address == NULL || strchr(address, '@') == NULL)
		return NULL;
	g_autofree char *clean = clean_value(address);
	return g_utf8_strdown(clean, -1);
}

/* The first mailbox of a list, groups looked into. */
static void take_mailbox(InternetAddressList *list, char **ret_name, char **ret_address)
{
	for (int i = 0; list != NULL && i < internet_address_list_length(list) && *ret_address == NULL; i++) {
		InternetAddress *address = internet_address_list_get_address(list, i);
		if (!INTERNET_ADDRESS_IS_MAILBOX(address))
			continue;
		const char *name = internet_address_get_name(address);
		*ret_address = make_address(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
		if (ret_name != NULL && *ret_name == NULL && name != NULL && *name != '\0')
			*ret_name = clean_value(name);
	}
}

static void take_recipients(InternetAddressList *list, GPtrArray *to)
{
	for (int i = 0; list != NULL && i < internet_address_list_length(list) && to->len < MAIL_LIMIT_IDS; i++) {
		InternetAddress *address = internet_address_list_get_address(list, i);
		char *found = INTERNET_ADDRESS_IS_MAILBOX(address)
						  ? make_address(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)))
						  : NULL;
		if (found != NULL)
			g_ptr_array_add(to, found);
	}
}

static void take_ids(const char *value, GPtrArray *ids)
{
	g_autofree char *cut = value == NULL ? NULL : g_strndup(value, MAIL_LIMIT_IDS * 300);
	g_autoptr(GMimeReferences) references = cut == NULL ? NULL : g_mime_references_parse(NULL, cut);
	for (int i = 0; references != NULL && i < g_mime_references_length(references) && i < MAIL_LIMIT_IDS; i++)
		g_ptr_array_add(ids, clean_value(g_mime_references_get_message_id(references, i)));
}

/* A date that a header holds; an instant before 1970 is none. */
static bool take_date(MailIncoming *mail, GDateTime *date)
{
	if (date == NULL || g_date_time_to_unix(date) <= 0)
		return false;
	mail->date_at = g_date_time_to_unix(date);
	mail->date_offset = (int)(g_date_time_get_utc_offset(date) / G_TIME_SPAN_SECOND);
	return true;
}

static void read_date(MailIncoming *mail, GMimeMessage *message)
{
	const char *received = get_header(message, "Received");
	const char *stamp = received == NULL ? NULL : strrchr(received, ';');
	if (take_date(mail, g_mime_message_get_date(message)) || stamp == NULL)
		return;
	GDateTime *date = g_mime_utils_header_decode_date(stamp + 1);
	take_date(mail, date);
	if (date != NULL)
		g_date_time_unref(date);
}

/* What one header says of how the mail came about. */
static unsigned read_sign(const char *name, const char *value)
{
	static const struct {
		const char *name, *value; /* the value begins so; "" any */
		unsigned sign;
	} table[] = {
		{"Auto-Submitted", "auto-replied", MAIL_SIGN_AUTO_REPLIED},
		{"Auto-Submitted", "auto-", MAIL_SIGN_AUTO_GENERATED},
		{"X-Auto-Submitted", "auto-", MAIL_SIGN_AUTO_GENERATED},
		{"X-Autoreply", "", MAIL_SIGN_AUTO_REPLIED},
		{"X-Autorespond", "", MAIL_SIGN_AUTO_REPLIED},
		{"X-Autoresponder", "", MAIL_SIGN_AUTO_REPLIED},
		{"X-Auto-Reply-From", "", MAIL_SIGN_AUTO_REPLIED},
		{"X-AutoReply-From", "", MAIL_SIGN_AUTO_REPLIED},
		{"X-Mail-Autoreply", "", MAIL_SIGN_AUTO_REPLIED},
		{"X-Apple-Action", "VACATION", MAIL_SIGN_AUTO_REPLIED},
		{"X-Autogenerated", "reply", MAIL_SIGN_AUTO_REPLIED},
		{"X-MS-Exchange-Inbox-Rules-Loop", "", MAIL_SIGN_AUTO_REPLIED},
		{"X-MS-Exchange-Generated-Message-Source", "Mailbox Rules", MAIL_SIGN_AUTO_REPLIED},
		{"X-POST-MessageClass", "9; Autoresponder", MAIL_SIGN_AUTO_REPLIED},
		{"Delivered-To", "autoresponder", MAIL_SIGN_AUTO_REPLIED},
		{"Precedence", "auto", MAIL_SIGN_AUTO_REPLIED},
		{"X-Precedence", "auto", MAIL_SIGN_AUTO_REPLIED},
		{"Precedence", "bulk", MAIL_SIGN_BULK},
		{"Precedence", "junk", MAIL_SIGN_BULK},
		{"Precedence", "list", MAIL_SIGN_LIST},
		{"List-Id", "", MAIL_SIGN_LIST},
		{"List-Unsubscribe", "", MAIL_SIGN_LIST},
		{"List-Post", "", MAIL_SIGN_LIST},
		{"Return-Path", "<>", MAIL_SIGN_NULL_SENDER},
		{"X-Failed-Recipients", "", MAIL_SIGN_FAILED},
	};
	unsigned signs = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
		if (g_ascii_strcasecmp(table[i].name, name) == 0 &&
			g_ascii_strncasecmp(value, table[i].value, strlen(table[i].value)) == 0)
			signs |= table[i].sign;
	return signs & MAIL_SIGN_AUTO_REPLIED ? signs & ~(unsigned)MAIL_SIGN_AUTO_GENERATED : signs;
}

static void read_signs(MailIncoming *mail, GMimeMessage *message)
{
	GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
	int count = g_mime_header_list_get_count(headers);
	for (int i = 0; i < count; i++) {
		GMimeHeader *header = g_mime_header_list_get_header_at(headers, i);
		const char *name = g_mime_header_get_name(header);
		if (name == NULL || strchr("ADLPRXadlprx", *name) == NULL || g_ascii_strcasecmp(name, "Received") == 0)
			continue;
		const char *raw = g_mime_header_get_raw_value(header);
		while (raw != NULL && g_ascii_isspace(*raw))
			raw++;
		mail->signs |= read_sign(name, raw == NULL ? "" : raw);
	}
}

/* "{kind=VACATION,startDate=…,endDate=2020-01-10T14:59:59Z}" */
static void read_away(MailIncoming *mail, GMimeMessage *message)
{
	const char *criteria = get_header(message, "X-Apple-Criteria");
	const char *end = criteria == NULL ? NULL : strstr(criteria, "endDate=");
	if (end != NULL)
		mail->away_until = g_strndup(end + 8, strcspn(end + 8, ",}"));
}

static void read_headers(MailIncoming *mail, GMimeMessage *message)
{
	const char *subject = g_mime_message_get_subject(message), *failed = get_header(message, "X-Failed-Recipients");
	const char *id = g_mime_message_get_message_id(message);
	take_mailbox(g_mime_message_get_from(message), &mail->from_name, &mail->from_address);
	take_mailbox(g_mime_message_get_sender(message), NULL, &mail->sender_address);
	take_mailbox(g_mime_message_get_reply_to(message), NULL, &mail->reply_to_address);
	if (mail->from_address == NULL)
		mail->from_address = g_strdup(mail->sender_address);
	take_recipients(g_mime_message_get_to(message), mail->to);
	take_recipients(g_mime_message_get_cc(message), mail->to);
	mail->subject = clean_value(subject == NULL ? "" : subject);
	mail->message_id = id == NULL ? NULL : clean_value(id);
	mail->failed_recipients = failed == NULL ? NULL : clean_value(failed);
	take_ids(get_header(message, "In-Reply-To"), mail->in_reply_to);
	take_ids(get_header(message, "References"), mail->references);
	read_date(mail, message);
	read_signs(mail, message);
	read_away(mail, message);
}

/* ---- parts ---- */

/* A part's bytes, decoded; NULL where there are none, or more than limit. */
static GByteArray *decode_part(GMimePart *part, size_t limit)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	if (content == NULL)
		return NULL;
	GMimeStream *source = g_mime_data_wrapper_get_stream(content);
	if (source == NULL || (size_t)MAX(g_mime_stream_length(source), 0) / 3 > limit / 2)
		return NULL;
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new();
	g_mime_data_wrapper_write_to_stream(content, stream);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE); /* the bytes outlive the stream */
	return g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
}

static char *decode_text(GMimePart *part, size_t limit)
{
	g_autoptr(GByteArray) bytes = decode_part(part, MAIL_LIMIT_BYTES);
	const char *charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
	return bytes == NULL ? NULL : decode_charset((const char *)bytes->data, MIN(bytes->len, limit), charset);
}

static void take_plain(Walk *walk, GMimePart *part)
{
	g_autofree char *text = decode_text(part, MAIL_LIMIT_TEXT);
	const char *format = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "format");
	const char *delsp = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "delsp");
	if (text == NULL)
		return;
	if (walk->plain->len > 0 && walk->plain->str[walk->plain->len - 1] != '\n')
		g_string_append_c(walk->plain, '\n');
	walk->flowed = walk->flowed || (format != NULL && g_ascii_strcasecmp(format, "flowed") == 0);
	walk->delsp = walk->delsp || (delsp != NULL && g_ascii_strcasecmp(delsp, "yes") == 0);
	append_lines(walk->plain, text, strlen(text), MAIL_LIMIT_TEXT);
}

/* The text of the HTML part, where nothing else has text. */
static void take_html(Walk *walk)
{
	g_autofree char *html = decode_text(walk->html, MAIL_LIMIT_HTML);
	if (html == NULL)
		return;
	g_autofree char *text = html_to_text(html, strlen(html), MAIL_LIMIT_TEXT);
	g_string_truncate(walk->plain, 0);
	append_lines(walk->plain, text, strlen(text), MAIL_LIMIT_TEXT);
}

static void take_report(Walk *walk, GMimePart *part)
{
	g_autofree char *text = decode_text(part, MAIL_LIMIT_REPORT);
	GString *report = g_string_new(walk->mail->report);
	if (text != NULL)
		append_lines(report, text, strlen(text), MAIL_LIMIT_REPORT);
	g_string_append(report, "\n\n");
	g_free(walk->mail->report);
	walk->mail->report = g_string_free(report, FALSE);
}

/* "REQUEST" of a calendar, from its Content-Type or its own METHOD line (RFC 5545, 3.7.2). */
static char *read_method(GMimePart *part, const char *text)
{
	const char *given = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "method");
	const char *line = g_str_has_prefix(text, "METHOD:") ? text : strstr(text, "\nMETHOD:");
	if (given == NULL && line != NULL) {
		line = strchr(line, ':') + 1;
		g_autofree char *own = g_strndup(line, MIN(strcspn(line, "\r\n"), 40));
		return g_ascii_strup(g_strstrip(own), -1);
	}
	return given == NULL ? NULL : g_ascii_strup(given, -1);
}

static void take_file(Walk *walk, GMimePart *part, const char *type, bool calendar)
{
	const char *filename = g_mime_part_get_filename(part);
	MailPart *file = NULL;
	if (calendar) {
		char *text = decode_text(part, MAIL_LIMIT_PART_BYTES);
		if (text == NULL)
			return;
		file = g_new0(MailPart, 1);
		file->method = read_method(part, text);
		file->bytes = g_bytes_new_take(text, strlen(text));
	} else {
		GByteArray *bytes = decode_part(part, MAIL_LIMIT_PART_BYTES);
		if (bytes == NULL)
			return;
		file = g_new0(MailPart, 1);
		file->bytes = g_byte_array_free_to_bytes(bytes);
	}
	file->type = g_strdup(type);
	file->filename = filename == NULL ? NULL : clean_value(filename);
	g_ptr_array_add(walk->mail->parts, file);
}

/* Headers of the mail that came back, as text. */
static void take_returned(MailIncoming *mail, const char *text, size_t length)
{
	g_autofree char *head = g_strndup(text, MIN(length, (size_t)RETURNED_BYTES));
	g_autofree char *closed = g_strconcat(head, "\n\n", NULL);
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(closed, strlen(closed));
	g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
	g_autoptr(GMimeMessage) message = g_mime_parser_construct_message(parser, NULL);
	if (message == NULL)
		return;
	const char *id = g_mime_message_get_message_id(message);
	if (id != NULL && mail->returned_id == NULL)
		mail->returned_id = clean_value(id);
	if (mail->returned_to == NULL)
		take_mailbox(g_mime_message_get_to(message), NULL, &mail->returned_to);
}

static void take_message(Walk *walk, GMimeMessagePart *part)
{
	GMimeMessage *message = g_mime_message_part_get_message(part);
	const char *id = message == NULL ? NULL : g_mime_message_get_message_id(message);
	if (message == NULL)
		return;
	if (id != NULL && walk->mail->returned_id == NULL)
		walk->mail->returned_id = clean_value(id);
	if (walk->mail->returned_to == NULL)
		take_mailbox(g_mime_message_get_to(message), NULL, &walk->mail->returned_to);
}

static bool is_attachment(GMimePart *part)
{
	const char *disposition = g_mime_object_get_disposition(GMIME_OBJECT(part));
	return disposition != NULL && g_ascii_strcasecmp(disposition, "attachment") == 0;
}

static void note_report(MailIncoming *mail, MailReport type)
{
	if (mail->report_type == MAIL_REPORT_NONE)
		mail->report_type = type;
}

static void take_leaf(Walk *walk, GMimePart *part)
{
	g_autofree char *mime = g_mime_content_type_get_mime_type(g_mime_object_get_content_type(GMIME_OBJECT(part)));
	g_autofree char *type = g_ascii_strdown(mime, -1);
	bool calendar = strcmp(type, "text/calendar") == 0 || strcmp(type, "application/ics") == 0;
	if (g_str_has_prefix(type, "message/delivery-status") || g_str_has_prefix(type, "message/global-delivery-status")) {
		note_report(walk->mail, MAIL_REPORT_DELIVERY);
		take_report(walk, part);
	} else if (g_str_has_prefix(type, "message/disposition-notification")) {
		note_report(walk->mail, MAIL_REPORT_READ);
	} else if (g_str_has_prefix(type, "message/feedback-report")) {
		walk->mail->report_type = MAIL_REPORT_OTHER;
	} else if (strcmp(type, "text/rfc822-headers") == 0) {
		g_autofree char *text = decode_text(part, RETURNED_BYTES);
		if (text != NULL)
			take_returned(walk->mail, text, strlen(text));
	} else if (calendar) {
		take_file(walk, part, "text/calendar", true);
	} else if (is_attachment(part) || !GMIME_IS_TEXT_PART(part)) {
		take_file(walk, part, type, false);
	} else if (strcmp(type, "text/html") == 0) {
		walk->html = walk->html == NULL ? part : walk->html;
	} else {
		take_plain(walk, part);
	}
}

static MailReport read_report_type(GMimeMultipart *multipart)
{
	GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(multipart));
	const char *what = g_mime_content_type_get_parameter(type, "report-type");
	if (!g_mime_content_type_is_type(type, "multipart", "report") || what == NULL)
		return MAIL_REPORT_NONE;
	return g_ascii_strcasecmp(what, "delivery-status") == 0            ? MAIL_REPORT_DELIVERY
		   : g_ascii_strcasecmp(what, "disposition-notification") == 0 ? MAIL_REPORT_READ
																	   : MAIL_REPORT_OTHER;
}

static void walk_part(Walk *walk, GMimeObject *object, int depth)
{
	if (object == NULL || depth > MAIL_LIMIT_DEPTH || ++walk->parts > MAIL_LIMIT_PARTS)
		return;
	if (GMIME_IS_MULTIPART(object)) {
		GMimeMultipart *multipart = GMIME_MULTIPART(object);
		int count = g_mime_multipart_get_count(multipart);
		note_report(walk->mail, read_report_type(multipart));
		for (int i = 0; i < MIN(count, (int)MAIL_LIMIT_PARTS); i++)
			walk_part(walk, g_mime_multipart_get_part(multipart, i), depth + 1);
	} else if (GMIME_IS_MESSAGE_PART(object)) {
		take_message(walk, GMIME_MESSAGE_PART(object));
	} else if (GMIME_IS_PART(object)) {
		take_leaf(walk, GMIME_PART(object));
	}
}

/* ---- the whole ---- */

/* A mail whose parts cannot be told apart is read as it stands. */
static void take_raw(Walk *walk, const char *body, size_t length)
{
	MailIncoming *mail = walk->mail;
	if (walk->plain->len > 0 || walk->html != NULL || mail->report != NULL || mail->parts->len > 0)
		return;
	g_autofree char *text = decode_charset(body, MIN(length, (size_t)MAIL_LIMIT_TEXT), NULL);
	append_lines(walk->plain, text, strlen(text), MAIL_LIMIT_TEXT);
	if (strstr(walk->plain->str, "\nFinal-Recipient:") != NULL && strstr(walk->plain->str, "\nAction:") != NULL)
		mail->report = g_strndup(walk->plain->str, MAIL_LIMIT_REPORT);
}

static void settle_text(Walk *walk)
{
	MailIncoming *mail = walk->mail;
	if (walk->flowed) {
		g_autofree char *text = reply_unflow(walk->plain->str, walk->delsp);
		g_string_assign(walk->plain, text);
	}
	mail->text = make_valid(walk->plain->str, walk->plain->len);
	mail->new_text = reply_new_text(mail->text);
}

static bool is_blank_text(const GString *text)
{
	for (size_t i = 0; i < text->len; i++)
		if (!g_ascii_isspace(text->str[i]))
			return false;
	return true;
}

static void read_message(Walk *walk, const char *bytes, size_t length, size_t headers)
{
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new();
	g_mime_stream_write(stream, bytes, headers);
	if (headers >= MAIL_LIMIT_HEADERS)
		g_mime_stream_write(stream, "\n\n", 2);
	g_mime_stream_write(stream, bytes + headers, length - headers);
	g_mime_stream_reset(stream);
	g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
	g_autoptr(GMimeMessage) message = g_mime_parser_construct_message(parser, NULL);
	if (message == NULL)
		return;
	read_headers(walk->mail, message);
	walk_part(walk, g_mime_message_get_mime_part(message), 0);
	if (walk->html != NULL && is_blank_text(walk->plain)) {
		take_html(walk);
		walk->flowed = false;
	}
}

static void free_part(gpointer data)
{
	MailPart *part = data;
	g_free(part->type);
	g_free(part->filename);
	g_free(part->method);
	g_bytes_unref(part->bytes);
	g_free(part);
}

static MailIncoming *new_incoming(void)
{
	MailIncoming *mail = g_new0(MailIncoming, 1);
	mail->to = g_ptr_array_new_with_free_func(g_free);
	mail->in_reply_to = g_ptr_array_new_with_free_func(g_free);
	mail->references = g_ptr_array_new_with_free_func(g_free);
	mail->parts = g_ptr_array_new_with_free_func(free_part);
	mail->date_at = TIME_NONE;
	return mail;
}

MailIncoming *mail_parse(const char *bytes, size_t length)
{
	Walk walk = {.mail = new_incoming(), .plain = g_string_new(NULL)};
	g_autofree char *mended = mend_line_ends(bytes, MIN(length, (size_t)MAIL_LIMIT_BYTES));
	start_gmime();
	if (mended != NULL) {
		bytes = mended;
		length = MIN(length, (size_t)MAIL_LIMIT_BYTES);
	}
	cut_mail(&bytes, &length);
	size_t headers = find_headers(bytes, length);
	if (headers > 0) {
		read_message(&walk, bytes, length, headers);
		take_raw(&walk, bytes + headers, length - headers);
	} else {
		g_autofree char *text = decode_charset(bytes, MIN(length, (size_t)MAIL_LIMIT_TEXT), NULL);
		append_lines(walk.plain, text, strlen(text), MAIL_LIMIT_TEXT);
	}
	if (walk.mail->subject == NULL)
		walk.mail->subject = g_strdup("");
	settle_text(&walk);
	g_string_free(walk.plain, TRUE);
	return walk.mail;
}

void mail_incoming_free(MailIncoming *mail)
{
	if (mail == NULL)
		return;
	g_free(mail->from_name);
	g_free(mail->from_address);
	g_free(mail->sender_address);
	g_free(mail->reply_to_address);
	g_ptr_array_unref(mail->to);
	g_free(mail->subject);
	g_free(mail->message_id);
	g_ptr_array_unref(mail->in_reply_to);
	g_ptr_array_unref(mail->references);
	g_free(mail->away_until);
	g_free(mail->report);
	g_free(mail->failed_recipients);
	g_free(mail->returned_id);
	g_free(mail->returned_to);
	g_free(mail->text);
	g_free(mail->new_text);
	g_ptr_array_unref(mail->parts);
	g_free(mail);
}
