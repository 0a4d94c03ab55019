/* listen.h - where the desk listens: an address, its socket, and the files of TLS.
 *
 * An address that others can reach is INVALID without a password, and without TLS or a proxy that does it.
 */
#pragma once

#include <app/door.h>

typedef struct Listener {
	int fd;
	int port;
	bool is_loopback;
	char *certificate, *key; /* PEM, or NULL: no TLS */
} Listener;

/* password: there is one. CONFLICT where the port is taken. */
bool listener_open(const DeskSetup *setup, bool password, Listener *ret_listener, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Forgets the key; the socket stays open. */
void listener_clear(Listener *listener);
