/* notice.h - a notice on the desktop, by the session's D-Bus (org.freedesktop.Notifications).
 *
 * Shown and forgotten: whether somebody saw it is not known.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* All borrowed, UTF-8. */
typedef struct Notice {
	const char *summary; /* one line */
	const char *body;    /* lines; plain text, whatever is in it */
	bool urgent;         /* stays until it is closed */
} Notice;

/* Shows it. MISSING where there is no session bus, or nobody on it shows notices; TEMPORARY where they do not answer.
 */
bool notice_show(const Notice *notice, GError **error) G_GNUC_WARN_UNUSED_RESULT;
