/* server.h - what the room's files ask about a server's settings, beside the public header.
 */
#pragma once

#include <mail/server.h>

/* Whether a host is this machine by its very name: "localhost" (which libcurl asks no resolver for), 127.0.0.0/8, ::1.
 */
bool server_is_loopback(const char *host);
