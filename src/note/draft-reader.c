/* draft-reader.c - turns what was jotted down about a person into what is said to that person.
 *
 * Goes through the words once; remembers whether somebody else was named who could be meant.
 */
#include "draft-reader.h"

#include "draft-vocabulary.h"

#include <glib.h>
#include <string.h>

/* ---- verbs ---- */

/* "builds" as it stands after "you". */
static char *agree_with_you(const char *verb)
{
	static const char *const forms[][2] = {{"is", "are"},         {"was", "were"},       {"has", "have"},
										   {"does", "do"},        {"goes", "go"},        {"isn't", "aren't"},
										   {"wasn't", "weren't"}, {"hasn't", "haven't"}, {"doesn't", "don't"}};
	for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
		if (strcmp(verb, forms[i][0]) == 0)
			return g_strdup(forms[i][1]);
	gsize length = strlen(verb);
	if (length < 4 || !g_str_has_suffix(verb, "s") || g_str_has_suffix(verb, "ss"))
		return g_strdup(verb);
	if (g_str_has_suffix(verb, "ies"))
		return g_strdup_printf("%.*sy", (int)length - 3, verb);
	static const char *const hissing[] = {"sses", "shes", "ches", "xes", "zzes"};
	for (guint i = 0; i < G_N_ELEMENTS(hissing); i++)
		if (g_str_has_suffix(verb, hissing[i]))
			return g_strndup(verb, length - 2);
	return g_strndup(verb, length - 1);
}

static bool is_participle(const char *word)
{
	static const char *const irregular[] = {"been",  "built", "had",   "made",  "done",    "gone",   "seen",
											"grown", "led",   "taken", "given", "written", "taught", "brought"};
	for (guint i = 0; i < G_N_ELEMENTS(irregular); i++)
		if (g_ascii_strcasecmp(word, irregular[i]) == 0)
			return true;
	return strlen(word) > 4 && g_str_has_suffix(word, "ed");
}

/* ---- pronouns ---- */

/* "her team" but "working with her". */
static bool is_owner(char *const *words, guint at)
{
	if (words[at + 1] == NULL)
		return false;
	g_autofree char *next = g_ascii_strdown(words[at + 1], -1);
	return !vocabulary_has(GROUP_AFTER_HEAD, next) && !vocabulary_has(GROUP_BEFORE, next) &&
		   !vocabulary_has(GROUP_CLAUSE, next);
}

typedef struct Pronoun {
	const char *from, *to;
	bool singular;   /* of one person */
	bool verb;       /* the next verb has to follow */
	bool only_after; /* only once another word has meant the reader */
} Pronoun;

/* The word for the reader that stands for one of these, or NULL. */
static const Pronoun *find_pronoun(const char *word)
{
	static const Pronoun table[] = {
		{"they", "you", false, false, false},       {"their", "your", false, false, false},
		{"they're", "you're", false, false, false}, {"they've", "you've", false, false, false},
		{"they'll", "you'll", false, false, false}, {"they'd", "you'd", false, false, false},
		{"them", "you", false, false, true},        {"themselves", "yourselves", false, false, true},
		{"he", "you", true, true, false},           {"she", "you", true, true, false},
		{"his", "your", true, false, false},        {"her", "your", true, false, false},
		{"him", "you", true, false, false},         {"he'd", "you'd", true, false, false},
		{"she'd", "you'd", true, false, false},     {"he'll", "you'll", true, false, false},
		{"she'll", "you'll", true, false, false},   {"he's", "you're", true, false, false},
		{"she's", "you're", true, false, false},    {"himself", "yourself", true, false, true},
		{"herself", "yourself", true, false, true}};
	gsize length = strcspn(word, ",;:.)");
	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		if (strlen(table[i].from) == length && g_ascii_strncasecmp(word, table[i].from, length) == 0)
			return &table[i];
	return NULL;
}

static const char *say_pronoun(const Pronoun *pronoun, char *const *words, guint at)
{
	if (strcmp(pronoun->from, "her") == 0 && !is_owner(words, at))
		return "you";
	if (g_str_has_suffix(pronoun->from, "he's") && words[at + 1] != NULL && is_participle(words[at + 1]))
		return "you've";
	return pronoun->to;
}

/* The verb behind "he", adverbs between them left out, agrees with "you". */
static void follow_with_verb(char **words, guint at)
{
	static const char *const adverbs[] = {"also", "still", "just", "never",   "always", "really", "even",
										  "then", "often", "only", "usually", "once",   "first",  "now"};
	guint verb = at + 1;
	for (guint i = 0; i < G_N_ELEMENTS(adverbs) && words[verb] != NULL; i++)
		if (strcmp(words[verb], adverbs[i]) == 0) {
			verb++;
			i = 0;
		}
	if (words[verb] == NULL)
		return;
	char *agreed = agree_with_you(words[verb]);
	g_free(words[verb]);
	words[verb] = agreed;
}

bool may_be_meant(const char *word)
{
	return strlen(word) > 3 && g_str_has_suffix(word, "s") && !g_str_has_suffix(word, "ss") &&
		   strchr(word, '\'') == NULL && !vocabulary_has(GROUP_NOT_PLURAL, word);
}

/* "Tom runs", "a colleague": a person whom "he" could mean. */
static bool is_stranger(char *const *words, guint at)
{
	g_autofree char *word = g_ascii_strdown(words[at], (gssize)strcspn(words[at], ",;:.)"));
	if (vocabulary_has(GROUP_HUMAN, word))
		return true;
	if (!g_ascii_isupper(words[at][0]) || strcmp(words[at], "I") == 0 || strlen(words[at]) < 3 ||
		!g_ascii_islower(words[at][1]) || find_pronoun(words[at]) != NULL || words[at + 1] == NULL)
		return false;
	const char *next = words[at + 1];
	bool acts = strlen(next) > 3 && (g_str_has_suffix(next, "s") || g_str_has_suffix(next, "ed"));
	return g_str_has_suffix(words[at], "'s") || (acts && at > 0);
}

char *turn_to_reader(const char *text, bool one_person)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	bool others = false, stranger = false, turned = false;
	for (guint i = 0; words[i] != NULL; i++) {
		const Pronoun *pronoun = find_pronoun(words[i]);
		g_autofree char *lower = g_ascii_strdown(words[i], -1);
		stranger = stranger || is_stranger(words, i);
		bool meant = pronoun != NULL && (turned || !pronoun->only_after) &&
					 (pronoun->singular ? one_person && !stranger : !others);
		others = others || may_be_meant(lower);
		if (!meant)
			continue;
		turned = true;
		const char *rest = words[i] + strlen(pronoun->from);
		char *said = g_strconcat(say_pronoun(pronoun, words, i), rest, NULL);
		g_free(words[i]);
		words[i] = said;
		if (pronoun->verb)
			follow_with_verb(words, i);
	}
	return g_strjoinv(" ", words);
}

/* ---- the reader's name ---- */

static bool is_title(const char *word)
{
	static const char *const titles[] = {"Mr.", "Ms.", "Mrs.", "Mx.", "Dr.", "Prof.", "Mr", "Ms", "Mrs", "Dr", "Prof"};
	for (guint i = 0; i < G_N_ELEMENTS(titles); i++)
		if (strcmp(word, titles[i]) == 0)
			return true;
	return false;
}

/* Whether a word is one of the name's; *ret_rest is what follows the name in it ("'s", ","). Months are left alone. */
static bool is_name_word(const char *word, char *const *names, const char **ret_rest)
{
	static const char *const months[] = {"May", "April", "June", "August", "Will"};
	gsize length = strcspn(word, "',;:.)");
	for (guint i = 0; i < G_N_ELEMENTS(months); i++)
		if (strlen(months[i]) == length && strncmp(word, months[i], length) == 0)
			return false;
	*ret_rest = word + length;
	for (guint i = 0; names[i] != NULL; i++)
		if (strlen(names[i]) == length && length > 1 && g_unichar_isupper(g_utf8_get_char(word)) &&
			strncmp(word, names[i], length) == 0 && !is_title(names[i]))
			return true;
	return false;
}

char *name_to_pronoun(const char *text, const Person *reader)
{
	if (reader == NULL)
		return g_strdup(text);
	g_auto(GStrv) names = g_strsplit_set(reader->name, " ,.", -1), words = g_strsplit(text, " ", -1);
	GString *turned = g_string_new(NULL);
	const char *rest, *next_rest;
	for (guint i = 0; words[i] != NULL; i++) {
		bool title = is_title(words[i]) && words[i + 1] != NULL && is_name_word(words[i + 1], names, &rest);
		bool more = words[i + 1] != NULL && is_name_word(words[i], names, &rest) && *rest == '\0' &&
					is_name_word(words[i + 1], names, &next_rest);
		if (title || more)
			continue;
		const char *before = turned->len > 0 ? " " : "";
		if (!is_name_word(words[i], names, &rest))
			g_string_append_printf(turned, "%s%s", before, words[i]);
		else if (g_str_has_prefix(rest, "'s"))
			g_string_append_printf(turned, "%shis%s", before, rest + 2);
		else if (*rest == '\0' || strchr(",;:.)", *rest) != NULL)
			g_string_append_printf(
				turned, "%s%s%s", before, words[i + 1] == NULL || *rest != '\0' ? "him" : "he", rest);
		else
			g_string_append_printf(turned, "%s%s", before, words[i]);
	}
	return g_string_free(turned, FALSE);
}
