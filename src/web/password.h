/* password.h - the desk's password: what is kept of it, and whether somebody knows it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What is kept of a password (Argon2id, with its own salt). INVALID for one that is too short or too long. Free with
 * g_free. */
bool password_make(const char *password, char **ret_kept, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether that is the password. Takes as long for a wrong one as for the right one. */
bool password_check(const char *kept, const char *password);
