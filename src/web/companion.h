/* companion.h - "followup serve" beside the desk: what was approved on a page leaves, and answers come in, while the
 * desk is open.
 *
 * A process of its own, so that no mail server keeps a page waiting.  Where one runs already for this database, that
 * one does it.
 */
#pragma once

#include <glib.h>

/* Starts it; 0 where that does not work. now: the moment that is taken as the present, or NULL: without a clock of its
 * own there is nothing to serve, and none is started. */
GPid companion_start(const char *db_path, const char *now);

/* Ends it, and waits until it has. 0 does nothing. */
void companion_end(GPid process);
