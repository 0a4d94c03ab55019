/* access.h - who may come in to the desk: browsers that signed in, and programs with a token.
 *
 * For doors.  A secret is made and given by the caller, 32 random bytes or more as text; only its SHA-256 is kept, by
 * which it is looked up, so that the time that takes tells nothing about it.  What an entry may do is the door's to
 * enforce: a token without may_send may propose, and approve or send nothing; and no token makes or ends tokens.
 */
#pragma once

#include <app/app.h>

/* Strings are its own. */
typedef struct AccessEntry {
	int64_t number;
	bool is_token; /* a program; else a browser */
	char *name;    /* what the browser or program says it is */
	bool may_send; /* of a token */
	int64_t created_at;
	int64_t seen_at;    /* to a minute */
	int64_t expires_at; /* or TIME_NONE: never */
} AccessEntry;

void access_entry_free(AccessEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AccessEntry, access_entry_free)

/* Somebody new; strings are borrowed. */
typedef struct AccessOffer {
	const char *secret;
	const char *name; /* as it says itself: cut where it is long, whatever its bytes are */
	bool is_token, may_send;
	int64_t expires_at; /* or TIME_NONE */
} AccessOffer;

/* Lets them in from now on. INVALID where the secret is shorter than 32 characters. */
bool app_access_add(App *app, const AccessOffer *offer, int64_t *ret_number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Who shows that secret; *ret_entry is NULL where nobody does. They are seen now, to a minute. */
bool app_access_find(App *app, const char *secret, AccessEntry **ret_entry, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All that may come in, the last seen first. *ret_list: of AccessEntry; the caller owns it. */
bool app_access_list(App *app, GPtrArray **ret_list, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends one. MISSING where there is none of that number. */
bool app_access_end(App *app, int64_t number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends all browsers, or all tokens, but one (0: every one of them); *ret_count is how many. */
bool app_access_end_others(App *app, bool tokens, int64_t kept, int *ret_count, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The hash of the desk's password, made by the caller (Argon2id) and opaque here; NULL where there is none. A new one
 * ends nobody's access: that is the caller's to decide. */
bool app_password_load(App *app, char **ret_hash, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool app_password_save(App *app, const char *hash, GError **error) G_GNUC_WARN_UNUSED_RESULT;
