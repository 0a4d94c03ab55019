/* remind.h - what its user was reminded of, so that each thing is told once; and what a calendar server was given.
 *
 * Names of things are the caller's.  Nothing here knows what is due or what a calendar is.
 */
#pragma once

#include <store/store.h>

/* Whether that thing was told. opportunity is 0 for what belongs to none. */
bool store_reminded_load(
	Store *store, int64_t account, int64_t opportunity, const char *what, bool *ret_told,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts on record that it is told now; *ret_first is false where it was before, whoever told it. Of two programs at one
 * moment one is the first. */
bool store_reminded_take(
	Store *store, int64_t account, int64_t opportunity, const char *what, int64_t at, bool *ret_first,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* It could not be told after all. */
bool store_reminded_drop(Store *store, int64_t account, int64_t opportunity, const char *what, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Forgets what was told of a thing that is over: everything before that instant. */
bool store_reminded_forget(Store *store, int64_t account, int64_t before, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An event as a calendar server has it. */
typedef struct Published {
	char *uid;
	char *etag; /* what the server called this version, or NULL: it did not say */
	char *seal; /* of what was given to it, in the caller's words */
} Published;

Published *published_new(const char *uid, const char *etag, const char *seal);
void published_free(Published *published);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Published, published_free)

/* All events of a collection (its address), by uid. *ret_events: of Published; the caller owns it. */
bool store_published_list(Store *store, int64_t account, const char *collection, GPtrArray **ret_events, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Keeps an event in place of what was kept of it. */
bool store_published_put(Store *store, int64_t account, const char *collection, const Published *event, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

bool store_published_remove(Store *store, int64_t account, const char *collection, const char *uid, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
