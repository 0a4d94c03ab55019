/* address.h - a postal address kept on one line, as the lines of an envelope.
 */
#pragma once

#include <glib.h>

/* The most lines there are: what is beyond stays together on the last one. */
#define ADDRESS_LINES_MAX 7

/* "1 Main St, Phoenix, AZ 85001" as "1 Main St" and "Phoenix, AZ 85001". Commas part lines, of any script; where the
 * address has line breaks, ";" or "|", only these do. A house number stays with its street, a state and postal code
 * with their town. NULL gives no line. Free with g_strfreev. */
char **address_split(const char *address);
