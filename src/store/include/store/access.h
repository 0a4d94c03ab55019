/* access.h - who may come in to the desk: browsers that signed in, and programs with a token.
 *
 * Of a secret only its SHA-256 is kept; nothing here makes or shows one.  An entry that has expired is as good as gone.
 */
#pragma once

#include <store/store.h>

typedef enum { ACCESS_BROWSER, ACCESS_TOKEN, ACCESS_KIND_COUNT } AccessKind;

enum { ACCESS_HASH_BYTES = 32 };

/* Strings are its own. */
typedef struct Access {
	int64_t number; /* 0: not stored yet; that of one that ended may be given again */
	AccessKind kind;
	char *name;    /* what the browser or program says it is */
	bool may_send; /* of a token: it may approve and send, not only propose */
	int64_t created_at;
	int64_t seen_at;    /* to a minute or so */
	int64_t expires_at; /* or TIME_NONE: never */
} Access;

Access *access_new(void);
void access_free(Access *access);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Access, access_free)

/* "browser", "token"; static. */
const char *access_kind_word(int kind);
int access_kind_find(const char *word);

/* Lets somebody in who shows the secret of that hash; access->number is set. Entries that have expired by
 * access->created_at go. CONFLICT where the hash is taken. */
bool store_access_add(
	Store *store, int64_t account, Access *access, const guint8 hash[ACCESS_HASH_BYTES],
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Who shows that secret at `now`; *ret_access is NULL where nobody does, or they have expired. */
bool store_access_find(
	Store *store, int64_t account, const guint8 hash[ACCESS_HASH_BYTES], int64_t now, Access **ret_access,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* They were seen. One that is gone is left alone. */
bool store_access_touch(Store *store, int64_t account, int64_t number, int64_t at, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* All that have not expired by `now`, the last seen first. *ret_list: of Access; the caller owns it. */
bool store_access_list(Store *store, int64_t account, int64_t now, GPtrArray **ret_list, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Ends one. MISSING where there is none of that number. */
bool store_access_end(Store *store, int64_t account, int64_t number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends all of a kind but one (0: every one of them); *ret_count is how many. */
bool store_access_end_others(
	Store *store, int64_t account, AccessKind kind, int64_t kept, int *ret_count,
	GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The hash of the desk's password as its owner made it, a text of theirs; NULL where there is none. */
bool store_desk_password_load(Store *store, int64_t account, char **ret_hash, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool store_desk_password_save(Store *store, int64_t account, const char *hash, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
