/* companion.c - starts a process, listens to what it complains of, and ends it.
 */
#include "companion.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TOLD_BYTES_MAX = 4096 };

/* In the new process: signals reach it as they reach any other, and it does not outlive the desk. */
static void set_up_child(void *data)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
}

void companion_start(Companion *companion, const char *db_path, const char *now)
{
	char *argv[] = {"/proc/self/exe", "followup", "serve", "--db", (char *)db_path, NULL};
	const GSpawnFlags flags = G_SPAWN_FILE_AND_ARGV_ZERO | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL;
	g_autoptr(GError) failure = NULL;
	*companion = (Companion){.pid_fd = -1, .told_fd = -1, .told = g_string_new(NULL)};
	if (now != NULL)
		companion->fault = g_strdup("A desk that was opened with --now has no clock to send by.");
	else if (!g_spawn_async_with_pipes(
				 NULL, argv, NULL, flags, set_up_child, NULL, &companion->process, NULL, NULL, &companion->told_fd,
				 &failure))
		companion->fault = g_strdup_printf("\"followup serve\" cannot be started: %s.", failure->message);
	if (companion->process == 0)
		return;
	companion->pid_fd = pidfd_open(companion->process, 0);
	(void)!g_unix_set_fd_nonblocking(companion->told_fd, true, NULL);
	(void)!fcntl(companion->told_fd, F_SETFD, FD_CLOEXEC);
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void read_told(Companion *companion)
{
	char buffer[4096];
	ssize_t got = 0;
	while (companion->told_fd >= 0 && (got = read(companion->told_fd, buffer, sizeof buffer)) > 0) {
		g_string_append_len(companion->told, buffer, got);
		if (companion->told->len > TOLD_BYTES_MAX)
			g_string_erase(companion->told, 0, (gssize)companion->told->len - TOLD_BYTES_MAX);
	}
	if (got == 0)
		close_fd(&companion->told_fd);
}

/* Its last line, without the program's name; else how it ended. */
static char *say_fault(const Companion *companion, int status)
{
	g_autofree char *text = g_strstrip(g_utf8_make_valid(companion->told->str, (gssize)companion->told->len));
	const char *line = strrchr(text, '\n');
	line = line == NULL ? text : line + 1;
	if (g_str_has_prefix(line, "followup: "))
		line += strlen("followup: ");
	if (line[0] != '\0' && WIFEXITED(status) && WEXITSTATUS(status) != 0)
		return g_strdup(line);
	return g_strdup("\"followup serve\", which runs beside the desk, was ended.");
}

bool companion_tend(Companion *companion)
{
	int status = 0;
	if (companion->process == 0)
		return false;
	bool ended = waitpid(companion->process, &status, WNOHANG) == companion->process;
	read_told(companion);
	if (!ended)
		return false;
	companion->fault = say_fault(companion, status);
	g_spawn_close_pid(companion->process);
	companion->process = 0;
	close_fd(&companion->pid_fd);
	close_fd(&companion->told_fd);
	return true;
}

void companion_end(Companion *companion)
{
	int status = 0;
	if (companion->told == NULL)
		return;
	if (companion->process != 0) {
		kill(companion->process, SIGTERM);
		close_fd(&companion->told_fd); /* it says nothing more that anybody reads */
		waitpid(companion->process, &status, 0);
		g_spawn_close_pid(companion->process);
	}
	close_fd(&companion->pid_fd);
	close_fd(&companion->told_fd);
	g_string_free(companion->told, TRUE);
	g_free(companion->fault);
}
