/* serve-lock.h - one long-running program for each database, and when it was last alive.
 *
 * For the files of this room only.  The lock is a file beside the database; the system takes it from whoever ends,
 * however that ends.  The file's time is the program's sign of life, so that the next one knows how long nobody ran.
 */
#pragma once

#include "desk.h"

typedef struct ServeLock {
	int fd;
	int64_t alive_at; /* when the one before was last alive, or TIME_NONE */
} ServeLock;

/* CONFLICT where another has it; it says which process. */
bool serve_lock_take(const App *app, ServeLock *ret_lock, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A sign of life. */
void serve_lock_touch(const ServeLock *lock);

void serve_lock_release(ServeLock *lock);
