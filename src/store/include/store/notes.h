/* notes.h - notes on their way, and notes that left, as a list: whom each goes to and when, without its text.
 *
 * For showing many at once; what may be done with one of them is outbox.h's.
 */
#pragma once

#include <store/store.h>

/* Strings are its own; a missing one is NULL. */
typedef struct NoteRow {
	int64_t opportunity;
	int number; /* in its record's outbox */
	int draft;  /* index into its drafts, or NO_DRAFT */
	char *company, *position;
	int step;     /* StepKind, or WORD_NONE */
	char *person; /* id */
	char *to_name, *to_address, *subject;
	OutboxState state;
	int64_t send_at;
	int64_t sent_at; /* or TIME_NONE */
	char *last_error;
} NoteRow;

void note_row_free(NoteRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NoteRow, note_row_free)

/* What is approved and has not left (ready, retry, claimed, sending), by send_at, up to limit. *ret_rows: of NoteRow;
 * the caller owns it. */
bool store_notes_leaving(Store *store, int64_t account, int limit, GPtrArray **ret_rows, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What was sent from that instant on, the last first, up to limit. */
bool store_notes_left(Store *store, int64_t account, int64_t since, int limit, GPtrArray **ret_rows, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
