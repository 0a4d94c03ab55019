/* archive.h - everything of an account as one JSON document, and back.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

#include <base/json-out.h>
#include <base/text.h>
#include <facts/json-value.h>
#include <store/import.h>

#define ARCHIVE_BYTES ((size_t)1 << 29) /* the largest document that is read: half a GiB */
#define ARCHIVE_VERSION 1

typedef struct ArchiveCounts {
	int64_t added, present, drafts_reopened;
	int64_t mails;        /* of the inbox, added */
	bool account_changed; /* something about its user, or a setting, came in */
	bool plans_change;    /* of opportunities that were there before */
	bool
		command_left_out; /* the command or file that gives the password: nothing from a file is run, or has one read */
	bool playbook_left_out; /* a playbook that is named by its file */
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

/* Writes the whole account: who you are, settings, every opportunity with its facts, drafts and notes, the inbox;
 * as one JSON document, however many there are. TEMPORARY where the sink takes no more. */
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
 * waited to be sent come in as drafts. Mails of the inbox come in unless they are known. */
bool archive_read(App *app, const ArchiveSource *source, Printer *progress, ArchiveCounts *ret_counts, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* ---- archive-write.c: lists ---- */

void archive_put_strings(JsonOut *out, const char *key, const GPtrArray *items);
void archive_put_days(JsonOut *out, const char *key, const GArray *days);

/* ---- archive-value.c ---- */

/* Whether a text (NULL: there is none) may be kept. */
bool archive_is_fit(const char *text, size_t limit, TextKind kind);

/* A key that nobody reads is rather a slip, or of a newer program: INVALID, with its place. known ends with NULL. */
bool archive_check_keys(const JsonValue *object, const char *where, const char *const *known, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* ---- archive-account.c ---- */

/* Fills in what is not known about the account yet, and writes what that was as the key "account". */
bool archive_fill_account(Account *account, const JsonValue *value, JsonOut *out, ArchiveCounts *counts, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Takes away again what came in and is still as it came; true where that changed anything. */
bool archive_empty_account(Account *account, const JsonValue *came, bool *ret_plans_change);

/* ---- archive-inbox.c ---- */

void archive_put_mail(JsonOut *out, const InboxItem *item);

/* A mail; its opportunity is the document's. place: which of the inbox, for errors. */
bool archive_read_mail(const JsonValue *value, size_t place, InboxItem **ret_item, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* ---- archive-undo.c ---- */

/* What an import of a document did beside its opportunities, put into it to be taken back: its mails, and its account
 * where that changes. */
bool archive_take_back(App *app, Import *import, bool *ret_plans_change, GError **error) G_GNUC_WARN_UNUSED_RESULT;
