/* lock.c - flock on DATABASE.desk.
 */
#include "lock.h"

#include <base/error.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { BASE_BYTES_MAX = 512, PATIENCE = 2000000, PAUSE = 20000 }; /* microseconds */

/* What the other one has written; it may just be opening. Free with g_free. */
static char *read_base(int fd)
{
	for (int64_t begun = g_get_monotonic_time(); g_get_monotonic_time() - begun < PATIENCE; g_usleep(PAUSE)) {
		char text[BASE_BYTES_MAX] = "";
		ssize_t length = pread(fd, text, sizeof text - 1, 0);
		char *end = length > 0 ? strchr(text, '\n') : NULL;
		if (end != NULL)
			return g_strndup(text, (size_t)(end - text));
	}
	return NULL;
}

bool desk_lock_take(const char *db_path, DeskLock *ret_lock, char **ret_base, GError **error)
{
	g_autofree char *path = g_strconcat(db_path, ".desk", NULL), *base = NULL;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, path, "The lock \"%s\" cannot be made: %s.", path, g_strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		(void)!ftruncate(fd, 0); /* what one that was killed has left */
		ret_lock->fd = fd;
		*ret_base = NULL;
		return true;
	}
	base = read_base(fd);
	close(fd);
	if (base == NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "db",
			"Another desk of the database %s is being opened or closed; try again in a moment.", db_path);
	*ret_base = g_steal_pointer(&base);
	return true;
}

void desk_lock_tell(const DeskLock *lock, const char *base)
{
	g_autofree char *line = g_strconcat(base, "\n", NULL);
	(void)!pwrite(lock->fd, line, strlen(line), 0);
}

void desk_lock_release(DeskLock *lock)
{
	if (lock->fd < 0)
		return;
	(void)!ftruncate(lock->fd, 0);
	close(lock->fd);
	lock->fd = -1;
}
