/* password.c - Argon2id by libsodium.
 */
#include "password.h"

#include <base/error.h>
#include <sodium.h>
#include <string.h>

enum {
	LENGTH_MIN = 10, /* characters */
	BYTES_MAX = 1000,
	ROUNDS = 3,
	MEMORY_BYTES = 32 * 1024 * 1024, /* for the moment that a check takes */
};

bool password_make(const char *password, char **ret_kept, GError **error)
{
	char kept[crypto_pwhash_STRBYTES];
	size_t length = strlen(password);
	if (!g_utf8_validate(password, -1, NULL) || length > BYTES_MAX || g_utf8_strlen(password, -1) < LENGTH_MIN)
		return base_error_set(
			error, BASE_ERROR_INVALID, "password",
			"The password has to have %d characters at least, %d at most; a few words in a row are good and easy to "
			"remember.",
			LENGTH_MIN, BYTES_MAX);
	if (sodium_init() < 0 ||
		crypto_pwhash_str_alg(kept, password, length, ROUNDS, MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, "password", "There is no memory to keep the password safely; try again.");
	*ret_kept = g_strdup(kept);
	return true;
}

bool password_check(const char *kept, const char *password)
{
	char whole[crypto_pwhash_STRBYTES] = "";
	g_strlcpy(whole, kept, sizeof whole);
	return strlen(password) <= BYTES_MAX && crypto_pwhash_str_verify(whole, password, strlen(password)) == 0;
}
