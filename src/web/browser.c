/* browser.c - a file with the link in it, and the program that opens files.
 */
#include "browser.h"

#include <glib.h>
#include <signal.h>
#include <unistd.h>

/* In the new process: signals reach it as they reach any other. */
static void let_signals_in(void *data)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool has_desktop(void)
{
	return g_getenv("DISPLAY") != NULL || g_getenv("WAYLAND_DISPLAY") != NULL;
}

bool browser_open(const char *link)
{
	g_autofree char *path = g_build_filename(g_get_user_runtime_dir(), "followup-desk.html", NULL);
	g_autofree char *shown = g_markup_escape_text(link, -1);
	g_autofree char *page = g_strdup_printf(
		"<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" "
		"content=\"0;url=%s\"><title>followup</title>"
		"<a href=\"%s\">To the desk</a>\n",
		shown, shown);
	char *argv[] = {"xdg-open", path, NULL};
	return has_desktop() && g_file_set_contents_full(path, page, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL) &&
		   g_spawn_async(
			   NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
			   let_signals_in, NULL, NULL, NULL);
}
