/* editor.h - a text in the user's own editor.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Opens VISUAL, EDITOR or a usual one on a private copy of the text, waits, and gives what was saved (free with
 * g_free). CONFLICT where the editor failed or nothing was changed. */
bool editor_run(const char *text, char **ret_text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
