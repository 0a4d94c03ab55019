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
	const char *body;              /* lines end in \n; a paragraph is one line, however long */
	const char *message_id;        /* without < > */
	const char *in_reply_to;       /* without < >, or NULL */
	const char *const *references; /* without < >, the oldest first, NULL at the end; or NULL */
	int64_t date_at;               /* seconds since 1970 */
	int date_offset;               /* seconds east of Greenwich, whole minutes */
	const char *user_agent;        /* or NULL */
} MailMessage;

/* Writes the message: From, To, Subject, Date, Message-ID, In-Reply-To, References, User-Agent, and the body as text/plain;
 * charset=utf-8; format=flowed (RFC 3676), wrapped softly at 78 columns. Names and subject by RFC 2047, domains by
 * IDNA 2008. Free *ret_eml with g_string_free. INVALID, with the field as place ("to_address"), where one is not fit. */
bool mail_compose(const MailMessage *message, GString **ret_eml, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes one bare mailbox, local@domain (no name, no comment, no quoted string, no list: RFC 5321 Dot-string), and gives it in
 * ASCII, the domain by IDNA 2008: the form for SmtpMessage. INVALID where it is none; so is a local part beyond ASCII, which
 * only servers with SMTPUTF8 could take. Free *ret_ascii with g_free. */
bool mail_address_to_ascii(const char *address, char **ret_ascii, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A Message-ID, without < >, under the sender's domain, from 16 random bytes of the caller's. INVALID where the address is
 * none. Free *ret_id with g_free. */
#define MAIL_RANDOM_BYTES 16
bool mail_new_message_id(const char *from_address, const uint8_t random[MAIL_RANDOM_BYTES], char **ret_id, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
