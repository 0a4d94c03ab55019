/* draft-text.c - reads what a person jotted down, so that a sentence can hold it.
 *
 * Looks at the first words only; knows a few hundred words and no grammar.  Never changes a word it does not know but
 * for "they" and "their", which mean the reader.
 */
#include "draft-text.h"

#include "draft-clean.h"
#include "draft-lead.h"
#include "draft-reader.h"
#include "draft-vocabulary.h"

#include <string.h>

#define DAYS_IN_THE_POST 5

typedef enum { FORM_PHRASE, FORM_DOING, FORM_SENTENCE } Form;

/* ---- words ---- */

static char *first_word(const char *text)
{
	gsize length = strcspn(text, " ,;:");
	return g_ascii_strdown(text, (gssize)length);
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
static bool is_plural_verb(const char *before, const char *word, const char *next)
{
	return next != NULL && !vocabulary_has(GROUP_AFTER_HEAD, next) && vocabulary_has(GROUP_PLURAL_VERB, word) &&
		   may_be_meant(before);
}

/* "the team doubled in a year", but "the proposed plan", "a tool used by nurses". */
static bool is_past(const char *before, const char *word, const char *next)
{
	return strlen(word) > 4 && g_str_has_suffix(word, "ed") && !g_str_has_suffix(word, "eed") &&
		   !vocabulary_has(GROUP_NOT_PAST, word) && !vocabulary_has(GROUP_DETERMINER, before) && next != NULL &&
		   strcmp(next, "by") != 0 &&
		   (vocabulary_has(GROUP_AFTER_HEAD, next) || vocabulary_has(GROUP_DETERMINER, next));
}

/* "needs" in "what the team needs" against "customer needs and wishes": a verb has something behind it. */
static bool is_finite(const char *word, const char *next)
{
	static const char *const always[] = {"is", "was", "has", "does"};
	if (!vocabulary_has(GROUP_FINITE, word))
		return false;
	for (guint i = 0; i < G_N_ELEMENTS(always); i++)
		if (strcmp(word, always[i]) == 0)
			return true;
	bool noun = g_str_has_suffix(word, "s") && !g_str_has_suffix(word, "'s");
	return !noun || (next != NULL && !vocabulary_has(GROUP_AFTER_HEAD, next));
}

/* "pricing is hard": a finite verb with nothing before it that would make the whole a noun. */
static bool has_finite_verb(const char *text)
{
	static const char *const stops[] = {"that", "i", "we", "you", "he", "she", "they"};
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	for (guint i = 0; words[i] != NULL; i++) {
		g_autofree char *word = first_word(words[i]);
		g_autofree char *before = i > 0 ? first_word(words[i - 1]) : NULL;
		g_autofree char *next = words[i + 1] != NULL ? first_word(words[i + 1]) : NULL;
		if (vocabulary_has(GROUP_CLAUSE, word))
			return false;
		for (guint j = 0; j < G_N_ELEMENTS(stops); j++)
			if (strcmp(word, stops[j]) == 0)
				return false;
		if (i > 0 && (is_finite(word, next) || is_plural_verb(words[i - 1], word, next) ||
					  (i > 1 && is_past(before, word, next))))
			return true;
	}
	return false;
}

static bool is_clause(const char *text)
{
	g_autofree char *word = first_word(text);
	return vocabulary_has(GROUP_CLAUSE, word);
}

static Form read_form(const char *text)
{
	g_autofree char *word = first_word(text);
	if (vocabulary_has(GROUP_SUBJECT, word) || strcmp(word, "no") == 0 || g_str_has_suffix(text, "?") ||
		g_str_has_suffix(text, "!"))
		return FORM_SENTENCE;
	if (vocabulary_has(GROUP_CLAUSE, word))
		return FORM_PHRASE;
	if (is_bare_verb(word) || vocabulary_has(GROUP_BEFORE, word) || has_finite_verb(text))
		return FORM_SENTENCE;
	return is_doing(word) ? FORM_DOING : FORM_PHRASE;
}

static bool is_noun(const char *word)
{
	return vocabulary_has(GROUP_COUNTED, word) || vocabulary_has(GROUP_SETTING, word);
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
		if (vocabulary_has(GROUP_DETERMINER, word) || g_str_has_suffix(word, "'s"))
			return NULL;
		bool joint = strcmp(word, "and") == 0 || strcmp(word, "or") == 0;
		if (joint && head != NULL && !may_be_meant(head) && !is_noun(head))
			continue;
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
	g_autofree char *head = find_head(text, NULL), *word = first_word(text);
	if (head == NULL)
		return NULL;
	if (use == USE_FIT && vocabulary_has(GROUP_MINE, head))
		return "my ";
	if (strcmp(word, "first") == 0 || strcmp(word, "last") == 0 || strcmp(word, "same") == 0)
		return "the ";
	if (!is_noun(head))
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

/* "both from Ohio", "both like hiking": what is missing before it; NULL where nothing is. */
static const char *find_both(const char *text)
{
	if (g_ascii_strncasecmp(text, "both ", 5) != 0)
		return NULL;
	g_autofree char *next = first_word(text + 5);
	if (vocabulary_has(GROUP_BEFORE, next) && !vocabulary_has(GROUP_PLURAL_VERB, next))
		return "we are ";
	return vocabulary_has(GROUP_PLURAL_VERB, next) || is_bare_verb(next) ? "we " : NULL;
}

/* What is put before a text about oneself: "I " before a verb, "I am " before "fluent in", else NULL. */
static const char *find_subject(const char *text)
{
	g_autofree char *word = first_word(text);
	const char *space = strchr(text, ' ');
	g_autofree char *next = space != NULL ? first_word(space + 1) : g_strdup("");
	bool preposition = vocabulary_has(GROUP_BEFORE, next) || strcmp(next, "of") == 0;
	if (preposition && vocabulary_has(GROUP_STATE, word))
		return "I am ";
	if (preposition && vocabulary_has(GROUP_MINE, word))
		return "my ";
	return is_bare_verb(word) ? "I " : NULL;
}

/* What is put before a text so that it can stand alone, or NULL. */
static const char *find_before(const char *text, FragmentUse use)
{
	g_autofree char *word = first_word(text);
	const char *both = find_both(text);
	if (both == NULL && (use == USE_UNSAID || use == USE_FIT))
		both = find_subject(text);
	if (both != NULL)
		return both;
	if (read_form(text) == FORM_SENTENCE || vocabulary_has(GROUP_CLAUSE, word))
		return NULL;
	if (use != USE_UNSAID)
		return find_article(text, use);
	g_autofree char *head = find_head(text, NULL);
	return head != NULL && vocabulary_has(GROUP_BRINGABLE, head) ? "my " : NULL;
}

static char *complete(char *text, FragmentUse use)
{
	const char *before = find_before(text, use);
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

/* Takes off all that only announces the text. Returns whether what is left is a sentence ("that …"). */
static bool strip_leads(char *text, FragmentUse use)
{
	bool sentence = use == USE_UNSAID && lead_strip(text, LEAD_UNSAID);
	for (int turn = 0; turn < 2; turn++)
		sentence = lead_strip(text, LEAD_ANY) || sentence;
	if (use == USE_STRENGTH) {
		lead_strip(text, LEAD_ANSWER);
		strip_praise(text);
	}
	return sentence;
}

static void replace_text(char **text, char *by)
{
	g_free(*text);
	*text = by;
}

static char *read_text(const char *raw, FragmentUse use, const FragmentSetting *setting, bool *ret_sentence)
{
	bool about_them = use == USE_TOPIC || use == USE_TO_THEM || use == USE_FIT;
	g_autofree char *cleaned = clean_text(raw, setting->characters);
	char *text = name_to_pronoun(cleaned, use == USE_TO_THEM || use == USE_FIT ? setting->reader : NULL);
	*ret_sentence = strip_leads(text, use);
	if (use == USE_TOPIC || use == USE_TO_THEM || use == USE_STRENGTH)
		replace_text(&text, verb_to_doing(text));
	lower_first(text);
	if (about_them) {
		text = turn_we(text);
		replace_text(&text, turn_to_reader(text, use == USE_TO_THEM));
	}
	return complete(text, use);
}

/* "five years of SQL": a length of time that only the candidate has spent. */
static bool counts_years(const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", 5);
	for (guint i = 1; words[i] != NULL && i < 4; i++)
		if (g_str_has_prefix(words[i], "year") && strlen(words[i]) < 8)
			return true;
	return false;
}

/* A question for them is no detail about oneself. */
static bool is_question(const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", 5);
	for (guint i = 0; words[i] != NULL && i < 4; i++)
		if (g_ascii_strncasecmp(words[i], "ask", 3) == 0)
			return true;
	return g_str_has_suffix(text, "?");
}

static bool holds_word_of(const Fragment *fragment, WordGroup group)
{
	g_auto(GStrv) words = g_strsplit(fragment->text != NULL ? fragment->text : "", " ", -1);
	for (guint i = 0; words[i] != NULL; i++) {
		g_autofree char *word = first_word(words[i]);
		if (vocabulary_has(group, word))
			return true;
	}
	return false;
}

bool fragment_is_private(const Fragment *fragment)
{
	return holds_word_of(fragment, GROUP_PRIVATE) || fragment_is_about_money(fragment);
}

bool fragment_is_about_money(const Fragment *fragment)
{
	return holds_word_of(fragment, GROUP_MONEY);
}

bool fragment_is_settled(const Fragment *fragment)
{
	return holds_word_of(fragment, GROUP_SORE) || fragment->doing != NULL ||
		   (fragment->text != NULL && is_clause(fragment->text));
}

bool fragment_is_definite(const Fragment *fragment)
{
	g_autofree char *word = first_word(fragment->text != NULL ? fragment->text : "");
	return fragment->phrase != NULL && fragment->doing == NULL &&
		   (vocabulary_has(GROUP_DETERMINER, word) || vocabulary_has(GROUP_CLAUSE, word)) && strcmp(word, "no") != 0;
}

Fragment fragment_read(const char *raw, FragmentUse use, const FragmentSetting *setting)
{
	Fragment fragment = {0};
	bool sentence = false;
	if (raw == NULL)
		return fragment;
	g_autofree char *text = read_text(raw, use, setting, &sentence);
	if (text[0] == '\0' || (use == USE_UNSAID && is_question(text)))
		return fragment;
	Form form = sentence && !is_clause(text) ? FORM_SENTENCE : read_form(text);
	fragment.mine = speaks_of_me(text) || (use == USE_FIT && counts_years(text));
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
		g_autofree char *text = clean_text(g_ptr_array_index(texts, (first + i) % texts->len), CLEAN_CHARACTERS);
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

static const char *ordinal_ending(int number)
{
	if (number % 100 >= 11 && number % 100 <= 13)
		return "th";
	return number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : number % 10 == 3 ? "rd" : "th";
}

char *say_date(const Facts *facts, Day day, Day today, bool lasting)
{
	int64_t away = (int64_t)day - today;
	Civil civil = civil_from_day(day), now = civil_from_day(today);
	const char *month = month_name(civil.month);
	if (!lasting && civil.month == now.month && civil.year == now.year)
		return g_strdup_printf("the %d%s", civil.day, ordinal_ending(civil.day));
	if (away >= -300 && away <= 300)
		return writes_month_first(facts) ? g_strdup_printf("%s %d", month, civil.day)
										 : g_strdup_printf("%d %s", civil.day, month);
	return g_strdup_printf("%d %s %d", civil.day, month, civil.year);
}

char *say_day(const Facts *facts, Day day, Day today, bool lasting)
{
	/* What lasts is read some days later, when "Tuesday" and "the 17th" may mean another day. */
	int64_t away = (int64_t)day - (lasting ? today + DAYS_IN_THE_POST : today);
	return away >= -6 && away <= 6 ? g_strdup(weekday_name(day_weekday(day))) : say_date(facts, day, today, lasting);
}
