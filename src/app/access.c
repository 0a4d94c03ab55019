/* access.c - see app/access.h.
 */
#include <app/access.h>

#include "desk.h"

#include <base/text.h>
#include <store/access.h>
#include <string.h>

enum { SECRET_LENGTH_MIN = 32, NAME_BYTES = 120, SEEN_SECONDS = 60 };

void access_entry_free(AccessEntry *entry)
{
	if (entry == NULL)
		return;
	g_free(entry->name);
	g_free(entry);
}

static void free_entry(void *data)
{
	access_entry_free(data);
}

static AccessEntry *entry_of(const Access *access)
{
	AccessEntry *entry = g_new0(AccessEntry, 1);
	*entry = (AccessEntry){
		.number = access->number,
		.is_token = access->kind == ACCESS_TOKEN,
		.name = g_strdup(access->name),
		.may_send = access->may_send,
		.created_at = access->created_at,
		.seen_at = access->seen_at,
		.expires_at = access->expires_at};
	return entry;
}

static void hash_secret(const char *secret, guint8 hash[ACCESS_HASH_BYTES])
{
	gsize length = ACCESS_HASH_BYTES;
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	g_checksum_update(checksum, (const guchar *)secret, (gssize)strlen(secret));
	g_checksum_get_digest(checksum, hash, &length);
}

bool app_access_add(App *app, const AccessOffer *offer, int64_t *ret_number, GError **error)
{
	guint8 hash[ACCESS_HASH_BYTES];
	g_autoptr(Access) access = access_new();
	if (strlen(offer->secret) < SECRET_LENGTH_MIN)
		return base_error_set(
			error, BASE_ERROR_INVALID, "secret", "A secret has %d characters at least; this one has %zu.",
			SECRET_LENGTH_MIN, strlen(offer->secret));
	access->kind = offer->is_token ? ACCESS_TOKEN : ACCESS_BROWSER;
	g_autofree char *name = g_utf8_make_valid(offer->name == NULL ? "?" : offer->name, -1);
	access->name = text_to_show(name, NAME_BYTES);
	access->may_send = offer->is_token && offer->may_send;
	access->created_at = app->now;
	access->expires_at = offer->expires_at;
	hash_secret(offer->secret, hash);
	if (!desk_open(app, OP_STORE_WRITE, error) || !store_access_add(app->store, ACCOUNT_SELF, access, hash, error))
		return false;
	*ret_number = access->number;
	return true;
}

bool app_access_find(App *app, const char *secret, AccessEntry **ret_entry, GError **error)
{
	guint8 hash[ACCESS_HASH_BYTES];
	g_autoptr(Access) access = NULL;
	hash_secret(secret, hash);
	if (!desk_open(app, OP_STORE_READ, error) ||
		!store_access_find(app->store, ACCOUNT_SELF, hash, app->now, &access, error))
		return false;
	/* Whoever may come in does, even where that cannot be written down. */
	if (access != NULL && app->writable && app->now - access->seen_at >= SEEN_SECONDS &&
		store_access_touch(app->store, ACCOUNT_SELF, access->number, app->now, NULL))
		access->seen_at = app->now;
	*ret_entry = access == NULL ? NULL : entry_of(access);
	return true;
}

bool app_access_list(App *app, GPtrArray **ret_list, GError **error)
{
	g_autoptr(GPtrArray) list = NULL;
	if (!desk_open(app, OP_STORE_READ, error) || !store_access_list(app->store, ACCOUNT_SELF, app->now, &list, error))
		return false;
	GPtrArray *entries = g_ptr_array_new_with_free_func(free_entry);
	for (guint i = 0; i < list->len; i++)
		g_ptr_array_add(entries, entry_of(g_ptr_array_index(list, i)));
	*ret_list = entries;
	return true;
}

bool app_access_end(App *app, int64_t number, GError **error)
{
	return desk_open(app, OP_STORE_WRITE, error) && store_access_end(app->store, ACCOUNT_SELF, number, error);
}

bool app_access_end_others(App *app, bool tokens, int64_t kept, int *ret_count, GError **error)
{
	return desk_open(app, OP_STORE_WRITE, error) &&
		   store_access_end_others(
			   app->store, ACCOUNT_SELF, tokens ? ACCESS_TOKEN : ACCESS_BROWSER, kept, ret_count, error);
}

bool app_password_load(App *app, char **ret_hash, GError **error)
{
	return desk_open(app, OP_STORE_READ, error) && store_desk_password_load(app->store, ACCOUNT_SELF, ret_hash, error);
}

bool app_password_save(App *app, const char *hash, GError **error)
{
	return desk_open(app, OP_STORE_WRITE, error) && store_desk_password_save(app->store, ACCOUNT_SELF, hash, error);
}
