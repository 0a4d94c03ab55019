/* outbox.h - the way of an approved note out of the house, safe against crashes at any point.
 *
 * ready → claimed → sending → sent | refused | retry | unknown.  Each arrow is a durable commit, before and after the
 * network.  A claim that was never marked sending goes back to ready when its lease ends: nothing left.  A row that was
 * marked sending and never settled becomes unknown: nobody sends it again blindly.  A row is one deliverer's at a time.
 */
#pragma once

#include <store/change.h>
#include <store/store.h>

/* Claims up to limit rows that wait (ready or retry) with send_at <= now, of every account, earliest first, for
 * lease_seconds. Before that, leases that ended are resolved as said above. *ret_rows: of OutboxRow, may be empty; the
 * caller owns it. */
bool store_outbox_claim(Store *store, int64_t now, int lease_seconds, int limit, GPtrArray **ret_rows, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Resolves leases that ended, as every claim does, and claims nothing. */
bool store_outbox_end_leases(Store *store, int64_t now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Notes of one opportunity: of those to a person (or NOBODY: any), for a step (or WORD_NONE: any), of a draft (or
 * NO_DRAFT: any). */
typedef struct OutboxScope {
	int64_t account, opportunity;
	int person, step, draft;
} OutboxScope;

/* The same of these alone; no other note changes, but for leases that ended. */
bool store_outbox_claim_of(
	Store *store, const OutboxScope *scope, int64_t now, int lease_seconds, GPtrArray **ret_rows,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The last commit before the network may take a note for good. Rows that are no longer this deliverer's (the lease
 * ended, the note was taken back) are removed from `rows`: only what remains may be sent. The lease starts anew. */
bool store_outbox_mark_sending(Store *store, GPtrArray *rows, int64_t now, int lease_seconds, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What became of one row. */
typedef struct OutboxResult {
	const OutboxRow *row; /* as claimed or listed; borrowed */
	OutboxState state; /* sent, refused, retry, unknown, ready (it did not leave, at once or at send_at) or cancelled */
	int64_t at;        /* when it was settled; of sent: when it was sent */
	int64_t send_at;   /* retry and ready: not before */
	const char *response;   /* the server's words, or NULL */
	const char *last_error; /* or NULL */
} OutboxResult;

/* Records results of claimed, sending or unknown rows, together with the changes that follow from them (the sent event,
 * the draft's state, next_at), all in one transaction. changes may be NULL; of Change. CONFLICT where a record was
 * saved by another program in between, or a row is another deliverer's now; nothing is written then: reload the records
 * and settle again. */
bool store_outbox_settle(Store *store, const OutboxResult *results, int count, GPtrArray *changes, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Both at once, between two groups of notes on their way: what became of the one, and that the other is about to leave.
 */
typedef struct OutboxTurn {
	const OutboxResult *results;
	int count;
	GPtrArray *changes; /* of Change, or NULL */
	GPtrArray *leaving; /* of OutboxRow, or NULL */
	int64_t now;
	int lease_seconds; /* of those that leave */
} OutboxTurn;

/* One transaction for what store_outbox_settle and store_outbox_mark_sending promise; errors as of the first. */
bool store_outbox_turn(Store *store, const OutboxTurn *turn, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The rows of an account in one state, by send_at, up to limit. *ret_rows: of OutboxRow; the caller owns it. */
bool store_outbox_list(
	Store *store, int64_t account, OutboxState state, int limit, GPtrArray **ret_rows,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Notes of an account that wait (ready or retry) with after < send_at <= until. */
typedef struct OutboxSpan {
	int64_t account;
	int64_t after, until; /* INT64_MIN and INT64_MAX: whenever */
	int limit;            /* INT_MAX: all there are */
} OutboxSpan;

/* These notes as outlines (record.h: no body, no seal), by send_at; one search of the index, whatever else is on its
 * way. *ret_rows: of OutboxRow, may be empty; the caller owns it. */
bool store_outbox_waiting(Store *store, const OutboxSpan *span, GPtrArray **ret_rows, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* When the next row wants a deliverer: a send_at, or a lease that ends. TIME_NONE where none does. */
bool store_outbox_next_at(Store *store, int64_t *ret_at, GError **error) G_GNUC_WARN_UNUSED_RESULT;
