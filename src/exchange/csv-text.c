/* csv-text.c - which encoding a sheet is in, and its text in UTF-8.
 *
 * What is valid UTF-8 is UTF-8.  Else the beginning is read in each encoding that sheets come in, and the one that
 * reads most like words wins: kana and Hangul are hardly ever there by chance, accented letters stand alone among plain
 * ones.
 */
#include "csv-text.h"

#include <errno.h>
#include <string.h>

typedef enum { SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_JAPANESE, SCRIPT_KOREAN, SCRIPT_CHINESE } Script;

/* In the order in which they are believed where they read equally well. Some are tried without the rarer letters that
 * were added to them later, which other encodings' bytes would hit by chance. */
static const struct {
	const char *tried, *charset;
	Script script;
} CANDIDATES[] = {
	{"WINDOWS-1252", "WINDOWS-1252", SCRIPT_LATIN},
	{"CP932", "CP932", SCRIPT_JAPANESE},
	{"EUC-JP", "EUC-JP", SCRIPT_JAPANESE},
	{"EUC-KR", "CP949", SCRIPT_KOREAN},
	{"GB2312", "GB18030", SCRIPT_CHINESE},
	{"BIG5", "BIG5-HKSCS", SCRIPT_CHINESE},
	{"WINDOWS-1251", "WINDOWS-1251", SCRIPT_CYRILLIC},
	{"WINDOWS-1250", "WINDOWS-1250", SCRIPT_LATIN},
	{"MACINTOSH", "MACINTOSH", SCRIPT_LATIN},
	{"CP850", "CP850", SCRIPT_LATIN},
};

enum { SAMPLE_BYTES = 4096 };

/* Appends what iconv makes of the bytes; what is no character becomes U+FFFD, a byte at a time. *ret_bad counts those.
 * False where there is no such encoding. */
static bool convert(const char *bytes, size_t length, const char *charset, GString *text, size_t *ret_bad)
{
	GIConv converter = g_iconv_open("UTF-8", charset);
	char buffer[8192], *from = (char *)bytes;
	*ret_bad = 0;
	if (converter == (GIConv)-1)
		return false;
	while (length > 0) {
		char *to = buffer;
		size_t room = sizeof buffer;
		size_t done = g_iconv(converter, &from, &length, &to, &room);
		int why = errno;
		g_string_append_len(text, buffer, to - buffer);
		if (done != (size_t)-1 || why == E2BIG)
			continue;
		g_string_append(text, "\xef\xbf\xbd");
		g_iconv(converter, NULL, NULL, NULL, NULL);
		from++;
		length--;
		++*ret_bad;
	}
	g_iconv_close(converter);
	return true;
}

static bool is_kana(gunichar c)
{
	return c >= 0x3041 && c <= 0x30FE;
}

static bool is_han(gunichar c)
{
	return c >= 0x4E00 && c <= 0x9FFF;
}

static bool is_cyrillic(gunichar c)
{
	return c >= 0x410 && c <= 0x451;
}

/* How much a letter beyond ASCII looks like one of a word: between two of its kind it is rare, in capitals within a
 * word too, and a sign within a word rarer still. */
static int score_latin(gunichar before, gunichar c, gunichar after)
{
	static const gunichar signs[] = {0x2019, 0x2018, 0x201C, 0x201D, 0x2013, 0x2014,
									 0xA0,   0x20AC, 0xBF,   0xA1,   0xAB,   0xBB};
	bool word_before = g_unichar_isalpha(before), word_after = g_unichar_isalpha(after);
	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (c == signs[i])
			return 2;
	if (!g_unichar_isalpha(c) || c >= 0x250 || c == 0xAA || c == 0xBA)
		return word_before ? -3 : word_after ? -2 : 0;
	bool high_before = word_before && before >= 0x80, high_after = word_after && after >= 0x80;
	if (g_unichar_isupper(c) && word_before && (g_unichar_islower(before) || g_unichar_islower(after)))
		return -3;
	return high_before && high_after ? -3 : high_before || high_after ? 0 : 3;
}

static int score_letter(Script script, gunichar before, gunichar c, gunichar after)
{
	bool beside_ascii = (before < 0x80 && g_unichar_isalpha(before)) || (after < 0x80 && g_unichar_isalpha(after));
	if (script != SCRIPT_LATIN && beside_ascii)
		return -4;
	switch (script) {
	case SCRIPT_LATIN:
		return score_latin(before, c, after);
	case SCRIPT_CYRILLIC:
		return !is_cyrillic(c)                                                            ? -2
			   : g_unichar_isupper(c) && is_cyrillic(before) && g_unichar_islower(before) ? -3
			   : is_cyrillic(before) || is_cyrillic(after)                                ? 3
																						  : -1;
	case SCRIPT_JAPANESE:
		return is_kana(c) ? 8 : is_han(c) ? 4 : c >= 0xFF61 && c <= 0xFF9F ? -2 : c >= 0x3000 && c <= 0xFF5E ? 2 : -3;
	case SCRIPT_KOREAN:
		return c >= 0xAC00 && c <= 0xD7A3 ? 6 : c >= 0x3000 && c <= 0x301F ? 2 : -4;
	case SCRIPT_CHINESE:
		return is_han(c) ? 4 : is_kana(c) ? -3 : c >= 0x3000 && c <= 0xFF5E ? 2 : -3;
	}
	return 0;
}

/* Points for each character beyond ASCII, counted by the bytes it took, so that encodings can be compared. */
static double score_text(const char *text, Script script, size_t high_bytes, size_t bad)
{
	int points = -8 * (int)bad;
	gunichar before = ' ';
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		if (c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF))
			points -= 4;
		else if (c >= 0x80)
			points += score_letter(script, before, c, g_utf8_get_char(g_utf8_next_char(at)));
		before = c;
	}
	return (double)points / (double)high_bytes;
}

/* The part around the bytes beyond ASCII; rare ones in a long file count too. */
static GString *sample_of(const char *bytes, size_t length, size_t *ret_high)
{
	GString *sample = g_string_new(NULL);
	*ret_high = 0;
	for (size_t at = 0; at < length && sample->len < SAMPLE_BYTES;) {
		const char *end = memchr(bytes + at, '\n', length - at);
		size_t line = end == NULL ? length - at : (size_t)(end - bytes) - at + 1;
		size_t taken = MIN(line, SAMPLE_BYTES), high = 0;
		for (size_t i = 0; i < taken; i++)
			high += (unsigned char)bytes[at + i] >= 0x80;
		if (high > 0)
			g_string_append_len(sample, bytes + at, (gssize)taken);
		*ret_high += high;
		at += line;
	}
	return sample;
}

static const char *guess_charset(const char *bytes, size_t length)
{
	size_t high = 0;
	g_autoptr(GString) sample = sample_of(bytes, length, &high);
	const char *best = CANDIDATES[0].charset;
	double best_score = -1e9;
	for (size_t i = 0; i < G_N_ELEMENTS(CANDIDATES) && high > 0; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		size_t bad = 0;
		if (!convert(sample->str, sample->len, CANDIDATES[i].tried, text, &bad))
			continue;
		double score = score_text(text->str, CANDIDATES[i].script, high, bad);
		if (score > best_score + 0.01) {
			best_score = score;
			best = CANDIDATES[i].charset;
		}
	}
	return best;
}

/* UTF-16 without a mark: every second byte of plain text is 0. */
static const char *guess_wide(const char *bytes, size_t length)
{
	size_t looked = MIN(length, 4096), even = 0, odd = 0;
	for (size_t i = 0; i < looked; i++)
		if (bytes[i] == '\0')
			*(i % 2 == 0 ? &even : &odd) += 1;
	if (odd * 3 > looked && even * 20 < looked)
		return "UTF-16LE";
	return even * 3 > looked && odd * 20 < looked ? "UTF-16BE" : NULL;
}

static const char *find_mark(const char *bytes, size_t length, size_t *ret_mark)
{
	static const struct {
		const char *mark;
		size_t length;
		const char *charset;
	} marks[] = {
		{"\xef\xbb\xbf", 3, "UTF-8"},
		{"\xff\xfe\0\0", 4, "UTF-32LE"},
		{"\xff\xfe", 2, "UTF-16LE"},
		{"\xfe\xff", 2, "UTF-16BE"}};
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		if (length < marks[i].length || memcmp(bytes, marks[i].mark, marks[i].length) != 0)
			continue;
		*ret_mark = marks[i].length;
		return marks[i].charset;
	}
	return NULL;
}

/* UTF-8 in which a few bytes were broken is UTF-8 all the same. */
static bool is_mostly_utf8(const char *bytes, size_t length)
{
	size_t good = 0, bad = 0;
	for (const char *at = bytes, *end = bytes + length; at < end;) {
		gunichar c = (unsigned char)*at < 0x80 ? 0 : g_utf8_get_char_validated(at, end - at);
		bool is_bad = c == (gunichar)-1 || c == (gunichar)-2;
		good += c != 0 && !is_bad;
		bad += is_bad;
		at = c == 0 || is_bad ? at + 1 : g_utf8_next_char(at);
	}
	return good > bad; /* that many are none by chance */
}

static const char *find_charset(const char *bytes, size_t length, const char *said)
{
	const char *wide = guess_wide(bytes, length);
	if (wide != NULL)
		return wide;
	if (g_strstr_len(bytes, (gssize)length, "\x1b$B") != NULL || g_strstr_len(bytes, (gssize)length, "\x1b$@") != NULL)
		return "ISO-2022-JP";
	if (g_utf8_validate_len(bytes, length, NULL))
		return NULL;
	if (said != NULL && g_ascii_strcasecmp(said, "utf-8") != 0 && g_ascii_strcasecmp(said, "us-ascii") != 0)
		return said;
	return is_mostly_utf8(bytes, length) ? "UTF-8" : guess_charset(bytes, length);
}

static GString *decode(const char *bytes, size_t length, const char *charset)
{
	size_t mark = 0, bad = 0;
	const char *marked = find_mark(bytes, length, &mark);
	bytes += mark;
	length -= mark;
	const char *found = marked != NULL ? marked : find_charset(bytes, length, charset);
	if (found == NULL || (strcmp(found, "UTF-8") == 0 && g_utf8_validate_len(bytes, length, NULL)))
		return g_string_new_len(bytes, (gssize)length);
	GString *text = g_string_sized_new(length + length / 2);
	if (!convert(bytes, length, found, text, &bad) &&
		!convert(bytes, length, guess_charset(bytes, length), text, &bad)) {
		g_autofree char *valid = g_utf8_make_valid(bytes, (gssize)length);
		g_string_assign(text, valid);
	}
	return text;
}

GString *csv_text_decode(const char *bytes, size_t length, const char *charset)
{
	GString *text = decode(bytes, length, charset);
	for (char *nul = text->str; (nul = memchr(nul, '\0', text->len - (size_t)(nul - text->str))) != NULL;)
		*nul = ' ';
	return text;
}

char *csv_text_fold(const char *text, bool camel)
{
	enum { FOLDED_BYTES = 400 };
	g_autofree char *begin = g_strndup(text, FOLDED_BYTES), *valid = g_utf8_make_valid(begin, -1);
	g_autofree char *plain = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
	GString *folded = g_string_new(NULL);
	gunichar before = ' ';
	for (const char *at = plain; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		if (g_unichar_ismark(c) || c == '\'' || c == 0x2019)
			continue;
		bool word = g_unichar_isalnum(c);
		bool hump = camel && g_unichar_isupper(c) && g_unichar_islower(before);
		if ((!word || hump) && folded->len > 0 && folded->str[folded->len - 1] != ' ')
			g_string_append_c(folded, ' ');
		if (c == 0xDF)
			g_string_append(folded, "ss");
		else if (word)
			g_string_append_unichar(folded, g_unichar_tolower(c));
		before = c;
	}
	return g_strchomp(g_string_free(folded, FALSE));
}

bool csv_text_is_missing(const char *cell)
{
	static const char *const none[] = {"",        "n a", "na",  "none",      "null", "nan",
									   "unknown", "tbd", "tba", "undefined", "k a",  NULL};
	g_autofree char *folded = strlen(cell) > 12 ? NULL : csv_text_fold(cell, false);
	return folded != NULL && g_strv_contains(none, folded);
}
