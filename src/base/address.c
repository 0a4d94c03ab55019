/* address.c - one mailbox, checked by the letter and brought into ASCII.
 *
 * Stricter than the RFCs where they allow what no employer's address has (quoted strings, comments, literals): each of
 * those is a way to smuggle something into a header or a command.  GLib brings domains into ASCII by the rules of 2003;
 * where today's rules lead elsewhere, nothing is guessed.
 */
#include <base/address.h>
#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>

#include <string.h>

enum {
	LOCAL_BYTES = 64,   /* RFC 5321, 4.5.3.1.1 */
	ADDRESS_BYTES = 254 /* what fits a path of 256 with its brackets: RFC 5321, 4.5.3.1.3 */
};

/* ---- domains ---- */

/* Whether GLib's older rules and today's would lead to different domains: sharp s, final sigma, the two joiners. */
static bool is_ambiguous(const char *domain)
{
	for (const char *at = domain; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		if (c == 0xdf || c == 0x1e9e || c == 0x3c2 || c == 0x200c || c == 0x200d)
			return true;
	}
	return false;
}

static bool is_ascii_domain(const char *domain)
{
	size_t label = 0;
	for (const char *at = domain;; at++) {
		if (*at == '.' || *at == '\0') {
			if (label == 0 || label > 63 || at[-1] == '-')
				return false;
			if (*at == '\0')
				return true;
			label = 0;
		} else if (g_ascii_isalnum(*at) || (*at == '-' && label > 0)) {
			label++;
		} else {
			return false;
		}
	}
}

bool domain_to_ascii(const char *domain, char **ret_ascii)
{
	g_autofree char *ascii = is_ambiguous(domain) ? NULL : g_hostname_to_ascii(domain);
	if (ascii == NULL || !is_ascii_domain(ascii))
		return false;
	*ret_ascii = g_ascii_strdown(ascii, -1);
	return true;
}

/* ---- addresses ---- */

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

bool address_to_ascii(const char *address, char **ret_ascii, GError **error)
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

bool address_new_message_id(
	const char *from_address, const uint8_t random[ADDRESS_RANDOM_BYTES], char **ret_id, GError **error)
{
	g_autofree char *ascii = NULL;
	if (!address_to_ascii(from_address, &ascii, error))
		return false;
	GString *id = g_string_sized_new(64);
	for (int i = 0; i < ADDRESS_RANDOM_BYTES; i++)
		g_string_append_printf(id, "%02x", random[i]);
	g_string_append(id, strchr(ascii, '@'));
	*ret_id = g_string_free(id, FALSE);
	return true;
}
