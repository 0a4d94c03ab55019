/* domain.c - one domain name, by the letter.
 *
 * GLib brings names into ASCII by the rules of 2003; where today's rules lead elsewhere, nothing is guessed.
 */
#include "domain.h"

#include <glib.h>

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
