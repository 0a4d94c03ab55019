/* serve-lock.c - flock on a file beside the database.
 */
#include "serve-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool refuse_second(int fd, const App *app, GError **error)
{
	char text[24] = "";
	ssize_t length = pread(fd, text, sizeof text - 1, 0);
	long process = length > 0 ? strtol(text, NULL, 10) : 0;
	g_autofree char *who = process > 0 ? g_strdup_printf(" (process %ld)", process) : g_strdup("");
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "db",
		"Another \"followup serve\"%s sees to the database %s already; one is enough.", who, app->db_path);
}

bool serve_lock_take(const App *app, ServeLock *ret_lock, GError **error)
{
	g_autofree char *path = g_strconcat(app->db_path, ".serve", NULL);
	g_autofree char *process = g_strdup_printf("%ld\n", (long)getpid());
	struct stat info;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 || fstat(fd, &info) != 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, path, "The lock \"%s\" cannot be made: %s.", path, g_strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		bool taken = refuse_second(fd, app, error);
		close(fd);
		return taken;
	}
	ret_lock->fd = fd;
	ret_lock->alive_at = info.st_size == 0 ? TIME_NONE : (int64_t)info.st_mtim.tv_sec;
	/* Who it is matters to a message alone. */
	if (ftruncate(fd, 0) != 0 || pwrite(fd, process, strlen(process), 0) < 0)
		serve_lock_touch(ret_lock);
	return true;
}

void serve_lock_touch(const ServeLock *lock)
{
	(void)!futimens(lock->fd, NULL);
}

void serve_lock_release(ServeLock *lock)
{
	serve_lock_touch(lock);
	close(lock->fd);
}

bool app_is_served(const App *app)
{
	g_autofree char *path = g_strconcat(app->db_path, ".serve", NULL);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool served = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
	if (fd >= 0)
		close(fd);
	return served;
}
