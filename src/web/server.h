/* server.h - the desk on a socket: libmicrohttpd, in one thread, beside the signals that end it.
 */
#pragma once

#include <app/door.h>

/* See DoorModule.serve_desk. */
bool server_run(App *app, const DeskSetup *setup, Printer *printer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
