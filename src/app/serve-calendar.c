/* serve-calendar.c - publishes the calendar when it would be another one.
 */
#include "serve-calendar.h"

#include "calendar-publish.h"

enum {
	EVERY = 120,        /* seconds between two times that something is put there, at least */
	LOOK_ANYWAY = 3600, /* and between two looks at what nobody changed, at most */
	SHARE = 20,         /* of the time, one part in so many goes into looking */
	AGAIN_FIRST = 60,
	AGAIN_LONGEST = 3600,
	TIMEOUT_MS = 15000, /* others wait meanwhile: notes are to leave */
	SECONDS = 30,
};

static bool is_wanted(const App *app)
{
	return desk_setting(app, "calendar.url") != NULL && g_strcmp0(desk_setting(app, "calendar.automatic"), "no") != 0;
}

/* A server that is away says so in one way or another each time: what is another thing to do for its user is another
 * code. */
static void take_fault(ServeCalendar *calendar, const App *app, const GError *failure, Printer *printer)
{
	calendar->wait = CLAMP(calendar->wait * 2, AGAIN_FIRST, AGAIN_LONGEST);
	calendar->after = app->now + calendar->wait;
	calendar->look_again_at = 0;
	if (calendar->fault != failure->code + 1)
		printer_say(printer, SAY_WARNING, "The calendar could not be published: %s", failure->message);
	calendar->fault = failure->code + 1;
}

/* What was broken off goes on when others had their turn; what was somebody else's at that moment is done later. */
static bool publish(ServeCalendar *calendar, App *app, const char *seal, Printer *printer, GError **error)
{
	const PublishOrder order = {.timeout_ms = TIMEOUT_MS, .seconds = SECONDS};
	PublishCounts counts = {0};
	if (!calendar_publish(app, &order, &counts, error))
		return false;
	bool all = counts.over && counts.foreign == 0, any = counts.created + counts.updated + counts.removed > 0;
	g_free(calendar->seal);
	calendar->seal = all ? g_strdup(seal) : NULL;
	calendar->look_again_at = all ? calendar->look_again_at : 0;
	if (counts.over && (any || counts.foreign > 0))
		calendar->after = app->now + EVERY;
	if (any)
		calendar_tell(&counts, printer);
	return true;
}

static bool look(ServeCalendar *calendar, App *app, Printer *printer, GError **error)
{
	int64_t number = 0, begun = g_get_monotonic_time();
	g_autofree char *seal = NULL;
	if (!store_change_number(app->store, &number, error))
		return false;
	if (number == calendar->number && app->now < calendar->look_again_at)
		return true;
	calendar->number = number;
	calendar->look_again_at = app->now + LOOK_ANYWAY;
	if (!calendar_seal(app, &seal, error))
		return false;
	calendar->after = app->now + (g_get_monotonic_time() - begun) * SHARE / G_USEC_PER_SEC;
	return g_strcmp0(seal, calendar->seal) == 0 || publish(calendar, app, seal, printer, error);
}

void serve_calendar_tend(ServeCalendar *calendar, App *app, Printer *printer)
{
	static const char *const which[] = {"calendar.", NULL};
	g_autofree char *settings = desk_list_settings(app, which);
	g_autoptr(GError) failure = NULL;
	if (g_strcmp0(settings, calendar->settings) != 0) {
		serve_calendar_reset(calendar);
		calendar->settings = g_steal_pointer(&settings);
	}
	if (!is_wanted(app) || app->now < calendar->after)
		return;
	if (look(calendar, app, printer, &failure)) {
		calendar->fault = 0;
		calendar->wait = 0;
	} else if (!desk_is_stopping(app)) {
		take_fault(calendar, app, failure, printer);
	}
}

void serve_calendar_reset(ServeCalendar *calendar)
{
	g_free(calendar->settings);
	g_free(calendar->seal);
	*calendar = (ServeCalendar){0};
}
