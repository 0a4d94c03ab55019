/* address.h - one mailbox as servers take it, and the names of messages.
 *
 * An address is checked and brought into ASCII here, once; what came through can neither end a header nor add an SMTP
 * command.  Nothing here asks a network whether somebody is behind it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Takes one bare mailbox, local@domain (no name, no comment, no quoted string, no list, no address literal: the
 * Dot-string and Domain of RFC 5321), and gives it in ASCII: the domain in lower case and in its xn-- form. That form
 * is by IDNA 2003; the four characters that IDNA 2008 reads otherwise (such as a sharp s) are INVALID, and so is a
 * local part beyond ASCII, which only servers with SMTPUTF8 could take. Free *ret_ascii with g_free. */
bool address_to_ascii(const char *address, char **ret_ascii, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A Message-ID, without < >, under the sender's domain, from 16 random bytes of the caller's. INVALID where the address
 * is none. Free *ret_id with g_free. */
#define ADDRESS_RANDOM_BYTES 16
bool address_new_message_id(
	const char *from_address, const uint8_t random[ADDRESS_RANDOM_BYTES], char **ret_id,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives letters, digits, hyphens and dots, in lower case and in xn-- form; free *ret_ascii with g_free. False where the
 * text is no name (labels of 1 to 63 characters), or one that the rules of 2003 and 2008 for other scripts read
 * differently. */
bool domain_to_ascii(const char *domain, char **ret_ascii) G_GNUC_WARN_UNUSED_RESULT;
