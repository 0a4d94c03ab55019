/* backup.c - a copy of the store in one file, complete before it bears its name.
 */
#include "store-private.h"

#include <base/part-file.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

static bool fail_on(const char *path, GError **error)
{
	int cause = errno;
	g_autofree char *name = g_filename_display_name(path);
	if (cause == EEXIST)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL, "%s exists already; name another file, or replace it (--force).", name);
	if (cause == EWOULDBLOCK)
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, NULL, "Another backup to %s is being made; try again when it is done.", name);
	bool full = cause == ENOSPC || cause == EDQUOT;
	return base_error_set(
		error, full ? BASE_ERROR_TEMPORARY : BASE_ERROR_CONFLICT, NULL, "The backup cannot be written to %s: %s.", name,
		g_strerror(cause));
}

/* A log with something in it belongs to the database that is there now; after the exchange it would be read into the
 * copy. (A reader leaves an empty one behind, which does no harm.) */
static bool check_target(Store *store, const char *path, bool overwrite, GError **error)
{
	g_autofree char *log = g_strconcat(path, "-wal", NULL);
	g_autofree char *name = g_filename_display_name(path);
	if (sql_is_file(store->sql, path))
		return base_error_set(error, BASE_ERROR_INVALID, NULL, "%s is the store itself; name another file.", name);
	if (!overwrite && g_access(path, F_OK) == 0) {
		errno = EEXIST;
		return fail_on(path, error);
	}
	GStatBuf found;
	if (g_stat(log, &found) == 0 && found.st_size > 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL, "%s is a database in use (%s-wal lies beside it); name another file.",
			name, name);
	return true;
}

bool store_backup(Store *store, const char *path, bool overwrite, GError **error)
{
	g_autoptr(PartFile) file = NULL;
	if (!check_target(store, path, overwrite, error))
		return false;
	if (!part_file_open(path, &file))
		return fail_on(path, error);
	return sql_copy(store->sql, file->part, error) && (part_file_finish(file, overwrite) || fail_on(path, error));
}
