/* spell-enchant.c - the dictionary module: enchant's English dictionaries behind the port of spell.h.
 *
 * Loaded when a command first needs it.  Words are asked for once: answers are kept in a bounded cache.  British
 * spelling is asked only for words that American spelling does not know, and loaded only then.  It never adds to a
 * dictionary.
 */
#include <base/error.h>
#include <enchant.h>
#include <gmodule.h>
#include <note/spell.h>
#include <string.h>

enum {
	CACHE_WORDS = 20000,
	CACHE_SUGGESTIONS = 1000,
	SUGGESTIONS = 5, /* for one word, of each language */
	WORD_BYTES = 128,
	/* aspell keeps some 4 KB for every word it was asked suggestions for, until the language is let go of. */
	ASKED_MAX = 256,
};

typedef struct Dictionary {
	EnchantBroker *broker;
	EnchantDict *languages[2]; /* NULL: not there, or not yet loaded */
	bool asked[2];
	GHashTable *cache;       /* char* → 1 wrong, 2 right */
	GHashTable *suggestions; /* char* → char** */
	int suggestions_asked;   /* since the languages were loaded */
} Dictionary;

static const char *const tags[] = {"en_US", "en_GB"};

static EnchantDict *get_language(Dictionary *dictionary, int index)
{
	if (!dictionary->asked[index]) {
		dictionary->asked[index] = true;
		dictionary->languages[index] = enchant_broker_request_dict(dictionary->broker, tags[index]);
	}
	return dictionary->languages[index];
}

static bool is_right(Dictionary *dictionary, const char *word, size_t length)
{
	for (int i = 0; i < 2; i++) {
		EnchantDict *language = get_language(dictionary, i);
		if (language && enchant_dict_check(language, word, (ssize_t)length) == 0)
			return true;
	}
	return false;
}

static bool check(void *data, const char *word, size_t length)
{
	Dictionary *dictionary = data;
	char key[WORD_BYTES];
	if (length == 0 || length >= sizeof key)
		return false;
	memcpy(key, word, length);
	key[length] = '\0';
	int known = GPOINTER_TO_INT(g_hash_table_lookup(dictionary->cache, key));
	if (known)
		return known == 2;
	bool right = is_right(dictionary, word, length);
	if (g_hash_table_size(dictionary->cache) >= CACHE_WORDS)
		g_hash_table_remove_all(dictionary->cache);
	g_hash_table_insert(dictionary->cache, g_strdup(key), GINT_TO_POINTER(right ? 2 : 1));
	return right;
}

static void release_languages(Dictionary *dictionary)
{
	for (int i = 0; i < 2; i++) {
		if (dictionary->languages[i])
			enchant_broker_free_dict(dictionary->broker, dictionary->languages[i]);
		dictionary->languages[i] = NULL;
		dictionary->asked[i] = false;
	}
	dictionary->suggestions_asked = 0;
}

static char **ask_suggestions(Dictionary *dictionary, const char *word)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	if (dictionary->suggestions_asked++ >= ASKED_MAX)
		release_languages(dictionary);
	for (int i = 0; i < 2; i++) {
		size_t count = 0;
		EnchantDict *language = get_language(dictionary, i);
		char **words = language ? enchant_dict_suggest(language, word, -1, &count) : NULL;
		for (size_t w = 0; w < count && w < SUGGESTIONS; w++)
			if (!g_ptr_array_find_with_equal_func(found, words[w], g_str_equal, NULL))
				g_ptr_array_add(found, g_strdup(words[w]));
		if (words)
			enchant_dict_free_string_list(language, words);
	}
	g_ptr_array_add(found, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&found), FALSE);
}

static char **suggest(void *data, const char *word, size_t length)
{
	Dictionary *dictionary = data;
	if (length == 0 || length >= WORD_BYTES)
		return g_new0(char *, 1);
	g_autofree char *key = g_strndup(word, length);
	char **known = g_hash_table_lookup(dictionary->suggestions, key);
	if (known == NULL) {
		if (g_hash_table_size(dictionary->suggestions) >= CACHE_SUGGESTIONS)
			g_hash_table_remove_all(dictionary->suggestions);
		known = ask_suggestions(dictionary, key);
		g_hash_table_insert(dictionary->suggestions, g_steal_pointer(&key), known);
	}
	return g_strdupv(known);
}

static void close_speller(Speller *speller)
{
	Dictionary *dictionary = speller->data;
	release_languages(dictionary);
	enchant_broker_free(dictionary->broker);
	g_hash_table_unref(dictionary->cache);
	g_hash_table_unref(dictionary->suggestions);
	g_free(dictionary);
	g_free(speller);
}

static bool open_speller(const char *folder, Speller **ret_speller, GError **error)
{
	if (g_mkdir_with_parents(folder, 0700) != 0)
		return base_error_set(
			error, BASE_ERROR_TEMPORARY, folder, "The folder %s for the dictionary cannot be made.", folder);
	/* enchant keeps its own files where this says, else among the user's. */
	g_setenv("ENCHANT_CONFIG_DIR", folder, TRUE);
	Dictionary *dictionary = g_new0(Dictionary, 1);
	Speller *speller = g_new0(Speller, 1);
	dictionary->broker = enchant_broker_init();
	dictionary->cache = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	dictionary->suggestions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
	*speller = (Speller){.check = check, .suggest = suggest, .close = close_speller, .data = dictionary};
	if (get_language(dictionary, 0) == NULL && get_language(dictionary, 1) == NULL) {
		close_speller(speller);
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL,
			"No English dictionary is installed; the package aspell-en or hunspell-en-us has one.");
	}
	*ret_speller = speller;
	return true;
}

G_MODULE_EXPORT const SpellModule *followup_dict_module(void);
const SpellModule *followup_dict_module(void)
{
	static const SpellModule module = {.version = SPELL_MODULE_VERSION, .open = open_speller};
	return &module;
}
