/* archive-inbox.c - a mail of the inbox as it stands in a document, and back.
 *
 * A mail is the few lines that are kept of it, the calendar of an open invitation among them.
 */
#include "archive.h"

#include <base/limits.h>
#include <store/inbox.h>
#include <string.h>

/* The largest calendar that a mail keeps, and the years its time may be in. */
enum { CALENDAR_BYTES = 256 * 1024 };
static const int64_t AT_MIN = 631152000, AT_MAX = 7258118400;

/* ---- out ---- */

static void put_calendar(JsonOut *out, GBytes *calendar)
{
	gsize length = 0;
	const void *bytes = calendar == NULL ? NULL : g_bytes_get_data(calendar, &length);
	g_autofree char *text = bytes == NULL ? NULL : g_base64_encode(bytes, length);
	json_out_key_string(out, "calendar", text);
}

void archive_put_mail(JsonOut *out, const InboxItem *item)
{
	json_out_object(out);
	json_out_key_string(out, "message_id", item->message_id);
	json_out_key_string(out, "state", inbox_state_word((int)item->state));
	json_out_key_string(out, "kind", inbox_kind_word((int)item->kind));
	json_out_key_string(out, "reason", inbox_reason_word(item->reason));
	json_out_key_int(out, "at", item->at);
	json_out_key_string(out, "from_name", item->from_name);
	json_out_key_string(out, "from_address", item->from_address);
	json_out_key_string(out, "subject", item->subject);
	json_out_key_string(out, "says", word_text(WORDS_SAYS, item->says));
	json_out_key_day(out, "decision_by", item->decision_by);
	json_out_key_day(out, "back_on", item->back_on);
	json_out_key_string(out, "address", item->address);
	json_out_key_string(out, "quote", item->quote);
	json_out_key_int(out, "opportunity", item->opportunity);
	json_out_key_string(out, "person", item->person);
	json_out_key_string(out, "answers", item->answers);
	json_out_key_string(out, "step", word_text(WORDS_STEP, item->step));
	put_calendar(out, item->calendar);
	json_out_object_end(out);
}

/* ---- in ---- */

static bool refuse(size_t place, const char *key, const char *expected, GError **error)
{
	g_autofree char *where = g_strdup_printf("inbox[%zu].%s", place, key);
	return base_error_set(error, BASE_ERROR_INVALID, where, "%s is not %s.", where, expected);
}

static bool read_texts(InboxItem *item, const JsonValue *value, size_t place, GError **error)
{
	const struct {
		const char *key;
		char **field;
	} texts[] = {
		{"message_id", &item->message_id}, {"from_name", &item->from_name}, {"from_address", &item->from_address},
		{"subject", &item->subject},       {"address", &item->address},     {"quote", &item->quote},
		{"person", &item->person},         {"answers", &item->answers},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		const char *text = json_value_get_string(value, texts[i].key);
		if (!archive_is_fit(text, LIMIT_NAME_BYTES * 8, TEXT_LINE))
			return refuse(place, texts[i].key, "a text on one line, or longer than what is kept", error);
		*texts[i].field = g_strdup(text);
	}
	return item->message_id != NULL || refuse(place, "message_id", "there; every mail has one", error);
}

/* A word that is known; null where it may be missing. */
static bool read_word(const JsonValue *value, const char *key, int (*find)(const char *word), int *ret_word)
{
	const char *word = json_value_get_string(value, key);
	*ret_word = word == NULL ? WORD_NONE : find(word);
	return word == NULL || *ret_word != WORD_NONE;
}

static int find_says(const char *word)
{
	return word_find(WORDS_SAYS, word);
}

static int find_step(const char *word)
{
	return word_find(WORDS_STEP, word);
}

static bool read_words(InboxItem *item, const JsonValue *value, size_t place, GError **error)
{
	int state = WORD_NONE, kind = WORD_NONE;
	if (!read_word(value, "state", inbox_state_find, &state) || state == WORD_NONE)
		return refuse(place, "state", "open, recorded, confirmed, dismissed or noted", error);
	if (!read_word(value, "kind", inbox_kind_find, &kind) || kind == WORD_NONE)
		return refuse(place, "kind", "a kind of mail that is known", error);
	item->state = (InboxState)state;
	item->kind = (InboxKind)kind;
	if (!read_word(value, "reason", inbox_reason_find, &item->reason))
		return refuse(place, "reason", "a reason that is known", error);
	if (!read_word(value, "says", find_says, &item->says))
		return refuse(place, "says", "other, more-time, next-round, offer or rejection", error);
	return read_word(value, "step", find_step, &item->step) || refuse(place, "step", "a step that is known", error);
}

static bool read_days(InboxItem *item, const JsonValue *value, size_t place, GError **error)
{
	const struct {
		const char *key;
		Day *field;
	} days[] = {{"decision_by", &item->decision_by}, {"back_on", &item->back_on}};
	for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
		const char *text = json_value_get_string(value, days[i].key);
		if (text != NULL && !day_parse(text, days[i].field))
			return refuse(place, days[i].key, "a day as 2026-11-20", error);
	}
	item->at = json_value_get_int(value, "at", TIME_NONE);
	return (item->at >= AT_MIN && item->at <= AT_MAX) ||
		   refuse(place, "at", "the time it was written, in seconds since 1970", error);
}

static bool read_calendar(InboxItem *item, const JsonValue *value, size_t place, GError **error)
{
	gsize length = 0;
	const char *text = json_value_get_string(value, "calendar");
	if (text == NULL)
		return true;
	if (strlen(text) > CALENDAR_BYTES / 3 * 4 + 4)
		return refuse(place, "calendar", "small enough to be kept", error);
	g_autofree guchar *bytes = g_base64_decode(text, &length);
	item->calendar = g_bytes_new(bytes, length);
	return true;
}

bool archive_read_mail(const JsonValue *value, size_t place, InboxItem **ret_item, GError **error)
{
	static const char *const keys[] = {"message_id", "state",        "kind",     "reason", "at",
									   "from_name",  "from_address", "subject",  "says",   "decision_by",
									   "back_on",    "address",      "quote",    "person", "answers",
									   "step",       "opportunity",  "calendar", NULL};
	g_autoptr(InboxItem) item = inbox_item_new();
	g_autofree char *where = g_strdup_printf("inbox[%zu]", place);
	if (!archive_check_keys(value, where, keys, error) || !read_texts(item, value, place, error) ||
		!read_words(item, value, place, error) || !read_days(item, value, place, error) ||
		!read_calendar(item, value, place, error))
		return false;
	item->opportunity = json_value_get_int(value, "opportunity", 0);
	*ret_item = g_steal_pointer(&item);
	return true;
}
