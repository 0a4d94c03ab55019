/* draft-text.c - reads what a person jotted down, so that a sentence can hold it.
 *
 * Looks at the first words only; knows a few hundred words and no grammar.  Never changes a word it does not know but
 * for "they" and "their", which mean the reader.
 */
#include "draft-text.h"

#include "draft-vocabulary.h"

#include <string.h>

#define FRAGMENT_CHARACTERS 240

typedef enum { FORM_PHRASE, FORM_DOING, FORM_SENTENCE } Form;

/* ---- cleaning ---- */

/* One space between words, none at the ends, no quotes around it and no full stop after it. */
static char *clean(const char *raw)
{
	g_auto(GStrv) words = g_strsplit_set(raw, " \t\r\n", -1);
	GString *text = g_string_new(NULL);
	for (guint i = 0; words[i] != NULL; i++)
		if (words[i][0] != '\0')
			g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", words[i]);
	bool quoted = text->len > 2 && text->str[0] == '"' && strchr(text->str + 1, '"') == text->str + text->len - 1;
	if (quoted) {
		g_string_truncate(text, text->len - 1);
		g_string_erase(text, 0, 1);
	}
	while (text->len > 0 && strchr(".,;: ", text->str[text->len - 1]) != NULL && !g_str_has_suffix(text->str, "..."))
		g_string_truncate(text, text->len - 1);
	return g_string_free(text, FALSE);
}

/* Leaves the first sentence, where another follows it. */
static void cut_to_sentence(char *text)
{
	for (char *stop = strstr(text, ". "); stop != NULL; stop = strstr(stop + 1, ". ")) {
		const char *word = stop;
		while (word > text && word[-1] != ' ')
			word--;
		gsize length = (gsize)(stop - word);
		if (g_ascii_isupper(stop[2]) && length > 3 && memchr(word, '.', length) == NULL) {
			*stop = '\0';
			return;
		}
	}
}

/* Shortens a very long text behind a word. */
static char *cut_to_length(char *text)
{
	if (g_utf8_strlen(text, -1) <= FRAGMENT_CHARACTERS)
		return text;
	char *stop = g_utf8_offset_to_pointer(text, FRAGMENT_CHARACTERS);
	char *space = g_strrstr_len(text, stop - text, " ");
	*(space != NULL ? space : stop) = '\0';
	char *shorter = g_strconcat(text, "\xe2\x80\xa6", NULL);
	g_free(text);
	return shorter;
}

/* ---- words ---- */

static char *first_word(const char *text)
{
	gsize length = strcspn(text, " ,;:");
	return g_ascii_strdown(text, (gssize)length);
}

static void strip_lead(char *text, WordGroup group)
{
	gsize length = vocabulary_match_start(group, text);
	memmove(text, text + length, strlen(text + length) + 1);
}

static bool is_doing(const char *word)
{
	return strlen(word) >= 5 && g_str_has_suffix(word, "ing") && !vocabulary_has(GROUP_NOT_DOING, word);
}

/* A verb that has lost its subject: "explained the model", "like their mission". */
static bool is_bare_verb(const char *word)
{
	if (vocabulary_has(GROUP_VERB, word))
		return true;
	return strlen(word) >= 5 && g_str_has_suffix(word, "ed") && !g_str_has_suffix(word, "eed") &&
		   !vocabulary_has(GROUP_NOT_PAST, word);
}

/* A word that is capitalised as the first of a sentence, not as a name. */
static bool is_common(const char *text)
{
	static const WordGroup alone[] = {GROUP_COMMON, GROUP_COUNTED, GROUP_SETTING};
	static const WordGroup always[] = {GROUP_DETERMINER, GROUP_SUBJECT, GROUP_CLAUSE, GROUP_BEFORE};
	gsize length = strcspn(text, " ,;:");
	for (gsize i = 1; i < length; i++)
		if (!g_ascii_islower(text[i]) && text[i] != '\'' && text[i] != '-')
			return false;
	g_autofree char *word = first_word(text);
	for (guint i = 0; i < G_N_ELEMENTS(always); i++)
		if (vocabulary_has(always[i], word))
			return true;
	bool name_follows = text[length] == ' ' && g_ascii_isupper(text[length + 1]);
	if (vocabulary_has(GROUP_NAMES, word))
		return false;
	if (is_doing(word) || is_bare_verb(word))
		return true;
	for (guint i = 0; i < G_N_ELEMENTS(alone); i++)
		if (vocabulary_has(alone[i], word))
			return !name_follows;
	return vocabulary_match_end(GROUP_COMMON_END, word) && !name_follows;
}

static void lower_first(char *text)
{
	if (g_ascii_isupper(text[0]) && text[1] != '\0' && !g_str_has_suffix(text, "?") && strcmp(text, "I") != 0 &&
		!g_str_has_prefix(text, "I ") && !g_str_has_prefix(text, "I'") && is_common(text))
		text[0] = g_ascii_tolower(text[0]);
}

/* ---- whom the text speaks of ---- */

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

/* The word for the reader that stands for one of these, or NULL; singular where the next verb has to follow. */
static const char *second_person(const char *word, bool one_person, bool *ret_singular)
{
	static const struct {
		const char *from, *to;
		bool singular, verb;
	} table[] = {{"they", "you", false, false},       {"their", "your", false, false},
				 {"they're", "you're", false, false}, {"they've", "you've", false, false},
				 {"they'll", "you'll", false, false}, {"he", "you", true, true},
				 {"she", "you", true, true},          {"his", "your", true, false},
				 {"her", "your", true, false},        {"he's", "you're", true, false},
				 {"she's", "you're", true, false}};
	for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
		if (g_ascii_strcasecmp(word, table[i].from) != 0 || (table[i].singular && !one_person))
			continue;
		*ret_singular = table[i].verb;
		return table[i].to;
	}
	return NULL;
}

/* Whether "their" after that word could mean others than the reader: "how customers use their data". */
static bool may_be_meant(const char *word)
{
	return strlen(word) > 3 && g_str_has_suffix(word, "s") && !g_str_has_suffix(word, "ss") &&
		   strchr(word, '\'') == NULL && !vocabulary_has(GROUP_NOT_PLURAL, word);
}

/* "how they test", "her team's move": the reader is meant, so the text says "you". "She" and "her" only near the start,
 * where no one else can be meant. */
static char *turn_to_reader(const char *text, bool one_person)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	bool others = false, opening = true, turned = false;
	for (guint i = 0; words[i] != NULL; i++) {
		bool singular = false;
		const char *reader = others ? NULL : second_person(words[i], one_person && (opening || turned), &singular);
		others = others || may_be_meant(words[i]);
		g_autofree char *word = first_word(words[i]);
		opening = opening && (vocabulary_has(GROUP_CLAUSE, word) || vocabulary_has(GROUP_OPENING, word));
		if (reader == NULL)
			continue;
		turned = true;
		g_free(words[i]);
		words[i] = g_strdup(reader);
		if (singular && words[i + 1] != NULL) {
			char *verb = agree_with_you(words[i + 1]);
			g_free(words[i + 1]);
			words[i + 1] = verb;
		}
	}
	return g_strjoinv(" ", words);
}

static bool speaks_of_me(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " ,;:'", -1);
	for (guint i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], "I") == 0 || g_ascii_strcasecmp(words[i], "my") == 0 || strcmp(words[i], "me") == 0)
			return true;
	return false;
}

/* ---- its form ---- */

/* "patients come first": a word that is a verb after a plural, unless the noun phrase ends with it. */
static bool is_plural_verb(const char *before, const char *word, const char *after)
{
	g_autofree char *next = after != NULL ? first_word(after) : NULL;
	return next != NULL && !vocabulary_has(GROUP_AFTER_HEAD, next) && vocabulary_has(GROUP_PLURAL_VERB, word) &&
		   may_be_meant(before);
}

/* "pricing is hard": a finite verb with nothing before it that would make the whole a noun. */
static bool has_finite_verb(const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	for (guint i = 0; words[i] != NULL; i++) {
		g_autofree char *word = first_word(words[i]);
		if (vocabulary_has(GROUP_CLAUSE, word) || strcmp(word, "that") == 0 || strcmp(word, "i") == 0 ||
			strcmp(word, "we") == 0 || strcmp(word, "you") == 0)
			return false;
		if (i > 0 && (vocabulary_has(GROUP_FINITE, word) || is_plural_verb(words[i - 1], word, words[i + 1])))
			return true;
	}
	return false;
}

static Form read_form(const char *text)
{
	g_autofree char *word = first_word(text);
	if (vocabulary_has(GROUP_SUBJECT, word) || g_str_has_suffix(text, "?") || g_str_has_suffix(text, "!"))
		return FORM_SENTENCE;
	if (vocabulary_has(GROUP_CLAUSE, word))
		return FORM_PHRASE;
	if (is_bare_verb(word) || vocabulary_has(GROUP_BEFORE, word) || has_finite_verb(text))
		return FORM_SENTENCE;
	return is_doing(word) ? FORM_DOING : FORM_PHRASE;
}

/* The noun that a noun phrase is about ("team" of "small team that ships weekly"), or NULL where it begins with an
 * article or the like already, which is skipped if it is `article`. Free with g_free. */
static char *find_head(const char *text, const char *article)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	g_autofree char *head = NULL;
	for (guint i = 0; words[i] != NULL; i++) {
		g_autofree char *word = first_word(words[i]);
		if (i == 0 && article != NULL && strcmp(word, article) == 0)
			continue;
		if (vocabulary_has(GROUP_DETERMINER, word) || g_str_has_suffix(word, "'s") || g_ascii_isdigit(word[0]))
			return NULL;
		if (i > 0 && vocabulary_has(GROUP_AFTER_HEAD, word))
			break;
		g_free(head);
		head = g_steal_pointer(&word);
		if (strchr(words[i], ',') != NULL)
			break;
	}
	return g_steal_pointer(&head);
}

/* "small team that ships weekly" names one thing and lacks its article. Returns the article, or NULL. */
static const char *find_article(const char *text, FragmentUse use)
{
	g_autofree char *head = find_head(text, NULL);
	if (head == NULL || !(vocabulary_has(GROUP_COUNTED, head) || vocabulary_has(GROUP_SETTING, head)))
		return NULL;
	if (use != USE_FIT)
		return "the ";
	if (strchr(text, ' ') == NULL)
		return "your ";
	return strchr("aeio", g_ascii_tolower(text[0])) != NULL ? "an " : "a ";
}

static bool is_setting(const char *text)
{
	g_autofree char *article = first_word(text);
	if (strcmp(article, "a") != 0 && strcmp(article, "an") != 0)
		return false;
	g_autofree char *head = find_head(text, article);
	return head != NULL && vocabulary_has(GROUP_SETTING, head);
}

static char *complete(char *text, FragmentUse use)
{
	g_autofree char *word = first_word(text);
	const char *before = NULL;
	if ((use == USE_UNSAID || use == USE_FIT) && is_bare_verb(word))
		before = "I ";
	else if (use != USE_UNSAID && read_form(text) != FORM_SENTENCE && !vocabulary_has(GROUP_CLAUSE, word))
		before = find_article(text, use);
	if (before == NULL)
		return text;
	char *whole = g_strconcat(before, text, NULL);
	g_free(text);
	return whole;
}

/* "We want to move to Rust" is what they said of themselves, "we compared notes" is not. */
static char *turn_we(char *text)
{
	static const char we[] = "we ";
	if (g_ascii_strncasecmp(text, we, strlen(we)) != 0)
		return text;
	g_autofree char *verb = first_word(text + strlen(we));
	if (vocabulary_has(GROUP_TOGETHER, verb))
		return text;
	char *turned = g_strconcat("you ", text + strlen(we), NULL);
	g_free(text);
	return turned;
}

/* "answered the caching question well": what is left is the question. */
static void strip_praise(char *text)
{
	static const char *const praise[] = {" very well", " quite well", " well",  " clearly",
										 " nicely",    " badly",      " poorly"};
	for (guint i = 0; i < G_N_ELEMENTS(praise); i++) {
		if (!g_str_has_suffix(text, praise[i]))
			continue;
		text[strlen(text) - strlen(praise[i])] = '\0';
		return;
	}
}

static char *read_text(const char *raw, FragmentUse use)
{
	bool about_them = use == USE_TOPIC || use == USE_TO_THEM || use == USE_FIT;
	char *text = clean(raw);
	cut_to_sentence(text);
	strip_lead(text, GROUP_LEAD);
	if (use == USE_UNSAID)
		strip_lead(text, GROUP_LEAD_UNSAID);
	if (use == USE_STRENGTH) {
		strip_lead(text, GROUP_LEAD_ANSWER);
		strip_praise(text);
	}
	text = cut_to_length(text);
	lower_first(text);
	if (about_them) {
		text = turn_we(text);
		char *turned = turn_to_reader(text, use == USE_TO_THEM);
		g_free(text);
		text = turned;
	}
	return complete(text, use);
}

bool fragment_is_sore(const Fragment *fragment)
{
	g_auto(GStrv) words = g_strsplit(fragment->text != NULL ? fragment->text : "", " ", -1);
	for (guint i = 0; words[i] != NULL; i++) {
		g_autofree char *word = first_word(words[i]);
		if (vocabulary_has(GROUP_SORE, word) || (i == 0 && vocabulary_has(GROUP_CLAUSE, word)))
			return true;
	}
	return fragment->doing != NULL;
}

Fragment fragment_read(const char *raw, FragmentUse use)
{
	Fragment fragment = {0};
	if (raw == NULL)
		return fragment;
	g_autofree char *text = read_text(raw, use);
	if (text[0] == '\0')
		return fragment;
	Form form = read_form(text);
	fragment.mine = speaks_of_me(text);
	fragment.setting = is_setting(text);
	if (form != FORM_SENTENCE)
		fragment.phrase = g_strdup(text);
	if (form == FORM_DOING)
		fragment.doing = g_strdup(text);
	fragment.text = g_steal_pointer(&text);
	return fragment;
}

void fragment_clear(Fragment *fragment)
{
	g_clear_pointer(&fragment->text, g_free);
	g_clear_pointer(&fragment->phrase, g_free);
	g_clear_pointer(&fragment->doing, g_free);
}

bool fragment_repeats(const Fragment *fragment, const Fragment *other)
{
	if (fragment->text == NULL || other->text == NULL)
		return false;
	g_autofree char *one = g_utf8_casefold(fragment->text, -1), *two = g_utf8_casefold(other->text, -1);
	return strstr(one, two) != NULL || strstr(two, one) != NULL;
}

/* ---- lists and days ---- */

static bool holds_joint(const char *text)
{
	return strchr(text, ',') != NULL || strstr(text, " and ") != NULL || strstr(text, " or ") != NULL;
}

char *join_words(const GPtrArray *texts, guint first, guint most)
{
	guint count = MIN(texts->len, most);
	if (count == 0)
		return NULL;
	GString *list = g_string_new(NULL);
	bool joint = false;
	for (guint i = 0; i < count; i++)
		joint = joint || holds_joint(g_ptr_array_index(texts, (first + i) % texts->len));
	for (guint i = 0; i < count; i++) {
		const char *before = i == 0 ? "" : i < count - 1 ? ", " : joint ? ", and " : " and ";
		g_autofree char *text = clean(g_ptr_array_index(texts, (first + i) % texts->len));
		lower_first(text);
		g_string_append_printf(list, "%s%s", before, text);
	}
	return g_string_free(list, FALSE);
}

static bool writes_month_first(const Facts *facts)
{
	const char *zone = zone_get_name(facts->zone);
	return g_str_has_prefix(zone, "America/") || g_str_has_prefix(zone, "US/") || strcmp(zone, "Pacific/Honolulu") == 0;
}

char *say_day(const Facts *facts, Day day, Day today)
{
	int64_t away = (int64_t)day - today;
	if (away >= -6 && away <= 6)
		return g_strdup(weekday_name(day_weekday(day)));
	Civil civil = civil_from_day(day);
	const char *month = month_name(civil.month);
	if (away >= -300 && away <= 300)
		return writes_month_first(facts) ? g_strdup_printf("%s %d", month, civil.day)
										 : g_strdup_printf("%d %s", civil.day, month);
	return g_strdup_printf("%d %s %d", civil.day, month, civil.year);
}
