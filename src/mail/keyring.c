/* keyring.c - libsecret, opened when first asked for.
 *
 * An entry's attributes are service, server and user, so that secret-tool and the desktop's own tools find it too.
 */
#include "keyring.h"

#include <base/error.h>
#include <base/text.h>

#include <dlfcn.h>
#include <libsecret/secret.h>
#include <string.h>

#define LIBRARY "libsecret-1.so.0"

static const SecretSchema SCHEMA = {
	.name = "followup.smtp",
	.flags = SECRET_SCHEMA_DONT_MATCH_NAME,
	.attributes =
		{{"service", SECRET_SCHEMA_ATTRIBUTE_STRING},
		 {"server", SECRET_SCHEMA_ATTRIBUTE_STRING},
		 {"user", SECRET_SCHEMA_ATTRIBUTE_STRING}},
};

typedef struct Library {
	void *handle;
	__typeof__(&secret_password_lookupv_sync) lookup;
	__typeof__(&secret_password_storev_sync) store;
	__typeof__(&secret_password_clearv_sync) clear;
	__typeof__(&secret_password_free) release; /* wipes too */
	__typeof__(&secret_error_get_quark) quark;
} Library;

/* The library is never closed again: GLib keeps what its types registered. */
static bool load_library(Library *ret_library, GError **error)
{
	Library library = {.handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL)};
	if (library.handle != NULL) {
		library.lookup = (__typeof__(library.lookup))dlsym(library.handle, "secret_password_lookupv_sync");
		library.store = (__typeof__(library.store))dlsym(library.handle, "secret_password_storev_sync");
		library.clear = (__typeof__(library.clear))dlsym(library.handle, "secret_password_clearv_sync");
		library.release = (__typeof__(library.release))dlsym(library.handle, "secret_password_free");
		library.quark = (__typeof__(library.quark))dlsym(library.handle, "secret_error_get_quark");
	}
	if (library.lookup == NULL || library.store == NULL || library.clear == NULL || library.release == NULL ||
		library.quark == NULL)
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL,
			"The keyring needs %s (Debian: libsecret-1-0), which is not here; use a command or a file instead.",
			LIBRARY);
	*ret_library = library;
	return true;
}

/* The attributes of an entry, borrowing host and user. */
static GHashTable *new_attributes(const char *host, const char *user)
{
	GHashTable *attributes = g_hash_table_new(g_str_hash, g_str_equal);
	g_hash_table_insert(attributes, (char *)"service", (char *)"smtp");
	g_hash_table_insert(attributes, (char *)"server", (char *)host);
	g_hash_table_insert(attributes, (char *)"user", (char *)user);
	return attributes;
}

static bool check_key(const char *host, const char *user, GError **error)
{
	return (!text_is_blank(host) && !text_is_blank(user)) ||
		   base_error_set(
			   error, BASE_ERROR_INVALID, "user",
			   "The keyring keeps passwords by mail server and user; both are needed.");
}

static bool explain(const Library *library, const GError *failure, GError **error)
{
	if (failure->domain == library->quark() && failure->code == SECRET_ERROR_IS_LOCKED)
		return base_error_set(error, BASE_ERROR_CONFLICT, NULL, "The keyring stayed locked; unlock it and try again.");
	return base_error_set(
		error, BASE_ERROR_MISSING, NULL,
		"No keyring answers here (%s); use a command or a file for the password instead.", failure->message);
}

bool keyring_load(const char *host, const char *user, char **ret_secret, GError **error)
{
	Library library = {0};
	if (!check_key(host, user, error) || !load_library(&library, error))
		return false;
	g_autoptr(GHashTable) attributes = new_attributes(host, user);
	g_autoptr(GError) failure = NULL;
	char *found = library.lookup(&SCHEMA, attributes, NULL, &failure);
	if (failure != NULL)
		return explain(&library, failure, error);
	if (found == NULL || *found == '\0') {
		library.release(found);
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL,
			"The keyring holds no password for %s at %s; put it there with: followup config mail --secret-keyring",
			user, host);
	}
	*ret_secret = g_strdup(found);
	library.release(found);
	return true;
}

bool keyring_store(const char *host, const char *user, const char *secret, GError **error)
{
	Library library = {0};
	if (!check_key(host, user, error) || !load_library(&library, error))
		return false;
	if (*secret == '\0' || strpbrk(secret, "\r\n") != NULL)
		return base_error_set(error, BASE_ERROR_INVALID, "secret", "A mail password is one line that is not empty.");
	g_autoptr(GHashTable) attributes = new_attributes(host, user);
	g_autofree char *label = g_strdup_printf("Mail password of %s at %s (followup)", user, host);
	g_autoptr(GError) failure = NULL;
	return library.store(&SCHEMA, attributes, SECRET_COLLECTION_DEFAULT, label, secret, NULL, &failure) ||
		   explain(&library, failure, error);
}

bool keyring_clear(const char *host, const char *user, GError **error)
{
	Library library = {0};
	if (!check_key(host, user, error) || !load_library(&library, error))
		return false;
	g_autoptr(GHashTable) attributes = new_attributes(host, user);
	g_autoptr(GError) failure = NULL;
	/* False without an error is an entry that was not there. */
	return library.clear(&SCHEMA, attributes, NULL, &failure) || failure == NULL || explain(&library, failure, error);
}
