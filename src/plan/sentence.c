/* sentence.c - cuts a sentence into literal pieces and slots.
 */
#include "sentence.h"

#include <base/error.h>
#include <string.h>

static const char *const slots[SLOT_COUNT] = {
	[SLOT_NONE] = "",
	[SLOT_PERSON] = "person",
	[SLOT_ABOUT] = "about",
	[SLOT_COMPANY] = "company",
	[SLOT_INTERVIEW] = "interview",
	[SLOT_OPENING_DAY] = "opening-day",
	[SLOT_OPENING] = "opening",
	[SLOT_DUE] = "due",
	[SLOT_START] = "start",
	[SLOT_END] = "end",
	[SLOT_DECISION_DAY] = "decision-day",
	[SLOT_FOLLOW_UP_DAY] = "follow-up-day",
	[SLOT_PROMISED_DAY] = "promised-day",
	[SLOT_THANK_YOU_DAY] = "thank-you-day",
	[SLOT_FIRST_THANK_YOU_DAY] = "first-thank-you-day",
	[SLOT_LAST_ASK_DAY] = "last-ask-day",
	[SLOT_LAST_REPLY_DAY] = "last-reply-day",
	[SLOT_LAST_WORD_DAY] = "last-word-day",
	[SLOT_INTERVAL] = "interval",
	[SLOT_LENGTH] = "length",
	[SLOT_ANSWER_DAY] = "answer-day",
	[SLOT_CARD_DAY] = "card-day",
};

static Slot find_slot(const char *name, size_t length)
{
	for (int i = SLOT_NONE + 1; i < SLOT_COUNT; i++)
		if (strlen(slots[i]) == length && memcmp(slots[i], name, length) == 0)
			return (Slot)i;
	return SLOT_NONE;
}

static bool set_unknown(const char *name, size_t length, GError **error)
{
	g_autoptr(GString) list = g_string_new(NULL);
	for (int i = SLOT_NONE + 1; i < SLOT_COUNT; i++)
		g_string_append_printf(list, "%s{%s}", i > 1 ? ", " : "", slots[i]);
	return base_error_set(
		error, BASE_ERROR_INVALID, NULL, "{%.*s} stands for nothing; one of these is expected: %s",
		(int)MIN(length, 40), name, list->str);
}

/* Reads "{slot}" at *at and moves behind it. */
static bool read_slot(const char **at, Piece *piece, GError **error)
{
	const char *name = *at + 1, *end = strchr(name, '}');
	if (!end)
		return base_error_set(error, BASE_ERROR_INVALID, NULL, "a sentence has a “{” without its “}”");
	*piece = (Piece){.slot = (uint8_t)find_slot(name, (size_t)(end - name))};
	*at = end + 1;
	return piece->slot != SLOT_NONE || set_unknown(name, (size_t)(end - name), error);
}

bool sentence_parse(const char *text, Sentence **ret_sentence, GError **error)
{
	g_autoptr(Sentence) sentence = g_new0(Sentence, 1);
	sentence->text = g_strdup(text);
	for (const char *at = sentence->text; *at;) {
		if (sentence->count == SENTENCE_PIECES_MAX)
			return base_error_set(
				error, BASE_ERROR_INVALID, NULL, "a sentence has more than %d parts", SENTENCE_PIECES_MAX);
		Piece *piece = &sentence->pieces[sentence->count++];
		if (*at == '{') {
			if (!read_slot(&at, piece, error))
				return false;
			continue;
		}
		size_t length = strcspn(at, "{");
		*piece = (Piece){SLOT_NONE, (uint16_t)(at - sentence->text), (uint16_t)length};
		at += length;
	}
	*ret_sentence = g_steal_pointer(&sentence);
	return true;
}

void sentence_free(Sentence *sentence)
{
	if (!sentence)
		return;
	g_free(sentence->text);
	g_free(sentence);
}
