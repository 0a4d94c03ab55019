/* stem.c - endings undone by a few rules, longest first.
 *
 * Every rule leaves at least three letters and one vowel, so that "ring" and "bed" stay what they are.
 */
#include "stem.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static bool is_vowel(char c)
{
	return c != '\0' && strchr("aeiouy", c) != NULL;
}

static bool has_vowel(const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (is_vowel(word[i]))
			return true;
	return false;
}

static bool ends(const char *word, size_t length, const char *ending)
{
	size_t size = strlen(ending);
	return length >= size + 3 && memcmp(word + length - size, ending, size) == 0 && has_vowel(word, length - size);
}

/* "plann" is "plan", but "call" and "pass" keep theirs. */
static size_t undouble(const char *word, size_t length)
{
	if (length >= 4 && word[length - 1] == word[length - 2] && strchr("bdgmnprt", word[length - 1]))
		return length - 1;
	return length;
}

static size_t drop_plural(char *word, size_t length)
{
	if (ends(word, length, "ies")) {
		word[length - 3] = 'y';
		return length - 2;
	}
	if (ends(word, length, "sses") || ends(word, length, "shes") || ends(word, length, "ches") ||
		ends(word, length, "xes"))
		return length - 2;
	if (length > 3 && word[length - 1] == 's' && !strchr("sui", word[length - 2]))
		return length - 1;
	return length;
}

static size_t drop_tense(char *word, size_t length)
{
	if (ends(word, length, "ied")) {
		word[length - 3] = 'y';
		return length - 2;
	}
	if (ends(word, length, "ing"))
		return undouble(word, length - 3);
	if (ends(word, length, "ed"))
		return undouble(word, length - 2);
	return length;
}

size_t stem_inflected(const char *word, size_t length, char stem[STEM_BYTES])
{
	length = MIN(length, (size_t)STEM_BYTES - 1);
	memcpy(stem, word, length);
	if (length > 2 && stem[length - 2] == '\'' && stem[length - 1] == 's')
		length -= 2;
	length = drop_plural(stem, length);
	length = drop_tense(stem, length);
	if (length > 3 && stem[length - 1] == 'e')
		length--;
	stem[length] = '\0';
	return length;
}

size_t stem_root(const char *word, size_t length, char stem[STEM_BYTES])
{
	static const char *const endings[] = {"ation", "ment", "ness", "ator", "ical", "ship", "tion", "ance", "ence",
										  "ity",   "ion",  "ate",  "ive",  "al",   "ly",   "or",   "er",   "at"};
	length = stem_inflected(word, length, stem);
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		size_t size = strlen(endings[i]);
		if (length >= size + 4 && memcmp(stem + length - size, endings[i], size) == 0) {
			length = undouble(stem, length - size);
			break;
		}
	}
	if (length > 4 && is_vowel(stem[length - 1]))
		length--;
	stem[length] = '\0';
	return length;
}
