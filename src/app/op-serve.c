/* op-serve.c - followup serve: the one program that goes on: notes leave, the mailbox is watched, its user reminded,
 * the calendar published.
 *
 * Whatever it does is done by the same functions as by hand, and is on record when it is done: it can be stopped, or
 * killed, at any moment.  What fails is said, and tried again; it ends only where the database itself does not work.
 */
#include "dispatch.h"
#include "ops.h"
#include "remind.h"
#include "serve-calendar.h"
#include "serve-gap.h"
#include "serve-lock.h"
#include "serve-watch.h"

#include <poll.h>
#include <unistd.h>

enum {
	TICK = 5,         /* seconds between two looks at what is to be done */
	OUTAGE_MIN = 600, /* nobody was here for longer than a restart takes */
	AGAIN_FIRST = 30, /* seconds until what failed is tried again; doubled up to */
	AGAIN_LONGEST = 900,
	REMIND_EVERY = 60,
};

typedef struct Serve {
	App *app;
	Printer *printer;
	ServeLock lock;
	ServeWatch watch;
	ServeCalendar calendar;
	ServeClock clock;
	int64_t deliver_after, deliver_wait;
	int64_t remind_after;
	char *remind_fault; /* of the last pass, so that it is said once; or NULL */
} Serve;

static bool is_fatal(const GError *failure)
{
	return g_error_matches(failure, BASE_ERROR, BASE_ERROR_INTERNAL) || failure->domain != BASE_ERROR;
}

/* A pass that failed is tried again later; one that was broken off because it is to end is no failure. */
static bool take_failure(Serve *serve, GError *failure, GError **error)
{
	bool stopping = desk_is_stopping(serve->app);
	printer_list_end(serve->printer);
	printer_string(serve->printer, "failure", NULL, stopping ? NULL : failure->message);
	if (!stopping)
		printer_say_text(serve->printer, SAY_WARNING, failure->message);
	printer_object_end(serve->printer);
	if (!stopping && is_fatal(failure)) {
		g_propagate_error(error, g_error_copy(failure));
		return false;
	}
	serve->deliver_wait = CLAMP(serve->deliver_wait * 2, AGAIN_FIRST, AGAIN_LONGEST);
	serve->deliver_after = serve->app->now + serve->deliver_wait;
	return true;
}

/* Sends what is due, if anything is. */
static bool deliver(Serve *serve, GError **error)
{
	App *app = serve->app;
	DispatchCounts counts = {0};
	g_autoptr(GError) failure = NULL;
	int64_t next = TIME_NONE;
	if (app->now < serve->deliver_after)
		return true;
	if (!store_outbox_next_at(app->store, &next, error))
		return false;
	if (next == TIME_NONE || next > app->now)
		return true;
	if (!dispatch_pass(app, serve->printer, &counts, &failure))
		return take_failure(serve, failure, error);
	serve->deliver_after = serve->deliver_wait = 0;
	return true;
}

/* What keeps a reminder from being given is said once, and is no reason to end. A pass that found nothing is silent. */
static bool remind(Serve *serve, GError **error)
{
	App *app = serve->app;
	g_auto(RemindCounts) counts = {0};
	g_autoptr(GError) failure = NULL;
	if (app->now < serve->remind_after || !remind_is_wanted(app))
		return true;
	serve->remind_after = app->now + REMIND_EVERY;
	bool good = remind_give(app, &counts, &failure);
	if (counts.told + counts.digest > 0)
		remind_tell(&counts, serve->printer);
	if (!good && is_fatal(failure)) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return false;
	}
	if (!good && g_strcmp0(serve->remind_fault, failure->message) != 0)
		printer_say_text(serve->printer, SAY_WARNING, failure->message);
	g_free(serve->remind_fault);
	serve->remind_fault = good ? NULL : g_strdup(failure->message);
	return true;
}

/* After a sleep connections are dead that look alive, and what failed before may work now. */
static bool take_gap(Serve *serve, GError **error)
{
	ServeClock now = serve_clock_read(serve->app);
	int64_t gap = serve_clock_gap(&serve->clock, &now, TICK), from = serve->clock.wall;
	if (gap == 0)
		return true;
	serve->deliver_after = serve->deliver_wait = serve->remind_after = 0;
	serve_watch_end(&serve->watch);
	serve_calendar_reset(&serve->calendar);
	return gap < 0 || serve_tell_gap(serve->app, from, now.wall, serve->printer, error);
}

static bool tick(Serve *serve, GError **error)
{
	serve_lock_touch(&serve->lock);
	if (!desk_refresh(serve->app, error) || !take_gap(serve, error))
		return false;
	serve_watch_tend(&serve->watch, serve->app, serve->printer);
	if (!deliver(serve, error) || (!desk_is_stopping(serve->app) && !remind(serve, error)))
		return false;
	if (!desk_is_stopping(serve->app))
		serve_calendar_tend(&serve->calendar, serve->app, serve->printer);
	return true;
}

/* What a tick could not do because others hold the database, or a disk is full, the next one may. */
static bool run(Serve *serve, GError **error)
{
	struct pollfd stop = {.fd = serve->app->stop_fd, .events = POLLIN};
	do {
		g_autoptr(GError) failure = NULL;
		if (!tick(serve, &failure) && is_fatal(failure)) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return false;
		}
		if (failure != NULL)
			printer_say_text(serve->printer, SAY_WARNING, failure->message);
		if (serve->app->warning != NULL)
			printer_say_text(serve->printer, SAY_WARNING, serve->app->warning);
		printer_flush(serve->printer);
		serve->clock = serve_clock_read(serve->app);
	} while (poll(&stop, 1, TICK * 1000) == 0);
	return true;
}

static void tell_begin(const Serve *serve, Printer *printer)
{
	printer_object(printer, NULL);
	printer_string(printer, "serving", NULL, serve->app->db_path);
	printer_integer(printer, "process", NULL, getpid());
	printer_say(printer, SAY_GOOD, "Here: notes leave as their time comes, until this is ended (Ctrl-C).");
	printer_object_end(printer);
	printer_flush(printer);
}

static bool begin(Serve *serve, GError **error)
{
	int64_t alive_at = serve->lock.alive_at;
	tell_begin(serve, serve->printer);
	serve->clock = serve_clock_read(serve->app);
	return alive_at == TIME_NONE || serve->app->now - alive_at < OUTAGE_MIN ||
		   serve_tell_gap(serve->app, alive_at, serve->app->now, serve->printer, error);
}

bool op_serve(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	Serve serve = {.app = app, .printer = printer, .watch = {.json = printer->for_programs}};
	if (app->now_text != NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "now",
			"serve goes by the real clock; with --now, say deliver --once, watch --once or remind --once.");
	if (!serve_lock_take(app, &serve.lock, error))
		return false;
	bool good = app_open_stop(&app->stop_fd, error) && begin(&serve, error) && run(&serve, error);
	serve_watch_end(&serve.watch);
	serve_calendar_reset(&serve.calendar);
	serve_lock_release(&serve.lock);
	g_free(serve.remind_fault);
	if (good)
		printer_say(printer, SAY_TEXT, "Ended.");
	return good;
}
