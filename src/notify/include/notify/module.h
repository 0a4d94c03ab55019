/* module.h - the room's one door when it is loaded at run time.
 *
 * GIO takes longer to load than most commands take to run, so the room is a shared module that main opens when there is
 * something to show (followup-notify.so, never closed again).  It exports one symbol.
 */
#pragma once

#include <notify/notice.h>

/* Raised with every change of the struct. */
#define NOTIFY_MODULE_VERSION 1
#define NOTIFY_MODULE_FILE "followup-notify.so"
#define NOTIFY_MODULE_SYMBOL "followup_notify_module"

typedef struct NotifyModule {
	unsigned version;
	bool (*show)(const Notice *notice, GError **error);
} NotifyModule;

typedef const NotifyModule *(*NotifyModuleFunction)(void);

__attribute__((visibility("default"))) const NotifyModule *followup_notify_module(void);
