/* entrance.h - the page that asks for the password, where the desk has one.
 */
#pragma once

#include "desk.h"

/* True if there is a password to come in by. */
bool entrance_is_open(Desk *desk);

/* Shows the page; message: what was wrong, or NULL. */
void entrance_show(Visit *visit, unsigned status, const char *message);
