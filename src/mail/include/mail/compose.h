/* compose.h - a note becomes an RFC 5322 message.
 *
 * What goes in is text and addresses as the app knows them; what comes out are the bytes to keep and to send: CRLF line
 * ends, seven bits, no line over 998 bytes, not dot-stuffed.  The same message gives the same bytes.  No field can
 * add or end a header: what holds a control character is refused.  Nothing here knows a server or a clock.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* All strings are borrowed and UTF-8. */
typedef struct MailMessage {
	const char *from_name; /* or NULL */
	const char *from_address;
	const char *to_name; /* or NULL */
	const char *to_address;
	const char *subject;
	const char *body;              /* lines end in \n or \r\n; a paragraph is one line, however long */
	const char *message_id;        /* without < > */
	const char *in_reply_to;       /* without < >, or NULL */
	const char *const *references; /* without < >, the oldest first, NULL at the end; or NULL */
	int64_t date_at;               /* seconds since 1970 */
	int date_offset;               /* seconds east of Greenwich, whole minutes */
	const char *user_agent;        /* or NULL */
} MailMessage;

/* Writes the message: From, To, Subject, Date, Message-ID, In-Reply-To, References, User-Agent, and the body as
 * text/plain; charset=utf-8; format=flowed (RFC 3676), wrapped softly at 78 columns. Names and subject by RFC 2047,
 * domains in their ASCII form. Free *ret_eml with g_string_free. INVALID, with the field as place ("to_address"), where
 * one is not fit. */
bool mail_compose(const MailMessage *message, GString **ret_eml, GError **error) G_GNUC_WARN_UNUSED_RESULT;
