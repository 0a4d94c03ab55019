/* serve-watch.c - starts, tends and ends the process "followup watch".
 */
#include "serve-watch.h"

#include "watch-setup.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECOND INT64_C(1000000)

/* In the new process: signals reach it as they reach any other, and it does not outlive its parent. */
static void set_up_child(void *data)
{
	sigset_t none;
	(void)data;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static void start(ServeWatch *watch, const App *app, Printer *printer)
{
	char *argv[] = {"/proc/self/exe", "followup", "watch", "--db", app->db_path, watch->json ? "--format" : NULL,
					"json",           NULL};
	g_autoptr(GError) failure = NULL;
	const GSpawnFlags flags = G_SPAWN_FILE_AND_ARGV_ZERO | G_SPAWN_DO_NOT_REAP_CHILD;
	if (!g_spawn_async(NULL, argv, NULL, flags, set_up_child, NULL, &watch->process, &failure)) {
		watch->process = 0;
		printer_say(printer, SAY_WARNING, "The mailbox cannot be watched: %s.", failure->message);
	}
}

/* It ended by itself: it is started again, a little later each time. */
static void take_ended(ServeWatch *watch, int64_t now)
{
	const int64_t first = 30 * SECOND, longest = 900 * SECOND;
	int status = 0;
	if (watch->process == 0 || waitpid(watch->process, &status, WNOHANG) != watch->process)
		return;
	watch->process = 0;
	watch->wait = CLAMP(watch->wait * 2, first, longest);
	watch->not_before = now + watch->wait;
}

void serve_watch_tend(ServeWatch *watch, const App *app, Printer *printer)
{
	int64_t now = g_get_monotonic_time();
	static const char *const which[] = {"inbox.", "mail.secret", NULL};
	g_autofree char *settings = desk_list_settings(app, which);
	take_ended(watch, now);
	if (g_strcmp0(settings, watch->settings) != 0) {
		serve_watch_end(watch);
		watch->settings = g_steal_pointer(&settings);
	}
	if (watch->process == 0 && now >= watch->not_before && inbox_is_set_up(app))
		start(watch, app, printer);
}

void serve_watch_end(ServeWatch *watch)
{
	enum { LOOKS = 30, PAUSE = 10000 }; /* microseconds */
	int status = 0;
	for (int look = 0; watch->process != 0 && look <= LOOKS; look++) {
		if (look == 0 || look == LOOKS)
			kill(watch->process, look == 0 ? SIGTERM : SIGKILL);
		if (waitpid(watch->process, &status, look == LOOKS ? 0 : WNOHANG) == watch->process)
			watch->process = 0;
		else
			g_usleep(PAUSE);
	}
	watch->not_before = watch->wait = 0;
	g_clear_pointer(&watch->settings, g_free);
}
