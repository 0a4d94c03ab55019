/* backend.c - see backend.h.
 */
#include "backend.h"

#include "sample.h"

static const Backend BACKENDS[] = {{"memory", false, NULL}, {"file", true, "store.db"}};

static void set_up(Bench *bench, const void *data)
{
	bench->backend = data;
	bench->folder = sample_folder_new();
	bench->path = bench->backend->file == NULL ? g_strdup(STORE_MEMORY)
											   : g_build_filename(bench->folder, bench->backend->file, NULL);
	bench->store = sample_open(bench->path, STORE_WRITE);
	sample_account_save(bench->store);
}

static void tear_down(Bench *bench, const void *data)
{
	store_close(bench->store);
	g_free(bench->path);
	sample_folder_remove(bench->folder);
}

void backend_add_cases(const char *suite, const BackendCase *cases, guint count)
{
	for (guint backend = 0; backend < G_N_ELEMENTS(BACKENDS); backend++)
		for (guint i = 0; i < count; i++) {
			g_autofree char *path = g_strdup_printf("/%s/%s/%s", suite, BACKENDS[backend].name, cases[i].name);
			g_test_add(path, Bench, &BACKENDS[backend], set_up, cases[i].run, tear_down);
		}
}
