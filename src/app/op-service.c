/* op-service.c - followup service: a unit of the user's own systemd that keeps "followup serve" running, or timers.
 *
 * Writes files of its own names under the config folder and touches no others.  Where there is no systemd for users,
 * it says what to do instead.
 */
#include "ops.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* What it needs none of is taken from it.  Not taken: name spaces and the file system, which the commands that give a
 * password may need. */
#define HARDENING                                                                                                      \
	"UMask=0077\nNoNewPrivileges=yes\nLockPersonality=yes\nRestrictRealtime=yes\nRestrictSUIDSGID=yes\n"               \
	"SystemCallArchitectures=native\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK\n"

static const char SERVE_UNIT[] = "[Unit]\nDescription=followup: notes leave, the mailbox is watched, reminders\n"
								 "StartLimitIntervalSec=600\nStartLimitBurst=10\n\n"
								 "[Service]\nExecStart=%s --db %s serve\nRestart=on-failure\nRestartSec=30\n" HARDENING
								 "\n[Install]\nWantedBy=default.target\n";
static const char ONCE_UNIT[] =
	"[Unit]\nDescription=followup: %s once\n\n[Service]\nType=oneshot\nExecStart=%s --db %s %s --once\n" HARDENING;
static const char TIMER_UNIT[] =
	"[Unit]\nDescription=followup: %s every few minutes\n\n[Timer]\nOnStartupSec=1min\nOnUnitInactiveSec=5min\n"
	"\n[Install]\nWantedBy=timers.target\n";

static const char *const jobs[] = {"deliver", "watch", "remind"};

static char *unit_path(const char *name)
{
	return g_build_filename(g_get_user_config_dir(), "systemd", "user", name, NULL);
}

/* A word of ExecStart: in quotes, with what systemd would read as something else doubled. */
static char *unit_word(const char *text)
{
	g_autoptr(GString) word = g_string_new("\"");
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			g_string_append_c(word, '\\');
		g_string_append_c(word, *p);
		if (*p == '%' || *p == '$')
			g_string_append_c(word, *p);
	}
	g_string_append_c(word, '"');
	return g_string_free(g_steal_pointer(&word), FALSE);
}

static bool write_unit(const char *name, const char *text, GError **error)
{
	g_autofree char *path = unit_path(name), *folder = g_path_get_dirname(path);
	g_autoptr(GError) failure = NULL;
	if (g_mkdir_with_parents(folder, 0700) != 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, folder, "The folder \"%s\" cannot be made: %s.", folder, g_strerror(errno));
	return g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure) ||
		   base_error_set(
			   error, BASE_ERROR_CONFLICT, path, "The unit \"%s\" cannot be written: %s.", path, failure->message);
}

/* Runs systemctl --user; false where there is none, or it refuses: *ret_said (which is
 * NULL to begin with, or what the one before said) is what it said. */
static bool systemctl(const char *verb, const char *option, const char *unit, char **ret_said)
{
	const char *argv[] = {"systemctl", "--user", verb, option == NULL ? unit : option, option == NULL ? NULL : unit,
						  NULL};
	g_autoptr(GError) failure = NULL;
	g_autofree char *out = NULL, *err = NULL;
	int status = 0;
	bool ran = g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status, &failure);
	bool good = ran && g_spawn_check_wait_status(status, NULL);
	if (ret_said != NULL) {
		g_free(*ret_said);
		*ret_said = g_strdup(g_strstrip(!ran ? failure->message : good || err[0] == '\0' ? out : err));
	}
	return good;
}

/* ---- install ---- */

static bool write_units(const App *app, bool timers, GError **error)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *program = unit_word(self == NULL ? "followup" : self),
					*full = g_canonicalize_filename(app->db_path, NULL);
	g_autofree char *db = unit_word(full);
	g_autofree char *serve = g_strdup_printf(SERVE_UNIT, program, db);
	if (!timers)
		return write_unit("followup.service", serve, error);
	for (size_t i = 0; i < G_N_ELEMENTS(jobs); i++) {
		g_autofree char *once = g_strdup_printf(ONCE_UNIT, jobs[i], program, db, jobs[i]);
		g_autofree char *timer = g_strdup_printf(TIMER_UNIT, jobs[i]);
		g_autofree char *service_name = g_strdup_printf("followup-%s.service", jobs[i]);
		g_autofree char *timer_name = g_strdup_printf("followup-%s.timer", jobs[i]);
		if (!write_unit(service_name, once, error) || !write_unit(timer_name, timer, error))
			return false;
	}
	return true;
}

/* Starts one unit, now and whenever its user logs in. */
static bool enable(const char *unit, char **ret_said)
{
	/* One that runs already runs the newly written unit then. */
	return systemctl("enable", NULL, unit, ret_said) && systemctl("restart", NULL, unit, ret_said);
}

static bool start_units(bool timers, char **ret_said)
{
	if (!systemctl("daemon-reload", NULL, NULL, ret_said))
		return false;
	if (!timers)
		return enable("followup.service", ret_said);
	for (size_t i = 0; i < G_N_ELEMENTS(jobs); i++) {
		g_autofree char *timer = g_strdup_printf("followup-%s.timer", jobs[i]);
		if (!enable(timer, ret_said))
			return false;
	}
	return true;
}

/* All units there can be; of char*. */
static GPtrArray *list_units(void)
{
	GPtrArray *units = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(units, g_strdup("followup.service"));
	for (size_t i = 0; i < G_N_ELEMENTS(jobs); i++) {
		g_ptr_array_add(units, g_strdup_printf("followup-%s.timer", jobs[i]));
		g_ptr_array_add(units, g_strdup_printf("followup-%s.service", jobs[i]));
	}
	return units;
}

/* Stops and takes away those that are there; how many. */
static int remove_units(void)
{
	g_autoptr(GPtrArray) units = list_units();
	int removed = 0;
	for (guint i = 0; i < units->len; i++) {
		g_autofree char *path = unit_path(units->pdata[i]);
		if (access(path, F_OK) != 0)
			continue;
		(void)systemctl("disable", "--now", units->pdata[i], NULL);
		removed += g_unlink(path) == 0;
	}
	(void)systemctl("daemon-reload", NULL, NULL, NULL);
	return removed;
}

static bool install(const App *app, bool timers, Printer *printer, GError **error)
{
	g_autofree char *said = NULL, *path = unit_path(timers ? "followup-deliver.timer" : "followup.service");
	(void)remove_units();
	if (!write_units(app, timers, error))
		return false;
	bool started = start_units(timers, &said);
	printer_object(printer, NULL);
	printer_string(printer, "unit", NULL, path);
	printer_boolean(printer, "started", started);
	printer_say(printer, SAY_GOOD, "Written: %s", path);
	if (started) {
		printer_say(printer, SAY_GOOD, "It runs, and begins whenever you log in.");
		printer_say(printer, SAY_TEXT, "To keep it running while you are logged out:");
		printer_say(printer, SAY_COMMAND, "loginctl enable-linger");
	} else {
		printer_say(
			printer, SAY_WARNING,
			"It was not started, for systemd does not answer here for its users (%s). Run \"followup serve\" when you "
			"log "
			"in, or \"deliver --once\", \"watch --once\" and \"remind --once\" from cron.",
			said == NULL ? "" : said);
	}
	printer_object_end(printer);
	return true;
}

/* ---- the others ---- */

static void tell_status(Printer *printer)
{
	g_autoptr(GPtrArray) units = list_units();
	bool any = false;
	printer_object(printer, NULL);
	printer_list(printer, "units");
	for (guint i = 0; i < units->len; i++) {
		g_autofree char *path = unit_path(units->pdata[i]), *said = NULL;
		if (access(path, F_OK) != 0)
			continue;
		any = true;
		bool active = systemctl("is-active", NULL, units->pdata[i], &said);
		printer_object(printer, NULL);
		printer_string(printer, "unit", NULL, units->pdata[i]);
		printer_boolean(printer, "active", active);
		printer_string(printer, "state", NULL, said);
		printer_row(printer, (const char *const[]){units->pdata[i], said, NULL});
		printer_object_end(printer);
	}
	printer_list_end(printer);
	if (!any) {
		printer_say(printer, SAY_TEXT, "No unit is installed.");
		printer_say(printer, SAY_COMMAND, "followup service install");
	}
	printer_object_end(printer);
}

bool op_service(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *action = op_args_has(args, "action") ? op_args_get(args, "action") : "status";
	if (g_str_equal(action, "install"))
		return install(app, op_args_has(args, "timers"), printer, error);
	if (g_str_equal(action, "status")) {
		tell_status(printer);
		return true;
	}
	int removed = remove_units();
	printer_object(printer, NULL);
	printer_integer(printer, "removed", NULL, removed);
	printer_say(printer, SAY_GOOD, removed == 0 ? "No unit was installed." : "Stopped, and taken away.");
	printer_object_end(printer);
	return true;
}
