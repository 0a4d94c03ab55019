/* inflect.c - the spelling of English endings: tries, planned, making.
 *
 * A word of one syllable that ends in one vowel and one consonant doubles it; others that do are listed with their
 * forms.
 */
#include "inflect.h"

#include <glib.h>
#include <string.h>

static bool is_vowel(char c)
{
	return c != '\0' && strchr("aeiou", c) != NULL;
}

static int count_syllables(const char *word)
{
	int count = 0;
	for (const char *at = word; *at; at++)
		count += (is_vowel(*at) || (*at == 'y' && at > word)) && (at == word || !is_vowel(at[-1]));
	return count;
}

static bool doubles(const char *word, size_t length)
{
	if (length < 3 || strchr("wxy", word[length - 1]) || is_vowel(word[length - 1]))
		return false;
	return is_vowel(word[length - 2]) && !is_vowel(word[length - 3]) && count_syllables(word) == 1;
}

static bool ends_in_y(const char *word, size_t length)
{
	return length > 2 && word[length - 1] == 'y' && !is_vowel(word[length - 2]);
}

static void add_s(const char *word, char form[STEM_BYTES])
{
	size_t length = strlen(word);
	bool hisses = g_str_has_suffix(word, "s") || g_str_has_suffix(word, "x") || g_str_has_suffix(word, "z") ||
				  g_str_has_suffix(word, "ch") || g_str_has_suffix(word, "sh");
	if (strcmp(word, "have") == 0)
		g_strlcpy(form, "has", STEM_BYTES);
	else if (ends_in_y(word, length))
		g_snprintf(form, STEM_BYTES, "%.*sies", (int)length - 1, word);
	else
		g_snprintf(
			form, STEM_BYTES, "%s%s", word, hisses || strcmp(word, "go") == 0 || strcmp(word, "do") == 0 ? "es" : "s");
}

static void add_ing(const char *word, char form[STEM_BYTES])
{
	size_t length = strlen(word);
	if (g_str_has_suffix(word, "ie"))
		g_snprintf(form, STEM_BYTES, "%.*sying", (int)length - 2, word);
	else if (length > 2 && word[length - 1] == 'e' && !strchr("eoy", word[length - 2]))
		g_snprintf(form, STEM_BYTES, "%.*sing", (int)length - 1, word);
	else
		g_snprintf(form, STEM_BYTES, "%s%.*sing", word, doubles(word, length), word + length - 1);
}

static void add_ed(const char *word, char form[STEM_BYTES])
{
	size_t length = strlen(word);
	if (word[length - 1] == 'e')
		g_snprintf(form, STEM_BYTES, "%sd", word);
	else if (ends_in_y(word, length))
		g_snprintf(form, STEM_BYTES, "%.*sied", (int)length - 1, word);
	else
		g_snprintf(form, STEM_BYTES, "%s%.*sed", word, doubles(word, length), word + length - 1);
}

static char **split(const char *item)
{
	char **parts = g_strsplit(item, "/", -1);
	bool right = g_strv_length(parts) <= 4;
	for (char **part = parts; *part; part++)
		right = right && **part && strlen(*part) + 5 < STEM_BYTES;
	if (right && parts[0])
		return parts;
	g_strfreev(parts);
	return NULL;
}

bool inflect_verb(const char *item, WordForms forms)
{
	g_auto(GStrv) parts = split(item);
	guint given = parts ? g_strv_length(parts) : 0;
	if (given == 0)
		return false;
	g_strlcpy(forms[FORM_BASE], parts[0], STEM_BYTES);
	add_s(parts[0], forms[FORM_S]);
	add_ing(parts[0], forms[FORM_ING]);
	add_ed(parts[0], forms[FORM_PAST]);
	if (given > 1)
		g_strlcpy(forms[FORM_PAST], parts[1], STEM_BYTES);
	g_strlcpy(forms[FORM_PARTICIPLE], given > 2 ? parts[2] : forms[FORM_PAST], STEM_BYTES);
	/* "prefer/preferred" doubles its last letter before -ing as well. */
	if (given == 2 && g_str_has_suffix(parts[1], "ed") && strlen(parts[1]) == strlen(parts[0]) + 3)
		g_snprintf(forms[FORM_ING], STEM_BYTES, "%.*sing", (int)strlen(parts[1]) - 2, parts[1]);
	if (given > 3)
		g_strlcpy(forms[FORM_ING], parts[3], STEM_BYTES);
	return true;
}

bool inflect_noun(const char *item, WordForms forms)
{
	g_auto(GStrv) parts = split(item);
	guint given = parts ? g_strv_length(parts) : 0;
	if (given == 0 || given > 2)
		return false;
	for (int form = 0; form < FORM_COUNT; form++)
		forms[form][0] = '\0';
	g_strlcpy(forms[FORM_BASE], parts[0], STEM_BYTES);
	if (given > 1)
		g_strlcpy(forms[FORM_S], parts[1], STEM_BYTES);
	else
		add_s(parts[0], forms[FORM_S]);
	return true;
}
