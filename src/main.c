/* main.c - brings the parts together: the clock, the modules, and the door.
 *
 * The only file that knows where modules lie and how they are loaded; nobody includes anything of it.
 */
#include "clock.h"

#include <cli/cli.h>

#include <dlfcn.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* Modules are looked for beside a program that was just built, then where it was installed. */
static char *find_module(const char *module_dir, const char *module)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = self == NULL ? NULL : g_path_get_dirname(self);
	const char *const built[] = {"src/mail", "src/exchange",    "src/print", "src/notify",
								 "src/note", "src/note/review", "src/cli",   "src/web"};
	for (size_t i = 0; i < G_N_ELEMENTS(built) && folder != NULL; i++) {
		g_autofree char *path = g_build_filename(folder, built[i], module, NULL);
		if (access(path, R_OK) == 0)
			return g_steal_pointer(&path);
	}
	return g_build_filename(module_dir, module, NULL);
}

/* A module stays loaded until the program ends. */
static const void *load_module(const char *module_dir, const char *module, const char *symbol, char **ret_message)
{
	g_autofree char *path = find_module(module_dir, module);
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	const void *(*table)(void) = NULL;
	if (handle != NULL)
		*(void **)&table = dlsym(handle, symbol);
	if (table != NULL)
		return table();
	*ret_message = g_strdup(dlerror());
	return NULL;
}

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN); /* a reader or a server that goes away is an error to report, not an end */
	return cli_main(
		argc, argv,
		&(CliHost){
			.version = FOLLOWUP_VERSION,
			.module_dir = FOLLOWUP_MODULE_DIR,
			.clock = read_clock,
			.load = load_module,
		});
}
