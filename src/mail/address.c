/* address.c - one mailbox, checked by the letter and brought into ASCII.
 *
 * Stricter than the RFCs where they allow what no employer's address has (quoted strings, comments, literals): each of
 * those is a way to smuggle something into a header or a command.
 */
#include "domain.h"

#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <mail/address.h>

#include <string.h>

enum {
	LOCAL_BYTES = 64,   /* RFC 5321, 4.5.3.1.1 */
	ADDRESS_BYTES = 254 /* what fits a path of 256 with its brackets: RFC 5321, 4.5.3.1.3 */
};

/* What is wrong with the local part, as the end of a sentence; NULL if nothing. */
static const char *find_local_fault(const char *local, size_t length)
{
	if (length == 0)
		return "has nothing before the @";
	if (length > LOCAL_BYTES)
		return "has more than 64 characters before the @";
	bool after_dot = true;
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)local[i];
		if (c >= 0x80)
			return "has letters beyond ASCII before the @, which only servers with SMTPUTF8 could take: ask for a "
				   "plain one";
		if (c == '.' ? after_dot : !g_ascii_isalnum(c) && strchr("!#$%&'*+-/=?^_`{|}~", c) == NULL)
			return "is not one plain address such as name@company.example";
		after_dot = c == '.';
	}
	return after_dot ? "has a dot right before the @" : NULL;
}

bool mail_address_to_ascii(const char *address, char **ret_ascii, GError **error)
{
	if (address == NULL || *address == '\0')
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL,
			"An address is missing; one such as name@company.example "
			"is expected.");
	const char *fault = text_find_fault(address, strnlen(address, LIMIT_NAME_BYTES + 1), LIMIT_NAME_BYTES, TEXT_LINE);
	const char *at = strchr(address, '@');
	if (fault == NULL && at == NULL)
		fault = "has no @";
	if (fault == NULL)
		fault = find_local_fault(address, (size_t)(at - address));
	g_autofree char *domain = NULL;
	if (fault == NULL && !domain_to_ascii(at + 1, &domain))
		fault =
			"has a domain that cannot be: after the @ comes one such as company.example, a rare one in its xn-- form";
	if (fault == NULL && (size_t)(at - address) + 1 + strlen(domain) > ADDRESS_BYTES)
		fault = "is longer than an address can be";
	if (fault != NULL) {
		g_autofree char *shown = text_to_show(address, 80);
		return base_error_set(error, BASE_ERROR_INVALID, NULL, "The address \"%s\" %s.", shown, fault);
	}
	*ret_ascii = g_strdup_printf("%.*s@%s", (int)(at - address), address, domain);
	return true;
}

bool mail_new_message_id(
	const char *from_address, const uint8_t random[MAIL_RANDOM_BYTES], char **ret_id, GError **error)
{
	g_autofree char *ascii = NULL;
	if (!mail_address_to_ascii(from_address, &ascii, error))
		return false;
	GString *id = g_string_sized_new(64);
	for (int i = 0; i < MAIL_RANDOM_BYTES; i++)
		g_string_append_printf(id, "%02x", random[i]);
	g_string_append(id, strchr(ascii, '@'));
	*ret_id = g_string_free(id, FALSE);
	return true;
}
