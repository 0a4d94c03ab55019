/* zone-name.c - tries the ways in which programs have been seen to name a zone, from the surest on.
 */
#include "zone-name.h"

#include <string.h>

enum { NAME_BYTES = 200, TOWNS_MAX = 8 };

/* Zones that exist in every installation are asked for by name; "posix/" and "right/" are other copies of the same, and
 * not the same time. */
static Zone *load(const char *name)
{
	static const char *const copies[] = {"posix/", "right/", "posixrules", "localtime", "Factory"};
	for (size_t i = 0; i < G_N_ELEMENTS(copies); i++)
		if (g_str_has_prefix(name, copies[i]))
			return NULL;
	return zone_load(name, NULL);
}

static Zone *load_known(const char *name)
{
	const char *known = zone_table_find(name);
	return known == NULL ? NULL : load(known);
}

/* "/example.org/20070129_1/Europe/Berlin" is named by its last parts. */
static Zone *load_path(const char *name)
{
	const char *at = strchr(name, '/');
	for (; at != NULL; at = strchr(at + 1, '/')) {
		Zone *zone = strchr(at + 1, '/') == NULL ? load_known(at + 1) : load(at + 1);
		if (zone != NULL)
			return zone;
	}
	return NULL;
}

/* "us-mountain" and "america_new_york" for US/Mountain and America/New_York. */
static Zone *load_respelled(const char *name)
{
	g_autofree char *spelled = g_ascii_strdown(name, -1);
	char *first = strpbrk(spelled, "/-_");
	if (first == NULL)
		return NULL;
	*first = '/';
	bool starts = true;
	for (char *at = spelled; *at != '\0'; at++) {
		if (*at == ' ')
			*at = '_';
		if (starts)
			*at = g_ascii_toupper(*at);
		starts = strchr("/_-", *at) != NULL;
	}
	Zone *zone = load_known(spelled);
	return zone == NULL ? load(spelled) : zone;
}

static Zone *load_town(const char *town)
{
	static const char *const regions[] = {"Europe", "America", "Asia",     "Australia",
										  "Africa", "Pacific", "Atlantic", "Indian"};
	g_autofree char *spelled = g_strdup(town);
	g_strdelimit(spelled, " ", '_');
	for (size_t i = 0; i < G_N_ELEMENTS(regions); i++) {
		g_autofree char *name = g_strconcat(regions[i], "/", spelled, NULL);
		Zone *zone = load(name);
		if (zone != NULL)
			return zone;
	}
	return NULL;
}

/* "Canberra, Melbourne, Sydney": the first town that has a zone of its own name. */
static Zone *load_towns(const char *list)
{
	g_auto(GStrv) towns = g_strsplit_set(list, ",;/", TOWNS_MAX);
	for (char **town = towns; *town != NULL; town++) {
		char *bracket = strchr(*town, '(');
		if (bracket != NULL)
			*bracket = '\0';
		g_strstrip(*town);
		Zone *zone = load_known(*town);
		if (zone == NULL && **town != '\0')
			zone = load_town(*town);
		if (zone != NULL)
			return zone;
	}
	return NULL;
}

/* Reads "+05:30", "-0500", "+2", "-05.00" and moves past it. */
static bool read_offset(const char **at, int *ret_offset)
{
	const char *text = *at;
	if (*text != '+' && *text != '-')
		return false;
	size_t digits = strspn(text + 1, "0123456789");
	if (digits == 0 || digits > 4)
		return false;
	int number = (int)g_ascii_strtoll(text + 1, NULL, 10);
	int hours = digits > 2 ? number / 100 : number, minutes = digits > 2 ? number % 100 : 0;
	const char *end = text + 1 + digits;
	if (digits <= 2 && (*end == ':' || *end == '.') && g_ascii_isdigit(end[1]) && g_ascii_isdigit(end[2])) {
		minutes = (end[1] - '0') * 10 + (end[2] - '0');
		end += 3;
	}
	if (hours > 14 || minutes > 59)
		return false;
	*ret_offset = (hours * 3600 + minutes * 60) * (*text == '-' ? -1 : 1);
	*at = end;
	return true;
}

/* Past "(UTC-05:00) " and "GMT +0100 "; where there is no such beginning, the name itself. */
static const char *skip_offset(const char *name, bool *ret_found, int *ret_offset)
{
	const char *at = name + (*name == '(');
	*ret_found = false;
	if (g_ascii_strncasecmp(at, "UTC", 3) == 0 || g_ascii_strncasecmp(at, "GMT", 3) == 0)
		at += 3;
	else if (*at != '+' && *at != '-')
		return name;
	while (*at == ' ')
		at++;
	*ret_offset = 0;
	*ret_found = read_offset(&at, ret_offset);
	if (!*ret_found && *at != '\0' && *at != ')')
		return name;
	*ret_found = true;
	while (*at == ')' || *at == ' ' || *at == '-')
		at++;
	return at;
}

bool zone_name_find_offset(const char *name, int *ret_offset)
{
	bool found;
	int offset = 0;
	skip_offset(name, &found, &offset);
	if (found)
		*ret_offset = offset;
	return found;
}

static Zone *find(const char *name)
{
	Zone *zone = load_known(name);
	if (zone == NULL)
		zone = load(name);
	return zone;
}

Zone *zone_find_by_name(const char *name)
{
	static const char microsoft[] = "tzone://Microsoft/";
	if (g_str_has_prefix(name, microsoft))
		name += sizeof microsoft - 1;
	if (strlen(name) > NAME_BYTES)
		return NULL;
	g_autofree char *bare = g_strstrip(g_strdup(name));
	Zone *zone = find(bare);
	if (zone == NULL && *bare == '/')
		zone = load_path(bare);
	if (zone == NULL)
		zone = load_respelled(bare);
	bool has_offset;
	int offset;
	const char *rest = skip_offset(bare, &has_offset, &offset);
	if (zone == NULL && rest != bare && *rest != '\0')
		zone = find(rest);
	return zone == NULL && *rest != '\0' ? load_towns(rest) : zone;
}
