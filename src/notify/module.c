/* module.c - the table that the program loads the room by.
 */
#include <notify/module.h>

const NotifyModule *followup_notify_module(void)
{
	static const NotifyModule module = {.version = NOTIFY_MODULE_VERSION, .show = notice_show};
	return &module;
}
