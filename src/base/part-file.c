/* part-file.c - see part-file.h: locked while it is written, synced, then linked or renamed.
 */
#include <base/part-file.h>

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* Opens the part and locks it. One that is linked already is complete and bears its name: it is never written to. */
static int open_part(const char *part)
{
	GStatBuf opened, named;
	int fd = g_open(part, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool good = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &opened) == 0 && g_lstat(part, &named) == 0;
	bool ours = good && opened.st_ino == named.st_ino && opened.st_nlink == 1;
	if (good && !ours)
		errno = EWOULDBLOCK;
	if (ours && fchmod(fd, 0600) == 0 && ftruncate(fd, 0) == 0)
		return fd;
	int cause = errno;
	if (good && opened.st_nlink > 1)
		g_unlink(part);
	if (fd >= 0)
		close(fd);
	errno = cause;
	return -1;
}

bool part_file_open(const char *path, PartFile **ret_file)
{
	g_autofree char *part = g_strconcat(path, ".followup-part", NULL);
	int fd = open_part(part);
	if (fd < 0)
		fd = open_part(part); /* once more, after a whole one was put out of the way */
	if (fd < 0)
		return false;
	PartFile *file = g_new0(PartFile, 1);
	file->path = g_strdup(path);
	file->part = g_steal_pointer(&part);
	file->fd = fd;
	*ret_file = file;
	return true;
}

static bool sync_folder(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	int fd = g_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	bool good = fd >= 0 && fsync(fd) == 0;
	int cause = errno;
	if (fd >= 0)
		close(fd);
	errno = cause;
	return good;
}

/* A hard link never replaces a file, a rename always does. */
bool part_file_finish(PartFile *file, bool overwrite)
{
	if (fsync(file->fd) != 0)
		return false;
	if (overwrite ? g_rename(file->part, file->path) != 0 : link(file->part, file->path) != 0)
		return false;
	if (overwrite)
		g_clear_pointer(&file->part, g_free);
	return sync_folder(file->path);
}

void part_file_free(PartFile *file)
{
	if (file == NULL)
		return;
	int cause = errno;
	if (file->part != NULL)
		g_unlink(file->part);
	close(file->fd);
	g_free(file->part);
	g_free(file->path);
	g_free(file);
	errno = cause;
}
