/* spell.h - the port to a dictionary: is a word spelt right, and what else could be meant.
 *
 * The review knows only this port.  Behind it stands a module that is loaded when a command first needs it
 * ("followup-dict", built from spell-enchant.c), so that a command without spelling loads no dictionary.  A Speller is
 * for one thread at a time; it reads dictionaries and writes nothing but the folder it was given.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* One opened dictionary, or several asked together. */
typedef struct Speller {
	/* True if the word (UTF-8, length bytes, no NUL needed, no spaces) is right in any of its languages. */
	bool (*check)(void *data, const char *word, size_t length);
	/* At most ten words that may be meant, a language's best first; NULL-terminated, never NULL; free with g_strfreev.
	 * Slow: call it only for a word that is wrong. */
	char **(*suggest)(void *data, const char *word, size_t length);
	/* Lets go of everything, itself included. */
	void (*close)(struct Speller *speller);
	void *data;
} Speller;

static inline void speller_free(Speller *speller)
{
	if (speller != NULL)
		speller->close(speller);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Speller, speller_free)

/* What the loaded module offers. */
#define SPELL_MODULE_VERSION 1
#define SPELL_MODULE_SYMBOL "followup_dict_module"

typedef struct SpellModule {
	int version; /* SPELL_MODULE_VERSION of the header it was built with */
	/* Opens the English dictionaries that are installed (en_US, en_GB): a word right in either passes. `folder` is
	 * where the library behind it may keep its own files; it is made (0700) if missing, and must not be a folder that
	 * other programs use. MISSING where no English dictionary is installed: the review works without, silent on
	 * spelling. */
	bool (*open)(const char *folder, Speller **ret_speller, GError **error) G_GNUC_WARN_UNUSED_RESULT;
} SpellModule;

/* The type of the one symbol the module exports under SPELL_MODULE_SYMBOL; what it returns is static. */
typedef const SpellModule *(*SpellModuleFunc)(void);
