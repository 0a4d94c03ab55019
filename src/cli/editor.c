/* editor.c - a text in the user's own editor, by way of a file only they can read.
 */
#include "editor.h"

#include <base/error.h>
#include <base/limits.h>
#include <errno.h>
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

/* The editor's words are the user's own setting; the file's name is added as one word, without a shell. */
static bool run(const char *editor, const char *path, GError **error)
{
	g_auto(GStrv) words = NULL;
	int count = 0, status = 0;
	if (!g_shell_parse_argv(editor, &count, &words, NULL))
		return base_error_set(error, BASE_ERROR_INVALID, "EDITOR", "EDITOR is set to what is no command: %s.", editor);
	words = g_renew(char *, words, count + 2);
	words[count] = g_strdup(path);
	words[count + 1] = NULL;
	pid_t child = fork();
	if (child == 0) {
		execvp(words[0], words);
		_exit(127);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "EDITOR", "The editor %s did not end well; nothing was changed.", words[0]);
	return true;
}

bool editor_run(const char *text, char **ret_text, GError **error)
{
	const char *editor = find_editor();
	g_autofree char *path = NULL, *edited = NULL;
	if (editor == NULL || editor[0] == '\0')
		return base_error_set(
			error, BASE_ERROR_MISSING, "EDITOR", "No editor was found; set EDITOR, or give the text with --text.");
	int fd = g_file_open_tmp("followup-XXXXXX.txt", &path, NULL); /* mode 0600 */
	if (fd < 0)
		return base_error_set(error, BASE_ERROR_TEMPORARY, NULL, "No temporary file can be made; is the disk full?");
	size_t length = strlen(text);
	bool good = write(fd, text, length) == (ssize_t)length;
	close(fd);
	if (!good)
		base_error_set(error, BASE_ERROR_TEMPORARY, path, "The temporary file cannot be written; is the disk full?");
	good = good && run(editor, path, error);
	gsize got = 0;
	if (good && (!g_file_get_contents(path, &edited, &got, NULL) || got > LIMIT_NOTE_BYTES ||
				 !g_utf8_validate(edited, (gssize)got, NULL)))
		good = base_error_set(
			error, BASE_ERROR_INVALID, NULL, "What was saved is no text of at most %d KiB in UTF-8.",
			LIMIT_NOTE_BYTES / 1024);
	unlink(path);
	if (good && strcmp(edited, text) == 0)
		good = base_error_set(error, BASE_ERROR_CONFLICT, NULL, "Nothing was changed.");
	if (good)
		*ret_text = g_steal_pointer(&edited);
	return good;
}
