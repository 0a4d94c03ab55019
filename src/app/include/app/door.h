/* door.h - doors beside the command line, as modules that are loaded when one is asked for: the desk in a browser, and
 * the Model Context Protocol.
 *
 * The app knows their table of functions only; behind it is the room web.  A door goes on until it is told to end
 * (SIGTERM, SIGINT, SIGHUP) or its input ends.
 */
#pragma once

#include <app/app.h>

#define DOOR_MODULE_FILE "followup-web.so"
#define DOOR_MODULE_SYMBOL "followup_web_module"
enum { DOOR_MODULE_VERSION = 2, DESK_PORT = 7474 };

/* Where and how the desk listens. Strings are borrowed. */
typedef struct DeskSetup {
	const char *address;     /* "127.0.0.1", "::1", "0.0.0.0" */
	int port;                /* 0: any that is free */
	bool any_port;           /* where the port is taken, another will do */
	const char *certificate; /* PEM files for TLS, or NULL */
	const char *key;
	const GPtrArray *hosts; /* of char*: names it is reached by beside the address */
	bool behind_proxy;      /* a proxy does TLS, so that cookies may be marked secure */
	bool open_browser;
	bool with_serve; /* what "followup serve" does, as long as the desk is open */
	const char *program; /* the file of this program, which slow ops are run with; NULL: it is found */
} DeskSetup;

typedef struct DoorModule {
	int version;
	/* Serves the pages and the API; tells the printer where, at once. CONFLICT where the port is taken, INVALID where
	 * the setup is not safe (an address others can reach, without a password or TLS). */
	bool (*serve_desk)(App *app, const DeskSetup *setup, Printer *printer, GError **error);
	/* Serves the ops over standard input and output (JSON-RPC, a message a line), until the input ends. */
	bool (*serve_mcp)(App *app, FILE *input, FILE *output, GError **error);
	/* What is kept of the desk's password (free with g_free). INVALID where it is too short. */
	bool (*make_password)(const char *password, char **ret_kept, GError **error);
} DoorModule;
