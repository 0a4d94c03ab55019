/* sample.h - records of every shape from a seed, a record as text to compare, and folders that are gone after the test.
 */
#pragma once

#include <store/outbox.h>
#include <store/store.h>

/* Ana Reyes of Phoenix, with skills, holidays and two settings, saved. */
void sample_account_save(Store *store);

/* Facts, drafts and settled outbox rows of the seed's choosing, next_at included; me and holidays are the sample
 * account's. The same seed gives the same record. */
Record *sample_record(guint32 seed);

/* The same with few people and one note that waits to be sent at an instant. */
Record *sample_waiting(guint32 seed, int64_t send_at);

/* Stores the record (all of what was added) and gives its id. */
int64_t sample_save(Store *store, Record *record);

/* Adds a call that reached person 0. */
void sample_add_call(Record *record, int64_t at);

/* Everything that is kept of a record, a line a row; bodies only where asked. Free with g_free. */
char *sample_text(const Record *record, bool bodies);

/* Opens, or fails the test. */
Store *sample_open(const char *path, StoreMode mode);

/* A folder for one test, and its end with all that is in it. */
char *sample_folder_new(void);
void sample_folder_remove(char *folder);

/* Fails the test unless an error of that code came whose message is one sentence that holds the word; clears it. */
void sample_expect(GError **error, int code, const char *word);
