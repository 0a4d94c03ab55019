/* classify-auto.c - headers first (RFC 3834 and what came before it), then the subject, then the wording.
 *
 * By wording alone an absence needs two signs, since people too write that they are away.
 */
#include "classify-auto.h"

#include <string.h>

enum { DATE_REACH = 6, RANGE_REACH = 9, ENOUGH = 14 };

/* The heaviest finds of each kind, added up: an absence, a machine's words, and signs beside them. */
static int weigh_text(const GArray *finds)
{
	int away = 0, sign = 0, machine = 0;
	for (guint i = 0; i < finds->len; i++) {
		const WordsFind *find = &g_array_index(finds, WordsFind, i);
		away = find->list == WORDS_AWAY ? MAX(away, find->weight) : away;
		sign = find->list == WORDS_AWAY_SIGN ? MAX(sign, find->weight) : sign;
		machine = find->list == WORDS_AUTO ? MAX(machine, find->weight) : machine;
	}
	return away > 0 ? away + sign + machine : machine;
}

/* "until 30 November inclusive": the word behind the date. */
static bool ends_inclusive(const WordsText *text, uint32_t at, uint32_t end)
{
	static const char *const words[] = {"inclusive",       "included", "inclus",  "einschließlich",
										"einschliesslich", "incluido", "compreso"};
	if (at + 1 < end && text->text[words_token(text, at)->at] == '(')
		at++;
	for (size_t i = 0; at < end && i < G_N_ELEMENTS(words); i++)
		if (words_is(text, words_token(text, at), words[i]))
			return true;
	return false;
}

/* "vom 3. bis 7. Mai": the second day too is one of those away. */
static bool ends_range(const WordsText *text, const WordsFind *find, const Sentence *sentence)
{
	if (!words_is(text, words_token(text, find->first), "bis"))
		return false;
	for (uint32_t back = 1; back <= RANGE_REACH && find->first >= sentence->first + back; back++)
		if (words_is(text, words_token(text, find->first - back), "vom"))
			return true;
	return false;
}

/* The date behind a word such as "until"; of several the latest. */
static Day read_until(const WordsText *text, const GArray *finds, const DateBase *base, uint32_t *ret_sentence)
{
	Day back = DAY_NONE;
	for (guint i = 0; i < finds->len; i++) {
		const WordsFind *find = &g_array_index(finds, WordsFind, i);
		if (find->list != WORDS_AWAY_UNTIL)
			continue;
		const Sentence *sentence = words_sentence(text, find->sentence);
		DateFind date;
		bool found = false;
		for (uint32_t at = find->last > find->first + 1 ? find->first + 1 : find->last;
			 !found && at < MIN(find->last + DATE_REACH, sentence->last); at++)
			found = date_read(text, at, sentence->last, base, &date);
		if (!found || date.day < base->today || date.day > base->today + 400)
			continue;
		bool last_away =
			find->weight == 2 || ends_inclusive(text, date.last, sentence->last) || ends_range(text, find, sentence);
		Day day = last_away ? date_business_after(base, date.day, 1) : date.day;
		if (back == DAY_NONE || day > back) {
			back = day;
			*ret_sentence = find->sentence;
		}
	}
	return back;
}

/* The day after the last one that an absence names: "I am out of office from 3 to 7 May". */
static Day read_absence(const WordsText *text, const GArray *finds, const DateBase *base, uint32_t *ret_sentence)
{
	for (guint i = 0; i < finds->len; i++) {
		const WordsFind *find = &g_array_index(finds, WordsFind, i);
		if (find->list != WORDS_AWAY)
			continue;
		Day last = date_latest(text, words_sentence(text, find->sentence), 0, base);
		*ret_sentence = find->sentence;
		if (last != DAY_NONE)
			return date_business_after(base, last, 1);
	}
	return DAY_NONE;
}

/* A date in a header: the day after its end. */
static Day read_header(const MailIncoming *mail, const DateBase *base)
{
	Stamp stamp;
	if (mail->away_until == NULL || !stamp_parse(mail->away_until, &stamp) || stamp.day < base->today)
		return DAY_NONE;
	return date_business_after(base, stamp.day, 1);
}

static char *quote_sentence(const WordsText *text, uint32_t index)
{
	const Sentence *sentence = words_sentence(text, index);
	char *quote = g_strndup(text->text + sentence->at, MIN(sentence->end - sentence->at, 300u));
	char *valid = g_utf8_make_valid(quote, -1);
	g_free(quote);
	return g_strdelimit(valid, "\n\t", ' ');
}

static Day read_return(
	const MailIncoming *mail, const WordsText *text, const GArray *finds, const DateBase *base, char **ret_quote)
{
	uint32_t sentence = 0;
	Day back = read_until(text, finds, base, &sentence);
	if (back == DAY_NONE)
		back = read_absence(text, finds, base, &sentence);
	if (back != DAY_NONE)
		*ret_quote = quote_sentence(text, sentence);
	return back == DAY_NONE ? read_header(mail, base) : back;
}

/* What header, subject and wording come to. */
static bool is_automatic(const MailIncoming *mail, int weight, bool subject, bool decided)
{
	bool replied = (mail->signs & MAIL_SIGN_AUTO_REPLIED) != 0,
		 generated = (mail->signs & MAIL_SIGN_AUTO_GENERATED) != 0;
	bool listed = (mail->signs & (MAIL_SIGN_LIST | MAIL_SIGN_BULK)) != 0, answers = mail->in_reply_to->len > 0;
	bool worded = weight >= ENOUGH && !decided && (!listed || generated);
	bool silent = (mail->signs & MAIL_SIGN_NULL_SENDER) != 0 && (answers || weight >= 10) && !decided;
	return replied || subject || worded || silent || (generated && weight >= 10 && answers);
}

AutoReading auto_read(const MailIncoming *mail, const WordsText *text, const DateBase *base, bool decided)
{
	static const uint64_t lists = UINT64_C(1) << WORDS_AWAY | UINT64_C(1) << WORDS_AWAY_SIGN |
								  UINT64_C(1) << WORDS_AWAY_UNTIL | UINT64_C(1) << WORDS_AUTO;
	AutoReading reading = {.back_on = DAY_NONE};
	g_autoptr(WordsText) head = words_text_new(mail->subject, strlen(mail->subject));
	g_autoptr(GArray) head_finds = words_find(head, lists);
	g_autoptr(GArray) finds = words_find(text, lists);
	int weight = weigh_text(finds);
	weight = weight > 0 ? weight + weigh_text(head_finds) : weigh_text(head_finds);
	bool subject = words_fit_start(mail->subject, strlen(mail->subject), WORDS_AUTO_SUBJECT) ||
				   (!decided && words_fit(mail->subject, WORDS_AWAY));
	reading.is_auto = is_automatic(mail, weight, subject, decided);
	reading.confidence = (mail->signs & MAIL_SIGN_AUTO_REPLIED) != 0 ? 0.98 : subject ? 0.9 : 0.7;
	if (!reading.is_auto)
		return reading;
	reading.back_on = read_return(mail, text, finds, base, &reading.quote);
	if (reading.back_on == DAY_NONE)
		reading.back_on = read_return(mail, head, head_finds, base, &reading.quote);
	return reading;
}
