/* inbox-keys.h - a mail of the inbox, and one key that says what it is.
 *
 * It asks; the key becomes the parameters of the op "inbox".
 */
#pragma once

#include "ask.h"

#include <app/inbox.h>

/* Shows a mail and asks for the key. *ret_word is the args of "inbox", to be run, or NULL: it stays open. *ret_stop:
 * nothing more is to be asked. */
bool inbox_ask_key(const Ask *ask, const InboxQuestion *question, OpArgs **ret_word, bool *ret_stop, GError **error);
