/* store.h - keeps what happened: accounts, opportunities, drafts, notes on their way.
 *
 * A port; SQLite stands behind it.  Every load is one consistent snapshot, every save one transaction: whole or not at
 * all, durable when it returns.  Errors: MISSING (no such thing), CONFLICT (saved by another program in between; a file
 * of a newer version; read-only), TEMPORARY (locked, disk full), INVALID (not a database of ours), INTERNAL (damaged).
 * It keeps plans' next_at and never computes one.  A Store is for one thread at a time; many may be open on one file.
 */
#pragma once

#include <store/change.h>
#include <store/record.h>

typedef struct Store Store;

typedef enum {
	STORE_READ,   /* the file must exist (else MISSING); a read-only file or folder will do */
	STORE_GLANCE, /* the same in less time; who opens the file meanwhile may have to wait, so close it at once */
	STORE_WRITE,  /* folder (0700) and file (0600) are made where missing */
} StoreMode;

#define STORE_MEMORY ":memory:" /* a path: a store that is gone when closed */

/* Opens the file, brings an older one up to date, and refuses what is not ours without touching it. */
bool store_open(const char *path, StoreMode mode, Store **ret_store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void store_close(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)

/* A number that is another one after anybody's change of the file, this store's own or another program's. */
bool store_change_number(Store *store, int64_t *ret_number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A zone by name, borrowed: each is read once, however many opportunities are in it. NULL, INVALID or MISSING, as
 * zone_load. */
Zone *store_zone_find(Store *store, const char *name, GError **error);

/* The account with its settings; account ACCOUNT_SELF always exists. */
bool store_account_load(Store *store, int64_t account, Account **ret_account, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the account whole, settings included, and raises account->revision. Plans of all its opportunities may change.
 */
bool store_account_save(Store *store, Account *account, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One opportunity; MISSING where there is none of that id. */
bool store_record_load(Store *store, int64_t account, int64_t id, Record **ret_record, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What the agenda holds up to an instant, as outlines (record.h): opportunities with next_at <= until, by next_at, up
 * to limit. *ret_records: of Record, may be empty; the caller owns it. How many there are in all makes no difference to
 * the time it takes. */
bool store_due_load(Store *store, int64_t account, int64_t until, int limit, GPtrArray **ret_records, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The same, one after the other, without keeping any: take gets each, which is gone when it returns; where it returns
 * false, with its error set, the visit ends. For showing the agenda in as little memory as it can be. */
typedef struct StoreVisit {
	int64_t until;
	int limit;
	bool (*take)(Record *record, void *data, GError **error);
	void *data;
} StoreVisit;
bool store_due_visit(Store *store, int64_t account, const StoreVisit *visit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The first few of what comes next, as outlines: next_at > after, by next_at. */
bool store_coming_load(Store *store, int64_t account, int64_t after, int limit, GPtrArray **ret_records, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* All opportunities, a batch at a time: those with id > after (0 to begin), by id, up to limit; an empty batch is the
 * end. Batches of 500 or so are fast, and leave room to save, to show progress and to stop in between. */
bool store_batch_load(Store *store, int64_t account, int64_t after, int limit, GPtrArray **ret_records, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The same as outlines, several times as fast: for recomputing plans. */
bool store_outline_load(
	Store *store, int64_t account, int64_t after, int limit, GPtrArray **ret_records,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The outlines of these (ids: of int64_t), in that order; those there are not are left out. */
bool store_outlines_of(Store *store, int64_t account, const GArray *ids, GPtrArray **ret_records, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Saves one change; on success its record has the stored id and revision. Facts that do not pass facts_check are
 * INVALID. */
bool store_save(Store *store, const Change *change, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Saves many changes (of Change) in one transaction. */
bool store_save_many(Store *store, const GPtrArray *changes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A recomputed place on the agenda. */
typedef struct NextAt {
	int64_t id;
	int64_t revision; /* it was computed from */
	int64_t next_at;  /* or TIME_NONE */
} NextAt;

/* Writes many in one transaction and leaves revisions alone. Those saved by another program in between are left out
 * (whoever saved them computed anew); *ret_written, where not NULL, is how many were not. */
bool store_next_at_save(Store *store, int64_t account, const GArray *next, int *ret_written, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* An opportunity in a list. */
typedef struct ListRow {
	int64_t id;
	char *company;
	char *position;  /* or NULL */
	int64_t next_at; /* or TIME_NONE */
	int64_t created_at;
	int people, interviews;
	int64_t last_at; /* latest event, or TIME_NONE */
} ListRow;

/* Opportunities whose company begins with the text, upper and lower case alike; where none does, those of which a word
 * of company or position begins with it. NULL or "": all. By company, then id, up to limit. *ret_rows: of ListRow. */
bool store_list(Store *store, int64_t account, const char *prefix, int limit, GPtrArray **ret_rows, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* A part of a long list: what its entries are looked for by, how many of them, and how many before these are left
 * out. */
typedef struct ListPart {
	const char *text; /* or NULL */
	int limit, offset;
} ListPart;

/* The same, a part of it. */
bool store_list_part(Store *store, int64_t account, const ListPart *part, GPtrArray **ret_rows, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* A person in a search. */
typedef struct PersonRow {
	int64_t opportunity;
	int index; /* into the record's people */
	char *company;
	char *id;
	char *name;
} PersonRow;

/* People whose name, or else a word of it, or else whose id, begins with the text. *ret_rows: of PersonRow. */
bool store_people_find(
	Store *store, int64_t account, const char *prefix, int limit, GPtrArray **ret_rows,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A person with the opportunity they belong to. */
typedef struct PersonEntry {
	int64_t opportunity;
	char *company;
	char *position; /* or NULL */
	Person person;
} PersonEntry;

void person_entry_free(PersonEntry *entry);

/* Everybody on record, or those of whom a word of the name, the id, the company or the position begins with the text,
 * or the e-mail address. By name. *ret_entries: of PersonEntry; the caller owns it. */
bool store_people_list(Store *store, int64_t account, const ListPart *part, GPtrArray **ret_entries, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* How much there is of an opportunity, or (id 0) of an account. */
typedef struct StoreCounts {
	int64_t opportunities, people, interviews, debriefs, events, drafts;
	int64_t waiting; /* notes approved and not gone */
	int64_t sent;    /* notes that went */
} StoreCounts;

bool store_count(Store *store, int64_t account, int64_t id, StoreCounts *ret_counts, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* How many opportunities have next_at <= until. */
bool store_due_count(Store *store, int64_t account, int64_t until, int64_t *ret_count, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Deletes an opportunity with all that belongs to it, or (id 0) everything of the account, settings included, so that
 * it cannot be read back from the file. CONFLICT while one of its notes is being sent at `now`. *ret_counts, where not
 * NULL, is what went. */
bool store_delete(Store *store, int64_t account, int64_t id, int64_t now, StoreCounts *ret_counts, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Copies the whole store as it is at one moment into a new file (0600), while others may write. An existing file is a
 * CONFLICT unless overwrite; it is replaced at the end in one stroke. */
bool store_backup(Store *store, const char *path, bool overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void list_row_free(ListRow *row);
void person_row_free(PersonRow *row);
