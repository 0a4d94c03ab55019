/* video.c - finds meeting links among the addresses of a text.
 *
 * A link is recognised by its host and path alone; nothing is fetched.
 */
#include "video.h"

#include <glib.h>
#include <string.h>

enum { LINK_BYTES = 1024, LINKS_MAX = 64 };

/* A host (and hosts below it) and how the path begins. */
typedef struct Service {
	const char *host, *path;
} Service;

static const Service SERVICES[] = {
	{"zoom.us", "/j/"},
	{"zoom.us", "/s/"},
	{"zoom.us", "/w/"},
	{"zoom.us", "/my/"},
	{"zoom.us", "/wc/"},
	{"zoomgov.com", "/j/"},
	{"zoom.com", "/j/"},
	{"teams.microsoft.com", "/l/meetup-join"},
	{"teams.microsoft.com", "/meet/"},
	{"teams.live.com", "/meet/"},
	{"teams.microsoft.us", "/l/meetup-join"},
	{"meet.google.com", "/"},
	{"hangouts.google.com", "/"},
	{"webex.com", "/"},
	{"gotomeeting.com", "/join"},
	{"gotomeet.me", "/"},
	{"meet.goto.com", "/"},
	{"whereby.com", "/"},
	{"appear.in", "/"},
	{"bluejeans.com", "/"},
	{"chime.aws", "/"},
	{"join.skype.com", "/"},
	{"meet.lync.com", "/"},
	{"lync.com", "/meet"},
	{"meet.jit.si", "/"},
	{"8x8.vc", "/"},
	{"around.co", "/"},
	{"hirevue.com", "/"},
	{"karat.io", "/"},
	{"discord.gg", "/"},
	{"bigbluebutton.org", "/"},
	{"ringcentral.com", "/j/"},
	{"v.ringcentral.com", "/"},
	{"meet.zoho.com", "/"},
	{"livestorm.co", "/"},
	{"facetime.apple.com", "/join"},
	{"dialpad.com", "/"},
	{"meetings.vonage.com", "/"},
};

static bool ends_link(char c)
{
	return (guchar)c <= ' ' || strchr("<>\"\\^`{|}", c) != NULL;
}

/* The address that begins at start ("https://…"), without the punctuation of the sentence around it. */
static char *cut_link(const char *start)
{
	size_t length = 0;
	while (length < LINK_BYTES && !ends_link(start[length]))
		length++;
	if (length == LINK_BYTES)
		return NULL;
	bool has_bracket = memchr(start, '(', length) != NULL;
	while (length > 0 && (strchr(".,;:!?'*", start[length - 1]) != NULL || strchr("]", start[length - 1]) != NULL ||
						  (start[length - 1] == ')' && !has_bracket)))
		length--;
	char *link = g_strndup(start, length);
	for (char *amp = strstr(link, "&amp;"); amp != NULL; amp = strstr(amp + 1, "&amp;"))
		memmove(amp + 1, amp + 5, strlen(amp + 5) + 1);
	return link;
}

/* The value of a parameter of a link, decoded; or NULL. */
static char *link_param(const char *link, const char *name)
{
	g_autofree char *asked = g_strconcat(name, "=", NULL);
	for (const char *at = strpbrk(link, "?&"); at != NULL; at = strpbrk(at + 1, "&")) {
		if (!g_str_has_prefix(at + 1, asked))
			continue;
		const char *value = at + 1 + strlen(asked);
		return g_uri_unescape_segment(value, value + strcspn(value, "&#"), NULL);
	}
	return NULL;
}

/* What a mail gateway or a calendar wrapped: Safe Links, URL Defense, Google's redirections. */
static char *unwrap(const char *link)
{
	char *inner = NULL;
	if (strstr(link, ".safelinks.protection.outlook.com/") != NULL)
		inner = link_param(link, "url");
	else if (strstr(link, "www.google.com/url") != NULL)
		inner = link_param(link, "q");
	const char *defended = strstr(link, "urldefense.com/v3/__");
	if (defended != NULL) {
		const char *start = defended + strlen("urldefense.com/v3/__"), *end = strstr(start, "__;");
		inner = g_strndup(start, end == NULL ? strlen(start) : (size_t)(end - start));
	}
	if (inner != NULL && g_str_has_prefix(inner, "http") && g_utf8_validate(inner, -1, NULL) &&
		strpbrk(inner, " \t\r\n<>\"") == NULL)
		return inner;
	g_free(inner);
	return g_strdup(link);
}

static bool is_service(const char *link)
{
	const char *host = strstr(link, "://");
	if (host == NULL)
		return false;
	host += 3;
	size_t length = strcspn(host, "/?#:");
	const char *path = host + length + strcspn(host + length, "/");
	for (size_t i = 0; i < G_N_ELEMENTS(SERVICES); i++) {
		size_t known = strlen(SERVICES[i].host);
		if (length < known || g_ascii_strncasecmp(host + length - known, SERVICES[i].host, known) != 0)
			continue;
		bool whole = length == known || host[length - known - 1] == '.';
		if (whole && g_str_has_prefix(path, SERVICES[i].path) && strlen(path) > 1)
			return true;
	}
	return false;
}

static const char *find_start(const char *text)
{
	for (const char *at = strstr(text, "://"); at != NULL; at = strstr(at + 1, "://")) {
		if (at - text >= 5 && g_ascii_strncasecmp(at - 5, "https", 5) == 0)
			return at - 5;
		if (at - text >= 4 && g_ascii_strncasecmp(at - 4, "http", 4) == 0)
			return at - 4;
	}
	return NULL;
}

static char *find_link(const char *text, bool any)
{
	int seen = 0;
	const char *start = text == NULL ? NULL : find_start(text);
	for (; start != NULL && seen < LINKS_MAX; start = find_start(start + 7), seen++) {
		g_autofree char *link = cut_link(start);
		if (link == NULL)
			continue;
		g_autofree char *inner = unwrap(link);
		if (any || is_service(inner))
			return g_steal_pointer(&inner);
	}
	return NULL;
}

char *video_find_link(const char *text)
{
	return find_link(text, false);
}

char *video_find_any_link(const char *text)
{
	return find_link(text, true);
}
