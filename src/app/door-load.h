/* door-load.h - the module of the doors beside the command line, loaded when one of them is asked for.
 *
 * For the files of this room only.
 */
#pragma once

#include <app/door.h>

/* INTERNAL where it cannot be loaded. */
bool door_load(App *app, const DoorModule **ret_door, GError **error) G_GNUC_WARN_UNUSED_RESULT;
