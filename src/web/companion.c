/* companion.c - starts and ends a process.
 */
#include "companion.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

/* In the new process: signals reach it as they reach any other, and it does not outlive the desk. */
static void set_up_child(void *data)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
}

GPid companion_start(const char *db_path, const char *now)
{
	char *argv[] = {"/proc/self/exe", "followup", "serve", "--db", (char *)db_path, NULL};
	const GSpawnFlags flags = G_SPAWN_FILE_AND_ARGV_ZERO | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
							  G_SPAWN_STDERR_TO_DEV_NULL;
	GPid process = 0;
	if (now != NULL || !g_spawn_async(NULL, argv, NULL, flags, set_up_child, NULL, &process, NULL))
		return 0;
	return process;
}

void companion_end(GPid process)
{
	int status = 0;
	if (process == 0)
		return;
	kill(process, SIGTERM);
	waitpid(process, &status, 0);
	g_spawn_close_pid(process);
}
