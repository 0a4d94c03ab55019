/* secret.c - a secret from a command or a file; the keyring has a file of its own.
 *
 * What is read lies in one buffer of fixed size, which is wiped on every way out.  The secret is part of no message.
 */
#include "keyring.h"

#include <base/error.h>
#include <base/text.h>
#include <mail/secret.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	SECRET_BYTES = 16 * 1024,
	COMMAND_BYTES = 4096,
	COMMAND_TIMEOUT_MS = 30 * 1000,
	GRACE_US = 10 * 1000, /* between two looks whether a command has ended */
};

void mail_secret_free(char *secret)
{
	if (secret == NULL)
		return;
	explicit_bzero(secret, strlen(secret));
	g_free(secret);
}

/* The first line of what was read, without its line end. */
static bool take_line(const char *bytes, size_t length, const char *what, char **ret_secret, GError **error)
{
	const char *end = memchr(bytes, '\n', length);
	size_t line = end == NULL ? length : (size_t)(end - bytes);
	if (line > 0 && bytes[line - 1] == '\r')
		line--;
	if (line == 0 || line >= SECRET_BYTES || memchr(bytes, '\0', line) != NULL)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL,
			"%s gives no password or token: its first line has to be one, of at most %d bytes and without NUL bytes.",
			what, SECRET_BYTES - 1);
	*ret_secret = g_strndup(bytes, line);
	return true;
}

static bool check_file(int fd, const char *path, GError **error)
{
	struct stat info;
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
		return base_error_set(error, BASE_ERROR_CONFLICT, NULL, "The password file %s is no plain file.", path);
	if (info.st_uid != geteuid())
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL,
			"The password file %s belongs to somebody else; it has to be "
			"yours.",
			path);
	if ((info.st_mode & 0177) != 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, NULL,
			"The password file %s is open to others (mode %04o): run chmod "
			"600 on it.",
			path, (unsigned)(info.st_mode & 07777));
	return true;
}

/* Reads until the buffer is full or nothing more comes; the bytes read, or -1. */
static ssize_t read_all(int fd, char *buffer, size_t size)
{
	size_t filled = 0;
	while (filled < size) {
		ssize_t got = read(fd, buffer + filled, size - filled);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		filled += (size_t)got;
	}
	return (ssize_t)filled;
}

static bool read_file(int fd, const char *path, char **ret_secret, GError **error)
{
	if (!check_file(fd, path, error))
		return false;
	char buffer[SECRET_BYTES];
	ssize_t length = read_all(fd, buffer, sizeof buffer);
	g_autofree char *what = g_strdup_printf("The password file %s", path);
	bool done =
		length < 0
			? base_error_set(error, BASE_ERROR_TEMPORARY, NULL, "%s cannot be read: %s.", what, g_strerror(errno))
			: take_line(buffer, (size_t)length, what, ret_secret, error);
	explicit_bzero(buffer, sizeof buffer);
	return done;
}

static bool load_file(const char *path, char **ret_secret, GError **error)
{
	if (text_is_blank(path))
		return base_error_set(error, BASE_ERROR_INVALID, "path", "No file is named for the mail password.");
	g_autofree char *shown = text_to_show(path, 200);
	/* Not blocking, so that a pipe of that name holds nobody up. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return base_error_set(
			error, errno == ENOENT ? BASE_ERROR_MISSING : BASE_ERROR_CONFLICT, NULL,
			"The password file %s cannot be opened: %s.", shown, g_strerror(errno));
	bool done = read_file(fd, shown, ret_secret, error);
	close(fd);
	return done;
}

/* Keeps the first bytes in the buffer and lets the rest go by until the output ends; false when the time is over, or it
 * is to stop. */
static bool drain(int fd, int stop_fd, char *buffer, size_t *ret_length, gint64 deadline)
{
	char rest[512];
	for (size_t filled = 0;; *ret_length = filled) {
		gint64 left = (deadline - g_get_monotonic_time()) / 1000;
		struct pollfd waits[2] = {{.fd = fd, .events = POLLIN}, {.fd = stop_fd, .events = POLLIN}};
		int ready = left <= 0 ? 0 : poll(waits, stop_fd == 0 ? 1 : 2, (int)MIN(left, G_MAXINT));
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0 || (stop_fd != 0 && waits[1].revents != 0))
			return false;
		bool full = filled == SECRET_BYTES;
		ssize_t got = read(fd, full ? rest : buffer + filled, full ? sizeof rest : SECRET_BYTES - filled);
		if (got == 0 || (got < 0 && errno != EINTR)) {
			explicit_bzero(rest, sizeof rest);
			return true;
		}
		filled += full || got < 0 ? 0 : (size_t)got;
	}
}

/* Waits for the end of a command that closed its output; a command that lives on beyond the deadline is killed. */
static bool reap(GPid pid, gint64 deadline, int *ret_status)
{
	for (;;) {
		pid_t ended = waitpid(pid, ret_status, WNOHANG);
		if (ended == pid)
			return true;
		if (ended < 0 && errno != EINTR)
			return false;
		if (g_get_monotonic_time() >= deadline) {
			kill(pid, SIGKILL);
			while (waitpid(pid, ret_status, 0) < 0 && errno == EINTR)
				continue;
			return false;
		}
		g_usleep(GRACE_US);
	}
}

/* Whoever has a way to be stopped keeps signals from itself: not from what it runs. */
static void let_signals_in(void *data)
{
	sigset_t none;
	(void)data;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool run_command(char **argv, int stop_fd, int timeout_ms, char **ret_secret, GError **error)
{
	g_autofree char *name = text_to_show(argv[0], 80);
	g_autofree char *what = g_strdup_printf("The password command %s", name);
	g_autoptr(GError) failure = NULL;
	GPid pid = 0;
	int out = -1;
	/* Its errors go where ours go: it may have something to say to its owner. */
	if (!g_spawn_async_with_pipes(
			NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, stop_fd == 0 ? NULL : let_signals_in,
			NULL, &pid, NULL, &out, NULL, &failure))
		return base_error_set(error, BASE_ERROR_MISSING, NULL, "%s cannot be run: %s.", what, failure->message);
	gint64 deadline = g_get_monotonic_time() + (gint64)timeout_ms * 1000;
	char buffer[SECRET_BYTES];
	size_t length = 0;
	int status = 0;
	bool in_time = drain(out, stop_fd, buffer, &length, deadline);
	close(out);
	in_time = reap(pid, in_time ? deadline : 0, &status) && in_time;
	bool done = false;
	if (!in_time)
		base_error_set(
			error, BASE_ERROR_TEMPORARY, NULL, "%s took longer than %d s and was ended.", what, timeout_ms / 1000);
	else if (!g_spawn_check_wait_status(status, NULL))
		base_error_set(error, BASE_ERROR_CONFLICT, NULL, "%s failed; run it in a terminal to see what it needs.", what);
	else
		done = take_line(buffer, length, what, ret_secret, error);
	explicit_bzero(buffer, sizeof buffer);
	return done;
}

static bool load_command(const MailSecretSource *source, char **ret_secret, GError **error)
{
	g_auto(GStrv) argv = NULL;
	g_autoptr(GError) failure = NULL;
	if (text_is_blank(source->command) || strlen(source->command) > COMMAND_BYTES ||
		!g_shell_parse_argv(source->command, NULL, &argv, &failure))
		return base_error_set(
			error, BASE_ERROR_INVALID, "command",
			"The password command cannot be read: it is words, quoted as in a shell, of at most %d bytes.",
			COMMAND_BYTES);
	int timeout_ms = source->timeout_ms > 0 ? source->timeout_ms : COMMAND_TIMEOUT_MS;
	return run_command(argv, source->stop_fd, timeout_ms, ret_secret, error);
}

bool mail_secret_load(const MailSecretSource *source, char **ret_secret, GError **error)
{
	switch (source->kind) {
	case MAIL_SECRET_COMMAND:
		return load_command(source, ret_secret, error);
	case MAIL_SECRET_FILE:
		return load_file(source->path, ret_secret, error);
	case MAIL_SECRET_KEYRING:
		return keyring_load(source->host, source->user, ret_secret, error);
	}
	return base_error_set(
		error, BASE_ERROR_INVALID, "kind", "A mail password comes from a command, the keyring or a file.");
}

bool mail_secret_store(const MailSecretSource *source, const char *secret, GError **error)
{
	if (source->kind != MAIL_SECRET_KEYRING)
		return base_error_set(
			error, BASE_ERROR_INVALID, "kind",
			"A mail password can be stored in the keyring only; a command or a file keeps its own.");
	return secret == NULL ? keyring_clear(source->host, source->user, error)
						  : keyring_store(source->host, source->user, secret, error);
}
