/* remind-setup.c - when there are notices, and when the day's mail goes out.
 */
#include "remind.h"

#include <stdio.h>
#include <string.h>

enum { MINUTE = 60 };

bool remind_read_time(const char *text, int *ret_second)
{
	int hour = 0, minute = 0, length = 0;
	if (text == NULL || sscanf(text, "%2d:%2d%n", &hour, &minute, &length) != 2 || text[length] != '\0' || hour < 0 ||
		hour > 23 || minute < 0 || minute > 59)
		return false;
	*ret_second = hour * 3600 + minute * MINUTE;
	return true;
}

bool remind_read_span(const char *text, int *ret_from, int *ret_until)
{
	const char *dash = text == NULL ? NULL : strchr(text, '-');
	g_autofree char *begin = dash == NULL ? NULL : g_strndup(text, (size_t)(dash - text));
	return begin != NULL && remind_read_time(g_strstrip(begin), ret_from) && remind_read_time(dash + 1, ret_until);
}

RemindSetup remind_setup(const App *app)
{
	RemindSetup setup = {.desktop = g_strcmp0(desk_setting(app, "reminders.desktop"), "no") != 0, .digest = -1};
	const char *quiet = desk_setting(app, "reminders.quiet");
	if (!remind_read_span(quiet == NULL ? REMIND_QUIET_USUAL : quiet, &setup.quiet_from, &setup.quiet_until))
		setup.quiet_from = setup.quiet_until = 0;
	(void)remind_read_time(desk_setting(app, "reminders.digest"), &setup.digest);
	return setup;
}
