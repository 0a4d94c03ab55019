/* backup.c - a copy of the store in one file, complete before it bears its name.
 *
 * Until then it is FILE.followup-part: one name, so that what a killed backup leaves is taken by the next.
 */
#include "store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static bool fail_on(const char *path, GError **error)
{
	int cause = errno;
	g_autofree char *name = g_filename_display_name(path);
	if (cause == EEXIST)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL, "%s exists already; name another file or ask to overwrite it.", name);
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

static bool sync_path(const char *path, int flags)
{
	int fd = g_open(path, flags | O_CLOEXEC, 0);
	bool good = fd >= 0 && fsync(fd) == 0;
	int cause = errno;
	if (fd >= 0)
		close(fd);
	errno = cause;
	return good;
}

/* A hard link never replaces a file, a rename always does. */
static bool give_name(const char *draft, const char *path, bool overwrite, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	if (!sync_path(draft, O_RDONLY))
		return fail_on(path, error);
	if (overwrite ? g_rename(draft, path) != 0 : link(draft, path) != 0)
		return fail_on(path, error);
	return sync_path(folder, O_RDONLY | O_DIRECTORY) || fail_on(path, error);
}

/* Opens the draft and locks it against another backup to the same file. One that is linked already is complete and
 * bears its name: it is never written to. */
static bool open_draft(const char *draft, int *ret_fd)
{
	GStatBuf opened, named;
	int fd = g_open(draft, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool good = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &opened) == 0 && g_lstat(draft, &named) == 0;
	bool ours = good && opened.st_ino == named.st_ino && opened.st_nlink == 1;
	if (good && !ours)
		errno = EWOULDBLOCK;
	if (ours && fchmod(fd, 0600) == 0 && ftruncate(fd, 0) == 0) {
		*ret_fd = fd;
		return true;
	}
	int cause = errno;
	if (good && opened.st_nlink > 1)
		g_unlink(draft);
	if (fd >= 0)
		close(fd);
	errno = cause;
	return false;
}

bool store_backup(Store *store, const char *path, bool overwrite, GError **error)
{
	g_autofree char *draft = g_strconcat(path, ".followup-part", NULL);
	int fd = -1;
	if (!check_target(store, path, overwrite, error))
		return false;
	if (!open_draft(draft, &fd) && !open_draft(draft, &fd)) /* once more, after a whole one was put out of the way */
		return fail_on(path, error);
	bool good = sql_copy(store->sql, draft, error) && give_name(draft, path, overwrite, error);
	g_unlink(draft);
	close(fd);
	return good;
}
