/* editor.c - a text in the user's own editor, by way of a file only they can read.
 */
#include "editor.h"

#include <base/error.h>
#include <base/limits.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *find_editor(void)
{
	static const char *const usual[] = {"sensible-editor", "nano", "vi"};
	const char *chosen = getenv("VISUAL");
	if (chosen == NULL || chosen[0] == '\0')
		chosen = getenv("EDITOR");
	for (size_t i = 0; (chosen == NULL || chosen[0] == '\0') && i < G_N_ELEMENTS(usual); i++) {
		g_autofree char *path = g_find_program_in_path(usual[i]);
		if (path != NULL)
			chosen = usual[i];
	}
	return chosen;
}

/* Runs it as a child that alone hears interrupts: Ctrl-C in the editor is the editor's. */
static bool wait_for(char **words)
{
	struct sigaction ignored = {.sa_handler = SIG_IGN}, interrupt, quit;
	int status = 0;
	sigaction(SIGINT, &ignored, &interrupt);
	sigaction(SIGQUIT, &ignored, &quit);
	pid_t child = fork();
	if (child == 0) {
		sigaction(SIGINT, &interrupt, NULL);
		sigaction(SIGQUIT, &quit, NULL);
		signal(SIGPIPE, SIG_DFL);
		execvp(words[0], words);
		_exit(127);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The editor's words are the user's own setting; the file's name is added as one word, without a shell. */
static bool run(const char *editor, const char *path, GError **error)
{
	g_auto(GStrv) words = NULL;
	int count = 0;
	if (!g_shell_parse_argv(editor, &count, &words, NULL))
		return base_error_set(error, BASE_ERROR_INVALID, "EDITOR", "EDITOR is set to what is no command: %s.", editor);
	words = g_renew(char *, words, count + 2);
	words[count] = g_strdup(path);
	words[count + 1] = NULL;
	return wait_for(words) ||
		   base_error_set(
			   error, BASE_ERROR_CONFLICT, "EDITOR", "The editor %s did not end well; nothing was changed.", words[0]);
}

static bool make_copy(const char *text, char **ret_path, GError **error)
{
	g_autofree char *path = NULL;
	size_t length = strlen(text);
	int fd = g_file_open_tmp("followup-XXXXXX.txt", &path, NULL); /* mode 0600 */
	bool good = fd >= 0 && write(fd, text, length) == (ssize_t)length;
	if (fd >= 0)
		close(fd);
	if (good) {
		*ret_path = g_steal_pointer(&path);
		return true;
	}
	if (fd >= 0)
		unlink(path);
	return base_error_set(error, BASE_ERROR_TEMPORARY, NULL, "No temporary file can be written; is the disk full?");
}

static bool read_copy(const char *path, const char *before, char **ret_text, GError **error)
{
	g_autofree char *edited = NULL;
	gsize length = 0;
	if (!g_file_get_contents(path, &edited, &length, NULL) || length > LIMIT_NOTE_BYTES ||
		!g_utf8_validate(edited, (gssize)length, NULL))
		return base_error_set(
			error, BASE_ERROR_INVALID, NULL, "What was saved is no text of at most %d KiB in UTF-8.",
			LIMIT_NOTE_BYTES / 1024);
	if (strcmp(edited, before) == 0)
		return base_error_set(error, BASE_ERROR_CONFLICT, NULL, "Nothing was changed.");
	*ret_text = g_steal_pointer(&edited);
	return true;
}

bool editor_run(const char *text, char **ret_text, char **ret_path, GError **error)
{
	const char *editor = find_editor();
	char *path = NULL;
	if (editor == NULL || editor[0] == '\0')
		return base_error_set(
			error, BASE_ERROR_MISSING, "EDITOR", "No editor was found; set EDITOR, or give the text with --text.");
	if (!make_copy(text, &path, error))
		return false;
	if (!run(editor, path, error) || !read_copy(path, text, ret_text, error)) {
		editor_forget(path);
		return false;
	}
	*ret_path = path;
	return true;
}

void editor_forget(char *path)
{
	if (path != NULL)
		unlink(path);
	g_free(path);
}
