/* editor.h - a text in the user's own editor.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Opens VISUAL, EDITOR or a usual one on a private copy of the text, waits, and gives what was saved (free with
 * g_free). *ret_path is the copy, which the caller removes once what was written is safe elsewhere (editor_forget).
 * CONFLICT where the editor failed or nothing was changed; then nothing is left behind. */
bool editor_run(const char *text, char **ret_text, char **ret_path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Removes the copy and frees its path; NULL is fine. */
void editor_forget(char *path);
