/* browser.h - opens the desk in its user's browser.
 */
#pragma once

#include <stdbool.h>

/* Opens a link by the desktop's own means (xdg-open), by way of a file that only its user can read: what stands on a
 * command line, everybody on the machine can. False where there is no desktop. */
bool browser_open(const char *link);
