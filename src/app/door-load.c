/* door-load.c - one module for all doors.
 */
#include "door-load.h"

#include "desk.h"

bool door_load(App *app, const DoorModule **ret_door, GError **error)
{
	g_autofree char *message = NULL;
	const DoorModule *door = app->load(app->module_dir, DOOR_MODULE_FILE, DOOR_MODULE_SYMBOL, &message);
	if (door == NULL || door->version != DOOR_MODULE_VERSION)
		return base_error_set(
			error, BASE_ERROR_INTERNAL, DOOR_MODULE_FILE,
			"The desk cannot be loaded (%s); build or install the program again.",
			message == NULL ? "it is of another version" : message);
	*ret_door = door;
	return true;
}
