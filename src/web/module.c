/* module.c - the table that the program loads the room by.
 */
#include "mcp.h"
#include "password.h"
#include "server.h"

const DoorModule *followup_web_module(void);

__attribute__((visibility("default"))) const DoorModule *followup_web_module(void)
{
	static const DoorModule module = {
		.version = DOOR_MODULE_VERSION,
		.serve_desk = server_run,
		.serve_mcp = mcp_serve,
		.make_password = password_make,
	};
	return &module;
}
