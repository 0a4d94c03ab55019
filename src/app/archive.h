/* archive.h - everything of an account as one JSON document, and back.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

#define ARCHIVE_BYTES ((size_t)1 << 29) /* the largest document that is read: half a GiB */
#define ARCHIVE_VERSION 1

typedef struct ArchiveCounts {
	int64_t added, present, drafts_reopened;
	bool command_left_out; /* the command that gives the password: nothing from a file is run */
} ArchiveCounts;

/* Where the document goes, a part at a time; false where it cannot be taken. */
typedef struct ArchiveSink {
	bool (*put)(void *data, const char *text, size_t length);
	void *data;
} ArchiveSink;

/* Hands text over to the sink, and empties it. TEMPORARY where it takes no more. */
bool archive_pour(const ArchiveSink *sink, GString *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Shows every record of the account, by id: take gets each, gone when it returns; where it returns false, with its
 * error set, the visit ends. */
typedef struct ArchiveVisit {
	bool (*take)(void *data, const Record *record, GError **error);
	void *data;
	Printer *progress;
} ArchiveVisit;
bool archive_visit(App *app, const ArchiveVisit *visit, int64_t *ret_count, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the whole account: who you are, settings, every opportunity with its facts, drafts and notes; as one JSON
 * document, however many there are. TEMPORARY where the sink takes no more. */
bool archive_write(App *app, const ArchiveSink *sink, Printer *progress, int64_t *ret_count, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* A document to be taken in, and what it is called. */
typedef struct ArchiveSource {
	const char *name;
	const char *text;
	size_t length;
} ArchiveSource;

/* Takes a document in, in one transaction, as an import that can be taken back: all of it or nothing. An opportunity
 * that is on record already, with the same facts, is left alone; what is known about the account stays. Notes that
 * waited to be sent come in as drafts. */
bool archive_read(App *app, const ArchiveSource *source, Printer *progress, ArchiveCounts *ret_counts, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
