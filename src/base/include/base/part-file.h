/* part-file.h - a file that bears its name only when it is complete.
 *
 * Until then it is FILE.followup-part, readable by its owner alone: one name, so that what a killed program leaves is
 * taken by the next.  Two programs never write one part at a time.  What a failure means is the caller's to say.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct PartFile {
	char *path;
	char *part; /* its name until it is complete */
	int fd;
} PartFile;

/* Opens the part of a file, empty. False with errno where it cannot be: EWOULDBLOCK where another program is writing
 * it. */
bool part_file_open(const char *path, PartFile **ret_file) G_GNUC_WARN_UNUSED_RESULT;

/* Gives the file its name, lastingly. False with errno: EEXIST where a file of that name is there and is to stay. */
bool part_file_finish(PartFile *file, bool overwrite) G_GNUC_WARN_UNUSED_RESULT;

/* Closes it; what has not been finished is gone. errno stays. NULL does nothing. */
void part_file_free(PartFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PartFile, part_file_free)
