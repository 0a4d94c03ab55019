/* domain.h - a domain or host name in the form that DNS and mail servers take.
 */
#pragma once

#include <stdbool.h>

/* Gives letters, digits, hyphens and dots, in lower case and in xn-- form; free *ret_ascii with g_free. False where the
 * text is no name (labels of 1 to 63 characters), or one that the rules of 2003 and 2008 for other scripts read
 * differently. */
bool domain_to_ascii(const char *domain, char **ret_ascii);
