/* lock.h - one desk for each database.
 *
 * A file beside the database that is locked as long as its desk is open, and says where that is; a second one then
 * gives out a link to the first.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct DeskLock {
	int fd;
} DeskLock;

/* Takes the lock. Where another process has it, *ret_lock is left alone and *ret_base is where that one is
 * ("http://127.0.0.1:7474"; free with g_free); else *ret_base is NULL. CONFLICT where the file cannot be made, or the
 * other one says nothing. */
bool desk_lock_take(const char *db_path, DeskLock *ret_lock, char **ret_base, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Says where the desk is. */
void desk_lock_tell(const DeskLock *lock, const char *base);

void desk_lock_release(DeskLock *lock);
