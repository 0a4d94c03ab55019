/* shape.c - too-long, too-short, generic, repeated: how much is said, and how often the same.
 *
 * What is counted is what a reader sees: words between white space, and on LinkedIn characters as its pages count them.
 */
#include "rules.h"

#include <string.h>

enum {
	LINKEDIN_CHARACTERS = 200,
	CARD_MIN = 40,
	CARD_MAX = 70,
	CALL_MAX = 350,
	GENERIC_FROM = 30,          /* words: a shorter note is judged by what it must hold */
	GENERIC_WORDS_FOR_ONE = 25, /* in so many words, one at least of this conversation… */
	GENERIC_LEAST = 3,          /* …and so many in all */
	OPENINGS = 3,               /* sentences that begin with the same two words */
	FIRST_WORDS = 5,            /* sentences in a row that begin with the same word */
	PHRASE_WORDS = 5,           /* a phrase that should not stand twice */
	RUN_WORDS = 40,             /* as far as a repeated phrase is followed */
};

typedef struct Length {
	int least, most; /* words */
} Length;

static Length email_length(const ReviewRequest *request)
{
	bool screen = request->facts && request->interview != NO_INTERVIEW &&
				  facts_interview(request->facts, request->interview)->kind == INTERVIEW_PHONE_SCREEN;
	switch (request->step) {
	case STEP_THANK_YOU:
		return screen ? (Length){20, 200} : (Length){25, 280};
	case STEP_ADDITIONAL_INFO:
	case STEP_SECOND_NOTE:
		return (Length){25, 280};
	case STEP_CHECK_IN:
	case STEP_FINAL_CHECK:
	case STEP_THANK_FOR_ANSWER:
	case STEP_KEEP_IN_TOUCH:
	case STEP_GET_CONTACT:
		return (Length){15, 180};
	default:
		return (Length){10, 320};
	}
}

static void check_words(Reading *reading, Length length, const char *what)
{
	const NoteText *text = &reading->text;
	if (text->words > length.most)
		reading_add(
			reading, REVIEW_TOO_LONG, text->body, text->end, "The note has %d words; %s has room for about %d.",
			text->words, what, length.most);
	else if (text->words < length.least)
		reading_add(
			reading, REVIEW_TOO_SHORT, text->body, text->end, "The note has %d word%s; %s wants at least %d.",
			text->words, text->words == 1 ? "" : "s", what, length.least);
}

/* As LinkedIn counts: UTF-16 units, as a page's script does. */
static void check_linkedin(Reading *reading)
{
	const NoteText *text = &reading->text;
	int limit = reading->request->linkedin_limit ? reading->request->linkedin_limit : LINKEDIN_CHARACTERS, count = 0;
	uint32_t start = text->body;
	while (start < text->end && g_ascii_isspace(text->note[start]))
		start++;
	for (uint32_t at = start; at < text->end; at += (uint32_t)g_utf8_skip[(unsigned char)text->note[at]])
		count += g_utf8_get_char(text->note + at) > 0xffff ? 2 : 1;
	if (count > limit)
		reading_add(
			reading, REVIEW_TOO_LONG, start, text->end, "The text has %d characters; LinkedIn takes %d.", count, limit);
	else if (text->words < 5)
		reading_add(
			reading, REVIEW_TOO_SHORT, start, text->end, "The text has %d words; say at least where you met.",
			text->words);
}

void rules_length(Reading *reading)
{
	switch (reading->request->channel) {
	case CHANNEL_LINKEDIN:
		check_linkedin(reading);
		break;
	case CHANNEL_CARD:
		check_words(reading, (Length){CARD_MIN, CARD_MAX}, "a card");
		break;
	case CHANNEL_CALL:
		check_words(reading, (Length){0, CALL_MAX}, "a call");
		break;
	default:
		check_words(reading, email_length(reading->request), "such a note");
	}
}

static bool is_judged_generic(const ReviewRequest *request)
{
	return request->step == STEP_THANK_YOU || request->step == STEP_CARD || request->step == STEP_SECOND_NOTE ||
		   request->step == STEP_ADDITIONAL_INFO;
}

void rules_generic(Reading *reading)
{
	const NoteText *text = &reading->text;
	g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
	int substance = 0;
	bool adds = reading->request->step == STEP_ADDITIONAL_INFO || reading->request->step == STEP_SECOND_NOTE;
	if (!is_judged_generic(reading->request) || text->words < GENERIC_FROM ||
		g_strstr_len(text->note, (gssize)text->length, "[["))
		return;
	for (uint32_t i = 0; i < text->tokens->len; i++) {
		const Token *token = text_token(text, i);
		bool told = adds && (token->known & KNOWN_UNSAID) && !token_in_set(text, token, SET_STOP);
		if (!part_is_prose(text_part_of(text, text_sentence(text, token->sentence))) ||
			(!told && !text_is_own_word(text, token)))
			continue;
		if (g_hash_table_add(own, (gpointer)text_lower(text, token)))
			substance += (token->known & KNOWN_SUBSTANCE) != 0;
	}
	/* What the debrief has noted down counts twice. */
	int found = (int)g_hash_table_size(own) + substance,
		wanted = MAX(substance ? GENERIC_LEAST - 1 : GENERIC_LEAST, text->words / GENERIC_WORDS_FOR_ONE);
	if (found < wanted)
		reading_add(
			reading, REVIEW_GENERIC, text->body, text->end,
			"The note could go to anyone: of its %d words %d belong to this conversation.", text->words, found);
}

/* The sentence's first two words, as a key; NULL where it has fewer than four. Free with g_free. */
static char *opening_of(const NoteText *text, const Sentence *sentence, uint32_t *ret_first)
{
	uint32_t at = sentence->first;
	while (at < sentence->last && text_token(text, at)->kind == TOKEN_MARK)
		at++;
	*ret_first = at;
	if (at + 4 > sentence->last || text_token(text, at + 1)->kind == TOKEN_MARK)
		return NULL;
	return g_strconcat(text_lower(text, text_token(text, at)), " ", text_lower(text, text_token(text, at + 1)), NULL);
}

static void report_opening(Reading *reading, uint32_t first, uint32_t last, const char *how_often)
{
	g_autofree char *quote = reading_quote(reading, first, last);
	reading_add_tokens(
		reading, REVIEW_REPEATED, first, last, "\"%s\" begins %s; begin one of them otherwise.", quote, how_often);
}

static void check_openings(Reading *reading)
{
	const NoteText *text = &reading->text;
	g_autoptr(GHashTable) openings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char *previous = "";
	int in_a_row = 0;
	for (uint32_t i = 0; i < text->sentences->len; i++) {
		uint32_t first;
		const Sentence *sentence = text_sentence(text, i);
		if (text_part_of(text, sentence) != PART_BODY)
			continue;
		g_autofree char *key = opening_of(text, sentence, &first);
		if (key == NULL)
			continue;
		const char *word = text_lower(text, text_token(text, first));
		in_a_row = strcmp(word, previous) == 0 ? in_a_row + 1 : 1;
		previous = word;
		guint count = GPOINTER_TO_UINT(g_hash_table_lookup(openings, key)) + 1;
		g_hash_table_insert(openings, g_steal_pointer(&key), GUINT_TO_POINTER(count));
		if (count == OPENINGS)
			report_opening(reading, first, first + 2, "a third sentence");
		else if (in_a_row == FIRST_WORDS)
			report_opening(reading, first, first + 1, "five sentences in a row");
	}
}

/* The words of the note's own text, in order, as token numbers. */
static GArray *prose_words(const NoteText *text)
{
	GArray *words = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	for (uint32_t i = 0; i < text->tokens->len; i++) {
		Part part = text_part_of(text, text_sentence(text, text_token(text, i)->sentence));
		if (part_is_prose(part) && text_token(text, i)->kind != TOKEN_MARK && i >= text->greeting_end)
			g_array_append_val(words, i);
	}
	return words;
}

static const Token *word_at(const NoteText *text, const GArray *words, guint index)
{
	return text_token(text, g_array_index(words, uint32_t, index));
}

/* Names and the job's title may stand as often as they are needed. */
static bool is_worth_noting(const NoteText *text, const GArray *words, guint first, guint count)
{
	int content = 0;
	for (guint i = first; i < first + count; i++) {
		const Token *token = word_at(text, words, i);
		bool named = token->known & (KNOWN_COMPANY | KNOWN_POSITION | KNOWN_PERSON | KNOWN_ME);
		content += !named && !token_in_set(text, token, SET_STOP);
	}
	return content >= 2;
}

static guint same_run(const NoteText *text, const GArray *words, guint a, guint b)
{
	guint count = 0;
	while (
		count < RUN_WORDS && a + count < b && b + count < words->len &&
		strcmp(text_lower(text, word_at(text, words, a + count)), text_lower(text, word_at(text, words, b + count))) ==
			0)
		count++;
	return count;
}

/* Two phrases of one hash are the same or not: same_run tells. */
static guint hash_phrase(const NoteText *text, const GArray *words, guint first)
{
	guint hash = 0;
	for (guint i = first; i < first + PHRASE_WORDS; i++)
		hash = hash * 31 + list_hash(text_lower(text, word_at(text, words, i)), word_at(text, words, i)->lower_length);
	return hash;
}

static void check_phrases(Reading *reading)
{
	const NoteText *text = &reading->text;
	g_autoptr(GArray) words = prose_words(text);
	g_autoptr(GHashTable) phrases = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i + PHRASE_WORDS <= words->len; i++) {
		gpointer phrase = GUINT_TO_POINTER(hash_phrase(text, words, i));
		guint before = GPOINTER_TO_UINT(g_hash_table_lookup(phrases, phrase));
		guint run = before ? same_run(text, words, before - 1, i) : 0;
		if (run < PHRASE_WORDS || !is_worth_noting(text, words, i, run)) {
			if (!before)
				g_hash_table_insert(phrases, phrase, GUINT_TO_POINTER(i + 1));
			continue;
		}
		uint32_t first = g_array_index(words, uint32_t, i), last = g_array_index(words, uint32_t, i + run - 1) + 1;
		g_autofree char *quote = reading_quote(reading, first, last);
		reading_add_tokens(
			reading, REVIEW_REPEATED, first, last, "\"%s\" has been said above in the same words.", quote);
		i += run - 1;
	}
}

void rules_repeated(Reading *reading)
{
	check_openings(reading);
	check_phrases(reading);
}
