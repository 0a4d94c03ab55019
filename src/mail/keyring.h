/* keyring.h - the desktop's keyring, where there is one.
 *
 * The library for it is looked for at run time, so that a machine without a desktop needs none of it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The secret kept under a server and a user; release with mail_secret_free. MISSING: no keyring here, or no such entry.
 * CONFLICT: the keyring stayed locked. INVALID: no host or user. */
bool keyring_load(const char *host, const char *user, char **ret_secret, GError **error);

/* Keeps a secret, in place of the one before. Errors as keyring_load. */
bool keyring_store(const char *host, const char *user, const char *secret, GError **error);

/* Takes an entry out; one that is not there is no error. */
bool keyring_clear(const char *host, const char *user, GError **error);
