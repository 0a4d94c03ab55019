/* route.c - the table, and how a path is held against it.
 */
#include "route.h"

#include "answers.h"

#include <base/text.h>
#include <string.h>

static const Route table[] = {
	{"GET", "/", ROUTE_KEPT, answer_today},
	{"GET", "/enter", ROUTE_OPEN, answer_enter},
	{"GET", "/sign-in", ROUTE_OPEN, answer_sign_in},
	{"POST", "/sign-in", ROUTE_OPEN, answer_sign_in_post},
	{"POST", "/leave", 0, answer_leave},
	{"GET", "/calendar/:", ROUTE_OPEN, answer_feed},
	{"GET", "/settings/access", 0, answer_access},
	{"POST", "/settings/password", 0, answer_password},
	{"POST", "/settings/feed", 0, answer_new_feed},
	{"GET", "/assets/:/:", ROUTE_OPEN, answer_asset},
	{"GET", "/favicon.ico", ROUTE_OPEN, answer_favicon},
	{"GET", "/events", 0, answer_events},
	{"GET", "/inbox", ROUTE_KEPT, answer_inbox},
	{"GET", "/board", ROUTE_KEPT, answer_board},
	{"GET", "/people", ROUTE_KEPT, answer_people},
	{"GET", "/playbooks", ROUTE_KEPT, answer_playbooks},
	{"GET", "/playbooks/:", ROUTE_KEPT, answer_playbook},
	{"GET", "/numbers", ROUTE_KEPT, answer_numbers},
	{"GET", "/search", 0, answer_search},
	{"GET", "/compare", ROUTE_KEPT, answer_compare},
	{"GET", "/calendar", ROUTE_KEPT, answer_calendar},
	{"GET", "/import", 0, answer_import},
	{"POST", "/import", 0, answer_import_post},
	{"GET", "/settings", ROUTE_KEPT, answer_settings},
	{"POST", "/settings/mail", 0, answer_settings_mail},
	{"GET", "/new", 0, answer_new},
	{"POST", "/new", 0, answer_new_post},
	{"GET", "/o/:", ROUTE_KEPT, answer_opportunity},
	{"GET", "/o/:/interview", 0, answer_new},
	{"POST", "/o/:/interview", 0, answer_new_post},
	{"GET", "/o/:/interview/:", 0, answer_new},
	{"POST", "/o/:/interview/:", 0, answer_new_post},
	{"GET", "/o/:/people/:", 0, answer_person},
	{"GET", "/o/:/call/:", 0, answer_call},
	{"GET", "/o/:/call/:/sheet", 0, answer_call_sheet},
	{"GET", "/o/:/calendar", 0, answer_calendar_file},
	{"GET", "/o/:/mail/:", 0, answer_mail_file},
	{"GET", "/api/v1/openapi.json", ROUTE_TOKEN, answer_openapi},
	{"GET", "/api/v1/:", ROUTE_TOKEN, answer_api},
	{"POST", "/api/v1/:", ROUTE_TOKEN, answer_api},
	{"GET", "/do", ROUTE_KEPT, answer_commands},
	{"GET", "/job/:", 0, answer_job},
	{"GET", "/do/:", 0, answer_form},
	{"POST", "/do/:", 0, answer_do},
	{"GET", "/o/:/debrief", 0, answer_debrief_latest},
	{"GET", "/o/:/debrief/:", 0, answer_debrief},
	{"POST", "/o/:/debrief/:", 0, answer_debrief_record},
	{"POST", "/o/:/debrief/:/keep", 0, answer_debrief_keep},
	{"GET", "/o/:/write", 0, answer_write},
	{"POST", "/o/:/write", 0, answer_write_post},
	{"GET", "/o/:/card/:", 0, answer_card},
	{"GET", "/rules/:", ROUTE_KEPT, answer_rule},
	{NULL, NULL, 0, NULL},
};

const Route *route_table(void)
{
	return table;
}

/* Whether the parts of a path fit a pattern; what stands in its open places goes to segments, which has to be cleared
 * where it does not fit. */
static bool fits(const char *pattern, const GPtrArray *parts, Request *request)
{
	int count = 0;
	for (guint i = 0; i < parts->len; i++) {
		const char *part = g_ptr_array_index(parts, i);
		if (*pattern++ != '/')
			return false;
		size_t length = strcspn(pattern, "/");
		bool open = length == 1 && pattern[0] == ':';
		if (open && (part[0] == '\0' || count == SEGMENTS_MAX))
			return false;
		if (open)
			request->segments[count++] = g_strdup(part);
		else if (strlen(part) != length || strncmp(pattern, part, length) != 0)
			return false;
		pattern += length;
	}
	return *pattern == '\0';
}

static void forget_segments(Request *request)
{
	for (int i = 0; i < SEGMENTS_MAX; i++)
		g_clear_pointer(&request->segments[i], g_free);
}

/* What stands between the slashes of a target's path, each decoded by itself, so that an id may hold a slash; NULL
 * where one of them is no text. */
static GPtrArray *split_path(const char *target)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
	const char *at = target;
	while (*at == '/') {
		size_t length = strcspn(++at, "/?");
		char *part = text_read_path_part(at, length);
		if (part == NULL)
			return NULL;
		g_ptr_array_add(parts, part);
		at += length;
	}
	return g_steal_pointer(&parts);
}

const Route *route_find(Request *request, bool *ret_is_path)
{
	const char *method = strcmp(request->method, "HEAD") == 0 ? "GET" : request->method;
	g_autoptr(GPtrArray) parts = split_path(request->target);
	*ret_is_path = false;
	for (const Route *route = table; parts != NULL && route->method != NULL; route++) {
		if (fits(route->pattern, parts, request)) {
			*ret_is_path = true;
			if (strcmp(route->method, method) == 0)
				return route;
		}
		forget_segments(request);
	}
	return NULL;
}
